from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from components.model.coverage import REFERENCES, THEMES, Topics
from components.model.groups import Group
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.views.matrix import (
    MAX_LISTED,
    chosen_topics,
    covering_list,
    matrix,
)
from tests.english import ENGLISH
from tests.organizations import CROWD, organization_of, scope_of
from tests.views.components import Component, attribute, css, find, linked, only, text_of


def matrix_of(
    organization: Organization, focus: str = "", by: str = "themes", levels: int = 3
) -> list[Component]:
    scope = scope_of(organization, organization.number.get(focus, 0), rings=levels)
    return matrix(scope, chosen_topics(OrganizationIndex(organization), by), ENGLISH)


def topics(organization: Organization, by: str) -> Topics:
    return OrganizationIndex(organization).topics[by]


def rows(content: Sequence[Component]) -> list[list[Component]]:
    """Return the cells of each row, beginning with its heading."""
    return [find(row, "Th", "Td") for row in find(content, "Tr")]


def cell_texts(content: Sequence[Component]) -> list[list[str]]:
    """Return the text of each cell; "+" before the number of units below that cover the topic."""
    return [[cell_text(cell) for cell in row] for row in rows(content)]


def cell_text(cell: Component) -> str:
    below = [f"+{text_of(count)}" for count in find(cell, css="below")]
    return " ".join([*text_of(cell).split()[: -1 if below else None], *below])


