"""What is wrong with a table, as data: collected while reading, shown all at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """How much a problem costs the picture."""

    ERROR = "error"
    """Nothing can be drawn."""
    WARNING = "warning"
    """Drawn, but a record is left out or stands elsewhere than its keeper may think."""
    NOTE = "note"
    """Drawn as it was surely meant; said so that its keeper can tell."""


class ProblemKind(StrEnum):
    """What sorts of problem there are; docs/data.md says of each what is drawn."""

    # Nothing is read.
    NO_FILE = "no-file"
    ADDRESS = "address"
    UNKNOWN_FORMAT = "unknown-format"
    UNREADABLE = "unreadable"
    EMPTY = "empty"
    TOO_LARGE = "too-large"
    NO_SUCH_CHOICE = "no-such-choice"
    """An encoding, sheet, header or column that was asked for is not there."""
    NO_UNITS = "no-units"

    # A table is not what it seems.
    CUT_SHORT = "cut-short"
    MISSING_TABLE = "missing-table"
    UNUSED_TABLE = "unused-table"
    MISSING_COLUMN = "missing-column"
    NO_HEADER = "no-header"
    EMPTY_HEADER = "empty-header"
    REPEATED_HEADER = "repeated-header"
    LONG_RECORD = "long-record"
    SHORT_RECORD = "short-record"
    UNDECODABLE = "undecodable"
    CONTROL_CHARACTERS = "control-characters"
    LONG_TEXT = "long-text"

    # A unit is not what it seems.
    NAMELESS = "nameless"
    DUPLICATE_RECORD = "duplicate-record"
    DUPLICATE_ID = "duplicate-id"
    SEVERAL_PARENTS = "several-parents"
    CYCLE = "cycle"
    OWN_PARENT = "own-parent"
    UNKNOWN_PARENT = "unknown-parent"
    AMBIGUOUS_PARENT = "ambiguous-parent"
    REPAIRED_PARENT = "repaired-parent"
    NO_PARENT = "no-parent"
    """A word such as “n/a” where a parent would stand."""
    MANY_ROOTS = "many-roots"

    # What is said of units is not what it seems.
    UNKNOWN_UNIT = "unknown-unit"
    UNKNOWN_ENTRY = "unknown-entry"
    """Of a theme or a reference that is none."""
    OWN_RELATION = "own-relation"
    EMPTY_CELL = "empty-cell"
    NOT_A_NUMBER = "not-a-number"


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: where it is, what it is, and what to do about it."""

    kind: ProblemKind
    reason: str
    remedy: str
    table: str
    record: int | None = None
    """Number of the record in its file; the first of the file is 1."""
    column: str = ""
    """As its table calls it."""
    value: str = ""
    severity: Severity = Severity.WARNING

    def __str__(self) -> str:
        """Return one line: place, reason, remedy."""
        return f"{self.place}: {self.reason} {self.remedy}"

    @property
    def place(self) -> str:
        """Where the fault is: “units, record 4, column parent”."""
        place = [self.table]
        if self.record is not None:
            place.append(f"record {self.record}")
        if self.column:
            place.append(f"column {self.column}")
        return ", ".join(place)

    def as_dict(self) -> dict[str, Any]:
        """Return the problem as JSON has it."""
        return asdict(self)


class DataError(Exception):
    """Nothing can be drawn from a dataset; ``problems`` holds all that was found.

    Its text is a line for each reason: what else was found may be a line a record.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        reasons = [each for each in self.problems if each.severity is Severity.ERROR]
        super().__init__("\n".join(map(str, reasons or self.problems)))


def refusal(kind: ProblemKind, table: str, reason: str, remedy: str, **place: Any) -> DataError:
    """Return the error that says why nothing of a table is read."""
    return DataError([Problem(kind, reason, remedy, table=table, severity=Severity.ERROR, **place)])


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault that tables have, as templates of the texts of its problems.

    ``{value}`` in a text stands for the cell in question, other ``{names}`` for the values that
    are given with each problem.
    """

    kind: ProblemKind
    reason: str
    remedy: str
    severity: Severity = Severity.WARNING

    def problem(
        self,
        table: str,
        *,
        record: int | None = None,
        column: str = "",
        value: str = "",
        **values: object,
    ) -> Problem:
        """Return the problem that a table has this fault at a place.

        Raises:
            KeyError: a value that stands in a text is not given.
        """
        reason, remedy = (text.format(value=value, **values) for text in (self.reason, self.remedy))
        return Problem(self.kind, reason, remedy, table, record, column, value, self.severity)

    def error(self, table: str, **values: Any) -> DataError:
        """Return the error that says why nothing of a table is read, whatever the severity."""
        return DataError([replace(self.problem(table, **values), severity=Severity.ERROR)])
