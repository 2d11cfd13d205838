"""Facts: what a table says of its units in columns that have no role of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from components.model.days import Day, day_in, is_ambiguous
from components.model.quantities import quantity_in
from components.model.text import split_list


class FactKind(StrEnum):
    """What the cells of a column of facts are."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes/no"
    CATEGORY = "category"
    """Few distinct texts, by which units can be filtered and coloured."""
    EMAIL = "email"
    PHONE = "phone"
    LINK = "link"
    IMAGE = "image"
    """The address of a picture."""


class Compared(StrEnum):
    """What a column of numbers says where an organization stands for two states."""

    BEFORE = "before"
    """The numbers of the earlier state."""
    DIFFERENCE = "difference"
    """By how much the numbers have grown."""


@dataclass(frozen=True)
class FactColumn:
    """A column of facts."""

    id: str
    """For addresses: the slug of the heading, numbered if it is taken."""
    heading: str
    """As the table has it."""
    kind: FactKind
    cells: Sequence[str] = field(repr=False)
    """As the table has them, indexed by unit number; empty text where there is no fact."""
    unit: str = ""
    """Of numbers: ``EUR``, ``FTE``, ``%``; empty if the table does not say."""
    is_rate: bool = False
    """Of numbers: whether they are shares or averages, whose sum means nothing."""
    mark: str = "."
    """Of numbers: the mark of their decimals."""
    month_first: bool | None = None
    """Of dates: whether the month stands before the day; None if no cell tells."""
    is_total: bool | None = None
    """Of numbers, if it is set: whether they include those of the units below."""
    compared: Compared | None = None
    """Of numbers: None if they are those of the organization as it is."""

    def quantity(self, unit: int) -> Decimal | None:
        """Return the number of a unit; None if its cell is empty or no number."""
        return quantity_in(self.cells[unit], self.mark)

    def day(self, unit: int) -> Day | None:
        """Return the date of a unit; None if its cell has none that is certain."""
        cell = self.cells[unit]
        if self.month_first is None and is_ambiguous(cell):
            return None
        return day_in(cell, month_first=bool(self.month_first))

    def values(self, unit: int) -> tuple[str, ...]:
        """Return the entries of a cell, which may be a list."""
        return split_list(self.cells[unit])
