"""Whether columns make a tree of records, or count something."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import pairwise

ID_SEPARATORS = (".", "/", "-")
LDAP_STEP = re.compile(r"(?<!\\),\s*")
GROWING = "longer"
"""Stands for a separator where ids only grow longer from level to level."""
PADDED = "zeros"
"""Stands for a separator where ids of one length end with zeros above the lowest level."""
LDAP = ","
"""Separates the parts of LDAP names, which end with that of the parent (RFC 4514)."""
MIN_SPARSENESS = 100
"""Numbers between the smallest and the largest id for each id, from which they are no count."""
MIN_LEVELS = 3
"""Levels that a column of parents without a telling name must make."""
LONGEST_ID = 1_000
"""Characters beyond which a cell is no nested id; all its beginnings would take long to look up."""
LONG_NUMBER = 10
"""Digits from which on a number is a code and no rank."""


def is_tree(keys: Sequence[str], parents: Sequence[str]) -> bool:
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


def are_ranks(counts: Mapping[str, int]) -> bool:
    """Return whether cells are whole numbers without a gap, as levels and ranks are."""
    if not all(cell.isdecimal() and len(cell) < LONG_NUMBER for cell in counts):
        return False
    numbers = {int(cell) for cell in counts}
    return not numbers or max(numbers) - min(numbers) == len(numbers) - 1


def grow_by_level(ids: Sequence[str]) -> bool:
    """Return whether ids are numbers that grow by two or more digits a level: 10, 1010, 101010."""
    lengths = sorted({len(unit_id) for unit_id in ids})
    steps = {after - before for before, after in pairwise(lengths)}
    return len(steps) == 1 and min(steps) > 1 and all(unit_id.isdecimal() for unit_id in ids)


def grow_from_letters(ids: Sequence[str]) -> bool:
    """Return whether ids grow by a step a level, below letters: ``Z``, ``Z1``, ``Z11``; ``Z 1``.

    Numbers with letters before them do not: no unit has the letters alone.
    """
    known = {*ids}
    if not all(unit_id[:1].isalpha() for unit_id in known):
        return False
    parents = {unit_id: nested_parent_id(unit_id, GROWING, known) for unit_id in known}
    roots = [unit_id for unit_id, parent in parents.items() if not parent]
    return (
        all(root.isalpha() for root in roots)
        and len(roots) < len(known)
        and any(parents[parent] for parent in parents.values() if parent)
        and all(unit_id.isupper() or unit_id.isalpha() for unit_id in known)
    )


def are_padded(ids: Sequence[str]) -> bool:
    """Return whether ids are numbers of one length that end with zeros above the lowest level.

    Numbers that only count records are not: 0100, 0110, 0111, ... with hardly a gap.
    """
    if len({*map(len, ids)}) != 1 or not all(unit_id.isdecimal() for unit_id in ids):
        return False
    numbers = [*map(int, ids)]
    known = {*ids}
    depths = {unit_id: _padded_depth(unit_id, known) for unit_id in known}
    return (
        max(numbers) - min(numbers) >= MIN_SPARSENESS * len(numbers)
        and max(depths.values()) >= MIN_LEVELS
    )


def _padded_depth(unit_id: str, ids: Container[str]) -> int:
    depth = 0
    while unit_id:
        unit_id, depth = nested_parent_id(unit_id, PADDED, ids), depth + 1
    return depth


def nested_parent_id(unit_id: str, separator: str, ids: Container[str]) -> str:
    """Return the longest beginning of an id, up to a separator, that is an id; empty if none is.

    The rest may be padded with zeros: ``27.7.0.0`` is the parent of ``27.7.3.0``. LDAP names are
    written from the lowest level up.
    """
    if len(unit_id) > LONGEST_ID:
        return ""
    beginnings: Iterator[str]
    if separator == LDAP:
        beginnings = (unit_id[match.end() :] for match in LDAP_STEP.finditer(unit_id))
    elif separator == PADDED:
        ends = range(len(unit_id.rstrip("0")) - 1, 0, -1)
        beginnings = (unit_id[:end].ljust(len(unit_id), "0") for end in ends)
    elif separator == GROWING:
        beginnings = (unit_id[:length] for length in range(len(unit_id) - 1, 0, -1))
    else:
        beginnings = _beginnings(unit_id, separator)
    return next((each for each in beginnings if each != unit_id and each in ids), "")


def _beginnings(unit_id: str, separator: str) -> Iterator[str]:
    """Yield the beginnings of an id up to each separator, the longest first; then with zeros."""
    nearest, found, _ = unit_id.rpartition(separator)
    if found:
        yield nearest
    parts = unit_id.split(separator)
    for count in range(len(parts) - 1, 0, -1):
        zeros = ["0" * len(part) for part in parts[count:]]
        yield separator.join(parts[:count])
        yield separator.join(parts[:count] + zeros)
