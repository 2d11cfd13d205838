"""An organization as JSON: its tables, or its units as a nested tree."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from itertools import chain, pairwise
from typing import Any

from components.formats.tables import (
    columns_of,
    iterate_records,
    numbers_of,
    person_cells,
    tables_in,
)
from components.model.organization import Organization
from components.model.standard_columns import column_of_fact
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
    return "".join(flat_json_parts(organization)).encode()


def flat_json_parts(organization: Organization) -> Iterator[str]:
    """Yield ``flat_json`` in small parts."""
    yield f'{{\n"about": {_json(asdict(organization.about))}'
    for table in tables_in(organization):
        columns = columns_of(organization, table)
        yield f',\n"{table}": ['
        separator = "\n"
        for record in iterate_records(organization, table):
            yield separator + _json(_converted(zip(columns, record, strict=True)))
            separator = ",\n"
        yield "\n]"
    yield "\n}\n"


def nested_json(organization: Organization) -> bytes:
    """Return the top as an object, with its children as objects in ``children``, and so on.

    A unit has its cells that are not empty, and its responsibilities and people.
    """
    return "".join(nested_json_parts(organization)).encode()


def nested_json_parts(organization: Organization) -> Iterator[str]:
    """Yield ``nested_json`` in small parts."""
    # Besides, json.dumps would exceed the recursion limit on a deep tree.
    depths = pairwise(chain(numbers_of(organization.depth), [0]))
    for unit, (depth, next_depth) in enumerate(depths):
        yield _json(_unit(organization, unit))[:-1]
        if next_depth > depth:
            yield ', "children": [\n'
        else:
            yield "}" + "]}" * (depth - next_depth)
            yield ",\n" if unit + 1 < len(organization) else "\n"


def _unit(organization: Organization, unit: int) -> dict[str, Any]:
    cells = ((column, values[unit]) for column, values in organization.units.items())
    record = _converted((column, cell) for column, cell in cells if cell)
    record |= {
        column_of_fact("units", fact.heading): fact.cells[unit]
        for fact in organization.facts.values()
        if fact.cells[unit]
    }
    duties = [
        {"responsibility": row.text, "themes": row.themes, "source": row.source}
        for row in organization.responsibilities.of(unit)
    ]
    if duties:
        record["responsibilities"] = [
            {name: value for name, value in duty.items() if value} for duty in duties
        ]
    people = organization.people.of(unit)
    if people:
        columns = columns_of(organization, "people")[1:]
        record["people"] = [
            {
                column: cell
                for column, cell in zip(columns, person_cells(person), strict=True)
                if cell
            }
            for person in people
        ]
    return record


def _converted(cells: Iterable[tuple[str, str]]) -> dict[str, Any]:
    return {
        column: CONVERTERS[column](cell) if column in CONVERTERS else cell for column, cell in cells
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
