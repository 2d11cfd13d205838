"""The overview: the panel while no unit is selected."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from dash import html
from dash.development.base_component import Component

from components.model.categories import STATUS, TYPE
from components.model.filters import value_filter
from components.model.index import OrganizationIndex
from components.model.measures import REPORTS, UNITS
from components.model.organization import ALSO_PART_OF, Organization
from components.model.text import capitalized
from components.views.links import unit_link
from components.views.problems import problems_link
from components.views.text import Content, and_more, data_text, language_attributes
from components.words import Words
from components.words.measures import amount, category_name, measure_name

MAX_LEVELS, MAX_TYPES, MAX_BRANCHES, MAX_MEASURES = 10, 8, 3, 8
"""Levels, types, branches and measures that are listed."""
NO_BREAK = "\N{NO-BREAK SPACE}"
"""Before the number of a name, which does not stand on a line of its own."""
MIN_SPAN = 2
"""Direct reports of the widest span that is worth a line."""


def counts_section(index: OrganizationIndex, words: Words) -> Component:
    """Return what can be counted in an organization, as a list of terms."""
    rows = [
        *_levels(index.organization, words),
        *_types(index, words),
        *_largest(index, words),
        *_widest(index, words),
        *_statuses(index, words),
        *_in_several_places(index, words),
        *_totals(index, words),
        *_to_mend(index.organization, words),
    ]
    terms = [part for term, text in rows for part in (html.Dt(term), html.Dd(text))]
    return html.Dl(terms, className="details")


def _levels(organization: Organization, words: Words) -> Iterator[tuple[Component | str, Content]]:
    """Yield how many units there are on each level, from the top; synthetic units do not count."""
    counts = np.bincount(organization.depth)
    np.subtract.at(counts, organization.depth[[*organization.uncounted]], 1)
    numbers = [words.number(int(count)) for count in counts if count]
    if len(numbers) > 1:
        listed = " · ".join(numbers[:MAX_LEVELS]) + " · …" * (len(numbers) > MAX_LEVELS)
        yield words("levels-below"), [words("levels-from-top", counts=listed)]


def _types(index: OrganizationIndex, words: Words) -> Iterator[tuple[Component | str, Content]]:
    """Yield how many units there are of each type, the most frequent first."""
    if TYPE not in index.categories:
        return
    category = index.categories[TYPE]
    counts = category.values
    frequent = sorted(counts, key=lambda value: -counts[value])
    texts = [f"{capitalized(value)} {words.number(counts[value])}" for value in frequent]
    listed = " · ".join(texts[:MAX_TYPES])
    further = len(texts) - MAX_TYPES
    more = [f" · {words('other-values', count=further)}"] if further > 0 else []
    name = category_name(category, words)
    term = data_text(index.organization, name, words) if category.heading else name
    yield term, [data_text(index.organization, listed, words), *more]


def _largest(index: OrganizationIndex, words: Words) -> Iterator[tuple[Component | str, Content]]:
    """Yield the largest branches, unless all are of one size."""
    organization = index.organization
    sizes = {unit: organization.count(unit) for unit in organization.children(0).tolist()}
    branches = sorted(sizes, key=lambda unit: -sizes[unit])
    if len({*sizes.values()}) > 1:
        items = [
            html.Li(
                [
                    unit_link(organization, unit, words, organization.label(unit)),
                    f"{NO_BREAK}({words.number(sizes[unit])})",
                ]
            )
            for unit in branches[:MAX_BRANCHES]
        ]
        yield words("largest"), [html.Ul(items)]


def _widest(index: OrganizationIndex, words: Words) -> Iterator[tuple[Component | str, Content]]:
    """Yield the unit with the most units directly below it."""
    organization, reports = index.organization, index.measures[REPORTS].own.copy()
    reports[[*organization.uncounted]] = 0
    unit = int(np.argmax(reports))
    if reports[unit] >= MIN_SPAN:
        count = words.number(int(reports[unit]))
        yield words("widest-span"), [unit_link(organization, unit, words), f"{NO_BREAK}({count})"]


def _statuses(index: OrganizationIndex, words: Words) -> Iterator[tuple[Component | str, Content]]:
    """Yield how many units have each status, and the branch with most of them."""
    if STATUS not in index.categories:
        return
    category, organization = index.categories[STATUS], index.organization
    for value, count in [*category.values.items()][:MAX_TYPES]:
        matches = index.filters.matches((), (), (value_filter(STATUS, value),))
        children = organization.children(0).tolist()
        ranges = [(unit, unit + int(organization.size[unit])) for unit in children]
        among = {first: matches.among(first, end) for first, end in ranges}
        most = max(among, key=lambda unit: among[unit], default=0)
        text: Content = [words.number(count)]
        if len(among) > 1 and among[most] > 1:
            link = unit_link(organization, most, words)
            text += [
                " – ",
                words("most-of-them"),
                " ",
                link,
                f"{NO_BREAK}({words.number(among[most])})",
            ]
        yield data_text(organization, capitalized(value), words), text


def _in_several_places(
    index: OrganizationIndex, words: Words
) -> Iterator[tuple[Component | str, Content]]:
    """Yield the units with several parents."""
    organization = index.organization
    units = dict.fromkeys(
        relation.origin for relation in organization.relations.rows if relation.kind == ALSO_PART_OF
    )
    if units:
        items = [html.Li(unit_link(organization, unit, words)) for unit in [*units][:MAX_BRANCHES]]
        more = and_more(len(units) - MAX_BRANCHES, words)
        yield words("several-parents"), [words.number(len(units)), html.Ul(items), *more]


def _to_mend(organization: Organization, words: Words) -> Iterator[tuple[Component | str, Content]]:
    """Yield the problems of the tables, with a link to the list of them."""
    links = problems_link(organization, words).children
    if links:
        yield words("to-mend"), [*links]


def _totals(index: OrganizationIndex, words: Words) -> Iterator[tuple[Component | str, Content]]:
    """Yield the total of each measure that adds up, as it is now."""
    organization = index.organization
    attributes = language_attributes(organization, words)
    adding = [
        each
        for each in index.measures
        if each.is_additive and each.id != UNITS and not (each.fact and each.fact.compared)
    ]
    for measure in adding[:MAX_MEASURES]:
        text: Content = [amount(measure, measure.sum(0), words)]
        if missing := measure.missing_in(0, len(organization)):
            text.append(f" · {words('without-number', count=missing)}")
        yield html.Span(measure_name(measure, words), **attributes), text
