"""A frozen organization as one HTML file, which opens without a server and without a network."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from components.files import write_file
from components.importing.progress import OnProgress
from components.settings import Settings
from components.web.application import NOSCRIPT_STYLES
from components.web.assets import BUNDLES, ICON, STYLES
from components.web.frozen.contents import making_packs
from components.web.frozen.errors import FreezeError
from components.web.frozen.extent import IN_FILE
from components.web.frozen.moments import Frozen, FrozenEditions
from components.web.frozen.packs import compressed
from components.web.frozen.pages import GRAPH, Site
from components.words import DEFAULT, languages

ENDING = ".html"
MOST_UNITS = 2_000
"""They make a file of about 7 MB; a larger one is slow to mail and to open."""
DOCUMENT = Path(__file__).with_name("single_file.html")
SINGLE = BUNDLES / "single"
MAIN, THEME = (SINGLE / "single.js").as_posix(), (SINGLE / "theme.js").as_posix()
"""The page's scripts, each without imports."""
FONT = re.compile(r'url\("(?:\.\./)*(fonts/[\w.-]+)"\)')
DASH_SCRIPT = re.compile(r'<script src="([^"]+)"></script>')
INLINE_SCRIPT = re.compile(r"<script(?![^>]* src=)[^>]*>(.*?)</script>", re.DOTALL)
TEMPLATE = re.compile(r'(<template id="dash-scripts">).*?(</template>)', re.DOTALL)
ADDRESS_OF_SCRIPTS = '<script type="text/plain" src="."></script>'
"""Dash's scripts ask for the address of the first script, from which they load others; since all of
these are in the file, it is never fetched."""
POLICY: Mapping[str, str] = {
    "default-src": "'none'",
    "style-src-elem": "'unsafe-inline'",
    "style-src-attr": "'none'",
    "img-src": "blob: data:",
    "font-src": "data:",
    "base-uri": "'none'",
    "form-action": "'none'",
}
"""The policy of the page, which loads nothing, beside the hashes of its scripts."""


def freeze_file(shown: Frozen, settings: Settings, path: Path, on_progress: OnProgress) -> int:
    """Write the dashboard of an organization as one file; return its size in bytes.

    Raises:
        FreezeError: the organization is too large, or the scripts have not been bundled.
        OSError: the file cannot be written.
    """
    editions = FrozenEditions(shown, settings, IN_FILE)
    units = len(editions.current.organization)
    if units > MOST_UNITS:
        raise FreezeError(
            f"One file holds {MOST_UNITS:,} units, and these are {units:,}. Write a "
            f"folder instead: -o {path.with_suffix('')}"
        )
    site = Site(editions, settings, DOCUMENT)
    try:
        if not site.assets.has(MAIN):
            raise FreezeError("One file needs bundled scripts, which `make bundle` makes.")
        with making_packs(site, settings, on_progress) as packs:
            data = _document(site, packs).encode()
    finally:
        site.close()
    write_file(path, data)
    return len(data)


def _document(site: Site, packs: Iterable[tuple[str, bytes]]) -> str:
    """Return the HTML: the page first, so that it is painted while the rest is read."""
    pages = {language: site.page("", language) for language in languages()}
    page = pages.pop(DEFAULT)
    scripts, theme, main = _dash_scripts(site, page), site.asset(THEME), site.asset(MAIN)
    hashes = (_hash_of(script) for script in (theme, main, *scripts))
    policy = {"script-src": " ".join(hashes), **POLICY}
    texts = {
        **{f"script-{number}": script for number, script in enumerate(scripts)},
        **{f"page-{language}": _emptied(text) for language, text in pages.items()},
    }
    packed = [
        *(_pack(name, compressed(text)) for name, text in texts.items()),
        *(_pack(name, data) for name, data in packs),
    ]
    parts = {
        "policy": _policy_element(policy),
        "scripts": f"{ADDRESS_OF_SCRIPTS}\n{_icon(site)}\n<script>{theme}</script>",
        "style-sheet": _with_fonts(site, site.asset(STYLES)),
        "noscript-styles": site.asset(NOSCRIPT_STYLES),
        "packs": "\n".join([*packed, f"<script>{main}</script>"]),
    }
    text = _emptied(page)
    for name, part in parts.items():
        text = text.replace(f"<!--{name}-->", part, 1)
    return text


def _dash_scripts(site: Site, page: str) -> list[str]:
    """Return Dash's scripts, in their order, with one that is else loaded later."""
    template = TEMPLATE.search(page)
    addresses = DASH_SCRIPT.findall(template[0]) if template else []
    loaded = [site.read(html.unescape(address)).decode() for address in addresses]
    inline = INLINE_SCRIPT.findall(template[0]) if template else []
    return [site.read(GRAPH).decode(), *loaded, *inline]


def _emptied(page: str) -> str:
    """Return a page without the elements of Dash's scripts, which are in packs."""
    return TEMPLATE.sub(r"\1\2", page)


def _with_fonts(site: Site, style_sheet: str) -> str:
    """Return a style sheet with the fonts in it."""

    def font(match: re.Match[str]) -> str:
        return f'url("data:font/woff2;base64,{_base64(site.read(match[1]))}")'

    return FONT.sub(font, style_sheet)


def _icon(site: Site) -> str:
    icon = _base64(site.asset(ICON).encode())
    return f'<link rel="icon" type="image/svg+xml" href="data:image/svg+xml;base64,{icon}">'


def _policy_element(policy: Mapping[str, str]) -> str:
    text = html.escape("; ".join(f"{name} {value}" for name, value in policy.items()))
    return f'<meta http-equiv="Content-Security-Policy" content="{text}">'


def _pack(name: str, data: bytes) -> str:
    return f'<script type="application/gzip" id="pack-{name}">{_base64(data)}</script>'


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _hash_of(script: str) -> str:
    """Return the hash by which a policy allows an inline script."""
    return f"'sha256-{_base64(hashlib.sha256(script.encode()).digest())}'"
