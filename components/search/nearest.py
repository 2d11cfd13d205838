"""The units whose names are most similar to a name that no unit has."""

from __future__ import annotations

from itertools import islice

from rapidfuzz import fuzz, process

from components.model.organization import Organization
from components.model.text import fold_text

LONGEST_NAME = 200
"""Characters of a name that are compared."""
MAX_COMPARED = 20_000
"""Names that are compared; among more, only those with the same first letter."""
MIN_SIMILARITY = 50


def nearest_units(
    organization: Organization, name: str, *, most: int = 3, least: float = MIN_SIMILARITY
) -> tuple[int, ...]:
    """Return the units whose ids, names or aliases are most similar to a name, best first.

    Similarity is RapidFuzz's ``WRatio`` of the folded texts, from 0 to 100. It finds a short text
    in any longer one, so names of less than half the length are not compared.
    """
    folded = fold_text(name[:LONGEST_NAME])
    names = organization.units_by_name
    initial = folded[:1] if len(names) > MAX_COMPARED else ""
    candidates = (alias for alias in names.beginning_with(initial) if 2 * len(alias) >= len(folded))
    matches = process.extract(
        folded,
        list(islice(candidates, MAX_COMPARED)),
        scorer=fuzz.WRatio,
        limit=most * 4,
        score_cutoff=least,
    )
    units = (unit for alias, _, _ in matches for unit in names[alias])
    return tuple(islice(dict.fromkeys(units), most))
