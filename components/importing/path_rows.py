"""Unit rows from hierarchies that are written as columns of levels, or as paths."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from components.importing.cells import Cells, is_missing, possible_lists
from components.importing.column_names import fold_name
from components.importing.evidence import KEY_SHARE, MOSTLY
from components.importing.table_roles import PATH, RESPONSIBILITIES, TableRole
from components.importing.unit_rows import UnitRows, rows_of_records
from components.model.text import fold_text, fold_texts, split_list

UnitPath = tuple[str, ...]
"""The names or codes of units from the top down."""
CLEAR_SEPARATORS = (" > ", " / ", " | ", " » ", "→", "::")
"""Separators of paths that hardly occur in other texts."""
PATH_SEPARATORS = (" > ", ">", " : ", " / ", "/", "\\", " | ", "|", " » ", "→", "::", ": ", ".")
STEP = "\x1f"
"""Separates the steps of a path that is a key; no cell has this character."""


def rows_of_levels(units: TableRole) -> UnitRows:
    """Return the rows of a table with a column for each level.

    The unit of a record is that of its last level, or one below it where records have names.
    """
    name = units.columns.get("name", "")
    if not name or name in units.levels:
        levels = [_level_cells(units.cells, level) for level in units.levels]
        return _rows_of_paths(units, list(_filled_down(levels)))
    are_merged = _is_written_once(units.cells, units.levels[0])
    levels = [_level_cells(units.cells, level, merged=are_merged) for level in units.levels]
    paths = _filled_down(levels)
    folded_ends: dict[str, str] = {}
    names = units.cells.of(name)
    named = []
    for path, own, folded in zip(paths, names, fold_texts(names), strict=True):
        end = path[-1] if path else ""
        if end not in folded_ends:
            folded_ends[end] = fold_text(end)
        is_last = not own or (path and folded_ends[end] == folded)
        named.append(path if is_last else (*path, own))
    rows = _rows_of_paths(units, named)
    for level, cells in enumerate(levels):
        _add_further_levels(rows, level, named, cells)
    return rows


def rows_of_paths(units: TableRole) -> UnitRows:
    """Return the rows of a table with a column of paths."""
    return _rows_of_paths(units, _paths_from_column(units))


def _level_cells(cells: Cells, level: str, *, merged: bool = False) -> list[tuple[str, ...]]:
    """Return the units of each record on a level: mostly one, none, or several in a list.

    Merged cells have their text in the first of their records only.
    """
    known = cells.counts(level)
    lists = {cell: _listed(cell, known) for cell in known}
    lists[""] = ()
    if merged and _is_written_once(cells, level):
        filled, previous = [], ""
        for cell in cells.of(level):
            previous = cell or previous
            filled.append(lists[previous])
        return filled
    return list(map(lists.__getitem__, cells.of(level)))


def _listed(cell: str, known: Container[str]) -> tuple[str, ...]:
    """Return the entries of a cell that is a list of the cells of other records, else the cell."""
    if is_missing(cell):
        return ()
    for entries in possible_lists(cell):
        if len(entries) > 1 and any(entry in known for entry in entries):
            return entries
    return (cell,)


def _is_written_once(cells: Cells, level: str) -> bool:
    """Return whether each unit of a level stands in its first record only, as in merged cells."""
    column, counts = cells.of(level), cells.counts(level)
    return len(column) > len(counts) > 1 and bool(column[0]) and max(counts.values()) == 1


def _filled_down(levels: Sequence[Sequence[tuple[str, ...]]]) -> Iterator[UnitPath]:
    """Yield the path of each record.

    An empty level above a filled one is that of the record before: spreadsheets often have a name
    only in the first record that it belongs to.
    """
    previous: UnitPath = ()
    firsts = [[entries[0] if entries else "" for entries in level] for level in levels]
    for row in zip(*firsts, strict=True):
        steps = [*row]
        if not steps[0]:
            first = next((at for at, step in enumerate(steps) if step), len(steps))
            steps[:first] = previous[:first] if first < len(steps) else []
        path = tuple(filter(None, steps))
        # Shallow units are often repeated down to the last level: "Board, Board, Board".
        while len(steps) > 1 and steps[-1] and steps[-1] == steps[-2]:
            steps, path = steps[:-1], path[:-1]
        if path:
            previous = (*steps, *[""] * (len(levels) - len(steps)))
        yield path


def _add_further_levels(
    rows: UnitRows, level: int, paths: Sequence[UnitPath], cells: Sequence[tuple[str, ...]]
) -> None:
    """Make the second and further units that a level lists for a record further parents of it."""
    listing = [(source, entries) for source, entries in enumerate(cells) if len(entries) > 1]
    if not listing:
        return
    row_of_key = {key: row for row, key in enumerate(rows.keys)}
    row_of_source = {source: row for row, source in enumerate(rows.sources) if source >= 0}
    for source, entries in listing:
        for entry in entries[1:]:
            key = STEP.join((*paths[source][:level], entry))
            if key in row_of_key and source in row_of_source:
                rows.further_parents.setdefault(row_of_source[source], []).append(key)


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
    folded = zip(fold_texts(ends), fold_texts(cells), strict=True)
    return sum(end == cell for end, cell in folded) >= MOSTLY * len(ends)


def _namesakes(units: TableRole, paths: Sequence[UnitPath]) -> Callable[[int, int], bool]:
    """Return a function that tells whether two records of one path are different units.

    They are if the units have names of their own, which few records share, and differ in more than
    their responsibilities. Where many records share a name, each says something else of one unit.
    """
    name = units.columns.get("name", "")
    shared = 1 - len({*paths}) / max(1, len(paths))
    if not name or name in units.levels or shared > 1 - KEY_SHARE:
        return lambda _one, _other: False
    responsibilities = units.columns.get(RESPONSIBILITIES)
    columns = [units.cells.of(each) for each in units.cells.header if each != responsibilities]
    return lambda one, other: any(cells[one] != cells[other] for cells in columns)


@dataclass
class _PathRows:
    """The rows that paths make, in the order in which they are first named."""

    paths: list[UnitPath] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    parents: list[str] = field(default_factory=list)
    """The keys of the beginnings without the last step."""
    mentions: list[int] = field(default_factory=list)
    """The position of the first record that names the unit of each row."""
    sources: list[int] = field(default_factory=list)
    """The position of the record of each row; -1 for a beginning of a path without a record."""
    repeated: list[tuple[int, int]] = field(default_factory=list)
    """Rows, and positions of further records of the same unit."""

    def add_records(
        self,
        paths: Sequence[UnitPath],
        ids: Sequence[str],
        is_namesake: Callable[[int, int], bool],
    ) -> None:
        """Add a row for each path and each beginning of one.

        A record with the path of an earlier one has a row of its own if it has an id of its own,
        or if it ``is_namesake`` of the earlier one: another unit of the same name.
        """
        row_of: dict[UnitPath, int] = {}
        for source, path in enumerate(paths):
            if not path:
                continue
            known = len(path)
            while known and path[:known] not in row_of:
                known -= 1
            key = self.keys[row_of[path[:known]]] if known else ""
            for depth in range(known + 1, len(path) + 1):
                row_of[path[:depth]] = len(self.keys)
                parent, key = key, f"{key}{STEP}{path[depth - 1]}" if key else path[0]
                self._add(path[:depth], key, parent, source, -1)
            row = row_of[path]
            if self.sources[row] < 0:
                self.sources[row] = source
            elif (ids[source] and ids[source] != ids[self.sources[row]]) or is_namesake(
                self.sources[row], source
            ):
                key = STEP.join((*path, str(source)))
                self._add(path, key, self.parents[row], source, source)
            else:
                self.repeated.append((row, source))

    def _add(self, path: UnitPath, key: str, parent: str, mention: int, source: int) -> None:
        self.paths.append(path)
        self.keys.append(key)
        self.parents.append(parent)
        self.mentions.append(mention)
        self.sources.append(source)


def _rows_of_paths(units: TableRole, paths: Sequence[UnitPath]) -> UnitRows:
    """Return a row for each path and for each beginning of one.

    A row has the cells of the first record with its whole path. The others have a name only.
    """
    records = rows_of_records(units)
    types = _types_of_levels(units)
    made = _PathRows()
    made.add_records(paths, records.cells["id"], _namesakes(units, paths))
    sources = made.sources

    blank = [""] * len(sources)

    def column(cells: list[str]) -> list[str]:
        if cells is units.cells.blank:
            return blank
        return list(map([*cells, ""].__getitem__, sources))  # -1 is the empty cell at the end.

    rows = UnitRows(
        cells={name: column(cells) for name, cells in records.cells.items()},
        records=[
            records.records[source if source >= 0 else mention]
            for source, mention in zip(sources, made.mentions, strict=True)
        ],
        keys=made.keys,
        parents=made.parents,
        parent_names=blank,
        responsibilities=column(records.responsibilities),
        sources=sources,
        repeated_records=[records.records[source] for _, source in made.repeated],
    )
    ends = [path[-1] for path in made.paths]
    rows.cells["name"] = [
        end if units.levels else name or end
        for name, end in zip(rows.cells["name"], ends, strict=True)
    ]
    rows.cells["id"] = _with_ids_of_levels(rows.cells["id"], made, units)
    if types and "type" not in units.columns:
        rows.cells["type"] = [
            types[len(path) - 1] if len(path) <= len(types) else "" for path in made.paths
        ]
    for row, source in made.repeated:
        rows.further_sources.setdefault(row, []).append(source)
    if RESPONSIBILITIES in units.columns:
        for row, source in made.repeated:
            texts = (rows.responsibilities[row], records.responsibilities[source])
            rows.responsibilities[row] = "\n".join(filter(None, dict.fromkeys(texts)))
    return rows


def _with_ids_of_levels(ids: Sequence[str], made: _PathRows, units: TableRole) -> list[str]:
    """Return ids with those that the columns of the levels have; an id of another unit is none."""
    columns = [
        (units.cells.of(level), units.cells.of(level_id))
        for level, level_id in zip(units.levels, units.level_ids, strict=False)
        if level_id
    ]
    found = list(ids)
    used = {*ids}
    for row, (path, mention) in enumerate(zip(made.paths, made.mentions, strict=True)):
        own = (codes[mention] for names, codes in columns if names[mention] == path[-1])
        if columns and not found[row] and (code := next(own, "")) not in used:
            found[row] = code
            used.add(code)
    return found


def _types_of_levels(units: TableRole) -> tuple[str, ...]:
    """Return the type of the units of each level where its column names one: ``Department``."""
    if any(character.isdigit() for level in units.levels for character in level):
        return ()
    return tuple(" ".join(fold_name(level)) if level.isascii() else level for level in units.levels)


def path_separator(paths: Iterable[str]) -> str:
    """Return the separator of the steps of paths; empty if the texts are no paths.

    It is the first that most paths have and that gives many of them the same first step.
    """
    paths = list(paths)
    text = "\n".join(paths)
    for separator in PATH_SEPARATORS:
        if separator not in text:
            continue
        stepped = [path for path in paths if separator in path.strip(separator)]
        if len(stepped) < MOSTLY * len(paths) or not stepped:
            continue
        first_steps = {path.strip(separator).split(separator, 1)[0].strip() for path in stepped}
        if len(first_steps) <= max(1, len(stepped) * MOSTLY):
            return separator
    return ""
