"""What both diagrams draw of a scope: its units and folds as one tree of nodes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from components.diagrams.style import FOLDED, Theme, placeholder_fill, unit_fill
from components.model.organization import Organization
from components.model.scope import Fold, Scope
from components.model.text import capitalized
from components.words import Words


@dataclass(frozen=True, slots=True)
class Node:
    """A unit that is drawn, or the fold that stands for its siblings that are not."""

    key: str
    """``u<number>`` for a unit, ``f<number of the parent>`` for a fold: never an id of a table."""
    parent: str
    """Key of the node above; empty for the focus."""
    level: int
    """Levels below the focus."""
    unit: int
    """The unit, or the one under which is folded."""
    is_fold: bool
    is_placeholder: bool
    """Units name it as their parent, but no record describes it."""
    leaves: int
    """Lowest-level units that it stands for."""
    name: str
    short_name: str
    note: str
    """What is said beside the name: "Division, 6 units below"."""
    place: int
    """Which of the children of its parent it is, from 1; a fold comes after those shown."""
    siblings: int
    """How many children its parent has, itself and those folded counted."""


@dataclass(frozen=True)
class Tree:
    """The nodes of a scope in preorder; a fold comes after its shown siblings."""

    scope: Scope
    words: Words
    """In which the diagrams say what is not data."""
    nodes: tuple[Node, ...]

    @property
    def organization(self) -> Organization:
        """Return the organization of which this is a part."""
        return self.scope.organization

    @property
    def language(self) -> str | None:
        """Return the language of the data, where it has to be marked: the words have another."""
        return self.words.foreign(self.organization.about.language)

    @property
    def focus(self) -> Node:
        """Return the topmost node."""
        return self.nodes[0]

    @cached_property
    def levels(self) -> int:
        """The number of levels that are drawn, the focus counted."""
        return 1 + max(node.level for node in self.nodes)

    @property
    def units(self) -> tuple[int, ...]:
        """Return the units that are drawn, in preorder."""
        return tuple(node.unit for node in self.nodes if not node.is_fold)

    @cached_property
    def by_key(self) -> Mapping[str, Node]:
        """The nodes by their keys."""
        return {node.key: node for node in self.nodes}

    @cached_property
    def children(self) -> Mapping[str, tuple[Node, ...]]:
        """The nodes right below each node that has any, by key, in order."""
        below: dict[str, list[Node]] = {}
        for node in self.nodes[1:]:
            below.setdefault(node.parent, []).append(node)
        return {key: tuple(nodes) for key, nodes in below.items()}

    def fill(self, node: Node, theme: Theme) -> str:
        """Return the fill of a node: of a unit, the same in every scope."""
        if node.is_fold:
            return FOLDED[theme]
        branch, depth = self.organization.branch[node.unit], self.organization.depth[node.unit]
        fill = placeholder_fill if node.is_placeholder else unit_fill
        return fill(int(branch), int(depth), theme)


def key_of(unit: int) -> str:
    """Return the key of a unit in a diagram."""
    return f"u{unit}"


def tree_of(scope: Scope, words: Words) -> Tree:
    """Return the nodes to be drawn for a scope."""
    return Tree(scope, words, tuple(_nodes(scope, words)))


def _nodes(scope: Scope, words: Words) -> Iterator[Node]:
    top = int(scope.organization.depth[scope.focus])
    waiting: list[int | Fold] = [scope.focus]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Fold):
            yield _fold_node(scope, words, each, top)
            continue
        yield _unit_node(scope, words, each, top)
        below: list[int | Fold] = [*scope.children.get(each, ())]
        if each in scope.fold:
            below.append(scope.fold[each])
        waiting += reversed(below)


def _unit_node(scope: Scope, words: Words, unit: int, top: int) -> Node:
    organization = scope.organization
    cells = {name: values[unit] for name, values in organization.units.items()}
    below = organization.count(unit) - (unit not in organization.synthetic)
    is_placeholder = unit in organization.placeholders
    kind = words("not-in-the-table") if is_placeholder else capitalized(cells["type"])
    note = [kind, words("units-below", count=below) if below else ""]
    return Node(
        key=key_of(unit),
        parent="" if unit == scope.focus else key_of(int(organization.parent[unit])),
        level=int(organization.depth[unit]) - top,
        unit=unit,
        is_fold=False,
        is_placeholder=is_placeholder,
        leaves=int(organization.leaves[unit]),
        name=cells["name"],
        short_name=organization.label(unit),
        note=", ".join(part for part in note if part),
        place=int(organization.position[unit]),
        siblings=int(organization.child_count[organization.parent[unit]]) if unit else 1,
    )


def _fold_node(scope: Scope, words: Words, fold: Fold, top: int) -> Node:
    label = words("folded", count=fold.units)
    return Node(
        key=f"f{fold.parent}",
        parent=key_of(fold.parent),
        level=int(scope.organization.depth[fold.parent]) - top + 1,
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
