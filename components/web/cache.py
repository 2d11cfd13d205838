"""A cache in memory that is bounded by the size of its entries; safe to use from any thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from contextlib import suppress
from typing import Generic, TypeVar

from cachetools import LRUCache

Value = TypeVar("Value")


class ByteBoundedCache(Generic[Value]):
    """A cache that drops the least recently used entries; an entry counts with its key.

    Concurrent callers for a key share one computation and its outcome. ``cachetools.cached`` would
    compute again for each of them after an exception, or if the value is too large for the cache.
    """

    def __init__(self, max_size: int, size_of: Callable[[Value], int]) -> None:
        self._entries = LRUCache[Hashable, tuple[Hashable, Value]](
            max_size, lambda entry: len(repr(entry[0])) + size_of(entry[1])
        )
        self._computations: dict[Hashable, Future[Value]] = {}
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Value | None:
        """Return the cached value of a key."""
        with self._lock:
            entry = self._entries.get(key)
        return entry[1] if entry else None

    def get_or_compute(self, key: Hashable, compute: Callable[[], Value]) -> Value:
        """Return the cached value, or compute it; concurrent callers wait for one computation."""
        own = Future[Value]()
        with self._lock:
            if entry := self._entries.get(key):
                return entry[1]
            computation = self._computations.setdefault(key, own)
        if computation is own:
            try:
                own.set_result(compute())
            except BaseException as error:  # noqa: BLE001  # raised below, and to those who wait
                own.set_exception(error)
            with self._lock:
                del self._computations[key]
                if not own.exception():
                    with suppress(ValueError):  # larger than the whole cache
                        self._entries[key] = key, own.result()
        return computation.result()
