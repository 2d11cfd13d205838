"""Follows every address that pages, styles and modules name."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from urllib.parse import urljoin, urlsplit

IN_HTML = re.compile(r'(?<![\w-])(?:src|href|action)="([^"#][^"]*)"')
IN_CSS = re.compile(r'(?:url\("?|@import ")(?!data:)([^")#]+)')
IN_MODULES = re.compile(r'(?:from|import) "(\.[^"]+)"')
CONFIGURATION = re.compile(r'"requests_pathname_prefix":"([^"]*)"')
OF_DASH = ("_dash-layout", "_dash-dependencies")


@dataclass(frozen=True)
class Answer:
    """What is read of an answer."""

    status_code: int
    mimetype: str
    text: str
    url: str
    """Where it was found, after redirects."""


def crawl(get: Callable[[str], Answer], start: str) -> dict[str, int]:
    """Return the status for each address that a page names, and what it loads in turn.

    ``get`` takes a path with its query. Other pages are requested, but not read.
    """
    site = "http://site.example"
    found: dict[str, int] = {}
    waiting = [start]
    while waiting:
        address = waiting.pop()
        if address in found:
            continue
        answer = get(address)
        found[address] = answer.status_code
        for name in _names(answer, is_start=address == start):
            target = urlsplit(urljoin(site + address, name))
            if target.netloc == urlsplit(site).netloc:
                waiting.append(target.path + (f"?{target.query}" if target.query else ""))
    return found


def _names(answer: Answer, *, is_start: bool) -> list[str]:
    """Return the addresses that an answer names, as they stand in it."""
    text = answer.text if answer.mimetype.startswith("text/") else ""
    if answer.mimetype == "text/html" and is_start:
        names = [unescape(name) for name in (*IN_HTML.findall(text), *IN_CSS.findall(text))]
        for prefix in CONFIGURATION.findall(text):
            names += [prefix + name for name in OF_DASH]
        return names
    if answer.mimetype == "text/css":
        return IN_CSS.findall(text)
    is_module = answer.mimetype == "text/javascript" and len(text) < 200_000
    return IN_MODULES.findall(text) if is_module else []
