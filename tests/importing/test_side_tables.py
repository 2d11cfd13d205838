"""The units that side tables refer to, and lists of responsibilities in one cell."""

from __future__ import annotations

import csv
import io

import pandas as pd
import pytest

from components.importing.import_tables import import_tables
from components.model.organization import Organization
from components.problems import ProblemKind
from components.reading.tables import Tables
from tests.organizations import faults, organization_of

UNITS = "id, name, acronym, parent\n007, Board, BO,\n010, Staff Office, SO, 007\n011, Pay, PA, 007"


def duties(organization: Organization, unit: int) -> list[str]:
    return [row.text for row in organization.responsibilities.of(unit)]


class TestReferencesToUnits:
    @pytest.mark.parametrize("cell", ["010", "10", "10.0", "Staff Office", "STAFF  OFFICE"])
    def test_match_an_id_or_a_name_in_any_spelling(self, cell: str) -> None:
        organization = organization_of(
            UNITS, responsibilities=f"unit, duty\n{cell}, Counts\n007, Rules\n011, Pays"
        )

        assert organization.problems == ()
        assert duties(organization, 1) == ["Counts"]

    def test_match_the_root(self) -> None:
        organization = organization_of(
            UNITS, responsibilities="unit, duty\n7.0, Rules\n010, Counts"
        )

        assert organization.problems == ()
        assert duties(organization, 0) == ["Rules"]

    def test_do_not_match_a_name_of_two_units(self) -> None:
        organization = organization_of(
            "id, name, parent\n1, Board,\n2, Pay, 1\n3, Pay, 1",
            responsibilities="unit, duty\nPay, Counts\nBoard, Rules\n2, Reads",
        )

        assert faults(organization.problems) == [("responsibilities", 2, "unit", "Pay")]
        assert organization.problems[0].kind is ProblemKind.UNKNOWN_UNIT

    def test_match_a_key_of_two_columns(self) -> None:
        organization = organization_of(
            """
            ministry, code, name, parent_code
            M1, 1, Health,
            M1, 2, Care, 1
            M2, 1, Tax,
            M2, 2, Forms, 1
            """,
            responsibilities="unit_id, duty\nM1/2, Cares\nM2/2, Prints",
        )

        assert {row.text for row in organization.responsibilities.rows} == {"Cares", "Prints"}


class TestSeveralResponsibilitiesInACell:
    @pytest.mark.parametrize(
        "cell",
        [
            "Rules; Decides; Reads",
            "Rules;Decides;;Reads;",
            '"Rules\nDecides\nReads"',
            '"- Rules\n- Decides\n- Reads"',
            '"1. Rules\n2. Decides\n3) Reads"',
            '"(1) Rules\n(2) Decides\n(3) Reads"',
            "• Rules • Decides • Reads",
            '"* Rules\r\n* Decides\r\n* Reads"',
            "- Rules - Decides - Reads",
            "Rules; Decides; Rules; Reads",
        ],
    )
    def test_are_split_at_semicolons_lines_and_bullets(self, cell: str) -> None:
        organization = organization_with_duties(cell)

        assert duties(organization, 1) == ["Rules", "Decides", "Reads"]

    @pytest.mark.parametrize(
        "cell",
        [
            "Decides on pay, leave and travel",
            "Reads the well-known reports 2020-2024",
            "Knows 3.5 of them",
            "Answers for 24/7 service",
        ],
    )
    def test_are_not_split_at_other_punctuation(self, cell: str) -> None:
        assert duties(organization_with_duties(f'"{cell}"'), 1) == [cell]

    def test_come_before_those_of_the_responsibilities_table(self) -> None:
        organization = organization_of(
            "id, name, parent, duties\na, A, , Rules\nb, B, a, Reads; Counts",
            responsibilities="unit_id, position, responsibility\nb, 1, Writes",
        )

        assert duties(organization, 1) == ["Reads", "Counts", "Writes"]

    def test_may_also_be_one_per_repeated_record_of_the_unit(self) -> None:
        organization = organization_of("""
            unit id, name,  parent, duty
            a,       Board, ,       Rules
            a,       Board, ,       Decides
            b,       Staff, a,      Counts
        """)

        assert len(organization) == 2
        assert duties(organization, 0) == ["Rules", "Decides"]
        assert organization.problems == ()


def organization_with_duties(cell: str) -> Organization:
    """Return an organization whose unit 1 has this cell of responsibilities."""
    rows = csv.reader(io.StringIO(f"a,Board,,\nb,Staff,a,{cell}\n"))
    header = ["id", "name", "parent", "responsibilities"]
    frame = pd.DataFrame([*rows], columns=header, index=[2, 3], dtype="str")
    return import_tables(Tables("inline", {"units": frame})).organization
