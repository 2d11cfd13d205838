"""Which column has the parents, and to which one they refer: by names, confirmed by cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from components.importing.cells import Cells, LooseKeys, is_none, refers
from components.importing.column_names import (
    columns_of,
    fold_name,
    part_named,
    whole_named,
    words_of,
)
from components.importing.table_roles import (
    ALWAYS,
    KEY,
    MIN_CHILDREN,
    MOSTLY,
    PARENT_NAME,
    SOMETIMES,
    SURELY,
    UNITS,
)

MIN_LEVELS = 3
LONG_NUMBER = 10
"""Digits of what is a code rather than a number of steps."""
PERSON_WORDS = frozenset(["manager", "supervisor", "boss"])
"""A parent of these words that is nobody in the table is a person, and not a unit."""
PATH_SEPARATORS = (" > ", ">", " : ", " / ", "/", "\\", " | ", "|", " » ", "→", "::", ".")


def _leads_to(cells: Cells, name: str, keys: Iterable[str]) -> bool:
    """Tell whether the cells of a column of parents are paths whose last steps are units."""
    paths = cells.counts(name)
    separator = path_separator(paths)
    if not separator:
        return False
    ends = [path.strip(separator).split(separator)[-1].strip() for path in paths]
    return any(sum(end in cells.counts(key) for end in ends) >= MOSTLY * len(ends) for key in keys)


def parent_and_key(cells: Cells, given: Mapping[str, str]) -> tuple[str, str]:
    """Return the column of parents and the key that it refers to; empty where there is none."""
    free = [name for name in cells.header if name not in given.values()]
    whole = [name for name in whole_named(UNITS, "parent_id", free) if cells.counts(name)]
    parts = [name for name in part_named(UNITS, "parent_id", free) if cells.counts(name)]
    parts = [name for name in parts if name not in whole]
    named_otherwise = set(whole_named(UNITS, PARENT_NAME, free))
    parts = [name for name in parts if name not in named_otherwise]
    best = _Best(cells, given)
    for names, least in ((whole, MOSTLY), (parts, MOSTLY), (whole, 0.0), (parts, SOMETIMES)):
        fitting = [name for name in names if best[name][1] > least]
        if fitting:
            name = max(fitting, key=lambda each: best[each][1]) if least == 0.0 else fitting[0]
            return name, best[name][0]
    if any(_leads_to(cells, name, keys_of(cells, given)) for name in whole):
        return "", ""
    telling = set(part_named(UNITS, "parent_id", whole))
    for name in whole:
        if all(map(is_none, cells.counts(name))):
            return name, best[name][0]
        words = set(fold_name(name))
        if name in telling and not words & PERSON_WORDS:
            return name, best[name][0]
    return _unnamed_parent(cells, given)


def keys_of(cells: Cells, given: Mapping[str, str]) -> Iterator[str]:
    """Yield the columns that parents may refer to, the likeliest first."""
    called = named_keys(cells, given)
    yield from called
    others = (name for name in cells.header if name not in called)
    yield from (name for name in others if cells.counts(name) and cells.distinct(name) >= KEY)


def named_keys(cells: Cells, given: Mapping[str, str]) -> list[str]:
    """Return the columns that are called like ids or names."""
    named = [given["id"]] if "id" in given else whole_named(UNITS, "id", cells.header)
    named += [name for name in part_named(UNITS, "id", cells.header) if name not in named]
    titles = [given["name"]] if "name" in given else whole_named(UNITS, "name", cells.header)
    titles += part_named(UNITS, "name", cells.header)
    return list(dict.fromkeys([*named, *titles]))


class _Best(dict[str, tuple[str, float]]):
    """The best key for each column of parents, and its share; looked for when asked for."""

    def __init__(self, cells: Cells, given: Mapping[str, str]) -> None:
        super().__init__()
        self._cells, self._given = cells, given

    def __missing__(self, name: str) -> tuple[str, float]:
        self[name] = best_key(self._cells, name, keys_of(self._cells, self._given))
        return self[name]


def best_key(cells: Cells, parent: str, keys: Iterable[str]) -> tuple[str, float]:
    """Return the column that a column of parents refers to, and the share of them that it has."""
    best, first = ("", 0.0), ""
    for key in keys:
        first = first or key
        if key != parent and cells.distinct(key) >= MOSTLY:
            share = _share(cells, parent, key)
            # The likelier key stays unless another one is clearly better.
            if share > best[1] + (0.02 if best[0] else 0.0):
                best = (key, share)
            if share == 1.0:
                break
    return best if best[0] else (first, 0.0)


def _share(cells: Cells, parent: str, key: str) -> float:
    """Return the share of the different parents that are found in a key."""
    known = cells.counts(key)
    asked = [cell for cell in cells.counts(parent) if cell in known or not is_none(cell)]
    if not asked:
        return 0.0
    unknown = [cell for cell in asked if cell not in known]
    if not unknown:
        return 1.0
    loosely = LooseKeys(known)
    found = len(asked) - len(unknown) + sum(refers(cell, known, loosely) for cell in unknown)
    return found / len(asked)


def _unnamed_parent(cells: Cells, given: Mapping[str, str]) -> tuple[str, str]:
    """Return a column, whatever it is called, whose cells are keys and make a tree of the records.

    Where the keys only count the records, ranks and years would pass for parents too: one of
    several such columns is none.
    """
    named = named_keys(cells, given)
    others = (name for name in cells.header if name not in named and cells.filled(name) >= ALWAYS)
    keys = [name for name in named if cells.distinct(name) >= KEY]
    keys += [name for name in others if cells.distinct(name) >= ALWAYS]
    telling = called_otherwise(cells)
    free = [name for name in cells.header if name not in {*given.values(), *telling}]
    for key in keys:
        fitting = [name for name in free if name != key and _fits(cells, name, key)]
        akin = [name for name in fitting if {*fold_name(key)} < {*fold_name(name)}]
        if akin or (fitting and not (len(fitting) > 1 and are_steps(cells.counts(key)))):
            return (akin or fitting)[0], key
    return "", ""


def _fits(cells: Cells, name: str, key: str) -> bool:
    """Tell whether a column refers to a key as one of parents does: it makes a tree."""
    counts, known = cells.counts(name), cells.counts(key)
    asked = [cell for cell in counts if cell in known or not is_none(cell)]
    if level_step(name) or sum(counts.values()) < MIN_CHILDREN or cells.distinct(name) >= ALWAYS:
        return False
    if sum(cell in known for cell in asked) < SURELY * len(asked) or _repeats(cells, name, key):
        return False
    return not are_steps(counts) and _is_tree(cells.of(key), cells.of(name))


def _is_tree(keys: Sequence[str], parents: Sequence[str]) -> bool:
    """Tell whether parents lie above each other on three levels and more, without a circle."""
    above = {key: parent for key, parent in zip(keys, parents, strict=True) if key != parent}
    level: dict[str, int] = {}
    for start in above:
        path: dict[str, None] = {}
        key = start
        while key in above and key not in level:
            if key in path:
                return False
            path[key] = None
            key = above[key]
        depth = level.get(key, 1) if key else 0
        for step in reversed(path):
            depth = level[step] = depth + 1
    return max(level.values(), default=0) >= MIN_LEVELS


def called_otherwise(cells: Cells) -> set[str]:
    """Return the columns that are called like something else than a parent."""
    return {
        name
        for column in columns_of(UNITS)
        if column not in {"parent_id", PARENT_NAME, "head", "location"}
        for name in whole_named(UNITS, column, cells.header)
    }


def are_steps(counts: Mapping[str, int]) -> bool:
    """Tell whether cells are whole numbers without a gap, as levels and ranks are."""
    if not all(cell.isdecimal() and len(cell) < LONG_NUMBER for cell in counts):
        return False
    numbers = sorted({int(cell) for cell in counts})
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _repeats(cells: Cells, name: str, key: str) -> bool:
    """Tell whether a column mostly says of a record what its key says."""
    pairs = [(one, other) for one, other in zip(cells.of(name), cells.of(key), strict=True) if one]
    return sum(one == other for one, other in pairs) > len(pairs) * SOMETIMES


def level_step(name: str) -> tuple[tuple[str, str], int] | None:
    """Return what stands around the number in the name of a level, and the number."""
    found = re.fullmatch(r"(\D*?)(\d{1,2})(\D*)", " ".join(fold_name(name)))
    if not found or not words_of("level") & {*found[1].split(), *found[3].split()}:
        return None
    return (found[1].strip(), found[3].strip()), int(found[2])


def path_separator(paths: Iterable[str]) -> str:
    """Return what stands between the steps of paths; empty if they are none.

    It is the first that most paths have and of which the beginnings of paths are shared.
    """
    paths = list(paths)
    for separator in PATH_SEPARATORS:
        stepped = [path for path in paths if separator in path.strip(separator)]
        if len(stepped) < MOSTLY * len(paths) or not stepped:
            continue
        starts = {path.strip(separator).split(separator)[0].strip() for path in stepped}
        if len(starts) <= max(1, len(stepped) * MOSTLY):
            return separator
    return ""
