"""What a frozen page can ask for, and the answers: the fragments that a server would make.

A *record* has the answers about one unit or group, or about what is opened in its diagrams; those
that are seldom asked for are in records of their own. Within a record, the *variant* of an answer
names its kind, its language and its parameters. Most answers are in all languages at once
(``components/words/multilingual.py``); their variants name these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import product
from types import MappingProxyType
from typing import Any

from components.diagrams.arrangement import texts_of
from components.diagrams.connection_path import step_curves
from components.diagrams.rooms import DEFAULT_ROOM, ROOMS
from components.export.drawing import draw
from components.export.naming import file_name
from components.export.options import Format, Subject, read_options
from components.model.changes import ChangeKind
from components.model.coverage import coverage
from components.model.groups import Focus, Group, Members, focus_text
from components.model.scope import Scope, parent_of, scope_of, scope_showing
from components.settings import Settings
from components.view_state import (
    CLOSED,
    KEY_BY_NAME,
    SEPARATOR,
    Diagram,
    Layout,
    ViewState,
    weights_of,
)
from components.views.changes_list import further_changes, further_parts
from components.views.panel import unknown_unit_panel
from components.web.fragments import (
    DEFAULT_STATE,
    FURTHER_CHANGES,
    KEYS_OF,
    ORGANIZATION_FRAGMENTS,
    ROOM,
    SCOPE_FRAGMENTS,
    UNIT_FRAGMENTS,
    FragmentParameters,
    ShownScope,
    to_json,
)
from components.web.frozen.extent import FrozenIndex
from components.web.frozen.nodes import scope_nodes
from components.web.frozen.pieces import alternatives_in
from components.words import LANGUAGE, Words, languages, words_in
from components.words.multilingual import Multilingual, in_languages

RECORD_KEYS = ("open", "column", "to", "focus", "changes")
"""Parameters that are in the key of a record instead of in variants."""
DEFAULT_ONLY = {("matrix", "size")}
"""Parameters of kinds that are frozen with their default only: matrices with each size would be
more than all else. So the matrix has no column with the numbers of a size."""
COMPUTED = ("matches", "connection")
"""Kinds that scripts compute (``assets/js/frozen/computed.js``)."""
FOR_SCRIPTS: Mapping[str, Callable[[ShownScope], Any]] = {
    "nodes": lambda shown: scope_nodes(shown.listed),
    "curves": lambda shown: step_curves(shown.opened, shown.network),
}
"""From which they compute them."""
MADE: Mapping[str, Callable[[ShownScope], Any]] = {**SCOPE_FRAGMENTS, **FOR_SCRIPTS}
PICTURES: Mapping[str, Diagram] = {f"{diagram}-picture": diagram for diagram in Diagram}
"""The kinds of pictures that can be downloaded."""
PICTURE_KEYS: Mapping[str, Sequence[str]] = {
    kind: ("layout", "theme") if diagram is Diagram.NETWORK else ("theme",)
    for kind, diagram in PICTURES.items()
}
NETWORK_KINDS, LISTED_KINDS = ("network", "curves"), ("outline", "nodes")
"""The kinds that depend on what is opened."""
UNKNOWN = "unknown"
"""The content of the panel for a unit that does not exist."""
LAYOUTS = tuple(Layout(name) for name in KEY_BY_NAME["layout"].values)
ABOUT_FOCUS = ("breadcrumb", "relations", "covering")
"""Kinds that depend on the focus alone, since rooms and sizes only decide which focus that is."""
VARIANT_KEYS: Mapping[str, Sequence[str]] = {
    **PICTURE_KEYS,
    "nodes": (ROOM, "size", "sort"),
    "curves": (ROOM, "size", "layout"),
    **{
        kind: ()
        if kind in ABOUT_FOCUS
        else tuple(
            key
            for key in KEYS_OF.get(kind, ())
            if key not in RECORD_KEYS and (kind, key) not in DEFAULT_ONLY
        )
        for kind in (
            *SCOPE_FRAGMENTS,
            *UNIT_FRAGMENTS,
            *ORGANIZATION_FRAGMENTS,
            FURTHER_CHANGES,
            UNKNOWN,
        )
        if kind not in COMPUTED
    },
}
"""The parameters, beside the language, that a variant of each kind has."""
NO_VALUES: Mapping[str, str] = MappingProxyType({})
LINE = "\n"
"""Separates the parts of variants and of keys; no id and no name has one."""
MATRIX, OPENED = "matrix", "open"
"""The names of two parts of the answers about a unit: with the records of columns, and of what is
opened or closed."""
PARTS: Mapping[str, tuple[str, Sequence[str]]] = {
    **dict.fromkeys(("sunburst", "network", "key", "outline"), ("", ("size", "colour"))),
    "matrix": (MATRIX, ()),
    **dict.fromkeys(PICTURES, ("pictures", ())),
}
"""For kinds that are divided among several records of a unit: the name of these, and the parameters
of which each value has one."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The content of a fragment as JSON, and its focus as in an address."""

    content: str
    focus: str = ""
    """Empty if that is the unit or the group itself."""


