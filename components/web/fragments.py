"""Fragments: what a page shows of one unit, as JSON that never changes.

A fragment is a pure function of (organization, unit), addressed by (edition, kind, unit). An
edition is the content of the organization as this program shows it: with other data, or another
program, it is another one, so that a fragment may be kept for ever.
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
from components.model.coverage import By, topics
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.model.scope import Scope, scope_of
from components.model.shortest_chains import units_of
from components.search.nearest import nearest_units
from components.settings import Settings
from components.view_state import ViewState, read_view_state, scope_of_view
from components.views.connection import MAX_STEPS, connection_section
from components.views.filters import filter_menu, matches
from components.views.matrix import by_of, covering_list, matrix
from components.views.outline import breadcrumb, outline
from components.views.page import page_parts
from components.views.panel import overview_panel, unit_panel, unknown_unit_panel
from components.views.problems import problems_list
from components.views.relations import relations_list
from components.web.editions import Edition, Editions
from components.words import LANGUAGE, Words, language_for, words_in

FOR_EVER = "public, max-age=31536000, immutable"
BARE = ViewState()


@dataclass(frozen=True, slots=True)
class FragmentParameters:
    """The parameters of a fragment, beside its kind and unit.

    Unknown values and those on which the kind does not depend are left out, so that there are no
    more different fragments than the organization gives, whatever an address says.
    """

    words: Words
    state: ViewState = BARE
    """With the keys on which the kind depends."""
    by: By | None = None
    """The columns of the matrix, of those that there are."""
    column: str = ""
    """Id of a theme or reference."""


def _sunburst(scope: Scope, words: Words) -> Any:
    tree = tree_of(scope, words)
    figures = {theme: sunburst_figure(tree, theme=theme) for theme in Theme}
    return {**figures, "labels": sunburst_labels(tree)}


OF_A_SCOPE: Mapping[str, Callable[[OrganizationIndex, Scope, FragmentParameters], Any]] = {
    "sunburst": lambda _, scope, given: _sunburst(scope, given.words),
    "network": lambda _, scope, given: network_elements(tree_of(scope, given.words)),
    "outline": lambda _, scope, given: outline(scope, given.words),
    "breadcrumb": lambda _, scope, given: breadcrumb(scope, given.words),
    "matches": lambda index, scope, given: matches(tree_of(scope, given.words), given.state, index),
    "matrix": lambda _, scope, given: matrix(scope, given.by or "", given.words),
    "relations": lambda index, scope, given: relations_list(index, scope.focus, given.words),
}
OF_A_UNIT: Mapping[str, Callable[[Organization, int, FragmentParameters], Any]] = {
    "panel": lambda organization, unit, given: unit_panel(organization, unit, given.words),
    "covering": lambda organization, unit, given: covering_list(
        organization, unit, (given.by or By.THEMES, given.column), given.words
    ),
}
OF_THE_WHOLE: Mapping[str, Callable[[OrganizationIndex, Words], Any]] = {
    "overview": lambda index, words: overview_panel(index.organization, words),
    "filters": filter_menu,
    "problems": lambda index, words: problems_list(index.organization, words),
    "page-parts": lambda index, words: page_parts(index.organization, words),
}
"""Of the organization: the same for every unit."""
CONNECTION = "connection"
"""Of a unit with another one, ``to``, in the picture of a ``focus``."""
AT_ONCE = ("sunburst", "network", "outline", "breadcrumb")
"""What every page asks for of its scope as it begins."""
KINDS = (*OF_A_SCOPE, *OF_A_UNIT, *OF_THE_WHOLE, CONNECTION)


def fragment(
    index: OrganizationIndex, kind: str, unit: int, settings: Settings, given: FragmentParameters
) -> Any:
    """Return what a page shows of a unit: ``unit``, ``focus`` and ``content``.

    ``unit`` is the id of the unit that is shown, ``focus`` of the one in whose picture it
    appears. ``content`` is a figure for each theme and the labels (``sunburst``), Cytoscape
    elements (``network``), what filters leave (``matches``), the ``page-parts``, or Dash
    components (the others). Of a
    ``connection`` it has the id of the other unit (``to``), the chain of ``units`` and its
    ``steps``, Dash components (``panel``), and how it is drawn in the picture of the focus.
    """
    organization, ids = index.organization, index.organization.units["id"]
    if kind == CONNECTION:
        return _connection(index, unit, settings, given)
    if kind in OF_A_SCOPE:
        scope = scope_of(organization, unit, levels=settings.levels, most=settings.most_units)
        content = OF_A_SCOPE[kind](index, scope, given)
        return {"unit": ids[scope.focus], "focus": ids[scope.focus], "content": content}
    if kind in OF_THE_WHOLE:
        content = OF_THE_WHOLE[kind](index, given.words)
        return {"unit": ids[0], "focus": ids[0], "content": content}
    focus = ids[max(int(organization.parent[unit]), 0)]
    content = OF_A_UNIT[kind](organization, unit, given)
    return {"unit": ids[unit], "focus": focus, "content": content}


def _connection(
    index: OrganizationIndex, unit: int, settings: Settings, given: FragmentParameters
) -> dict[str, Any]:
    organization, ids = index.organization, index.organization.units["id"]
    to, words = given.state.to or 0, given.words
    state = replace(given.state, unit=unit, to=to)
    scope = scope_of_view(index, state, levels=settings.levels, most=settings.most_units)
    steps = index.chain(unit, to)
    content = {
        "to": ids[to],
        "units": [ids[each] for each in units_of(steps[:MAX_STEPS])],
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

    An edition that is not answered for gets 410 and what there is to know of the current one; an
    unknown unit 404 and the nearest names, also as ``content`` to be shown; an unknown theme or
    reference 404.
    """
    blueprint = Blueprint("fragments", __name__)
    blueprint.record(lambda setup: setup.app.url_map.converters.update(id=_AnyText))

    @blueprint.get("/fragments/<version>/<kind>/<id:name>.json", merge_slashes=False)
    def answer(version: str, kind: str, name: str) -> Response:
        if kind not in KINDS:
            message = f"There is no such kind of fragment; there are {', '.join(KINDS)}."
            return _not_found({"message": message})
        edition = editions.find(version)
        if edition is None:
            return gone(editions)
        return _answer(edition, kind, name, settings)

    return blueprint


