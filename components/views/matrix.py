"""The matrix of units by topics, and the list of units that cover one of these.

Topics are themes, references, or the values of a category.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from components.diagrams.style import branch_class
from components.model.coverage import Cell, Coverage, Topic, Topics, coverage
from components.model.groups import Focus, Group, focus_text, unit_of
from components.model.index import OrganizationIndex
from components.model.measures import Measure
from components.model.organization import Organization
from components.model.scope import Scope
from components.views.attributes import aria, data
from components.views.links import focus_address, unit_address, unit_link
from components.views.text import (
    Content,
    and_more,
    data_text,
    language_attributes,
    merge_text,
    message_parts,
    type_and_size,
)
from components.words import Words
from components.words.group_names import focus_name
from components.words.measures import amount, measure_name, topics_name

MAX_TONES = 4
"""Number of tones for counts: 1, 2 to 3, 4 to 7, 8 and more."""
MAX_LENGTH = 48
"""Maximum number of characters of a name in a column header."""
MAX_LISTED = 200
"""Maximum number of units in the list of one topic; the others are counted."""
EMPTY_CELL = html.Td()
OWN_VALUE = "✓"
"""Shown in place of a number where a unit has a value."""
VALUE_TONE = 2


def chosen_topics(index: OrganizationIndex, requested: str) -> Topics | None:
    """Return the requested columns, or the first that the organization has; None without any."""
    return index.topics.get(requested) or next(iter(index.topics.values()), None)


def matrix(
    scope: Scope, by: Topics | None, words: Words, measure: Measure | None = None
) -> list[Component]:
    """Return a summary sentence, a key, and a table with the units of a scope as rows.

    If a ``measure`` is chosen, the first column has its numbers.
    """
    if by is None:
        return [html.P(words("matrix-nothing"), className="muted")]
    covered = coverage(scope, by)
    cell_texts = {cell: _cell_text(by, cell, words) for cell in set(covered.cells.values())}
    caption = words(
        f"matrix-caption-{_kind(by)}",
        unit=focus_name(scope.siblings, scope.centre, scope.weights, words),
        name=topics_name(by, words),
    )
    numbers = _Numbers(scope, measure, words)
    rows = [
        _row(covered, focus, cell_texts, numbers, words)
        for focus in (scope.centre, *scope.units[1:])
    ]
    return [
        html.P(_summary(covered, words), className="matrix-sentence"),
        _key(by, numbers, words),
        html.Div(
            html.Table(
                [
                    html.Caption(caption, className="unseen"),
                    html.Thead(
                        [_header_row(covered, numbers, words), _count_row(covered, numbers, words)]
                    ),
                    html.Tbody(rows),
                ],
                **data(by=by.id),
            ),
            className="matrix-area",
            role="region",
            tabIndex=0,
            **aria(label=caption),
        ),
    ]


@dataclass(frozen=True)
class _Numbers:
    """The column of a measure; it has no cells without one."""

    scope: Scope
    measure: Measure | None
    words: Words

    def key(self) -> list[Component]:
        """Return what the numbers include."""
        if self.measure is None or not self.measure.is_additive:
            return []
        name, how = measure_name(self.measure, self.words), self.words("numbers-are-totals")
        return [html.Li(self.words("heading-of", heading=name, name=how))]

    def header(self) -> list[Component]:
        """Return the header; scripts make it a button that sorts by the column."""
        if self.measure is None:
            return []
        name = html.Span(
            measure_name(self.measure, self.words),
            **language_attributes(self.scope.organization, self.words),
        )
        order = "descending" if self.scope.is_sorted else "none"
        return [html.Th(name, scope="col", className="amount", **aria(sort=order))]

    def cell(self, unit: Focus) -> list[Component]:
        """Return the cell of a unit, empty for a group or if its number is not known."""
        if self.measure is None or isinstance(unit, Group):
            return self.gap()
        end = unit + int(self.scope.organization.size[unit])
        number = self.measure.in_list(unit, end)
        text = "" if number is None else amount(self.measure, number, self.words)
        return [html.Td(text, className="amount")]

    def gap(self) -> list[Component]:
        """Return the empty cell of a row that is about no unit."""
        return [] if self.measure is None else [EMPTY_CELL]


def _kind(by: Topics) -> str:
    """Return what topics are, as the end of the key of a text."""
    return "values" if by.category else by.id


def _summary(covered: Coverage, words: Words) -> Content:
    """Return how many topics are covered by no unit, by one unit only, and which by most."""
    organization, uncovered = covered.scope.organization, covered.uncovered
    parts: Content = [
        words("matrix-nobodys", count=uncovered) if uncovered else words("matrix-all")
    ]
    if covered.covered_once:
        parts += ["; ", words("matrix-only-ones", count=covered.covered_once)]
    if covered.most_shared:
        units = words("units", count=covered.units[covered.most_shared.id])
        name = data_text(organization, _short_name(covered.most_shared), words)
        parts += ["; ", *message_parts(words, "matrix-most-shared", name=name, units=units)]
    if len(covered.columns) < len(covered.units):
        parts += ["; ", words("matrix-columns", count=len(covered.columns))]
    key, category = f"matrix-{_kind(covered.by)}", covered.by.category
    by_name = topics_name(covered.by, words)
    is_data = category is not None and category.heading
    by = data_text(organization, by_name, words) if is_data else by_name
    count = message_parts(words, key, count=len(covered.units), name=by)
    return message_parts(words, "matrix-sentence", all=_joined(count), parts=_joined(parts))


def _joined(parts: Content) -> Component | str:
    """Return parts of a sentence as one, so that they fit into another sentence."""
    merged = merge_text(parts)
    return merged[0] if len(merged) == 1 else html.Span(merged)


def _key(by: Topics, numbers: _Numbers, words: Words) -> Component:
    own = html.Span(_own_text(by, 3), className=f"tone-{_tone(by, 3)}")
    return html.Ul(
        [
            html.Li([own, words(f"matrix-key-{_kind(by)}")]),
            html.Li([html.Span("5", className="below"), words("matrix-key-below")]),
            *numbers.key(),
        ],
        className="matrix-key",
    )


def _header_row(covered: Coverage, numbers: _Numbers, words: Words) -> Component:
    return html.Tr(
        [
            html.Th(words("matrix-unit"), scope="col"),
            *numbers.header(),
            *(_column_header(covered, topic, words) for topic in covered.columns),
        ]
    )


def _column_header(covered: Coverage, topic: Topic, words: Words) -> Component:
    """Return the header of a column; scripts make it a button that lists who covers the topic."""
    organization = covered.scope.organization
    short = _short_name(topic)
    text = short if short == topic.name else html.Abbr(short, title=topic.name)
    return html.Th(
        html.Span(text, className="head", **language_attributes(organization, words)),
        scope="col",
        **data(covering=focus_text(organization, covered.scope.centre), column=topic.id),
    )


def _short_name(topic: Topic) -> str:
    """Return a topic's acronym, or its name, truncated at the end of a word."""
    if topic.acronym:
        return topic.acronym
    if len(topic.name) <= MAX_LENGTH:
        return topic.name
    cut = topic.name[:MAX_LENGTH]
    return f"{cut.rpartition(' ')[0] or cut}…"


