"""Two states of an organization as one, with the units of both, which can be drawn as any other."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product

import numpy as np

from components.model.changes import SUCCESSIONS, Comparison
from components.model.facts import Compared, FactColumn, FactKind
from components.model.history import BECAME, MOVED, History
from components.model.matching import UNMATCHED
from components.model.measures import measure_of
from components.model.organization import (
    UNIT_COLUMNS,
    Mention,
    Numbers,
    Organization,
    Relation,
    Row,
    Rows,
    grouped_by_key,
    rows_by_unit,
    themes_of_units,
)
from components.model.preorder import NO_PARENT, Preorder, in_preorder
from components.model.unique_ids import UniqueIds


def both_states(comparison: Comparison) -> Organization:
    """Return one organization with the units of both states; its ``history`` tells them apart.

    It is the later state, and each unit that is gone stands where it was: below the same unit,
    behind the same sibling. Units that have moved, were split or merged have a relation from where
    they were (``MOVED``, ``BECAME``). Columns of numbers have two more: the numbers before, and the
    differences. A gone unit whose id another unit has now gets another one.
    """
    return _BothStates(comparison).organization()


def earlier_state(both: Organization) -> Organization:
    """Return the earlier one of two states, whose units have the ids of ``both``."""
    history = both.history
    if history is None:
        msg = "The organization does not stand for two states."
        raise ValueError(msg)
    before = history.comparison.before
    ids = [
        before.units["id"][unit] if number == UNMATCHED else both.units["id"][number]
        for unit, number in enumerate(history.from_before.tolist())
    ]
    return replace(
        before,
        version=_version("before", both.version),
        units={**before.units, "id": ids},
        number={unit_id: unit for unit, unit_id in enumerate(ids)},
    )


def _version(*texts: str) -> str:
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class _BothStates:
    """Makes one organization of two states. Rows are the units afterwards, then the gone ones."""

    comparison: Comparison

    @property
    def before(self) -> Organization:
        return self.comparison.before

    @property
    def after(self) -> Organization:
        return self.comparison.after

    @cached_property
    def gone(self) -> list[int]:
        """The units before that are drawn, too: those without a counterpart, and what is above.

        Of units without a record, those that a gone unit is below.
        """
        state, after_of = self.comparison.matching.before, self.comparison.matching.after_of
        kept = set()
        is_open = after_of == UNMATCHED
        for unit in np.flatnonzero(is_open & state.is_real).tolist():
            while unit >= 0 and is_open[unit] and unit not in kept:
                kept.add(unit)
                unit = int(state.parent[unit])  # noqa: PLW2901  # the chain above
        return sorted(kept)

    @cached_property
    def row_of_before(self) -> Numbers:
        """The row of each unit before; ``UNMATCHED`` for those that are not drawn."""
        rows = self.comparison.matching.after_of.copy()
        rows[self.gone] = len(self.after) + np.arange(len(self.gone))
        return rows

    @cached_property
    def tree(self) -> Preorder:
        """The hierarchy; what was a root is below the top."""
        matching, gone = self.comparison.matching, np.array(self.gone, np.int64)
        above = matching.before.parent[gone]
        above = np.where(above == NO_PARENT, 0, self.row_of_before[above])
        parent = np.concatenate((self.after.parent, above))
        return in_preorder(parent, self._siblings(parent))

    def _siblings(self, parent: Numbers) -> Numbers:
        """Return all rows so that a gone one follows the sibling that it followed."""
        behind = np.concatenate((np.arange(len(self.after)), np.full(len(self.gone), -1)))
        last: dict[int, int] = {}
        if self.gone:
            for row in self.row_of_before[1:].tolist():
                if row == UNMATCHED:
                    continue
                above = int(parent[row])
                if row < len(self.after):
                    last[above] = row
                else:
                    behind[row] = last.get(above, -1)
        # Gone units behind the same sibling are in the order of the earlier state.
        return np.argsort(behind, kind="stable")

    @cached_property
    def history(self) -> History:
        """What has become of the units."""
        rows, after = self.tree.rows, len(self.after)
        gone = np.array(self.gone, np.int64)
        matching = self.comparison.matching
        number_before = np.concatenate((matching.before_of, gone))[rows]
        unit_of_row = np.append(self.tree.unit_of_row, [UNMATCHED])
        return History(
            self.comparison,
            number_before,
            np.where(rows < after, rows, UNMATCHED),
            unit_of_row[np.where(self.row_of_before == UNMATCHED, -1, self.row_of_before)],
            self.tree.unit_of_row[:after],
        )

    def organization(self) -> Organization:
        """Return the organization."""
        before, after, history = self.before, self.after, self.history
        units = self._units()
        duties = self._rows(before.responsibilities, after.responsibilities)
        mentions = self._rows(
            replace(before.mentions, rows=self._numbered(before.mentions, history.from_before)),
            replace(after.mentions, rows=self._numbered(after.mentions, history.from_after)),
        )
        references = {**before.references, **after.references}
        themes = {**before.themes, **after.themes}
        return replace(
            after,
            version=_version(
                *(before.version, after.version),
                hashlib.sha256(self.comparison.matching.after_of.tobytes()).hexdigest(),
            ),
            parent=self.tree.parent,
            depth=self.tree.depth,
            size=self.tree.size,
            leaves=self.tree.leaves,
            branch=self.tree.branch,
            themes=themes,
            references=references,
            mentions_by_reference=grouped_by_key(
                ((mention.reference, mention) for mention in mentions.rows), references
            ),
            units_by_theme=grouped_by_key(themes_of_units(duties), themes),
            number={unit_id: unit for unit, unit_id in enumerate(units["id"])},
            units={**units},
            responsibilities=duties,
            relations=self._relations(),
            mentions=mentions,
            facts={fact.id: fact for fact in self._facts()},
            people=self._rows(before.people, after.people),
            synthetic=self._of_both(before.synthetic, after.synthetic),
            vacancies=self._of_both(before.vacancies, after.vacancies),
            history=history,
        )

    def _cells(self, before: Sequence[str] | None, after: Sequence[str] | None) -> list[str]:
        """Return the cells of a column: those afterwards, of gone units those before."""
        mine = [before[unit] if before else "" for unit in self.gone]
        cells = [*(after or [""] * len(self.after)), *mine]
        return [cells[row] for row in self.tree.rows.tolist()]

    def _units(self) -> dict[str, list[str]]:
        """Return the columns of units, in which no id occurs twice."""
        units = {
            name: self._cells(self.before.units[name], self.after.units[name])
            for name in UNIT_COLUMNS
        }
        ids, unique = units["id"], UniqueIds(self.after.units["id"])
        for unit in sorted(self.history.gone):
            ids[unit] = unique.make(ids[unit])
        return units

    def _of_both(self, before: frozenset[int], after: frozenset[int]) -> frozenset[int]:
        """Return the units that belong to a set afterwards and, of gone ones, before."""
        of_after = self.history.from_after[sorted(after)].tolist()
        of_before = self.history.from_before[sorted(before)].tolist()
        return frozenset(of_after) | (self.history.gone & {*of_before})

    def _rows(self, before: Rows[Row], after: Rows[Row]) -> Rows[Row]:
        """Return a side table: the rows afterwards, of gone units those before."""
        counted = np.repeat(self.history.from_after, np.diff(after.first)).tolist()
        rows = [*zip(counted, after.rows, strict=True)]
        for unit in self.gone:
            rows += [(int(self.history.from_before[unit]), row) for row in before.of(unit)]
        return rows_by_unit(rows, len(self.tree.rows))

    @staticmethod
    def _numbered(mentions: Rows[Mention], numbers: Numbers) -> list[Mention]:
        return [replace(row, unit=int(numbers[row.unit])) for row in mentions.rows]

    def _relations(self) -> Rows[Relation]:
        """Return the relations afterwards, those of gone units, and whence units have come."""
        relations = dict.fromkeys((*self._moves(), *self._stated()))
        return rows_by_unit(
            (
                (unit, relation)
                for relation in relations
                for unit in (relation.origin, relation.target)
            ),
            len(self.tree.rows),
        )

    def _stated(self) -> Iterator[Relation]:
        history, gone = self.history, self.history.gone
        for organization, numbers in (
            (self.after, history.from_after),
            (self.before, history.from_before),
        ):
            for row in organization.relations.rows:
                origin, target = int(numbers[row.origin]), int(numbers[row.target])
                is_known = UNMATCHED not in {origin, target}
                if organization is self.after or (is_known and {origin, target} & gone):
                    yield replace(row, origin=origin, target=target)

    def _moves(self) -> Iterator[Relation]:
        history = self.history
        for unit, parent in history.moved.items():
            yield Relation(parent, unit, MOVED, "", "")
        for change in self.comparison.changes:
            if change.kind in SUCCESSIONS:
                for origin, target in product(*history.ends_of(change)):
                    if origin != target:
                        yield Relation(origin, target, BECAME, "", "")

    def _facts(self) -> Iterator[FactColumn]:
        """Yield the columns of facts, each followed by its numbers before and the differences."""
        pairs = {pair.facts[1].id: pair for pair in self.comparison.columns.pairs if pair.facts}
        unique = UniqueIds(self.after.facts)
        for fact in self.after.facts.values():
            pair = pairs.get(fact.id)
            earlier = pair.facts[0].cells if pair and pair.facts else None
            if fact.kind is not FactKind.NUMBER:
                yield replace(fact, cells=self._cells(earlier, fact.cells))
                continue
            yield replace(fact, cells=self._cells(None, fact.cells))
            if pair and pair.facts and pair.is_number:
                for column in self._compared(*pair.facts):
                    yield replace(column, id=unique.make(column.id))
        paired = {pair.facts[0].id for pair in pairs.values() if pair.facts}
        for fact in self.before.facts.values():
            if fact.id not in paired and fact.kind is not FactKind.NUMBER:
                yield replace(fact, id=unique.make(fact.id), cells=self._cells(fact.cells, None))

    def _compared(self, earlier: FactColumn, later: FactColumn) -> Iterator[FactColumn]:
        """Yield the numbers before, and the differences; what there was not counts as nothing."""
        history = self.history
        before = [
            "" if number == UNMATCHED else earlier.cells[number]
            for number in history.number_before.tolist()
        ]
        differences = []
        for one, other in zip(
            history.number_before.tolist(), history.number_after.tolist(), strict=True
        ):
            old = None if one == UNMATCHED else earlier.quantity(one)
            new = None if other == UNMATCHED else later.quantity(other)
            is_known = (old is not None or one == UNMATCHED) and (
                new is not None or other == UNMATCHED
            )
            differences.append(f"{(new or 0) - (old or 0):f}" if is_known else "")
        is_total = measure_of(self.after, later).is_total
        column = replace(later, is_total=is_total)
        yield replace(
            column,
            id=f"{later.id}-{Compared.BEFORE}",
            cells=before,
            mark=earlier.mark,
            compared=Compared.BEFORE,
        )
        yield replace(
            column,
            id=f"{later.id}-{Compared.DIFFERENCE}",
            cells=differences,
            mark=".",
            compared=Compared.DIFFERENCE,
        )
