"""A folder of the user in which results are kept from one start to the next.

An entry is a folder, with a manifest of what its files were made from and of their digests. It is
written completely or not at all. Whatever is wrong with the folder or with an entry, the result is
made anew, and a line says why.
"""

from __future__ import annotations

import errno
import hashlib
import json
import logging
import os
import shutil
import stat
import sys
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from components.files import TEMPORARY, temporary_folder
from components.program import environment_digest

MAX_BYTES = 2_000_000_000
"""Bytes of all entries together; the least recently used one is removed first."""
MANIFEST = "remit-entry.json"
"""The file that makes a folder an entry; no other folder is ever removed."""
WRITING_LIFETIME = 86_400.0
"""Seconds after which an entry that is not complete was left by a process that was killed."""
WRITABLE_BY_OTHERS = 0o022
WRITTEN_MEANWHILE = {errno.ENOTEMPTY, errno.EEXIST}
"""Errors of putting an entry in its place when another process has just done so."""

Result = TypeVar("Result")
_log = logging.getLogger(__name__)


class CacheFolder:
    """The entries in a folder; safe to use from several threads and processes.

    It is no longer used in this process after it was refused, or could not be written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._is_usable = True

    def read(
        self, name: str, keys: Collection[str], read: Callable[[Path], Result]
    ) -> Result | None:
        """Return what ``read`` makes of the files of an entry.

        None if there is no such entry, it was made from something else than one of the ``keys`` or
        by another version of the program, or its files are damaged.
        """
        entry = self._path / name
        if not self._may_be_used() or not entry.exists():
            return None
        try:
            manifest = json.loads((entry / MANIFEST).read_bytes())
            if manifest["by"] != environment_digest() or manifest["key"] not in keys:
                return None
            if any(_digest(entry / file) != found for file, found in manifest["files"].items()):
                raise ValueError("its files have changed")  # noqa: TRY301  # the same as all others
            result = read(entry)
        except Exception as error:  # noqa: BLE001  # files can be damaged in any way
            _log.warning("%s in the cache is made anew: %r.", name, error)
            _remove(entry)
            return None
        with suppress(OSError):  # it may be that of others, on a disk that cannot be written
            os.utime(entry)
        return result

    def write(self, name: str, key: str, fill: Callable[[Path], None]) -> None:
        """Write an entry, which replaces one of the same name; ``fill`` writes its files.

        An entry that is larger than all may be together is not kept.
        """
        if not self._may_be_used():
            return
        entry = self._path / name
        try:
            self._path.mkdir(mode=0o700, parents=True, exist_ok=True)
            with temporary_folder(entry) as folder:
                fill(folder)
                if _size(folder) > MAX_BYTES:
                    return
                _write_manifest(folder, key)
                _remove(entry)
                folder.replace(entry)
            self._make_room()
        except Exception as error:  # noqa: BLE001  # a full disk shows in many ways
            if not isinstance(error, OSError) or error.errno not in WRITTEN_MEANWHILE:
                self._give_up(f"cannot be written ({error})")

    def _may_be_used(self) -> bool:
        """Return whether the folder is usable and its user's alone; it need not exist yet."""
        if self._is_usable and (reason := _reason_against(self._path)):
            self._give_up(reason)
        return self._is_usable

    def _give_up(self, reason: str) -> None:
        self._is_usable = False
        _log.warning(
            "The cache folder %s %s, so nothing is kept there. Set REMIT_CACHE to a folder of your "
            "own, or to no.",
            self._path,
            reason,
        )

    def _make_room(self) -> None:
        """Remove the least recently used entries beyond ``MAX_BYTES``, and what was not completed.

        Entries that another process removes meanwhile are gone as well.
        """
        for folder in self._path.glob(f"{TEMPORARY}*"):
            with suppress(FileNotFoundError):
                if time.time() - folder.stat().st_mtime > WRITING_LIFETIME:
                    shutil.rmtree(folder, ignore_errors=True)
        used: dict[Path, float] = {}
        for manifest in self._path.glob(f"*/{MANIFEST}"):
            with suppress(FileNotFoundError):
                used[manifest.parent] = manifest.parent.stat().st_mtime
        total = 0
        for entry in sorted(used, key=used.__getitem__, reverse=True):
            total += _size(entry)
            if total > MAX_BYTES:
                _remove(entry)


@dataclass(frozen=True, slots=True)
class CacheEntry:
    """The place in a folder for one result, which is kept for the newest of its keys only."""

    folder: CacheFolder
    name: str

    def read(self, keys: Collection[str], read: Callable[[Path], Result]) -> Result | None:
        """Return what ``read`` makes of its files; None if they are not there, or cannot be used.

        ``keys`` are those of which one must be its own.
        """
        return self.folder.read(self.name, keys, read)

    def write(self, key: str, fill: Callable[[Path], None]) -> None:
        """Write it; ``fill`` writes its files into a folder."""
        self.folder.write(self.name, key, fill)


def _reason_against(folder: Path) -> str:
    """Return why a folder must not be used; empty if it may be, or does not exist."""
    try:
        status = folder.stat()
    except FileNotFoundError:
        return ""
    except OSError as error:
        return f"cannot be used ({error.strerror})"
    if not stat.S_ISDIR(status.st_mode):
        return "is no folder"
    if sys.platform == "win32":  # where folders of a user have no such permissions
        return ""
    if status.st_uid != os.geteuid():
        return "belongs to another user"
    return "can be written by others" if status.st_mode & WRITABLE_BY_OTHERS else ""


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _size(folder: Path) -> int:
    """Return the bytes of all files of a folder; 0 for those that are removed meanwhile."""
    total = 0
    for file in _files(folder):
        with suppress(FileNotFoundError):
            total += file.stat().st_size
    return total


def _write_manifest(folder: Path, key: str) -> None:
    files: Mapping[str, str] = {
        file.relative_to(folder).as_posix(): _digest(file) for file in _files(folder)
    }
    manifest = {"by": environment_digest(), "key": key, "files": files}
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _remove(entry: Path) -> None:
    """Remove an entry, if there is one; it leaves its place at once."""
    with suppress(OSError), temporary_folder(entry) as removed:
        entry.replace(removed / entry.name)
