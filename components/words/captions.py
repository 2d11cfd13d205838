"""Captions of diagrams: notes on units and links, the subtitle of a picture, its data source."""

from __future__ import annotations

from textwrap import shorten

from components.model.organization import Organization, Records
from components.model.relations import Basis, Direction, Link
from components.model.scope import Scope
from components.words import Words
from components.words.became import states_note
from components.words.group_names import focus_name
from components.words.relation_names import relation_text

MAX_RESPONSIBILITY = 160
"""Characters of the responsibility that is shown of a unit beside its name."""


def unit_note(organization: Organization, unit: int, words: Words) -> str:
    """Return the type of a unit and the size of its subtree: "Division, 6 units below".

    Of a vacant post it says so, unless its name does: "G8, vacant".
    """
    below = organization.count(unit) - (unit not in organization.uncounted)
    is_placeholder = unit in organization.placeholders
    kind = words("not-in-the-table") if is_placeholder else organization.units["type"][unit]
    vacancy = words("vacant") if _has_unnamed_vacancy(organization, unit) else ""
    size = words("units-below", count=below) if below else ""
    return words.capitalized(", ".join(filter(None, (kind, vacancy, size))))


def _has_unnamed_vacancy(organization: Organization, unit: int) -> bool:
    """Return whether a post is vacant by its status. The status of a unit may mean other things."""
    is_post = organization.records is not Records.UNITS and unit in organization.vacancies
    return is_post and bool(organization.units["status"][unit])


def responsibility_note(organization: Organization, unit: int) -> str:
    """Return the first responsibility of a unit, cut at a word if it is long; empty without one."""
    duties = organization.responsibilities.of(unit)
    return shorten(duties[0].text, MAX_RESPONSIBILITY, placeholder=" …") if duties else ""


def link_note(organization: Organization, link: Link, unit: int, words: Words) -> str:
    """Return the meaning of a cross-link, seen from one of its units.

    "Advises", "Advised by", "Both name: Tide Tables".
    """
    if link.basis is Basis.STATED:
        is_incoming = link.direction is Direction.OUT and link.origin != unit
        return relation_text(link.through, Direction.IN if is_incoming else Direction.OUT, words)
    if link.basis is Basis.REFERENCE:
        return words("both-work-with", name=organization.references[link.through].name)
    return words("both-work-on", name=organization.themes[link.through].name)


def view_title(scope: Scope, selected: int | None, words: Words) -> str:
    """Return the name of what a view is about, if not the whole, and that of the organization."""
    organization = scope.organization
    unit = scope.focus if selected is None else selected
    names = [organization.units["name"][unit]] if unit else []
    if scope.group and selected is None:
        names.append(focus_name(scope.siblings, scope.group, scope.weights, words))
    return " – ".join(filter(None, (": ".join(names), organization.about.title)))


def picture_subtitle(scope: Scope, levels: int, selected: int | None, words: Words) -> str:
    """Return the size of what is in the centre, how much is drawn, and the selected unit.

    ``levels`` is the number of levels that are drawn.
    """
    organization = scope.organization
    count = scope.count()
    units = scope.units if scope.group is None else scope.units[1:]
    shown = sum(unit not in organization.uncounted for unit in units)
    if scope.focus or scope.group:
        parts = [words("units-of", count=count, total=words.number(organization.count()))]
    else:
        parts = [words("units", count=count), words("levels", count=organization.levels)]
    if shown < count:
        parts.append(words("shown-on", count=shown, levels=words("levels", count=levels)))
    if selected is not None:
        parts.append(words("selected-is", unit=organization.units["name"][selected]))
    if states := states_note(organization, words):
        parts.insert(0, states)
    return " · ".join(parts)


def as_of(organization: Organization, words: Words) -> str:
    """Return the date of what the organization shows: "As of Jan 1, 2023"."""
    return words.capitalized(words("as-of", date=words.date(organization.as_of)))


def picture_source(organization: Organization, address: str, words: Words) -> list[str]:
    """Return the source of the data, its date and the address of the page, as far as known."""
    about = organization.about
    source = " – ".join(filter(None, (about.source_title, about.source_url)))
    return [
        *([words("source", source=source)] if source else []),
        *([as_of(organization, words)] if organization.as_of else []),
        *([words("live", address=address)] if address else []),
    ]
