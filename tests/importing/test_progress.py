"""What the import of a dataset reports while it is under way."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from components.importing.loading import Dataset, import_dataset

RECORDS = 40_000
"""So many that the file is read in several pieces."""


def reports(path: Path) -> list[tuple[str, float]]:
    """Return the steps and shares that the import of a dataset reports."""
    reported: list[tuple[str, float]] = []
    import_dataset(Dataset(path), lambda step, share: reported.append((step, share)))
    return reported


def units(first: int) -> str:
    """Return a table of units below the first one."""
    rows = (f"U{n},Unit {n},{'' if n == first else f'U{first}'}" for n in range(first, RECORDS))
    return "\n".join(("id,name,parent", *rows))


def test_each_step_is_reported_and_the_share_only_grows(tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    path.write_text(units(0))

    reported = reports(path)

    assert list(dict.fromkeys(step for step, _ in reported)) == [
        "reading",
        "recognizing columns",
        "listing units",
        "finding parents",
        "ordering units",
        "reading further tables",
    ]
    shares = [share for _, share in reported]
    assert all(before <= after for before, after in pairwise(shares))
    assert 0 <= shares[0] < shares[-1] < 1


def test_the_share_of_a_file_grows_while_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    path.write_text(units(0))

    shares = {share for step, share in reports(path) if step == "reading"}

    assert len(shares) > 2


def test_the_share_of_a_folder_is_that_of_all_its_files(tmp_path: Path) -> None:
    (tmp_path / "units.csv").write_text(units(0))
    (tmp_path / "further.csv").write_text(units(RECORDS - 5))

    first, *_, last = [share for step, share in reports(tmp_path) if step == "reading"]

    assert first < last
