"""From the table of units to unit rows, for all shapes of hierarchies.

Parents by id or name, columns of levels, paths, lists of children, nested ids, links.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from components.importing.cells import is_missing, possible_lists
from components.importing.column_names import fold_name, vocabulary_words, whole_named
from components.importing.depths import depths_by_indent, depths_by_number, without_indent
from components.importing.path_rows import STEP, rows_of_levels, rows_of_paths
from components.importing.table_roles import (
    CHILDREN,
    DEPTH,
    LINKS,
    RELATIONS,
    RecognizedTables,
    Shape,
    TableRole,
)
from components.importing.trees import nested_parent_id
from components.importing.unit_rows import UnitRows, rows_of_records
from components.model.text import fold_text

LINKS_WITHOUT_KIND = 0.9
"""How surely links that make a tree are a hierarchy if nothing says of what kind they are."""
Link = tuple[str, str, int]
"""Parent, child and the number of the record; where the direction is unknown, origin and target."""


def list_units(recognized: RecognizedTables) -> UnitRows:
    """Return the units of a dataset with the keys of their parents."""
    units, relations = recognized.units, recognized.side.get(RELATIONS)
    if units.shape is Shape.LEVELS:
        return rows_of_levels(units)
    if units.shape is Shape.PATH:
        return rows_of_paths(units)
    rows = rows_of_records(units)
    if units.shape is Shape.PARENT:
        _add_further_parents(rows, units)
        if relations:
            rows.hierarchy_links = _links_repeating_parents(rows, relations)
    elif units.shape is Shape.CHILDREN:
        _set_parents_from_children(rows, units.column(CHILDREN))
    elif units.shape is Shape.NESTED_IDS:
        ids = set(rows.keys)
        rows.parents = [nested_parent_id(key, units.id_separator, ids) for key in rows.keys]
    elif units.shape is Shape.ORDER:
        if units.columns[DEPTH] == units.columns.get("name"):
            rows.cells["name"] = [without_indent(name) for name in rows.cells["name"]]
        _set_parents_from_depths(rows, depths_of(units))
    elif units.shape is Shape.LINKS and relations:
        _set_parents_from_links(rows, relations)
    return rows


def depths_of(units: TableRole) -> list[int]:
    """Return the depth of each record of a table in the order of an outline."""
    column = units.columns[DEPTH]
    by_number = depths_by_number(units.cells.of(column))
    return by_number or depths_by_indent(units.cells.frame[column].tolist())


def _set_parents_from_depths(rows: UnitRows, depths: Sequence[int]) -> None:
    """Set the nearest record before a record that is higher up as its parent."""
    rows.keys = [f"{STEP}{row}" for row in range(len(rows))]
    rows.parents = [""] * len(rows)
    chain: list[int] = []
    for row, depth in enumerate(depths):
        del chain[depth:]
        if chain:
            rows.parents[row] = rows.keys[chain[-1]]
        chain.append(row)


def _add_further_parents(rows: UnitRows, units: TableRole) -> None:
    """Add the cells of the columns of further parents; the resolver takes lists apart."""
    for column in units.further_parents:
        for row, cell in enumerate(units.cells.of(column)):
            if cell and not is_missing(cell):
                rows.further_parents.setdefault(row, []).append(cell)


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


def hierarchy_links(relations: TableRole) -> list[Link]:
    """Return the links of a table of relations that make a hierarchy, from parent to child.

    They do if columns or kinds say so, or if they make a tree.
    """
    links = _named_hierarchy(relations)
    return _tree(_links(relations)) if links is None else links


def hierarchy_evidence(relations: TableRole) -> float:
    """Return how surely columns or kinds of a table of relations say that they are a hierarchy.

    Links of other kinds do not say so at all, even if they make a tree.
    """
    if _named_hierarchy(relations) is not None:
        return 1.0
    return 0.0 if any(relations.column("kind")) else LINKS_WITHOUT_KIND


def _set_parents_from_links(rows: UnitRows, relations: TableRole) -> None:
    row_of = rows.rows_by_name()
    rows.parents = [""] * len(rows)
    known = [link for link in hierarchy_links(relations) if link[1] in row_of]
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
