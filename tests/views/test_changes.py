"""What has changed between two states, in the panel, the overview and the list."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from components.model.changes import ChangeKind
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.views.changes_list import (
    FIRST,
    PART,
    changes_list,
    further_changes,
    further_parts,
)
from components.views.panel import overview_panel, unit_panel
from components.words import words_in
from tests.english import ENGLISH
from tests.organizations import AFTER, BEFORE, many_changes, organization_of, two_states
from tests.views.components import Content, attribute, find, linked, only, section, text_of

BOTH = two_states()


def panel_of(both: Organization, name: str) -> Content:
    unit = both.units["name"].index(name)
    return unit_panel(OrganizationIndex(both), unit, ENGLISH)


def changes_of(name: str, both: Organization = BOTH) -> dict[str, str]:
    """Return the descriptions in the section of the changes of a unit, by their terms."""
    changes = section(panel_of(both, name), "changes")
    terms = [text_of(term) for term in find(changes, "Dt")]
    return dict(zip(terms, map(text_of, find(changes, "Dd")), strict=True))


class TestThePanel:
    def test_has_what_was_and_what_is(self) -> None:
        assert changes_of("Payments") == {
            "Renamed": "Payroll → Payments",
            "Type": "unit → team",
            "Head": "Cy → Mo",
            "Responsibilities": "reworded: Pays the wages → Pays the wages every month",
            "Budget": "5 → 6 (+1)",
            "Site": "Quay 3 → Quay 9",
        }

    def test_links_what_a_unit_has_moved_from_and_to(self) -> None:
        assert changes_of("Pilots") == {"Moved": "Finance → Ships"}
        assert linked(section(panel_of(BOTH, "Pilots"), "changes")) == ["f", "s"]

    def test_links_who_has_a_responsibility_now_and_who_had_it(self) -> None:
        giver, taker = (section(panel_of(BOTH, name), "changes") for name in ("Finance", "Ships"))

        assert text_of(giver) == "Changes Responsibilities now with Ships : Sells the tide tables"
        assert text_of(taker) == "Changes Responsibilities from Finance : Sells the tide tables"
        assert [linked(giver), linked(taker)] == [["s"], ["f"]]

    def test_says_first_that_a_unit_is_gone_or_new(self) -> None:
        gone, new = (section(panel_of(BOTH, name), "changes") for name in ("Mail Room", "Watch"))

        assert text_of(gone) == "Changes Gone: in the earlier state only. Budget 2 → –"
        assert text_of(new) == "Changes New: in the later state only."

    def test_says_what_a_gone_unit_became(self) -> None:
        gone = section(panel_of(BOTH, "Quays and Roads"), "changes")

        assert text_of(gone).startswith(
            "Changes Gone: in the earlier state only. Split Quays and Roads → Quays ; Roads"
        )
        assert linked(gone)[:2] == ["t1", "t2"]

    def test_names_a_parent_that_is_not_drawn(self) -> None:
        both = two_states(
            "id, name, parent\na, Top,\nb, Pilots, a\nc, Locks, unknown",
            "id, name, parent\na, Top,\nb, Pilots, a\nc, Locks, b",
        )

        assert changes_of("Locks", both) == {"Moved": "unknown → Pilots"}

    def test_says_at_the_top_for_a_unit_without_a_parent(self) -> None:
        both = two_states(
            "id, name, parent\na, Top,\nb, Pilots, a\nc, Locks, b",
            "id, name, parent\na, Top,\nb, Pilots, a\nc, Locks,",
        )

        assert changes_of("Locks", both) == {"Moved": "Pilots → at the top"}

    def test_has_the_changed_relations_of_a_unit_as_they_read_from_there(self) -> None:
        table = "id, name, parent\na, Top,\nb, Pilots, a\nc, Locks, a"
        before, after = (
            organization_of(table, relations=f"from_id, to_id, kind, description\n{row}")
            for row in ("b, c, advises, On tides.", "c, b, supports, With boats.")
        )
        both = two_states(before, after)

        assert changes_of("Pilots", both)["Relations"] == (
            "no longer: Advises Locks , On tides. new: Supported by Locks , With boats."
        )

    def test_tells_nothing_of_units_as_before_and_of_one_state(self, harbour: Organization) -> None:
        panels = (panel_of(BOTH, "Harbour Office"), panel_of(harbour, "Fire Service"))

        assert [find(panel, data_section="changes") for panel in panels] == [[], []]

    def test_has_the_numbers_of_both_states_once(self) -> None:
        details = [
            text_of(term)
            for dl in find(panel_of(BOTH, "Payments"), "Dl")
            for term in find(dl, "Dt")
        ]

        assert details.count("Budget") == 2  # before and after; the number as it is

    def test_says_that_a_match_is_uncertain_and_why(self) -> None:
        moved = "m9, Mail Room,       unit,       Eli,    s,      2,      Quay 2, Carries letters"
        both = two_states(BEFORE, f"{AFTER}{moved}")
        note = find(section(panel_of(both, "Mail Room"), "changes"), "P")

        assert [text_of(each) for each in note] == [
            "Uncertain whether this is the one that was called “Mail Room”: same name."
        ]

    @pytest.mark.parametrize(
        ("language", "headings"),
        [
            ("en", ["Moved elsewhere", "Moved here from", "Became", "Came from"]),
            (
                "es",
                ["Trasladada a otro lugar", "Trasladada desde", "Se convirtió en", "Procede de"],
            ),
            ("fr", ["Déplacée ailleurs", "Déplacée ici depuis", "Est devenue", "Issue de"]),
        ],
    )
    def test_has_moves_and_successions_among_related_units(
        self, language: str, headings: list[str]
    ) -> None:
        found = []
        for name in ("Finance", "Pilots", "Quays and Roads", "Quays"):
            unit = BOTH.units["name"].index(name)
            panel = unit_panel(OrganizationIndex(BOTH), unit, words_in(language))
            found += [text_of(heading)[2:] for heading in find(section(panel, "related"), "H4")]

        assert found == headings

    def test_marks_what_was_and_what_is(self) -> None:
        changes = section(panel_of(BOTH, "Payments"), "changes")

        assert text_of(find(changes, "Del")[0]) == "Payroll"
        assert text_of(find(changes, "Ins")[0]) == "Payments"
        assert attribute(changes, "data-section") == "changes"


class TestTheOverview:
    def test_says_what_has_changed_in_sentences_and_numbers(self) -> None:
        overview = overview_panel(OrganizationIndex(BOTH), ENGLISH)
        changes = section(overview, "changes")

        assert [text_of(part) for part in find(changes, "P", "Li")] == [
            "1 new, 1 gone, 1 moved, 1 renamed, 1 split.",
            (
                "1 other type, 1 other head, 4 changes of responsibilities, 1 changed number, "
                "1 other changed fact."
            ),
            "1 as before.",
            "7 units before, 8 units now.",
            "Budget in all: 85 → 88 (+3, +3.5%)",
            "List of all changes",
        ]

    def test_names_uncertain_matches_and_columns_of_one_state(self) -> None:
        moved = "m9, Mail Room,       unit,       Eli,    s,      2,      Quay 2, Carries letters"
        both = two_states(BEFORE, f"{AFTER}{moved}".replace("Site,", "Phone,").replace("Quay ", ""))
        changes = section(overview_panel(OrganizationIndex(both), ENGLISH), "changes")

        assert "Only in the earlier state: Site" in text_of(changes)
        assert "1 uncertain match" in text_of(changes)
        assert "Mail Room → Mail Room (same name)" in text_of(changes)

    def test_leads_to_the_list_of_changes(self) -> None:
        (link,) = find(overview_panel(OrganizationIndex(BOTH), ENGLISH), "A", data_value="changes")

        assert attribute(link, "href") == "?view=changes"

    def test_of_one_state_says_nothing_of_changes(self, harbour: Organization) -> None:
        panel = overview_panel(OrganizationIndex(harbour), ENGLISH)

        assert find(panel, data_section="changes") == []

    def test_says_that_nothing_has_changed(self) -> None:
        same = overview_panel(OrganizationIndex(two_states(BEFORE, BEFORE)), ENGLISH)

        assert text_of(section(same, "changes")) == (
            "What has changed Nothing has changed. 7 units before, 7 units now. "
            "Budget in all: 85 → 85 (±0)"
        )


def list_of(both: Organization, kinds: Sequence[str] = ()) -> dict[str, list[tuple[str, str]]]:
    """Return branch and text of each entry that is shown, by the title of its kind."""
    return {
        text_of(only(section, "H2")): [
            (text_of(only(branch, "H3")), text_of(item))
            for branch in find(section, css="branch")
            for item in find(branch, "Li")
        ]
        for section in find(changes_list(both, ENGLISH, kinds), "Section")
        if not attribute(section, "hidden")
    }


class TestTheList:
    def test_has_the_changes_by_kind_and_branch_with_their_numbers(self) -> None:
        listed = list_of(BOTH)

        assert listed["Moved 1"] == [("Ships", "Pilots : Finance → Ships")]
        assert listed["Gone 1"] == [("Finance", "Mail Room")]
        assert listed["Renamed 1"] == [("Finance", "Payroll → Payments")]
        assert listed["Responsibilities 4"] == [
            ("Finance", "Payments : reworded: Pays the wages → Pays the wages every month"),
            ("Harbour Office", "Finance → Ships : Sells the tide tables"),
            ("Ships 2", "Quays and Roads → Quays : Mends the quays"),
            ("Ships 2", "Quays and Roads → Roads : Mends the roads"),
        ]
        assert [*listed] == [
            *("Split 1", "New 1", "Gone 1", "Moved 1", "Renamed 1", "Type 1", "Head 1"),
            *("Responsibilities 4", "Numbers 1", "Other facts 1"),
        ]

    def test_links_the_units_of_an_entry_as_they_were_and_are_called(self) -> None:
        content = changes_list(BOTH, ENGLISH)
        (split,) = find(only(content, "Section", data_kind="split"), "Li")

        assert linked(split) == ["t", "t1", "t2"]
        assert [text_of(link) for link in find(split, "A")] == ["Quays and Roads", "Quays", "Roads"]

    def test_names_what_is_between_the_branch_and_a_unit(self) -> None:
        table = "id, name, parent, head\nt, Top,, A\na, Alpha, t, B\nb, Beta, a, D\nc, Gamma, b, "
        both = two_states(f"{table}Cy", f"{table}Mo")

        assert list_of(both) == {"Head 1": [("Alpha", "Gamma : Cy → Mo Beta")]}

    def test_shows_the_chosen_kinds_only(self) -> None:
        assert [*list_of(BOTH, ["moved", "gone"])] == ["Gone 1", "Moved 1"]
        assert list_of(BOTH, ["all"]) == list_of(BOTH)

    def test_offers_each_kind_that_there_is(self) -> None:
        buttons = find(changes_list(BOTH, ENGLISH, ["moved"]), "Button")

        assert [attribute(button, "value") for button in buttons][:4] == [
            *("split", "new", "gone", "moved"),
        ]
        pressed = find(buttons, **{"aria-pressed": "true"})
        assert [text_of(button) for button in pressed] == ["Moved 1"]
        assert {attribute(button, "data-filter") for button in buttons} == {"changes"}

    def test_has_the_sums_of_measures(self) -> None:
        numbers = only(changes_list(BOTH, ENGLISH), "Section", data_kind="measures")

        assert text_of(only(numbers, css="sums")) == "Budget in all: 85 → 88 (+3, +3.5%)"

    def test_has_the_first_entries_and_further_parts_have_the_others(self) -> None:
        both = many_changes(FIRST + PART + 7)
        content = changes_list(both, ENGLISH)
        first = [item for branch in find(content, css="branch") for item in find(branch, "Li")]
        parts = [further_changes(both, ENGLISH, ChangeKind.HEAD, part) for part in (0, 1, 2)]
        texts = [text_of(item) for item in [*first, *find(parts, "Li")]]

        assert further_parts(both) == {"head": 2}
        assert [len(find(part, "Li")) for part in ([first], *parts)] == [FIRST, PART, 7, 0]
        assert len({*texts}) == FIRST + PART + 7
        assert text_of(only(content, css="more")) == f"And {PART + 7} more."
        assert attribute(only(content, "Section"), "data-entries") == str(FIRST + PART + 7)

    def test_is_empty_for_one_state_and_says_when_nothing_has_changed(
        self, harbour: Organization
    ) -> None:
        assert changes_list(harbour, ENGLISH) == []
        assert further_changes(harbour, ENGLISH, ChangeKind.NEW, 0) == []
        assert text_of(changes_list(two_states(BEFORE, BEFORE), ENGLISH)) == "Nothing has changed."
