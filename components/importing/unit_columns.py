"""Detection of the columns that describe units: names, ids, types, heads, ..."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from components.importing.cells import Cells
from components.importing.column_names import fold_name, part_named, standard_columns, whole_named
from components.importing.evidence import ALWAYS, KEY_SHARE, MOSTLY, SAMPLE_SIZE, SOMETIMES
from components.importing.parent_column import named_otherwise
from components.importing.table_roles import (
    HIERARCHY_COLUMNS,
    PARENT_NAME,
    POSTS,
    RESPONSIBILITIES,
    UNITS,
)
from components.reading.nested_objects import RECORD

FEW_TYPES, FEW_TYPES_SHARE = 3, 0.5
"""Distinct cells that a column of types may always have, and as a share of the records."""
COLUMNS_WITHOUT_NAMES = (
    *("id", "parent_id", "acronym", "type", RESPONSIBILITIES, "head", "location", "summary"),
    *("status", "source", "notes"),
)
"""Standard columns that are never guessed to be that of names, however wordy they are."""


def add_descriptive_columns(
    cells: Cells, columns: dict[str, str], key: str, levels: Sequence[str]
) -> None:
    """Add the columns that describe units to the ``columns`` of a table."""
    if "name" not in columns and (
        name := _name_column(cells, {*columns.values(), *levels}, key, guess=not levels)
    ):
        columns["name"] = name
    if "id" not in columns and (name := _id_column(cells, columns, key)):
        columns["id"] = name
    if "head" not in columns and _are_posts(cells, key):
        free = [name for name in cells.header if name not in columns.values()]
        if heads := whole_named(POSTS, "head", free):
            columns["head"] = heads[0]
    if "parent_id" in columns and (name := _parent_name_column(cells, columns, key)):
        columns[PARENT_NAME] = name
    for column in standard_columns(UNITS):
        if column not in {"id", "name", *HIERARCHY_COLUMNS, *columns} and (
            name := _column_by_name(cells, column, {*columns.values(), *levels})
        ):
            columns[column] = name


def duties_columns(cells: Cells, given: Mapping[str, str]) -> dict[str, str]:
    """Return the columns of ids and duties of a table with a record for each duty of a unit."""
    free = [name for name in cells.header if name not in given.values()]
    texts = whole_named(RESPONSIBILITIES, "responsibility", free)
    for unit in whole_named(RESPONSIBILITIES, "unit_id", free):
        if texts and unit not in texts and cells.filled(unit) >= ALWAYS > cells.distinct(unit):
            return {"id": unit, RESPONSIBILITIES: texts[0]}
    return {}


def columns_that_may_name(columns: Iterable[str]) -> list[str]:
    """Return the columns without those whose names tell that they have no names of units."""
    columns = list(columns)
    excluded = {
        name for column in COLUMNS_WITHOUT_NAMES for name in whole_named(UNITS, column, columns)
    }
    return [name for name in columns if name not in excluded]


def most_varied_text(cells: Cells, columns: Iterable[str]) -> str:
    """Return the column with the largest share of distinct texts; empty if there is none.

    Numbers, codes, addresses and columns that are mostly empty are no texts.
    """

    def is_wordy(name: str) -> bool:
        sample = list(islice(cells.counts(name), SAMPLE_SIZE))
        words = sum(any(letter.isalpha() for letter in cell) for cell in sample)
        addresses = any("://" in cell or "@" in cell for cell in sample)
        return cells.filled(name) >= MOSTLY and words >= ALWAYS * len(sample) and not addresses

    return max(filter(is_wordy, columns), key=cells.distinct, default="")


def _are_posts(cells: Cells, key: str) -> bool:
    """Return whether the records are posts rather than units: then a post's title is its name."""
    ids = [key] if key else whole_named(UNITS, "id", cells.header)[:1]
    return bool(part_named(POSTS, "id", ids))


def _name_column(cells: Cells, taken: Iterable[str], key: str, *, guess: bool) -> str:
    """Return the column of names: the best named one that most records fill.

    With ``guess``, one of any other name may do.
    """
    taken = set(taken) - {key}
    titles = whole_named(POSTS, "name", cells.header) if _are_posts(cells, key) else []
    named = [name for name in titles if name != key]
    named += whole_named(UNITS, "name", cells.header)
    named += part_named(UNITS, "name", cells.header)
    named = [name for name in dict.fromkeys(named) if name not in taken and cells.counts(name)]
    filled = [name for name in named if cells.filled(name) >= MOSTLY]
    # A column that has the same cell in nearly all records is the last choice.
    varied = [name for name in filled if cells.distinct(name) >= SOMETIMES]
    if filled:
        return (varied or filled)[0]
    if named:
        return max(named, key=cells.filled)
    free = (name for name in cells.header if name not in taken and name != key)
    return most_varied_text(cells, columns_that_may_name(free)) if guess else ""


def _id_column(cells: Cells, columns: Mapping[str, str], key: str) -> str:
    """Return the column of ids: the key, or the best named one whose cells are distinct."""
    name, parent = columns.get("name", ""), columns.get("parent_id", "")
    if key and key not in {name, parent} and fold_name(key) != (RECORD,):
        return key
    named = whole_named(UNITS, "id", cells.header)
    named += part_named(UNITS, "id", cells.header)
    for column in named:
        if column in columns.values():
            continue
        is_named_id = fold_name(column) == ("id",) and cells.counts(column)
        is_distinct = cells.filled(column) >= ALWAYS and cells.distinct(column) >= KEY_SHARE
        if is_named_id or is_distinct:
            return column
    return ""


def _parent_name_column(cells: Cells, columns: Mapping[str, str], key: str) -> str:
    """Return the column next to that of parents that repeats the names of these; empty if none."""
    parent, name = columns["parent_id"], columns.get("name", key)
    if key in {"", name} or parent not in cells.header or name not in cells.header:
        return ""
    name_of = dict(zip(cells.of(key), cells.of(name), strict=True))
    at = cells.header.index(parent)
    excluded = named_otherwise(cells)
    neighbours = [other for other in cells.header[max(0, at - 1) : at + 2] if other not in excluded]
    for candidate in [*whole_named(UNITS, PARENT_NAME, cells.header), *neighbours]:
        if candidate == parent or candidate in columns.values():
            continue
        pairs = zip(cells.of(parent), cells.of(candidate), strict=True)
        matches = [name_of[above] == cell for above, cell in pairs if above in name_of and cell]
        if matches and sum(matches) >= ALWAYS * len(matches):
            return candidate
    return ""


def _column_by_name(cells: Cells, column: str, taken: set[str]) -> str:
    """Return the column for a standard column that is recognized by its name alone."""
    free = [name for name in cells.header if name not in taken]
    named = [name for name in whole_named(UNITS, column, free) if cells.counts(name)]
    if column == "type":
        telling = part_named(UNITS, column, free)
        named += telling
        named = [name for name in named if _has_types(cells, name, is_named=name in telling)]
    elif column in {"source", "status"}:
        named += part_named(UNITS, column, free)
    return named[0] if named else ""


def _has_types(cells: Cells, name: str, *, is_named: bool) -> bool:
    """Return whether a column may have types: words, and few if its name does not say so."""
    counts = cells.counts(name)
    are_few = len(counts) <= max(FEW_TYPES, len(cells) * FEW_TYPES_SHARE)
    are_numbers = all(cell.replace(".", "").isdecimal() for cell in counts)
    return (is_named or are_few) and not are_numbers
