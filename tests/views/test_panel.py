from __future__ import annotations

import re
from itertools import pairwise
from urllib.parse import parse_qs

import pytest
from dash.development.base_component import Component

from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.model.relations import related_units
from components.views.panel import overview_panel, unit_panel, unknown_unit_panel
from tests.english import ENGLISH
from tests.organizations import organization_of, posts, units_with_gaps
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
NAMES_ONLY = organization_of([("board", ""), ("pay", "board")])
"""Two units with no data but their names."""


def panel_of(organization: Organization, unit: str) -> Panel:
    return unit_panel(OrganizationIndex(organization), organization.number[unit], ENGLISH)


def star(count: int, **side: str) -> Organization:
    """Return an organization of a root with ``count`` children."""
    return organization_of(
        [("top", ""), *((f"n{number}", "top") for number in range(count))], **side
    )


def table(header: str, rows: list[str]) -> str:
    return "\n".join([header, *rows])


def unlinked(content: Content) -> list[str]:
    """Return the pieces of text outside links."""
    if isinstance(content, Component):
        return [] if kind(content) == "A" else unlinked(getattr(content, "children", None))
    if isinstance(content, list):
        return [text for component in content for text in unlinked(component)]
    return list(texts(content))


MANY_REFERENCES = star(
    1,
    references=table("id, name", [f"r{number}, Charter {number}" for number in range(150)]),
    mentions=table("unit_id, reference_id", [f"n0, r{number}" for number in range(150)]),
)


