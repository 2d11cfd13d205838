"""What tables and their columns are: found by their names, confirmed by what stands in them.

The column of parents is the one whose cells occur among the ids, or among the names; a table of
responsibilities is one that refers to the units; and so on. What a keeper has set is taken as set.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Any

import pandas as pd

from components.model.cells import Cells, LooseKeys, is_none, refers
from components.model.columns import (
    columns_of,
    fold_name,
    part_named,
    use_of_table,
    whole_named,
    words_of,
)
from components.reading.problems import Kind, refusal
from components.reading.tables import Tables

UNITS, RESPONSIBILITIES, RELATIONS = "units", "responsibilities", "relations"
LINKS, POSTS = "links", "posts"
LEVELS, PATH, CHILDREN, PARENT_NAME = "levels", "path", "children", "parent_name"
SHAPES = frozenset(["parent_id", PATH, CHILDREN])
"""The columns of which one makes a hierarchy."""
JOINED = "+"
"""Between the columns of a composite key: ``ministry_code+unit_code``."""
MOSTLY, SOMETIMES, SURELY, ALWAYS = 0.5, 0.3, 0.8, 0.9
"""Shares of a column's different cells that must refer to units for it to be taken for one."""
KEY = 0.75
"""The share of different cells from which on a column without a telling name may be a key."""
SAMPLE = 1_000
"""Different cells of a column that are looked at where all would take long."""
LINKED = 2
"""Columns of a link that refer to units."""
LEAST_LEVELS = 3
LEAST_CHILDREN = 3
MANY_TYPES = 0.5
"""A column with more different cells than this share of the records gives no type of unit."""
LONG_NUMBER = 10
"""Digits of what is a code rather than a number of steps."""
OF_A_NAME = frozenset(["name", "sub", "general", "nombre", "nom", "nome"])
"""Words that a column may have beside a sort of unit: ``Department name``."""
RECORD = "record"
"""The column that readers of nested data add: which record, for ``parent record``."""
NO_NAMES = (
    *("id", "parent_id", "acronym", "type", RESPONSIBILITIES, "head", "location", "summary"),
    *("status", "source", "notes"),
)
"""Columns of units that are no names, however many words they have."""
PERSON_WORDS = frozenset(["manager", "supervisor", "boss"])
"""A parent of these words that is nobody in the table is a person, and not a unit."""


@dataclass(frozen=True)
class Use:
    """What a table is used as, and which of its columns is each of ours."""

    table: str
    use: str
    cells: Cells
    columns: Mapping[str, str]
    """The column for each of ours, such as ``{"parent_id": "reports_to"}``."""
    key: str = ""
    """The column that other records refer to; the ids, mostly."""
    levels: tuple[str, ...] = ()
    """Columns of which each has a level of the hierarchy, from the top down."""
    nested: str = ""
    """What stands between the steps of ids that begin with their parents': ``1.2.3``."""

    def said(self) -> dict[str, str]:
        """Return the columns as they are told: also those of a hierarchy's levels."""
        return dict(self.columns) | ({LEVELS: JOINED.join(self.levels)} if self.levels else {})


@dataclass(frozen=True)
class Recognised:
    """All tables of a dataset, each with its use."""

    units: Use
    side: Mapping[str, Use]
    """By what it is used as."""
    unused: tuple[str, ...]


