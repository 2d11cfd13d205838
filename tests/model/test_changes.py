from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.model.changes import Aspect, Change, ChangeKind, Comparison, compare
from components.model.matching import UNMATCHED, Reason, Settled
from components.model.organization import Organization, Records
from tests.edits import Register, findings, random_register
from tests.organizations import (
    forests,
    organization_named,
    organization_of,
    seven_units,
    units_with_gaps,
)
from tests.properties import examples

PORT = """
    id, name,                 type,       head,  parent, Budget, Site
    h,  Harbour Office,       office,     Ada,   ,       10,     Quay 1
    f,  Finance Department,   department, Bo,    h,      20,     Quay 2
    p,  Payroll and Pensions, unit,       Cy,    f,      5,      Quay 3
    a,  Audit,                unit,       Dee,   f,      7,      Quay 4
    s,  Ships Department,     department, Eva,   h,      30,     Quay 5
    t,  Traffic Control,      unit,       Flo,   s,      11,     Quay 6
    l,  Locks,                unit,       Gus,   s,      13,     Quay 7
    """
NAMES = ("Finance", "Audit", "Legal Affairs", "Traffic", "Pilots", "Locks and Bridges")


def port(*edits: tuple[str, str]) -> Organization:
    """Return the port, in whose table texts are replaced by others."""
    table = PORT
    for old, new in edits:
        assert old in table
        table = table.replace(old, new)
    return organization_of(table)


def told(comparison: Comparison) -> list[tuple[str, list[str], list[str]]]:
    """Return the kind of each change, with the names of its units before and afterwards."""
    before, after = comparison.before.units["name"], comparison.after.units["name"]
    return [
        (change.kind, [before[unit] for unit in change.before], [after[u] for u in change.after])
        for change in comparison.changes
    ]


def cells(changes: Sequence[Change]) -> list[tuple[str, str, str, str]]:
    return [(change.kind, change.column, change.old, change.new) for change in changes]


def same_names(comparison: Comparison) -> dict[str, str]:
    """Return the name afterwards of each unit that is in both states."""
    before, after = comparison.matching.pairs
    names = comparison.before.units["name"], comparison.after.units["name"]
    return {names[0][old]: names[1][new] for old, new in zip(before, after, strict=True)}


class TestOneUnit:
    def test_is_moved_if_another_one_is_above_it(self) -> None:
        comparison = compare(port(), port(("Gus,   s", "Gus,   f")))

        assert told(comparison) == [("moved", ["Locks"], ["Locks"])]
        (change,) = comparison.changes
        assert (change.old, change.new) == ("Ships Department", "Finance Department")

    def test_is_new_or_gone(self) -> None:
        with_pilots = organization_of(PORT + "x, Pilots, unit, Hal, s, 1, Quay 8")

        assert told(compare(port(), with_pilots)) == [("new", [], ["Pilots"])]
        assert told(compare(with_pilots, port())) == [("gone", ["Pilots"], [])]

    def test_may_have_several_changes(self) -> None:
        edits = (("Locks,     ", "Lock Team, "), ("unit,       Gus,   s", "team,       Ida,   f"))

        comparison = compare(port(), port(*edits))

        assert [change.kind for change in comparison.changes] == [
            ChangeKind.MOVED,
            ChangeKind.RENAMED,
            ChangeKind.TYPE,
            ChangeKind.HEAD,
        ]
        assert comparison.unchanged == 6

    def test_spelt_otherwise_is_not_renamed(self) -> None:
        comparison = compare(port(), port(("Traffic Control", "TRAFFIC-CONTROL")))

        assert cells(comparison.changes) == [
            ("facts", "name", "Traffic Control", "TRAFFIC-CONTROL")
        ]

    def test_has_other_numbers_by_some_difference(self) -> None:
        comparison = compare(port(), port(("s,      11", "s,      14.5")))

        (change,) = comparison.changes
        assert (change.kind, change.column) == (ChangeKind.MEASURES, "Budget")
        assert change.difference == Decimal("3.5")
        (total,) = comparison.totals
        assert total.after - total.before == Decimal("3.5")

    def test_has_a_number_that_is_only_written_otherwise(self) -> None:
        assert not compare(port(), port(("s,      11", "s,      11.0"))).changes

    def test_keeps_its_parent_if_that_is_renamed(self) -> None:
        comparison = compare(port(), port(("Ships Department", "Vessels Department")))

        assert [change.kind for change in comparison.changes] == [ChangeKind.RENAMED]


