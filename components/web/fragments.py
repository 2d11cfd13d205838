"""Fragments: the content of a page for one unit, as JSON that never changes.

A fragment is a pure function of the organization, a unit and parameters. Its address names the
edition, which is another one with other data or another program; so it may be cached forever.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from http import HTTPStatus
from typing import Any, TypeVar

from dash.development.base_component import Component
from flask import Blueprint, Response, request

from components.diagrams.arrangement import Arrangement, texts_of
from components.diagrams.connection_path import path_for_page
from components.diagrams.encoding import Encoding, encoding_of
from components.diagrams.labels import sector_labels
from components.diagrams.network import CytoscapeElement, arrangements_of, network_elements
from components.diagrams.rooms import DEFAULT_ROOM, ROOMS
from components.diagrams.style import Theme
from components.diagrams.sunburst import radii_of, sunburst_figure, sunburst_labels
from components.diagrams.tree import Tree, translated, tree_of
from components.model.changes import ChangeKind
from components.model.groups import Focus, find_focus, focus_text, unit_of
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.model.scope import Scope, parent_of, scope_of, scope_showing
from components.model.shortest_chains import units_of
from components.search.nearest import nearest_units
from components.settings import Settings
from components.view_state import (
    Layout,
    ViewState,
    read_view_state,
    scope_of_lists,
    scope_of_network,
    scope_of_view,
    weights_of,
)
from components.views.changes_list import changes_list, further_changes, further_parts
from components.views.connection import MAX_STEPS, connection_section
from components.views.encoding import encoding_choices, encoding_legend
from components.views.filters import filter_menu, matches
from components.views.matrix import chosen_topics, covering_list, matrix
from components.views.outline import breadcrumb, outline
from components.views.page import page_parts
from components.views.panel import overview_panel, unit_panel, unknown_unit_panel
from components.views.problems import problems_list
from components.views.relations import relations_list
from components.views.stage import network_style
from components.web.compression import compressed_text, compressed_text_response
from components.web.editions import Edition, Editions
from components.web.headers import CACHE_FOREVER
from components.web.moments import edition_named
from components.words import LANGUAGE, Words, language_for, words_in

JSON = "application/json"
DEFAULT_STATE = ViewState()
ABOUT_COMPONENTS = {"available_properties", "available_wildcard_properties"}
"""Attributes of Dash components that are no properties."""
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class FragmentParameters:
    """The parameters of a fragment apart from its kind and unit.

    Unknown values, and those on which the kind does not depend, are left out. So the number of
    different fragments is limited, whatever addresses are requested.
    """

    words: Words
    state: ViewState = DEFAULT_STATE
    """With the keys on which the kind depends."""
    column: str = ""
    """Id of a column of the matrix."""
    part: int = 0
    """Number of a part of the list of changes."""
    room: str = DEFAULT_ROOM
    """How much can be read in the diagrams, one of ``ROOMS``."""


@dataclass(frozen=True)
class ShownScope:
    """A scope, and the trees that its fragments share."""

    index: OrganizationIndex
    scope: Scope
    parameters: FragmentParameters
    source: ShownScope | None = None
    """The same in another language."""
    computed: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)
    """What the scope has in common in several languages, layouts, colours and rooms."""

    @cached_property
    def tree(self) -> Tree:
        """The nodes of the scope, for the sunburst."""
        if self.source:
            return translated(self.source.tree, self.parameters.words)
        return self._tree_of(self.scope)

    @cached_property
    def opened(self) -> Tree:
        """The nodes of the network."""
        if self.source and self.source.opened is not self.source.tree:
            return translated(self.source.opened, self.parameters.words)
        if self.source:
            return self.tree
        return self._tree_of(scope_of_network(self.parameters.state, self.scope))

    @cached_property
    def listed_scope(self) -> Scope:
        """The scope of the outline and the matrix."""
        return scope_of_lists(self.index, self.parameters.state, self.scope)

    @cached_property
    def listed(self) -> Tree:
        """The nodes of the outline."""
        if self.source and self.source.listed is not self.source.tree:
            return translated(self.source.listed, self.parameters.words)
        if self.source:
            return self.tree
        return self._tree_of(self.listed_scope)

    @cached_property
    def encoding(self) -> Encoding:
        """What angles, bars and colours show."""
        return encoding_of(self.parameters.state, self.index)

    @cached_property
    def arrangements(self) -> Mapping[Layout, Arrangement]:
        """Where the network has its nodes and lines."""
        layouts = self.parameters.state.layout.alternatives
        key = (layouts, texts_of(self.opened))
        return self._computed(key, lambda: arrangements_of(self.opened, layouts))

    @cached_property
    def network(self) -> list[CytoscapeElement]:
        """The elements of the network."""
        return network_elements(self.opened, arrangements=self.arrangements)

    @cached_property
    def figures(self) -> Mapping[Theme, Any]:
        """The figure of the sunburst in each theme."""
        return {theme: sunburst_figure(self.tree, theme=theme) for theme in Theme}

    @cached_property
    def labels(self) -> list[dict[str, Any]]:
        """The labels of the sunburst, for the radii that it can have in the room."""
        key = (self.parameters.room, tuple(node.forms for node in self.tree.nodes))
        radii = radii_of(self.parameters.room)
        of_sectors = self._computed(key, lambda: [sector_labels(self.tree, each) for each in radii])
        return sunburst_labels(self.tree, radii, of_sectors)

    def coloured(self, colour: str) -> ShownScope:
        """Return the same in the colours of a column, on which no name and no place depends."""
        if colour == self.parameters.state.colour:
            return self
        shown = self._with_state(colour=colour)
        for name in ("tree", "opened"):
            vars(shown)[name] = replace(getattr(self, name), encoding=shown.encoding)
        return shown

    def in_layout(self, layout: Layout) -> ShownScope:
        """Return the same with another layout of the network."""
        if layout is self.parameters.state.layout:
            return self
        shown = self._with_state(layout=layout)
        vars(shown).update(tree=self.tree, opened=self.opened)
        return shown

    def in_room(self, room: str) -> ShownScope:
        """Return the same in another room in which the scope is the same."""
        if room == self.parameters.room:
            return self
        shown = replace(self, parameters=replace(self.parameters, room=room))
        vars(shown).update(tree=self.tree, opened=self.opened, figures=self.figures)
        return shown

    def in_language(self, words: Words) -> ShownScope:
        """Return the same in another language."""
        if words == self.parameters.words:
            return self
        return replace(self, parameters=replace(self.parameters, words=words), source=self)

    def named_alike(self, words: Words) -> ShownScope:
        """Return the same in another language that has the same names in both diagrams."""
        shown = replace(self, parameters=replace(self.parameters, words=words))
        for name in ("tree", "opened"):
            vars(shown)[name] = replace(getattr(self, name), words=words)
        return shown

    def _with_state(self, **values: Any) -> ShownScope:
        state = replace(self.parameters.state, **values)
        return replace(self, parameters=replace(self.parameters, state=state))

    def _computed(self, key: Hashable, compute: Callable[[], Value]) -> Value:
        if key not in self.computed:
            self.computed[key] = compute()
        value: Value = self.computed[key]
        return value

    def _tree_of(self, scope: Scope) -> Tree:
        if scope is self.scope and "tree" in vars(self):
            return self.tree
        return tree_of(scope, self.parameters.words, self.encoding)


def _sunburst(shown: ShownScope) -> Any:
    return {**shown.figures, "labels": shown.labels}


def _matches(shown: ShownScope) -> Any:
    tree = tree_of(shown.listed_scope, shown.parameters.words)
    return matches(tree, shown.parameters.state, shown.index)


def _matrix(shown: ShownScope) -> Any:
    by = shown.index.topics.get(shown.parameters.state.by)
    return matrix(shown.listed_scope, by, shown.parameters.words, shown.encoding.size)


def _covering(shown: ShownScope) -> Any:
    by, parameters = shown.index.topics[shown.parameters.state.by], shown.parameters
    return covering_list(shown.scope, by, parameters.column, parameters.words)


CHANGES, FURTHER_CHANGES = "changes", "further-changes"
"""The kinds for the list of changes, and for what it does not have at first: a ``part`` of one kind
of changes."""
SCOPE_FRAGMENTS: Mapping[str, Callable[[ShownScope], Any]] = {
    "sunburst": _sunburst,
    "network": lambda shown: shown.network,
    "outline": lambda shown: outline(shown.listed),
    "key": lambda shown: encoding_legend(shown.scope, shown.encoding, shown.parameters.words),
    "breadcrumb": lambda shown: breadcrumb(shown.scope, shown.parameters.words),
    "matches": _matches,
    "matrix": _matrix,
    "covering": _covering,
    "relations": lambda shown: relations_list(
        shown.index, shown.scope.focus, shown.parameters.words
    ),
}
UNIT_FRAGMENTS: Mapping[
    str, Callable[[OrganizationIndex, int, FragmentParameters, Settings], Any]
] = {
    "panel": lambda index, unit, params, settings: unit_panel(
        index,
        unit,
        params.words,
        settings.further_sections(index.organization, unit, params.words),
    ),
}
ORGANIZATION_FRAGMENTS: Mapping[str, Callable[[OrganizationIndex, Words], Any]] = {
    "overview": overview_panel,
    CHANGES: lambda index, words: changes_list(index.organization, words),
    "filters": filter_menu,
    "encoding": encoding_choices,
    "problems": lambda index, words: problems_list(index.organization, words),
    "network-style": lambda index, _: network_style(index.organization.relation_kinds),
    "page-parts": page_parts,
}
"""The same for every unit."""
ROOM = "room"
"""The parameter for how much can be read in the diagrams."""
CONNECTION = "connection"
"""The kind for two units, the second as the parameter ``to``, in the diagrams of a ``focus``."""
KEYS_OF: Mapping[str, Sequence[str]] = {
    "sunburst": (ROOM, "size", "colour"),
    "network": (ROOM, "size", "colour", "layout", "open"),
    "key": (ROOM, "size", "colour"),
    "outline": (ROOM, "size", "sort", "open"),
    "breadcrumb": (ROOM, "size"),
    "relations": ("size",),
    "matches": (ROOM, *DEFAULT_STATE.filters, "size", "sort", "open"),
    "matrix": (ROOM, "size", "by", "sort", "open"),
    "panel": (ROOM, "size"),
    "covering": ("size", "by"),
    FURTHER_CHANGES: ("changes",),
    CONNECTION: (ROOM, "focus", "to", "size", "layout", "open"),
}
"""The keys of the view on which each kind depends, and whether it depends on the room; the others
depend on none."""
FRAGMENT_KINDS = (
    *SCOPE_FRAGMENTS,
    *UNIT_FRAGMENTS,
    *ORGANIZATION_FRAGMENTS,
    CONNECTION,
    FURTHER_CHANGES,
)


def fragment(
    index: OrganizationIndex,
    kind: str,
    focus: Focus,
    settings: Settings,
    parameters: FragmentParameters,
) -> Mapping[str, Any]:
    """Return a fragment as ``unit``, ``focus`` and ``content``.

    ``unit`` is what is shown, a unit or for diagrams also a group, ``focus`` that in whose diagrams
    it appears, both as in an address. ``content`` is a figure for each theme and the labels
    (``sunburst``), Cytoscape elements (``network``), the matches of the filters (``matches``), the
    ``page-parts``, or Dash components (the others). Of a ``connection`` it has the id of the second
    unit (``to``), the chain of ``units`` and its ``steps``, Dash components (``panel``), and the
    path of the chain in the diagrams of the focus.
    """
    organization, ids, unit = index.organization, index.organization.units["id"], unit_of(focus)
    room, weights = ROOMS[parameters.room], weights_of(index, parameters.state)
    if kind == CONNECTION:
        return _connection(index, unit, parameters)
    if kind == FURTHER_CHANGES:
        (changed,), part = parameters.state.changes, parameters.part
        content = further_changes(organization, parameters.words, ChangeKind(changed), part)
        return {"unit": ids[0], "focus": ids[0], "content": content}
    if kind in SCOPE_FRAGMENTS:
        scope = scope_of(index.siblings, focus, room=room, weights=weights)
        centre = focus_text(organization, scope.centre)
        content = SCOPE_FRAGMENTS[kind](ShownScope(index, scope, parameters))
        return {"unit": centre, "focus": centre, "content": content}
    if kind in ORGANIZATION_FRAGMENTS:
        content = ORGANIZATION_FRAGMENTS[kind](index, parameters.words)
        return {"unit": ids[0], "focus": ids[0], "content": content}
    above = parent_of(organization, unit)
    scope = scope_showing(index.siblings, unit, above, room=room, weights=weights)
    content = UNIT_FRAGMENTS[kind](index, unit, parameters, settings)
    return {"unit": ids[unit], "focus": focus_text(organization, scope.centre), "content": content}


def _connection(
    index: OrganizationIndex, unit: int, parameters: FragmentParameters
) -> Mapping[str, Any]:
    organization, ids = index.organization, index.organization.units["id"]
    to, words = parameters.state.to or 0, parameters.words
    state = replace(parameters.state, unit=unit, to=to)
    scope = scope_of_view(index, state, ROOMS[parameters.room])
    shown = ShownScope(index, scope, parameters)
    steps = index.chain(unit, to)
    content = {
        "to": ids[to],
        "units": [ids[number] for number in units_of(steps[:MAX_STEPS])],
        "steps": [
            {"basis": step.basis, "direction": step.direction, "through": step.through}
            for step in steps[:MAX_STEPS]
        ],
        "panel": [connection_section(organization, steps, words)] if steps else [],
        **path_for_page(shown.tree, shown.opened, steps, shown.network),
    }
    centre = focus_text(organization, scope.centre)
    return {"unit": ids[unit], "focus": centre, "content": content}


def fragments_blueprint(editions: Editions, settings: Settings) -> Blueprint:
    """Return the route of the fragments; without a unit in the query, they are of the top.

    Proxies may refuse or change ids in a path: those with slashes, dots, percent signs.

    An edition that is not served is answered with 410 and the one that the page shows now, that of
    the day in the address (``at``) or else the current one; an unknown unit with 404, the closest
    matches, and ``content`` to be shown; an unknown column of the matrix with 404.
    """
    blueprint = Blueprint("fragments", __name__)

    @blueprint.get("/fragments/<version>/<kind>.json")
    def fragment_response(version: str, kind: str) -> Response:
        if kind not in FRAGMENT_KINDS:
            message = f"There is no such kind of fragment; there are {', '.join(FRAGMENT_KINDS)}."
            return _not_found(message)
        edition = edition_named(editions, version)
        if edition.name != version:
            return gone_response(edition)
        return _fragment_response(edition, kind, settings)

    return blueprint


def gone_response(edition: Edition) -> Response:
    """Return the response for an edition that is not served: 410, with the one instead of it."""
    return _json_response(to_json(edition.as_dict()), HTTPStatus.GONE)


def _fragment_response(edition: Edition, kind: str, settings: Settings) -> Response:
    organization = edition.organization
    name, to = (request.args.get(key, "") for key in ("unit", "to"))
    focus = find_focus(organization, name) if name else 0
    if focus is None:
        return _unknown_unit(organization, name)
    if kind == CONNECTION and organization.find(to) is None:
        return _unknown_unit(organization, to)
    parameters = _parameters(edition.index, kind)
    if kind == "covering" and not parameters.column:
        return _not_found("There is no such column.")
    if kind == FURTHER_CHANGES and not _has_part(organization, parameters):
        return _not_found("There is no such part of the list of changes.")
    if kind in ORGANIZATION_FRAGMENTS or kind == FURTHER_CHANGES:
        focus = 0
    elif kind not in SCOPE_FRAGMENTS:
        focus = unit_of(focus)
    text = edition.fragments.get_or_compute(
        (kind, focus, parameters),
        lambda: compressed_text(
            to_json(fragment(edition.index, kind, focus, settings, parameters))
        ),
    )
    response = compressed_text_response(text, JSON)
    response.headers["Cache-Control"] = CACHE_FOREVER
    return response


def _has_part(organization: Organization, parameters: FragmentParameters) -> bool:
    """Return whether the list of changes has the requested part."""
    kinds = parameters.state.changes
    parts = further_parts(organization)
    return len(kinds) == 1 and 0 <= parameters.part < parts.get(kinds[0], 0)


def _words_of_address(organization: Organization) -> Words:
    """Return the words in the language of the address, whatever language the reader prefers.

    So an address has the same answer for everybody, and shared caches may keep it.
    """
    return words_in(language_for(request.args.get(LANGUAGE, ""), ())).about(organization)


def _parameters(index: OrganizationIndex, kind: str) -> FragmentParameters:
    """Return the parameters of the request on which a kind of fragment depends."""
    keys, column = KEYS_OF.get(kind, ()), ""
    state = read_view_state(request.args, index)
    state = replace(state, to=index.organization.find(request.args.get("to", "")))
    by = chosen_topics(index, state.by) if "by" in keys else None
    if by is not None:
        state, requested = replace(state, by=by.id), request.args.get("column", "")
        column = requested if kind == "covering" and requested in by.topics else ""
    relevant = replace(DEFAULT_STATE, **{key: getattr(state, key) for key in keys if key != ROOM})
    room = request.args.get(ROOM, "") if ROOM in keys else ""
    part = request.args.get("part", "") if kind == FURTHER_CHANGES else ""
    return FragmentParameters(
        _words_of_address(index.organization),
        relevant,
        column,
        int(part) if part.isdecimal() else 0,
        room if room in ROOMS else DEFAULT_ROOM,
    )


def _unknown_unit(organization: Organization, name: str) -> Response:
    nearest = nearest_units(organization, name)
    ids, names = organization.units["id"], organization.units["name"]
    return _not_found(
        "There is no such unit; the nearest names are listed.",
        nearest=[{"unit": ids[unit], "name": names[unit]} for unit in nearest],
        content=unknown_unit_panel(organization, nearest, _words_of_address(organization)),
    )


def _not_found(message: str, **content: Any) -> Response:
    return _json_response(to_json({"message": message, **content}), HTTPStatus.NOT_FOUND)


def _json_response(text: str, status: HTTPStatus) -> Response:
    response = Response(text, status, mimetype=JSON)
    response.headers["Cache-Control"] = "no-store"
    return response


def to_json(content: Any) -> str:
    """Return figures, elements and Dash components as compact JSON."""
    return json.dumps(content, default=_to_dict, separators=(",", ":"), ensure_ascii=False)


def _to_dict(content: Any) -> Any:
    """Return a Dash component, or any other mapping, as a ``dict``."""
    if not isinstance(content, Component):
        return dict(content)
    # As ``to_plotly_json``, which looks for each property that a component might have.
    values = vars(content)
    properties = {name: values[name] for name in _properties_of(tuple(values))}
    return {"props": properties, **_kind_of(type(content))}


@cache
def _properties_of(attributes: Sequence[str]) -> Sequence[str]:
    """Return the properties of a component with some attributes.

    Sorted, since their order is another one in each process, and the same content has the same
    text.
    """
    return sorted({name for name in attributes if name[0] != "_"} - ABOUT_COMPONENTS)


@cache
def _kind_of(component: type[Component]) -> Mapping[str, str]:
    """Return the type and the namespace of a class of components."""
    described = component().to_plotly_json()  # type: ignore[no-untyped-call]
    return {key: described[key] for key in ("type", "namespace")}