def recognise(tables: Tables, mapping: Mapping[str, str]) -> Recognised:
    """Return what each table is, and its columns.

    ``mapping`` has the column of the table of units for each of ours that is set; several, joined
    with ``+``, are a composite key or the levels of a hierarchy.

    Raises:
        DataError: a column that is set does not exist, or no table has units.
    """
    cells = {name: Cells(frame) for name, frame in tables.frames.items() if len(frame.columns)}
    if not any(len(each) for each in cells.values()):
        name = next(iter(tables.frames), tables.name)
        raise refusal(
            Kind.NO_UNITS,
            name,
            "There is a header and nothing below it." if cells else "There is no table in it.",
            "Give it one record a unit.",
        )
    schemas = _schemas(tables.descriptor)
    called = {name: use_of_table(name) for name in cells}
    meant = UNITS if UNITS in called.values() else ""
    uses = {
        name: _units(
            name,
            each if len(cells) > 1 else _with_units_of_links(each),
            _of_schema(name, each, schemas) | _mapped(name, each, mapping),
        )
        for name, each in cells.items()
        if len(each) and (called[name] in {meant, ""} or meant not in called.values())
    }
    name = _table_of_units(uses, cells)
    units = uses[name]
    side: dict[str, Use] = {}
    unused: list[str] = []
    for other, each in cells.items():
        if other == name:
            continue
        use = _side(other, each, units)
        if use is None or use.use in side:
            unused.append(other)
        else:
            side[use.use] = use
    return Recognised(units, side, tuple(unused))


# The table of units


def _units(table: str, cells: Cells, given: Mapping[str, str]) -> Use:
    """Return a table as one of units, whether it is or not."""
    columns = dict(given)
    levels = tuple(columns.pop(LEVELS).split(JOINED)) if LEVELS in columns else ()
    cells = _with_composites(cells, columns.values())
    key = ""
    if "parent_id" in columns:
        key = _best_key(cells, columns["parent_id"], _keys(cells, columns))[0]
    elif not levels and not SHAPES & columns.keys():
        columns, key = _hierarchy(cells, columns)
        cells = _with_composites(cells, columns.values())
        if not SHAPES & columns.keys():
            ids = part_named(UNITS, "id", cells.header)
            levels = _levels(cells, {*columns.values(), *ids})
    if not levels and not {"id", RESPONSIBILITIES, *SHAPES} & columns.keys():
        columns |= _duties(cells, columns)
    _add_others(cells, columns, key, levels)
    nested = ""
    if not levels and not SHAPES & columns.keys():
        nested = _nested(cells, columns)
    return Use(table, UNITS, cells, columns, key or columns.get("id", ""), levels, nested)


def _add_others(cells: Cells, columns: dict[str, str], key: str, levels: Sequence[str]) -> None:
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


def _hierarchy(cells: Cells, given: Mapping[str, str]) -> tuple[dict[str, str], str]:
    """Return the columns with the one of parents, paths or children added, and the key."""
    columns = dict(given)
    parent, key = _parent(cells, columns)
    if parent:
        composite = _composite(cells, parent, key)
        if composite:
            columns["parent_id"], columns["id"] = composite
            return columns, composite[1]
        columns["parent_id"] = parent
        return columns, key
    paths = [
        *whole_named(UNITS, PATH, cells.header),
        *whole_named(UNITS, "parent_id", cells.header),
    ]
    for column, names, looks_right in (
        (PATH, paths, _is_path),
        (CHILDREN, whole_named(UNITS, CHILDREN, cells.header), _has_children),
    ):
        for name in names:
            if name not in columns.values() and looks_right(cells, name, columns):
                columns[column] = name
                return columns, ""
    return columns, ""


def _leads_to(cells: Cells, name: str, keys: Iterable[str]) -> bool:
    """Tell whether the cells of a column of parents are paths whose last steps are units."""
    paths = cells.counts(name)
    separator = path_separator(paths)
    if not separator:
        return False
    ends = [path.strip(separator).split(separator)[-1].strip() for path in paths]
    return any(sum(end in cells.counts(key) for end in ends) >= MOSTLY * len(ends) for key in keys)


