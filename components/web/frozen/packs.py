"""Packs: compressed files of records, and the index that leads from a key to one of them.

``assets/js/frozen/packs.js`` reads them. A pack is lines of text, compressed with gzip. The first
one is JSON:

- ``variants``: their names;
- ``records``: by key the number of the text of each variant, 0 for none, or two numbers with that
  of the focus;
- ``texts``: numbered from 1, each only once; see below;
- ``base``: how many packs before it there is the one on which it builds, 0 for none.

The other lines are the *pieces* of which the texts are made, each only once. They are numbered from
0, after those of the base. So what similar texts share is written once, and compression, which sees
32 kB at a time, need not find it.

A text is the number of the first piece that no text before it has, a space, and its pieces: ``*``
is the next of these new pieces, ``=`` the one after the last that was not new, ``+2;`` and ``-2;``
lead past two pieces or back from there; a number before ``*`` or ``=`` repeats it.

Keys are sorted, and divided into *leaves*: packs whose only text is a JSON object from key to the
number of a pack, or to another key. The index has the first key of each leaf.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice

from components.web.frozen.answers import LINE, Answer, Record
from components.web.frozen.pieces import END, pieces_of

PACK_CHARACTERS = 400_000
"""Of the pieces in a pack that others build on, about; compressed these are an eighth."""
LEAF_KEYS = 4_000
"""Keys in a leaf of the index."""
INDEX = "index"
COMPRESSION = 6
NEW, NEXT = "*", "="
"""A piece that no text before has, and the one after the last that was not new."""


@dataclass(frozen=True, slots=True)
class Pack:
    """A compressed pack, and the keys of its records."""

    keys: Sequence[str]
    data: bytes


@dataclass(slots=True)
class _OpenPack:
    """A pack that is being filled."""

    pieces: dict[str, int]
    """Their numbers, also those of the base."""
    divided: dict[str, Sequence[str]] = field(default_factory=dict)
    """The pieces of texts that have been divided before."""
    records: list[Record] = field(default_factory=list)
    texts: dict[str, int] = field(default_factory=dict)
    codes: list[str] = field(default_factory=list)
    """The pieces of each text."""

    def close(self, base: int = 0) -> Pack:
        """Return the compressed pack; ``base`` is how many packs before it its base is."""
        begin = len(self.pieces)
        variants = dict[str, int]()
        numbers: dict[str, list[int | list[int]]] = {record.key: [] for record in self.records}
        for _, key, variant, answer in self._similar_ones_together():
            place, row = variants.setdefault(variant, len(variants)), numbers[key]
            row += [0] * (place + 1 - len(row))
            number = self._number_of(answer.content)
            row[place] = [number, self._number_of(answer.focus)] if answer.focus else number
        header = {"variants": [*variants], "records": numbers, "texts": self.codes, "base": base}
        lines = [_json(header), *islice(self.pieces, begin, None)]
        return Pack(tuple(numbers), compressed(END.join(lines)))

    def _similar_ones_together(self) -> list[tuple[tuple[str, int, str, str], str, str, Answer]]:
        """Return the answers by kind, then by unit and room, those of all languages side by side.

        Compression finds what repeats only within 32 kB.
        """
        answers = []
        for number, record in enumerate(self.records):
            for variant, answer in record.answers.items():
                kind, _, values = variant.partition(LINE)
                language, _, values = values.partition(LINE)
                order = (kind, number, values, language)
                answers.append((order, record.key, variant, answer))
        return sorted(answers, key=lambda entry: entry[0])

    def _number_of(self, text: str) -> int:
        """Return the number of a text, which is added if it is new."""
        number = self.texts.setdefault(text, len(self.texts) + 1)
        if number > len(self.codes):
            self.codes.append(self._code(text))
        return number

    def _code(self, text: str) -> str:
        """Return the code of a text, whose new pieces are added."""
        first, expected = len(self.pieces), 0
        signs = []
        for piece in self.divided.get(text) or pieces_of(text):
            new = len(self.pieces)
            number = self.pieces.setdefault(piece, new)
            if number == new:
                signs.append(NEW)
            else:
                signs.append(NEXT if number == expected else f"{number - expected:+};")
                expected = number + 1
        return f"{first} {''.join(_repeated(signs))}"


def _repeated(signs: Iterable[str]) -> Iterator[str]:
    """Yield signs, with a number before those that are repeated."""
    for sign, group in groupby(signs):
        count = len([*group])
        yield f"{count}{sign}" if count > 1 and sign in {NEW, NEXT} else sign * count


def packs_of(records: Iterable[Record]) -> Iterator[Pack]:
    """Yield packs of records, in their order.

    The first part of the answers is in packs on which those of the other parts build. Records of
    these follow the first part of the same unit.
    """
    parts: dict[str, list[Record]] = {"": []}
    divided, found, characters = dict[str, Sequence[str]](), set[str](), 0
    for record in records:
        if not record.part:
            if characters > PACK_CHARACTERS:
                yield from _built(parts, divided)
                parts, characters = {"": []}, 0
                divided, found = {}, set()
            for answer in record.answers.values():
                if answer.content not in divided:
                    pieces = divided[answer.content] = pieces_of(answer.content)
                    new = {*pieces} - found
                    characters += sum(map(len, new))
                    found |= new
        parts.setdefault(record.part, []).append(record)
    yield from _built(parts, divided)


def _built(parts: Mapping[str, list[Record]], divided: dict[str, Sequence[str]]) -> Iterator[Pack]:
    """Yield the packs of some parts, of which the first is the base of the others.

    ``divided`` are the pieces of the texts of the first.
    """
    base = _OpenPack({}, divided=divided)
    for number, (part, records) in enumerate(parts.items()):
        pack = _OpenPack(dict(base.pieces), records=records) if part else base
        pack.records = records
        if records:
            yield pack.close(number)


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def compressed(text: str) -> bytes:
    """Return a text compressed with gzip; the same text gives the same bytes."""
    return gzip.compress(text.encode("utf-8", "replace"), COMPRESSION, mtime=0)


class PackIndex:
    """The index of packs while they are written."""

    def __init__(self) -> None:
        self._places = dict[str, int | str]()
        """The number of a pack by key, or another key."""
        self._count = 0

    def add(self, pack: Pack) -> str:
        """Add a pack; return its name."""
        name = str(self._count)
        for key in pack.keys:
            self._places.setdefault(key, self._count)
        self._count += 1
        return name

    def add_alias(self, alias: str, key: str) -> None:
        """Let another key lead to the record of a key."""
        self._places.setdefault(alias, key)

    def files(self, facts: Mapping[str, object]) -> Iterator[tuple[str, bytes]]:
        """Yield the leaves and the index, each with its name; ``facts`` are added to the index."""
        keys = sorted(self._places, key=lambda key: key.encode("utf-16-be", "replace"))
        starts = range(0, len(keys), LEAF_KEYS)
        for number, start in enumerate(starts):
            leaf = {key: self._places[key] for key in keys[start : start + LEAF_KEYS]}
            yield f"keys-{number}", compressed(_json(leaf))
        first_keys = [keys[start] for start in starts]
        yield INDEX, compressed(_json({**facts, "leaves": first_keys}))
