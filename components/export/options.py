"""The options of a picture, parsed from an address or the command line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from components.diagrams.picture import HEIGHT, WIDTH, Size
from components.diagrams.rooms import network_room_of, open_room, room_of, with_levels
from components.diagrams.style import MIN_LABEL_SIZE, Theme
from components.export.parameters import (
    ALL,
    ALLOWED,
    CHOICES,
    LEVELS,
    PARAMETERS,
    PARTS,
    PRESETS,
    SCALES,
    SIZES,
    OptionError,
    in_words,
)
from components.model.groups import Focus, Group, unit_of
from components.model.index import OrganizationIndex
from components.model.moment import NOW, Moment
from components.model.organization import Organization
from components.model.scope import Room, Scope, common_ancestor, parent_of
from components.view_state import (
    MOMENT_KEYS,
    Diagram,
    InvalidValueError,
    Layout,
    ViewState,
    parse_view_state,
    scope_of_view,
)
from components.words import DEFAULT, LANGUAGE, language_of

MAX_OPEN = 3_000
"""Units in a picture of everything below the focus."""
WHOLE, DECIMAL = re.compile("[0-9]{1,4}"), re.compile(r"[0-9]{1,2}(\.[0-9]{1,4})?")
BARE = ViewState()
RADIUS_SHARE = 0.4
"""About the radius of a sunburst, as a share of the shorter side of its picture."""
WIDTH_SHARE, HEIGHT_SHARE = 0.95, 0.8
"""The most of width and height of a picture that a network takes."""


class Format(StrEnum):
    """File formats of a picture."""

    PNG = "png"
    SVG = "svg"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Subject:
    """An organization, and where its page is."""

    index: OrganizationIndex
    address: str
    """The public address of the page, with a slash at the end; empty if unknown."""
    moment: Moment = NOW
    """The moment that is shown."""

    @property
    def organization(self) -> Organization:
        """Return the organization."""
        return self.index.organization

    def scope(self, state: ViewState, room: Room) -> Scope:
        """Return the scope of a view in a picture: as much as can be read in a room."""
        return scope_of_view(self.index, state, room)


@dataclass(frozen=True, slots=True)
class PictureOptions:
    """Options of one picture; options that its diagram or format ignores have their default."""

    diagram: Diagram
    format: Format
    state: ViewState = BARE
    """Its focus has children, unless the organization is a single unit."""
    width: int | None = None
    """In CSS pixels, like ``height``; None for the natural size of the picture."""
    height: int | None = None
    scale: float | None = None
    """Pixels of a PNG per CSS pixel; None for a default that suits print."""
    theme: Theme = Theme.LIGHT
    language: str = DEFAULT
    """The language of the texts that are not data."""
    preset: str = ""
    """One of ``PRESETS``, or empty."""
    levels: int | None = None
    """The most levels below the focus that are drawn."""
    opens_all: bool = False
    """Whether everything below the focus is drawn, however large the picture becomes."""
    has_pages: bool = False
    """Whether a PDF has a further page for each part that is drawn without its own parts."""
    is_transparent: bool = False
    left_out: tuple[str, ...] = ()
    """Those of ``PARTS`` that are not drawn."""
    enlargement: float = 1.0
    """How much larger everything is than the smallest type of the preset asks for."""

    @property
    def magnification(self) -> float:
        """Return the CSS pixels per pixel of the drawing."""
        smallest = PRESETS[self.preset].smallest if self.preset else MIN_LABEL_SIZE
        return smallest / MIN_LABEL_SIZE * self.enlargement

    @property
    def size(self) -> Size:
        """Return width and height in pixels of the drawing; None for the natural size."""
        width, height = self.width, self.height
        if not self.preset:
            return width, height
        preset = PRESETS[self.preset]
        aspect = preset.width / preset.height
        return (
            (width or (height * aspect if height else preset.width)) / self.magnification,
            (height or (width / aspect if width else preset.height)) / self.magnification,
        )

    def room(self, organization: Organization, radius: float | None = None) -> Room:
        """Return what can be read at the size of the picture, or in a sunburst of a radius."""
        if self.opens_all:
            return open_room(min(self.levels or organization.levels, organization.levels))
        width, height = self.size
        if (
            self.diagram is Diagram.NETWORK
            and self.state.layout is Layout.TREE
            and width
            and height
        ):
            room = network_room_of(
                width * WIDTH_SHARE,
                height * HEIGHT_SHARE,
                has_references=self.state.shows_references,
            )
        else:
            radius = radius or min(width or WIDTH, height or HEIGHT) * RADIUS_SHARE
            room = room_of(radius, height and height * HEIGHT_SHARE)
            if self.diagram is Diagram.NETWORK:
                room = replace(room, read=None)
        return with_levels(room, self.levels) if self.levels else room

    @property
    def subject(self) -> Focus:
        """Return what the picture is about: the selected unit, or else the focus."""
        return self.state.focus if self.state.unit is None else self.state.unit


def read_options(
    subject: Subject, diagram: str, form: str, texts: Mapping[str, str]
) -> PictureOptions:
    """Return the options of a picture from texts, which are named as in ``PARAMETERS``.

    Empty text counts as absent; those of the moment have chosen the subject already. If the scope
    of the focus does not show the selected unit, the unit's parent becomes the focus, as on the
    page.

    Raises:
        OptionError: an unknown parameter, diagram or format, or a value that is not allowed.
        UnknownUnitError: there is no such unit or focus.
    """
    allowed_names = (*PARAMETERS, *MOMENT_KEYS)
    if not set(texts) <= {*allowed_names}:
        raise OptionError(f"Only these parameters are allowed: {', '.join(allowed_names)}.")
    given = {name: text for name, text in texts.items() if text}
    if LANGUAGE in given:
        given[LANGUAGE] = language_of([given[LANGUAGE]]) or given[LANGUAGE]
    kind = Diagram(_one_of(diagram, "The diagram", tuple(Diagram)))
    file_format = Format(_one_of(form, "The format, with which the name ends,", tuple(Format)))
    chosen = {
        name: _one_of(given.get(name, allowed[0]), name.capitalize(), allowed)
        for name, allowed in CHOICES.items()
    }
    width, height = (_whole(given, name, SIZES) for name in ("width", "height"))
    scale = _number(given, "scale", SCALES, DECIMAL)
    opens_all = given.get("open") == ALL
    if opens_all:
        del given["open"]
    try:
        state = parse_view_state(given, subject.index)
    except InvalidValueError as error:
        raise OptionError(str(error)) from None
    options = PictureOptions(
        diagram=kind,
        format=file_format,
        width=width,
        height=height,
        scale=scale if file_format is Format.PNG else None,
        theme=Theme(chosen["theme"]),
        language=chosen[LANGUAGE],
        preset=chosen["preset"],
        levels=_whole(given, "levels", LEVELS),
        opens_all=opens_all,
        has_pages=bool(chosen["pages"]),
        is_transparent=chosen["background"] == "transparent",
        left_out=tuple(part for part in PARTS if chosen[part] == "no"),
    )
    _check(options)
    if options.opens_all:
        _check_count(subject.index, state, options)
    focus = subject.scope(state, options.room(subject.organization)).centre
    return replace(options, state=replace(state, focus=focus).for_diagrams(kind))


def _check(options: PictureOptions) -> None:
    """Raise an ``OptionError`` unless the options can be fulfilled together."""
    is_pdf = options.format is Format.PDF
    if options.has_pages and not is_pdf:
        raise OptionError("Pages are only those of a PDF; ask for a PDF, or leave pages out.")
    if options.is_transparent and is_pdf:
        raise OptionError(
            "Only a PNG or an SVG can be transparent; ask for one of these, or for "
            "background=opaque."
        )
    if options.opens_all and any((options.preset, options.width, options.height)):
        raise OptionError(
            "With open=all a picture is as large as it needs; leave out preset, width and height."
        )


def _check_count(index: OrganizationIndex, state: ViewState, options: PictureOptions) -> None:
    """Raise an ``OptionError`` if too many units would be drawn around any possible centre."""
    organization = index.organization
    centres = [state.focus]
    if state.unit is not None:
        centres.append(parent_of(organization, state.unit))
        if state.to is not None:
            centres.append(common_ancestor(organization, (state.unit, state.to)))
    for centre in centres:
        count = _count_open(index, centre, options.levels or organization.levels)
        if count > MAX_OPEN:
            raise OptionError(
                f"With open=all a picture can have {MAX_OPEN:,} units, and this one would have "
                f"{count:,}; ask for fewer levels or for another focus."
            )


def _count_open(index: OrganizationIndex, centre: Focus, levels: int) -> int:
    """Return the number of units down to some levels below what is at the centre."""
    organization, top = index.organization, unit_of(centre)
    if isinstance(centre, int) and organization.is_leaf(centre):
        top = parent_of(organization, centre)
    tops = [top]
    if isinstance(centre, Group):
        tops = index.siblings.members(centre, organization.leaves).tolist()
    deepest = int(organization.depth[top]) + levels
    return sum(
        int((organization.depth[each : each + int(organization.size[each])] <= deepest).sum())
        for each in tops
    )


def _one_of(text: str, name: str, allowed: Sequence[str]) -> str:
    if text not in allowed:
        raise OptionError(f"{name} must be {in_words(allowed)}.")
    return text


def _whole(given: Mapping[str, str], name: str, bounds: tuple[int, int]) -> int | None:
    number = _number(given, name, bounds, WHOLE)
    return None if number is None else int(number)


def _number(
    given: Mapping[str, str], name: str, bounds: tuple[float, float], pattern: re.Pattern[str]
) -> float | None:
    if name not in given:
        return None
    number = float(given[name]) if pattern.fullmatch(given[name]) else -1
    if not bounds[0] <= number <= bounds[1]:
        raise OptionError(f"{name.capitalize()} must be {ALLOWED[name]}.")
    return number
