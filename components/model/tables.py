"""Files become frames of text. Nothing here knows what an organization is.

Cells are never interpreted: ``007``, ``NA`` and ``1e5`` arrive as they stand in the file. The
records are split by Python's own ``csv`` module, since ``pandas.read_csv`` shifts columns when a
record is longer than the header and reads half a file without complaint.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from components.model.problems import DataError, Problem, Severity

DELIMITERS = {".csv": ",", ".tsv": "\t", ".tab": "\t"}


@dataclass(frozen=True)
class Tables:
    """The tables of one dataset.

    ``frames`` has a frame of ``str`` for each table name; a frame's index holds the record
    numbers of its file (the header is record 1). ``descriptor`` is the data package's, or empty.
    """

    name: str
    frames: Mapping[str, pd.DataFrame]
    descriptor: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def read_tables(path: Path) -> Tables:
    """Read a data package (a folder or its ``datapackage.json``) or one CSV or TSV file.

    A single file becomes the table ``units``.

    Raises:
        DataError: there is nothing to read, or it cannot be read as text.
    """
    if path.is_dir():
        path = path / "datapackage.json"
    if not path.is_file():
        raise _refusal(path, "There is no such file.", "Name a CSV file or a data package.")
    if path.suffix == ".json":
        return _read_package(path)
    if path.suffix.lower() not in DELIMITERS:
        raise _refusal(
            path,
            f"Files ending in “{path.suffix}” are not read."
            if path.suffix
            else "The file's name has no ending.",
            "Save the table as CSV (.csv) or TSV (.tsv).",
        )
    frame, problems = _read_frame(path)
    return Tables(path.stem, {"units": frame}, problems=tuple(problems))


def _read_package(path: Path) -> Tables:
    try:
        descriptor = json.loads(path.read_text(encoding="utf-8-sig"))
        resources = [(str(entry["name"]), str(entry["path"])) for entry in descriptor["resources"]]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _refusal(
            path,
            f"This is no Frictionless data package ({type(error).__name__}: {error}).",
            "Give it a list “resources” with a name and a path each.",
        ) from error
    folder = path.parent.resolve()
    frames: dict[str, pd.DataFrame] = {}
    problems: list[Problem] = []
    for name, relative in resources:
        if name in frames:
            raise _refusal(
                path, f"Two tables are called “{name}”.", "Give each resource a name of its own."
            )
        file = (folder / relative.replace("\0", "")).resolve()
        if not file.is_relative_to(folder) or not file.is_file():
            raise _refusal(
                path,
                f"The file “{relative}” of table “{name}” is not in the package's folder.",
                "Put it there, or remove the resource.",
            )
        frames[name], found = _read_frame(file)
        problems += found
    return Tables(str(descriptor.get("name") or folder.name), frames, descriptor, tuple(problems))


def _read_frame(path: Path) -> tuple[pd.DataFrame, list[Problem]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refusal(
            path, f"Byte {error.start} is not UTF-8.", "Save the file as CSV in UTF-8."
        ) from error
    delimiter = DELIMITERS.get(path.suffix.lower(), ",")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    records: list[list[str]] = []
    try:
        records.extend(reader)
    except csv.Error as error:
        raise _refusal(
            path,
            f"Record {len(records) + 1}, which ends in line {reader.line_num}, "
            f"cannot be read ({error}).",
            "Close its quotation marks.",
        ) from error
    if not records or not any(cell.strip() for cell in records[0]):
        raise _refusal(path, "The file has no header.", "Name the columns in its first record.")
    header = [cell.strip() for cell in records[0]]
    repeated = sorted({name for name in header if name and header.count(name) > 1})
    if repeated:
        raise _refusal(
            path,
            f"The header names {', '.join(f'“{name}”' for name in repeated)} more than once.",
            "Give each column a name of its own.",
        )
    rows, numbers, problems = [], [], []
    for number, record in enumerate(records[1:], start=2):
        if not any(cell.strip() for cell in record):
            continue
        if len(record) != len(header):
            problems.append(
                Problem(
                    f"The record has {len(record)} cells, the header {len(header)}.",
                    "Check its delimiters and quotation marks.",
                    table=path.name,
                    record=number,
                    value=" | ".join(record[len(header) :]),
                )
            )
        rows.append((record + [""] * len(header))[: len(header)])
        numbers.append(number)
        problems += _cells_without_column(path, number, header, record)
    frame = pd.DataFrame(rows, columns=pd.Index(header), index=pd.Index(numbers), dtype="str")
    return frame.drop(columns=[""], errors="ignore"), problems


def _cells_without_column(
    path: Path, number: int, header: list[str], record: list[str]
) -> list[Problem]:
    """Return what a record has under columns without a name; empty ones are a spreadsheet's."""
    return [
        Problem(
            "The cell's column has no name; it is left out.",
            "Name the column, or empty the cell.",
            table=path.name,
            record=number,
            value=cell,
        )
        for name, cell in zip(header, record, strict=False)
        if not name and cell.strip()
    ]


def _refusal(path: Path, message: str, remedy: str) -> DataError:
    return DataError([Problem(message, remedy, table=path.name, severity=Severity.ERROR)])
