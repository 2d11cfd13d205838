"""Facts with types, for formats that tell numbers, dates and addresses from texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from components.importing.column_names import vocabulary_words
from components.model.facts import FactColumn, FactKind
from components.model.organization import Organization
from components.model.standard_columns import column_of_fact

LARGEST = 2**63
"""Larger whole numbers are decimals, since programs keep whole ones in 64 bits."""
PARTS_OF_DATE = 3
WEB = re.compile(r"https?://[^\s<>\"{}|\\^`]+", re.IGNORECASE)


class CellType(Enum):
    """What all filled cells of a column are."""

    TEXT = auto()
    INTEGER = auto()
    DECIMAL = auto()
    BOOLEAN = auto()
    DATE = auto()
    """A day."""
    ADDRESS = auto()
    """Of the web."""


@dataclass(frozen=True)
class TypedFact:
    """A column of facts in which all cells are of one type."""

    fact: FactColumn
    column: str
    """Its name in files."""
    type: CellType
    cells: Sequence[str]
    """In one notation: ``1234.5``, ``true``, ``2024-01-31``; texts as they are; empty text where
    there is no fact."""


def typed_facts(organization: Organization) -> list[TypedFact]:
    """Return the facts of units, in order; a column with a cell that does not fit its kind is text.

    A number loses its unit, which is in the heading or beside all numbers of the column.
    """
    return [_typed(fact) for fact in organization.facts.values()]


def _typed(fact: FactColumn) -> TypedFact:
    column, in_notation = column_of_fact("units", fact.heading), _NOTATIONS.get(fact.kind)
    filled = [unit for unit, cell in enumerate(fact.cells) if cell]
    written = {unit: in_notation(fact, unit) for unit in filled} if in_notation else {}
    if not written or not all(written.values()):
        return TypedFact(fact, column, CellType.TEXT, fact.cells)
    cells = [written.get(unit) or "" for unit in range(len(fact.cells))]
    return TypedFact(fact, column, _type(fact.kind, written.values()), cells)


def _type(kind: FactKind, cells: Iterable[str | None]) -> CellType:
    if kind is not FactKind.NUMBER:
        return _TYPES[kind]
    are_whole = all(cell and "." not in cell and abs(int(cell)) < LARGEST for cell in cells)
    return CellType.INTEGER if are_whole else CellType.DECIMAL


def _number(fact: FactColumn, unit: int) -> str | None:
    number = fact.quantity(unit)
    return None if number is None else f"{number:f}"


def _day(fact: FactColumn, unit: int) -> str | None:
    """Return a whole day; None if the cell says less, or more, such as the time of day."""
    day = fact.day(unit)
    if day is None or not all(day) or len(re.findall(r"\w+", fact.cells[unit])) > PARTS_OF_DATE:
        return None
    try:
        return date(*day).isoformat()
    except ValueError:
        return None


def _answer(fact: FactColumn, unit: int) -> str | None:
    cell = fact.cells[unit].casefold()
    if cell in vocabulary_words("yes"):
        return "true"
    return "false" if cell in vocabulary_words("not") else None


def _address(fact: FactColumn, unit: int) -> str | None:
    return fact.cells[unit] if WEB.fullmatch(fact.cells[unit]) else None


_NOTATIONS: Mapping[FactKind, Callable[[FactColumn, int], str | None]] = {
    FactKind.NUMBER: _number,
    FactKind.DATE: _day,
    FactKind.YES_NO: _answer,
    FactKind.LINK: _address,
    FactKind.IMAGE: _address,
}
"""For kinds that are no text: the notation of a cell, or None if it does not fit."""
_TYPES: Mapping[FactKind, CellType] = {
    FactKind.DATE: CellType.DATE,
    FactKind.YES_NO: CellType.BOOLEAN,
    FactKind.LINK: CellType.ADDRESS,
    FactKind.IMAGE: CellType.ADDRESS,
}
