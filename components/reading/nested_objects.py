"""Nested objects become tables: a tree becomes one table, other lists in objects their own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from components import faults
from components.reading.budget import check_limit
from components.reading.objects import FIRST_RECORD, table_of_objects
from components.reading.options import Limits
from components.reading.people import full_name, leaders
from components.reading.table_building import unused_name
from components.reading.tables import ReadingReport, Table

Object = dict[str, Any]
"""A parsed JSON object."""
Rows = list[dict[str, str]]
"""Records as cells by column."""

SHARED_KEYS = 0.5
"""The least share of keys that objects of one kind have in common."""
# fmt: off
CHILD_KEYS = frozenset((
    "children", "childs", "kids", "subunits", "sub_units", "suborganizations", "sub_organizations",
    "subordinates", "descendants", "reports", "directreports", "direct_reports", "filhos", "hijos",
    "enfants", "kinder", "figli",
))
# fmt: on
"""Keys of lists of children; the children need to share only one other key with their parent."""
UNIT_KEY = re.compile(
    r"(?:^|[_. -]|sub)(?:org\w*|units?|departments?|divisions?|sections?|teams|offices|bureaus?"
    r"|branch(?:es)?|directorates?|agenc(?:y|ies)|institut\w*|entit(?:y|ies)|nodes|abteilungen"
    r"|referate?|dezernate?|sachgebiete?|einheiten|bereiche|fachbereiche|ämter|unidades"
    r"|departamentos|services|directions|uffici|settori)$",
    re.IGNORECASE,
)
"""Keys of lists of children that need to share no key with their parent if all have names."""
NAMES = ("name", "title", "label")
UNIT_NOUN = re.compile(
    r"(?:ministry|organi[sz]ation|company|agency|authority|department|division|section|institution"
    r"|office|unit|team|entity|amt|behörde|firma|abteilung|referat)",
    re.IGNORECASE,
)
"""Keys of the name of an object that has no other: ``{"department": "Finance"}``."""
PEOPLE_KEY = re.compile(
    r"(?:^|[_. -])(?:staff|people|persons?|employees|members|positions|posts|contacts|personnel"
    r"|personen|mitarbeiter\w*|stellen|personal)$",
    re.IGNORECASE,
)
"""Keys of lists of people."""
PEOPLE_CELL = re.compile(
    r"role|title|e-?mail|phone|position|job|function|grade|salary|funktion|telefon", re.IGNORECASE
)
REFERENCE_WORDS = ("parent", "ancestor", "superior", "supersed", "predecessor", "successor")
"""Words in the keys of lists that name other units instead of holding them."""
TABLES = "The file, each of its lists counted as one,"
"""There may be as many tables as a table may have columns."""
RECORD, PARENT_RECORD, KIND = "record", "parent record", "kind"
"""Columns that are added: numbers of records, and the key of the list that holds an object."""


@dataclass(frozen=True, slots=True)
class FlatObject:
    """An object as cells by their dotted keys, and the lists of objects in it."""

    cells: dict[str, str]
    lists: dict[str, list[FlatObject]]


OwnedObjects = dict[str, list[tuple[str, FlatObject]]]
"""Objects of side tables by the key of their list, each with its owner's record number."""


def flatten(value: Object) -> FlatObject:
    """Return an object as cells and lists; the keys of objects in it are joined by dots."""
    target = FlatObject({}, {})
    _add_values(target, value, "")
    return target


def _add_values(target: FlatObject, value: Object, prefix: str) -> None:
    cells = target.cells
    for key, inner in value.items():
        column = prefix + key
        if isinstance(inner, dict) and inner:
            name, parts = full_name(inner)
            if name:
                cells[unused_name(column, cells)] = name
            others = {part: value for part, value in inner.items() if part not in parts}
            _add_values(target, others, f"{column}.")
            continue
        column = unused_name(column, cells)
        if isinstance(inner, str):
            cells[column] = inner
        elif has_objects(inner):
            _add_list(target, column, inner)
        elif inner != []:
            cells[column] = cell_of(inner)


def _add_list(target: FlatObject, column: str, elements: list[Any]) -> None:
    others = [
        element for element in elements if not isinstance(element, dict) and element is not None
    ]
    if others:
        target.cells[column] = cell_of(others)
    objects = [flatten(element) for element in elements if isinstance(element, dict)]
    if UNIT_KEY.search(column):
        name_units(objects)
    is_reference = any(word in column.lower() for word in REFERENCE_WORDS)
    if is_reference and not any(inner.lists for inner in objects):
        _add_joined_cells(target, column, objects)
    else:
        target.lists.setdefault(column, []).extend(objects)


