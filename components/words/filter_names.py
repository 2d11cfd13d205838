"""Filters in the page's words: their names, and how many units match."""

from __future__ import annotations

from components.model.organization import Organization
from components.words import Words


def filter_names(
    organization: Organization, types: tuple[str, ...], themes: tuple[str, ...], words: Words
) -> list[str]:
    """Return the names of some filters: "type division", "theme Migration health"."""
    return [
        *(words("filter-type", name=name) for name in types),
        *(words("filter-theme", name=organization.themes[theme].name) for theme in themes),
    ]


def matching_units(total: int, organization: Organization, words: Words) -> str:
    """Return a sentence: "12 of 47 units match"."""
    if not total:
        return words("filter-nothing", units=words("units", count=organization.count()))
    units = words("units", count=organization.count())
    return words("filter-matching", count=total, units=units)
