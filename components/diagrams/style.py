"""Palette, type and sizes of the diagrams: one place.

The branch colours follow Paul Tol's "light" scheme (https://personal.sron.nl/~pault/), made for
filled shapes under dark text and distinct for the common kinds of colour blindness. Each channel
is moved by 12 of 255 at most, so that any two stay apart for them on every level: going down, each
colour approaches the background of its theme.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from components.model.relations import Basis


class Theme(StrEnum):
    """The two themes; a page follows the system or the reader's choice."""

    LIGHT = "light"
    DARK = "dark"


BRANCH_COLOURS = (
    "#83aee3",
    "#e27d5c",
    "#3daf95",
    "#ebe97d",
    "#ffb6b9",
    "#a2d8ff",
    "#b6d43a",
    "#a0b102",
)
NEUTRAL = {Theme.LIGHT: "#e3e7ed", Theme.DARK: "#c3ccd8"}
FOLDED = {Theme.LIGHT: "#f3f5f8", Theme.DARK: "#8d98a8"}
BACKGROUND = {Theme.LIGHT: "#ffffff", Theme.DARK: "#12171f"}
INK = "#10161f"
TEXT = {Theme.LIGHT: "#1b2430", Theme.DARK: "#e8edf4"}
MUTED = {Theme.LIGHT: "#566171", Theme.DARK: "#a3afbf"}
ACCENT = {Theme.LIGHT: "#0b57d0", Theme.DARK: "#a8c7fa"}
HIERARCHY = {Theme.LIGHT: "#b4bdc9", Theme.DARK: "#566274"}
REFERENCE_FILL = {Theme.LIGHT: "#ffffff", Theme.DARK: "#1c2430"}
LEVEL_STEP = {Theme.LIGHT: 0.24, Theme.DARK: 0.18}
"""How far each level below a branch's top goes towards the background, from 0 to 1."""
MAX_STEPS = {Theme.LIGHT: 0.48, Theme.DARK: 0.36}
"""No level goes further, so that text keeps its contrast and branches their hue."""
PLACEHOLDER_PALER = 0.75
"""How far a unit that no record describes goes from its colour towards the background."""

RIM, MARKED_RIM = 1.5, 3.0
"""Pixels: the lines between sectors, and around those that are selected or pass the filters."""
THIN_RIM, MANY_SECTORS = 0.5, 150
"""Pixels of the lines where there are more sectors than so many."""
DASHES = (4, 2)
"""Pixels: a dash and a gap of the rim of what is no record. Cytoscape knows no other one."""
DIMMED_SHAPE, DIMMED_TEXT = 0.4, 0.75
"""Opacity of what does not concern the selected unit, or does not pass the filters."""
PATH_WIDTH, HALO_WIDTH, LABEL_HALO = 3.5, 7.0, 3.0
"""Pixels: of the line from unit to unit, of what sets it off from the sectors below it, and of what
sets labels off from it."""
STATION, STATION_TEXT = 17.0, 10.0
"""Pixels: of the dots on it, and of the numbers in them."""
LIFTED_BRIGHTNESS = {Theme.LIGHT: 0.9, Theme.DARK: 1.12}
"""Factor of a sector's colour in the chain of what is selected."""

SRGB_LINEAR = 0.04045
"""Below this a channel of sRGB is linear (IEC 61966-2-1)."""

FONT = "FiraGO"
FONT_FALLBACK = f"{FONT}, system-ui, sans-serif"
LABEL_SIZE = 11
MIN_LABEL_SIZE, MAX_LABEL_SIZE = 10, 15
LINE_HEIGHT = 1.25


@dataclass(frozen=True, slots=True)
class LinkStyle:
    """How a kind of cross-link is drawn: colours by theme, and dashes in pixels (none: solid)."""

    colours: tuple[str, str]
    dashes: tuple[int, ...]

    def colour(self, theme: Theme) -> str:
        """Return the colour in a theme."""
        return self.colours[theme is Theme.DARK]


SHARED_REFERENCE = LinkStyle(("#7a3ea8", "#cfa6ee"), (6, 4))
SHARED_THEME = LinkStyle(("#6b7280", "#9aa6b6"), (1, 4))
STATED = {
    "coordinates_with": LinkStyle(("#0b57d0", "#8ab4f8"), ()),
    "supports": LinkStyle(("#0a7a52", "#5fd3a4"), (10, 3)),
    "advises": LinkStyle(("#b3261e", "#f2a19a"), (10, 3, 2, 3)),
    "draws_on": LinkStyle(("#8a5a00", "#f0bf66"), (3, 3)),
    "also_part_of": LinkStyle(("#3d4a5c", "#dbe3ee"), (7, 3)),
}
OTHER_STATED = (
    LinkStyle(("#00707a", "#66d4de"), (14, 3)),
    LinkStyle(("#a0246b", "#f19bc8"), (4, 2)),
    LinkStyle(("#4c5a00", "#c9d860"), (8, 2, 2, 2, 2, 2)),
)


def stated_style(kind: str, kinds: Sequence[str]) -> LinkStyle:
    """Return the style of one of an organization's kinds of stated relation.

    Kinds that have no style of their own take turns, in the order given.
    """
    unknown = [each for each in kinds if each not in STATED]
    return STATED.get(kind) or OTHER_STATED[unknown.index(kind) % len(OTHER_STATED)]


def basis_style(basis: Basis) -> LinkStyle:
    """Return the style of a link that rests on something shared."""
    return SHARED_REFERENCE if basis is Basis.REFERENCE else SHARED_THEME


def unit_fill(branch: int, depth: int, theme: Theme) -> str:
    """Return the fill of a unit: by branch in hue, by depth in lightness.

    ``branch`` is the place of its branch among the children of the organization's top; the top
    itself, at depth 0, has none.
    """
    if depth == 0:
        return NEUTRAL[theme]
    colour = BRANCH_COLOURS[branch % len(BRANCH_COLOURS)]
    return mix(colour, BACKGROUND[theme], min((depth - 1) * LEVEL_STEP[theme], MAX_STEPS[theme]))


def placeholder_fill(branch: int, depth: int, theme: Theme) -> str:
    """Return the fill of a unit that no record describes: a paler one than any other has."""
    return mix(unit_fill(branch, depth, theme), BACKGROUND[theme], PLACEHOLDER_PALER)


def mix(colour: str, towards: str, share: float) -> str:
    """Return a colour moved towards another in sRGB; ``share`` 0 is the first, 1 the second."""
    mixed = (
        round(a + (b - a) * share)
        for a, b in zip(_channels(colour), _channels(towards), strict=True)
    )
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def brightened(colour: str, factor: float) -> str:
    """Return a colour with each channel multiplied, as ``brightness()`` of CSS does it."""
    channels = (min(255, round(channel * factor)) for channel in _channels(colour))
    return "#" + "".join(f"{channel:02x}" for channel in channels)


def text_on(fill: str) -> str:
    """Return the darker or the lighter text colour, whichever stands out more on a fill."""
    return max((INK, "#ffffff"), key=lambda ink: contrast(ink, fill))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (
        channel / 12.92 if channel <= SRGB_LINEAR else ((channel + 0.055) / 1.055) ** 2.4
        for channel in (value / 255 for value in _channels(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
