"""What the scripts of a frozen page answer, run by node."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from shutil import which
from typing import Any
from urllib.parse import urlencode

from components.web.fragments import to_json

SCRIPT = Path(__file__).parents[2] / "js" / "frozen" / "answer.js"
NODE = Path(__file__).parents[3] / ".venv" / "bin" / "node"


def frozen_answers(
    kind: str,
    files: Iterable[tuple[str, object]],
    requests: Sequence[Mapping[str, str]],
    fragments: Sequence[Mapping[str, object]] = (),
) -> list[Any]:
    """Return what a page with these files answers to requests, each given by its parameters.

    ``fragments`` has for each request the contents of fragments that it needs, by kind.
    """
    asked = {
        "kind": kind,
        "files": dict(files),
        "fragments": fragments,
        "requests": [urlencode(parameters, errors="replace") for parameters in requests],
    }
    node = str(NODE) if NODE.exists() else which("node") or "node"
    answered = subprocess.run(  # noqa: S603, our own script
        [node, SCRIPT], input=to_json(asked), stdout=subprocess.PIPE, check=True, encoding="utf-8"
    )
    answers: list[Any] = json.loads(answered.stdout)
    return answers
