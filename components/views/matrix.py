"""The matrix: units by themes, or by references; and who covers one of these."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dash import html
from dash.development.base_component import Component

from components.diagrams.style import BRANCH_COLOURS, NEUTRAL, Theme
from components.diagrams.svg import themed_colour
from components.model.coverage import (
    By,
    Cell,
    Coverage,
    Topic,
    coverage,
    covering_units,
    kinds_of_topics,
    own_count,
    topics,
)
from components.model.organization import Organization, Reference
from components.model.scope import Scope
from components.views.attributes import aria, data, joined, of_data, said
from components.views.links import focus_address, unit_address
from components.views.unit_details import Children, text_of_data
from components.words import Words

MAX_TONES = 4
"""One, 2 to 3, 4 to 7, 8 and more: equal steps to the eye."""
LONGEST = 48
"""Characters of a name that the head of a column has room for."""
MAX_LISTED = 200
"""Units that are listed for one theme or reference; the rest is counted."""
NOTHING = html.Td()


def by_of(organization: Organization, asked: str) -> By | None:
    """Return what the units are held against: as asked for, or what there is; None if nothing."""
    kinds = kinds_of_topics(organization)
    return next((by for by in kinds if by == asked), kinds[0] if kinds else None)


def matrix(scope: Scope, asked: str, words: Words) -> list[Component]:
    """Return who covers what: a sentence, a key, and a table with the units of a scope as rows."""
    by = by_of(scope.organization, asked)
    if by is None:
        return [html.P(words("matrix-nothing"), className="muted")]
    found = coverage(scope, by)
    told = {cell: _what(by, cell, words) for cell in set(found.cells.values())}
    caption = words(f"matrix-caption-{by}", unit=scope.organization.label(scope.focus))
    return [
        html.P(_sentence(found, words), className="matrix-sentence"),
        _key(by, words),
        html.Div(
            html.Table(
                [
                    html.Caption(caption, className="unseen"),
                    html.Thead([_heads(found, words), _counts(found, words)]),
                    html.Tbody([_row(found, unit, told, words) for unit in scope.units]),
                ],
                **data(by=by),
            ),
            className="matrix-area",
            role="region",
            tabIndex=0,
            **aria(label=caption),
        ),
    ]


def _sentence(found: Coverage, words: Words) -> Children:
    """Return what the table amounts to: how many are covered, by nobody, by one unit only, ..."""
    organization = found.scope.organization
    parts: list[Component | str] = [
        words("matrix-nobodys", count=found.nobodys) if found.nobodys else words("matrix-all")
    ]
    if found.only_ones:
        parts += ["; ", words("matrix-only-ones", count=found.only_ones)]
    if found.most_shared:
        units = words("units", count=found.units[found.most_shared.id])
        name = text_of_data(organization, _short(found.most_shared), words)
        parts += ["; ", *said(words, "matrix-most-shared", name=name, units=units)]
    if len(found.columns) < len(found.units):
        parts += ["; ", words("matrix-columns", count=len(found.columns))]
    all_of_them = words(f"matrix-{found.by}", count=len(found.units))
    told = joined(parts)
    of_one = told[0] if len(told) == 1 else html.Span(told)
    return said(words, "matrix-sentence", all=all_of_them, parts=of_one)


def _key(by: By, words: Words) -> Component:
    return html.Ul(
        [
            html.Li([html.Span("3", className="tone-2"), words(f"matrix-key-{by}")]),
            html.Li([html.Span(className="below"), words("matrix-key-below")]),
        ],
        className="matrix-key",
    )


def _heads(found: Coverage, words: Words) -> Component:
    return html.Tr(
        [
            html.Th(words("matrix-unit"), scope="col"),
            *(_head(found, topic, words) for topic in found.columns),
        ]
    )


def _head(found: Coverage, topic: Topic, words: Words) -> Component:
    """Return the name of a column; scripts make it a button that tells who covers it."""
    label = _short(topic)
    organization = found.scope.organization
    focus = organization.units["id"][found.scope.focus]
    text = label if label == topic.name else html.Abbr(label, title=topic.name)
    return html.Th(
        html.Span(text, className="head", **of_data(organization, words)),
        scope="col",
        **data(covering=focus, column=topic.id),
    )


def _short(topic: Topic) -> str:
    """Return a topic's acronym, or its name, cut between words where it has no end."""
    if isinstance(topic, Reference) and topic.acronym:
        return topic.acronym
    if len(topic.name) <= LONGEST:
        return topic.name
    cut = topic.name[:LONGEST]
    return f"{cut.rpartition(' ')[0] or cut}…"


def _counts(found: Coverage, words: Words) -> Component:
    """Return how many units cover each topic, marked where it is one only, or nobody."""
    return html.Tr(
        [
            html.Th(words("matrix-units"), scope="row"),
            *(_count(found.units[topic.id], words) for topic in found.columns),
        ],
        className="counts",
    )


