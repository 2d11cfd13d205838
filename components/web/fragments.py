"""Fragments: the content of a page for one unit, as JSON that never changes.

A fragment is a pure function of the organization, a unit and parameters. Its address names the
edition, which is another one with other data or another program; so it may be cached forever.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

from dash.development.base_component import Component
from flask import Blueprint, Response, request
from werkzeug.routing import BaseConverter

from components.diagrams.connection_path import path_for_page
from components.diagrams.network import network_elements
from components.diagrams.style import Theme
from components.diagrams.sunburst import sunburst_figure, sunburst_labels
from components.diagrams.tree import tree_of
from components.model.coverage import TopicKind, topics
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.model.scope import Scope, focus_showing, scope_of
from components.model.shortest_chains import units_of
from components.search.nearest import nearest_units
from components.settings import Settings
from components.view_state import ViewState, read_view_state, scope_of_view
from components.views.connection import MAX_STEPS, connection_section
from components.views.filters import filter_menu, matches
from components.views.matrix import available_topic_kind, covering_list, matrix
from components.views.outline import breadcrumb, outline
from components.views.page import page_parts
from components.views.panel import overview_panel, unit_panel, unknown_unit_panel
from components.views.problems import problems_list
from components.views.relations import relations_list
from components.views.stage import network_style
from components.web.editions import Edition, Editions
from components.web.headers import CACHE_FOREVER
from components.words import LANGUAGE, Words, language_for, words_in

DEFAULT_STATE = ViewState()


@dataclass(frozen=True, slots=True)
class FragmentParameters:
    """The parameters of a fragment apart from its kind and unit.

    Unknown values, and those on which the kind does not depend, are left out. So the number of
    different fragments is limited, whatever addresses are requested.
    """

    words: Words
    state: ViewState = DEFAULT_STATE
    """With the keys on which the kind depends."""
    by: TopicKind | None = None
    """The columns of the matrix; None if the organization has none."""
    column: str = ""
    """Id of a theme or reference."""


def _sunburst(scope: Scope, words: Words) -> Any:
    tree = tree_of(scope, words)
    figures = {theme: sunburst_figure(tree, theme=theme) for theme in Theme}
    return {**figures, "labels": sunburst_labels(tree)}


SCOPE_FRAGMENTS: Mapping[str, Callable[[OrganizationIndex, Scope, FragmentParameters], Any]] = {
    "sunburst": lambda _, scope, params: _sunburst(scope, params.words),
    "network": lambda _, scope, params: network_elements(tree_of(scope, params.words)),
    "outline": lambda _, scope, params: outline(scope, params.words),
    "breadcrumb": lambda _, scope, params: breadcrumb(scope, params.words),
    "matches": lambda index, scope, params: matches(
        tree_of(scope, params.words), params.state, index
    ),
    "matrix": lambda _, scope, params: matrix(scope, params.by or "", params.words),
    "relations": lambda index, scope, params: relations_list(index, scope.focus, params.words),
}
UNIT_FRAGMENTS: Mapping[str, Callable[[Organization, int, FragmentParameters, Settings], Any]] = {
    "panel": lambda organization, unit, params, settings: unit_panel(
        organization,
        unit,
        params.words,
        settings.further_sections(organization, unit, params.words),
    ),
    "covering": lambda organization, unit, params, _: covering_list(
        organization, unit, (params.by or TopicKind.THEMES, params.column), params.words
    ),
}
ORGANIZATION_FRAGMENTS: Mapping[str, Callable[[OrganizationIndex, Words], Any]] = {
    "overview": lambda index, words: overview_panel(index.organization, words),
    "filters": filter_menu,
    "problems": lambda index, words: problems_list(index.organization, words),
    "network-style": lambda index, _: network_style(index.organization.relation_kinds),
    "page-parts": lambda index, words: page_parts(index.organization, words),
}
"""The same for every unit."""
CONNECTION = "connection"
"""The kind for two units, the second as the parameter ``to``, in the diagrams of a ``focus``."""
FIRST_FRAGMENTS = ("network", "sunburst")
"""The kinds that every page requests for its focus at the start."""
FRAGMENT_KINDS = (*SCOPE_FRAGMENTS, *UNIT_FRAGMENTS, *ORGANIZATION_FRAGMENTS, CONNECTION)


def fragment(
    index: OrganizationIndex,
    kind: str,
    unit: int,
    settings: Settings,
    parameters: FragmentParameters,
) -> Mapping[str, Any]:
    """Return a fragment as ``unit``, ``focus`` and ``content``.

    ``unit`` is the id of the unit that is shown, ``focus`` that of the unit in whose diagrams it
    appears. ``content`` is a figure for each theme and the labels (``sunburst``), Cytoscape
    elements (``network``), the matches of the filters (``matches``), the ``page-parts``, or Dash
    components (the others). Of a ``connection`` it has the id of the second unit (``to``), the
    chain of ``units`` and its ``steps``, Dash components (``panel``), and the path of the chain in
    the diagrams of the focus.
    """
    organization, ids = index.organization, index.organization.units["id"]
    if kind == CONNECTION:
        return _connection(index, unit, settings, parameters)
    if kind in SCOPE_FRAGMENTS:
        scope = scope_of(organization, unit, levels=settings.levels, most=settings.most_units)
        content = SCOPE_FRAGMENTS[kind](index, scope, parameters)
        return {"unit": ids[scope.focus], "focus": ids[scope.focus], "content": content}
    if kind in ORGANIZATION_FRAGMENTS:
        content = ORGANIZATION_FRAGMENTS[kind](index, parameters.words)
        return {"unit": ids[0], "focus": ids[0], "content": content}
    focus = ids[focus_showing(organization, unit)]
    content = UNIT_FRAGMENTS[kind](organization, unit, parameters, settings)
    return {"unit": ids[unit], "focus": focus, "content": content}


def _connection(
    index: OrganizationIndex, unit: int, settings: Settings, parameters: FragmentParameters
) -> Mapping[str, Any]:
    organization, ids = index.organization, index.organization.units["id"]
    to, words = parameters.state.to or 0, parameters.words
    state = replace(parameters.state, unit=unit, to=to)
    scope = scope_of_view(index, state, levels=settings.levels, most=settings.most_units)
    steps = index.chain(unit, to)
    content = {
        "to": ids[to],
        "units": [ids[number] for number in units_of(steps[:MAX_STEPS])],
        "steps": [
            {"basis": step.basis, "direction": step.direction, "through": step.through}
            for step in steps[:MAX_STEPS]
        ],
        "panel": [connection_section(organization, steps, words)] if steps else [],
        **path_for_page(tree_of(scope, words), steps),
    }
    return {"unit": ids[unit], "focus": ids[scope.focus], "content": content}


def fragments_blueprint(editions: Editions, settings: Settings) -> Blueprint:
    """Return the route of the fragments.

    An edition that is not served is answered with 410 and the current one; an unknown unit with
    404, the closest matches, and ``content`` to be shown; an unknown theme or reference with 404.
    """
    blueprint = Blueprint("fragments", __name__)
    blueprint.record(lambda setup: setup.app.url_map.converters.update(remit_unit=_AnyText))

    @blueprint.get("/fragments/<version>/<kind>/<remit_unit:name>.json", merge_slashes=False)
    def fragment_response(version: str, kind: str, name: str) -> Response:
        if kind not in FRAGMENT_KINDS:
            message = f"There is no such kind of fragment; there are {', '.join(FRAGMENT_KINDS)}."
            return _not_found(message)
        edition = editions.find(version)
        if edition is None:
            return gone_response(editions)
        return _fragment_response(edition, kind, name, settings)

    return blueprint


def gone_response(editions: Editions) -> Response:
    """Return the response for an edition that is not served: 410, with the current edition."""
    return _json_response(to_json(editions.snapshot.current.as_dict()), HTTPStatus.GONE)


def _fragment_response(edition: Edition, kind: str, name: str, settings: Settings) -> Response:
    organization, to = edition.organization, request.args.get("to", "")
    unit = organization.find(name)
    if unit is None:
        return _unknown_unit(organization, name)
    if kind == CONNECTION and organization.find(to) is None:
        return _unknown_unit(organization, to)
    parameters = _parameters(edition.index, kind)
    if kind == "covering" and not parameters.column:
        return _not_found("There is no such theme or reference.")
    number = 0 if kind in ORGANIZATION_FRAGMENTS else unit
    text = edition.fragments.get_or_compute(
        (kind, number, parameters),
        lambda: to_json(fragment(edition.index, kind, number, settings, parameters)),
    )
    return _json_response(text, HTTPStatus.OK)


def _words_of_address() -> Words:
    """Return the words in the language of the address, whatever language the reader prefers.

    So an address has the same answer for everybody, and shared caches may keep it.
    """
    return words_in(language_for(request.args.get(LANGUAGE, ""), ()))


def _parameters(index: OrganizationIndex, kind: str) -> FragmentParameters:
    """Return the parameters of the request on which a kind of fragment depends."""
    words, organization = _words_of_address(), index.organization
    state = read_view_state(request.args, index)
    match kind:
        case "matches":
            return FragmentParameters(words, ViewState(types=state.types, themes=state.themes))
        case "matrix":
            return FragmentParameters(words, by=available_topic_kind(organization, state.by))
        case "covering":
            by = available_topic_kind(organization, state.by)
            column = request.args.get("column", "")
            is_known = by is not None and column in topics(organization, by)
            return FragmentParameters(words, by=by, column=column if is_known else "")
        case "connection":
            to = organization.find(request.args.get("to", ""))
            return FragmentParameters(words, ViewState(focus=state.focus, to=to))
        case _:
            return FragmentParameters(words)


class _AnyText(BaseConverter):
    """Any id, with slashes, even at its start, and line breaks."""

    regex = "(?s:.+)"
    part_isolating = False


def _unknown_unit(organization: Organization, name: str) -> Response:
    nearest = nearest_units(organization, name)
    ids, names = organization.units["id"], organization.units["name"]
    return _not_found(
        "There is no such unit; the nearest names are listed.",
        nearest=[{"unit": ids[unit], "name": names[unit]} for unit in nearest],
        content=unknown_unit_panel(organization, nearest, _words_of_address()),
    )


def _not_found(message: str, **content: Any) -> Response:
    return _json_response(to_json({"message": message, **content}), HTTPStatus.NOT_FOUND)


def _json_response(text: str, status: HTTPStatus) -> Response:
    response = Response(text, status, mimetype="application/json")
    response.headers["Cache-Control"] = CACHE_FOREVER if status is HTTPStatus.OK else "no-store"
    return response


def to_json(content: Any) -> str:
    """Return figures, elements and Dash components as compact JSON."""
    return json.dumps(content, default=_to_dict, separators=(",", ":"), ensure_ascii=False)


def _to_dict(content: Any) -> Any:
    """Return a Dash component, or any other mapping, as a ``dict``."""
    if isinstance(content, Component):
        return content.to_plotly_json()  # type: ignore[no-untyped-call]
    return dict(content)
