"""Finds the columns that describe units: names, ids, types, heads, ..."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import islice, permutations

from components.importing.cells import Cells
from components.importing.cleaning import vacant_cells
from components.importing.column_names import (
    fold_name,
    part_named,
    standard_columns,
    vocabulary_words,
    whole_named,
    without_asides,
)
from components.importing.evidence import (
    ALWAYS,
    KEY_SHARE,
    MIN_EVIDENCE,
    MOSTLY,
    SAMPLE_SIZE,
    SOMETIMES,
)
from components.importing.profiles import ColumnKind, Profile
from components.importing.references import person_key
from components.importing.table_roles import (
    COLUMN_SEPARATOR,
    FURTHER_PARENT,
    HIERARCHY_COLUMNS,
    PARENT_NAME,
    PEOPLE,
    POSTS,
    RESPONSIBILITIES,
    UNITS,
    Shape,
)
from components.importing.trees import are_ranks
from components.model.organization import Records
from components.model.text import fold_text
from components.reading.nested_objects import RECORD

FEW_TYPES, FEW_TYPES_SHARE = 3, 0.5
"""Distinct cells that a column of types may always have, and as a share of the records."""
COLUMNS_WITHOUT_NAMES = (
    *("id", "parent_id", "acronym", "type", RESPONSIBILITIES, "head", "location", "summary"),
    *("status", "source", "notes", "first_name", "last_name", "email", "account"),
    *("distinguished_name", FURTHER_PARENT, "valid_from", "valid_to", "depth"),
)
"""Standard columns that are never guessed to be that of names, however wordy they are."""
IDENTITIES = ("email", "account", "distinguished_name")
"""Standard columns by which managers are often named."""
NOT_DESCRIPTIVE = frozenset(
    ("id", "name", "first_name", "last_name", PARENT_NAME, FURTHER_PARENT, "valid_from", "valid_to")
)
"""Standard columns that are found in other ways than by their headings alone."""
LONGEST_NAME, LONGEST_ID = 120, 48
"""Mean characters of names and of ids above which a column has neither."""
LONG_FORMS = frozenset(["long", "full", "official", "complete"])
"""Words of the heading of a name whose short form stands under the rest: ``entity_long``."""
SHORT_FORMS = frozenset(["short", "acronym", "abbreviation", "abbr"])
"""Words of the heading of a short form of the name that stands under the rest."""
LONGEST_ACRONYM = 12
NUMBERED_NAME = re.compile(r"(\d+(?:\.\d+)*\.?)\s+[^\d\W]")
"""A name with its number in an outline before it: “1.2 Finance”."""
LONGEST_DESCRIPTION_AS_NAME = 40
"""Mean characters up to which descriptions are taken as names where there are no others."""
MAX_COMPARED = 10_000
"""Records in which names of parents are compared with those of units."""
WORDS_FOR_NUMBERS = frozenset(
    ["id", "ids", "number", "no", "nr", "num", "code", "numero", "nummer"]
)
ABBREVIATED = {
    "dept": "department",
    "div": "division",
    "org": "organization",
    "organisation": "organization",
    "sect": "section",
}
"""Words of headings that are the same word in columns of ids and of names."""
BARE_NAMES = frozenset(
    [("name",), ("nom",), ("nombre",), ("nome",), ("naam",), ("navn",), ("namn",)]
)
"""Headings that are those of last or first names beside the other half."""
NO_NAMES = {ColumnKind.NUMBER, ColumnKind.DATE, ColumnKind.EMAIL, ColumnKind.LINK, ColumnKind.EMPTY}
"""Kinds of columns that have no names, unless nothing else may have them."""
CODES = {ColumnKind.NUMBER, ColumnKind.CODE, ColumnKind.LINK, ColumnKind.EMAIL}
"""Kinds of columns that identify records even if some have the same cell."""
WORDS_FOR_NAMES = frozenset(["name", "sub", "general", "nombre", "nom", "nome", "parent", "un"])
"""Words that may stand next to a type of unit in the name of a column: ``Department name``."""
NOT_OF_LEVELS = frozenset(
    ["id", "code", "no", "number", "nr", "email", "phone", "head", "manager", "type", "tipo"]
)
"""Words of headings of columns that are about a unit and do not name it."""


def subject(name: str) -> frozenset[str]:
    """Return the words of a heading without those that say that it has ids or names."""
    words = frozenset(ABBREVIATED.get(word, word) for word in fold_name(name))
    return words - WORDS_FOR_NUMBERS - vocabulary_words("name")


def names_level(name: str, words: frozenset[str]) -> bool:
    """Return whether a heading is of these words, or ends with one: it names a level of units."""
    heading = tuple(word.removeprefix("sub") or word for word in without_asides(name))
    if not heading or {*heading} & NOT_OF_LEVELS:
        return False
    if {*heading} <= vocabulary_words("any unit") | vocabulary_words("name"):
        return False
    own = words | WORDS_FOR_NAMES
    return bool({*heading} & words and {*heading} <= own) or heading[-1] in words


def level_number(name: str) -> tuple[tuple[str, str], int] | None:
    """Return the text around the number in the name of a level, and the number."""
    match = re.fullmatch(r"(\D*?)(\d{1,2})(\D*)", " ".join(fold_name(name)))
    if not match or not vocabulary_words("level") & {*match[1].split(), *match[3].split()}:
        return None
    return (match[1].strip(), match[3].strip()), int(match[2])


def with_names_of_people(cells: Cells) -> Cells:
    """Return cells with a column of full names where first and last names have a column each.

    So have those of managers: ``Manager First Name``, ``Manager Last Name``.
    """
    pairs = [*filter(None, [_name_parts(cells.header)]), *names_of_managers(cells.header)]
    if not pairs:
        return cells
    for first, last in pairs:
        halves = zip(cells.of(first), cells.of(last), strict=True)
        names = [f"{given} {family}".strip() for given, family in halves]
        cells = cells.with_column(COLUMN_SEPARATOR.join((first, last)), names)
    return cells


def with_numbers_of_outlines(cells: Cells) -> Cells:
    """Return cells with a column of the numbers with which names begin: “1.2 Finance”."""
    for name in cells.header:
        sample = [*islice(cells.counts(name), SAMPLE_SIZE)]
        numbered = sum(map(bool, map(NUMBERED_NAME.match, sample)))
        if len(sample) < MIN_EVIDENCE or numbered < ALWAYS * len(sample):
            continue
        matches = map(NUMBERED_NAME.match, cells.of(name))
        numbers = [match[1].rstrip(".") if match else "" for match in matches]
        if any("." in number for number in numbers) and len({*numbers}) == len(numbers):
            return cells.with_column(f"number of {name}", numbers)
    return cells


def _name_parts(header: Sequence[str]) -> tuple[str, str] | None:
    """Return the columns of first and of last names; None if the table does not have both."""
    firsts = whole_named(UNITS, "first_name", header)
    lasts = whole_named(UNITS, "last_name", header)
    others = [name for name in whole_named(PEOPLE, "name", header) if name not in {*firsts, *lasts}]
    # “Vorname, Name”, “Nombre, Apellidos”: the other half may be called a name.
    bare = [name for name in header if fold_name(name) in BARE_NAMES and name not in others]
    others = [name for name in others if fold_name(name) in BARE_NAMES] + bare
    firsts, lasts = firsts or (others if lasts else []), lasts or (others if firsts else [])
    if firsts and lasts and firsts[0] != lasts[0]:
        return firsts[0], lasts[0]
    owners = _qualified_names(header)
    return next((owners[of] for of in owners if {*of} <= vocabulary_words("of a person")), None)


def names_of_managers(header: Sequence[str]) -> list[tuple[str, str]]:
    """Return the columns of first and of last names of each kind of managers."""
    managers = vocabulary_words("person of parent")
    return [pair for of, pair in _qualified_names(header).items() if {*of} & managers]


def _qualified_names(header: Sequence[str]) -> dict[tuple[str, ...], tuple[str, str]]:
    """Return the columns of first and of last names by the words that say whose names they are.

    ``Legal First Name`` is of “legal”, ``Manager Given Name`` and ``Prénom du chef`` of a manager.
    """
    halves: dict[str, dict[tuple[str, ...], str]] = {"first_name": {}, "last_name": {}}
    for name in header:
        words = without_asides(name)
        for at in range(1, len(words)):
            for half, of in ((words[at:], words[:at]), (words[:at], words[at:])):
                for column, named in halves.items():
                    if whole_named(UNITS, column, [" ".join(half)]):
                        named.setdefault(of, name)
    firsts, lasts = halves.values()
    return {of: (firsts[of], lasts[of]) for of in firsts if of in lasts and firsts[of] != lasts[of]}


class NameFinder:
    """Finds the columns that describe the records of one table."""

    def __init__(self, profile: Profile, given: Mapping[str, str]) -> None:
        self._profile = profile
        self._cells = profile.cells
        self._given = given
        parts = _name_parts(profile.header)
        self._parts = parts
        self._composed = COLUMN_SEPARATOR.join(parts) if parts else ""
        self._level_ids: dict[str, str] = {}

    @cached_property
    def ids(self) -> list[str]:
        """The columns whose headings say that they have ids, the likeliest first."""
        profile = self._profile
        whole = profile.whole("id")
        numbers = [name for name in profile.header if profile.words(name) & WORDS_FOR_NUMBERS]
        named = [*whole, *profile.part("id"), *profile.part("id", numbers, role=PEOPLE)]
        named += self._unnamed_ids
        duties = {*profile.part(RESPONSIBILITIES), *profile.whole(RESPONSIBILITIES)}
        parents = {*profile.whole("parent_id"), *profile.part("parent_id")}
        given = [self._given["id"]] if "id" in self._given else []
        return [
            *given,
            *(
                name
                for name in dict.fromkeys(named)
                if name not in duties
                and name not in parents
                and name != self._composed
                and fold_name(name) != (RECORD,)
                and profile.letters(name) <= LONGEST_ID
                and (
                    name in whole
                    or profile.kind(name)
                    in {ColumnKind.CODE, ColumnKind.NUMBER, ColumnKind.LINK, ColumnKind.TEXT}
                )
                and name not in self.people_names
            ),
        ]

    @cached_property
    def _unnamed_ids(self) -> list[str]:
        """The first column, whatever it is called, if it has a code or a number for each record."""
        profile, cells, first = self._profile, self._cells, self._profile.header[0]
        if first in {short for _, short in self._forms} or first in (self._parts or ()):
            return []
        has_codes = profile.kind(first) in {ColumnKind.CODE, ColumnKind.NUMBER}
        is_key = cells.counts(first) and cells.distinct(first) == cells.filled(first) == 1
        return [first] if has_codes and is_key and not are_ranks(cells.counts(first)) else []

    @cached_property
    def are_posts(self) -> bool:
        """Whether the records are posts: then a post's title is its name."""
        if self._profile.whole("id", role=PEOPLE):
            return False
        if self._composed and not self._profile.whole("name", role=POSTS):
            return False
        whole = [*self._profile.whole("id", role=POSTS), *self._profile.whole("id")]
        whole = self._profile.kinds(whole, {ColumnKind.CODE, ColumnKind.NUMBER})[:1]
        return bool(part_named(POSTS, "id", whole)) and not part_named(PEOPLE, "id", whole)

    @cached_property
    def are_people(self) -> bool:
        """Whether the records are people: then the name of a person is that of the unit."""
        if self.are_posts:
            return False
        if self._composed:
            return True
        profile = self._profile
        units = vocabulary_words("unit") | vocabulary_words("any unit")
        named = [
            name for name in profile.whole("name", role=PEOPLE) if not profile.words(name) & units
        ]
        if not named:
            return False
        if part_named(PEOPLE, "id", profile.whole("id")):
            return True
        managers = [
            name
            for name in (*profile.whole("parent_id"), *profile.part("parent_id"))
            if profile.words(name) & vocabulary_words("person of parent")
        ]
        titles = [name for name in profile.whole("title", role=PEOPLE) if name not in named]
        of_people = [name for name in named if fold_name(name) not in BARE_NAMES]
        if managers:
            return bool(titles or of_people or profile.whole("email"))
        return bool(titles and of_people)

    def records(self, shape: Shape, columns: Mapping[str, str]) -> Records:
        """Return what the records are if these columns describe them, by standard column.

        They are posts if the title of a post is their name, and their number, the heading of the
        title, a column of holders or a mark of a vacancy says so. Posts below levels are not all
        that is drawn.
        """
        if self.are_people:
            return Records.PEOPLE
        profile, name = self._profile, columns.get("name", "")
        if shape in {Shape.LEVELS, Shape.PATH} or name not in profile.whole("name", role=POSTS):
            return Records.UNITS
        marked = [columns[column] for column in ("head", "status") if column in columns]
        is_said = (
            self.are_posts
            or profile.words(name) & vocabulary_words("post")
            or self._holders(marked)
            or any(vacant_cells(self._cells.counts(column)) for column in marked)
        )
        are_titles = profile.kind(name) is ColumnKind.TEXT and self._cells.filled(name) >= MOSTLY
        return Records.POSTS if is_said and are_titles else Records.UNITS

    def _holders(self, names: Iterable[str]) -> list[str]:
        """Return the columns whose headings say that they have those who hold posts."""
        words = vocabulary_words("holder")
        likely = self._profile.whole("head", names, role=POSTS)
        return [name for name in likely if self._profile.words(name) & words]

    @cached_property
    def people_names(self) -> list[str]:
        """The columns of names of people, the likeliest first; none where there are no people."""
        if not self.are_people:
            return []
        whole = self._profile.whole("name", role=PEOPLE)
        named = [name for name in whole if not self._parts or name not in self._parts]
        filled = [name for name in named if self._cells.filled(name) >= MOSTLY]
        return [*([self._composed] if self._composed else []), *filled]

    @cached_property
    def names(self) -> list[str]:
        """The columns that may have the names of the records, the likeliest first."""
        if "name" in self._given:
            return [self._given["name"]]
        profile = self._profile
        if self.people_names:
            return self.people_names
        titles = profile.whole("name", role=POSTS) if self.are_posts else []
        parents = {*profile.part("parent_id"), *profile.whole(PARENT_NAME), *profile.part("path")}
        # “Office” is no place beside “Superior Office”.
        akin = [
            name
            for name in profile.header
            if profile.kind(name) is ColumnKind.TEXT
            and name not in self.ids
            and any(profile.words(name) < profile.words(parent) for parent in parents)
        ]
        named = [*titles, *self._long_forms, *profile.whole("name"), *akin, *profile.part("name")]
        named = [name for name in dict.fromkeys(named) if name not in parents]

        def is_unlikely(name: str) -> bool:
            return profile.kind(name) in NO_NAMES or profile.letters(name) > LONGEST_NAME

        named.sort(key=is_unlikely)
        filled = [name for name in named if self._cells.filled(name) >= MOSTLY]
        # A column that has the same cell in nearly all records is the last choice.
        varied = [name for name in filled if self._cells.distinct(name) >= SOMETIMES]
        return list(dict.fromkeys([*varied, *filled, *sorted(named, key=self._cells.filled)[::-1]]))

    @cached_property
    def _long_forms(self) -> list[str]:
        """The columns of long names beside a column of short ones: ``entity_long, entity``."""
        return [long for long, _ in self._forms]

    @cached_property
    def _forms(self) -> list[tuple[str, str]]:
        """The columns of names, each with the one of its short forms."""
        profile = self._profile
        by_subject: dict[tuple[str, ...], list[str]] = {}
        for name in profile.header:
            words = tuple(word for word in fold_name(name) if word not in LONG_FORMS | SHORT_FORMS)
            if COLUMN_SEPARATOR not in name and words:
                by_subject.setdefault(words, []).append(name)
        for heading in [*by_subject]:
            if len(heading) > 1 and heading[-1] == "name":  # “Entity Name” beside “Entity”
                by_subject.setdefault(heading[:-1], []).extend(by_subject[heading])
        return [
            (long, short)
            for names in by_subject.values()
            for long, short in permutations(names, 2)
            if self._are_forms(profile.words(long), profile.words(short))
            and 0 < profile.letters(short) < profile.letters(long)
        ]

    @staticmethod
    def _are_forms(long: frozenset[str], short: frozenset[str]) -> bool:
        """Return whether one of two headings says that it is the long or the short form."""
        is_stated = long & LONG_FORMS or short & SHORT_FORMS or long - short == {"name"}
        return bool(is_stated) and not (long & SHORT_FORMS or short & LONG_FORMS)

    @cached_property
    def identities(self) -> list[str]:
        """The further columns by which cells may refer to records."""
        profile = self._profile
        managers = {*profile.whole("parent_id"), *profile.part("parent_id")}
        named = [
            name
            for column in IDENTITIES
            for name in (*profile.whole(column), *profile.part(column))
        ]
        named += self.people_names
        return [name for name in dict.fromkeys(named) if name not in managers]

    @cached_property
    def otherwise(self) -> set[str]:
        """The columns with the name of a standard column that never has parents."""
        return {
            name
            for column in standard_columns(UNITS)
            if column not in {"parent_id", PARENT_NAME, "head", "location", FURTHER_PARENT}
            for name in self._profile.whole(column)
        }

    def described(
        self, shape: Shape, own: Mapping[str, str], key: str, levels: Sequence[str]
    ) -> dict[str, str]:
        """Return the columns of the hierarchy with those that describe units added."""
        columns = dict(own)
        if "name" not in columns and (name := self._name(shape, columns, key, levels)):
            columns["name"] = name
        if "id" not in columns and (name := self._id(columns, key, levels)):
            columns["id"] = name
        columns |= self._head_and_acronym(shape, columns, levels)
        if "parent_id" in columns and (name := self._parent_name(columns, key)):
            columns[PARENT_NAME] = name
        for column in standard_columns(UNITS):
            if column in NOT_DESCRIPTIVE | HIERARCHY_COLUMNS or column in columns:
                continue
            if name := self._by_heading(column, {*columns.values(), *levels}):
                columns[column] = name
        return columns

    def level_ids(self, levels: Sequence[str]) -> tuple[str, ...]:
        """Return the column with the ids of each level; empty texts for levels without one."""
        for level in levels:
            if level not in self._level_ids:
                self._level_ids[level] = self._level_id(level)
        return tuple(self._level_ids[level] for level in levels)

    def _level_id(self, level: str) -> str:
        """Return the column that has an id for each unit of a level; empty if there is none.

        Its heading has the words of the level: ``Region ID`` beside ``Region Name``.
        """
        profile, cells = self._profile, self._cells
        named = (
            name
            for name in profile.header
            if profile.words(name) & WORDS_FOR_NUMBERS
            and subject(name) == subject(level)
            and cells.counts(name)
            and len({*zip(cells.of(name), cells.of(level), strict=True)} - {("", "")})
            <= len(cells.counts(name)) + 1
        )
        return next(named, "")

    def _head_and_acronym(
        self, shape: Shape, columns: Mapping[str, str], levels: Sequence[str]
    ) -> dict[str, str]:
        """Return the column of those who hold a post, and that of the short form of the name."""
        profile = self._profile
        taken = {*columns.values(), *levels}
        free = [name for name in profile.header if name not in taken]
        name = columns.get("name", "") or next(iter(levels[-1:]), "")
        heads = profile.whole("head", free, role=POSTS) if self.are_posts else []
        if name in profile.whole("name", role=POSTS) and not self.are_people:
            heads += self._holders(free)
        if shape is not Shape.NONE and names_level(name, vocabulary_words("unit")):
            heads += self._managers_of_units(free)
        # A short form may be the key of the units as well.
        forms = [
            short
            for long, short in self._forms
            if long == name
            and short in {*free, columns.get("id", "")}
            and short not in profile.whole("short_name")
        ]
        acronyms = [short for short in forms if profile.letters(short) <= LONGEST_ACRONYM]
        found = {"head": heads, "acronym": acronyms}
        return {name: found[name][0] for name in found if found[name] and name not in columns}

    def _managers_of_units(self, free: Iterable[str]) -> list[str]:
        """Return the columns of managers who have the names of people, not those of units."""
        profile = self._profile
        managers = [
            name
            for name in profile.whole("parent_id", free)
            if profile.words(name) & vocabulary_words("head of unit")
        ]
        return [
            name
            for name in managers
            if sum(bool(person_key(cell)) for cell in profile.sample(name))
            >= ALWAYS * len(profile.sample(name))
        ]

    def _name(
        self, shape: Shape, columns: Mapping[str, str], key: str, levels: Sequence[str]
    ) -> str:
        taken = {*columns.values(), *levels}
        named = [name for name in self.names if name not in taken - {key}]
        if levels and "name" not in self._given:
            named = [name for name in named if not self._is_level(name)]
        may_be_name = key in self._profile.header and key not in {*self.ids, *self.identities}
        parent = self._profile.words(columns.get("parent_id", ""))
        if named and key not in named and not self._profile.words(key) < parent:
            may_be_name = may_be_name and not self._profile.are_single_words(key)
        # The holder of a post is not its name.
        may_be_name = may_be_name and shape is not Shape.NESTED_IDS
        may_be_name = may_be_name and not (self.are_posts and key not in self.names)
        if may_be_name and not self.people_names and self._profile.kind(key) is ColumnKind.TEXT:
            # Parents that are names refer to the names of units.
            return key
        if named:
            return named[0]
        if shape is Shape.PATH or any(map(level_number, levels)):
            return ""
        return self._guessed_name(taken | {key}, levels)

    def _guessed_name(self, taken: Collection[str], levels: Sequence[str]) -> str:
        """Return the column that is most like one of names, whatever it is called."""
        profile, cells = self._profile, self._cells
        if levels and cells.distinct(levels[-1]) >= ALWAYS <= cells.filled(levels[-1]):
            return ""  # The last level tells the records apart.
        named_otherwise = {
            name for column in COLUMNS_WITHOUT_NAMES for name in profile.whole(column)
        }
        excluded = {*taken, *named_otherwise, *profile.part(RESPONSIBILITIES), *self.ids}
        free = [name for name in profile.header if name not in {*excluded, self._composed}]
        if levels:
            free = [name for name in free if not self._is_level(name)]
        guess = most_varied_text(profile, free)
        if levels and guess:
            # Below levels a guessed name must tell the records apart.
            return guess if cells.distinct(guess) >= ALWAYS else ""
        likely = [*([guess] if guess else []), *self._short_summaries()]
        return max(likely, key=cells.distinct, default="")

    def _is_level(self, name: str) -> bool:
        """Return whether a column is named after a type of unit, so that it is a level itself."""
        return names_level(name, vocabulary_words("unit")) and not self.tells_apart(name)

    def tells_apart(self, name: str) -> bool:
        """Return whether a column is called a name, and has another one for nearly each record."""
        is_name = self._profile.words(name) & vocabulary_words("name")
        return bool(is_name) and self._cells.distinct(name) >= ALWAYS <= self._cells.filled(name)

    def _short_summaries(self) -> list[str]:
        """Return the columns of descriptions that are as short as names."""
        return [
            name
            for name in self._profile.whole("summary")
            if self._profile.letters(name) <= LONGEST_DESCRIPTION_AS_NAME
            and self._cells.distinct(name) >= KEY_SHARE
        ]

    def _id(self, columns: Mapping[str, str], key: str, levels: Sequence[str]) -> str:
        """Return the column of ids: the best named one whose cells are distinct, or the key.

        Ids of levels are not those of the units below them. The id of a unit has the words of its
        name: ``Office ID`` beside ``Office Name``.
        """
        name, parent = columns.get("name", ""), columns.get("parent_id", "")
        key_is_free = bool(key) and key not in {name, parent} and fold_name(key) != (RECORD,)
        if key_is_free and (
            key in self.ids or COLUMN_SEPARATOR in key or self._profile.are_single_words(key)
        ):
            return key
        ids_of_levels = [*self.level_ids(levels)]
        if levels and not name:
            name = ids_of_levels.pop() or levels[-1]
        ids = [column for column in self.ids if column not in ids_of_levels]
        ids.sort(key=lambda column: subject(column) != subject(name))
        for column in ids:
            if column in columns.values():
                continue
            is_named_id = fold_name(column) == ("id",) and self._cells.counts(column)
            is_distinct = (
                self._cells.filled(column) >= ALWAYS and self._cells.distinct(column) >= KEY_SHARE
            )
            if is_named_id or is_distinct or self._identifies(column, name):
                return column
        # Several records may have one text: then it is a title, by which parents are named.
        is_id = key_is_free and key != self._composed
        is_id = is_id and (self._cells.distinct(key) == 1 or self._profile.kind(key) in CODES)
        return key if is_id else ""

    def _identifies(self, column: str, name: str) -> bool:
        """Return whether each code of a column stands for one name, in however many records."""
        if name not in self._cells.header or column not in self._profile.whole("id"):
            return False
        codes, names = self._cells.counts(column), self._cells.counts(name)
        pairs = set(zip(self._cells.of(column), self._cells.of(name), strict=True))
        return len(pairs) == len(codes) == len(names) and self._cells.filled(column) == 1

    def _parent_name(self, columns: Mapping[str, str], key: str) -> str:
        """Return the column near that of parents that repeats the names of these."""
        cells, header = self._cells, list(self._profile.header)
        parent, name = columns["parent_id"], columns.get("name", key)
        if parent not in header or name not in header:
            return ""
        taken = {*columns.values()}
        named = [other for other in self._profile.whole(PARENT_NAME) if other not in taken]
        if key in {"", name}:
            return ""
        at = header.index(parent)
        near = header[max(0, at - 1) : at + 2]
        near = [other for other in near if other not in self.otherwise]
        akin = self._profile.part("parent_id")
        candidates = dict.fromkeys([*named, *near, *akin])
        likely = [other for other in candidates if other != parent and other not in taken]
        if not likely:
            return ""
        name_of = dict(zip(cells.of(key), cells.of(name), strict=True))
        for candidate in likely:
            pairs = islice(zip(cells.of(parent), cells.of(candidate), strict=True), MAX_COMPARED)
            matches = [
                fold_text(name_of[above]) == fold_text(cell)
                for above, cell in pairs
                if above in name_of and cell
            ]
            if matches and sum(matches) >= ALWAYS * len(matches):
                return candidate
        return ""

    def _by_heading(self, column: str, taken: Iterable[str]) -> str:
        """Return the column for a standard column that is recognized by its heading."""
        profile = self._profile
        free = [name for name in profile.header if name not in {*taken}]
        named = profile.whole(column, free)
        if column == "type":
            titles = profile.whole("title", free, role=PEOPLE) if self.are_people else []
            telling = [*titles, *profile.part(column, free)]
            named = [*titles, *named, *telling]
            named = [name for name in named if self._has_types(name, is_named=name in telling)]
        elif column in {"source", "status", RESPONSIBILITIES, *IDENTITIES}:
            named += profile.part(column, free)
        if column == RESPONSIBILITIES:
            named = [name for name in named if profile.kind(name) not in NO_NAMES]
        return named[0] if named else ""

    def _has_types(self, name: str, *, is_named: bool) -> bool:
        """Return whether a column may have types: words, and few if its name does not say so."""
        counts = self._cells.counts(name)
        are_few = len(counts) <= max(FEW_TYPES, len(self._cells) * FEW_TYPES_SHARE)
        are_numbers = all(cell.replace(".", "").isdecimal() for cell in counts)
        return (is_named or are_few) and not are_numbers


def most_varied_text(profile: Profile, columns: Iterable[str]) -> str:
    """Return the column with the largest share of distinct texts; empty if there is none.

    Numbers, codes, addresses and columns that are mostly empty are no texts.
    """

    def is_wordy(name: str) -> bool:
        if profile.kind(name) in NO_NAMES:
            return False
        sample = profile.sample(name)
        words = sum(any(letter.isalpha() for letter in cell) for cell in sample)
        addresses = any("://" in cell or "@" in cell for cell in sample)
        return (
            profile.cells.filled(name) >= MOSTLY and words >= ALWAYS * len(sample) and not addresses
        )

    return max(filter(is_wordy, columns), key=profile.cells.distinct, default="")
