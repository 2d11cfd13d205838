"""What the command line tells about every dataset."""

from __future__ import annotations

import io
from time import sleep

import pytest

from components import terminal
from components.model.organization import Organization
from components.terminal import summary_of, waiting
from tests.organizations import organization_of


class TestTheSummary:
    def test_is_one_line(self, harbour: Organization) -> None:
        assert summary_of(harbour) == "Harbour: 7 units, 3 levels"

    def test_has_the_singular_for_one_unit_and_level(self) -> None:
        assert summary_of(organization_of([("a", "")])) == "Inline: 1 unit, 1 level"

    def test_does_not_count_synthetic_units(self) -> None:
        organization = organization_of([("a", ""), ("b", ""), ("c", "q")])

        assert summary_of(organization) == "Inline: 3 units, 1 level"


class TestWaiting:
    def test_shows_nothing_without_a_terminal(self, capsys: pytest.CaptureFixture[str]) -> None:
        with waiting("Reading staff.csv"):
            pass

        printed = capsys.readouterr()
        assert (printed.out, printed.err) == ("", "")

    def test_shows_long_tasks_on_a_terminal(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert "Reading staff.csv" in shown_while_waiting(0.0, monkeypatch)

    def test_shows_nothing_for_short_tasks(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert "Reading staff.csv" not in shown_while_waiting(60.0, monkeypatch)

    def test_shows_the_step_and_the_share_that_is_done(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        shown = shown_while_waiting(0.0, monkeypatch, ("finding parents", 0.5))

        assert "finding parents" in shown
        assert "━" in shown

    def test_does_not_suppress_exceptions(self) -> None:
        with pytest.raises(OSError, match="gone"), waiting("Reading"):
            raise OSError("gone")


def shown_while_waiting(
    soon: float, monkeypatch: pytest.MonkeyPatch, progress: tuple[str, float] = ("", 0.0)
) -> str:
    """Return the output on a terminal during a task of 0.3 seconds that reports its progress."""
    screen = Screen()
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(terminal, "PROGRESS_DELAY", soon)
    with waiting("Reading staff.csv") as on_progress:
        on_progress(*progress)
        sleep(0.3)
    return screen.getvalue()


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True
