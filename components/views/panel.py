"""The side panel: a unit's responsibilities, parts, related units and references."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from dash import html
from dash.development.base_component import Component

from components.diagrams.initials import initials_of
from components.model.counts import counts_of
from components.model.index import OrganizationIndex
from components.model.organization import (
    Mention,
    Organization,
    Person,
    Reference,
    Responsibility,
)
from components.model.relations import Basis, Direction, Reason, related_units
from components.model.text import capitalized, heading_text
from components.view_state import SEPARATOR
from components.views.attributes import aria, data
from components.views.changes import all_changes, change_mark, unit_changes
from components.views.connection import CONNECTION, connect_button
from components.views.dialogs import close_button
from components.views.embedding import embed_button
from components.views.facts import fact_terms, linked_text
from components.views.initials import initials_mark
from components.views.links import focus_link, picture_address, unit_link
from components.views.overview import counts_section
from components.views.text import (
    Content,
    and_more,
    data_text,
    language_attributes,
    merge_text,
    message_parts,
    source_note,
    type_and_size,
)
from components.words import Words
from components.words.relation_names import (
    reference_is_known,
    reference_text,
    relation_is_known,
    relation_text,
)

ARROWS = {Direction.OUT: "→", Direction.IN: "←", Direction.BOTH: "↔"}
MAX_ANCESTORS = 8
MAX_LISTED = 100
"""Maximum number of units, or references, in a list; the others are counted."""
MAX_VISIBLE_INFERRED, MAX_INFERRED = 3, 12
"""Maximum number of units related by one theme: visible at first, and after a click."""
MIN_LEVELS_OF_A_FOCUS = 2
"""With no more levels, there is no unit to focus on but the top."""
MAX_OVERVIEW_UNITS = 20
"""Maximum number of units in the overview's list of one reference."""


def unit_panel(
    index: OrganizationIndex, unit: int, words: Words, further: Sequence[Component] = ()
) -> list[Component]:
    """Return the panel of a unit; ``further`` sections come last."""
    organization = index.organization
    close = close_button("clear", words("close"), className="close")
    return [
        html.Header([close, *unit_heading(organization, unit, words)]),
        html.Div(id=CONNECTION),
        *unit_changes(organization, unit, words),
        *unit_sections(index, unit, words),
        *further,
        _actions(organization, unit, words),
    ]


def unit_heading(organization: Organization, unit: int, words: Words) -> list[Component]:
    """Return name, type and ancestors of a unit."""
    facts, attributes = organization.unit(unit), language_attributes(organization, words)
    title: Content = [facts.name]
    if facts.acronym:
        title += [" ", html.Abbr(facts.acronym, title=facts.name)]
    return [
        *initials_mark(initials_of(organization, unit)),
        html.H2(title, tabIndex=-1, **attributes),
        html.P(_type(organization, unit, words), className="type", **attributes),
        _ancestors(organization, unit, words),
    ]


def _type(organization: Organization, unit: int, words: Words) -> str:
    """Return the type of a unit, with what the table calls it: "Division", "Grade: G7"."""
    name = capitalized(organization.units["type"][unit])
    heading = heading_text(organization.type_heading)
    return words("heading-of", heading=heading, name=name) if heading and name else name


def unit_sections(index: OrganizationIndex, unit: int, words: Words) -> list[Component]:
    """Return everything that is known of a unit, but for its heading."""
    organization = index.organization
    facts = organization.unit(unit)
    return [
        *filter(None, [_summary(organization, unit, words)]),
        *([source_note(organization, facts.source, words)] if facts.source else []),
        *_details(index, unit, words),
        *(draw(organization, unit, words) for has, draw in SECTIONS if has(organization)),
        *([_notes(organization, facts.notes, words)] if facts.notes else []),
    ]


def _ancestors(organization: Organization, unit: int, words: Words) -> Component:
    ancestors = organization.ancestors(unit)[-MAX_ANCESTORS:]
    if not ancestors:
        return html.P(words("is-the-top"), className="chain")
    links = [unit_link(organization, up, words, organization.label(up)) for up in ancestors]
    return html.Nav(
        html.Ol([html.Li(link) for link in links]),
        className="chain",
        **aria(label=words("part-of")),
    )


def _summary(organization: Organization, unit: int, words: Words) -> Component | None:
    """Return the summary from the table, or a sentence that says why there is none.

    Where no unit has one, there is nothing to say.
    """
    summary = organization.units["summary"][unit]
    if summary:
        attributes = language_attributes(organization, words)
        return html.P(summary, className="summary", **attributes)
    if unit in organization.placeholders:
        text = words("named-as-parent", count=int(organization.child_count[unit]))
    elif unit == 0 and organization.has_synthetic_top:
        text = _synthetic_top_summary(organization, words)
    elif organization.has_summaries:
        text = words("no-summary")
    else:
        return None
    return html.P(text, className="summary")


