from __future__ import annotations

from collections import deque
from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.model import shortest_chains
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.model.relations import Direction
from components.model.shortest_chains import Step, StepBasis, units_of
from tests.organizations import forests, organization_named, organization_of

Rows = list[list[str]]


def chain(organization: Organization, start: str, end: str) -> list[str]:
    """Return the steps of the shortest chain between two units as short texts."""
    ids, number = organization.units["id"], organization.number
    return [
        f"{ids[step.origin]} {step.basis} {step.direction} {step.through}".rstrip()
        + f" {ids[step.target]}"
        for step in OrganizationIndex(organization).chain(number[start], number[end])
    ]


class TestAShortestChain:
    def test_leads_up_and_down_the_hierarchy(self, harbour: Organization) -> None:
        assert chain(harbour, "harbour", "fire") == [
            "harbour hierarchy in safety",
            "safety hierarchy in fire",
        ]
        assert chain(harbour, "fire", "harbour") == [
            "fire hierarchy out safety",
            "safety hierarchy out harbour",
        ]

    def test_follows_a_stated_relation_in_either_direction(self, harbour: Organization) -> None:
        assert chain(harbour, "goods", "locks") == ["goods stated out advises locks"]
        assert chain(harbour, "locks", "goods") == ["locks stated in advises goods"]
        assert chain(harbour, "fire", "pilots") == ["fire stated both coordinates_with pilots"]

    def test_follows_a_shared_reference(self, harbour: Organization) -> None:
        assert chain(harbour, "traffic", "goods") == ["traffic reference both state goods"]

    def test_has_the_evidence_of_each_step(self, harbour: Organization) -> None:
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
        # Both mention the agreement: a shared reference precedes the hierarchy.
        assert above.basis is StepBasis.REFERENCE

    def test_prefers_the_strongest_steps_among_equally_short_chains(
        self, harbour: Organization
    ) -> None:
        # Not through the Safety Department: a stated relation precedes a shared reference.
        assert chain(harbour, "traffic", "fire") == [
            "traffic hierarchy in pilots",
            "pilots stated both coordinates_with fire",
        ]

    def test_follows_the_rarer_of_two_shared_references(self) -> None:
        organization = organization_of(
            [("top", ""), *((unit, "top") for unit in "abcd")],
            references="id,name\ncommon,Common\nrare,Rare",
            mentions="unit_id,reference_id\na,common\nb,common\nc,common\na,rare\nb,rare",
        )

        assert chain(organization, "a", "b") == ["a reference both rare b"]

    def test_of_a_unit_with_itself_has_no_step(self, harbour: Organization) -> None:
        assert OrganizationIndex(harbour).chain(3, 3) == ()

    def test_follows_the_hierarchy_if_it_exceeds_the_maximum_length(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(shortest_chains, "MAX_LEVELS", 4)
        left, right = ([f"{side}{level}" for level in range(6)] for side in "lr")
        pairs = [
            ("top", ""),
            *(
                (unit, parent)
                for side in (left, right)
                for parent, unit in pairwise(["top", *side])
            ),
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
    def test_has_minimal_length_and_valid_steps(self, data: st.DataObject) -> None:
        organization = data.draw(connected_organizations())
        start, end = (data.draw(st.integers(0, len(organization) - 1)) for _ in "ab")
        distance = distances(organization, start)

        forward = OrganizationIndex(organization).chain(start, end)
        backward = OrganizationIndex(organization).chain(end, start)

        assert len(forward) == len(backward) == distance[end]
        for steps, ends in ((forward, [start, end]), (backward, [end, start])):
            units = units_of(steps) or (start,)
            assert [units[0], units[-1]] == ends
            assert len(set(units)) == len(units)
            assert all(is_stated(organization, step) for step in steps)
            assert all(one.target == other.origin for one, other in pairwise(steps))

    @given(st.data())
    def test_is_the_same_for_an_equal_organization(self, data: st.DataObject) -> None:
        organization = data.draw(connected_organizations())
        ends = [data.draw(st.integers(0, len(organization) - 1)) for _ in "ab"]

        copied = replace(organization)

        assert OrganizationIndex(organization).chain(*ends) == OrganizationIndex(copied).chain(
            *ends
        )


@st.composite
def connected_organizations(draw: st.DrawFn) -> Organization:
    """Draw a random forest with random relations and mentions."""
    pairs = draw(forests(most=25))
    ids = [unit for unit, _ in pairs]
    unit = st.sampled_from(ids)
    kinds = st.sampled_from(["coordinates_with", "advises"])
    references = [["id", "name"], *([reference, reference] for reference in "xyz")]
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
    """Return the number of steps to each unit, by breadth-first search on all pairs."""
    neighbours: dict[int, set[int]] = {unit: set() for unit in range(len(organization))}
    pairs = [
        *((unit, int(organization.parent[unit])) for unit in range(1, len(organization))),
        *((relation.origin, relation.target) for relation in organization.relations.rows),
        *(
            pair
            for mentions in organization.mentions_by_reference.values()
            for pair in combinations([mention.unit for mention in mentions], 2)
        ),
    ]
    for one, other in pairs:
        neighbours[one].add(other)
        neighbours[other].add(one)
    distance, waiting = {start: 0}, deque([start])
    while waiting:
        unit = waiting.popleft()
        for other in neighbours[unit]:
            if other not in distance:
                distance[other] = distance[unit] + 1
                waiting.append(other)
    return distance


def is_stated(organization: Organization, step: Step) -> bool:
    """Return whether the tables contain what a step claims."""
    match step.basis:
        case StepBasis.STATED:
            ends = (step.origin, step.target)
            if step.direction is Direction.IN:
                ends = ends[::-1]
            allowed = {ends, ends[::-1]} if step.direction is Direction.BOTH else {ends}
            return any(
                (relation.origin, relation.target) in allowed and relation.kind == step.through
                for relation in organization.relations.rows
            )
        case StepBasis.REFERENCE:
            return all(
                step.through in {mention.reference for mention in organization.mentions.of(unit)}
                for unit in (step.origin, step.target)
            )
        case StepBasis.HIERARCHY:
            child, parent = step.origin, step.target
            if step.direction is Direction.IN:
                child, parent = parent, child
            return int(organization.parent[child]) == parent
