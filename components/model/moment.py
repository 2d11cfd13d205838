"""Which state of an organization is shown, or which two."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Shown(StrEnum):
    """What is shown of two states."""

    BOTH = ""
    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Moment:
    """A state of an organization, or two of which one is before the other."""

    at: date | None = None
    """The day of the later state; None for the one that is shown by default."""
    before: date | None = None
    """The day of the earlier state; None for the one that is set, or for none."""
    shown: Shown = Shown.BOTH


NOW = Moment()
"""What is shown by default."""