def _synthetic_top_summary(organization: Organization, words: Words) -> str:
    """Return how many units the top holds that was added because the table has several roots."""
    counts = counts_of(organization)
    roots, placeholders = counts["roots"], counts["placeholders"]
    sentences = [
        *([words("gathered", count=roots)] if roots else []),
        *([words("gathered-placeholders", count=placeholders)] if placeholders else []),
    ]
    return " ".join(sentences or [words("no-summary")])


def _details(index: OrganizationIndex, unit: int, words: Words) -> list[Component]:
    organization = index.organization
    facts, attributes = organization.unit(unit), language_attributes(organization, words)
    details = {
        "also-called": "; ".join(facts.aliases),
        "status": facts.status,
        "head": facts.head,
        "location": facts.location,
    }
    pairs: list[Component] = [
        part
        for label, text in details.items()
        if text
        for part in (html.Dt(words(label)), html.Dd(text, **attributes))
    ]
    pairs += fact_terms(index, unit, words)
    return [html.Dl(pairs, className="details")] if pairs else []


def panel_section(name: str, heading: str, content: Sequence[Component]) -> Component:
    """Return a section of the panel; ``[data-section]`` has its name."""
    return html.Section([html.H3(heading), *content], **data(section=name))


def _empty(sentence: str) -> list[Component]:
    return [html.P(sentence, className="nothing")]


def _responsibilities(organization: Organization, unit: int, words: Words) -> Component:
    rows = organization.responsibilities.of(unit)
    attributes = language_attributes(organization, words)
    content = [
        part
        for source, group in groupby(rows, key=lambda row: row.source)
        for part in (
            html.Ul([_responsibility(organization, row) for row in group], **attributes),
            *([source_note(organization, source, words)] if source else []),
        )
    ]
    empty = _empty(words("no-responsibilities"))
    return panel_section("responsibilities", words("responsibilities"), content or empty)


def _responsibility(organization: Organization, row: Responsibility) -> Component:
    themes = " · ".join(organization.themes[theme].name for theme in row.themes)
    return html.Li(
        [row.text, *([html.Small(themes, className="themes")] if themes else [])],
        **data(themes=SEPARATOR.join(row.themes)),
    )


def _parts(organization: Organization, unit: int, words: Words) -> Component:
    children = organization.children(unit)[:MAX_LISTED].tolist()
    if not children:
        return panel_section("composition", words("parts"), _empty(words("no-parts")))
    items = [
        html.Li(
            [
                *change_mark(organization, child, words),
                unit_link(organization, child, words),
                " ",
                html.Small(type_and_size(organization, child, words)),
            ]
        )
        for child in children
    ]
    unlisted = int(organization.size[unit] - 1 - organization.size[children].sum())
    more = and_more(unlisted, words, "and-more-units")
    return panel_section("composition", words("parts"), [html.Ul(items), *more])


def _people(organization: Organization, unit: int, words: Words) -> Component:
    """Return the people who work in a unit, the head first."""
    people, head = organization.people.of(unit), organization.units["head"][unit]
    if not people:
        return panel_section("people", words("people"), _empty(words("no-people")))
    attributes = language_attributes(organization, words)
    head_first = sorted(people, key=lambda person: person.name != head)
    items = [html.Li(_person(person), **attributes) for person in head_first[:MAX_LISTED]]
    more = and_more(len(people) - MAX_LISTED, words)
    heading = words("people-count", count=len(people))
    return panel_section("people", heading, [html.Ul(items), *more])


def _person(person: Person) -> Content:
    """Return a person, with what else the table says of them folded."""
    parts: Content = [person.name]
    if person.title:
        parts += [" ", html.Small(person.title)]
    if person.email:
        parts += [" ", html.Span(linked_text(person.email), className="email")]
    facts = [
        part
        for heading, cell in person.facts.items()
        if cell
        for part in (html.Dt(heading), html.Dd(linked_text(cell)))
    ]
    if facts:
        parts = [html.Details([html.Summary(parts), html.Dl(facts, className="details")])]
    return parts


