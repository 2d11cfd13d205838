from __future__ import annotations

import pytest

from components.model.groups import Group, Members, Values
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.model.siblings import Siblings
from components.words import words_in
from components.words.group_names import focus_name, group_name, group_note
from tests.english import ENGLISH
from tests.organizations import crowd, organization_named, organization_of

STAFF = """
    id, name, parent, type,    Grade, Vacant
    1,  Ada,  ,       post,    1,     FALSE
    2,  Ben,  1,      post,    2,     TRUE
    3,  Cy,   1,      agency,  2,     FALSE
    4,  Dora, 1,      post,    ,      TRUE
    5,  Emil, 4,      post,    2,     FALSE
    """


def name(siblings: Siblings, group: Group, language: str = "en") -> str:
    words = words_in(language)
    return focus_name(siblings, group, siblings.organization.leaves, words)


def run_name(*names: str, run: tuple[int, int] | None = None) -> str:
    """Return the name of a part of the alphabet of units with these names, by default of all."""
    return name(siblings_named(*names), Group(0, run=run or (1, len(names))))


def siblings_named(*names: str) -> Siblings:
    """Return units with these names, below one."""
    pairs = [("top", ""), *((f"n{number}", "top") for number in range(len(names)))]
    return OrganizationIndex(organization_named(pairs, ["Top", *names])).siblings


@pytest.mark.parametrize(
    ("group", "english", "french", "spanish"),
    [
        (Group(0, run=(1, 4)), "A to D (4)", "A à D (4)", "A a D (4)"),
        (Group(0, 5), "12 smaller", "12 plus petites", "12 más pequeñas"),
    ],
)
def test_a_group_has_a_name_in_each_language(
    group: Group, english: str, french: str, spanish: str
) -> None:
    siblings = OrganizationIndex(crowd()).siblings

    names = [name(siblings, group, language) for language in ("en", "fr", "es")]

    assert names == [english, french, spanish]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (Values("type", ("post",)), "post (2)"),
        (Values("type", ("post",), are_others=True), "Others (1)"),
        (Values("grade", ("",)), "Without Grade (1)"),
        (Values("grade", ("2",)), "Grade: 2 (2)"),
        (Values("vacant", ("TRUE",)), "Vacant: TRUE (2)"),
    ],
)
def test_a_group_is_called_like_its_value_with_the_heading_if_that_says_nothing_alone(
    values: Values, expected: str
) -> None:
    siblings = OrganizationIndex(organization_of(STAFF)).siblings

    assert name(siblings, Group(0, values=(values,))) == expected


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Archive", "Bridges", "Docks"], "A to D (3)"),
        (["Maps", "Marine", "Mines"], "Ma to Mi (3)"),
        (["archive", "Éclair"], "A to É (2)"),
        (["Department of Health", "Department of Trade"], "H to T (2)"),
        (["Department for Transport", "Department of Trade"], "F to O (2)"),
        (["Team", "Team", "Team"], "1 to 3 (3)"),
        (["Team", "TEAM"], "1 to 2 (2)"),
        (["Meteorological one", "Meteorologically"], "1 to 2 (2)"),
        (["部门一", "部门二"], "部门一 to 部门二 (2)"),
        (["Team", "Team North"], "1 to 2 (2)"),
    ],
)
def test_a_part_of_the_alphabet_is_called_by_the_letters_that_tell_its_ends_apart(
    names: list[str], expected: str
) -> None:
    assert run_name(*names) == expected


@pytest.mark.parametrize(
    ("names", "cuts", "expected"),
    [
        (["Archive", "Bridges", "Canals", "Docks"], [2], ["A to B (2)", "C to D (2)"]),
        (["Bridges", "Canals", "Coast", "Docks"], [2], ["B to Ca (2)", "Co to D (2)"]),
        (
            ["Archive", "Office for Air", "Office for Rail", "Ports"],
            [2],
            ["A to Office for A (2)", "Office for R to P (2)"],
        ),
        (
            ["Ash", "Office for Air", "Office for Rail", "Office for Sea", "Office for Tax", "Sea"],
            [2, 4],
            ["A to Office for A (2)", "Office for R to S (2)", "Office for T to S (2)"],
        ),
    ],
)
def test_names_of_groups_do_not_overlap(
    names: list[str], cuts: list[int], expected: list[str]
) -> None:
    runs = zip([1, *(cut + 1 for cut in cuts)], [*cuts, len(names)], strict=True)
    assert [run_name(*names, run=run) for run in runs] == expected


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("Archive", "Office of the Rector", "Office of the Treasurer"), "A to Off R (2)"),
        (("Archive", "NHS Estates", "NHS Trusts"), "A to NHS E (2)"),
        (("Archive", "Board of Trade", "Council of Trade", "Council of Unions"), "A to Cou T (3)"),
    ],
)
def test_a_shorter_name_has_the_beginnings_of_words(names: tuple[str, ...], expected: str) -> None:
    siblings, group = siblings_named(*names), Group(0, run=(1, len(names) - 1))
    members = Members(group, siblings.members(group, siblings.organization.leaves))

    assert group_name(siblings, members, ENGLISH).forms[-1] == expected


def test_only_names_with_the_values_of_a_group_are_beside_it() -> None:
    table = """
        id, name,     parent, type
        1,  Top,      ,       unit
        2,  Bridges,  1,      office
        3,  Canals,   1,      office
        4,  Cargo,    1,      unit
        5,  Docks,    1,      office
        """
    siblings = OrganizationIndex(organization_of(table)).siblings
    offices = (Values("type", ("office",)),)

    assert name(siblings, Group(0, values=offices, run=(1, 2))) == "B to C (2)"
    assert name(siblings, Group(0, run=(1, 2))) == "B to Can (2)"


def test_a_unit_is_called_by_its_short_name(harbour: Organization) -> None:
    siblings = OrganizationIndex(harbour).siblings

    assert focus_name(siblings, 1, harbour.leaves, ENGLISH) == "Traffic"


def test_a_note_says_whose_parts_a_group_holds_and_how_many_are_below() -> None:
    organization = crowd()
    siblings = OrganizationIndex(organization).siblings

    def note(group: Group) -> str:
        members = Members(group, siblings.members(group, organization.leaves))
        return group_note(siblings, members, ENGLISH)

    assert note(Group(0, 5)) == "below Port"
    assert note(Group(0, run=(12, 14))) == "below Port, 10 units below"
