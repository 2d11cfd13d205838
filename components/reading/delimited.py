"""Text with a delimiter between cells: CSV, TSV, semicolons, pipes."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

from components.reading.framing import table_of
from components.reading.guard import unguarded_frame
from components.reading.options import Limits, Options
from components.reading.problems import Kind, refusal
from components.reading.tables import Reading, Table

DELIMITERS = {".csv": ",", ".tsv": "\t", ".tab": "\t"}


def read_delimited(path: Path, name: str, options: Options, limits: Limits) -> list[Table]:
    """Return the one table of a file.

    Raises:
        DataError: the file cannot be read as text, is empty, or is beyond the limits.
    """
    encoding = options.encoding or "utf-8-sig"
    try:
        text = path.read_bytes().decode(encoding)
    except UnicodeDecodeError as error:
        raise refusal(
            Kind.UNREADABLE, name, f"Byte {error.start} is not UTF-8.", "Save the file in UTF-8."
        ) from error
    delimiter = options.delimiter or DELIMITERS.get(path.suffix.lower(), ",")
    records = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    reading = Reading("CSV", encoding="UTF-8", delimiter=delimiter)
    table = table_of(name, records, reading, options.header, limits)
    return [replace(table, frame=unguarded_frame(table.frame))]
