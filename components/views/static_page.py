"""The page as HTML text, complete before any script has run."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from urllib.parse import urlencode

from dash.development.base_component import Component

from components.diagrams.inset import insets
from components.diagrams.marks import marks_of
from components.diagrams.tree import Tree, tree_of
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.model.scope import Scope
from components.search.nearest import nearest_units
from components.view_state import ViewState
from components.views import ids
from components.views.connection import CONNECTION, connection_section
from components.views.filters import filter_menu, mark_matches, matches
from components.views.html_text import html_text
from components.views.links import focus_address, unit_address
from components.views.matrix import branch_rules, matrix
from components.views.outline import breadcrumb, outline
from components.views.page import PageRequest, page
from components.views.panel import overview_panel, unit_panel, unknown_unit_panel
from components.views.relations import relations_list
from components.views.stage import picture_id
from components.views.toolbar import swatch_rules
from components.words import LANGUAGE, Words

LINK = re.compile(f'href="\\?(unit|focus|{LANGUAGE})=')
"""Matches the links of ``links.py`` only, because quotes in text are escaped."""


@dataclass(frozen=True, slots=True)
class StaticParts:
    """The drawings and lists of a scope as HTML text, and their CSS rules."""

    focus: str
    """Id of the unit at the top of the scope."""

    sunburst: str
    network: str
    outline: str
    breadcrumb: str
    filters: str
    filter_count: str
    filter_chips: str
    styles: str

    def __len__(self) -> int:
        """Return the number of characters."""
        return sum(map(len, astuple(self)))


def static_parts(
    index: OrganizationIndex, scope: Scope, state: ViewState, words: Words
) -> StaticParts:
    """Return the parts of the page that show a scope."""
    tree = tree_of(scope, words)
    marks = marks_of(tree, state, index)
    pictures = insets(
        tree,
        state,
        marks,
        addresses=_addresses(tree),
        parent_address=_address_of_parent(scope),
    )
    matching, entries = matches(tree, state, index), outline(scope, words)
    if matching["chips"]:
        entries = mark_matches(entries, matching, words)
    return StaticParts(
        focus=scope.organization.units["id"][scope.focus],
        sunburst=pictures.sunburst,
        network=pictures.network,
        outline=html_text(entries),
        breadcrumb=html_text(breadcrumb(scope, words)),
        filters=html_text(filter_menu(index, words, on=len(state.types) + len(state.themes))),
        filter_count=html_text(matching["count"]),
        filter_chips=html_text(matching["chips"]),
        styles="\n".join([pictures.rules, swatch_rules(scope.organization), branch_rules()]),
    )


def panel_text(
    index: OrganizationIndex, request: PageRequest, further: Sequence[Component] = ()
) -> str:
    """Return the panel of the selected unit, with ``further`` sections, or of the organization."""
    organization, state, words = index.organization, request.state, request.words
    if request.unknown_unit:
        nearest = nearest_units(organization, request.unknown_unit)
        return html_text(unknown_unit_panel(organization, nearest, words))
    if state.unit is None:
        return html_text(overview_panel(organization, words))
    connection: list[Component] = []
    if state.to is not None:
        steps = index.chain(state.unit, state.to)
        connection = [connection_section(organization, steps, words)]
    panel = unit_panel(organization, state.unit, words, further)
    return html_text(panel, {CONNECTION: html_text(connection)})


def view_text(
    index: OrganizationIndex, scope: Scope, state: ViewState, words: Words
) -> Mapping[str, str]:
    """Return the further content of a view as HTML text, by the id of its element."""
    match state.view:
        case "matrix":
            return {ids.MATRIX: html_text(matrix(scope, state.by, words))}
        case "outline":
            relations = relations_list(index, scope.focus, words)
            return {ids.RELATIONS: html_text(relations)}
        case _:
            return {}


def static_page(
    organization: Organization,
    request: PageRequest,
    parts: StaticParts,
    contents: Mapping[str, str],
    parameters: Mapping[str, str],
) -> str:
    """Return the page as HTML text, complete before its scripts run; they bring it to life.

    ``contents`` has further content as HTML text, by the id of its element. ``parameters`` are
    those of the page's address; the links on the page keep all of them but the one they change.
    """
    content = {
        picture_id(ids.SUNBURST): parts.sunburst,
        picture_id(ids.NETWORK): parts.network,
        ids.OUTLINE: parts.outline,
        ids.BREADCRUMB: parts.breadcrumb,
        ids.FILTERS: parts.filters,
        ids.FILTER_COUNT: parts.filter_count,
        ids.FILTER_CHIPS: parts.filter_chips,
        **contents,
    }
    others = {
        key: urlencode({name: text for name, text in parameters.items() if name != key})
        for key in ("unit", "focus", LANGUAGE)
    }
    return LINK.sub(
        lambda link: (
            f'href="?{html.escape(others[link[1]])}&amp;{link[1]}=' if others[link[1]] else link[0]
        ),
        html_text(page(organization, request, parts.focus), content),
    )


def _address_of_parent(scope: Scope) -> str:
    """Return the link of the sunburst's centre, which leads to the parent of the focus."""
    return focus_address(scope.organization, scope.ancestors[-1]) if scope.ancestors else ""


def _addresses(tree: Tree) -> dict[str, str]:
    """Return the link of each node: it selects a unit, or makes the parent of a fold the focus."""
    return {
        node.key: (focus_address if node.is_fold else unit_address)(tree.organization, node.unit)
        for node in tree.nodes
    }
