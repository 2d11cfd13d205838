"""References from cells to records: by key, name, person, account or LDAP name."""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain

from components.importing.cells import loose_key, possible_lists
from components.importing.column_names import vocabulary_words
from components.model.text import fold_text, fold_texts

LDAP_NAME = re.compile(r"(?:cn|uid|ou)\s*=\s*((?:[^,\\]|\\.)+)(?:,.*)?", re.IGNORECASE)
"""A distinguished name (RFC 4514): its first value is the name of the entry."""
ESCAPED = re.compile(r"\\(.)")
ACCOUNT = re.compile(r"[\w.-]+\\([\w.-]+)")
"""An account of Windows: ``DOMAIN\\user``."""
EMAIL = re.compile(r"([^\s@]+)@[^\s@]+\.[^\s@]+")
MAX_WORDS_OF_PERSON = 6
CELLS_AT_ONCE = 20_000
"""Cells whose loose forms are in memory at the same time."""
LETTERED_NUMBER = re.compile(r"[A-Za-z]{1,3}[-_ ]?(\d{3,})")
"""The number of an employee with letters before it: ``E1001``."""
IN_BRACKETS = re.compile(r"([^()<>\[\]]+?)\s*[(<\[]([^()<>\[\]]+)[)>\]]")
NUMBER_FIRST = re.compile(r"(\w*\d\w*)\s*[-–:,/ ]\s*(\D+[ ,]\D+)")
NUMBER_LAST = re.compile(r"(\D+[ ,]\D+?)\s*[-–:,/ ]\s*(\w*\d\w*)")
WITH_TITLE = re.compile(r"(.+?)\s+[-–|]\s+(.+)")
TITLE_MARK = re.compile("[:,] ")
"""Separates a name from a title before or after it: ``Director: Ada Roe``, ``Roe, Ada, Pilot``."""
WITH_ADDRESS = re.compile(r"(.+?)\s*\(https?://[^\s()]*\)")
"""A name with the address of its page, as exports of Notion have it."""


def person_key(folded: str) -> str:
    """Return a key that is the same for the folded “okafor ada” and “ada b okafor”.

    It is empty for long texts.
    """
    words = folded.split()
    courtesy = vocabulary_words("courtesy")
    if not courtesy.isdisjoint(words):
        words = [word for word in words if word not in courtesy]
    if not 1 < len(words) <= MAX_WORDS_OF_PERSON:
        return ""
    full = [word for word in words if len(word) > 1 or not (word.isascii() and word.isalpha())]
    return " ".join(sorted(full if len(full) > 1 else words))


def forms_of(cells: Sequence[str]) -> tuple[list[str], ...]:
    """Return the forms by which cells are compared loosely, the strictest first.

    Each list has the form of each cell; it is empty where a cell has no such form.
    """
    cells = [
        match[1] if "(http" in cell and (match := WITH_ADDRESS.fullmatch(cell)) else cell
        for cell in cells
    ]
    folded = fold_texts(cells)
    spelled = [
        fold_text(cell.replace("&", " and ")) if "&" in cell else plain
        for cell, plain in zip(cells, folded, strict=True)
    ]
    inner, people, numbers = ([""] * len(cells) for _ in range(3))
    for at, cell in enumerate(cells):
        # Patterns take longest, so only cells that have their marks are matched.
        if "=" in cell and (match := LDAP_NAME.fullmatch(cell)):
            value = ESCAPED.sub(r"\1", match[1]).strip()
            inner[at], people[at] = loose_key(value), person_key(fold_text(value))
        elif ("@" in cell or "\\" in cell) and (
            match := ACCOUNT.fullmatch(cell) or EMAIL.fullmatch(cell)
        ):
            inner[at] = loose_key(match[1])
        else:
            people[at] = person_key(folded[at])
        if cell[-1:].isdecimal() and (match := LETTERED_NUMBER.fullmatch(cell)):
            numbers[at] = loose_key(match[1])
    return list(map(loose_key, cells)), spelled, inner, people, numbers


def _without_brackets(key: str) -> str:
    """Return the form of the name before brackets at the end of a key; empty if there are none."""
    is_marked = key[-1:] in ")>]" and bool(key)
    match = IN_BRACKETS.fullmatch(key) if is_marked else None
    return person_key(fold_text(match[1])) if match else ""


def parts_of_reference(cell: str) -> Iterator[str]:
    """Yield the parts of a reference to a person: “Lind, Tomas (102)”, “102 - Tomas Lind”."""
    for pattern in (IN_BRACKETS, NUMBER_FIRST, NUMBER_LAST, WITH_TITLE):
        if match := pattern.fullmatch(cell):
            yield from (part.strip() for part in match.groups())
    for mark in TITLE_MARK.finditer(cell):
        yield from (cell[: mark.start()].strip(), cell[mark.end() :].strip())


def _forms_to_find(cells: Iterable[str]) -> dict[str, list[str]]:
    """Return the loose forms of cells, of their parts, and of the entries of lists in them."""
    cells = [cell for cell in cells if cell]
    texts = list(dict.fromkeys(chain(*map(_with_entries, cells), *map(parts_of_reference, cells))))
    forms = zip(*forms_of(texts), strict=True)
    return {text: [*filter(None, each)] for text, each in zip(texts, forms, strict=True)}


def _with_entries(cell: str) -> tuple[str, ...]:
    """Return a cell that is not empty, and the entries of the lists that it can be read as."""
    return (cell, *chain.from_iterable(possible_lists(cell)))


