from __future__ import annotations

from collections import deque
from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from components.model import shortest_chains
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.model.relations import Direction
from components.model.scope import common_ancestor
from components.model.shortest_chains import Step, StepBasis, units_of
from tests.organizations import forests, organization_named, organization_of

Rows = list[list[str]]


def chain_in_words(organization: Organization, start: str, end: str) -> list[str]:
    """Return the steps between two units as short texts."""
    ids, number = organization.units["id"], organization.number
    return [
        f"{ids[step.origin]} {step.basis} {step.direction} {step.through}".rstrip()
        + f" {ids[step.target]}"
        for step in OrganizationIndex(organization).chain(number[start], number[end])
    ]


class TestConnection:
    def test_leads_up_and_down_the_hierarchy(self, harbour: Organization) -> None:
        assert chain_in_words(harbour, "harbour", "fire") == [
            "harbour hierarchy in safety",
            "safety hierarchy in fire",
        ]
        assert chain_in_words(harbour, "fire", "harbour") == [
            "fire hierarchy out safety",
            "safety hierarchy out harbour",
        ]

    def test_goes_along_a_stated_relation_either_way(self, harbour: Organization) -> None:
        assert chain_in_words(harbour, "goods", "locks") == ["goods stated out advises locks"]
        assert chain_in_words(harbour, "locks", "goods") == ["locks stated in advises goods"]
        assert chain_in_words(harbour, "fire", "pilots") == [
            "fire stated both coordinates_with pilots"
        ]

    def test_leads_to_whoever_names_the_same(self, harbour: Organization) -> None:
        assert chain_in_words(harbour, "traffic", "goods") == ["traffic reference both state goods"]

    def test_has_what_the_source_says_of_each_step(self, harbour: Organization) -> None:
        number = harbour.number

        (stated,) = OrganizationIndex(harbour).chain(number["goods"], number["locks"])
        (shared,) = OrganizationIndex(harbour).chain(number["traffic"], number["goods"])
        (above,) = OrganizationIndex(harbour).chain(number["safety"], number["goods"])

        assert [(fact.text, fact.source) for fact in stated.evidence] == [
            ("The unit tells the locks what is aboard.", "Handbook 6")
        ]
        assert [(fact.text, fact.source) for fact in shared.evidence] == [
            ("Reports ships under it", "Handbook 2"),
            ("Inspects ships under it", "Handbook 6"),
        ]
        # Both name the agreement, which tells more than that the one is part of the other.
        assert above.basis is StepBasis.REFERENCE

    def test_of_equals_is_the_one_that_tells_most(self, harbour: Organization) -> None:
        # Not by way of the Safety Department: a stated relation tells more than a shared agreement.
        assert chain_in_words(harbour, "traffic", "fire") == [
            "traffic hierarchy in pilots",
            "pilots stated both coordinates_with fire",
        ]

    def test_goes_by_the_rarer_of_two_references(self) -> None:
        organization = organization_of(
            [("top", ""), *((unit, "top") for unit in "abcd")],
            references="id,name\ncommon,Common\nrare,Rare",
            mentions="unit_id,reference_id\na,common\nb,common\nc,common\na,rare\nb,rare",
        )

        assert chain_in_words(organization, "a", "b") == ["a reference both rare b"]

    def test_of_a_unit_with_itself_has_no_step(self, harbour: Organization) -> None:
        assert OrganizationIndex(harbour).chain(3, 3) == ()

    def test_is_the_way_by_the_hierarchy_where_it_would_be_very_long(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(shortest_chains, "MAX_LEVELS", 4)
        left, right = ([f"{side}{level}" for level in range(6)] for side in "lr")
        pairs = [
            ("top", ""),
            *((unit, above) for side in (left, right) for above, unit in pairwise(["top", *side])),
        ]
        organization = organization_of(pairs)

        steps = OrganizationIndex(organization).chain(
            organization.number["l5"], organization.number["r5"]
        )

        assert [organization.units["id"][unit] for unit in units_of(steps)] == [
            *reversed(left),
            "top",
            *right,
        ]

    @given(st.data())
    def test_is_as_short_as_any(self, data: st.DataObject) -> None:
        organization = data.draw(connected_organizations())
        start, end = (data.draw(st.integers(0, len(organization) - 1)) for _ in "ab")
        away = distances(organization, start)

        there = OrganizationIndex(organization).chain(start, end)
        back = OrganizationIndex(organization).chain(end, start)

        assert len(there) == len(back) == away[end]
        for steps, ends in ((there, [start, end]), (back, [end, start])):
            units = units_of(steps) or (start,)
            assert [units[0], units[-1]] == ends
            assert len(set(units)) == len(units)
            assert all(is_true(organization, step) for step in steps)
            assert all(one.target == other.origin for one, other in pairwise(steps))

    @given(st.data())
    def test_is_the_same_whenever_it_is_asked_for(self, data: st.DataObject) -> None:
        organization = data.draw(connected_organizations())
        ends = [data.draw(st.integers(0, len(organization) - 1)) for _ in "ab"]

        again = replace(organization)

        assert OrganizationIndex(organization).chain(*ends) == OrganizationIndex(again).chain(*ends)

    def test_is_looked_for_once_if_it_is_asked_for_again(
        self, harbour: Organization, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        index, there, back = OrganizationIndex(harbour), (3, 5), (5, 3)
        found = [index.chain(*ends) for ends in (there, back)]
        monkeypatch.setattr(shortest_chains, "_shortest", None)

        assert [index.chain(*ends) for ends in (there, back)] == found


@given(forests(), st.data())
@example([("a", "")], None)
def test_the_common_ancestor_is_the_deepest(
    pairs: list[tuple[str, str]], data: st.DataObject | None
) -> None:
    organization = organization_of(pairs)
    every = st.integers(0, len(organization) - 1)
    units = data.draw(st.lists(every, min_size=1, max_size=4)) if data else [0]

    ancestor = common_ancestor(organization, units)

    assert all(organization.is_below(unit, ancestor) for unit in units)
    assert not any(
        all(organization.is_below(unit, child) for unit in units)
        for child in organization.children(ancestor)
    )


@st.composite
def connected_organizations(draw: st.DrawFn) -> Organization:
    """Draw a random forest with random relations and mentions."""
    pairs = draw(forests(most=25))
    ids = [unit for unit, _ in pairs]
    unit = st.sampled_from(ids)
    kinds = st.sampled_from(["coordinates_with", "advises"])
    references = [["id", "name"], *([each, each] for each in "xyz")]
    relations: Rows = draw(st.lists(st.builds(lambda *row: [*row], unit, unit, kinds), max_size=6))
    mentions: Rows = draw(
        st.lists(st.builds(lambda *row: [*row], unit, st.sampled_from("xyz")), max_size=10)
    )
    return organization_named(
        pairs,
        ids,
        references=references,
        relations=[["from_id", "to_id", "kind"], *relations],
        mentions=[["unit_id", "reference_id"], *mentions],
    )


def distances(organization: Organization, start: int) -> dict[int, int]:
    """Return how many steps each unit is away, by plain breadth-first search on all pairs."""
    beside: dict[int, set[int]] = {unit: set() for unit in range(len(organization))}
    pairs = [
        *((unit, int(organization.parent[unit])) for unit in range(1, len(organization))),
        *((each.origin, each.target) for each in organization.relations.rows),
        *(
            pair
            for mentions in organization.mentions_by_reference.values()
            for pair in combinations([each.unit for each in mentions], 2)
        ),
    ]
    for one, other in pairs:
        beside[one].add(other)
        beside[other].add(one)
    away, waiting = {start: 0}, deque([start])
    while waiting:
        unit = waiting.popleft()
        for other in beside[unit]:
            if other not in away:
                away[other] = away[unit] + 1
                waiting.append(other)
    return away


def is_true(organization: Organization, step: Step) -> bool:
    """Return whether the tables say what a step says."""
    match step.basis:
        case StepBasis.STATED:
            ends = (step.origin, step.target)
            if step.direction is Direction.IN:
                ends = ends[::-1]
            allowed = {ends, ends[::-1]} if step.direction is Direction.BOTH else {ends}
            return any(
                (each.origin, each.target) in allowed and each.kind == step.through
                for each in organization.relations.rows
            )
        case StepBasis.REFERENCE:
            return all(
                step.through in {each.reference for each in organization.mentions.of(unit)}
                for unit in (step.origin, step.target)
            )
        case StepBasis.HIERARCHY:
            child, parent = step.origin, step.target
            if step.direction is Direction.IN:
                child, parent = parent, child
            return int(organization.parent[child]) == parent
