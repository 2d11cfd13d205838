"""Numbers as tables write them, exactly: ``1,234.5``, ``1.234,5``, ``€ 1 200``, ``(500)``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

MARK = r"[^\W\d_]{1,4}|[^\w\s.,()+'’−-]{1,2}"
"""A unit beside a number: ``EUR``, ``km``, ``€``, ``US$`` is two of them."""
QUANTITY = re.compile(
    rf"(?P<negative>\()?\s*(?P<sign>[-+−]?)\s*(?P<before>(?:{MARK}){{0,2}})\s*(?P<sign2>[-+−]?)"
    r"(?P<number>\d+(?:[.,'’\s]\d+)*|[.,]\d+)"
    rf"\s*(?P<after>(?:{MARK}){{0,2}})\s*(?P<closing>\))?"
)
GROUPED = re.compile(r"[1-9]\d{0,2}([.,'’\s])\d{3}(?:\1\d{3})*")
"""A number whose digits are grouped by three, without decimals."""
WHOLE_PART = re.compile(r"\d+|\d{1,3}([.,'’\s])\d{3}(?:\1\d{3})*")
WHOLE = re.compile(r"[-+]?\d{1,15}")
MIN_GROUPED = 2
"""Cells such as ``1.250`` from which on the mark is read as one of thousands."""


def decimal_mark(cells: Iterable[str]) -> str:
    """Return the mark of decimals of a column, ``.`` or ``,``.

    It is the one with which most cells can be read. Where both fit, as in ``1,250``, a mark before
    groups of three digits separates thousands.
    """
    numbers = [match["number"] for cell in cells if (match := QUANTITY.fullmatch(cell))]
    marked = [number for number in numbers if "." in number or "," in number]
    fitting = Counter[str]()
    for number in marked:
        for mark in ".,":
            fitting[mark] += _decimal(number, mark) is not None
    if fitting["."] != fitting[","]:
        return max(".,", key=lambda mark: fitting[mark])
    grouped = [match[1] for number in marked if (match := GROUPED.fullmatch(number))]
    if len(grouped) == len(marked) >= MIN_GROUPED and {*grouped} == {"."}:
        return ","
    return "."


def quantity_in(cell: str, mark: str) -> Decimal | None:
    """Return the number in a cell, whose decimals follow ``mark``; None if it has none."""
    if WHOLE.fullmatch(cell):
        return Decimal(cell)
    match = QUANTITY.fullmatch(cell)
    if not match or bool(match["negative"]) != bool(match["closing"]):
        return None
    number = _decimal(match["number"], mark)
    if number is None:
        return None
    signs = match["sign"] + match["sign2"]
    is_negative = bool(match["negative"]) or "-" in signs or "−" in signs
    return -number if is_negative else number


def unit_beside(cells: Sequence[str]) -> str:
    """Return the unit that most cells of a column name beside their numbers, or empty text."""
    units = Counter(
        match["before"] or match["after"] for cell in cells if (match := QUANTITY.fullmatch(cell))
    )
    unit, count = max(units.items(), key=lambda entry: entry[1], default=("", 0))
    return unit.strip() if count * 2 > len(cells) else ""


def _decimal(number: str, mark: str) -> Decimal | None:
    """Return a number without sign; None if its digits are not grouped by three."""
    whole, is_marked, decimals = number.partition(mark)
    if (is_marked and not decimals.isdecimal()) or (whole and not WHOLE_PART.fullmatch(whole)):
        return None
    digits = "".join(filter(str.isdecimal, whole)) or "0"
    return Decimal(f"{digits}.{decimals}" if is_marked else digits)
