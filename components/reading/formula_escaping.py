"""Escape cells of text files that spreadsheet programs would compute as formulas.

Such a program computes a cell that begins with one of the characters below; an apostrophe in front
makes it text (OWASP, “CSV Injection”). Reading takes exactly this apostrophe off again, so a cell
that begins with apostrophes of its own before such a character is written with one more. A negative
number is no formula.
"""

from __future__ import annotations

import re

import pandas as pd

ESCAPE = "'"
RISKY = re.compile("'*[=+\\-@\t\r]")
NEGATIVE = re.compile(r"-\d+(?:\.\d+)?")
ESCAPED = re.compile("'+[=+\\-@\t\r]")


def escaped(cell: str) -> str:
    """Return a cell so that no spreadsheet program computes it."""
    return ESCAPE + cell if RISKY.match(cell) and not NEGATIVE.fullmatch(cell) else cell


def unescaped(cell: str) -> str:
    """Return a cell without the apostrophe that escapes it."""
    return cell[1:] if ESCAPED.match(cell) else cell


def has_escapes(text: str) -> bool:
    """Return whether the text of a file may have escaped cells."""
    return ESCAPE in text and any(ESCAPE + character in text for character in "=+-@\t\r")


def unescaped_table(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table with its headings and cells unescaped."""
    frame = frame.copy(deep=False)
    for column in frame.columns:
        if frame[column].str.startswith(ESCAPE).any():
            frame[column] = frame[column].map(unescaped)
    unescaped_headings = {name: unescaped(str(name)) for name in frame.columns}
    if len({*unescaped_headings.values()}) == len(frame.columns):
        frame = frame.rename(columns=unescaped_headings)
    return frame