class KeySet:
    """Keys to which cells may refer, exactly or loosely."""

    def __init__(self, keys: Collection[str], cells: Collection[str]) -> None:
        """``cells`` are all that are looked up, as they are or by parts or as lists."""
        self._keys = keys
        self._cells = cells

    @cached_property
    def _forms(self) -> dict[str, list[str]]:
        return _forms_to_find(cell for cell in self._cells if cell not in self._keys)

    @cached_property
    def _known_forms(self) -> frozenset[str]:
        """The loose forms of what is looked up that keys have; enough to find all that they are."""
        wanted = frozenset(chain.from_iterable(self._forms.values()))
        unknown = [self._forms[cell] for cell in self._cells if cell in self._forms]
        known: set[str] = set()
        for found in _wanted_forms([*self._keys], wanted):
            known.update(form for _, form in found)
            unknown = [forms for forms in unknown if known.isdisjoint(forms)]
            if not unknown:
                break
        return frozenset(known)

    def __contains__(self, cell: str) -> bool:
        """Return whether a cell is one of the keys."""
        return cell in self._keys or not self._known_forms.isdisjoint(self._forms.get(cell, ()))

    def names_person(self, cell: str) -> bool:
        """Return whether a cell is one of the keys, with a number or a title beside it or not."""
        return self._has_any((*_with_entries(cell), *parts_of_reference(cell)))

    def resolves(self, cell: str) -> bool:
        """Return whether a cell is one of the keys, or a list of them."""
        return cell in self or any(
            all(part in self for part in parts) for parts in possible_lists(cell)
        )

    def resolves_partly(self, cell: str) -> bool:
        """Return whether a cell is one of the keys, or a list that has one."""
        return self._has_any(_with_entries(cell))

    def _has_any(self, texts: Sequence[str]) -> bool:
        """Return whether one of some texts is a key; forms are compared only if none is exactly."""
        return any(text in self._keys for text in texts) or any(text in self for text in texts)


class NameIndex:
    """Records by name. Most names have one record, so lists are kept for the others only."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names

    @cached_property
    def _first(self) -> dict[str, int]:
        """The first row of each name."""
        names = self._names
        return dict(zip(reversed(names), range(len(names) - 1, -1, -1), strict=True))

    @cached_property
    def _repeated(self) -> dict[str, list[int]]:
        """The rows of each name that several have."""
        repeated: dict[str, list[int]] = {}
        if len(self._first) < len(self._names):
            for row, name in enumerate(self._names):
                if self._first[name] != row:
                    repeated.setdefault(name, [self._first[name]]).append(row)
        return repeated

    def rows(self, name: str) -> list[int]:
        """Return the rows with a name, in order; the list must not be changed."""
        if not name:
            return []
        if name in self._repeated:
            return self._repeated[name]
        return [self._first[name]] if name in self._first else []


class RecordIndex:
    """Finds the records that a cell refers to, by columns that identify them, the best first."""

    def __init__(
        self,
        exact: Sequence[Sequence[str]],
        loose: Sequence[Sequence[str]],
        cells: Collection[str],
    ) -> None:
        """``exact`` and ``loose`` are the columns that are compared in these ways.

        ``cells`` are all that are looked up, as they are or by parts or as lists.
        """
        self._exact_columns = exact
        self._loose_columns = loose
        self._cells = cells

    @cached_property
    def _exact(self) -> list[NameIndex]:
        return [NameIndex(column) for column in self._exact_columns]

    @cached_property
    def _forms(self) -> dict[str, list[str]]:
        """The loose forms of what is looked up and is no key of a record exactly."""
        return _forms_to_find(cell for cell in self._cells if not self.exact(cell))

    @cached_property
    def _loose(self) -> list[dict[str, list[int]]]:
        """Rows by the loose forms of each column, for the forms that are looked up only."""
        wanted = frozenset(chain.from_iterable(self._forms.values()))
        return [_rows_by_form(column, wanted) for column in self._loose_columns]

    def exact(self, cell: str) -> list[int]:
        """Return the records of which a cell is the key."""
        return next((rows for index in self._exact if (rows := index.rows(cell))), [])

    def loose(self, cell: str) -> list[int]:
        """Return the records of which a cell is the key but for spelling."""
        for form in self._forms.get(cell, ()):
            for rows_of in self._loose:
                if rows := rows_of.get(form):
                    return rows
        return []

    def find(self, cell: str) -> list[int]:
        """Return the records that a cell names exactly, else loosely."""
        return self.exact(cell) or self.loose(cell)

    def by_parts(self, cell: str, *, all_parts: bool) -> list[int]:
        """Return the only record that parts of a cell name: “Lind, Tomas (102)”; else none.

        With ``all_parts`` each of them must name it: “F - Finance”.
        """
        parts = [self.find(part) for part in parts_of_reference(cell)]
        if all_parts and not all(parts):
            return []
        found = {rows[0] for rows in parts if len(rows) == 1}
        return [*found] if len(found) == 1 else []


def _rows_by_form(column: Sequence[str], wanted: Container[str]) -> dict[str, list[int]]:
    """Return the rows with each of the wanted forms, in order."""
    rows_of: dict[str, set[int]] = {}
    for row, form in chain.from_iterable(_wanted_forms(column, wanted)):
        rows_of.setdefault(form, set()).add(row)
    return {form: sorted(rows) for form, rows in rows_of.items()}


def _wanted_forms(cells: Sequence[str], wanted: Container[str]) -> Iterator[list[tuple[int, str]]]:
    """Yield the positions and forms of the cells that have one of the wanted forms, by and by.

    There are many more records than cells that refer to some, so that this takes little memory.
    """
    for begin in range(0, len(cells), CELLS_AT_ONCE):
        some = cells[begin : begin + CELLS_AT_ONCE]
        columns = (*forms_of(some), list(map(_without_brackets, some)))
        yield [
            (position, form)
            for forms in columns
            for position, form in enumerate(forms, begin)
            if form in wanted
        ]
