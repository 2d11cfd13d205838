"""Files and folders are written completely, or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import NoReturn

import pytest

from components.files import write_file, write_folder


def raise_disk_full(*_: object) -> NoReturn:
    raise OSError(errno.ENOSPC, "No space left on device")


def raise_interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def test_writing_a_file_creates_nothing_else(tmp_path: Path) -> None:
    write_file(tmp_path / "a.png", b"new")

    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.png", b"new")]


def test_an_older_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"old and longer")

    write_file(tmp_path / "a.png", b"new")

    assert (tmp_path / "a.png").read_bytes() == b"new"


def test_a_file_has_the_usual_permissions(tmp_path: Path) -> None:
    (tmp_path / "any").write_bytes(b"")
    write_file(tmp_path / "a.png", b"new")

    assert (tmp_path / "a.png").stat().st_mode == (tmp_path / "any").stat().st_mode


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real.png").write_bytes(b"old")
    (tmp_path / "a.png").symlink_to("real.png")

    write_file(tmp_path / "a.png", b"new")

    assert (tmp_path / "a.png").is_symlink()
    assert (tmp_path / "real.png").read_bytes() == b"new"


@pytest.mark.parametrize("stops", [raise_disk_full, raise_interrupt])
@pytest.mark.parametrize("step", ["os.fsync", "pathlib.Path.replace"])
def test_a_full_disk_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, stops: object
) -> None:
    (tmp_path / "a.png").write_bytes(b"old")
    monkeypatch.setattr(step, stops)

    with pytest.raises((OSError, KeyboardInterrupt)):
        write_file(tmp_path / "a.png", b"new")

    monkeypatch.undo()
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.png", b"old")]


def test_a_full_disk_leaves_no_new_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.fsync", raise_disk_full)

    with pytest.raises(OSError, match="No space"):
        write_file(tmp_path / "a.png", b"new")

    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_file(tmp_path / "none" / "a.png", b"new")


def test_a_path_that_is_not_a_file_stays_unchanged(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.png")

    with pytest.raises(OSError, match="no file"):
        write_file(tmp_path / "a.png", b"new")

    assert (tmp_path / "a.png").is_fifo()


class TestFolder:
    def test_has_all_its_files(self, tmp_path: Path) -> None:
        write_folder(tmp_path / "new", {"a": b"1", "b": b"2"})

        assert [path.name for path in tmp_path.iterdir()] == ["new"]
        contents = {path.name: path.read_bytes() for path in (tmp_path / "new").iterdir()}
        assert contents == {"a": b"1", "b": b"2"}

    def test_may_exist_if_it_is_empty(self, tmp_path: Path) -> None:
        (tmp_path / "new").mkdir()
        write_folder(tmp_path / "new", {"a": b"1"})

        assert (tmp_path / "new" / "a").read_bytes() == b"1"

    @pytest.mark.parametrize("name", ["file", "folder"])
    def test_replaces_nothing(self, tmp_path: Path, name: str) -> None:
        (tmp_path / "file").write_bytes(b"old")
        (tmp_path / "folder").mkdir()
        (tmp_path / "folder" / "old").write_bytes(b"old")

        with pytest.raises(OSError, match="no empty folder"):
            write_folder(tmp_path / name, {"a": b"1"})
        assert len(list(tmp_path.iterdir())) == 2

    @pytest.mark.parametrize("stops", [raise_disk_full, raise_interrupt])
    def test_does_not_exist_until_it_is_complete(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stops: object
    ) -> None:
        monkeypatch.setattr("os.fsync", stops)

        with pytest.raises((OSError, KeyboardInterrupt)):
            write_folder(tmp_path / "new", {"a": b"1"})
        assert list(tmp_path.iterdir()) == []
