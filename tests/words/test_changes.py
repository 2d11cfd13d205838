from __future__ import annotations

from components.model.changes import ChangeKind, compare
from components.model.organization import Organization
from components.words import words_in
from components.words.changes import sections, size_note, summary
from tests.organizations import organization_of, posts

ENGLISH = words_in("en")
BEFORE = """
    id, name,          type,       head, parent, Budget, Site
    h,  Harbour,       office,     Ada,  ,       10,     Quay
    f,  Finance,       department, Bo,   h,      2000,   Quay
    p,  Payroll,       unit,       Cy,   f,      5,      Quay
    a,  Audit,         unit,       Dee,  f,      7,      Quay
    s,  Ships,         department, Eva,  h,      30,     Quay
    t,  Traffic,       unit,       Flo,  s,      11,     Quay
    """


def entries(before: Organization, after: Organization, kind: ChangeKind) -> list[tuple[str, str]]:
    """Return the texts and places of the changes of a kind."""
    (section,) = (each for each in sections(compare(before, after), ENGLISH) if each.kind is kind)
    return [(entry.text, entry.place) for entry in section.entries]


def changed(*edits: tuple[str, str]) -> Organization:
    table = BEFORE
    for old, new in edits:
        assert old in table
        table = table.replace(old, new)
    return organization_of(table)


class TestTheSummary:
    def test_has_three_sentences(self) -> None:
        after = changed(("Audit", "Inspection"), ("Eva", "Ida"), ("Flo,  s", "Flo,  f"))

        assert summary(compare(changed(), after), ENGLISH) == (
            "1 moved, 1 renamed.",
            "1 other head.",
            "3 as before.",
        )

    def test_is_one_sentence_without_changes(self) -> None:
        assert summary(compare(changed(), changed()), ENGLISH) == ("Nothing has changed.",)

    def test_calls_posts_so(self) -> None:
        comparison = compare(posts(), posts())

        assert size_note(comparison, ENGLISH) == "4 posts before, 4 posts now"


class TestEntries:
    def test_of_new_and_gone_units_are_the_topmost_with_what_is_below(self) -> None:
        table = BEFORE.splitlines()
        less = organization_of("\n".join(table[:-3]))

        assert entries(changed(), less, ChangeKind.GONE) == [("Ships (1 unit below)", "Harbour")]
        assert entries(less, changed(), ChangeKind.NEW) == [("Ships (1 unit below)", "Harbour")]

    def test_of_moves_from_one_unit_to_another_are_one(self) -> None:
        after = changed(("Cy,   f", "Cy,   s"), ("Dee,  f", "Dee,  s"))

        assert entries(changed(), after, ChangeKind.MOVED) == [
            ("Payroll; Audit: Finance → Ships", "Harbour")
        ]

    def test_of_moves_say_what_came_along_and_where_there_was_no_parent(self) -> None:
        after = changed(("Eva,  h", "Eva,  "))

        assert entries(changed(), after, ChangeKind.MOVED) == [
            ("Ships (1 unit below): Harbour → at the top", "")
        ]

    def test_of_cells_have_the_old_and_the_new_one(self) -> None:
        after = changed(("Payroll,       unit,", "Payroll,       team,"), ("Bo", ""))

        assert entries(changed(), after, ChangeKind.TYPE) == [("Payroll: unit → team", "Finance")]
        assert entries(changed(), after, ChangeKind.HEAD) == [("Finance: Bo → –", "Harbour")]

    def test_of_numbers_have_the_difference_and_the_largest_come_first(self) -> None:
        after = changed((" 5, ", " 6.5, "), ("2000", "1000"))

        assert entries(changed(), after, ChangeKind.MEASURES) == [
            ("Finance: Budget 2,000 → 1,000 (−1,000)", "Harbour"),
            ("Payroll: Budget 5 → 6.5 (+1.5)", "Finance"),
        ]
        *_, section = sections(compare(changed(), after), ENGLISH)
        assert section.totals == ("Budget in all: 2,063 → 1,064.5 (−998.5, −48%)",)

    def test_of_equal_facts_are_one_and_only_four_units_are_named(self) -> None:
        after = changed(("Quay", "Pier"))

        ((text, place),) = entries(changed(), after, ChangeKind.FACTS)

        assert text == "Harbour; Finance; Payroll; Audit; + 2 more: Site Quay → Pier"
        assert place == ""

    def test_of_responsibilities_and_relations_say_what_became_of_them(self) -> None:
        units = "id, name, parent\n h, Harbour, \n p, Pilots, h\n l, Locks, h"
        before, after = (
            organization_of(
                units,
                responsibilities=f"unit_id, responsibility\n h, Runs the port\n{texts}",
                relations=f"from_id, to_id, kind, description\n{relation}",
            )
            for texts, relation in (
                ("p, Opens the locks\n p, Counts gulls", "p, l, advises, On tides"),
                ("l, Opens the locks\n l, Paints the gates", "p, l, supports, On tides"),
            )
        )

        assert [text for text, _ in entries(before, after, ChangeKind.RESPONSIBILITIES)] == [
            "Pilots: no longer: Counts gulls",
            "Pilots → Locks: Opens the locks",
            "Locks: new: Paints the gates",
        ]
        assert [text for text, _ in entries(before, after, ChangeKind.RELATIONS)] == [
            "Pilots: new: Supports Locks, On tides",
            "Pilots: no longer: Advises Locks, On tides",
        ]
