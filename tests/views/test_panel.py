from __future__ import annotations

import re
from itertools import pairwise
from urllib.parse import parse_qs

import pytest
from dash.development.base_component import Component

from components.model.organization import Organization
from components.model.relations import related_units
from components.views.panel import overview_panel, unit_panel, unknown_unit_panel
from tests.english import ENGLISH
from tests.organizations import organization_of, units_with_gaps
from tests.views.components import (
    Content,
    attribute,
    css,
    find,
    kind,
    linked,
    only,
    section,
    text_of,
    texts,
)

Panel = list[Component]
SECTIONS = ["responsibilities", "composition", "related", "references"]
BARE = organization_of([("board", ""), ("pay", "board")])
"""Two units of which nothing is known but their names."""


def panel_of(organization: Organization, unit: str) -> Panel:
    return unit_panel(organization, organization.number[unit], ENGLISH)


def crowd(count: int, **side: str) -> Organization:
    """Return a top with so many units below it."""
    return organization_of([("top", ""), *((f"n{each}", "top") for each in range(count))], **side)


def table(header: str, rows: list[str]) -> str:
    return "\n".join([header, *rows])


def unlinked(content: Content) -> list[str]:
    """Return the pieces of text that stand in no link."""
    if isinstance(content, Component):
        return [] if kind(content) == "A" else unlinked(getattr(content, "children", None))
    if isinstance(content, list):
        return [text for each in content for text in unlinked(each)]
    return list(texts(content))


MANY_REFERENCES = crowd(
    1,
    references=table("id, name", [f"r{each}, Charter {each}" for each in range(150)]),
    mentions=table("unit_id, reference_id", [f"n0, r{each}" for each in range(150)]),
)


