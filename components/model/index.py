"""What is computed from an organization and kept: an index for filters and for connections."""

from __future__ import annotations

from functools import cached_property, lru_cache

from components.model.adjacency import Adjacency, adjacency_of
from components.model.filters import Filters
from components.model.organization import Organization
from components.model.shortest_chains import Step, shortest_chain

CHAINS_KEPT = 8
"""One page asks for the same chain several times."""


class OrganizationIndex:
    """Answers questions that need the whole organization; safe to use from several threads.

    Each part is computed at the first question that needs it.
    """

    def __init__(self, organization: Organization) -> None:
        self.organization = organization
        self._chain = lru_cache(CHAINS_KEPT)(self._find_chain)

    @cached_property
    def filters(self) -> Filters:
        """Which units are of some types and work on some themes."""
        return Filters(self.organization.units["type"], self.organization.units_by_theme)

    @cached_property
    def adjacency(self) -> Adjacency:
        """The single steps from unit to unit."""
        return adjacency_of(self.organization)

    def chain(self, start: int, end: int) -> tuple[Step, ...]:
        """Return the shortest chain of steps between two units; no steps if they are the same."""
        return self._chain(start, end)

    def _find_chain(self, start: int, end: int) -> tuple[Step, ...]:
        return shortest_chain(self.organization, self.adjacency, start, end)
