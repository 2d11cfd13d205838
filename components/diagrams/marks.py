"""Which nodes are marked while a unit is selected or filters are on, as on the page.

While two units are connected, only the path between them is marked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from components.diagrams.connection_path import (
    ConnectionPath,
    connection_path,
    hierarchy_edges,
)
from components.diagrams.filtering import Filtered, filtered
from components.diagrams.network import references_in
from components.diagrams.tree import Tree, key_of
from components.model.index import OrganizationIndex
from components.model.relations import cross_links
from components.view_state import ViewState

NO_PATH = ConnectionPath((), ())


@dataclass(frozen=True, slots=True)
class Marks:
    """Keys of the marked nodes; nothing is marked without a selected unit and without filters."""

    selected: str = ""
    chain: frozenset[str] = frozenset()
    """The selected unit and its ancestors up to the focus: lifted."""
    lit: frozenset[str] | None = None
    """What is related to the selected unit, or matches the filters; all else is dimmed. None: no
    node is dimmed."""
    filtered: Filtered | None = None
    """What matches the filters; None without filters, and while a path is shown."""
    path: ConnectionPath = NO_PATH
    """From the selected unit to another one."""
    path_edges: frozenset[str] = frozenset()
    """Keys of the hierarchy edges along the path."""

    @property
    def hits(self) -> frozenset[str]:
        """Return the outlined nodes: the stations of the path, or what matches the filters."""
        return self.filtered.hits if self.filtered else self.path.keys

    @property
    def linked(self) -> str:
        """Return the node whose links are shown, or empty text."""
        return "" if self.path.stations else self.selected

    def is_dimmed(self, key: str) -> bool:
        """Tell whether a node is drawn pale."""
        return self.lit is not None and key not in self.lit


def marks_of(tree: Tree, state: ViewState, index: OrganizationIndex) -> Marks:
    """Return the marks of a view; a unit that is not drawn marks nothing.

    Filters light what matches and what leads there. Without filters, a selected unit lights its
    chain, its descendants, the units that it is linked to and the references that it mentions.
    """
    unit = state.unit
    selected = key_of(unit) if unit is not None else ""
    if unit is not None and state.to is not None:
        path = connection_path(tree, index.chain(unit, state.to))
        if path.stations:
            shown = selected if selected in tree.by_key else ""
            edges = hierarchy_edges(tree, path)
            return Marks(shown, lit=path.keys, path=path, path_edges=edges)
    if selected not in tree.by_key:
        selected = ""
    chain = frozenset(_chain(tree, selected))
    matching = filtered(tree, state, index.filters)
    if matching is not None:
        return Marks(selected, chain, matching.lit | chain, matching)
    if not selected:
        return Marks()
    linked = {
        key_of(end)
        for link in cross_links(tree.organization, tree.units)
        if unit in (link.origin, link.target)
        for end in (link.origin, link.target)
    }
    _, mentioned_by = references_in(tree.scope)
    mentioned = {key for key, units in mentioned_by.items() if selected in units}
    return Marks(selected, chain, chain | set(_below(tree, selected)) | linked | mentioned)


def _chain(tree: Tree, key: str) -> Iterator[str]:
    while key:
        yield key
        key = tree.by_key[key].parent


def _below(tree: Tree, key: str) -> Iterator[str]:
    for child in tree.children.get(key, ()):
        yield child.key
        yield from _below(tree, child.key)
