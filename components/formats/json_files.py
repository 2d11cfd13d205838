"""An organization as JSON: its tables, or its units as a nested tree."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from typing import Any

from components.formats.tables import COLUMNS, records_of, tables_in
from components.model.organization import Organization
from components.model.text import split_list

CONVERTERS: Mapping[str, Callable[[str], Any]] = {
    "aliases": split_list,
    "themes": split_list,
    "words": split_list,
    "means": split_list,
    "position": int,
}
"""Functions for the columns whose values are not text in JSON."""


def flat_json(organization: Organization) -> bytes:
    """Return an object with the metadata in ``about``, and a list of records for each table.

    An empty cell is empty text.
    """
    parts = [f'"about": {_json(asdict(organization.about))}']
    for table in tables_in(organization):
        rows = (zip(COLUMNS[table], row, strict=True) for row in records_of(organization, table))
        lines = ",\n".join(_json(_converted(row)) for row in rows)
        parts.append(f'"{table}": [\n{lines}\n]')
    return "{{\n{}\n}}\n".format(",\n".join(parts)).encode()


def nested_json(organization: Organization) -> bytes:
    """Return the top as an object, with its children as objects in ``children``, and so on.

    A unit has its cells that are not empty, and its responsibilities.
    """
    # Written piece by piece, since json.dumps would exceed the recursion limit on a deep tree.
    depth, pieces = organization.depth.tolist(), []
    for unit, next_depth in enumerate([*depth[1:], 0]):
        pieces.append(_json(_unit(organization, unit))[:-1])
        if next_depth > depth[unit]:
            pieces.append(', "children": [\n')
        else:
            pieces.append("}" + "]}" * (depth[unit] - next_depth))
            pieces.append(",\n" if unit + 1 < len(organization) else "\n")
    return "".join(pieces).encode()


def _unit(organization: Organization, unit: int) -> dict[str, Any]:
    cells = ((column, values[unit]) for column, values in organization.units.items())
    record = _converted((column, cell) for column, cell in cells if cell)
    duties = [
        {"responsibility": row.text, "themes": row.themes, "source": row.source}
        for row in organization.responsibilities.of(unit)
    ]
    if duties:
        record["responsibilities"] = [
            {name: value for name, value in duty.items() if value} for duty in duties
        ]
    return record


def _converted(cells: Iterable[tuple[str, str]]) -> dict[str, Any]:
    return {
        column: CONVERTERS[column](cell) if column in CONVERTERS else cell for column, cell in cells
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
