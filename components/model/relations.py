"""Relations between units across the hierarchy, with reasons, strongest first.

There are three bases, from strong to weak: a stated relation; a reference (a framework, a body,
...) that both units mention; a theme on which both have responsibilities. A reference or theme of
``n`` units weighs ``1 / (n - 1)``, so that a rare one counts more than a common one: Newman's
weighting of joint papers (M. E. J. Newman, "Scientific collaboration networks II", Physical Review
E 64, 2001).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, islice

import numpy as np

from components.model.adjacency import Adjacency
from components.model.organization import Mention, Organization, Relation

SYMMETRIC_KINDS = frozenset({"coordinates_with"})
MAX_LINKED_BY_REFERENCE, MAX_LINKED_BY_THEME = 25, 3
"""A reference that more drawn units share links none; a unit has at most this many theme links."""
MAX_SHARING = 1_000
"""Mentions of one reference, or units of one theme, that are considered at most."""


class Basis(StrEnum):
    """The basis of a reason, from strong to weak."""

    STATED = "stated"
    REFERENCE = "reference"
    THEME = "theme"


class Direction(StrEnum):
    """The direction of a relation, seen from one of its units."""

    OUT = "out"
    IN = "in"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason why another unit is related."""

    basis: Basis
    direction: Direction
    through: str
    """The kind of a stated relation, or the id of the shared reference or theme."""
    sentence: str
    """The description of a stated relation, the other unit's role, or its responsibility."""
    source: str
    weight: float


@dataclass(frozen=True, slots=True)
class RelatedUnit:
    """A unit that is related to another one, and the reasons."""

    unit: int
    reasons: tuple[Reason, ...]

    @property
    def strength(self) -> tuple[float, float, float]:
        """Return the summed weights of each basis; a stronger basis precedes all weaker ones."""
        stated, reference, theme = (
            sum(reason.weight for reason in self.reasons if reason.basis is basis)
            for basis in Basis
        )
        return stated, reference, theme


@dataclass(frozen=True, slots=True)
class Link:
    """A cross-link between two drawn units."""

    origin: int
    target: int
    basis: Basis
    through: str
    direction: Direction
    """``OUT`` from origin to target, or ``BOTH``."""


def related_units(organization: Organization, unit: int) -> tuple[RelatedUnit, ...]:
    """Return the units that are related to a unit, strongest first, ties in preorder."""
    reasons: dict[int, list[Reason]] = {}
    for other, reason in (
        *_stated(organization, unit),
        *_by_reference(organization, unit),
        *_by_theme(organization, unit),
    ):
        reasons.setdefault(other, []).append(reason)
    related = [RelatedUnit(other, tuple(reasons[other])) for other in sorted(reasons)]
    return tuple(sorted(related, key=lambda unit: unit.strength, reverse=True))


def cross_links(organization: Organization, units: Iterable[int]) -> tuple[Link, ...]:
    """Return the links between the given units: stated relations, shared references and themes.

    To keep a drawing readable, a reference links no units if too many of them mention it, and
    themes link a unit only with the few that share most with it.
    """
    shown = dict.fromkeys(units)
    links: dict[Link, None] = {}
    for unit in shown:
        for relation in organization.relations.of(unit):
            if relation.origin == unit and relation.target in shown:
                direction, ends = direction_from(unit, relation), (unit, relation.target)
                if direction is Direction.BOTH:
                    ends = (min(ends), max(ends))
                links[Link(*ends, Basis.STATED, relation.kind, direction)] = None
    for reference, sharing in _sharing_a_reference(organization, shown).items():
        for one, other in combinations(sharing, 2):
            links[Link(one, other, Basis.REFERENCE, reference, Direction.BOTH)] = None
    for unit in shown:
        for other, theme in _closest_by_theme(organization, unit, shown):
            ends = (min(unit, other), max(unit, other))
            links[Link(*ends, Basis.THEME, theme, Direction.BOTH)] = None
    return tuple(links)


