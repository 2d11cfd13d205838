"""One table a level: provinces, cities and streets that refer to each other by their codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from components.importing.cells import Cells, is_missing
from components.importing.column_names import role_of_table
from components.importing.evidence import ALWAYS
from components.importing.naming import NameFinder
from components.importing.profiles import Profile
from components.importing.table_roles import UNITS


@dataclass(frozen=True)
class LevelTables:
    """The units of several tables as one table of units."""

    tables: tuple[str, ...]
    """The tables, from the top level down."""
    cells: Cells
    columns: dict[str, str]
    """Its columns by standard column."""


@dataclass(frozen=True)
class _Level:
    """A table that may have the units of one level."""

    profile: Profile
    id: str
    name: str


def units_of_level_tables(tables: Mapping[str, Cells]) -> LevelTables | None:
    """Return the units of tables that have a level each; None if the tables are of another kind.

    Each table has ids and names, and all but the top ones have a column of ids of another table.
    """
    levels = {
        table: level
        for table, cells in tables.items()
        if role_of_table(table) in {UNITS, ""} and (level := _level(cells))
    }
    parents = {table: _parent_tables(table, levels) for table in levels}
    depths: dict[str, int] = {}
    for _ in levels:  # A chain of tables is at most as long as there are tables.
        for table, columns in parents.items():
            depths[table] = max((depths.get(above, 0) + 1 for above in columns), default=0)
    named = {above for columns in parents.values() for above in columns}
    chain = [table for table in levels if parents[table] or table in named]
    chain.sort(key=lambda table: depths[table])
    if len(chain) < 2 or depths[chain[-1]] >= len(levels):  # noqa: PLR2004
        return None
    frames = [_frame(table, levels, parents[table], depths) for table in chain]
    frame = pd.concat(frames).fillna("")
    return LevelTables(
        tuple(chain),
        Cells(frame),
        {column: column for column in ("id", "name", "parent_id", "type")},
    )


def _level(cells: Cells) -> _Level | None:
    if not len(cells):
        return None
    profile = Profile(cells)
    finder = NameFinder(profile, {})
    ids = [name for name in finder.ids if cells.distinct(name) == cells.filled(name) == 1]
    names = [name for name in finder.names if name not in ids[:1]]
    if not ids or not names or finder.are_people:
        return None
    return _Level(profile, ids[0], names[0])


def _parent_tables(table: str, levels: Mapping[str, _Level]) -> dict[str, str]:
    """Return the column with the ids of each other table that a table refers to."""
    level = levels[table]
    columns: dict[str, str] = {}
    for other, above in levels.items():
        keys = above.profile.cells.counts(above.id)
        for name in level.profile.header:
            sample = level.profile.sample(name)
            if other == table or name in {level.id, level.name} or not sample:
                continue
            if sum(cell in keys for cell in sample) >= ALWAYS * len(sample):
                columns.setdefault(other, name)
    return columns


def _frame(
    table: str, levels: Mapping[str, _Level], columns: Mapping[str, str], depths: Mapping[str, int]
) -> pd.DataFrame:
    """Return the units of one table, below those of the lowest table that it refers to."""
    level = levels[table]
    frame = level.profile.cells.frame
    above = max(columns, key=lambda other: depths[other], default="")
    shared = _shared_ids(levels)

    def unit_ids(cells: list[str], owner: str) -> list[str]:
        return [
            ""
            if is_missing(cell) and cell not in shared
            else f"{owner}/{cell}"
            if cell in shared
            else cell
            for cell in cells
        ]

    cells = level.profile.cells
    units = {
        "id": unit_ids(cells.of(level.id), table),
        "name": cells.of(level.name),
        "parent_id": unit_ids(cells.of(columns[above]), above) if above else "",
        "type": table,
    }
    others = frame.drop(columns=[level.id, level.name, *([columns[above]] if above else [])])
    others = others[[name for name in others.columns if name not in units]]
    return pd.concat([pd.DataFrame(units, index=frame.index, dtype="str"), others], axis=1)


def _shared_ids(levels: Mapping[str, _Level]) -> set[str]:
    """Return the ids that units of several tables have."""
    seen: set[str] = set()
    shared: set[str] = set()
    for level in levels.values():
        ids = {*level.profile.cells.counts(level.id)}
        shared |= seen & ids
        seen |= ids
    return shared
