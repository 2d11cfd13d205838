"""The standard columns of all tables, and columns of facts beside them, as Remit writes both."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from components.model.organization import UNIT_COLUMNS

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
"""The standard columns of each table; docs/data.md explains them."""
LISTS = {"aliases", "themes"}
"""The columns that are lists in JSON, and may be empty in all records."""
TAKEN: Mapping[str, frozenset[str]] = {
    table: frozenset(columns) for table, columns in COLUMNS.items()
} | {
    # JSON and graphs have these beside the columns of units.
    "units": frozenset(
        [*COLUMNS["units"], "responsibilities", "people", "children", "parent", "label", "target"]
    )
}
"""The names that no column of facts has in any format, by table."""
MARK = " (2)"
"""Stands behind the heading of a fact that would have such a name."""


def has_standard_columns(table: str, header: Collection[str]) -> bool:
    """Return whether a header has all standard columns of a table, as those that Remit writes.

    In JSON, a column of lists that are all empty is no column.
    """
    return table in COLUMNS and set(COLUMNS[table]) - LISTS <= set(header)


def column_of_fact(table: str, heading: str) -> str:
    """Return the column for the facts under a heading: ``id (2)`` for ``id``."""
    return heading + MARK if _is_taken(table, heading) else heading


def heading_of_fact(table: str, column: str) -> str:
    """Return the heading for which ``column_of_fact`` gives a column."""
    return column.removesuffix(MARK) if _is_taken(table, column) else column


def _is_taken(table: str, name: str) -> bool:
    while name.endswith(MARK):
        name = name.removesuffix(MARK)
    return name in TAKEN[table]