@dataclass(frozen=True, slots=True)
class Record:
    """The answers about a unit or a group, or a part of these."""

    key: str
    part: str = ""
    answers: dict[str, Answer] = field(default_factory=dict)
    """By variant."""


def unit_key(focus: str, part: str = "") -> str:
    """Return the key of a record of a unit or a group, which is named as in an address."""
    return f"unit:{focus}{LINE}{part}" if part else f"unit:{focus}"


def part_of(kind: str, values: Mapping[str, str]) -> str:
    """Return the name of the part of a unit's answers to which one belongs; empty for the first."""
    name, keys = PARTS.get(kind, ("", ()))
    parts = [name, *(values.get(key, "") for key in keys)]
    return LINE.join(parts) if any(parts) else ""


def opening_key(focus: str, opened: str) -> str:
    """Return the key of the record of what is opened or closed in the diagrams of a focus."""
    return f"open:{focus}{LINE}{opened}"


def covering_key(focus: str, by: str, column: str) -> str:
    """Return the key of the record of the units that cover a column of the matrix."""
    return f"covering:{focus}{LINE}{by}{LINE}{column}"


def changes_key(kind: str, part: int) -> str:
    """Return the key of the record of a part of the list of changes."""
    return f"changes:{kind}{LINE}{part}"


ORGANIZATION_KEY = "organization:"
"""The key of the record of what is the same for every unit."""


def values_of(index: FrozenIndex) -> Mapping[str, Sequence[str]]:
    """Return the values of the parameters of variants that are frozen, the default first."""
    extent = index.extent
    return {
        ROOM: index.rooms,
        "size": ("", *index.sizes),
        "colour": ("", *index.colours),
        "layout": tuple(map(str, LAYOUTS)),
        "sort": tuple(extent.sorts),
        "by": tuple(index.topics),
        "theme": tuple(map(str, extent.pictures)),
    }


