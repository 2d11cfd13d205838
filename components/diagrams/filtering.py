"""Which nodes of a diagram match the filters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from components.diagrams.tree import Tree
from components.model.filters import Filters
from components.view_state import ViewState


@dataclass(frozen=True, slots=True)
class MatchingNodes:
    """The units that match the filters, in the organization and in a diagram."""

    types: tuple[str, ...]
    themes: tuple[str, ...]
    total: int
    """Number of matching units in the organization."""
    below: int
    """Number of matching units in the subtree of the focus."""
    hits: frozenset[str]
    """Keys of the matching nodes."""
    lit: frozenset[str]
    """Keys of the nodes with a match in their subtree, drawn or not."""


def matching_nodes(tree: Tree, state: ViewState, filters: Filters) -> MatchingNodes | None:
    """Return the units that match the filters of a view; None if no filter is set."""
    if not (state.types or state.themes):
        return None
    matches, ranges = filters.matches(state.types, state.themes), _ranges(tree)
    return MatchingNodes(
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
    """Return the half-open range of unit numbers that each node covers, by key.

    The range of a fold starts after that of its last sibling.
    """
    size, ranges = tree.organization.size, dict[str, tuple[int, int]]()
    for node in tree.nodes:
        first, end = node.unit, node.unit + int(size[node.unit])
        if node.is_fold:
            siblings = tree.children[node.parent][:-1]
            first = ranges[siblings[-1].key][1] if siblings else first + 1
        ranges[node.key] = first, end
    return ranges
