from __future__ import annotations

from collections import defaultdict
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.model.likeness import LEAST, Pair, alike_words, best_assignment, words_of
from tests.properties import examples

POINTS = st.dictionaries(
    st.tuples(st.integers(0, 4), st.integers(0, 4)), st.integers(LEAST, 120), max_size=14
)


def most_points(points: dict[Pair, int]) -> int:
    """Return the points above the least that any choice of pairs has at most, by trying all."""
    return max(
        sum(points[pair] - LEAST + 1 for pair in enumerate(order) if pair in points)
        for order in permutations(range(5))
    )


class TestTheAssignment:
    def test_is_best_as_a_whole_and_not_pair_by_pair(self) -> None:
        points = {(0, 0): 90, (0, 1): 85, (1, 0): 85}

        assert best_assignment(points) == [(0, 1), (1, 0)]

    def test_prefers_one_clear_pair_to_two_weak_ones(self) -> None:
        points = {(0, 0): 120, (0, 1): LEAST, (1, 0): LEAST}

        assert best_assignment(points) == [(0, 0)]

    @examples()
    @given(POINTS)
    def test_has_most_points_and_each_unit_once(self, points: dict[Pair, int]) -> None:
        chosen = best_assignment(points)

        assert all(len({*units}) == len(chosen) for units in zip(*chosen, strict=True))
        assert sum(points[pair] - LEAST + 1 for pair in chosen) == most_points(points)

    def test_of_a_large_block_leaves_weak_pairs_out(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("components.model.likeness.MOST_IN_BLOCK", 3)
        points = {(unit, other): LEAST for unit in range(6) for other in range(6)}
        points |= {(unit, unit): 100 for unit in range(6)}

        assert best_assignment(points) == [(unit, unit) for unit in range(6)]


WEIGHTS = defaultdict(lambda: 5.0, {"of": 0.5, "ministry": 1.0, "office": 1.0})


def likeness(one: str, other: str) -> float:
    return alike_words(one.split(), other.split(), WEIGHTS)


class TestNames:
    def test_are_as_alike_as_their_rare_words(self) -> None:
        same_subject = likeness("ministry of health", "office of health")
        same_kind = likeness("ministry of health", "ministry of labour")

        assert same_subject > 0.8
        assert same_kind < 0.3

    def test_may_be_spelt_otherwise(self) -> None:
        assert likeness("office of tarifs", "office of tariffs") > 0.9

    def test_with_other_numbers_are_others(self) -> None:
        assert likeness("district 1207", "district 1208") == pytest.approx(0.5)

    def test_of_scripts_without_spaces_have_pairs_of_letters(self) -> None:
        assert words_of("総務企画部 pay") == ("総務", "務企", "企画", "画部", "pay")
