"""The options of an exported picture, read from the parameters of an address or a command."""

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
"""Pixels of a PNG in a CSS pixel."""
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
    """An option that is not allowed; its text is one sentence that says what is."""


@dataclass(frozen=True, slots=True)
class Subject:
    """An organization, and how much of it a picture shows."""

    index: OrganizationIndex
    levels: int
    """Levels below the focus."""
    most_units: int
    """Units in one picture."""
    address: str
    """Where readers find the page, with a slash at the end; empty if unknown."""

    @property
    def organization(self) -> Organization:
        """Return the organization."""
        return self.index.organization

    def scope(self, state: ViewState) -> Scope:
        """Return the scope of a view."""
        return scope_of_view(self.index, state, levels=self.levels, most=self.most_units)


@dataclass(frozen=True, slots=True)
class Options:
    """Options of one picture; those on which it does not depend have their default."""

    diagram: Diagram
    format: Format
    state: ViewState = BARE
    """Its focus is the one that is drawn: a unit with children, unless it is the only one."""
    width: int | None = None
    """In CSS pixels, like ``height``; None is the size that the picture needs."""
    height: int | None = None
    scale: float | None = None
    """Pixels of a PNG per CSS pixel; None is enough for print."""
    theme: Theme = Theme.LIGHT
    language: str = DEFAULT
    """Of the texts that are not data."""


def read_options(subject: Subject, diagram: str, form: str, texts: Mapping[str, str]) -> Options:
    """Return the options of a picture from texts by the names of ``PARAMETERS``.

    Empty text counts as absent. As on the page, a unit that the picture of the focus does not show
    makes its parent the focus.

    Raises:
        OptionError: an unknown parameter, diagram or format, or a value that is not allowed.
        UnknownUnitError: there is no such unit or focus.
    """
    if not set(texts) <= set(PARAMETERS):
        raise OptionError(f"Only these parameters are allowed: {', '.join(PARAMETERS)}.")
    given = {name: text for name, text in texts.items() if text}
    if LANGUAGE in given:
        given[LANGUAGE] = language_of([given[LANGUAGE]]) or given[LANGUAGE]
    drawn = Diagram(_one_of(diagram, "The diagram", tuple(Diagram)))
    made = Format(_one_of(form, "The format, with which the name ends,", tuple(Format)))
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
    return Options(
        diagram=drawn,
        format=made,
        state=replace(state, focus=focus).for_diagrams(drawn),
        width=None if width is None else int(width),
        height=None if height is None else int(height),
        scale=scale if made is Format.PNG else None,
        theme=Theme(theme),
        language=language,
    )


def _one_of(text: str, name: str, allowed: Sequence[str]) -> str:
    if text not in allowed:
        raise OptionError(f"{name} must be one of {', '.join(allowed)}.")
    return text


def _number(
    given: Mapping[str, str], name: str, bounds: tuple[float, float], form: re.Pattern[str]
) -> float | None:
    if name not in given:
        return None
    number = float(given[name]) if form.fullmatch(given[name]) else -1
    if not bounds[0] <= number <= bounds[1]:
        raise OptionError(f"{name.capitalize()} must be {ALLOWED[name]}.")
    return number
