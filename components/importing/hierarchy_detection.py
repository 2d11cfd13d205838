"""What makes a hierarchy where it is no plain column: composite keys, levels, paths, nested ids."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import pairwise

from components.importing.cells import Cells, is_none
from components.importing.column_names import fold_name, part_named, whole_named, words_of
from components.importing.parent_column import (
    are_steps,
    best_key,
    keys_of,
    level_step,
    named_keys,
    parent_and_key,
    path_separator,
)
from components.importing.table_roles import (
    ALWAYS,
    CHILDREN,
    JOINED,
    KEY,
    LINKED,
    MIN_CHILDREN,
    MOSTLY,
    PATH,
    SURELY,
    UNITS,
)
from components.importing.unit_columns import longest, may_name

OF_A_NAME = frozenset(["name", "sub", "general", "nombre", "nom", "nome"])
"""Words that a column may have beside a sort of unit: ``Department name``."""


def hierarchy_of(cells: Cells, given: Mapping[str, str]) -> tuple[dict[str, str], str]:
    """Return the columns with the one of parents, paths or children added, and the key."""
    columns = dict(given)
    parent, key = parent_and_key(cells, columns)
    if parent:
        composite = _composite(cells, parent, key)
        if composite:
            columns["parent_id"], columns["id"] = composite
            return columns, composite[1]
        columns["parent_id"] = parent
        return columns, key
    paths = [
        *whole_named(UNITS, PATH, cells.header),
        *whole_named(UNITS, "parent_id", cells.header),
    ]
    for column, names, looks_right in (
        (PATH, paths, _is_path),
        (CHILDREN, whole_named(UNITS, CHILDREN, cells.header), _has_children),
    ):
        for name in names:
            if name not in columns.values() and looks_right(cells, name, columns):
                columns[column] = name
                return columns, ""
    return columns, ""


def _composite(cells: Cells, parent: str, key: str) -> tuple[str, str] | None:
    """Return a parent and a key of two columns each, where one alone does not tell units apart.

    A unit's code is then unique within what the other column says, and so is its parent's.
    """
    if cells.distinct(key) >= KEY:
        return None
    for other in cells.header:
        if other in {parent, key} or cells.distinct(other) > MOSTLY or cells.filled(other) < ALWAYS:
            continue
        beside = cells.of(other)
        pairs = list(zip(beside, cells.of(key), strict=True))
        if len(set(pairs)) < len(pairs):
            continue
        known = set(pairs)
        above = zip(beside, cells.of(parent), strict=True)
        asked = {pair for pair in above if not is_none(pair[1])}
        if asked and len(asked & known) >= ALWAYS * len(asked):
            return JOINED.join((other, parent)), JOINED.join((other, key))
    return None


def with_composites(cells: Cells, columns: Iterable[str]) -> Cells:
    """Return cells with a column for each composite key: its parts with a ``/`` between."""
    joined = [
        name
        for name in columns
        if JOINED in name
        and name not in cells.header
        and set(name.split(JOINED)) <= {*cells.header}
    ]
    if not joined:
        return cells
    frame = cells.frame.copy()
    for name in joined:
        parts = [cells.of(part) for part in name.split(JOINED)]
        frame[name] = [
            "" if is_none(row[-1]) else "/".join(row) for row in zip(*parts, strict=True)
        ]
    return Cells(frame)


def levels_of(cells: Cells, taken: set[str]) -> tuple[str, ...]:
    """Return the columns ``level1 ... levelN``, or ``ministry, department, section``."""
    free = [name for name in cells.header if name not in taken and cells.counts(name)]
    numbered: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for name in free:
        if step := level_step(name):
            ends, number = step
            numbered.setdefault(ends, []).append((number, name))
    for steps in numbered.values():
        numbers = [number for number, _ in sorted(steps)]
        are_named = not all(cell.isdecimal() for _, name in steps for cell in cells.counts(name))
        in_steps = numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        if len(steps) > 1 and in_steps and are_named:
            return tuple(name for _, name in sorted(steps))
    return _named_levels(cells, free)


def _named_levels(cells: Cells, free: Sequence[str]) -> tuple[str, ...]:
    """Return the columns ``Ministry, Department, Section``, and the names of units below them."""
    kinds = _sorts(cells, free)
    own = [name for name in whole_named(UNITS, "name", free) if name not in kinds]
    for chain in (kinds, kinds[::-1]):
        if len(chain) > 1 and all(_lies_within(cells, *pair) for pair in pairwise(chain)):
            own = own or [longest(cells, may_name(name for name in free if name not in chain))]
            last = [name for name in own if name and _lies_within(cells, chain[-1], name)]
            levels = (*chain, *last[:1])
            return levels if _tell_apart(cells, levels) else ()
    return ()


def _sorts(cells: Cells, free: Sequence[str]) -> list[str]:
    """Return the columns that are called like sorts of units.

    Between two that are called nothing else there may be one such as ``State Department``.
    """
    sorts = words_of("unit")
    words = {name: {*fold_name(name)} for name in free if not are_steps(cells.counts(name))}
    plain = [name for name in words if words[name] & sorts and words[name] <= sorts | OF_A_NAME]
    if len(plain) < LINKED:
        return plain
    between = free[free.index(plain[0]) : free.index(plain[-1]) + 1]
    above = set(part_named(UNITS, "parent_id", between))
    return [
        name
        for name in between
        if name in plain
        or (name not in above and fold_name(name)[-1:] and fold_name(name)[-1] in sorts)
    ]


def _tell_apart(cells: Cells, levels: Sequence[str]) -> bool:
    """Tell whether levels have nearly as many units as there are records, if these are of units."""
    paths = set(zip(*map(cells.of, levels), strict=True))
    if len(paths) >= ALWAYS * len(cells):
        return True
    keys = (name for name in named_keys(cells, {}) if name not in levels)
    return not any(cells.distinct(name) == 1 and cells.filled(name) == 1 for name in keys)


def _lies_within(cells: Cells, upper: str, lower: str) -> bool:
    """Tell whether nearly all that stands in one column stands with one cell of another."""
    pairs = {pair for pair in zip(cells.of(upper), cells.of(lower), strict=True) if all(pair)}
    below = len(cells.counts(lower))
    return len(cells.counts(upper)) <= below and len(pairs) * ALWAYS <= below


def _is_path(cells: Cells, name: str, columns: Mapping[str, str]) -> bool:  # noqa: ARG001
    """Tell whether most cells of a column have several steps with one separator."""
    return bool(path_separator(cells.counts(name)))


def nested_ids(cells: Cells, columns: dict[str, str]) -> str:
    """Return what stands between the steps of nested ids; these become the ids."""
    likely = [columns["id"]] if "id" in columns else []
    likely += [name for name in cells.header if name not in columns.values()]
    for name in likely:
        if cells.distinct(name) >= ALWAYS and cells.filled(name) >= ALWAYS:
            separator = _nesting(cells.of(name))
            if separator:
                columns["id"] = name
                return separator
    return ""


def _nesting(ids: Sequence[str]) -> str:
    """Return what stands between the steps of ids of which nearly all begin with another one."""
    known = set(ids)
    for separator in (".", "/", "-"):
        within = sum(bool(prefix_of(unit, separator, known)) for unit in known)
        if within >= MIN_CHILDREN and within >= SURELY * (len(known) - 1):
            return separator
    return ""


def prefix_of(unit: str, separator: str, known: Container[str]) -> str:
    """Return the longest beginning of an id, up to a separator, that is an id; empty if none.

    What follows it may be filled up with zeros: ``27.7.0.0`` is above ``27.7.3.0``.
    """
    parts = unit.split(separator)
    for count in range(len(parts) - 1, 0, -1):
        zeros = ["0" * len(part) for part in parts[count:]]
        for start in (parts[:count], parts[:count] + zeros):
            above = separator.join(start)
            if above != unit and above in known:
                return above
    return ""


def _has_children(cells: Cells, name: str, columns: Mapping[str, str]) -> bool:
    return best_key(cells, name, keys_of(cells, columns))[1] > MOSTLY