class TestThePanel:
    def test_has_its_parts_in_a_fixed_order(self, harbour: Organization) -> None:
        for unit in range(len(harbour)):
            panel = unit_panel(OrganizationIndex(harbour), unit, ENGLISH)
            assert [name for name in map(part_name, panel) if name] == [
                "Header",
                "Div",
                "summary",
                *(["source"] if harbour.units["source"][unit] else []),
                *(
                    ["details"]
                    if harbour.units["head"][unit] or harbour.units["aliases"][unit]
                    else []
                ),
                *SECTIONS,
                *(["notes"] if harbour.units["notes"][unit] else []),
                "actions",
            ]

    def test_begins_with_name_acronym_type_and_ancestors(self, harbour: Organization) -> None:
        header = panel_of(harbour, "goods")[0]

        assert text_of(only(header, "H2")) == "Dangerous Goods Unit DGU"
        assert attribute(only(header, "Abbr"), "title") == "Dangerous Goods Unit"
        assert text_of(only(header, css="type")) == "Unit"
        assert linked(only(header, "Nav")) == ["harbour", "safety"]
        assert text_of(only(header, "Nav")) == "Harbour Safety"

    def test_says_what_the_table_calls_the_type(self) -> None:
        organization = organization_of("""
            Post ID, Title, Name, Grade, Reports to
            p1, Director, Ada Roe, g9,
            p2, Pilot, Bo Roe, , p1
            """)

        assert [text_of(find(panel_of(organization, unit), "P")[0]) for unit in ("p1", "p2")] == [
            "Grade: G9",
            "",
        ]

    def test_has_the_initials_of_the_holder_and_says_once_that_a_post_is_vacant(self) -> None:
        held, vacant = panel_of(posts(), "p1"), panel_of(posts(), "p3")

        assert [attribute(each, "data-initials") for each in find(held, "Span")[:1]] == ["AR"]
        assert css(find(vacant, "Span")[0]) == ["initials", "vacant"]
        assert text_of(only(held, "H2")) == "Harbour Master"
        assert text_of(vacant).lower().count("vacant") == 1
        assert "Ada Roe" in text_of(held)

    def test_has_spaces_between_parts_for_screen_readers(self, harbour: Organization) -> None:
        panel = panel_of(harbour, "pilots")
        headings = ["".join(texts(heading)) for heading in find(section(panel, "related"), "H4")]

        assert "".join(texts(only(panel_of(harbour, "goods")[0], "H2"))) == (
            "Dangerous Goods Unit DGU"
        )
        assert any(heading.endswith("Emergencies inferred") for heading in headings)

    def test_says_that_the_root_is_the_top(self, harbour: Organization) -> None:
        header = panel_of(harbour, "harbour")[0]

        assert text_of(only(header, css="chain")) == "The top of this organization."
        assert linked(header) == []

    def test_has_summary_head_location_and_notes(self, harbour: Organization) -> None:
        panel = panel_of(harbour, "harbour")

        assert text_of(only(panel, css="summary")) == "Runs the harbour."
        assert text_of(only(panel, "Dl")) == (
            "Also called Port Office Head Ada Marsh Location Quay 1"
        )
        assert text_of(only(panel, css="notes")) == "Note: Was the Port."

    def test_has_the_status_if_there_is_one(self) -> None:
        organization = organization_of("id, name, parent, status\na, A, ,\nb, B, a, Dissolved")

        assert text_of(only(panel_of(organization, "b"), "Dl")) == "Status Dissolved"
        assert find(panel_of(organization, "a"), "Dl") == []

    def test_says_how_many_units_have_a_placeholder_as_their_parent(self) -> None:
        two_children = panel_of(units_with_gaps(), "agency")
        one_child = panel_of(organization_of([("a", ""), ("b", "a"), ("it", "agency")]), "agency")

        assert text_of(only(two_children, css="summary")) == (
            "This unit has no record in the table; 2 units name it as their parent."
        )
        assert text_of(only(one_child, css="summary")) == (
            "This unit has no record in the table; 1 unit names it as its parent."
        )

    def test_says_how_many_roots_a_synthetic_top_has(self) -> None:
        roots = organization_of([("a", ""), ("b", "a"), ("c", "")])

        assert text_of(only(panel_of(roots, "organization"), css="summary")) == (
            "The table has 2 units without a parent; they are placed here."
        )
        assert text_of(only(panel_of(units_with_gaps(), "organization"), css="summary")) == (
            "The table has 1 unit without a parent; it is placed here. "
            "1 parent without a record is here too."
        )

    def test_has_a_summary_for_a_synthetic_top_above_cycles(self) -> None:
        cycles = organization_of([("a", "b"), ("b", "a"), ("c", "d"), ("d", "c")])

        assert text_of(only(panel_of(cycles, "organization"), css="summary")) != ""

    def test_omits_details_and_notes_without_values(self, harbour: Organization) -> None:
        assert find(panel_of(harbour, "safety"), "Dl") == []
        assert find(panel_of(harbour, "safety"), css="notes") == []

    def test_has_a_sentence_for_each_section_that_others_fill(self, harbour: Organization) -> None:
        panel = panel_of(harbour, "fire")

        for name in SECTIONS:
            filled = find(section(panel, name), "Li") + find(section(panel, name), "Details")
            empty = find(section(panel, name), css="nothing")
            assert bool(filled) != bool(empty)
            assert all(text_of(sentence).endswith(".") for sentence in empty)

    def test_has_no_section_that_no_unit_fills(self) -> None:
        panel = panel_of(NAMES_ONLY, "pay")

        assert find(panel, css="summary") == []
        assert [attribute(part, "data-section") for part in find(panel, "Section")] == [
            "composition"
        ]

    def test_has_no_such_sentence_in_sections_with_data(self, harbour: Organization) -> None:
        assert find(panel_of(harbour, "traffic"), css="nothing") == []

    def test_offers_to_focus_on_units_with_children_and_to_copy_any_link(
        self, harbour: Organization
    ) -> None:
        for unit, focus_links in (("safety", ["safety"]), ("fire", [])):
            actions = only(panel_of(harbour, unit), css="actions")
            links = [link for link in find(actions, "A") if attribute(link, "data-focus-on")]
            assert [attribute(link, "data-focus-on") for link in links] == focus_links
            assert len(find(actions, "Button", data_action="copy-link")) == 1

    def test_offers_a_picture_of_the_units_network(self) -> None:
        actions = only(panel_of(organization_of([("a b/c", "")]), "a b/c"), css="actions")

        (picture,) = (link for link in find(actions, "A") if attribute(link, "download") == "")
        assert attribute(picture, "href") == "export/network.png?unit=a+b%2Fc"

    def test_names_other_units_only_in_links(self, iom: Organization) -> None:
        names = set(iom.units["name"])

        for unit in range(len(iom)):
            panel = unit_panel(OrganizationIndex(iom), unit, ENGLISH)
            assert set(unlinked(panel)) & names <= {iom.units["name"][unit]}

    def test_links_to_existing_units_with_addresses_that_work_without_scripts(
        self, iom: Organization
    ) -> None:
        for unit in range(len(iom)):
            links = find(unit_panel(OrganizationIndex(iom), unit, ENGLISH), "A")
            for link in (link for link in links if attribute(link, "download") is None):
                query = parse_qs(attribute(link, "href").removeprefix("?"), strict_parsing=True)
                target = attribute(link, "data-unit") or attribute(link, "data-focus-on")
                assert target in iom.number
                assert list(query.values()) == [[target]]

    @pytest.mark.parametrize("unit", ["a&b=c", "ü/部", "100% + #1", "?"])
    def test_quotes_ids_in_addresses(self, unit: str) -> None:
        (link,) = find(
            section(panel_of(organization_of([("top", ""), (unit, "top")]), "top"), "composition"),
            "A",
        )

        assert parse_qs(attribute(link, "href").removeprefix("?")) == {"unit": [unit]}
        assert attribute(link, "data-unit") == unit

    def test_keeps_capital_letters_in_a_type(self) -> None:
        organization = organization_of("id, name, type\na, Helpdesk, IT unit")

        assert text_of(only(panel_of(organization, "a"), css="type")) == "IT unit"


