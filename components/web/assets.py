"""The scripts, styles and pictures of the page, at addresses that change with their content."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

from flask import Blueprint, Response, send_from_directory

from components.diagrams.properties import css_properties
from components.program import digest_of_files
from components.web.headers import CACHE_FOREVER

ASSETS = Path(__file__).parents[2] / "assets"
ROUTE = "static"
STYLES = "css/styles.css"
"""The style sheet that imports all others, each into its cascade layer, in order."""
DIGEST_LENGTH = 8
"""Hexadecimal digits: few, since without bundles a page names some sixty files."""
ICON = "favicon.svg"
TOKENS = "css/tokens.css"
PROPERTIES = "css/properties.css"
"""The style sheet that ``css_properties`` writes; it is no file."""
MAIN_MODULE = "js/main.js"
THEME_MODULE = "js/page/theme.js"
"""Applies the theme that the reader has chosen, before the others have been loaded."""
FROZEN_MODULE = "js/frozen/folder.js"
"""Answers the requests of a frozen page; it runs before the main module."""
FROZEN_ONLY = "js/frozen"
BUNDLES = Path("bundle")
"""The folder of what ``make bundle`` builds, which may be missing: the page's modules in a few
files, and smaller libraries."""
PAGE = "../../../"
"""What leads from a style sheet to the page."""
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SPACES = re.compile(r"\s+")
IMPORT = re.compile(r'@import "(?P<path>[^"]+)"( layer\((?P<layer>[\w-]+)\))?;')


class Assets:
    """The files of a folder; their addresses have a digest of all of them.

    Files of the same digest refer to each other by relative addresses. So modules can be imported
    without a build step, and browsers keep them forever.
    """

    def __init__(self, folder: Path = ASSETS) -> None:
        self.folder = folder
        files = css_properties().encode() + digest_of_files(folder)
        self.digest = hashlib.sha256(files).hexdigest()[:DIGEST_LENGTH]
        modules = sorted(folder.rglob("js/**/*.js"))
        self._is_bundled = _is_newer(folder / self._bundled(MAIN_MODULE), modules)
        if self._is_bundled:
            entries = (folder / self._bundled(path) for path in (MAIN_MODULE, THEME_MODULE))
            modules = sorted([*entries, *(folder / BUNDLES).glob("shared-*.js")])
        paths = [path.relative_to(folder).as_posix() for path in modules]
        self.modules: Sequence[str] = [path for path in paths if not path.startswith(FROZEN_ONLY)]
        """The paths of all modules that the page loads."""

    def address(self, path: str) -> str:
        """Return the address of a file, relative to the page."""
        return f"{ROUTE}/{self.digest}/{path}"

    def has(self, path: str) -> bool:
        """Return whether there is such a file; bundles may not have been built."""
        return (self.folder / path).is_file()

    def entry(self, path: str) -> str:
        """Return the address of a module that the page names: of its bundle, if there is one."""
        return self.address(self._bundled(path) if self._is_bundled else path)

    def frozen_modules(self) -> Sequence[str]:
        """Return the addresses of the modules that only frozen pages load."""
        if self._is_bundled:
            return (self.entry(FROZEN_MODULE),)
        paths = sorted((self.folder / FROZEN_ONLY).glob("*.js"))
        return [self.address(path.relative_to(self.folder).as_posix()) for path in paths]

    @staticmethod
    def _bundled(path: str) -> str:
        return (BUNDLES / Path(path).name).as_posix()

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

    @cached_property
    def page_styles(self) -> str:
        """All styles, for a style element of the page: nothing is painted before they are there."""
        return compact(self.style_sheet(STYLES)).replace(PAGE, "")

    def blueprint(self) -> Blueprint:
        """Return the route of the files."""
        blueprint = Blueprint("assets", __name__)
        paths = (path.relative_to(self.folder).as_posix() for path in self.folder.glob("css/*.css"))
        style_sheets = {path: compact(self.style_sheet(path)) for path in paths}

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


def compact(style_sheet: str) -> str:
    """Return a style sheet without comments and line breaks, a quarter smaller."""
    return SPACES.sub(" ", COMMENT.sub("", style_sheet))


def _is_newer(file: Path, others: Iterable[Path]) -> bool:
    """Return whether there is a file, and it was written after the others."""
    if not file.is_file():
        return False
    return file.stat().st_mtime >= max(path.stat().st_mtime for path in others)
