"""The pages of a PDF: one of the focus, and one of each part whose own parts are not drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from components.diagrams.picture import UP, Picture
from components.diagrams.tree import Node, Tree
from components.export.drawing import draw_tree
from components.export.options import PictureOptions, Subject
from components.words import words_in

MAX_PAGES = 200


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a document."""

    picture: Picture
    name: str = ""
    """The name of what is on it, for its bookmark."""
    parent: int | None = None
    """The number, from 0, of the page on which it is drawn as a part."""
    links: Mapping[str, int] = field(default_factory=dict)
    """The number of the page to which each area of the picture leads, by key."""


@dataclass(frozen=True, slots=True)
class _Planned:
    """A page to be drawn: its options, its name, and the page on which it is drawn as a part."""

    options: PictureOptions
    name: str
    parent: int | None


def draw_pages(subject: Subject, options: PictureOptions) -> list[Page]:
    """Return the pages in the order of levels, ``MAX_PAGES`` at most; the last says what is left.

    Raises:
        OptionError: a page would have too many pixels, or names could not be read.
    """
    words = words_in(options.language).about(subject.organization)
    planned = [_Planned(options, "", None)]
    pages: list[Page] = []
    titles: list[str] = []
    left = 0
    while len(pages) < len(planned):
        number = len(pages)
        plan = planned[number]
        notes = [words("page", count=number + 1)]
        up = ""
        if plan.parent is not None:
            up = words("page-above", name=titles[plan.parent], count=plan.parent + 1)
        drawn = draw_tree(subject, plan.options, up=up, notes=notes)
        links = {} if plan.parent is None else {drawn.tree.focus.key: plan.parent, UP: plan.parent}
        for node in closed_nodes(drawn.tree):
            if len(planned) == MAX_PAGES:
                left += 1
                continue
            links[node.key] = len(planned)
            state = replace(options.state, focus=node.focus, unit=None, to=None)
            planned.append(_Planned(replace(options, state=state), node.name, number))
        if left and len(pages) == MAX_PAGES - 1:
            notes.append(words("pages-left", count=left))
            drawn = draw_tree(subject, plan.options, up=up, notes=notes)
        titles.append(drawn.tree.title)
        pages.append(Page(drawn.picture, plan.name or drawn.tree.title, plan.parent, links))
    return pages


def closed_nodes(tree: Tree) -> Iterator[Node]:
    """Yield the nodes of a tree, by level, that have parts of which none is drawn."""
    for node in sorted(tree.nodes, key=lambda node: node.level):
        has_parts = node.group is not None or not tree.organization.is_leaf(node.unit)
        if has_parts and node.key not in tree.children and node is not tree.focus:
            yield node