class TestColumns:
    def test_of_one_state_only_are_listed_and_change_no_unit(self) -> None:
        other = port(("Budget, Site", "Site, Opened"))

        comparison = compare(port(), other)

        assert comparison.columns.only_before == ["Budget"]
        assert comparison.columns.only_after == ["Opened"]
        assert {change.column for change in comparison.changes} <= {"Site"}

    def test_with_another_heading_are_known_by_their_cells(self) -> None:
        comparison = compare(port(), port(("Site", "Place of work"), ("Quay 7", "Quay 9")))

        assert cells(comparison.changes)[0][2:] == ("Quay 7", "Quay 9")
        assert len(comparison.changes) == 1

    def test_of_types_are_another_one_if_nearly_all_differ(self) -> None:
        table = (
            "id, name, parent, {}\na, Board, , {}\nb, Audit, a, {}\nc, Pay, a, {}\nd, Law, a, {}"
        )
        before = organization_of(table.format("Grade", "G9", "G7", "G7", "G7"))
        after = organization_of(table.format("Contract", "open", "fixed", "open", "fixed"))

        comparison = compare(before, after)

        assert not comparison.changes
        assert comparison.columns.only_before == [before.type_heading]
        assert comparison.columns.only_after == ["Contract"]

    def test_that_are_rewritten_are_no_changes_of_units(self) -> None:
        before, after = (
            organization_of(
                "id, name, parent, Checked on\n"
                + "\n".join(f"u{at}, Unit {at}, {'u0' if at else ''}, {day}" for at in range(30))
            )
            for day in ("2024-01-31", "2025-01-31")
        )

        comparison = compare(before, after)

        assert not comparison.changes
        assert comparison.rewritten == ["Checked on"]
        assert not comparison.is_same

    def test_of_dates_may_be_written_otherwise(self) -> None:
        dates = ["2024-01-31", "2024-02-28", "2024-03-30"], ["31.01.2024", "28.02.2024", "1.4.2024"]
        states = [
            organization_of(
                "id, name, parent, Opened\n"
                + "\n".join(
                    f"u{at}, Unit {at}, {'u0' if at else ''}, {day}" for at, day in enumerate(days)
                )
            )
            for days in dates
        ]

        assert cells(compare(*states).changes) == [("facts", "Opened", "2024-03-30", "1.4.2024")]