def _related(organization: Organization, unit: int, words: Words) -> Component:
    """Return the related units, grouped by reason, the strongest first."""
    groups: dict[tuple[Basis, Direction, str], list[tuple[int, Reason]]] = {}
    for related in related_units(organization, unit):
        for reason in related.reasons:
            key = (reason.basis, reason.direction, reason.through)
            groups.setdefault(key, []).append((related.unit, reason))
    order = list(Basis)
    strongest_first = sorted(
        groups.values(), key=lambda units: (order.index(units[0][1].basis), -units[0][1].weight)
    )
    content = [_group(organization, units, words) for units in strongest_first]
    return panel_section("related", words("related"), content or _empty(words("no-related")))


def _group(organization: Organization, units: list[tuple[int, Reason]], words: Words) -> Component:
    """Return the units that are related for the same reason, below a heading."""
    _, first = units[0]
    is_inferred = first.basis is Basis.THEME
    visible, most = (MAX_VISIBLE_INFERRED, MAX_INFERRED) if is_inferred else (MAX_LISTED,) * 2
    items = [_related_unit(organization, unit, reason, words) for unit, reason in units[:most]]
    content: list[Component] = [html.Ul(items[:visible])]
    if hidden := items[visible:]:
        summary = html.Summary(words("more", count=len(hidden)))
        content.append(html.Details([summary, html.Ul(hidden)]))
    content += and_more(len(units) - most, words, "and-more-units")
    return html.Div(
        [html.H4(_group_heading(organization, first, words)), *content],
        className=f"reason {first.basis}",
    )


def _group_heading(organization: Organization, reason: Reason, words: Words) -> Content:
    arrow = html.Span(ARROWS[reason.direction], className="arrow", **aria(hidden="true"))
    match reason.basis:
        case Basis.STATED:
            text = relation_text(reason.through, reason.direction, words)
            is_known = relation_is_known(reason.through, words)
            return [arrow, text if is_known else data_text(organization, text, words)]
        case Basis.REFERENCE:
            reference = organization.references[reason.through]
            kind = _kind(organization, reference, words) or words("reference")
            name = data_text(organization, reference.name, words)
            return [arrow, *message_parts(words, "shared-reference", kind=kind, name=name)]
        case Basis.THEME:
            inferred = html.Span(words("inferred"), className="inferred")
            name = data_text(organization, organization.themes[reason.through].name, words)
            return [arrow, *message_parts(words, "shared-theme", name=name), " ", inferred]


def _related_unit(organization: Organization, unit: int, reason: Reason, words: Words) -> Component:
    content: Content = [unit_link(organization, unit, words)]
    if reason.sentence:
        attributes = language_attributes(organization, words)
        content.append(html.Span(reason.sentence, className="why", **attributes))
    if reason.source:
        # The link already names the unit.
        source = reason.source.removeprefix(f"{organization.units['name'][unit]}, ")
        content.append(source_note(organization, source, words))
    return html.Li(content)


def _references(organization: Organization, unit: int, words: Words) -> Component:
    mentions = organization.mentions.of(unit)
    content = [_reference(organization, mention, words) for mention in mentions[:MAX_LISTED]]
    content += and_more(len(mentions) - MAX_LISTED, words)
    return panel_section(
        "references", words("references"), content or _empty(words("no-references"))
    )


def _reference(organization: Organization, mention: Mention, words: Words) -> Component:
    """Return a reference of a unit, with the unit's role and the other units that work with it."""
    reference = organization.references[mention.reference]
    attributes = language_attributes(organization, words)
    mentions = organization.mentions_by_reference[reference.id]
    others = [other for other in mentions if other.unit != mention.unit]
    content = [
        html.P(mention.role, **attributes),
        *([source_note(organization, mention.source, words)] if mention.source else []),
        html.P(reference.description, className="muted", **attributes),
    ]
    if others:
        content.append(html.P(words("other-units")))
        content += _mentions_list(organization, others, words, most=MAX_LISTED)
    kind = _kind(organization, reference, words)
    return _reference_details(organization, reference, kind, content, words)


def _reference_details(
    organization: Organization,
    reference: Reference,
    note: Component | str | Content,
    content: Sequence[Component],
    words: Words,
) -> Component:
    acronym = f" ({reference.acronym})" if reference.acronym else ""
    name = data_text(organization, reference.name + acronym, words)
    return html.Details(
        [html.Summary([name, " ", html.Small(note)]), *content], **data(reference=reference.id)
    )


def _kind(organization: Organization, reference: Reference, words: Words) -> Component | str:
    text = reference_text(reference, words)
    is_known = reference_is_known(reference, words)
    return text if is_known else data_text(organization, text, words)


