from __future__ import annotations

from itertools import combinations, product

import pytest

from components.diagrams.style import (
    BACKGROUND,
    BRANCH_COLOURS,
    GROUPED,
    INK,
    LABEL_SIZE,
    LINK_WIDTHS,
    MIN_LABEL_SIZE,
    MUTED,
    NEUTRAL,
    OTHER_STATED,
    REFERENCE_FILL,
    STATED,
    TEXT,
    LinkStyle,
    Theme,
    basis_style,
    contrast,
    mix,
    placeholder_fill,
    stated_style,
    text_on,
    unit_fill,
)
from components.model.branches import MAX_HUES, SMALL, TRUNK
from components.model.relations import Basis
from components.words.relation_names import relation_is_known
from tests.diagrams.colour_vision import JUST_NOTICEABLE, SIGHTS, distance, seen
from tests.english import ENGLISH

BRANCHES = range(len(BRANCH_COLOURS))
DEPTHS = range(1, 30)
LEGIBLE = 4.5
"""WCAG 2.2, success criterion 1.4.3: text and what is behind it."""
VISIBLE = 3.0
"""WCAG 2.2, success criterion 1.4.11: lines and what is behind them."""
APART = 2 * JUST_NOTICEABLE
"""For fills that are separated by a line of the background."""
LINKS = {
    **STATED,
    **{f"another kind, {turn}": style for turn, style in enumerate(OTHER_STATED)},
    **{f"shared {basis}": basis_style(basis) for basis in (Basis.REFERENCE, Basis.THEME)},
}

in_each_theme = pytest.mark.parametrize("theme", Theme)


class TestContrast:
    @pytest.mark.parametrize(
        ("one", "other", "expected"),
        [
            ("#000000", "#ffffff", 21.0),
            ("#777777", "#777777", 1.0),
            # As in "Understanding Success Criterion 1.4.3": the first grey that passes on white.
            ("#767676", "#ffffff", 4.54),
            ("#ff0000", "#ffffff", 4.0),
            ("#0000ff", "#ffffff", 8.59),
        ],
    )
    def test_is_that_of_wcag_in_either_order(self, one: str, other: str, expected: float) -> None:
        assert contrast(one, other) == pytest.approx(expected, abs=0.005)
        assert contrast(other, one) == contrast(one, other)

    @pytest.mark.parametrize(
        ("fill", "text"), [("#ffffff", INK), ("#000000", "#ffffff"), ("#eedd88", INK)]
    )
    def test_decides_between_dark_and_light_text(self, fill: str, text: str) -> None:
        assert text_on(fill) == text


class TestText:
    @in_each_theme
    @pytest.mark.parametrize("branch", [*BRANCHES, SMALL])
    def test_is_legible_on_a_unit_of_every_level(self, theme: Theme, branch: int) -> None:
        fills = {depth: unit_fill(branch, depth, theme) for depth in DEPTHS}
        ratios = {depth: contrast(text_on(fill), fill) for depth, fill in fills.items()}

        assert {depth: ratio for depth, ratio in ratios.items() if ratio < LEGIBLE} == {}

    @in_each_theme
    def test_is_legible_on_the_top_and_on_groups(self, theme: Theme) -> None:
        for fill in (unit_fill(TRUNK, 0, theme), GROUPED[theme]):
            assert contrast(text_on(fill), fill) >= LEGIBLE

    @in_each_theme
    @pytest.mark.parametrize("branch", [*BRANCHES, SMALL, TRUNK])
    def test_is_legible_on_placeholders(self, theme: Theme, branch: int) -> None:
        for depth in (1, 2, 3):
            fill = placeholder_fill(branch, depth, theme)
            assert contrast(text_on(fill), fill) >= LEGIBLE

    @in_each_theme
    def test_is_legible_on_references_and_beside_dots(self, theme: Theme) -> None:
        assert contrast(TEXT[theme], REFERENCE_FILL[theme]) >= LEGIBLE
        assert contrast(TEXT[theme], BACKGROUND[theme]) >= LEGIBLE

    def test_is_never_smaller_than_ten_pixels(self) -> None:
        assert LABEL_SIZE >= MIN_LABEL_SIZE >= 10


