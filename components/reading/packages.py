"""Frictionless data packages: several files that a descriptor makes one dataset."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from components import faults
from components.problems import DataError, Problem, ProblemKind
from components.reading.budget import MEGABYTE, check_size
from components.reading.files import read_named_file
from components.reading.json_files import tables_of_values
from components.reading.options import Limits, Options
from components.reading.tables import Table, Tables, read_each, tables_of, uniquely_named

DESCRIPTOR = "datapackage.json"
Json = Mapping[str, Any]


def is_package(path: Path, limits: Limits) -> bool:
    """Return whether a file describes a data package: JSON with a list of resources."""
    if path.name.lower().endswith(DESCRIPTOR):
        return True
    if path.suffix.lower() != ".json" or path.stat().st_size > limits.megabytes * MEGABYTE:
        return False
    content = path.read_bytes()
    if b'"resources"' not in content:
        return False
    try:
        return any(map(_is_resource, _resources(json.loads(content))))
    except (ValueError, RecursionError):
        return False


def read_package(path: Path, options: Options, limits: Limits) -> Tables:
    """Return the tables of a data package, given its descriptor.

    The options take precedence over the delimiter, header, encoding and sheet of the descriptor.

    Raises:
        DataError: the file is no data package, or none of its files can be read.
    """
    descriptor = _descriptor(path, limits)
    folder = path.parent.resolve()
    package = _Package(folder, path.name, options, limits)
    resources = enumerate(descriptor["resources"], start=1)
    tables = read_each(
        partial(package.tables, resource, f"table-{number}") for number, resource in resources
    )
    return tables_of(str(descriptor.get("name") or folder.name), uniquely_named(tables), descriptor)


def package_files(path: Path, limits: Limits) -> list[Path]:
    """Return the files of which a data package consists, its descriptor first.

    Raises:
        DataError: the file is no data package.
    """
    folder = path.parent.resolve()
    resources = _descriptor(path, limits)["resources"]
    files = (_inner_file(folder, part) for resource in resources for part in _paths(resource))
    return [path, *(file for file in files if file)]


def resource_names(path: Path, limits: Limits) -> list[str]:
    """Return the names of the resources of a data package, of which most are one table each.

    Raises:
        DataError: the file is no data package.
    """
    return [_text(_mapping(each).get("name")) for each in _descriptor(path, limits)["resources"]]


def _descriptor(path: Path, limits: Limits) -> dict[str, Any]:
    check_size(path, path.name, limits)
    try:
        descriptor = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        cause = f"{type(error).__name__}: {error}"
        raise faults.INVALID_PACKAGE.error(path.name, error=cause) from error
    resources = _resources(descriptor)
    if not resources or not all(map(_is_resource, resources)):
        raise faults.NO_RESOURCES.error(path.name)
    return dict(descriptor)


def _resources(descriptor: object) -> list[object]:
    """Return the resources of a descriptor; empty if it lists none."""
    resources = _mapping(descriptor).get("resources")
    return resources if isinstance(resources, list) else []


def _is_resource(value: object) -> bool:
    return not {"path", "data"}.isdisjoint(_mapping(value))


@dataclass(frozen=True, slots=True)
class _Package:
    """The place of a data package, and how its files are to be read."""

    folder: Path
    descriptor: str
    """The name of the descriptor's file."""
    options: Options
    limits: Limits

    def tables(self, resource: Json, default_name: str) -> list[Table]:
        """Return the tables of a resource.

        Raises:
            DataError: its data cannot be read, or are outside the package's folder.
        """
        paths = _paths(resource)
        name = str(resource.get("name") or (Path(paths[0]).stem if paths else default_name))
        described = _described_options(resource, self.options)
        if not paths:
            data = resource.get("data")
            if not data or not isinstance(data, list):
                raise faults.INLINE_DATA.error(self.descriptor, name=name)
            return tables_of_values([data], name, "JSON", self.limits, described.header)
        files = [self._file(part, name) for part in paths]
        tables = self._read(files[0], name, described)
        for file in files[1:]:
            tables = [_append(tables[0], self._read_further(file, tables[0], described), file)]
        if len(tables) == 1:
            return [_with_fields(tables[0], _fields(resource.get("schema")))]
        return tables

    def _file(self, relative: str, name: str) -> Path:
        """Return the path of a file in the package's folder.

        Raises:
            DataError: there is no such file, or it is outside the folder.
        """
        file = _inner_file(self.folder, relative)
        if file is None:
            raise faults.FILE_OUTSIDE_PACKAGE.error(self.descriptor, file=relative, name=name)
        return file

    def _read(self, file: Path, name: str, described: Options) -> list[Table]:
        """Return the tables of a file; a wrong description is ignored and reported."""
        note: Problem | None = None
        encoding = described.encoding
        if encoding != self.options.encoding and not _is_text(file, encoding):
            note = faults.ENCODING_UNLIKE_DESCRIPTION.problem(name, encoding=encoding)
            described = replace(described, encoding=self.options.encoding)
        try:
            tables = read_named_file(file, name, described, self.limits)
        except DataError as error:
            problem = error.problems[0]
            if described == self.options or problem.kind is ProblemKind.TOO_LARGE:
                raise
            note = faults.UNLIKE_DESCRIPTION.problem(name, cause=problem.reason)
            tables = read_named_file(file, name, self.options, self.limits)
        first, *others = tables
        has_encoding = first.reading is not None and bool(first.reading.encoding)
        if not note or not (has_encoding or described.sheet):
            return tables
        return [replace(first, problems=(note, *first.problems)), *others]

    def _read_further(self, file: Path, first: Table, described: Options) -> Table:
        """Return a further file of a table, which may repeat the header or have none."""
        (table, *_) = self._read(file, first.name, described)
        if list(table.frame.columns) == list(first.frame.columns):
            return table
        return self._read(file, first.name, replace(described, header=0))[0]


