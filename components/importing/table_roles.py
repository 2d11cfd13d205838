"""What a table is used as: the words in which the parts of recognition speak of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from components.importing.cells import Cells

UNITS, RESPONSIBILITIES, RELATIONS = "units", "responsibilities", "relations"
LINKS, POSTS = "links", "posts"
LEVELS, PATH, CHILDREN, PARENT_NAME = "levels", "path", "children", "parent_name"
SHAPES = frozenset(["parent_id", PATH, CHILDREN])
"""The columns of which one makes a hierarchy."""
JOINED = "+"
"""Between the columns of a composite key: ``ministry_code+unit_code``."""
MOSTLY, SOMETIMES, SURELY, ALWAYS = 0.5, 0.3, 0.8, 0.9
"""Shares of a column's different cells that must refer to units for it to be taken for one."""
KEY = 0.75
"""The share of different cells from which on a column without a telling name may be a key."""
SAMPLE = 1_000
"""Different cells of a column that are looked at where all would take long."""
LINKED = 2
"""Columns of a link that refer to units."""
MIN_CHILDREN = 3
RECORD = "record"
"""The column that readers of nested data add: which record, for ``parent record``."""


@dataclass(frozen=True)
class Use:
    """What a table is used as, and which of its columns is each of ours."""

    table: str
    use: str
    cells: Cells
    columns: Mapping[str, str]
    """The column for each of ours, such as ``{"parent_id": "reports_to"}``."""
    key: str = ""
    """The column that other records refer to; the ids, mostly."""
    levels: tuple[str, ...] = ()
    """Columns of which each has a level of the hierarchy, from the top down."""
    nested: str = ""
    """What stands between the steps of ids that begin with their parents': ``1.2.3``."""

    def said(self) -> dict[str, str]:
        """Return the columns as they are told: also those of a hierarchy's levels."""
        return dict(self.columns) | ({LEVELS: JOINED.join(self.levels)} if self.levels else {})


@dataclass(frozen=True)
class Recognised:
    """All tables of a dataset, each with its use."""

    units: Use
    side: Mapping[str, Use]
    """By what it is used as."""
    unused: tuple[str, ...]