class TestWithoutIds:
    """Ids are those that are made from names, or numbers of records in another order."""

    TREE = (
        *(("1", "Government", ""), ("2", "Ministry of Trade", "1"), ("3", "Finance", "2")),
        *(("4", "Legal Affairs", "2"), ("5", "Ministry of Health", "1"), ("6", "Finance", "5")),
        *(("7", "Legal Affairs", "5"), ("8", "Hospitals Agency", "5")),
    )

    @staticmethod
    def numbered(rows: Sequence[tuple[str, str, str]], order: Sequence[int]) -> Organization:
        """Return units whose ids are their numbers in some order of the records."""
        number = {rows[at][0]: str(place) for place, at in enumerate(order, start=1)}
        return organization_named(
            [(number[rows[at][0]], number.get(rows[at][2], "")) for at in order],
            [rows[at][1] for at in order],
        )

    def test_numbers_of_records_are_no_ids(self) -> None:
        states = [self.numbered(self.TREE, order) for order in (range(8), range(7, -1, -1))]

        assert not compare(*states).changes

    def test_numbers_that_only_the_places_of_records_share_are_no_ids(self) -> None:
        trades = ("Bakery", "Ovens", "Flour", "Shop", "Cakes", "Bread", "Sugar", "Trucks")
        parents = ("", "3", "1", "2", "2", "1", "1", "1")
        other = [*zip(map(str, range(1, 9)), trades, parents, strict=True)]

        comparison = compare(self.numbered(self.TREE, range(8)), self.numbered(other, range(8)))

        assert len(comparison.matching.new) == len(other)

    def test_a_moved_ministry_takes_its_parts_along(self) -> None:
        tree = [*self.TREE, ("9", "Cabinet", "1")]
        moved = [(key, name, "9" if key == "5" else parent) for key, name, parent in tree]

        comparison = compare(self.numbered(tree, range(9)), self.numbered(moved, range(8, -1, -1)))

        assert told(comparison) == [("moved", ["Ministry of Health"], ["Ministry of Health"])]

    @pytest.mark.parametrize("name", ["Ministry of Health and Care", "Department of Wellbeing"])
    def test_a_renamed_ministry_is_one_rename_though_its_parts_share_names(self, name: str) -> None:
        renamed = [(key, name if key == "5" else old, parent) for key, old, parent in self.TREE]

        comparison = compare(
            self.numbered(self.TREE, range(8)), self.numbered(renamed, [*range(8)][::-1])
        )

        assert told(comparison) == [("renamed", ["Ministry of Health"], [name])]

    def test_likeness_is_uncertain_where_little_is_alike(self) -> None:
        renamed = [
            (key, "Hospitals and Clinics Agency" if key == "8" else old, parent)
            for key, old, parent in self.TREE
        ]

        comparison = compare(
            self.numbered(self.TREE, range(8)), self.numbered(renamed, [*range(8)][::-1])
        )

        assert told(comparison) == [
            ("renamed", ["Hospitals Agency"], ["Hospitals and Clinics Agency"])
        ]
        ((_, _, reason),) = comparison.uncertain
        assert reason is Reason.LIKENESS

    def test_units_of_one_name_are_told_apart_by_their_heads(self) -> None:
        table = "name, head, parent\nBoard, Ada,\n{}"
        hands = [f"Hand, {head}, Board" for head in ("Bo", "Cy", "Dee")]
        states = [organization_of(table.format("\n".join(rows))) for rows in (hands, hands[::-1])]

        assert not compare(*states).changes


class TestIds:
    def test_are_the_same_with_other_zeros_and_letters(self) -> None:
        states = [
            organization_named([(f"{before}1", ""), (f"{before}2", f"{before}1")], names)
            for before, names in (("P00", ("Board", "Pay")), ("p", ("Council", "Salaries")))
        ]

        assert [change.kind for change in compare(*states).changes] == [ChangeKind.RENAMED] * 2

    def test_go_before_names(self) -> None:
        renamed = port(("Audit,               ", "Locks and Bridges,   "))

        assert same_names(compare(port(), renamed))["Audit"] == "Locks and Bridges"

    def test_of_which_two_are_exchanged_do_not_go_before_names(self) -> None:
        exchanged = port(("a,  Audit", "-,  Audit"), ("l,  Locks", "a,  Locks"), ("-,", "l,"))

        assert not [
            change
            for change in compare(port(), exchanged).changes
            if change.kind is ChangeKind.RENAMED
        ]

    def test_may_be_in_another_column(self) -> None:
        table = "slug, name, Register, part of\n a, Board, X1,\n b, Audit, X2, a\n {}, X3, a"
        before = organization_of(table.format("pay, Pay"))
        after = organization_of(
            table.format("staff-costs, Staff Costs").replace("Register", "Number")
        )

        assert told(compare(before, after)) == [("renamed", ["Pay"], ["Staff Costs"])]
        assert not [*compare(before, after).uncertain]


class TestPeople:
    TABLE = """
        id, first name, last name, job title, manager
        1,  Ada,        Marsh,     Director,
        {}
        3,  Cy,         Roe,       Clerk,     2
        4,  Dee,        Quist,     Clerk,     2
        """

    def test_are_not_who_had_their_work_before(self) -> None:
        before, after = (
            organization_of(
                self.TABLE.format(f"{row}, Head of Finance, 1").replace("     2", row[0])
            )
            for row in ("2,  Bo, Lind", "5,  Eva Bo, Lindqvist")
        )

        comparison = compare(before, after)

        assert comparison.after.records is Records.PEOPLE
        assert told(comparison) == [
            ("new", [], ["Eva Bo Lindqvist"]),
            ("gone", ["Bo Lind"], []),
            ("moved", ["Cy Roe"], ["Cy Roe"]),
            ("moved", ["Dee Quist"], ["Dee Quist"]),
        ]


