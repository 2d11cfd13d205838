"""Depths of records that stand in the order of an outline: by number, or by indentation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from components.importing.evidence import MIN_EVIDENCE, SOMETIMES

LONGEST_NUMBER = 4
TAB = 8
"""Spaces that a tab stands for at most."""
INDENT = re.compile(r"[\s.·•\-–—>|+*]*")
"""White space, or marks that stand for it: ``-- Payroll``."""


def depths_by_number(cells: Sequence[str]) -> list[int]:
    """Return the depth of each record, from 0; empty if the cells are no depths in order.

    They are if each is a whole number, at most one larger than the one before, and the first is
    the smallest.
    """
    if len(cells) < MIN_EVIDENCE:
        return []
    digits = {cell: cell.removesuffix(".0") for cell in {*cells}}
    if not all(text.isdecimal() and len(text) <= LONGEST_NUMBER for text in digits.values()):
        return []
    top = int(digits[cells[0]])
    depth_of = {cell: int(text) - top for cell, text in digits.items()}
    if min(depth_of.values()) < 0 or not any(depth_of.values()):
        return []
    depths = [depth_of[cell] for cell in cells]
    return [] if any(below > above + 1 for above, below in pairwise(depths)) else depths


def without_indent(cell: str) -> str:
    """Return a cell without the white space or the marks before its text."""
    return INDENT.sub("", cell, count=1) if cell[:1] and not cell[0].isalnum() else cell


def depths_by_indent(cells: Sequence[str]) -> list[int]:
    """Return the depth of each cell by its leading white space; empty if there is none.

    Marks such as ``--`` count like white space. A cell is one deeper than the nearest cell before
    it that is indented less.
    """
    firsts = Counter([cell[:1] for cell in cells])
    indented = sum(count for first, count in firsts.items() if first and not first.isalnum())
    if indented < SOMETIMES * len(cells) or not indented:
        return []
    depths: list[int] = []
    open_indents: list[int] = []
    for cell in cells:
        text = without_indent(cell)
        if not text:
            depths.append(max(0, len(open_indents) - 1))
            continue
        white = cell[: len(cell) - len(text)].expandtabs(TAB)
        while open_indents and open_indents[-1] >= len(white):
            open_indents.pop()
        open_indents.append(len(white))
        depths.append(len(open_indents) - 1)
    return depths if max(depths, default=0) else []
