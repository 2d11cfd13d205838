"""Detection of hierarchies: parents, composite keys, paths, children, levels, nested ids."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import pairwise

from components.importing.cells import Cells, is_missing
from components.importing.column_names import fold_name, part_named, vocabulary_words, whole_named
from components.importing.evidence import ALWAYS, KEY_SHARE, MIN_EVIDENCE, MOSTLY, SURELY
from components.importing.parent_column import (
    are_ranks,
    best_key,
    level_number,
    named_keys,
    parent_and_key,
    path_separator,
    possible_keys,
)
from components.importing.table_roles import CHILDREN, COLUMN_SEPARATOR, PATH, UNITS
from components.importing.unit_columns import columns_that_may_name, most_varied_text

WORDS_FOR_NAMES = frozenset(["name", "sub", "general", "nombre", "nom", "nome"])
"""Words that may stand next to a type of unit in the name of a column: ``Department name``."""
ID_SEPARATORS = (".", "/", "-")


def detect_hierarchy(cells: Cells, given: Mapping[str, str]) -> tuple[dict[str, str], str]:
    """Return the given columns with that of parents, paths or children added, and the key."""
    columns = dict(given)
    parent, key = parent_and_key(cells, columns)
    if parent:
        composite = _composite_parent_and_key(cells, parent, key)
        if composite:
            columns["parent_id"], columns["id"] = composite
            return columns, composite[1]
        columns["parent_id"] = parent
        return columns, key
    free = [name for name in cells.header if name not in columns.values()]
    for name in (*whole_named(UNITS, PATH, free), *whole_named(UNITS, "parent_id", free)):
        if path_separator(cells.counts(name)):
            columns[PATH] = name
            return columns, ""
    for name in whole_named(UNITS, CHILDREN, free):
        if best_key(cells, name, possible_keys(cells, columns))[1] > MOSTLY:
            columns[CHILDREN] = name
            return columns, ""
    return columns, ""


def _composite_parent_and_key(cells: Cells, parent: str, key: str) -> tuple[str, str] | None:
    """Return a parent and a key of two columns each where one alone does not identify a unit.

    The second column is the one within which the codes of units and of their parents are unique.
    """
    if not key or cells.distinct(key) >= KEY_SHARE:
        return None
    for other in cells.header:
        if other in {parent, key} or cells.distinct(other) > MOSTLY or cells.filled(other) < ALWAYS:
            continue
        prefixes = cells.of(other)
        pairs = list(zip(prefixes, cells.of(key), strict=True))
        keys = set(pairs)
        if len(keys) < len(pairs):
            continue
        parents = {
            pair for pair in zip(prefixes, cells.of(parent), strict=True) if not is_missing(pair[1])
        }
        if parents and len(parents & keys) >= ALWAYS * len(parents):
            return COLUMN_SEPARATOR.join((other, parent)), COLUMN_SEPARATOR.join((other, key))
    return None


def add_composite_columns(cells: Cells, columns: Iterable[str]) -> Cells:
    """Return cells with a column for each composite key in ``columns``: its parts joined by ``/``.

    It is empty where the last part is.
    """
    composites = [
        name
        for name in columns
        if COLUMN_SEPARATOR in name
        and name not in cells.header
        and {*name.split(COLUMN_SEPARATOR)} <= {*cells.header}
    ]
    if not composites:
        return cells
    frame = cells.frame.copy()
    for name in composites:
        parts = [cells.of(part) for part in name.split(COLUMN_SEPARATOR)]
        frame[name] = [
            "" if is_missing(row[-1]) else "/".join(row) for row in zip(*parts, strict=True)
        ]
    return Cells(frame)


def level_columns(cells: Cells, taken: set[str]) -> tuple[str, ...]:
    """Return the columns ``level1 ... levelN``, or ``ministry, department, section``."""
    free = [name for name in cells.header if name not in taken and cells.counts(name)]
    series: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for name in free:
        if level := level_number(name):
            affixes, number = level
            series.setdefault(affixes, []).append((number, name))
    for levels in series.values():
        numbers = [number for number, _ in sorted(levels)]
        has_names = not all(cell.isdecimal() for _, name in levels for cell in cells.counts(name))
        is_gapless = numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        if len(levels) > 1 and is_gapless and has_names:
            return tuple(name for _, name in sorted(levels))
    return _levels_by_unit_type(cells, free)


def _levels_by_unit_type(cells: Cells, free: Sequence[str]) -> tuple[str, ...]:
    """Return the columns ``Ministry, Department, Section``, and that of the names below them."""
    types = _unit_type_columns(cells, free)
    names = [name for name in whole_named(UNITS, "name", free) if name not in types]
    for chain in (types, types[::-1]):
        if len(chain) > 1 and all(_lies_within(cells, *pair) for pair in pairwise(chain)):
            others = (name for name in free if name not in chain)
            names = names or [most_varied_text(cells, columns_that_may_name(others))]
            last = [name for name in names if name and _lies_within(cells, chain[-1], name)]
            levels = (*chain, *last[:1])
            return levels if _identify_units(cells, levels) else ()
    return ()


def _unit_type_columns(cells: Cells, free: Sequence[str]) -> list[str]:
    """Return the columns that are named after types of units.

    A column between two of them may have other words in its name as well: ``State Department``.
    """
    types = vocabulary_words("unit")
    words = {name: {*fold_name(name)} for name in free if not are_ranks(cells.counts(name))}
    plain = [
        name for name in words if words[name] & types and words[name] <= types | WORDS_FOR_NAMES
    ]
    if len(plain) <= 1:
        return plain
    between = free[free.index(plain[0]) : free.index(plain[-1]) + 1]
    parents = set(part_named(UNITS, "parent_id", between))
    return [
        name
        for name in between
        if name in plain or (name not in parents and types.intersection(fold_name(name)[-1:]))
    ]


def _identify_units(cells: Cells, levels: Sequence[str]) -> bool:
    """Return whether levels make nearly as many units as records, or no key identifies these."""
    paths = set(zip(*map(cells.of, levels), strict=True))
    if len(paths) >= ALWAYS * len(cells):
        return True
    keys = (name for name in named_keys(cells, {}) if name not in levels)
    return not any(cells.distinct(name) == 1 and cells.filled(name) == 1 for name in keys)


def _lies_within(cells: Cells, upper: str, lower: str) -> bool:
    """Return whether nearly every cell of the lower column occurs with one of the upper only."""
    pairs = {pair for pair in zip(cells.of(upper), cells.of(lower), strict=True) if all(pair)}
    below = len(cells.counts(lower))
    return len(cells.counts(upper)) <= below and len(pairs) * ALWAYS <= below


def detect_nested_ids(cells: Cells, columns: dict[str, str]) -> str:
    """Return the separator of ids that begin with those of their parents; empty if there are none.

    The column of such ids becomes that of the ids in ``columns``.
    """
    likely = [columns["id"]] if "id" in columns else []
    likely += [name for name in cells.header if name not in columns.values()]
    for name in likely:
        if cells.distinct(name) >= ALWAYS and cells.filled(name) >= ALWAYS:
            ids = set(cells.of(name))
            for separator in ID_SEPARATORS:
                nested = sum(bool(nested_parent_id(unit, separator, ids)) for unit in ids)
                if nested >= max(MIN_EVIDENCE, SURELY * (len(ids) - 1)):
                    columns["id"] = name
                    return separator
    return ""


def nested_parent_id(unit_id: str, separator: str, ids: Container[str]) -> str:
    """Return the longest beginning of an id, up to a separator, that is an id; empty if none is.

    The rest may be padded with zeros: ``27.7.0.0`` is the parent of ``27.7.3.0``.
    """
    parts = unit_id.split(separator)
    for count in range(len(parts) - 1, 0, -1):
        zeros = ["0" * len(part) for part in parts[count:]]
        for beginning in (parts[:count], parts[:count] + zeros):
            parent = separator.join(beginning)
            if parent != unit_id and parent in ids:
                return parent
    return ""
