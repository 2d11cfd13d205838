"""Drawing a picture of a view: as much as can be read at its size."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from components.diagrams.encoding import encoding_of
from components.diagrams.marks import marks_of
from components.diagrams.picture import (
    MIN_SURROUND_SCALE,
    Frame,
    Picture,
    network_picture,
    sunburst_picture,
)
from components.diagrams.rooms import smaller_room
from components.diagrams.style import MIN_LABEL_SIZE
from components.diagrams.tree import Tree, tree_of
from components.export.naming import address_of
from components.export.options import Format, PictureOptions, Subject
from components.export.parameters import OptionError
from components.model.scope import Room
from components.view_state import Diagram, scope_of_network
from components.words import words_in

MAX_PIXELS = 64_000_000
"""Pixels of the largest PNG, which takes 256 MB while it is drawn."""
MAX_SIDE = 19_200
"""CSS pixels of the longest side of a page in a PDF: 200 inches."""
ROUNDING = 1e-6
MIN_GAIN = 0.5
"""If fewer rows bring type less than this share nearer to its size, there are too many columns."""
MAX_STEP = 0.8
"""The largest share of its rows that a room keeps when it has too many."""
NEAR = 0.05
"""The share of rows by which a room may be smaller than the largest that can be read."""
ENLARGEMENTS = (2.0, 1.6, 1.25)
"""How much larger type may be than the smallest of a preset; the first that fits is taken."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture, and the tree that it shows."""

    picture: Picture
    tree: Tree


def draw(subject: Subject, options: PictureOptions) -> Picture:
    """Return a picture as SVG, with its size.

    Raises:
        OptionError: the picture would have too many pixels, or names could not be read.
    """
    return draw_tree(subject, options).picture


def draw_tree(
    subject: Subject, options: PictureOptions, *, up: str = "", notes: Sequence[str] = ()
) -> Drawn:
    """Return a picture with its tree; ``up`` and ``notes`` are those of its frame.

    If names were too small, less is drawn, and the rest gathered or closed. Where a preset has
    room to draw the same in larger type, it is larger.

    Raises:
        OptionError: the picture would have too many pixels, or names could not be read.
    """
    around = {"up": up, "notes": notes}
    drawn = _most_legible(subject, options, around)
    if options.opens_all:
        _check_size(drawn.picture, options.format)
    if not options.preset:
        return drawn
    if not _is_readable(drawn, options):
        raise OptionError(
            "Not all names could be read at this size; ask for a larger preset, or for "
            "references=hidden."
        )
    for enlargement in ENLARGEMENTS:
        enlarged = replace(options, enlargement=enlargement)
        larger = _drawn(subject, enlarged, enlarged.room(subject.organization), around)
        if (
            larger.tree.by_key.keys() == drawn.tree.by_key.keys()
            and larger.picture.unread <= drawn.picture.unread
            and _is_readable(larger, enlarged)
        ):
            return larger
    return drawn


def _most_legible(subject: Subject, options: PictureOptions, around: Mapping[str, Any]) -> Drawn:
    """Return the picture of as much as can be read."""
    room = options.room(subject.organization)
    if options.diagram is Diagram.NETWORK and not options.opens_all:
        return _with_readable_type(subject, options, room, around)
    drawn = _drawn(subject, options, room, around)
    labelled = 1 - drawn.picture.unlabelled / len(drawn.tree.nodes)
    if options.opens_all or labelled >= room.enough:
        return drawn
    # Only now it is known how much room the legend takes from the circle.
    return _drawn(
        subject, options, options.room(subject.organization, drawn.picture.radius), around
    )


def _with_readable_type(
    subject: Subject, options: PictureOptions, room: Room, around: Mapping[str, Any]
) -> Drawn:
    """Return the network that has as many rows and columns as can be read, a room at most."""
    drawn = _drawn(subject, options, room, around)
    rings, too_many = len(room.least), room.rows
    while not _is_readable(drawn, options) and (room.rows > 1 or rings > 1):
        too_many, size = room.rows, drawn.picture.smallest_text
        wanted = MIN_LABEL_SIZE * options.magnification
        room = smaller_room(room, min(size / wanted, MAX_STEP), rings=rings)
        drawn = _drawn(subject, options, room, around)
        if drawn.picture.smallest_text < size + (wanted - size) * MIN_GAIN:
            rings = max(1, rings - 1)
    # What is opened changes by many rows at once, so the first room that is small enough may be
    # much smaller than needed.
    while too_many - room.rows > max(1, room.rows * NEAR):
        between = replace(room, rows=(room.rows + too_many) // 2)
        larger = _drawn(subject, options, between, around)
        if _is_readable(larger, options):
            room, drawn = between, larger
        else:
            too_many = between.rows
    return drawn


def _is_readable(drawn: Drawn, options: PictureOptions) -> bool:
    """Return whether no label of a diagram is too small."""
    least = MIN_LABEL_SIZE * options.magnification - ROUNDING
    return drawn.picture.smallest_text >= least


def _drawn(
    subject: Subject, options: PictureOptions, room: Room, around: Mapping[str, Any]
) -> Drawn:
    scope = subject.scope(options.state, room)
    if options.diagram is Diagram.NETWORK:
        scope = scope_of_network(options.state, scope)
    tree = tree_of(
        scope,
        words_in(options.language).about(subject.organization),
        encoding_of(options.state, subject.index),
    )
    marks = marks_of(tree, options.state, subject.index)
    frame = Frame(
        magnification=options.magnification,
        min_text_scale=1.0 if options.preset else MIN_SURROUND_SCALE,
        grows=options.opens_all,
        has_title="title" not in options.left_out,
        has_legend="legend" not in options.left_out,
        has_footer="footer" not in options.left_out,
        is_transparent=options.is_transparent,
        **around,
    )
    theme, size, address = options.theme, options.size, address_of(subject, options)
    if options.diagram is Diagram.SUNBURST:
        picture = sunburst_picture(
            tree, marks, theme=theme, size=size, address=address, frame=frame
        )
    else:
        picture = network_picture(
            tree, options.state, marks, theme=theme, size=size, address=address, frame=frame
        )
    return Drawn(picture, tree)


def _check_size(picture: Picture, form: Format) -> None:
    """Raise an ``OptionError`` if a picture of everything has become too large."""
    width, height = round(picture.width), round(picture.height)
    size = f"With open=all this picture would have {width:,} by {height:,} pixels"
    if width * height > MAX_PIXELS:
        raise OptionError(
            f"{size}, and {MAX_PIXELS // 1_000_000} million are allowed; "
            "ask for fewer levels or for another focus."
        )
    if form is Format.PDF and max(width, height) > MAX_SIDE:
        raise OptionError(
            f"{size}, and a page has {MAX_SIDE:,} a side at most; "
            "ask for an SVG, for fewer levels, or for another focus."
        )
