"""What a picture shows, and in which form, read from the texts of an address or a command."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from components.diagrams.address import SEPARATOR, filters_in
from components.diagrams.network import Layout, Look
from components.diagrams.scopes import scope_of_a_look
from components.diagrams.style import Theme
from components.model.finder import nearest_units
from components.model.organization import Organization, Scope, split_list
from components.words import DEFAULT, LANGUAGE, language_of, languages

CHOICES: Mapping[str, tuple[str, ...]] = {
    "theme": ("light", "dark"),
    "links": ("selected", "all"),
    "layout": ("tree", "radial"),
    "references": ("hidden", "shown"),
    LANGUAGE: languages(),
}
"""What these may be; the first is what they are if nothing is said."""
SIZES = (320, 8_000)
"""Width and height in CSS pixels."""
SCALES = (0.5, 8.0)
"""Pixels of a PNG in a CSS pixel."""
ALLOWED: Mapping[str, str] = {
    "unit": "the id, acronym or alias of a unit",
    "focus": "the id, acronym or alias of a unit",
    "to": "the id, acronym or alias of a unit, with which the other one is connected",
    "width": f"a whole number from {SIZES[0]} to {SIZES[1]}",
    "height": f"a whole number from {SIZES[0]} to {SIZES[1]}",
    "scale": f"a number from {SCALES[0]:g} to {SCALES[1]:g}",
    **{name: f"one of {', '.join(values)}" for name, values in CHOICES.items()},
    "types": f"types of units, with {SEPARATOR} between them",
    "themes": f"ids of themes, with {SEPARATOR} between them",
}
"""What each parameter may be."""
PARAMETERS = tuple(ALLOWED)
MOST_NAMED = 8
"""Of the types or themes that are allowed, so many are told."""
WHOLE, DECIMAL = re.compile("[0-9]{1,4}"), re.compile(r"[0-9]{1,2}(\.[0-9]{1,4})?")
BARE = Look()


class Diagram(StrEnum):
    """What can be exported."""

    SUNBURST = "sunburst"
    NETWORK = "network"


class Format(StrEnum):
    """In which form."""

    PNG = "png"
    SVG = "svg"
    PDF = "pdf"


class OptionError(ValueError):
    """What is asked for cannot be; the text is one sentence that says what is allowed."""


class UnknownUnitError(LookupError):
    """There is no such unit; the text is one sentence with the nearest names."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What pictures are made of."""

    organization: Organization
    levels: int
    """Shown below the focus."""
    most_units: int
    """In one picture."""
    address: str
    """Where readers find the page; it ends in a slash."""

    def scope(self, focus: int, unit: int | None = None, to: int | None = None) -> Scope:
        """Return the part to be drawn around a focus, or so that a unit is in it, or its way."""
        return scope_of_a_look(
            self.organization, Look(unit, to=to), focus, levels=self.levels, most=self.most_units
        )


@dataclass(frozen=True, slots=True)
class Options:
    """One picture of a subject; options that change nothing in it have their default."""

    diagram: Diagram
    format: Format
    focus: int
    """The number of the unit in the centre, which has units below it unless it is the only one."""
    look: Look = BARE
    width: int | None = None
    """In CSS pixels; None is what the picture takes, the same for ``height``."""
    height: int | None = None
    scale: float | None = None
    """Pixels of a PNG in a CSS pixel; None is enough for print."""
    theme: Theme = Theme.LIGHT
    language: str = DEFAULT
    """In which the picture says what is not data."""


def read_options(subject: Subject, diagram: str, form: str, texts: Mapping[str, str]) -> Options:
    """Return what is asked for by texts under the names of ``PARAMETERS``; empty ones say nothing.

    As on the page, a unit that is not in the picture of the focus makes its parent the focus.

    Raises:
        OptionError: an unknown parameter, diagram or format, or a value that is not allowed.
        UnknownUnitError: there is no such unit or focus.
    """
    if not set(texts) <= set(PARAMETERS):
        raise OptionError(f"Only these parameters are allowed: {', '.join(PARAMETERS)}.")
    said = {name: text for name, text in texts.items() if text}
    if LANGUAGE in said:
        said[LANGUAGE] = language_of([said[LANGUAGE]]) or said[LANGUAGE]
    drawn = Diagram(_one_of(diagram, "The diagram", tuple(Diagram)))
    made = Format(_one_of(form, "The format, with which the name ends,", tuple(Format)))
    theme, links, layout, references, language = (
        _one_of(said.get(name, allowed[0]), name.capitalize(), allowed)
        for name, allowed in CHOICES.items()
    )
    width, height = (_number(said, name, SIZES, WHOLE) for name in ("width", "height"))
    scale = _number(said, "scale", SCALES, DECIMAL)
    focus, unit, to = _places(subject, said)
    types, themes = _filters(subject.organization, said)
    network = drawn is Diagram.NETWORK
    return Options(
        diagram=drawn,
        format=made,
        focus=focus,
        look=Look(
            unit=unit,
            layout=Layout(layout) if network else Layout.TREE,
            all_links=network and links == "all",
            references=network and references == "shown",
            types=types,
            themes=themes,
            to=to,
        ),
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
    said: Mapping[str, str], name: str, bounds: tuple[float, float], form: re.Pattern[str]
) -> float | None:
    if name not in said:
        return None
    number = float(said[name]) if form.fullmatch(said[name]) else -1
    if not bounds[0] <= number <= bounds[1]:
        raise OptionError(f"{name.capitalize()} must be {ALLOWED[name]}.")
    return number


def _filters(
    organization: Organization, said: Mapping[str, str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the types and the themes that are asked for, in the order of the organization."""
    known = organization.filters
    for name, values in (("types", known.types), ("themes", known.themes)):
        if not set(split_list(said.get(name, ""))) <= {*values}:
            raise OptionError(f"{name.capitalize()} must be {ALLOWED[name]}: {_few(values)}.")
    return filters_in(organization, said)


def _few(values: Iterable[str]) -> str:
    """Return the first values, in one line, and how many more there are."""
    told = [" ".join(value.split()) for value in values]
    more = len(told) - MOST_NAMED
    if not told:
        return "here are none"
    return ", ".join(told[:MOST_NAMED]) + (f" and {more:,} more" if more > 0 else "")


def _places(subject: Subject, said: Mapping[str, str]) -> tuple[int, int | None, int | None]:
    """Return the numbers of the unit in the centre, the selected one, and one connected with it."""
    focus, unit, to = (
        _unit(subject.organization, said[name]) if name in said else None
        for name in ("focus", "unit", "to")
    )
    to = to if unit is not None and to != unit else None
    return subject.scope(focus or 0, unit, to).focus, unit, to


def _unit(organization: Organization, name: str) -> int:
    unit = organization.find(name)
    if unit is None:
        nearest = nearest_units(organization, name)
        names = "; ".join(" ".join(organization.units["name"][each].split()) for each in nearest)
        near = f"the nearest names are: {names}" if names else "the search on the page finds units"
        raise UnknownUnitError(f"There is no such unit; {near}.")
    return unit
