"""A hierarchy computed naively, with which the tests compare organizations."""

from __future__ import annotations

from collections.abc import Sequence

from components.model.organization import Organization
from tests.organizations import Pairs


class NaiveTree:
    """A tree of unit ids in its simplest form: recursive, slow, and obviously correct."""

    def __init__(self, pairs: Pairs) -> None:
        roots = [unit for unit, parent in pairs if not parent]
        self.children: dict[str, list[str]] = {unit: [] for unit, _ in pairs}
        for unit, parent in pairs:
            if parent:
                self.children[parent].append(unit)
        self.parent: dict[str, str] = dict(pairs)
        self.root = roots[0]
        if len(roots) > 1:
            self.root = "organization"
            # Roots with children come before roots without.
            self.children[self.root] = sorted(roots, key=lambda root: not self.children[root])
            self.parent |= dict.fromkeys(roots, self.root) | {self.root: ""}

    def ancestors(self, unit: str) -> list[str]:
        parent = self.parent[unit]
        return [*self.ancestors(parent), parent] if parent else []

    def descendants(self, unit: str) -> list[str]:
        return [node for child in self.children[unit] for node in (child, *self.descendants(child))]

    def leaves(self, unit: str) -> list[str]:
        return [node for node in (unit, *self.descendants(unit)) if not self.children[node]]

    def by_level(self, unit: str, levels: int) -> list[str]:
        level, nodes = [unit], [unit]
        for _ in range(levels):
            level = [child for node in level for child in self.children[node]]
            nodes += level
        return nodes


def ids(organization: Organization, numbers: Sequence[int]) -> list[str]:
    """Return the ids of units by their numbers."""
    return [organization.units["id"][number] for number in numbers]
