"""Resolution of parents: by key, then by name, then by looser comparison."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from rapidfuzz import fuzz, process

from components import faults
from components.importing.cells import is_missing, loose_key, possible_lists
from components.importing.references import RecordIndex
from components.importing.table_roles import TableRole
from components.importing.unit_rows import UnitRows
from components.model.organization import Records
from components.model.preorder import NO_PARENT
from components.model.text import fold_text
from components.problems import Fault, Problem

MAX_SUGGESTIONS, MAX_COMPARED = 50, 20_000
"""Unknown parents, and names of units, above which no similar names are searched for."""
MIN_SIMILARITY, MIN_SIMILARITY_OF_WORDS = 80, 65
"""Least normalized similarity of a suggested name, and of the words that differ, in percent."""
MAX_SIMILAR = 5
MAX_RECORDS_NAMED = 12
UNAMBIGUOUS_SEPARATORS = (";", "|", "\n")
"""Separators that names do not have, so that a list may be recognized by one of its entries."""


@dataclass
class Forest:
    """The parents of rows as row numbers."""

    parent: list[int]
    """The parent of each row; numbers past the last row stand for the placeholders."""
    further: list[tuple[int, int]] = field(default_factory=list)
    """Rows and their further parents."""
    placeholders: list[tuple[str, str, int]] = field(default_factory=list)
    """Key, name and first record of each parent that has no record itself."""
    alternatives: dict[int, Sequence[int]] = field(default_factory=dict)
    """The other rows with the id or name of the parent of a row."""
    isolated: list[int] = field(default_factory=list)
    """Roots without children, where several roots were gathered under one."""
    is_gathered: bool = False
    """Whether the last row was added to gather several roots."""


def resolve_parents(rows: UnitRows, units: TableRole, problems: list[Problem]) -> Forest:
    """Return the parent of each row; faults are added to ``problems``."""
    return _ParentResolver(rows, units, problems).resolve()


def parent_problem(
    fault: Fault, row: int, rows: UnitRows, units: TableRole, **values: object
) -> Problem:
    """Return the problem with the parent of a row."""
    return fault.problem(
        units.table,
        record=rows.records[row],
        column=units.parent_column,
        value=rows.parents[row],
        **values,
    )


class _UnitIndex(RecordIndex):
    """Finds the rows of units by keys and names."""

    def __init__(self, units: UnitRows, *, have_ids: bool) -> None:
        """Without ``have_ids`` ids are made from the names and found like these."""
        self.units = units
        cells = units.cells
        further = chain.from_iterable(units.further_parents.values())
        columns = (units.keys, cells["id"], cells["name"], *units.identities)
        exact = [
            column
            for at, column in enumerate(columns)
            if column not in columns[:at] and any(column)
        ]
        loose = [column for column in exact if have_ids or column is not cells["id"]]
        loose += [cells[column] for column in ("short_name", "acronym") if any(cells[column])]
        super().__init__(exact, loose, {*units.parents, *further})

    def spelling(self, cell: str, row: int) -> str:
        """Return the key, id or name by which a cell names a row loosely."""
        keys = (self.units.keys[row], self.units.cells["id"][row])
        same = (key for key in keys if loose_key(key) == loose_key(cell))
        return next(same, self.units.cells["name"][row])

    def suggestions(self, cells: Sequence[str]) -> dict[str, str]:
        """Return the most similar key or name for each cell that has one.

        None are searched for where there are very many cells or names.
        """
        if not 0 < len(cells) <= MAX_SUGGESTIONS:
            return {}
        names: dict[str, None] = {}
        for name in chain(self.units.keys, self.units.cells["name"]):
            names[name] = None
            if len(names) > MAX_COMPARED:
                return {}
        suggestions, choices = {}, [*names]
        for cell in cells:
            similar = process.extract(
                cell, choices, scorer=fuzz.ratio, score_cutoff=MIN_SIMILARITY, limit=MAX_SIMILAR
            )
            best = next((name for name, _, _ in similar if _differ_by_spelling(cell, name)), None)
            if best:
                suggestions[cell] = best
        return suggestions


def _differ_by_spelling(one: str, other: str) -> bool:
    """Return whether the words in which two names differ are similar, as misspelt words are."""
    words, other_words = fold_text(one).split(), fold_text(other).split()
    differing = [word for word in words if word not in other_words]
    counterparts = [word for word in other_words if word not in words]
    similarity = fuzz.ratio(" ".join(differing), " ".join(counterparts))
    return bool(differing and counterparts) and similarity >= MIN_SIMILARITY_OF_WORDS


class _ParentResolver:
    """Resolves the parents of rows, each distinct cell once."""

    def __init__(self, rows: UnitRows, units: TableRole, problems: list[Problem]) -> None:
        self._rows = rows
        self._units = units
        self._problems = problems
        self._index = _UnitIndex(rows, have_ids="id" in units.columns)
        self._rows_of_cell: dict[str, list[int]] = defaultdict(list)
        for row, cell in enumerate(rows.parents):
            if cell:
                self._rows_of_cell[cell].append(row)
        self._placeholder_row: dict[str, int] = {}
        self._respelled: list[tuple[int, str]] = []
        self._listing: list[tuple[int, Sequence[int]]] = []
        self._forest = Forest([NO_PARENT] * len(rows))

    def resolve(self) -> Forest:
        unknown: dict[str, list[int]] = {}
        for cell, rows in self._rows_of_cell.items():
            parents = self._resolve_cell(cell, rows)
            if parents is None:
                unknown[cell] = rows
                for row in rows:
                    self._forest.parent[row] = self._placeholder(row)
            elif len(parents) > 1 and len(self._index.find(cell)) > 1:
                for row in rows:
                    self._set_ambiguous_parent(row, parents)
            elif parents:
                self._set_parents(rows, parents)
        self._report_respelled()
        self._report_lists()
        self._report_unknown(unknown)
        for row, cells in self._rows.further_parents.items():
            for cell in dict.fromkeys(cells):
                self._add_further_parents(row, cell)
        return self._forest

    def _resolve_cell(self, cell: str, rows: Sequence[int]) -> list[int] | None:
        """Return the rows that a parent cell names.

        They are several if the cell is a list or its name is ambiguous, none for a marker such as
        ``n/a``. Return None for an unknown parent.
        """
        if parents := self._index.exact(cell):
            return parents
        if is_missing(cell):
            where = f" in {len(rows):,} records" if len(rows) > 1 else ""
            self._report(faults.WORD_FOR_NO_PARENT, rows[0], where=where)
            return []
        if parents := self._index.loose(cell) or self._index.by_parts(
            cell, all_parts=self._units.records is not Records.PEOPLE
        ):
            if len(parents) == 1:
                self._respelled.append((rows[0], self._index.spelling(cell, parents[0])))
            return parents
        return self._resolve_list(cell, rows[0])

    def _resolve_list(self, cell: str, row: int) -> list[int] | None:
        """Return the rows that the entries of a list name; None if the cell is no such list."""
        for names in possible_lists(cell):
            found = {name: self._index.find(name) for name in names}
            unknown = [name for name, parents in found.items() if len(parents) != 1]
            known = list(dict.fromkeys(found[name][0] for name in names if name not in unknown))
            are_entries = any(mark in cell for mark in UNAMBIGUOUS_SEPARATORS) or cell[0] in "[("
            if known and (not unknown or are_entries):
                for name in unknown:
                    if not is_missing(name):
                        self._report(faults.UNKNOWN_FURTHER_PARENT, row, parent=name)
                return known
        return None

    def _set_parents(self, rows: Sequence[int], parents: Sequence[int]) -> None:
        """Set the first of several parents as that of some rows, the others as further ones."""
        for row in rows:
            others = parents
            if row in parents:
                others = [parent for parent in parents if parent != row]
                self._report(faults.ONE_OWN_PARENT if others else faults.OWN_PARENT, row)
            if others:
                self._forest.parent[row] = others[0]
            if len(others) > 1:
                self._forest.further += [(row, parent) for parent in others[1:]]
                self._listing.append((row, others))

    def _set_ambiguous_parent(self, row: int, parents: Sequence[int]) -> None:
        """Set the first of several units of one name as the parent, unless the row is one."""
        if row in parents:
            self._set_parents([row], [row])
            return
        self._forest.parent[row] = parents[0]
        self._forest.alternatives[row] = parents[1:]

    def _add_further_parents(self, row: int, cell: str) -> None:
        parents = self._index.find(cell)
        if not parents and not is_missing(cell):
            parents = self._resolve_list(cell, row) or []
            if not parents:
                self._report(faults.UNKNOWN_FURTHER_PARENT, row, parent=cell)
        elif len(parents) > 1:
            self._report(faults.UNKNOWN_FURTHER_PARENT, row, parent=cell)
            return
        for parent in parents:
            if parent not in {row, self._forest.parent[row]}:
                self._forest.further.append((row, parent))

    def _placeholder(self, row: int) -> int:
        """Return the number past the last row that stands for the unknown parent of a row."""
        rows = self._rows
        cell = rows.parents[row]
        key = loose_key(cell)
        if key not in self._placeholder_row:
            self._placeholder_row[key] = len(rows) + len(self._forest.placeholders)
            name = rows.parent_names[row] or cell
            self._forest.placeholders.append((cell, name, rows.records[row]))
        return self._placeholder_row[key]

    def _report_respelled(self) -> None:
        """Report the parents that are spelled unlike their units, all of them as one problem."""
        if not self._respelled:
            return
        row, meant = self._respelled[0]
        count = len(self._rows_of_cell[self._rows.parents[row]])
        if len(self._respelled) == 1:
            where = f" in {count:,} records" if count > 1 else ""
            self._report(faults.REPAIRED_PARENT, row, meant=meant, where=where)
        else:
            self._report(faults.REPAIRED_PARENTS, row, meant=meant, count=len(self._respelled))

    def _report_lists(self) -> None:
        """Report the records that name several parents, all of them as one problem."""
        if len(self._listing) == 1:
            ((row, parents),) = self._listing
            first = self._rows.cells["name"][parents[0]]
            self._report(faults.PARENTS_IN_ONE_CELL, row, count=len(parents), first=first)
        elif self._listing:
            row, _ = min(self._listing)
            self._report(faults.PARENTS_IN_CELLS, row, count=len(self._listing))

    def _report_unknown(self, unknown: Mapping[str, Sequence[int]]) -> None:
        """Report each parent that is not in the table once, with the records that name it."""
        suggestions = self._index.suggestions(list(unknown))
        for cell, rows in unknown.items():
            where = ""
            if len(rows) > 1:
                records = [str(self._rows.records[row]) for row in rows[:MAX_RECORDS_NAMED]]
                more = len(rows) - len(records)
                ending = f" and {more:,} more" if more else ""
                where = f" It is named in the records {', '.join(records)}{ending}."
            suggestion = suggestions.get(cell)
            if suggestion is None or self._is_below(suggestion, rows[0]):
                self._report(faults.UNKNOWN_PARENT, rows[0], where=where)
            else:
                self._report(faults.MISSPELT_PARENT, rows[0], suggestion=suggestion, where=where)

    def _is_below(self, name: str, row: int) -> bool:
        """Return whether a unit is somewhere below the placeholder that is the parent of a row."""
        placeholder, parent = self._forest.parent[row], self._forest.parent
        above, seen = self._index.find(name)[0], set[int]()
        while 0 <= above < len(parent) and above not in seen:
            seen.add(above)
            above = parent[above]
        return above == placeholder

    def _report(self, fault: Fault, row: int, **values: object) -> None:
        self._problems.append(parent_problem(fault, row, self._rows, self._units, **values))