class TestThePanel:
    def test_has_its_parts_in_order(self, harbour: Organization) -> None:
        for unit in range(len(harbour)):
            panel = unit_panel(harbour, unit, ENGLISH)
            assert [each for each in map(part, panel) if each] == [
                "Header",
                "Div",
                "summary",
                *(["source"] if harbour.units["source"][unit] else []),
                *(["details"] if harbour.units["head"][unit] else []),
                *SECTIONS,
                *(["notes"] if harbour.units["notes"][unit] else []),
                "actions",
            ]

    def test_begins_with_name_acronym_type_and_chain(self, harbour: Organization) -> None:
        header = panel_of(harbour, "goods")[0]

        assert text_of(only(header, "H2")) == "Dangerous Goods Unit DGU"
        assert attribute(only(header, "Abbr"), "title") == "Dangerous Goods Unit"
        assert text_of(only(header, css="type")) == "Unit"
        assert linked(only(header, "Nav")) == ["harbour", "safety"]
        assert text_of(only(header, "Nav")) == "Harbour Safety"

    def test_has_spaces_where_text_is_read_without_its_looks(self, harbour: Organization) -> None:
        panel = panel_of(harbour, "pilots")
        headings = ["".join(texts(each)) for each in find(section(panel, "related"), "H4")]

        assert "".join(texts(only(panel_of(harbour, "goods")[0], "H2"))) == (
            "Dangerous Goods Unit DGU"
        )
        assert any(each.endswith("Emergencies inferred") for each in headings)

    def test_says_of_the_top_that_it_is_the_top(self, harbour: Organization) -> None:
        header = panel_of(harbour, "harbour")[0]

        assert text_of(only(header, css="chain")) == "The top of this organization."
        assert linked(header) == []

    def test_has_the_summary_head_place_and_notes_of_the_table(self, harbour: Organization) -> None:
        panel = panel_of(harbour, "harbour")

        assert text_of(only(panel, css="summary")) == "Runs the harbour."
        assert text_of(only(panel, "Dl")) == "Head Ada Marsh Location Quay 1"
        assert text_of(only(panel, css="notes")) == "Note: Was the Port."

    def test_has_the_status_of_the_table(self) -> None:
        organization = organization_of("id, name, parent, status\na, A, ,\nb, B, a, Dissolved")

        assert text_of(only(panel_of(organization, "b"), "Dl")) == "Status Dissolved"
        assert find(panel_of(organization, "a"), "Dl") == []

    def test_says_that_no_record_describes_a_unit_and_how_many_name_it(self) -> None:
        several = panel_of(units_with_gaps(), "agency")
        one = panel_of(organization_of([("a", ""), ("b", "a"), ("it", "agency")]), "agency")

        assert text_of(only(several, css="summary")) == (
            "This unit has no record in the table; 2 units name it as their parent."
        )
        assert text_of(only(one, css="summary")) == (
            "This unit has no record in the table; 1 unit names it as its parent."
        )

    def test_says_of_the_top_that_gathers_roots_how_many_units_have_no_parent(self) -> None:
        roots = organization_of([("a", ""), ("b", "a"), ("c", "")])

        assert text_of(only(panel_of(roots, "organization"), css="summary")) == (
            "The table has 2 units without a parent; they are placed here."
        )
        assert text_of(only(panel_of(units_with_gaps(), "organization"), css="summary")) == (
            "The table has 1 unit without a parent; it is placed here. "
            "1 parent without a record is here too."
        )

    def test_has_something_to_say_of_a_top_that_gathers_circles(self) -> None:
        circles = organization_of([("a", "b"), ("b", "a"), ("c", "d"), ("d", "c")])

        assert text_of(only(panel_of(circles, "organization"), css="summary")) != ""

    def test_leaves_out_a_head_and_a_place_that_are_not_known(self, harbour: Organization) -> None:
        assert find(panel_of(harbour, "fire"), "Dl") == []
        assert find(panel_of(harbour, "fire"), css="notes") == []

    def test_says_in_a_sentence_what_is_not_known(self) -> None:
        panel = panel_of(BARE, "pay")

        assert text_of(only(panel, css="summary")).endswith("no summary of this unit.")
        for name in SECTIONS:
            empty = section(panel, name)
            assert len(find(empty, css="nothing")) == 1
            assert text_of(find(empty, css="nothing")).startswith("The source ")
            assert text_of(find(empty, css="nothing")).endswith(".")

    def test_has_no_such_sentence_where_something_is_known(self, harbour: Organization) -> None:
        assert find(panel_of(harbour, "traffic"), css="nothing") == []

    def test_offers_the_centre_to_what_has_units_below_it_and_a_link_to_all(
        self, harbour: Organization
    ) -> None:
        for unit, offered in (("safety", ["safety"]), ("fire", [])):
            actions = only(panel_of(harbour, unit), css="actions")
            links = [each for each in find(actions, "A") if attribute(each, "data-focus-on")]
            assert [attribute(each, "data-focus-on") for each in links] == offered
            assert len(find(actions, "Button", data_action="copy-link")) == 1

    def test_offers_a_picture_of_what_the_unit_is_linked_to(self) -> None:
        actions = only(panel_of(organization_of([("a b/c", "")]), "a b/c"), css="actions")

        (picture,) = (each for each in find(actions, "A") if attribute(each, "download") == "")
        assert attribute(picture, "href") == "export/network.png?unit=a+b%2Fc"

    def test_names_no_other_unit_but_in_a_link(self, iom: Organization) -> None:
        names = set(iom.units["name"])

        for unit in range(len(iom)):
            panel = unit_panel(iom, unit, ENGLISH)
            assert set(unlinked(panel)) & names <= {iom.units["name"][unit]}

    def test_links_to_units_that_exist_by_an_address_that_works_without_scripts(
        self, iom: Organization
    ) -> None:
        for unit in range(len(iom)):
            links = find(unit_panel(iom, unit, ENGLISH), "A")
            for link in (each for each in links if attribute(each, "download") is None):
                asked = parse_qs(attribute(link, "href").removeprefix("?"), strict_parsing=True)
                target = attribute(link, "data-unit") or attribute(link, "data-focus-on")
                assert target in iom.number
                assert list(asked.values()) == [[target]]

    @pytest.mark.parametrize("unit", ["a&b=c", "ü/部", "100% + #1", "?"])
    def test_quotes_ids_in_addresses(self, unit: str) -> None:
        (link,) = find(
            section(panel_of(organization_of([("top", ""), (unit, "top")]), "top"), "composition"),
            "A",
        )

        assert parse_qs(attribute(link, "href").removeprefix("?")) == {"unit": [unit]}
        assert attribute(link, "data-unit") == unit

    def test_keeps_the_capitals_of_a_type(self) -> None:
        organization = organization_of("id, name, type\na, Helpdesk, IT unit")

        assert text_of(only(panel_of(organization, "a"), css="type")) == "IT unit"


def part(component: Component) -> str:
    """Return what a part of the panel is called."""
    return attribute(component, "data-section") or (css(component) or [kind(component)])[0]


