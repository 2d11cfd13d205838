"""What took long to make, kept for whoever asks for the same."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Generic, TypeVar

Made = TypeVar("Made")


class ByteBoundedCache(Generic[Made]):
    """What was made last, as much of it as fits in so many bytes; each is made once at a time.

    What it is asked for by counts too, as long as it is when written out.
    """

    def __init__(self, most: int, size_of: Callable[[Made], int]) -> None:
        self._most = most
        self._size_of = size_of
        self._size = 0
        self._made: OrderedDict[Hashable, Made] = OrderedDict()
        self._being_made: dict[Hashable, Future[Made]] = {}
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Made | None:
        """Return what is kept under a key."""
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
            return self._made.get(key)

    def get_or_compute(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Return what is kept, or else what is made, by this thread or by one that is at it."""
        ours: Future[Made] = Future()
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                return self._made[key]
            made = self._being_made.setdefault(key, ours)
        if made is ours:
            try:
                ours.set_result(make())
            except BaseException as error:
                ours.set_exception(error)
                raise
            finally:
                self._end(key, ours)
        return made.result()

    def _end(self, key: Hashable, made: Future[Made]) -> None:
        """Keep what was made, if it was, and drop what was asked for longest ago."""
        with self._lock:
            del self._being_made[key]
            if made.exception():
                return
            self._made[key] = made.result()
            self._size += self._size_with(key, made.result())
            while self._size > self._most:
                self._size -= self._size_with(*self._made.popitem(last=False))

    def _size_with(self, key: Hashable, made: Made) -> int:
        return len(repr(key)) + self._size_of(made)
