"""The filters of a frozen page: the units of each value, from which a script computes the matches.

``assets/js/frozen/matches.js`` reads the files and answers as ``components/views/filters.py`` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from components.model.categories import TYPE
from components.model.filters import COLUMN
from components.model.index import OrganizationIndex
from components.shards import Entry, differences, table_files
from components.view_state import ViewState
from components.views.filters import filter_chip, last_chip
from components.web.frozen.stored import as_json
from components.words import Words, languages, words_in
from components.words.filter_names import ActiveFilter, active_filters, all_units

FOLDER = "filters"
SENTENCES = ("filter-matching", "filter-nothing", "filter-elsewhere")
"""The messages of which the number of matches is made."""


def filter_files(index: OrganizationIndex) -> Iterator[tuple[str, object]]:
    """Yield name and content of each file of the filters.

    Values are named by the key of the view and the filter: ``types:division``.

    - ``units``: for each value its place in the menu, and its units as differences
    - ``chips-<language>``: for each value the component that removes the filter
    """
    languages_words = [words_in(language).about(index.organization) for language in languages()]
    tables: Mapping[str, Iterable[Entry]] = {
        "units": sorted(_units(index)),
        **{f"chips-{words.language}": sorted(_chips(index, words)) for words in languages_words},
    }
    about = {"languages": {words.language: _sentences(index, words) for words in languages_words}}
    yield from table_files(FOLDER, tables, about)


def _units(index: OrganizationIndex) -> Iterator[Entry]:
    filters, by_theme = index.filters, index.organization.units_by_theme
    units: Mapping[str, Mapping[str, Sequence[int]]] = {
        "types": {value: filters.categories[TYPE].units[value] for value in filters.types},
        "themes": {theme: by_theme[theme] for theme in filters.themes},
        "where": {value: _having(index, value) for value in filters.where},
        "changes": filters.units_by_change,
    }
    for key, values in units.items():
        for place, (value, having) in enumerate(values.items()):
            yield f"{key}:{value}", (place, differences([*having]))


def _having(index: OrganizationIndex, entry: str) -> Sequence[int]:
    """Return the units of a filter by a column and a value."""
    column, _, value = entry.partition(COLUMN)
    return index.filters.categories[column].units[value]


def _chips(index: OrganizationIndex, words: Words) -> Iterator[Entry]:
    organization, filters = index.organization, index.filters
    every = {key: [*getattr(filters, key)] for key in ViewState().filters}
    for active in active_filters(organization, filters, every, words):
        yield _name(active), as_json(filter_chip(organization, active, words))


def _name(active: ActiveFilter) -> str:
    return f"{active.key}:{active.value}"


def _sentences(index: OrganizationIndex, words: Words) -> Mapping[str, Any]:
    """Return the messages, the number of units, and the button that clears the filters."""
    return {
        "messages": {key: words.messages[key] for key in SENTENCES},
        "units": all_units(index.organization, words),
        "last": as_json(last_chip(words)),
    }