def _mentions_list(
    organization: Organization, mentions: Sequence[Mention], words: Words, *, most: int
) -> list[Component]:
    """Return the units that mention a reference, with their roles."""
    attributes = language_attributes(organization, words)
    items = [
        html.Li(
            [
                unit_link(organization, mention.unit, words),
                html.Span(mention.role, className="why", **attributes),
            ]
        )
        for mention in mentions[:most]
    ]
    return [html.Ul(items), *and_more(len(mentions) - most, words, "and-more-units")]


SECTIONS: Sequence[
    tuple[Callable[[Organization], object], Callable[[Organization, int, Words], Component]]
] = (
    (lambda organization: organization.responsibilities.rows, _responsibilities),
    (lambda organization: len(organization) > 1, _parts),
    (lambda organization: organization.people.rows, _people),
    (
        lambda organization: (
            organization.relations.rows or organization.mentions.rows or organization.themes
        ),
        _related,
    ),
    (lambda organization: organization.references, _references),
)
"""The sections of a panel, each with a test of whether any unit of an organization fills it."""


def _notes(organization: Organization, notes: str, words: Words) -> Component:
    text = data_text(organization, notes, words)
    return html.P(message_parts(words, "note", note=text), className="notes")


def _actions(organization: Organization, unit: int, words: Words) -> Component:
    is_leaf = organization.is_leaf(unit)
    image = picture_address("network", "png", words, unit=organization.units["id"][unit])
    return html.Footer(
        [
            *([] if is_leaf else [focus_link(organization, unit, words("focus"))]),
            connect_button(words),
            html.Button(words("copy-link"), type="button", **data(action="copy-link")),
            embed_button(words),
            html.A(words("download-image"), href=image, download=""),
        ],
        className="actions",
    )


def overview_panel(index: OrganizationIndex, words: Words) -> list[Component]:
    """Return the panel while no unit is selected: counts, what a reader can do, references."""
    organization = index.organization
    about, attributes = organization.about, language_attributes(organization, words)
    licence = data_text(organization, about.licence, words)
    summary = html.P(about.description, className="summary", **attributes)
    return [
        html.Header([html.H2(about.title, tabIndex=-1, **attributes)]),
        *([summary] if about.description else []),
        *all_changes(organization, words),
        counts_section(index, words),
        html.Ul([*_how_to(organization, words)], className="how-to"),
        *([_all_references(organization, words)] if organization.references else []),
        *(
            [html.P(message_parts(words, "licence", licence=licence), className="muted")]
            if about.licence
            else []
        ),
    ]


def _how_to(organization: Organization, words: Words) -> Iterator[Component]:
    """Yield what a reader can do with what the organization has, by mouse and by touch."""
    relates = organization.relations.rows or organization.references
    acts = ["select" if relates and organization.responsibilities.rows else "read"]
    if organization.levels > MIN_LEVELS_OF_A_FOCUS:
        acts.append("focus")
    yield from (html.Li(words(f"how-to-{act}"), className="mouse") for act in acts)
    yield from (html.Li(words(f"tap-to-{act}"), className="touch") for act in acts)
    if relates:
        yield html.Li(words("how-to-link"), className="network-only")


def _all_references(organization: Organization, words: Words) -> Component:
    """Return the references of the organization, those with the most units first."""
    unit_counts = {
        reference: len({mention.unit for mention in organization.mentions_by_reference[reference]})
        for reference in organization.references
    }
    content: list[Component] = []
    most_first = sorted(unit_counts, key=unit_counts.__getitem__, reverse=True)
    for identifier in most_first[:MAX_LISTED]:
        reference = organization.references[identifier]
        kind = [_kind(organization, reference, words), ", "] if reference.kind else []
        note = merge_text([*kind, words("units", count=unit_counts[identifier])])
        attributes = language_attributes(organization, words)
        mentions = organization.mentions_by_reference[identifier]
        details = [
            html.P(reference.description, className="muted", **attributes),
            *_mentions_list(organization, mentions, words, most=MAX_OVERVIEW_UNITS),
        ]
        content.append(_reference_details(organization, reference, note, details, words))
    content += and_more(len(unit_counts) - MAX_LISTED, words)
    return panel_section("references", words("the-units-work-with"), content)


def unknown_unit_panel(
    organization: Organization, nearest: Sequence[int], words: Words
) -> list[Component]:
    """Return the panel for an address that names an unknown unit; ``nearest`` are suggestions."""
    return [
        html.Header([html.H2(words("unknown-unit"), tabIndex=-1)]),
        html.P(words("unknown-unit-named")),
        html.P(words("closest-names" if nearest else "no-similar-name")),
        html.Ul([html.Li(unit_link(organization, unit, words)) for unit in nearest]),
    ]
