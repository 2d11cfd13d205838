from __future__ import annotations

from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.views.relations import MAX_STATED, relations_list
from tests.english import ENGLISH
from tests.organizations import organization_of
from tests.views.components import Component, find, kind, linked, text_of


def groups(organization: Organization, unit: str) -> dict[str, list[Component]]:
    """Return the items below each heading in the list of a unit and its descendants."""
    items: dict[str, list[Component]] = {}
    for component in relations_list(
        OrganizationIndex(organization), organization.number[unit], ENGLISH
    )[1:]:
        if kind(component) == "H3":
            heading = text_of(component)
        elif kind(component) == "Ul":
            items[heading] = list(component.children)
    return items


class TestAllRelations:
    def test_are_sentences_with_their_source(self, harbour: Organization) -> None:
        items = groups(harbour, "harbour")

        assert list(items)[:2] == ["Coordinates with", "Advises"]
        assert text_of(items["Advises"]) == (
            "Dangerous Goods Unit advises Locks & Bridges Unit "
            "The unit tells the locks what is aboard. Handbook 6"
        )
        assert linked(items["Advises"]) == ["goods", "locks"]

    def test_with_the_same_text_are_one_item(self) -> None:
        organization = organization_of(
            [("a", ""), ("b", "a"), ("c", "a")],
            relations="from_id, to_id, kind, description\na, b, advises, All\na, c, advises, All",
        )

        (item,) = groups(organization, "a")["Advises"]
        assert text_of(item) == "a advises b , c All"

    def test_are_those_of_a_unit_and_its_descendants(self, harbour: Organization) -> None:
        assert list(groups(harbour, "pilots")) == ["Coordinates with"]
        assert list(groups(harbour, "safety"))[:2] == ["Coordinates with", "Advises"]
        assert [linked(item) for item in groups(harbour, "safety")["Advises"]] == [
            ["goods", "locks"]
        ]

    def test_end_with_shared_references_by_number_of_units(self, harbour: Organization) -> None:
        items = list(groups(harbour, "harbour").values())[-1]

        assert [linked(item) for item in items] == [
            ["traffic", "safety", "goods"],
            ["pilots", "locks"],
        ]
        assert text_of(items[0]).startswith("Port State Agreement")

    def test_omit_references_of_a_single_unit(self, harbour: Organization) -> None:
        assert [linked(item) for item in list(groups(harbour, "traffic").values())[-1]] == [
            ["pilots", "locks"]
        ]

    def test_are_nothing_if_there_are_none(self) -> None:
        assert relations_list(OrganizationIndex(organization_of([("a", "")])), 0, ENGLISH) == []

    def test_count_the_relations_that_they_do_not_list(self) -> None:
        pairs = [("a", ""), *((f"b{number}", "a") for number in range(MAX_STATED + 7))]
        rows = "\n".join(f"a, {unit}, advises" for unit, _ in pairs[1:])
        organization = organization_of(pairs, relations=f"from_id, to_id, kind\n{rows}")

        content = relations_list(OrganizationIndex(organization), 0, ENGLISH)

        assert len(linked(content)) == MAX_STATED + 1
        assert text_of(content).endswith("And 7 more.")
        assert len(find(content, "Li")) == 1
