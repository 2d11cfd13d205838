"""Random texts that are hard to fold."""

from __future__ import annotations

import unicodedata

from hypothesis import strategies as st

CHANGED_BY_FOLDING = "".join(
    character
    for character in map(chr, range(0x110000))
    if unicodedata.normalize("NFKC", character) != character
    or unicodedata.category(character).startswith("M")
    or 0x1100 <= ord(character) < 0x1200
)
"""Characters that folding changes or combines with others."""
TEXTS = st.text(max_size=80) | st.text(
    st.sampled_from(CHANGED_BY_FOLDING) | st.sampled_from("ab1 -.éย税가") | st.characters(),
    max_size=80,
)
"""Any text, often with such characters."""
