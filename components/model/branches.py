"""The branches of an organization that have a hue of their own."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

MAX_HUES = 8
"""Branches with a hue of their own: no more hues can be told apart on all levels."""
TRUNK = -1
"""The top, and the units between it and the branches."""
SMALL = -2
"""Units of branches without a hue: smaller ones, and those that are a single unit."""

Numbers = npt.NDArray[np.int64]


def branch_numbers(parent: Numbers, size: Numbers) -> Numbers:
    """Return the number of the hue of each unit, from 0; or ``TRUNK``, or ``SMALL``.

    Branches are the children of the first unit from the top that has several children with
    children of their own, so that a chain of single managers above everything takes no hue. If
    there is no such unit, they are the children of the top. The largest branches have a hue, ties
    in the order of the table; hues are numbered in the order of the table.

    ``parent`` and ``size`` are those of ``Organization``, in preorder.
    """
    inner = np.flatnonzero(size > 1)
    trunk = _trunk(parent, inner)
    branches = inner[1:][parent[inner[1:]] == trunk[-1]]
    largest = branches[np.argsort(-size[branches], kind="stable")[:MAX_HUES]]
    numbers = np.full(len(parent), SMALL, dtype=np.int64)
    numbers[trunk] = TRUNK
    for hue, branch in enumerate(np.sort(largest)):
        numbers[branch : branch + size[branch]] = hue
    return numbers


def _trunk(parent: Numbers, inner: Numbers) -> Numbers:
    """Return the units from the top to the parent of the branches, given all inner units."""
    inner_children = np.bincount(parent[inner[1:]], minlength=len(parent))[inner]
    several = np.flatnonzero(inner_children > 1)
    # In preorder an only inner child is the next inner unit.
    return inner[: several[0] + 1] if len(several) else np.zeros(1, dtype=np.int64)
