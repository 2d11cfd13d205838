"""Whether columns make a tree of records, or count something."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from itertools import pairwise

ID_SEPARATORS = (".", "/", "-")
GROWING = "longer"
"""Stands for a separator where ids only grow longer from level to level."""
MIN_LEVELS = 3
"""Levels that a column of parents without a telling name must make."""
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
    numbers = sorted({int(cell) for cell in counts})
    return not numbers or numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def grow_by_level(ids: Sequence[str]) -> bool:
    """Return whether ids are numbers that grow by two or more digits a level: 10, 1010, 101010."""
    lengths = sorted({len(unit_id) for unit_id in ids})
    steps = {after - before for before, after in pairwise(lengths)}
    return len(steps) == 1 and min(steps) > 1 and all(unit_id.isdecimal() for unit_id in ids)


def nested_parent_id(unit_id: str, separator: str, ids: Container[str]) -> str:
    """Return the longest beginning of an id, up to a separator, that is an id; empty if none is.

    The rest may be padded with zeros: ``27.7.0.0`` is the parent of ``27.7.3.0``.
    """
    if separator == GROWING:
        beginnings = (unit_id[:length] for length in range(len(unit_id) - 1, 0, -1))
        return next((beginning for beginning in beginnings if beginning in ids), "")
    parts = unit_id.split(separator)
    for count in range(len(parts) - 1, 0, -1):
        zeros = ["0" * len(part) for part in parts[count:]]
        for beginning in (parts[:count], parts[:count] + zeros):
            parent = separator.join(beginning)
            if parent != unit_id and parent in ids:
                return parent
    return ""
