"""The organization as nested lists, and the way from its top down to the focus."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components.diagrams.tree import Node, Tree, tree_of
from components.model.scope import Scope
from components.views.attributes import aria, data, of_data
from components.views.links import focus_address, focus_link, unit_address
from components.views.unit_details import type_and_size
from components.words import Words


def outline(scope: Scope, words: Words) -> Component:
    """Return the units of a scope as nested lists of links; what is folded is counted.

    Each entry says where in the organization it stands: ``data-level`` from the top, ``data-place``
    among all ``data-siblings``, ``data-beyond`` where what is below it is beyond the picture, and
    ``data-placeholder`` where it is named but not in the table.
    Without scripts these are lists of links, and all of it is open. ``assets/js/outline.js`` makes
    the tree of them that can be walked with keys: only it keeps what a role of tree promises.
    """
    tree = tree_of(scope, words)
    return html.Ul(_item(tree, tree.focus), className="outline-tree")


def _item(tree: Tree, node: Node) -> Component:
    children = tree.children.get(node.key, ())
    below = [html.Ul([_item(tree, child) for child in children])] if children else []
    return html.Li([_entry(tree, node), *below])


def _entry(tree: Tree, node: Node) -> Component:
    organization = tree.organization
    is_beyond = not (node.is_fold or node.key in tree.children or organization.is_leaf(node.unit))
    is_data = {} if node.is_fold else of_data(organization, tree.words)
    note = [node.note] if node.is_fold else type_and_size(organization, node.unit, tree.words)
    told: list[Component | str] = [
        html.Span(node.name, className="name", **is_data),
        " ",
        html.Span(note, className="muted"),
    ]
    address = focus_address if node.is_fold else unit_address
    leads_to = "focus_on" if node.is_fold else "unit"
    return html.A(
        told,
        href=address(organization, node.unit),
        **data(
            key=node.key,
            level=str(int(organization.depth[node.unit]) + 1 + node.is_fold),
            place=str(node.place),
            siblings=str(node.siblings),
            **{leads_to: organization.units["id"][node.unit]},
            **({"beyond": "true"} if is_beyond else {}),
            **({"placeholder": "true"} if node.is_placeholder else {}),
        ),
    )


def breadcrumb(scope: Scope, words: Words) -> Component:
    """Return the chain from the top to the focus; each unit above the focus leads back up to it."""
    organization = scope.organization
    marks = of_data(organization, words)
    steps = [
        html.Li(focus_link(organization, unit, organization.label(unit)), **marks)
        for unit in scope.ancestors
    ]
    focus = html.Li(
        [
            html.Span(
                organization.label(scope.focus),
                tabIndex=-1,
                **aria(current="location"),
                **marks,
            ),
            " ",
            html.Span(words("units", count=organization.count(scope.focus)), className="muted"),
        ]
    )
    return html.Ol([*steps, focus])
