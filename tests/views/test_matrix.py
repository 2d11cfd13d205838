from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from components.diagrams.style import BRANCH_COLOURS
from components.model.coverage import TopicKind
from components.model.organization import Organization
from components.model.scope import scope_of
from components.views.matrix import (
    MAX_LISTED,
    available_topic_kind,
    branch_rules,
    covering_list,
    matrix,
)
from tests.english import ENGLISH
from tests.organizations import organization_of
from tests.views.components import Component, attribute, css, find, linked, only, text_of


def matrix_of(
    organization: Organization, focus: str = "", by: str = "themes", levels: int = 3
) -> list[Component]:
    scope = scope_of(organization, organization.number.get(focus, 0), levels=levels)
    return matrix(scope, by, ENGLISH)


def rows(content: Sequence[Component]) -> list[list[Component]]:
    """Return the cells of each row, beginning with its heading."""
    return [find(row, "Th", "Td") for row in find(content, "Tr")]


def cell_texts(content: Sequence[Component]) -> list[list[str]]:
    """Return the text of each cell; "o" if only units below cover the topic."""
    return [
        [text_of(cell) or "o" * len(find(cell, css="below")) for cell in row]
        for row in rows(content)
    ]


class TestTheMatrix:
    def test_has_units_as_rows_and_themes_as_columns(self, harbour: Organization) -> None:
        assert cell_texts(matrix_of(harbour)) == [
            ["Unit", "Navigation", "Emergencies", "Permits", "Environment"],
            ["Number of units", "2", "3", "3", "1 only one"],
            ["Harbour", "o", "o", "1", "o"],
            ["Traffic", "1", "o", "", ""],
            ["Pilots", "1", "1", "", ""],
            ["Locks", "", "", "", ""],
            ["Safety", "", "1", "o", "o"],
            ["Fire", "", "1", "1", ""],
            ["Goods", "", "", "1", "1"],
        ]

    def test_has_references_with_their_acronyms_as_columns(self, harbour: Organization) -> None:
        content = matrix_of(harbour, "traffic", "references")

        assert cell_texts(content)[:3] == [
            ["Unit", "PSA", "Tide Tables"],
            ["Number of units", "1 only one", "2"],
            ["Traffic", "1", "o"],
        ]
        assert attribute(only(content, "Abbr"), "title") == "Port State Agreement"

    def test_begins_with_a_summary(self, harbour: Organization) -> None:
        assert text_of(matrix_of(harbour)[0]) == (
            "4 themes: all are covered; 1 by one unit only; most shared: Emergencies, 3 units."
        )
        assert text_of(matrix_of(harbour, "traffic")[0]) == (
            "4 themes: 2 are covered by nobody; 1 by one unit only; "
            "most shared: Navigation, 2 units."
        )

    def test_marks_topics_of_no_unit_and_of_one_unit(self, harbour: Organization) -> None:
        counts = rows(matrix_of(harbour, "traffic"))[1]

        assert [css(cell) for cell in counts[1:]] == [[], ["only-one"], ["nobody"], ["nobody"]]
        assert text_of(counts[3]) == "0 nobody"

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
            "50 themes: 49 are covered by nobody; 1 by one unit only; "
            "only the 40 most covered are shown."
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


@pytest.mark.parametrize(
    ("requested", "side", "by"),
    [
        ("themes", {"themes": "id, name\nt, T"}, "themes"),
        ("references", {"themes": "id, name\nt, T"}, "themes"),
        ("", {"references": "id, name\nr, R"}, "references"),
        ("<b>", {}, None),
    ],
)
def test_the_columns_are_of_a_kind_that_the_data_has(
    requested: str, side: dict[str, str], by: str | None
) -> None:
    assert available_topic_kind(organization_of([("a", "")], **side), requested) == by


class TestTheListOfCoveringUnits:
    def test_has_the_count_of_each_unit(self, harbour: Organization) -> None:
        content = covering_list(harbour, 0, (TopicKind.THEMES, "permits"), ENGLISH)

        assert text_of(content) == (
            "Permits What needs permission. Harbour: 3 units Harbour Office 1 responsibility "
            "Fire Service 1 responsibility Dangerous Goods Unit 1 responsibility"
        )
        assert linked(content) == ["harbour", "fire", "goods"]
        assert {attribute(link, "data-column") for link in find(content, "A")} == {"permits"}

    def test_includes_the_unit_and_its_descendants(self, harbour: Organization) -> None:
        safety = harbour.number["safety"]

        assert linked(covering_list(harbour, safety, (TopicKind.THEMES, "permits"), ENGLISH)) == [
            "fire",
            "goods",
        ]
        assert linked(covering_list(harbour, safety, (TopicKind.REFERENCES, "state"), ENGLISH)) == [
            "safety",
            "goods",
        ]

    def test_says_that_nobody_covers_the_topic(self, harbour: Organization) -> None:
        content = covering_list(
            harbour, harbour.number["traffic"], (TopicKind.THEMES, "permits"), ENGLISH
        )

        assert text_of(content).endswith("Traffic: nobody")

    def test_counts_the_units_that_it_does_not_list(self) -> None:
        units = [("top", ""), *((f"u{number}", "top") for number in range(MAX_LISTED + 7))]
        duties = "".join(f"u{number}, Works, t\n" for number in range(MAX_LISTED + 7))
        organization = organization_of(
            units,
            themes="id, name\nt, Theme",
            responsibilities=f"unit_id, responsibility, themes\n{duties}",
        )

        content = covering_list(organization, 0, (TopicKind.THEMES, "t"), ENGLISH)

        assert len(linked(content)) == MAX_LISTED
        assert "207 units" in text_of(content)
        assert text_of(content).endswith("And 7 more units.")


def test_every_branch_has_a_colour() -> None:
    rules = branch_rules()

    assert len(rules.splitlines()) == len(BRANCH_COLOURS) + 1
    assert all(f"{{ --branch: {colour} }}" in rules for colour in BRANCH_COLOURS)