class TestTheMatrix:
    def test_has_units_as_rows_and_themes_as_columns(self, harbour: Organization) -> None:
        assert cell_texts(matrix_of(harbour)) == [
            ["Unit", "Navigation", "Emergencies", "Permits", "Environment"],
            ["Number of units", "2", "3", "3", "1 only one"],
            ["Harbour", "+2", "+3", "1 +2", "+1"],
            ["Traffic", "1 +1", "+1", "", ""],
            ["Pilots", "1", "1", "", ""],
            ["Locks", "", "", "", ""],
            ["Safety", "", "1 +1", "+2", "+1"],
            ["Fire", "", "1", "1", ""],
            ["Goods", "", "", "1", "1"],
        ]

    def test_has_references_with_their_acronyms_as_columns(self, harbour: Organization) -> None:
        content = matrix_of(harbour, "traffic", "references")

        assert cell_texts(content)[:3] == [
            ["Unit", "PSA", "Tide Tables"],
            ["Number of units", "1 only one", "2"],
            ["Traffic", "1", "+2"],
        ]
        assert attribute(only(content, "Abbr"), "title") == "Port State Agreement"

    def test_begins_with_a_summary(self, harbour: Organization) -> None:
        assert text_of(matrix_of(harbour)[0]) == (
            "4 themes: each has units; 1 has one unit only; most units: Emergencies, 3 units."
        )
        assert text_of(matrix_of(harbour, "traffic")[0]) == (
            "4 themes: 2 have no unit; 1 has one unit only; most units: Navigation, 2 units."
        )

    def test_marks_topics_of_no_unit_and_of_one_unit(self, harbour: Organization) -> None:
        counts = rows(matrix_of(harbour, "traffic"))[1]

        assert [css(cell) for cell in counts[1:]] == [[], ["only-one"], ["nobody"], ["nobody"]]
        assert text_of(counts[3]) == "0 none"

    def test_has_a_link_with_a_description_in_each_cell(self, harbour: Organization) -> None:
        links = find(matrix_of(harbour), "A", **{"data-column": "permits"})

        assert [attribute(link, "aria-label") for link in links] == [
            "Harbour Office, Permits: 1 responsibility, and 2 units below",
            "Safety Department, Permits: 2 units below",
            "Fire Service, Permits: 1 responsibility",
            "Dangerous Goods Unit, Permits: 1 responsibility",
        ]
        assert [attribute(link, "href") for link in links] == [
            "?unit=harbour",
            "?focus=safety",
            "?unit=fire",
            "?unit=goods",
        ]
        assert [attribute(link, "data-covering") for link in links] == [None, "safety", None, None]

    def test_is_an_accessible_table(self, harbour: Organization) -> None:
        content = matrix_of(harbour)

        assert text_of(only(content, "Caption")) == "Who covers which theme: Harbour"
        heading_scopes = [attribute(cell, "scope") for cell in find(content, "Th")]
        assert heading_scopes == ["col"] * 5 + ["row"] * 8
        area = only(content, css="matrix-area")
        assert (attribute(area, "tabIndex"), attribute(area, "role")) == (0, "region")

    def test_marks_the_level_and_branch_of_each_row_and_empty_rows(
        self, harbour: Organization
    ) -> None:
        lines = find(matrix_of(harbour), "Tr")[2:]

        assert [attribute(row, "data-unit") for row in lines] == harbour.units["id"]
        assert [css(row) for row in lines] == [
            ["level-0", "branch-none"],
            ["level-1", "branch-0"],
            ["level-2", "branch-0"],
            ["level-2", "branch-0", "quiet"],
            ["level-1", "branch-1"],
            ["level-2", "branch-1"],
            ["level-2", "branch-1"],
        ]

    def test_has_full_names_as_tooltips(self, harbour: Organization) -> None:
        links = [row[0] for row in rows(matrix_of(harbour))[2:4]]

        assert [attribute(only(link, "A"), "title") for link in links] == [
            "Harbour Office",
            "Traffic Department",
        ]

    def test_counts_the_units_without_a_row(self, harbour: Organization) -> None:
        headings = [row[0] for row in cell_texts(matrix_of(harbour, levels=1))[2:]]

        assert headings == ["Harbour", "Traffic + 2 more", "Safety + 2 more"]

    def test_of_a_group_begins_with_its_name_and_counts(self) -> None:
        organization = organization_of(CROWD)
        scope = scope_of(organization, Group(0, run=(12, 13)), rings=1)

        content = matrix(scope, topics(organization, "type"), ENGLISH)

        assert cell_texts(content) == [
            ["Unit", "office", "department"],
            ["Number of units", "0 none", "1 only one"],
            ["L to S (2)", "", "+1"],
            ["Lights", "", ""],
            ["Safety Department + 5 more", "", "✓"],
        ]
        assert attribute(find(content, "A", data_column="department")[0], "data-covering") == (
            "port~12-13"
        )

    @pytest.mark.parametrize(("count", "tone"), [(1, 1), (2, 2), (3, 2), (4, 3), (8, 4), (99, 4)])
    def test_has_darker_cells_for_higher_counts(self, count: int, tone: int) -> None:
        rows = "\n".join(["a, Does it, t"] * count)
        organization = organization_of(
            [("a", "")],
            themes="id, name\nt, Money",
            responsibilities=f"unit_id, responsibility, themes\n{rows}",
        )

        (link,) = find(matrix_of(organization), "A", **{"data-column": "t"})
        assert (text_of(link), css(link)) == (str(count), [f"tone-{tone}"])

    def test_has_at_most_forty_columns_and_says_so(self) -> None:
        themes = "\n".join(f"t{number}, Theme {number}" for number in range(50))
        organization = organization_of(
            [("a", "")],
            themes=f"id, name\n{themes}",
            responsibilities="unit_id, responsibility, themes\na, Does it, t49",
        )

        content = matrix_of(organization)

        assert len(rows(content)[0]) == 41
        assert cell_texts(content)[0][-1] == "Theme 49"
        assert text_of(content[0]) == (
            "50 themes: 49 have no unit; 1 has one unit only; "
            "only the 40 with most units are shown."
        )

    def test_shortens_long_names_between_words(self) -> None:
        name = "Advancing " * 30
        organization = organization_of([("a", "")], themes=f"id, name\nt, {name}\nu, {'x' * 300}")

        _, words, letters = rows(matrix_of(organization))[0]

        assert re.fullmatch("(Advancing ){3}Advancing…", text_of(words))
        assert len(text_of(letters)) == 49
        assert [
            attribute(abbreviation, "title") for abbreviation in find([words, letters], "Abbr")
        ] == [
            name.strip(),
            "x" * 300,
        ]

    def test_says_that_there_are_no_topics(self) -> None:
        content = matrix_of(organization_of([("a", "")]))

        assert find(content, "Table") == []
        assert text_of(content).startswith("The data has no themes")


STAFF = """
    id, name,  parent, type, Grade, FTE, Quota (%)
    1,  Ada,   ,       post, M1,    1,   50
    2,  Ben,   1,      post, G5,    0.5,
    3,  Cy,    1,      post, G5,    1,   70
    4,  Dora,  2,      post, M1,    ,    60
    5,  Emil,  2,      post, ,      0.8, 90
    """


class TestByACategory:
    def test_has_its_values_as_columns(self) -> None:
        content = matrix_of(organization_of(STAFF), by="grade")

        assert cell_texts(content) == [
            ["Unit", "M1", "G5"],
            ["Number of units", "2", "2"],
            ["Ada", "✓ +1", "+2"],
            ["Ben", "+1", "✓"],
            ["Dora", "✓", ""],
            ["Emil", "", ""],
            ["Cy", "", "✓"],
        ]

    def test_has_sentences_that_fit(self) -> None:
        content = matrix_of(organization_of(STAFF), by="grade")

        assert text_of(content[0]) == "2 values of Grade: each has units; most units: M1, 2 units."
        assert text_of(content[1]) == "✓ the unit itself 5 units below it"
        assert text_of(only(content, "Caption")) == "Grade: the units that have each value, in Ada"
        assert attribute(find(content, "A", data_column="M1")[0], "aria-label") == (
            "Ada, M1: the unit itself, and 1 unit below"
        )

    def test_lists_what_the_units_with_a_value_are(self) -> None:
        organization = organization_of(STAFF)
        scope = scope_of(organization, 1)
        content = covering_list(scope, topics(organization, "grade"), "G5", ENGLISH)

        assert text_of(content) == "G5 Ben: 1 unit Ben Post, 2 units below"


