"""Whatever shape a hierarchy has in its table, it becomes one unit and its parent's key a row.

A parent by id or name, columns of levels, paths, lists of children, links of a graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from components.importing.cells import Cells, is_none, parts_of
from components.importing.column_names import fold_name, whole_named, words_of
from components.importing.hierarchy_detection import prefix_of
from components.importing.parent_column import path_separator
from components.importing.table_roles import (
    CHILDREN,
    LINKS,
    MOSTLY,
    PARENT_NAME,
    PATH,
    RESPONSIBILITIES,
    Recognised,
    Use,
)
from components.model.organization import UNIT_COLUMNS
from components.model.text import fold_text

Link = tuple[str, str, int]
"""Two ends, the parent first where that is known, and the number of the record."""
STEP = "\x1f"
"""Between the steps of a path that is a key; no cell has it."""


@dataclass
class Listing:
    """The units of a table, a row each, before their parents are looked up by their keys."""

    cells: dict[str, list[str]]
    """For each of our columns of units, its cell in each row."""
    records: list[int]
    keys: list[str]
    parents: list[str]
    """As the table has them: a key, a name, several of them, or a word for none."""
    parent_names: list[str]
    responsibilities: list[str]
    sources: list[int]
    """The number of the row in the table from which each row comes."""
    further: dict[int, list[str]] = field(default_factory=dict)
    """The keys of further parents of a row."""
    repeated: list[int] = field(default_factory=list)
    """The records of units that stand in earlier ones: such as those of people in departments."""
    linked: frozenset[int] = frozenset()
    """The records of the table of relations that are the hierarchy."""

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.records)

    def keep(self, rows: Sequence[int]) -> None:
        """Leave only these rows."""
        new = {row: at for at, row in enumerate(rows)}
        for column, cells in self.cells.items():
            self.cells[column] = [cells[row] for row in rows]
        self.records = [self.records[row] for row in rows]
        self.keys = [self.keys[row] for row in rows]
        self.parents = [self.parents[row] for row in rows]
        self.parent_names = [self.parent_names[row] for row in rows]
        self.responsibilities = [self.responsibilities[row] for row in rows]
        self.sources = [self.sources[row] for row in rows]
        self.further = {new[row]: keys for row, keys in self.further.items() if row in new}


def listing_of(recognised: Recognised) -> Listing:
    """Return the units of a dataset with what their table says of their parents."""
    use = recognised.units
    if use.levels:
        return _of_paths(use, list(_filled_down(use.cells, use.levels)))
    if PATH in use.columns:
        return _of_paths(use, _paths(use))
    listing = _of_records(use)
    if "parent_id" in use.columns:
        if "relations" in recognised.side:
            listing.linked = _said_twice(listing, recognised.side["relations"])
        return listing
    if CHILDREN in use.columns:
        _turn_over(listing, use.cells.of(use.columns[CHILDREN]))
    elif use.nested:
        known = set(listing.keys)
        listing.parents = [prefix_of(key, use.nested, known) for key in listing.keys]
    elif "relations" in recognised.side:
        _follow_links(listing, recognised.side["relations"])
    return listing


def _of_records(use: Use) -> Listing:
    cells = use.cells
    nothing = [""] * len(cells)

    def column(name: str) -> list[str]:
        found = use.columns.get(name)
        # Shared with others, and never changed in place: see Listing.keep.
        return cells.of(found) if found else nothing

    return Listing(
        cells={name: column(name) for name in UNIT_COLUMNS},
        records=[int(record) for record in cells.frame.index],
        keys=cells.of(use.key) if use.key else column("id"),
        parents=column("parent_id"),
        parent_names=column(PARENT_NAME),
        responsibilities=column(RESPONSIBILITIES),
        sources=list(range(len(cells))),
    )


# Levels and paths


def _filled_down(cells: Cells, levels: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield the path of each record; a level that is empty above a filled one is as before.

    That is how spreadsheets look in which a department is written once, above its divisions.
    """
    before: tuple[str, ...] = ()
    for row in zip(*(cells.of(level) for level in levels), strict=True):
        steps = ["" if is_none(cell) else cell for cell in row]
        first = next((at for at, step in enumerate(steps) if step), len(steps))
        steps[:first] = before[:first] if first < len(steps) else []
        path = tuple(step for step in steps if step)
        # Shallow units are often written out to the last level: "Board, Board, Board".
        while len(steps) > 1 and steps[-1] and steps[-1] == steps[-2]:
            steps, path = steps[:-1], path[:-1]
        if path:
            before = (*steps, *[""] * (len(levels) - len(steps)))
        yield path


