"""Records become a frame: the header is found, columns are named, odd cells are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from components.reading.options import Limits
from components.reading.problems import Kind, refusal
from components.reading.tables import Reading, Table


def table_of(
    name: str,
    records: Sequence[Sequence[str]],
    reading: Reading,
    header: int | None,
    limits: Limits,
) -> Table:
    """Return a table of the records of a file, of which the first is number 1.

    ``header`` is the number of the record that names the columns, 0 if none does, and None if it
    is to be found.

    Raises:
        DataError: there is nothing in the table, or more than the limits allow.
    """
    if not records:
        raise refusal(
            Kind.EMPTY, name, "The file is empty.", "Name the columns in its first record."
        )
    at = 1 if header is None else header
    columns = [cell.strip() for cell in records[at - 1]]
    width = len(columns)
    rows = {
        number: (list(record) + [""] * width)[:width]
        for number, record in enumerate(records[at:], start=at + 1)
        if any(cell.strip() for cell in record)
    }
    frame = pd.DataFrame(
        list(rows.values()), columns=pd.Index(columns), index=pd.Index(list(rows)), dtype="str"
    )
    return Table(name, frame, replace(reading, records=len(frame), header=at))
