"""What filters leave in a picture, and how it is said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from components.diagrams.network import Look
from components.diagrams.tree import Tree
from components.model.organization import Organization
from components.words import Words


@dataclass(frozen=True, slots=True)
class Filtered:
    """What filters leave of an organization, and of it in a picture."""

    types: tuple[str, ...]
    themes: tuple[str, ...]
    total: int
    """Units of the organization that match."""
    below: int
    """Of them the focus and those below it."""
    hits: frozenset[str]
    """Keys of the units in the picture that match."""
    lit: frozenset[str]
    """Keys of these, and of all nodes that have some below them, in the picture or beyond it."""


def filtered(tree: Tree, look: Look) -> Filtered | None:
    """Return what the filters of a look leave; None if none are on."""
    if not (look.types or look.themes):
        return None
    matches, ranges = tree.organization.filters.matches(look.types, look.themes), _ranges(tree)
    return Filtered(
        look.types,
        look.themes,
        total=matches.total,
        below=matches.among(*ranges[tree.focus.key]),
        hits=frozenset(
            node.key for node in tree.nodes if not node.is_fold and matches.has(node.unit)
        ),
        lit=frozenset(key for key, (first, end) in ranges.items() if matches.among(first, end)),
    )


def _ranges(tree: Tree) -> Mapping[str, tuple[int, int]]:
    """Return the units that each node stands for: the first number, and one past the last.

    A fold stands for what comes after the last of its siblings that are shown.
    """
    size, ranges = tree.organization.size, dict[str, tuple[int, int]]()
    for node in tree.nodes:
        first, end = node.unit, node.unit + int(size[node.unit])
        if node.is_fold:
            shown = [each for each in tree.children[node.parent] if not each.is_fold]
            first = ranges[shown[-1].key][1] if shown else first + 1
        ranges[node.key] = first, end
    return ranges


def filter_names(
    organization: Organization, types: tuple[str, ...], themes: tuple[str, ...], words: Words
) -> list[str]:
    """Return what each filter is called: "type division", "theme Migration health"."""
    return [
        *(words("filter-type", name=name) for name in types),
        *(words("filter-theme", name=organization.themes[theme].name) for theme in themes),
    ]


def matching(total: int, organization: Organization, words: Words) -> str:
    """Return how many units match: "12 of 47 units match"."""
    if not total:
        return words("filter-nothing", units=words("units", count=organization.count()))
    units = words("units", count=organization.count())
    return words("filter-matching", count=total, units=units)
