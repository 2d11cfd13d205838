"""The nodes of a scope, from which a frozen page computes matches and the paths of connections."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from components.diagrams.layout import sector_angles
from components.diagrams.tree import Node, Tree
from components.model.groups import focus_text


def scope_nodes(tree: Tree) -> Mapping[str, Any]:
    """Return which units each node of a tree stands for, for the page's scripts.

    - ``centre``: the focus as in an address
    - ``nodes``: for each node in preorder its key, its level, the middle of its sector in degrees
      clockwise from the top, and its units with all below them as ranges: the first one and the one
      after the last, and so on
    """
    middles = {key: start + extent / 2 for key, (start, extent) in sector_angles(tree).items()}
    return {
        "centre": focus_text(tree.organization, tree.scope.centre),
        "nodes": [
            (node.key, node.level, round(middles[node.key], 6), *_ranges(tree, node))
            for node in tree.nodes
        ],
    }


def _ranges(tree: Tree, node: Node) -> list[int]:
    """Return the bounds of the ranges of units below a node, without those that meet."""
    units = [node.unit] if node.group is None else sorted(node.group.units.tolist())
    if node is tree.focus:
        units = tree.scope.roots.tolist()
    bounds: list[int] = []
    for unit in units:
        if bounds and bounds[-1] == unit:
            bounds.pop()
        else:
            bounds.append(unit)
        bounds.append(unit + int(tree.organization.size[unit]))
    return bounds
