"""Problems with the data: collected while reading and shown all at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """How a problem affects what is drawn."""

    ERROR = "error"
    """Nothing can be drawn."""
    WARNING = "warning"
    """Drawn, but a record is left out or may not be where its author expects it."""
    NOTE = "note"
    """Drawn as intended; reported so that the author can check."""


class ProblemKind(StrEnum):
    """The kinds of problems; docs/data.md says for each what is drawn."""

    # Files that are not read
    NO_FILE = "no-file"
    ADDRESS = "address"
    UNKNOWN_FORMAT = "unknown-format"
    UNREADABLE = "unreadable"
    EMPTY = "empty"
    TOO_LARGE = "too-large"
    NO_SUCH_CHOICE = "no-such-choice"
    """A requested encoding, sheet, header or column does not exist."""
    NO_UNITS = "no-units"

    # Faults of tables
    CUT_SHORT = "cut-short"
    MISSING_TABLE = "missing-table"
    UNUSED_TABLE = "unused-table"
    MISSING_COLUMN = "missing-column"
    UNUSED_COLUMN = "unused-column"
    """A column is called like one of parents, but has none."""
    PERIODS = "periods"
    NO_HEADER = "no-header"
    EMPTY_HEADER = "empty-header"
    REPEATED_HEADER = "repeated-header"
    LONG_RECORD = "long-record"
    SHORT_RECORD = "short-record"
    UNDECODABLE = "undecodable"
    CONTROL_CHARACTERS = "control-characters"
    LONG_TEXT = "long-text"

    # Faults of units
    NAMELESS = "nameless"
    DUPLICATE_RECORD = "duplicate-record"
    DUPLICATE_ID = "duplicate-id"
    LONG_ID = "long-id"
    SEVERAL_PARENTS = "several-parents"
    CYCLE = "cycle"
    OWN_PARENT = "own-parent"
    UNKNOWN_PARENT = "unknown-parent"
    AMBIGUOUS_PARENT = "ambiguous-parent"
    REPAIRED_PARENT = "repaired-parent"
    NO_PARENT = "no-parent"
    """The parent is a word such as “n/a”."""
    MANY_ROOTS = "many-roots"

    # Faults of side tables
    UNKNOWN_UNIT = "unknown-unit"
    UNKNOWN_ENTRY = "unknown-entry"
    """A theme or a reference is in no table."""
    OWN_RELATION = "own-relation"
    EMPTY_CELL = "empty-cell"
    NOT_A_NUMBER = "not-a-number"

    EARLIER_STATE = "earlier-state"
    """The state with which another one is to be compared cannot be read."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in the data: its place, the reason why it is one, and the remedy."""

    kind: ProblemKind
    reason: str
    remedy: str
    table: str
    record: int | None = None
    """The number of the record in its file, counted from 1."""
    column: str = ""
    """The heading of the column."""
    value: str = ""
    severity: Severity = Severity.WARNING

    def __str__(self) -> str:
        """Return place, reason and remedy in one line."""
        return f"{self.place}: {self.reason} {self.remedy}"

    @property
    def place(self) -> str:
        """The place of the problem: “units, record 4, column parent”."""
        place = [self.table]
        if self.record is not None:
            place.append(f"record {self.record}")
        if self.column:
            place.append(f"column {self.column}")
        return ", ".join(place)

    def as_dict(self) -> dict[str, Any]:
        """Return the problem as a JSON object."""
        return asdict(self)

    def of(self, dataset: str) -> Problem:
        """Return the problem with the name of the dataset before that of its table."""
        return self if self.table == dataset else replace(self, table=f"{dataset}, {self.table}")


class DataError(Exception):
    """Nothing can be drawn from a dataset; ``problems`` holds everything that was found.

    ``causes`` are the errors; only if there is none, all other problems. The message has one line
    for each.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        errors = [problem for problem in self.problems if problem.severity is Severity.ERROR]
        self.causes = tuple(errors) or self.problems
        super().__init__("\n".join(map(str, self.causes)))


@dataclass(frozen=True, slots=True)
class Fault:
    """A kind of mistake in the data, with templates for the texts of its problems.

    ``{table}``, ``{column}`` and ``{value}`` in a template stand for the problem's table, column
    and cell, other ``{names}`` for values that are passed with each problem.
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
        """Return the problem of this fault at a place in a table.

        Raises:
            KeyError: a template needs a value that is not passed.
        """
        values |= {"table": table, "column": column, "value": value}
        reason, remedy = self.reason.format_map(values), self.remedy.format_map(values)
        return Problem(self.kind, reason, remedy, table, record, column, value, self.severity)

    def error(self, table: str, **values: Any) -> DataError:
        """Return the error to raise where this fault keeps a table from being read."""
        return DataError([replace(self.problem(table, **values), severity=Severity.ERROR)])
