from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.model.adjacency import adjacency_of
from components.model.organization import Organization
from components.model.relations import (
    MAX_LINKED_BY_REFERENCE,
    MAX_LINKED_BY_THEME,
    Basis,
    Direction,
    Link,
    Reason,
    cross_links,
    related_units,
    relations_within,
)
from tests.organizations import organization_of

FOUR = """
    id,  parent
    top,
    a,   top
    b,   top
    c,   top
    d,   top
"""


def related(organization: Organization, unit: str) -> dict[str, list[tuple[str, str, str]]]:
    """Return the reasons (basis, direction, connection) by related unit, strongest first."""
    return {
        organization.units["id"][relative.unit]: [
            (str(reason.basis), str(reason.direction), reason.through)
            for reason in relative.reasons
        ]
        for relative in related_units(organization, organization.number[unit])
    }


def weights(organization: Organization, unit: str, other: str) -> list[float]:
    (match,) = (
        relative
        for relative in related_units(organization, organization.number[unit])
        if relative.unit == organization.number[other]
    )
    return [reason.weight for reason in match.reasons]


class TestStated:
    def test_a_relation_is_read_outward_from_its_origin(self, harbour: Organization) -> None:
        assert related(harbour, "goods")["locks"] == [("stated", "out", "advises")]

    def test_a_relation_is_read_inward_from_its_target(self, harbour: Organization) -> None:
        assert ("stated", "in", "advises") in related(harbour, "locks")["goods"]

    @pytest.mark.parametrize(("unit", "other"), [("pilots", "fire"), ("fire", "pilots")])
    def test_coordination_is_read_in_both_directions(
        self, harbour: Organization, unit: str, other: str
    ) -> None:
        assert related(harbour, unit)[other][0] == ("stated", "both", "coordinates_with")

    def test_a_reason_has_the_sentence_and_its_source(self, harbour: Organization) -> None:
        for unit, other in (("goods", "locks"), ("locks", "goods")):
            (match,) = (
                relative
                for relative in related_units(harbour, harbour.number[unit])
                if relative.unit == harbour.number[other]
            )
            assert match.reasons[0].sentence == "The unit tells the locks what is aboard."
            assert match.reasons[0].source == "Handbook 6"

    def test_a_unit_without_relations_has_no_stated_reason(self, harbour: Organization) -> None:
        reasons = [reason for reasons in related(harbour, "safety").values() for reason in reasons]

        assert "stated" not in {basis for basis, _, _ in reasons}

    def test_a_relation_may_connect_a_unit_with_its_parent(self) -> None:
        organization = organization_of(FOUR, relations="from_id, to_id, kind\na, top, supports")

        assert related(organization, "a") == {"top": [("stated", "out", "supports")]}
        assert related(organization, "top") == {"a": [("stated", "in", "supports")]}


class TestSharedReferences:
    def test_relate_all_units_that_mention_them(self, harbour: Organization) -> None:
        by = ("reference", "both", "state")

        assert by in related(harbour, "traffic")["safety"]
        assert by in related(harbour, "traffic")["goods"]
        assert by in related(harbour, "goods")["traffic"]

    def test_have_the_role_of_the_other_unit(self, harbour: Organization) -> None:
        locks = next(
            relative
            for relative in related_units(harbour, harbour.number["pilots"])
            if relative.unit == 3
        )

        assert locks.reasons == (
            Reason(
                Basis.REFERENCE,
                Direction.BOTH,
                "tides",
                "Opens the locks by them",
                "Handbook 3",
                1.0,
            ),
        )

    def test_weigh_more_the_fewer_units_mention_them(self, harbour: Organization) -> None:
        assert weights(harbour, "pilots", "locks") == [1.0]
        assert weights(harbour, "traffic", "safety") == [0.5]

    def test_that_are_rare_come_before_common_ones(self) -> None:
        organization = organization_of(
            FOUR,
            references="id, name\ncommon, C\nrare, R",
            mentions="""
            unit_id, reference_id
            a,       common
            b,       common
            c,       common
            d,       common
            a,       rare
            d,       rare
            """,
        )

        assert list(related(organization, "a")) == ["d", "b", "c"]
        assert weights(organization, "a", "d") == [pytest.approx(1 / 3), 1.0]
        assert weights(organization, "a", "b") == [pytest.approx(1 / 3)]

    def test_of_a_single_unit_relate_it_to_none(self) -> None:
        organization = organization_of(
            FOUR, references="id, name\nr, R", mentions="unit_id, reference_id\na, r\na, r"
        )

        assert related(organization, "a") == {}