class TestResponsibilities:
    def test_stand_in_the_order_of_their_positions_with_themes_and_source(
        self, harbour: Organization
    ) -> None:
        responsibilities = section(panel_of(harbour, "pilots"), "responsibilities")

        assert [text_of(item) for item in find(responsibilities, "Li")] == [
            "Guides ships through the fairway Navigation",
            "Brings a pilot aboard in a storm Emergencies",
        ]
        assert [text_of(each) for each in find(responsibilities, css="source")] == [
            "Source: Handbook 3"
        ]

    def test_name_all_their_themes(self, harbour: Organization) -> None:
        responsibilities = section(panel_of(harbour, "goods"), "responsibilities")

        assert text_of(only(responsibilities, css="themes")) == "Permits · Environment"
        assert attribute(only(responsibilities, "Li"), "data-themes") == "permits;environment"

    def test_have_a_source_after_each_group_that_shares_it(self) -> None:
        organization = organization_of(
            [("a", "")],
            responsibilities=table(
                "unit_id, position, responsibility, source",
                [
                    "a, 1, Plans, Page 1",
                    "a, 2, Builds, Page 1",
                    "a, 3, Mends, Page 2",
                    "a, 4, Ends,",
                ],
            ),
        )

        assert text_of(section(panel_of(organization, "a"), "responsibilities")) == (
            "Responsibilities Plans Builds Source: Page 1 Mends Source: Page 2 Ends"
        )


class TestComposition:
    def test_lists_the_units_right_below_with_how_many_they_have(
        self, harbour: Organization
    ) -> None:
        composition = section(panel_of(harbour, "harbour"), "composition")

        assert linked(composition) == ["traffic", "safety"]
        assert [text_of(item) for item in find(composition, "Li")] == [
            "Traffic Department Department, 2 units below",
            "Safety Department Department, 2 units below",
        ]

    def test_says_which_unit_is_not_in_the_table(self) -> None:
        told = text_of(section(panel_of(units_with_gaps(), "organization"), "composition"))

        assert told.endswith("Board Office, 1 unit below agency Not in the table, 2 units below")

    def test_lists_a_hundred(self) -> None:
        assert len(linked(section(panel_of(crowd(100), "top"), "composition"))) == 100

    def test_counts_the_units_that_it_does_not_list(self) -> None:
        composition = section(panel_of(crowd(1_314), "top"), "composition")

        assert len(linked(composition)) == 100
        assert text_of(find(composition, "P")) == "And 1,214 more units."


