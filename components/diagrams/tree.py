"""The tree of nodes that both diagrams draw: the units and groups of a scope."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from components.diagrams.encoding import BY_BRANCH, Encoding
from components.diagrams.initials import initials_of
from components.diagrams.names import Named, NameForms, name_forms
from components.diagrams.signs import Sign, counted, sign_of
from components.diagrams.style import GROUPED, Theme, placeholder_fill, unit_fill
from components.diagrams.text import ELLIPSIS
from components.model.changes import ChangeKind
from components.model.groups import Focus, Members
from components.model.organization import Numbers, Organization, Records
from components.model.scope import Scope
from components.model.siblings import weight_of
from components.words import Words
from components.words.became import became_note, changes_below_note
from components.words.captions import unit_note
from components.words.group_names import group_name, group_note
from components.words.measures import amount_note


@dataclass(frozen=True, slots=True)
class Node:
    """A unit, or a group of children of its parent."""

    key: str
    """``u<number>`` for a unit, ``g<number of the parent>-<place>`` for a group, with a further
    place for a group in it; never a table's id."""
    parent: str
    """Key of the parent; empty for the focus."""
    level: int
    """Depth below the focus."""
    unit: int
    """The unit; for a group, its parent."""
    group: Members | None
    """The group; None for a unit."""
    is_vacant: bool
    """A post that nobody holds."""
    is_placeholder: bool
    """A unit that others name as their parent, without a record of its own."""
    weight: int
    """What its angle is proportional to: the amount of a measure, or lowest-level units."""
    name: str
    forms: NameForms
    """The forms of the name that diagrams show; none is that of another unit."""
    note: str
    """Shown beside the name: "Division, 6 units below"."""
    place: int
    """Position among the siblings, from 1; groups are the last."""
    siblings: int
    """Number of siblings, itself included."""
    count: str = ""
    """The end of all forms of the name of a group, see ``GroupName``."""
    initials: str | None = None
    """Of a person, or of the holder of a post; empty if it is vacant, None if it has no mark."""
    sign: Sign | None = None
    """What has become of the unit, which all forms of its name begin with; None if it is as before,
    or if the organization stands for one state only."""
    old_name: str = ""
    """The name that the unit had in the state before, if it had another one."""
    changes_below: str = ""
    """What has become of units below it that are not drawn: "+3 −1"."""

    @property
    def focus(self) -> Focus:
        """Return what has to be at the centre for its parts to be drawn."""
        return self.group.group if self.group else self.unit

    @property
    def short_name(self) -> str:
        """Return the form of the name for a label with enough room."""
        return self.forms.short[0]

    @property
    def is_dashed(self) -> bool:
        """Return whether its border is dashed: nobody is there, or there is no record now."""
        return self.is_pale or self.is_vacant

    @property
    def is_pale(self) -> bool:
        """Return whether the table has no record of the unit, or no longer."""
        return self.is_placeholder or self.sign is Sign.GONE

    @property
    def is_new(self) -> bool:
        """Return whether it is only in the later one of two states."""
        return self.sign is Sign.NEW

    @property
    def title(self) -> str:
        """Return the name and the note."""
        return f"{self.name} – {self.note}" if self.note else self.name


@dataclass(frozen=True)
class Tree:
    """The nodes of a scope in preorder; groups follow their drawn siblings."""

    scope: Scope
    words: Words
    nodes: tuple[Node, ...]
    encoding: Encoding = BY_BRANCH

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

    @property
    def title(self) -> str:
        """Return the name of the focus; at the top, the title of the organization."""
        is_whole = not self.focus.unit and not self.scope.group
        return self.organization.about.title if is_whole else self.focus.name

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

    def holds_several(self, node: Node) -> bool:
        """Return whether a node is a group, in the centre or not, instead of a unit."""
        return node.group is not None or (node is self.focus and self.scope.group is not None)

    def fill(self, node: Node, theme: Theme) -> str:
        """Return the fill of a node; that of a unit is the same in every scope."""
        if node.group:
            return GROUPED[theme]
        by_class = self.encoding.fill(node.unit, theme)
        if by_class and not node.is_placeholder:
            return by_class
        branch, level = (
            self.organization.branch[node.unit],
            self.organization.branch_level(node.unit),
        )
        fill = placeholder_fill if node.is_pale else unit_fill
        return fill(int(branch), level, theme)


def key_of(unit: int) -> str:
    """Return the key of a unit in a diagram."""
    return f"u{unit}"


def tree_of(scope: Scope, words: Words, encoding: Encoding = BY_BRANCH) -> Tree:
    """Return the nodes of a scope, named in the language of ``words``."""
    nodes = _nodes_of(scope, words, encoding)
    forms = name_forms(_names(scope, nodes), scope.organization.about.language)
    named = (
        replace(node, forms=_with_signs(node, each))
        for node, each in zip(nodes, forms, strict=True)
    )
    return Tree(scope, words, tuple(named), encoding)


def translated(tree: Tree, words: Words) -> Tree:
    """Return a tree in the language of other words; units have the same names in all."""
    if any(map(tree.holds_several, tree.nodes)):
        return tree_of(tree.scope, words, tree.encoding)
    nodes = _nodes_of(tree.scope, words, tree.encoding)
    named = (replace(node, forms=each.forms) for node, each in zip(nodes, tree.nodes, strict=True))
    return Tree(tree.scope, words, tuple(named), tree.encoding)


def _nodes_of(scope: Scope, words: Words, encoding: Encoding) -> tuple[Node, ...]:
    """Return the nodes of a scope, without the forms of their names."""
    nodes = [*_Nodes(scope, words, encoding).in_preorder()]
    return tuple(_with_changes_below(scope, nodes, words))


