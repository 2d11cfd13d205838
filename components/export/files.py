"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def write_file(path: Path, data: bytes) -> None:
    """Put bytes in a file; until all of them are on the disk it stays as it was, or absent.

    Raises:
        OSError: there is no such folder, no room, or something there that is no file.
    """
    path = path.resolve()
    if path.exists() and not path.is_file():
        raise OSError(f"{path.name} is no file")
    begun = path.with_name(f".remit-{secrets.token_hex(8)}")
    try:
        with begun.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        begun.replace(path)
    finally:
        begun.unlink(missing_ok=True)
