"""How many examples a property test tries: few in each run, many on demand.

``REMIT_EXAMPLES=20 pytest ...`` tries twenty times as many, other ones each time.
"""

from __future__ import annotations

import os

from hypothesis import settings

FACTOR = int(os.environ.get("REMIT_EXAMPLES", "1"))
IS_LONG = FACTOR > 1
DEFAULT = 60


def examples(count: int = DEFAULT) -> settings:
    """Return hypothesis' settings for a number of examples."""
    return settings(
        # No test fails on a slow machine, and a usual run is the same each time.
        deadline=None,
        database=None,
        derandomize=not IS_LONG,
        max_examples=count * FACTOR,
    )
