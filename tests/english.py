"""The English texts of the page, which the tests expect."""

from __future__ import annotations

from components.words import words_in

ENGLISH = words_in("en")