class TestSplitsAndMergers:
    SPLIT = PORT.replace("p,  Payroll and Pensions, unit,       Cy,    f,      5, ", "{}")
    NAMED = "x, Payroll, unit, Cy, f, 2, Quay 3\n y, Pensions, unit, Di, f, 3,"

    def test_are_shown_by_names(self) -> None:
        split = organization_of(self.SPLIT.format(self.NAMED))
        names = ["Payroll and Pensions"], ["Payroll", "Pensions"]

        assert told(compare(port(), split)) == [("split", *names)]
        assert told(compare(split, port())) == [("merged", *reversed(names))]
        assert compare(port(), split).changes[0].is_uncertain

    def test_are_shown_by_parts(self) -> None:
        table = """
            id, name,     parent
            h,  Harbour,  {}
            q,  Quay,     {}
            r,  Road,     {}
            s,  Rail,     {}
            t,  Tunnel,   {}
            """
        before = organization_of(table.format("", "w", "w", "w", "w") + "w, Works, h")
        after = organization_of(
            table.format("", "x", "x", "y", "y") + "x, North Site, h\n y, Tracks, h"
        )

        assert told(compare(before, after)) == [("split", ["Works"], ["North Site", "Tracks"])]
        assert told(compare(after, before)) == [("merged", ["North Site", "Tracks"], ["Works"])]
        assert not compare(before, after).changes[0].is_uncertain

    def test_are_shown_by_responsibilities(self) -> None:
        units = "id, name, parent\n h, Harbour, \n o, Other, h\n {}"
        before = organization_of(
            units.format("w, Payroll, h"),
            responsibilities="unit_id, responsibility\n w, Pays wages\n w, Keeps pensions",
        )
        after = organization_of(
            units.format("x, Wages Desk, h\n y, Old Age, h"),
            responsibilities="unit_id, responsibility\n x, Pays wages\n y, Keeps pensions",
        )

        changes = told(compare(before, after))

        assert changes[0] == ("split", ["Payroll"], ["Wages Desk", "Old Age"])

    def test_a_unit_may_stay_of_which_another_one_was_split_off(self) -> None:
        table = "id, name, parent\n h, Harbour, \n w, Works, h\n"
        parts = [f"p{at}, Part {at}, {{}}" for at in range(5)]
        before = organization_of(table + "\n".join(row.format("w") for row in parts))
        rows = [row.format("w" if at < 3 else "x") for at, row in enumerate(parts)]
        after = organization_of(table + "\n".join([*rows, "x, Roads, h"]))

        assert told(compare(before, after)) == [("split", ["Works"], ["Works", "Roads"])]
        assert told(compare(after, before)) == [("merged", ["Works", "Roads"], ["Works"])]

    def test_a_level_less_is_no_merger(self) -> None:
        table = "id, name, parent\n h, Harbour, \n w, Works, h\n a, Quay, {0}\n b, Road, {0}"
        before = organization_of(table.format("w"))
        after = organization_of(table.format("h").replace("w, Works, h\n", ""))

        kinds = [change.kind for change in compare(before, after).changes]

        assert kinds == [ChangeKind.GONE, ChangeKind.MOVED, ChangeKind.MOVED]


class TestResponsibilities:
    UNITS = "id, name, parent\n h, Harbour, \n p, Pilots, h\n l, Locks, h"
    TEXTS = (
        *(("h", "Decides on the port regulations"), ("p", "Guides ships through the fairway")),
        *(("p", "Brings a pilot aboard in a storm"), ("l", "Opens the bridges at night")),
    )

    def state(self, *rows: tuple[str, str]) -> Organization:
        table = "\n".join(("unit_id, responsibility", *(f"{unit}, {text}" for unit, text in rows)))
        return organization_of(self.UNITS, responsibilities=table)

    @pytest.mark.parametrize(
        ("rows", "aspect", "units"),
        [
            (TEXTS[:3], Aspect.GONE, (2, 2)),
            ((*TEXTS, ("l", "Counts the gulls")), Aspect.NEW, (2, 2)),
            ((*TEXTS[:3], ("l", "Opens the bridges by night")), Aspect.REWORDED, (2, 2)),
            ((*TEXTS[:3], ("p", "Opens the bridges at night")), Aspect.HANDED_OVER, (2, 1)),
            ((*TEXTS[:3], ("p", "Opens the bridges by night")), Aspect.HANDED_OVER, (2, 1)),
        ],
    )
    def test_each_aspect_is_told(
        self, rows: Sequence[tuple[str, str]], aspect: Aspect, units: tuple[int, int]
    ) -> None:
        (change,) = compare(self.state(*self.TEXTS), self.state(*rows)).changes

        assert (change.kind, change.aspect) == (ChangeKind.RESPONSIBILITIES, aspect)
        assert (*change.before, *change.after) == units

    def test_may_be_in_another_order(self) -> None:
        assert not compare(self.state(*self.TEXTS), self.state(*self.TEXTS[::-1])).changes


