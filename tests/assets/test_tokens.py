"""The page's colours keep their contrast, whatever its theme."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from components.diagrams.style import ACCENT, BACKGROUND, MUTED, TEXT, Theme, contrast

CSS = Path(__file__).parents[2] / "assets" / "css"
LEGIBLE = 4.5
"""WCAG 2.2, success criterion 1.4.3: text and what is behind it."""
VISIBLE = 3.0
"""WCAG 2.2, success criterion 1.4.11: signs and what is beside them."""
ENHANCED = 7.0
"""WCAG 2.2, success criterion 1.4.6."""
TOKEN = re.compile(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)")

TEXTS = (
    *(("ink", behind) for behind in ("ground", "raised", "accent-soft", "found")),
    *(("muted", behind) for behind in ("ground", "raised", "accent-soft")),
    *(("accent", behind) for behind in ("ground", "raised", "accent-soft")),
    *(("inferred", behind) for behind in ("inferred-soft", "raised")),
    ("ground", "ink"),
    ("ground", "accent"),
)
"""What is written, and on what."""
SIGNS = (
    *(("accent", behind) for behind in ("ground", "raised", "accent-soft")),
    *(("muted", behind) for behind in ("ground", "raised")),
)
"""The ring around what has the focus, the borders of what is pressed, arrows and handles."""

in_each_theme = pytest.mark.parametrize("theme", Theme)


def tokens(theme: Theme, *, more: bool = False) -> dict[str, str]:
    """Return the colours of a theme by name; ``more`` for readers who ask for more contrast."""
    usual, _, asked = (CSS / "tokens.css").read_text().partition("prefers-contrast: more")
    found = TOKEN.findall(usual) + (TOKEN.findall(asked) if more else [])
    return {name: (light, dark)[theme is Theme.DARK] for name, light, dark in found}


@in_each_theme
@pytest.mark.parametrize(("text", "behind"), TEXTS)
def test_text_is_legible(theme: Theme, text: str, behind: str) -> None:
    colours = tokens(theme)

    assert contrast(colours[text], colours[behind]) >= LEGIBLE


@in_each_theme
@pytest.mark.parametrize(("sign", "behind"), SIGNS)
def test_signs_are_visible(theme: Theme, sign: str, behind: str) -> None:
    colours = tokens(theme)

    assert contrast(colours[sign], colours[behind]) >= VISIBLE


@in_each_theme
@pytest.mark.parametrize(("text", "behind"), TEXTS)
def test_text_stands_out_more_where_that_is_asked_for(theme: Theme, text: str, behind: str) -> None:
    usual, more = tokens(theme), tokens(theme, more=True)

    assert contrast(more[text], more[behind]) >= contrast(usual[text], usual[behind])
    assert contrast(more[text], more[behind]) >= ENHANCED


@in_each_theme
@pytest.mark.parametrize("behind", ["ground", "raised"])
def test_every_line_is_visible_where_more_contrast_is_asked_for(theme: Theme, behind: str) -> None:
    colours = tokens(theme, more=True)

    assert contrast(colours["line"], colours[behind]) >= VISIBLE


@in_each_theme
def test_page_and_diagrams_have_the_same_colours(theme: Theme) -> None:
    colours = tokens(theme)
    names = {"ground": BACKGROUND, "ink": TEXT, "muted": MUTED, "accent": ACCENT}

    assert {name: colours[name] for name in names} == {
        name: colour[theme] for name, colour in names.items()
    }


def test_no_text_has_a_size_in_pixels() -> None:
    """Readers choose the size of the text; on paper it is the page's own."""
    written = {
        path.name: re.findall(r"(?m)^ *font(?:-size)?:[^;]*\dpx", path.read_text())
        for path in CSS.glob("*.css")
        if path.name != "print.css"
    }

    assert {name: sizes for name, sizes in written.items() if sizes} == {}


@in_each_theme
@pytest.mark.parametrize("share", [12, 24, 40])
def test_a_number_is_legible_in_every_tone_of_the_matrix(theme: Theme, share: int) -> None:
    mixed = f"color-mix(in srgb, var(--accent) {share}%, var(--ground))"
    assert mixed in (CSS / "matrix.css").read_text()
    colours = tokens(theme)
    parts = [
        round(sum(part * int(colours[name][at : at + 2], 16) for name, part in mix) / 100)
        for at in (1, 3, 5)
        for mix in [(("accent", share), ("ground", 100 - share))]
    ]

    assert contrast(colours["ink"], "#" + "".join(f"{part:02x}" for part in parts)) >= LEGIBLE


def test_no_colour_is_written_where_it_is_used() -> None:
    """A colour of its own would be in no test; shadows and veils are no text."""
    written = {
        path.name: re.findall(r"(?<![\w&-])#(?!000\b)[0-9a-f]{3,8}\b", path.read_text())
        for path in CSS.glob("*.css")
        if path.name not in {"tokens.css", "print.css"}
    }

    assert {name: colours for name, colours in written.items() if colours} == {}
