"""A folder of tables, or an archive of one: each file that is a table is read."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from components.problems import ProblemKind, refusal
from components.reading.archives import check_claims, opened, pieces
from components.reading.bounds import Budget
from components.reading.files import read_named_file
from components.reading.multiple_files import read_each, told_apart
from components.reading.options import Limits, Options
from components.reading.packages import DESCRIPTOR, is_package, read_package
from components.reading.tables import Tables, tables_of

TABLES = {
    *(".csv", ".tsv", ".tab", ".txt", ".psv"),
    *(".xlsx", ".xlsm", ".xls", ".ods"),
    *(".json", ".jsonl", ".ndjson", ".graphml", ".gexf", ".cyjs"),
}
"""The endings of the files that are tables, where a folder is read."""
NO_TABLES = ("readme", "license", "licence", "copying", "changelog", "notice", "~$", ".")
"""As the names of the other files begin."""


def read_folder(folder: Path, options: Options, limits: Limits) -> Tables:
    """Return the tables of a folder: of its data package, or else of all its files.

    Raises:
        DataError: none of them can be read, or there is none.
    """
    if (folder / DESCRIPTOR).is_file():
        return read_package(folder / DESCRIPTOR, options, limits)
    root = folder.resolve()
    files = [file for file in sorted(folder.iterdir()) if _is_table(file, root, limits)]
    if not files:
        raise refusal(
            ProblemKind.NO_FILE,
            root.name,
            "There is no table in the folder.",
            "Put a CSV, TSV, XLSX, ODS or JSON file there, or name the file itself.",
        )
    tables = read_each(partial(read_named_file, file, file.stem, options, limits) for file in files)
    return tables_of(root.name, told_apart(tables))


def read_archive(path: Path, options: Options, limits: Limits) -> Tables:
    """Return the tables in an archive (ZIP), as if it were a folder.

    Raises:
        DataError: there is no table in it, none can be read, or it is beyond the limits.
    """
    with TemporaryDirectory() as place:
        folder = Path(place).resolve() / path.stem
        folder.mkdir()
        _unpack(path, folder, limits)
        inner = min(folder.rglob(f"*{DESCRIPTOR}"), key=lambda file: len(file.parts), default=None)
        if inner:
            return read_package(inner, options, limits)
        while len(entries := list(folder.iterdir())) == 1 and entries[0].is_dir():
            folder = entries[0]
        return replace(read_folder(folder, options, limits), name=path.stem)


def _unpack(path: Path, folder: Path, limits: Limits) -> None:
    """Write the tables of an archive into a folder; nothing goes anywhere else."""
    budget = Budget(path.name, limits)
    budget.check_size(path.stat().st_size)
    with opened(path, path.name) as archive:
        check_claims(archive, budget)
        for member in archive.infolist():
            name = PurePosixPath(member.filename)
            if member.is_dir() or ".." in name.parts or name.is_absolute():
                continue
            if name.suffix.lower() in TABLES and not any(map(_is_aside, name.parts)):
                file = folder / name
                file.parent.mkdir(parents=True, exist_ok=True)
                with file.open("wb") as target:
                    target.writelines(pieces(archive, member, budget))


def _is_table(file: Path, folder: Path, limits: Limits) -> bool:
    """Tell whether a file of a folder is a table: no link that leads out, no pipe, no notes."""
    return (
        file.suffix.lower() in TABLES
        and not _is_aside(file.name)
        and file.is_file()
        and file.resolve().is_relative_to(folder)
        and not is_package(file, limits)
    )


def _is_aside(name: str) -> bool:
    return name.lower().startswith(NO_TABLES) or name == "__MACOSX"