def _parent(cells: Cells, given: Mapping[str, str]) -> tuple[str, str]:
    """Return the column of parents and the key that it refers to; empty where there is none."""
    free = [name for name in cells.header if name not in given.values()]
    whole = [name for name in whole_named(UNITS, "parent_id", free) if cells.counts(name)]
    parts = [name for name in part_named(UNITS, "parent_id", free) if cells.counts(name)]
    parts = [name for name in parts if name not in whole]
    named_otherwise = set(whole_named(UNITS, PARENT_NAME, free))
    parts = [name for name in parts if name not in named_otherwise]
    best = _Best(cells, given)
    for names, least in ((whole, MOSTLY), (parts, MOSTLY), (whole, 0.0), (parts, SOMETIMES)):
        fitting = [name for name in names if best[name][1] > least]
        if fitting:
            name = max(fitting, key=lambda each: best[each][1]) if least == 0.0 else fitting[0]
            return name, best[name][0]
    if any(_leads_to(cells, name, _keys(cells, given)) for name in whole):
        return "", ""
    telling = set(part_named(UNITS, "parent_id", whole))
    for name in whole:
        if all(map(is_none, cells.counts(name))):
            return name, best[name][0]
        words = set(fold_name(name))
        if name in telling and not words & PERSON_WORDS:
            return name, best[name][0]
    return _unnamed_parent(cells, given)


def _keys(cells: Cells, given: Mapping[str, str]) -> Iterator[str]:
    """Yield the columns that parents may refer to, the likeliest first."""
    called = _named_keys(cells, given)
    yield from called
    others = (name for name in cells.header if name not in called)
    yield from (name for name in others if cells.counts(name) and cells.distinct(name) >= KEY)


def _named_keys(cells: Cells, given: Mapping[str, str]) -> list[str]:
    """Return the columns that are called like ids or names."""
    named = [given["id"]] if "id" in given else whole_named(UNITS, "id", cells.header)
    named += [name for name in part_named(UNITS, "id", cells.header) if name not in named]
    titles = [given["name"]] if "name" in given else whole_named(UNITS, "name", cells.header)
    titles += part_named(UNITS, "name", cells.header)
    return list(dict.fromkeys([*named, *titles]))


class _Best(dict[str, tuple[str, float]]):
    """The best key for each column of parents, and its share; looked for when asked for."""

    def __init__(self, cells: Cells, given: Mapping[str, str]) -> None:
        super().__init__()
        self._cells, self._given = cells, given

    def __missing__(self, name: str) -> tuple[str, float]:
        self[name] = _best_key(self._cells, name, _keys(self._cells, self._given))
        return self[name]


def _best_key(cells: Cells, parent: str, keys: Iterable[str]) -> tuple[str, float]:
    """Return the column that a column of parents refers to, and the share of them that it has."""
    best, first = ("", 0.0), ""
    for key in keys:
        first = first or key
        if key != parent and cells.distinct(key) >= MOSTLY:
            share = _share(cells, parent, key)
            # The likelier key stays unless another one is clearly better.
            if share > best[1] + (0.02 if best[0] else 0.0):
                best = (key, share)
            if share == 1.0:
                break
    return best if best[0] else (first, 0.0)


def _share(cells: Cells, parent: str, key: str) -> float:
    """Return the share of the different parents that are found in a key."""
    known = cells.counts(key)
    asked = [cell for cell in cells.counts(parent) if cell in known or not is_none(cell)]
    if not asked:
        return 0.0
    unknown = [cell for cell in asked if cell not in known]
    if not unknown:
        return 1.0
    loosely = LooseKeys(known)
    found = len(asked) - len(unknown) + sum(refers(cell, known, loosely) for cell in unknown)
    return found / len(asked)


def _unnamed_parent(cells: Cells, given: Mapping[str, str]) -> tuple[str, str]:
    """Return a column, whatever it is called, whose cells are keys and make a tree of the records.

    Where the keys only count the records, ranks and years would pass for parents too: one of
    several such columns is none.
    """
    named = _named_keys(cells, given)
    others = (name for name in cells.header if name not in named and cells.filled(name) >= ALWAYS)
    keys = [name for name in named if cells.distinct(name) >= KEY]
    keys += [name for name in others if cells.distinct(name) >= ALWAYS]
    telling = _called_otherwise(cells)
    free = [name for name in cells.header if name not in {*given.values(), *telling}]
    for key in keys:
        fitting = [name for name in free if name != key and _fits(cells, name, key)]
        akin = [name for name in fitting if {*fold_name(key)} < {*fold_name(name)}]
        if akin or (fitting and not (len(fitting) > 1 and _are_steps(cells.counts(key)))):
            return (akin or fitting)[0], key
    return "", ""


