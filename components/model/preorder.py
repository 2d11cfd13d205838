"""The numbers of units in preorder, and the arrays of a hierarchy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from components.model.branches import Numbers, branch_numbers

NO_PARENT = -1
"""In place of the parent of a root."""


@dataclass(frozen=True)
class Preorder:
    """A tree whose units are numbered in preorder, with the arrays of ``Organization``."""

    rows: Numbers
    """The row of each unit."""
    unit_of_row: Numbers
    """The unit of each row."""
    parent: Numbers
    depth: Numbers
    size: Numbers
    leaves: Numbers
    branch: Numbers


def in_preorder(parent_row: Numbers, siblings: Numbers) -> Preorder:
    """Return the preorder of rows with one root.

    ``parent_row`` is the row of the parent of each row, or ``NO_PARENT``; ``siblings`` are all rows
    in an order in which those of one parent are in theirs.
    """
    order = np.asarray(_preorder(parent_row, siblings), dtype=np.int64)
    unit_of_row = np.empty(len(order), dtype=np.int64)
    unit_of_row[order] = np.arange(len(order))
    parent = parent_row[order]
    parent[1:] = unit_of_row[parent[1:]]
    depth, size, leaves = _tree_measures(parent)
    branch = branch_numbers(parent, size)
    for array in (order, parent, depth, size, leaves, branch):
        array.flags.writeable = False
    return Preorder(order, unit_of_row, parent, depth, size, leaves, branch)


def _preorder(parent: Numbers, siblings: Numbers) -> list[int]:
    # The last child of each unit first: the stack returns them in their order.
    rows = siblings[::-1]
    rows = rows[np.argsort(parent[rows], kind="stable")]
    first = np.searchsorted(parent[rows], np.arange(len(parent) + 1)).tolist()
    by_parent = rows.tolist()
    order, stack = [], by_parent[: first[0]]
    while stack:
        row = stack.pop()
        order.append(row)
        if first[row] < first[row + 1]:
            stack += by_parent[first[row] : first[row + 1]]
    return order


def _tree_measures(parent: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Return the depth, the size and the leaves of units in preorder."""
    above = parent.tolist()
    depth, size, leaves = [0] * len(above), [1] * len(above), [0] * len(above)
    for unit in range(1, len(above)):
        depth[unit] = depth[above[unit]] + 1
    for unit in reversed(range(1, len(above))):
        leaves[unit] = leaves[unit] or 1
        size[above[unit]] += size[unit]
        leaves[above[unit]] += leaves[unit]
    leaves[0] = leaves[0] or 1
    return np.asarray(depth), np.asarray(size), np.asarray(leaves)