class TestRelations:
    @staticmethod
    def state(*rows: str) -> Organization:
        table = "\n".join(("from_id, to_id, kind, description", *rows))
        return organization_of(TestResponsibilities.UNITS, relations=table)

    def test_are_new_gone_or_reworded(self) -> None:
        before = self.state("p, l, advises, On tides", "p, h, supports, With boats")
        after = self.state("p, l, advises, On tides and winds", "l, h, supports, With boats")

        changes = compare(before, after).changes

        assert [(change.aspect, change.column) for change in changes] == [
            (Aspect.GONE, "supports"),
            (Aspect.REWORDED, "advises"),
            (Aspect.NEW, "supports"),
        ]
        assert changes[1].old == "On tides"

    def test_of_both_ways_have_no_direction(self) -> None:
        rows = "p, l, coordinates_with, At night", "l, p, coordinates_with, At night"

        assert not compare(*map(self.state, rows)).changes


class TestWhatIsSettled:
    def test_goes_before_ids_and_names(self) -> None:
        harbour = seven_units()

        comparison = compare(harbour, harbour, Settled(same=[(2, 3), (3, 2)]))

        assert comparison.matching.after_of[2] == 3
        assert comparison.matching.reason[2] == [*Reason].index(Reason.SETTLED)

    def test_says_that_units_are_not_the_same(self) -> None:
        harbour = seven_units()

        comparison = compare(harbour, harbour, Settled(gone=[6], new=[6]))

        assert told(comparison)[:2] == [
            ("new", [], ["Dangerous Goods Unit"]),
            ("gone", ["Dangerous Goods Unit"], []),
        ]

    def test_of_a_unit_that_is_gone_makes_none_of_its_parts_a_heir(self) -> None:
        table = "id, name, parent\n h, Harbour, \n w, Works, h\n"
        parts = [f"p{at}, Part {at}, {{}}" for at in range(4)]
        before = organization_of(table + "\n".join(row.format("w") for row in parts))
        rows = [row.format("w" if at < 2 else "x") for at, row in enumerate(parts)]
        after = organization_of(table + "\n".join([*rows, "x, Roads, h"]))
        works = before.number["w"]

        changes = told(compare(before, after, Settled(gone=[works], new=[after.number["w"]])))

        assert ("gone", ["Works"], []) in changes
        assert not any(kind == "split" for kind, *_ in changes)


class TestGatheredRoots:
    def test_have_no_parent_whether_they_are_one_or_several(self) -> None:
        one = organization_of([("a", ""), ("b", "a")])
        several = organization_of([("a", ""), ("b", "a"), ("c", "")])

        assert told(compare(one, several)) == [("new", [], ["c"])]
        assert told(compare(several, one)) == [("gone", ["c"], [])]

    def test_a_unit_whose_record_is_missing_is_gone_even_if_others_name_it(self) -> None:
        before = organization_of([("a", ""), ("b", "a"), ("c", "b")])
        after = organization_of([("a", ""), ("c", "b")])

        assert told(compare(before, after)) == [("gone", ["b"], [])]
        assert told(compare(after, before)) == [("new", [], ["b"])]

    def test_placeholders_are_neither_new_nor_gone(self) -> None:
        assert not compare(units_with_gaps(), units_with_gaps()).changes


