"""From tables to an organization.

A faulty record is reported as a ``Problem`` and drawn as far as possible. Only a dataset without a
single unit is rejected.
"""

from __future__ import annotations

from components.importing.about import about_dataset, version_of
from components.importing.cleaning import (
    assign_ids,
    drop_nameless,
    mark_vacancies,
    merge_repeated,
    shorten_ids,
    vacancies_in,
)
from components.importing.column_settings import Choices
from components.importing.facts import fact_columns_of, fact_settings, read_facts
from components.importing.hierarchy import (
    add_placeholders,
    break_cycles,
    gather_roots,
    number_in_preorder,
)
from components.importing.list_units import list_units
from components.importing.parents import resolve_parents
from components.importing.people import name_heads
from components.importing.progress import OnProgress, Step, unobserved
from components.importing.recognition import recognize
from components.importing.report import Imported, table_reports
from components.importing.side_tables import read_side_tables
from components.importing.table_roles import PEOPLE, RecognizedTables
from components.importing.type_heading import type_heading
from components.importing.unit_lookup import UnitLookup
from components.model.organization import Organization, grouped_by_key, themes_of_units
from components.problems import DataError, Problem
from components.reading.tables import Tables

NO_CHOICES = Choices()


def import_tables(
    tables: Tables, choices: Choices = NO_CHOICES, on_progress: OnProgress = unobserved
) -> Imported:
    """Return the organization that the tables describe; its ``problems`` name every fault.

    ``on_progress`` is told of each step.

    Raises:
        DataError: nothing in the tables can be drawn, or a column that is set does not exist.
    """
    problems = list(tables.problems)
    Step.RECOGNIZE.report(on_progress)
    recognized = _recognize(tables, choices, problems)
    units = recognized.units
    # Before there are rows: meanwhile the cells of all columns stand in memory once more.
    version = version_of(tables, choices, choices.day if recognized.periods else None)
    known_facts = fact_settings(units, tables.descriptor, choices.facts)
    Step.LIST.report(on_progress)
    fact_columns = fact_columns_of(units)
    rows = list_units(recognized)
    units.cells.forget_counts()  # by which columns were recognized
    if PEOPLE in recognized.side:
        name_heads(rows, recognized.side[PEOPLE])
    drop_nameless(rows, units, problems)
    mark_vacancies(rows)
    assign_ids(rows)
    merge_repeated(rows, units, problems)
    Step.RESOLVE.report(on_progress)
    forest = resolve_parents(rows, units, problems)
    add_placeholders(rows, forest)
    Step.ORDER.report(on_progress)
    break_cycles(forest, rows, units, problems)
    about = about_dataset(tables, choices.title)
    gather_roots(forest, rows, units, about.title, problems)
    hierarchy = number_in_preorder(forest)
    rows.keep(hierarchy.tree.rows.tolist())  # From here on, a row has the number of its unit.
    shorten_ids(rows, units, problems)
    Step.ADD.report(on_progress)
    lookup = UnitLookup(rows)
    side = read_side_tables(recognized, rows, lookup, hierarchy.further_parents, problems)
    organization = Organization(
        about=about,
        version=version,
        parent=hierarchy.tree.parent,
        depth=hierarchy.tree.depth,
        size=hierarchy.tree.size,
        leaves=hierarchy.tree.leaves,
        branch=hierarchy.tree.branch,
        themes=side.themes,
        references=side.references,
        synonyms=side.synonyms,
        problems=tuple(problems),
        mentions_by_reference=grouped_by_key(
            ((mention.reference, mention) for mention in side.mentions.rows), side.references
        ),
        units_by_theme=grouped_by_key(
            themes_of_units(side.responsibilities) if side.themes else (), side.themes
        ),
        number=lookup.number,
        units=rows.cells,
        responsibilities=side.responsibilities,
        relations=side.relations,
        mentions=side.mentions,
        facts=read_facts(units, rows, fact_columns, known_facts),
        people=side.people,
        synthetic=rows.synthetic,
        vacancies=vacancies_in(rows),
        records=units.records,
        type_heading=type_heading(units, tables.descriptor),
        has_synthetic_top=hierarchy.has_synthetic_top,
        has_periods=bool(recognized.periods),
        day=recognized.day,
    )
    return Imported(organization, table_reports(tables, recognized, organization.facts))


def _recognize(tables: Tables, choices: Choices, problems: list[Problem]) -> RecognizedTables:
    """Return the tables with their roles; an error also has the problems of reading."""
    try:
        return recognize(tables, choices, problems)
    except DataError as error:
        raise DataError((*error.problems, *tables.problems)) from error
