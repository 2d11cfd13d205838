"""What an interpretation makes of its table, in numbers that can be compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np
import numpy.typing as npt

from components.importing.cells import is_missing
from components.importing.evidence import SAMPLE_SIZE
from components.importing.list_units import depths_of
from components.importing.path_rows import STEP, rows_of_levels, rows_of_paths
from components.importing.profiles import Profile
from components.importing.table_roles import CHILDREN, Shape, TableRole
from components.importing.trees import nested_parent_id

MAX_RECORDS = 10_000
"""Records from which levels and paths are judged: they need no others."""
MAX_STEPS = 60
"""Parents that are followed upwards from a sampled record."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What an interpretation makes of a table; unless noted, shares of its records."""

    kept: float = 1.0
    """Records with an id of their own that are units of their own."""
    named: float = 1.0
    """Whether the units have names: 1, 0.5 where only ids, 0 where neither."""
    below_records: float = 0.0
    """Records below another record."""
    below_names: float = 0.0
    """Records below a unit that has no record: a level, a group, an unknown parent."""
    found: float = 0.0
    """Parents that are found, of those that are named; 0 where none is."""
    in_cycles: float = 0.0
    told_apart: float = 1.0
    """Units that have another name than their siblings."""
    depth: float = 0.0
    """Levels of the hierarchy, from 0 for one to 1 for four or more."""
    lonely: float = 0.0
    """Units with a single child, of those without a record."""
    evidence: float = 0.0
    """How surely the headings say so, from 0 to 1."""

    def score(self) -> float:
        """Return the weighted sum, by which interpretations are compared."""
        return float(sum(weight * getattr(self, measure) for measure, weight in WEIGHTS.items()))


WEIGHTS: Mapping[str, float] = {
    "kept": 40,
    "named": 10,
    "below_records": 20,
    "below_names": 10,
    "found": 8,
    "in_cycles": -20,
    "told_apart": 6,
    "depth": 4,
    "lonely": -1,
    "evidence": 10,
}
"""What each measure counts; records that are lost cost most."""


def judge(role: TableRole, profile: Profile) -> Judgement:
    """Return what an interpretation makes of its table."""
    if role.shape is Shape.PARENT:
        judgement = _judge_parents(role, profile)
    elif role.shape in {Shape.LEVELS, Shape.PATH}:
        judgement = _judge_paths(role)
    else:
        judgement = _judge_records(role)
    return replace(
        judgement,
        kept=min(judgement.kept, 1 - _doubled(role)),
        named=_named(role),
        evidence=role.evidence,
    )


def judge_links(
    role: TableRole, links: Sequence[tuple[str, str, int]], *, stated: float
) -> Judgement:
    """Return what links of another table, from parent to child, make of a table.

    ``stated`` tells how surely columns or kinds say that the links are a hierarchy.
    """
    keys = role.cells.counts(role.key) if role.key else ()
    units = {*keys, *role.column("name")}
    known = [(parent, child) for parent, child, _ in links if parent in units and child in units]
    below = len({child for _, child in known}) / max(1, len(role.cells))
    cycles, depth = _follow([child for _, child in known], [parent for parent, _ in known])
    return Judgement(
        kept=1 - _doubled(role),
        named=_named(role),
        below_records=below,
        found=len(known) / len(links),
        in_cycles=cycles,
        depth=_depth(depth + 1),
        evidence=stated,
    )


def _named(role: TableRole) -> float:
    if "name" in role.columns or role.levels or role.shape is Shape.PATH:
        return 1.0
    return 0.5 if "id" in role.columns else 0.0


def _depth(levels: int) -> float:
    return min(3, max(0, levels - 1)) / 3


def _doubled(role: TableRole) -> float:
    """Return the share of records that have the id of another one, but another name."""
    ids = role.column("id")
    counts = role.cells.counts(role.columns["id"]) if "id" in role.columns else {}
    repeated = {unit_id for unit_id, count in counts.items() if count > 1}
    if not repeated:
        return 0.0
    names = {
        pair
        for pair in zip(ids, role.column("name"), strict=True)
        if pair[0] in repeated and pair[1]
    }
    return max(0, len(names) - len(repeated)) / max(1, len(ids))


def _judge_parents(role: TableRole, profile: Profile) -> Judgement:
    cells = role.cells
    parent, key = role.columns["parent_id"], role.key
    in_table = profile if {parent, key} <= {*profile.header} else Profile(cells)
    keys = cells.counts(key) if key else {}
    parents = cells.counts(parent)
    filled = sum(n for cell, n in parents.items() if cell in keys or not is_missing(cell))
    named = filled / max(1, len(cells))
    share = in_table.referring_share(parent, key) if key else 0.0
    sample = in_table.sample(parent)
    ambiguous = sum(keys.get(cell, 0) > 1 for cell in sample) / max(1, len(sample))
    if role.columns.get("id") == key:
        ambiguous = 0.0
    cycles, depth = _follow(cells.of(key), cells.of(parent)) if key else (0.0, 1)
    return Judgement(
        below_records=named * share * (1 - ambiguous / 2),
        below_names=named * (1 - share),
        found=share if named else 0.0,
        in_cycles=cycles,
        depth=_depth(max(depth, 2 if named else 1)),
        told_apart=_told_apart(cells.of(parent), role.column("name"), _ids(role)),
    )


def _follow(keys: Sequence[str], parents: Sequence[str]) -> tuple[float, int]:
    """Return the share of sampled records whose parents lead into a circle, and the levels."""
    parent_of = dict(zip(keys, parents, strict=True))
    starts = list(islice(parent_of, 0, None, max(1, len(parent_of) // SAMPLE_SIZE)))
    circular, levels = 0, 1
    for start in starts:
        seen, key = {start}, parent_of[start]
        while key in parent_of and key not in seen and key:
            seen.add(key)
            key = parent_of[key]
            if len(seen) > MAX_STEPS:
                break
        circular += key in seen and key != start
        circular += key == start and parent_of[start] != start
        levels = max(levels, len(seen))
    return circular / max(1, len(starts)), levels


def _told_apart(parents: Sequence[str], names: Sequence[str], ids: Sequence[str] = ()) -> float:
    """Return the share of units that have another name than their siblings.

    Records with one id are one unit.
    """
    keys = zip(parents, names, ids or range(len(names)), strict=True)
    units = {unit for unit in islice(keys, MAX_RECORDS) if unit[1]}
    return len({unit[:2] for unit in units}) / len(units) if units else 1.0


def _ids(role: TableRole) -> list[str]:
    return role.column("id") if "id" in role.columns and all(role.column("id")) else []


def _judge_paths(role: TableRole) -> Judgement:
    """Judge levels and paths by the rows that they make of the first records."""
    beginning = replace(role, cells=role.cells.head(MAX_RECORDS))
    rows = rows_of_levels(beginning) if role.levels else rows_of_paths(beginning)
    if not len(rows):
        return Judgement()
    row_of = {key: row for row, key in enumerate(rows.keys)}
    sources = np.asarray(rows.sources)
    parents = np.asarray([row_of.get(parent, -1) for parent in rows.parents])
    records = sources >= 0
    count = max(1, len(beginning.cells))
    below = records & (parents >= 0)
    below_records = below & records[parents]
    levels = max(key.count(STEP) for key in rows.keys) + 1
    merged = len(rows.repeated_records)
    lost = count - int(records.sum()) - merged
    return Judgement(
        kept=1 - (lost + (merged if _have_own_names(role) else 0)) / count,
        below_records=float(below_records.sum()) / count,
        below_names=float((below & ~records[parents]).sum()) / count,
        found=1.0 if below.any() else 0.0,
        depth=_depth(levels),
        lonely=_lonely(parents, records),
        told_apart=_told_apart(rows.parents, rows.cells["name"]),
    )


def _lonely(parents: npt.NDArray[np.int64], records: npt.NDArray[np.bool_]) -> float:
    """Return the share of the units without a record that have one child."""
    children = np.bincount(parents[parents >= 0], minlength=len(records))
    return float((children[~records] == 1).sum()) / max(1, int((~records).sum()))


def _have_own_names(role: TableRole) -> bool:
    """Return whether records have an id or a name besides their levels."""
    return "id" in role.columns or role.columns.get("name", "") not in {"", *role.levels}


def _judge_records(role: TableRole) -> Judgement:
    """Judge nested ids, children, depths in order, and no hierarchy at all."""
    cells, count = role.cells, max(1, len(role.cells))
    below, depth = 0, 1
    if role.shape is Shape.NESTED_IDS:
        ids = set(role.column("id"))
        below = sum(bool(nested_parent_id(unit, role.id_separator, ids)) for unit in ids)
        depth = max(2, 1 + max((unit.count(role.id_separator) for unit in ids), default=0))
    elif role.shape is Shape.CHILDREN:
        below = min(count - 1, sum(map(bool, cells.of(role.columns[CHILDREN]))) + 1)
        depth = 2
    elif role.shape is Shape.ORDER:
        depths = depths_of(role)
        below, depth = sum(map(bool, depths)), max(depths, default=0) + 1
    names = role.column("name")
    parents = [""] * len(names) if role.shape is Shape.NONE else names
    return Judgement(
        below_records=below / count,
        found=1.0 if below else 0.0,
        depth=_depth(depth),
        told_apart=_told_apart(parents, names, _ids(role)),
    )