def _count_row(covered: Coverage, numbers: _Numbers, words: Words) -> Component:
    """Return the number of units that cover each topic."""
    return html.Tr(
        [
            html.Th(words("matrix-units"), scope="row"),
            *numbers.gap(),
            *(_count_cell(covered.units[topic.id], words) for topic in covered.columns),
        ],
        className="counts",
    )


def _count_cell(units: int, words: Words) -> Component:
    if units > 1:
        return html.Td(words.number(units))
    note = words("matrix-only-one") if units else words("matrix-nobody")
    return html.Td(
        [html.Span(str(units)), html.Span(note, className="word")],
        className="only-one" if units else "nobody",
    )


def _row(
    covered: Coverage,
    focus: Focus,
    cell_texts: Mapping[Cell, str],
    numbers: _Numbers,
    words: Words,
) -> Component:
    """Return the row of a unit, or of the group in the centre."""
    organization, unit = covered.scope.organization, unit_of(focus)
    cells = [_cell(covered, focus, topic, cell_texts, words) for topic in covered.columns]
    quiet = "" if any(cell is not EMPTY_CELL for cell in cells) else "quiet"
    level = int(organization.depth[unit] - organization.depth[covered.scope.focus])
    colour = branch_class(int(organization.branch[unit]))
    hidden = covered.scope.hidden(unit)
    more = [html.Small(words("folded", count=hidden))] if hidden else []
    header = html.Div([_name(covered.scope, focus, words), *more])
    return html.Tr(
        [html.Th(header, scope="row"), *numbers.cell(focus), *cells],
        className=" ".join(filter(None, (f"level-{level}", colour, quiet))),
        **data(unit=focus_text(organization, focus)),
    )


