"""JSON and JSON Lines of any shape: decoded, parsed, and made into tables."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from json.decoder import JSONDecodeError, JSONDecoder
from pathlib import Path
from typing import Any

from components import faults
from components.problems import DataError, Problem
from components.reading.budget import check_memory
from components.reading.encodings import decode
from components.reading.json_shapes import MAX_REPORTED, ListSearch, cytoscape_lists, rows_of_cells
from components.reading.linked_data import is_linked, read_json_ld
from components.reading.nested_objects import Object, cell_of, tables_of_lists
from components.reading.options import Limits, Options
from components.reading.table_building import table_of
from components.reading.tables import ReadingReport, Table

BYTES_PER_VALUE = 64
"""The approximate memory of a parsed value without its text."""
LITERALS = ("true", "false", "null", "NaN", "Infinity", "-Infinity")
START_OF_ESCAPE = re.compile("u[0-9a-fA-F]{0,4}")
NO_SPACE = re.compile(r"[^ \t\r\n]")
SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)"
)
"""A pair of surrogates, an unpaired surrogate (group 1), or any other escape sequence."""


def read_json(path: Path, name: str, options: Options, limits: Limits) -> list[Table]:
    """Return the tables in a file of JSON or JSON Lines: one for each list of objects.

    The keys of objects in objects are joined by dots. Objects that hold lists of objects of their
    own kind are a tree: its table has the columns ``record`` and ``parent record``. Other lists in
    objects become side tables, whose column ``record`` has the record number of the owner.

    Raises:
        DataError: the file is no JSON, has no table, or is above the limits.
    """
    content = path.read_bytes()
    # Only the rules of JSON tell UTF-16 without line breaks.
    ruled = json.detect_encoding(content)
    decoded = decode(content, options.encoding or ("" if ruled == "utf-8" else ruled), name)
    text = decoded.text
    _check_memory(text, name, limits)
    paired = ESCAPE.sub(_without_unpaired, text) if SURROGATE.search(text) else text
    parser = _Parser()
    try:
        values = parser.values(paired, name)
    except RecursionError:
        raise faults.JSON_TOO_DEEP.error(name) from None
    if decoded.damaged:
        raise faults.UNDECODABLE_JSON.error(name, encoding=decoded.encoding)
    is_one = len(values) == 1 and is_linked(values[0])
    if is_one and (linked := read_json_ld(values[0], name, limits)):
        return linked
    first, *others = tables_of_values(values, name, "JSON", limits, options.header)
    problems = parser.problems(first.name)
    if paired != text:
        problems = chain(problems, [faults.UNPAIRED_SURROGATES.problem(first.name)])
    return [replace(first, problems=(*problems, *first.problems)), *others]


def tables_of_values(
    values: Sequence[Any], name: str, language: str, limits: Limits, header: int | None = None
) -> list[Table]:
    """Return the tables in the values of a file: the only one, or one for each record.

    ``language`` is the name of the format, for the report.

    Raises:
        DataError: there is no table, or one is above the limits.
    """
    search = ListSearch()
    top = list(values) if len(values) > 1 else values[0]
    try:
        if rows := rows_of_cells(top):
            tables = [table_of(name, rows, ReadingReport(language), header, limits)]
        elif lists := cytoscape_lists(top):
            tables = tables_of_lists(lists, name, ReadingReport("Cytoscape JSON"), limits)
        else:
            is_lines = len(values) > 1 and language == "JSON"
            reading = ReadingReport("JSON Lines" if is_lines else language)
            tables = tables_of_lists(search.lists(top, name), name, reading, limits)
    except RecursionError:
        raise faults.JSON_TOO_DEEP.error(name) from None
    first, *others = tables
    about = {"title": search.title} if search.title else {}
    problems = (*search.problems(first.name), *first.problems)
    return [replace(first, problems=problems, about=about), *others]


def _without_unpaired(escape: re.Match[str]) -> str:
    """Return an escape sequence, or U+FFFD for an unpaired surrogate, which has no encoding."""
    return "\\ufffd" if escape[1] else escape[0]


def _check_memory(text: str, name: str, limits: Limits) -> None:
    """Reject values that would take too much memory: three characters of JSON may be a list."""
    values = sum(map(text.count, "[{,:"))
    check_memory(name, limits, len(text) + values * BYTES_PER_VALUE)


@dataclass
class _Parser:
    """A parser that keeps numbers as they are written, and records what is not strictly JSON."""

    repeated: dict[str, str] = field(default_factory=dict)
    """The keys that occur twice in an object, and the first value that was replaced."""
    constants: dict[str, None] = field(default_factory=dict)
    """The constants that Python reads and JSON does not have, such as NaN."""

    def values(self, text: str, name: str) -> list[Any]:
        """Return the values in a text: one of JSON, several of JSON Lines.

        Raises:
            DataError: the text is no JSON.
        """
        decode = JSONDecoder(
            object_pairs_hook=self._object,
            parse_int=str,
            parse_float=str,
            parse_constant=self._constant,
            strict=False,
        ).raw_decode
        values: list[Any] = []
        position = _skip_space(text, 0)
        if position == len(text):
            raise faults.BLANK_JSON.error(name)
        try:
            while position < len(text):
                value, position = decode(text, position)
                values.append(value)
                position = _skip_space(text, position)
        except JSONDecodeError as error:
            raise _syntax_error(text, name, error) from error
        return values

    def problems(self, table: str) -> Iterator[Problem]:
        """Yield a problem for each repeated key and each constant."""
        for key, value in self.repeated.items():
            yield faults.REPEATED_KEY.problem(table, column=key, value=value)
        for constant in self.constants:
            fault = faults.NAN_IN_JSON if constant == "NaN" else faults.INFINITY_IN_JSON
            yield fault.problem(table, value=constant)

    def _object(self, pairs: list[tuple[str, Any]]) -> Object:
        result = dict(pairs)
        if len(result) < len(pairs):
            first: Object = {}
            for key, value in pairs:
                if key in first and len(self.repeated) < MAX_REPORTED:
                    self.repeated.setdefault(key, cell_of(first[key]))
                first.setdefault(key, value)
        return result

    def _constant(self, constant: str) -> str | None:
        self.constants[constant] = None
        return None if constant == "NaN" else constant


def _skip_space(text: str, position: int) -> int:
    """Return the position of the next character that is no white space."""
    match = NO_SPACE.search(text, position)
    return match.start() if match else len(text)


def _syntax_error(text: str, name: str, error: JSONDecodeError) -> DataError:
    """Return the error of a text that is no JSON, or that ends within a value."""
    rest = text[error.pos : error.pos + 80].strip()
    is_cut = (
        not rest
        or error.msg.startswith("Unterminated string")
        or START_OF_ESCAPE.fullmatch(rest)
        or any(literal.startswith(rest) for literal in LITERALS)
    )
    fault = faults.JSON_CUT_SHORT if is_cut else faults.INVALID_JSON
    message = error.msg[0].lower() + error.msg[1:]
    return fault.error(name, line=error.lineno, offset=error.colno, message=message)
