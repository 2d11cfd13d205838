"""Which columns are set: by their keeper, or by the schema of a data package."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from components.importing.cells import Cells
from components.importing.column_names import columns_of, fold_name, use_of_table
from components.importing.table_roles import JOINED, LEVELS, UNITS
from components.problems import ProblemKind, refusal

ROLES = (
    "id",
    "parent",
    *(column for column in columns_of(UNITS) if column != "id"),
    LEVELS,
)
"""What a column of the table of units can be set to be."""


def set_columns(table: str, cells: Cells, mapping: Mapping[str, str]) -> dict[str, str]:
    """Return the columns that are set, as the table calls them."""
    found: dict[str, str] = {}
    for ours, named in mapping.items():
        theirs = {fold_name(name): name for name in reversed(cells.header)}
        parts = [theirs.get(fold_name(part)) for part in named.split(JOINED)]
        whole = named if named in cells.header else theirs.get(fold_name(named))
        if whole is None and None in parts:
            if use_of_table(table) in {UNITS, ""}:
                raise refusal(
                    ProblemKind.NO_SUCH_CHOICE,
                    table,
                    f"There is no column “{named}”; there are {listed(cells.header)}.",
                    "Name one of them.",
                )
            continue
        found["parent_id" if ours == "parent" else ours] = whole or JOINED.join(
            part for part in parts if part
        )
    return found


def listed(names: Sequence[str], most: int = 12) -> str:
    """Return the first names of columns in a sentence, and how many more there are."""
    shown = ", ".join(f"“{name}”" for name in names[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most} more"


def schemas_of(descriptor: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Return the Table Schema of each resource of a data package that has one."""
    resources = descriptor.get("resources")
    return {
        str(each["name"]): each["schema"]
        for each in (resources if isinstance(resources, list) else [])
        if isinstance(each, dict) and "name" in each and isinstance(each.get("schema"), dict)
    }


def columns_of_schema(
    table: str, cells: Cells, schemas: Mapping[str, Mapping[str, Any]]
) -> dict[str, str]:
    """Return the key and the parent that a Table Schema declares, of columns that are there."""
    schema = schemas.get(table, {})
    declared = schema.get("foreignKeys")
    found: dict[str, str] = {}
    if (key := _fields(schema.get("primaryKey"))) and {*key} <= {*cells.header}:
        found["id"] = JOINED.join(key)
    for foreign in declared if isinstance(declared, list) else []:
        if not isinstance(foreign, dict) or not isinstance(foreign.get("reference"), dict):
            continue
        fields = _fields(foreign.get("fields"))
        is_own = foreign["reference"].get("resource") in ("", table, None)
        if fields and is_own and {*fields} <= {*cells.header}:
            found["parent_id"] = JOINED.join(fields)
    return found


def _fields(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []
