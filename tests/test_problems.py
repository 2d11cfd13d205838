from __future__ import annotations

import json
import re

import pytest

from components.problems import DataError, Fault, Problem, ProblemKind, Severity

ODD = ProblemKind.UNREADABLE


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        (
            Problem(ODD, "It is odd.", "Even it.", table="units", record=7, column="id", value="1"),
            "units, record 7, column id: It is odd. Even it.",
        ),
        (
            Problem(ODD, "It is odd.", "Even it.", table="units", record=7),
            "units, record 7: It is odd. Even it.",
        ),
        (Problem(ODD, "It is odd.", "Even it.", table="units"), "units: It is odd. Even it."),
    ],
)
def test_the_text_of_a_problem_is_place_reason_and_remedy(problem: Problem, line: str) -> None:
    assert str(problem) == line


def test_a_data_error_has_every_problem_and_a_line_for_each() -> None:
    problems = [
        Problem(ODD, "No.", "Yes.", table="units"),
        Problem(ODD, "Hot.", "Cool.", table="themes"),
    ]

    error = DataError(iter(problems))

    assert error.problems == tuple(problems)
    assert str(error).splitlines() == ["units: No. Yes.", "themes: Hot. Cool."]


def test_the_message_of_a_data_error_has_its_errors_only_if_it_has_any() -> None:
    (error,) = Fault(ODD, "It is odd.", "Even it.").error("units").problems
    warning = Problem(ProblemKind.SHORT_RECORD, "It is short.", "Fill it.", table="units", record=3)

    assert str(DataError([warning, error])) == "units: It is odd. Even it."
    assert error.severity is Severity.ERROR


class TestAFault:
    FAULT = Fault(ODD, "“{value}” of “{column}” is {count:,} too odd.", "Even {value}.")

    def test_fills_its_templates_with_the_place_and_the_values_of_a_problem(self) -> None:
        problem = self.FAULT.problem("units", record=7, column="id", value="{count}", count=1000)

        assert problem == Problem(
            ODD,
            "“{count}” of “id” is 1,000 too odd.",
            "Even {count}.",
            table="units",
            record=7,
            column="id",
            value="{count}",
        )

    def test_needs_all_values_of_its_templates(self) -> None:
        with pytest.raises(KeyError, match="count"):
            self.FAULT.problem("units")

    def test_is_an_error_where_nothing_can_be_read(self) -> None:
        note = Fault(ODD, "It is odd.", "Even it.", Severity.NOTE)

        assert note.problem("units").severity is Severity.NOTE
        assert note.error("units").problems[0].severity is Severity.ERROR


def test_a_problem_in_json_has_texts_and_a_number() -> None:
    problem = Problem(
        ProblemKind.CYCLE, "Round.", "Cut.", table="units", record=2, column="p", value="a"
    )

    assert json.loads(json.dumps(problem.as_dict())) == {
        "kind": "cycle",
        "reason": "Round.",
        "remedy": "Cut.",
        "table": "units",
        "record": 2,
        "column": "p",
        "value": "a",
        "severity": "warning",
    }


def test_every_kind_has_a_unique_name_in_small_letters() -> None:
    names = [str(kind) for kind in ProblemKind]

    assert len(set(names)) == len(names)
    assert all(re.fullmatch("[a-z]+(-[a-z]+)*", name) for name in names)
