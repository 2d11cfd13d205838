from __future__ import annotations

import pytest

from components.diagrams.links import LinkedPair, kind_class, linked_pairs
from components.diagrams.tree import tree_of
from components.model.organization import Organization
from tests.english import ENGLISH
from tests.organizations import organization_of, scope_of

UNITS = [("top", ""), ("a", "top"), ("b", "top"), ("c", "top")]


def pairs_of(organization: Organization) -> list[LinkedPair]:
    return linked_pairs(tree_of(scope_of(organization), ENGLISH))


def related(*relations: str, references: int = 0) -> Organization:
    """Return an organization with relations, and with references that a and b share."""
    return organization_of(
        UNITS,
        relations="from_id, to_id, kind\n" + "\n".join(relations),
        references="id, name\n" + "\n".join(f"r{each}, Law {each}" for each in range(references)),
        mentions="unit_id, reference_id\n"
        + "\n".join(f"{unit}, r{each}" for each in range(references) for unit in "ab"),
    )


def test_all_reasons_between_two_units_are_one_pair() -> None:
    organization = related("a, b, supports", "b, a, advises", "a, b, guards", references=2)

    (pair,) = pairs_of(organization)

    assert (pair.origin, pair.target) == (1, 2)
    assert pair.notes(tree_of(scope_of(organization), ENGLISH)) == [
        "Supports",
        "Advised by",
        "Guards",
        "Both work with: Law 0",
        "Both work with: Law 1",
    ]


def test_stated_reasons_come_first_in_the_order_of_their_kinds() -> None:
    organization = related("a, c, advises", "a, b, supports", "b, a, advises", references=1)

    pair = next(each for each in pairs_of(organization) if each.target == 1)

    assert pair.kinds == [kind_class("advises"), kind_class("supports"), "reference"]
    assert pair.origin == 2


@pytest.mark.parametrize(
    ("relations", "references", "expected"),
    [
        (["a, b, supports"], 0, True),
        (["a, b, supports", "a, b, advises"], 0, True),
        (["a, b, supports", "b, a, advises"], 0, False),
        (["a, b, supports", "a, b, coordinates_with"], 0, False),
        (["a, b, supports"], 1, False),
    ],
)
def test_a_pair_is_outward_if_all_reasons_lead_one_way(
    relations: list[str], references: int, *, expected: bool
) -> None:
    pair = next(
        each for each in pairs_of(related(*relations, references=references)) if each.origin == 1
    )

    assert pair.is_outward is expected


@pytest.mark.parametrize(
    ("references", "width"), [(1, 2), (2, 3), (3, 4), (9, 4)], ids=["one", "two", "three", "nine"]
)
def test_a_line_is_as_thick_as_its_reasons_are_many(references: int, width: float) -> None:
    (pair,) = (each for each in pairs_of(related(references=references)) if each.origin == 1)

    assert pair.width == width
