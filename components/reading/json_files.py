"""JSON of any shape: lists of objects, trees of them, maps, graphs as lists of nodes and edges."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from json.decoder import JSONDecodeError, JSONDecoder
from pathlib import Path
from typing import Any

from components.problems import DataError, Problem, ProblemKind, Severity, refusal
from components.reading.objects import (
    FIRST_RECORD,
    MEGABYTE,
    refuse_large_file,
    table_of_objects,
    too_large,
    too_many_records,
    untaken,
)
from components.reading.options import Limits, Options
from components.reading.table_building import table_of
from components.reading.tables import ReadingReport, Table

Object = dict[str, Any]

VALUE = 64
"""The bytes that a value takes in memory beside its text, about."""
LITERALS = ("true", "false", "null", "NaN", "Infinity", "-Infinity")
HALF_ENCODED = ("unexpected end of data", "truncated data")
"""What a decoder says of half a character at the end."""
HALF_ESCAPE = re.compile("u[0-9a-fA-F]{0,4}")
NO_SPACE = re.compile(r"[^ \t\r\n]")
HALF = re.compile(r"\\u[dD][89a-fA-F]")
"""How half a character begins."""
ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)"
)
"""Two halves of a character, one that stands alone, or any other escape."""
MAX_NAMED = 20
"""So many keys or values of one sort are named; a file that is odd throughout is one fault."""

DEEPEST_LIST = 3
"""How many objects may lie around a list that is a table: ``{"response": {"docs": [...]}}``."""
ALIKE = 0.5
"""The part of their keys that objects of one kind share."""
# fmt: off
BRANCHES = frozenset((
    "children", "childs", "kids", "subunits", "sub_units", "suborganizations", "sub_organizations",
    "subordinates", "descendants", "reports", "directreports", "direct_reports", "filhos", "hijos",
    "enfants", "kinder", "figli",
))
"""What lists of objects of the same kind are called, wherever one of their keys is the same."""
ABOVE = ("parent", "ancestor", "superior", "supersed", "predecessor", "successor")
"""What is in the name of a list that names other units and does not hold them."""
OWN, ABOVE_OWN, BRANCH = "record", "parent record", "kind"
"""The columns that are made: numbers of records, and the name of the list, if there are several."""
NAMING = frozenset({"id", "name", "title", "label"})
"""An object that stands alone is a unit if it has one of these."""
ENDS = ({"source", "target"}, {"from", "to"})
CYTOSCAPE = frozenset((
    "data", "group", "classes", "position", "renderedPosition", "selected", "selectable", "locked",
    "grabbable", "pannable", "scratch", "style", "css", "removed",
))
# fmt: on
"""What may be said of an element of Cytoscape; all but its data and classes is of its drawing."""


def read_json(path: Path, name: str, options: Options, limits: Limits) -> list[Table]:
    """Return the tables in a file of JSON or JSON Lines: one for each list of objects.

    The keys of objects in objects are joined with dots. Lists of objects in objects are a tree if
    they are of one kind: its table has columns ``record`` and ``parent record``. Else they are a
    table of their own, of which ``record`` names the record that they belong to.

    Raises:
        DataError: it is no JSON, there is no table in it, or it is beyond the limits.
    """
    refuse_large_file(path, name, limits)
    text = _text(path, name, options)
    _refuse_large_values(text, name, limits)
    whole = ESCAPE.sub(_whole, text) if HALF.search(text) else text
    odd = _Oddities(undecodable=whole != text)
    try:
        found = _found(_values(whole, name, odd), name, odd)
        if found.rows:
            tables = [table_of(name, found.rows, ReadingReport("JSON"), options.header, limits)]
        else:
            tables = _tables(found, name, limits)
    except RecursionError:
        raise refusal(
            ProblemKind.UNREADABLE,
            name,
            "Its objects are nested too deeply.",
            "Write it as a list of objects, each with the id of its parent.",
        ) from None
    first, *others = tables
    said = tuple(odd.problems(first.name))
    return [replace(first, problems=said + first.problems), *others]


def _text(path: Path, name: str, options: Options) -> str:
    content = path.read_bytes()
    encoding = options.encoding or json.detect_encoding(content)
    try:
        return content.decode(encoding).removeprefix("\ufeff")
    except LookupError:
        raise refusal(
            ProblemKind.NO_SUCH_CHOICE,
            name,
            f"There is no encoding “{encoding}”.",
            "Name one as Python does: utf-8, utf-16, cp1252, ...",
        ) from None
    except UnicodeError as error:
        place = f"byte {error.start + 1}" if isinstance(error, UnicodeDecodeError) else "a byte"
        if str(error).endswith(HALF_ENCODED):
            raise refusal(
                ProblemKind.CUT_SHORT,
                name,
                f"The file ends too early: the character that begins in {place} is not complete.",
                "Save or fetch the whole file again.",
            ) from error
        raise refusal(
            ProblemKind.UNREADABLE,
            name,
            f"The file is no text in {encoding.upper()}: {place} is none of a character.",
            "Save it in UTF-8, or name its encoding.",
        ) from error


def _whole(escape: re.Match[str]) -> str:
    """Return an escape of a character that can be encoded."""
    return "\\ufffd" if escape[1] else escape[0]


def _refuse_large_values(text: str, name: str, limits: Limits) -> None:
    """Estimate what the values take in memory: three characters of JSON may be a list."""
    values = sum(map(text.count, "[{,:"))
    megabytes = (len(text) + values * VALUE) // MEGABYTE
    if megabytes > limits.unpacked_megabytes:
        raise too_large(
            name,
            f"Its values take {megabytes:,} megabytes of memory",
            limits.unpacked_megabytes,
            "REMIT_MOST_UNPACKED_MEGABYTES",
        )


@dataclass
class _Oddities:
    """What is odd in a file and was read all the same."""

    repeated: dict[str, str] = field(default_factory=dict)
    """The keys that occur twice in an object, and the first value that another one replaced."""
    constants: dict[str, None] = field(default_factory=dict)
    no_objects: dict[str, str] = field(default_factory=dict)
    """The first value that is no object in each list (or map) of objects."""
    beside: list[str] = field(default_factory=list)
    undecodable: bool = False

    def object_of(self, pairs: list[tuple[str, Any]]) -> Object:
        found = dict(pairs)
        if len(found) < len(pairs):
            first: dict[str, Any] = {}
            for key, value in pairs:
                if key in first and len(self.repeated) < MAX_NAMED:
                    self.repeated.setdefault(key, _cell(first[key]))
                first.setdefault(key, value)
        return found

    def constant(self, constant: str) -> str | None:
        self.constants[constant] = None
        return None if constant == "NaN" else constant

    def problems(self, table: str) -> Iterator[Problem]:
        for key, lost in self.repeated.items():
            yield Problem(
                ProblemKind.REPEATED_HEADER,
                f"An object has the key “{key}” twice; the last value is read.",
                "Give each value a key of its own, or write a list.",
                table=table,
                column=key,
                value=lost,
            )
        for constant in self.constants:
            read = "an empty cell" if constant == "NaN" else "text"
            yield Problem(
                ProblemKind.NOT_A_NUMBER,
                f"{constant} is no JSON; it is read as {read}.",
                "Write null where there is no value.",
                table=table,
                value=constant,
                severity=Severity.NOTE,
            )
        for place, value in self.no_objects.items():
            yield Problem(
                ProblemKind.SHORT_RECORD,
                f"Not all {place} are objects; the others are left out.",
                "Write each as an object with keys.",
                table=table,
                value=value,
            )
        if self.beside:
            keys = ", ".join(f"“{key}”" for key in self.beside[:MAX_NAMED])
            yield Problem(
                ProblemKind.UNUSED_TABLE,
                f"What stands beside the lists of objects is left out: {keys}.",
                "Nothing has to be done if it says something of the file only.",
                table=table,
                severity=Severity.NOTE,
            )
        if self.undecodable:
            yield Problem(
                ProblemKind.UNDECODABLE,
                "There are halves of characters in it (such as \\ud83d); “\ufffd” stands for each.",
                "Write the file again in UTF-8.",
                table=table,
            )


def _values(text: str, name: str, odd: _Oddities) -> list[Any]:
    """Return the values in a file: one of JSON, more of JSON Lines; numbers as they are written."""
    decode = JSONDecoder(
        object_pairs_hook=odd.object_of,
        parse_int=str,
        parse_float=str,
        parse_constant=odd.constant,
        strict=False,
    ).raw_decode
    values: list[Any] = []
    at, end = _after_space(text, 0), len(text)
    if at == end:
        raise refusal(
            ProblemKind.EMPTY,
            name,
            "There is nothing in the file.",
            "Write a list of objects into it.",
        )
    try:
        while at < end:
            value, at = decode(text, at)
            values.append(value)
            at = _after_space(text, at)
    except JSONDecodeError as error:
        raise _no_json(text, name, error) from error
    return values


def _after_space(text: str, at: int) -> int:
    found = NO_SPACE.search(text, at)
    return found.start() if found else len(text)


def _no_json(text: str, name: str, error: JSONDecodeError) -> DataError:
    rest = text[error.pos : error.pos + 80].strip()
    place = f"line {error.lineno}, column {error.colno}"
    if (
        not rest
        or error.msg.startswith("Unterminated string")
        or HALF_ESCAPE.fullmatch(rest)
        or any(literal.startswith(rest) for literal in LITERALS)
    ):
        return refusal(
            ProblemKind.CUT_SHORT,
            name,
            f"The file ends too early: what begins in {place} is not complete.",
            "Save or fetch the whole file again.",
        )
    return refusal(
        ProblemKind.UNREADABLE,
        name,
        f"In {place} it is no JSON ({error.msg[0].lower()}{error.msg[1:]}).",
        "Correct it there, or write the file again with a program.",
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """What a file holds: lists of objects by name, or else rows of cells."""

    format: str
    lists: Mapping[str, Sequence[Object]]
    rows: Sequence[Sequence[str]] = ()


def _found(values: list[Any], name: str, odd: _Oddities) -> _Found:
    """Return the lists of objects in the values of a file.

    Raises:
        DataError: there are none.
    """
    several = len(values) > 1
    top = values if several else values[0]
    cytoscape = _cytoscape(top)
    if cytoscape:
        return _Found("Cytoscape JSON", cytoscape)
    if isinstance(top, list) and top and all(isinstance(each, list) for each in top):
        rows = [[_cell(each) for each in row] for row in top]
        if any(cell for row in rows for cell in row):
            return _Found("JSON", {}, rows)
    lists: dict[str, list[Object]] = {}
    if isinstance(top, list) and _has_objects(top):
        lists = {name: _objects(top, "elements of the list", odd)}
    elif isinstance(top, dict):
        lists = _lists_of(top, name, odd)
    if not lists:
        raise refusal(
            ProblemKind.EMPTY,
            name,
            "There is no list of objects in the file.",
            "Write one with an object for each unit: [{“id”: ..., “name”: ..., “parent”: ...}].",
        )
    return _Found("JSON Lines" if several else "JSON", lists)


def _cytoscape(top: Any) -> dict[str, list[Object]]:
    """Return the nodes and edges of Cytoscape, empty if it is none of its files."""
    elements: Any = top.get("elements") if isinstance(top, dict) else top
    if isinstance(elements, dict) and any(
        _are_elements(elements.get(group)) for group in ("nodes", "edges")
    ):
        groups = {
            group: [each for each in elements.get(group) or () if _is_element(each)]
            for group in ("nodes", "edges")
        }
    elif _are_elements(elements):
        edges = [_is_edge(each) for each in elements]
        groups = {
            "nodes": [each for each, edge in zip(elements, edges, strict=True) if not edge],
            "edges": [each for each, edge in zip(elements, edges, strict=True) if edge],
        }
        told = any("group" in each for each in elements) or any(edges)
        if not told and not isinstance(top, dict):
            return {}
    else:
        return {}
    return {
        group: [
            each["data"] | ({"classes": each["classes"]} if each.get("classes") else {})
            for each in found
        ]
        for group, found in groups.items()
        if found
    }


def _are_elements(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_is_element, value))


def _is_element(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and isinstance(value.get("data"), dict)
        and value.keys() <= CYTOSCAPE
    )


def _is_edge(element: Object) -> bool:
    group = element.get("group")
    return bool(group == "edges" if group else {"source", "target"} <= element["data"].keys())


def _lists_of(top: Object, name: str, odd: _Oddities) -> dict[str, list[Object]]:
    """Return the lists of objects in an object; the object itself if it is the top of a tree."""
    if _is_tree(top):
        return {name: [top]}
    lists = _nested_lists(top, DEEPEST_LIST, odd)
    if lists:
        return lists if len(lists) > 1 else dict(zip([name], lists.values(), strict=True))
    return {name: [top]} if NAMING & {key.lower() for key in _item(top).cells} else {}


def _is_tree(value: Object) -> bool:
    """Whether there are objects of its own kind below an object, and it is no graph of them."""
    item = _item(value)
    is_graph = any(
        ends <= each.cells.keys()
        for items in item.lists.values()
        for each in items
        for ends in ENDS
    )
    return not is_graph and bool(_kinds([item]).branches)


def _nested_lists(value: Object, depth: int, odd: _Oddities) -> dict[str, list[Object]]:
    """Return the lists of objects in an object, by their keys; "" is the object itself."""
    whole = _rows_of_columns(value) or _listed_children(value) or _names(value) or _map(value, odd)
    if whole:
        return {"": whole}
    lists: dict[str, list[Object]] = {}
    beside: list[str] = []
    for key, each in value.items():
        if _has_objects(each):
            lists[untaken(key, lists)] = _objects(each, f"elements of “{key}”", odd)
            continue
        inner: dict[str, list[Object]] = {}
        if isinstance(each, dict) and depth:
            inner = {"": [each]} if _is_tree(each) else _nested_lists(each, depth - 1, odd)
        for below, objects in inner.items():
            lists[untaken(below or key, lists)] = objects
        if not inner and _cell(each):
            beside.append(key)
    if lists:
        odd.beside += beside
    return lists


def _rows_of_columns(value: Object) -> list[Object]:
    """Return the objects that a list of columns and one of rows, or a list a column, describe."""
    columns = value.get("columns")
    if columns is None:
        # As Socrata, the catalogue of many a city, writes its tables.
        said = _within(value, "meta", "view", "columns")
        columns = [_within(each, "name") for each in said] if isinstance(said, list) else None
    rows: Any = next((value[key] for key in ("data", "rows", "values") if key in value), None)
    if isinstance(columns, list) and _are_lists(rows):
        return [_numbered_cells(columns, row) for row in rows]
    lists = list(value.values())
    if len(value) > 1 and _are_lists(lists) and _are_texts(lists):
        longest = len(lists[0])
        if longest and all(len(each) == longest for each in lists) and not _listed(value):
            return [dict(zip(value, cells, strict=True)) for cells in zip(*lists, strict=True)]
    columns_by_row = [each for each in lists if isinstance(each, dict)]
    if len(columns_by_row) == len(lists) > 1:
        numbers = [str(n) for n in range(len(lists[0]))]
        if numbers and all(list(each) == numbers for each in lists):
            return [{key: each[number] for key, each in value.items()} for number in numbers]
    return []


def _within(value: Any, *keys: str) -> Any:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _are_lists(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, list) for row in value)


def _are_texts(lists: Iterable[list[Any]]) -> bool:
    return not any(isinstance(each, list | dict) for row in lists for each in row)


def _numbered_cells(columns: list[Any], row: list[Any]) -> Object:
    cells: Object = {}
    for number, (column, cell) in enumerate(zip_longest(columns, row), start=1):
        cells[untaken(_cell(column) or f"column {number}", cells)] = cell
    return cells


def _listed(value: Object) -> bool:
    """Whether what is in the lists of an object are keys of it."""
    return any(isinstance(each, str) and each in value for row in value.values() for each in row)


def _listed_children(value: Object) -> list[Object]:
    """Return an object for each name in an object that lists the names below each name."""
    lists = list(value.values())
    if not _are_lists(lists) or not _are_texts(lists) or not _listed(value):
        return []
    return [{"name": name, "children": below} for name, below in value.items()]


def _names(value: Object) -> list[Object]:
    """Return the tree that an object of objects of objects, and nothing else, describes."""
    least = 3

    def names_in(value: Any) -> int:
        """Return how many names there are, or what is less than none where there is more."""
        if value is None:
            return 0
        if isinstance(value, list):
            return len(value) if value and all(isinstance(each, str) for each in value) else -least
        if not isinstance(value, dict):
            return -least
        count = 0
        for each in value.values():
            below = names_in(each)
            if below < 0:
                return -least
            count += 1 + below
        return count

    def tree(value: Any) -> list[Object]:
        if isinstance(value, list):
            return [{"name": each} for each in value]
        return [
            {"name": name} | ({"children": tree(below)} if below else {})
            for name, below in value.items()
        ]

    deep = any(isinstance(each, dict) and each for each in value.values())
    return tree(value) if deep and names_in(value) >= least else []


def _map(value: Object, odd: _Oddities) -> list[Object]:
    """Return the objects that an object maps ids to; nothing if they are not of one kind."""
    objects = {key: each for key, each in value.items() if isinstance(each, dict)}
    few = 3
    others = len(value) - len(objects)
    if len(objects) < 2 or others > len(value) // 5:  # noqa: PLR2004  # one is no kind
        return []
    holders = [key for key, each in objects.items() if any(map(_has_objects, each.values()))]
    if len(holders) == 1 and len(objects) <= few:
        (holder,) = holders
        lists = {key for key, each in objects[holder].items() if _has_objects(each)}
        if not any(lists & each.keys() for key, each in objects.items() if key != holder):
            return []
    keys = Counter(key for each in objects.values() for key in each)
    if not keys or max(keys.values()) <= len(objects) * ALIKE:
        return []
    for key, each in value.items():
        if key not in objects:
            odd.no_objects.setdefault("values of the object", f"{key}: {_cell(each)}")
    column = untaken("key", keys)
    return [{column: key} | each for key, each in objects.items()]


def _has_objects(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(each, dict) for each in value)


def _objects(elements: list[Any], place: str, odd: _Oddities) -> list[Object]:
    objects = [each for each in elements if isinstance(each, dict)]
    if len(objects) < len(elements):
        other = next(each for each in elements if not isinstance(each, dict))
        odd.no_objects.setdefault(place, _cell(other))
    return objects


@dataclass(frozen=True, slots=True)
class _Item:
    """An object: its cells by the dotted names of their columns, and the lists of objects in it."""

    cells: dict[str, str]
    lists: dict[str, list[_Item]]


def _item(value: Object) -> _Item:
    item = _Item({}, {})
    _fill(item, value, "")
    return item


def _fill(item: _Item, value: Object, prefix: str) -> None:
    """Put what an object holds into an item, under names that begin as they have to."""
    cells = item.cells
    for key, each in value.items():
        column = prefix + key
        if isinstance(each, dict) and each:
            _fill(item, each, f"{column}.")
            continue
        if column in cells:
            column = untaken(column, cells)
        if isinstance(each, str):
            cells[column] = each
        elif _has_objects(each):
            _fill_list(item, column, each)
        elif each != []:
            cells[column] = _cell(each)


def _fill_list(item: _Item, column: str, elements: list[Any]) -> None:
    others = [each for each in elements if not isinstance(each, dict) and each is not None]
    if others:
        item.cells[column] = _cell(others)
    below = [_item(each) for each in elements if isinstance(each, dict)]
    if any(word in column.lower() for word in ABOVE) and not any(each.lists for each in below):
        _fill_joined(item, column, below)
    else:
        item.lists.setdefault(column, []).extend(below)


def _fill_joined(item: _Item, column: str, below: Sequence[_Item]) -> None:
    """Put a list of objects into a cell for each of their columns."""
    for inner in dict.fromkeys(inner for each in below for inner in each.cells):
        cells = [each.cells[inner] for each in below if each.cells.get(inner)]
        item.cells[untaken(f"{column}.{inner}", item.cells)] = _cell(cells)


def _cell(value: Any) -> str:
    """Return a value as the text of a cell: a list as its elements with “;” between them."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and not any(isinstance(each, list | dict) for each in value):
        cells = [_cell(each) for each in value]
        if not any(";" in cell for cell in cells):
            return ";".join(cells)
    if value is None or value == {}:
        return ""
    return json.dumps(value, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class _Kinds:
    """What the lists are called that are no table of their own."""

    branches: frozenset[str]
    """In which objects hold others of their own kind."""
    references: frozenset[str]
    """In which objects name others that stand beside them."""


def _kinds(roots: Sequence[_Item]) -> _Kinds:
    branches: set[str] = set()
    references: set[str] = set()
    judged: set[str] = set()
    level = list(roots)
    while level:
        owners: dict[str, list[_Item]] = {}
        for item in level:
            for key in item.lists:
                owners.setdefault(key, []).append(item)
        below = {
            key: [each for owner in found for each in owner.lists[key]]
            for key, found in owners.items()
        }
        ids = _Ids(level)
        for key in owners.keys() - judged:
            if ids.are_named_by(below[key]):
                references.add(key)
            elif _is_branch(key, owners[key], below[key]):
                branches.add(key)
        judged |= owners.keys()
        level = [each for key in below if key in branches for each in below[key]]
    return _Kinds(frozenset(branches), frozenset(references))


@dataclass(slots=True)
class _Ids:
    """The values of columns that tell apart the objects of a level; each column is read once."""

    level: Sequence[_Item]
    known: dict[str, frozenset[str]] = field(default_factory=dict)

    def are_named_by(self, items: Sequence[_Item]) -> bool:
        """Whether each of some objects has the id of one of the level."""
        return not any(item.lists for item in items) and any(
            all(item.cells.get(column) in ids for item in items)
            for column in items[0].cells
            if (ids := self._of(column))
        )

    def _of(self, column: str) -> frozenset[str]:
        if column not in self.known:
            cells = [item.cells.get(column) for item in self.level]
            ids = frozenset(cell for cell in cells if cell)
            self.known[column] = ids if len(ids) == len(self.level) > 1 else frozenset()
        return self.known[column]


def _is_branch(key: str, owners: Iterable[_Item], items: Sequence[_Item]) -> bool:
    """Whether the objects under a key are of the kind of their owners."""
    of_owners = {column for owner in owners for column in owner.cells}
    of_items = {column for item in items for column in item.cells}
    shared = len(of_owners & of_items)
    return shared > 0 and (
        key.rpartition(".")[2].lower().strip("_") in BRANCHES
        or any(key in item.lists for item in items)
        or shared >= ALIKE * len(of_owners | of_items)
    )


Rows = list[dict[str, str]]


def _tables(found: _Found, name: str, limits: Limits) -> list[Table]:
    """Return the tables of lists of objects, and behind them those of the lists in their objects.

    Raises:
        DataError: there is nothing in any object, or more than the limits allow.
    """
    rows: dict[str, Rows] = {}
    inner: list[tuple[str, list[tuple[str, _Item]]]] = []
    if len(found.lists) > limits.columns:
        raise _too_many_lists(name, len(found.lists), limits)
    for key, objects in found.lists.items():
        if len(objects) > limits.records:
            raise too_many_records(key, len(objects), limits)
        rows[key], members = _records([_item(each) for each in objects])
        inner += members.items()
    # The list grows while it is gone through: by the lists in the objects of lists.
    for key, members_of_key in inner:
        if len(rows) > limits.columns:
            raise _too_many_lists(name, len(rows), limits)
        table = untaken(key, rows)
        rows[table] = [{OWN: owner} | _renamed(item.cells, OWN) for owner, item in members_of_key]
        deeper: dict[str, list[tuple[str, _Item]]] = {}
        for number, (_, item) in enumerate(members_of_key, start=FIRST_RECORD):
            _add_members(deeper, item, str(number), but=frozenset())
        inner += ((f"{table}.{below}", members) for below, members in deeper.items())
    reading = ReadingReport(found.format)
    tables = [
        table_of_objects(table, cells, reading, limits)
        for table, cells in rows.items()
        if any(any(each.values()) for each in cells)
    ]
    if not tables:
        raise refusal(
            ProblemKind.EMPTY, name, "The objects in the file are empty.", "Give each unit a name."
        )
    return tables


def _too_many_lists(name: str, lists: int, limits: Limits) -> DataError:
    """Return the error that says that there would be more tables than a table has columns."""
    figure = f"The file has {lists:,} lists of objects or more"
    return too_large(name, figure, limits.columns, "REMIT_MOST_COLUMNS")


def _records(roots: Sequence[_Item]) -> tuple[Rows, dict[str, list[tuple[str, _Item]]]]:
    """Return a record for each object of a list or a tree, and what else is in their lists.

    The latter is by the name of the lists, each object with the number of its owner's record.
    """
    if not any(item.lists for item in roots):
        return [item.cells for item in roots], {}
    kinds = _kinds(roots)
    branches, known = kinds.branches, kinds.branches | kinds.references
    places: Rows = []
    items: list[_Item] = []
    members: dict[str, list[tuple[str, _Item]]] = {}
    waiting = [(item, "", "") for item in reversed(roots)]
    while waiting:
        item, above, branch = waiting.pop()
        number = str(len(items) + FIRST_RECORD)
        for key, below in item.lists.items():
            if key in kinds.references:
                _fill_joined(item, key, below)
        items.append(item)
        places.append({OWN: number, ABOVE_OWN: above, BRANCH: branch})
        _add_members(members, item, number, but=known)
        waiting += [
            (each, number, key)
            for key, below in reversed(item.lists.items())
            if key in branches
            for each in reversed(below)
        ]
    own: tuple[str, ...] = (OWN, ABOVE_OWN) if branches else (OWN,) if members else ()
    own += (BRANCH,) if len(branches) > 1 else ()
    return [
        {key: place[key] for key in own} | _renamed(item.cells, *own)
        for place, item in zip(places, items, strict=True)
    ], members


def _add_members(
    members: dict[str, list[tuple[str, _Item]]],
    item: _Item,
    number: str,
    *,
    but: frozenset[str],
) -> None:
    for key, below in item.lists.items():
        if key not in but:
            members.setdefault(key, []).extend((number, each) for each in below)


def _renamed(cells: dict[str, str], *taken: str) -> dict[str, str]:
    """Return cells of which none is called as a column that is already there."""
    if cells.keys().isdisjoint(taken):
        return cells
    return {
        untaken(key, [*taken, *cells]) if key in taken else key: cell for key, cell in cells.items()
    }
