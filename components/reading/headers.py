"""Which record names the columns: told from the shape of the records, not from their words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice, pairwise

from components.problems import ProblemKind, refusal

Records = Sequence[Sequence[str]]
Numbered = Sequence[tuple[int, list[str]]]

SAMPLE = 100
"""Records with content that are looked at."""
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
ONLY_NUMBER = re.compile(r"[-+]?" + NUMBER.pattern)
YEAR = re.compile("(?:1[89]|20)[0-9]{2}")
DIGITS = 10
"""Of a number that counts columns, at most."""
FEWEST_BELOW = 3
"""Records below a second header."""
FEWEST_VALUES, SHARE_ALIKE = 2, 0.9
"""A column is of one kind if so many of its cells look alike."""


def found_header(name: str, records: Records, header: int | None) -> int:
    """Return the number of the record that names the columns; 0 if none does.

    Raises:
        DataError: no record has content, or the record that is asked for is not there.
    """
    if not any(map(has_content, records)):
        raise refusal(
            ProblemKind.EMPTY,
            name,
            "There is nothing in it.",
            "Name the columns in its first record.",
        )
    if header is None:
        return _found(records)
    if header and not (0 < header <= len(records) and has_content(records[header - 1])):
        raise refusal(
            ProblemKind.NO_SUCH_CHOICE,
            name,
            f"Record {header:,} cannot name the columns: it is empty, or there is none.",
            f"Choose one of the {len(records):,} records, 0 if none does, or leave it to be found.",
            value=str(header),
        )
    return header


def names_columns_again(records: Records) -> bool:
    """Tell whether the first record below a header is another one, in words instead of codes.

    Then it has words where all below it have numbers or codes, in two columns and more, and
    nothing of it stands again in its column.
    """
    first, below = [cell.strip() for cell in records[0]] if records else [], records[1:]
    if len(below) < FEWEST_BELOW or any(map(NUMBER.search, first)):
        return False
    columns = [[row[at].strip() for row in below if row[at].strip()] for at in range(len(first))]
    coded = [column for column in columns if column and all(map(NUMBER.search, column))]
    apart = all(
        cell and cell not in column for cell, column in zip(first, columns, strict=True) if column
    )
    return apart and len(coded) >= max(FEWEST_VALUES, len(first) // 3)


def has_content(record: Sequence[str]) -> bool:
    """Tell whether a record has more than white space."""
    return any(cell and not cell.isspace() for cell in record)


def _found(records: Records) -> int:
    """Return the first record that is no title, unless it is like the records below it."""
    filled = ((at, record) for at, record in enumerate(records, start=1) if has_content(record))
    sample = [(at, [cell.strip() for cell in record]) for at, record in islice(filled, SAMPLE)]
    place = _titles(sample)
    if place and not _names_columns(sample[place][1]):
        place = 0
    below = [cells for _, cells in sample[place + 1 :]]
    return 0 if _is_data(sample[place][1], below) else sample[place][0]


def _titles(sample: Numbered) -> int:
    """Return how many records stand above the table: titles, notes, the date of a report."""
    width = usual_width([len(cells) for _, cells in sample])
    used = sum(any(len(cells) > at and cells[at] for _, cells in sample[1:]) for at in range(width))
    for place, ((at, cells), (following, _)) in enumerate(pairwise(sample)):
        filled = sum(map(bool, cells))
        if len(cells) < width:
            title = filled * 2 <= used
        else:
            title = filled <= max(1, used // 3) and (used > 2 or following > at + 1)  # noqa: PLR2004
        if used <= 1 or not title:
            return place
    return 0


def usual_width(widths: Sequence[int]) -> int:
    """Return how many cells most records have; the more of two that are as frequent."""
    counts = Counter(widths)
    return max(counts, key=lambda width: (counts[width], width), default=0)


def _names_columns(cells: Sequence[str]) -> bool:
    names = [cell for cell in cells if cell]
    return len(set(names)) == len(names) and not any(map(ONLY_NUMBER.fullmatch, names))


def _is_data(cells: Sequence[str], below: Records) -> bool:
    """Tell whether a record is surely one of a unit: any text might be a header.

    It is if it has a number or a code like all those below it, or if it leaves empty (as a root
    does its parent) where records below it name what it has in another column.
    """
    columns = [[row[at] for row in below if len(row) > at and row[at]] for at in range(len(cells))]
    counted = _counts_up(cells)
    for cell, values in zip(cells, columns, strict=True):
        shape = NUMBER.sub("#", cell)
        if "#" not in shape or YEAR.fullmatch(cell) or (counted and ONLY_NUMBER.fullmatch(cell)):
            continue
        alike = sum(NUMBER.sub("#", value) == shape for value in values)
        if len(values) >= FEWEST_VALUES and alike >= SHARE_ALIKE * len(values):
            return True
    named = {cell for cell in cells if cell}
    return any(
        not named.isdisjoint(column)
        for cell, column in zip(cells, columns, strict=True)
        if not cell
    )


def _counts_up(cells: Sequence[str]) -> bool:
    """Tell whether cells have numbers that count: 1, 2, 3 as headings of columns."""
    numbers = [int(cell) for cell in cells if cell.isdecimal() and len(cell) < DIGITS]
    return len(numbers) > 1 and all(after == before + 1 for before, after in pairwise(numbers))
