"""The page before any script has run, and where none may run: the same page as HTML text."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from urllib.parse import urlencode

from components.diagrams.inset import network_inset, sunburst_inset, sunburst_rules
from components.diagrams.network import Look
from components.diagrams.tree import key_of, tree_of
from components.model.finder import nearest_units
from components.model.organization import Organization, Scope
from components.views import ids
from components.views.html_text import html_text
from components.views.links import focus_address, unit_address
from components.views.matrix import branch_rules, matrix
from components.views.outline import breadcrumb, outline
from components.views.page import page
from components.views.panel import overview_panel, unit_panel, unknown_unit_panel
from components.views.relations import relations_list
from components.views.toolbar import swatch_rules
from components.words import Words

LINK = re.compile('href="\\?(unit|focus)=')
"""Text has no quotes in it that are not escaped, so this is a link of ``links.py``."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn of a scope, as HTML text, and the rules of style that go with it."""

    sunburst: str
    network: str
    outline: str
    breadcrumb: str
    styles: str

    def __len__(self) -> int:
        """Return the number of characters."""
        return sum(map(len, astuple(self)))


@dataclass(frozen=True, slots=True)
class Choice:
    """What an address asks for besides the focus, as ``assets/js/state.js`` reads it."""

    look: Look
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


def drawn(organization: Organization, scope: Scope, look: Look) -> Drawn:
    """Return what the page's scripts would draw of a scope."""
    addresses = _addresses(scope)
    network, network_rules = network_inset(scope, look, addresses=addresses)
    return Drawn(
        sunburst=sunburst_inset(scope, look, addresses=addresses | _way_up(scope)),
        network=network,
        outline=html_text(outline(scope)),
        breadcrumb=html_text(breadcrumb(scope)),
        styles="\n".join(
            [sunburst_rules(), network_rules, swatch_rules(organization), branch_rules()]
        ),
    )


def panel_text(organization: Organization, choice: Choice) -> str:
    """Return the panel of the selected unit, or of the organization where none is, as HTML text."""
    if choice.unknown:
        nearest = nearest_units(organization, choice.unknown)
        return html_text(unknown_unit_panel(organization, nearest))
    if choice.look.unit is None:
        return html_text(overview_panel(organization))
    return html_text(unit_panel(organization, choice.look.unit))


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
    changes nothing else, nor does one that puts a unit in the centre.
    """
    content = {
        ids.SUNBURST: parts.sunburst,
        ids.NETWORK: parts.network,
        ids.OUTLINE: parts.outline,
        ids.BREADCRUMB: parts.breadcrumb,
        **told,
    }
    others = {
        key: urlencode({name: text for name, text in kept.items() if name != key})
        for key in ("unit", "focus")
    }
    return LINK.sub(
        lambda link: (
            f'href="?{html.escape(others[link[1]])}&amp;{link[1]}=' if others[link[1]] else link[0]
        ),
        html_text(page(organization, choice.pressed), content),
    )


def _way_up(scope: Scope) -> dict[str, str]:
    """Return where the centre of a sunburst leads: up, unless it is the top."""
    if not scope.ancestors:
        return {}
    return {key_of(scope.focus): focus_address(scope.organization, scope.ancestors[-1])}


def _addresses(scope: Scope) -> dict[str, str]:
    """Return where the nodes of the diagrams lead without scripts: a fold shows what it holds."""
    return {
        node.key: (focus_address if node.is_fold else unit_address)(scope.organization, node.unit)
        for node in tree_of(scope).nodes
    }
