"""What a frozen page reads: the packs of an organization, and their index."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from components.diagrams.text import CHARACTERS
from components.export.pictures import font_faces
from components.importing.progress import OnProgress
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.search.finder import Finder
from components.search.shards import search_files
from components.settings import Settings
from components.web.fragments import to_json
from components.web.frozen.answers import (
    PARTS,
    VARIANT_KEYS,
    Answer,
    Answers,
    Record,
    unit_key,
    values_of,
)
from components.web.frozen.connections import connection_files
from components.web.frozen.filters import filter_files
from components.web.frozen.making import packs_about
from components.web.frozen.packs import PackIndex, packs_of
from components.web.frozen.pages import DASH_ANSWERS, Site

PICTURE_FONTS = "picture-fonts"
"""The name of the rules of CSS with the fonts of pictures."""
WRITERS: tuple[Callable[[OrganizationIndex], Iterator[tuple[str, object]]], ...] = (
    lambda index: search_files(Finder(index.organization), index.organization),
    filter_files,
    connection_files,
)
"""Each yields names and JSON contents, from which scripts compute answers
(``assets/js/frozen/computed.js``)."""


def packs(
    organization: Organization, settings: Settings, site: Site, on_progress: OnProgress
) -> Iterator[tuple[str, bytes]]:
    """Yield each pack with its name, the index at the end."""
    index, answers = PackIndex(), Answers(site.index, settings)
    for pack in packs_of(_common_records(answers, site)):
        yield index.add(pack), pack.data
    for pack, done in packs_about(organization, settings):
        yield index.add(pack), pack.data
        on_progress(f"{done:,} of {len(organization):,}", done / len(organization))
    for name, units in organization.units_by_name.items():
        if len(units) == 1:
            index.add_alias(f"name:{name}", unit_key(organization.units["id"][units[0]]))
    yield from index.files(_facts(answers))


def _common_records(answers: Answers, site: Site) -> Iterator[Record]:
    """Yield what is the same for every unit, and the files that scripts read by name."""
    yield answers.of_organization()
    yield from answers.of_changes()
    for name in DASH_ANSWERS:
        yield _file(name, site.read(name).decode())
    if answers.index.extent.pictures:
        yield _file(PICTURE_FONTS, to_json(font_faces(CHARACTERS)))
    for write in WRITERS:
        for name, content in write(answers.index):
            yield _file(name, to_json(content))


def _file(name: str, text: str) -> Record:
    return Record(f"file:{name}", answers={"": Answer(text)})


def _facts(answers: Answers) -> Mapping[str, object]:
    return {"keys": VARIANT_KEYS, "parts": PARTS, "values": values_of(answers.index)}
