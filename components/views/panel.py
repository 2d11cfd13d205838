"""The side panel: what a unit answers for, and to whom it is related and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from dash import html
from dash.development.base_component import Component

from components.importing.report import counts_of
from components.model.organization import (
    Mention,
    Organization,
    Reference,
    Responsibility,
)
from components.model.relations import Basis, Direction, Reason, related_units
from components.model.text import capitalized
from components.view_state import SEPARATOR
from components.views.attributes import aria, data, joined, of_data, said
from components.views.connection import connect_button, connection_place
from components.views.embedding import embed_button
from components.views.links import focus_link, picture_address, unit_link
from components.views.unit_details import Children, text_of_data, type_and_size
from components.words import Words
from components.words.relation_names import (
    reference_is_known,
    reference_text,
    relation_is_known,
    relation_text,
)

ARROWS = {Direction.OUT: "→", Direction.IN: "←", Direction.BOTH: "↔"}
MAX_AT_ONCE, MAX_INFERRED = 3, 12
"""Units of one inferred reason that are listed right away, and that are a click away."""
MAX_NAMERS = 20
"""Units that the introduction lists for one reference."""
PROBLEMS_ARE_IN = "en"
"""Whoever keeps the tables reads them, as the command line writes them."""
MAX_LISTED = 100
"""Units, or reasons, that are listed at all; the rest is counted."""


def unit_panel(organization: Organization, unit: int, words: Words) -> list[Component]:
    """Return the panel of a unit: who it is, what it answers for, what it is composed of, ..."""
    facts, marks = organization.unit(unit), of_data(organization, words)
    title: Children = [facts.name]
    if facts.acronym:
        title += [" ", html.Abbr(facts.acronym, title=facts.name)]
    return [
        html.Header(
            [
                html.Button(
                    "×",
                    type="button",
                    className="close",
                    **data(action="clear"),
                    **aria(label=words("close")),
                ),
                html.H2(title, tabIndex=-1, **marks),
                html.P(capitalized(facts.type), className="type", **marks),
                _chain(organization, unit, words),
            ]
        ),
        connection_place(),
        _summary(organization, unit, words),
        *([_source(organization, facts.source, words)] if facts.source else []),
        *_particulars(organization, unit, words),
        _responsibilities(organization, unit, words),
        _composition(organization, unit, words),
        _related(organization, unit, words),
        _references(organization, unit, words),
        *_notes(organization, facts.notes, words),
        _actions(organization, unit, words),
    ]


def _chain(organization: Organization, unit: int, words: Words) -> Component:
    chain = organization.ancestors(unit)[-8:]
    if not chain:
        return html.P(words("is-the-top"), className="chain")
    return html.Nav(
        html.Ol(
            [html.Li(unit_link(organization, up, words, organization.label(up))) for up in chain]
        ),
        className="chain",
        **aria(label=words("part-of")),
    )


def _summary(organization: Organization, unit: int, words: Words) -> Component:
    """Return the summary of the table; where there can be none, what the unit is."""
    summary = organization.units["summary"][unit]
    if summary:
        return html.P(summary, className="summary", **of_data(organization, words))
    if unit in organization.placeholders:
        told = words("named-as-parent", count=int(organization.child_count[unit]))
    elif unit == 0 and organization.has_synthetic_top:
        told = _gathered(organization, words)
    else:
        told = words("no-summary")
    return html.P(told, className="summary")


def _gathered(organization: Organization, words: Words) -> str:
    """Return how many units a top of no record gathers."""
    figures = counts_of(organization)
    roots, unknown = figures["roots"], figures["placeholders"]
    told = [
        *([words("gathered", count=roots)] if roots else []),
        *([words("gathered-placeholders", count=unknown)] if unknown else []),
    ]
    return " ".join(told or [words("no-summary")])


def _particulars(organization: Organization, unit: int, words: Words) -> list[Component]:
    facts, marks = organization.unit(unit), of_data(organization, words)
    told = (
        (words("status"), facts.status),
        (words("head"), facts.head),
        (words("place"), facts.location),
    )
    known = [(label, text) for label, text in told if text]
    pairs = [part for label, text in known for part in (html.Dt(label), html.Dd(text, **marks))]
    return [html.Dl(pairs, className="particulars")] if pairs else []


def _section(name: str, heading: str, content: Sequence[Component]) -> Component:
    return html.Section([html.H3(heading), *content], **data(section=name))


def _nothing(sentence: str) -> Component:
    return html.P(sentence, className="nothing")


def _source(organization: Organization, text: str, words: Words) -> Component:
    source = text_of_data(organization, text, words)
    return html.Small(said(words, "source", source=source), className="source")


def _responsibilities(organization: Organization, unit: int, words: Words) -> Component:
    rows, marks = organization.responsibilities.of(unit), of_data(organization, words)
    if not rows:
        content: list[Component] = [_nothing(words("no-responsibilities"))]
    else:
        content = [
            part
            for source, group in groupby(rows, key=lambda row: row.source)
            for part in (
                html.Ul([_responsibility(organization, row) for row in group], **marks),
                *([_source(organization, source, words)] if source else []),
            )
        ]
    return _section("responsibilities", words("responsibilities"), content)


def _responsibility(organization: Organization, row: Responsibility) -> Component:
    themes = " · ".join(organization.themes[theme].name for theme in row.themes)
    return html.Li(
        [row.text, *([html.Small(themes, className="themes")] if themes else [])],
        **data(themes=SEPARATOR.join(row.themes)),
    )


def _composition(organization: Organization, unit: int, words: Words) -> Component:
    children = list(islice(organization.children(unit), MAX_LISTED))
    if not children:
        nothing = _nothing(words("no-composition"))
        return _section("composition", words("composition"), [nothing])
    items = [
        html.Li(
            [
                unit_link(organization, child, words),
                " ",
                html.Small(type_and_size(organization, child, words)),
            ]
        )
        for child in children
    ]
    unlisted = int(organization.size[unit] - 1 - organization.size[children].sum())
    more = _and_more("units", unlisted, words)
    return _section("composition", words("composition"), [html.Ul(items), *more])


def _and_more(things: str, count: int, words: Words) -> list[Component]:
    """Return what tells how many things are not listed; nothing if all are."""
    return [html.P(words(f"and-more-{things}", count=count), className="muted")] if count else []


@dataclass(frozen=True, slots=True)
class _Group:
    """The units that are related for one reason."""

    basis: Basis
    direction: Direction
    through: str


def _related(organization: Organization, unit: int, words: Words) -> Component:
    groups: dict[_Group, list[tuple[int, Reason]]] = {}
    for related in related_units(organization, unit):
        for reason in related.reasons:
            group = _Group(reason.basis, reason.direction, reason.through)
            groups.setdefault(group, []).append((related.unit, reason))
    order = list(Basis)
    strongest_first = sorted(
        groups.items(), key=lambda entry: (order.index(entry[0].basis), -entry[1][0][1].weight)
    )
    content = [_group(organization, group, found, words) for group, found in strongest_first]
    return _section(
        "related",
        words("related"),
        content or [_nothing(words("no-related"))],
    )


def _group(
    organization: Organization, group: _Group, found: list[tuple[int, Reason]], words: Words
) -> Component:
    at_once, most = (
        (MAX_AT_ONCE, MAX_INFERRED) if group.basis is Basis.THEME else (MAX_LISTED, MAX_LISTED)
    )
    first, rest = found[:at_once], found[at_once:most]
    items = [
        html.Ul([_related_unit(organization, *each, words) for each in part])
        for part in (first, rest)
    ]
    content: list[Component] = [items[0]]
    if rest:
        summary = html.Summary(words("more", count=len(rest)))
        content.append(html.Details([summary, items[1]]))
    content += _and_more("units", max(0, len(found) - most), words)
    return html.Div(
        [html.H4(_group_heading(organization, group, words)), *content],
        className=f"reason {group.basis}",
    )


def _group_heading(organization: Organization, group: _Group, words: Words) -> Children:
    arrow = html.Span(ARROWS[group.direction], className="arrow", **aria(hidden="true"))
    match group.basis:
        case Basis.STATED:
            text = relation_text(group.through, group.direction, words)
            is_ours = relation_is_known(group.through, words)
            return [arrow, text if is_ours else text_of_data(organization, text, words)]
        case Basis.REFERENCE:
            reference = organization.references[group.through]
            kind = _kind(organization, reference, words) or words("reference")
            name = text_of_data(organization, reference.name, words)
            return [arrow, *said(words, "same-reference", kind=kind, name=name)]
        case Basis.THEME:
            inferred = html.Span(words("inferred"), className="inferred")
            name = text_of_data(organization, organization.themes[group.through].name, words)
            return [arrow, *said(words, "same-theme", name=name), " ", inferred]


def _related_unit(organization: Organization, unit: int, reason: Reason, words: Words) -> Component:
    told: Children = [unit_link(organization, unit, words)]
    if reason.sentence:
        marks = of_data(organization, words)
        told.append(html.Span(reason.sentence, className="why", **marks))
    if reason.source:
        # The link says already whose paragraph it is.
        source = reason.source.removeprefix(f"{organization.units['name'][unit]}, ")
        told.append(_source(organization, source, words))
    return html.Li(told)


def _references(organization: Organization, unit: int, words: Words) -> Component:
    mentions = organization.mentions.of(unit)
    content = [_reference(organization, mention, words) for mention in mentions[:MAX_LISTED]]
    content += _and_more("references", max(0, len(mentions) - MAX_LISTED), words)
    return _section(
        "references", words("references"), content or [_nothing(words("no-references"))]
    )


def _reference(organization: Organization, mention: Mention, words: Words) -> Component:
    reference, marks = organization.references[mention.reference], of_data(organization, words)
    others = [
        each
        for each in organization.mentions_by_reference[reference.id]
        if each.unit != mention.unit
    ]
    return html.Details(
        [
            html.Summary(
                [
                    text_of_data(organization, _reference_name(reference), words),
                    " ",
                    html.Small(_kind(organization, reference, words)),
                ]
            ),
            html.P(mention.role, **marks),
            *([_source(organization, mention.source, words)] if mention.source else []),
            html.P(reference.description, className="muted", **marks),
            *(
                [html.P(words("also-named-by")), *_namers(organization, others, words)]
                if others
                else []
            ),
        ],
        **data(reference=reference.id),
    )


def _kind(organization: Organization, reference: Reference, words: Words) -> Component | str:
    text = reference_text(reference, words)
    is_ours = reference_is_known(reference, words)
    return text if is_ours else text_of_data(organization, text, words)


def _reference_name(reference: Reference) -> str:
    return reference.name + (f" ({reference.acronym})" if reference.acronym else "")


def _namers(
    organization: Organization, mentions: Sequence[Mention], words: Words, most: int = MAX_LISTED
) -> list[Component]:
    marks = of_data(organization, words)
    items = [
        html.Li(
            [
                unit_link(organization, each.unit, words),
                html.Span(each.role, className="why", **marks),
            ]
        )
        for each in mentions[:most]
    ]
    return [html.Ul(items), *_and_more("units", max(0, len(mentions) - most), words)]


def _notes(organization: Organization, notes: str, words: Words) -> list[Component]:
    told = said(words, "note", note=text_of_data(organization, notes, words))
    return [html.P(told, className="notes")] if notes else []


def _actions(organization: Organization, unit: int, words: Words) -> Component:
    content: list[Component] = []
    if not organization.is_leaf(unit):
        content.append(focus_link(organization, unit, words("show-in-centre")))
    content.append(connect_button(words))
    content.append(html.Button(words("copy-link"), type="button", **data(action="copy-link")))
    content.append(embed_button(words))
    picture = picture_address("network", "png", words, unit=organization.units["id"][unit])
    content.append(html.A(words("picture"), href=picture, download=""))
    return html.Footer(content, className="actions")


def overview_panel(organization: Organization, words: Words) -> list[Component]:
    """Return what the panel shows while no unit is selected: what this is, and what units share."""
    about, marks = organization.about, of_data(organization, words)
    licence = text_of_data(organization, about.licence, words)
    shared = sorted(
        organization.references.values(),
        key=lambda reference: -_how_many_name(organization, reference),
    )
    return [
        html.Header([html.H2(about.title, tabIndex=-1, **marks)]),
        *([html.P(about.description, className="summary", **marks)] if about.description else []),
        html.Ul(
            [
                html.Li(words("how-to-select")),
                html.Li(words("how-to-focus")),
                html.Li(words("how-to-link"), className="network-only"),
            ],
            className="how-to",
        ),
        *([_shared(organization, shared, words)] if shared else []),
        *(
            [html.P(said(words, "licence", licence=licence), className="muted")]
            * bool(about.licence)
        ),
    ]


def _shared(organization: Organization, references: Sequence[Reference], words: Words) -> Component:
    entries: list[Component] = [
        html.Details(
            [
                html.Summary(
                    [
                        text_of_data(organization, _reference_name(reference), words),
                        " ",
                        html.Small(_kind_and_count(organization, reference, words)),
                    ]
                ),
                html.P(reference.description, className="muted", **of_data(organization, words)),
                *_namers(
                    organization,
                    organization.mentions_by_reference[reference.id],
                    words,
                    MAX_NAMERS,
                ),
            ],
            **data(reference=reference.id),
        )
        for reference in references[:MAX_LISTED]
    ]
    more = _and_more("references", max(0, len(references) - MAX_LISTED), words)
    return _section("references", words("shared"), [*entries, *more])


def _kind_and_count(organization: Organization, reference: Reference, words: Words) -> Children:
    kind = [_kind(organization, reference, words), ", "] if reference.kind else []
    return joined([*kind, words("units", count=_how_many_name(organization, reference))])


def _how_many_name(organization: Organization, reference: Reference) -> int:
    return len({mention.unit for mention in organization.mentions_by_reference[reference.id]})


def unknown_unit_panel(
    organization: Organization, nearest: Sequence[int], words: Words
) -> list[Component]:
    """Return what the panel shows when an address names a unit that does not exist."""
    return [
        html.Header([html.H2(words("unknown-unit"), tabIndex=-1)]),
        html.P(words("unknown-unit-named")),
        html.P(words("nearest-names" if nearest else "no-near-name")),
        html.Ul([html.Li(unit_link(organization, unit, words)) for unit in nearest]),
    ]
