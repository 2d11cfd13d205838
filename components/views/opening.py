"""The page before any script has run, and where none may run: the same page as HTML text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from components.diagrams.inset import network_inset, sunburst_inset, sunburst_rules
from components.diagrams.network import Look
from components.diagrams.tree import key_of, tree_of
from components.model.finder import nearest_units
from components.model.organization import Organization, Scope
from components.views import ids
from components.views.html_text import html_text
from components.views.links import focus_address, unit_address
from components.views.outline import breadcrumb, outline
from components.views.page import page
from components.views.panel import overview_panel, unit_panel, unknown_unit_panel
from components.views.toolbar import swatch_rules


@dataclass(frozen=True, slots=True)
class Opening:
    """A page as it begins."""

    html: str
    styles: str
    """The rules of style that go with it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What an address asks for besides the focus, as ``assets/js/state.js`` reads it."""

    look: Look
    view: str = ""
    """Empty: whichever suits the window."""
    unknown: str = ""
    """What the address names that is no unit."""

    @property
    def pressed(self) -> Mapping[str, str]:
        """Return which value of each part of the state is chosen."""
        chosen = {
            "view": self.view,
            "layout": self.look.layout.value,
            "links": "all" * self.look.all_links,
            "references": "shown" * self.look.references,
        }
        return {key: value for key, value in chosen.items() if value}


def opening(organization: Organization, scope: Scope, choice: Choice) -> Opening:
    """Return the page of a scope, with all in it that its scripts would fetch."""
    addresses = _addresses(scope)
    look = choice.look
    network, network_rules = network_inset(scope, look, addresses=addresses)
    if choice.unknown:
        panel = unknown_unit_panel(organization, nearest_units(organization, choice.unknown))
    elif look.unit is None:
        panel = overview_panel(organization)
    else:
        panel = unit_panel(organization, look.unit)
    content = {
        ids.SUNBURST: sunburst_inset(scope, look, addresses=addresses | _way_up(scope)),
        ids.NETWORK: network,
        ids.PANEL: html_text(panel),
        ids.OUTLINE: html_text(outline(scope)),
        ids.BREADCRUMB: html_text(breadcrumb(scope)),
    }
    return Opening(
        html_text(page(organization, choice.pressed), content),
        "\n".join([sunburst_rules(), network_rules, swatch_rules(organization)]),
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
