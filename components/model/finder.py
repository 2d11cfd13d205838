"""Who is meant: units by a name that is not quite theirs."""

from __future__ import annotations

from rapidfuzz import fuzz, process

from components.model.organization import Organization, fold_text


def nearest_units(organization: Organization, words: str, *, most: int = 3) -> tuple[int, ...]:
    """Return the units whose ids or names are most like the words, best first.

    Likeness is RapidFuzz's ``WRatio`` over folded text; the first 200 characters count.
    """
    names = organization.alias
    found = process.extract(
        fold_text(words[:200]),
        list(names),
        scorer=fuzz.WRatio,
        limit=most * 4,
    )
    return tuple(dict.fromkeys(names[name] for name, _, _ in found))[:most]
