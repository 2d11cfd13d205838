"""The matrix of units by themes or references, and the list of units that cover one of these."""

from __future__ import annotations

from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from components.diagrams.style import BRANCH_COLOURS, NEUTRAL
from components.diagrams.svg import light_dark
from components.model.coverage import (
    Cell,
    Coverage,
    Topic,
    TopicKind,
    coverage,
    covering_units,
    own_count,
    topic_kinds,
    topics,
)
from components.model.organization import Organization, Reference
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
)
from components.words import Words

MAX_TONES = 4
"""Number of tones for counts: 1, 2 to 3, 4 to 7, 8 and more."""
MAX_LENGTH = 48
"""Maximum number of characters of a name in a column header."""
MAX_LISTED = 200
"""Maximum number of units in the list of one theme or reference; the others are counted."""
EMPTY_CELL = html.Td()


def available_topic_kind(organization: Organization, requested: str) -> TopicKind | None:
    """Return the requested kind of column, or the first that has data; None if none has."""
    kinds = topic_kinds(organization)
    return next((by for by in kinds if by == requested), kinds[0] if kinds else None)


def matrix(scope: Scope, requested: str, words: Words) -> list[Component]:
    """Return a summary sentence, a key, and a table with the units of a scope as rows."""
    by = available_topic_kind(scope.organization, requested)
    if by is None:
        return [html.P(words("matrix-nothing"), className="muted")]
    covered = coverage(scope, by)
    cell_texts = {cell: _cell_text(by, cell, words) for cell in set(covered.cells.values())}
    caption = words(f"matrix-caption-{by}", unit=scope.organization.label(scope.focus))
    return [
        html.P(_summary(covered, words), className="matrix-sentence"),
        _key(by, words),
        html.Div(
            html.Table(
                [
                    html.Caption(caption, className="unseen"),
                    html.Thead([_header_row(covered, words), _count_row(covered, words)]),
                    html.Tbody([_row(covered, unit, cell_texts, words) for unit in scope.units]),
                ],
                **data(by=by),
            ),
            className="matrix-area",
            role="region",
            tabIndex=0,
            **aria(label=caption),
        ),
    ]


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
    count = words(f"matrix-{covered.by}", count=len(covered.units))
    merged = merge_text(parts)
    facts = merged[0] if len(merged) == 1 else html.Span(merged)
    return message_parts(words, "matrix-sentence", all=count, parts=facts)


def _key(by: TopicKind, words: Words) -> Component:
    return html.Ul(
        [
            html.Li([html.Span("3", className="tone-2"), words(f"matrix-key-{by}")]),
            html.Li([html.Span(className="below"), words("matrix-key-below")]),
        ],
        className="matrix-key",
    )


