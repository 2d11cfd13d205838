"""Loading the states of a dataset."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from components.importing.dataset_cache import DatasetCache
from components.importing.loading import Dataset
from components.importing.state_loading import StateLoader
from components.importing.states import StateError
from components.model.moment import NOW, Moment, Shown
from components.model.organization import Organization
from components.problems import ProblemKind, Severity

OLD = "id,name,parent\na,Board,\nb,Audit,a\nc,Legal,a\n"
NEW = "id,name,parent\na,Board,\nb,Audit and Risk,a\nd,Ships,a\n"


def loader(folder: Path, path: str, before: Path | date | None, *rest: Path) -> StateLoader:
    return StateLoader(
        Dataset(folder / path), lambda dataset: DatasetCache(dataset, None), before, *rest
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "2024-01.csv").write_text(OLD, encoding="utf-8")
    (tmp_path / "2025-01.csv").write_text(NEW, encoding="utf-8")
    return tmp_path


def names(organization: Organization) -> set[str]:
    return {*organization.units["name"]}


@pytest.mark.parametrize(
    ("shown", "wanted"),
    [
        (Shown.BOTH, {"Board", "Audit and Risk", "Ships", "Legal"}),
        (Shown.BEFORE, {"Board", "Audit", "Legal"}),
        (Shown.AFTER, {"Board", "Audit and Risk", "Ships"}),
    ],
)
def test_two_files_are_one_organization_or_each_its_own(
    folder: Path, shown: Shown, wanted: set[str]
) -> None:
    states = loader(folder, "2025-01.csv", folder / "2024-01.csv")
    organization = states.load(Moment(shown=shown)).organization

    assert names(organization) == wanted
    assert (organization.history is not None) == (shown is Shown.BOTH)
    assert len(states.files) == 2


def test_a_folder_of_dated_states_has_days(folder: Path) -> None:
    states = loader(folder, "", None)

    assert [state.first_day for state in states.states()] == [date(2024, 1, 1), date(2025, 1, 1)]
    assert names(states.load(NOW).organization) == {"Board", "Audit and Risk", "Ships"}
    then = states.load(Moment(date(2024, 6, 1))).organization
    assert names(then) == {"Board", "Audit", "Legal"}
    assert then.as_of == "2024-01-01"
    both = states.load(Moment(before=date(2024, 6, 1))).organization
    assert both.history is not None
    with pytest.raises(StateError, match="no state of 2020-01-01"):
        states.load(Moment(date(2020, 1, 1)))


def test_a_table_of_matches_settles_what_is_the_same(folder: Path) -> None:
    matches = folder / "matches.csv"
    matches.write_text("before,after\nc,d\n", encoding="utf-8")
    states = loader(folder, "2025-01.csv", folder / "2024-01.csv", matches)
    history = states.load(NOW).organization.history

    assert history is not None
    assert (history.gone, {*history.renamed.values()}) == (set(), {"Audit", "Legal"})


@pytest.mark.parametrize("broken", ["before", "matches"])
def test_an_earlier_state_that_cannot_be_read_is_named_and_the_later_one_shown(
    folder: Path, broken: str
) -> None:
    bad = folder / "bad.csv"
    bad.write_text("", encoding="utf-8")
    old = folder / "2024-01.csv"
    files = {"before": (bad,), "matches": (old, bad)}[broken]
    organization = loader(folder, "2025-01.csv", *files).load(NOW).organization

    assert names(organization) == {"Board", "Audit and Risk", "Ships"}
    assert organization.problems[0].kind is ProblemKind.EARLIER_STATE
    assert "bad.csv" in organization.problems[0].place
    # The page lists warnings and notes.
    assert Severity.ERROR not in {problem.severity for problem in organization.problems}


def test_the_dated_states_of_a_folder_are_loaded_in_their_order(folder: Path) -> None:
    dated = loader(folder, "", None).dated(6)
    assert [*dated] == [date(2024, 1, 1), date(2025, 1, 1)]
    assert [len(names(organization)) for organization in dated.values()] == [3, 3]
    assert "Ships" in names(dated[date(2025, 1, 1)])


@pytest.mark.parametrize(
    ("path", "before", "most"),
    [("", None, 5), ("2025-01.csv", None, 6), ("", date(2024, 1, 1), 6)],
    ids=["too many units", "one state", "compared"],
)
def test_there_are_no_dated_states(folder: Path, path: str, before: date | None, most: int) -> None:
    assert loader(folder, path, before).dated(most) == {}


def test_a_dated_state_that_cannot_be_read_is_named_and_left_out(folder: Path) -> None:
    (folder / "2024-01.csv").write_text("", encoding="utf-8")
    dated = loader(folder, "", None).dated(6)
    assert [*dated] == [date(2025, 1, 1)]
    assert "2024-01" in str(dated[date(2025, 1, 1)].problems[0])