def part_name(component: Component) -> str:
    """Return the section, class or tag of a part of the panel."""
    return attribute(component, "data-section") or (css(component) or [kind(component)])[0]


class TestResponsibilities:
    def test_are_sorted_by_position_with_themes_and_source(self, harbour: Organization) -> None:
        responsibilities = section(panel_of(harbour, "pilots"), "responsibilities")

        assert [text_of(item) for item in find(responsibilities, "Li")] == [
            "Guides ships through the fairway Navigation",
            "Brings a pilot aboard in a storm Emergencies",
        ]
        assert [text_of(source) for source in find(responsibilities, css="source")] == [
            "Source: Handbook 3"
        ]

    def test_have_all_their_themes(self, harbour: Organization) -> None:
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
    def test_lists_the_children_with_their_numbers_of_units(self, harbour: Organization) -> None:
        composition = section(panel_of(harbour, "harbour"), "composition")

        assert linked(composition) == ["traffic", "safety"]
        assert [text_of(item) for item in find(composition, "Li")] == [
            "Traffic Department Department, 2 units below",
            "Safety Department Department, 2 units below",
        ]

    def test_marks_placeholders(self) -> None:
        composition = text_of(section(panel_of(units_with_gaps(), "organization"), "composition"))

        assert composition.endswith(
            "Board Office, 1 unit below agency Not in the table, 2 units below"
        )

    def test_lists_up_to_a_hundred_units(self) -> None:
        assert len(linked(section(panel_of(star(100), "top"), "composition"))) == 100

    def test_counts_the_units_after_the_first_hundred(self) -> None:
        composition = section(panel_of(star(1_314), "top"), "composition")

        assert len(linked(composition)) == 100
        assert text_of(find(composition, "P")) == "And 1,214 more units."


