"""The figures and the report of a dataset, as another program reads them."""

from __future__ import annotations

import json

import pytest

from components.importing.import_tables import import_tables
from components.importing.report import counts_of, refusal_report, report
from components.model.organization import Organization
from components.problems import DataError
from tests.organizations import Pairs, import_of, organization_of, tables

GATHERED: Pairs = [("a", ""), ("b", "a"), ("c", ""), ("d", "q"), ("e", "d"), ("f", "g"), ("g", "f")]
"""Two roots of which one is isolated, a parent that is nowhere, and a circle."""


class TestTheFigures:
    def test_of_a_tree_are_those_of_its_table(self, harbour: Organization) -> None:
        assert counts_of(harbour) == {
            "units": 7,
            "roots": 1,
            "isolated": 0,
            "depth": 3,
            "relations": 2,
            "responsibilities": 9,
            "placeholders": 0,
            "unknown_parents": 0,
            "cycles": 0,
        }

    def test_leave_out_what_was_made_to_draw_it(self) -> None:
        counts = counts_of(organization_of(GATHERED))

        assert (counts["units"], counts["depth"]) == (7, 2)
        assert (counts["roots"], counts["isolated"]) == (2, 1)
        assert (counts["placeholders"], counts["unknown_parents"], counts["cycles"]) == (1, 1, 1)

    def test_count_no_root_where_all_stand_in_a_circle(self) -> None:
        counts = counts_of(organization_of([("a", "b"), ("b", "a")]))

        assert (counts["units"], counts["roots"], counts["cycles"]) == (2, 0, 1)

    def test_count_each_unknown_parent_once_a_record(self) -> None:
        counts = counts_of(organization_of([("a", ""), ("b", "q"), ("c", "q"), ("d", "p")]))

        assert (counts["unknown_parents"], counts["placeholders"]) == (3, 2)


class TestTheReport:
    def test_is_an_object_of_figures_of_what_was_read_and_of_problems(self) -> None:
        told = json.loads(json.dumps(report(import_of(GATHERED))))

        assert {"units", "roots", "depth", "relations", "responsibilities"} < told.keys()
        assert all(isinstance(told[name], int) for name in told.keys() - {"read", "problems"})
        (read,) = told["read"]
        assert (read["table"], read["use"]) == ("units", "units")
        assert read["columns"] == {"id": "id", "name": "name", "parent_id": "parent_id"}
        assert [each["kind"] for each in told["problems"]] == [
            "unknown-parent",
            "cycle",
            "many-roots",
        ]

    def test_names_each_problem_by_its_place_and_says_what_to_do(self) -> None:
        (problem, _) = report(import_of([("a", ""), ("b", "q")]))["problems"]

        assert (problem["table"], problem["record"], problem["column"], problem["value"]) == (
            "units",
            3,
            "parent_id",
            "q",
        )
        assert problem["reason"]
        assert problem["remedy"]
        assert problem["severity"] == "warning"

    def test_names_the_tables_of_which_nothing_is_used(self) -> None:
        told = report(import_of([("a", "")], weather="day, sky\nMonday, grey"))

        assert [(each["table"], each["use"]) for each in told["read"]] == [
            ("units", "units"),
            ("weather", ""),
        ]

    def test_of_a_refused_dataset_has_the_same_parts_and_no_figures(self) -> None:
        with pytest.raises(DataError) as raised:
            import_tables(tables("id, name"))

        told = refusal_report(raised.value.problems)
        assert [told[name] for name in ("units", "roots", "depth", "relations")] == [0] * 4
        assert told["read"] == []
        assert [each["severity"] for each in told["problems"]] == ["error"]
