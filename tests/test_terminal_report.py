"""The output of the command line about a dataset."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest

from components.importing.import_tables import import_tables
from components.importing.report import Imported
from components.model.organization import Organization
from components.problems import Problem, ProblemKind, Severity
from components.terminal_report import print_report
from tests.organizations import organization_of, seven_tables


def problem(kind: ProblemKind, record: int, severity: Severity, value: str = "") -> Problem:
    return Problem(
        kind,
        f"Reason {record}.",
        f"Remedy {record}.",
        table="units",
        record=record,
        value=value,
        severity=severity,
    )


def rows(printed: str) -> list[list[str]]:
    """Return the cells of the printed table of problems, without its header."""
    table = printed[printed.index("What to do") :]
    lines = [re.split(" {2,}", line.strip()) for line in table.splitlines() if line.strip()]
    return lines[2:]


def print_with(problems: Sequence[Problem]) -> None:
    """Print the report of an organization with these problems."""
    print_report(Imported(replace(organization_of([("a", "")]), problems=tuple(problems)), ()))


class TestTheReport:
    def test_has_the_role_and_columns_of_each_table(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        print_report(import_tables(seven_tables()))

        printed = capsys.readouterr().out
        assert printed.startswith("Harbour: 7 units, 3 levels\n")
        assert "units: Read.\n  units: " in printed
        assert "short_name = short_name" in printed
        assert "relations: from_id = from_id, to_id = to_id" in printed
        assert "Responsibilities 9" in printed

    def test_of_a_dataset_without_problems_has_no_table_of_them(
        self, harbour: Organization, capsys: pytest.CaptureFixture[str]
    ) -> None:
        print_report(Imported(harbour, ()))

        assert "What to do" not in capsys.readouterr().out

    def test_does_not_interpret_markup_in_values(self, capsys: pytest.CaptureFixture[str]) -> None:
        print_with([problem(ProblemKind.CYCLE, 2, Severity.WARNING, "[bold]x[/] :smile:")])

        assert "[bold]x[/] :smile:" in capsys.readouterr().out


class TestProblems:
    def test_are_in_a_table_with_place_value_reason_and_remedy(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        print_with([problem(ProblemKind.CYCLE, 2, Severity.WARNING, "a")])

        assert rows(capsys.readouterr().out) == [
            ["warning", "units, record 2", "a", "Reason 2.", "Remedy 2."]
        ]

    def test_are_sorted_by_severity(self, capsys: pytest.CaptureFixture[str]) -> None:
        print_with(
            [
                problem(ProblemKind.NO_PARENT, 2, Severity.NOTE),
                problem(ProblemKind.CYCLE, 3, Severity.WARNING),
                problem(ProblemKind.EMPTY, 4, Severity.ERROR),
                problem(ProblemKind.CYCLE, 5, Severity.WARNING),
            ]
        )

        printed = rows(capsys.readouterr().out)
        assert [cells[0] for cells in printed] == ["error", "warning", "warning", "note"]
        assert [cells[1][-1] for cells in printed] == ["4", "3", "5", "2"]

    def test_of_one_kind_are_counted_after_the_first_ten(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        problems = [
            problem(ProblemKind.UNKNOWN_PARENT, n, Severity.WARNING) for n in range(2, 1_236)
        ]
        problems.append(problem(ProblemKind.CYCLE, 9_999, Severity.WARNING))

        print_with(problems)

        printed = capsys.readouterr().out
        assert len(rows(printed)) == 12
        assert "... and 1,224 more of this kind (see --json)" in printed
        assert "9999" in printed

    def test_with_a_long_value_are_one_line(self, capsys: pytest.CaptureFixture[str]) -> None:
        print_with([problem(ProblemKind.LONG_TEXT, 2, Severity.NOTE, "word\n" * 1_000)])

        assert len(rows(capsys.readouterr().out)) == 1
