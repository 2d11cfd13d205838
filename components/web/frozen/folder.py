"""A frozen organization as a folder of files, for any web host."""

from __future__ import annotations

import html
import re
from collections.abc import Container, Iterable, Iterator
from functools import partial
from pathlib import Path

from components.files import replaced_folder
from components.formats.package import zipped
from components.importing.progress import OnProgress
from components.settings import Settings
from components.view_state import moment_parameters, query_of
from components.web.data_files import SECTIONS
from components.web.frozen.contents import making_packs
from components.web.frozen.errors import FreezeError
from components.web.frozen.extent import IN_FOLDER
from components.web.frozen.moments import Frozen, FrozenEditions
from components.web.frozen.pages import PAGE, Site, files_of, page_name, pages
from components.words import DEFAULT, languages

MARK = "frozen-by-remit.txt"
"""The file by which a frozen folder is known."""
MARK_TEXT = "This folder was written by Remit, which replaces all of it when it is frozen again.\n"
NOT_JEKYLL = ".nojekyll"
"""Lets GitHub Pages serve folders whose names begin with an underscore."""
DATA = "data"
DATA_LINK = re.compile(r'href="data/(?:\?lang=(\w+))?"')
LARGE_FILE = 1_000_000
"""Bytes; larger data files are in archives of their own, since few hosts send files compressed."""
ARCHIVE, COMPRESSED = ".zip", (".zip", ".xlsx")
ALTERNATE = re.compile(rf'<link rel="alternate"[^>]* href="{DATA}/([^"?]+)[^"]*">\n?')
"""A link to the organization as linked data."""
LINK_BACK = '<nav><a href="../'
"""How the link begins that leads from the list of data files to the page."""


def freeze_folder(
    shown: Frozen,
    settings: Settings,
    path: Path,
    on_progress: OnProgress,
    *,
    replaces: bool = False,
) -> int:
    """Write the dashboard of an organization as a folder; return its size in bytes.

    Raises:
        FreezeError: the path is a file, or the folder of something else and not to be replaced.
        OSError: the folder cannot be written.
    """
    path = path.resolve()
    if path.exists() and not (path.is_dir() and (replaces or _may_replace(path))):
        raise FreezeError(
            f"{path} is not empty, and was not frozen before. Choose another folder, or replace it "
            "with --force."
        )
    size = 0
    site = Site(FrozenEditions(shown, settings, IN_FOLDER), settings)
    try:
        with (
            replaced_folder(path) as folder,
            making_packs(site, settings, on_progress) as packs,
        ):
            for name, data in _files(site, packs):
                file = folder / name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(data)
                size += len(data)
    finally:
        site.close()
    return size


def _may_replace(path: Path) -> bool:
    return (path / MARK).is_file() or not any(path.iterdir())


def _files(site: Site, packs: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """Yield the path and the content of each file."""
    yield MARK, MARK_TEXT.encode()
    yield NOT_JEKYLL, b""
    archived = set[str]()
    for name, data in _data_files(site):
        if len(data) > LARGE_FILE and not name.endswith(COMPRESSED):
            archived.add(name)
            yield f"{DATA}/{name}{ARCHIVE}", zipped({name: data})
        else:
            yield f"{DATA}/{name}", data
    for name, text in _data_pages(site, archived):
        yield f"{DATA}/{name}", text.encode()
    loaded = dict[str, bytes]()
    for name, text in pages(site):
        loaded.update(files_of(site, text))
        shown = ALTERNATE.sub(lambda link: "" if link[1] in archived else link[0], text)
        yield name, DATA_LINK.sub(_data_link, shown).encode()
    yield from loaded.items()
    for name, data in packs:
        yield f"packs/{name}.pack", data


def _data_link(link: re.Match[str]) -> str:
    return f'href="{DATA}/{page_name(PAGE, link[1] or DEFAULT)}"'


def _moments(site: Site) -> Iterator[tuple[str, str]]:
    """Yield the query of each moment, and the beginning of the names of its data files.

    These begin with the values of the moment, as ``assets/js/state/address.js`` knows.
    """
    for moment in site.editions.moments:
        parameters = moment_parameters(moment)
        query = f"?{query_of(parameters)}" if parameters else ""
        yield query, "".join(f"{value}-" for value in parameters.values())


def _data_files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield the organization at each moment as data."""
    for query, beginning in _moments(site):
        for name in dict.fromkeys(name for names in SECTIONS.values() for name in names):
            data = site.find(f"{DATA}/{name}{query}")
            if data is not None:
                yield f"{beginning}{name}", data


def _data_pages(site: Site, archived: Container[str]) -> Iterator[tuple[str, str]]:
    """Yield the pages that list the data files of each moment in each language."""
    for query, beginning in _moments(site):
        link = re.compile(rf'href="([\w.-]+){re.escape(html.escape(query))}"')
        for language in languages():
            name = page_name(PAGE, language)
            text = site.read(f"{DATA}/{query}", language).decode()
            text = text.replace(LINK_BACK, f"{LINK_BACK}{name}")
            text = link.sub(partial(_file_link, beginning, archived), text)
            yield f"{beginning}{name}", text


def _file_link(beginning: str, archived: Container[str], link: re.Match[str]) -> str:
    name = f"{beginning}{link[1]}"
    return f'href="{name}{ARCHIVE if name in archived else ""}"'
