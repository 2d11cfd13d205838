"""Fragments: what a page shows of one unit, as JSON that never changes.

A fragment is a pure function of (organization, unit), addressed by (edition, kind, unit). An
edition is the content of the organization as this program shows it: with other data, or another
program, it is another one, so that a fragment may be kept for ever.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from dash.development.base_component import Component
from flask import Blueprint, Response, request
from werkzeug.routing import BaseConverter

from components.diagrams.address import filters_in
from components.diagrams.network import Look, network_elements
from components.diagrams.scopes import scope_of_a_look
from components.diagrams.style import Theme
from components.diagrams.sunburst import sunburst_figure, sunburst_labels
from components.diagrams.tree import tree_of
from components.diagrams.way import way_told
from components.model.connections import connection, units_of
from components.model.coverage import By, topics
from components.model.finder import nearest_units
from components.model.organization import Organization, Scope
from components.settings import Settings
from components.views.connection import MOST_STEPS, connection_section
from components.views.filters import filter_menu, matches
from components.views.matrix import by_of, covering_list, matrix
from components.views.outline import breadcrumb, outline
from components.views.page import frame
from components.views.panel import overview_panel, unit_panel, unknown_unit_panel
from components.views.problems import problems_list
from components.views.relations import relations_list
from components.web.editions import Edition, Editions
from components.words import LANGUAGE, Words, language_for, words_in

FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a fragment is asked for beside its kind and its unit.

    All of it is something that there is, and what the kind does not depend on is left out: whatever
    texts an address has, there are no more fragments than the organization gives.
    """

    words: Words
    types: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    by: By | None = None
    column: str = ""
    """The id of a theme or reference."""
    to: int = 0
    focus: int = 0


def _sunburst(scope: Scope, asked: Asked) -> Any:
    tree = tree_of(scope, asked.words)
    figures = {theme: sunburst_figure(tree, theme=theme) for theme in Theme}
    return {**figures, "labels": sunburst_labels(tree)}


def _matches(scope: Scope, asked: Asked) -> Any:
    look = Look(types=asked.types, themes=asked.themes)
    return matches(tree_of(scope, asked.words), look)


OF_A_SCOPE: Mapping[str, Callable[[Scope, Asked], Any]] = {
    "sunburst": _sunburst,
    "network": lambda scope, asked: network_elements(tree_of(scope, asked.words)),
    "outline": lambda scope, asked: outline(scope, asked.words),
    "breadcrumb": lambda scope, asked: breadcrumb(scope, asked.words),
    "matches": _matches,
    "matrix": lambda scope, asked: matrix(scope, asked.by or "", asked.words),
    "relations": lambda scope, asked: relations_list(scope.organization, scope.focus, asked.words),
}
OF_A_UNIT: Mapping[str, Callable[[Organization, int, Asked], Any]] = {
    "panel": lambda organization, unit, asked: unit_panel(organization, unit, asked.words),
    "covering": lambda organization, unit, asked: covering_list(
        organization, unit, (asked.by or By.THEMES, asked.column), asked.words
    ),
}
OF_THE_WHOLE: Mapping[str, Callable[[Organization, Words], Any]] = {
    "overview": overview_panel,
    "filters": filter_menu,
    "problems": problems_list,
    "frame": frame,
}
"""Of the organization: the same for every unit."""
CONNECTION = "connection"
"""Of a unit with another one, ``to``, in the picture of a ``focus``."""
AT_ONCE = ("sunburst", "network", "outline", "breadcrumb")
"""What every page asks for of its scope as it begins."""
KINDS = (*OF_A_SCOPE, *OF_A_UNIT, *OF_THE_WHOLE, CONNECTION)


