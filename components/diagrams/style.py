"""Colours, typography and sizes of the diagrams.

The branch colours are based on Paul Tol's "light" scheme (https://personal.sron.nl/~pault/), which
is made for filled shapes under dark text and safe for colour-blind readers. Each channel differs
from it by at most 12 of 255, so that branches stay distinct on lower levels too, which are tinted
towards the background.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from components.model.branches import SMALL, TRUNK
from components.model.history import BECAME, MOVED
from components.model.relations import Basis


class Theme(StrEnum):
    """The colour themes of a page."""

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
"""The hues of branches, by number; no more can be told apart on all levels."""
SMALL_BRANCH = {Theme.LIGHT: "#a7afbb", Theme.DARK: "#7a828e"}
"""Branches beyond the hues, and branches of a single unit."""
CATEGORY_COLOURS = (*BRANCH_COLOURS, "#74249c", "#a83232", "#b85ad6", "#4c7488")
"""The colours of categories: the most that readers of any colour vision can tell apart."""
OTHER_CATEGORY = {Theme.LIGHT: "#c9ced6", Theme.DARK: "#7d8796"}
"""Values beyond the colours."""
NO_VALUE = {Theme.LIGHT: "#eef1f5", Theme.DARK: "#323b48"}
"""Units of which the table does not say what the colours show."""
SEQUENTIAL = ("#e3edf8", "#b5d0ec", "#80aedb", "#4a86c2", "#235f9e")
DIVERGING = ("#b8703a", "#e6c39a", "#e9edf2", "#9fd0c8", "#2f8f83")
"""Classes of numbers, from the smallest up; the middle one of the second is about zero."""
CLASS_COLOURS: Mapping[str, Mapping[Theme, str]] = {
    **{f"category-{at}": dict.fromkeys(Theme, one) for at, one in enumerate(CATEGORY_COLOURS)},
    "category-other": OTHER_CATEGORY,
    **{f"sequential-{at}": dict.fromkeys(Theme, one) for at, one in enumerate(SEQUENTIAL)},
    **{f"diverging-{at}": dict.fromkeys(Theme, one) for at, one in enumerate(DIVERGING)},
    "no-value": NO_VALUE,
}
"""The colours of classes of units by name, which is also that of a CSS class."""
NEUTRAL = {Theme.LIGHT: "#e3e7ed", Theme.DARK: "#c3ccd8"}
LABEL_MARGIN = 2.5
"""Minimum distance between a label and the border of its sector, in pixels."""
OPENER_GAP, OPENER_PADDING, OPENER_HEIGHT = 2.0, 2.5, 13.0
"""Pixels: between a box and its opener, inside the opener, and its height."""
GROUPED = {Theme.LIGHT: "#f3f5f8", Theme.DARK: "#39424f"}
BACKGROUND = {Theme.LIGHT: "#ffffff", Theme.DARK: "#12171f"}
INK = "#10161f"
TEXT = {Theme.LIGHT: "#1b2430", Theme.DARK: "#e8edf4"}
MUTED = {Theme.LIGHT: "#566171", Theme.DARK: "#a3afbf"}
ACCENT = {Theme.LIGHT: "#0b57d0", Theme.DARK: "#a8c7fa"}
BAR = {Theme.LIGHT: "#1b2430", Theme.DARK: "#0b1018"}
"""Bars of a measure, in boxes that are light or of a middle tone."""
HIERARCHY = {Theme.LIGHT: "#b4bdc9", Theme.DARK: "#566274"}
REFERENCE_FILL = {Theme.LIGHT: "#ffffff", Theme.DARK: "#1c2430"}
LEVEL_TINT = {Theme.LIGHT: 0.24, Theme.DARK: 0.18}
"""How far each level below the top of a branch moves towards the background, 0 to 1."""
MAX_TINT = {Theme.LIGHT: 0.48, Theme.DARK: 0.36}
"""The limit for deep levels, so that text keeps its contrast and branches keep their hue."""
PLACEHOLDER_TINT = {Theme.LIGHT: 0.75, Theme.DARK: 0.7}
"""How far the fill of a placeholder moves from its level's colour towards the background."""

