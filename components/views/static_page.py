"""The page as HTML text, complete before any script has run."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from urllib.parse import urlencode

from dash.development.base_component import Component

from components.diagrams.encoding import encoding_of
from components.diagrams.inset import Marked, insets
from components.diagrams.marks import marks_of
from components.diagrams.tree import Tree, tree_of
from components.model.groups import focus_text
from components.model.index import OrganizationIndex
from components.model.scope import Scope
from components.search.nearest import nearest_units
from components.view_state import MOMENT_KEYS, ViewState, scope_of_lists, scope_of_network
from components.views import ids
from components.views.changes_list import changes_list
from components.views.connection import CONNECTION, connection_section
from components.views.encoding import encoding_legend
from components.views.filters import filter_menu, mark_matches, matches
from components.views.html_text import html_text
from components.views.links import focus_address, unit_address
from components.views.matrix import chosen_topics, matrix
from components.views.moments import MOMENT_LINK
from components.views.outline import breadcrumb, outline
from components.views.page import PageRequest, page
from components.views.panel import overview_panel, unit_panel, unknown_unit_panel
from components.views.relations import relations_list
from components.views.stage import picture_id
from components.views.toolbar import swatch_rules
from components.words import LANGUAGE, Words

LINK = re.compile(f'href="\\?(unit|focus|view|{LANGUAGE})=')
LINK_TO_MOMENT = re.compile(f'href="{re.escape(MOMENT_LINK)}([^"]*)"')
FILE_LINK = re.compile(r'href="((?:export|data)/[^"?]*)(\??)')
"""They match the links of ``views`` only, because quotes in text are escaped."""

SPACES_IN_RULES = re.compile(r"\s*([{};,])\s*|(?<=:)\s+")


@dataclass(frozen=True, slots=True)
class StaticParts:
    """The drawings and lists of a scope as HTML text, and their CSS rules."""

    focus: str
    """What is in the centre, as in an address."""
    sunburst: str
    network: str
    outline: str
    breadcrumb: str
    filters: str
    filter_count: str
    filter_chips: str
    key: str
    styles: str

    def __len__(self) -> int:
        """Return the number of characters."""
        return sum(map(len, astuple(self)))


def static_parts(
    index: OrganizationIndex, scope: Scope, state: ViewState, words: Words
) -> StaticParts:
    """Return the parts of the page that show a scope."""
    tree = tree_of(scope, words, encoding_of(state, index))
    marks = marks_of(tree, state, index)
    opened = tree_of(scope_of_network(state, scope), words, tree.encoding)
    pictures = insets(
        Marked(tree, marks),
        Marked(opened, marks_of(opened, state, index)),
        state,
        addresses=_addresses(opened) | _addresses(tree),
        parent_address=_address_of_parent(scope),
    )
    matching = matches(tree, state, index)
    listed = tree_of(scope_of_lists(index, state, scope), words, tree.encoding)
    entries = outline(listed)
    if matching["chips"]:
        entries = mark_matches(entries, matches(listed, state, index), words)
    return StaticParts(
        focus=focus_text(scope.organization, scope.centre),
        sunburst=pictures.sunburst,
        network=pictures.network,
        outline=html_text(entries),
        breadcrumb=html_text(breadcrumb(scope, words)),
        filters=html_text(filter_menu(index, words, on=sum(map(len, state.filters.values())))),
        filter_count=html_text(matching["count"]),
        filter_chips=html_text(matching["chips"]),
        key=html_text(encoding_legend(scope, tree.encoding, words)),
        styles=_compact("\n".join([pictures.rules, swatch_rules(scope.organization)])),
    )


def _compact(rules: str) -> str:
    """Return CSS rules without the spaces that only help people to read them."""
    return SPACES_IN_RULES.sub(r"\1", rules)


def panel_text(
    index: OrganizationIndex, request: PageRequest, further: Sequence[Component] = ()
) -> str:
    """Return the panel of the selected unit, with ``further`` sections, or of the organization."""
    organization, state, words = index.organization, request.state, request.words
    if request.unknown_unit:
        nearest = nearest_units(organization, request.unknown_unit)
        return html_text(unknown_unit_panel(organization, nearest, words))
    if state.unit is None:
        return html_text(overview_panel(index, words))
    connection: list[Component] = []
    if state.to is not None:
        steps = index.chain(state.unit, state.to)
        connection = [connection_section(organization, steps, words)]
    panel = unit_panel(index, state.unit, words, further)
    return html_text(panel, {CONNECTION: html_text(connection)})


def view_text(
    index: OrganizationIndex, scope: Scope, state: ViewState, words: Words
) -> Mapping[str, str]:
    """Return the further content of a view as HTML text, by the id of its element."""
    match state.view:
        case "matrix":
            listed, by = scope_of_lists(index, state, scope), chosen_topics(index, state.by)
            size = encoding_of(state, index).size
            return {ids.MATRIX: html_text(matrix(listed, by, words, size))}
        case "changes":
            changes = changes_list(index.organization, words, state.changes)
            return {ids.CHANGES: html_text(changes)}
        case "outline":
            relations = relations_list(index, scope.focus, words)
            return {ids.RELATIONS: html_text(relations)}
        case _:
            return {}


def static_page(
    index: OrganizationIndex,
    request: PageRequest,
    parts: StaticParts,
    contents: Mapping[str, str],
    parameters: Mapping[str, str],
) -> str:
    """Return the page as HTML text, complete before its scripts run; they bring it to life.

    ``contents`` has further content as HTML text, by the id of its element. ``parameters`` are
    those of the page's address; the links on the page keep all of them but the one they change,
    those to files the moment.
    """
    content = {
        picture_id(ids.SUNBURST): parts.sunburst,
        picture_id(ids.NETWORK): parts.network,
        ids.OUTLINE: parts.outline,
        ids.BREADCRUMB: parts.breadcrumb,
        ids.FILTERS: parts.filters,
        ids.FILTER_COUNT: parts.filter_count,
        ids.FILTER_CHIPS: parts.filter_chips,
        ids.KEY: parts.key,
        **contents,
    }
    beginnings = {key: _beginning(key, parameters) for key in ("unit", "focus", "view", LANGUAGE)}
    text = LINK.sub(
        lambda link: beginnings[link[1]],
        html_text(page(index, request, parts.focus), content),
    )
    moment = {key: parameters[key] for key in MOMENT_KEYS if key in parameters}
    others = html.escape(
        urlencode({n: value for n, value in parameters.items() if n not in moment})
    )
    text = LINK_TO_MOMENT.sub(
        lambda link: f'href="?{"&amp;".join(filter(None, (others, link[1])))}"', text
    )
    if not moment:
        return text
    query = f"?{html.escape(urlencode(moment))}"
    return FILE_LINK.sub(lambda link: f'href="{link[1]}{query}{link[2] and "&amp;"}', text)


def _beginning(key: str, parameters: Mapping[str, str]) -> str:
    """Return how a link begins that changes a parameter of the page and keeps the others."""
    others = html.escape(urlencode({n: text for n, text in parameters.items() if n != key}))
    return f'href="?{others}&amp;{key}=' if others else f'href="?{key}='


def _address_of_parent(scope: Scope) -> str:
    """Return the link of the sunburst's centre, which leads to the parent of the focus."""
    return "" if scope.above is None else focus_address(scope.organization, scope.above)


def _addresses(tree: Tree) -> dict[str, str]:
    """Return the link of each node: it selects a unit, or makes a group the focus."""
    organization = tree.organization
    return {
        node.key: focus_address(organization, node.focus)
        if node.group
        else unit_address(organization, node.unit)
        for node in tree.nodes
    }
