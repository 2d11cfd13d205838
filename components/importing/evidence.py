"""Thresholds for the detection of tables and columns."""

from __future__ import annotations

SOMETIMES, MOSTLY, SURELY, ALWAYS = 0.3, 0.5, 0.8, 0.9
"""Shares of records, or of distinct cells, in which a pattern must hold."""
KEY_SHARE = 0.75
"""Share of a column's filled cells that must be distinct in a key without a telling name."""
SAMPLE_SIZE = 1_000
"""Distinct cells of a column that are examined where all of them would take long."""
MIN_EVIDENCE = 3
"""Cells in which a pattern must hold at least; in fewer it may be chance."""
