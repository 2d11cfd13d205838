"""Tokens of a text."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import example, given

from components.model.text import fold_text
from components.search.language import LONGEST_WORD, UNSPACED, tokenize, words_of
from tests.search.texts import TEXTS


@given(TEXTS)
@example("a℃")
@example("x™")
@example("½")
@example("ﷺ")
@example("②b")
@example("ย℃b")
@example("て\u3099")
@example("\u1100\u1161\u11a8\u1102\u1161")
@example("ก\u0e48\u0e38")
def test_tokens_are_the_words_of_the_folded_text_with_their_places(text: str) -> None:
    tokens = list(tokenize(text))
    folded = unicodedata.normalize("NFC", fold_text(text))

    assert [word for word, _, _ in tokens] == [
        run[at : at + 2] if UNSPACED.match(run) else run[:LONGEST_WORD]
        for run in re.findall(f"{UNSPACED.pattern}+|(?:(?!{UNSPACED.pattern})[^ ])+", folded)
        for at in range(len(run) if UNSPACED.match(run) else 1)
    ]
    assert words_of(text) == [word for word, _, _ in tokens]
    assert all(0 <= start < end <= len(text) for _, start, end in tokens)
