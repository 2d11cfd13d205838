"""Why an interpretation of a table was taken, and how another is chosen, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from components.importing.judgement import Judgement
from components.importing.table_roles import (
    CHILDREN,
    COLUMN_SEPARATOR,
    DEPTH,
    LEVELS,
    PATH,
    Shape,
    TableRole,
)

CLOSE = 6.0
"""The difference of scores up to which a second interpretation is mentioned."""
OPTIONS = {
    Shape.PARENT: "parent_id",
    Shape.PATH: PATH,
    Shape.CHILDREN: CHILDREN,
    Shape.ORDER: DEPTH,
    Shape.NESTED_IDS: "id",
}
"""The standard column by which each shape is chosen."""


DESCRIPTIONS = {
    Shape.PARENT: "“{column}” has the parent of each unit: {share}.",
    Shape.LEVELS: "{levels} {are} of the hierarchy{below}.",
    Shape.PATH: "“{column}” has the path of each unit from the top.",
    Shape.NESTED_IDS: "The ids in “{column}” begin with the id of the parent.",
    Shape.CHILDREN: "“{column}” lists the units directly below each unit.",
    Shape.ORDER: "The records are in the order of an outline, with their depth in “{column}”.",
    Shape.LINKS: "Another table links parents and children.",
    Shape.NONE: "No column says which unit is above which.",
}
"""How each shape makes the hierarchy, in a sentence."""


@dataclass(frozen=True)
class Candidate:
    """An interpretation of a table, and what it makes of it."""

    role: TableRole
    judgement: Judgement

    @property
    def score(self) -> float:
        """What the interpretation is worth; the best has the highest score."""
        return self.judgement.score()

    @property
    def hierarchy(self) -> tuple[object, ...]:
        """What two candidates that make the same hierarchy have in common."""
        role = self.role
        return role.shape, role.levels, role.columns.get(OPTIONS.get(role.shape, ""))

    def explanation(self) -> Explanation:
        """Return the candidate in words and numbers."""
        role = self.role
        return Explanation(role.shape, description(self), role.reported_columns(), self.judgement)


@dataclass(frozen=True, slots=True)
class Explanation:
    """An interpretation of a table in words and numbers, without the table."""

    shape: Shape
    hierarchy: str
    """How it makes the hierarchy, in a sentence."""
    columns: Mapping[str, str]
    """Its columns by standard column."""
    judgement: Judgement

    @property
    def score(self) -> float:
        """What the interpretation is worth; the best has the highest score."""
        return self.judgement.score()

    def as_dict(self) -> dict[str, Any]:
        """Return the explanation as a JSON object."""
        return {
            "score": round(self.score, 1),
            "shape": self.shape,
            "hierarchy": self.hierarchy,
            "columns": dict(self.columns),
            **{measure: round(value, 2) for measure, value in asdict(self.judgement).items()},
        }


def description(candidate: Candidate) -> str:
    """Return in a sentence how an interpretation makes the hierarchy."""
    role = candidate.role
    column = _plain(role.columns.get(OPTIONS.get(role.shape, ""), ""))
    found, name = candidate.judgement.found, _plain(role.columns.get("name", ""))
    share = f"{found:.0%} of its entries are in “{_plain(role.key)}”"
    return DESCRIPTIONS[role.shape].format(
        column=column,
        share=share if found else "none of its entries has a record",
        levels=", ".join(f"“{level}”" for level in role.levels),
        are="is a level" if len(role.levels) == 1 else "are levels",
        below=f"; the units in “{name}” are below" if name not in {"", *role.levels} else "",
    )


def alternative(candidates: Sequence[Candidate]) -> str:
    """Return in a sentence what a close second interpretation would give; empty without one."""
    best, *others = candidates
    second = next((other for other in others if other.hierarchy != best.hierarchy), None)
    if second is None or best.score - second.score > CLOSE or not (option := _option(second.role)):
        return ""
    return f"Nearly as likely: {description(second)} Choose it with {option}."


def _option(role: TableRole) -> str:
    """Return the option of the command line that chooses an interpretation."""
    if role.levels:
        settings = {LEVELS: COLUMN_SEPARATOR.join(role.levels)}
    elif role.shape in OPTIONS:
        column = OPTIONS[role.shape]
        settings = {column.removesuffix("_id"): role.columns[column]}
    else:
        return ""
    if role.shape is Shape.PARENT and "id" in role.columns:
        settings["id"] = role.columns["id"]
    return " ".join(f'--map "{name}={column}"' for name, column in settings.items())


def _plain(column: str) -> str:
    """Return the heading of a column, or those of a composite one in words."""
    return " and ".join(column.split(COLUMN_SEPARATOR)) if COLUMN_SEPARATOR in column else column
