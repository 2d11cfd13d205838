"""Which columns say something of units beside their hierarchy: names, ids, types, heads, ..."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from components.importing.cells import Cells
from components.importing.column_names import columns_of, fold_name, part_named, whole_named
from components.importing.parent_column import called_otherwise
from components.importing.table_roles import (
    ALWAYS,
    KEY,
    MIN_CHILDREN,
    MOSTLY,
    PARENT_NAME,
    POSTS,
    RECORD,
    RESPONSIBILITIES,
    SAMPLE,
    SHAPES,
    SOMETIMES,
    UNITS,
)

MANY_TYPES = 0.5
"""A column with more different cells than this share of the records gives no type of unit."""
NO_NAMES = (
    *("id", "parent_id", "acronym", "type", RESPONSIBILITIES, "head", "location", "summary"),
    *("status", "source", "notes"),
)
"""Columns of units that are no names, however many words they have."""


def add_others(cells: Cells, columns: dict[str, str], key: str, levels: Sequence[str]) -> None:
    """Add the columns of names, of ids, and of what else is said of units."""
    if "name" not in columns and (
        found := _name(cells, {*columns.values(), *levels}, key, guess=not levels)
    ):
        columns["name"] = found
    if "id" not in columns and (found := _id(cells, columns, key)):
        columns["id"] = found
    if "head" not in columns and _are_posts(cells, key):
        free = [name for name in cells.header if name not in columns.values()]
        columns |= dict(zip(("head",), whole_named(POSTS, "head", free), strict=False))
    if "parent_id" in columns and (found := _parent_name(cells, columns, key)):
        columns[PARENT_NAME] = found
    for column in columns_of(UNITS):
        if column not in {"id", "name", *SHAPES, *columns} and (
            found := _other(cells, column, {*columns.values(), *levels})
        ):
            columns[column] = found


def _are_posts(cells: Cells, key: str) -> bool:
    """Tell whether the records are posts rather than units: then a post's title is its name."""
    named = [key] if key else whole_named(UNITS, "id", cells.header)[:1]
    return bool(part_named(POSTS, "id", named))


def _parent_name(cells: Cells, columns: Mapping[str, str], key: str) -> str:
    """Return the column of the parents' names: one beside the parents that says what they say."""
    parent, name = columns["parent_id"], columns.get("name", key)
    if key in {"", name} or parent not in cells.header or name not in cells.header:
        return ""
    name_of = dict(zip(cells.of(key), cells.of(name), strict=True))
    at = cells.header.index(parent)
    others = called_otherwise(cells)
    beside = [each for each in cells.header[max(0, at - 1) : at + 2] if each not in others]
    for each in [*whole_named(UNITS, PARENT_NAME, cells.header), *beside]:
        pairs = zip(cells.of(parent), cells.of(each), strict=True)
        said = [name_of[above] == told for above, told in pairs if above in name_of and told]
        if (
            each != parent
            and said
            and sum(said) >= ALWAYS * len(said)
            and each not in columns.values()
        ):
            return each
    return ""


def duties_in(cells: Cells, given: Mapping[str, str]) -> dict[str, str]:
    """Return the ids and the duties of a table that has a record for each duty of its units."""
    free = [name for name in cells.header if name not in given.values()]
    texts = whole_named(RESPONSIBILITIES, "responsibility", free)
    for unit in whole_named(RESPONSIBILITIES, "unit_id", free):
        if texts and unit not in texts and cells.filled(unit) >= ALWAYS > cells.distinct(unit):
            return {"id": unit, RESPONSIBILITIES: texts[0]}
    return {}


def _name(cells: Cells, taken: Iterable[str], key: str, *, guess: bool) -> str:
    """Return the column of names: the best called one that says something of most units.

    ``guess`` tells whether one that is called otherwise will do.
    """
    taken = set(taken) - {key}
    titles = whole_named(POSTS, "name", cells.header) if _are_posts(cells, key) else []
    named = [each for each in titles if each not in taken and each != key]
    named += [each for each in whole_named(UNITS, "name", cells.header) if each not in taken]
    named += [each for each in part_named(UNITS, "name", cells.header) if each not in taken]
    named = [each for each in dict.fromkeys(named) if cells.counts(each)]
    filled = [each for each in named if cells.filled(each) >= MOSTLY]
    # What nearly all records share is no name, unless none of them has another one.
    apart = [each for each in filled if cells.distinct(each) >= SOMETIMES]
    if filled:
        return (apart or filled)[0]
    if named:
        return max(named, key=cells.filled)
    free = (each for each in cells.header if each not in taken and each != key)
    return longest(cells, may_name(free)) if guess else ""


def may_name(columns: Iterable[str]) -> list[str]:
    """Return the columns that are not called like one that never has names."""
    columns = list(columns)
    said = {name for ours in NO_NAMES for name in whole_named(UNITS, ours, columns)}
    return [name for name in columns if name not in said]


def longest(cells: Cells, columns: Iterable[str]) -> str:
    """Return the column with the most different words that no number, address or code is."""

    def is_wordy(name: str) -> bool:
        sample = list(islice(cells.counts(name), SAMPLE))
        words = sum(any(letter.isalpha() for letter in cell) for cell in sample)
        addresses = any("://" in cell or "@" in cell for cell in sample)
        return cells.filled(name) >= MOSTLY and words >= ALWAYS * len(sample) and not addresses

    return max(filter(is_wordy, columns), key=cells.distinct, default="")


def _id(cells: Cells, columns: Mapping[str, str], key: str) -> str:
    """Return the column of ids: the key, or the best called one that tells units apart."""
    name, parent = columns.get("name", ""), columns.get("parent_id", "")
    if key and key not in {name, parent} and fold_name(key) != (RECORD,):
        return key
    named = whole_named(UNITS, "id", cells.header)
    named += part_named(UNITS, "id", cells.header)
    for column in named:
        if column in {name, parent} or column in columns.values():
            continue
        is_meant = fold_name(column) == ("id",) and cells.counts(column)
        tells_apart = cells.filled(column) >= ALWAYS and cells.distinct(column) >= KEY
        if is_meant or tells_apart:
            return column
    return ""


def _other(cells: Cells, column: str, taken: set[str]) -> str:
    """Return the column of something else that is said of units, by its name alone."""
    free = [name for name in cells.header if name not in taken]
    named = [name for name in whole_named(UNITS, column, free) if cells.counts(name)]
    if column == "type":
        telling = part_named(UNITS, column, free)
        named += [name for name in telling if name not in named]
        named = [name for name in named if _gives_types(cells, name, is_called=name in telling)]
    elif column in {"source", "status"}:
        named += [name for name in part_named(UNITS, column, free) if name not in named]
    return named[0] if named else ""


def _gives_types(cells: Cells, name: str, *, is_called: bool) -> bool:
    """Tell whether a column sorts units: in words, and into few sorts if it is not called so."""
    counts = cells.counts(name)
    few = len(counts) <= max(MIN_CHILDREN, len(cells) * MANY_TYPES)
    numbers = all(cell.replace(".", "").isdecimal() for cell in counts)
    return (is_called or few) and not numbers
