"""The colours and numbers that the diagrams and the page share, as CSS custom properties."""

from __future__ import annotations

from components.diagrams.rooms import NETWORK_SIDES
from components.diagrams.style import (
    ACCENT,
    BACKGROUND,
    BAR,
    BORDER_WIDTH,
    BRANCH_COLOURS,
    CLASS_COLOURS,
    DASH_PATTERN,
    DIMMED_OPACITY,
    DIMMED_TEXT_OPACITY,
    FONT_FALLBACK,
    HIERARCHY,
    LABEL_HALO_WIDTH,
    LABEL_SIZE,
    LIFTED_BRIGHTNESS,
    MARK,
    MARK_SIZE,
    MARK_TINT,
    MARKED_BORDER_WIDTH,
    MAX_ZOOM,
    MIN_ZOOM,
    MUTED,
    NETWORK_PADDING,
    NEUTRAL,
    NEW_BORDER_WIDTH,
    PATH_HALO_WIDTH,
    PATH_WIDTH,
    SMALL_BRANCH,
    STATION_FONT_SIZE,
    STATION_SIZE,
    SUNBURST_MARGIN,
    TEXT,
    Theme,
    branch_class,
    text_on,
)
from components.diagrams.svg import light_dark
from components.model.branches import SMALL, TRUNK


def css_properties() -> str:
    """Return the CSS rules that set the properties for the page."""
    colours = {
        "ground": BACKGROUND,
        "ink": TEXT,
        "muted": MUTED,
        "accent": ACCENT,
        "on-accent": {theme: text_on(colour) for theme, colour in ACCENT.items()},
        "hierarchy": HIERARCHY,
        "bar": BAR,
        "mark": dict.fromkeys(Theme, MARK),
    }
    lengths = {
        "border-width": BORDER_WIDTH,
        "marked-border-width": MARKED_BORDER_WIDTH,
        "new-border-width": NEW_BORDER_WIDTH,
        "path-width": PATH_WIDTH,
        "path-halo-width": PATH_HALO_WIDTH,
        "label-halo-width": LABEL_HALO_WIDTH,
        "label-size": LABEL_SIZE,
        "sunburst-margin": SUNBURST_MARGIN,
        "network-padding": NETWORK_PADDING,
        "mark-size": MARK_SIZE,
        "station-size": STATION_SIZE,
        "station-font-size": STATION_FONT_SIZE,
    }
    values = {
        "font": FONT_FALLBACK,
        **{name: light_dark(colour) for name, colour in colours.items()},
        **{name: f"{length:g}px" for name, length in lengths.items()},
        "dashes": " ".join(f"{length}px" for length in DASH_PATTERN),
        **{f"{name}-width": f"{width:g}" for name, (width, _) in NETWORK_SIDES.items()},
        **{f"{name}-height": f"{height:g}" for name, (_, height) in NETWORK_SIDES.items()},
        "dimmed-opacity": f"{DIMMED_OPACITY:g}",
        "dimmed-text-opacity": f"{DIMMED_TEXT_OPACITY:g}",
        "lifted-brightness": f"{LIFTED_BRIGHTNESS[Theme.LIGHT]:g}",
        "mark-tint": f"{MARK_TINT:g}",
        "least-zoom": f"{MIN_ZOOM:.4f}",
        "most-zoom": f"{MAX_ZOOM:g}",
    }
    dark = {"lifted-brightness": f"{LIFTED_BRIGHTNESS[Theme.DARK]:g}"}
    rules = [_rule(":root", values), _rule(':root[data-theme="dark"]', dark)]
    rules += (
        f".swatch.{name} {{\n  background: {light_dark(colour)};\n}}"
        for name, colour in CLASS_COLOURS.items()
    )
    branches = {TRUNK: light_dark(NEUTRAL), SMALL: light_dark(SMALL_BRANCH)}
    branches |= dict(enumerate(BRANCH_COLOURS))
    rules += (
        f".{branch_class(number)} {{\n  --branch: {colour};\n}}"
        for number, colour in branches.items()
    )
    return "\n\n".join(rules) + "\n"


def _rule(selector: str, values: dict[str, str]) -> str:
    lines = [f"  --{name}: {value};" for name, value in values.items()]
    return "\n".join([f"{selector} {{", *lines, "}"])