def relations_within(
    organization: Organization,
    adjacency: Adjacency,
    unit: int,
    *,
    most: int,
    without: Collection[str] = (),
) -> tuple[tuple[Relation, ...], int]:
    """Return the first ``most`` stated relations of a subtree, and the number of all of them.

    At least one end of each relation is in the subtree. Those of the kinds ``without`` are left
    out.
    """
    end = unit + int(organization.size[unit])
    partners, rows = adjacency.partners, organization.relations.rows
    part = slice(partners.first[unit], partners.first[end])
    owners = np.repeat(np.arange(unit, end), np.diff(partners.first[unit : end + 1]))
    # A relation inside the subtree is listed with both ends: count it with the first one only.
    repeated = (unit <= partners.ends[part]) & (partners.ends[part] < owners)
    listed = np.flatnonzero(~repeated)
    if without:
        kept = [rows[part.start + place].kind not in without for place in listed]
        listed = listed[np.array(kept, np.bool_)]
    first = tuple(rows[part.start + place] for place in listed[:most])
    return first, len(listed)


def _sharing_a_reference(organization: Organization, units: Iterable[int]) -> dict[str, list[int]]:
    """Return the units that mention each reference, without references of too many units."""
    sharing: dict[str, list[int]] = {}
    for unit in sorted(units):
        for reference in _references(organization, unit):
            sharing.setdefault(reference, []).append(unit)
    return {
        reference: sharing_units
        for reference, sharing_units in sharing.items()
        if len(sharing_units) <= MAX_LINKED_BY_REFERENCE
    }


def _closest_by_theme(
    organization: Organization, unit: int, among: Mapping[int, None]
) -> list[tuple[int, str]]:
    """Return the units that share most themes with a unit, each with the rarest shared theme."""
    weights: dict[int, dict[str, float]] = {}
    for theme in _themes(organization, unit):
        sharing = organization.units_by_theme[theme]
        for other in islice(sharing, MAX_SHARING):
            if other in among and not _is_above_or_below(organization, unit, other):
                weights.setdefault(other, {})[theme] = 1 / (len(sharing) - 1)
    closest = sorted(weights, key=lambda other: (-sum(weights[other].values()), other))
    return [
        (other, max(weights[other], key=lambda theme: weights[other][theme]))
        for other in closest[:MAX_LINKED_BY_THEME]
    ]


def _themes(organization: Organization, unit: int) -> dict[str, None]:
    rows = organization.responsibilities.of(unit)
    return dict.fromkeys(theme for row in rows for theme in row.themes)


def _references(organization: Organization, unit: int) -> dict[str, None]:
    return dict.fromkeys(mention.reference for mention in organization.mentions.of(unit))


def _is_above_or_below(organization: Organization, unit: int, other: int) -> bool:
    return organization.is_below(other, unit) or organization.is_below(unit, other)


def direction_from(unit: int, relation: Relation) -> Direction:
    """Return the direction of a stated relation, seen from one of its units."""
    if relation.kind in SYMMETRIC_KINDS:
        return Direction.BOTH
    return Direction.OUT if relation.origin == unit else Direction.IN


def _stated(organization: Organization, unit: int) -> Iterator[tuple[int, Reason]]:
    for row in organization.relations.of(unit):
        other = row.target if row.origin == unit else row.origin
        direction = direction_from(unit, row)
        yield other, Reason(Basis.STATED, direction, row.kind, row.description, row.source, 1.0)


def _by_reference(organization: Organization, unit: int) -> Iterator[tuple[int, Reason]]:
    for reference in _references(organization, unit):
        first_mentions: dict[int, Mention] = {}
        for mention in islice(organization.mentions_by_reference[reference], MAX_SHARING):
            first_mentions.setdefault(mention.unit, mention)
        weight = 1 / max(1, len(first_mentions) - 1)
        for other, row in first_mentions.items():
            if other != unit:
                both = Direction.BOTH
                yield other, Reason(Basis.REFERENCE, both, reference, row.role, row.source, weight)


def _by_theme(organization: Organization, unit: int) -> Iterator[tuple[int, Reason]]:
    """Yield the units with the same themes, without ancestors and descendants."""
    for theme in _themes(organization, unit):
        sharing = organization.units_by_theme[theme]
        weight = 1 / max(1, len(sharing) - 1)
        for other in islice(sharing, MAX_SHARING):
            if _is_above_or_below(organization, unit, other):
                continue
            row = next(
                row for row in organization.responsibilities.of(other) if theme in row.themes
            )
            yield other, Reason(Basis.THEME, Direction.BOTH, theme, row.text, row.source, weight)
