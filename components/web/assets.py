"""The scripts, styles and pictures of the page, at addresses that change with their content."""

from __future__ import annotations

import hashlib
import os
import re
from functools import cache
from pathlib import Path

from flask import Blueprint, Response, send_from_directory

from components.diagrams.properties import css_properties
from components.web.headers import CACHE_FOREVER

ASSETS = Path(__file__).parents[2] / "assets"
ROUTE = "static"
STYLES = "css/styles.css"
"""The style sheet that imports all others, each into its cascade layer, in order."""
DIGEST_LENGTH = 8
"""Hexadecimal digits: few, since a page names some sixty files."""
ICON = "favicon.svg"
TOKENS = "css/tokens.css"
PROPERTIES = "css/properties.css"
"""The style sheet that ``css_properties`` writes; it is no file."""
IMPORT = re.compile(r'@import "(?P<path>[^"]+)"( layer\((?P<layer>[\w-]+)\))?;')


class Assets:
    """The files of a folder; their addresses have a digest of all of them.

    Files of the same digest refer to each other by relative addresses. So modules can be imported
    without a build step, and browsers keep them forever.
    """

    def __init__(self, folder: Path = ASSETS) -> None:
        self.folder = folder
        self.digest = _digest_of_files(folder)
        self._modules = sorted(
            path.relative_to(folder).as_posix()
            for path in folder.rglob("js/**/*.js")
            if not path.name.endswith(".min.js")
        )

    def address(self, path: str) -> str:
        """Return the address of a file, relative to the page."""
        return f"{ROUTE}/{self.digest}/{path}"

    def has(self, path: str) -> bool:
        """Return whether there is such a file; the bundle of plotly.js may not have been built."""
        return (self.folder / path).is_file()

    def modules(self) -> list[str]:
        """Return the paths of all modules, in alphabetical order."""
        return self._modules

    def style_sheet(self, path: str) -> str:
        """Return a style sheet with the contents of those that it imports: one request for all.

        Raises:
            OSError: it cannot be read, or one that it imports.
        """
        if path == PROPERTIES:
            return css_properties()

        def imported(match: re.Match[str]) -> str:
            text = self.style_sheet(f"{path.rpartition('/')[0]}/{match['path']}")
            return f"@layer {match['layer']} {{\n{text}}}" if match["layer"] else text

        return IMPORT.sub(imported, (self.folder / path).read_text(encoding="utf-8"))

    def blueprint(self) -> Blueprint:
        """Return the route of the files."""
        blueprint = Blueprint("assets", __name__)
        paths = (path.relative_to(self.folder).as_posix() for path in self.folder.glob("css/*.css"))
        style_sheets = {path: self.style_sheet(path) for path in paths}

        @blueprint.get(f"/{ROUTE}/<digest>/<path:path>")
        def asset(digest: str, path: str) -> Response:
            if path in style_sheets:
                response = Response(style_sheets[path], mimetype="text/css")
            else:
                response = send_from_directory(self.folder, path)
            is_current = digest == self.digest
            response.headers["Cache-Control"] = CACHE_FOREVER if is_current else "no-cache"
            return response

        return blueprint


@cache  # for the process: with other files it has to be started again
def _digest_of_files(folder: Path) -> str:
    """Return a digest of the names and the contents of all files of a folder."""
    digest = hashlib.sha256(css_properties().encode())
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(os.fsencode(path.relative_to(folder)) + b"\0" + path.read_bytes())
    return digest.hexdigest()[:DIGEST_LENGTH]
