"""Recognition of tables and columns: interpretations are proposed and judged, the best is taken.

Settings of the user are never overruled. In a table with all standard columns of units, these are
the roles, whatever its other columns are called: so Remit reads what it has written.
"""

from __future__ import annotations

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
    stated_records,
    table_schemas,
)
from components.importing.evidence import MOSTLY
from components.importing.judgement import judge, judge_links
from components.importing.level_tables import LevelTables, units_of_level_tables
from components.importing.link_tables import units_from_links
from components.importing.list_units import hierarchy_evidence, hierarchy_links
from components.importing.naming import with_names_of_people, with_numbers_of_outlines
from components.importing.people import with_heads
from components.importing.periods import RecordsOfDay, records_on
from components.importing.profiles import UNNAMED, Profile
from components.importing.proposals import Proposer, add_composite_columns
from components.importing.reasons import Candidate
from components.importing.side_table_roles import referring_columns, side_table_role
from components.importing.table_parts import JoinedTables, join_tables, without_other_states
from components.importing.table_roles import (
    HIERARCHY_COLUMNS,
    LEVELS,
    PATH,
    PEOPLE,
    RELATIONS,
    UNITS,
    RecognizedTables,
    Shape,
    TableRole,
)
from components.importing.typed_links import with_typed_links
from components.importing.unused_tables import unused_table
from components.model.organization import Records
from components.model.standard_columns import COLUMNS, has_standard_columns
from components.problems import Problem
from components.reading.tables import Tables

PEOPLE_BESIDE_UNITS = 25
"""What a table of people loses against a table of units: the people are in the units."""
MAX_SAMPLES = 3
"""Cells of a column that is not used which a problem quotes."""
STANDARD_HIERARCHY = {"id": "id", "parent_id": "parent_id"}
HIERARCHY_ROLES = frozenset([*HIERARCHY_COLUMNS, LEVELS, "id"])
"""The roles of columns that define a hierarchy, if they are set."""
CERTAIN = 1.0
CHOSEN = 1_000
"""What a table gains that has what is chosen to be drawn: people, or units."""
UNNAMED_HEADINGS = 30
"""What a table without headings loses against another: it may be a pivot, or a list of notes."""


def recognize(tables: Tables, choices: Choices, problems: list[Problem]) -> RecognizedTables:
    """Return the role and the columns of each table; faults are added to ``problems``.

    Raises:
        DataError: something that is chosen does not exist, or no table has units.
    """
    joined = _joined_tables(tables, choices.table)
    all_cells = dict(joined.cells)
    given: dict[str, dict[str, str]] = {table: {} for table in all_cells}
    if len(all_cells) == 1 and not choices.columns:
        ((table, cells),) = all_cells.items()
        if not _is_standard(cells) and (linked := units_from_links(cells)):
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
    on_day = {table: RecordsOfDay(cells) for table, cells in likely.items()}
    for table, cells in likely.items():
        if not _is_standard(cells):
            on_day[table] = records_on(table, cells, choices.day, given[table], noted[table])
            all_cells[table] = on_day[table].cells
        candidates[table] = candidates_for(table, all_cells[table], given[table])
    table = _table_of_units(candidates, choices.drawn)
    is_set = choices.columns or choices.table or _is_standard(all_cells[table])
    levels = None if is_set else _level_tables(all_cells, candidates)
    if levels:
        table = tables.name
        candidates[table] = candidates_for(table, levels.cells, levels.columns)
        all_cells = {name: each for name, each in all_cells.items() if name not in levels.tables}
    problems += noted.get(table, [])
    recognized = _with_side_tables(candidates[table], all_cells, joined.parts)
    if records := choices.records or stated_records(table, tables.descriptor):
        recognized = replace(recognized, units=replace(recognized.units, records=records))
    problems += unmatched_parents(recognized.units)
    left_out = [
        faults.UNUSED_OLDER_STATE.problem(table, newest=newest)
        for table, newest in joined.older.items()
    ]
    left_out += [
        faults.UNUSED_COPY.problem(table, whole=whole) for table, whole in joined.copies.items()
    ]
    recognized = replace(recognized, unused=(*left_out, *recognized.unused), parts=joined.parts)
    if levels:
        return replace(recognized, level_tables=levels.tables)
    return replace(recognized, periods=on_day[table].columns, day=on_day[table].day)