class TestSharedThemes:
    def test_relate_units_and_have_a_responsibility_of_the_other_one(
        self, harbour: Organization
    ) -> None:
        goods = next(
            relative
            for relative in related_units(harbour, harbour.number["fire"])
            if relative.unit == 6
        )

        assert goods.reasons == (
            Reason(
                Basis.THEME, Direction.BOTH, "permits", "Inspects containers", "Handbook 6", 0.5
            ),
        )

    def test_do_not_relate_a_unit_to_its_ancestors_and_descendants(
        self, harbour: Organization
    ) -> None:
        assert "harbour" not in related(harbour, "goods")
        assert "safety" not in related(harbour, "fire")
        assert "fire" not in related(harbour, "safety")
        assert related(harbour, "harbour") == {}

    def test_relate_siblings_and_cousins(self, harbour: Organization) -> None:
        assert related(harbour, "fire")["goods"] == [("theme", "both", "permits")]
        assert ("theme", "both", "emergencies") in related(harbour, "pilots")["safety"]

    def test_weigh_less_the_more_units_work_on_them(self) -> None:
        organization = organization_of(
            FOUR,
            themes="id, name\ncommon, C\nrare, R",
            responsibilities="""
            unit_id, responsibility, themes
            a,       Reads,          common;rare
            b,       Reads,          common
            c,       Reads,          common
            d,       Reads,          rare
            """,
        )

        assert list(related(organization, "a")) == ["d", "b", "c"]
        assert weights(organization, "a", "d") == [1.0]
        assert weights(organization, "a", "b") == [0.5]

    def test_count_once_however_many_responsibilities_are_on_them(self) -> None:
        organization = organization_of(
            FOUR,
            themes="id, name\nt, T",
            responsibilities="""
            unit_id, responsibility, themes
            a,       Reads,          t
            a,       Writes,         t
            b,       Sings,          t
            b,       Dances,         t
            """,
        )

        assert weights(organization, "a", "b") == [1.0]
        assert related_units(organization, 1)[0].reasons[0].sentence == "Sings"


class TestOrder:
    def test_stated_relations_come_before_references_before_themes(self) -> None:
        organization = organization_of(
            FOUR,
            themes="id, name\nt1, T\nt2, T\nt3, T",
            references="id, name\nr1, R\nr2, R",
            responsibilities="""
            unit_id, responsibility, themes
            a,       Reads,          t1;t2;t3
            b,       Reads,          t1;t2;t3
            """,
            mentions="""
            unit_id, reference_id
            a,       r1
            a,       r2
            c,       r1
            c,       r2
            """,
            relations="""
            from_id, to_id, kind
            d,       a,     advises
            """,
        )

        assert list(related(organization, "a")) == ["d", "c", "b"]

    def test_ties_are_in_preorder(self, harbour: Organization) -> None:
        assert list(related(harbour, "traffic")) == ["safety", "goods"]

    def test_reasons_are_grouped_by_unit_strongest_first(self, harbour: Organization) -> None:
        assert related(harbour, "pilots") == {
            "fire": [("stated", "both", "coordinates_with"), ("theme", "both", "emergencies")],
            "locks": [("reference", "both", "tides")],
            "safety": [("theme", "both", "emergencies")],
        }

    def test_no_unit_is_related_to_itself(self, harbour: Organization) -> None:
        for unit in range(len(harbour)):
            assert unit not in {relative.unit for relative in related_units(harbour, unit)}

    def test_relatedness_is_symmetric(self, iom: Organization) -> None:
        pairs = {
            (unit, relative.unit)
            for unit in range(len(iom))
            for relative in related_units(iom, unit)
        }

        assert pairs
        assert {(other, unit) for unit, other in pairs} == pairs


