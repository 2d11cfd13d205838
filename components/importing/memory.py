"""Memory of a process that loads large datasets."""

from __future__ import annotations

import ctypes
from contextlib import suppress

M_MMAP_THRESHOLD = -3
"""The parameter of ``mallopt`` in the GNU C library."""
LARGE = 4_000_000
"""Bytes of a block that is given back as soon as it is freed."""


def return_large_blocks() -> None:
    """Have the C library give large blocks of memory back to the system as soon as they are freed.

    Else the GNU C library keeps those of up to 32 MB once a large one has been freed: after a
    million units have been loaded, a third of the memory of the process. Others, which have no such
    setting, give them back anyway.
    """
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).mallopt(M_MMAP_THRESHOLD, LARGE)
