"""Read the tables of a folder, or of an archive of one."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from components import faults
from components.reading.archives import check_claims, member_chunks, open_archive
from components.reading.budget import Budget, check_size
from components.reading.files import read_named_file
from components.reading.options import Limits, Options
from components.reading.packages import DESCRIPTOR, is_package, read_package
from components.reading.tables import Tables, read_each, tables_of, uniquely_named
from components.reading.text_files import ENDINGS as NOTATION_ENDINGS

TABLE_ENDINGS = {
    *(".csv", ".tsv", ".tab", ".txt", ".psv"),
    *(".xlsx", ".xlsm", ".xls", ".ods"),
    *(".json", ".jsonl", ".ndjson", ".graphml", ".gexf", ".cyjs"),
}
"""The endings of the files that are read as tables."""
OTHER_ENDINGS = {".jsonld", ".opml", ".mm", ".rdf", *NOTATION_ENDINGS}
"""The endings of other files with a hierarchy, which are read where there are no tables: beside
tables, such files are mostly notes and settings."""
IGNORED_BEGINNINGS = ("readme", "license", "licence", "copying", "changelog", "notice", "~$", ".")
"""Files and folders whose names begin like this are not read."""


def read_folder(folder: Path, options: Options, limits: Limits) -> Tables:
    """Return the tables of a folder: those of its data package, or of all its files.

    Raises:
        DataError: there are none, or none of them can be read.
    """
    if (folder / DESCRIPTOR).is_file():
        return read_package(folder / DESCRIPTOR, options, limits)
    root = folder.resolve()
    files = readable_files(folder, limits)
    if not files:
        raise faults.NO_TABLE_IN_FOLDER.error(root.name)
    tables = read_each(partial(read_named_file, file, file.stem, options, limits) for file in files)
    return tables_of(root.name, uniquely_named(tables))


def readable_files(folder: Path, limits: Limits) -> list[Path]:
    """Return the files of a folder without a data package that are read."""
    root = folder.resolve()
    found = [file for file in sorted(folder.iterdir()) if _is_readable(file, root, limits)]
    return [file for file in found if file.suffix.lower() in TABLE_ENDINGS] or found


def read_archive(path: Path, options: Options, limits: Limits) -> Tables:
    """Return the tables of the folder in a ZIP archive.

    Raises:
        DataError: there are none, none of them can be read, or the archive exceeds the limits.
    """
    with TemporaryDirectory() as temporary:
        folder = Path(temporary).resolve() / path.stem
        folder.mkdir()
        _unpack(path, folder, limits)
        inner = min(folder.rglob(f"*{DESCRIPTOR}"), key=lambda file: len(file.parts), default=None)
        if inner:
            return read_package(inner, options, limits)
        while len(entries := list(folder.iterdir())) == 1 and entries[0].is_dir():
            folder = entries[0]
        return replace(read_folder(folder, options, limits), name=path.stem)


def _unpack(path: Path, folder: Path, limits: Limits) -> None:
    """Write the tables of an archive into a folder, and nothing outside of it."""
    budget = Budget(path.name, limits)
    check_size(path, path.name, limits)
    with open_archive(path, path.name) as archive:
        check_claims(archive, budget)
        for member in archive.infolist():
            name = PurePosixPath(member.filename)
            if member.is_dir() or ".." in name.parts or name.is_absolute():
                continue
            is_readable = name.suffix.lower() in TABLE_ENDINGS | OTHER_ENDINGS
            if is_readable and not any(map(_is_ignored, name.parts)):
                file = folder / name
                file.parent.mkdir(parents=True, exist_ok=True)
                with file.open("wb") as target:
                    target.writelines(member_chunks(archive, member, budget))


def _is_readable(file: Path, folder: Path, limits: Limits) -> bool:
    """Return whether a file is read: no link that leads out of the folder, no pipe, no notes."""
    return (
        file.suffix.lower() in TABLE_ENDINGS | OTHER_ENDINGS
        and not _is_ignored(file.name)
        and file.is_file()
        and file.resolve().is_relative_to(folder)
        and not is_package(file, limits)
    )


def _is_ignored(name: str) -> bool:
    return name.lower().startswith(IGNORED_BEGINNINGS) or name == "__MACOSX"
