"""The references that the units of a scope mention, and how their names are written."""

from __future__ import annotations

from components.diagrams.names import Named, name_forms
from components.diagrams.tree import Tree, key_of
from components.model.organization import Reference
from components.model.scope import Scope


def references_in(scope: Scope) -> tuple[dict[str, Reference], dict[str, list[str]]]:
    """Return the references mentioned in a scope, and the keys of the units that mention each.

    Both are keyed by ``r0``, ``r1``, ... in the order of the units.
    """
    organization = scope.organization
    keys: dict[str, str] = {}
    mentioned_by: dict[str, list[str]] = {}
    for unit in scope.units:
        mentions = organization.mentions.of(unit)
        for reference in dict.fromkeys(mention.reference for mention in mentions):
            key = keys.setdefault(reference, f"r{len(keys)}")
            mentioned_by.setdefault(key, []).append(key_of(unit))
    return {key: organization.references[name] for name, key in keys.items()}, mentioned_by


def reference_forms(tree: Tree) -> dict[str, tuple[str, ...]]:
    """Return the forms of the name of each reference by key, from the widest, all different."""
    references, _ = references_in(tree.scope)
    names = (Named(reference.acronym or reference.name) for reference in references.values())
    forms = name_forms(names, tree.organization.about.language)
    return {key: each.short for key, each in zip(references, forms, strict=True)}