class TestWithAMeasure:
    def numbers(self, measure: str, *, is_sorted: bool = False) -> list[list[str]]:
        """Return the names of the units and their numbers."""
        index = OrganizationIndex(organization_of(STAFF))
        scope, size = scope_of(index.organization), index.measures[measure]
        if is_sorted:
            scope = scope.sorted_by(size.ranks)
        content = matrix(scope, index.topics["grade"], ENGLISH, size)
        return [row[:2] for row in cell_texts(content)[2:]]

    def test_has_its_sums_beside_the_units_and_no_number_where_none_is_known(self) -> None:
        assert self.numbers("fte") == [
            ["Ada", "3.3"],
            ["Ben", "1.3"],
            ["Dora", ""],
            ["Emil", "0.8"],
            ["Cy", "1"],
        ]

    def test_is_sorted_by_it_below_each_unit(self) -> None:
        assert [name for name, _ in self.numbers("fte", is_sorted=True)] == [
            *("Ada", "Ben", "Emil", "Dora", "Cy"),
        ]

    def test_of_rates_has_the_numbers_of_the_units_the_unknown_last(self) -> None:
        assert self.numbers("quota", is_sorted=True) == [
            ["Ada", "50"],
            ["Cy", "70"],
            ["Ben", ""],
            ["Emil", "90"],
            ["Dora", "60"],
        ]

    def test_says_in_its_head_whether_it_is_sorted(self) -> None:
        index = OrganizationIndex(organization_of(STAFF))
        scope, size = scope_of(index.organization), index.measures["fte"]
        for shown, order in ((scope, "none"), (scope.sorted_by(size.ranks), "descending")):
            head = only(matrix(shown, index.topics["grade"], ENGLISH, size), "Th", css="amount")
            assert (text_of(head), attribute(head, "aria-sort")) == ("FTE", order)


@pytest.mark.parametrize(
    ("requested", "side", "by"),
    [
        ("themes", {"themes": "id, name\nt, T"}, "themes"),
        ("references", {"themes": "id, name\nt, T"}, "themes"),
        ("", {"references": "id, name\nr, R"}, "references"),
        ("<b>", {}, None),
    ],
)
def test_the_columns_are_topics_that_the_data_has(
    requested: str, side: dict[str, str], by: str | None
) -> None:
    chosen = chosen_topics(OrganizationIndex(organization_of([("a", "")], **side)), requested)
    assert (chosen and chosen.id) == by


class TestTheListOfCoveringUnits:
    def test_has_the_count_of_each_unit(self, harbour: Organization) -> None:
        content = covering_list(scope_of(harbour), topics(harbour, THEMES), "permits", ENGLISH)

        assert text_of(content) == (
            "Permits What needs permission. Harbour: 3 units Harbour Office 1 responsibility "
            "Fire Service 1 responsibility Dangerous Goods Unit 1 responsibility"
        )
        assert linked(content) == ["harbour", "fire", "goods"]
        assert {attribute(link, "data-column") for link in find(content, "A")} == {"permits"}

    def test_includes_the_unit_and_its_descendants(self, harbour: Organization) -> None:
        safety = scope_of(harbour, harbour.number["safety"])

        themes, references = topics(harbour, THEMES), topics(harbour, REFERENCES)
        permits = covering_list(safety, themes, "permits", ENGLISH)
        assert linked(permits) == ["fire", "goods"]
        state = covering_list(safety, references, "state", ENGLISH)
        assert linked(state) == ["safety", "goods"]

    def test_says_that_nobody_covers_the_topic(self, harbour: Organization) -> None:
        content = covering_list(
            scope_of(harbour, harbour.number["traffic"]),
            topics(harbour, THEMES),
            "permits",
            ENGLISH,
        )

        assert text_of(content).endswith("Traffic: none")

    def test_counts_the_units_that_it_does_not_list(self) -> None:
        units = [("top", ""), *((f"u{number}", "top") for number in range(MAX_LISTED + 7))]
        duties = "".join(f"u{number}, Works, t\n" for number in range(MAX_LISTED + 7))
        organization = organization_of(
            units,
            themes="id, name\nt, Theme",
            responsibilities=f"unit_id, responsibility, themes\n{duties}",
        )

        content = covering_list(scope_of(organization), topics(organization, THEMES), "t", ENGLISH)

        assert len(linked(content)) == MAX_LISTED
        assert "207 units" in text_of(content)
        assert text_of(content).endswith("And 7 more units.")
