"""The invented staff list: called an example, plausible, and different in each way after a year."""

from __future__ import annotations

import unicodedata
from collections import Counter
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from frictionless import validate
from pandas import DataFrame

from components.importing.column_settings import Choices
from components.importing.import_tables import import_tables
from components.model.changes import Aspect, ChangeKind, compare
from components.model.facts import FactKind
from components.model.measures import BELOW, REPORTS, Measures
from components.model.organization import Organization, Records
from components.reading.read import read_tables

FOLDER = Path(__file__).parent.parent.parent / "data" / "harbour-office"
BEFORE, AFTER = "2025-01-01", "2026-01-01"
KINDS = {
    "Post ID": FactKind.TEXT,
    "Department": FactKind.CATEGORY,
    "FTE": FactKind.NUMBER,
    "Budget (EUR)": FactKind.NUMBER,
    "E-mail": FactKind.EMAIL,
    "Phone": FactKind.PHONE,
    "Start date": FactKind.DATE,
    "Contract": FactKind.CATEGORY,
}
WITHOUT_ASCII = str.maketrans("øØłı", "oOli")
"""Letters that are not one of ASCII with an accent."""


def state(day: str) -> DataFrame:
    return read_tables(FOLDER).frames[day].set_index("Post ID")


def organization_on(day: str) -> Organization:
    return import_tables(read_tables(FOLDER), Choices(table=day)).organization


@pytest.fixture(scope="module")
def before() -> DataFrame:
    return state(BEFORE)


@pytest.fixture(scope="module")
def after() -> DataFrame:
    return state(AFTER)


@pytest.fixture(scope="module")
def port() -> Organization:
    return organization_on(AFTER)


def unit_of(organization: Organization, name: str) -> int:
    return organization.units["name"].index(name)


def changed(before: DataFrame, after: DataFrame, *columns: str) -> set[str]:
    """Return the posts of both states in which any of the columns differs."""
    posts = before.index.intersection(after.index)
    columns_ = [*columns]
    differ = (before.loc[posts, columns_] != after.loc[posts, columns_]).any(axis="columns")
    return {*posts[differ]}


class TestThePackage:
    def test_is_valid(self) -> None:
        report = validate(FOLDER / "datapackage.json")

        assert report.valid, report.to_summary()
        assert len(report.tasks) == len([*FOLDER.glob("*.csv")])

    def test_says_that_it_is_invented_and_free(self, port: Organization) -> None:
        assert "invented example" in port.about.title
        assert "no such port, people, addresses or figures exist" in port.about.description
        assert port.about.source_title == "Invented example"
        assert "Creative Commons Zero" in port.about.licence

    def test_has_addresses_and_numbers_that_reach_nobody(self, after: DataFrame) -> None:
        held = after[after["Name"] != "Vacant"]

        assert held["E-mail"].str.endswith(".example").all()
        # The Irish regulator keeps this range for films and books.
        assert held["Phone"].str.match(r"\+353 20 91\d \d{4}$").all()


class TestWithoutAnyOption:
    def test_the_newest_state_is_drawn_and_the_other_is_named(self) -> None:
        organization = import_tables(read_tables(FOLDER)).organization

        assert organization.units["id"] == organization_on(AFTER).units["id"]
        (problem,) = organization.problems
        assert (problem.kind, problem.table) == ("unused-table", BEFORE)

    @pytest.mark.parametrize("day", [BEFORE, AFTER])
    @pytest.mark.parametrize("is_described", [True, False], ids=["described", "bare"])
    def test_each_column_is_understood(self, day: str, *, is_described: bool) -> None:
        tables = read_tables(FOLDER if is_described else FOLDER / f"{day}.csv")

        organization = import_tables(tables, Choices(table=day)).organization

        facts = organization.facts.values()
        assert {fact.heading: fact.kind for fact in facts} == KINDS
        units = {fact.heading: fact.unit for fact in facts if fact.kind is FactKind.NUMBER}
        assert units == {"FTE": "FTE", "Budget (EUR)": "EUR"}
        assert not any(measure.is_total for measure in Measures(organization))
        assert not organization.has_periods

    def test_the_records_are_posts_and_their_types_grades(self, port: Organization) -> None:
        assert port.records is Records.POSTS
        assert port.type_heading == "Grade"

    def test_roles_are_those_of_posts(self, port: Organization) -> None:
        roster = unit_of(port, "Pilot Roster Manager")
        cells = {name: port.units[name][roster] for name in ("id", "head", "type", "location")}

        assert cells == {
            "id": "P1011",
            "head": "Yusuf Adebanwole",
            "type": "G10",
            "location": "Pilot Station",
        }
        assert port.units["name"][port.parent[roster]] == "Chief Pilot"


