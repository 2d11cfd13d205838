from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.model.finder import Finder, nearest_units
from components.model.organization import Organization
from tests.organizations import organization_of, seven_units


def nearest(organization: Organization, words: str, most: int = 3) -> list[str]:
    found = nearest_units(organization, words, most=most, least=0)
    return [organization.units["id"][unit] for unit in found]


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("fire", "fire"),
        ("Fire Servise", "fire"),
        ("brule brigad", "fire"),
        ("piltage unit", "pilots"),
        ("LOCK", "locks"),
        ("slucies", "locks"),
        ("dangerous-goods-unit", "goods"),
        ("vessel wach", "traffic"),
        ("Safety Dept", "safety"),
    ],
)
def test_the_unit_that_was_meant_comes_first(harbour: Organization, words: str, unit: str) -> None:
    assert nearest(harbour, words)[0] == unit


def test_as_many_units_are_named_as_were_asked_for(harbour: Organization) -> None:
    for most in (1, 2, 5):
        assert len(nearest(harbour, "unit", most=most)) == most


def test_each_unit_is_named_once_however_many_of_its_names_are_like_the_words(
    harbour: Organization,
) -> None:
    found = nearest(harbour, "traffic", most=2)

    assert found[0] == "traffic"
    assert len(set(found)) == 2


def test_what_follows_two_hundred_characters_does_not_count(harbour: Organization) -> None:
    words = "fire service".ljust(200, ".")

    assert nearest(harbour, words + "pilotage unit " * 10_000) == nearest(harbour, words)
    assert nearest(harbour, words)[0] == "fire"


def test_the_shipped_units_are_found_by_words_that_are_a_little_wrong(iom: Organization) -> None:
    assert nearest(iom, "migration-healt-division")[0] == "migration-health-division"
    assert nearest(iom, "Displacment Tracking Matrix")[0] == "displacement-tracking-matrix"
    assert nearest(iom, "gmdac")[0] == "global-migration-data-analysis-centre"


@pytest.fixture(scope="module")
def finder(harbour: Organization) -> Finder:
    return Finder(harbour)


def found(organization: Organization, question: str, most: int = 8) -> list[str]:
    hits = Finder(organization).find(question, most=most)
    return [organization.units["id"][hit.unit] for hit in hits]


class TestWhoDoesWhat:
    @pytest.mark.parametrize(
        ("question", "unit"),
        [
            ("welding", "fire"),
            ("WELDING permits", "fire"),
            ("quays ships", "fire"),
            ("fairw", "pilots"),
            ("emergency plan", "safety"),
            ("conferences?", "traffic"),
            ("brule", "fire"),
            ("Brûlé", "fire"),
            ("sluices", "locks"),
            ("vts", "traffic"),
            ("Ada Marsh", "harbour"),
            ("quay 2", "pilots"),
        ],
    )
    def test_is_found_by_words_of_what_is_told_of_a_unit(
        self, harbour: Organization, question: str, unit: str
    ) -> None:
        assert found(harbour, question) == [unit]

    def test_is_found_by_a_theme_and_by_a_reference(self, harbour: Organization) -> None:
        assert set(found(harbour, "navigation")) == {"traffic", "pilots"}
        assert set(found(harbour, "tide tables")) == {"pilots", "locks"}
        assert set(found(harbour, "PSA")) == {"traffic", "safety", "goods"}

    def test_names_count_more_than_responsibilities_and_those_more_than_themes(self) -> None:
        organization = organization_of(
            """
            id,     name,        parent
            top,    Top,
            third,  Third Unit,  top
            second, Second Unit, top
            first,  Visa Unit,   top
            """,
            themes="id, name\nvisa, Visa",
            responsibilities="""
            unit_id, responsibility,  themes
            third,   Stamps,          visa
            second,  Issues the visa,
            first,   Reads,
            """,
        )

        assert found(organization, "visa") == ["first", "second", "third"]

    def test_is_who_has_all_of_the_words_or_else_some(self, harbour: Organization) -> None:
        assert found(harbour, "permits welding") == ["fire"]
        assert found(harbour, "zeppelin welding") == ["fire"]

    def test_words_in_the_middle_of_others_do_not_count(self, harbour: Organization) -> None:
        assert "fire" not in found(harbour, "elding")

    def test_comes_with_the_words_that_matched(self, harbour: Organization, finder: Finder) -> None:
        (hit,) = finder.find("welding")

        assert harbour.units["id"][hit.unit] == "fire"
        assert "Grants permits for welding" in hit.words

    def test_comes_without_words_if_only_the_name_matched(self, finder: Finder) -> None:
        (hit,) = finder.find("sluices")

        assert hit.words == ""

    def test_is_found_by_a_name_that_is_a_little_wrong(self, harbour: Organization) -> None:
        assert found(harbour, "Piltage")[0] == "pilots"

    @pytest.mark.parametrize("question", ["", "   ", "?!", "xyzzy"])
    def test_is_nobody_if_nothing_is_like_the_words(self, finder: Finder, question: str) -> None:
        assert finder.find(question) == ()

    def test_is_at_most_so_many(self, harbour: Organization) -> None:
        assert len(found(harbour, "ships", most=2)) == 2

    def test_is_answered_the_same_to_many_who_ask_at_once(self, finder: Finder) -> None:
        questions = ["welding", "ships", "Piltage", "permits", "xyzzy"] * 40
        with ThreadPoolExecutor(8) as threads:
            answers = list(threads.map(finder.find, questions))

        assert answers == [finder.find(question) for question in questions]

    @pytest.mark.parametrize(
        ("question", "unit"),
        [
            ("visa application centres", "immigration-and-border-governance-division"),
            ("air carriers", "resettlement-and-movement-management-division"),
            ("land disputes", "transition-and-recovery-division"),
            ("world migration report", "migration-research-and-publications-unit"),
            ("berlin", "global-migration-data-analysis-centre"),
            ("DTM", "displacement-tracking-matrix"),
        ],
    )
    def test_is_found_in_the_shipped_organization(
        self, iom: Organization, question: str, unit: str
    ) -> None:
        assert found(iom, question)[0] == unit


ASKED = Finder(seven_units())


@given(st.text(max_size=60) | st.text(alphabet="fire ships'\"*()^:-+{}\0ANDORNOT", max_size=40))
def test_whatever_is_asked_is_answered_with_each_unit_at_most_once(question: str) -> None:
    hits = ASKED.find(question, most=5)

    units = [hit.unit for hit in hits]
    assert len(units) <= 5
    assert len(set(units)) == len(units)
    assert set(units) <= set(range(7))
