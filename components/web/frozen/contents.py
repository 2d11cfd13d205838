"""What a frozen page reads: the packs of an organization at each moment, and their indexes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain

from components.diagrams.text import CHARACTERS
from components.export.embedded_fonts import font_faces
from components.importing.progress import OnProgress
from components.model.index import OrganizationIndex
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
from components.web.frozen.making import NumberedPack, making_packs_of_units
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


@contextmanager
def making_packs(
    site: Site, settings: Settings, on_progress: OnProgress
) -> Iterator[Iterator[tuple[str, bytes]]]:
    """Begin to make the packs and their indexes, and yield them.

    Each comes with its name, which begins with the version of its edition. Other processes make
    what is about single units, while this one can do something else.
    """
    editions = site.editions
    organizations = [each.organization for each in editions.indexes]
    with making_packs_of_units(organizations, settings, editions.extent) as packs:
        yield _packs(site, settings, packs, on_progress)


def _packs(
    site: Site, settings: Settings, packs: Iterable[NumberedPack], on_progress: OnProgress
) -> Iterator[tuple[str, bytes]]:
    editions = site.editions
    versions = editions.versions
    every = [Answers(index, settings) for index in editions.indexes]
    indexes = [PackIndex() for _ in every]
    for number, answers in enumerate(every):
        records = chain(_common_records(answers), () if number else _records_of_page(answers, site))
        for pack in packs_of(records):
            yield f"{versions[number]}/{indexes[number].add(pack)}", pack.data
    total = sum(len(each.organization) for each in editions.indexes)
    for number, pack, done in packs:
        yield f"{versions[number]}/{indexes[number].add(pack)}", pack.data
        on_progress(f"{done:,} of {total:,}", done / total)
    for version, index, answers in zip(versions, indexes, every, strict=True):
        organization = answers.index.organization
        for name, units in organization.units_by_name.items():
            if len(units) == 1:
                index.add_alias(f"name:{name}", unit_key(organization.units["id"][units[0]]))
        for name, data in index.files(_facts(answers)):
            yield f"{version}/{name}", data


def _records_of_page(answers: Answers, site: Site) -> Iterator[Record]:
    """Yield the files that are the same at every moment."""
    for name in DASH_ANSWERS:
        yield _file(name, site.read(name).decode())
    if answers.index.extent.pictures:
        yield _file(PICTURE_FONTS, to_json(font_faces(CHARACTERS)))


def _common_records(answers: Answers) -> Iterator[Record]:
    """Yield what is the same for every unit, and the files that scripts read by name."""
    yield answers.of_organization()
    yield from answers.of_changes()
    for write in WRITERS:
        for name, content in write(answers.index):
            yield _file(name, to_json(content))


def _file(name: str, text: str) -> Record:
    return Record(f"file:{name}", answers={"": Answer(text)})


def _facts(answers: Answers) -> Mapping[str, object]:
    languages = [words.language for words in answers.words]
    return {
        "keys": VARIANT_KEYS,
        "parts": PARTS,
        "values": values_of(answers.index),
        "languages": languages,
    }
