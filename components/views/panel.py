"""The side panel: what a unit answers for, and to whom it is related and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from dash import html
from dash.development.base_component import Component

from components.diagrams.address import SEPARATOR
from components.diagrams.tree import counted
from components.model.organization import (
    Mention,
    Organization,
    Reference,
    Responsibility,
    capitalized,
)
from components.model.relations import Basis, Direction, Reason, related_units, words_of
from components.views.attributes import aria, data
from components.views.embedding import embed_button
from components.views.links import focus_link, picture_address, unit_link

Children = list[Component | str]
ARROWS = {Direction.OUT: "→", Direction.IN: "←", Direction.BOTH: "↔"}
MOST_AT_ONCE, MOST_INFERRED = 3, 12
"""Units of one inferred reason that are listed right away, and that are a click away."""
MOST_NAMERS = 20
"""Units that the introduction lists for one reference."""
MOST_LISTED = 100
"""Units, or reasons, that are listed at all; the rest is counted."""


def unit_panel(organization: Organization, unit: int) -> list[Component]:
    """Return the panel of a unit: who it is, what it answers for, what it is composed of, ..."""
    facts = organization.unit(unit)
    title: Children = [facts.name]
    if facts.acronym:
        title.append(html.Abbr(facts.acronym, title=facts.name))
    return [
        html.Header(
            [
                html.Button(
                    "×",
                    type="button",
                    className="close",
                    **data(action="clear"),
                    **aria(label="Close"),
                ),
                html.H2(title, tabIndex=-1),
                html.P(capitalized(facts.type), className="type"),
                _chain(organization, unit),
            ]
        ),
        html.P(facts.summary or "The source has no summary of this unit.", className="summary"),
        *([_source(facts.source)] if facts.source else []),
        *_particulars(facts.head, facts.location),
        _responsibilities(organization, unit),
        _composition(organization, unit),
        _related(organization, unit),
        _references(organization, unit),
        *_notes(facts.notes),
        _actions(organization, unit),
    ]


def _chain(organization: Organization, unit: int) -> Component:
    chain = organization.ancestors(unit)[-8:]
    if not chain:
        return html.P("The top of this organization.", className="chain")
    short, names = organization.units["short_name"], organization.units["name"]
    return html.Nav(
        html.Ol([html.Li(unit_link(organization, up, short[up] or names[up])) for up in chain]),
        className="chain",
        **aria(label="Part of"),
    )


def _particulars(head: str, location: str) -> list[Component]:
    known = [(label, text) for label, text in (("Head", head), ("Place", location)) if text]
    pairs = [part for label, text in known for part in (html.Dt(label), html.Dd(text))]
    return [html.Dl(pairs, className="particulars")] if pairs else []


def _section(name: str, heading: str, content: Sequence[Component]) -> Component:
    return html.Section([html.H3(heading), *content], **data(section=name))


def _nothing(sentence: str) -> Component:
    return html.P(sentence, className="nothing")


def _source(text: str) -> Component:
    return html.Small(f"Source: {text}", className="source")


def _responsibilities(organization: Organization, unit: int) -> Component:
    rows = organization.responsibilities.of(unit)
    if not rows:
        content: list[Component] = [
            _nothing("The source names no responsibilities of this unit's own.")
        ]
    else:
        content = [
            part
            for source, group in groupby(rows, key=lambda row: row.source)
            for part in (
                html.Ul([_responsibility(organization, row) for row in group]),
                *([_source(source)] if source else []),
            )
        ]
    return _section("responsibilities", "Responsibilities", content)


def _responsibility(organization: Organization, row: Responsibility) -> Component:
    themes = " · ".join(organization.themes[theme].name for theme in row.themes)
    return html.Li(
        [row.text, *([html.Small(themes, className="themes")] if themes else [])],
        **data(themes=SEPARATOR.join(row.themes)),
    )


def _composition(organization: Organization, unit: int) -> Component:
    children = list(islice(organization.children(unit), MOST_LISTED))
    if not children:
        return _section(
            "composition", "Composed of", [_nothing("The source names no parts of this unit.")]
        )
    items = [
        html.Li([unit_link(organization, child), _how_many_below(organization, child)])
        for child in children
    ]
    unlisted = int(organization.size[unit] - 1 - organization.size[children].sum())
    return _section("composition", "Composed of", [html.Ul(items), *_and_more(unlisted, "unit")])


def _and_more(count: int, noun: str) -> list[Component]:
    """Return what tells how many things are not listed; nothing if all are."""
    return [html.P(f"And {counted(count, f'more {noun}')}.", className="muted")] if count else []


def _how_many_below(organization: Organization, unit: int) -> Component:
    below = int(organization.size[unit]) - 1
    text = capitalized(organization.units["type"][unit])
    return html.Small(
        ", ".join(filter(None, [text, f"{counted(below, 'unit')} below" * (below > 0)]))
    )


@dataclass(frozen=True, slots=True)
class _Group:
    """The units that are related for one reason."""

    basis: Basis
    direction: Direction
    through: str


def _related(organization: Organization, unit: int) -> Component:
    groups: dict[_Group, list[tuple[int, Reason]]] = {}
    for related in related_units(organization, unit):
        for reason in related.reasons:
            group = _Group(reason.basis, reason.direction, reason.through)
            groups.setdefault(group, []).append((related.unit, reason))
    order = list(Basis)
    strongest_first = sorted(
        groups.items(), key=lambda entry: (order.index(entry[0].basis), -entry[1][0][1].weight)
    )
    content = [_group(organization, group, found) for group, found in strongest_first]
    return _section(
        "related",
        "Related units",
        content or [_nothing("The source relates this unit to no other beyond the hierarchy.")],
    )


def _group(organization: Organization, group: _Group, found: list[tuple[int, Reason]]) -> Component:
    at_once, most = (
        (MOST_AT_ONCE, MOST_INFERRED) if group.basis is Basis.THEME else (MOST_LISTED, MOST_LISTED)
    )
    first, rest = found[:at_once], found[at_once:most]
    content: list[Component] = [html.Ul([_related_unit(organization, *each) for each in first])]
    if rest:
        items = html.Ul([_related_unit(organization, *each) for each in rest])
        content.append(html.Details([html.Summary(f"{len(rest)} more"), items]))
    content += _and_more(max(0, len(found) - most), "unit")
    return html.Div(
        [html.H4(_group_heading(organization, group)), *content],
        className=f"reason {group.basis}",
    )


def _group_heading(organization: Organization, group: _Group) -> Children:
    arrow = html.Span(ARROWS[group.direction], className="arrow", **aria(hidden="true"))
    match group.basis:
        case Basis.STATED:
            return [arrow, words_of(group.through, group.direction)]
        case Basis.REFERENCE:
            reference = organization.references[group.through]
            return [arrow, f"Same {reference.kind or 'reference'}: {reference.name}"]
        case Basis.THEME:
            inferred = html.Span("inferred", className="inferred")
            return [arrow, f"Same theme: {organization.themes[group.through].name}", inferred]


def _related_unit(organization: Organization, unit: int, reason: Reason) -> Component:
    told: Children = [unit_link(organization, unit)]
    if reason.sentence:
        told.append(html.Span(reason.sentence, className="why"))
    if reason.source:
        # The link says already whose paragraph it is.
        told.append(_source(reason.source.removeprefix(f"{organization.units['name'][unit]}, ")))
    return html.Li(told)


def _references(organization: Organization, unit: int) -> Component:
    mentions = organization.mentions.of(unit)
    content = [_reference(organization, mention) for mention in mentions[:MOST_LISTED]]
    content += _and_more(max(0, len(mentions) - MOST_LISTED), "reference")
    return _section(
        "references",
        "Works with",
        content or [_nothing("The source names no framework, body or programme for this unit.")],
    )


def _reference(organization: Organization, mention: Mention) -> Component:
    reference = organization.references[mention.reference]
    others = [each for each in organization.mentioned_by[reference.id] if each.unit != mention.unit]
    return html.Details(
        [
            html.Summary([_reference_name(reference), html.Small(reference.kind)]),
            html.P(mention.role),
            *([_source(mention.source)] if mention.source else []),
            html.P(reference.description, className="muted"),
            *([html.P("Also named by"), *_namers(organization, others)] if others else []),
        ],
        **data(reference=reference.id),
    )


def _reference_name(reference: Reference) -> str:
    return reference.name + (f" ({reference.acronym})" if reference.acronym else "")


def _namers(
    organization: Organization, mentions: Sequence[Mention], most: int = MOST_LISTED
) -> list[Component]:
    items = [
        html.Li([unit_link(organization, each.unit), html.Span(each.role, className="why")])
        for each in mentions[:most]
    ]
    return [html.Ul(items), *_and_more(max(0, len(mentions) - most), "unit")]


def _notes(notes: str) -> list[Component]:
    return [html.P(f"Note: {notes}", className="notes")] if notes else []


def _actions(organization: Organization, unit: int) -> Component:
    content: list[Component] = []
    if not organization.is_leaf(unit):
        content.append(focus_link(organization, unit, "Show in the centre"))
    content.append(html.Button("Copy link", type="button", **data(action="copy-link")))
    content.append(embed_button())
    content.append(html.A("Picture", href=picture_address(organization, unit), download=""))
    return html.Footer(content, className="actions")


def overview_panel(organization: Organization) -> list[Component]:
    """Return what the panel shows while no unit is selected: what this is, and what units share."""
    about = organization.about
    shared = sorted(
        organization.references.values(),
        key=lambda reference: -_how_many_name(organization, reference),
    )
    return [
        html.Header([html.H2(about.title, tabIndex=-1)]),
        *([html.P(about.description, className="summary")] if about.description else []),
        html.Ul(
            [
                html.Li("Click a unit to see what it answers for and to whom it is related."),
                html.Li("Double-click a unit to put it in the centre; the centre leads back up."),
                html.Li(
                    "Turn on “All links” to see who works with whom.", className="network-only"
                ),
            ],
            className="how-to",
        ),
        *([_shared(organization, shared)] if shared else []),
        *(
            [html.P(f"Licence of the data: {about.licence}", className="muted")]
            * bool(about.licence)
        ),
        *_problems(organization),
    ]


def _shared(organization: Organization, references: Sequence[Reference]) -> Component:
    entries: list[Component] = [
        html.Details(
            [
                html.Summary(
                    [
                        _reference_name(reference),
                        html.Small(
                            [
                                f"{reference.kind}, " if reference.kind else "",
                                counted(_how_many_name(organization, reference), "unit"),
                            ]
                        ),
                    ]
                ),
                html.P(reference.description, className="muted"),
                *_namers(organization, organization.mentioned_by[reference.id], MOST_NAMERS),
            ],
            **data(reference=reference.id),
        )
        for reference in references[:MOST_LISTED]
    ]
    more = _and_more(max(0, len(references) - MOST_LISTED), "reference")
    return _section("references", "What units work with", [*entries, *more])


def _how_many_name(organization: Organization, reference: Reference) -> int:
    return len({mention.unit for mention in organization.mentioned_by[reference.id]})


def _problems(organization: Organization) -> list[Component]:
    """Return the faults of the tables that the picture was drawn in spite of."""
    problems = organization.problems
    if not problems:
        return []
    items = html.Ul([html.Li(str(problem)) for problem in problems[:MOST_LISTED]])
    heading = f"{counted(len(problems), 'problem')} in the data"
    more = _and_more(max(0, len(problems) - MOST_LISTED), "problem")
    return [html.Details([html.Summary(heading), items, *more], className="problems")]


def unknown_unit_panel(organization: Organization, nearest: Sequence[int]) -> list[Component]:
    """Return what the panel shows when an address names a unit that does not exist."""
    return [
        html.Header([html.H2("No such unit", tabIndex=-1)]),
        html.P("The address names a unit that is not in this organization."),
        html.P("The nearest names:" if nearest else "No name is near it."),
        html.Ul([html.Li(unit_link(organization, unit)) for unit in nearest]),
    ]
