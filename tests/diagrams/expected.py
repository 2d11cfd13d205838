"""What diagrams are expected to be, kept as JSON in ``tests/diagrams/data``.

After a change that is meant, write the files anew, read the difference, and commit it with the
change::

    REMIT_WRITE_EXPECTED=1 python -m pytest tests/diagrams
    git diff tests/diagrams/data
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parent / "data"


def assert_expected(name: str, content: Any) -> None:
    """Compare what a diagram is, as JSON, with the file that says what it should be."""
    path = FOLDER / f"{name}.json"
    text = json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
    if os.environ.get("REMIT_WRITE_EXPECTED"):
        path.write_text(text, encoding="utf-8")
        pytest.skip(f"{path.name} is written anew")
    assert json.loads(text) == json.loads(path.read_text(encoding="utf-8"))
