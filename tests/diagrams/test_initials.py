from __future__ import annotations

import pytest

from components.diagrams.initials import initials, initials_of
from tests.organizations import organization_of, units_with_gaps


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ada Roe", "AR"),
        ("ada b. roe", "AR"),
        ("Roe, Ada", "AR"),
        ("Roe, Ada B.", "AR"),
        ("Hanneke van Duursveld", "HD"),
        ("van Duursveld, Hanneke", "HD"),
        ("Tomás Quiroga Leal", "TL"),
        ("Quiroga Leal, Tomás", "TL"),
        ("Ada", "A"),
        ("Jean-Pierre Roux", "JR"),
        ("Dr. Erika Watt", "EW"),
        ("Watt, Dr. Erika", "EW"),
        ("Ada Roe, PhD", "AR"),
        ("Ada Roe, Jr.", "AR"),
        ("Ada Roe (acting)", "AR"),
        ("Roe (Pilots), Ada", "AR"),
        ("Élodie Ôhm", "ÉÔ"),
        ("E\u0301lodie Roe", "ÉR"),
        ("’t Hooft, Ada", "AH"),
        ("Øyvind Ås", "ØÅ"),
        ("Ольга Иванова", "ОИ"),
        ("Ιωάννης Παπάς", "ΙΠ"),
        ("山田 太郎", "山太"),
        ("山田太郎", "山"),
        ("김철수", "김"),
        ("ジョン・スミス", "ジス"),
        ("محمد علي", "م\u200cع"),
        ("יעל כהן", "יכ"),
        ("किरण शर्मा", "किश"),
        ("ლევან წიკლაური", "ლწ"),
        ("Dr.", ""),
        ("17", ""),
        ("", ""),
    ],
)
def test_initials_are_of_the_first_and_the_last_name(name: str, expected: str) -> None:
    assert initials(name) == expected


def test_a_post_has_those_of_its_first_holder_and_a_vacant_one_none() -> None:
    posts = organization_of("""
        Post ID, Title, Name, Reports to
        1, Director, "Roe, Ada",
        2, Pilot, vacant, 1
        3, Coxswain, Bo Lind; Cy Moss, 1
        4, Clerk, , 1
        """)

    assert [initials_of(posts, unit) for unit in range(4)] == ["AR", "", "BL", None]


def test_a_person_has_those_of_the_name() -> None:
    people = organization_of("""
        Name, Title, Manager
        Ada Roe, Director,
        Vacant, Pilot, Ada Roe
        Bo Lind, Clerk, Ada Roe
        """)

    assert [initials_of(people, unit) for unit in range(3)] == ["AR", "", "BL"]


def test_a_unit_has_none() -> None:
    units = units_with_gaps()

    assert {initials_of(units, unit) for unit in range(len(units))} == {None}


def test_a_manager_without_a_record_has_none() -> None:
    people = organization_of("""
        Employee ID, Name, Title, Manager ID
        1, Ada Roe, Director, 9
        2, Bo Lind, Clerk, 9
        """)

    assert [initials_of(people, unit) for unit in sorted(people.synthetic)] == [None]
