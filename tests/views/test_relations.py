from __future__ import annotations

from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.views.relations import MAX_STATED, relations_list
from tests.english import ENGLISH
from tests.organizations import organization_of
from tests.views.components import Component, find, kind, linked, text_of


def groups(organization: Organization, unit: str) -> dict[str, list[Component]]:
    """Return the items under each heading of the list for a unit and all below it."""
    found: dict[str, list[Component]] = {}
    for each in relations_list(OrganizationIndex(organization), organization.number[unit], ENGLISH)[
        1:
    ]:
        if kind(each) == "H3":
            heading = text_of(each)
        elif kind(each) == "Ul":
            found[heading] = list(each.children)
    return found


class TestAllRelations:
    def test_are_read_as_sentences_with_their_source(self, harbour: Organization) -> None:
        found = groups(harbour, "harbour")

        assert list(found)[:2] == ["Coordinates with", "Advises"]
        assert text_of(found["Advises"]) == (
            "Dangerous Goods Unit advises Locks & Bridges Unit "
            "The unit tells the locks what is aboard. Handbook 6"
        )
        assert linked(found["Advises"]) == ["goods", "locks"]

    def test_of_one_sentence_stand_together(self) -> None:
        organization = organization_of(
            [("a", ""), ("b", "a"), ("c", "a")],
            relations="from_id, to_id, kind, description\na, b, advises, All\na, c, advises, All",
        )

        (item,) = groups(organization, "a")["Advises"]
        assert text_of(item) == "a advises b , c All"

    def test_are_those_of_a_unit_and_all_below_it(self, harbour: Organization) -> None:
        assert list(groups(harbour, "pilots")) == ["Coordinates with"]
        assert list(groups(harbour, "safety"))[:2] == ["Coordinates with", "Advises"]
        assert [linked(each) for each in groups(harbour, "safety")["Advises"]] == [
            ["goods", "locks"]
        ]

    def test_end_with_what_units_name_together_most_shared_first(
        self, harbour: Organization
    ) -> None:
        items = list(groups(harbour, "harbour").values())[-1]

        assert [linked(each) for each in items] == [
            ["traffic", "safety", "goods"],
            ["pilots", "locks"],
        ]
        assert text_of(items[0]).startswith("Port State Agreement")

    def test_leave_out_what_only_one_unit_inside_names(self, harbour: Organization) -> None:
        assert [linked(each) for each in list(groups(harbour, "traffic").values())[-1]] == [
            ["pilots", "locks"]
        ]

    def test_say_so_where_there_are_none(self) -> None:
        found = relations_list(OrganizationIndex(organization_of([("a", "")])), 0, ENGLISH)

        assert text_of(found).startswith("All relations The source states no relations here")

    def test_count_what_they_do_not_list(self) -> None:
        pairs = [("a", ""), *((f"b{each}", "a") for each in range(MAX_STATED + 7))]
        rows = "\n".join(f"a, {unit}, advises" for unit, _ in pairs[1:])
        organization = organization_of(pairs, relations=f"from_id, to_id, kind\n{rows}")

        found = relations_list(OrganizationIndex(organization), 0, ENGLISH)

        assert len(linked(found)) == MAX_STATED + 1
        assert text_of(found).endswith("And 7 more.")
        assert len(find(found, "Li")) == 1
