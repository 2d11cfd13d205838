"""The nodes of a scope, as a frozen page reads them."""

from __future__ import annotations

from components.diagrams.tree import tree_of
from components.model.organization import Organization
from components.web.frozen.nodes import scope_nodes
from tests.english import ENGLISH
from tests.organizations import GATHERING, crowd, scope_of


def test_a_unit_is_a_range_with_all_below_it(harbour: Organization) -> None:
    content = scope_nodes(tree_of(scope_of(harbour, 4), ENGLISH))

    assert content == {
        "centre": "safety",
        "nodes": [("u4", 0, 180, 4, 7), ("u5", 1, 90, 5, 6), ("u6", 1, 270, 6, 7)],
    }


def test_a_group_has_the_ranges_of_its_units() -> None:
    organization = crowd()
    tree = tree_of(scope_of(organization, room=GATHERING), ENGLISH)
    nodes = scope_nodes(tree)["nodes"]

    groups = [node for node in tree.nodes if node.group]
    assert groups
    for node, (key, level, _, *bounds) in zip(tree.nodes, nodes, strict=True):
        assert (key, level) == (node.key, node.level)
        units = {
            unit
            for start, end in zip(*[iter(bounds)] * 2, strict=True)
            for unit in range(start, end)
        }
        roots = node.group.units.tolist() if node.group else [node.unit]
        assert units == {
            unit for root in roots for unit in range(root, root + int(organization.size[root]))
        }