def _with_signs(node: Node, forms: NameForms) -> NameForms:
    """Return the forms of a name with the sign of its unit, and with those of what is below it.

    Where these do not fit, they are left out before the name is cut.
    """
    full, short = forms.full, forms.short
    if node.sign:
        full, short = node.sign.before(full), tuple(map(node.sign.before, short))
    if not node.changes_below:
        return NameForms(full, short)
    signed = (_with_end(form, node) for form in short if ELLIPSIS not in form)
    return NameForms(_with_end(full, node), (*signed, *short))


def _with_end(form: str, node: Node) -> str:
    """Return a name with the signs of what is below, beside the number of units if it has one."""
    if node.count.endswith(")"):
        return f"{form[:-1]}, {node.changes_below})"
    return f"{form} ({node.changes_below})"


def _with_changes_below(scope: Scope, nodes: Sequence[Node], words: Words) -> Iterator[Node]:
    """Yield nodes with what has become of the units below them that are not drawn."""
    history, sizes = scope.organization.history, scope.organization.size
    if history is None:
        yield from nodes
        return
    hidden: dict[str, Counter[ChangeKind]] = {}
    for node in nodes:
        is_unit = node.group is None and (bool(node.parent) or scope.group is None)
        held = np.array([node.unit]) if is_unit else _members(scope, node)
        found = history.counts(held, held + sizes[held])
        hidden[node.key] = Counter(found)
        if is_unit:
            hidden[node.key].subtract(history.counts(held, held + 1))
        if node.parent:
            hidden[node.parent].subtract(found)
    for node in nodes:
        below = {kind: count for kind, count in hidden[node.key].items() if count > 0}
        note = " · ".join(filter(None, (node.note, changes_below_note(below, words))))
        yield replace(node, changes_below=counted(below), note=note)


def _members(scope: Scope, node: Node) -> Numbers:
    """Return the units in a group, which may be that in the centre."""
    return node.group.units if node.group else scope.members


def _names(scope: Scope, nodes: Sequence[Node]) -> Iterator[Named]:
    """Yield what the units and groups of a picture are called."""
    organization = scope.organization
    place = {node.key: at for at, node in enumerate(nodes)}
    for node in nodes:
        parent = place.get(node.parent)
        if node.group or (scope.group and parent is None):
            name, *shorter = node.forms.short
            yield Named(
                name, parent=parent, is_fixed=True, count=node.count, shorter=tuple(shorter)
            )
            continue
        short_name, acronym, kind = (
            organization.units[column][node.unit] for column in ("short_name", "acronym", "type")
        )
        is_person = organization.records is Records.PEOPLE and not (
            node.unit in organization.synthetic or node.is_vacant
        )
        yield Named(node.name, short_name, acronym, kind, parent, is_person)


@dataclass(frozen=True, slots=True)
class _Nodes:
    """The nodes of a scope."""

    scope: Scope
    words: Words
    encoding: Encoding

    def in_preorder(self) -> Iterator[Node]:
        stack = [self._focus()]
        while stack:
            node = stack.pop()
            yield node
            entries = self.scope.entries.get(self._entered(node), ())
            below = [
                replace(
                    self._group(node, entry, place)
                    if isinstance(entry, Members)
                    else self._unit(entry),
                    parent=node.key,
                    level=node.level + 1,
                    place=place,
                    siblings=len(entries),
                )
                for place, entry in enumerate(entries, start=1)
            ]
            stack += reversed(below)

    def _entered(self, node: Node) -> Focus:
        return node.focus if node.level else self.scope.centre

    def _focus(self) -> Node:
        """Return the root: the focus, or the group to which the picture is limited."""
        scope = self.scope
        node = self._unit(scope.focus)
        if scope.group is None:
            return node
        members = Members(scope.group, scope.members)
        name = group_name(scope.siblings, members, self.words)
        return replace(
            node,
            name=f"{node.name}: {name}",
            forms=NameForms(str(name), name.forms),
            count=name.count,
            note=group_note(scope.siblings, members, self.words),
            weight=weight_of(members, self.scope.angles),
            initials=None,
            sign=None,
            old_name="",
        )

    def _group(self, parent: Node, members: Members, place: int) -> Node:
        name = group_name(self.scope.siblings, members, self.words)
        return Node(
            key=f"g{parent.key.lstrip('ug')}-{place}",
            parent="",
            level=0,
            unit=parent.unit,
            group=members,
            is_vacant=False,
            is_placeholder=False,
            weight=weight_of(members, self.scope.angles),
            name=str(name),
            forms=NameForms(str(name), name.forms),
            count=name.count,
            note=group_note(self.scope.siblings, members, self.words),
            place=place,
            siblings=1,
        )

    def _unit(self, unit: int) -> Node:
        """Return the node of a unit as if it were the focus."""
        organization, size = self.scope.organization, self.encoding.size
        notes = [
            became_note(organization, unit, self.words),
            unit_note(organization, unit, self.words),
        ]
        if size:
            notes.append(amount_note(organization, size, unit, self.words))
        parent, name = int(organization.parent[unit]), organization.units["name"][unit]
        history = organization.history
        return Node(
            key=key_of(unit),
            parent="",
            level=0,
            unit=unit,
            group=None,
            is_vacant=unit in organization.vacancies,
            is_placeholder=unit in organization.placeholders,
            weight=weight_of(unit, self.scope.angles),
            name=name,
            forms=NameForms(name, (name,)),
            note=" · ".join(filter(None, notes)),
            place=int(organization.position[unit]),
            siblings=int(organization.child_count[parent]) if unit else 1,
            initials=initials_of(organization, unit),
            sign=sign_of(history, unit),
            old_name=history.renamed.get(unit, "") if history else "",
        )
