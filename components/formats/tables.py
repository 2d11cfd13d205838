"""An organization as the tables that it would be read from again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Sized
from graphlib import TopologicalSorter
from itertools import pairwise

from components.model.organization import Organization, Relation
from components.view_state import SEPARATOR

Record = tuple[str, ...]

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "units": (
        "id",
        "name",
        "short_name",
        "acronym",
        "aliases",
        "type",
        "parent_id",
        "head",
        "location",
        "summary",
        "status",
        "source",
        "notes",
    ),
    "responsibilities": ("unit_id", "position", "responsibility", "themes", "source"),
    "relations": ("from_id", "to_id", "kind", "description", "source"),
    "references": ("id", "name", "acronym", "kind", "description"),
    "mentions": ("unit_id", "reference_id", "role", "source"),
    "themes": ("id", "name", "description"),
    "synonyms": ("words", "means"),
}
"""The columns of each table, as docs/data.md explains them."""


def records_of(organization: Organization, table: str) -> list[Record]:
    """Return the records of one of the tables, each as long as its ``COLUMNS``.

    Read again they make the same organization: units stand in preorder, responsibilities in their
    order, and relations so that those of each unit are in theirs.
    """
    return list(_RECORDS[table](organization))


def tables_in(organization: Organization) -> list[str]:
    """Return the names of the tables that have any records; that of the units always has."""
    rows: Mapping[str, Sized] = {
        "units": organization,
        "responsibilities": organization.responsibilities.rows,
        "relations": organization.relations.rows,
        "references": organization.references,
        "mentions": organization.mentions.rows,
        "themes": organization.themes,
        "synonyms": organization.synonyms,
    }
    return [table for table in COLUMNS if rows[table]]


def parent_id(organization: Organization, unit: int) -> str:
    """Return the id of the unit above; empty for the top."""
    above = int(organization.parent[unit])
    return organization.units["id"][above] if above >= 0 else ""


def placeholders(organization: Organization) -> frozenset[int]:
    """Return the units that are no records, but come back when the others are read again.

    These are the parents that units name, of which nothing else is known.
    """
    units, above_all = organization.units, _above_all(organization)

    def is_but_a_name(unit: int) -> bool:
        told = {column for column, cells in units.items() if cells[unit]}
        is_root = int(organization.parent[unit]) in above_all
        return is_root and told == {"id", "name"} and units["id"][unit] == units["name"][unit]

    return frozenset(filter(is_but_a_name, organization.placeholders))


def _above_all(organization: Organization) -> frozenset[int]:
    """Return what stands as parent of a unit whose record has none."""
    return frozenset({-1, 0} if organization.has_synthetic_top else {-1})


def stated_relations(organization: Organization) -> list[Relation]:
    """Return each stated relation once, so that those of each unit stand in their order."""
    rows, first = organization.relations.rows, organization.relations.first.tolist()
    order: TopologicalSorter[Relation] = TopologicalSorter()
    for start, end in pairwise(first):
        for at in range(start, end):
            order.add(rows[at], *rows[max(start, at - 1) : at])
    return list(order.static_order())


def _units(organization: Organization) -> Iterator[Record]:
    above_all = _above_all(organization)
    unwritten = above_all | placeholders(organization)
    ids, above = organization.units["id"], organization.parent.tolist()
    parents = ["" if each in above_all else ids[each] for each in above]
    cells: Mapping[str, Sequence[str]] = {**organization.units, "parent_id": parents}
    records = zip(*(cells[column] for column in COLUMNS["units"]), strict=True)
    return (record for unit, record in enumerate(records) if unit not in unwritten)


def _responsibilities(organization: Organization) -> Iterator[Record]:
    for unit, name in enumerate(organization.units["id"]):
        for position, row in enumerate(organization.responsibilities.of(unit), start=1):
            yield name, str(position), row.text, SEPARATOR.join(row.themes), row.source


def _relations(organization: Organization) -> Iterator[Record]:
    ids = organization.units["id"]
    for row in stated_relations(organization):
        yield ids[row.origin], ids[row.target], row.kind, row.description, row.source


def _references(organization: Organization) -> Iterator[Record]:
    for row in organization.references.values():
        yield row.id, row.name, row.acronym, row.kind, row.description


def _mentions(organization: Organization) -> Iterator[Record]:
    for row in organization.mentions.rows:
        yield organization.units["id"][row.unit], row.reference, row.role, row.source


def _themes(organization: Organization) -> Iterator[Record]:
    for row in organization.themes.values():
        yield row.id, row.name, row.description


def _synonyms(organization: Organization) -> Iterator[Record]:
    for row in organization.synonyms:
        yield SEPARATOR.join(row.words), SEPARATOR.join(row.means)


_RECORDS = {
    "units": _units,
    "responsibilities": _responsibilities,
    "relations": _relations,
    "references": _references,
    "mentions": _mentions,
    "themes": _themes,
    "synonyms": _synonyms,
}
