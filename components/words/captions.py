"""Captions of diagrams: notes on units and links, the subtitle of a picture, its data source."""

from __future__ import annotations

from components.model.organization import About, Organization
from components.model.relations import Basis, Direction, Link
from components.model.scope import Scope
from components.model.text import capitalized
from components.words import Words
from components.words.relation_names import relation_text


def unit_note(organization: Organization, unit: int, words: Words) -> str:
    """Return the type of a unit and the size of its subtree: "Division, 6 units below"."""
    below = organization.count(unit) - (unit not in organization.synthetic)
    is_placeholder = unit in organization.placeholders
    kind = words("not-in-the-table") if is_placeholder else organization.units["type"][unit]
    size = words("units-below", count=below) if below else ""
    return ", ".join(filter(None, (capitalized(kind), size)))


def link_note(organization: Organization, link: Link, words: Words) -> str:
    """Return the meaning of a cross-link: "Advises", "Both name: Tide Tables"."""
    if link.basis is Basis.STATED:
        return relation_text(link.through, Direction.OUT, words)
    if link.basis is Basis.REFERENCE:
        return words("both-work-with", name=organization.references[link.through].name)
    return words("both-work-on", name=organization.themes[link.through].name)


def picture_subtitle(scope: Scope, levels: int, selected: int | None, words: Words) -> str:
    """Return the size of the focus, how much of it is drawn, and the selected unit.

    ``levels`` is the number of levels that are drawn.
    """
    organization = scope.organization
    count = organization.count(scope.focus)
    shown = sum(unit not in organization.synthetic for unit in scope.units)
    if scope.focus:
        parts = [words("units-of", count=count, total=words.number(organization.count()))]
    else:
        parts = [words("units", count=count), words("levels", count=organization.levels)]
    if shown < count:
        parts.append(words("shown-on", count=shown, levels=words("levels", count=levels)))
    if selected is not None:
        parts.append(words("selected-is", unit=organization.units["name"][selected]))
    return " · ".join(parts)


def picture_source(about: About, address: str, words: Words) -> list[str]:
    """Return the source of the data, its date and the address of the page, as far as known."""
    source = " – ".join(filter(None, (about.source_title, about.source_url)))
    return [
        *([words("source", source=source)] if source else []),
        *([capitalized(words("as-of", date=words.date(about.date)))] if about.date else []),
        *([words("live", address=address)] if address else []),
    ]
