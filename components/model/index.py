"""Everything that is computed from an organization as a whole, and cached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache

from components.model.adjacency import Adjacency, adjacency_of
from components.model.categories import Category, categories_of
from components.model.classes import Classes, classes_by_category, classes_by_measure
from components.model.coverage import Topics, topics_of
from components.model.filters import Filters
from components.model.measures import Measures
from components.model.organization import Organization
from components.model.shortest_chains import Step, shortest_chain
from components.model.siblings import MAX_REMEMBERED, Siblings

MAX_CACHED_CLASSES = 8
"""Columns whose classes are cached, at two bytes per unit."""
MAX_CACHED_CHAINS = 8
"""Chains that are cached, since one page needs the same chain several times."""


class OrganizationIndex:
    """Filters and connections of an organization; safe to use from several threads.

    Each part is computed when it is first needed.
    """

    has_other_days = True
    """Whether a page shows other days, if records have periods."""

    def __init__(self, organization: Organization, most_remembered: int = MAX_REMEMBERED) -> None:
        """``most_remembered`` is the number of scopes that are kept."""
        self.organization = organization
        self.siblings = Siblings(organization, lambda: self.categories, most_remembered)
        self._classes = lru_cache(MAX_CACHED_CLASSES)(self._compute_classes)
        self._chain = lru_cache(MAX_CACHED_CHAINS)(
            lambda start, end: shortest_chain(organization, self.adjacency, start, end)
        )

    @cached_property
    def filters(self) -> Filters:
        """The filters by category, theme and change."""
        organization = self.organization
        return Filters(
            len(organization),
            self.categories,
            organization.units_by_theme,
            organization.history,
        )

    @cached_property
    def categories(self) -> Mapping[str, Category]:
        """The columns with few values, by id."""
        return categories_of(self.organization)

    @cached_property
    def topics(self) -> Mapping[str, Topics]:
        """What the columns of the matrix can be, by id."""
        return topics_of(self.organization, self.categories)

    @cached_property
    def measures(self) -> Measures:
        """The numbers of units: those of columns, and those that every organization has."""
        return Measures(self.organization)

    def classes(self, column: str) -> Classes:
        """Return the classes of units by a category or a measure.

        Raises:
            KeyError: there is no such category or measure.
        """
        return self._classes(column)

    def _compute_classes(self, column: str) -> Classes:
        if column in self.categories:
            return classes_by_category(self.categories[column])
        return classes_by_measure(self.measures[column])

    @property
    def sizes(self) -> Sequence[str]:
        """What sectors and bars can show: the ids of measures."""
        return (*self.measures.sizes, *self.measures.read_otherwise)

    @property
    def colours(self) -> Sequence[str]:
        """What colours can show: the ids of categories and measures."""
        return (*self.categories, *self.measures.ids)

    @cached_property
    def adjacency(self) -> Adjacency:
        """The single steps from unit to unit."""
        return adjacency_of(self.organization)

    def chain(self, start: int, end: int) -> tuple[Step, ...]:
        """Return the shortest chain of steps between two units; no steps if they are the same."""
        return self._chain(start, end)