def _paths(resource: Json) -> list[str]:
    path = resource.get("path") or []
    return [str(part) for part in (path if isinstance(path, list) else [path])]


def _inner_file(folder: Path, relative: str) -> Path | None:
    """Return a file in a folder; None if there is no such file, or it is outside the folder."""
    file = (folder / relative.replace("\0", "")).resolve()
    return file if file.is_relative_to(folder) and file.is_file() else None


def _is_text(file: Path, encoding: str) -> bool:
    """Return whether a file is text in an encoding."""
    try:
        file.read_bytes().decode(encoding)
    except (UnicodeError, LookupError, ValueError):
        return False
    return True


def _described_options(resource: Json, options: Options) -> Options:
    """Return the options, completed by the descriptor of a resource."""
    dialect = _mapping(resource.get("dialect"))
    parts = [_mapping(dialect.get(part)) for part in ("csv", "excel", "ods")]
    dialect = {key: value for part in (dialect, *parts) for key, value in part.items()}
    header, rows = options.header, dialect.get("headerRows")
    if header is None and dialect.get("header") is False:
        header = 0
    if header is None and isinstance(rows, list) and len(rows) == 1 and isinstance(rows[0], int):
        header = rows[0]
    return replace(
        options,
        encoding=options.encoding or _text(resource.get("encoding")),
        delimiter=options.delimiter or _text(dialect.get("delimiter"))[:1],
        sheet=options.sheet or _text(dialect.get("sheet")),
        header=header,
    )


def _mapping(value: object) -> Json:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _append(first: Table, second: Table, file: Path) -> Table:
    """Return the first table with the records of the second, which comes from a further file.

    Raises:
        DataError: the numbers of columns differ.
    """
    if len(second.frame.columns) != len(first.frame.columns):
        raise faults.OTHER_COLUMNS.error(first.name, file=file.name)
    rows = second.frame.set_axis(first.frame.columns, axis="columns")
    last = int(first.frame.index.max()) if len(first.frame) else 1
    frame = pd.concat([first.frame, rows.set_axis(rows.index + last)])
    reading = first.reading and replace(first.reading, records=len(frame))
    return replace(
        first, frame=frame, reading=reading, problems=(*first.problems, *second.problems)
    )


def _with_fields(table: Table, fields: Sequence[str]) -> Table:
    """Return a table: without a header, with the columns of its schema; else fields are checked."""
    has_header = table.reading is None or bool(table.reading.header)
    if not has_header and len(fields) == len(table.frame.columns) == len(set(fields)):
        return replace(table, frame=table.frame.set_axis(pd.Index(fields), axis="columns"))
    notes = (
        faults.UNKNOWN_FIELD.problem(table.name, column=field)
        for field in fields
        if field not in table.frame.columns
    )
    return replace(table, problems=(*table.problems, *notes))


def _fields(schema: object) -> Sequence[str]:
    """Return the names of the fields in a schema."""
    fields = _mapping(schema).get("fields")
    names = [_mapping(field).get("name") for field in fields] if isinstance(fields, list) else []
    return [name.strip() for name in names if isinstance(name, str)]