def _fits(cells: Cells, name: str, key: str) -> bool:
    """Tell whether a column refers to a key as one of parents does: it makes a tree."""
    counts, known = cells.counts(name), cells.counts(key)
    asked = [cell for cell in counts if cell in known or not is_none(cell)]
    if _step(name) or sum(counts.values()) < LEAST_CHILDREN or cells.distinct(name) >= ALWAYS:
        return False
    if sum(cell in known for cell in asked) < SURELY * len(asked) or _repeats(cells, name, key):
        return False
    return not _are_steps(counts) and _is_tree(cells.of(key), cells.of(name))


def _is_tree(keys: Sequence[str], parents: Sequence[str]) -> bool:
    """Tell whether parents lie above each other on three levels and more, without a circle."""
    above = {key: parent for key, parent in zip(keys, parents, strict=True) if key != parent}
    level: dict[str, int] = {}
    for start in above:
        path: dict[str, None] = {}
        key = start
        while key in above and key not in level:
            if key in path:
                return False
            path[key] = None
            key = above[key]
        depth = level.get(key, 1) if key else 0
        for step in reversed(path):
            depth = level[step] = depth + 1
    return max(level.values(), default=0) >= LEAST_LEVELS


def _called_otherwise(cells: Cells) -> set[str]:
    """Return the columns that are called like something else than a parent."""
    return {
        name
        for column in columns_of(UNITS)
        if column not in {"parent_id", PARENT_NAME, "head", "location"}
        for name in whole_named(UNITS, column, cells.header)
    }


def _are_steps(counts: Mapping[str, int]) -> bool:
    """Tell whether cells are whole numbers without a gap, as levels and ranks are."""
    if not all(cell.isdecimal() and len(cell) < LONG_NUMBER for cell in counts):
        return False
    numbers = sorted({int(cell) for cell in counts})
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _repeats(cells: Cells, name: str, key: str) -> bool:
    """Tell whether a column mostly says of a record what its key says."""
    pairs = [(one, other) for one, other in zip(cells.of(name), cells.of(key), strict=True) if one]
    return sum(one == other for one, other in pairs) > len(pairs) * SOMETIMES


def _composite(cells: Cells, parent: str, key: str) -> tuple[str, str] | None:
    """Return a parent and a key of two columns each, where one alone does not tell units apart.

    A unit's code is then unique within what the other column says, and so is its parent's.
    """
    if cells.distinct(key) >= KEY:
        return None
    for other in cells.header:
        if other in {parent, key} or cells.distinct(other) > MOSTLY or cells.filled(other) < ALWAYS:
            continue
        beside = cells.of(other)
        pairs = list(zip(beside, cells.of(key), strict=True))
        if len(set(pairs)) < len(pairs):
            continue
        known = set(pairs)
        above = zip(beside, cells.of(parent), strict=True)
        asked = {pair for pair in above if not is_none(pair[1])}
        if asked and len(asked & known) >= ALWAYS * len(asked):
            return JOINED.join((other, parent)), JOINED.join((other, key))
    return None


def _with_composites(cells: Cells, columns: Iterable[str]) -> Cells:
    """Return cells with a column for each composite key: its parts with a ``/`` between."""
    joined = [
        name
        for name in columns
        if JOINED in name
        and name not in cells.header
        and set(name.split(JOINED)) <= {*cells.header}
    ]
    if not joined:
        return cells
    frame = cells.frame.copy()
    for name in joined:
        parts = [cells.of(part) for part in name.split(JOINED)]
        frame[name] = [
            "" if is_none(row[-1]) else "/".join(row) for row in zip(*parts, strict=True)
        ]
    return Cells(frame)


