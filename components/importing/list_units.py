"""From the table of units to unit rows, for all shapes of hierarchies.

Parents by id or name, columns of levels, paths, lists of children, nested ids, links.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from components.importing.cells import is_missing, possible_lists
from components.importing.column_names import fold_name, vocabulary_words, whole_named
from components.importing.hierarchy_detection import nested_parent_id
from components.importing.path_rows import rows_of_levels, rows_of_paths
from components.importing.table_roles import (
    CHILDREN,
    LINKS,
    PATH,
    RELATIONS,
    RecognizedTables,
    TableRole,
)
from components.importing.unit_rows import UnitRows, rows_of_records
from components.model.text import fold_text

Link = tuple[str, str, int]
"""Parent, child and the number of the record; where the direction is unknown, origin and target."""


def list_units(recognized: RecognizedTables) -> UnitRows:
    """Return the units of a dataset with the keys of their parents."""
    units, relations = recognized.units, recognized.side.get(RELATIONS)
    if units.levels:
        return rows_of_levels(units)
    if PATH in units.columns:
        return rows_of_paths(units)
    rows = rows_of_records(units)
    if "parent_id" in units.columns:
        if relations:
            rows.hierarchy_links = _links_repeating_parents(rows, relations)
    elif CHILDREN in units.columns:
        _set_parents_from_children(rows, units.column(CHILDREN))
    elif units.id_separator:
        ids = set(rows.keys)
        rows.parents = [nested_parent_id(key, units.id_separator, ids) for key in rows.keys]
    elif relations:
        _set_parents_from_links(rows, relations)
    return rows


def _set_parents_from_children(rows: UnitRows, children: Sequence[str]) -> None:
    row_of = rows.rows_by_name()
    rows.parents = list(rows.parents)
    for row, cell in enumerate(children):
        if cell and not is_missing(cell):
            names = max(
                [(cell,), *possible_lists(cell)],
                key=lambda names: sum(name in row_of for name in names),
            )
            for name in names:
                if name in row_of:
                    rows.add_parent(row_of[name], rows.keys[row] or rows.cells["name"][row])


def _set_parents_from_links(rows: UnitRows, relations: TableRole) -> None:
    """Set parents from a table of relations if its links are a hierarchy."""
    links = _named_hierarchy(relations)
    if links is None:
        links = _tree(_links(relations))
    row_of = rows.rows_by_name()
    rows.parents = list(rows.parents)
    known = [link for link in links if link[1] in row_of]
    rows.hierarchy_links = frozenset(record for _, _, record in known)
    for parent, child, _ in known:
        rows.add_parent(row_of[child], parent)


def _links_repeating_parents(rows: UnitRows, relations: TableRole) -> frozenset[int]:
    """Return the records of the links that only repeat the column of parents."""
    parent_of = dict(zip(rows.keys, rows.parents, strict=True))
    links = _named_hierarchy(relations) or []
    return frozenset(record for parent, child, record in links if parent_of.get(child) == parent)


def _links(relations: TableRole) -> list[Link]:
    """Return the links of a table of relations; none if it lacks a column for either end."""
    if not {"from_id", "to_id"} <= relations.columns.keys():
        return []
    records = relations.cells.frame.index.tolist()
    return list(zip(relations.column("from_id"), relations.column("to_id"), records, strict=True))


def _named_hierarchy(relations: TableRole) -> list[Link] | None:
    """Return the links that columns or kinds name as a hierarchy; None if nothing does."""
    links = _links(relations)
    origin, target = (relations.columns.get(end, "") for end in ("from_id", "to_id"))
    if whole_named(LINKS, "parent", [origin]) and whole_named(LINKS, "child", [target]):
        return links
    kinds = [fold_text(" ".join(fold_name(kind))) for kind in relations.column("kind")]
    downwards, upwards = vocabulary_words("downwards"), vocabulary_words("upwards")
    if not links or not {*kinds} & (downwards | upwards):
        return None
    return [
        *(link for link, kind in zip(links, kinds, strict=True) if kind in downwards),
        *_reversed(link for link, kind in zip(links, kinds, strict=True) if kind in upwards),
    ]


def _tree(links: list[Link]) -> list[Link]:
    """Return links as parent and child if they make a tree; none otherwise.

    They do if no target is repeated, or no origin: a child has one parent only.
    """
    origins, targets = ({link[end] for link in links} for end in (0, 1))
    if len(targets) == len(links):
        return links
    return _reversed(links) if len(origins) == len(links) else []


def _reversed(links: Iterable[Link]) -> list[Link]:
    return [(target, origin, record) for origin, target, record in links]
