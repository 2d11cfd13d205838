"""The parameters of a picture, in an address or on the command line, and what each may be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from components.view_state import KEYS
from components.words import LANGUAGE, languages

MILLIMETRE = 96 / 25.4
"""CSS pixels."""


@dataclass(frozen=True, slots=True)
class Preset:
    """What a picture is for: its size and its smallest type, in CSS pixels."""

    width: float
    height: float
    smallest: float


PRESETS: Mapping[str, Preset] = {
    "slide": Preset(1_920, 1_080, 12),
    "a4": Preset(210 * MILLIMETRE, 297 * MILLIMETRE, 8),
    "a4-landscape": Preset(297 * MILLIMETRE, 210 * MILLIMETRE, 8),
    "a3": Preset(297 * MILLIMETRE, 420 * MILLIMETRE, 8),
    "poster": Preset(594 * MILLIMETRE, 841 * MILLIMETRE, 16),
}
"""A slide of 16:9; paper with 6 points as the smallest type; A1 with 12 points."""
ALL = "all"
PARTS = ("title", "legend", "footer")
"""The parts around the diagram, which can be left out."""
CHOICES: Mapping[str, tuple[str, ...]] = {
    "theme": ("light", "dark"),
    LANGUAGE: languages(),
    "preset": ("", *PRESETS),
    "pages": ("", ALL),
    "background": ("opaque", "transparent"),
    **dict.fromkeys(PARTS, ("yes", "no")),
}
"""Allowed values of these parameters; the first is the default, empty if it has no name."""
SIZES = (320, 8_000)
"""Width and height in CSS pixels."""
SCALES = (0.5, 8.0)
"""Pixels of a PNG per CSS pixel."""
LEVELS = (1, 1_000)
"""Levels below the focus."""


class OptionError(ValueError):
    """An invalid option; the text is one sentence with the allowed values."""


def in_words(values: Sequence[str]) -> str:
    """Return the values that are allowed, for help texts and error messages."""
    names = [value for value in values if value]
    return names[0] if len(names) == 1 else f"one of {', '.join(names)}"


ALLOWED: Mapping[str, str] = {
    **{key.name: key.allowed for key in KEYS if key.diagrams},
    "width": f"a whole number from {SIZES[0]} to {SIZES[1]}",
    "height": f"a whole number from {SIZES[0]} to {SIZES[1]}",
    "scale": f"a number from {SCALES[0]:g} to {SCALES[1]:g}",
    "levels": f"a whole number from {LEVELS[0]} to {LEVELS[1]}",
    **{name: in_words(values) for name, values in CHOICES.items()},
}
"""Allowed values of each parameter, for help texts and error messages."""
PARAMETERS = tuple(ALLOWED)