def _levels(cells: Cells, taken: set[str]) -> tuple[str, ...]:
    """Return the columns ``level1 ... levelN``, or ``ministry, department, section``."""
    free = [name for name in cells.header if name not in taken and cells.counts(name)]
    numbered: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for name in free:
        if step := _step(name):
            ends, number = step
            numbered.setdefault(ends, []).append((number, name))
    for steps in numbered.values():
        numbers = [number for number, _ in sorted(steps)]
        are_named = not all(cell.isdecimal() for _, name in steps for cell in cells.counts(name))
        in_steps = numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        if len(steps) > 1 and in_steps and are_named:
            return tuple(name for _, name in sorted(steps))
    return _named_levels(cells, free)


def _step(name: str) -> tuple[tuple[str, str], int] | None:
    """Return what stands around the number in the name of a level, and the number."""
    found = re.fullmatch(r"(\D*?)(\d{1,2})(\D*)", " ".join(fold_name(name)))
    if not found or not words_of("level") & {*found[1].split(), *found[3].split()}:
        return None
    return (found[1].strip(), found[3].strip()), int(found[2])


def _named_levels(cells: Cells, free: Sequence[str]) -> tuple[str, ...]:
    """Return the columns ``Ministry, Department, Section``, and the names of units below them."""
    kinds = _sorts(cells, free)
    own = [name for name in whole_named(UNITS, "name", free) if name not in kinds]
    for chain in (kinds, kinds[::-1]):
        if len(chain) > 1 and all(_lies_within(cells, *pair) for pair in pairwise(chain)):
            own = own or [_longest(cells, _may_name(name for name in free if name not in chain))]
            last = [name for name in own if name and _lies_within(cells, chain[-1], name)]
            levels = (*chain, *last[:1])
            return levels if _tell_apart(cells, levels) else ()
    return ()


def _sorts(cells: Cells, free: Sequence[str]) -> list[str]:
    """Return the columns that are called like sorts of units.

    Between two that are called nothing else there may be one such as ``State Department``.
    """
    sorts = words_of("unit")
    words = {name: {*fold_name(name)} for name in free if not _are_steps(cells.counts(name))}
    plain = [name for name in words if words[name] & sorts and words[name] <= sorts | OF_A_NAME]
    if len(plain) < LINKED:
        return plain
    between = free[free.index(plain[0]) : free.index(plain[-1]) + 1]
    above = set(part_named(UNITS, "parent_id", between))
    return [
        name
        for name in between
        if name in plain
        or (name not in above and fold_name(name)[-1:] and fold_name(name)[-1] in sorts)
    ]


def _tell_apart(cells: Cells, levels: Sequence[str]) -> bool:
    """Tell whether levels have nearly as many units as there are records, if these are of units."""
    paths = set(zip(*map(cells.of, levels), strict=True))
    if len(paths) >= ALWAYS * len(cells):
        return True
    return not any(cells.distinct(name) == 1 and cells.filled(name) == 1 for name in cells.header)


def _lies_within(cells: Cells, upper: str, lower: str) -> bool:
    """Tell whether nearly all that stands in one column stands with one cell of another."""
    pairs = {pair for pair in zip(cells.of(upper), cells.of(lower), strict=True) if all(pair)}
    below = len(cells.counts(lower))
    return len(cells.counts(upper)) <= below and len(pairs) * ALWAYS <= below


def _is_path(cells: Cells, name: str, columns: Mapping[str, str]) -> bool:  # noqa: ARG001
    """Tell whether most cells of a column have several steps with one separator."""
    return bool(path_separator(cells.counts(name)))


PATH_SEPARATORS = (" > ", ">", " : ", " / ", "/", "\\", " | ", "|", " » ", "→", "::", ".")


