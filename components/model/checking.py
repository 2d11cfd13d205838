"""Tables become an organization: keys are resolved, faults are named, the forest becomes a tree.

What can be drawn is drawn. A record that cannot be understood is named as a ``Problem`` with its
table, record and column; only a dataset without a single unit is refused.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeVar

import numpy as np
import pandas as pd

from components.model.organization import (
    About,
    Mention,
    Numbers,
    Organization,
    Reference,
    Relation,
    Responsibility,
    Row,
    Rows,
    Synonym,
    Theme,
    fold_text,
    slug,
    split_list,
)
from components.reading.problems import DataError, Kind, Problem, Severity
from components.reading.tables import Tables

UNIT_COLUMNS = (
    "id",
    "name",
    "short_name",
    "acronym",
    "aliases",
    "type",
    "head",
    "location",
    "summary",
    "status",
    "source",
    "notes",
)
REQUIRED_COLUMNS = {
    "responsibilities": ("unit_id", "responsibility"),
    "relations": ("from_id", "to_id", "kind"),
    "references": ("id", "name"),
    "mentions": ("unit_id", "reference_id"),
    "themes": ("id", "name"),
    "synonyms": ("words", "means"),
}
NO_PARENT = -1
LANGUAGE_TAG = re.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
LONGEST_POSITION = 10
"""Digits of a position that is read as a number."""
Entry = TypeVar("Entry", Reference, Theme)


def organization_from_tables(
    tables: Tables, mapping: Mapping[str, str] = MappingProxyType({})
) -> Organization:
    """Return the organization that the tables describe; its ``problems`` name every fault.

    Raises:
        DataError: there is no table ``units`` with a name or an id in it.
    """
    problems = list(tables.problems)
    frame = _units_frame(tables, problems)
    parent = _parents(frame, problems)
    _break_cycles(parent, frame, problems)
    about = _about(tables)
    frame, parent = _gather_roots(frame, parent, about)
    order = _preorder(parent)
    number_of_row = np.empty(len(order), dtype=np.int64)
    number_of_row[order] = np.arange(len(order))
    frame = frame.iloc[order]
    above = np.asarray(parent, dtype=np.int64)[order]
    above[above >= 0] = number_of_row[above[above >= 0]]
    depth, size, leaves = _shape(above)
    branch = np.maximum(np.cumsum(depth == 1) - 1, 0)
    for array in (above, depth, size, leaves, branch):
        array.flags.writeable = False

    units = {column: frame[column].tolist() for column in UNIT_COLUMNS}
    number = {unit: index for index, unit in enumerate(units["id"])}
    side = _SideTables(tables, number, problems)
    side.name_unknown_tables()
    themes = side.entries("themes", Theme, ("id", "name", "description"))
    references = side.entries(
        "references", Reference, ("id", "name", "acronym", "kind", "description")
    )
    responsibilities = side.responsibilities(themes)
    mentions = side.mentions(references)
    return Organization(
        about=about,
        version=_version(tables),
        parent=above,
        depth=depth,
        size=size,
        leaves=leaves,
        branch=branch,
        themes=themes,
        references=references,
        synonyms=side.synonyms(),
        mentioned_by=_grouped(
            ((mention.reference, mention) for mention in mentions.rows), references
        ),
        working_on=_grouped(_themes_of_units(responsibilities), themes),
        number=number,
        alias=_aliases(units, number),
        units=units,
        responsibilities=responsibilities,
        relations=side.relations(),
        mentions=mentions,
        problems=tuple(problems),
    )


def _units_frame(tables: Tables, problems: list[Problem]) -> pd.DataFrame:
    """Return one row a unit with all of ``UNIT_COLUMNS`` and ``parent``, ids unique."""
    frame = _with_known_names(tables.frames.get("units"))
    if frame is None or not {"id", "name"} & set(frame.columns):
        raise _nothing_to_draw(problems)
    frame = frame.rename(columns={"parent": "parent_id"} if "parent_id" not in frame else {})
    missing = {column for column in (*UNIT_COLUMNS, "parent_id") if column not in frame}
    frame = _stripped(frame.assign(**dict.fromkeys(missing, "")))
    if "name" in missing:
        frame["name"] = frame["id"]
    nameless = (frame["name"] == "") & (frame["id"] == "")
    problems += (
        Problem(
            Kind.NAMELESS,
            "The record has neither a name nor an id and is left out.",
            "Name the unit, or remove the record.",
            table="units",
            record=int(record),
            column="name",
        )
        for record in frame.index[nameless]
    )
    frame = frame[~nameless]
    if frame.empty:
        raise _nothing_to_draw(problems)
    frame["name"] = frame["name"].where(frame["name"] != "", frame["id"])
    unnamed = frame["id"] == ""
    if unnamed.any():
        taken = set(frame["id"])
        made = ((slug(name) or "unit") for name in frame.loc[unnamed, "name"])
        frame.loc[unnamed, "id"] = [_untaken(base, taken) for base in made]
    repeated = frame["id"].duplicated()
    problems += (
        Problem(
            Kind.DUPLICATE_ID,
            f"The id “{unit}” stands in an earlier record too; this record is left out.",
            "Give each unit an id of its own.",
            table="units",
            record=int(str(record)),
            column="id",
            value=unit,
        )
        for record, unit in frame.loc[repeated, "id"].items()
    )
    return frame.loc[~repeated]


def _stripped(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table with no spaces around its cells, and with text that can be encoded."""
    return pd.DataFrame({column: _encodable(frame[column].str.strip()) for column in frame.columns})