class TestRelatedUnits:
    def test_are_grouped_by_reason_in_order_of_strength(self, harbour: Organization) -> None:
        related = section(panel_of(harbour, "pilots"), "related")

        assert [text_of(heading) for heading in find(related, "H4")] == [
            "↔ Coordinates with",
            "↔ Shared publication: Tide Tables",
            "↔ Shared theme: Emergencies inferred",
        ]
        assert [linked(group) for group in find(related, css="reason")] == [
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
        groups = {
            text_of(only(group, "H4")): linked(group) for group in find(related, css="reason")
        }

        assert groups[heading] == [other]

    def test_have_a_sentence_and_a_source_each(self, harbour: Organization) -> None:
        for unit in range(len(harbour)):
            for item in find(
                section(unit_panel(OrganizationIndex(harbour), unit, ENGLISH), "related"), "Li"
            ):
                assert text_of(only(item, css="why")) != ""
                assert text_of(only(item, css="source")).startswith("Source: Handbook ")

    def test_have_a_sentence_and_a_source_each_in_the_shipped_dataset(
        self, iom: Organization
    ) -> None:
        for unit in range(len(iom)):
            for item in find(
                section(unit_panel(OrganizationIndex(iom), unit, ENGLISH), "related"), "Li"
            ):
                assert text_of(only(item, css="why")) != ""
                assert text_of(only(item, css="source")).removeprefix("Source:").strip() != ""

    def test_have_the_text_of_the_source(self, harbour: Organization) -> None:
        item = find(section(panel_of(harbour, "locks"), "related"), "Li")[0]

        assert text_of(item) == (
            "Dangerous Goods Unit The unit tells the locks what is aboard. Source: Handbook 6"
        )

    def test_are_marked_if_and_only_if_they_are_inferred(self, iom: Organization) -> None:
        marked = 0
        for unit in range(len(iom)):
            for group in find(
                section(unit_panel(OrganizationIndex(iom), unit, ENGLISH), "related"), css="reason"
            ):
                inferred = find(group, css="inferred")
                assert len(inferred) == ("theme" in css(group))
                assert [text_of(mark) for mark in inferred] in ([], ["inferred"])
                marked += len(inferred)
        assert marked > 10

    def test_are_all_listed(self, harbour: Organization) -> None:
        for unit in range(len(harbour)):
            shown = linked(
                section(unit_panel(OrganizationIndex(harbour), unit, ENGLISH), "related")
            )
            known = {
                harbour.units["id"][relative.unit] for relative in related_units(harbour, unit)
            }
            assert set(shown) == known

    def test_that_are_inferred_are_partly_collapsed_and_partly_counted(
        self,
    ) -> None:
        units = [f"n{number}" for number in range(20)]
        organization = star(
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

    @pytest.mark.parametrize(("others", "summaries"), [(3, []), (4, ["1 more"]), (12, ["9 more"])])
    def test_that_are_inferred_are_all_listed_up_to_twelve(
        self, others: int, summaries: list[str]
    ) -> None:
        organization = star(
            others + 1,
            themes="id, name\nsea, Sea",
            responsibilities=table(
                "unit_id, responsibility, themes",
                [f"n{number}, Sails, sea" for number in range(others + 1)],
            ),
        )

        (group,) = find(section(panel_of(organization, "n0"), "related"), css="reason")

        assert [text_of(summary) for summary in find(group, "Summary")] == summaries
        assert len(linked(group)) == others
        assert find(group, "P") == []

    def test_that_are_stated_are_counted_after_the_first_hundred(self) -> None:
        organization = star(
            151,
            relations=table(
                "from_id, to_id, kind", [f"n0, n{number}, supports" for number in range(1, 151)]
            ),
        )

        (group,) = find(section(panel_of(organization, "n0"), "related"), css="reason")

        assert len(linked(group)) == 100
        assert text_of(find(group, "P")) == "And 50 more units."

    def test_that_are_not_listed_are_counted_in_the_singular(self) -> None:
        organization = star(
            102,
            relations=table(
                "from_id, to_id, kind", [f"n0, n{number}, supports" for number in range(1, 102)]
            ),
        )

        (group,) = find(section(panel_of(organization, "n0"), "related"), css="reason")

        assert text_of(find(group, "P")) == "And 1 more unit."

    def test_include_further_parents_and_children(self) -> None:
        organization = organization_of(
            [("top", ""), ("a", "top"), ("b", "top"), ("c", "a")],
            relations="from_id, to_id, kind\nc, b, also_part_of",
        )

        assert "Also part of b" in text_of(section(panel_of(organization, "c"), "related"))
        assert "Also has c" in text_of(section(panel_of(organization, "b"), "related"))

    def test_keep_capital_letters_in_a_kind(self) -> None:
        organization = star(2, relations="from_id, to_id, kind\nn0, n1, reports_to_the_UN")

        (heading,) = find(section(panel_of(organization, "n0"), "related"), "H4")

        assert text_of(heading) == "→ Reports to the UN"

    def test_of_an_unknown_kind_have_its_name_and_direction(self) -> None:
        organization = star(2, relations="from_id, to_id, kind\nn0, n1, signs_off_for")

        headings = [
            text_of(find(section(panel_of(organization, unit), "related"), "H4"))
            for unit in ("n0", "n1")
        ]

        assert headings == ["→ Signs off for", "← Signs off for (incoming)"]

    def test_have_a_heading_even_without_a_kind(self) -> None:
        organization = star(2, relations="from_id, to_id, kind\nn0, n1,")

        (heading,) = find(section(panel_of(organization, "n0"), "related"), "H4")

        assert text_of(heading).strip("→ ") != ""

    def test_are_listed_once_for_a_reference_that_they_mention_twice(self) -> None:
        organization = star(
            2,
            references="id, name\nr, Charter",
            mentions="unit_id, reference_id, role\nn0, r, Reads\nn1, r, Signs\nn1, r, Keeps",
        )

        assert linked(section(panel_of(organization, "n0"), "related")) == ["n1"]


class TestReferences:
    def test_are_collapsed_with_role_source_and_the_other_units(
        self, harbour: Organization
    ) -> None:
        (reference,) = find(section(panel_of(harbour, "safety"), "references"), "Details")

        assert text_of(only(reference, "Summary")) == "Port State Agreement (PSA) framework"
        assert [text_of(component) for component in find(reference, "P")] == [
            "Represents the harbour",
            "Who may inspect a ship.",
            "Other units that work with it",
        ]
        assert text_of(only(reference, css="source")) == "Source: Handbook 4"
        assert linked(reference) == ["traffic", "goods"]
        assert text_of(find(reference, "Li")) == (
            "Traffic Department Reports ships under it Dangerous Goods Unit Inspects ships under it"
        )

    def test_of_a_single_unit_list_no_other_units(self) -> None:
        organization = star(
            1, references="id, name\nr, Charter", mentions="unit_id, reference_id\nn0, r"
        )

        (reference,) = find(section(panel_of(organization, "n0"), "references"), "Details")

        assert linked(reference) == []
        assert "Other units that work with it" not in text_of(reference)

    def test_count_the_units_after_the_first_hundred(self) -> None:
        organization = star(
            150,
            references="id, name\nr, Charter",
            mentions=table("unit_id, reference_id", [f"n{number}, r" for number in range(150)]),
        )

        (reference,) = find(section(panel_of(organization, "n0"), "references"), "Details")

        assert len(linked(reference)) == 100
        assert re.search(r"\b49\b", text_of(reference))

    def test_are_counted_after_the_first_hundred(self) -> None:
        references = section(panel_of(MANY_REFERENCES, "n0"), "references")

        assert len(find(references, "Details")) == 100
        assert re.search(r"\b50\b", text_of(references.children[101:]))


class TestTheOverview:
    def test_has_the_title_the_description_and_instructions(self, harbour: Organization) -> None:
        panel = overview_panel(OrganizationIndex(harbour), ENGLISH)

        assert text_of(only(panel, "H2")) == "Harbour"
        assert text_of(only(panel, css="summary")) == "Who does what in the harbour."
        assert [text_of(item) for item in find(only(panel, css="how-to"), "Li")] == [
            "Click a unit to see its responsibilities and related units.",
            "Double-click a unit to focus on it. Click the centre of the sunburst to go back up.",
            "Tap a unit to see its responsibilities and related units.",
            "Double-tap a unit to focus on it. Tap the centre of the sunburst to go back up.",
            "Turn on “All links” to see who works with whom.",
        ]

    def test_has_no_help_for_what_is_not_there(self) -> None:
        panel = overview_panel(OrganizationIndex(star(2)), ENGLISH)

        assert [text_of(item) for item in find(only(panel, css="how-to"), "Li")] == [
            "Click a unit to see what the table says of it.",
            "Tap a unit to see what the table says of it.",
        ]

    def test_counts_the_units_of_each_level_and_names_what_to_mend(self) -> None:
        panel = overview_panel(OrganizationIndex(units_with_gaps()), ENGLISH)
        terms = [text_of(term) for term in find(only(panel, css="details"), "Dt")]
        texts = [text_of(text) for text in find(only(panel, css="details"), "Dd")]

        told = dict(zip(terms, texts, strict=True))
        assert told["Levels"] == "1 · 3, from the top"
        assert told["To mend"] == "1 problem in the data"

    def test_counts_the_types_under_the_heading_of_the_table(self) -> None:
        organization = organization_of("""
            Post ID, Title, Name, Grade, Reports to
            p1, Director, Ada Roe, G9,
            p2, Pilot, Bo Roe, G7, p1
            """)

        terms = [
            text_of(term)
            for term in find(overview_panel(OrganizationIndex(organization), ENGLISH), "Dt")
        ]

        assert "Grade" in terms
        assert "Type" not in terms

    def test_lists_references_by_number_of_units(self, harbour: Organization) -> None:
        shared = section(overview_panel(OrganizationIndex(harbour), ENGLISH), "references")

        assert [text_of(summary) for summary in find(shared, "Summary")] == [
            "Port State Agreement (PSA) framework, 3 units",
            "Tide Tables publication, 2 units",
        ]
        assert [linked(details) for details in find(shared, "Details")] == [
            ["traffic", "safety", "goods"],
            ["pilots", "locks"],
        ]

    def test_sorts_all_references_by_number_of_units(self, iom: Organization) -> None:
        shared = section(overview_panel(OrganizationIndex(iom), ENGLISH), "references")
        counts = [len(linked(details)) for details in find(shared, "Details")]

        assert len(counts) == len(iom.references)
        assert all(one >= other for one, other in pairwise(counts))
        assert [text_of(summary).split()[-2] for summary in find(shared, "Summary")] == [
            str(count) for count in counts
        ]

    def test_counts_a_unit_with_two_mentions_once(self) -> None:
        organization = star(
            2,
            references="id, name\nr, Charter",
            mentions="unit_id, reference_id, role\nn1, r, Signs\nn1, r, Keeps",
        )

        assert (
            text_of(find(overview_panel(OrganizationIndex(organization), ENGLISH), "Summary"))
            == "Charter 1 unit"
        )

    def test_counts_the_references_after_the_first_hundred(self) -> None:
        shared = section(overview_panel(OrganizationIndex(MANY_REFERENCES), ENGLISH), "references")

        assert len(find(shared, "Details")) == 100
        assert re.search(r"\b50\b", text_of(shared.children[101:]))

    def test_has_no_references_and_summary_without_data(self) -> None:
        panel = overview_panel(OrganizationIndex(NAMES_ONLY), ENGLISH)

        assert find(panel, **{"data-section": "references"}) == []
        assert find(panel, css="summary") == []


class TestThePanelOfAnUnknownUnit:
    def test_offers_the_closest_names(self, harbour: Organization) -> None:
        panel = unknown_unit_panel(harbour, [5, 2], ENGLISH)

        assert text_of(only(panel, "H2")) == "No such unit"
        assert text_of(find(panel, "P")).endswith("Closest names:")
        assert linked(panel) == ["fire", "pilots"]

    def test_says_that_there_are_no_similar_names(self, harbour: Organization) -> None:
        panel = unknown_unit_panel(harbour, [], ENGLISH)

        assert text_of(find(panel, "P")).endswith("No similar names.")
        assert linked(panel) == []