def path_separator(paths: Iterable[str]) -> str:
    """Return what stands between the steps of paths; empty if they are none.

    It is the first that most paths have and of which the beginnings of paths are shared.
    """
    paths = list(paths)
    for separator in PATH_SEPARATORS:
        stepped = [path for path in paths if separator in path.strip(separator)]
        if len(stepped) < MOSTLY * len(paths) or not stepped:
            continue
        starts = {path.strip(separator).split(separator)[0].strip() for path in stepped}
        if len(starts) <= max(1, len(stepped) * MOSTLY):
            return separator
    return ""


def _nested(cells: Cells, columns: dict[str, str]) -> str:
    """Return what stands between the steps of nested ids; these become the ids."""
    likely = [columns["id"]] if "id" in columns else []
    likely += [name for name in cells.header if name not in columns.values()]
    for name in likely:
        if cells.distinct(name) >= ALWAYS and cells.filled(name) >= ALWAYS:
            separator = _nesting(cells.of(name))
            if separator:
                columns["id"] = name
                return separator
    return ""


def _nesting(ids: Sequence[str]) -> str:
    """Return what stands between the steps of ids of which nearly all begin with another one."""
    known = set(ids)
    for separator in (".", "/", "-"):
        within = sum(bool(prefix_of(unit, separator, known)) for unit in known)
        if within >= LEAST_CHILDREN and within >= SURELY * (len(known) - 1):
            return separator
    return ""


def prefix_of(unit: str, separator: str, known: Container[str]) -> str:
    """Return the longest beginning of an id, up to a separator, that is an id; empty if none.

    What follows it may be filled up with zeros: ``27.7.0.0`` is above ``27.7.3.0``.
    """
    parts = unit.split(separator)
    for count in range(len(parts) - 1, 0, -1):
        zeros = ["0" * len(part) for part in parts[count:]]
        for start in (parts[:count], parts[:count] + zeros):
            above = separator.join(start)
            if above != unit and above in known:
                return above
    return ""


def _has_children(cells: Cells, name: str, columns: Mapping[str, str]) -> bool:
    return _best_key(cells, name, _keys(cells, columns))[1] > MOSTLY


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
    others = _called_otherwise(cells)
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


def _duties(cells: Cells, given: Mapping[str, str]) -> dict[str, str]:
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
    return _longest(cells, _may_name(free)) if guess else ""


def _may_name(columns: Iterable[str]) -> list[str]:
    """Return the columns that are not called like one that never has names."""
    columns = list(columns)
    said = {name for ours in NO_NAMES for name in whole_named(UNITS, ours, columns)}
    return [name for name in columns if name not in said]


def _longest(cells: Cells, columns: Iterable[str]) -> str:
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
    few = len(counts) <= max(LEAST_CHILDREN, len(cells) * MANY_TYPES)
    numbers = all(cell.replace(".", "").isdecimal() for cell in counts)
    return (is_called or few) and not numbers


def _table_of_units(uses: Mapping[str, Use], cells: Mapping[str, Cells]) -> str:
    """Return the table that is one of units: by its name, its hierarchy, and who refers to it."""

    def worth(name: str) -> tuple[float, ...]:
        use = uses[name]
        called = use_of_table(name)
        has_name = bool({"name", "id", PATH} & use.columns.keys()) or bool(use.levels)
        is_tree = bool(use.levels) or bool(SHAPES & use.columns.keys())
        fits = {UNITS: 2, "": 0}.get(called, -2)
        return (has_name, fits + 2 * is_tree, -list(uses).index(name))

    name = max(uses, key=worth)
    if not (uses[name].columns.keys() & {"name", "id", PATH} or uses[name].levels):
        raise refusal(
            Kind.NO_UNITS,
            name,
            f"No column has names of units; there are {_listed(cells[name].header)}.",
            "Call one “name” and one “parent”, or say which they are: --map name=COLUMN.",
        )
    return name


# What is set


ROLES = (
    "id",
    "parent",
    *(column for column in columns_of(UNITS) if column != "id"),
    LEVELS,
)
"""What a column of the table of units can be set to be."""


