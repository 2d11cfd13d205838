from __future__ import annotations

import json
import re

import pytest

from components.problems import DataError, Problem, ProblemKind, Severity, refusal

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
def test_a_problem_reads_as_place_reason_and_remedy(problem: Problem, line: str) -> None:
    assert str(problem) == line


def test_a_data_error_holds_every_problem_and_reads_as_a_line_for_each() -> None:
    problems = [
        Problem(ODD, "No.", "Yes.", table="units"),
        Problem(ODD, "Hot.", "Cool.", table="themes"),
    ]

    error = DataError(iter(problems))

    assert error.problems == tuple(problems)
    assert str(error).splitlines() == ["units: No. Yes.", "themes: Hot. Cool."]


def test_a_data_error_reads_as_its_reasons_and_not_as_what_else_was_found() -> None:
    reason, *_ = refusal(ODD, "units", "It is odd.", "Even it.").problems
    found = Problem(ProblemKind.SHORT_RECORD, "It is short.", "Fill it.", table="units", record=3)

    assert str(DataError([found, reason])) == "units: It is odd. Even it."
    assert reason.severity is Severity.ERROR


def test_a_problem_is_told_in_json_by_plain_texts_and_a_number() -> None:
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


def test_every_kind_has_a_name_of_its_own_in_small_letters() -> None:
    names = [str(kind) for kind in ProblemKind]

    assert len(set(names)) == len(names)
    assert all(re.fullmatch("[a-z]+(-[a-z]+)*", name) for name in names)
