"""The page's words in English, in which the tests read what the page says."""

from __future__ import annotations

from components.words import words_in

ENGLISH = words_in("en")
