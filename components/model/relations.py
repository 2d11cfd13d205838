"""How units are related across the hierarchy, with reasons, strongest first.

Three bases, from strong to weak: what the source states of two units; that both name the same
reference (a framework, a body, ...); that both answer for something on the same theme, which is
inferred. A reference or theme that ``n`` units share counts ``1 / (n - 1)``, so that a rare one
weighs more than one that all share: Newman's weighting of joint papers (M. E. J. Newman,
"Scientific collaboration networks II", Physical Review E 64, 2001).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, islice

import numpy as np

from components.model.adjacency import Adjacency
from components.model.organization import Mention, Organization, Relation

SYMMETRIC_KINDS = frozenset({"coordinates_with"})
MAX_LINKED_BY_REFERENCE, MAX_LINKED_BY_THEME = 25, 3
"""Units that one reference links with each other, and that themes link with one unit."""
MAX_SHARING = 1_000
"""So many units of one reference or theme are looked at; a bound on the cost of one question."""


class Basis(StrEnum):
    """What a reason rests on, from strong to weak."""

    STATED = "stated"
    REFERENCE = "reference"
    THEME = "theme"


class Direction(StrEnum):
    """Which way a reason points, seen from the unit that is asked about."""

    OUT = "out"
    IN = "in"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why another unit is related: on what basis, through what, and where that stands."""

    basis: Basis
    direction: Direction
    through: str
    """The kind of a stated relation, or the id of the shared reference or theme."""
    sentence: str
    """What the source says of the two, or what the other unit does with what is shared."""
    source: str
    weight: float


@dataclass(frozen=True, slots=True)
class RelatedUnit:
    """A unit and every reason why it is related to the one that was asked about."""

    unit: int
    reasons: tuple[Reason, ...]

    @property
    def strength(self) -> tuple[float, float, float]:
        """Return the summed weights of each basis; no number of weak reasons beats a strong one."""
        stated, reference, theme = (
            sum(reason.weight for reason in self.reasons if reason.basis is basis)
            for basis in Basis
        )
        return stated, reference, theme


@dataclass(frozen=True, slots=True)
class Link:
    """A cross-link between two units that are drawn."""

    origin: int
    target: int
    basis: Basis
    through: str
    direction: Direction
    """``OUT`` from origin to target, or ``BOTH``."""


def related_units(organization: Organization, unit: int) -> tuple[RelatedUnit, ...]:
    """Return the units related to one, strongest first, equals in preorder."""
    reasons: dict[int, list[Reason]] = {}
    for other, reason in (
        *_stated(organization, unit),
        *_by_reference(organization, unit),
        *_by_theme(organization, unit),
    ):
        reasons.setdefault(other, []).append(reason)
    related = (RelatedUnit(other, tuple(found)) for other, found in reasons.items())
    return tuple(
        sorted(related, key=lambda each: (*(-weight for weight in each.strength), each.unit))
    )


def cross_links(organization: Organization, units: Iterable[int]) -> tuple[Link, ...]:
    """Return what links the given units: stated, a shared reference, or a shared theme.

    Themes link each unit only with the few that it has most in common with, and a reference that
    a crowd of the units name links none of them: the pairs would be too many to tell anything.
    """
    shown = dict.fromkeys(units)
    links: dict[Link, None] = {}
    for unit in shown:
        for relation in organization.relations.of(unit):
            if relation.origin == unit and relation.target in shown:
                ends = (unit, relation.target)
                if _is_symmetric(relation):
                    ends = (min(ends), max(ends))
                direction = Direction.BOTH if _is_symmetric(relation) else Direction.OUT
                link = Link(*ends, Basis.STATED, relation.kind, direction)
                links[link] = None
    for reference, sharing in _sharing_a_reference(organization, shown).items():
        for one, other in combinations(sharing, 2):
            links[Link(one, other, Basis.REFERENCE, reference, Direction.BOTH)] = None
    for unit in shown:
        for other, theme in _closest_by_theme(organization, unit, shown):
            ends = (min(unit, other), max(unit, other))
            links[Link(*ends, Basis.THEME, theme, Direction.BOTH)] = None
    return tuple(links)


