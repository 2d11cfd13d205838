"""Which nodes a view highlights and which it dims.

``assets/js/state/highlight.js`` does the same on the page.
While two units are connected, only the path between them is highlighted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from components.diagrams.connection_path import ConnectionPath, connection_path, hierarchy_edges
from components.diagrams.filtering import MatchingNodes, matching_nodes
from components.diagrams.links import linked_pairs
from components.diagrams.references import references_in
from components.diagrams.tree import Tree, key_of
from components.model.index import OrganizationIndex
from components.view_state import ViewState

NO_PATH = ConnectionPath((), ())


@dataclass(frozen=True, slots=True)
class Marks:
    """Keys of the highlighted nodes; the default highlights nothing."""

    selected: str = ""
    chain: frozenset[str] = frozenset()
    """The selected unit and its ancestors up to the focus."""
    lit: frozenset[str] | None = None
    """The nodes that are not dimmed; None if no node is dimmed."""
    matching_nodes: MatchingNodes | None = None
    """The nodes that match the filters; None without filters, and while a path is shown."""
    path: ConnectionPath = NO_PATH
    """The path from the selected unit to another one."""
    path_edges: frozenset[str] = frozenset()
    """Keys of the hierarchy edges along the path."""

    @property
    def hits(self) -> frozenset[str]:
        """Return the outlined nodes: the stations of the path, or the matches of the filters."""
        return self.matching_nodes.hits if self.matching_nodes else self.path.keys

    @property
    def linked_node(self) -> str:
        """Return the node whose cross-links are shown, or empty text."""
        return "" if self.path.stations else self.selected

    def is_dimmed(self, key: str) -> bool:
        """Return whether a node is dimmed."""
        return self.lit is not None and key not in self.lit


def marks_of(tree: Tree, state: ViewState, index: OrganizationIndex) -> Marks:
    """Return the marks of a view; a selected unit that is not drawn is ignored.

    With filters, matching nodes and their ancestors stay lit. Otherwise a selected unit lights its
    ancestors, its descendants, the units linked to it and the references that it mentions.
    """
    unit = state.unit
    selected = key_of(unit) if unit is not None else ""
    selected = selected if selected in tree.by_key else ""
    if unit is not None and state.to is not None:
        path = connection_path(tree, index.chain(unit, state.to))
        if path.stations:
            edges = hierarchy_edges(tree, path)
            return Marks(selected, lit=path.keys, path=path, path_edges=edges)
    chain = frozenset(_ancestors_and_self(tree, selected))
    matching = matching_nodes(tree, state, index.filters)
    if matching is not None:
        return Marks(selected, chain, matching.lit | chain, matching)
    if not selected:
        return Marks()
    linked = {
        key_of(end)
        for pair in linked_pairs(tree)
        if unit in (pair.origin, pair.target)
        for end in (pair.origin, pair.target)
    }
    _, mentioned_by = references_in(tree.scope)
    mentioned = {key for key, units in mentioned_by.items() if selected in units}
    return Marks(selected, chain, chain | set(_descendants(tree, selected)) | linked | mentioned)


def _ancestors_and_self(tree: Tree, key: str) -> Iterator[str]:
    while key:
        yield key
        key = tree.by_key[key].parent


def _descendants(tree: Tree, key: str) -> Iterator[str]:
    for child in tree.children.get(key, ()):
        yield child.key
        yield from _descendants(tree, child.key)
