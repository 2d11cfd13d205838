"""Compares diagrams with the expected ones in ``tests/diagrams/data``.

After an intended change, rewrite the files, review the difference and commit it with the change::

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
    """Assert that a diagram, as JSON, equals that in a file."""
    path = FOLDER / f"{name}.json"
    text = json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
    if os.environ.get("REMIT_WRITE_EXPECTED"):
        path.write_text(text, encoding="utf-8")
        pytest.skip(f"{path.name} has been rewritten")
    assert json.loads(text) == json.loads(path.read_text(encoding="utf-8"))
