"""Freezing an organization: writing its dashboard so that no server is needed."""

from __future__ import annotations

import errno
from pathlib import Path

from components.importing.progress import OnProgress
from components.settings import Settings
from components.web.frozen.errors import FreezeError
from components.web.frozen.folder import freeze_folder
from components.web.frozen.moments import Frozen
from components.web.frozen.single_file import ENDING, freeze_file


def freeze(
    shown: Frozen,
    settings: Settings,
    path: Path,
    on_progress: OnProgress,
    *,
    replaces: bool = False,
) -> int:
    """Write a dashboard as one file if the path ends as one, else as a folder; return its bytes.

    On an error the path keeps what it had. A folder that was frozen before is replaced, any other
    one only if ``replaces``.

    Raises:
        FreezeError: there is something else at the path, the organization is too large for one
            file, or the files cannot be written.
    """
    try:
        if path.suffix.lower() == ENDING:
            return freeze_file(shown, settings, path, on_progress)
        return freeze_folder(shown, settings, path, on_progress, replaces=replaces)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise FreezeError(f"The disk has no room for {path}. Choose another one.") from error
        raise FreezeError(
            f"{path} cannot be written ({error.strerror or error}). Choose another place."
        ) from error
