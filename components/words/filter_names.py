"""Filters in words: their names, and the number of units that match."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from components.model.categories import TYPE
from components.model.changes import ChangeKind
from components.model.filters import ANY_CHANGE, COLUMN, Filters
from components.model.organization import Organization
from components.words import Words
from components.words.changes import kind_name
from components.words.measures import category_name


@dataclass(frozen=True, slots=True)
class ActiveFilter:
    """A filter that is set."""

    key: str
    """The key of the view: ``types``, ``themes``, ``where`` or ``changes``."""
    value: str
    """As in an address."""
    heading: str
    """What the page calls the category: "type", "Grade"."""
    name: str
    """The value as the data has it, or as the page calls a kind of changes."""

    @property
    def is_data(self) -> bool:
        """Whether the name is text of the data."""
        return self.key != "changes"


def active_filters(
    organization: Organization,
    filters: Filters,
    chosen: Mapping[str, Sequence[str]],
    words: Words,
) -> Iterator[ActiveFilter]:
    """Yield the filters of a view; ``chosen`` has the values by key (``ViewState.filters``)."""
    for value in chosen["changes"]:
        name = change_name(value, organization, words)
        yield ActiveFilter("changes", value, words("changes"), name)
    for value in chosen["types"]:
        heading = category_name(filters.categories[TYPE], words)
        yield ActiveFilter("types", value, heading, value)
    for value in chosen["where"]:
        column, _, name = value.partition(COLUMN)
        heading = category_name(filters.categories[column], words)
        yield ActiveFilter("where", value, heading, name)
    for value in chosen["themes"]:
        name = organization.themes[value].name
        yield ActiveFilter("themes", value, words("theme"), name)


def change_name(value: str, organization: Organization, words: Words) -> str:
    """Return the name of a filter by changes: "Moved", "All"."""
    if value == ANY_CHANGE:
        return words("change-all")
    return kind_name(ChangeKind(value), organization, words)


def filter_name(active: ActiveFilter, words: Words) -> str:
    """Return a filter in words: "Type: division"."""
    return words("heading-of", heading=active.heading, name=active.name)


def matching_units(total: int, organization: Organization, words: Words) -> str:
    """Return the number of matching units: "12 of 47 units match"."""
    units = all_units(organization, words)
    if not total:
        return words("filter-nothing", units=units)
    return words("filter-matching", count=total, units=units)


def all_units(organization: Organization, words: Words) -> str:
    """Return how many units filters are about, of two states those of both: "47 units"."""
    return words("units", count=len(organization) - len(organization.synthetic))
