"""Garbage collection while very many objects are made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

GC_THRESHOLD = 100_000
"""New objects after which garbage is collected meanwhile; Python's own is 700."""


@contextmanager
def rare_garbage_collection() -> Iterator[None]:
    """Collect garbage less often, in all threads of the process.

    Loading a dataset makes up to millions of objects that stay. At Python's own threshold the
    collector traverses them again and again: for 200,000 units with three responsibilities each,
    that is two fifths of the time, and other threads stop for up to a second. Of the time that a
    search index of a million units takes, it is a third.
    """
    threshold, *others = gc.get_threshold()
    # The collector may be off (0), or another load that has raised the threshold will restore it.
    if not 0 < threshold < GC_THRESHOLD:
        yield
        return
    gc.set_threshold(GC_THRESHOLD, *others)
    try:
        yield
    finally:
        gc.set_threshold(threshold, *others)