class TestRelatedUnits:
    def test_are_grouped_by_reason_from_strong_to_weak(self, harbour: Organization) -> None:
        related = section(panel_of(harbour, "pilots"), "related")

        assert [text_of(each) for each in find(related, "H4")] == [
            "↔ Coordinates with",
            "↔ Shared publication: Tide Tables",
            "↔ Shared theme: Emergencies inferred",
        ]
        assert [linked(each) for each in find(related, css="reason")] == [
            ["fire"],
            ["locks"],
            ["fire", "safety"],
        ]

    @pytest.mark.parametrize(
        ("unit", "heading", "other"),
        [
            ("goods", "→ Advises", "locks"),
            ("locks", "← Advised by", "goods"),
            ("fire", "↔ Coordinates with", "pilots"),
        ],
    )
    def test_have_a_direction(
        self, harbour: Organization, unit: str, heading: str, other: str
    ) -> None:
        related = section(panel_of(harbour, unit), "related")
        groups = {text_of(only(each, "H4")): linked(each) for each in find(related, css="reason")}

        assert groups[heading] == [other]

    def test_have_a_sentence_and_a_source_each(self, harbour: Organization) -> None:
        for unit in range(len(harbour)):
            for item in find(section(unit_panel(harbour, unit, ENGLISH), "related"), "Li"):
                assert text_of(only(item, css="why")) != ""
                assert text_of(only(item, css="source")).startswith("Source: Handbook ")

    def test_have_a_sentence_and_a_source_each_in_the_shipped_dataset(
        self, iom: Organization
    ) -> None:
        for unit in range(len(iom)):
            for item in find(section(unit_panel(iom, unit, ENGLISH), "related"), "Li"):
                assert text_of(only(item, css="why")) != ""
                assert text_of(only(item, css="source")).removeprefix("Source:").strip() != ""

    def test_are_told_with_the_words_of_the_source(self, harbour: Organization) -> None:
        item = find(section(panel_of(harbour, "locks"), "related"), "Li")[0]

        assert text_of(item) == (
            "Dangerous Goods Unit The unit tells the locks what is aboard. Source: Handbook 6"
        )

    def test_are_marked_where_they_are_inferred_and_nowhere_else(self, iom: Organization) -> None:
        marked = 0
        for unit in range(len(iom)):
            for group in find(section(unit_panel(iom, unit, ENGLISH), "related"), css="reason"):
                inferred = find(group, css="inferred")
                assert len(inferred) == ("theme" in css(group))
                assert [text_of(each) for each in inferred] in ([], ["inferred"])
                marked += len(inferred)
        assert marked > 10

    def test_are_all_there_that_are_known(self, harbour: Organization) -> None:
        for unit in range(len(harbour)):
            shown = linked(section(unit_panel(harbour, unit, ENGLISH), "related"))
            known = {harbour.units["id"][each.unit] for each in related_units(harbour, unit)}
            assert set(shown) == known

    def test_that_are_inferred_are_three_at_once_some_behind_a_click_and_the_rest_counted(
        self,
    ) -> None:
        units = [f"n{each}" for each in range(20)]
        organization = crowd(
            20,
            themes="id, name\nsea, Sea",
            responsibilities=table(
                "unit_id, responsibility, themes", [f"{unit}, Sails, sea" for unit in units]
            ),
        )

        (group,) = find(section(panel_of(organization, "n0"), "related"), css="reason")

        (more,) = find(group, "Details")
        assert text_of(only(more, "Summary")) == "9 more"
        assert linked(more) == units[4:13]
        assert linked(group) == units[1:13]
        assert text_of(find(group, "P")) == "And 7 more units."

    @pytest.mark.parametrize(("others", "said"), [(3, []), (4, ["1 more"]), (12, ["9 more"])])
    def test_that_fit_have_nothing_more_to_say(self, others: int, said: list[str]) -> None:
        organization = crowd(
            others + 1,
            themes="id, name\nsea, Sea",
            responsibilities=table(
                "unit_id, responsibility, themes",
                [f"n{each}, Sails, sea" for each in range(others + 1)],
            ),
        )

        (group,) = find(section(panel_of(organization, "n0"), "related"), css="reason")

        assert [text_of(each) for each in find(group, "Summary")] == said
        assert len(linked(group)) == others
        assert find(group, "P") == []

    def test_that_are_stated_are_a_hundred_at_once_and_the_rest_counted(self) -> None:
        organization = crowd(
            151,
            relations=table(
                "from_id, to_id, kind", [f"n0, n{each}, supports" for each in range(1, 151)]
            ),
        )

        (group,) = find(section(panel_of(organization, "n0"), "related"), css="reason")

        assert len(linked(group)) == 100
        assert text_of(find(group, "P")) == "And 50 more units."

    def test_that_are_not_listed_may_be_one(self) -> None:
        organization = crowd(
            102,
            relations=table(
                "from_id, to_id, kind", [f"n0, n{each}, supports" for each in range(1, 102)]
            ),
        )

        (group,) = find(section(panel_of(organization, "n0"), "related"), css="reason")

        assert text_of(find(group, "P")) == "And 1 more unit."

    def test_may_be_further_parents(self) -> None:
        organization = organization_of(
            [("top", ""), ("a", "top"), ("b", "top"), ("c", "a")],
            relations="from_id, to_id, kind\nc, b, also_part_of",
        )

        assert "Also part of b" in text_of(section(panel_of(organization, "c"), "related"))
        assert "Also has c" in text_of(section(panel_of(organization, "b"), "related"))

    def test_keep_the_capitals_of_a_kind(self) -> None:
        organization = crowd(2, relations="from_id, to_id, kind\nn0, n1, reports_to_the_UN")

        (heading,) = find(section(panel_of(organization, "n0"), "related"), "H4")

        assert text_of(heading) == "→ Reports to the UN"

    def test_of_a_kind_without_words_of_its_own_are_told_from_both_ends(self) -> None:
        organization = crowd(2, relations="from_id, to_id, kind\nn0, n1, signs_off_for")

        headings = [
            text_of(find(section(panel_of(organization, unit), "related"), "H4"))
            for unit in ("n0", "n1")
        ]

        assert headings == ["→ Signs off for", "← Signs off for (incoming)"]

    def test_have_a_reason_even_where_the_table_names_no_kind(self) -> None:
        organization = crowd(2, relations="from_id, to_id, kind\nn0, n1,")

        (heading,) = find(section(panel_of(organization, "n0"), "related"), "H4")

        assert text_of(heading).strip("→ ") != ""

    def test_are_listed_once_for_a_reference_that_they_name_twice(self) -> None:
        organization = crowd(
            2,
            references="id, name\nr, Charter",
            mentions="unit_id, reference_id, role\nn0, r, Reads\nn1, r, Signs\nn1, r, Keeps",
        )

        assert linked(section(panel_of(organization, "n0"), "related")) == ["n1"]


