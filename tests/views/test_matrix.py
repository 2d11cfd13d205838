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
    """Return the cells of each row, its head first."""
    return [find(row, "Th", "Td") for row in find(content, "Tr")]


def seen(content: Sequence[Component]) -> list[list[str]]:
    """Return what is read in each cell; "o" where only units below cover something."""
    return [
        [text_of(cell) or "o" * len(find(cell, css="below")) for cell in row]
        for row in rows(content)
    ]


class TestTheMatrix:
    def test_has_units_as_rows_and_themes_as_columns(self, harbour: Organization) -> None:
        assert seen(matrix_of(harbour)) == [
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

    def test_has_references_by_their_acronyms(self, harbour: Organization) -> None:
        content = matrix_of(harbour, "traffic", "references")

        assert seen(content)[:3] == [
            ["Unit", "PSA", "Tide Tables"],
            ["Number of units", "1 only one", "2"],
            ["Traffic", "1", "o"],
        ]
        assert attribute(only(content, "Abbr"), "title") == "Port State Agreement"

    def test_says_first_what_it_amounts_to(self, harbour: Organization) -> None:
        assert text_of(matrix_of(harbour)[0]) == (
            "4 themes: all are covered; 1 by one unit only; most shared: Emergencies, 3 units."
        )
        assert text_of(matrix_of(harbour, "traffic")[0]) == (
            "4 themes: 2 are covered by nobody; 1 by one unit only; "
            "most shared: Navigation, 2 units."
        )

    def test_marks_what_nobody_covers(self, harbour: Organization) -> None:
        counts = rows(matrix_of(harbour, "traffic"))[1]

        assert [css(each) for each in counts[1:]] == [[], ["only-one"], ["nobody"], ["nobody"]]
        assert text_of(counts[3]) == "0 nobody"

    def test_says_in_each_cell_what_is_behind(self, harbour: Organization) -> None:
        links = find(matrix_of(harbour), "A", **{"data-column": "permits"})

        assert [attribute(each, "aria-label") for each in links] == [
            "Harbour Office, Permits: 1 responsibility, and 2 units below",
            "Safety Department, Permits: 2 units below",
            "Fire Service, Permits: 1 responsibility",
            "Dangerous Goods Unit, Permits: 1 responsibility",
        ]
        assert [attribute(each, "href") for each in links] == [
            "?unit=harbour",
            "?focus=safety",
            "?unit=fire",
            "?unit=goods",
        ]
        assert [attribute(each, "data-covering") for each in links] == [None, "safety", None, None]

    def test_is_a_table_that_is_read_without_being_seen(self, harbour: Organization) -> None:
        content = matrix_of(harbour)

        assert text_of(only(content, "Caption")) == "Who covers which theme: Harbour"
        heads = [attribute(each, "scope") for each in find(content, "Th")]
        assert heads == ["col"] * 5 + ["row"] * 8
        area = only(content, css="matrix-area")
        assert (attribute(area, "tabIndex"), attribute(area, "role")) == (0, "region")

    def test_shows_level_and_branch_of_each_row_and_which_have_nothing(
        self, harbour: Organization
    ) -> None:
        lines = find(matrix_of(harbour), "Tr")[2:]

        assert [attribute(each, "data-unit") for each in lines] == harbour.units["id"]
        assert [css(each) for each in lines] == [
            ["level-0", "branch-none"],
            ["level-1", "branch-0"],
            ["level-2", "branch-0"],
            ["level-2", "branch-0", "quiet"],
            ["level-1", "branch-1"],
            ["level-2", "branch-1"],
            ["level-2", "branch-1"],
        ]

    def test_has_the_full_name_of_a_unit_at_hand(self, harbour: Organization) -> None:
        links = [row[0] for row in rows(matrix_of(harbour))[2:4]]

        assert [attribute(only(each, "A"), "title") for each in links] == [
            "Harbour Office",
            "Traffic Department",
        ]

    def test_counts_the_units_that_have_no_row(self, harbour: Organization) -> None:
        heads = [row[0] for row in seen(matrix_of(harbour, levels=1))[2:]]

        assert heads == ["Harbour", "Traffic + 2 more", "Safety + 2 more"]

    @pytest.mark.parametrize(("count", "tone"), [(1, 1), (2, 2), (3, 2), (4, 3), (8, 4), (99, 4)])
    def test_is_darker_where_there_is_more(self, count: int, tone: int) -> None:
        said = "\n".join(["a, Does it, t"] * count)
        organization = organization_of(
            [("a", "")],
            themes="id, name\nt, Money",
            responsibilities=f"unit_id, responsibility, themes\n{said}",
        )

        (link,) = find(matrix_of(organization), "A", **{"data-column": "t"})
        assert (text_of(link), css(link)) == (str(count), [f"tone-{tone}"])

    def test_keeps_to_forty_columns_and_says_so(self) -> None:
        themes = "\n".join(f"t{each}, Theme {each}" for each in range(50))
        organization = organization_of(
            [("a", "")],
            themes=f"id, name\n{themes}",
            responsibilities="unit_id, responsibility, themes\na, Does it, t49",
        )

        content = matrix_of(organization)

        assert len(rows(content)[0]) == 41
        assert seen(content)[0][-1] == "Theme 49"
        assert text_of(content[0]) == (
            "50 themes: 49 are covered by nobody; 1 by one unit only; "
            "only the 40 most covered are shown."
        )

    def test_cuts_names_without_end_between_words(self) -> None:
        name = "Advancing " * 30
        organization = organization_of([("a", "")], themes=f"id, name\nt, {name}\nu, {'x' * 300}")

        _, words, letters = rows(matrix_of(organization))[0]

        assert re.fullmatch("(Advancing ){3}Advancing…", text_of(words))
        assert len(text_of(letters)) == 49
        assert [attribute(each, "title") for each in find([words, letters], "Abbr")] == [
            name.strip(),
            "x" * 300,
        ]

    def test_says_so_where_there_is_nothing(self) -> None:
        content = matrix_of(organization_of([("a", "")]))

        assert find(content, "Table") == []
        assert text_of(content).startswith("The data has no themes")


@pytest.mark.parametrize(
    ("asked", "side", "by"),
    [
        ("themes", {"themes": "id, name\nt, T"}, "themes"),
        ("references", {"themes": "id, name\nt, T"}, "themes"),
        ("", {"references": "id, name\nr, R"}, "references"),
        ("<b>", {}, None),
    ],
)
def test_it_is_of_what_there_is(asked: str, side: dict[str, str], by: str | None) -> None:
    assert available_topic_kind(organization_of([("a", "")], **side), asked) == by


class TestWhoCovers:
    def test_is_told_with_what_each_unit_does(self, harbour: Organization) -> None:
        content = covering_list(harbour, 0, (TopicKind.THEMES, "permits"), ENGLISH)

        assert text_of(content) == (
            "Permits What needs permission. Harbour: 3 units Harbour Office 1 responsibility "
            "Fire Service 1 responsibility Dangerous Goods Unit 1 responsibility"
        )
        assert linked(content) == ["harbour", "fire", "goods"]
        assert {attribute(each, "data-column") for each in find(content, "A")} == {"permits"}

    def test_is_told_of_a_unit_and_all_below_it(self, harbour: Organization) -> None:
        safety = harbour.number["safety"]

        assert linked(covering_list(harbour, safety, (TopicKind.THEMES, "permits"), ENGLISH)) == [
            "fire",
            "goods",
        ]
        assert linked(covering_list(harbour, safety, (TopicKind.REFERENCES, "state"), ENGLISH)) == [
            "safety",
            "goods",
        ]

    def test_is_told_where_it_is_nobody(self, harbour: Organization) -> None:
        content = covering_list(
            harbour, harbour.number["traffic"], (TopicKind.THEMES, "permits"), ENGLISH
        )

        assert text_of(content).endswith("Traffic: nobody")

    def test_is_counted_where_it_is_too_many_to_be_listed(self) -> None:
        units = [("top", ""), *((f"u{at}", "top") for at in range(MAX_LISTED + 7))]
        duties = "".join(f"u{at}, Works, t\n" for at in range(MAX_LISTED + 7))
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
