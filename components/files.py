"""Files and folders that are written whole or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path


def write_file(path: Path, data: bytes) -> None:
    """Put bytes in a file; until all of them are on the disk it stays as it was, or absent.

    Raises:
        OSError: there is no such folder, no room, or something there that is no file.
    """
    path = path.resolve()
    if path.exists() and not path.is_file():
        raise OSError(f"{path.name} is no file")
    begun = _begun(path)
    try:
        _write(begun, data)
        begun.replace(path)
    finally:
        begun.unlink(missing_ok=True)


def write_folder(path: Path, files: Mapping[str, bytes]) -> None:
    """Make a folder with these files; until all of them are on the disk there is none.

    Raises:
        OSError: there is something of this name that is no empty folder, no folder to put it in,
            or no room.
    """
    path = path.resolve()
    if path.exists() and not (path.is_dir() and not any(path.iterdir())):
        raise OSError(f"{path.name} is no empty folder")
    begun = _begun(path)
    begun.mkdir()
    try:
        for name, data in files.items():
            _write(begun / name, data)
        begun.replace(path)
    finally:
        shutil.rmtree(begun, ignore_errors=True)


def _begun(path: Path) -> Path:
    return path.with_name(f".remit-{secrets.token_hex(8)}")


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