class TestTheStaffList:
    def test_has_six_levels_and_one_top(self, port: Organization) -> None:
        assert len(port) == 121
        assert max(port.depth) + 1 == 6
        assert not port.has_synthetic_top

    def test_has_one_widest_span(self, port: Organization) -> None:
        reports = Measures(port)[REPORTS].own
        widest = sorted(range(len(port)), key=lambda unit: -reports[unit])[:2]

        assert [port.units["name"][unit] for unit in widest] == [
            "Pilot Roster Manager",
            "Harbour Director",
        ]
        assert [reports[unit] for unit in widest] == [14, 10]

    def test_has_most_vacancies_in_infrastructure(self, port: Organization) -> None:
        departments = port.facts["department"].cells
        vacancies = Counter(
            department
            for department, status in zip(departments, port.units["status"], strict=True)
            if status == "vacant"
        )

        assert vacancies.most_common(1) == [("Infrastructure", 9)]
        assert sum(vacancies.values()) == 12

    def test_has_14_posts_that_report_to_two(self, port: Organization) -> None:
        assert {relation.kind for relation in port.relations.rows} == {"also_part_of"}
        assert len({relation.origin for relation in port.relations.rows}) == 14

    def test_spends_a_quarter_of_its_budget_on_pilots(self, port: Organization) -> None:
        budget = Measures(port)["budget-eur"]
        chief = unit_of(port, "Chief Pilot")

        assert budget.sum(0) == 22_278_200
        assert budget.sum(chief) == 5_624_200
        assert {
            port.facts["department"].cells[unit] for unit in range(chief, chief + port.size[chief])
        } == {"Pilots"}
        assert budget.missing_in(0, len(port)) == 5
        assert Measures(port)["fte"].sum(0) == Decimal("118.7")

    def test_adds_up_by_department_and_by_hierarchy_alike(self, port: Organization) -> None:
        budget = Measures(port)["budget-eur"]
        below = Measures(port)[BELOW].own
        members: dict[str, list[int]] = {}
        for unit, department in enumerate(port.facts["department"].cells):
            members.setdefault(department, []).append(unit)
        del members["Director's Office"]  # its head is the head of all

        for department, units in members.items():
            head = max(units, key=lambda unit: below[unit])
            assert sum(budget.own[unit] for unit in units) == budget.total[head], department

    @pytest.mark.parametrize("day", [BEFORE, AFTER])
    def test_is_plausible_in_every_record(self, day: str) -> None:
        posts = state(day)
        vacant = posts["Name"] == "Vacant"

        assert posts.index.is_unique
        assert posts.loc[~vacant, "Name"].is_unique
        assert posts.loc[~vacant, "E-mail"].is_unique
        assert (posts.loc[vacant, ["E-mail", "Phone", "Start date"]] == "").all(axis=None)
        assert (posts.loc[~vacant, ["E-mail", "Phone", "Start date"]] != "").all(axis=None)
        assert (posts["Start date"] < day).all()
        for name, address in posts.loc[~vacant, ["Name", "E-mail"]].itertuples(index=False):
            decomposed = unicodedata.normalize("NFKD", name.translate(WITHOUT_ASCII))
            letters = filter(str.isalpha, decomposed.encode("ascii", "ignore").decode().lower())
            mailbox, _ = address.split("@")
            assert "".join(letters) == "".join(filter(str.isalpha, mailbox)), name

    def test_budgets_vacant_posts_of_a_higher_grade_with_more(self, after: DataFrame) -> None:
        # Vacant posts are budgeted at the lowest step, and pilots with the costs of travel.
        is_plain = (after["Name"] == "Vacant") & (after["Department"] != "Pilots")
        posts = after[is_plain & (after["Budget (EUR)"] != "")]
        costs = {
            (int(grade.removeprefix("G")), int(budget))
            for grade, budget in zip(posts["Grade"], posts["Budget (EUR)"], strict=True)
        }

        assert len({grade for grade, _ in costs}) == len({cost for _, cost in costs}) == len(costs)
        assert sorted(costs) == sorted(costs, key=lambda entry: entry[1])


