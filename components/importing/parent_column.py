"""Detection of the column of parents and the key that it refers to: by name, confirmed by cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from components.importing.cells import Cells, KeySet, is_missing
from components.importing.column_names import (
    fold_name,
    part_named,
    standard_columns,
    vocabulary_words,
    whole_named,
)
from components.importing.evidence import ALWAYS, KEY_SHARE, MIN_EVIDENCE, MOSTLY, SOMETIMES, SURELY
from components.importing.table_roles import PARENT_NAME, UNITS

MIN_LEVELS = 3
"""Levels that a column of parents without a telling name must make."""
MIN_ADVANTAGE = 0.02
"""Share by which a less likely key must be better than a likelier one."""
LONG_NUMBER = 10
"""Digits from which on a number is a code and no rank."""
PERSON_WORDS = frozenset(["manager", "supervisor", "boss"])
"""A column of these words whose cells are not in the table names people outside of it."""
PATH_SEPARATORS = (" > ", ">", " : ", " / ", "/", "\\", " | ", "|", " » ", "→", "::", ".")


def parent_and_key(cells: Cells, given: Mapping[str, str]) -> tuple[str, str]:
    """Return the column of parents and the key that it refers to; empty where there is none."""
    free = [name for name in cells.header if name not in given.values()]
    whole = [name for name in whole_named(UNITS, "parent_id", free) if cells.counts(name)]
    excluded = {*whole, *whole_named(UNITS, PARENT_NAME, free)}
    parts = [
        name
        for name in part_named(UNITS, "parent_id", free)
        if cells.counts(name) and name not in excluded
    ]

    @cache
    def best(name: str) -> tuple[str, float]:
        return best_key(cells, name, possible_keys(cells, given))

    for names, least in ((whole, MOSTLY), (parts, MOSTLY), (whole, 0.0), (parts, SOMETIMES)):
        fitting = [name for name in names if best(name)[1] > least]
        if fitting:
            name = max(fitting, key=lambda name: best(name)[1]) if least == 0.0 else fitting[0]
            return name, best(name)[0]
    if any(_has_paths_to_keys(cells, name, possible_keys(cells, given)) for name in whole):
        return "", ""
    telling = set(part_named(UNITS, "parent_id", whole))
    for name in whole:
        is_of_units = name in telling and not PERSON_WORDS.intersection(fold_name(name))
        if is_of_units or all(map(is_missing, cells.counts(name))):
            return name, best(name)[0]
    return _unnamed_parent(cells, given)


def _has_paths_to_keys(cells: Cells, name: str, keys: Iterable[str]) -> bool:
    """Return whether a column has paths whose last steps are mostly cells of one of the keys."""
    paths = cells.counts(name)
    separator = path_separator(paths)
    if not separator:
        return False
    ends = [path.strip(separator).split(separator)[-1].strip() for path in paths]
    return any(sum(end in cells.counts(key) for end in ends) >= MOSTLY * len(ends) for key in keys)


def possible_keys(cells: Cells, given: Mapping[str, str]) -> Iterator[str]:
    """Yield the columns that parents may refer to, the likeliest first."""
    named = named_keys(cells, given)
    yield from named
    others = (name for name in cells.header if name not in named)
    yield from (name for name in others if cells.counts(name) and cells.distinct(name) >= KEY_SHARE)


def named_keys(cells: Cells, given: Mapping[str, str]) -> list[str]:
    """Return the columns with the names of ids, then those with the names of names."""
    ids = [given["id"]] if "id" in given else whole_named(UNITS, "id", cells.header)
    ids += part_named(UNITS, "id", cells.header)
    names = [given["name"]] if "name" in given else whole_named(UNITS, "name", cells.header)
    names += part_named(UNITS, "name", cells.header)
    return list(dict.fromkeys([*ids, *names]))


def best_key(cells: Cells, parent: str, keys: Iterable[str]) -> tuple[str, float]:
    """Return the key with the largest share of a column's parents, and that share.

    Where no key has any, the first is returned with a share of 0.
    """
    best, first = ("", 0.0), ""
    for key in keys:
        first = first or key
        if key != parent and cells.distinct(key) >= MOSTLY:
            share = _resolved_share(cells, parent, key)
            if share > best[1] + (MIN_ADVANTAGE if best[0] else 0.0):
                best = (key, share)
            if share == 1.0:
                break
    return best if best[0] else (first, 0.0)


def _resolved_share(cells: Cells, parent: str, key: str) -> float:
    """Return the share of the distinct parents of a column that are cells of a key."""
    keys = cells.counts(key)
    parents = _distinct_parents(cells, parent, key)
    if not parents:
        return 0.0
    unknown = [cell for cell in parents if cell not in keys]
    key_set = KeySet(keys)
    resolved = len(parents) - len(unknown) + sum(map(key_set.resolves, unknown))
    return resolved / len(parents)


def _distinct_parents(cells: Cells, parent: str, key: str) -> list[str]:
    """Return the distinct cells of a column of parents without missing-value markers."""
    keys = cells.counts(key)
    return [cell for cell in cells.counts(parent) if cell in keys or not is_missing(cell)]


def _unnamed_parent(cells: Cells, given: Mapping[str, str]) -> tuple[str, str]:
    """Return a column of any name whose cells are keys and make a tree of the records, and the key.

    Where the keys only count the records, columns of ranks and years make trees too, so several
    such columns are no evidence.
    """
    named = named_keys(cells, given)
    others = (name for name in cells.header if name not in named and cells.filled(name) >= ALWAYS)
    keys = [name for name in named if cells.distinct(name) >= KEY_SHARE]
    keys += [name for name in others if cells.distinct(name) >= ALWAYS]
    excluded = {*given.values(), *named_otherwise(cells)}
    free = [name for name in cells.header if name not in excluded]
    for key in keys:
        fitting = [name for name in free if name != key and _makes_tree(cells, name, key)]
        akin = [name for name in fitting if {*fold_name(key)} < {*fold_name(name)}]
        if akin or (fitting and not (len(fitting) > 1 and are_ranks(cells.counts(key)))):
            return (akin or fitting)[0], key
    return "", ""


def _makes_tree(cells: Cells, name: str, key: str) -> bool:
    """Return whether a column refers to a key so that the records make a tree."""
    counts, keys = cells.counts(name), cells.counts(key)
    if level_number(name) or sum(counts.values()) < MIN_EVIDENCE or cells.distinct(name) >= ALWAYS:
        return False
    parents = _distinct_parents(cells, name, key)
    if sum(cell in keys for cell in parents) < SURELY * len(parents) or _repeats(cells, name, key):
        return False
    return not are_ranks(counts) and _is_tree(cells.of(key), cells.of(name))


def _is_tree(keys: Sequence[str], parents: Sequence[str]) -> bool:
    """Return whether parents make a tree of three levels or more, without a cycle."""
    parent_of = {key: parent for key, parent in zip(keys, parents, strict=True) if key != parent}
    depth_of: dict[str, int] = {}
    for start in parent_of:
        path: dict[str, None] = {}
        key = start
        while key in parent_of and key not in depth_of:
            if key in path:
                return False
            path[key] = None
            key = parent_of[key]
        depth = depth_of.get(key, 1) if key else 0
        for step in reversed(path):
            depth = depth_of[step] = depth + 1
    return max(depth_of.values(), default=0) >= MIN_LEVELS


def named_otherwise(cells: Cells) -> set[str]:
    """Return the columns with the name of a standard column that never has parents."""
    return {
        name
        for column in standard_columns(UNITS)
        if column not in {"parent_id", PARENT_NAME, "head", "location"}
        for name in whole_named(UNITS, column, cells.header)
    }


def are_ranks(counts: Mapping[str, int]) -> bool:
    """Return whether cells are whole numbers without a gap, as levels and ranks are."""
    if not all(cell.isdecimal() and len(cell) < LONG_NUMBER for cell in counts):
        return False
    numbers = sorted({int(cell) for cell in counts})
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _repeats(cells: Cells, name: str, key: str) -> bool:
    """Return whether a column often has the same cell as the key of its own record."""
    pairs = [pair for pair in zip(cells.of(name), cells.of(key), strict=True) if pair[0]]
    return sum(cell == own_key for cell, own_key in pairs) > len(pairs) * SOMETIMES


def level_number(name: str) -> tuple[tuple[str, str], int] | None:
    """Return the text around the number in the name of a level, and the number; None otherwise."""
    match = re.fullmatch(r"(\D*?)(\d{1,2})(\D*)", " ".join(fold_name(name)))
    if not match or not vocabulary_words("level") & {*match[1].split(), *match[3].split()}:
        return None
    return (match[1].strip(), match[3].strip()), int(match[2])


def path_separator(paths: Iterable[str]) -> str:
    """Return the separator of the steps of paths; empty if the texts are no paths.

    It is the first that most paths have and that gives many of them the same first step.
    """
    paths = list(paths)
    for separator in PATH_SEPARATORS:
        stepped = [path for path in paths if separator in path.strip(separator)]
        if len(stepped) < MOSTLY * len(paths) or not stepped:
            continue
        first_steps = {path.strip(separator).split(separator)[0].strip() for path in stepped}
        if len(first_steps) <= max(1, len(stepped) * MOSTLY):
            return separator
    return ""
