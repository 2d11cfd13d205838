"""Components as the files of a frozen page store them."""

from __future__ import annotations

import json
from typing import Any

from components.web.fragments import to_json


def as_json(content: object) -> Any:
    """Return components as JSON has them."""
    return json.loads(to_json(content))
