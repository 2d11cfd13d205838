"""Which nodes of a diagram match the filters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from components.diagrams.tree import Node, Tree
from components.model.filters import Filters, Matches
from components.view_state import ViewState
from components.words.filter_names import ActiveFilter, active_filters


@dataclass(frozen=True, slots=True)
class MatchingNodes:
    """The units that match the filters, in the organization and in a diagram."""

    filters: Mapping[str, tuple[str, ...]]
    """The values that are set, by key of the view."""
    active: tuple[ActiveFilter, ...]
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
    chosen = state.filters
    if not any(chosen.values()):
        return None
    matches = filters.matches(**chosen)
    counts = {node.key: _count(tree, node, matches) for node in tree.nodes}
    return MatchingNodes(
        chosen,
        tuple(active_filters(tree.organization, filters, chosen, tree.words)),
        total=matches.total,
        below=counts[tree.focus.key],
        hits=frozenset(
            node.key for node in tree.nodes if not node.group and matches.has(node.unit)
        ),
        lit=frozenset(key for key, count in counts.items() if count),
    )


def _count(tree: Tree, node: Node, matches: Matches) -> int:
    """Return the number of matches in a subtree, or in all subtrees of a group."""
    units = np.array([node.unit]) if node.group is None else node.group.units
    if node is tree.focus:
        units = tree.scope.roots
    ends = units + tree.organization.size[units]
    return int((matches.before[ends] - matches.before[units]).sum())
