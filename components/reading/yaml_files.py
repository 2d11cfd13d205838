"""YAML of any shape, which has the same tables as JSON.

Only the events of the parser are used: no tag makes a Python object, scalars stay as they are
written, and aliases cannot multiply the content beyond the limits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from components import faults
from components.reading.budget import check_memory
from components.reading.json_files import BYTES_PER_VALUE, tables_of_values
from components.reading.options import Limits
from components.reading.outlines import LINE
from components.reading.tables import Table

ENDINGS = {".yaml", ".yml"}
SIGNATURE = re.compile(r"(?:\s*(?:#[^\n]*)?\n)*+%YAML\s")
KEY = re.compile(
    r" *(?:- +)*(?:[^\s\"'#&*!|>%@`,\[\]{}:;\t-][^:;,|\t]*|\"[^\"]*\"):(?P<value> .*)?"
)
ELEMENT = re.compile(r" *-(?: [^\t]*)?")
COMMENT = re.compile(r"\s*#.*|---|\.\.\.")
NULLS = frozenset({"", "~", "null", "Null", "NULL"})
MAX_DEPTH = 500
"""Objects that are nested deeper are refused; JSON has a similar limit."""


def is_nested(text: str) -> bool:
    """Return whether each line of a text is a key or an element, and a key has others below it."""
    holds_others = is_deeper = is_text = False
    last = 0
    for match in LINE.finditer(text):
        line = match[0].rstrip()
        if not line or COMMENT.fullmatch(line):
            continue
        key = KEY.fullmatch(line)
        if not key and not ELEMENT.fullmatch(line):
            return False
        depth = len(line) - len(line.lstrip(" -"))
        if is_text and depth > last:
            return False  # These are bullets; YAML would join them to one text.
        is_text = not key
        is_deeper |= holds_others and depth > last
        holds_others, last = bool(key and not key["value"]), depth
    return is_deeper


def read_yaml(text: str, name: str, limits: Limits) -> list[Table]:
    """Return the tables in the documents of a YAML file, as JSON of the same shape would give.

    Raises:
        DataError: the file is no YAML, has no table, or is above the limits.
    """
    try:
        values = list(_documents(text, name, limits))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise faults.INVALID_NOTATION.error(
            name,
            format="YAML",
            line=mark.line + 1 if mark else 1,
            message=error.problem or "invalid syntax",
        ) from error
    except yaml.YAMLError as error:
        message = str(error).splitlines()[0]
        raise faults.INVALID_NOTATION.error(name, format="YAML", line=1, message=message) from error
    values = [value for value in values if value is not None]
    if not values:
        raise faults.FILE_EMPTY.error(name)
    return tables_of_values(values, name, "YAML", limits)


def _documents(text: str, name: str, limits: Limits) -> Iterator[Any]:
    """Yield the value of each document."""
    builder = _Builder(name, limits)
    for event in yaml.parse(text, Loader=getattr(yaml, "CLoader", yaml.Loader)):
        if isinstance(event, yaml.DocumentStartEvent):
            builder = _Builder(name, limits, builder.values)
        elif isinstance(event, yaml.DocumentEndEvent):
            yield builder.document
        else:
            builder.add(event)


class _Builder:
    """Builds a value from events, with a stack of open collections instead of recursion."""

    def __init__(self, name: str, limits: Limits, values: int = 0) -> None:
        self.document: Any = None
        self.values = values
        """How many values there are so far, those that aliases repeat included."""
        self._name = name
        self._limits = limits
        self._open: list[tuple[Any, str | None, int]] = []
        """The open collections, each with its anchor and the number of values before it."""
        self._keys: list[str | None] = []
        """For each open collection, the key whose value comes next."""
        self._anchors: dict[str, tuple[Any, int]] = {}
        """The values with a name, and how many values are in each."""

    def add(self, event: Any) -> None:
        """Add what an event stands for."""
        if isinstance(event, yaml.ScalarEvent):
            is_null = event.style in {None, ""} and event.value in NULLS
            value = None if is_null else event.value
            self._count(1)
            if event.anchor:
                self._anchors[event.anchor] = (value, 1)
            self._place(value)
        elif isinstance(event, yaml.AliasEvent):
            if event.anchor not in self._anchors:
                raise yaml.MarkedYAMLError(
                    None, None, f"“*{event.anchor}” is not defined above it", event.start_mark
                )
            value, count = self._anchors[event.anchor]
            self._count(count)
            self._place(value)
        elif isinstance(event, yaml.CollectionStartEvent):
            if len(self._open) >= MAX_DEPTH:
                raise faults.JSON_TOO_DEEP.error(self._name)
            value = {} if isinstance(event, yaml.MappingStartEvent) else []
            self._open.append((value, event.anchor, self.values))
            self._keys.append(None)
            self._count(1)
        elif isinstance(event, yaml.CollectionEndEvent):
            value, anchor, before = self._open.pop()
            self._keys.pop()
            if anchor:
                self._anchors[anchor] = (value, self.values - before)
            self._place(value)

    def _count(self, count: int) -> None:
        self.values += count
        check_memory(self._name, self._limits, self.values * BYTES_PER_VALUE)

    def _place(self, value: Any) -> None:
        if not self._open:
            self.document = value
            return
        collection = self._open[-1][0]
        if isinstance(collection, list):
            collection.append(value)
        elif (key := self._keys[-1]) is None:
            self._keys[-1] = "" if value is None else str(value)
        else:
            self._keys[-1] = None
            if key == "<<":
                self._merge(collection, value)
            else:
                collection[key] = value

    def _merge(self, collection: dict[str, Any], value: Any) -> None:
        """Add the keys of a merged object that the collection does not have."""
        for merged in value if isinstance(value, list) else [value]:
            if isinstance(merged, dict):
                for key, inner in merged.items():
                    collection.setdefault(key, inner)
