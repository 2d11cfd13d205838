"""Texts in order behave like a sorted list of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.model import sorted_texts
from components.model.sorted_texts import SortedTexts

TEXTS = st.sets(st.text(st.characters(exclude_categories=["Cs"]), max_size=5), max_size=30)


@given(TEXTS, st.text(max_size=3))
def test_are_those_of_a_sorted_list(texts: set[str], prefix: str) -> None:
    expected = sorted(texts)

    found = SortedTexts.of(expected)

    assert len(found) == len(expected)
    assert [*found] == found[:] == [found[at] for at in range(len(found))] == expected
    assert found[1:3] == expected[1:3]
    assert all(text in found and found.place(text) == expected.index(text) for text in texts)
    assert (prefix in found) == (prefix in texts)
    beginning = [text for text in expected if text.startswith(prefix)]
    assert [found[at] for at in found.beginning_with(prefix)] == beginning
    assert found.first_with(prefix, 2) == beginning[:2]


def test_may_be_more_than_are_encoded_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sorted_texts, "AT_ONCE", 2)
    texts = ["a", "b", "é", "部", "部门"]

    assert [*SortedTexts.of(texts)] == texts


def test_have_no_place_beyond_the_last() -> None:
    with pytest.raises(IndexError):
        SortedTexts.of(["a"])[1]
    assert None not in SortedTexts.of(["a"])
