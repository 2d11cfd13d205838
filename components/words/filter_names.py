"""Filters in words: their names, and the number of units that match."""

from __future__ import annotations

from components.model.organization import Organization
from components.words import Words


def filter_names(
    organization: Organization, types: tuple[str, ...], themes: tuple[str, ...], words: Words
) -> list[str]:
    """Return the names of filters: "type division", "theme Migration health"."""
    return [
        *(words("filter-type", name=name) for name in types),
        *(words("filter-theme", name=organization.themes[theme].name) for theme in themes),
    ]


def matching_units(total: int, organization: Organization, words: Words) -> str:
    """Return the number of matching units: "12 of 47 units match"."""
    units = words("units", count=organization.count())
    if not total:
        return words("filter-nothing", units=units)
    return words("filter-matching", count=total, units=units)
