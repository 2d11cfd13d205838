"""The columns that are set: by the user, or by the Table Schema of a data package."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from components import faults
from components.importing.cells import Cells
from components.importing.column_names import fold_name, standard_columns
from components.importing.table_roles import COLUMN_SEPARATOR, LEVELS, PEOPLE, UNITS
from components.model.days import today
from components.model.facts import FactKind
from components.model.organization import Records

ROLES = ("id", "parent", *(column for column in standard_columns(UNITS) if column != "id"), LEVELS)
"""The roles that columns of the table of units can be set to."""
DRAWN = (UNITS, PEOPLE)
MAX_LISTED = 12


@dataclass(frozen=True, slots=True)
class FactSettings:
    """What the user, or the schema of a data package, says of a column of facts."""

    kinds: Mapping[str, FactKind] = field(default_factory=dict)
    """By heading."""
    totals: Mapping[str, bool] = field(default_factory=dict)
    """By heading of a number: whether it includes those of the units below."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the user sets for the import."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """The column of the table of units for each standard column that is set.

    Several columns joined by ``+`` are a composite key, a name, or the levels of a hierarchy.
    """
    at: date | None = None
    """Of records with periods, those of this day count; None for today."""
    table: str = ""
    """The table that has the units."""
    facts: FactSettings = field(default_factory=FactSettings)
    """What further columns have."""
    drawn: str = ""
    """Where there are a table of units and one of people: the one that is drawn, one of ``DRAWN``;
    empty for the units, with the people in their panels."""

    title: str = ""
    """The title of the organization; empty for that of the data."""
    records: Records | None = None
    """What the records of the table of units are; None if the data say it."""

    @property
    def day(self) -> date:
        """The day of which records count."""
        return self.at or today()


def configured_columns(cells: Cells, mapping: Mapping[str, str]) -> dict[str, str]:
    """Return the columns that the user has set, spelled as in the table, as far as it has them."""
    spelling = {fold_name(name): name for name in reversed(cells.header)}
    columns: dict[str, str] = {}
    for role, setting in mapping.items():
        parts = [spelling.get(fold_name(part)) for part in setting.split(COLUMN_SEPARATOR)]
        whole = setting if setting in cells.header else spelling.get(fold_name(setting))
        if whole is not None or None not in parts:
            columns["parent_id" if role == "parent" else role] = whole or COLUMN_SEPARATOR.join(
                part for part in parts if part
            )
    return columns


def check_settings(
    mapping: Mapping[str, str], tables: Mapping[str, Cells], given: Mapping[str, Mapping[str, str]]
) -> None:
    """Check that each column that the user has set exists in one of the tables.

    Raises:
        DataError: a column does not exist.
    """
    for role, setting in mapping.items():
        column = "parent_id" if role == "parent" else role
        if not any(column in given[table] for table in tables):
            table, cells = next(iter(tables.items()))
            header = quoted_list([name for name in cells.header if name not in cells.derived])
            raise faults.UNKNOWN_MAPPED_COLUMN.error(table, name=setting, header=header)


def quoted_list(names: Sequence[str]) -> str:
    """Return the first names in quotation marks, and how many more there are."""
    shown = ", ".join(f"“{name}”" for name in names[:MAX_LISTED])
    return shown if len(names) <= MAX_LISTED else f"{shown} and {len(names) - MAX_LISTED} more"


def table_schemas(descriptor: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Return the Table Schemas of a data package by the names of their resources."""
    resources = descriptor.get("resources")
    return {
        str(resource["name"]): resource["schema"]
        for resource in (resources if isinstance(resources, list) else [])
        if isinstance(resource, dict)
        and "name" in resource
        and isinstance(resource.get("schema"), dict)
    }


def schema_fields(table: str, descriptor: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the fields in the Table Schema of a table; none if it has no schema."""
    fields = table_schemas(descriptor).get(table, {}).get("fields")
    return [each for each in fields if isinstance(each, dict)] if isinstance(fields, list) else []


def schema_columns(
    table: str, cells: Cells, schemas: Mapping[str, Mapping[str, Any]]
) -> dict[str, str]:
    """Return the columns of the id and the parent that a table's schema declares, if they exist."""
    schema = schemas.get(table, {})
    columns: dict[str, str] = {}
    if (key := _fields(schema.get("primaryKey"))) and {*key} <= {*cells.header}:
        columns["id"] = COLUMN_SEPARATOR.join(key)
    foreign_keys = schema.get("foreignKeys")
    for foreign_key in foreign_keys if isinstance(foreign_keys, list) else []:
        if not isinstance(foreign_key, dict) or not isinstance(foreign_key.get("reference"), dict):
            continue
        fields = _fields(foreign_key.get("fields"))
        refers_to_itself = foreign_key["reference"].get("resource") in ("", table, None)
        if fields and refers_to_itself and {*fields} <= {*cells.header}:
            # A second one is a further parent, such as a dotted line, which has a role of its own.
            columns.setdefault("parent_id", COLUMN_SEPARATOR.join(fields))
    return columns


def stated_records(table: str, descriptor: Mapping[str, Any]) -> Records | None:
    """Return what the records of a table are, if the data package says so."""
    resources = descriptor.get("resources")
    for resource in resources if isinstance(resources, list) else []:
        if isinstance(resource, dict) and resource.get("name") == table:
            return next((each for each in Records if each == resource.get("records")), None)
    return None


def _fields(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [field for field in value if isinstance(field, str)] if isinstance(value, list) else []
