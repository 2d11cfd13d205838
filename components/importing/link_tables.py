"""Tables that only link units: each record has a parent and a child, or two related units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from components.importing.cells import Cells, is_missing
from components.importing.column_names import fold_name, vocabulary_words, whole_named
from components.importing.evidence import MOSTLY
from components.importing.profiles import Profile
from components.importing.table_roles import LINKS, RELATIONS, UNITS
from components.model.text import fold_text

Pair = tuple[str, str, int]
"""A parent, a child, and the number of the record that links them."""


@dataclass(frozen=True)
class LinkedUnits:
    """The units that a table links, as a table of units."""

    cells: Cells
    columns: dict[str, str]
    """Its columns of ids, parents and names, by standard column."""
    relations: Cells | None = None
    """The records that link units in another way than parent and child."""


def units_from_links(cells: Cells) -> LinkedUnits | None:
    """Return the units that a table links; None if it is a table of another kind."""
    return _units_by_kind(cells) or _units_by_ends(cells)


def _units_by_kind(cells: Cells) -> LinkedUnits | None:
    """Return the units of a table whose records say how two units are linked: child, parent, ..."""
    downwards, upwards = vocabulary_words("downwards"), vocabulary_words("upwards")
    for column in Profile(cells).whole("kind", role=RELATIONS):
        counts = cells.counts(column)
        folded = {kind: fold_text(" ".join(fold_name(kind))) for kind in counts}
        directed = sum(counts[kind] for kind in counts if folded[kind] in downwards | upwards)
        if not directed or directed < MOSTLY * len(cells) or not (ends := _ends(cells, column)):
            continue
        kinds = [folded.get(kind, "") for kind in cells.of(column)]
        origins, targets = (cells.of(end) for end in ends)
        records = cells.frame.index.tolist()
        links: list[Pair] = []
        others = []
        for row, (origin, target, kind) in enumerate(zip(origins, targets, kinds, strict=True)):
            if kind in downwards:
                links.append((origin, target, records[row]))
            elif kind in upwards:
                links.append((target, origin, records[row]))
            else:
                others.append(row)
        names = _names(cells, ends, column)
        frame = _frame_of_links(links, names)
        rest = cells.frame.iloc[others].rename(
            columns={ends[0]: "from_id", ends[1]: "to_id", column: "kind"}
        )
        columns = {"id": "id", "parent_id": "parent", "name": "name"}
        return LinkedUnits(Cells(frame), columns, Cells(rest) if others else None)
    return None


def _ends(cells: Cells, kind: str) -> tuple[str, str] | None:
    """Return the two columns of linked units; None if there are none."""
    free = [name for name in cells.header if name != kind and cells.counts(name)]
    profile = Profile(cells)
    origins = [
        *profile.whole("from_id", free, role=RELATIONS),
        *profile.whole("id", free),
        *free,
    ]
    for origin in dict.fromkeys(origins):
        known = cells.counts(origin)
        for target in free:
            shared = sum(cell in known for cell in cells.counts(target))
            if target != origin and shared >= MOSTLY * min(len(known), len(cells.counts(target))):
                return origin, target
    return None


def _names(cells: Cells, ends: Sequence[str], kind: str) -> dict[str, str]:
    """Return the names of linked units: of the end that has one name for each unit."""
    free = [name for name in cells.header if name not in {*ends, kind}]
    for label in whole_named(UNITS, "name", free):
        for end in ends:
            pairs = {*zip(cells.of(end), cells.of(label), strict=True)}
            if len(pairs) == len({unit for unit, _ in pairs}):
                return dict(pairs)
    return {}


def _frame_of_links(links: Sequence[Pair], names: dict[str, str]) -> pd.DataFrame:
    """Return a record for each child of each parent, and one for each parent that is no child."""
    children = {child for _, child, _ in links}
    rows = [
        (parent, "", record)
        for parent, record in {parent: record for parent, _, record in reversed(links)}.items()
        if parent not in children and not is_missing(parent)
    ][::-1]
    rows += dict.fromkeys((child, parent, 0) for parent, child, _ in links)
    record_of = {(child, parent): record for parent, child, record in reversed(links)}
    return pd.DataFrame(
        {
            "id": [unit for unit, _, _ in rows],
            "name": [names.get(unit, unit) for unit, _, _ in rows],
            "parent": [parent for _, parent, _ in rows],
        },
        index=pd.Index([record or record_of[unit, above] for unit, above, record in rows]),
        dtype="str",
    )


def _units_by_ends(cells: Cells) -> LinkedUnits | None:
    """Return the units of a table of parents and children.

    Each link becomes the record of its child; a parent that is no child gets a record of the same
    number as the first link that names it.
    """
    header = cells.header
    parents, children = (whole_named(LINKS, end, header) for end in ("parent", "child"))
    if not parents or not children:
        parents, children = (whole_named(RELATIONS, f"{end}_id", header) for end in ("from", "to"))
        if parents and children and cells.distinct(parents[0]) == 1 > cells.distinct(children[0]):
            # Each origin occurs once, as a child does that has one parent: the links point upwards.
            parents, children = children, parents
    if not children or not parents or parents[0] == children[0]:
        return None
    parent, child = parents[0], children[0]
    others = [name for name in header if name not in {parent, child}]
    if whole_named(UNITS, "id", others) or whole_named(UNITS, "name", others):
        return None
    ids = set(cells.of(child))
    root_records = {
        cell: record
        for cell, record in zip(
            reversed(cells.of(parent)), reversed(cells.frame.index), strict=True
        )
        if cell not in ids and not is_missing(cell)
    }
    roots = pd.DataFrame(
        {child: list(root_records), parent: ""},
        index=pd.Index(list(root_records.values())),
        dtype="str",
    )
    frame = pd.concat([roots, cells.frame[[child, parent, *others]]]).fillna("")
    return LinkedUnits(Cells(frame), {"id": child, "parent_id": parent, "name": child})
