"""What is marked while a unit is selected or filters are on, as ``assets/js`` marks it.

While the way to another unit is shown, it alone is marked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from components.diagrams.filtering import Filtered, filtered
from components.diagrams.network import Look
from components.diagrams.tree import Tree, key_of
from components.diagrams.way import Way, hierarchy_edges, way_of
from components.model.connections import connection
from components.model.relations import cross_links

NO_WAY = Way((), ())


@dataclass(frozen=True, slots=True)
class Marks:
    """Keys of nodes; without a selected unit and without filters nothing is marked."""

    selected: str = ""
    chain: frozenset[str] = frozenset()
    """From the selected unit up to the focus: lifted."""
    lit: frozenset[str] | None = None
    """What concerns the selected unit, or passes the filters; all else is dimmed. None: nothing."""
    filtered: Filtered | None = None
    """What the filters leave; None while none are on, or a way is shown."""
    way: Way = NO_WAY
    """From the selected unit to another one."""
    way_edges: frozenset[str] = frozenset()
    """Keys of the edges of the hierarchy along which it goes."""

    @property
    def hits(self) -> frozenset[str]:
        """Return what is rimmed: the stations of the way, or the units that pass the filters."""
        return self.filtered.hits if self.filtered else self.way.keys

    @property
    def linked(self) -> str:
        """Return the node whose links are shown; empty if those of none are."""
        return "" if self.way.stations else self.selected

    def is_dimmed(self, key: str) -> bool:
        """Tell whether a node does not concern what is selected, or does not pass the filters."""
        return self.lit is not None and key not in self.lit


def marks_of(tree: Tree, look: Look, named_by: Mapping[str, Sequence[str]] | None = None) -> Marks:
    """Return what is marked; no unit that is not drawn marks anything.

    Filters light what they leave and what leads there. Without them a selected unit lights what
    concerns it: its chain, all below it, and whatever it is linked to; ``named_by`` has the keys
    of the units that name a reference, by the reference's key.
    """
    unit = look.unit
    selected = key_of(unit) if unit is not None else ""
    if unit is not None and look.to is not None:
        way = way_of(tree, connection(tree.organization, unit, look.to))
        if way.stations:
            shown = selected if selected in tree.by_key else ""
            return Marks(shown, lit=way.keys, way=way, way_edges=hierarchy_edges(tree, way))
    if selected not in tree.by_key:
        selected = ""
    chain = frozenset(_chain(tree, selected))
    meant = filtered(tree, look)
    if meant is not None:
        return Marks(selected, chain, meant.lit | chain, meant)
    if not selected:
        return Marks()
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
