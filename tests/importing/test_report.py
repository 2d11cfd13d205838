"""The report of an import as another program reads it."""

from __future__ import annotations

import json

import pytest

from components.importing.import_tables import import_tables
from components.importing.report import refusal_report, report
from components.problems import DataError
from tests.organizations import Pairs, import_of, tables

GATHERED: Pairs = [("a", ""), ("b", "a"), ("c", ""), ("d", "q"), ("e", "d"), ("f", "g"), ("g", "f")]
"""Two roots of which one has no children, a parent without a record, and a cycle."""


class TestTheReport:
    def test_has_figures_tables_and_problems(self) -> None:
        content = json.loads(json.dumps(report(import_of(GATHERED))))

        assert {"units", "roots", "depth", "relations", "responsibilities"} < content.keys()
        assert all(isinstance(content[name], int) for name in content.keys() - {"read", "problems"})
        (read,) = content["read"]
        assert (read["table"], read["use"]) == ("units", "units")
        assert read["columns"] == {"id": "id", "name": "name", "parent_id": "parent_id"}
        assert [problem["kind"] for problem in content["problems"]] == [
            "unknown-parent",
            "cycle",
            "many-roots",
        ]

    def test_has_the_place_and_the_remedy_of_each_problem(self) -> None:
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

    def test_lists_unused_tables_with_an_empty_use(self) -> None:
        content = report(import_of([("a", "")], weather="day, sky\nMonday, grey"))

        assert [(table["table"], table["use"]) for table in content["read"]] == [
            ("units", "units"),
            ("weather", ""),
        ]

    def test_of_a_refused_dataset_has_the_same_keys_and_figures_of_0(self) -> None:
        with pytest.raises(DataError) as raised:
            import_tables(tables("id, name"))

        content = refusal_report(raised.value.problems)
        assert [content[name] for name in ("units", "roots", "depth", "relations")] == [0] * 4
        assert content["read"] == []
        assert [problem["severity"] for problem in content["problems"]] == ["error"]