class Answers:
    """Makes the answers about an organization."""

    def __init__(self, index: FrozenIndex, settings: Settings) -> None:
        self.index, organization = index, index.organization
        self.settings = settings
        self.words = [words_in(code).about(organization) for code in languages()]
        self.multilingual = Multilingual.of(self.words)
        """The same words, those of all languages at once."""
        self._defaults = {key: values[0] for key, values in values_of(index).items() if values}
        self._sizes = ("", *index.sizes)
        self._subject = Subject(index, settings.public_address)

    def variant(self, kind: str, words: Words, values: Mapping[str, str]) -> str:
        """Return the name of a variant; other values than those of its keys are left out."""
        parts = []
        for key in VARIANT_KEYS[kind]:
            value = values.get(key, "")
            parts.append("" if value == self._defaults.get(key) else value)
        return LINE.join((kind, words.language, *parts))

    def of_organization(self) -> Record:
        """Return the record of what is the same for every unit."""
        record = Record(ORGANIZATION_KEY)
        for words in self.words:
            for kind, make in ORGANIZATION_FRAGMENTS.items():
                answer = Answer(to_json(make(self.index, words)))
                record.answers[self.variant(kind, words, {})] = answer
            content = to_json(unknown_unit_panel(self.index.organization, (), words))
            record.answers[self.variant(UNKNOWN, words, {})] = Answer(content)
        return record

    def of_changes(self) -> Iterator[Record]:
        """Yield the records of the parts of the list of changes that it does not have at first."""
        organization = self.index.organization
        for kind, parts in further_parts(organization).items():
            for part in range(parts):
                record = Record(changes_key(kind, part))
                for words in self.words:
                    content = further_changes(organization, words, ChangeKind(kind), part)
                    variant = self.variant(FURTHER_CHANGES, words, {})
                    record.answers[variant] = Answer(to_json(content))
                yield record

    def about(self, focus: Focus) -> tuple[Iterable[Record], set[Group]]:
        """Return the records of a unit or a group, and the groups that are reached from there."""
        organization, records, groups = self.index.organization, Records(), set[Group]()
        if not isinstance(focus, Group):
            self._add_panels(focus, records)
        if isinstance(focus, Group) or not organization.is_leaf(focus) or not focus:
            sizes = self._sizes_of(focus)
            groups = self._add_scopes(focus, sizes, records)
            if DEFAULT_STATE.size in sizes:  # pictures show no other
                self._add_pictures(focus_text(organization, focus), records)
        return records.values(), groups

    def _add_panels(self, unit: int, records: Records) -> None:
        """Add the panel of a unit, whose focus may be another one in each room."""
        index, organization = self.index, self.index.organization
        above, focus_of = parent_of(organization, unit), {}
        for size, room in product(self._sizes, index.rooms):
            weights = weights_of(index, ViewState(size=size))
            scope = scope_showing(index.siblings, unit, above, room=ROOMS[room], weights=weights)
            focus_of[size, room] = focus_text(organization, scope.centre)
        record = records.of(unit_key(organization.units["id"][unit]))
        for kind in UNIT_FRAGMENTS:
            make = partial(self._json_of_unit, kind, unit)
            for words, content in in_languages(self.multilingual, make):
                for (size, room), focus in focus_of.items():
                    variant = self.variant(kind, words, {"size": size, ROOM: room})
                    record.answers[variant] = Answer(content, focus)

    def _json_of_unit(self, kind: str, unit: int, words: Words) -> str:
        parameters = FragmentParameters(words)
        return to_json(UNIT_FRAGMENTS[kind](self.index, unit, parameters, self.settings))

    def _add_pictures(self, focus: str, records: Records) -> None:
        """Add the pictures of a focus: the SVG without its fonts, and the name of the file."""
        for theme, words, (kind, diagram) in product(
            self.index.extent.pictures, self.words, PICTURES.items()
        ):
            for layout in LAYOUTS if diagram is Diagram.NETWORK else LAYOUTS[:1]:
                texts = {"focus": focus, "theme": str(theme), LANGUAGE: words.language}
                if diagram is Diagram.NETWORK:
                    texts["layout"] = str(layout)
                options = read_options(self._subject, diagram, Format.SVG, texts)
                content = {
                    "svg": draw(self._subject, options).svg,
                    "name": file_name(self._subject, options).removesuffix(f".{Format.SVG}"),
                }
                part = part_of(kind, {})
                variant = self.variant(kind, words, texts)
                record = records.of(unit_key(focus, part), part)
                record.answers[variant] = Answer(to_json(content))

    def _add_scopes(self, focus: Focus, sizes: Sequence[str], records: Records) -> set[Group]:
        """Add the answers about the scopes of a focus; return the groups in these scopes."""
        groups = set[Group]()
        for size in sizes:
            rooms: list[tuple[Scope, list[str]]] = []
            weights = weights_of(self.index, ViewState(size=size))
            for room in self.index.rooms:
                scope = scope_of(self.index.siblings, focus, room=ROOMS[room], weights=weights)
                same = next((names for each, names in rooms if each.entries == scope.entries), None)
                if same is None:
                    rooms.append((scope, [room]))
                else:
                    same.append(room)
            colours = ("",) if size else ("", *self.index.colours)
            for scope, names in rooms:
                about = _ScopeAnswers(self, records, scope, names, size)
                groups |= about.add(colours, with_matrix=size == sizes[0])
                if DEFAULT_ROOM in names and size == sizes[0]:
                    about.add_about_focus()
        return groups

    def _sizes_of(self, focus: Focus) -> Sequence[str]:
        """Return the sizes with which the diagrams of a focus are frozen.

        A group of what is smaller than a child has those with which it can be entered. With all,
        each had others within it, and these others again.
        """
        if not isinstance(focus, Group):
            return self._sizes
        return [
            size
            for size in self._sizes
            if self.index.siblings.can_gather(focus, weights_of(self.index, ViewState(size=size)))
        ]


