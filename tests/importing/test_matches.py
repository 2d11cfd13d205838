from __future__ import annotations

from pathlib import Path

import pytest

from components.importing.matches import read_matches
from components.model.matching import Settled
from components.model.organization import Organization
from components.problems import DataError


def read(text: str, folder: Path, harbour: Organization) -> Settled:
    path = folder / "matches.csv"
    path.write_text(text, encoding="utf-8")
    return read_matches(path, harbour, harbour)


def test_units_are_named_by_id_or_name(tmp_path: Path, harbour: Organization) -> None:
    table = "Before,After\npilots,Fire Service\nlocks,\n,goods\n"

    assert read(table, tmp_path, harbour) == Settled(same=[(2, 5)], gone=[3], new=[6])


@pytest.mark.parametrize(
    ("table", "place", "said"),
    [
        ("before,now\npilots,fire\n", "matches", "needs a column “after”"),
        ("before,after\npilots,nobody\n", "matches, record 2, column after", "“nobody” is not"),
        (
            "before,after\npilots,fire\npilots,goods\n",
            "matches, record 3, column before",
            "“pilots” stands in the column “before” twice",
        ),
    ],
)
def test_faults_are_told_with_their_place(
    table: str, place: str, said: str, tmp_path: Path, harbour: Organization
) -> None:
    with pytest.raises(DataError) as raised:
        read(table, tmp_path, harbour)

    (problem,) = raised.value.problems
    assert problem.place.startswith(place)
    assert said in problem.reason