def _joined_tables(tables: Tables, chosen: str) -> JoinedTables:
    """Return the tables that have columns, with the columns that are derived from them.

    Those with the same columns are one, unless a table is chosen; then its states of other days are
    left out.

    Raises:
        DataError: no table has records.
    """
    all_cells = {name: Cells(frame) for name, frame in tables.frames.items() if len(frame.columns)}
    if not any(map(len, all_cells.values())):
        fault = faults.DATASET_WITHOUT_RECORDS if all_cells else faults.DATASET_WITHOUT_TABLE
        raise fault.error(next(iter(tables.frames), tables.name))
    if chosen:
        joined = JoinedTables(without_other_states(all_cells, chosen))
    else:
        joined = join_tables(all_cells)
    derived = {
        name: with_typed_links(with_numbers_of_outlines(with_names_of_people(cells)))
        for name, cells in joined.cells.items()
    }
    return replace(joined, cells=derived)


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
        likely = [table for table in likely if _is_standard(all_cells[table])] or likely
    filled = {table: all_cells[table] for table in likely if len(all_cells[table])}
    if not filled:
        raise faults.DATASET_WITHOUT_RECORDS.error(likely[0])
    return filled


def _with_side_tables(
    candidates: Sequence[Candidate], all_cells: Mapping[str, Cells], parts: Mapping[str, str]
) -> RecognizedTables:
    """Return the best interpretation of the table of units, with the roles of the other tables."""
    side, unused = _side_tables(all_cells, candidates[0].role, parts)
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
    all_cells: Mapping[str, Cells], units: TableRole, parts: Mapping[str, str]
) -> tuple[dict[str, TableRole], tuple[Problem, ...]]:
    """Return the other tables by role, and the problems with those without one."""
    side: dict[str, TableRole] = {}
    unused: list[Problem] = []
    for table, cells in all_cells.items():
        if table == units.table:
            continue
        role = side_table_role(table, cells, units)
        names = [part for part, whole in parts.items() if whole == table] or [table]
        if role is None:
            referring = referring_columns(cells, units)
            unused += [unused_table(name, cells, units, referring) for name in names]
        elif role.role in side:
            other = side[role.role].table
            unused += [
                faults.UNUSED_SAME_ROLE.problem(name, other=other, role=role.role) for name in names
            ]
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
    if _is_standard(cells) and STANDARD_HIERARCHY.items() >= {
        (role, name) for role, name in given.items() if role in HIERARCHY_ROLES
    }:
        return [_standard_candidate(table, add_composite_columns(cells, given), given)]
    profile = Profile(add_composite_columns(cells, given))
    proposals = Proposer(table, profile, given).proposals()
    candidates = [Candidate(role, judge(role, profile)) for role in proposals]
    return sorted(candidates, key=lambda candidate: -candidate.score)


def _standard_candidate(table: str, cells: Cells, given: Mapping[str, str]) -> Candidate:
    """Return the interpretation of a table with standard columns: they are what they are called."""
    filled = {
        column: column
        for column in COLUMNS[UNITS]
        if column in cells.header and cells.counts(column)
    }
    columns = {**filled, **STANDARD_HIERARCHY, **given}
    role = TableRole(
        table, UNITS, cells, columns, columns["id"], shape=Shape.PARENT, evidence=CERTAIN
    )
    return Candidate(role, judge(role, Profile(cells)))


def _is_standard(cells: Cells) -> bool:
    return has_standard_columns(UNITS, cells.header)


def _table_of_units(candidates: Mapping[str, list[Candidate]], drawn: str) -> str:
    """Return the name of the table of units; ``drawn`` may choose one of people, or of units.

    Raises:
        DataError: no table has a column of names.
    """

    def score(table: str) -> float:
        by_name = {UNITS: 20, PEOPLE: 0, "": 0}.get(role_of_table(table), -20)
        best = candidates[table][0]
        header = best.role.cells.header
        unnamed = sum(bool(UNNAMED.fullmatch(name)) for name in header) / len(header)
        people = -PEOPLE_BESIDE_UNITS if best.role.records is Records.PEOPLE else 0
        if drawn:
            are_units = best.role.records is Records.UNITS
            people = CHOSEN if are_units == (drawn == UNITS) else 0
        return by_name + best.score - UNNAMED_HEADINGS * unnamed + people

    table = max(candidates, key=score)  # the first of several with the same score
    best = candidates[table][0].role
    if not {"name", "id", PATH} & best.columns.keys() and not best.levels:
        header = best.cells.header
        if whole_named(UNITS, "name", header) or whole_named(UNITS, "id", header):
            raise faults.NO_NAMED_RECORD.error(table)
        raise faults.NO_NAME_COLUMN.error(table, header=quoted_list(header))
    return table