def _mapped(table: str, cells: Cells, mapping: Mapping[str, str]) -> dict[str, str]:
    """Return the columns that are set, as the table calls them."""
    found: dict[str, str] = {}
    for ours, named in mapping.items():
        theirs = {fold_name(name): name for name in reversed(cells.header)}
        parts = [theirs.get(fold_name(part)) for part in named.split(JOINED)]
        whole = named if named in cells.header else theirs.get(fold_name(named))
        if whole is None and None in parts:
            if use_of_table(table) in {UNITS, ""}:
                raise refusal(
                    Kind.NO_SUCH_CHOICE,
                    table,
                    f"There is no column “{named}”; there are {_listed(cells.header)}.",
                    "Name one of them.",
                )
            continue
        found["parent_id" if ours == "parent" else ours] = whole or JOINED.join(
            part for part in parts if part
        )
    return found


def _listed(names: Sequence[str], most: int = 12) -> str:
    shown = ", ".join(f"“{name}”" for name in names[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most} more"


def _schemas(descriptor: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Return the Table Schema of each resource of a data package that has one."""
    resources = descriptor.get("resources")
    return {
        str(each["name"]): each["schema"]
        for each in (resources if isinstance(resources, list) else [])
        if isinstance(each, dict) and "name" in each and isinstance(each.get("schema"), dict)
    }


def _of_schema(
    table: str, cells: Cells, schemas: Mapping[str, Mapping[str, Any]]
) -> dict[str, str]:
    """Return the key and the parent that a Table Schema declares, of columns that are there."""
    schema = schemas.get(table, {})
    declared = schema.get("foreignKeys")
    found: dict[str, str] = {}
    if (key := _fields(schema.get("primaryKey"))) and {*key} <= {*cells.header}:
        found["id"] = JOINED.join(key)
    for foreign in declared if isinstance(declared, list) else []:
        if not isinstance(foreign, dict) or not isinstance(foreign.get("reference"), dict):
            continue
        fields = _fields(foreign.get("fields"))
        is_own = foreign["reference"].get("resource") in ("", table, None)
        if fields and is_own and {*fields} <= {*cells.header}:
            found["parent_id"] = JOINED.join(fields)
    return found


def _fields(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


# The tables beside it


def _side(table: str, cells: Cells, units: Use) -> Use | None:
    """Return what a table beside the units is used as; None if nothing is."""
    called = use_of_table(table)
    if called == UNITS:
        return None
    cells = _by_key(cells, units)
    columns: dict[str, str] = {}
    for ours in columns_of(called) if called else ():
        named = whole_named(called, ours, cells.header)
        named = [name for name in named if name not in columns.values()]
        if named:
            columns[ours] = named[0]
    if called and called not in {RESPONSIBILITIES, RELATIONS}:
        return Use(table, called, cells, columns)
    referring = _referring(cells, units)
    if called == RELATIONS or (not called and _are_links(referring)):
        return Use(table, RELATIONS, cells, _relation_columns(cells, referring))
    return _responsibilities(table, cells, referring, is_called=bool(called))


def _by_key(cells: Cells, units: Use) -> Cells:
    """Return a table that names units by their records with the units' keys instead."""
    if RECORD not in cells.header or RECORD not in units.cells.header or not units.key:
        return cells
    key_of = dict(zip(units.cells.of(RECORD), units.cells.of(units.key), strict=True))
    frame = cells.frame.assign(**{RECORD: [key_of.get(cell, cell) for cell in cells.of(RECORD)]})
    return Cells(frame)


def _referring(cells: Cells, units: Use) -> list[str]:
    """Return the columns that mostly refer to units, in the order of the table."""
    own = {units.key, units.columns.get("id", ""), units.columns.get("name", "")} - {""}
    known = {cell for column in own for cell in units.cells.counts(column)}
    loosely = LooseKeys(known)

    def share(name: str) -> float:
        sample = list(islice(cells.counts(name), SAMPLE))
        return sum(refers(cell, known, loosely) for cell in sample) / max(1, len(sample))

    return [name for name in cells.header if share(name) >= MOSTLY]


def _are_links(referring: Sequence[str]) -> bool:
    """Tell whether two columns link units: by their names, or the second one's own record."""
    ends = [whole_named(RELATIONS, end, referring) for end in ("from_id", "to_id")]
    return all(ends) or (RECORD in referring and len(referring) == LINKED)


def _relation_columns(cells: Cells, referring: Sequence[str]) -> dict[str, str]:
    columns = {"from_id": RECORD} if RECORD in referring else {}
    for ours in columns_of(RELATIONS):
        if ours in columns:
            continue
        named = whole_named(RELATIONS, ours, cells.header)
        named += [each for each in part_named(RELATIONS, ours, cells.header) if each not in named]
        named = [each for each in named if each not in columns.values()]
        if ours in {"from_id", "to_id"} and not named:
            likely = part_named(UNITS, "id", referring)
            likely += [each for each in referring if each not in likely]
            named = [each for each in likely if each not in columns.values()]
        if named:
            columns[ours] = named[0]
    return columns


def _responsibilities(
    table: str, cells: Cells, referring: Sequence[str], *, is_called: bool
) -> Use | None:
    units = whole_named(RESPONSIBILITIES, "unit_id", cells.header)
    units += part_named(RESPONSIBILITIES, "unit_id", cells.header)
    # Ids are numbers often, and so are positions: a column that is called like another is none.
    called = {
        name
        for ours in columns_of(RESPONSIBILITIES)
        if ours != "unit_id"
        for name in whole_named(RESPONSIBILITIES, ours, cells.header)
    }
    confirmed = [name for name in units if name in referring]
    confirmed = confirmed or [name for name in referring if name not in called]
    texts = whole_named(RESPONSIBILITIES, "responsibility", cells.header)
    if not is_called and not (confirmed and texts):
        return None
    columns: dict[str, str] = {}
    if unit := next(iter(confirmed or units), ""):
        columns["unit_id"] = unit
    texts = [name for name in texts if name != unit]
    texts = [name for name in texts if name not in referring] or texts
    if not texts and is_called:
        texts = [_longest(cells, (each for each in cells.header if each not in {*referring, unit}))]
    if any(texts):
        columns["responsibility"] = texts[0]
    for ours in ("position", "themes", "source"):
        named = whole_named(RESPONSIBILITIES, ours, cells.header)
        if named := [name for name in named if name not in columns.values()]:
            columns[ours] = named[0]
    return Use(table, RESPONSIBILITIES, cells, columns)


# A table of links alone


def _with_units_of_links(cells: Cells) -> Cells:
    """Return a table of parents and children as one of units; any other as it is.

    Each link is a record of its child; who is nobody's child has the record that names it first.
    """
    header = cells.header
    parents, children = (whole_named(LINKS, end, header) for end in ("parent", "child"))
    if not parents or not children:
        parents, children = (whole_named(RELATIONS, f"{end}_id", header) for end in ("from", "to"))
        if parents and children and cells.distinct(parents[0]) == 1 > cells.distinct(children[0]):
            parents, children = children, parents  # each has one it leads to: that is above it
    if not children or not parents or parents[0] == children[0]:
        return cells
    others = [name for name in header if name not in {parents[0], children[0]}]
    if whole_named(UNITS, "id", others) or whole_named(UNITS, "name", others):
        return cells
    below, above = cells.of(children[0]), cells.of(parents[0])
    known = set(below)
    tops = {
        parent: record
        for parent, record in zip(reversed(above), reversed(cells.frame.index), strict=True)
        if parent not in known and not is_none(parent)
    }
    top = pd.DataFrame(
        {children[0]: list(tops), parents[0]: ""}, index=pd.Index(list(tops.values())), dtype="str"
    )
    frame = pd.concat([top, cells.frame[[children[0], parents[0], *others]]]).fillna("")
    return Cells(frame)
