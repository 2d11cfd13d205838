from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from components.web.cache import ByteBoundedCache


def test_an_error_is_for_all_who_waited_and_the_next_may_try_again() -> None:
    kept = ByteBoundedCache[bytes](100, len)

    def fails() -> bytes:
        raise ValueError("No.")

    with pytest.raises(ValueError, match="No"):
        kept.get_or_compute("a", fails)

    assert kept.get_or_compute("a", lambda: b"made") == b"made"


def test_what_was_asked_for_longest_ago_gives_way() -> None:
    kept = ByteBoundedCache[bytes](2 * len("'a'aaaa"), len)
    for key in "ab":
        kept.get_or_compute(key, lambda key=key: key.encode() * 4)  # type: ignore[misc]
    kept.get_or_compute("a", lambda: b"anew")

    kept.get_or_compute("c", lambda: b"cccc")

    assert [kept.get(key) for key in "abc"] == [b"aaaa", None, b"cccc"]


def test_what_is_larger_than_all_room_is_given_and_not_kept() -> None:
    kept = ByteBoundedCache[bytes](3, len)

    assert kept.get_or_compute("a", lambda: b"four") == b"four"
    assert kept.get("a") is None


def test_what_it_is_asked_for_by_takes_room_too() -> None:
    kept = ByteBoundedCache[bytes](1_000, len)
    for number in range(9):
        kept.get_or_compute(f"{number}" * 300, lambda: b"")

    assert [number for number in range(9) if kept.get(f"{number}" * 300) is not None] == [6, 7, 8]


def test_what_several_ask_for_at_once_is_made_once() -> None:
    kept, begun, go_on = ByteBoundedCache[bytes](100, len), threading.Event(), threading.Event()
    made = []

    def make() -> bytes:
        begun.set()
        go_on.wait(10)
        made.append(1)
        return b"made"

    with ThreadPoolExecutor(4) as callers:
        answers = [callers.submit(kept.get_or_compute, "a", make) for _ in range(4)]
        begun.wait(10)
        go_on.set()

    assert [each.result() for each in answers] == [b"made"] * 4
    assert made == [1]