def _encodable(cells: pd.Series[str]) -> pd.Series[str]:
    try:
        "".join(cells).encode()
    except UnicodeEncodeError:  # half of a character, which JSON can write and no page can hold
        return cells.map(_text)
    return cells


def _nothing_to_draw(problems: list[Problem]) -> DataError:
    fault = Problem(
        Kind.NO_UNITS,
        "There is no unit to draw.",
        "Give it a column “name”, a column “parent” and one record a unit.",
        table="units",
        severity=Severity.ERROR,
    )
    return DataError([fault, *problems])


def _with_known_names(frame: pd.DataFrame | None) -> pd.DataFrame | None:
    """Return a table with its columns named as ours are: “Parent ID” is ``parent_id``."""
    if frame is None:
        return None
    names = {name: slug(name).replace("-", "_") for name in frame.columns}
    known = {name: ours for name, ours in names.items() if ours not in frame.columns}
    return frame.rename(columns=known)


def _untaken(base: str, taken: set[str]) -> str:
    """Return a name, numbered if it is taken, and take it."""
    name = next(name for name in _numbered(base) if name not in taken)
    taken.add(name)
    return name


def _parents(frame: pd.DataFrame, problems: list[Problem]) -> list[int]:
    """Return the row of each row's parent, looked up among the ids, then among unique names."""
    row_of_id = {unit: row for row, unit in enumerate(frame["id"])}
    unique = ~frame["name"].duplicated(keep=False)
    row_of_name = {name: row for row, name in enumerate(frame["name"]) if unique.iloc[row]}
    shared = set(frame.loc[~unique, "name"]) - row_of_id.keys()
    parents = []
    for row, (record, cell) in enumerate(frame["parent_id"].items()):
        parent = row_of_id.get(cell, row_of_name.get(cell, NO_PARENT)) if cell else NO_PARENT
        fault = ""
        if cell in shared:
            fault = f"Several units are called “{cell}”; the unit is drawn at the top."
        elif cell and parent == NO_PARENT:
            fault = f"The parent “{cell}” is not in the table; the unit is drawn at the top."
        elif parent == row:
            parent, fault = NO_PARENT, "The unit is its own parent; it is drawn at the top."
        if fault:
            problems.append(
                Problem(
                    Kind.UNKNOWN_PARENT,
                    fault,
                    "Name the id of another unit in the table, or leave the cell empty.",
                    table="units",
                    record=int(str(record)),
                    column="parent_id",
                    value=cell,
                )
            )
        parents.append(parent)
    return parents


