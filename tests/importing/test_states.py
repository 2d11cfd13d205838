from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from components.importing.loading import Dataset, load_organization
from components.importing.states import StateError, dated_states, states_to_compare

HARBOUR = Path(__file__).parents[2] / "data" / "harbour-office"
TABLE = "id,name,parent\na,Board,\nb,{},a\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("2023-07", "2025-01", "2024-01"):
        (tmp_path / f"{name}.csv").write_text(TABLE.format(f"Desk of {name}"), encoding="utf-8")
    return tmp_path


def names_of(dataset: Dataset, later: Path | None = None, before: date | None = None) -> list[str]:
    return [state.name for state in states_to_compare(dataset, later, before)]


class TestDatedStates:
    def test_are_the_files_of_a_folder_with_the_oldest_first(self, folder: Path) -> None:
        states = dated_states(Dataset(folder))

        assert [state.name for state in states] == ["2023-07", "2024-01", "2025-01"]
        assert load_organization(states[0].dataset).units["name"][1] == "Desk of 2023-07"

    def test_are_the_tables_of_a_data_package(self) -> None:
        states = dated_states(Dataset(HARBOUR))

        assert [state.day for state in states] == [(2025, 1, 1), (2026, 1, 1)]
        assert [len(load_organization(state.dataset)) for state in states] == [119, 121]

    def test_are_none_of_a_folder_with_another_table(self, folder: Path) -> None:
        (folder / "relations.csv").write_text("from,to\na,b\n", encoding="utf-8")

        assert not dated_states(Dataset(folder))

    def test_are_none_of_a_file(self, folder: Path) -> None:
        assert not dated_states(Dataset(folder / "2024-01.csv"))


class TestTwoStates:
    def test_are_two_files(self) -> None:
        assert names_of(Dataset(Path("a/old.csv")), Path("b/new.xlsx")) == ["old.csv", "new.xlsx"]

    def test_of_one_name_are_called_by_their_folders(self) -> None:
        names = names_of(Dataset(Path("a/units.csv")), Path("b/units.csv"))

        assert names == [str(Path("a/units.csv")), str(Path("b/units.csv"))]

    def test_may_be_two_days_of_one_table(self) -> None:
        dataset = Dataset(Path("units.csv"), at=date(2026, 1, 1))

        before, after = states_to_compare(dataset, None, date(2020, 1, 1))

        assert (before.name, after.name) == ("units.csv on 2020-01-01", "units.csv on 2026-01-01")
        assert (before.dataset.at, after.dataset.at) == (date(2020, 1, 1), date(2026, 1, 1))

    @pytest.mark.parametrize(
        ("before", "at", "expected"),
        [
            (None, None, ["2024-01", "2025-01"]),
            (date(2023, 12, 31), None, ["2023-07", "2025-01"]),
            (None, date(2024, 6, 1), ["2023-07", "2024-01"]),
        ],
    )
    def test_are_those_of_two_days_or_the_newest(
        self, before: date | None, at: date | None, expected: list[str], folder: Path
    ) -> None:
        assert names_of(Dataset(folder, at=at), None, before) == expected

    @pytest.mark.parametrize(
        ("before", "at"),
        [(date(2020, 1, 1), None), (None, date(2023, 8, 1)), (date(2025, 6, 1), date(2025, 7, 1))],
    )
    def test_must_be_two(self, before: date | None, at: date | None, folder: Path) -> None:
        with pytest.raises(StateError, match=r"Choose another|Add an earlier"):
            states_to_compare(Dataset(folder, at=at), None, before)

    def test_of_one_file_need_a_day(self, folder: Path) -> None:
        with pytest.raises(StateError, match=r"is one state\. Give a second one"):
            states_to_compare(Dataset(folder / "2024-01.csv"), None, None)