BORDER_WIDTH, MARKED_BORDER_WIDTH = 1.5, 3.0
"""Pixels; marked are the selected unit and the matches of a filter."""
THIN_BORDER_WIDTH, NEW_BORDER_WIDTH = 0.5, 2.0
WIDE_SECTOR, NARROW_SECTOR = 6.0, 2.0
"""Pixels along its ring: a less wide sector has a thin border, a less than narrow one has none."""
DASH_PATTERN = (4, 2)
"""Dash and gap of a placeholder's border in pixels: the only pattern that Cytoscape has."""
DIMMED_OPACITY, DIMMED_TEXT_OPACITY = 0.4, 0.75
PATH_WIDTH, PATH_HALO_WIDTH, LABEL_HALO_WIDTH = 3.5, 7.0, 3.0
"""Stroke widths in pixels. A halo sets a line or a label off from what it crosses."""
STATION_SIZE, STATION_FONT_SIZE = 17.0, 10.0
"""Diameter and font size of the numbered dots on a path, in pixels."""
LIFTED_BRIGHTNESS = {Theme.LIGHT: 0.9, Theme.DARK: 1.12}
"""Brightness factor for the fills of the selected unit and its ancestors."""

SRGB_LINEAR_LIMIT = 0.04045
"""A channel of sRGB is linear up to this value (IEC 61966-2-1)."""

FONT = "FiraGO"
FONT_FALLBACK = f"{FONT}, system-ui, sans-serif"
LABEL_SIZE = 11
MIN_LABEL_SIZE, MAX_LABEL_SIZE = 10, 15
LINE_HEIGHT = 1.25
MIN_ZOOM, MAX_ZOOM = MIN_LABEL_SIZE / LABEL_SIZE, 1.5
"""Zooms of a network; if it does not fit at the minimum, the page shows a part of it."""
BAR_LENGTH, BAR_HEIGHT, BAR_INSET, BAR_INSET_BELOW = 44.0, 2.5, 4.0, 1.0
"""Pixels: the longest bar of a measure in a box, its height, and its distance from the edges."""
MARK_SIZE, MARK_INSET, MARK_GAP = 17.0, 2.0, 3.0
"""Diameter of the mark of a person in a box, its distance from the left edge, and from the label,
in pixels."""
MARK_MARGIN = 0.5
"""Least distance of a mark from the upper and the lower edge of its box, in pixels."""
MARK, MARK_TINT = "#ffffff", 0.5
"""A colour, and how far the fill of a mark moves towards it from that of its box."""
SUNBURST_MARGIN, NETWORK_PADDING = 4, 4
"""Pixels around the diagrams on the page."""
CACHED_COLOURS = 4_096
"""Colours that are computed once; an organization has some hundreds."""


@dataclass(frozen=True, slots=True)
class LinkStyle:
    """The stroke of a kind of cross-link."""

    colours: tuple[str, str]
    """For the light and the dark theme."""
    dashes: tuple[int, ...]
    """Dashes and gaps of a line of the least width, in pixels; empty for a solid line."""

    def colour(self, theme: Theme) -> str:
        """Return the colour in a theme."""
        return self.colours[theme is Theme.DARK]

    def dashes_at(self, width: float) -> list[float]:
        """Return dashes and gaps of a line of a width, in pixels, so that both grow with it."""
        return [length * width / LEAST_LINK_WIDTH for length in self.dashes]


