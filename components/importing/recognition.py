"""Recognition of tables and columns: interpretations are proposed and judged, the best is taken.

Settings of the user are never overruled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from components import faults
from components.importing.cells import Cells
from components.importing.column_names import fold_name, role_of_table, whole_named
from components.importing.column_settings import (
    Choices,
    check_settings,
    configured_columns,
    quoted_list,
    schema_columns,
    table_schemas,
)
from components.importing.evidence import MOSTLY
from components.importing.judgement import judge, judge_links
from components.importing.level_tables import LevelTables, units_of_level_tables
from components.importing.link_tables import units_from_links
from components.importing.list_units import hierarchy_evidence, hierarchy_links
from components.importing.naming import with_names_of_people, with_numbers_of_outlines
from components.importing.people import with_heads
from components.importing.periods import records_on
from components.importing.profiles import Profile
from components.importing.proposals import Proposer, add_composite_columns
from components.importing.reasons import Candidate
from components.importing.side_table_roles import side_table_role
from components.importing.table_roles import (
    PATH,
    PEOPLE,
    RELATIONS,
    UNITS,
    RecognizedTables,
    Shape,
    TableRole,
)
from components.problems import Problem
from components.reading.tables import Tables

PEOPLE_BESIDE_UNITS = 25
"""What a table of people loses against a table of units: the people are in the units."""
MAX_SAMPLES = 3
"""Cells of a column that is not used which a problem quotes."""
UNNAMED = re.compile(r"column \d+")
"""A column to which reading gave a name, since it had none."""
UNNAMED_HEADINGS = 30
"""What a table without headings loses against another: it may be a pivot, or a list of notes."""


def recognize(tables: Tables, choices: Choices, problems: list[Problem]) -> RecognizedTables:
    """Return the role and the columns of each table; faults are added to ``problems``.

    Raises:
        DataError: something that is chosen does not exist, or no table has units.
    """
    all_cells = _cells_of(tables)
    given: dict[str, dict[str, str]] = {table: {} for table in all_cells}
    if len(all_cells) == 1 and not choices.columns:
        ((table, cells),) = all_cells.items()
        if linked := units_from_links(cells):
            all_cells[table], given[table] = linked.cells, linked.columns
            if linked.relations:
                all_cells[RELATIONS] = linked.relations
    likely = _likely_tables(tables, {table: all_cells[table] for table in given}, choices.table)
    schemas = table_schemas(tables.descriptor)
    for table, cells in likely.items():
        given[table] |= schema_columns(table, cells, schemas)
        given[table] |= configured_columns(cells, choices.columns)
    check_settings(choices.columns, likely, given)
    candidates = {}
    noted: dict[str, list[Problem]] = {table: [] for table in likely}
    periods: dict[str, tuple[str, ...]] = {}
    for table, cells in likely.items():
        on_day, periods[table] = records_on(table, cells, choices.day, given[table], noted[table])
        all_cells[table] = on_day
        candidates[table] = candidates_for(table, on_day, given[table])
    table = _table_of_units(candidates)
    levels = None if choices.columns or choices.table else _level_tables(all_cells, candidates)
    if levels:
        table = tables.name
        candidates[table] = candidates_for(table, levels.cells, levels.columns)
        all_cells = {name: each for name, each in all_cells.items() if name not in levels.tables}
    problems += noted.get(table, [])
    recognized = _with_side_tables(candidates[table], all_cells)
    problems += unmatched_parents(recognized.units)
    return replace(
        recognized,
        level_tables=levels.tables if levels else (),
        periods=periods.get(table, ()),
    )


def _cells_of(tables: Tables) -> dict[str, Cells]:
    """Return the cells of each table that has columns, with the columns that are derived from them.

    Raises:
        DataError: no table has records.
    """
    all_cells = {
        name: with_numbers_of_outlines(with_names_of_people(Cells(frame)))
        for name, frame in tables.frames.items()
        if len(frame.columns)
    }
    if not any(map(len, all_cells.values())):
        fault = faults.DATASET_WITHOUT_RECORDS if all_cells else faults.DATASET_WITHOUT_TABLE
        raise fault.error(next(iter(tables.frames), tables.name))
    return all_cells


def _likely_tables(tables: Tables, all_cells: Mapping[str, Cells], chosen: str) -> dict[str, Cells]:
    """Return the tables with records that may have the units: the chosen one, if there is one.

    Raises:
        DataError: there is no such table, or it has no records.
    """
    names = [*all_cells]
    if chosen and len(names) > 1:
        likely = [table for table in names if fold_name(table) == fold_name(chosen)]
        if not likely:
            listed = quoted_list(names)
            raise faults.UNKNOWN_TABLE.error(tables.name, name=chosen, names=listed)
    else:
        likely = [table for table in names if role_of_table(table) in {UNITS, PEOPLE, ""}] or names
    filled = {table: all_cells[table] for table in likely if len(all_cells[table])}
    if not filled:
        raise faults.DATASET_WITHOUT_RECORDS.error(likely[0])
    return filled


def _with_side_tables(
    candidates: Sequence[Candidate], all_cells: Mapping[str, Cells]
) -> RecognizedTables:
    """Return the best interpretation of the table of units, with the roles of the other tables."""
    side, unused = _side_tables(all_cells, candidates[0].role)
    if RELATIONS in side and (linked := _linked(candidates, side[RELATIONS])):
        candidates = sorted([*candidates, linked], key=lambda each: -each.score)
    units = candidates[0].role
    if PEOPLE in side:
        units = with_heads(units, side[PEOPLE])
    return RecognizedTables(units, side, unused, tuple(candidates))


def _level_tables(
    all_cells: Mapping[str, Cells], candidates: Mapping[str, Sequence[Candidate]]
) -> LevelTables | None:
    """Return the units of tables that have a level each, unless a table has a hierarchy itself."""
    if len(all_cells) == 1 or any(each[0].judgement.below_records for each in candidates.values()):
        return None
    return units_of_level_tables(all_cells)


def _side_tables(
    all_cells: Mapping[str, Cells], units: TableRole
) -> tuple[dict[str, TableRole], tuple[str, ...]]:
    """Return the other tables by role, and the names of those without one."""
    side: dict[str, TableRole] = {}
    unused: list[str] = []
    for table, cells in all_cells.items():
        if table == units.table:
            continue
        role = side_table_role(table, cells, units)
        if role is None or role.role in side:
            unused.append(table)
        else:
            side[role.role] = role
    return side, tuple(unused)


def _linked(candidates: Sequence[Candidate], relations: TableRole) -> Candidate | None:
    """Return the interpretation in which another table links parents and children."""
    links = [link for link in hierarchy_links(relations) if link[0] != link[1]]
    flat = [candidate.role for candidate in candidates if candidate.role.shape is Shape.NONE]
    if not links or not flat:
        return None
    role = replace(flat[0], shape=Shape.LINKS)
    judgement = judge_links(role, links, stated=hierarchy_evidence(relations))
    return Candidate(role, judgement) if judgement.found >= MOSTLY else None


def unmatched_parents(role: TableRole) -> Iterator[Problem]:
    """Yield a problem for each column that is called like one of parents but has none."""
    if role.shape is Shape.PARENT:
        return
    profile = Profile(role.cells)
    used = role.used_columns()
    for name in profile.whole("parent_id"):
        sample = profile.sample(name)
        if name in used or not sample:
            continue
        names = [column for column in ("id", "name") if column in role.columns]
        yield faults.UNMATCHED_PARENTS.problem(
            role.table,
            column=name,
            samples=", ".join(f"“{cell}”" for cell in sample[:MAX_SAMPLES]),
            searched=" or ".join(f"“{role.columns[column]}”" for column in names) or "the records",
        )


def candidates_for(table: str, cells: Cells, given: Mapping[str, str]) -> list[Candidate]:
    """Return the interpretations of a table as one of units, the best first."""
    profile = Profile(add_composite_columns(cells, given))
    proposals = Proposer(table, profile, given).proposals()
    candidates = [Candidate(role, judge(role, profile)) for role in proposals]
    return sorted(candidates, key=lambda candidate: -candidate.score)


def _table_of_units(candidates: Mapping[str, list[Candidate]]) -> str:
    """Return the name of the table of units.

    Raises:
        DataError: no table has a column of names.
    """

    def score(table: str) -> float:
        by_name = {UNITS: 20, PEOPLE: 0, "": 0}.get(role_of_table(table), -20)
        best = candidates[table][0]
        header = best.role.cells.header
        unnamed = sum(bool(UNNAMED.fullmatch(name)) for name in header) / len(header)
        people = PEOPLE_BESIDE_UNITS if best.role.has_people else 0
        return by_name + best.score - UNNAMED_HEADINGS * unnamed - people

    table = max(candidates, key=score)  # the first of several with the same score
    best = candidates[table][0].role
    if not {"name", "id", PATH} & best.columns.keys() and not best.levels:
        header = best.cells.header
        if whole_named(UNITS, "name", header) or whole_named(UNITS, "id", header):
            raise faults.NO_NAMED_RECORD.error(table)
        raise faults.NO_NAME_COLUMN.error(table, header=quoted_list(header))
    return table
