"""Several files that belong together: a Frictionless data package, or a folder of tables."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from components.problems import DataError, Problem, ProblemKind, Severity, refusal
from components.reading.bounds import Budget
from components.reading.files import read_named_file
from components.reading.multiple_files import read_each, uniquely_named
from components.reading.options import Limits, Options
from components.reading.table_building import table_of
from components.reading.tables import ReadingReport, Table, Tables, tables_of

DESCRIPTOR = "datapackage.json"
Json = Mapping[str, Any]


def is_package(path: Path, limits: Limits) -> bool:
    """Tell whether a file describes a data package: JSON with a list of resources."""
    if path.name.lower().endswith(DESCRIPTOR):
        return True
    if path.suffix.lower() != ".json" or path.stat().st_size > limits.megabytes * 10**6:
        return False
    content = path.read_bytes()
    if b'"resources"' not in content:
        return False
    try:
        descriptor = json.loads(content)
    except (ValueError, RecursionError):
        return False
    resources = descriptor.get("resources") if isinstance(descriptor, dict) else None
    return isinstance(resources, list) and any(
        isinstance(resource, dict) and {"path", "data"} & resource.keys() for resource in resources
    )


def read_package(path: Path, options: Options, limits: Limits) -> Tables:
    """Return the tables of a data package, given its descriptor.

    What the descriptor says of a file (delimiter, header, encoding, sheet) is believed, unless the
    options say otherwise.

    Raises:
        DataError: it is no data package, or none of its files can be read.
    """
    descriptor = _descriptor(path, limits)
    folder = path.parent.resolve()
    package = _Package(folder, path.name, options, limits)
    resources = enumerate(descriptor["resources"], start=1)
    tables = read_each(
        partial(package.tables, resource, f"table-{number}") for number, resource in resources
    )
    return tables_of(str(descriptor.get("name") or folder.name), uniquely_named(tables), descriptor)


def _descriptor(path: Path, limits: Limits) -> dict[str, Any]:
    Budget(path.name, limits).check_size(path.stat().st_size)
    try:
        descriptor = json.loads(path.read_bytes().removeprefix(b"\xef\xbb\xbf"))
        fault = "" if _lists_resources(descriptor) else "It lists no resources"
    except (ValueError, RecursionError) as error:
        descriptor, fault = {}, f"{type(error).__name__}: {error}"
    if fault:
        raise refusal(
            ProblemKind.UNREADABLE,
            path.name,
            f"This is no Frictionless data package ({fault}).",
            "Give it a list “resources” with a name and a path each.",
        )
    return dict(descriptor)


def _lists_resources(descriptor: object) -> bool:
    resources = descriptor.get("resources") if isinstance(descriptor, dict) else None
    return (
        isinstance(resources, list)
        and bool(resources)
        and all(isinstance(each, dict) and {"path", "data"} & each.keys() for each in resources)
    )


@dataclass(frozen=True, slots=True)
class _Package:
    """Where the files of a data package are, and how they are to be read."""

    folder: Path
    descriptor: str
    """The name of the file that describes it."""
    options: Options
    limits: Limits

    def tables(self, resource: Json, number: str) -> list[Table]:
        """Return the tables of a resource.

        Raises:
            DataError: its data cannot be read, or are not in the package's folder.
        """
        paths = resource.get("path") or []
        paths = [str(each) for each in (paths if isinstance(paths, list) else [paths])]
        name = str(resource.get("name") or (Path(paths[0]).stem if paths else number))
        described = _options_of(resource, self.options)
        if not paths:
            return [self._inline(name, resource.get("data"), described)]
        files = [self._file(each, name) for each in paths]
        tables = self._read(files[0], name, described)
        for file in files[1:]:
            tables = [_joined(tables[0], self._read_on(file, tables[0], described), file)]
        if len(tables) == 1:
            return [_with_columns(tables[0], _fields(resource.get("schema")))]
        return tables

    def _file(self, relative: str, name: str) -> Path:
        """Return a file of the package.

        Raises:
            DataError: it is not in the package's folder, be it elsewhere or nowhere.
        """
        file = (self.folder / relative.replace("\0", "")).resolve()
        if not file.is_relative_to(self.folder) or not file.is_file():
            raise refusal(
                ProblemKind.MISSING_TABLE,
                self.descriptor,
                f"The file “{relative}” of table “{name}” is not in the package's folder.",
                "Put it there, or remove the resource.",
            )
        return file

    def _read(self, file: Path, name: str, described: Options) -> list[Table]:
        """Return the tables of a file; if it is not as described, it is asked itself."""
        fault = ""
        if described.encoding != self.options.encoding and not _is_in(file, described.encoding):
            fault = f"it is no text in {described.encoding}."
            described = replace(described, encoding=self.options.encoding)
        try:
            tables = read_named_file(file, name, described, self.limits)
        except DataError as error:
            if described == self.options or error.problems[0].kind is ProblemKind.TOO_LARGE:
                raise
            fault = error.problems[0].reason
            tables = read_named_file(file, name, self.options, self.limits)
        first, *others = tables
        is_text = first.reading is not None and bool(first.reading.encoding)
        if not fault or not (is_text or described.sheet):
            return tables
        note = Problem(
            ProblemKind.NO_SUCH_CHOICE,
            f"The file is not as its data package says: {fault}",
            "Correct “encoding” and “dialect” in the data package.",
            table=name,
            severity=Severity.NOTE,
        )
        return [replace(first, problems=(note, *first.problems)), *others]

    def _read_on(self, file: Path, first: Table, described: Options) -> Table:
        """Return a further file of a table, which may have the header once more, or have none."""
        (table, *_) = self._read(file, first.name, described)
        if list(table.frame.columns) == list(first.frame.columns):
            return table
        return self._read(file, first.name, replace(described, header=0))[0]

    def _inline(self, name: str, data: object, options: Options) -> Table:
        """Return the table in the descriptor itself: a list of lists, or of objects."""
        rows = data if isinstance(data, list) else []
        columns = list(dict.fromkeys(key for row in rows if isinstance(row, dict) for key in row))
        records = [columns] if columns else []
        for row in rows:
            cells = [row.get(column) for column in columns] if isinstance(row, dict) else row
            if isinstance(cells, list):
                records.append([_cell(cell) for cell in cells])
        if not records:
            raise refusal(
                ProblemKind.MISSING_TABLE,
                self.descriptor,
                f"The data of table “{name}” are no list of records.",
                "Write them as a list of objects, or name a file.",
            )
        header = 1 if columns else options.header
        return table_of(name, records, ReadingReport("JSON"), header, self.limits)


def _is_in(file: Path, encoding: str) -> bool:
    """Tell whether a file is text in an encoding."""
    try:
        file.read_bytes().decode(encoding)
    except (UnicodeError, LookupError, ValueError):
        return False
    return True


def _options_of(resource: Json, options: Options) -> Options:
    """Return the options, filled in with what a descriptor says of a resource."""
    dialect = resource.get("dialect")
    dialect = dialect if isinstance(dialect, dict) else {}
    dialect = dialect | {
        key: value
        for part in ("csv", "excel", "ods")
        if isinstance(nested := dialect.get(part), dict)
        for key, value in nested.items()
    }
    header = options.header
    if header is None and dialect.get("header") is False:
        header = 0
    rows = dialect.get("headerRows")
    if header is None and isinstance(rows, list) and len(rows) == 1 and isinstance(rows[0], int):
        header = rows[0]
    return replace(
        options,
        encoding=options.encoding or _word(resource.get("encoding")),
        delimiter=options.delimiter or _word(dialect.get("delimiter"))[:1],
        sheet=options.sheet or _word(dialect.get("sheet")),
        header=header,
    )


def _word(value: object) -> str:
    return value if isinstance(value, str) else ""


def _joined(first: Table, second: Table, file: Path) -> Table:
    """Return one table of two."""
    if len(second.frame.columns) != len(first.frame.columns):
        raise refusal(
            ProblemKind.MISSING_COLUMN,
            first.name,
            f"The file “{file.name}” has other columns than the one before.",
            "Give all files of the table the same columns.",
        )
    rows = second.frame.set_axis(first.frame.columns, axis="columns")
    last = int(first.frame.index.max()) if len(first.frame) else 1
    frame = pd.concat([first.frame, rows.set_axis(rows.index + last)])
    reading = first.reading and replace(first.reading, records=len(frame))
    return replace(
        first, frame=frame, reading=reading, problems=(*first.problems, *second.problems)
    )


def _cell(value: object) -> str:
    if isinstance(value, str):
        return value
    return "" if value is None else json.dumps(value, ensure_ascii=False)


def _with_columns(table: Table, fields: Sequence[str]) -> Table:
    """Return a table with the columns named as in its schema, if no header names them.

    A field that the header lacks is a problem.
    """
    has_header = table.reading is None or bool(table.reading.header)
    if not has_header and len(fields) == len(table.frame.columns) == len(set(fields)):
        return replace(table, frame=table.frame.set_axis(pd.Index(fields), axis="columns"))
    notes = (
        Problem(
            ProblemKind.MISSING_COLUMN,
            f"The data package describes a column “{field}” that the table does not have.",
            "Correct the name in the data package or in the table.",
            table=table.name,
            column=field,
            severity=Severity.NOTE,
        )
        for field in fields
        if field not in table.frame.columns
    )
    return replace(table, problems=(*table.problems, *notes))


def _fields(schema: object) -> Sequence[str]:
    fields = schema.get("fields") if isinstance(schema, dict) else None
    return [
        field["name"].strip()
        for field in (fields if isinstance(fields, list) else ())
        if isinstance(field, dict) and isinstance(field.get("name"), str)
    ]