LINK_WIDTHS: Mapping[str, float] = {"single": 2.0, "double": 3.0, "multiple": 4.0}
"""The width in pixels of a link for one reason, for two and for more, by class."""
LEAST_LINK_WIDTH = min(LINK_WIDTHS.values())
SHARED_REFERENCE = LinkStyle(("#7a3ea8", "#cfa6ee"), (6, 4))
SHARED_THEME = LinkStyle(("#6b7280", "#9aa6b6"), (2, 4))
STATED = {
    "coordinates_with": LinkStyle(("#0b57d0", "#8ab4f8"), ()),
    "supports": LinkStyle(("#0a7a52", "#5fd3a4"), (10, 3)),
    "advises": LinkStyle(("#b3261e", "#f2a19a"), (10, 3, 2, 3)),
    "draws_on": LinkStyle(("#8a5a00", "#f0bf66"), (4, 3)),
    "also_part_of": LinkStyle(("#3d4a5c", "#dbe3ee"), (7, 3)),
    MOVED: LinkStyle(("#b8400e", "#ff9d5c"), (60, 3)),
    BECAME: LinkStyle(("#8f1d8f", "#f0a8f0"), (30, 3, 3, 3)),
}
OTHER_STATED = (
    LinkStyle(("#00707a", "#66d4de"), (14, 3)),
    LinkStyle(("#a0246b", "#f19bc8"), (5, 3)),
    LinkStyle(("#4c5a00", "#c9d860"), (8, 3, 2, 3, 2, 3)),
)


def stated_style(kind: str, kinds: Sequence[str]) -> LinkStyle:
    """Return the style of a kind of stated relation, one of all ``kinds`` of an organization.

    Kinds without a style of their own share ``OTHER_STATED`` in turn.
    """
    unknown = [other for other in kinds if other not in STATED]
    return STATED.get(kind) or OTHER_STATED[unknown.index(kind) % len(OTHER_STATED)]


def basis_style(basis: Basis) -> LinkStyle:
    """Return the style of an inferred link: by a shared reference or a shared theme."""
    return SHARED_REFERENCE if basis is Basis.REFERENCE else SHARED_THEME


def unit_fill(branch: int, level: int, theme: Theme) -> str:
    """Return the fill of a unit: its branch gives the hue, its level the lightness.

    ``branch`` is the number of its hue; see ``branch_numbers``. ``level`` is that within the
    branch, from 1; units above the branches, on level 0, are neutral.
    """
    if branch == TRUNK:
        return NEUTRAL[theme]
    colour = SMALL_BRANCH[theme] if branch == SMALL else BRANCH_COLOURS[branch]
    return mix(colour, BACKGROUND[theme], min((level - 1) * LEVEL_TINT[theme], MAX_TINT[theme]))


def branch_class(branch: int) -> str:
    """Return the CSS class of the hue of a branch, given by its number."""
    return {TRUNK: "branch-none", SMALL: "branch-small"}.get(branch, f"branch-{branch}")


def placeholder_fill(branch: int, level: int, theme: Theme) -> str:
    """Return the fill of a placeholder, paler than that of any other unit."""
    return mix(unit_fill(branch, level, theme), BACKGROUND[theme], PLACEHOLDER_TINT[theme])


@lru_cache(CACHED_COLOURS)
def mix(colour: str, towards: str, share: float) -> str:
    """Interpolate between two colours in sRGB; ``share`` 0 is the first, 1 the second."""
    pairs = zip(_channels(colour), _channels(towards), strict=True)
    return _hex(a + (b - a) * share for a, b in pairs)


def brightened(colour: str, factor: float) -> str:
    """Return a colour with its channels multiplied, as by ``brightness()`` in CSS."""
    return _hex(channel * factor for channel in _channels(colour))


@lru_cache(CACHED_COLOURS)
def text_on(fill: str) -> str:
    """Return the text colour, dark or light, with the higher contrast on a fill."""
    return max((INK, "#ffffff"), key=lambda ink: contrast(ink, fill))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _hex(channels: Iterable[float]) -> str:
    return "#" + "".join(f"{min(255, round(channel)):02x}" for channel in channels)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (
        channel / 12.92 if channel <= SRGB_LINEAR_LIMIT else ((channel + 0.055) / 1.055) ** 2.4
        for channel in (value / 255 for value in _channels(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
