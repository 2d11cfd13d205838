from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from components.web.cache import ByteBoundedCache


def test_the_least_recently_used_entry_is_dropped() -> None:
    cache = ByteBoundedCache[bytes](2 * len("'a'aaaa"), len)
    for key in "ab":
        cache.get_or_compute(key, lambda key=key: key.encode() * 4)  # type: ignore[misc]
    cache.get_or_compute("a", lambda: b"anew")

    cache.get_or_compute("c", lambda: b"cccc")

    assert [cache.get(key) for key in "abc"] == [b"aaaa", None, b"cccc"]


def test_an_entry_that_is_larger_than_the_cache_is_returned_and_not_kept() -> None:
    cache = ByteBoundedCache[bytes](10, len)
    cache.get_or_compute("a", lambda: b"small")

    assert cache.get_or_compute("b", lambda: b"far too large") == b"far too large"
    assert [cache.get(key) for key in "ab"] == [b"small", None]


def test_keys_count_too() -> None:
    cache = ByteBoundedCache[bytes](1_000, len)
    for number in range(9):
        cache.get_or_compute(f"{number}" * 300, lambda: b"")

    cached = [number for number in range(9) if cache.get(f"{number}" * 300) is not None]
    assert cached == [6, 7, 8]


def test_a_value_that_is_empty_is_cached() -> None:
    cache = ByteBoundedCache[bytes](100, len)

    assert cache.get_or_compute("a", lambda: b"") == b""
    assert cache.get_or_compute("a", lambda: b"again") == b""


def test_an_exception_is_not_cached() -> None:
    cache = ByteBoundedCache[bytes](100, len)

    def fail() -> bytes:
        raise ValueError("No.")

    with pytest.raises(ValueError, match="No"):
        cache.get_or_compute("a", fail)

    assert cache.get_or_compute("a", lambda: b"value") == b"value"


class TestConcurrentCallers:
    """Four callers for one key; the first computes, the others wait for it."""

    @pytest.fixture(autouse=True)
    def count_waiters(self, monkeypatch: pytest.MonkeyPatch) -> None:
        waiting = self.waiting = threading.Semaphore(0)

        class CountedFuture(Future[bytes]):
            def result(self, timeout: float | None = None) -> bytes:
                waiting.release()
                return super().result(timeout)

        monkeypatch.setattr("components.web.cache.Future", CountedFuture)

    def call(self, cache: ByteBoundedCache[bytes], value: bytes | Exception) -> list[object]:
        """Return what each of the callers gets; the value is computed once."""
        computations = []

        def compute() -> bytes:
            computations.append(1)
            if len(computations) == 1:
                for _ in range(3):
                    assert self.waiting.acquire(timeout=10)
            if isinstance(value, Exception):
                raise value
            return value

        def call(_: int) -> object:
            try:
                return cache.get_or_compute("a", compute)
            except ValueError as error:
                return error

        with ThreadPoolExecutor(4) as pool:
            outcomes = list(pool.map(call, range(4)))
        assert computations == [1]
        return outcomes

    def test_share_one_computation(self) -> None:
        assert self.call(ByteBoundedCache(100, len), b"value") == [b"value"] * 4

    def test_share_an_exception(self) -> None:
        error = ValueError("No.")

        assert self.call(ByteBoundedCache(100, len), error) == [error] * 4

    def test_share_a_value_that_is_larger_than_the_cache(self) -> None:
        assert self.call(ByteBoundedCache(0, len), b"value") == [b"value"] * 4
