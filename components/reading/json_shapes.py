"""The shapes in which JSON holds tables: lists of objects, trees, maps, columns, Cytoscape."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from components import faults
from components.problems import Problem
from components.reading.nested_objects import (
    CHILD_KEYS,
    UNIT_KEY,
    Object,
    cell_of,
    flatten,
    has_objects,
    list_roles,
    name_units,
)
from components.reading.table_building import unused_name

Lists = Mapping[str, Sequence[Object]]
"""Lists of objects by the name of their table."""

MAX_REPORTED = 20
"""The most keys that a problem names."""
MAX_DEPTH = 3
"""The most objects around a list that is a table: ``{"response": {"docs": [...]}}``."""
MIN_NAMES = 3
"""The fewest names that nested objects without values need to be a tree of names."""
MIN_COLUMNS = 2
"""The fewest keys of an object that is a table by columns."""
MIN_OBJECTS, FEW_OBJECTS = 2, 3
"""The fewest objects of a map; few objects may instead be the parts of a file."""
COMMON_KEY = 0.5
"""More than this share of the objects of a map have the most frequent key."""
NAME_KEYS = frozenset({"id", "name", "title", "label"})
"""A single object is a unit if it has one of these keys."""
TITLE_KEYS = ("title", "name", "label")
EDGE_KEYS = ({"source", "target"}, {"from", "to"})
CYTOSCAPE_GROUPS = ("nodes", "edges")
# fmt: off
CYTOSCAPE_KEYS = frozenset((
    "data", "group", "classes", "position", "renderedPosition", "selected", "selectable", "locked",
    "grabbable", "pannable", "scratch", "style", "css", "removed",
))
# fmt: on
"""The keys of an element of Cytoscape; all but data and classes describe its drawing."""


@dataclass
class ListSearch:
    """A search for the lists of objects in parsed JSON; it records the values it leaves out."""

    non_objects: dict[str, str] = field(default_factory=dict)
    """The first value that is no object, by the list or map that holds it."""
    unused_keys: list[str] = field(default_factory=list)
    title: str = ""
    """The title of the file, if it is not the name of its first unit."""
    _metadata: Object = field(default_factory=dict)
    """The values of the unused keys."""

    def problems(self, table: str) -> Iterator[Problem]:
        """Yield a problem for each kind of value that was left out."""
        for place, value in self.non_objects.items():
            yield faults.NOT_AN_OBJECT.problem(table, value=value, place=place)
        if self.unused_keys:
            keys = ", ".join(f"“{key}”" for key in self.unused_keys[:MAX_REPORTED])
            yield faults.UNUSED_KEYS.problem(table, keys=keys)

    def lists(self, top: Any, name: str) -> Lists:
        """Return the lists of objects in a value; a single one has the name of the file.

        Raises:
            DataError: there are none.
        """
        lists: dict[str, list[Object]] = {}
        if tree := _nested_names(top) if isinstance(top, list) else []:
            lists = {name: tree}
        elif has_objects(top):
            lists = {name: self._objects(top, "elements of the list")}
        elif objects := _sparql_rows(top):
            lists = {name: objects}
        elif isinstance(top, dict):
            lists = self._lists_in(top, name, MAX_DEPTH)
            if len(lists) == 1:
                (objects,) = lists.values()
                lists = {name: objects}
            elif not lists and NAME_KEYS & {key.lower() for key in flatten(top).cells}:
                lists = {name: [top]}
            self.title = _title(self._metadata)
        if not lists:
            raise faults.NO_OBJECTS.error(name)
        return lists

    def _lists_in(self, value: Object, name: str, depth: int) -> dict[str, list[Object]]:
        """Return the lists of objects in an object by their keys, or all of it as one list."""
        if "name" in value:
            value = _with_lists(value)
        if _is_tree(value):
            return {name: [value]}
        table = (
            _split_table(value)
            or _table_by_column(value)
            or _adjacency_lists(value)
            or _nested_names(value)
            or _named_tree(value)
            or self._objects_by_id(value)
        )
        if table:
            return {name: table}
        lists: dict[str, list[Object]] = {}
        unused: list[str] = []
        for key, inner in value.items():
            if has_objects(inner):
                lists[unused_name(key, lists)] = self._objects(inner, f"elements of “{key}”")
                continue
            inner_lists: dict[str, list[Object]] = {}
            if isinstance(inner, dict) and depth:
                inner_lists = self._lists_in(inner, key, depth - 1)
            for inner_key, objects in inner_lists.items():
                lists[unused_name(inner_key or key, lists)] = objects
            if not inner_lists and cell_of(inner):
                unused.append(key)
        if lists:
            self.unused_keys += unused
            self._metadata = {key: value[key] for key in unused} | self._metadata
        return lists

    def _objects(self, elements: list[Any], place: str) -> list[Object]:
        """Return the objects among the elements of a list."""
        objects = [element for element in elements if isinstance(element, dict)]
        if len(objects) < len(elements):
            other = next(element for element in elements if not isinstance(element, dict))
            self.non_objects.setdefault(place, cell_of(other))
        return objects

    def _objects_by_id(self, value: Object) -> list[Object]:
        """Return the objects of a map from ids to objects of one kind, with their ids."""
        objects = {key: inner for key, inner in value.items() if isinstance(inner, dict)}
        if not _is_map(value, objects):
            return []
        for key, other in value.items():
            if key not in objects:
                self.non_objects.setdefault("values of the object", f"{key}: {cell_of(other)}")
        column = unused_name("key", {key for inner in objects.values() for key in inner})
        return [{column: key} | inner for key, inner in objects.items()]


def rows_of_cells(top: Any) -> list[list[str]]:
    """Return the rows of a list of lists; empty if it is none, or without any text."""
    if not _are_lists(top):
        return []
    rows = [[cell_of(cell) for cell in row] for row in top]
    return rows if any(cell for row in rows for cell in row) else []


def cytoscape_lists(top: Any) -> Lists:
    """Return the nodes and edges of Cytoscape JSON; empty if it is another kind of JSON."""
    elements: Any = top.get("elements") if isinstance(top, dict) else top
    groups: dict[str, Any] = {}
    if isinstance(elements, dict):
        groups = {group: elements.get(group) for group in CYTOSCAPE_GROUPS}
    elif _are_elements(elements):
        edges = [element for element in elements if _is_edge(element)]
        if edges or isinstance(top, dict) or any("group" in element for element in elements):
            nodes = [element for element in elements if not _is_edge(element)]
            groups = {"nodes": nodes, "edges": edges}
    if not any(map(_are_elements, groups.values())):
        return {}
    return {
        group: [_data(element) for element in found if _is_element(element)]
        for group, found in groups.items()
        if found and isinstance(found, list)
    }


def _sparql_rows(top: Any) -> list[Object]:
    """Return the rows of SPARQL results (W3C); empty if the value is another kind of JSON."""
    variables, bindings = _value_at(top, "head", "vars"), _value_at(top, "results", "bindings")
    if not isinstance(variables, list) or not has_objects(bindings):
        return []
    return [
        {variable: _value_at(row, variable, "value") for variable in map(cell_of, variables)}
        for row in bindings
    ]


def _title(metadata: Object) -> str:
    """Return the title of a file: among its metadata, or in an object of these."""
    described = [metadata, *(inner for inner in metadata.values() if isinstance(inner, dict))]
    titles = (inner.get(key) for key in TITLE_KEYS for inner in described)
    return next((title for title in titles if title and isinstance(title, str)), "")


def _are_elements(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_is_element, value))


def _is_element(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and isinstance(value.get("data"), dict)
        and value.keys() <= CYTOSCAPE_KEYS
    )


def _is_edge(element: Object) -> bool:
    group = element.get("group")
    return bool(group == "edges" if group else {"source", "target"} <= element["data"].keys())


def _data(element: Object) -> Object:
    data: Object = element["data"]
    return data | {"classes": element["classes"]} if element.get("classes") else data


def _is_tree(value: Object) -> bool:
    """Return whether an object holds objects of its own kind, and is no graph of them."""
    root = flatten(value)
    name_units([root])
    is_graph = any(
        keys <= inner.cells.keys()
        for objects in root.lists.values()
        for inner in objects
        for keys in EDGE_KEYS
    )
    children, _ = list_roles([root])
    return bool(children) and not is_graph


def _split_table(value: Object) -> list[Object]:
    """Return the records of ``{"columns": ["id"], "data": [[1], [2]]}``."""
    columns = value.get("columns")
    if columns is None:
        # Socrata, which many cities use for open data, keeps the columns in the metadata.
        described = _value_at(value, "meta", "view", "columns")
        if isinstance(described, list):
            columns = [_value_at(column, "name") for column in described]
    rows: Any = next((value[key] for key in ("data", "rows", "values") if key in value), None)
    if not isinstance(columns, list) or not _are_lists(rows):
        return []
    return [_record(columns, row) for row in rows]


def _value_at(value: Any, *keys: str) -> Any:
    """Return the value at a path of keys, or None."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _record(columns: list[Any], row: list[Any]) -> Object:
    """Return the cells of a row by unique names of their columns."""
    cells: Object = {}
    for number, (column, cell) in enumerate(zip_longest(columns, row), start=1):
        cells[unused_name(cell_of(column) or f"column {number}", cells)] = cell
    return cells