@st.composite
def named_forests(draw: st.DrawFn) -> Organization:
    """Draw an organization whose units may share names."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1))
    return organization_named(draw(forests(most=15)), names)


class TestAnyOrganization:
    @examples(25)
    @given(named_forests())
    def test_has_no_changes_from_itself(self, organization: Organization) -> None:
        comparison = compare(organization, organization)

        assert not comparison.changes
        assert not [*comparison.uncertain]
        assert comparison.unchanged == organization.count()

    def test_with_all_tables_has_no_changes_from_itself(self, iom: Organization) -> None:
        assert not compare(iom, iom).changes

    @examples(25)
    @given(st.integers(0, 10_000), st.booleans())
    def test_exchanged_for_its_past_exchanges_new_and_gone(
        self,
        seed: int,
        has_ids: bool,  # noqa: FBT001
    ) -> None:
        before, after, _ = states(seed, has_ids=has_ids)

        there, back = compare(before, after), compare(after, before)

        assert there.counts[ChangeKind.NEW] == back.counts[ChangeKind.GONE]
        assert there.counts[ChangeKind.GONE] == back.counts[ChangeKind.NEW]
        assert there.counts[ChangeKind.SPLIT] == back.counts[ChangeKind.MERGED]
        for kind in (ChangeKind.MOVED, ChangeKind.RENAMED, ChangeKind.TYPE, ChangeKind.HEAD):
            assert there.counts[kind] == back.counts[kind]

    @examples(25)
    @given(st.integers(0, 10_000), st.booleans())
    def test_becomes_the_new_one_by_its_changes(
        self,
        seed: int,
        has_ids: bool,  # noqa: FBT001
    ) -> None:
        before, after, _ = states(seed, has_ids=has_ids)

        assert applied(compare(before, after)) == described(after)

    @pytest.mark.parametrize(("has_ids", "least"), [(True, 0.9), (False, 0.8)])
    def test_has_the_changes_that_were_made(self, *, has_ids: bool, least: float) -> None:
        found = findings(200, 8, 0.1, has_ids=has_ids)

        shares = {kind: (each.precision, each.recall) for kind, each in found.items()}
        assert {
            "same unit",
            "moved",
            "renamed",
            "split",
            "merged",
            "new",
            "gone",
        } <= shares.keys()
        assert min(min(pair) for pair in shares.values()) >= least, shares


def states(seed: int, *, has_ids: bool) -> tuple[Organization, Organization, Register]:
    """Return a random register of 60 units as an organization, before and after some edits."""
    register = random_register(seed, 60)
    edited = register.edit(0.1)
    before, _ = register.organization(has_ids=has_ids)
    after, _ = edited.organization(has_ids=has_ids)
    return before, after, edited


CELLS = ("name", "type", "head")


def described(organization: Organization) -> list[tuple[str, ...]]:
    """Return name, type and head of each unit and of its parent, sorted."""
    rows = [tuple(_cells(organization, unit).values()) for unit in range(len(organization))]
    return sorted(
        (*row, *(rows[parent] if parent >= 0 else ()))
        for row, parent in zip(rows, organization.parent.tolist(), strict=True)
    )


def _cells(organization: Organization, unit: int) -> dict[str, str]:
    return {column: organization.units[column][unit] for column in CELLS}


def applied(comparison: Comparison) -> list[tuple[str, ...]]:
    """Return what ``described`` says of the old state after all changes are made to it.

    A unit is known by its number afterwards. Parts of what was split or merged follow it.
    """
    before, after, matching = comparison.before, comparison.after, comparison.matching
    pairs = [pair for pair in enumerate(matching.after_of.tolist()) if pair[1] != UNMATCHED]
    number = dict(pairs) | {-1: -1}
    rows = {now: _cells(before, old) for old, now in pairs}
    above = {now: number.get(int(before.parent[old]), UNMATCHED) for old, now in pairs}
    for change in comparison.changes:
        for unit in change.after:
            if matching.before_of[unit] == UNMATCHED:
                rows[unit], above[unit] = _cells(after, unit), int(after.parent[unit])
        if change.kind in {ChangeKind.SPLIT, ChangeKind.MERGED}:
            above |= {
                now: int(after.parent[now])
                for old, now in pairs
                if before.parent[old] in change.before and after.parent[now] in change.after
            }
        elif change.kind is ChangeKind.MOVED:
            (unit,) = change.after
            above[unit] = int(after.parent[unit])
            assert change.new in {"", after.units["name"][above[unit]]}
        elif change.column in CELLS:
            rows[change.after[0]][change.column] = change.new
    return sorted(
        (*row.values(), *(rows[above[unit]].values() if above[unit] >= 0 else ()))
        for unit, row in rows.items()
    )
