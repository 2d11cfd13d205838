"""Adjacency of units as arrays, for searches through a whole organization.

Neighbours are stored as compressed sparse rows: those of number ``i`` are ``ends[first[i]]`` to
``ends[first[i + 1] - 1]``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from components.model.organization import Numbers, Organization


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The neighbours of each number along one kind of step."""

    first: Numbers
    ends: Numbers

    def pairs(self, origins: Numbers) -> tuple[Numbers, Numbers]:
        """Return the steps from some numbers as two arrays of equal length: origins and ends."""
        begins = self.first[origins]
        counts = self.first[origins + 1] - begins
        # Each row is a run of consecutive positions, counted from its beginning.
        shifts = np.repeat(begins - np.cumsum(counts) + counts, counts)
        return np.repeat(origins, counts), self.ends[np.arange(counts.sum()) + shifts]

    def count(self, origins: Numbers) -> int:
        """Return the number of steps from some numbers."""
        return int((self.first[origins + 1] - self.first[origins]).sum())

    def of(self, origins: Numbers) -> Numbers:
        """Return the ends of all steps from some numbers."""
        return self.pairs(origins)[1]


@dataclass(frozen=True, slots=True)
class Adjacency:
    """All single steps from unit to unit."""

    parent: Numbers
    children: Neighbours
    partners: Neighbours
    """Units with a stated relation, in either direction."""
    references: Neighbours
    """References that each unit mentions, as positions in ``Organization.references``."""
    mentioned_by: Neighbours
    """Units that mention each reference, by the same positions."""


def adjacency_of(organization: Organization) -> Adjacency:
    """Return the steps between the units of an organization."""
    units, references = len(organization), len(organization.references)
    position = {reference: number for number, reference in enumerate(organization.references)}
    relations, mentions = organization.relations, organization.mentions
    ends = np.fromiter(
        (unit for row in relations.rows for unit in (row.origin, row.target)), np.int64
    ).reshape(-1, 2)
    # A relation is listed with both of its units: the sum minus one end is the other end.
    partners = ends.sum(axis=1) - _owners(relations.first)
    mentioned = np.fromiter((position[row.reference] for row in mentions.rows), np.int64)
    below = np.arange(1, units)
    return Adjacency(
        organization.parent,
        grouped(organization.parent[1:], below, units),
        Neighbours(relations.first, partners),
        Neighbours(mentions.first, mentioned),
        grouped(mentioned, _owners(mentions.first), references),
    )


def _owners(first: Numbers) -> Numbers:
    """Return for each row the number that owns it."""
    return np.repeat(np.arange(len(first) - 1), np.diff(first))


def grouped(origins: Numbers, ends: Numbers, count: int) -> Neighbours:
    """Return the neighbours of ``count`` numbers from pairs; those of each stay in their order."""
    first = np.concatenate(([0], np.cumsum(np.bincount(origins, minlength=count))))
    return Neighbours(first, ends[np.argsort(origins, kind="stable")])
