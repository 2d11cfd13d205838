"""The faults that tables have: what is said of each, and what to do about it.

One entry a sentence, in the order of the steps that find them. What is drawn in spite of a fault
stands in docs/data.md, by kind.
"""

from __future__ import annotations

from components.problems import Fault, ProblemKind, Severity

# Files that cannot be read


# Tables that are odd


# The table of units

UNKNOWN_PARENT = Fault(
    ProblemKind.UNKNOWN_PARENT,
    "The parent “{value}” is not in the table; a placeholder stands for it.",
    "Add a record for it, or name another unit.",
)
REPAIRED_PARENT = Fault(
    ProblemKind.REPAIRED_PARENT,
    "“{value}” is taken for “{meant}”{where}.",
    "Write both alike.",
    Severity.NOTE,
)

# The tables beside it


# Following

READING_FAILED = Fault(
    ProblemKind.UNREADABLE,
    "Reading it failed ({error}); the server's log says more.",
    "Save it again, or show the log to who runs the server.",
    Severity.ERROR,
)
