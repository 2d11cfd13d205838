"""The single steps from unit to unit, as arrays: what a search through all of them needs.

Who stands in relation to whom, and who names what, are kept as compressed rows: of number ``i``
they are ``ends[first[i]]`` to ``ends[first[i + 1] - 1]``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from components.model.organization import Organization

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Adjacency:
    """What each number leads to."""

    first: Numbers
    ends: Numbers

    def pairs(self, origins: Numbers) -> tuple[Numbers, Numbers]:
        """Return (origin, end) for all that some numbers lead to, as two arrays."""
        begins = self.first[origins]
        counts = self.first[origins + 1] - begins
        # Each row is a run of numbers: count from its beginning.
        shifts = np.repeat(begins - np.cumsum(counts) + counts, counts)
        return np.repeat(origins, counts), self.ends[np.arange(counts.sum()) + shifts]

    def count(self, origins: Numbers) -> int:
        """Return how many ends some numbers lead to."""
        return int((self.first[origins + 1] - self.first[origins]).sum())

    def beyond(self, origins: Numbers) -> Numbers:
        """Return all that some numbers lead to."""
        return self.pairs(origins)[1]


@dataclass(frozen=True, slots=True)
class Ways:
    """How one gets from a unit to others in a single step."""

    parent: Numbers
    children: Adjacency
    partners: Adjacency
    """Units of which a relation is stated, either way."""
    named: Adjacency
    """References, by their places among all, that each unit names."""
    naming: Adjacency
    """Units that name each reference."""


def ways_of(organization: Organization) -> Ways:
    """Return the steps in an organization."""
    units, references = len(organization), len(organization.references)
    place = {reference: number for number, reference in enumerate(organization.references)}
    relations, mentions = organization.relations, organization.mentions
    ends = np.fromiter(
        (each for row in relations.rows for each in (row.origin, row.target)), np.int64
    ).reshape(-1, 2)
    # A relation stands with both of its units: the other end is what the sum leaves.
    partners = ends.sum(axis=1) - _owners(relations.first)
    named = np.fromiter((place[row.reference] for row in mentions.rows), np.int64)
    below = np.arange(1, units)
    return Ways(
        organization.parent,
        _grouped(organization.parent[1:], below, units),
        Adjacency(relations.first, partners),
        Adjacency(mentions.first, named),
        _grouped(named, _owners(mentions.first), references),
    )


def _owners(first: Numbers) -> Numbers:
    """Return for each row the number that it belongs to."""
    return np.repeat(np.arange(len(first) - 1), np.diff(first))


def _grouped(origins: Numbers, ends: Numbers, count: int) -> Adjacency:
    """Return what leads from each of ``count`` numbers, given as pairs in the order of ends."""
    first = np.concatenate(([0], np.cumsum(np.bincount(origins, minlength=count))))
    return Adjacency(first, ends[np.argsort(origins, kind="stable")])