def _break_cycles(parent: list[int], frame: pd.DataFrame, problems: list[Problem]) -> None:
    """Cut each cycle at its earliest record, and name it as a path."""
    unseen, done = -1, -2
    walk = [unseen] * len(parent)
    for start in range(len(parent)):
        path, row = [], start
        while row >= 0 and walk[row] == unseen:
            walk[row] = start
            path.append(row)
            row = parent[row]
        if row >= 0 and walk[row] == start:
            loop = path[path.index(row) :]
            first = min(loop)
            loop = loop[loop.index(first) :] + loop[: loop.index(first)]
            names = " → ".join(f"“{frame['id'].iloc[each]}”" for each in [*loop, first])
            problems.append(
                Problem(
                    Kind.CYCLE,
                    f"The units are above each other in a circle: {names}; "
                    f"“{frame['id'].iloc[first]}” is drawn at the top.",
                    "Correct the parent of one of them.",
                    table="units",
                    record=int(frame.index[first]),
                    column="parent_id",
                    value=frame["parent_id"].iloc[first],
                )
            )
            parent[first] = NO_PARENT
        for each in path:
            walk[each] = done


def _gather_roots(
    frame: pd.DataFrame, parent: list[int], about: About
) -> tuple[pd.DataFrame, list[int]]:
    """Return frame and parents with a single root; several are gathered under one of our own."""
    roots = [row for row, above in enumerate(parent) if above == NO_PARENT]
    if len(roots) == 1:
        return frame, parent
    unit = _untaken("organization", set(frame["id"]))
    top = pd.DataFrame(
        [dict.fromkeys(frame.columns, "") | {"id": unit, "name": about.title}],
        index=[0],
        dtype="str",
    )
    gathered = [NO_PARENT, *(above + 1 for above in parent)]
    return pd.concat([top, frame]), gathered


def _numbered(name: str) -> Iterator[str]:
    yield name
    for count in range(2, 10**9):
        yield f"{name}-{count}"


def _preorder(parent: Sequence[int]) -> Numbers:
    """Return the rows of a tree in preorder, children in the order of the table."""
    first_child, next_sibling = [NO_PARENT] * len(parent), [NO_PARENT] * len(parent)
    root = NO_PARENT
    for row in reversed(range(len(parent))):
        above = parent[row]
        if above == NO_PARENT:
            root = row
        else:
            next_sibling[row], first_child[above] = first_child[above], row
    order, waiting = [], [root]
    while waiting:
        row = waiting.pop()
        order.append(row)
        waiting += (each for each in (next_sibling[row], first_child[row]) if each != NO_PARENT)
    return np.asarray(order, dtype=np.int64)


