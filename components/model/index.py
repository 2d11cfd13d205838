"""Everything that is computed from an organization as a whole, and cached."""

from __future__ import annotations

from functools import cached_property, lru_cache

from components.model.adjacency import Adjacency, adjacency_of
from components.model.filters import Filters
from components.model.organization import Organization
from components.model.shortest_chains import Step, shortest_chain

MAX_CACHED_CHAINS = 8
"""Chains that are cached, since one page needs the same chain several times."""


class OrganizationIndex:
    """Filters and connections of an organization; safe to use from several threads.

    Each part is computed when it is first needed.
    """

    def __init__(self, organization: Organization) -> None:
        self.organization = organization
        self._chain = lru_cache(MAX_CACHED_CHAINS)(
            lambda start, end: shortest_chain(organization, self.adjacency, start, end)
        )

    @cached_property
    def filters(self) -> Filters:
        """The filters by type and theme."""
        return Filters(self.organization.units["type"], self.organization.units_by_theme)

    @cached_property
    def adjacency(self) -> Adjacency:
        """The single steps from unit to unit."""
        return adjacency_of(self.organization)

    def chain(self, start: int, end: int) -> tuple[Step, ...]:
        """Return the shortest chain of steps between two units; no steps if they are the same."""
        return self._chain(start, end)
