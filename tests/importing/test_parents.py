"""The resolution of parents by id, by name, and by looser comparison."""

from __future__ import annotations

import pytest

from components.model.organization import Organization
from components.problems import ProblemKind
from tests.organizations import organization_of, outline


def problem_kinds(organization: Organization) -> list[ProblemKind]:
    return [problem.kind for problem in organization.problems]


class TestAParentCell:
    def test_is_looked_up_among_ids_before_names(self) -> None:
        organization = organization_of("""
            id,    name,  parent
            audit, Board,
            x,     audit, audit
            y,     Pay,   audit
        """)

        assert outline(organization) == ["audit", ". x", ". y"]

    def test_is_looked_up_whole_before_it_is_split(self) -> None:
        organization = organization_of("""
            id,  name,  parent
            a,   A,
            b,   B,     a
            a;b, Joint, a
            c,   C,     a;b
        """)

        assert outline(organization) == ["a", ". b", ". a;b", ". . c"]
        assert organization.problems == ()

    def test_is_looked_up_exactly_before_it_is_looked_up_loosely(self) -> None:
        organization = organization_of("""
            id,  name,    parent
            7,   Board,
            007, Service, 7
            x,   Agent,   007
        """)

        assert outline(organization) == ["7", ". 007", ". . x"]
        assert organization.problems == ()

    @pytest.mark.parametrize("cell", ["STAFF & PAY", "staff - pay", "Stáff  Pay", "SP", "Wages"])
    def test_matches_a_unit_by_another_spelling_or_a_short_name(self, cell: str) -> None:
        organization = organization_of(f"""
            id, name,        acronym, short_name, parent
            1,  Board,       BO,      ,
            2,  Staff & Pay, SP,      Wages,      Board
            3,  Audit,       AU,      ,           Board
            4,  Desk,        DE,      ,           {cell}
        """)

        assert outline(organization) == ["1", ". 2", ". . 4", ". 3"]
        assert problem_kinds(organization) == [ProblemKind.REPAIRED_PARENT]
        assert f"“{cell}” is read as “Staff & Pay”" in organization.problems[0].reason

    def test_that_matches_two_units_in_another_case_takes_the_first(self) -> None:
        organization = organization_of("""
            id, name,  parent
            hq, Board,
            Ab, Staff, hq
            AB, Pay,   hq
            x,  Desk,  ab
        """)

        assert outline(organization) == ["hq", ". Ab", ". . x", ". AB"]
        assert problem_kinds(organization) == [ProblemKind.AMBIGUOUS_PARENT]

    def test_with_a_repeated_name_that_is_the_units_own_makes_it_its_own_parent(self) -> None:
        organization = organization_of("""
            id, name,  parent
            1,  Board,
            2,  Pay,   Board
            3,  Pay,   Pay
        """)

        assert problem_kinds(organization)[0] is ProblemKind.OWN_PARENT


class TestAnUnknownParent:
    def test_becomes_one_placeholder_for_all_its_spellings(self) -> None:
        organization = organization_of("""
            id, name,  parent
            a,  Board,
            b,  Staff, a
            c,  Pay,   Q 7
            d,  Desk,  q7
        """)

        assert [organization.units["id"][unit] for unit in sorted(organization.synthetic)][1:] == [
            "Q 7"
        ]
        assert problem_kinds(organization).count(ProblemKind.UNKNOWN_PARENT) == 2

    def test_gets_an_id_that_no_unit_has(self) -> None:
        organization = organization_of("""
            id,    name,  parent
            board, Board,
            ,      Zz,    board
            x,     X,     zz-
        """)

        assert len(set(organization.units["id"])) == len(organization)

    def test_that_resembles_the_name_of_a_unit_is_reported_with_that_name(self) -> None:
        organization = organization_of("""
            id, name,                  parent
            1,  Ministry of Health,
            2,  Department of Nursing, Ministry of Health
            3,  Ward,                  Departement of Nursing
        """)

        assert "If you mean “Department of Nursing”" in organization.problems[0].remedy

    def test_is_the_root_if_there_is_no_other_root(self) -> None:
        organization = organization_of([("a", "q"), ("b", "a"), ("c", "q")])

        assert outline(organization) == ["q", ". a", ". . b", ". c"]
        assert (organization.count(), organization.levels) == (3, 2)


def test_a_long_cycle_is_abbreviated_after_its_first_units() -> None:
    pairs = [(f"u{n}", f"u{(n + 1) % 50}") for n in range(50)]

    (problem,) = organization_of(pairs).problems

    assert problem.kind is ProblemKind.CYCLE
    assert "“u18” → “u19” → 30 more → “u0”" in problem.reason


def test_a_chain_of_50_000_units_is_imported() -> None:
    pairs = [(f"u{n}", f"u{n - 1}" if n else "") for n in range(50_000)]

    assert organization_of(pairs).levels == 50_000
