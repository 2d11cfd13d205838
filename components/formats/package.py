"""The data package: a CSV file for each table, and a descriptor of all of them.

Formats: Data Package (https://specs.frictionlessdata.io/data-package/) and CSV (RFC 4180).
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain, islice
from typing import Any

from components.formats.tables import columns_of, iterate_records, placeholders, tables_in
from components.importing.column_names import vocabulary_words
from components.importing.facts import KINDS_OF_TYPES, OWN, TOTAL
from components.model.facts import FactColumn, FactKind
from components.model.organization import About, Organization, Records
from components.model.standard_columns import COLUMNS, column_of_fact
from components.model.text import ascii_slug
from components.reading.formula_escaping import escaped
from components.reading.packages import DESCRIPTOR

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the archive, so that equal organizations have equal bytes."""
READABLE = 0o644 << 16
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
INTEGER, NUMBER = re.compile(r"[+-]?\d+"), re.compile(r"[+-]?\d+(?:\.\d+)?")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
URI = re.compile(r"https?://[\w.~:/?#\[\]@!$&'()*+,;=%-]+", re.ASCII)
LICENCE_NAME = re.compile("[A-Za-z0-9._-]+")

DESCRIPTIONS: Mapping[str, Mapping[str, str]] = {
    "units": {
        "id": "Identifier of the unit.",
        "name": "Its name in full.",
        "short_name": "Its name for labels.",
        "acronym": "Its acronym.",
        "aliases": "What else it is called, separated by semicolons.",
        "type": "What sort of unit it is.",
        "parent_id": "The unit directly above; empty at the top.",
        "head": "Who leads it.",
        "location": "Where it is.",
        "summary": "What it is for, in one or two sentences.",
        "status": "What became of it; empty for what simply is there.",
        "source": "Where the facts stand.",
        "notes": "What a reader should know about the record.",
    },
    "responsibilities": {
        "unit_id": "The unit that answers for it.",
        "position": "Its place among the responsibilities of the unit, from 1.",
        "responsibility": "One thing that the unit answers for.",
        "themes": "Identifiers of themes, separated by semicolons.",
        "source": "Where it stands.",
    },
    "relations": {
        "from_id": "The unit that the statement is about.",
        "to_id": "The other unit.",
        "kind": "How the two are related.",
        "description": "The relation in one sentence.",
        "source": "Where it stands.",
    },
    "references": {
        "id": "Identifier of what units work with that is no unit itself.",
        "name": "Its name in full.",
        "acronym": "Its acronym.",
        "kind": "What sort of thing it is.",
        "description": "What it is, in one sentence.",
    },
    "mentions": {
        "unit_id": "The unit.",
        "reference_id": "The reference that it works with.",
        "role": "What the unit does with it.",
        "source": "Where it stands.",
    },
    "themes": {
        "id": "Identifier of a topic that cuts across the hierarchy.",
        "name": "Its name.",
        "description": "What belongs to it.",
    },
    "synonyms": {
        "words": "What people say, separated by semicolons.",
        "means": "What the other tables call it, the closest first, separated by semicolons.",
    },
    "people": {
        "unit_id": "The unit in which the person works.",
        "name": "The name of the person.",
        "title": "What the person does there.",
        "email": "The e-mail address of the person.",
    },
}
PRIMARY_KEYS: Mapping[str, str | list[str]] = {
    "units": "id",
    "responsibilities": ["unit_id", "position"],
    "references": "id",
    "themes": "id",
}
FOREIGN_KEYS: Mapping[str, Mapping[str, str]] = {
    "units": {"parent_id": "units"},
    "responsibilities": {"unit_id": "units"},
    "relations": {"from_id": "units", "to_id": "units"},
    "mentions": {"unit_id": "units", "reference_id": "references"},
    "people": {"unit_id": "units"},
}
"""The columns of each table that hold the ids of another table."""
RECORDS_IN_A_PART = 1_000
BYTE_ORDER_MARK = "\ufeff"


def table_csv(organization: Organization, table: str) -> bytes:
    """Return a table as CSV in UTF-8, with an escape before what looks like a formula."""
    return "".join(table_csv_parts(organization, table)).encode()


def table_csv_parts(organization: Organization, table: str) -> Iterator[str]:
    """Yield ``table_csv`` in small parts."""
    records = chain([columns_of(organization, table)], iterate_records(organization, table))
    while batch := [*islice(records, RECORDS_IN_A_PART)]:
        text = io.StringIO(newline="")
        csv.writer(text).writerows([*map(escaped, record)] for record in batch)
        yield text.getvalue()


def spreadsheet_csv(organization: Organization, table: str) -> bytes:
    """Return ``table_csv`` with a byte order mark, by which Excel recognizes UTF-8.

    The files of a package have none: their descriptor names the encoding, and not every program
    that reads packages skips the mark.
    """
    return "".join(spreadsheet_csv_parts(organization, table)).encode()


def spreadsheet_csv_parts(organization: Organization, table: str) -> Iterator[str]:
    """Yield ``spreadsheet_csv`` in small parts."""
    yield BYTE_ORDER_MARK
    yield from table_csv_parts(organization, table)


