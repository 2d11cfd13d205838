"""How a cell may refer to a record: by key, name, person, account or LDAP name."""

from __future__ import annotations

import pytest

from components.importing.references import KeySet, RecordIndex
from tests.organizations import organization_of

PEOPLE = ["Nora Quist", "Ives, Paul", "Zoé Préval", "rita.sund@dock.example", "olunt", "00017"]


@pytest.mark.parametrize(
    ("cell", "record"),
    [
        ("Nora Quist", 0),
        ("NORA QUIST", 0),
        ("Quist, Nora", 0),
        ("Nora  Quist", 0),
        ("CN=Nora Quist,OU=Board,DC=dock", 0),
        ("Paul Ives", 1),
        ("CN=Ives\\, Paul,OU=Cranes,DC=dock", 1),
        ("Zoe Preval", 2),
        ("PRÉVAL Zoé", 2),
        ("Rita.Sund@DOCK.example", 3),
        ("DOCK\\olunt", 4),
        ("olunt@dock.example", 4),
        ("17", 5),
        ("17.0", 5),
    ],
)
def test_a_record_is_found_however_it_is_written(cell: str, record: int) -> None:
    assert RecordIndex([PEOPLE], [PEOPLE], [cell]).find(cell) == [record]
    assert cell in KeySet(PEOPLE, [cell])


@pytest.mark.parametrize(
    "cell", ["", "Nora", "Nora Ives", "Paul Quist", "rita.sund@quay.example.org x", "117", "Quist"]
)
def test_nothing_else_is_found(cell: str) -> None:
    assert RecordIndex([PEOPLE], [PEOPLE], [cell]).find(cell) == []


def test_all_records_of_one_name_are_found() -> None:
    names = ["Pay", "Desk", "Pay"]

    assert RecordIndex([names], [names], ["pay"]).find("pay") == [0, 2]


@pytest.mark.parametrize(
    ("names", "parent", "suggested"),
    [
        (["Harbour Office", "Finance"], "Harbor Office", "Harbour Office"),
        (["Department of Tides", "Finance"], "Department of Tydes", "Department of Tides"),
        (["Department of Tides", "Finance"], "Department of Seeds", ""),
        (["Department of Tides", "Department of Fields"], "Department of Roads", ""),
        (["Office 12", "Office 14"], "Office 13", ""),
        (["North Region", "East"], "South Region", ""),
    ],
)
def test_a_name_is_suggested_only_if_it_is_near_in_the_words_that_differ(
    names: list[str], parent: str, suggested: str
) -> None:
    organization = organization_of(
        f"""
        name,       parent
        Top,
        {names[0]}, Top
        {names[1]}, Top
        Desk,       {parent}
        """
    )

    (problem, *_) = organization.problems
    assert problem.kind == "unknown-parent"
    assert (
        (f"“{suggested}”" in problem.remedy) if suggested else ("If you mean" not in problem.remedy)
    )


def test_a_unit_below_the_one_that_names_it_is_never_suggested() -> None:
    organization = organization_of(
        """
        name,     parent
        Top,
        Finance,  Finances
        Finance1, Finance
        Finances1, Finance1
        """
    )

    assert all("“Finance1”" not in problem.remedy for problem in organization.problems)
    assert all("“Finances1”" not in problem.remedy for problem in organization.problems)