def _header_row(covered: Coverage, words: Words) -> Component:
    return html.Tr(
        [
            html.Th(words("matrix-unit"), scope="col"),
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
        **data(covering=organization.units["id"][covered.scope.focus], column=topic.id),
    )


def _short_name(topic: Topic) -> str:
    """Return a topic's acronym, or its name, truncated at the end of a word."""
    if isinstance(topic, Reference) and topic.acronym:
        return topic.acronym
    if len(topic.name) <= MAX_LENGTH:
        return topic.name
    cut = topic.name[:MAX_LENGTH]
    return f"{cut.rpartition(' ')[0] or cut}…"


def _count_row(covered: Coverage, words: Words) -> Component:
    """Return the number of units that cover each topic."""
    return html.Tr(
        [
            html.Th(words("matrix-units"), scope="row"),
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


def _row(covered: Coverage, unit: int, cell_texts: Mapping[Cell, str], words: Words) -> Component:
    organization = covered.scope.organization
    cells = [_cell(covered, unit, topic, cell_texts, words) for topic in covered.columns]
    quiet = "" if any(cell is not EMPTY_CELL for cell in cells) else "quiet"
    depth, branch = int(organization.depth[unit]), int(organization.branch[unit])
    level = depth - int(organization.depth[covered.scope.focus])
    colour = f"branch-{branch % len(BRANCH_COLOURS)}" if depth else "branch-none"
    hidden = _hidden(covered.scope, unit)
    more = [html.Small(words("folded", count=hidden))] if hidden else []
    header = html.Div([_unit(organization, unit, words), *more])
    return html.Tr(
        [html.Th(header, scope="row"), *cells],
        className=" ".join(filter(None, (f"level-{level}", colour, quiet))),
        **data(unit=organization.units["id"][unit]),
    )


def _unit(organization: Organization, unit: int, words: Words) -> Component:
    """Return a link to a unit by its short name, with the full name in the title."""
    short, name = organization.label(unit), organization.units["name"][unit]
    title = name if name != short or len(name) > MAX_LENGTH else None
    return unit_link(organization, unit, words, short, title=title)


def _hidden(scope: Scope, unit: int) -> int:
    """Return the number of units that are counted in a unit's row because they have none."""
    if unit in scope.fold:
        return scope.fold[unit].units
    return 0 if unit in scope.children else int(scope.organization.size[unit]) - 1


def _cell(
    covered: Coverage, unit: int, topic: Topic, cell_texts: Mapping[Cell, str], words: Words
) -> Component:
    """Return a link to the unit that covers a topic, or to the units below it that do."""
    organization, cell = covered.scope.organization, covered.cell(unit, topic)
    if cell not in cell_texts:
        return EMPTY_CELL
    name = organization.units["name"][unit]
    label = aria(label=words("matrix-cell", unit=name, topic=topic.name, what=cell_texts[cell]))
    identifier = organization.units["id"][unit]
    if cell.own:
        tone = f"tone-{min(cell.own.bit_length(), MAX_TONES)}"
        return html.Td(
            html.A(
                str(cell.own),
                href=unit_address(organization, unit),
                className=f"{tone} and-below" if cell.below else tone,
                **data(unit=identifier, column=topic.id),
                **label,
            )
        )
    return html.Td(
        html.A(
            href=focus_address(organization, unit),
            className="below",
            **data(covering=identifier, column=topic.id),
            **label,
        )
    )


def _cell_text(by: TopicKind, cell: Cell, words: Words) -> str:
    """Return the accessible text of a cell: "2 responsibilities, and 3 units below"."""
    own = words(f"matrix-own-{by}", count=cell.own) if cell.own else ""
    below = words("units-below", count=cell.below) if cell.below else ""
    return words("matrix-both", own=own, units=below) if own and below else own or below


def covering_list(
    organization: Organization, unit: int, column: tuple[TopicKind, str], words: Words
) -> list[Component]:
    """Return the list of units in a subtree that cover a topic.

    ``column`` is the kind of column and the id of the topic.
    """
    by, identifier = column
    topic = topics(organization, by)[identifier]
    covering, count = covering_units(organization, by, identifier, unit, most=MAX_LISTED)
    items = [_covering_unit(organization, other, by, topic, words) for other in covering]
    within = words(
        "matrix-within",
        units=words("units", count=count) if count else words("matrix-nobody"),
        unit=organization.label(unit),
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
    organization: Organization, unit: int, by: TopicKind, topic: Topic, words: Words
) -> Component:
    own = own_count(organization, by, topic.id, unit)
    link = unit_link(organization, unit, words, **data(column=topic.id))
    return html.Li([link, html.Small(words(f"matrix-own-{by}", count=own))])


def branch_rules() -> str:
    """Return the CSS rules that give the branches the colours of the diagrams."""
    neutral = light_dark(NEUTRAL)
    colours = {"none": neutral, **{str(n): colour for n, colour in enumerate(BRANCH_COLOURS)}}
    return "\n".join(f".branch-{name} {{ --branch: {colour} }}" for name, colour in colours.items())
