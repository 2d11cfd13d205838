"""What the scripts of a frozen page answer, run by node."""

from __future__ import annotations

import html
import json
import re
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from shutil import which
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

from components.web.fragments import to_json

SCRIPTS = Path(__file__).parents[2] / "js" / "frozen"
NODE = Path(__file__).parents[3] / ".venv" / "bin" / "node"

KEYS = ("unit", "lang", "room", "layout", "sort")


def frozen_answers(
    kind: str,
    files: Iterable[tuple[str, object]],
    requests: Sequence[Mapping[str, str]],
    fragments: Mapping[str, object] = MappingProxyType({}),
) -> list[Any]:
    """Return what a page with these files answers to requests, each given by its parameters.

    ``fragments`` are the contents of the fragments that the page can read, by ``fragment_key``.
    """
    asked = {
        "kind": kind,
        "files": dict(files),
        "fragments": dict(fragments),
        "requests": [urlencode(parameters, errors="replace") for parameters in requests],
    }
    return _answers_of("answer.js", asked)


def answers_in_folder(folder: Path, requests: Sequence[tuple[str, Mapping[str, str]]]) -> list[Any]:
    """Return what the page of a folder answers to requests, each an address and its parameters."""
    page = (folder / "index.html").read_text(encoding="utf-8")
    (moments,) = re.findall(r'<html[^>]* data-moments="([^"]*)"', page)
    asked = {
        "folder": str(folder / "packs"),
        "moments": json.loads(html.unescape(moments)),
        "requests": [(path, urlencode(parameters)) for path, parameters in requests],
    }
    return _answers_of("read.js", asked)


def _answers_of(script: str, asked: Mapping[str, object]) -> list[Any]:
    node = str(NODE) if NODE.exists() else which("node") or "node"
    answered = subprocess.run(  # noqa: S603, our own script
        [node, SCRIPTS / script],
        input=to_json(asked),
        stdout=subprocess.PIPE,
        check=True,
        encoding="utf-8",
    )
    answers: list[Any] = json.loads(answered.stdout)
    return answers


def fragment_key(kind: str, request: Mapping[str, str]) -> str:
    """Return the key of a fragment for those parameters of a request on which tests depend."""
    return " ".join(
        [kind, *(request.get(key, "") for key in ("unit", "lang", "room", "layout", "sort"))]
    )