def _name(scope: Scope, focus: Focus, words: Words) -> Component:
    """Return a link to a unit by its short name, the full one in its title, or a group's name."""
    organization = scope.organization
    short = focus_name(scope.siblings, focus, scope.weights, words)
    if isinstance(focus, Group):
        return html.Span(short)
    unit, name = focus, organization.units["name"][focus]
    title = name if name != short or len(name) > MAX_LENGTH else None
    return unit_link(organization, unit, words, short, title=title)


def _cell(
    covered: Coverage, focus: Focus, topic: Topic, cell_texts: Mapping[Cell, str], words: Words
) -> Component:
    """Return a link to the unit that covers a topic, or to the units below it that do."""
    scope, unit = covered.scope, unit_of(focus)
    organization, cell = scope.organization, covered.cell(unit, topic)
    if cell not in cell_texts:
        return EMPTY_CELL
    name = organization.units["name"][unit]
    if isinstance(focus, Group):
        name = focus_name(scope.siblings, focus, scope.weights, words)
    label = aria(label=words("matrix-cell", unit=name, topic=topic.name, what=cell_texts[cell]))
    identifier = focus_text(organization, focus)
    count = words.number(cell.below)
    below: Content = [" ", html.Span(count, className="below")] if cell.below else []
    if cell.own:
        return html.Td(
            html.A(
                [_own_text(covered.by, cell.own), *below],
                href=unit_address(organization, unit),
                className=f"tone-{_tone(covered.by, cell.own)}",
                **data(unit=identifier, column=topic.id),
                **label,
            )
        )
    return html.Td(
        html.A(
            below,
            href=focus_address(organization, focus),
            **data(covering=identifier, column=topic.id),
            **label,
        )
    )


def _own_text(by: Topics, own: int) -> str:
    return OWN_VALUE if by.category else str(own)


def _tone(by: Topics, own: int) -> int:
    return VALUE_TONE if by.category else min(own.bit_length(), MAX_TONES)


def _cell_text(by: Topics, cell: Cell, words: Words) -> str:
    """Return the accessible text of a cell: "2 responsibilities, and 3 units below"."""
    own = words(f"matrix-own-{_kind(by)}", count=cell.own) if cell.own else ""
    below = words("units-below", count=cell.below) if cell.below else ""
    return words("matrix-both", own=own, units=below) if own and below else own or below


def covering_list(scope: Scope, by: Topics, column: str, words: Words) -> list[Component]:
    """Return the list of units in a scope, drawn or not, that cover the topic ``column``."""
    organization, topic = scope.organization, by.topics[column]
    covering, count = by.covering(organization, column, scope.roots, most=MAX_LISTED)
    items = [_covering_unit(organization, other, by, topic, words) for other in covering]
    within = words(
        "matrix-within",
        units=words("units", count=count) if count else words("matrix-nobody"),
        unit=focus_name(scope.siblings, scope.centre, scope.weights, words),
    )
    attributes = language_attributes(organization, words)
    return [
        html.H2(topic.name, tabIndex=-1, **attributes),
        *([html.P(topic.description, **attributes)] if topic.description else []),
        html.P(within, className="muted"),
        *([html.Ul(items)] if items else []),
        *and_more(count - len(items), words, "and-more-units"),
    ]


def _covering_unit(
    organization: Organization, unit: int, by: Topics, topic: Topic, words: Words
) -> Component:
    """Return a link to a unit, with how often it covers the topic, or else what the unit is."""
    link = unit_link(organization, unit, words, **data(column=topic.id))
    own = [words(f"matrix-own-{_kind(by)}", count=by.own(unit)[topic.id])]
    note = type_and_size(organization, unit, words) if by.category else own
    return html.Li([link, html.Small(note)])
