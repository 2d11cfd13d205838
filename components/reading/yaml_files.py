"""YAML of any shape, which has the same tables as JSON.

Only the events of the parser are used: no tag makes a Python object, scalars stay as they are
written, and aliases cannot multiply the content beyond the limits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
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
        values = list(_Documents(text, name, limits).values())
    except RecursionError:
        raise faults.JSON_TOO_DEEP.error(name) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        message = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise faults.INVALID_NOTATION.error(
            name, format="YAML", line=mark.line + 1 if mark else 1, message=message
        ) from error
    values = [value for value in values if value is not None]
    if not values:
        raise faults.FILE_EMPTY.error(name)
    return tables_of_values(values, name, "YAML", limits)


class _Documents:
    """Builds the values of documents from the events of the parser."""

    def __init__(self, text: str, name: str, limits: Limits) -> None:
        self._events = yaml.parse(text, Loader=getattr(yaml, "CLoader", yaml.Loader))
        self._name = name
        self._limits = limits
        self._count = 0
        """How many values there are so far, those that aliases repeat included."""
        self._anchors: dict[str, tuple[Any, int]] = {}
        """The values with a name, and how many values are in each."""

    def values(self) -> Iterator[Any]:
        """Yield the value of each document."""
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                self._anchors.clear()
                yield self._value(next(self._events))

    def _value(self, event: Any) -> Any:
        """Return the value that begins with an event."""
        if isinstance(event, yaml.AliasEvent):
            if event.anchor not in self._anchors:
                problem = f"“*{event.anchor}” is not defined above it"
                raise yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)
            value, count = self._anchors[event.anchor]
            self._add(count)
            return value
        before = self._count
        self._add(1)
        if isinstance(event, yaml.ScalarEvent):
            value = None if not event.style and event.value in NULLS else event.value
        else:
            value = []
            while not isinstance(inner := next(self._events), yaml.CollectionEndEvent):
                value.append(self._value(inner))
            if isinstance(event, yaml.MappingStartEvent):
                value = _object(value[::2], value[1::2])
        if event.anchor:
            self._anchors[event.anchor] = (value, self._count - before)
        return value

    def _add(self, count: int) -> None:
        self._count += count
        check_memory(self._name, self._limits, self._count * BYTES_PER_VALUE)


def _object(keys: Iterable[Any], values: Iterable[Any]) -> dict[str, Any]:
    """Return the object of these keys; the key ``<<`` merges objects, whose keys count less."""
    result: dict[str, Any] = {}
    for key, value in zip(keys, values, strict=True):
        if key != "<<":
            result["" if key is None else str(key)] = value
            continue
        for merged in value if isinstance(value, list) else [value]:
            for inner, held in merged.items() if isinstance(merged, dict) else ():
                result.setdefault(inner, held)
    return result
