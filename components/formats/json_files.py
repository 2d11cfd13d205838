"""An organization as JSON: its tables, or its units one within the other."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from typing import Any

from components.formats.tables import COLUMNS, records_of, tables_in
from components.model.organization import Organization
from components.model.text import split_list

VALUES: Mapping[str, Callable[[str], Any]] = {
    "aliases": split_list,
    "themes": split_list,
    "words": split_list,
    "means": split_list,
    "position": int,
}
"""What is no text in JSON."""


def flat_json(organization: Organization) -> bytes:
    """Return the tables as one object of lists, with the records of a table in each.

    ``about`` says what the dataset says of itself. An empty cell is empty text.
    """
    parts = [f'"about": {_json(asdict(organization.about))}']
    for table in tables_in(organization):
        rows = (_values(COLUMNS[table], record) for record in records_of(organization, table))
        lines = ",\n".join(map(_json, rows))
        parts.append(f'"{table}": [\n{lines}\n]')
    return "{{\n{}\n}}\n".format(",\n".join(parts)).encode()


def nested_json(organization: Organization) -> bytes:
    """Return the unit at the top as an object, with those below it in its ``children``, and so on.

    Each unit has what its table says of it, its responsibilities, and nothing empty.
    """
    depth, pieces = organization.depth.tolist(), []
    for unit in range(len(organization)):
        pieces.append(_json(_unit(organization, unit))[:-1])
        below = depth[unit + 1] if unit + 1 < len(organization) else 0
        if below > depth[unit]:
            pieces.append(', "children": [\n')
        else:
            pieces.append("}" + "]}" * (depth[unit] - below))
            pieces.append(",\n" if unit + 1 < len(organization) else "\n")
    return "".join(pieces).encode()


def _unit(organization: Organization, unit: int) -> dict[str, Any]:
    cells = ((column, values[unit]) for column, values in organization.units.items())
    told = _values(*zip(*((column, cell) for column, cell in cells if cell), strict=True))
    rows = [
        {"responsibility": row.text, "themes": row.themes, "source": row.source}
        for row in organization.responsibilities.of(unit)
    ]
    if rows:
        told["responsibilities"] = [
            {name: value for name, value in row.items() if value} for row in rows
        ]
    return told


def _values(columns: Iterable[str], cells: Iterable[str]) -> dict[str, Any]:
    return {
        column: VALUES[column](cell) if column in VALUES else cell
        for column, cell in zip(columns, cells, strict=True)
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