def _paths(use: Use) -> list[tuple[str, ...]]:
    """Return the path of each record down to its unit itself."""
    cells = use.cells
    texts = cells.of(use.columns[PATH])
    separator = path_separator(cells.counts(use.columns[PATH])) or "/"
    paths = [
        tuple(step for step in (step.strip() for step in text.split(separator)) if step)
        for text in texts
    ]
    own = [use.columns[column] for column in ("name", "id") if column in use.columns]
    ends = [path[-1] if path else "" for path in paths]
    if not own or any(_agree(ends, cells.of(column)) for column in own):
        return paths
    names = {cell for column in own for cell in cells.counts(column)}
    if _are_closed(paths) and sum(end in names for end in ends) < MOSTLY * len(ends):
        return paths
    return [(*path, name) for path, name in zip(paths, cells.of(own[0]), strict=True)]


def _are_closed(paths: Sequence[tuple[str, ...]]) -> bool:
    """Tell whether paths of codes lead to their units themselves: so do all beginnings of them."""
    known = set(paths)
    return len(known) == len(paths) and all(path[:-1] in known for path in paths if len(path) > 1)


def _agree(ends: Sequence[str], cells: Sequence[str]) -> bool:
    same = sum(fold_text(end) == fold_text(cell) for end, cell in zip(ends, cells, strict=True))
    return same >= MOSTLY * len(ends)


def _of_paths(use: Use, paths: Sequence[tuple[str, ...]]) -> Listing:
    """Return a row for each path, and for each beginning of one.

    What a record says of its unit stands with its whole path; a beginning of it has a name alone,
    unless it has a record of its own.
    """
    plain = _of_records(use)
    types = _types_of_levels(use)
    row_of: dict[tuple[str, ...], int] = {}
    listed: list[tuple[tuple[str, ...], int, bool]] = []
    described: dict[int, int] = {}
    for row, path in enumerate(paths):
        for depth in range(1, len(path) + 1):
            start = path[:depth]
            if start not in row_of:
                row_of[start] = len(listed)
                listed.append((start, row, False))
        if path:
            described.setdefault(row_of[path], row)
    repeated = [row for row, path in enumerate(paths) if path and described[row_of[path]] != row]
    nothing = ""
    cells = {
        name: [values[described[at]] if at in described else nothing for at in range(len(listed))]
        for name, values in plain.cells.items()
    }
    named = bool(use.columns.get("name")) and not use.levels
    cells["name"] = [
        (cells["name"][at] if named else nothing) or path[-1]
        for at, (path, _, _) in enumerate(listed)
    ]
    if types and "type" not in use.columns:
        cells["type"] = [types[min(len(path), len(types)) - 1] for path, _, _ in listed]
    listing = Listing(
        cells=cells,
        records=[plain.records[described.get(at, row)] for at, (_, row, _) in enumerate(listed)],
        keys=[STEP.join(path) for path, _, _ in listed],
        parents=[STEP.join(path[:-1]) for path, _, _ in listed],
        parent_names=[nothing] * len(listed),
        responsibilities=[
            plain.responsibilities[described[at]] if at in described else nothing
            for at in range(len(listed))
        ],
        sources=[described.get(at, -1) for at in range(len(listed))],
        repeated=[plain.records[row] for row in repeated],
    )
    for row in repeated:
        at = row_of[paths[row]]
        if plain.responsibilities[row]:
            told = [listing.responsibilities[at], plain.responsibilities[row]]
            listing.responsibilities[at] = "\n".join(filter(None, told))
    return listing