def _count(units: int, words: Words) -> Component:
    if units > 1:
        return html.Td(words.number(units))
    word = words("matrix-only-one") if units else words("matrix-nobody")
    return html.Td(
        [html.Span(str(units)), html.Span(word, className="word")],
        className="only-one" if units else "nobody",
    )


def _row(found: Coverage, unit: int, told: Mapping[Cell, str], words: Words) -> Component:
    organization = found.scope.organization
    cells = [_cell(found, unit, topic, told, words) for topic in found.columns]
    quiet = "" if any(cell is not NOTHING for cell in cells) else "quiet"
    level = int(organization.depth[unit] - organization.depth[found.scope.focus])
    depth, branch = int(organization.depth[unit]), int(organization.branch[unit])
    mark = f"branch-{branch % len(BRANCH_COLOURS)}" if depth else "branch-none"
    hidden = _hidden(found.scope, unit)
    more = [html.Small(words("folded", count=hidden))] if hidden else []
    head = html.Div([_unit(organization, unit, words), *more])
    return html.Tr(
        [html.Th(head, scope="row"), *cells],
        className=" ".join(filter(None, (f"level-{level}", mark, quiet))),
        **data(unit=organization.units["id"][unit]),
    )


def _unit(organization: Organization, unit: int, words: Words) -> Component:
    """Return a link to a unit by its short name; it has its full name where that is another."""
    short, name = organization.label(unit), organization.units["name"][unit]
    return html.A(
        short,
        href=unit_address(organization, unit),
        title=name if name != short or len(name) > LONGEST else None,
        **data(unit=organization.units["id"][unit]),
        **of_data(organization, words),
    )


def _hidden(scope: Scope, unit: int) -> int:
    """Return how many units below a row have no row of their own, nor a row between."""
    if unit in scope.fold:
        return scope.fold[unit].units
    return 0 if unit in scope.children else int(scope.organization.size[unit]) - 1


def _cell(
    found: Coverage, unit: int, topic: Topic, told: Mapping[Cell, str], words: Words
) -> Component:
    """Return a link to the responsibilities behind a cell, or to who below the unit has them."""
    organization, cell = found.scope.organization, found.cell(unit, topic)
    if cell not in told:
        return NOTHING
    name = organization.units["name"][unit]
    label = aria(label=words("matrix-cell", unit=name, topic=topic.name, what=told[cell]))
    identifier = organization.units["id"][unit]
    if cell.own:
        css = f"tone-{min(cell.own.bit_length(), MAX_TONES)}"
        return html.Td(
            html.A(
                str(cell.own),
                href=unit_address(organization, unit),
                className=f"{css} and-below" if cell.below else css,
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


def _what(by: By, cell: Cell, words: Words) -> str:
    own = words(f"matrix-own-{by}", count=cell.own) if cell.own else ""
    below = words("units-below", count=cell.below) if cell.below else ""
    return words("matrix-both", own=own, units=below) if own and below else own or below


def covering_list(
    organization: Organization, unit: int, asked: tuple[By, str], words: Words
) -> list[Component]:
    """Return who covers a theme or reference, of a unit and all below it.

    ``asked`` says which: what units are held against, and the id of one of these.
    """
    by, topic = asked
    about = topics(organization, by)[topic]
    covering, count = covering_units(organization, by, topic, unit, most=MAX_LISTED)
    items = [_covering(organization, each, by, about, words) for each in covering]
    more = count - len(items)
    where = words(
        "matrix-within",
        units=words("units", count=count) if count else words("matrix-nobody"),
        unit=organization.label(unit),
    )
    return [
        html.H2(about.name, tabIndex=-1, **of_data(organization, words)),
        *([html.P(about.description, **of_data(organization, words))] * bool(about.description)),
        html.P(where, className="muted"),
        *([html.Ul(items)] if items else []),
        *([html.P(words("matrix-more", count=more), className="muted")] if more else []),
    ]


def _covering(
    organization: Organization, unit: int, by: By, topic: Topic, words: Words
) -> Component:
    own = own_count(organization, by, topic.id, unit)
    link = html.A(
        organization.units["name"][unit],
        href=unit_address(organization, unit),
        **data(unit=organization.units["id"][unit], column=topic.id),
        **of_data(organization, words),
    )
    return html.Li([link, html.Small(words(f"matrix-own-{by}", count=own))])


def branch_rules() -> str:
    """Return the rules of style for the marks of the branches, as the diagrams colour them."""
    return "\n".join(f".{name} {{ --branch: {colour} }}" for name, colour in _branches())


def _branches() -> Iterator[tuple[str, str]]:
    yield "branch-none", themed_colour({theme: NEUTRAL[theme] for theme in Theme}, None)
    for place, colour in enumerate(BRANCH_COLOURS):
        yield f"branch-{place}", colour
