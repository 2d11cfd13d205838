"""Pickles that contain data only."""

from __future__ import annotations

import os
import pickle
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from components.importing.loading import load_organization
from components.model.organization import Organization, Records, Reference
from components.pickles import read_parts, write_parts
from components.settings import Settings


def test_data_are_read_back(tmp_path: Path, harbour: Organization) -> None:
    parts = [
        Reference("r", "Ramsar", "", "framework", ""),
        Records.POSTS,
        date(2026, 11, 30),
        harbour.problems,
        frozenset([1, 2]),
        {"a": ["b"], "c": (1, None)},
    ]
    write_parts(tmp_path / "parts", parts)

    assert [*read_parts(tmp_path / "parts")] == parts


@pytest.mark.parametrize("array", [np.arange(5), np.array([]), np.arange(9).reshape(3, 3)[:, 1]])
def test_arrays_are_read_back(tmp_path: Path, array: np.ndarray) -> None:
    write_parts(tmp_path / "parts", [array])

    (back,) = read_parts(tmp_path / "parts")

    assert back.dtype == array.dtype
    assert back.tolist() == array.tolist()


def test_what_parts_share_is_one_object(tmp_path: Path) -> None:
    text = "shared by both parts"
    write_parts(tmp_path / "parts", [[text], [text]])

    (one,), (other,) = read_parts(tmp_path / "parts")

    assert one is other


class Attack:
    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, ("attacked",)


@pytest.mark.parametrize("value", [Attack(), os.system, print, Path("x")])
def test_nothing_but_data_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: object
) -> None:
    monkeypatch.chdir(tmp_path)
    write_parts(tmp_path / "parts", [value])

    with pytest.raises(pickle.UnpicklingError, match="is no class of data"):
        [*read_parts(tmp_path / "parts")]
    assert not (tmp_path / "attacked").exists()


@pytest.mark.parametrize("ours", [write_parts, load_organization, Settings()])
def test_functions_and_other_classes_of_ours_are_no_data(tmp_path: Path, ours: object) -> None:
    write_parts(tmp_path / "parts", [ours])

    with pytest.raises(pickle.UnpicklingError, match=r"components\..* is no class of data"):
        [*read_parts(tmp_path / "parts")]
