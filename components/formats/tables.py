"""An organization as tables, in the form in which Remit imports them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Sized
from dataclasses import astuple
from graphlib import TopologicalSorter
from itertools import pairwise

from components.model.organization import UNIT_COLUMNS, Organization, Relation
from components.view_state import SEPARATOR

Record = tuple[str, ...]

_AFTER_TYPE = UNIT_COLUMNS.index("type") + 1
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "units": (*UNIT_COLUMNS[:_AFTER_TYPE], "parent_id", *UNIT_COLUMNS[_AFTER_TYPE:]),
    "responsibilities": ("unit_id", "position", "responsibility", "themes", "source"),
    "relations": ("from_id", "to_id", "kind", "description", "source"),
    "references": ("id", "name", "acronym", "kind", "description"),
    "mentions": ("unit_id", "reference_id", "role", "source"),
    "themes": ("id", "name", "description"),
    "synonyms": ("words", "means"),
    "people": ("unit_id", "name", "title", "email"),
}
"""The columns of each table; docs/data.md explains them."""


def records_of(organization: Organization, table: str) -> list[Record]:
    """Return the records of a table, with a cell for each of its ``COLUMNS``.

    Units are in preorder, and the rows of a unit in their order in each side table, so that
    importing the tables gives the same organization.
    """
    return list(_RECORDS[table](organization))


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
    parents = [
        "" if parent in no_parent else ids[parent] for parent in organization.parent.tolist()
    ]
    cells: Mapping[str, Sequence[str]] = {**organization.units, "parent_id": parents}
    records = zip(*(cells[column] for column in COLUMNS["units"]), strict=True)
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
            yield unit_id, person.name, person.title, person.email


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
