"""The page before any script has run, and where none may run: the same page as HTML text."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from urllib.parse import urlencode

from dash.development.base_component import Component

from components.diagrams.inset import network_inset, sunburst_inset, sunburst_rules
from components.diagrams.network import Look
from components.diagrams.tree import Tree, key_of, tree_of
from components.model.connections import connection
from components.model.finder import nearest_units
from components.model.organization import Organization, Scope
from components.views import ids
from components.views.connection import PLACE, connection_section
from components.views.filters import filter_menu, mark, matches
from components.views.html_text import html_text
from components.views.links import focus_address, unit_address
from components.views.matrix import branch_rules, matrix
from components.views.outline import breadcrumb, outline
from components.views.page import page
from components.views.panel import overview_panel, unit_panel, unknown_unit_panel
from components.views.relations import relations_list
from components.views.toolbar import swatch_rules
from components.words import LANGUAGE, Words

LINK = re.compile(f'href="\\?(unit|focus|{LANGUAGE})=')
"""Text has no quotes in it that are not escaped, so this is a link of ``links.py``."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn of a scope, as HTML text, and the rules of style that go with it."""

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


@dataclass(frozen=True, slots=True)
class Choice:
    """What an address asks for besides the focus, as ``assets/js/state.js`` reads it."""

    look: Look
    words: Words
    """In the language that is asked for, or that the reader prefers."""
    view: str = ""
    """Empty: whichever suits the window."""
    by: str = ""
    """What the columns of the matrix are; empty: themes."""
    unknown: str = ""
    """What the address names that is no unit."""

    @property
    def pressed(self) -> Mapping[str, str]:
        """Return which value of each part of the state is chosen."""
        chosen = {
            "view": self.view,
            "by": self.by,
            "layout": self.look.layout.value,
            "links": "all" * self.look.all_links,
            "references": "shown" * self.look.references,
        }
        return {key: value for key, value in chosen.items() if value}


def drawn(organization: Organization, scope: Scope, look: Look, words: Words) -> Drawn:
    """Return what the page's scripts would draw of a scope."""
    tree = tree_of(scope, words)
    addresses = _addresses(tree)
    network, network_rules = network_inset(tree, look, addresses=addresses)
    matched, listed = matches(tree, look), outline(scope, words)
    return Drawn(
        sunburst=sunburst_inset(tree, look, addresses=addresses | _way_up(scope)),
        network=network,
        outline=html_text(mark(listed, matched, words) if matched["chips"] else listed),
        breadcrumb=html_text(breadcrumb(scope, words)),
        filters=html_text(filter_menu(organization, words, on=len(look.types) + len(look.themes))),
        filter_count=html_text(matched["count"]),
        filter_chips=html_text(matched["chips"]),
        styles="\n".join(
            [sunburst_rules(), network_rules, swatch_rules(organization), branch_rules()]
        ),
    )


def panel_text(organization: Organization, choice: Choice) -> str:
    """Return the panel of the selected unit, or of the organization where none is, as HTML text."""
    if choice.unknown:
        nearest = nearest_units(organization, choice.unknown)
        return html_text(unknown_unit_panel(organization, nearest, choice.words))
    if choice.look.unit is None:
        return html_text(overview_panel(organization, choice.words))
    return html_text(
        unit_panel(organization, choice.look.unit, choice.words),
        {PLACE: html_text(_connection(organization, choice))},
    )


def _connection(organization: Organization, choice: Choice) -> list[Component]:
    unit, to = choice.look.unit, choice.look.to
    if unit is None or to is None:
        return []
    return [connection_section(organization, connection(organization, unit, to), choice.words)]


def view_text(scope: Scope, choice: Choice, words: Words) -> Mapping[str, str]:
    """Return what a view has beside pictures and outline, as HTML text by the id of its place."""
    match choice.view:
        case "matrix":
            return {ids.MATRIX: html_text(matrix(scope, choice.by, words))}
        case "outline":
            relations = relations_list(scope.organization, scope.focus, words)
            return {ids.RELATIONS: html_text(relations)}
        case _:
            return {}


def opening(
    organization: Organization,
    choice: Choice,
    parts: Drawn,
    told: Mapping[str, str],
    kept: Mapping[str, str],
) -> str:
    """Return the page as HTML text, with all in it that its scripts would fetch.

    ``told`` is what stands beside the pictures, as HTML text by the id of its place.
    ``kept`` are the parameters of its address. They stay in its links: one that selects a unit
    changes nothing else, nor does one that puts a unit in the centre, or one to another language.
    """
    content = {
        ids.SUNBURST: parts.sunburst,
        ids.NETWORK: parts.network,
        ids.OUTLINE: parts.outline,
        ids.BREADCRUMB: parts.breadcrumb,
        ids.FILTERS: parts.filters,
        ids.FILTER_COUNT: parts.filter_count,
        ids.FILTER_CHIPS: parts.filter_chips,
        **told,
    }
    others = {
        key: urlencode({name: text for name, text in kept.items() if name != key})
        for key in ("unit", "focus", LANGUAGE)
    }
    return LINK.sub(
        lambda link: (
            f'href="?{html.escape(others[link[1]])}&amp;{link[1]}=' if others[link[1]] else link[0]
        ),
        html_text(page(organization, choice.words, choice.pressed), content),
    )


def _way_up(scope: Scope) -> dict[str, str]:
    """Return where the centre of a sunburst leads: up, unless it is the top."""
    if not scope.ancestors:
        return {}
    return {key_of(scope.focus): focus_address(scope.organization, scope.ancestors[-1])}


def _addresses(tree: Tree) -> dict[str, str]:
    """Return where the nodes of the diagrams lead without scripts: a fold shows what it holds."""
    return {
        node.key: (focus_address if node.is_fold else unit_address)(tree.organization, node.unit)
        for node in tree.nodes
    }
