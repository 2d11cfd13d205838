"""Ids that nothing else has."""

from __future__ import annotations

from collections.abc import Iterable


class UniqueIds:
    """Makes ids that nothing has yet, units or columns."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)
        self._next: dict[str, int] = {}

    def make(self, base: str) -> str:
        """Return an id, numbered if it is taken: ``audit``, ``audit-2``, ..."""
        unit_id, number = base, self._next.get(base, 2)
        while unit_id in self._taken:
            unit_id = f"{base}-{number}"
            number += 1
        self._taken.add(unit_id)
        # Many units may have one name: counting from 2 each time would take quadratic time.
        self._next[base] = number
        return unit_id