class Records(dict[str, Record]):
    """Records by key."""

    def of(self, key: str, part: str = "") -> Record:
        """Return the record of a key, which is new if there is none yet."""
        return self.setdefault(key, Record(key, part))


def _groups_in(scope: Scope) -> set[Group]:
    """Return the groups that are drawn in a scope."""
    entries = (entry for each in scope.entries.values() for entry in each)
    return {entry.group for entry in entries if isinstance(entry, Members)}


@dataclass(frozen=True, slots=True)
class _ScopeAnswers:
    """The answers about one scope, with one size."""

    answers: Answers
    records: Records
    scope: Scope
    rooms: Sequence[str]
    """The rooms in which the scope is the same."""
    size: str

    @property
    def index(self) -> FrozenIndex:
        return self.answers.index

    @property
    def focus(self) -> str:
        return focus_text(self.scope.organization, self.scope.centre)

    def add(self, colours: Sequence[str], *, with_matrix: bool) -> set[Group]:
        """Add the answers about the scope in some colours, and about what can be opened in it.

        Return the groups that are drawn.
        """
        shown = self._shown()
        for drawn in _drawn_alike(shown):
            self._add_diagrams(drawn, colours)
        self._add_lists(shown, with_matrix=with_matrix)
        groups = _groups_in(self.scope)
        if self.index.extent.opens and not self.size:
            for opened, text, scope in openings_in(self.scope):
                groups |= _groups_in(scope)
                key = opening_key(self.focus, text)
                shown = self._shown(ViewState(open=opened))
                for kind in LISTED_KINDS:
                    self._put(kind, shown, key=key, part=OPENED)
                for drawn, kind in product(_drawn_alike(shown), NETWORK_KINDS):
                    self._put(kind, drawn, key=key, part=OPENED)
        return groups

    def _add_diagrams(self, shown: ShownScope, colours: Sequence[str]) -> None:
        """Add the diagrams and their keys in some colours."""
        in_layouts = [shown.in_layout(layout) for layout in LAYOUTS]
        for layout, in_layout in zip(LAYOUTS, in_layouts, strict=True):
            self._put("curves", in_layout, {"layout": layout})
        for colour in colours:
            coloured = shown.coloured(colour)
            self._put("key", coloured, {"colour": colour})
            for layout, in_layout in zip(LAYOUTS, in_layouts, strict=True):
                values = {"colour": colour, "layout": layout}
                self._put("network", in_layout.coloured(colour), values)
            for room in self.rooms:
                # The labels depend on the room even where the scope does not.
                self._put("sunburst", coloured.in_room(room), {"colour": colour, ROOM: room})

    def _add_lists(self, shown: ShownScope, *, with_matrix: bool) -> None:
        """Add the outline and the matrix, in each order; that of the table has been drawn."""
        for sort in self.index.extent.sorts:
            is_default = sort == DEFAULT_STATE.sort
            listed = shown if is_default else self._shown(ViewState(sort=sort))
            self._put("outline", listed, {"sort": sort})
            self._put("nodes", listed, {"sort": sort})
            for by in (self.index.topics or ("",)) if with_matrix else ():
                of_topics = self._shown(ViewState(sort=sort, by=by))
                self._put("matrix", of_topics, {"sort": sort, "by": by})

    def add_about_focus(self) -> None:
        """Add the answers that depend on the focus alone."""
        for kind in ("breadcrumb", "relations"):
            self._put(kind, self._shown())
        if not self.index.extent.lists:
            return
        for by, topics in self.index.topics.items():
            covered = coverage(self.scope, topics)
            columns = {topic.id for topic in covered.columns}
            for column in topics.topics:
                if column in columns or covered.units[column]:
                    key = covering_key(self.focus, by, column)
                    shown = self._shown(ViewState(by=by), column)
                    self._put("covering", shown, key=key, part=MATRIX)

    def _shown(self, state: ViewState = DEFAULT_STATE, column: str = "") -> ShownScope:
        """Return the scope with the words of all languages at once."""
        state = replace(state, size=self.size)
        first = self.answers.words[0]
        parameters = FragmentParameters(first, state, column, room=self.rooms[0])
        shown = ShownScope(self.index, self.scope, parameters)
        return shown.in_language(self.answers.multilingual)

    def _put(
        self,
        kind: str,
        shown: ShownScope,
        values: Mapping[str, str] = NO_VALUES,
        *,
        key: str = "",
        part: str = "",
    ) -> None:
        """Add an answer to the record of the unit, or to that of another key, which has a part.

        Unless ``values`` has a room, it is the same in all.
        """
        part = part or part_of(kind, {"size": self.size, **values})
        record = self.records.of(key or unit_key(self.focus, part), part)
        for words, text in in_languages(
            shown.parameters.words, lambda words: _json_of(kind, shown.in_language(words))
        ):
            answer = Answer(text)
            for room in self.rooms if ROOM not in values else (values[ROOM],):
                variant = {"size": self.size, **values, ROOM: room}
                record.answers[self.answers.variant(kind, words, variant)] = answer


