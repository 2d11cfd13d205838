"""Which nodes of a picture match the filters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from components.diagrams.tree import Tree
from components.model.filters import Filters
from components.view_state import ViewState


@dataclass(frozen=True, slots=True)
class Filtered:
    """The units that match the filters: in the organization, and in a picture."""

    types: tuple[str, ...]
    themes: tuple[str, ...]
    total: int
    """Number of matching units in the organization."""
    below: int
    """Number of matching units in the subtree of the focus."""
    hits: frozenset[str]
    """Keys of the nodes that match."""
    lit: frozenset[str]
    """Keys of the nodes that match or have a matching unit below, in the picture or beyond it."""


def filtered(tree: Tree, state: ViewState, filters: Filters) -> Filtered | None:
    """Return which units match the filters of a view; None if it has none."""
    if not (state.types or state.themes):
        return None
    matches, ranges = filters.matches(state.types, state.themes), _ranges(tree)
    return Filtered(
        state.types,
        state.themes,
        total=matches.total,
        below=matches.among(*ranges[tree.focus.key]),
        hits=frozenset(
            node.key for node in tree.nodes if not node.is_fold and matches.has(node.unit)
        ),
        lit=frozenset(key for key, (first, end) in ranges.items() if matches.among(first, end)),
    )


def _ranges(tree: Tree) -> Mapping[str, tuple[int, int]]:
    """Return the unit numbers that each node covers: the first, and one past the last.

    A fold covers what comes after the last of its shown siblings.
    """
    size, ranges = tree.organization.size, dict[str, tuple[int, int]]()
    for node in tree.nodes:
        first, end = node.unit, node.unit + int(size[node.unit])
        if node.is_fold:
            shown = [each for each in tree.children[node.parent] if not each.is_fold]
            first = ranges[shown[-1].key][1] if shown else first + 1
        ranges[node.key] = first, end
    return ranges