def _table_by_column(value: Object) -> list[Object]:
    """Return the records of ``{"id": [1, 2], "name": ["A", "B"]}``.

    Instead of lists there may be maps from numbers, as pandas writes them: ``{"0": 1, "1": 2}``.
    """
    columns = [
        list(cells.values()) if isinstance(cells, dict) and _are_numbers(cells) else cells
        for cells in value.values()
    ]
    if len(columns) < MIN_COLUMNS or not _are_flat_lists(columns) or not columns[0]:
        return []
    if any(len(cells) != len(columns[0]) for cells in columns) or _name_each_other(value):
        return []
    return [dict(zip(value, cells, strict=True)) for cells in zip(*columns, strict=True)]


def _are_numbers(keys: Iterable[str]) -> bool:
    return all(key == str(number) for number, key in enumerate(keys))


def _adjacency_lists(value: Object) -> list[Object]:
    """Return the units of ``{"CEO": ["CFO", "CTO"], "CFO": []}``."""
    if not _are_flat_lists(list(value.values())) or not _name_each_other(value):
        return []
    return [{"name": name, "children": children} for name, children in value.items()]


def _name_each_other(lists: Object) -> bool:
    """Return whether an element of one of the lists is the key of another."""
    cells = (cell for cells in lists.values() for cell in cells)
    return any(isinstance(cell, str) and cell in lists for cell in cells)


