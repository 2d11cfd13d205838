"""From tables to an organization.

A faulty record is reported as a ``Problem`` and drawn as far as possible. Only a dataset without a
single unit is rejected.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import TypeVar

import numpy as np

from components.importing.about import about_dataset, version_of
from components.importing.cleaning import (
    assign_ids,
    drop_nameless,
    mark_vacancies,
    merge_repeated,
)
from components.importing.column_settings import Choices
from components.importing.hierarchy import (
    add_placeholders,
    break_cycles,
    gather_roots,
    number_in_preorder,
)
from components.importing.list_units import list_units
from components.importing.parents import resolve_parents
from components.importing.people import name_heads
from components.importing.recognition import recognize
from components.importing.report import Imported, table_reports
from components.importing.side_tables import read_side_tables
from components.importing.table_roles import PEOPLE, RecognizedTables
from components.importing.unit_lookup import UnitLookup
from components.model.organization import Organization, Responsibility, Rows
from components.problems import DataError, Problem
from components.reading.tables import Tables

Value = TypeVar("Value")


def import_tables(
    tables: Tables,
    mapping: Mapping[str, str] = MappingProxyType({}),
    at: date | None = None,
    table: str = "",
) -> Imported:
    """Return the organization that the tables describe; its ``problems`` name every fault.

    ``mapping`` has the column for each standard column that is set: ``{"parent": "reports_to"}``.
    Of records with periods, those of the day ``at`` are drawn, by default of today. ``table`` is
    the one that has the units, if it is set.

    Raises:
        DataError: nothing in the tables can be drawn, or a column that is set does not exist.
    """
    problems = list(tables.problems)
    today = date.today()  # noqa: DTZ011  # The day in the calendar of whoever runs the program.
    choices = Choices(mapping, at or today, table)
    recognized = _recognize(tables, choices, problems)
    units = recognized.units
    rows = list_units(recognized)
    if PEOPLE in recognized.side:
        name_heads(rows, recognized.side[PEOPLE])
    drop_nameless(rows, units, problems)
    mark_vacancies(rows)
    assign_ids(rows)
    merge_repeated(rows, units, problems)
    forest = resolve_parents(rows, units, problems)
    add_placeholders(rows, forest)
    break_cycles(forest, rows, units, problems)
    about = about_dataset(tables)
    gather_roots(forest, rows, units, about.title, problems)
    hierarchy = number_in_preorder(forest)
    rows.keep(hierarchy.rows)  # From here on, a row has the number of its unit.
    lookup = UnitLookup(rows)
    side = read_side_tables(recognized, rows, lookup, hierarchy.further_parents, problems)
    organization = Organization(
        about=about,
        version=version_of(tables, mapping, choices.day if recognized.periods else None),
        parent=hierarchy.parent,
        depth=hierarchy.depth,
        size=hierarchy.size,
        leaves=hierarchy.leaves,
        branch=hierarchy.branch,
        themes=side.themes,
        references=side.references,
        synonyms=side.synonyms,
        problems=tuple(problems),
        mentions_by_reference=_grouped(
            ((mention.reference, mention) for mention in side.mentions.rows), side.references
        ),
        units_by_theme=_grouped(_themes_of_units(side.responsibilities), side.themes),
        number=lookup.number,
        units=rows.cells,
        responsibilities=side.responsibilities,
        relations=side.relations,
        mentions=side.mentions,
        people=side.people,
        synthetic=rows.synthetic,
        has_synthetic_top=hierarchy.has_synthetic_top,
    )
    return Imported(organization, table_reports(tables, recognized))


def _recognize(tables: Tables, choices: Choices, problems: list[Problem]) -> RecognizedTables:
    """Return the tables with their roles; an error also has the problems of reading."""
    try:
        return recognize(tables, choices, problems)
    except DataError as error:
        raise DataError((*error.problems, *tables.problems)) from error


def _themes_of_units(responsibilities: Rows[Responsibility]) -> Iterator[tuple[str, int]]:
    """Yield each theme of each unit once, in preorder of the units."""
    for unit in np.flatnonzero(np.diff(responsibilities.first)).tolist():
        themes = (theme for row in responsibilities.of(unit) for theme in row.themes)
        yield from ((theme, unit) for theme in dict.fromkeys(themes))


def _grouped(
    pairs: Iterable[tuple[str, Value]], keys: Iterable[str]
) -> dict[str, tuple[Value, ...]]:
    groups: dict[str, list[Value]] = {key: [] for key in keys}
    for key, value in pairs:
        groups[key].append(value)
    return {key: tuple(values) for key, values in groups.items()}
