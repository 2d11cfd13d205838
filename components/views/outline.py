"""The outline, which shows the organization as nested lists, and the breadcrumb."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components.diagrams.tree import Node, Tree, tree_of
from components.model.scope import Scope
from components.views.attributes import aria, data
from components.views.links import focus_address, focus_link, unit_address
from components.views.text import Content, language_attributes, type_and_size
from components.words import Words


def outline(scope: Scope, words: Words) -> Component:
    """Return the units of a scope as nested lists of links; folds say how many units they hold.

    Without scripts these are plain lists, fully open; ``assets/js/outline.js`` turns them into an
    ARIA tree with keyboard navigation. It reads from each entry: ``data-level``, from 1 at the top;
    ``data-place``, the position among all ``data-siblings``; ``data-beyond``, if units below it are
    outside the scope; ``data-placeholder``, if the unit is named as a parent but not in the table.
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
    attributes = {} if node.is_fold else language_attributes(organization, tree.words)
    note = [node.note] if node.is_fold else type_and_size(organization, node.unit, tree.words)
    content: Content = [
        html.Span(node.name, className="name", **attributes),
        " ",
        html.Span(note, className="muted"),
    ]
    address = focus_address if node.is_fold else unit_address
    target = "focus_on" if node.is_fold else "unit"
    return html.A(
        content,
        href=address(organization, node.unit),
        **data(
            key=node.key,
            level=str(int(organization.depth[node.unit]) + 1 + node.is_fold),
            place=str(node.place),
            siblings=str(node.siblings),
            **{target: organization.units["id"][node.unit]},
            **({"beyond": "true"} if is_beyond else {}),
            **({"placeholder": "true"} if node.is_placeholder else {}),
        ),
    )


def breadcrumb(scope: Scope, words: Words) -> Component:
    """Return the units from the top to the focus; those above the focus are links."""
    organization = scope.organization
    attributes = language_attributes(organization, words)
    above = [
        html.Li(focus_link(organization, unit, organization.label(unit)), **attributes)
        for unit in scope.ancestors
    ]
    focus = html.Li(
        [
            html.Span(
                organization.label(scope.focus),
                tabIndex=-1,
                **aria(current="location"),
                **attributes,
            ),
            " ",
            html.Span(words("units", count=organization.count(scope.focus)), className="muted"),
        ]
    )
    return html.Ol([*above, focus])
