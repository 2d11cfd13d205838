from __future__ import annotations

from itertools import combinations

import pytest

from components.diagrams.style import (
    BACKGROUND,
    BRANCH_COLOURS,
    FOLDED,
    INK,
    LABEL_SIZE,
    LEAST_LABEL_SIZE,
    NEUTRAL,
    OTHER_STATED,
    REFERENCE_FILL,
    STATED,
    TEXT,
    Theme,
    basis_style,
    contrast,
    mix,
    stated_style,
    text_on,
    unit_fill,
)
from components.model.relations import WORDS, Basis

BRANCHES = range(len(BRANCH_COLOURS))
DEPTHS = range(1, 30)
LEGIBLE = 4.5
"""WCAG 2.2, success criterion 1.4.3: text and what is behind it."""
VISIBLE = 3.0
"""WCAG 2.2, success criterion 1.4.11: lines and what is behind them."""
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
    def test_is_that_of_the_web_guidelines_either_way_round(
        self, one: str, other: str, expected: float
    ) -> None:
        assert contrast(one, other) == pytest.approx(expected, abs=0.005)
        assert contrast(other, one) == contrast(one, other)

    @pytest.mark.parametrize(
        ("fill", "text"), [("#ffffff", INK), ("#000000", "#ffffff"), ("#eedd88", INK)]
    )
    def test_of_text_is_the_better_of_dark_and_light(self, fill: str, text: str) -> None:
        assert text_on(fill) == text


class TestText:
    @in_each_theme
    @pytest.mark.parametrize("branch", BRANCHES)
    def test_is_legible_on_a_unit_of_every_level(self, theme: Theme, branch: int) -> None:
        fills = {depth: unit_fill(branch, depth, theme) for depth in DEPTHS}
        ratios = {depth: contrast(text_on(fill), fill) for depth, fill in fills.items()}

        assert {depth: ratio for depth, ratio in ratios.items() if ratio < LEGIBLE} == {}

    @in_each_theme
    def test_is_legible_on_the_top_and_on_folds(self, theme: Theme) -> None:
        for fill in (unit_fill(0, 0, theme), FOLDED[theme]):
            assert contrast(text_on(fill), fill) >= LEGIBLE

    @in_each_theme
    def test_is_legible_on_references_and_beside_dots(self, theme: Theme) -> None:
        assert contrast(TEXT[theme], REFERENCE_FILL[theme]) >= LEGIBLE
        assert contrast(TEXT[theme], BACKGROUND[theme]) >= LEGIBLE

    def test_is_never_smaller_than_ten_pixels(self) -> None:
        assert LABEL_SIZE >= LEAST_LABEL_SIZE >= 10


class TestFillOfAUnit:
    @in_each_theme
    def test_has_no_hue_at_the_top(self, theme: Theme) -> None:
        assert {unit_fill(branch, 0, theme) for branch in BRANCHES} == {NEUTRAL[theme]}

    @in_each_theme
    @pytest.mark.parametrize("depth", DEPTHS)
    def test_differs_between_branches_on_every_level(self, theme: Theme, depth: int) -> None:
        fills = {unit_fill(branch, depth, theme) for branch in BRANCHES}

        assert len(fills) == len(BRANCHES)

    @in_each_theme
    @pytest.mark.parametrize("branch", BRANCHES)
    def test_comes_nearer_to_the_background_with_each_level_and_then_stays(
        self, theme: Theme, branch: int
    ) -> None:
        ratios = [
            contrast(unit_fill(branch, depth, theme), BACKGROUND[theme]) for depth in range(1, 9)
        ]

        assert ratios == sorted(ratios, reverse=True)
        assert ratios[0] > ratios[1] > ratios[2] >= ratios[-1] > 1

    def test_comes_round_again_when_there_are_more_branches_than_colours(self) -> None:
        again = len(BRANCH_COLOURS)

        for branch in BRANCHES:
            for depth in (1, 2):
                assert unit_fill(branch + again, depth, Theme.LIGHT) == unit_fill(
                    branch, depth, Theme.LIGHT
                )


class TestMix:
    @pytest.mark.parametrize(
        ("share", "expected"), [(0, "#102030"), (1, "#f0e0d0"), (0.5, "#808080")]
    )
    def test_leads_from_one_colour_to_the_other(self, share: float, expected: str) -> None:
        assert mix("#102030", "#f0e0d0", share) == expected


class TestLinks:
    @in_each_theme
    @pytest.mark.parametrize("name", LINKS)
    def test_are_visible_on_the_page(self, name: str, theme: Theme) -> None:
        assert contrast(LINKS[name].colour(theme), BACKGROUND[theme]) >= VISIBLE

    @in_each_theme
    def test_of_two_kinds_differ_in_colour_and_in_dashes(self, theme: Theme) -> None:
        for one, other in combinations(LINKS.values(), 2):
            assert one.colour(theme) != other.colour(theme)
            assert one.dashes != other.dashes

    def test_have_a_style_of_their_own_for_every_kind_that_has_words_of_its_own(self) -> None:
        assert set(STATED) == set(WORDS)

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
