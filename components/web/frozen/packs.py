"""Packs: compressed files of records, and the index that leads from a key to one of them.

``assets/js/frozen/packs.js`` reads them. A pack is a text, compressed with gzip:

- its first line is JSON: the names of its ``variants``; ``records``, by key the number of the text
  of each variant, 0 for none, or two numbers with that of the focus; and ``lengths``, those of the
  texts;
- then follow the texts, numbered from 1, each only once. Lengths are UTF-16 code units, as
  JavaScript counts them.

Keys are sorted, and divided into *leaves*: packs whose only text is a JSON object from key to the
number of a pack, or to another key. The index has the first key of each leaf.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from components.web.frozen.answers import LINE, Answer, Record

PACK_CHARACTERS = 400_000
"""Of the texts in a pack, about; compressed these are a tenth."""
LEAF_KEYS = 4_000
"""Keys in a leaf of the index."""
INDEX = "index"
COMPRESSION = 9


@dataclass(frozen=True, slots=True)
class Pack:
    """A compressed pack, and the keys of its records."""

    keys: Sequence[str]
    data: bytes


@dataclass(slots=True)
class _OpenPack:
    """A pack that is being filled."""

    records: list[Record] = field(default_factory=list)
    characters: int = 0

    def add(self, record: Record) -> None:
        self.records.append(record)
        texts = {answer.content for answer in record.answers.values()}
        self.characters += sum(map(len, texts))

    def close(self) -> Pack:
        """Return the compressed pack."""
        texts = dict[str, int]()
        variants = dict[str, int]()
        numbers: dict[str, list[int | list[int]]] = {record.key: [] for record in self.records}

        def number_of(text: str) -> int:
            return texts.setdefault(text, len(texts) + 1)

        for _, key, variant, answer in self._similar_ones_together():
            place, row = variants.setdefault(variant, len(variants)), numbers[key]
            row += [0] * (place + 1 - len(row))
            number = number_of(answer.content)
            row[place] = [number, number_of(answer.focus)] if answer.focus else number
        header = {
            "variants": [*variants],
            "records": numbers,
            "lengths": [*map(_utf16_length, texts)],
        }
        return Pack(tuple(numbers), compressed(f"{_json(header)}\n{''.join(texts)}"))

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


def packs_of(records: Iterable[Record]) -> Iterator[Pack]:
    """Yield packs of records, in their order, but each part of the answers in packs of its own."""
    filling = dict[str, _OpenPack]()
    for record in records:
        pack = filling.setdefault(record.part, _OpenPack())
        pack.add(record)
        if pack.characters > PACK_CHARACTERS:
            yield filling.pop(record.part).close()
    for pack in filling.values():
        yield pack.close()


def text_of(pack: bytes) -> str:
    """Return the text of a pack."""
    return gzip.decompress(pack).decode()


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def compressed(text: str) -> bytes:
    """Return a text compressed with gzip; the same text gives the same bytes."""
    return gzip.compress(text.encode("utf-8", "replace"), COMPRESSION, mtime=0)


def _utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le", "replace")) // 2


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