class TestCrossLinks:
    def test_have_each_stated_relation_and_shared_reference_once(
        self, harbour: Organization
    ) -> None:
        links = [link for link in cross_links(harbour, range(7)) if link.basis is not Basis.THEME]

        assert set(links) == {
            Link(2, 5, Basis.STATED, "coordinates_with", Direction.BOTH),
            Link(6, 3, Basis.STATED, "advises", Direction.OUT),
            Link(1, 4, Basis.REFERENCE, "state", Direction.BOTH),
            Link(1, 6, Basis.REFERENCE, "state", Direction.BOTH),
            Link(4, 6, Basis.REFERENCE, "state", Direction.BOTH),
            Link(2, 3, Basis.REFERENCE, "tides", Direction.BOTH),
        }
        assert len(links) == 6

    def test_connect_only_the_given_units(self, harbour: Organization) -> None:
        for given_units in ([0, 2, 3], [2, 5], [0, 2]):
            ends = {
                end
                for link in cross_links(harbour, given_units)
                for end in (link.origin, link.target)
            }
            assert ends <= set(given_units)
        assert cross_links(harbour, [0, 2, 3]) == (
            Link(2, 3, Basis.REFERENCE, "tides", Direction.BOTH),
        )

    def test_by_theme_are_few_for_each_unit_and_not_to_ancestors(self) -> None:
        units = [("top", ""), *((f"n{number}", "top") for number in range(12))]
        rows = "\n".join(f"n{number}, Sails, sea" for number in range(12))
        organization = organization_of(
            units,
            themes="id, name\nsea, Sea",
            responsibilities=f"unit_id, responsibility, themes\ntop, Sails, sea\n{rows}",
        )

        links = cross_links(organization, range(13))

        assert all(link.basis is Basis.THEME for link in links)
        assert all(0 not in (link.origin, link.target) for link in links)
        assert 12 <= len(links) <= 12 * MAX_LINKED_BY_THEME

    def test_by_a_reference_of_too_many_units_are_left_out(self) -> None:
        def links_of(count: int) -> int:
            rows = "\n".join(f"n{number}, r" for number in range(count))
            organization = organization_of(
                [("top", ""), *((f"n{number}", "top") for number in range(count))],
                references="id, name\nr, R",
                mentions=f"unit_id, reference_id\n{rows}",
            )
            return len(cross_links(organization, range(count + 1)))

        most = MAX_LINKED_BY_REFERENCE
        assert links_of(most) == most * (most - 1) / 2
        assert links_of(most + 1) == 0

    def test_do_not_depend_on_the_order_of_the_units(self, harbour: Organization) -> None:
        assert set(cross_links(harbour, [6, 5, 4, 3, 2, 1, 0])) == set(
            cross_links(harbour, range(7))
        )


def test_relations_within_a_unit_have_an_end_in_its_subtree(
    harbour: Organization,
) -> None:
    within = {
        unit: [
            relation.kind
            for relation in relations_within(
                harbour, adjacency_of(harbour), harbour.number[unit], most=9
            )[0]
        ]
        for unit in ("harbour", "safety", "goods", "locks", "traffic")
    }

    assert within == {
        "harbour": ["coordinates_with", "advises"],
        "safety": ["coordinates_with", "advises"],
        "goods": ["advises"],
        "locks": ["advises"],
        "traffic": ["coordinates_with", "advises"],
    }


@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.integers(0, 5)).filter(lambda ends: len(set(ends)) > 1)
    ),
    st.integers(0, 5),
    st.integers(0, 9),
)
def test_relations_within_a_unit_are_all_counted_and_the_first_listed(
    ends: list[tuple[int, int]], unit: int, most: int
) -> None:
    units = [("u0", ""), ("u1", "u0"), ("u2", "u1"), ("u3", "u1"), ("u4", "u0"), ("u5", "u4")]
    stated = "".join(f"u{one}, u{other}, knows\n" for one, other in ends)
    organization = organization_of(units, relations=f"from_id, to_id, kind\n{stated}")
    below = [other for other in range(6) if organization.is_below(other, unit)]
    expected = dict.fromkeys(row for other in below for row in organization.relations.of(other))

    listed, count = relations_within(organization, adjacency_of(organization), unit, most=most)

    assert (list(listed), count) == (list(expected)[:most], len(expected))
