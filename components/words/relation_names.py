"""The names of kinds of relations and references.

The page translates the kinds that it knows; any other kind is shown as it stands in the table.
"""

from __future__ import annotations

from components.model.organization import Reference
from components.model.relations import Direction
from components.model.text import capitalized
from components.words import Words


def relation_is_known(kind: str, words: Words) -> bool:
    """Return whether the page has a translation of a kind of relation."""
    return words.has(f"relation-{kind}-out")


def relation_text(kind: str, direction: Direction, words: Words) -> str:
    """Return a kind of relation as it reads in a direction: "Advises", "Advised by"."""
    is_incoming = direction is Direction.IN
    if relation_is_known(kind, words):
        return words(f"relation-{kind}-{'in' if is_incoming else 'out'}")
    text = capitalized(plain_kind(kind)) or words("relation-unnamed")
    return words("relation-incoming", kind=text) if is_incoming else text


def step_key(kind: str, words: Words) -> str:
    """Return the key of the sentence for a step along a relation; empty if the kind is unknown."""
    key = f"relation-{kind}-step" if plain_kind(kind) else "connection-related"
    return key if words.has(key) else ""


def plain_kind(kind: str) -> str:
    """Return a kind without underscores: ``reports to`` for ``reports_to``."""
    return kind.replace("_", " ").strip()


def reference_is_known(reference: Reference, words: Words) -> bool:
    """Return whether a reference has no kind or one that the page has a translation of."""
    return not reference.kind or words.has(f"reference-{reference.kind}")


def reference_text(reference: Reference, words: Words) -> str:
    """Return the kind of a reference, such as "framework" or "body"; empty if it has none."""
    key = f"reference-{reference.kind}"
    return words(key) if words.has(key) else reference.kind
