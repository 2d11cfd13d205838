"""Writing files and folders atomically: complete, or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

TEMPORARY = ".remit-"
"""How the names of files and folders begin that are not complete yet."""


def write_file(path: Path, data: bytes) -> None:
    """Write a file; on an error the path keeps its old content, or stays absent.

    Raises:
        OSError: the folder does not exist, the disk is full, or the path is not a file.
    """
    path = path.resolve()
    if path.exists() and not path.is_file():
        raise OSError(f"{path.name} is no file")
    temporary = _temporary_path(path)
    try:
        _write(temporary, data)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def write_folder(path: Path, files: Mapping[str, bytes]) -> None:
    """Make a folder with files; on an error there is no folder.

    Raises:
        OSError: the path exists and is not an empty folder, its parent folder does not exist, or
            the disk is full.
    """
    path = path.resolve()
    if path.exists() and not (path.is_dir() and not any(path.iterdir())):
        raise OSError(f"{path.name} is no empty folder")
    with temporary_folder(path) as temporary:
        for name, data in files.items():
            _write(temporary / name, data)
        temporary.replace(path)


@contextmanager
def replaced_folder(path: Path) -> Iterator[Path]:
    """Yield a new folder that takes the place of a path at the end; on an error the path stays.

    Raises:
        OSError: the parent folder does not exist, or cannot be written.
    """
    path = path.resolve()
    with temporary_folder(path) as new, temporary_folder(path) as old:
        yield new
        if path.exists():
            path.replace(old / path.name)
        new.replace(path)


@contextmanager
def temporary_folder(path: Path) -> Iterator[Path]:
    """Yield a new folder beside a path, to be filled and moved there; removed if it was not.

    Raises:
        OSError: it cannot be made.
    """
    temporary = _temporary_path(path)
    temporary.mkdir()
    try:
        yield temporary
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _temporary_path(path: Path) -> Path:
    return path.with_name(f"{TEMPORARY}{secrets.token_hex(8)}")


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
