"""Results are kept from one start to the next, and whatever is wrong with them is survived."""

from __future__ import annotations

import errno
import os
import shutil
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from components import cache_folder
from components.cache_folder import MANIFEST, CacheFolder

NAME, KEY = "import-7", "a key"
TEXT = "made in a long time"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the folder is, or will be."""
    return tmp_path / "caches" / "remit"


@pytest.fixture
def folder(path: Path) -> CacheFolder:
    return CacheFolder(path)


def filling(text: str) -> Callable[[Path], None]:
    """Return what writes the files of an entry, one of them in a folder."""

    def fill(entry: Path) -> None:
        (entry / "inner").mkdir()
        (entry / "inner" / "text").write_text(text, encoding="utf-8")
        (entry / "length").write_text(str(len(text)), encoding="utf-8")

    return fill


def read_text(entry: Path) -> str:
    text = (entry / "inner" / "text").read_text(encoding="utf-8")
    assert len(text) == int((entry / "length").read_text(encoding="utf-8"))
    return text


def read(folder: CacheFolder, name: str = NAME, key: str = KEY) -> str | None:
    return folder.read(name, {key, "another"}, read_text)


def names(path: Path) -> list[str]:
    """Return the names of all that is in the folder."""
    return sorted(found.name for found in path.iterdir())


class TestAnEntry:
    def test_is_read_by_another_process_with_its_key(self, path: Path, folder: CacheFolder) -> None:
        folder.write(NAME, KEY, filling(TEXT))

        assert read(CacheFolder(path)) == TEXT
        assert read(CacheFolder(path), key="of other contents") is None
        assert read(CacheFolder(path), name="import-8") is None

    def test_of_another_program_is_not_read(
        self, folder: CacheFolder, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        folder.write(NAME, KEY, filling(TEXT))

        monkeypatch.setattr(cache_folder, "environment_digest", lambda: "of the next version")

        assert read(folder) is None

    def test_replaces_that_of_the_same_name(self, path: Path, folder: CacheFolder) -> None:
        folder.write(NAME, KEY, filling(TEXT))
        folder.write(NAME, "of other contents", filling("newer"))

        assert read(folder) is None
        assert read(folder, key="of other contents") == "newer"
        assert names(path) == [NAME]

    @pytest.mark.parametrize(
        "damage",
        [
            lambda entry: (entry / "inner" / "text").write_text(TEXT.upper()),
            lambda entry: (entry / "inner" / "text").write_text(TEXT[:-1]),
            lambda entry: (entry / "inner" / "text").unlink(),
            lambda entry: (entry / MANIFEST).write_bytes(b"\x80\0 no text"),
            lambda entry: (entry / MANIFEST).write_text("[]"),
            lambda entry: (entry / MANIFEST).write_text("{}"),
            lambda entry: (entry / MANIFEST).unlink(),
            lambda entry: (shutil.rmtree(entry), entry.write_text("a file")),
        ],
        ids=["changed", "cut", "missing", "binary", "list", "empty", "no manifest", "a file"],
    )
    def test_that_is_damaged_is_removed_and_made_anew(
        self,
        path: Path,
        folder: CacheFolder,
        damage: Callable[[Path], object],
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        folder.write(NAME, KEY, filling(TEXT))
        damage(path / NAME)

        assert read(folder) is None
        (line,) = caplog.messages
        assert line.startswith("import-7 in the cache is made anew: ")
        assert names(path) == []
        folder.write(NAME, KEY, filling(TEXT))
        assert read(folder) == TEXT

    def test_that_two_write_at_once_is_always_complete(self, path: Path) -> None:
        def write_and_read(number: int) -> str | None:
            folder = CacheFolder(path)
            folder.write(NAME, KEY, filling(f"{number}" * number))
            return read(folder)

        with ThreadPoolExecutor(4) as pool:
            texts = {*pool.map(write_and_read, range(1, 60))}

        # Another one may replace an entry just before it is read.
        assert texts <= {f"{number}" * number for number in range(1, 60)} | {None}
        assert names(path) in ([NAME], [])

    def test_of_another_process_that_was_first_stays(
        self,
        tmp_path: Path,
        path: Path,
        folder: CacheFolder,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        CacheFolder(tmp_path / "theirs").write(NAME, KEY, filling("theirs"))
        theirs = tmp_path / "theirs" / NAME
        # The other one puts its entry in place just after the old one was removed.
        monkeypatch.setattr(cache_folder, "_remove", lambda entry: shutil.copytree(theirs, entry))

        folder.write(NAME, KEY, filling("mine"))

        assert read(folder) == "theirs"
        assert names(path) == [NAME]
        assert caplog.messages == []


class TestTheFolder:
    def test_is_made_for_its_user_alone(self, path: Path, folder: CacheFolder) -> None:
        folder.write(NAME, KEY, filling(TEXT))

        assert path.stat().st_mode & 0o777 == 0o700

    def test_is_not_made_before_something_is_kept(self, path: Path, folder: CacheFolder) -> None:
        assert read(folder) is None
        assert not path.exists()

    @pytest.mark.parametrize("mode", [0o720, 0o702, 0o777])
    def test_that_others_can_write_is_refused_in_one_line(
        self, path: Path, folder: CacheFolder, mode: int, caplog: pytest.LogCaptureFixture
    ) -> None:
        folder.write(NAME, KEY, filling(TEXT))
        path.chmod(mode)
        folder = CacheFolder(path)

        assert read(folder) is None
        folder.write("import-8", KEY, filling(TEXT))

        (line,) = caplog.messages
        assert line == (
            f"The cache folder {path} can be written by others, so nothing is kept there. Set "
            "REMIT_CACHE to a folder of your own, or to no."
        )
        assert names(path) == [NAME]

    def test_of_another_user_is_refused(
        self,
        path: Path,
        folder: CacheFolder,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        folder.write(NAME, KEY, filling(TEXT))
        monkeypatch.setattr(os, "geteuid", lambda: path.stat().st_uid + 1)

        assert read(folder) is None
        assert "belongs to another user" in caplog.text

    def test_that_is_a_file_is_refused(
        self, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        (tmp_path / "file").write_text("mine", encoding="utf-8")
        folder = CacheFolder(tmp_path / "file")

        assert read(folder) is None
        folder.write(NAME, KEY, filling(TEXT))

        assert len(caplog.messages) == 1
        assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"

    def test_is_given_up_in_one_line_if_the_disk_is_full(
        self, path: Path, folder: CacheFolder, caplog: pytest.LogCaptureFixture
    ) -> None:
        def fill_the_disk(entry: Path) -> None:
            filling(TEXT)(entry)
            raise OSError(errno.ENOSPC, "No space left on device")

        folder.write(NAME, KEY, fill_the_disk)
        folder.write(NAME, KEY, filling(TEXT))

        (line,) = caplog.messages
        assert "cannot be written ([Errno 28] No space left on device), so nothing is kept" in line
        assert names(path) == []

    def test_loses_the_least_recently_used_entries_beyond_its_size(
        self, path: Path, folder: CacheFolder, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for age, name in enumerate(["newest", "middle", "oldest"]):
            folder.write(name, KEY, filling("x" * 1_000))
            used = time.time() - 100 * age
            os.utime(path / name, (used, used))
        (path / "photographs").mkdir()
        (path / "photographs" / "large.jpg").write_bytes(b"x" * 9_000)
        assert read(folder, "oldest")  # so it is in use

        monkeypatch.setattr(cache_folder, "MAX_BYTES", 4_500)
        folder.write("further", KEY, filling("x" * 1_000))

        assert names(path) == ["further", "newest", "oldest", "photographs"]

    def test_does_not_keep_an_entry_that_is_larger_than_all_may_be(
        self, path: Path, folder: CacheFolder, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(cache_folder, "MAX_BYTES", 999)
        folder.write("small", KEY, filling("x"))
        folder.write(NAME, KEY, filling("x" * 1_000))

        assert names(path) == ["small"]

    def test_loses_what_a_killed_process_left_a_day_ago(
        self, path: Path, folder: CacheFolder
    ) -> None:
        folder.write(NAME, KEY, filling(TEXT))
        for name, age in ((".remit-killed", 90_000), (".remit-being-written", 600)):
            (path / name).mkdir()
            os.utime(path / name, (time.time() - age,) * 2)

        folder.write(NAME, KEY, filling(TEXT))

        assert names(path) == [".remit-being-written", NAME]


def test_a_folder_that_cannot_be_reached_is_refused(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    folder = CacheFolder(tmp_path / "file" / "remit")

    assert read(folder) is None
    folder.write(NAME, KEY, filling(TEXT))

    (line,) = caplog.messages
    assert "cannot be used (Not a directory)" in line
