"""The outline, which shows the organization as nested lists, and the breadcrumb."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from components.diagrams.tree import Node, Tree
from components.model.groups import focus_text
from components.model.scope import Scope
from components.views.attributes import aria, data
from components.views.changes import change_mark
from components.views.initials import initials_mark
from components.views.links import focus_address, focus_link, unit_address
from components.views.text import Content, language_attributes, merge_text, type_and_size
from components.words import Words
from components.words.group_names import focus_name
from components.words.measures import amount_note

MAX_ABOVE = 3
"""Units above the focus that stand in the breadcrumb."""


def outline(tree: Tree) -> Component:
    """Return the units of a tree as nested lists of links; groups say how many units they hold.

    Siblings are in the order of the tree's scope. Without scripts these are plain lists, fully
    open; ``assets/js/parts/outline.js`` turns them into an ARIA tree with keyboard navigation. It
    reads from the outermost list its ``data-level``,
    from 1 at the top; from each list the number of all ``data-siblings``; from each entry its
    ``data-place`` among them, and ``data-beyond``, if units below it are outside the scope.
    """
    level = str(int(tree.organization.depth[tree.focus.unit]) + 1)
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
    is_beyond = not (node.group or node.key in tree.children or organization.is_leaf(node.unit))
    attributes = {} if node.group else language_attributes(organization, tree.words)
    content: Content = [
        *initials_mark(node.initials),
        *([] if node.group else change_mark(organization, node.unit, tree.words)),
        html.Span(node.name, className="name", **attributes),
        " ",
        html.Span(_note(tree, node), className="muted"),
    ]
    address = (
        focus_address(organization, node.focus)
        if node.group
        else unit_address(organization, node.unit)
    )
    target = "focus_on" if node.group else "unit"
    return html.A(
        content,
        href=address,
        **data(
            key=node.key,
            place=str(node.place),
            **{target: focus_text(organization, node.focus)},
            **({"beyond": "true"} if is_beyond else {}),
        ),
    )


def _note(tree: Tree, node: Node) -> Content:
    """Return the type and size of a unit, and the number of the chosen measure with its shares."""
    organization, measure = tree.organization, tree.encoding.size
    if tree.holds_several(node):
        return [node.note]
    notes = type_and_size(organization, node.unit, tree.words)
    number = amount_note(organization, measure, node.unit, tree.words) if measure else ""
    return notes if not number else merge_text([*notes, " · " if notes != [""] else "", number])


def breadcrumb(scope: Scope, words: Words) -> Component:
    """Return the units from the top to the focus; those above the focus are links.

    Of a long path only the top, the parent and the focus are seen; a menu has what is between.
    """
    organization = scope.organization
    attributes = language_attributes(organization, words)
    name = focus_name(scope.siblings, scope.centre, scope.weights, words)
    chain = (*scope.ancestors, scope.focus) if scope.group else scope.ancestors
    above = [
        html.Li(focus_link(organization, unit, organization.label(unit)), **attributes)
        for unit in chain
    ]
    if len(above) > MAX_ABOVE:
        top, *between, parent = above
        count = words("levels", count=len(between))
        menu = html.Details([html.Summary("…", title=count, **aria(label=count)), html.Ol(between)])
        above = [top, html.Li(menu, className="between"), parent]
    focus = html.Li(
        [
            html.Span(name, tabIndex=-1, **aria(current="location"), **attributes),
            " ",
            html.Span(words("units", count=scope.count()), className="muted"),
        ]
    )
    return html.Ol([*above, focus])