def package_files(organization: Organization) -> dict[str, bytes]:
    """Return the files of the data package by name: its tables, then the descriptor."""
    files = {f"{table}.csv": table_csv(organization, table) for table in tables_in(organization)}
    return {**files, DESCRIPTOR: descriptor(organization)}


def package_zip(organization: Organization) -> bytes:
    """Return the data package as a zip archive."""
    return zipped(package_files(organization))


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return a zip archive of files by name; the same files make the same archive."""
    archive_bytes = io.BytesIO()
    with zipfile.ZipFile(archive_bytes, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, READABLE
            archive.writestr(entry, data)
    return archive_bytes.getvalue()


def descriptor(organization: Organization) -> bytes:
    """Return ``datapackage.json``: metadata of the dataset, its tables, their columns and keys."""
    content = {
        "profile": "tabular-data-package",
        **_metadata(organization.about),
        "resources": [_resource(organization, table) for table in tables_in(organization)],
    }
    return json.dumps(content, ensure_ascii=False, indent=2).encode() + b"\n"


def _metadata(about: About) -> dict[str, Any]:
    """Return the metadata of a dataset that are not empty."""
    source = {"title": about.source_title, "path": about.source_url}
    source = {key: text for key, text in source.items() if text}
    is_name = LICENCE_NAME.fullmatch(about.licence)
    licence = {"name": about.licence if is_name else "other", "title": about.licence}
    metadata = {
        "name": ascii_slug(about.name) or "organization",
        "title": about.title,
        "description": about.description,
        "language": about.language,
        "created": f"{about.date}T00:00:00Z" if ISO_DATE.fullmatch(about.date) else about.date,
        "sources": [source] if source else [],
        "licenses": [licence] if about.licence else [],
    }
    return {key: value for key, value in metadata.items() if value}


def _resource(organization: Organization, table: str) -> dict[str, Any]:
    states_records = table == "units" and organization.records is not Records.UNITS
    return {
        "name": table,
        **({"records": str(organization.records)} if states_records else {}),
        "path": f"{table}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": _schema(organization, table),
    }


def _schema(organization: Organization, table: str) -> dict[str, Any]:
    fields = [
        {
            "name": column,
            **_title(organization, table, column),
            "type": "integer" if column == "position" else "string",
            "description": DESCRIPTIONS[table][column],
        }
        for column in COLUMNS[table]
    ]
    if table == "units":
        fields += map(_fact_field, organization.facts.values())
    else:
        further = columns_of(organization, table)[len(COLUMNS[table]) :]
        fields += ({"name": column, "type": "string"} for column in further)
    foreign_keys = [
        {
            "fields": column,
            "reference": {"resource": "" if other == table else other, "fields": "id"},
        }
        for column, other in FOREIGN_KEYS.get(table, {}).items()
        # A placeholder is a parent without a record.
        if column != "parent_id" or not placeholders(organization)
    ]
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if table in PRIMARY_KEYS:
        schema["primaryKey"] = PRIMARY_KEYS[table]
    if foreign_keys:
        schema["foreignKeys"] = foreign_keys
    return schema


def _title(organization: Organization, table: str, column: str) -> dict[str, str]:
    """Return the title of the field of types, if the table calls them otherwise."""
    is_named = (table, column) == ("units", "type") and organization.type_heading
    return {"title": organization.type_heading} if is_named else {}


def _fact_field(fact: FactColumn) -> dict[str, Any]:
    """Return the field of a column of facts; ``kind`` and ``measure`` say what its type does not.

    Cells are written as the table has them, so a column has a type only if all of them fit it.
    """
    type_ = _type_of(fact)
    field = {"name": column_of_fact("units", fact.heading), **type_}
    if KINDS_OF_TYPES.get((type_["type"], type_.get("format", ""))) != fact.kind:
        field["kind"] = str(fact.kind)
    if fact.is_total is not None:
        field["measure"] = TOTAL if fact.is_total else OWN
    return field


def _type_of(fact: FactColumn) -> dict[str, Any]:
    """Return type and format in a Table Schema for all cells of a column."""
    cells = [*dict.fromkeys(filter(None, fact.cells))]
    if fact.kind is FactKind.NUMBER and all(map(NUMBER.fullmatch, cells)):
        return {"type": "integer" if all(map(INTEGER.fullmatch, cells)) else "number"}
    if fact.kind is FactKind.DATE and all(map(_is_day, cells)):
        return {"type": "date"}
    if fact.kind is FactKind.YES_NO:
        answers = {
            "trueValues": [cell for cell in cells if cell.casefold() in vocabulary_words("yes")],
            "falseValues": [cell for cell in cells if cell.casefold() in vocabulary_words("not")],
        }
        if sum(map(len, answers.values())) == len(cells):
            return {"type": "boolean"} | {key: values for key, values in answers.items() if values}
    if fact.kind is FactKind.EMAIL and all(map(EMAIL.fullmatch, cells)):
        return {"type": "string", "format": "email"}
    if fact.kind in {FactKind.LINK, FactKind.IMAGE} and all(map(URI.fullmatch, cells)):
        return {"type": "string", "format": "uri"}
    return {"type": "string"}


def _is_day(cell: str) -> bool:
    try:
        date.fromisoformat(cell)
    except ValueError:
        return False
    return bool(ISO_DATE.fullmatch(cell))