def _shape(parent: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Return depth, size and leaves of units in preorder, where a parent precedes its children."""
    above = parent.tolist()
    depth, size, leaves = [0] * len(above), [1] * len(above), [0] * len(above)
    for unit in range(1, len(above)):
        depth[unit] = depth[above[unit]] + 1
    for unit in reversed(range(1, len(above))):
        leaves[unit] = leaves[unit] or 1
        size[above[unit]] += size[unit]
        leaves[above[unit]] += leaves[unit]
    leaves[0] = leaves[0] or 1
    return np.asarray(depth), np.asarray(size), np.asarray(leaves)


@dataclass
class _SideTables:
    """The tables beside ``units``; a row whose key is nobody's is named and left out."""

    tables: Tables
    number: Mapping[str, int]
    problems: list[Problem]

    def name_unknown_tables(self) -> None:
        """Name the tables that nothing is read from."""
        known = ("units", *REQUIRED_COLUMNS)
        self.problems += (
            Problem(
                Kind.UNUSED_TABLE,
                "There is no use for a table of this name; it is left out.",
                f"The tables are {', '.join(known)}.",
                table=table,
            )
            for table in self.tables.frames
            if table not in known
        )

    def frame(self, table: str, columns: Iterable[str]) -> pd.DataFrame:
        """Return a table with these columns as stripped text; no rows if it cannot be used."""
        columns = list(columns)
        frame = _with_known_names(self.tables.frames.get(table))
        if frame is None:
            return pd.DataFrame(columns=pd.Index(columns), dtype="str")
        absent = [column for column in REQUIRED_COLUMNS[table] if column not in frame]
        if absent:
            self.problems.append(
                Problem(
                    Kind.MISSING_COLUMN,
                    f"The table has no column {', '.join(f'“{name}”' for name in absent)}; "
                    "it is left out.",
                    "Name the columns as docs/data.md does.",
                    table=table,
                )
            )
            return pd.DataFrame(columns=pd.Index(columns), dtype="str")
        frame = frame.assign(**{name: "" for name in columns if name not in frame})
        return _stripped(frame[columns])

    def entries(
        self, table: str, entry: Callable[..., Entry], columns: Sequence[str]
    ) -> dict[str, Entry]:
        """Return the records of a table with an id, by id; the first of each id counts."""
        found: dict[str, Entry] = {}
        for record, cells in self._records(table, columns):
            if not cells["id"] or cells["id"] in found:
                self._leave_out(table, record, "id", cells["id"], "is empty or used before")
            else:
                found[cells["id"]] = entry(**cells)
        return found

    def responsibilities(self, themes: Mapping[str, Theme]) -> Rows[Responsibility]:
        """Return what each unit answers for, by position; unknown themes are named."""
        rows: list[tuple[int, tuple[int, int], Responsibility]] = []
        columns = ("unit_id", "position", "responsibility", "themes", "source")
        for record, cells in self._records("responsibilities", columns):
            unit = self._unit("responsibilities", record, "unit_id", cells["unit_id"])
            if unit is None:
                continue
            if not cells["responsibility"]:
                self._leave_out("responsibilities", record, "responsibility", "", "is empty")
                continue
            named = tuple(dict.fromkeys(split_list(cells["themes"])))
            for theme in named:
                if theme not in themes:
                    self._leave_out("responsibilities", record, "themes", theme, "is no theme")
            rows.append(
                (
                    unit,
                    (self._position(record, cells["position"]), record),
                    Responsibility(
                        cells["responsibility"],
                        tuple(theme for theme in named if theme in themes),
                        cells["source"],
                    ),
                )
            )
        rows.sort(key=lambda row: row[:2])
        return self._rows((unit, responsibility) for unit, _, responsibility in rows)

    def _position(self, record: int, cell: str) -> int:
        """Return a position; without one, a row stands where its record does."""
        if cell.isdecimal() and len(cell) < LONGEST_POSITION:
            return int(cell)
        if cell:
            self._leave_out("responsibilities", record, "position", cell, "is no whole number")
        return record

    def relations(self) -> Rows[Relation]:
        """Return the stated relations, each once with its origin and once with its target."""
        stated: dict[Relation, None] = {}
        columns = ("from_id", "to_id", "kind", "description", "source")
        for record, cells in self._records("relations", columns):
            origin = self._unit("relations", record, "from_id", cells["from_id"])
            target = self._unit("relations", record, "to_id", cells["to_id"])
            if origin is None or target is None:
                continue
            if origin == target:
                self._leave_out("relations", record, "to_id", cells["to_id"], "is its own origin")
                continue
            stated[
                Relation(origin, target, cells["kind"], cells["description"], cells["source"])
            ] = None
        return self._rows([(end, row) for row in stated for end in (row.origin, row.target)])

    def mentions(self, references: Mapping[str, Reference]) -> Rows[Mention]:
        """Return the references that each unit names."""
        rows = []
        columns = ("unit_id", "reference_id", "role", "source")
        for record, cells in self._records("mentions", columns):
            unit = self._unit("mentions", record, "unit_id", cells["unit_id"])
            reference = cells["reference_id"]
            if reference not in references:
                self._leave_out("mentions", record, "reference_id", reference, "is no reference")
            elif unit is not None:
                rows.append((unit, Mention(unit, reference, cells["role"], cells["source"])))
        return self._rows(rows)

    def synonyms(self) -> tuple[Synonym, ...]:
        """Return what people say for what the tables call otherwise."""
        found = []
        for record, cells in self._records("synonyms", ("words", "means")):
            lists = {column: split_list(cell) for column, cell in cells.items()}
            empty = next((column for column, parts in lists.items() if not parts), None)
            if empty:
                self._leave_out("synonyms", record, empty, cells[empty], "names nothing")
            else:
                found.append(Synonym(**lists))
        return tuple(found)

    def _records(self, table: str, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
        frame = self.frame(table, columns)
        for record, *cells in frame.itertuples(name=None):
            yield int(record), dict(zip(columns, cells, strict=True))

    def _unit(self, table: str, record: int, column: str, unit: str) -> int | None:
        if unit not in self.number:
            self._leave_out(table, record, column, unit, "is no unit")
        return self.number.get(unit)

    def _leave_out(self, table: str, record: int, column: str, value: str, fault: str) -> None:
        self.problems.append(
            Problem(
                Kind.UNKNOWN_ENTRY,
                f"“{value}” {fault}; it is left out.",
                "Correct the cell, or remove the record.",
                table=table,
                record=record,
                column=column,
                value=value,
            )
        )

    def _rows(self, rows: Iterable[tuple[int, Row]]) -> Rows[Row]:
        ordered = sorted(rows, key=lambda row: row[0])
        counts = np.bincount([unit for unit, _ in ordered] or [0], minlength=len(self.number))
        if not ordered:
            counts[:] = 0
        first = np.concatenate(([0], np.cumsum(counts)))
        return Rows(tuple(row for _, row in ordered), first)


def _themes_of_units(responsibilities: Rows[Responsibility]) -> Iterator[tuple[str, int]]:
    """Yield each (theme, unit) once, in preorder of the units."""
    for unit in np.flatnonzero(np.diff(responsibilities.first)).tolist():
        themes = (theme for row in responsibilities.of(unit) for theme in row.themes)
        yield from ((theme, unit) for theme in dict.fromkeys(themes))


Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


def _grouped(
    pairs: Iterable[tuple[Key, Value]], keys: Iterable[Key]
) -> dict[Key, tuple[Value, ...]]:
    groups: dict[Key, list[Value]] = {key: [] for key in keys}
    for key, value in pairs:
        groups[key].append(value)
    return {key: tuple(values) for key, values in groups.items()}


def _aliases(
    units: Mapping[str, Sequence[str]], number: Mapping[str, int]
) -> dict[str, tuple[int, ...]]:
    """Return the units that each id, name, acronym and alias leads to, folded."""
    found: dict[str, list[int]] = {}
    for unit in number.values():
        told = [units[column][unit] for column in ("id", "name", "short_name", "acronym")]
        told += split_list(units["aliases"][unit])
        for name in dict.fromkeys(map(fold_text, told)):
            if name:
                found.setdefault(name, []).append(unit)
    return {name: tuple(called) for name, called in found.items()}


def _about(tables: Tables) -> About:
    """Return what the data package says of itself; a file that says nothing has its own name."""
    package = tables.descriptor
    source, licence = _first(package.get("sources")), _first(package.get("licenses"))
    return About(
        name=_text(tables.name),
        title=_text(package.get("title")) or _text(tables.name),
        description=_text(package.get("description")),
        source_title=_text(source.get("title")),
        source_url=_web_address(_text(source.get("path"))),
        licence=_text(licence.get("title")) or _text(licence.get("name")),
        date=_text(package.get("created"))[:10],
        language=_language(_text(package.get("language"))),
    )


def _first(entries: object) -> Mapping[str, object]:
    """Return the first entry of a list of objects in a descriptor, or an empty one."""
    entry = entries[0] if isinstance(entries, list) and entries else None
    return entry if isinstance(entry, dict) else {}


def _text(value: object) -> str:
    """Return text that can be encoded; anything but text counts as nothing said."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""


def _language(text: str) -> str:
    """Return the tag of a language only if it is written as one (BCP 47)."""
    return text if LANGUAGE_TAG.fullmatch(text) else ""


def _web_address(text: str) -> str:
    """Return an address only if a link to it is safe: ``javascript:`` and the like are none."""
    return text if text.startswith(("https://", "http://")) else ""


def _version(tables: Tables) -> str:
    """Return a hash of every cell, heading and word about the data."""
    digest = hashlib.sha256()

    def add(content: object) -> None:
        digest.update(repr(content).encode("utf-8", "surrogatepass"))

    add((tables.name, sorted(tables.descriptor.items(), key=str)))
    for name, frame in sorted(tables.frames.items()):
        add((name, frame.index.tolist()))
        for column in frame.columns:
            add((column, frame[column].tolist()))
    return digest.hexdigest()[:16]