def _add_joined_cells(target: FlatObject, key: str, objects: Sequence[FlatObject]) -> None:
    """Add a cell for each column of a list of objects, with the values of all objects."""
    for column in dict.fromkeys(column for inner in objects for column in inner.cells):
        values = [inner.cells[column] for inner in objects if inner.cells.get(column)]
        target.cells[unused_name(f"{key}.{column}", target.cells)] = cell_of(values)


def cell_of(value: Any) -> str:
    """Return a JSON value as the text of a cell; the elements of a list are joined by “;”."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and not any(isinstance(element, list | dict) for element in value):
        cells = [cell_of(element) for element in value]
        if not any(";" in cell for cell in cells):
            return ";".join(cells)
    if value is None or value == {}:
        return ""
    return json.dumps(value, ensure_ascii=False)


def has_objects(value: Any) -> bool:
    """Return whether a value is a list with at least one object."""
    return isinstance(value, list) and any(isinstance(element, dict) for element in value)


def list_roles(roots: Sequence[FlatObject]) -> tuple[set[str], set[str]]:
    """Return the keys of the lists of children and of the lists of references in a forest.

    Children are objects of the same kind as their owner. References name other objects of the
    owner's level. The lists of one key have one role, judged where they first occur.
    """
    children: set[str] = set()
    references: set[str] = set()
    judged: set[str] = set()
    level = list(roots)
    while level:
        owners: dict[str, list[FlatObject]] = {}
        for owner in level:
            for key in owner.lists:
                owners.setdefault(key, []).append(owner)
        held = {
            key: [inner for owner in owners_of_key for inner in owner.lists[key]]
            for key, owners_of_key in owners.items()
        }
        ids: dict[str, set[str]] = {}
        for key in owners.keys() - judged:
            if _are_references(held[key], level, ids):
                references.add(key)
            elif _are_children(key, owners[key], held[key]):
                children.add(key)
        judged |= owners.keys()
        level = [inner for key in held if key in children for inner in held[key]]
    return children, references


def _are_references(
    objects: Sequence[FlatObject], level: Sequence[FlatObject], ids: dict[str, set[str]]
) -> bool:
    """Return whether each of the objects has the id of an object of a level.

    ``ids`` caches the values of each column of the level; an empty set if they are no ids.
    """
    if any(inner.lists for inner in objects):
        return False
    for column in objects[0].cells:
        if column not in ids:
            values = {cell for owner in level if (cell := owner.cells.get(column))}
            ids[column] = values if len(values) == len(level) > 1 else set()
        if all(inner.cells.get(column) in ids[column] for inner in objects):
            return True
    return False


def _are_children(key: str, owners: Iterable[FlatObject], objects: Sequence[FlatObject]) -> bool:
    """Return whether the objects in the lists of a key are of the same kind as their owners."""
    if UNIT_KEY.search(key) and _have_names(owners, objects):
        return True
    columns_of_owners = {column for owner in owners for column in owner.cells}
    columns = {column for inner in objects for column in inner.cells}
    shared = len(columns_of_owners & columns)
    are_people = PEOPLE_KEY.search(key) and any(
        map(PEOPLE_CELL.search, columns - columns_of_owners)
    )
    if are_people and not any(inner.lists for inner in objects):
        return False
    return shared > 0 and (
        key.rpartition(".")[2].lower().strip("_") in CHILD_KEYS
        or any(key in inner.lists for inner in objects)
        or shared >= SHARED_KEYS * len(columns_of_owners | columns)
    )


def _have_names(owners: Iterable[FlatObject], objects: Iterable[FlatObject]) -> bool:
    """Return whether owners have names, and the objects in their lists have too and are no people.

    An owner's title may be that of a file.
    """
    return all(owner.cells.get("name") for owner in owners) and all(
        any(map(inner.cells.get, NAMES)) and not full_name(inner.cells)[0] for inner in objects
    )


def name_units(objects: Sequence[FlatObject]) -> None:
    """Call the name of units ``name`` if it stands under a word for a unit: ``department``."""
    for inner in objects:
        if any(map(inner.cells.get, NAMES)) or "id" in inner.cells:
            continue
        if key := next(filter(UNIT_NOUN.fullmatch, inner.cells), ""):
            cells = {"name" if name == key else name: cell for name, cell in inner.cells.items()}
            inner.cells.clear()
            inner.cells.update(cells)


def tables_of_lists(
    lists: Mapping[str, Sequence[Object]], name: str, reading: ReadingReport, limits: Limits
) -> list[Table]:
    """Return a table for each list of objects, then one for each side table in their objects.

    Raises:
        DataError: all objects are empty, or the tables are above the limits.
    """
    check_limit(name, limits, "columns", len(lists), TABLES)
    rows: dict[str, Rows] = {}
    side_tables: list[tuple[str, list[tuple[str, FlatObject]]]] = []
    for key, values in lists.items():
        check_limit(key, limits, "records", len(values))
        roots = [flatten(value) for value in values]
        if any(any(map(UNIT_KEY.search, root.lists)) for root in roots):
            name_units(roots)
        rows[key], owned = _records(roots)
        side_tables += owned.items()
    # The loop extends the list that it runs over: objects of side tables may hold lists again.
    for key, objects in side_tables:
        check_limit(name, limits, "columns", len(rows), TABLES)
        table = unused_name(key, rows)
        rows[table] = [
            {RECORD: owner} | _rename_taken(inner.cells, [RECORD]) for owner, inner in objects
        ]
        deeper: OwnedObjects = {}
        for number, (_, owner) in enumerate(objects, start=FIRST_RECORD):
            for inner_key, inner in owner.lists.items():
                deeper.setdefault(inner_key, []).extend((str(number), held) for held in inner)
        side_tables += ((f"{table}.{inner_key}", inner) for inner_key, inner in deeper.items())
    tables = [
        table_of_objects(table, _with_fewer_columns(records, limits.columns), reading, limits)
        for table, records in rows.items()
        if any(any(cells.values()) for cells in records)
    ]
    if not tables:
        raise faults.EMPTY_OBJECTS.error(name)
    return tables


def _with_fewer_columns(rows: Rows, limit: int) -> Rows:
    """Return records with nested objects as one cell each if they have too many columns."""
    columns = dict.fromkeys(column for cells in rows for column in cells)
    if len(columns) <= limit or not any("." in column for column in columns):
        return rows
    fewer: Rows = []
    for cells in rows:
        nested: dict[str, dict[str, str]] = {}
        for column, cell in cells.items():
            outer, dot, inner = column.partition(".")
            if dot:
                nested.setdefault(outer, {})[inner] = cell
        plain = {column: cell for column, cell in cells.items() if "." not in column}
        objects = {outer: json.dumps(inner, ensure_ascii=False) for outer, inner in nested.items()}
        fewer.append(plain | {unused_name(outer, plain): text for outer, text in objects.items()})
    return fewer


def _records(roots: Sequence[FlatObject]) -> tuple[Rows, OwnedObjects]:
    """Return a record for each object of a forest in preorder, and the objects of side tables."""
    if not any(root.lists for root in roots):
        return [root.cells for root in roots], {}
    children, references = list_roles(roots)
    visited: list[tuple[dict[str, str], FlatObject]] = []
    owned: OwnedObjects = {}
    stack = [(root, "", "") for root in reversed(roots)]
    while stack:
        current, parent, kind = stack.pop()
        number = str(len(visited) + FIRST_RECORD)
        visited.append(({RECORD: number, PARENT_RECORD: parent, KIND: kind}, current))
        for key, objects in current.lists.items():
            if key in references:
                _add_joined_cells(current, key, objects)
            elif key not in children:
                if heads := leaders(inner.cells for inner in objects):
                    current.cells.setdefault("head", "; ".join(heads))
                owned.setdefault(key, []).extend((number, inner) for inner in objects)
        stack += [
            (child, number, key)
            for key, objects in reversed(current.lists.items())
            if key in children
            for child in reversed(objects)
        ]
    added = [RECORD] if children or owned else []
    if children:
        added.append(PARENT_RECORD)
    if len(children) > 1:
        added.append(KIND)
    return [
        {column: place[column] for column in added} | _rename_taken(current.cells, added)
        for place, current in visited
    ], owned


def _rename_taken(cells: dict[str, str], taken: Sequence[str]) -> dict[str, str]:
    """Return cells with new names for columns that are already taken."""
    if cells.keys().isdisjoint(taken):
        return cells
    return {
        unused_name(column, [*taken, *cells]) if column in taken else column: cell
        for column, cell in cells.items()
    }