def _json_of(kind: str, shown: ShownScope) -> str:
    words = shown.parameters.words
    if kind != "sunburst" or not isinstance(words, Multilingual):
        return to_json(MADE[kind](shown))
    # Of its labels, the one in the centre is another one in each language.
    labels = [to_json(shown.named_alike(each).labels) for each in words.each]
    return f'{to_json(shown.figures)[:-1]},"labels":{alternatives_in(labels)}}}'


def _drawn_alike(shown: ShownScope) -> Sequence[ShownScope]:
    """Return a scope as it is if the names in its diagrams are the same in all its languages.

    Else places differ, too, and it is returned in each language.
    """
    words, source = shown.parameters.words, shown.source
    if not isinstance(words, Multilingual) or source is None:
        return [shown]
    names, others = ([node.forms for node in each.tree.nodes] for each in (shown, source))
    if names == others and texts_of(shown.opened) == texts_of(source.opened):
        return [shown]
    return [
        source if each == source.parameters.words else shown.in_language(each)
        for each in words.each
    ]


Openings = tuple[tuple[Focus, bool], ...]


def openings_in(scope: Scope) -> Iterator[tuple[Openings, str, Scope]]:
    """Yield what can be opened or closed in place in a scope, also as in an address, and its scope.

    A reader opens a box, then one in that, ...; or closes a box that is open.
    """
    organization = scope.organization
    for focus in scope.entries:
        if focus != scope.centre:
            text = f"{CLOSED}{focus_text(organization, focus)}"
            yield ((focus, False),), text, scope.opened({focus: False})
    waiting: list[tuple[Openings, Scope]] = [((), scope)]
    while waiting:
        opened, shown = waiting.pop()
        drawn = shown.entries if not opened else {opened[-1][0]: shown.entries[opened[-1][0]]}
        for entry in (entry for entries in drawn.values() for entry in entries):
            focus = entry.group if isinstance(entry, Members) else entry
            is_closed = focus not in shown.entries
            if is_closed and (isinstance(focus, Group) or not organization.is_leaf(focus)):
                chain: Openings = (*opened, (focus, True))
                with_chain = shown.opened({focus: True})
                waiting.append((chain, with_chain))
                text = SEPARATOR.join(focus_text(organization, each) for each, _ in chain)
                yield chain, text, with_chain