def gone(editions: Editions) -> Response:
    """Return the answer for an edition that is not answered for: what the current one is."""
    return _json(to_json(editions.snapshot.current.told), HTTPStatus.GONE)


def _answer(edition: Edition, kind: str, name: str, settings: Settings) -> Response:
    organization = edition.organization
    unit = organization.find(name)
    if unit is None:
        return _not_found(_unknown(organization, name, _asked_words()))
    if kind == CONNECTION and organization.find(request.args.get("to", "")) is None:
        return _not_found(_unknown(organization, request.args.get("to", ""), _asked_words()))
    given = _parameters(edition.index, kind)
    if kind == "covering" and not given.column:
        return _not_found({"message": "There is no such theme or reference."})
    number = 0 if kind in OF_THE_WHOLE else unit
    text = edition.fragments.get_or_compute(
        (kind, number, given),
        lambda: to_json(fragment(edition.index, kind, number, settings, given)),
    )
    return _json(text, HTTPStatus.OK)


def _asked_words() -> Words:
    """Return the words in the language of the address; not the reader's own by itself.

    An address has the same answer for everybody, so that whoever is on the way may keep it.
    """
    return words_in(language_for(request.args.get(LANGUAGE, ""), ()))


def _parameters(index: OrganizationIndex, kind: str) -> FragmentParameters:
    """Return the parameters of the request on which a kind depends."""
    words, organization = _asked_words(), index.organization
    state = read_view_state(request.args, index)
    match kind:
        case "matches":
            return FragmentParameters(words, ViewState(types=state.types, themes=state.themes))
        case "matrix":
            return FragmentParameters(words, by=by_of(organization, state.by))
        case "covering":
            by, column = by_of(organization, state.by), request.args.get("column", "")
            is_known = by is not None and column in topics(organization, by)
            return FragmentParameters(words, by=by, column=column if is_known else "")
        case "connection":
            to = organization.find(request.args.get("to", ""))
            return FragmentParameters(words, ViewState(focus=state.focus, to=to))
        case _:
            return FragmentParameters(words)


class _AnyText(BaseConverter):
    """Ids may hold anything: slashes, also at their beginning, and line breaks."""

    regex = "(?s:.+)"
    part_isolating = False


def _unknown(organization: Organization, name: str, words: Words) -> dict[str, Any]:
    nearest = nearest_units(organization, name)
    units = organization.units
    return {
        "message": "There is no such unit; the nearest names are listed.",
        "nearest": [{"unit": units["id"][each], "name": units["name"][each]} for each in nearest],
        "content": unknown_unit_panel(organization, nearest, words),
    }


def _not_found(content: Mapping[str, Any]) -> Response:
    return _json(to_json(content), HTTPStatus.NOT_FOUND)


def _json(body: str, status: HTTPStatus) -> Response:
    response = Response(body, status, mimetype="application/json")
    response.headers["Cache-Control"] = FOR_EVER if status is HTTPStatus.OK else "no-store"
    return response


def to_json(content: Any) -> str:
    """Return figures, elements and Dash components as compact JSON."""
    return json.dumps(_plain(content), separators=(",", ":"), ensure_ascii=False)


def _plain(content: Any) -> Any:
    """Return content with each Dash component as the ``dict`` that it stands for."""
    if isinstance(content, Component):
        content = content.to_plotly_json()  # type: ignore[no-untyped-call]
    if isinstance(content, Mapping):
        return {key: _plain(value) for key, value in content.items()}
    if isinstance(content, (list, tuple)):
        return [_plain(each) for each in content]
    return content
