"""The organization as nested lists, and the way from its top down to the focus."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from components.diagrams.tree import Node, Tree, tree_of
from components.model.organization import Scope
from components.views.attributes import aria, of_data
from components.views.links import focus_link, unit_link
from components.views.particulars import type_and_size
from components.words import Words


def outline(scope: Scope, words: Words) -> Component:
    """Return the units of a scope as nested lists of links; what is folded is counted."""
    tree = tree_of(scope, words)
    return html.Ul(_item(tree, tree.focus), className="outline-tree")


def _item(tree: Tree, node: Node) -> Component:
    organization, children = tree.organization, tree.children.get(node.key, ())
    if node.is_fold:
        return html.Li(html.Span(f"{node.name} {node.note}", className="muted"))
    beyond = [] if children else _more_below(tree, node)
    return html.Li(
        [
            unit_link(organization, node.unit, tree.words),
            html.Span(type_and_size(organization, node.unit, tree.words), className="muted"),
            *beyond,
            *([html.Ul([_item(tree, child) for child in children])] if children else []),
        ]
    )


def _more_below(tree: Tree, node: Node) -> Sequence[Component]:
    if tree.organization.is_leaf(node.unit):
        return ()
    return (focus_link(tree.organization, node.unit, tree.words("show-below")),)


def breadcrumb(scope: Scope, words: Words) -> Component:
    """Return the chain from the top to the focus; each unit above the focus leads back up to it."""
    organization = scope.organization
    short, names = organization.units["short_name"], organization.units["name"]
    marks = of_data(organization, words)
    steps = [
        html.Li(focus_link(organization, unit, short[unit] or names[unit]), **marks)
        for unit in scope.ancestors
    ]
    focus = html.Li(
        [
            html.Span(
                short[scope.focus] or names[scope.focus], **aria(current="location"), **marks
            ),
            html.Span(words("units", count=int(organization.size[scope.focus])), className="muted"),
        ]
    )
    return html.Ol([*steps, focus])
