"""The units that the cells of side tables refer to."""

from __future__ import annotations

from functools import cached_property

from components.importing.cells import loose_key
from components.importing.unit_rows import UnitRows
from components.model.text import fold_text


class UnitLookup:
    """Finds units by id, by a key or name that only one has, and by looser comparison.

    ``number`` has the unit number for each id. The rows are in the order of the units.
    """

    def __init__(self, rows: UnitRows) -> None:
        self._rows = rows
        self.number = {unit_id: unit for unit, unit_id in enumerate(rows.cells["id"])}

    def find(self, cell: str) -> int | None:
        """Return the number of a unit; None if the cell refers to none or to several."""
        unit = self.number.get(cell)
        if unit is None:
            unit = self._other_names.get(cell)
        if unit is None and cell:
            unit = self._loose_names.get(loose_key(cell), self._loose_names.get(fold_text(cell)))
        return unit

    @cached_property
    def _other_names(self) -> dict[str, int]:
        """Units by the keys and names that only one unit has and that are no id."""
        units: dict[str, int] = {}
        ambiguous: set[str] = set()
        for unit, names in enumerate(zip(self._rows.keys, self._rows.cells["name"], strict=True)):
            if unit in self._rows.synthetic:
                continue
            for name in {*names} - self.number.keys():
                if name in units:
                    ambiguous.add(name)
                units[name] = unit
        return {name: unit for name, unit in units.items() if name not in ambiguous}

    @cached_property
    def _loose_names(self) -> dict[str, int | None]:
        """Units by ids, keys and names in loose spelling; None for several units."""
        units: dict[str, int | None] = {}
        for name, unit in (*self.number.items(), *self._other_names.items()):
            for loose in {loose_key(name), fold_text(name)}:
                is_unique = units.setdefault(loose, unit) == unit
                units[loose] = unit if is_unique else None
        return units
