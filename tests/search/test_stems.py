"""The stems of words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.search import stems
from components.search.stems import Codes, Stems, is_code

WORDS = st.sampled_from(["roads", "road", "7", "u7", "u7s", "部门", "x1", "a"])


@given(st.dictionaries(WORDS, WORDS), WORDS)
def test_are_those_of_the_words(stem_of: dict[str, str], text: str) -> None:
    known, codes = dict[str, str](), Codes()
    for word, stem in stem_of.items():
        if is_code(word, stem):
            codes.add(word)
        else:
            known[word] = stem

    found = Stems.of(known, codes)

    assert dict(found) == stem_of
    assert len(found) == len(stem_of)
    assert found.get(text) == stem_of.get(text)
    assert (text in found) == (text in stem_of)
    assert found.is_stem(text) == (text in stem_of.values())


def test_of_many_codes_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stems, "CODES_AT_ONCE", 2)
    codes = Codes()
    for code in ("7", "8", "7", "9", "7"):
        codes.add(code)

    assert [*Stems.of({}, codes)] == ["7", "8", "9"]
