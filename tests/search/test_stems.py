"""The stems of words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from components.search.stems import Stems

WORDS = st.sampled_from(["roads", "road", "7", "u7", "u7s", "部门", "x1", "a"])


@given(st.dictionaries(WORDS, WORDS), WORDS)
def test_are_those_of_the_words(stems: dict[str, str], text: str) -> None:
    found = Stems.of(stems)

    assert dict(found) == stems
    assert len(found) == len(stems)
    assert found.get(text) == stems.get(text)
    assert (text in found) == (text in stems)
    assert found.is_stem(text) == (text in stems.values())
