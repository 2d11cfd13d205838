"""The outline, which shows the organization as nested lists, and the breadcrumb."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

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

    Without scripts these are plain lists, fully open; ``assets/js/parts/outline.js`` turns them
    into an ARIA tree with keyboard navigation. It reads from the outermost list its ``data-level``,
    from 1 at the top; from each list the number of all ``data-siblings``; from each entry its
    ``data-place`` among them, ``data-beyond``, if units below it are outside the scope, and
    ``data-placeholder``, if the unit is named as a parent but not in the table.
    """
    tree = tree_of(scope, words)
    level = str(int(scope.organization.depth[scope.focus]) + 1)
    return _list(tree, [tree.focus], className="outline-tree", **data(level=level))


def _list(tree: Tree, nodes: Sequence[Node], **attributes: Any) -> Component:
    siblings = data(siblings=str(nodes[0].siblings))
    return html.Ul([_item(tree, node) for node in nodes], **siblings, **attributes)


def _item(tree: Tree, node: Node) -> Component:
    children = tree.children.get(node.key, ())
    below = [_list(tree, children)] if children else []
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
            place=str(node.place),
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
