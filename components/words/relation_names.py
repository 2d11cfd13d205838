"""What kinds of relation and of reference are called: known ones in the page's own words.

A table may have any other kind; that is data, and said as it stands there.
"""

from __future__ import annotations

from components.model.organization import Reference
from components.model.relations import Direction
from components.model.text import capitalized
from components.words import Words


def relation_is_known(kind: str, words: Words) -> bool:
    """Tell whether the page has words of its own for a kind of stated relation."""
    return words.has(f"relation-{kind}-out")


def relation_text(kind: str, direction: Direction, words: Words) -> str:
    """Return how a kind of stated relation is read in a direction: "Advises", "Advised by"."""
    inward = direction is Direction.IN
    if relation_is_known(kind, words):
        return words(f"relation-{kind}-{'in' if inward else 'out'}")
    plain = capitalized(plain_kind(kind)) or words("relation-unnamed")
    return words("relation-from-the-other", kind=plain) if inward else plain


def step_key(kind: str, words: Words) -> str:
    """Return the message that tells a step along a kind of stated relation.

    It is empty for a kind that the page has no words for: that says itself what it means.
    """
    key = f"relation-{kind}-step" if plain_kind(kind) else "connection-related"
    return key if words.has(key) else ""


def plain_kind(kind: str) -> str:
    """Return a kind of the table as it is read: ``reports to`` for ``reports_to``."""
    return kind.replace("_", " ").strip()


def reference_is_known(reference: Reference, words: Words) -> bool:
    """Tell whether the page has a word of its own for the kind of a reference, or for none."""
    return not reference.kind or words.has(f"reference-{reference.kind}")


def reference_text(reference: Reference, words: Words) -> str:
    """Return what kind of reference it is: "framework", "body"; empty where none is given."""
    key = f"reference-{reference.kind}"
    return words(key) if words.has(key) else reference.kind
