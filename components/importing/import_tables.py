"""Tables become an organization: keys are resolved, faults are named, the forest becomes a tree.

What can be drawn is drawn. A record that cannot be understood is named as a ``Problem`` with its
table, record and column; only a dataset without a single unit is refused.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from types import MappingProxyType
from typing import Any, TypeVar

import numpy as np

from components.importing.column_names import words_of
from components.importing.parents import NO_PARENT, Forest, forest_of
from components.importing.recognition import recognise
from components.importing.report import Imported, TableReport
from components.importing.side_tables import SideTables, Units
from components.importing.table_roles import Recognised, Use
from components.importing.unit_rows import Listing, listing_of
from components.model.organization import (
    UNIT_COLUMNS,
    About,
    Numbers,
    Organization,
    Reference,
    Responsibility,
    Rows,
    Theme,
)
from components.model.text import slug
from components.problems import DataError, Problem, ProblemKind, Severity, refusal
from components.reading.tables import Tables

LANGUAGE_TAG = re.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
FURTHER_PARENT = "also_part_of"
"""The kind of relation that a unit has with its second and any further parent."""
SAID_ONCE = frozenset(UNIT_COLUMNS) - {"id", "source", "notes"}
"""What is the same in all records of a unit."""
MAX_SHOWN = 20
"""Units of a circle that are named."""


def import_tables(tables: Tables, mapping: Mapping[str, str] = MappingProxyType({})) -> Imported:
    """Return the organization that the tables describe; its ``problems`` name every fault.

    ``mapping`` has the column for each of ours that is set: ``{"parent": "reports_to"}``.

    Raises:
        DataError: nothing in the tables can be drawn, or a column that is set does not exist.
    """
    problems = list(tables.problems)
    try:
        recognised = recognise(tables, mapping)
    except DataError as error:
        raise DataError((*error.problems, *problems)) from error
    use = recognised.units
    listing = listing_of(recognised)
    _leave_out_nameless(listing, use, problems)
    _give_ids(listing)
    _merge_repeated(listing, use, problems)
    forest = forest_of(listing, use.table, _parent_column(use), problems)
    about = _about(tables)
    made = _add_placeholders(listing, forest)
    _break_cycles(forest, listing, use, problems)
    top, isolated = _gather_roots(listing, forest, use, about.title, problems)
    above = np.asarray(forest.above, dtype=np.int64)
    order = _preorder(forest.above, isolated)
    number_of_row = np.empty(len(order), dtype=np.int64)
    number_of_row[order] = np.arange(len(order))
    above = above[order]
    above[above >= 0] = number_of_row[above[above >= 0]]
    depth, size, leaves = _shape(above)
    branch = np.maximum(np.cumsum(depth == 1) - 1, 0)
    for array in (above, depth, size, leaves, branch):
        array.flags.writeable = False

    rows = order.tolist()
    units = {column: [cells[row] for row in rows] for column, cells in listing.cells.items()}
    number = {unit: index for index, unit in enumerate(units["id"])}
    numbers = number_of_row.tolist()
    side = SideTables(
        recognised, Units(number, lambda: _also_called(listing, numbers, number)), problems
    )
    side.name_unused_tables()
    themes = side.entries("themes", Theme, ("id", "name", "description"))
    references = side.entries(
        "references", Reference, ("id", "name", "acronym", "kind", "description")
    )
    own = ((numbers[row], text) for row, text in enumerate(listing.responsibilities) if text)
    responsibilities = side.responsibilities(themes, own)
    mentions = side.mentions(references)
    further = [(numbers[row], numbers[parent], FURTHER_PARENT) for row, parent in forest.others]
    relations = side.relations(further, listing.linked)
    organization = Organization(
        about=about,
        version=_version(tables, mapping),
        parent=above,
        depth=depth,
        size=size,
        leaves=leaves,
        branch=branch,
        themes=themes,
        references=references,
        synonyms=side.synonyms(),
        mentions_by_reference=_grouped(
            ((mention.reference, mention) for mention in mentions.rows), references
        ),
        units_by_theme=_grouped(_themes_of_units(responsibilities), themes),
        number=number,
        units=units,
        responsibilities=responsibilities,
        relations=relations,
        mentions=mentions,
        problems=tuple(problems),
        synthetic=frozenset(numbers[row] for row in [*made, *top]),
        has_synthetic_top=bool(top),
    )
    return Imported(organization, tuple(_table_reports(tables, recognised)))


def _parent_column(use: Use) -> str:
    return use.columns.get("parent_id") or use.columns.get("children", "")


def _leave_out_nameless(listing: Listing, use: Use, problems: list[Problem]) -> None:
    """Leave out the rows without a name and an id; call the others by their id where need be."""
    ids, names = listing.cells["id"], listing.cells["name"]
    nameless = [row for row, told in enumerate(zip(ids, names, strict=True)) if not any(told)]
    totals = _totals(listing)
    problems += (
        Problem(
            ProblemKind.NAMELESS,
            "The record is a total and no unit; it is left out.",
            "Give it a parent if it is a unit.",
            table=use.table,
            record=listing.records[row],
            value=names[row] or ids[row],
            severity=Severity.NOTE,
        )
        for row in totals
    )
    problems += (
        Problem(
            ProblemKind.NAMELESS,
            "The record has neither a name nor an id and is left out.",
            "Name the unit, or remove the record.",
            table=use.table,
            record=listing.records[row],
            column=use.columns.get("name", ""),
        )
        for row in nameless
    )
    if len(nameless) + len(totals) == len(listing):
        raise refusal(
            ProblemKind.NO_UNITS,
            use.table,
            "No record has a name or an id.",
            "Give it a column “name”, a column “parent” and one record a unit.",
        )
    if nameless or totals:
        out = {*nameless, *totals}
        listing.keep([row for row in range(len(listing)) if row not in out])
    pairs = zip(listing.cells["name"], listing.cells["id"], strict=True)
    listing.cells["name"] = [name or unit for name, unit in pairs]


def _totals(listing: Listing) -> list[int]:
    """Return the last row if it sums the others up, as spreadsheets have it."""
    row = len(listing) - 1
    told = (listing.cells["name"][row], listing.cells["id"][row])
    is_total = any(name.casefold().rstrip(":") in words_of("total") for name in told)
    return [row] if row and is_total and not listing.parents[row] else []


def _give_ids(listing: Listing) -> None:
    """Make ids of names where there are none."""
    ids = listing.cells["id"]
    if "" not in ids:
        return
    taken = set(ids)
    listing.cells["id"] = [
        unit or _untaken(slug(name) or "unit", taken)
        for unit, name in zip(ids, listing.cells["name"], strict=True)
    ]


def _merge_repeated(listing: Listing, use: Use, problems: list[Problem]) -> None:
    """Leave one row an id: exact duplicates go, further parents become relations."""
    if listing.repeated:
        problems.append(_told_before(listing, use))
    if not use.columns.get("id"):
        _name_duplicates(use, problems)
        return
    first: dict[str, int] = {}
    kept = []
    listing.responsibilities = list(listing.responsibilities)
    for row, unit in enumerate(listing.cells["id"]):
        if unit in first:
            problem = _merge(listing, first[unit], row, use)
            problems += [problem] if problem else []
        else:
            first[unit] = row
            kept.append(row)
    if len(kept) < len(listing):
        listing.keep(kept)


def _merge(listing: Listing, first: int, row: int, use: Use) -> Problem | None:
    """Add what a further row says of a unit to its first, and return what is wrong with that."""
    unit, earlier = listing.cells["id"][row], listing.records[first]
    place: dict[str, Any] = {
        "table": use.table,
        "record": listing.records[row],
        "column": use.columns["id"],
        "value": unit,
    }
    one, other = (_record(use, listing.sources[each]) for each in (first, row))
    if one == other:
        return Problem(
            ProblemKind.DUPLICATE_RECORD,
            f"The record is the same as record {earlier}; it is left out.",
            "Remove one of them.",
            severity=Severity.NOTE,
            **place,
        )
    name = use.columns.get("name", use.columns["id"])
    if other[name] not in {"", one[name]}:
        return _repeated_id(unit, earlier, place)
    told = listing.responsibilities[row]
    if told and told != listing.responsibilities[first]:
        listing.responsibilities[first] = f"{listing.responsibilities[first]}\n{told}".strip()
    parent = listing.parents[row]
    if parent and parent != listing.parents[first]:
        listing.further.setdefault(first, []).append(parent)
        return Problem(
            ProblemKind.SEVERAL_PARENTS,
            f"“{unit}” has another parent in record {earlier}; it is drawn under that one and "
            f"related to “{parent}”.",
            "Leave one record, with the parent under which it is to be drawn.",
            **(place | {"column": _parent_column(use), "value": parent}),
        )
    said = {use.columns[ours] for ours in SAID_ONCE & use.columns.keys()}
    if told and all(other[column] in {"", one[column]} for column in said):
        return None  # a record for each of its responsibilities
    return _repeated_id(unit, earlier, place)


def _record(use: Use, source: int) -> dict[str, str]:
    """Return the cells of a record by their columns."""
    return {column: use.cells.of(column)[source] for column in use.cells.header}


def _repeated_id(unit: str, earlier: int, place: Mapping[str, Any]) -> Problem:
    return Problem(
        ProblemKind.DUPLICATE_ID,
        f"The id “{unit}” stands in record {earlier} too; this record is left out.",
        "Give each unit an id of its own.",
        **place,
    )


def _name_duplicates(use: Use, problems: list[Problem]) -> None:
    """Name records that are alike where no id tells whether they are the same unit."""
    columns = [use.cells.of(column) for column in use.cells.header]
    names = use.cells.of(use.columns["name"]) if "name" in use.columns else columns[0]
    records = use.cells.frame.index
    rows_of: dict[tuple[str, ...], list[int]] = {}
    for row, cells in enumerate(zip(*columns, strict=True)):
        rows_of.setdefault(cells, []).append(row)
    for cells, (first, *others) in rows_of.items():
        if others and any(cells):
            more = f", as are {len(others) - 1:,} others" if len(others) > 1 else ""
            problems.append(
                Problem(
                    ProblemKind.DUPLICATE_RECORD,
                    f"The record is the same as record {records[first]}{more}; all are drawn.",
                    "Remove what stands twice, or give each unit an id.",
                    table=use.table,
                    record=int(records[others[0]]),
                    column=use.columns.get("name", ""),
                    value=names[first],
                )
            )


def _told_before(listing: Listing, use: Use) -> Problem:
    """Return what to say of records whose units stand in earlier ones by their levels or paths."""
    records = listing.repeated
    are = (
        "record is of a unit that stands"
        if len(records) == 1
        else "records are of units that stand"
    )
    return Problem(
        ProblemKind.DUPLICATE_RECORD,
        f"{len(records):,} {are} in an earlier record; only responsibilities are added from there.",
        "Give each unit one record, or each record a unit of its own.",
        table=use.table,
        record=records[0],
        column=(use.levels or (use.columns.get("path", ""),))[-1],
        severity=Severity.NOTE,
    )


def _add_placeholders(listing: Listing, forest: Forest) -> list[int]:
    """Add a row for each parent that has no record; return these rows."""
    taken = set(listing.cells["id"])
    rows = []
    for key, name, record in forest.placeholders:
        rows.append(_add(listing, _untaken(key, taken), name, record))
        forest.above.append(NO_PARENT)
    return rows


def _add(listing: Listing, unit: str, name: str, record: int) -> int:
    """Add a unit of no record to a listing and return its row."""
    for column in UNIT_COLUMNS:
        told = {"id": unit, "name": name}.get(column, "")
        listing.cells[column] = [*listing.cells[column], told]
    listing.records.append(record)
    listing.responsibilities = [*listing.responsibilities, ""]
    return len(listing) - 1


def _break_cycles(forest: Forest, listing: Listing, use: Use, problems: list[Problem]) -> None:
    """Cut each cycle at its earliest record, and name it as a path."""
    parent, ids = forest.above, listing.cells["id"]
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
            shown = [*loop, first] if len(loop) <= MAX_SHOWN else [*loop[:MAX_SHOWN], first]
            names = [f"“{ids[each]}”" for each in shown]
            if len(loop) > MAX_SHOWN:
                names[-1:-1] = [f"{len(loop) - MAX_SHOWN} more"]
            problems.append(
                Problem(
                    ProblemKind.CYCLE,
                    f"The units are above each other in a circle: {' → '.join(names)}; "
                    f"“{ids[first]}” is drawn at the top.",
                    "Correct the parent of one of them.",
                    table=use.table,
                    record=listing.records[first],
                    column=_parent_column(use),
                    value=listing.parents[first] if first < len(listing.parents) else "",
                )
            )
            parent[first] = NO_PARENT
        for each in path:
            walk[each] = done


def _gather_roots(
    listing: Listing, forest: Forest, use: Use, title: str, problems: list[Problem]
) -> tuple[list[int], list[int]]:
    """Put several roots under one of our own; return the row of that, if any.

    Returned too are the rows of those with nothing below. They come last: what has a hierarchy is
    what is to be seen.
    """
    roots = [row for row, above in enumerate(forest.above) if above == NO_PARENT]
    if len(roots) == 1:
        return [], []
    above = set(forest.above)
    isolated = [row for row in roots if row not in above]
    top = _add(listing, _untaken("organization", set(listing.cells["id"])), title, 0)
    forest.above.append(NO_PARENT)
    for row in roots:
        forest.above[row] = top
    count = len(roots) - len(forest.placeholders)
    units = "1 unit has" if count == 1 else f"{count:,} units have"
    alone = f", {len(isolated):,} of them with nothing below" if isolated else ""
    problems.append(
        Problem(
            ProblemKind.MANY_ROOTS,
            f"{units} no parent{alone}; what is at the top is gathered under “{title}”.",
            "Name the parent of each, if it has one.",
            table=use.table,
            column=_parent_column(use),
            severity=Severity.NOTE,
        )
    )
    return [top], isolated


def _table_reports(tables: Tables, recognised: Recognised) -> Iterator[TableReport]:
    """Yield a report of each table, in the order of the dataset."""
    uses = {use.table: use for use in (recognised.units, *recognised.side.values())}
    for table in tables.frames:
        use = uses.get(table)
        reading = tables.readings.get(table)
        yield TableReport(table, use.use if use else "", use.said() if use else {}, reading)


def _also_called(
    listing: Listing, numbers: Sequence[int], number: Mapping[str, int]
) -> dict[str, int]:
    """Return the units that other tables may refer to by a key or a name that no other has."""
    called: dict[str, int] = {}
    shared: set[str] = set()
    for row, told in enumerate(zip(listing.keys, listing.cells["name"], strict=False)):
        for name in {*told}:
            if name in number:
                continue
            if name in called:
                shared.add(name)
            called[name] = numbers[row]
    return {name: unit for name, unit in called.items() if name not in shared}


def _untaken(base: str, taken: set[str]) -> str:
    """Return a name, numbered if it is taken, and take it."""
    name = next(name for name in _numbered(base) if name not in taken)
    taken.add(name)
    return name


def _numbered(name: str) -> Iterator[str]:
    yield name
    for count in range(2, 10**9):
        yield f"{name}-{count}"


def _preorder(parent: Sequence[int], last: Sequence[int]) -> Numbers:
    """Return the rows of a tree in preorder, children in the order of the table.

    Those of some rows come ``last`` among their siblings.
    """
    late = set(last)
    others = [row for row in range(len(parent)) if row not in late] if late else range(len(parent))
    first_child, next_sibling = [NO_PARENT] * len(parent), [NO_PARENT] * len(parent)
    root = NO_PARENT
    for row in chain(reversed(last), reversed(others)):
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


def _version(tables: Tables, mapping: Mapping[str, str]) -> str:
    """Return a hash of every cell, heading and word about the data, and of what is set."""
    digest = hashlib.sha256()

    def add(*content: object) -> None:
        digest.update(repr(content).encode("utf-8", "surrogatepass"))

    add(tables.name, sorted(mapping.items()), sorted(tables.descriptor.items(), key=str))
    for name, frame in sorted(tables.frames.items()):
        add(name, frame.index.tolist())
        for column in frame.columns:
            cells = frame[column].tolist()
            add(column)
            # Where one cell ends and the next begins cannot be told from their text alone.
            digest.update(np.fromiter(map(len, cells), np.int64, len(cells)).tobytes())
            digest.update("".join(cells).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:16]
