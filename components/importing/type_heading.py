"""The heading of the column that has the types of units, where the page says it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from components.importing.column_names import fold_name, vocabulary_words
from components.importing.column_settings import schema_fields
from components.importing.table_roles import TableRole
from components.model.text import fold_texts

TYPE = "type"


def type_heading(units: TableRole, descriptor: Mapping[str, Any]) -> str:
    """Return the heading of the column of types: "Grade", "Job title".

    It is empty if the heading only says that these are types, for which the page has a word. The
    standard column ``type`` has its heading in the data package, as the title of its field.
    """
    heading = units.columns.get(TYPE, "")
    if heading == TYPE:
        fields = schema_fields(units.table, descriptor)
        titles = (field.get("title") for field in fields if field.get("name") == TYPE)
        heading = next((title for title in titles if isinstance(title, str)), "")
    return "" if says_type(heading) else heading.strip()


def says_type(heading: str) -> bool:
    """Return whether a heading only says that its column has types: "Type", "Unit type", "Art"."""
    known = [word for of in ("type", "unit", "any unit") for word in vocabulary_words(of)]
    return {*fold_name(heading)} <= {*fold_texts(known)}
