from __future__ import annotations

from typing import Any

import pytest
from dash.development.base_component import Component

from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.views.connection import MAX_STEPS, connect_button, connection_section
from components.words import languages, words_in
from tests.english import ENGLISH
from tests.organizations import organization_of
from tests.views.components import attribute, find, linked, only, text_of


def section(organization: Organization, start: str, end: str, words: Any = ENGLISH) -> Component:
    number = organization.number
    steps = OrganizationIndex(organization).chain(number[start], number[end])
    return connection_section(organization, steps, words)


def sentences(content: Component) -> list[str]:
    return [text_of(component).replace(" .", ".") for component in find(content, css="sentence")]


class TestTheSection:
    def test_names_the_units_and_the_number_of_steps(self, harbour: Organization) -> None:
        content = section(harbour, "traffic", "fire")

        assert text_of(only(content, "H3")) == (
            "How Traffic Department and Fire Service are connected"
        )
        assert "2 steps" in text_of(content)
        assert attribute(content, "data-section") == "connection"

    def test_has_a_sentence_for_each_step(self, harbour: Organization) -> None:
        content = section(harbour, "traffic", "fire")

        assert sentences(only(content, "Ol")) == [
            "Traffic Department includes Pilotage Unit.",
            "Pilotage Unit coordinates with Fire Service.",
        ]
        assert len(find(content, "Li")) == 2
        assert linked(content) == ["traffic", "pilots", "pilots", "fire", "fire"]

    def test_begins_a_sentence_with_the_origin_of_the_relation(self, harbour: Organization) -> None:
        for ends in (("goods", "locks"), ("locks", "goods")):
            content = section(harbour, *ends)
            assert sentences(content) == ["Dangerous Goods Unit advises Locks & Bridges Unit."]
            assert "The unit tells the locks what is aboard." in text_of(content)
            assert "Source: Handbook 6" in text_of(content)

    def test_has_the_role_of_both_units_in_a_shared_reference(self, harbour: Organization) -> None:
        content = section(harbour, "traffic", "goods")

        assert sentences(content) == [
            "Traffic Department and Dangerous Goods Unit both work with Port State Agreement."
        ]
        assert [text_of(fact) for fact in find(content, css="fact")] == [
            "Traffic Reports ships under it Source: Handbook 2",
            "Goods Inspects ships under it Source: Handbook 6",
        ]

    def test_has_an_unknown_kind_as_the_table_writes_it(self) -> None:
        organization = organization_of(
            [("top", ""), ("a", "top"), ("b", "top"), ("c", "top")],
            relations="from_id,to_id,kind\na,b,reports_to\nb,c,",
        )

        assert sentences(section(organization, "a", "b")) == ["a – reports to – b."]
        assert sentences(section(organization, "b", "c")) == ["b is related to c."]

    def test_counts_the_steps_that_it_does_not_list(self) -> None:
        chain = [f"n{number}" for number in range(MAX_STEPS + 4)]
        organization = organization_of(list(zip(chain, ["", *chain], strict=False)))

        content = section(organization, chain[0], chain[-1])

        assert len(find(content, "Li")) == MAX_STEPS
        assert "And 3 more steps." in text_of(content)

    @pytest.mark.parametrize("language", languages())
    def test_names_both_units_of_each_step_in_every_language(
        self, iom: Organization, language: str
    ) -> None:
        ends = ("peacebuilding-and-transitional-justice-unit", "mobility-tracking")
        content = section(iom, *ends, words_in(language))

        for item in find(content, "Li"):
            assert len(linked(only(item, css="sentence"))) == 2


def test_the_button_has_its_action_and_text() -> None:
    button = connect_button(ENGLISH)

    assert attribute(button, "data-action") == "connect"
    assert text_of(button) == "How is this connected to …?"