class TestColourVision:
    @pytest.mark.parametrize(
        ("sight", "alike", "distinct"),
        [
            # The first pair has about the same lightness, and differs in hues that look alike.
            ("protanopia", ("#8a8a00", "#b57a00"), ("#0072b2", "#e69f00")),
            ("deuteranopia", ("#9a8a00", "#c47a20"), ("#0072b2", "#e69f00")),
            ("tritanopia", ("#77aadd", "#66b8b8"), ("#d55e00", "#009e73")),
        ],
    )
    def test_is_simulated_with_pairs_that_look_alike_and_pairs_that_do_not(
        self, sight: str, alike: tuple[str, str], distinct: tuple[str, str]
    ) -> None:
        def between(pair: tuple[str, str], sight: str) -> float:
            return distance(*(seen(colour, sight) for colour in pair))

        assert between(alike, sight) < between(alike, "all colours") / 2
        assert between(distinct, sight) > 5 * JUST_NOTICEABLE

    @pytest.mark.parametrize("sight", SIGHTS)
    @pytest.mark.parametrize("grey", ["#000000", "#767676", "#ffffff"])
    def test_does_not_change_greys(self, sight: str, grey: str) -> None:
        assert seen(grey, sight) == pytest.approx(seen(grey, "all colours"), abs=0.001)

    def test_is_measured_as_css_does(self) -> None:
        assert distance((0, 0, 0), (1, 1, 1)) == pytest.approx(1.0, abs=0.001)
        red, green = (seen(colour, "all colours") for colour in ("#ff0000", "#00ff00"))
        assert distance(red, green) == pytest.approx(0.5198, abs=0.001)


class TestUnitFill:
    @in_each_theme
    def test_is_neutral_at_the_root(self, theme: Theme) -> None:
        assert unit_fill(TRUNK, 0, theme) == NEUTRAL[theme]

    @in_each_theme
    @pytest.mark.parametrize("depth", DEPTHS)
    def test_differs_between_branches_on_every_level(self, theme: Theme, depth: int) -> None:
        fills = {unit_fill(branch, depth, theme) for branch in BRANCHES}

        assert len(fills) == len(BRANCHES)

    @in_each_theme
    @pytest.mark.parametrize("sight", SIGHTS)
    @pytest.mark.parametrize("depth", range(1, 6))
    def test_keeps_branches_distinct_for_every_colour_vision(
        self, theme: Theme, sight: str, depth: int
    ) -> None:
        fills = {branch: seen(unit_fill(branch, depth, theme), sight) for branch in BRANCHES}

        too_close = {
            (one, other): distance(fills[one], fills[other])
            for one, other in combinations(BRANCHES, 2)
            if distance(fills[one], fills[other]) < APART
        }
        assert too_close == {}

    @in_each_theme
    @pytest.mark.parametrize("branch", BRANCHES)
    def test_approaches_the_background_up_to_a_limit(self, theme: Theme, branch: int) -> None:
        ratios = [
            contrast(unit_fill(branch, depth, theme), BACKGROUND[theme]) for depth in range(1, 9)
        ]

        assert ratios == sorted(ratios, reverse=True)
        assert ratios[0] > ratios[1] > ratios[2] >= ratios[-1] > 1

    def test_has_a_colour_for_each_number_of_a_hue(self) -> None:
        assert len(set(BRANCH_COLOURS)) == len(BRANCH_COLOURS) == MAX_HUES