class TestReferences:
    def test_stand_behind_a_click_with_role_source_and_who_else_names_them(
        self, harbour: Organization
    ) -> None:
        (reference,) = find(section(panel_of(harbour, "safety"), "references"), "Details")

        assert text_of(only(reference, "Summary")) == "Port State Agreement (PSA) framework"
        assert [text_of(each) for each in find(reference, "P")] == [
            "Represents the harbour",
            "Who may inspect a ship.",
            "Other units that work with it",
        ]
        assert text_of(only(reference, css="source")) == "Source: Handbook 4"
        assert linked(reference) == ["traffic", "goods"]
        assert text_of(find(reference, "Li")) == (
            "Traffic Department Reports ships under it Dangerous Goods Unit Inspects ships under it"
        )

    def test_that_nobody_else_names_say_so_by_silence(self) -> None:
        organization = crowd(
            1, references="id, name\nr, Charter", mentions="unit_id, reference_id\nn0, r"
        )

        (reference,) = find(section(panel_of(organization, "n0"), "references"), "Details")

        assert linked(reference) == []
        assert "Other units that work with it" not in text_of(reference)

    def test_count_the_units_that_they_do_not_list(self) -> None:
        organization = crowd(
            150,
            references="id, name\nr, Charter",
            mentions=table("unit_id, reference_id", [f"n{each}, r" for each in range(150)]),
        )

        (reference,) = find(section(panel_of(organization, "n0"), "references"), "Details")

        assert len(linked(reference)) == 100
        assert re.search(r"\b49\b", text_of(reference))

    def test_are_counted_where_they_are_not_listed(self) -> None:
        references = section(panel_of(MANY_REFERENCES, "n0"), "references")

        assert len(find(references, "Details")) == 100
        assert re.search(r"\b50\b", text_of(references.children[101:]))


class TestTheOverview:
    def test_says_what_this_is_and_what_can_be_done(self, harbour: Organization) -> None:
        panel = overview_panel(harbour, ENGLISH)

        assert text_of(only(panel, "H2")) == "Harbour"
        assert text_of(only(panel, css="summary")) == "Who does what in the harbour."
        assert len(find(only(panel, css="how-to"), "Li")) == 3

    def test_lists_what_units_work_with_most_named_first(self, harbour: Organization) -> None:
        shared = section(overview_panel(harbour, ENGLISH), "references")

        assert [text_of(each) for each in find(shared, "Summary")] == [
            "Port State Agreement (PSA) framework, 3 units",
            "Tide Tables publication, 2 units",
        ]
        assert [linked(each) for each in find(shared, "Details")] == [
            ["traffic", "safety", "goods"],
            ["pilots", "locks"],
        ]

    def test_sorts_what_is_shared_by_how_many_share_it(self, iom: Organization) -> None:
        shared = section(overview_panel(iom, ENGLISH), "references")
        counts = [len(linked(each)) for each in find(shared, "Details")]

        assert len(counts) == len(iom.references)
        assert all(one >= other for one, other in pairwise(counts))
        assert [text_of(each).split()[-2] for each in find(shared, "Summary")] == [
            str(count) for count in counts
        ]

    def test_counts_a_unit_once_that_names_a_reference_twice(self) -> None:
        organization = crowd(
            2,
            references="id, name\nr, Charter",
            mentions="unit_id, reference_id, role\nn1, r, Signs\nn1, r, Keeps",
        )

        assert text_of(find(overview_panel(organization, ENGLISH), "Summary")) == "Charter 1 unit"

    def test_counts_what_is_shared_but_not_listed(self) -> None:
        shared = section(overview_panel(MANY_REFERENCES, ENGLISH), "references")

        assert len(find(shared, "Details")) == 100
        assert re.search(r"\b50\b", text_of(shared.children[101:]))

    def test_is_short_where_nothing_is_shared(self) -> None:
        panel = overview_panel(BARE, ENGLISH)

        assert find(panel, **{"data-section": "references"}) == []
        assert find(panel, css="summary") == []


class TestOfAnUnknownUnit:
    def test_offers_the_nearest_names(self, harbour: Organization) -> None:
        panel = unknown_unit_panel(harbour, [5, 2], ENGLISH)

        assert text_of(only(panel, "H2")) == "No such unit"
        assert text_of(find(panel, "P")).endswith("Closest names:")
        assert linked(panel) == ["fire", "pilots"]

    def test_says_so_if_no_name_is_near(self, harbour: Organization) -> None:
        panel = unknown_unit_panel(harbour, [], ENGLISH)

        assert text_of(find(panel, "P")).endswith("No similar names.")
        assert linked(panel) == []