class TestTheYearBetween:
    def test_has_new_posts_and_posts_that_are_gone(
        self, before: DataFrame, after: DataFrame
    ) -> None:
        assert (len(before), len(after)) == (119, 121)
        assert len({*after.index} - {*before.index}) == 11
        assert len({*before.index} - {*after.index}) == 9

    def test_moved_branches_with_all_that_is_below(
        self, before: DataFrame, after: DataFrame
    ) -> None:
        kept = {*before.index} & {*after.index}
        moved = {
            post
            for post in changed(before, after, "Reports to")
            if before["Reports to"][post] in kept
        }

        assert {after["Title"][post] for post in moved} == {
            "Pilot Boat Superintendent",
            "Head of Digital Services",
        }

    @pytest.mark.parametrize(
        ("column", "expected"),
        [
            ("Title", {"P1018", "P1100", "P1103"}),
            ("Grade", {"P1006", "P1018"}),
            ("FTE", {"P1015", "P1030", "P1052", "P1088"}),
            ("Location", {"P1092"}),
            ("Contract", {"P1048", "P1108"}),
            ("Dotted line to", {"P1092", "P1104"}),
        ],
    )
    def test_changed_what_posts_are(
        self, before: DataFrame, after: DataFrame, column: str, expected: set[str]
    ) -> None:
        assert changed(before, after, column) == expected

    def test_changed_holders_and_budgets(self, before: DataFrame, after: DataFrame) -> None:
        holders = changed(before, after, "Name")
        vacated = {post for post in holders if after["Name"][post] == "Vacant"}

        assert len(holders) == 10
        assert len(vacated) == 6
        assert len(changed(before, after, "Budget (EUR)")) >= 10

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            (
                {"P1068": "Quays and Roads Foreman"},
                {"P1133": "Quay Foreman", "P1134": "Road and Rail Foreman"},
            ),
            (
                {"P1102": "Payroll and Pensions Officer"},
                {"P1138": "Payroll Officer", "P1139": "Pensions Officer"},
            ),
            (
                {"P1118": "Head of Safety", "P1124": "Head of Environment"},
                {"P1141": "Head of Safety and Environment"},
            ),
            (
                {"P1115": "Tariff Analyst", "P1116": "Statistics Analyst"},
                {"P1140": "Tariffs and Statistics Analyst"},
            ),
        ],
    )
    def test_split_and_merged_posts(
        self, before: DataFrame, after: DataFrame, old: dict[str, str], new: dict[str, str]
    ) -> None:
        assert before.loc[[*old], "Title"].to_dict() == old
        assert after.loc[[*new], "Title"].to_dict() == new
        assert not {*old} & {*after.index}
        assert not {*new} & {*before.index}
        parts = before.index[before["Reports to"].isin(old)].intersection(after.index)
        assert {*after.loc[parts, "Reports to"]} == ({*new} if len(parts) else set())

    @pytest.mark.parametrize(("day", "posts", "texts"), [(BEFORE, 15, 30), (AFTER, 15, 31)])
    def test_shared_out_responsibilities_anew(self, day: str, posts: int, texts: int) -> None:
        responsibilities = organization_on(day).responsibilities

        assert len(responsibilities.rows) == texts
        assert (np.diff(responsibilities.first) > 0).sum() == posts

    def test_has_every_kind_of_change(self) -> None:
        comparison = compare(organization_on(BEFORE), organization_on(AFTER))

        assert comparison.counts == {
            ChangeKind.SPLIT: 2,
            ChangeKind.MERGED: 2,
            ChangeKind.NEW: 5,
            ChangeKind.GONE: 3,
            ChangeKind.MOVED: 2,
            ChangeKind.RENAMED: 3,
            ChangeKind.TYPE: 2,
            ChangeKind.HEAD: 10,
            ChangeKind.RESPONSIBILITIES: 16,
            ChangeKind.RELATIONS: 1,
            ChangeKind.MEASURES: 23,
            ChangeKind.FACTS: 59,
        }
        assert {change.aspect for change in comparison.changes} == {None, *Aspect}
        assert not [*comparison.uncertain]

    def test_left_most_posts_as_they_were(self, before: DataFrame, after: DataFrame) -> None:
        kept = before.index.intersection(after.index)

        assert len(changed(before, after, *before.columns)) < len(kept) / 2