class TestGreys:
    """The fills of small branches."""

    @in_each_theme
    @pytest.mark.parametrize("sight", SIGHTS)
    @pytest.mark.parametrize("depth", range(1, 6))
    def test_differ_from_all_hues_of_their_level(
        self, theme: Theme, sight: str, depth: int
    ) -> None:
        grey = seen(unit_fill(SMALL, depth, theme), sight)

        for branch in BRANCHES:
            assert distance(grey, seen(unit_fill(branch, depth, theme), sight)) > JUST_NOTICEABLE

    @in_each_theme
    @pytest.mark.parametrize("sight", SIGHTS)
    def test_differ_from_all_that_is_no_branch(self, theme: Theme, sight: str) -> None:
        others = (BACKGROUND[theme], GROUPED[theme], NEUTRAL[theme])

        for depth in range(1, 6):
            grey = seen(unit_fill(SMALL, depth, theme), sight)
            for other in others:
                assert distance(grey, seen(other, sight)) > APART

    @in_each_theme
    @pytest.mark.parametrize("sight", SIGHTS)
    def test_differ_from_placeholders(self, theme: Theme, sight: str) -> None:
        greys = [seen(unit_fill(SMALL, depth, theme), sight) for depth in range(1, 6)]
        placeholders = [
            seen(placeholder_fill(branch, depth, theme), sight)
            for branch in (*BRANCHES, SMALL)
            for depth in range(1, 6)
        ]

        for grey, placeholder in product(greys, placeholders):
            assert distance(grey, placeholder) > JUST_NOTICEABLE


class TestPlaceholderFill:
    @in_each_theme
    @pytest.mark.parametrize("branch", [*BRANCHES, SMALL])
    def test_is_nearer_to_the_background_than_that_of_any_unit(
        self, theme: Theme, branch: int
    ) -> None:
        fill = placeholder_fill(branch, 1, theme)

        ratio = contrast(fill, BACKGROUND[theme])
        assert (
            1
            < ratio
            < min(contrast(unit_fill(branch, depth, theme), BACKGROUND[theme]) for depth in DEPTHS)
        )

    @in_each_theme
    @pytest.mark.parametrize("branch", [*BRANCHES, SMALL])
    def test_has_a_visible_border(self, theme: Theme, branch: int) -> None:
        for behind in (placeholder_fill(branch, 1, theme), BACKGROUND[theme]):
            assert contrast(MUTED[theme], behind) >= VISIBLE


class TestMix:
    @pytest.mark.parametrize(
        ("share", "expected"), [(0, "#102030"), (1, "#f0e0d0"), (0.5, "#808080")]
    )
    def test_interpolates_between_two_colours(self, share: float, expected: str) -> None:
        assert mix("#102030", "#f0e0d0", share) == expected


class TestLinks:
    @in_each_theme
    @pytest.mark.parametrize("name", LINKS)
    def test_are_visible_on_the_page(self, name: str, theme: Theme) -> None:
        assert contrast(LINKS[name].colour(theme), BACKGROUND[theme]) >= VISIBLE

    @in_each_theme
    def test_of_different_kinds_differ_in_colour_and_dashes(self, theme: Theme) -> None:
        for one, other in combinations(LINKS.values(), 2):
            assert one.colour(theme) != other.colour(theme)
            assert one.dashes != other.dashes

    def test_have_a_style_for_known_kinds_only(self) -> None:
        assert all(relation_is_known(kind, ENGLISH) for kind in STATED)

    def test_of_unknown_kinds_take_turns_in_the_order_given(self) -> None:
        kinds = ["guards", "supports", "pays", "audits", "feeds"]

        styles = [stated_style(kind, kinds) for kind in kinds]

        first, second, third = OTHER_STATED
        assert styles == [first, STATED["supports"], second, third, first]

    def test_of_a_known_kind_do_not_depend_on_the_others(self) -> None:
        for kind in STATED:
            assert stated_style(kind, [kind]) == stated_style(kind, ["guards", kind, "pays"])

    @pytest.mark.parametrize("kind", ["", "__proto__", "reference", "a.b,c{}"])
    def test_have_a_style_for_any_text(self, kind: str) -> None:
        assert stated_style(kind, ["supports", kind]) == OTHER_STATED[0]


@pytest.mark.parametrize("width", LINK_WIDTHS.values())
@pytest.mark.parametrize("style", LINKS.values(), ids=LINKS)
def test_dashes_and_gaps_are_at_least_as_long_as_their_line_is_thick(
    style: LinkStyle, width: float
) -> None:
    lengths = style.dashes_at(width)

    assert len(lengths) % 2 == 0
    assert all(dash >= width for dash in lengths[::2])
    assert all(gap > width for gap in lengths[1::2])
