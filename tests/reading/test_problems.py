from __future__ import annotations

import pytest

from components.reading.problems import DataError, Problem


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        (
            Problem("It is odd.", "Even it.", table="units", record=7, column="id", value="1"),
            "units, record 7, column id: It is odd. Even it.",
        ),
        (
            Problem("It is odd.", "Even it.", table="units", record=7),
            "units, record 7: It is odd. Even it.",
        ),
        (Problem("It is odd.", "Even it.", table="units"), "units: It is odd. Even it."),
    ],
)
def test_a_problem_reads_as_place_message_and_remedy(problem: Problem, line: str) -> None:
    assert str(problem) == line


def test_a_data_error_holds_every_problem_and_reads_as_a_line_for_each() -> None:
    problems = [Problem("No.", "Yes.", table="units"), Problem("Hot.", "Cool.", table="themes")]

    error = DataError(iter(problems))

    assert error.problems == tuple(problems)
    assert str(error).splitlines() == ["units: No. Yes.", "themes: Hot. Cool."]
