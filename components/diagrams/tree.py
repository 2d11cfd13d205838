"""The tree of nodes that both diagrams draw: the units and folds of a scope."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from components.diagrams.style import FOLDED, Theme, placeholder_fill, unit_fill
from components.model.organization import Organization
from components.model.scope import Fold, Scope
from components.words import Words
from components.words.captions import unit_note


@dataclass(frozen=True, slots=True)
class Node:
    """A unit, or a fold that stands for the units that are not drawn below its parent."""

    key: str
    """``u<number>`` for a unit, ``f<number of the parent>`` for a fold; never a table's id."""
    parent: str
    """Key of the parent; empty for the focus."""
    level: int
    """Depth below the focus."""
    unit: int
    """The unit; for a fold, its parent."""
    is_fold: bool
    is_placeholder: bool
    """A unit that others name as their parent, without a record of its own."""
    leaves: int
    """Number of units without children in the subtree or the fold."""
    name: str
    short_name: str
    note: str
    """Shown beside the name: "Division, 6 units below"."""
    place: int
    """Position among the siblings, from 1; a fold is the last."""
    siblings: int
    """Number of children of the parent, drawn or folded."""

    @property
    def title(self) -> str:
        """Return the name and the note."""
        return f"{self.name} – {self.note}" if self.note else self.name


@dataclass(frozen=True)
class Tree:
    """The nodes of a scope in preorder; a fold follows its drawn siblings."""

    scope: Scope
    words: Words
    nodes: tuple[Node, ...]

    @property
    def organization(self) -> Organization:
        """Return the organization that the scope belongs to."""
        return self.scope.organization

    @property
    def language(self) -> str | None:
        """Return the language of the data if it differs from that of the words, or else None."""
        return self.words.foreign(self.organization.about.language)

    @property
    def focus(self) -> Node:
        """Return the root of the tree."""
        return self.nodes[0]

    @cached_property
    def levels(self) -> int:
        """The number of drawn levels, including that of the focus."""
        return 1 + max(node.level for node in self.nodes)

    @cached_property
    def by_key(self) -> Mapping[str, Node]:
        """The nodes by key."""
        return {node.key: node for node in self.nodes}

    @cached_property
    def children(self) -> Mapping[str, tuple[Node, ...]]:
        """The children of each inner node, by its key."""
        children: dict[str, list[Node]] = {}
        for node in self.nodes[1:]:
            children.setdefault(node.parent, []).append(node)
        return {key: tuple(nodes) for key, nodes in children.items()}

    def fill(self, node: Node, theme: Theme) -> str:
        """Return the fill of a node; that of a unit is the same in every scope."""
        if node.is_fold:
            return FOLDED[theme]
        branch, depth = self.organization.branch[node.unit], self.organization.depth[node.unit]
        fill = placeholder_fill if node.is_placeholder else unit_fill
        return fill(int(branch), int(depth), theme)


def key_of(unit: int) -> str:
    """Return the key of a unit in a diagram."""
    return f"u{unit}"


def tree_of(scope: Scope, words: Words) -> Tree:
    """Return the nodes of a scope, named in the language of ``words``."""
    return Tree(scope, words, tuple(_nodes(scope, words)))


def _nodes(scope: Scope, words: Words) -> Iterator[Node]:
    focus_depth = int(scope.organization.depth[scope.focus])
    stack: list[int | Fold] = [scope.focus]
    while stack:
        entry = stack.pop()
        if isinstance(entry, Fold):
            yield _fold_node(scope, words, entry, focus_depth)
            continue
        yield _unit_node(scope, words, entry, focus_depth)
        if entry in scope.fold:
            stack.append(scope.fold[entry])
        stack += reversed(scope.children.get(entry, ()))


def _unit_node(scope: Scope, words: Words, unit: int, focus_depth: int) -> Node:
    organization = scope.organization
    parent = int(organization.parent[unit])
    return Node(
        key=key_of(unit),
        parent="" if unit == scope.focus else key_of(parent),
        level=int(organization.depth[unit]) - focus_depth,
        unit=unit,
        is_fold=False,
        is_placeholder=unit in organization.placeholders,
        leaves=int(organization.leaves[unit]),
        name=organization.units["name"][unit],
        short_name=organization.label(unit),
        note=unit_note(organization, unit, words),
        place=int(organization.position[unit]),
        siblings=int(organization.child_count[parent]) if unit else 1,
    )


def _fold_node(scope: Scope, words: Words, fold: Fold, focus_depth: int) -> Node:
    label = words("folded", count=fold.units)
    return Node(
        key=f"f{fold.parent}",
        parent=key_of(fold.parent),
        level=int(scope.organization.depth[fold.parent]) - focus_depth + 1,
        unit=fold.parent,
        is_fold=True,
        is_placeholder=False,
        leaves=fold.leaves,
        name=label,
        short_name=label,
        note=words("folded-below", unit=scope.organization.units["name"][fold.parent]),
        place=len(scope.children.get(fold.parent, ())) + 1,
        siblings=int(scope.organization.child_count[fold.parent]),
    )