def fragment(
    organization: Organization, kind: str, unit: int, settings: Settings, asked: Asked
) -> Any:
    """Return what a page shows of a unit: ``unit``, ``focus`` and ``content``.

    ``unit`` is the id of the unit that is shown, ``focus`` of the one in whose picture it
    appears. ``content`` is a figure for each theme and the labels (``sunburst``), Cytoscape
    elements (``network``), what filters leave (``matches``), the ``frame`` of the page, or Dash
    components (the others). Of a
    ``connection`` it has the id of the other unit (``to``), the chain of ``units`` and its
    ``steps``, Dash components (``panel``), and how it is drawn in the picture of the focus.
    """
    ids = organization.units["id"]
    if kind == CONNECTION:
        return _connection(organization, unit, settings, asked)
    if kind in OF_A_SCOPE:
        scope = organization.scope(unit, levels=settings.levels, most=settings.most_units)
        content = OF_A_SCOPE[kind](scope, asked)
        return {"unit": ids[scope.focus], "focus": ids[scope.focus], "content": content}
    if kind in OF_THE_WHOLE:
        content = OF_THE_WHOLE[kind](organization, asked.words)
        return {"unit": ids[0], "focus": ids[0], "content": content}
    focus = ids[max(int(organization.parent[unit]), 0)]
    content = OF_A_UNIT[kind](organization, unit, asked)
    return {"unit": ids[unit], "focus": focus, "content": content}


def _connection(
    organization: Organization, unit: int, settings: Settings, asked: Asked
) -> dict[str, Any]:
    ids = organization.units["id"]
    scope = scope_of_a_look(
        organization,
        Look(unit, to=asked.to),
        asked.focus,
        levels=settings.levels,
        most=settings.most_units,
    )
    steps = connection(organization, unit, asked.to)
    content = {
        "to": ids[asked.to],
        "units": [ids[each] for each in units_of(steps[:MOST_STEPS])],
        "steps": [
            {"footing": step.footing, "direction": step.direction, "through": step.through}
            for step in steps[:MOST_STEPS]
        ],
        "panel": [connection_section(organization, steps, asked.words)] if steps else [],
        **way_told(tree_of(scope, asked.words), steps),
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
    return _json(to_json(editions.standing.current.told), HTTPStatus.GONE)


def _answer(edition: Edition, kind: str, name: str, settings: Settings) -> Response:
    organization = edition.organization
    unit = organization.find(name)
    if unit is None:
        return _not_found(_unknown(organization, name, _asked_words()))
    if kind == CONNECTION and organization.find(request.args.get("to", "")) is None:
        return _not_found(_unknown(organization, request.args.get("to", ""), _asked_words()))
    asked = _asked(organization, kind)
    if kind == "covering" and not asked.column:
        return _not_found({"message": "There is no such theme or reference."})
    number = 0 if kind in OF_THE_WHOLE else unit
    text = edition.fragments.get_or_make(
        (kind, number, asked),
        lambda: to_json(fragment(organization, kind, number, settings, asked)),
    )
    return _json(text, HTTPStatus.OK)


def _asked_words() -> Words:
    """Return the words in the language of the address; not the reader's own by itself.

    An address has the same answer for everybody, so that whoever is on the way may keep it.
    """
    return words_in(language_for(request.args.get(LANGUAGE, ""), ()))


def _asked(organization: Organization, kind: str) -> Asked:
    """Return what the query of the request asks for, as far as the kind depends on it."""
    words, texts = _asked_words(), request.args
    match kind:
        case "matches":
            types, themes = filters_in(organization, texts)
            return Asked(words, types=types, themes=themes)
        case "matrix":
            return Asked(words, by=by_of(organization, texts.get("by", "")))
        case "covering":
            by, column = by_of(organization, texts.get("by", "")), texts.get("column", "")
            is_known = by is not None and column in topics(organization, by)
            return Asked(words, by=by, column=column if is_known else "")
        case "connection":
            to, focus = (organization.find(texts.get(name, "")) or 0 for name in ("to", "focus"))
            return Asked(words, to=to, focus=focus)
        case _:
            return Asked(words)


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
