"""Reading of the tables other than that of units: responsibilities, relations, references, ..."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import pandas as pd

from components import faults
from components.importing.cells import Cells
from components.importing.facts import fact_columns_of
from components.importing.table_roles import (
    PEOPLE,
    RELATIONS,
    RESPONSIBILITIES,
    RecognizedTables,
    TableRole,
)
from components.importing.unit_lookup import UnitLookup
from components.importing.unit_rows import UnitRows
from components.model.organization import (
    ALSO_PART_OF,
    Mention,
    Person,
    Reference,
    Relation,
    Responsibility,
    Row,
    Rows,
    Synonym,
    Theme,
    rows_by_unit,
)
from components.model.standard_columns import has_standard_columns, heading_of_fact
from components.model.text import split_list
from components.problems import Fault, Problem

REQUIRED_COLUMNS = {
    "responsibilities": ("unit_id", "responsibility"),
    "relations": ("from_id", "to_id"),
    "references": ("id", "name"),
    "mentions": ("unit_id", "reference_id"),
    "themes": ("id", "name"),
    "synonyms": ("words", "means"),
    "people": ("unit_id", "name"),
}
LONGEST_POSITION = 10
"""Characters from which on a position is not read as a number."""
DUTY_SEPARATOR = re.compile(r"[;\n\r•·▪]+|\s[-–*]\s(?=\S)")
"""Separates the responsibilities in one cell."""
BULLET = re.compile(r"^\s*(?:[-–—*•·▪]|\(?\d{1,2}[.)])\s+")
Entry = TypeVar("Entry", Reference, Theme)


@dataclass(frozen=True)
class SideTables:
    """The content of the side tables of an organization."""

    themes: Mapping[str, Theme]
    references: Mapping[str, Reference]
    responsibilities: Rows[Responsibility]
    mentions: Rows[Mention]
    relations: Rows[Relation]
    people: Rows[Person]
    synonyms: tuple[Synonym, ...]


def read_side_tables(
    recognized: RecognizedTables,
    rows: UnitRows,
    lookup: UnitLookup,
    further_parents: Iterable[tuple[int, int]],
    problems: list[Problem],
) -> SideTables:
    """Return the content of the side tables, and what the table of units adds to it.

    That is the responsibilities of its own column, which come first, and the further parents of
    units, which become relations. The rows are in the order of the units.
    """
    reader = _Reader(recognized.side, lookup, problems)
    problems += recognized.unused
    themes = reader.entries("themes", Theme, ("id", "name", "description"))
    references = reader.entries(
        "references", Reference, ("id", "name", "acronym", "kind", "description")
    )
    return SideTables(
        themes,
        references,
        reader.responsibilities(themes, rows.responsibilities),
        reader.mentions(references),
        reader.relations(further_parents, rows.hierarchy_links),
        reader.people(),
        reader.synonyms(),
    )


@dataclass(frozen=True)
class _Reader:
    """Reads side tables; a record with an unknown reference is reported and left out."""

    side: Mapping[str, TableRole]
    lookup: UnitLookup
    problems: list[Problem]

    def entries(
        self, role: str, entry: Callable[..., Entry], columns: Sequence[str]
    ) -> dict[str, Entry]:
        """Return the records of a table by id; the first record of each id counts."""
        entries: dict[str, Entry] = {}
        table = self._table(role)
        for record, entry_id, *cells in _records(table, columns):
            if not entry_id:
                self._report(faults.EMPTY_CELL, table, record, "id", "")
            elif entry_id in entries:
                self._report(faults.REPEATED_ENTRY, table, record, "id", entry_id)
            else:
                entries[entry_id] = entry(entry_id, *cells)
        return entries

    def responsibilities(
        self, themes: Mapping[str, Theme], duties: Sequence[str]
    ) -> Rows[Responsibility]:
        """Return the responsibilities of each unit: its own cell of duties, then by position."""
        rows = [
            (unit, (-1, position), Responsibility(text, (), ""))
            for unit, cell in enumerate(duties)
            if cell
            for position, text in enumerate(_split_duties(cell))
        ]
        table = self._table(RESPONSIBILITIES)
        columns = ("unit_id", "position", "responsibility", "themes", "source")
        for record, unit_id, position, text, theme_list, source in _records(table, columns):
            unit = self._unit(table, record, "unit_id", unit_id)
            if unit is None:
                continue
            if not text:
                self._report(faults.EMPTY_CELL, table, record, "responsibility", "")
                continue
            known = self._known_themes(table, record, theme_list, themes) if theme_list else ()
            place = (self._position(table, record, position), record)
            rows.append((unit, place, Responsibility(text, known, source)))
        rows.sort(key=lambda row: row[:2])
        return self._by_unit([(unit, responsibility) for unit, _, responsibility in rows])

    def _known_themes(
        self, table: TableRole, record: int, cell: str, themes: Mapping[str, Theme]
    ) -> tuple[str, ...]:
        named = dict.fromkeys(split_list(cell))
        for theme in named:
            if theme not in themes:
                self._report(faults.UNKNOWN_THEME, table, record, "themes", theme)
        return tuple(theme for theme in named if theme in themes)

    def _position(self, table: TableRole, record: int, cell: str) -> int:
        """Return a position among the responsibilities of a unit, by default the record number."""
        if cell.isdecimal() and len(cell) < LONGEST_POSITION:
            return int(cell)
        if cell:
            self._report(faults.NOT_A_NUMBER, table, record, "position", cell)
        return record

    def relations(
        self, further_parents: Iterable[tuple[int, int]], hierarchy_links: frozenset[int]
    ) -> Rows[Relation]:
        """Return the stated relations, each once with its origin and once with its target."""
        relations = [Relation(*ends, ALSO_PART_OF, "", "") for ends in further_parents]
        table = self._table(RELATIONS)
        columns = ("from_id", "to_id", "kind", "description", "source")
        for record, from_id, to_id, *cells in _records(table, columns):
            if record in hierarchy_links:
                continue
            origin = self._unit(table, record, "from_id", from_id)
            target = self._unit(table, record, "to_id", to_id)
            if origin is None or target is None:
                continue
            if origin == target:
                self._report(faults.OWN_RELATION, table, record, "to_id", to_id)
                continue
            relations.append(Relation(origin, target, *cells))
        return self._by_unit(
            [
                (unit, relation)
                for relation in dict.fromkeys(relations)
                for unit in (relation.origin, relation.target)
            ]
        )

    def people(self) -> Rows[Person]:
        """Return the people who work in each unit, with what else their table says of any."""
        table = self._table(PEOPLE)
        columns = ("unit_id", "name", "title", "email")
        further = [*fact_columns_of(table)] if table.columns else []
        facts = [table.cells.of(column) for column in further]
        found = []
        for at, (record, unit_id, name, *contact) in enumerate(_records(table, columns)):
            unit = self._unit(table, record, "unit_id", unit_id) if name and unit_id else None
            if unit is not None:
                found.append((at, unit, name, *contact))
        is_standard = has_standard_columns(PEOPLE, table.cells.header)
        filled = {
            heading_of_fact(PEOPLE, column) if is_standard else column: cells
            for column, cells in zip(further, facts, strict=True)
            if any(cells[at] for at, *_ in found)
        }
        people = []
        for at, unit, name, title, email in found:
            cells_of_person = {heading: cells[at] for heading, cells in filled.items()}
            people.append((unit, Person(name, title, email, cells_of_person)))
        return self._by_unit(people)

    def mentions(self, references: Mapping[str, Reference]) -> Rows[Mention]:
        """Return the references that each unit names."""
        mentions = []
        table = self._table("mentions")
        columns = ("unit_id", "reference_id", "role", "source")
        for record, unit_id, reference, *cells in _records(table, columns):
            unit = self._unit(table, record, "unit_id", unit_id)
            if reference not in references:
                self._report(faults.UNKNOWN_REFERENCE, table, record, "reference_id", reference)
            elif unit is not None:
                mentions.append((unit, Mention(unit, reference, *cells)))
        return self._by_unit(mentions)

    def synonyms(self) -> tuple[Synonym, ...]:
        """Return the synonyms that have words on both sides."""
        synonyms = []
        table = self._table("synonyms")
        for record, words, means in _records(table, ("words", "means")):
            synonym = Synonym(split_list(words), split_list(means))
            if not synonym.words:
                self._report(faults.EMPTY_LIST, table, record, "words", words)
            elif not synonym.means:
                self._report(faults.EMPTY_LIST, table, record, "means", means)
            else:
                synonyms.append(synonym)
        return tuple(synonyms)

    def _table(self, role: str) -> TableRole:
        """Return the table of a role; an empty one if there is none, or if it lacks a column."""
        table = self.side.get(role)
        empty = TableRole("", role, Cells(pd.DataFrame()), {})
        if table is None:
            return empty
        absent = [column for column in REQUIRED_COLUMNS[role] if column not in table.columns]
        if absent:
            columns = ", ".join(f"“{name}”" for name in absent)
            self.problems.append(faults.REQUIRED_COLUMN.problem(table.table, columns=columns))
            return empty
        return table

    def _unit(self, table: TableRole, record: int, column: str, cell: str) -> int | None:
        unit = self.lookup.find(cell)
        if unit is None:
            self._report(faults.UNKNOWN_UNIT, table, record, column, cell)
        return unit

    def _report(self, fault: Fault, table: TableRole, record: int, column: str, value: str) -> None:
        column = table.columns.get(column, column)
        self.problems.append(fault.problem(table.table, record=record, column=column, value=value))

    def _by_unit(self, rows: Iterable[tuple[int, Row]]) -> Rows[Row]:
        return rows_by_unit(rows, len(self.lookup.number))


def _records(table: TableRole, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Yield the number of each record, and its cells in the given standard columns."""
    lists = (table.column(column) for column in columns)
    return zip(table.cells.frame.index.tolist(), *lists, strict=True)


def _split_duties(cell: str) -> list[str]:
    """Return the responsibilities of a cell that has a line or a bullet for each, or ``;``."""
    parts = (BULLET.sub("", part).strip(" \t.;") for part in DUTY_SEPARATOR.split(cell))
    return [part for part in dict.fromkeys(parts) if part]
