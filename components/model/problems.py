"""What is wrong with a table, as data: collected while reading, shown all at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem costs the picture."""

    ERROR = "error"
    """Nothing can be drawn."""
    WARNING = "warning"
    """Drawn, but a record is left out or stands elsewhere than its keeper may think."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: where it is, what it is, and what to do about it."""

    message: str
    remedy: str
    table: str
    record: int | None = None
    """Number of the record in its file; the header is record 1."""
    column: str = ""
    value: str = ""
    severity: Severity = Severity.WARNING

    def __str__(self) -> str:
        """Return one line: place, message, remedy."""
        place = [self.table]
        if self.record is not None:
            place.append(f"record {self.record}")
        if self.column:
            place.append(f"column {self.column}")
        return f"{', '.join(place)}: {self.message} {self.remedy}"


class DataError(Exception):
    """Nothing can be drawn from a dataset; ``problems`` holds every reason found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
