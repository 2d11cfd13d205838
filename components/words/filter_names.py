"""Filters in words: their names, and the number of units that match."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from components.model.categories import TYPE
from components.model.filters import COLUMN, Filters
from components.model.organization import Organization
from components.words import Words
from components.words.measures import category_name


@dataclass(frozen=True, slots=True)
class ActiveFilter:
    """A filter that is set."""

    key: str
    """The key of the view: ``types``, ``themes`` or ``where``."""
    value: str
    """As in an address."""
    heading: str
    """What the page calls the category: "type", "Grade"."""
    name: str
    """The value as the data has it."""


def active_filters(
    organization: Organization,
    filters: Filters,
    chosen: tuple[Sequence[str], Sequence[str], Sequence[str]],
    words: Words,
) -> Iterator[ActiveFilter]:
    """Yield the filters of a view; ``chosen`` are its ``types``, ``themes`` and ``where``."""
    types, themes, where = chosen
    for value in types:
        heading = category_name(filters.categories[TYPE], words)
        yield ActiveFilter("types", value, heading, value)
    for value in where:
        column, _, name = value.partition(COLUMN)
        heading = category_name(filters.categories[column], words)
        yield ActiveFilter("where", value, heading, name)
    for value in themes:
        name = organization.themes[value].name
        yield ActiveFilter("themes", value, words("theme"), name)


def filter_name(active: ActiveFilter, words: Words) -> str:
    """Return a filter in words: "Type: division"."""
    return words("heading-of", heading=active.heading, name=active.name)


def matching_units(total: int, organization: Organization, words: Words) -> str:
    """Return the number of matching units: "12 of 47 units match"."""
    units = words("units", count=organization.count())
    if not total:
        return words("filter-nothing", units=units)
    return words("filter-matching", count=total, units=units)
