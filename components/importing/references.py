"""References from cells to records: by key, name, person, account or LDAP name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property

from components.importing.cells import loose_key, possible_lists
from components.importing.column_names import vocabulary_words
from components.model.text import fold_text

LDAP_NAME = re.compile(r"(?:cn|uid|ou)\s*=\s*((?:[^,\\]|\\.)+)(?:,.*)?", re.IGNORECASE)
"""A distinguished name (RFC 4514): its first value is the name of the entry."""
ESCAPED = re.compile(r"\\(.)")
ACCOUNT = re.compile(r"[\w.-]+\\([\w.-]+)")
"""An account of Windows: ``DOMAIN\\user``."""
EMAIL = re.compile(r"([^\s@]+)@[^\s@]+\.[^\s@]+")
MAX_WORDS_OF_PERSON = 6
LETTERED_NUMBER = re.compile(r"[A-Za-z]{1,3}[-_ ]?(\d{3,})")
"""The number of an employee with letters before it: ``E1001``."""
IN_BRACKETS = re.compile(r"([^()<>\[\]]+?)\s*[(<\[]([^()<>\[\]]+)[)>\]]")
NUMBER_FIRST = re.compile(r"(\w*\d\w*)\s*[-–:,/ ]\s*(\D+[ ,]\D+)")
NUMBER_LAST = re.compile(r"(\D+[ ,]\D+?)\s*[-–:,/ ]\s*(\w*\d\w*)")
WITH_TITLE = re.compile(r"(.+?)\s+[-–|]\s+(.+)")


def person_key(cell: str) -> str:
    """Return a key that is the same for “Okafor, Ada” and “Ada B. Okafor”; empty for long texts."""
    words = [word for word in fold_text(cell).split() if word not in vocabulary_words("courtesy")]
    if not 1 < len(words) <= MAX_WORDS_OF_PERSON:
        return ""
    full = [word for word in words if len(word) > 1 or not (word.isascii() and word.isalpha())]
    return " ".join(sorted(full if len(full) > 1 else words))


def forms(cell: str) -> Iterator[str]:
    """Yield the forms of a cell by which it is compared loosely, the strictest first."""
    yield loose_key(cell)
    yield fold_text(cell.replace("&", " and ") if "&" in cell else cell)
    if match := LDAP_NAME.fullmatch(cell):
        value = ESCAPED.sub(r"\1", match[1]).strip()
        yield loose_key(value)
        yield person_key(value)
    elif match := (ACCOUNT.fullmatch(cell) or EMAIL.fullmatch(cell)):
        yield loose_key(match[1])
    else:
        yield person_key(cell)
    if match := LETTERED_NUMBER.fullmatch(cell):
        yield loose_key(match[1])


def parts_of_reference(cell: str) -> Iterator[str]:
    """Yield the parts of a reference to a person: “Lind, Tomas (102)”, “102 - Tomas Lind”."""
    for pattern in (IN_BRACKETS, NUMBER_FIRST, NUMBER_LAST, WITH_TITLE):
        if match := pattern.fullmatch(cell):
            yield from (part.strip() for part in match.groups())


class KeySet:
    """Keys to which cells may refer, exactly or loosely."""

    def __init__(self, keys: Collection[str]) -> None:
        self._keys = keys

    @cached_property
    def _forms(self) -> frozenset[str]:
        return frozenset(form for key in self._keys for form in forms(key) if form)

    def __contains__(self, cell: str) -> bool:
        """Return whether a cell is one of the keys."""
        return cell in self._keys or any(form in self._forms for form in forms(cell) if form)

    def names_person(self, cell: str) -> bool:
        """Return whether a cell is one of the keys, with a number or a title beside it or not."""
        return self.resolves_partly(cell) or any(part in self for part in parts_of_reference(cell))

    def resolves(self, cell: str) -> bool:
        """Return whether a cell is one of the keys, or a list of them."""
        return cell in self or any(
            all(part in self for part in parts) for parts in possible_lists(cell)
        )

    def resolves_partly(self, cell: str) -> bool:
        """Return whether a cell is one of the keys, or a list that has one."""
        return cell in self or any(
            any(part in self for part in parts) for parts in possible_lists(cell)
        )


class NameIndex:
    """Records by name. Most names have one record, so lists are kept for the others only."""

    def __init__(self, names: Sequence[str]) -> None:
        self._first = dict(zip(reversed(names), range(len(names) - 1, -1, -1), strict=True))
        self._repeated: dict[str, list[int]] = {}
        if len(self._first) < len(names):
            for row, name in enumerate(names):
                if self._first[name] != row:
                    self._repeated.setdefault(name, [self._first[name]]).append(row)
        self._first.pop("", None)
        self._repeated.pop("", None)

    def rows(self, name: str) -> list[int]:
        """Return the rows with a name, in order; the list must not be changed."""
        if name in self._repeated:
            return self._repeated[name]
        return [self._first[name]] if name in self._first else []


class RecordIndex:
    """Finds the records that a cell refers to, by columns that identify them, the best first."""

    def __init__(self, columns: Sequence[Sequence[str]], names: Sequence[Sequence[str]]) -> None:
        """``names`` are columns that are compared loosely only: short names, acronyms."""
        self._columns = columns
        self._names = names

    @cached_property
    def _exact(self) -> list[NameIndex]:
        return [NameIndex(column) for column in self._columns]

    @cached_property
    def _loose(self) -> list[dict[str, int | list[int]]]:
        """Rows by the loose forms of each column; a list of rows where a form has several."""
        return [_rows_by_form(column) for column in (*self._columns, *self._names)]

    def exact(self, cell: str) -> list[int]:
        """Return the records of which a cell is the key."""
        return next((rows for index in self._exact if (rows := index.rows(cell))), [])

    def loose(self, cell: str) -> list[int]:
        """Return the records of which a cell is the key but for spelling."""
        for form in filter(None, forms(cell)):
            for rows_of in self._loose:
                if (rows := rows_of.get(form)) is not None:
                    return rows if isinstance(rows, list) else [rows]
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


def _rows_by_form(column: Sequence[str]) -> dict[str, int | list[int]]:
    rows_of: dict[str, int | list[int]] = {}
    for row, cell in enumerate(column):
        for form in {*forms(cell)} if cell else ():
            rows = rows_of.setdefault(form, row)
            if isinstance(rows, list):
                rows.append(row)
            elif rows != row:
                rows_of[form] = [rows, row]
    rows_of.pop("", None)
    return rows_of
