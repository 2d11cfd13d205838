"""Find the record that names the columns by the shape of the records, not by their words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice, pairwise

from components import faults

Records = Sequence[Sequence[str]]
NumberedRecords = Sequence[tuple[int, list[str]]]

SAMPLE = 100
"""Records with content among which the header is found."""
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
ONLY_NUMBER = re.compile(r"[-+]?" + NUMBER.pattern)
YEAR = re.compile("(?:1[89]|20)[0-9]{2}")
MAX_DIGITS = 9
"""A heading with more digits than this does not count columns."""
MIN_RECORDS_BELOW = 3
"""A second header has at least this many records below it."""
MIN_VALUES, MIN_SHARE_ALIKE = 2, 0.9
"""A column is uniform if it has this many values, and this share of them has the same shape."""


def find_header(name: str, records: Records, header: int | None) -> int:
    """Return the number of the record that names the columns; 0 if none does.

    ``header`` is that number if it is set, and None if it is to be found.

    Raises:
        DataError: no record has content, or the record that is set does not.
    """
    if not any(map(has_content, records)):
        raise faults.TABLE_EMPTY.error(name)
    if header is None:
        return _first_header(records)
    if header and not (0 < header <= len(records) and has_content(records[header - 1])):
        raise faults.INVALID_HEADER.error(
            name, value=str(header), header=header, records=len(records)
        )
    return header


def is_second_header(records: Records) -> bool:
    """Return whether the first record below a header is a second one, in words instead of codes.

    It is if at least two columns, and a third of all, have numbers or codes in all records below
    but words in this one, and if none of its cells occurs again in its column.
    """
    first, below = [cell.strip() for cell in records[0]] if records else [], records[1:]
    if len(below) < MIN_RECORDS_BELOW or any(map(NUMBER.search, first)):
        return False
    columns = [[row[n].strip() for row in below if row[n].strip()] for n in range(len(first))]
    coded = [column for column in columns if column and all(map(NUMBER.search, column))]
    unrepeated = all(
        cell and cell not in column for cell, column in zip(first, columns, strict=True) if column
    )
    return unrepeated and len(coded) >= max(MIN_VALUES, len(first) // 3)


def has_content(record: Sequence[str]) -> bool:
    """Return whether a record has more than white space."""
    return any(cell and not cell.isspace() for cell in record)


def usual_width(widths: Sequence[int]) -> int:
    """Return the most frequent width, and the larger of two that are equally frequent."""
    counts = Counter(widths)
    return max(counts, key=lambda width: (counts[width], width), default=0)


def _first_header(records: Records) -> int:
    """Return the number of the first record that is no title; 0 if it is like those below it."""
    filled = ((n, record) for n, record in enumerate(records, start=1) if has_content(record))
    sample = [(n, [cell.strip() for cell in record]) for n, record in islice(filled, SAMPLE)]
    titles = _title_count(sample)
    if titles and not _can_name_columns(sample[titles][1]):
        titles = 0
    number, cells = sample[titles]
    return 0 if _is_data(cells, [below for _, below in sample[titles + 1 :]]) else number


def _title_count(sample: NumberedRecords) -> int:
    """Return how many records stand above the table: titles, notes, the date of a report."""
    width = usual_width([len(cells) for _, cells in sample])
    used = sum(any(len(cells) > n and cells[n] for _, cells in sample[1:]) for n in range(width))
    for titles, ((number, cells), (next_number, _)) in enumerate(pairwise(sample)):
        filled = sum(map(bool, cells))
        if len(cells) < width:
            is_title = filled * 2 <= used
        else:
            # In a table of two columns a root may have one cell too; a title has a gap below.
            has_gap = next_number > number + 1
            is_title = filled <= max(1, used // 3) and (used > 2 or has_gap)  # noqa: PLR2004
        if used <= 1 or not is_title:
            return titles
    return 0


def _can_name_columns(cells: Sequence[str]) -> bool:
    names = [cell for cell in cells if cell]
    return len(set(names)) == len(names) and not any(map(ONLY_NUMBER.fullmatch, names))


def _is_data(cells: Sequence[str], below: Records) -> bool:
    """Return whether a record is surely data; any text may be a header.

    It is data if it has a number or a code like nearly all values below it, or if one of its cells
    is empty (as a root's parent is) where records below repeat the value of another of its cells.
    """
    columns = [[row[n] for row in below if len(row) > n and row[n]] for n in range(len(cells))]
    counts_columns = _counts_up(cells)
    for cell, values in zip(cells, columns, strict=True):
        shape = NUMBER.sub("#", cell)
        if not NUMBER.search(cell) or YEAR.fullmatch(cell):
            continue
        if counts_columns and ONLY_NUMBER.fullmatch(cell):
            continue
        alike = sum(NUMBER.sub("#", value) == shape for value in values)
        if len(values) >= MIN_VALUES and alike >= MIN_SHARE_ALIKE * len(values):
            return True
    names = {cell for cell in cells if cell}
    return any(
        not names.isdisjoint(column)
        for cell, column in zip(cells, columns, strict=True)
        if not cell
    )


def _counts_up(cells: Sequence[str]) -> bool:
    """Return whether the numbers among the cells are consecutive: 1, 2, 3 as headings."""
    numbers = [int(cell) for cell in cells if cell.isdecimal() and len(cell) <= MAX_DIGITS]
    return len(numbers) > 1 and all(after == before + 1 for before, after in pairwise(numbers))