def _are_lists(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, list) for row in value)


def _are_flat_lists(lists: list[Any]) -> bool:
    return _are_lists(lists) and not any(
        isinstance(cell, list | dict) for row in lists for cell in row
    )


def _nested_names(value: Any) -> list[Object]:
    """Return the tree of ``{"Top": {"A": {"B": {}}, "C": None, "D": ["E", {"F": ["G"]}]}}``."""
    inner = value.values() if isinstance(value, dict) else value
    is_nested = any(
        (isinstance(held, dict) and held) or (isinstance(held, list) and has_objects(held))
        for held in inner
    )
    tree = (_name_tree(value) if is_nested else None) or []
    return tree if _count_names(tree) >= MIN_NAMES else []


def _name_tree(value: Any) -> list[Object] | None:
    """Return the units of nested names; None if there are other values than names.

    Names are the keys of objects and the texts in lists; an object in a list has one key.
    """
    if isinstance(value, list) and value:
        if not all(isinstance(name, str) or _holds_names(name) for name in value):
            return None
        parts = ({name: None} if isinstance(name, str) else name for name in value)
        pairs = [pair for part in parts for pair in part.items()]
    elif isinstance(value, dict):
        pairs = list(value.items())
    else:
        return [] if value is None else None
    units: list[Object] = []
    for name, inner in pairs:
        children = _name_tree(inner)
        if children is None:
            return None
        units.append({"name": name} | ({"children": children} if children else {}))
    return units


def _holds_names(value: Any) -> bool:
    """Return whether a value is an object with one key, which holds others."""
    held = list(value.values()) if isinstance(value, dict) else []
    return len(held) == 1 and bool(held[0]) and isinstance(held[0], dict | list)


def _named_tree(value: Object) -> list[Object]:
    """Return the tree of ``{"Top": {"head": "X", "teams": {"A": {"head": "Y"}}}}``."""
    is_nested = any(
        isinstance(inner, dict) and any(_is_child_map(key, held) for key, held in inner.items())
        for inner in value.values()
    )
    return _named_objects(value) if is_nested and _is_map_of_objects(value) else []


def _named_objects(value: Object) -> list[Object]:
    """Return the objects of a map with their keys as names, and lists instead of maps in them."""
    return [
        {unused_name("name", inner or ()): name} | _with_lists(inner or {})
        for name, inner in value.items()
    ]


def _with_lists(value: Object) -> Object:
    return {
        key: _named_objects(inner) if _is_child_map(key, inner) else inner
        for key, inner in value.items()
    }


def _is_child_map(key: str, value: Any) -> bool:
    """Return whether a value is a map of units by name, as the word for it says."""
    is_word = key.casefold() in CHILD_KEYS or UNIT_KEY.search(key)
    return bool(is_word) and bool(value) and _is_map_of_objects(value)


def _is_map_of_objects(value: Any) -> bool:
    return isinstance(value, dict) and all(
        inner is None or isinstance(inner, dict) for inner in value.values()
    )


def _count_names(tree: list[Object]) -> int:
    return sum(1 + _count_names(unit.get("children", [])) for unit in tree)


def _is_map(value: Object, objects: Mapping[str, Object]) -> bool:
    """Return whether an object maps keys to objects of one kind, with few other values."""
    others = len(value) - len(objects)
    if len(objects) < MIN_OBJECTS or others > len(value) // 5:
        return False
    holders = [inner for inner in objects.values() if any(map(has_objects, inner.values()))]
    if len(holders) == 1 and len(objects) <= FEW_OBJECTS:
        # The list in the holder is the table, unless another object has a list of the same key.
        (holder,) = holders
        keys = {key for key, inner in holder.items() if has_objects(inner)}
        if all(keys.isdisjoint(inner) for inner in objects.values() if inner is not holder):
            return False
    counts = Counter(key for inner in objects.values() for key in inner)
    return max(counts.values(), default=0) > len(objects) * COMMON_KEY