def relations_within(
    organization: Organization, adjacency: Adjacency, unit: int, *, most: int
) -> tuple[tuple[Relation, ...], int]:
    """Return the first ``most`` stated relations of a subtree, and the number of all of them.

    A relation counts if one of its ends is in the subtree. Counting uses arrays only, so that the
    cost depends on what is returned.
    """
    end = unit + int(organization.size[unit])
    partners, rows = adjacency.partners, organization.relations.rows
    part = slice(partners.first[unit], partners.first[end])
    owners = np.repeat(np.arange(unit, end), np.diff(partners.first[unit : end + 1]))
    # A relation inside the subtree is listed with both ends: count it with the first one only.
    repeated = (unit <= partners.ends[part]) & (partners.ends[part] < owners)
    listed = np.flatnonzero(~repeated)
    first = tuple(rows[part.start + place] for place in listed[:most])
    return first, len(listed)


def _sharing_a_reference(organization: Organization, units: Iterable[int]) -> dict[str, list[int]]:
    """Return the units among these that name each reference, crowds left out."""
    sharing: dict[str, list[int]] = {}
    for unit in sorted(units):
        for reference in dict.fromkeys(each.reference for each in organization.mentions.of(unit)):
            sharing.setdefault(reference, []).append(unit)
    return {key: each for key, each in sharing.items() if len(each) <= MAX_LINKED_BY_REFERENCE}


def _closest_by_theme(
    organization: Organization, unit: int, among: Mapping[int, None]
) -> list[tuple[int, str]]:
    """Return the units with the most themes in common, and the rarest theme of each."""
    weights: dict[int, dict[str, float]] = {}
    for theme in _themes(organization, unit):
        sharing = organization.units_by_theme[theme]
        for other in islice(sharing, MAX_SHARING):
            if other in among and not _in_one_chain(organization, unit, other):
                weights.setdefault(other, {})[theme] = 1 / (len(sharing) - 1)
    closest = sorted(weights, key=lambda other: (-sum(weights[other].values()), other))
    return [
        (other, max(weights[other], key=lambda theme: weights[other][theme]))
        for other in closest[:MAX_LINKED_BY_THEME]
    ]


def _themes(organization: Organization, unit: int) -> dict[str, None]:
    rows = organization.responsibilities.of(unit)
    return dict.fromkeys(theme for row in rows for theme in row.themes)


def _in_one_chain(organization: Organization, unit: int, other: int) -> bool:
    return organization.is_below(other, unit) or organization.is_below(unit, other)


def _is_symmetric(relation: Relation) -> bool:
    return relation.kind in SYMMETRIC_KINDS


def _stated(organization: Organization, unit: int) -> Iterator[tuple[int, Reason]]:
    for relation in organization.relations.of(unit):
        outward = relation.origin == unit
        if _is_symmetric(relation):
            direction = Direction.BOTH
        else:
            direction = Direction.OUT if outward else Direction.IN
        yield (
            relation.target if outward else relation.origin,
            Reason(
                Basis.STATED, direction, relation.kind, relation.description, relation.source, 1.0
            ),
        )


def _by_reference(organization: Organization, unit: int) -> Iterator[tuple[int, Reason]]:
    for reference in dict.fromkeys(each.reference for each in organization.mentions.of(unit)):
        first_mentions: dict[int, Mention] = {}
        for mention in islice(organization.mentions_by_reference[reference], MAX_SHARING):
            first_mentions.setdefault(mention.unit, mention)
        weight = 1 / max(1, len(first_mentions) - 1)
        for other in first_mentions.values():
            if other.unit != unit:
                yield (
                    other.unit,
                    Reason(
                        Basis.REFERENCE,
                        Direction.BOTH,
                        reference,
                        other.role,
                        other.source,
                        weight,
                    ),
                )


def _by_theme(organization: Organization, unit: int) -> Iterator[tuple[int, Reason]]:
    """Yield who works on the same themes, the unit's own chain and what is below it left out."""
    for theme in _themes(organization, unit):
        sharing = organization.units_by_theme[theme]
        weight = 1 / max(1, len(sharing) - 1)
        for other in islice(sharing, MAX_SHARING):
            if _in_one_chain(organization, unit, other):
                continue
            example = next(
                row for row in organization.responsibilities.of(other) if theme in row.themes
            )
            yield (
                other,
                Reason(Basis.THEME, Direction.BOTH, theme, example.text, example.source, weight),
            )
