from __future__ import annotations

from components.diagrams.references import reference_forms, references_in
from components.diagrams.tree import tree_of
from components.model.organization import Organization
from tests.english import ENGLISH
from tests.organizations import scope_of


def test_have_the_units_that_mention_them(iom: Organization) -> None:
    scope = scope_of(iom)

    references, mentioned_by = references_in(scope)

    assert set(references) == set(mentioned_by)
    for key, reference in references.items():
        mentioning = {f"u{m.unit}" for m in iom.mentions.rows if m.reference == reference.id}
        assert set(mentioned_by[key]) == mentioning


def test_have_shorter_names_that_are_all_different(iom: Organization) -> None:
    forms = reference_forms(tree_of(scope_of(iom), ENGLISH))

    assert ("IASC",) in forms.values()
    every_form = [form for each in forms.values() for form in each]
    assert len(every_form) == len(set(every_form))
