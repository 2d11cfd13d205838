"""Proposals of what the columns of a table of units mean. None of them knows another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations, pairwise, takewhile

from components.importing.cells import Cells, is_missing
from components.importing.column_names import fold_name, vocabulary_words, without_asides
from components.importing.depths import depths_by_indent, depths_by_number
from components.importing.evidence import ALWAYS, KEY_SHARE, MIN_EVIDENCE, MOSTLY, SOMETIMES, SURELY
from components.importing.naming import (
    NOT_OF_LEVELS,
    NameFinder,
    level_number,
    names_level,
    names_of_managers,
)
from components.importing.path_rows import CLEAR_SEPARATORS, path_separator
from components.importing.profiles import ColumnKind, Profile
from components.importing.table_parts import TABLE
from components.importing.table_roles import (
    CHILDREN,
    COLUMN_SEPARATOR,
    DEPTH,
    FURTHER_PARENT,
    LEVELS,
    PARENT_NAME,
    PATH,
    RESPONSIBILITIES,
    UNITS,
    Shape,
    TableRole,
)
from components.importing.trees import (
    GROWING,
    ID_SEPARATORS,
    LDAP,
    MIN_LEVELS,
    PADDED,
    are_padded,
    are_ranks,
    grow_by_level,
    grow_from_letters,
    is_tree,
    nested_parent_id,
)

WHOLE, ALMOST, PART, VALUES = 1.0, 0.9, 0.6, 0.0
"""How surely a heading says what a column is: all of it does, a word does, or only the cells do."""
MAX_KEYS = 16
"""Columns that are tried as the key that parents refer to."""
MAX_PREFIXES = 4
"""Columns that are tried as the first part of a composite key."""
MAX_LETTERS_OF_PREFIX, MAX_LETTERS_OF_LEVEL = 60, 80
"""Mean characters of the cells of a column above which it is no part of a key, and no level."""
MAX_FIRST_STAIR, MAX_STAIRS = 4, 20
"""Columns with which stairs may begin, and how many stairs there may be."""
MAX_SINGLE_LEVELS = 6
"""Columns that are tried as the only level above the records."""
UNIT_LEVELS, GROUP_LEVELS, STAIRS = 0.5, 0.25, 0.4
"""How surely columns are levels: named after types of units or groups, or filled like stairs."""


@dataclass(frozen=True)
class Proposer:
    """Proposes interpretations of one table."""

    table: str
    profile: Profile
    given: Mapping[str, str]
    """The columns that are set, by standard column."""

    def proposals(self) -> Iterator[TableRole]:
        """Yield interpretations of the table; columns that are set are never used otherwise."""
        if LEVELS in self.given:
            yield self._levels(self.given[LEVELS].split(COLUMN_SEPARATOR), WHOLE)
        elif "parent_id" in self.given:
            yield from self._given_parent()
        elif PATH in self.given:
            yield self._role(Shape.PATH, {PATH: self.given[PATH]}, evidence=WHOLE)
        elif CHILDREN in self.given:
            yield self._role(Shape.CHILDREN, {CHILDREN: self.given[CHILDREN]}, evidence=WHOLE)
        elif DEPTH in self.given:
            yield self._role(Shape.ORDER, {DEPTH: self.given[DEPTH]}, evidence=WHOLE)
        else:
            yield from self._parents()
            yield from self._level_columns()
            yield from self._path_columns()
            yield from self._nested_ids()
            yield from self._children()
            yield from self._depths()
            yield from self._duties()
            yield self._role(Shape.NONE, {})

    @cached_property
    def _names(self) -> NameFinder:
        return NameFinder(self.profile, self.given)

    @cached_property
    def _free(self) -> list[str]:
        """The filled columns that are not set, without the halves of the names of managers."""
        cells, taken = self.profile.cells, {*self.given.values()}
        for pair in names_of_managers(self.profile.header):
            taken |= {*pair}
        return [name for name in self.profile.header if name not in taken and cells.counts(name)]

    @cached_property
    def _keys(self) -> list[str]:
        """The columns that may identify records, the likeliest first."""
        profile = self.profile
        named = [*self._names.ids, *self._names.names, *self._names.identities]
        others = [
            name
            for name in profile.header
            if profile.cells.counts(name) and profile.cells.distinct(name) >= KEY_SHARE
        ]
        return list(dict.fromkeys([*named, *others]))[:MAX_KEYS]

    def _shares(self, name: str, keys: Sequence[str]) -> dict[str, float]:
        """Return the share of the cells of a column that refer to each key."""
        names = self._names
        identities = {*names.ids, *names.names[:2], *names.identities}
        return self.profile.referring_shares(name, keys, identities, of_people=names.are_people)

    # A column of parents

    @cached_property
    def _parent_headings(self) -> dict[str, float]:
        """The columns whose headings say that they have parents, with how surely they do."""
        profile = self.profile
        further = {*self._further_parent_columns}
        free = [name for name in self._free if name not in further]
        # Superiors of people may be called as heads of units are: “Jefe”, “Responsabile”.
        parts = dict.fromkeys(profile.whole("head", free), PART) if self._names.are_people else {}
        parts |= dict.fromkeys(profile.part("parent_id", free), PART)
        named = parts | dict.fromkeys(profile.whole("parent_id", free), WHOLE)
        # Beside a column of the ids of parents, one of their names says less.
        names = {name for name in profile.whole(PARENT_NAME, free) if name in named}
        return {name: ALMOST if name in names else named[name] for name in named}

    @cached_property
    def _further_parent_columns(self) -> list[str]:
        """The columns whose headings say that they have further parents: dotted lines."""
        if FURTHER_PARENT in self.given:
            return [self.given[FURTHER_PARENT]]
        profile = self.profile
        further, person = vocabulary_words("further"), vocabulary_words("person of parent")
        named = [
            *profile.whole(FURTHER_PARENT, self._free),
            *profile.part(FURTHER_PARENT, self._free),
        ]
        named += [
            name
            for name in self._free
            if profile.words(name) & further and profile.words(name) & person
        ]
        return list(dict.fromkeys(named))

    def _parents(self) -> Iterator[TableRole]:
        cells = self.profile.cells
        for name, evidence in self._parent_headings.items():
            keys = [key for key in self._keys if key != name]
            shares = self._shares(name, keys)
            least = 0.0 if evidence >= ALMOST else SOMETIMES
            found = [key for key in keys if shares[key] > least]
            best = max(shares.values(), default=0.0)
            for key in found:
                if shares[key] >= best - (1 - SURELY) and cells.distinct(key) >= MOSTLY:
                    yield self._parent(name, key, evidence)
                yield from self._composites(name, key, evidence)
            if not found and evidence >= ALMOST and self._may_be_placeholders(name):
                yield self._parent(name, next(iter(keys), ""), evidence)
                if cells.distinct(name) <= MOSTLY and len(cells.counts(name)) > 1:
                    # Several parents of which none has a record are groups.
                    yield self._levels([name], UNIT_LEVELS)
        yield from self._unnamed_parents()

    def _may_be_placeholders(self, name: str) -> bool:
        """Return whether parents of which none has a record are drawn as placeholders.

        Managers without a record are no units, and neither are dates, numbers or long texts.
        """
        if self.profile.words(name) & vocabulary_words("person of parent"):
            return False
        return not self.profile.sample(name) or self.profile.kind(name) in {
            ColumnKind.TEXT,
            ColumnKind.CODE,
            ColumnKind.LINK,
            ColumnKind.NUMBER,
        }

    def _given_parent(self) -> Iterator[TableRole]:
        name = self.given["parent_id"]
        keys = [self.given["id"]] if "id" in self.given else []
        keys += [key for key in self._keys if key != name]
        shares = self.profile.referring_shares(
            name, dict.fromkeys(keys), keys, of_people=self._names.are_people
        )
        yield self._parent(name, max(shares, key=lambda key: shares[key], default=""), WHOLE)

    def _parent(self, name: str, key: str, evidence: float) -> TableRole:
        further = [
            other
            for other in self._further_parent_columns
            if other not in {name, key}
            and max(self._shares(other, [key, *self._keys]).values()) >= MOSTLY
        ]
        role = self._role(Shape.PARENT, {"parent_id": name}, key=key, evidence=evidence)
        return replace(role, further_parents=tuple(further))

    def _composites(self, name: str, key: str, evidence: float) -> Iterator[TableRole]:
        """Propose keys of two columns, of which one alone does not identify a record."""
        cells = self.profile.cells
        if cells.distinct(key) >= ALWAYS:
            return
        others = (
            other
            for other in self.profile.header
            if other not in {name, key}
            and cells.filled(other) >= ALWAYS
            and cells.distinct(other) <= MOSTLY
            and self.profile.letters(other) <= MAX_LETTERS_OF_PREFIX
        )
        tried = 0
        for other in others:
            pairs = [pair for pair in zip(cells.of(other), cells.of(key), strict=True) if pair[1]]
            units = {*pairs}
            if len(units) < SURELY * len(pairs) or (other == TABLE and self._is_one_key(key)):
                continue
            # A column of facts also tells records apart, but parents are not found by it.
            parents = zip(cells.of(other), cells.of(name), strict=True)
            known = [pair in units for pair in parents if pair[1] in cells.counts(key)]
            if sum(known) < ALWAYS * len(known):
                continue
            parent = COLUMN_SEPARATOR.join((other, name))
            composite = COLUMN_SEPARATOR.join((other, key))
            yield self._role(
                Shape.PARENT,
                {"parent_id": parent, "id": composite},
                key=composite,
                evidence=evidence,
            )
            tried += 1
            if tried == MAX_PREFIXES:
                return

    def _is_one_key(self, key: str) -> bool:
        """Return whether records with one key have one name too, in whatever table they are."""
        cells = self.profile.cells
        names = next((name for name in self._names.names if name != key), key)
        pairs = {*zip(cells.of(key), cells.of(names), strict=True)}
        return len(pairs) * ALWAYS <= len(cells.counts(key))

    def _unnamed_parents(self) -> Iterator[TableRole]:
        """Propose columns of any heading whose cells are keys and make a tree of the records.

        Where the keys only count the records, columns of ranks and years make trees too, so several
        such columns are no evidence.
        """
        profile, cells = self.profile, self.profile.cells
        excluded = {*self._parent_headings, *self._further_parent_columns, *self._names.otherwise}
        free = [name for name in self._free if name not in excluded]
        for key in self._keys:
            if cells.distinct(key) < KEY_SHARE or key not in cells.header:
                continue
            fitting = [name for name in free if name != key and self._makes_tree(name, key)]
            akin = [name for name in fitting if profile.words(key) < profile.words(name)]
            if akin or (fitting and not (len(fitting) > 1 and are_ranks(cells.counts(key)))):
                yield self._parent((akin or fitting)[0], key, VALUES)

    def _makes_tree(self, name: str, key: str) -> bool:
        """Return whether a column refers to a key so that the records make a tree."""
        cells = self.profile.cells
        counts, keys = cells.counts(name), cells.counts(key)
        if sum(counts.values()) < MIN_EVIDENCE or cells.distinct(name) >= ALWAYS:
            return False
        sample = self.profile.sample(name)
        if not sample or sum(cell in keys for cell in sample) < SURELY * len(sample):
            return False
        pairs = [pair for pair in zip(cells.of(name), cells.of(key), strict=True) if pair[0]]
        if sum(cell == own for cell, own in pairs) > len(pairs) * SOMETIMES or are_ranks(counts):
            return False
        return is_tree(cells.of(key), cells.of(name))

    # Levels

    def _level_columns(self) -> Iterator[TableRole]:
        for levels in self._numbered_levels():
            yield self._levels(levels, WHOLE)
        types = self._columns_of_levels(vocabulary_words("unit"))
        groups = self._columns_of_levels(vocabulary_words("unit") | vocabulary_words("group"))
        proposed = [(types, UNIT_LEVELS), (groups, GROUP_LEVELS)]
        proposed += [((name,), UNIT_LEVELS * 0.9) for name in types[:MAX_SINGLE_LEVELS]]
        proposed += [((name,), GROUP_LEVELS * 0.9) for name in groups[:MAX_SINGLE_LEVELS]]
        seen: set[tuple[str, ...]] = set()
        for names, evidence in proposed:
            chain = self._nested(self._top_down(names), types)
            for end in range(len(chain), 0, -1):
                levels = chain[:end]
                if levels not in seen:
                    seen.add(levels)
                    yield self._levels(levels, evidence)
        for levels in {self._stairs(), self._chains()} - {()}:
            yield self._levels(levels, STAIRS)

    def _levels(self, levels: Sequence[str], evidence: float) -> TableRole:
        return self._role(Shape.LEVELS, {}, levels=tuple(levels), evidence=evidence)

    def _numbered_levels(self) -> Iterator[tuple[str, ...]]:
        """Yield the columns ``level1 ... levelN`` of each series."""
        series: dict[tuple[str, str], list[tuple[int, str]]] = {}
        for name in self._free:
            if level := level_number(name):
                affixes, number = level
                series.setdefault(affixes, []).append((number, name))
        counts = self.profile.cells.counts
        # Beside names of levels, codes and heads of levels are facts.
        of_names = [
            affixes for affixes in series if not {*" ".join(affixes).split()} & NOT_OF_LEVELS
        ]
        for levels in (series[affixes] for affixes in of_names or series):
            numbers = sorted(number for number, _ in levels)
            has_names = not all(cell.isdecimal() for _, name in levels for cell in counts(name))
            is_gapless = numbers == list(range(numbers[0], numbers[0] + len(numbers)))
            if len(levels) > 1 and is_gapless and has_names:
                yield tuple(name for _, name in sorted(levels))

    def _columns_of_levels(self, words: frozenset[str]) -> tuple[str, ...]:
        """Return the columns that are named after types or groups of units."""
        profile, cells = self.profile, self.profile.cells
        parents = {*self._parent_headings, *self._further_parent_columns}
        named_otherwise = self._names.otherwise - {*profile.whole("type"), *profile.whole("name")}
        excluded = {*named_otherwise, *self._names.ids, *self._names.people_names}
        # Of a level in several languages, the first counts.
        free = {without_asides(name): name for name in reversed(self._free)}
        return tuple(
            name
            for name in self._free
            if free[without_asides(name)] == name
            and name not in excluded
            and (name not in parents or len(self._parent_headings) > 1)
            and (names_level(name, words) or self._repeats_units(name) or name == TABLE)
            and not self._names.tells_apart(name)
            and not self._has_steps(name)
            and not are_ranks(cells.counts(name))
            and profile.kind(name) in {ColumnKind.TEXT, ColumnKind.CODE}
            and profile.letters(name) <= MAX_LETTERS_OF_LEVEL
        )

    def _repeats_units(self, name: str) -> bool:
        """Return whether a column has the units that records with other names belong to."""
        words, units = self.profile.words(name), vocabulary_words("any unit")
        return (
            bool(words & units)
            and words <= units | vocabulary_words("name")
            and name not in self._names.names[:1]
            and self.profile.cells.distinct(name) <= KEY_SHARE
        )

    def _top_down(self, names: Sequence[str]) -> tuple[str, ...]:
        """Return levels from the top down: as they stand, or reversed if only that nests."""
        cells = self.profile.cells
        upwards = names[::-1]
        if any(_is_part_of(*pair) for pair in combinations(names, 2)):
            return tuple(names)
        is_reversed = any(_is_part_of(*pair) for pair in combinations(upwards, 2)) or (
            len(names) > 1
            and all(_lies_within(cells, *pair) for pair in pairwise(upwards))
            and not all(_lies_within(cells, *pair) for pair in pairwise(names))
        )
        return tuple(upwards if is_reversed else names)

    def _nested(self, chain: Sequence[str], types: Collection[str]) -> tuple[str, ...]:
        """Return levels without the groups that cut across those above them: sector, category."""
        nested: list[str] = []
        for name in chain:
            is_below = name in types or not nested or _is_part_of(nested[-1], name)
            if is_below or _lies_mostly_within(self.profile.cells, nested[-1], name):
                nested.append(name)
        return tuple(nested)

    def _stairs(self) -> tuple[str, ...]:
        """Return columns of which each record fills one, at most one further right than before.

        They stand beside each other, or between columns that every record fills, or with numbers.
        """
        profile, cells, header = self.profile, self.profile.cells, list(self.profile.header)
        best: tuple[str, ...] = ()
        if len(cells) < MIN_EVIDENCE:
            return ()
        excluded = {*self._parent_headings, *self._names.ids}
        free = [name for name in self._free if name not in excluded]
        blocks = [
            [*takewhile(lambda name: name in free, header[start:])]
            for start in range(min(MAX_FIRST_STAIR, len(header)))
        ]
        texts = profile.kinds(free, {ColumnKind.TEXT, ColumnKind.CODE})
        partly = [name for name in texts if sum(cells.counts(name).values()) < len(cells)]
        for block in (*blocks, partly):
            length = _stairs([cells.of(name) for name in block[:MAX_STAIRS]])
            if length > len(best):
                best = tuple(block[:length])
        return best

    def _chains(self) -> tuple[str, ...]:
        """Return columns that have the path of each record, whatever they are called.

        They stand beside each other, are filled from the left, and each unit has a record.
        """
        cells, header = self.profile.cells, list(self.profile.header)
        filled = [sum(cells.counts(name).values()) for name in header]
        for start in range(min(MAX_FIRST_STAIR, len(header))):
            end = start + 1
            # Each unit has a record without the levels below it, so these are filled less often.
            while end < len(header) and filled[end - 1] > filled[end] > 0:
                end += 1
            block = [name for name in header[start:end] if name in self._free]
            is_whole = len(block) == end - start >= MIN_LEVELS
            if is_whole and _are_chains([*zip(*map(cells.of, block), strict=True)]):
                return tuple(block)
        return ()

    # Paths, nested ids, children, depths

    def _path_columns(self) -> Iterator[TableRole]:
        profile, cells = self.profile, self.profile.cells
        named = dict.fromkeys(profile.part(PATH, self._free), PART)
        named |= dict.fromkeys(profile.whole("parent_id", self._free), PART)
        named |= dict.fromkeys(profile.whole(PATH, self._free), WHOLE)
        others = (name for name in self._free if name not in named and self._has_steps(name))
        named |= dict.fromkeys(others, VALUES)
        for name, evidence in named.items():
            if path_separator(cells.counts(name)):
                yield self._role(Shape.PATH, {PATH: name}, evidence=evidence)

    def _has_steps(self, name: str) -> bool:
        """Return whether nearly all cells of a column are written as paths, whatever it is called.

        Slashes without spaces are in many other texts.
        """
        profile, counts = self.profile, self.profile.cells.counts(name)
        if name in self._names.otherwise or profile.kind(name) is not ColumnKind.TEXT:
            return False
        sample = profile.sample(name)
        least = max(MIN_EVIDENCE, SURELY * sum(counts[cell] for cell in sample))
        return any(
            sum(counts[cell] for cell in sample if separator in cell) >= least
            for separator in CLEAR_SEPARATORS
        )

    def _nested_ids(self) -> Iterator[TableRole]:
        cells = self.profile.cells
        likely = [self.given["id"]] if "id" in self.given else []
        for name in dict.fromkeys([*likely, *self._names.ids, *self._free]):
            is_address = self.profile.kind(name) in {ColumnKind.LINK, ColumnKind.EMAIL}
            if is_address or name not in cells.header or cells.distinct(name) < ALWAYS:
                continue
            sample = self.profile.sample(name)
            separators = [
                separator
                for separator in ID_SEPARATORS
                if sum(separator in unit for unit in sample) >= MOSTLY * (len(sample) - 1)
            ]
            if grow_by_level(sample):
                separators.append(GROWING)
            if grow_from_letters(sample):
                separators.append(GROWING)
            if are_padded(sample):
                separators.append(PADDED)
            if name in self.profile.whole("distinguished_name"):
                separators = [LDAP]
            if not separators or cells.filled(name) < ALWAYS:
                continue
            ids = set(cells.of(name))
            for separator in separators:
                nested = sum(bool(nested_parent_id(unit, separator, ids)) for unit in ids)
                if nested >= max(MIN_EVIDENCE, MOSTLY * (len(ids) - 1)):
                    is_named = name in self._names.ids or separator == LDAP
                    evidence = PART if is_named else VALUES
                    role = self._role(Shape.NESTED_IDS, {"id": name}, key=name, evidence=evidence)
                    yield replace(role, id_separator=separator)

    def _children(self) -> Iterator[TableRole]:
        named = self.profile.whole(CHILDREN, self._free) + self.profile.part(CHILDREN, self._free)
        for name in dict.fromkeys(named):
            shares = self._shares(name, self._keys)
            if max(shares.values(), default=0.0) > MOSTLY:
                yield self._role(Shape.CHILDREN, {CHILDREN: name}, evidence=WHOLE)

    def _depths(self) -> Iterator[TableRole]:
        profile, cells = self.profile, self.profile.cells
        named = [*profile.whole(DEPTH, self._free), *profile.part(DEPTH, self._free)]
        for name in dict.fromkeys(named):
            if depths_by_number(cells.of(name)):
                # Levels may also stand in order by chance, so parents that are found say more.
                yield self._role(Shape.ORDER, {DEPTH: name}, evidence=PART)
        excluded = {*self._parent_headings, *self._further_parent_columns, *self._names.ids}
        for name in self._free if len(cells) >= MIN_EVIDENCE else ():
            is_text = profile.kind(name) in {ColumnKind.TEXT, ColumnKind.CODE}
            if name not in excluded and is_text and depths_by_indent(cells.frame[name].tolist()):
                yield self._role(Shape.ORDER, {DEPTH: name, "name": name}, evidence=PART)

    def _duties(self) -> Iterator[TableRole]:
        """Propose that each record has one of the duties of a unit."""
        profile, cells = self.profile, self.profile.cells
        texts = profile.whole("responsibility", self._free, role=RESPONSIBILITIES)
        for unit in profile.whole("unit_id", self._free, role=RESPONSIBILITIES):
            if texts and unit not in texts and cells.filled(unit) >= ALWAYS > cells.distinct(unit):
                columns = {"id": unit, RESPONSIBILITIES: texts[0]}
                yield self._role(Shape.NONE, columns, evidence=PART)
                return

    # What all proposals have

    def _role(
        self,
        shape: Shape,
        columns: Mapping[str, str],
        *,
        key: str = "",
        levels: tuple[str, ...] = (),
        evidence: float = VALUES,
    ) -> TableRole:
        """Return an interpretation: the columns of a hierarchy, and those that describe units."""
        given = {role: name for role, name in self.given.items() if role != LEVELS}
        described = self._names.described(shape, {**columns, **given}, key, levels)
        taken = {key, described.get("id")}
        return TableRole(
            self.table,
            UNITS,
            add_composite_columns(self.profile.cells, {**described, "key": key}),
            described,
            key or described.get("id", ""),
            levels,
            self._names.level_ids(levels),
            shape=shape,
            evidence=evidence,
            identities=tuple(name for name in self._names.identities if name not in taken),
            records=self._names.records(shape, described),
        )


def add_composite_columns(cells: Cells, columns: Mapping[str, str]) -> Cells:
    """Return cells with a column for each composite in ``columns`` by standard column.

    The parts of a key are joined by ``/``, and it is empty where the last part is; the parts of a
    name are joined by a space.
    """
    composites = {
        name: " " if column == "name" else "/"
        for column, name in columns.items()
        if column != LEVELS
        and COLUMN_SEPARATOR in name
        and name not in cells.header
        and {*name.split(COLUMN_SEPARATOR)} <= {*cells.header}
    }
    for name, separator in composites.items():
        parts = [cells.of(part) for part in name.split(COLUMN_SEPARATOR)]
        joined = [
            "" if is_missing(row[-1]) and separator == "/" else separator.join(row).strip()
            for row in zip(*parts, strict=True)
        ]
        cells = cells.with_column(name, joined)
    return cells


def _is_part_of(upper: str, lower: str) -> bool:
    """Return whether the heading of one level is that of parts of another: sector, subsector."""
    return "".join(fold_name(lower)) == "sub" + "".join(fold_name(upper))


def _lies_within(cells: Cells, upper: str, lower: str) -> bool:
    """Return whether nearly every cell of the lower column occurs with one of the upper only."""
    pairs = {pair for pair in zip(cells.of(upper), cells.of(lower), strict=True) if all(pair)}
    below = len(cells.counts(lower))
    return len(cells.counts(upper)) <= below and len(pairs) * ALWAYS <= below


def _lies_mostly_within(cells: Cells, upper: str, lower: str) -> bool:
    """Return whether most cells of the lower column occur with one of the upper only."""
    pairs = {pair for pair in zip(cells.of(upper), cells.of(lower), strict=True) if all(pair)}
    uppers = Counter(below for _, below in pairs)
    return sum(count == 1 for count in uppers.values()) >= MOSTLY * len(uppers)


def _are_chains(paths: Sequence[tuple[str, ...]]) -> bool:
    """Return whether rows are distinct paths of several levels, and all their beginnings are too.

    A path is filled from the left.
    """
    known = {path for path in paths if path[0]}
    if len(known) < max(MIN_EVIDENCE, len(paths)) or not any(path[-1] for path in known):
        return False
    for path in known:
        filled = sum(map(bool, path))
        if not all(path[:filled]):
            return False
        if filled > 1 and path[: filled - 1] + ("",) * (len(path) - filled + 1) not in known:
            return False
    return True


def _stairs(columns: Sequence[Sequence[str]]) -> int:
    """Return how many of the first columns are filled like stairs; 0 if none are.

    Each record fills one of them, at most one further right than the record before it, and each of
    them is filled in some record.
    """
    for count in range(len(columns), 1, -1):
        before, filled = -1, set()
        for row in zip(*columns[:count], strict=True):
            at = [step for step, cell in enumerate(row) if cell]
            if len(at) != 1 or at[0] > before + 1:
                break
            before = at[0]
            filled.add(before)
        else:
            if len(filled) == count:
                return count
    return 0
