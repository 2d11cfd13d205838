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

    def test_says_why_a_table_is_understood_as_it_is_and_what_its_further_columns_are(self) -> None:
        (read,) = report(import_of("id, name, parent, colour\na, A, , red\nb, B, a, blue"))["read"]

        assert read["reason"] == (
            "“parent” has the parent of each unit: 100% of its entries are in “id”."
        )
        assert read["facts"] == {"colour": "text"}
        assert read["unused"] == []
        assert "candidates" not in read

    def test_has_all_interpretations_with_their_measures_if_asked(self) -> None:
        imported = import_of("id, name, parent, department\na, A, , North\nb, B, a, South")

        (read,) = json.loads(json.dumps(report(imported, explain=True)))["read"]

        scores = [candidate["score"] for candidate in read["candidates"]]
        assert scores == sorted(scores, reverse=True)
        assert read["candidates"][0]["hierarchy"] == read["reason"]
        assert {"columns", "kept", "below_records", "found"} <= read["candidates"][0].keys()

    def test_names_another_way_that_is_nearly_as_likely_and_its_option(self) -> None:
        imported = import_of(
            """
            name,   superior, owner
            Board,  ,
            Pay,    Board,    Audit
            Audit,  Board,    Board
            Ledger, Pay,      Board
            """
        )

        (read,) = report(imported)["read"]
        assert read["alternative"].startswith("Nearly as likely: “owner” has the parent")
        assert '--map "parent=owner"' in read["alternative"]
