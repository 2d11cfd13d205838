"""Cells that a spreadsheet would take for a formula, written so that it does not.

A spreadsheet that opens a text file computes what begins with one of these characters, whoever
wrote it; an apostrophe in front makes it text (OWASP, “CSV Injection”). Whoever reads such a file
as a table takes exactly that apostrophe off again: a cell that has one of its own has got one more.
"""

from __future__ import annotations

import re

import pandas as pd

GUARD = "'"
RISKY = re.compile("'*[=+\\-@\t\r]")
GUARDED = re.compile("'+[=+\\-@\t\r]")


def guarded(cell: str) -> str:
    """Return a cell as it is safe in a text file that a spreadsheet may open."""
    return GUARD + cell if RISKY.match(cell) else cell


def unguarded(cell: str) -> str:
    """Return a cell of a text file as it was before it was guarded, if it was."""
    return cell[1:] if GUARDED.match(cell) else cell


def has_guards(text: str) -> bool:
    """Tell whether there may be a guard anywhere in a text file."""
    return any(GUARD + character in text for character in "=+-@\t\r")


def unguarded_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table of a text file with its cells as they were before they were guarded."""
    begun = {column: frame[column].str.startswith(GUARD) for column in frame.columns}
    found = {column: where for column, where in begun.items() if where.any()}
    return frame.assign(
        **{
            column: frame[column].where(~where, frame[column].map(unguarded))
            for column, where in found.items()
        }
    )
