"""What is marked while a unit is selected, as ``assets/js`` marks it on the page.

While the way to another unit is shown, it alone is marked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from components.diagrams.network import Look
from components.diagrams.tree import Tree, key_of
from components.diagrams.way import Way, hierarchy_edges, way_of
from components.model.connections import connection
from components.model.relations import cross_links

NO_WAY = Way((), ())


@dataclass(frozen=True, slots=True)
class Marks:
    """Keys of nodes; without a selected unit nothing is marked."""

    selected: str = ""
    chain: frozenset[str] = frozenset()
    """From the selected unit up to the focus: lifted."""
    lit: frozenset[str] | None = None
    """What concerns the selected unit; all else is dimmed. None: nothing is."""
    way: Way = NO_WAY
    """From the selected unit to another one."""
    way_edges: frozenset[str] = frozenset()
    """Keys of the edges of the hierarchy along which it goes."""

    @property
    def hits(self) -> frozenset[str]:
        """Return the nodes that are meant: the stations of the way."""
        return self.way.keys

    @property
    def linked(self) -> str:
        """Return the node whose links are shown; empty if those of none are."""
        return "" if self.hits else self.selected

    def is_dimmed(self, key: str) -> bool:
        """Tell whether a node does not concern the selected unit."""
        return self.lit is not None and key not in self.lit


def marks_of(tree: Tree, look: Look, named_by: Mapping[str, Sequence[str]] | None = None) -> Marks:
    """Return what a selected unit marks; nothing if it is not among the units that are drawn.

    What concerns a unit is its chain, all below it, and whatever it is linked to; ``named_by`` has
    the keys of the units that name a reference, by the reference's key.
    """
    unit = look.unit
    selected = key_of(unit) if unit is not None else ""
    if unit is not None and look.to is not None:
        way = way_of(tree, connection(tree.organization, unit, look.to))
        if way.stations:
            shown = selected if selected in tree.by_key else ""
            return Marks(shown, lit=way.keys, way=way, way_edges=hierarchy_edges(tree, way))
    if selected not in tree.by_key:
        return Marks()
    chain = frozenset(_chain(tree, selected))
    linked = {
        key_of(end)
        for link in cross_links(tree.organization, tree.units)
        if unit in (link.origin, link.target)
        for end in (link.origin, link.target)
    }
    named = {key for key, units in (named_by or {}).items() if selected in units}
    return Marks(selected, chain, chain | set(_below(tree, selected)) | linked | named)


def _chain(tree: Tree, key: str) -> Iterator[str]:
    while key:
        yield key
        key = tree.by_key[key].parent


def _below(tree: Tree, key: str) -> Iterator[str]:
    for child in tree.children.get(key, ()):
        yield child.key
        yield from _below(tree, child.key)
