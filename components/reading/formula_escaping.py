"""Cells that a spreadsheet would take for a formula, written so that it does not.

A spreadsheet that opens a text file computes what begins with one of these characters, whoever
wrote it; an apostrophe in front makes it text (OWASP, “CSV Injection”). Whoever reads such a file
as a table takes exactly that apostrophe off again: a cell that has one of its own has got one more.
"""

from __future__ import annotations

import re

import pandas as pd

ESCAPE = "'"
RISKY = re.compile("'*[=+\\-@\t\r]")
ESCAPED = re.compile("'+[=+\\-@\t\r]")


def escaped(cell: str) -> str:
    """Return a cell as it is safe in a text file that a spreadsheet may open."""
    return ESCAPE + cell if RISKY.match(cell) else cell


def unescaped(cell: str) -> str:
    """Return a cell of a text file as it was before it was escaped, if it was."""
    return cell[1:] if ESCAPED.match(cell) else cell


def has_escapes(text: str) -> bool:
    """Tell whether there may be a guard anywhere in a text file."""
    return any(ESCAPE + character in text for character in "=+-@\t\r")


def unescaped_table(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table of a text file with its cells as they were before they were escaped."""
    begun = {column: frame[column].str.startswith(ESCAPE) for column in frame.columns}
    found = {column: where for column, where in begun.items() if where.any()}
    return frame.assign(
        **{
            column: frame[column].where(~where, frame[column].map(unescaped))
            for column, where in found.items()
        }
    )
