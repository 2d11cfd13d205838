"""An organization as tables, in the form in which Remit imports them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from dataclasses import astuple
from graphlib import TopologicalSorter
from itertools import pairwise

from components.model.organization import Numbers, Organization, Person, Relation
from components.model.standard_columns import COLUMNS, column_of_fact
from components.view_state import SEPARATOR

Record = tuple[str, ...]
NUMBERS_AT_ONCE = 10_000


def columns_of(organization: Organization, table: str) -> tuple[str, ...]:
    """Return the columns of a table: the standard ones, then those of the facts in it."""
    headings = _FACTS[table](organization) if table in _FACTS else ()
    return (*COLUMNS[table], *(column_of_fact(table, heading) for heading in headings))


def records_of(organization: Organization, table: str) -> list[Record]:
    """Return the records of a table, with a cell for each of its ``columns_of``.

    Units are in preorder, and the rows of a unit in their order in each side table, so that
    importing the tables gives the same organization.
    """
    return list(iterate_records(organization, table))


def iterate_records(organization: Organization, table: str) -> Iterator[Record]:
    """Yield the records of a table like ``records_of``, without all of them in memory."""
    return iter(_RECORDS[table](organization))


def numbers_of(array: Numbers) -> Iterator[int]:
    """Yield the numbers of a long array, few of them as objects at the same time."""
    for start in range(0, len(array), NUMBERS_AT_ONCE):
        yield from array[start : start + NUMBERS_AT_ONCE].tolist()


def tables_in(organization: Organization) -> list[str]:
    """Return the names of the tables that have records."""
    rows: Mapping[str, Sized] = {
        "units": organization,
        "responsibilities": organization.responsibilities.rows,
        "relations": organization.relations.rows,
        "references": organization.references,
        "mentions": organization.mentions.rows,
        "themes": organization.themes,
        "synonyms": organization.synonyms,
        "people": organization.people.rows,
    }
    return [table for table in COLUMNS if rows[table]]


def parent_id(organization: Organization, unit: int) -> str:
    """Return the id of the parent of a unit; empty for the top."""
    parent = int(organization.parent[unit])
    return organization.units["id"][parent] if parent >= 0 else ""


def person_cells(person: Person) -> tuple[str, ...]:
    """Return the cells of a person in the table of people, after the unit."""
    return person.name, person.title, person.email, *person.facts.values()


def people_lines(organization: Organization, unit: int) -> Iterator[str]:
    """Yield a line for each person of a unit: ``Ann Lake, Director, Room: 12``."""
    for person in organization.people.of(unit):
        facts = (f"{heading}: {cell}" for heading, cell in person.facts.items() if cell)
        parts = (person.name, person.title, person.email, *facts)
        yield " ".join(", ".join(filter(None, parts)).split())


def placeholders(organization: Organization) -> frozenset[int]:
    """Return the placeholders that need no record: importing the other units restores them.

    Such a placeholder is a root, and its name is its id.
    """
    units, no_parent = organization.units, _no_parent(organization)

    def is_restored(unit: int) -> bool:
        filled = {column for column, cells in units.items() if cells[unit]}
        is_root = int(organization.parent[unit]) in no_parent
        return is_root and filled == {"id", "name"} and units["id"][unit] == units["name"][unit]

    return frozenset(filter(is_restored, organization.placeholders))


def _no_parent(organization: Organization) -> frozenset[int]:
    """Return the values of ``Organization.parent`` that stand for an empty ``parent_id``."""
    return frozenset({-1, 0} if organization.has_synthetic_top else {-1})


def stated_relations(organization: Organization) -> list[Relation]:
    """Return each stated relation once, with the relations of each unit in their order."""
    rows, first = organization.relations.rows, organization.relations.first.tolist()
    sorter: TopologicalSorter[Relation] = TopologicalSorter()
    for start, end in pairwise(first):
        for position in range(start, end):
            sorter.add(rows[position], *rows[max(start, position - 1) : position])
    return list(sorter.static_order())


def _units(organization: Organization) -> Iterator[Record]:
    no_parent = _no_parent(organization)
    omitted = no_parent | placeholders(organization)
    ids = organization.units["id"]
    parents = (
        "" if parent in no_parent else ids[parent] for parent in numbers_of(organization.parent)
    )
    cells: Mapping[str, Iterable[str]] = {**organization.units, "parent_id": parents}
    facts = (fact.cells for fact in organization.facts.values())
    records = zip(*(cells[column] for column in COLUMNS["units"]), *facts, strict=True)
    return (record for unit, record in enumerate(records) if unit not in omitted)


def _responsibilities(organization: Organization) -> Iterator[Record]:
    for unit, unit_id in enumerate(organization.units["id"]):
        for position, row in enumerate(organization.responsibilities.of(unit), start=1):
            yield unit_id, str(position), row.text, SEPARATOR.join(row.themes), row.source


def _relations(organization: Organization) -> Iterator[Record]:
    ids = organization.units["id"]
    for row in stated_relations(organization):
        yield ids[row.origin], ids[row.target], row.kind, row.description, row.source


def _mentions(organization: Organization) -> Iterator[Record]:
    for row in organization.mentions.rows:
        yield organization.units["id"][row.unit], row.reference, row.role, row.source


def _people(organization: Organization) -> Iterator[Record]:
    for unit, unit_id in enumerate(organization.units["id"]):
        for person in organization.people.of(unit):
            yield unit_id, *person_cells(person)


def _synonyms(organization: Organization) -> Iterator[Record]:
    for row in organization.synonyms:
        yield SEPARATOR.join(row.words), SEPARATOR.join(row.means)


_RECORDS: Mapping[str, Callable[[Organization], Iterable[Record]]] = {
    "units": _units,
    "responsibilities": _responsibilities,
    "relations": _relations,
    "references": lambda organization: map(astuple, organization.references.values()),
    "mentions": _mentions,
    "themes": lambda organization: map(astuple, organization.themes.values()),
    "synonyms": _synonyms,
    "people": _people,
}
_FACTS: Mapping[str, Callable[[Organization], Iterable[str]]] = {
    "units": lambda organization: (fact.heading for fact in organization.facts.values()),
    "people": lambda organization: next((person.facts for person in organization.people.rows), ()),
}
"""The headings of the facts in those tables that have any."""
