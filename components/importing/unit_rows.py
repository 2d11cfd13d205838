"""The units of a dataset as rows, each with the key of its parent as its table states it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from components.importing.table_roles import PARENT_NAME, RESPONSIBILITIES, TableRole
from components.model.organization import UNIT_COLUMNS


@dataclass
class UnitRows:
    """The units of a dataset, a row each.

    Columns may be shared with the table, so they are replaced and never changed in place.
    """

    cells: dict[str, list[str]]
    """The cells of each standard column of units."""
    records: list[int]
    keys: list[str]
    parents: list[str]
    """As the table has them: a key, a name, a list of these, or a missing-value marker."""
    parent_names: list[str]
    responsibilities: list[str]
    sources: list[int]
    """The position in the table of the record that each row comes from; -1 for none."""
    further_sources: dict[int, list[int]] = field(default_factory=dict)
    """The positions of further records of the units of rows."""
    identities: list[list[str]] = field(default_factory=list)
    """Further columns of cells by which parents may be named: e-mail addresses, accounts."""
    further_parents: dict[int, list[str]] = field(default_factory=dict)
    """The keys of the further parents of rows."""
    repeated_records: list[int] = field(default_factory=list)
    """Records whose levels or path are those of an earlier record."""
    hierarchy_links: frozenset[int] = frozenset()
    """The records of the table of relations that state the hierarchy."""
    synthetic: frozenset[int] = frozenset()
    """The rows that were added for units without a record."""

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.records)

    def keep(self, rows: Sequence[int]) -> None:
        """Keep these rows only, in this order."""
        self._replace_texts(lambda cells: list(map(cells.__getitem__, rows)))
        self.records = list(map(self.records.__getitem__, rows))
        self.sources = list(map(self.sources.__getitem__, rows))
        if not (self.further_parents or self.further_sources or self.synthetic):
            return
        new_row = {row: at for at, row in enumerate(rows)}
        self.further_parents = {
            new_row[row]: keys for row, keys in self.further_parents.items() if row in new_row
        }
        self.further_sources = {
            new_row[row]: at for row, at in self.further_sources.items() if row in new_row
        }
        self.synthetic = frozenset(new_row[row] for row in self.synthetic if row in new_row)

    def add(self, units: Sequence[tuple[str, str, int]]) -> None:
        """Add units without a record: the id, the name, and the record that names each."""
        blank = [""] * len(units)
        ids, names = self.cells["id"], self.cells["name"]
        self.synthetic |= {*range(len(self), len(self) + len(units))}
        self._replace_texts(lambda cells: [*cells, *blank])
        self.cells["id"] = [*ids, *(unit_id for unit_id, _, _ in units)]
        self.cells["name"] = [*names, *(name for _, name, _ in units)]
        self.records = [*self.records, *(record for _, _, record in units)]
        self.sources = [*self.sources, *[-1] * len(units)]

    def _replace_texts(self, replaced: Callable[[list[str]], list[str]]) -> None:
        """Replace each list of texts; lists that are shared, such as blank ones, stay shared."""
        lists = [*self.cells.values(), self.keys, self.parents, self.parent_names]
        lists += [self.responsibilities, *self.identities]
        distinct = {id(cells): cells for cells in lists}
        made = {key: replaced(cells) for key, cells in distinct.items()}
        self.cells = {column: made[id(cells)] for column, cells in self.cells.items()}
        self.keys, self.parents = made[id(self.keys)], made[id(self.parents)]
        self.parent_names = made[id(self.parent_names)]
        self.responsibilities = made[id(self.responsibilities)]
        self.identities = [made[id(cells)] for cells in self.identities]

    def add_parent(self, row: int, key: str) -> None:
        """Set the parent of a row, or add a further one; ``parents`` must be no shared list."""
        if not self.parents[row]:
            self.parents[row] = key
        elif key != self.parents[row]:
            self.further_parents.setdefault(row, []).append(key)

    def rows_by_name(self) -> dict[str, int]:
        """Return the rows by key, else by id, else by name."""
        rows: dict[str, int] = {}
        for names in (self.cells["name"], self.cells["id"], self.keys):
            rows |= {name: row for row, name in enumerate(names)}
        return rows


def rows_of_records(units: TableRole) -> UnitRows:
    """Return a row for each record of a table."""
    return UnitRows(
        cells={name: units.column(name) for name in UNIT_COLUMNS},
        records=[int(record) for record in units.cells.frame.index],
        keys=units.cells.of(units.key) if units.key else units.column("id"),
        parents=units.column("parent_id"),
        parent_names=units.column(PARENT_NAME),
        responsibilities=units.column(RESPONSIBILITIES),
        sources=list(range(len(units.cells))),
        identities=[units.cells.of(column) for column in units.identities],
    )
