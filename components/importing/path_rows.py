"""Unit rows from hierarchies that are written as columns of levels, or as paths."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from components.importing.cells import is_missing
from components.importing.column_names import fold_name
from components.importing.evidence import MOSTLY
from components.importing.parent_column import path_separator
from components.importing.table_roles import PATH, TableRole
from components.importing.unit_rows import UnitRows, rows_of_records
from components.model.text import fold_text, split_list

UnitPath = tuple[str, ...]
"""The names or codes of units from the top down."""
STEP = "\x1f"
"""Separates the steps of a path that is a key; no cell has this character."""


def rows_of_levels(units: TableRole) -> UnitRows:
    """Return the rows of a table with a column for each level."""
    return _rows_of_paths(units, list(_paths_from_levels(units)))


def rows_of_paths(units: TableRole) -> UnitRows:
    """Return the rows of a table with a column of paths."""
    return _rows_of_paths(units, _paths_from_column(units))


def _paths_from_levels(units: TableRole) -> Iterator[UnitPath]:
    """Yield the path of each record.

    An empty level above a filled one is that of the record before: spreadsheets often have a name
    only in the first record that it belongs to.
    """
    previous: UnitPath = ()
    for row in zip(*(units.cells.of(level) for level in units.levels), strict=True):
        steps = ["" if is_missing(cell) else cell for cell in row]
        first = next((at for at, step in enumerate(steps) if step), len(steps))
        steps[:first] = previous[:first] if first < len(steps) else []
        path = tuple(step for step in steps if step)
        # Shallow units are often repeated down to the last level: "Board, Board, Board".
        while len(steps) > 1 and steps[-1] and steps[-1] == steps[-2]:
            steps, path = steps[:-1], path[:-1]
        if path:
            previous = (*steps, *[""] * (len(units.levels) - len(steps)))
        yield path


def _paths_from_column(units: TableRole) -> list[UnitPath]:
    """Return the path of each record, with its unit as the last step."""
    separator = path_separator(units.cells.counts(units.columns[PATH])) or "/"
    paths = [split_list(text, separator) for text in units.column(PATH)]
    names = [units.column(column) for column in ("name", "id") if column in units.columns]
    ends = [path[-1] if path else "" for path in paths]
    if not names or any(_mostly_agree(ends, cells) for cells in names):
        return paths
    known = {cell for cells in names for cell in cells if cell}
    if _are_closed(paths) and sum(end in known for end in ends) < MOSTLY * len(ends):
        return paths
    return [(*path, name) for path, name in zip(paths, names[0], strict=True)]


def _are_closed(paths: Sequence[UnitPath]) -> bool:
    """Return whether paths are distinct and all their beginnings are paths too.

    Then they are paths of codes that have their own unit as the last step.
    """
    known = set(paths)
    return len(known) == len(paths) and all(path[:-1] in known for path in paths if len(path) > 1)


def _mostly_agree(ends: Sequence[str], cells: Sequence[str]) -> bool:
    same = sum(fold_text(end) == fold_text(cell) for end, cell in zip(ends, cells, strict=True))
    return same >= MOSTLY * len(ends)


def _rows_of_paths(units: TableRole, paths: Sequence[UnitPath]) -> UnitRows:
    """Return a row for each path and for each beginning of one.

    A row has the cells of the first record with its whole path. The others have a name only.
    """
    records = rows_of_records(units)
    types = _types_of_levels(units)
    row_of: dict[UnitPath, int] = {}
    mentions: list[int] = []  # the first record that mentions the unit of each row
    sources: list[int] = []
    repeated: list[tuple[int, int]] = []
    for source, path in enumerate(paths):
        for depth in range(1, len(path) + 1):
            if path[:depth] not in row_of:
                row_of[path[:depth]] = len(mentions)
                mentions.append(source)
                sources.append(-1)
        if path and sources[row_of[path]] < 0:
            sources[row_of[path]] = source
        elif path:
            repeated.append((row_of[path], source))

    def column(cells: Sequence[str]) -> list[str]:
        return [cells[source] if source >= 0 else "" for source in sources]

    rows = UnitRows(
        cells={name: column(cells) for name, cells in records.cells.items()},
        records=[
            records.records[source if source >= 0 else mention]
            for source, mention in zip(sources, mentions, strict=True)
        ],
        keys=[STEP.join(path) for path in row_of],
        parents=[STEP.join(path[:-1]) for path in row_of],
        parent_names=[""] * len(row_of),
        responsibilities=column(records.responsibilities),
        sources=sources,
        repeated_records=[records.records[source] for _, source in repeated],
    )
    ends = [path[-1] for path in row_of]
    rows.cells["name"] = (
        ends
        if units.levels
        else [name or end for name, end in zip(rows.cells["name"], ends, strict=True)]
    )
    if types and "type" not in units.columns:
        rows.cells["type"] = [types[min(len(path), len(types)) - 1] for path in row_of]
    for row, source in repeated:
        texts = (rows.responsibilities[row], records.responsibilities[source])
        rows.responsibilities[row] = "\n".join(filter(None, texts))
    return rows


def _types_of_levels(units: TableRole) -> tuple[str, ...]:
    """Return the type of the units of each level where its column names one: ``Department``."""
    if any(character.isdigit() for level in units.levels for character in level):
        return ()
    return tuple(" ".join(fold_name(level)) if level.isascii() else level for level in units.levels)
