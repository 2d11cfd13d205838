"""The colours of the page have enough contrast in both themes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from components.diagrams.properties import css_properties
from components.diagrams.rooms import NETWORK_SIDES
from components.diagrams.style import Theme, contrast
from components.web.assets import TOKENS, Assets

CSS = Path(__file__).parents[2] / "assets" / "css"
LEGIBLE = 4.5
"""Minimum contrast of text and background (WCAG 2.2, success criterion 1.4.3)."""
VISIBLE = 3.0
"""Minimum contrast of non-text elements (WCAG 2.2, success criterion 1.4.11)."""
ENHANCED = 7.0
"""Enhanced contrast of text and background (WCAG 2.2, success criterion 1.4.6)."""
PROPERTY = re.compile(r"(?m)^ *--([\w-]+):")
TOKEN = re.compile(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)")

TEXTS = (
    *(("ink", background) for background in ("ground", "raised", "accent-soft", "match")),
    *(("muted", background) for background in ("ground", "raised", "accent-soft")),
    *(("accent", background) for background in ("ground", "raised", "accent-soft")),
    *(("inferred", background) for background in ("inferred-soft", "raised")),
    ("ground", "ink"),
    ("ground", "accent"),
)
"""Colours of text and background."""
NON_TEXT = (
    *(("accent", background) for background in ("ground", "raised", "accent-soft")),
    *(("muted", background) for background in ("ground", "raised")),
)
"""Colours of focus rings, borders of pressed buttons, arrows and handles, and of backgrounds."""

in_each_theme = pytest.mark.parametrize("theme", Theme)


def tokens(theme: Theme, *, more: bool = False) -> dict[str, str]:
    """Return the colours of a theme by name; ``more`` applies ``prefers-contrast: more``."""
    normal, _, enhanced = Assets().style_sheet(TOKENS).partition("prefers-contrast: more")
    found = TOKEN.findall(normal) + (TOKEN.findall(enhanced) if more else [])
    return {name: (light, dark)[theme is Theme.DARK] for name, light, dark in found}


@in_each_theme
@pytest.mark.parametrize(("text", "background"), TEXTS)
def test_text_is_legible(theme: Theme, text: str, background: str) -> None:
    colours = tokens(theme)

    assert contrast(colours[text], colours[background]) >= LEGIBLE


@in_each_theme
@pytest.mark.parametrize(("element", "background"), NON_TEXT)
def test_non_text_elements_are_visible(theme: Theme, element: str, background: str) -> None:
    colours = tokens(theme)

    assert contrast(colours[element], colours[background]) >= VISIBLE


@in_each_theme
@pytest.mark.parametrize(("text", "background"), TEXTS)
def test_text_has_enhanced_contrast_for_readers_who_prefer_more(
    theme: Theme, text: str, background: str
) -> None:
    normal, more = tokens(theme), tokens(theme, more=True)

    assert contrast(more[text], more[background]) >= contrast(normal[text], normal[background])
    assert contrast(more[text], more[background]) >= ENHANCED


@in_each_theme
@pytest.mark.parametrize("background", ["ground", "raised"])
def test_lines_are_visible_for_readers_who_prefer_more_contrast(
    theme: Theme, background: str
) -> None:
    colours = tokens(theme, more=True)

    assert contrast(colours["line"], colours[background]) >= VISIBLE


def test_what_page_and_diagrams_share_is_written_once() -> None:
    """Readers who prefer more contrast get other values, which the pictures do not need."""
    shared = set(PROPERTY.findall(css_properties()))
    sheets = {path.name: path.read_text() for path in CSS.glob("*.css")}
    normal, _, _ = sheets.pop("tokens.css").partition("prefers-contrast: more")
    del sheets["preferences.css"]  # forced colours are those of the system
    text = "\n".join([normal, *sheets.values()])

    scripts = "".join(path.read_text() for path in (CSS.parent / "js").rglob("[!.]*.js"))

    assert shared.isdisjoint(PROPERTY.findall(text))
    by_styles = set(re.findall(r"var\(--([\w-]+)", text))
    by_scripts = set(re.findall(r'property\("([\w-]+)"\)', scripts))
    sides = re.findall(r"property\(`\$\{network\}-(\w+)`\)", scripts)
    of_networks = {f"{network}-{side}" for network in NETWORK_SIDES for side in sides}
    assert shared <= by_styles | by_scripts | of_networks


def test_no_text_has_a_size_in_pixels() -> None:
    """Readers set the size of text in their browser; print has a size of its own."""
    sizes = {
        path.name: re.findall(r"(?m)^ *font(?:-size)?:[^;]*\dpx", path.read_text())
        for path in CSS.glob("*.css")
        if path.name != "print.css"
    }

    assert {name: found for name, found in sizes.items() if found} == {}


@in_each_theme
@pytest.mark.parametrize("share", [12, 24, 40])
def test_numbers_are_legible_in_every_tone_of_the_matrix(theme: Theme, share: int) -> None:
    mixed = f"color-mix(in srgb, var(--accent) {share}%, var(--ground))"
    assert mixed in (CSS / "matrix.css").read_text()
    colours = tokens(theme)
    parts = [
        round(sum(part * int(colours[name][at : at + 2], 16) for name, part in mix) / 100)
        for at in (1, 3, 5)
        for mix in [(("accent", share), ("ground", 100 - share))]
    ]

    assert contrast(colours["ink"], "#" + "".join(f"{part:02x}" for part in parts)) >= LEGIBLE


def test_all_colours_are_tokens() -> None:
    """These tests check tokens only. Black in masks has no contrast to check."""
    colours = {
        path.name: re.findall(r"(?<![\w&-])#(?!000\b)[0-9a-f]{3,8}\b", path.read_text())
        for path in CSS.glob("*.css")
        if path.name not in {"tokens.css", "print.css"}
    }

    assert {name: found for name, found in colours.items() if found} == {}
