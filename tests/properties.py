"""How many examples a test tries: few in each run, many on demand.

``REMIT_EXAMPLES=20 pytest ...`` tries twenty times as many in property tests, other ones each time,
and all of a long list.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

from hypothesis import settings

Item = TypeVar("Item")

FACTOR = int(os.environ.get("REMIT_EXAMPLES", "1"))
IS_LONG = FACTOR > 1
DEFAULT = 60


def some(items: Sequence[Item], *, each: int = 3) -> Sequence[Item]:
    """Return one of ``each`` successive items; all of them on demand."""
    return items if IS_LONG else items[::each]


def examples(count: int = DEFAULT) -> settings:
    """Return hypothesis' settings for a number of examples."""
    return settings(
        # No test fails on a slow machine, and a usual run is the same each time.
        deadline=None,
        database=None,
        derandomize=not IS_LONG,
        max_examples=count * FACTOR,
    )
