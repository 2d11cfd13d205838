"""The options of a picture, parsed from an address or the command line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from components.diagrams.style import Theme
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.model.scope import Scope
from components.view_state import (
    KEYS,
    Diagram,
    InvalidValueError,
    ViewState,
    parse_view_state,
    scope_of_view,
)
from components.words import DEFAULT, LANGUAGE, language_of, languages

CHOICES: Mapping[str, tuple[str, ...]] = {"theme": ("light", "dark"), LANGUAGE: languages()}
"""Allowed values of these parameters; the first is the default."""
SIZES = (320, 8_000)
"""Width and height in CSS pixels."""
SCALES = (0.5, 8.0)
"""Pixels of a PNG per CSS pixel."""
ALLOWED: Mapping[str, str] = {
    **{key.name: key.allowed for key in KEYS if key.diagrams},
    "width": f"a whole number from {SIZES[0]} to {SIZES[1]}",
    "height": f"a whole number from {SIZES[0]} to {SIZES[1]}",
    "scale": f"a number from {SCALES[0]:g} to {SCALES[1]:g}",
    **{name: f"one of {', '.join(values)}" for name, values in CHOICES.items()},
}
"""Allowed values of each parameter, for help texts and error messages."""
PARAMETERS = tuple(ALLOWED)
WHOLE, DECIMAL = re.compile("[0-9]{1,4}"), re.compile(r"[0-9]{1,2}(\.[0-9]{1,4})?")
BARE = ViewState()


class Format(StrEnum):
    """File formats of a picture."""

    PNG = "png"
    SVG = "svg"
    PDF = "pdf"


class OptionError(ValueError):
    """An invalid option; the text is one sentence with the allowed values."""


@dataclass(frozen=True, slots=True)
class Subject:
    """An organization and the limits of its pictures."""

    index: OrganizationIndex
    levels: int
    """Levels below the focus."""
    most_units: int
    """The largest number of units in one picture."""
    address: str
    """The public address of the page, with a slash at the end; empty if unknown."""

    @property
    def organization(self) -> Organization:
        """Return the organization."""
        return self.index.organization

    def scope(self, state: ViewState) -> Scope:
        """Return the scope of a view."""
        return scope_of_view(self.index, state, levels=self.levels, most=self.most_units)


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

    @property
    def unit(self) -> int:
        """Return the unit that the picture is about: the selected one, or else the focus."""
        return self.state.focus if self.state.unit is None else self.state.unit


def read_options(
    subject: Subject, diagram: str, form: str, texts: Mapping[str, str]
) -> PictureOptions:
    """Return the options of a picture from texts, which are named as in ``PARAMETERS``.

    Empty text counts as absent. If the scope of the focus does not show the selected unit, the
    unit's parent becomes the focus, as on the page.

    Raises:
        OptionError: an unknown parameter, diagram or format, or a value that is not allowed.
        UnknownUnitError: there is no such unit or focus.
    """
    if not set(texts) <= set(PARAMETERS):
        raise OptionError(f"Only these parameters are allowed: {', '.join(PARAMETERS)}.")
    given = {name: text for name, text in texts.items() if text}
    if LANGUAGE in given:
        given[LANGUAGE] = language_of([given[LANGUAGE]]) or given[LANGUAGE]
    kind = Diagram(_one_of(diagram, "The diagram", tuple(Diagram)))
    file_format = Format(_one_of(form, "The format, with which the name ends,", tuple(Format)))
    theme, language = (
        _one_of(given.get(name, allowed[0]), name.capitalize(), allowed)
        for name, allowed in CHOICES.items()
    )
    width, height = (_number(given, name, SIZES, WHOLE) for name in ("width", "height"))
    scale = _number(given, "scale", SCALES, DECIMAL)
    try:
        state = parse_view_state(given, subject.index)
    except InvalidValueError as error:
        raise OptionError(str(error)) from None
    focus = subject.scope(state).focus
    return PictureOptions(
        diagram=kind,
        format=file_format,
        state=replace(state, focus=focus).for_diagrams(kind),
        width=None if width is None else int(width),
        height=None if height is None else int(height),
        scale=scale if file_format is Format.PNG else None,
        theme=Theme(theme),
        language=language,
    )


def _one_of(text: str, name: str, allowed: Sequence[str]) -> str:
    if text not in allowed:
        raise OptionError(f"{name} must be one of {', '.join(allowed)}.")
    return text


def _number(
    given: Mapping[str, str], name: str, bounds: tuple[float, float], pattern: re.Pattern[str]
) -> float | None:
    if name not in given:
        return None
    number = float(given[name]) if pattern.fullmatch(given[name]) else -1
    if not bounds[0] <= number <= bounds[1]:
        raise OptionError(f"{name.capitalize()} must be {ALLOWED[name]}.")
    return number