def _types_of_levels(use: Use) -> tuple[str, ...]:
    """Return what units of each level are, where its column says so: ``Department``, ``課``."""
    if any(character.isdigit() for level in use.levels for character in level):
        return ()
    return tuple(" ".join(fold_name(level)) if level.isascii() else level for level in use.levels)


# Children, and links


def _turn_over(listing: Listing, children: Sequence[str]) -> None:
    """Make lists of children parents of the children; further ones stay further."""
    row_of = _rows_by_key_or_name(listing)
    listing.parents = list(listing.parents)
    for row, cell in enumerate(children):
        if cell and not is_none(cell):
            ways = [(cell,), *parts_of(cell)]
            parts = max(ways, key=lambda parts: sum(part in row_of for part in parts))
            for part in parts:
                if part in row_of:
                    key = listing.keys[row] or listing.cells["name"][row]
                    _put_under(listing, row_of[part], key)


def _follow_links(listing: Listing, use: Use) -> None:
    """Make the links of a hierarchy parents, if a table of relations has any."""
    pairs = _called_hierarchy(use)
    if pairs is None:
        pairs = _tree(_links(use))
    row_of = _rows_by_key_or_name(listing)
    listing.parents = list(listing.parents)
    known = [pair for pair in pairs if pair[1] in row_of]
    listing.linked = frozenset(record for _, _, record in known)
    for parent, child, _ in known:
        _put_under(listing, row_of[child], parent)


def _said_twice(listing: Listing, use: Use) -> frozenset[int]:
    """Return the records of a table of relations that only say what the column of parents says."""
    parent_of = dict(zip(listing.keys, listing.parents, strict=True))
    pairs = _called_hierarchy(use) or []
    return frozenset(record for parent, child, record in pairs if parent_of.get(child) == parent)


def _links(use: Use) -> list[Link]:
    """Return the ends and the number of each record of a table of relations."""
    ends = [use.columns.get(end, "") for end in ("from_id", "to_id")]
    if not all(ends):
        return []
    records = use.cells.frame.index.tolist()
    return list(zip(*(use.cells.of(end) for end in ends), records, strict=True))


def _called_hierarchy(use: Use) -> list[Link] | None:
    """Return the links that are called a hierarchy, as parent and child; None if none is."""
    links = _links(use)
    ends = [use.columns.get(end, "") for end in ("from_id", "to_id")]
    if whole_named(LINKS, "parent", ends[:1]) and whole_named(LINKS, "child", ends[1:]):
        return links
    kinds = [fold_text(" ".join(fold_name(kind))) for kind in _kinds(use)]
    downwards, upwards = words_of("downwards"), words_of("upwards")
    if not links or not {*kinds} & (downwards | upwards):
        return None
    pairs = [link for link, kind in zip(links, kinds, strict=True) if kind in downwards]
    turned = (link for link, kind in zip(links, kinds, strict=True) if kind in upwards)
    return [*pairs, *((target, origin, record) for origin, target, record in turned)]


def _tree(links: list[Link]) -> list[Link]:
    """Return links as parent and child if they make a tree: one end of them does not repeat."""
    origins, targets = ({link[end] for link in links} for end in (0, 1))
    if len(targets) == len(links):
        return links
    if len(origins) == len(links):
        return [(target, origin, record) for origin, target, record in links]
    return []


def _kinds(use: Use) -> Iterable[str]:
    kind = use.columns.get("kind")
    return use.cells.of(kind) if kind else [""] * len(use.cells)


def _put_under(listing: Listing, row: int, parent: str) -> None:
    if not listing.parents[row]:
        listing.parents[row] = parent
    elif parent != listing.parents[row]:
        listing.further.setdefault(row, []).append(parent)


def _rows_by_key_or_name(listing: Listing) -> dict[str, int]:
    named = chain(
        zip(listing.cells["name"], range(len(listing)), strict=True),
        zip(listing.cells["id"], range(len(listing)), strict=True),
        zip(listing.keys, range(len(listing)), strict=True),
    )
    return dict(named)
