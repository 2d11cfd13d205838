"""From a forest to a tree: placeholders, cycles, roots, and the numbers of units in preorder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from components import faults
from components.importing.parents import Forest, parent_problem
from components.importing.table_roles import TableRole
from components.importing.unit_rows import UnitRows
from components.model.preorder import NO_PARENT, Preorder, in_preorder
from components.model.unique_ids import UniqueIds
from components.problems import Problem

MAX_SHOWN = 20
"""Units of a cycle that are named."""
UNVISITED, DONE = -1, -2


@dataclass(frozen=True)
class Hierarchy:
    """A tree of units in preorder."""

    tree: Preorder
    further_parents: list[tuple[int, int]]
    """Units and their further parents."""
    has_synthetic_top: bool


def add_placeholders(rows: UnitRows, forest: Forest) -> None:
    """Add a row for each parent that has no record."""
    if forest.placeholders:
        unique = UniqueIds(rows.cells["id"])
        rows.add([(unique.make(key), name, record) for key, name, record in forest.placeholders])
        forest.parent += [NO_PARENT] * len(forest.placeholders)


def break_cycles(forest: Forest, rows: UnitRows, units: TableRole, problems: list[Problem]) -> None:
    """Open each circle of parents.

    Where an id or a name in it has another unit too, that one becomes the parent; otherwise the
    earliest record of the circle becomes a root.
    """
    if _has_cycle(forest.parent):
        _open_cycles(forest, rows, units, problems)
    _report_ambiguous(forest, rows, units, problems)


def _has_cycle(parent: Sequence[int]) -> bool:
    """Return whether the parents of some row lead into a circle.

    Every step doubles how far above each row the row is that is looked at, so few are needed.
    """
    above = np.array([*parent, NO_PARENT], dtype=np.int64)  # what is above no row is the last
    for _ in range(len(parent).bit_length()):
        if (above == NO_PARENT).all():
            return False
        above = above[above]
    return bool((above != NO_PARENT).any())


def _open_cycles(forest: Forest, rows: UnitRows, units: TableRole, problems: list[Problem]) -> None:
    parent = forest.parent
    visit = [UNVISITED] * len(parent)
    for start in range(len(parent)):
        path, row = [], start
        while row >= 0 and visit[row] == UNVISITED:
            visit[row] = start
            path.append(row)
            row = parent[row]
        if row >= 0 and visit[row] == start:
            _open_cycle(path[path.index(row) :], forest, rows, units, problems)
        for row in path:
            visit[row] = DONE


def _report_ambiguous(
    forest: Forest, rows: UnitRows, units: TableRole, problems: list[Problem]
) -> None:
    """Report each name of a parent that several units have, with the one that was taken."""
    counts = Counter(rows.parents[row] for row in forest.alternatives)
    reported: set[str] = set()
    for row in sorted(forest.alternatives):
        cell = rows.parents[row]
        if cell in reported:
            continue
        reported.add(cell)
        where = f" ({counts[cell]:,} records)" if counts[cell] > 1 else ""
        problems.append(
            parent_problem(
                faults.AMBIGUOUS_PARENT,
                row,
                rows,
                units,
                first_record=rows.records[forest.parent[row]],
                where=where,
            )
        )


def _open_cycle(
    cycle: Sequence[int], forest: Forest, rows: UnitRows, units: TableRole, problems: list[Problem]
) -> None:
    first = min(cycle)
    at = cycle.index(first)
    cycle = (*cycle[at:], *cycle[:at])
    ids = [rows.cells["id"][member] for member in cycle]
    for row in cycle:
        for other in forest.alternatives.get(row, ()):
            if not _leads_into(other, row, forest.parent):
                forest.parent[row] = other
                del forest.alternatives[row]
                problems.append(
                    parent_problem(
                        faults.CYCLE_BY_REPEATED_ID,
                        row,
                        rows,
                        units,
                        cycle=_cycle_in_words(ids),
                        name=rows.cells["name"][other],
                        other_record=rows.records[other],
                    )
                )
                return
    forest.parent[first] = NO_PARENT
    in_words = _cycle_in_words(ids)
    problems.append(parent_problem(faults.CYCLE, first, rows, units, cycle=in_words, first=ids[0]))


def _leads_into(row: int, target: int, parent: Sequence[int]) -> bool:
    """Return whether the parents of a row lead to another row, or into a circle."""
    seen: set[int] = set()
    while row >= 0 and row not in seen:
        if row == target:
            return True
        seen.add(row)
        row = parent[row]
    return row >= 0


def _cycle_in_words(ids: Sequence[str]) -> str:
    """Return ``“a” → “b” → “a”``, without the middle of a long cycle."""
    names = [f"“{unit_id}”" for unit_id in ids[:MAX_SHOWN]]
    if len(ids) > MAX_SHOWN:
        names.append(f"{len(ids) - MAX_SHOWN} more")
    return " → ".join([*names, names[0]])


def gather_roots(
    forest: Forest, rows: UnitRows, units: TableRole, title: str, problems: list[Problem]
) -> None:
    """If there are several roots, add a unit as their parent."""
    roots = [row for row, parent in enumerate(forest.parent) if parent == NO_PARENT]
    if len(roots) == 1:
        return
    parents = set(forest.parent)
    forest.isolated = [row for row in roots if row not in parents]
    top = len(rows)
    rows.add([(UniqueIds(rows.cells["id"]).make("organization"), title, 0)])
    forest.parent.append(NO_PARENT)
    forest.is_gathered = True
    for row in roots:
        forest.parent[row] = top
    count = len(roots) - len(forest.placeholders)
    if not count:
        return
    alone = f", {len(forest.isolated):,} of them without children" if forest.isolated else ""
    problems.append(
        faults.MANY_ROOTS.problem(
            units.table,
            column=units.parent_column,
            units="1 unit has" if count == 1 else f"{count:,} units have",
            alone=alone,
            title=title,
        )
    )


def number_in_preorder(forest: Forest) -> Hierarchy:
    """Return the hierarchy of a forest with one root.

    Siblings are in the order of the table, isolated roots last.
    """
    is_isolated = np.zeros(len(forest.parent), dtype=bool)
    is_isolated[forest.isolated] = True
    siblings = np.argsort(is_isolated, kind="stable")
    tree = in_preorder(np.asarray(forest.parent, dtype=np.int64), siblings)
    unit_of_row = tree.unit_of_row
    further = [(int(unit_of_row[row]), int(unit_of_row[above])) for row, above in forest.further]
    return Hierarchy(tree, further, forest.is_gathered)
