"""Sorted tables as small JSON files, so that a page without a server reads the part that it needs.

``assets/js/frozen/tables.js`` reads them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

SIZE = 40_000
"""Characters of JSON in a shard; a longer entry has a shard of its own."""

ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"))
Entry = tuple[str | int, object]
"""A key and its value, as JSON has it."""


def table_files(
    folder: str, tables: Mapping[str, Iterable[Entry]], about: Mapping[str, object]
) -> Iterator[tuple[str, object]]:
    """Yield name and content of each file of some tables, whose entries are sorted by their keys.

    A shard is a list of entries, named ``<folder>/<table>-<number>``. The last file is
    ``<folder>/about``: what else there is to know, and as ``tables`` the first key of each shard.
    """
    first_keys: dict[str, list[str | int]] = {}
    for table, entries in tables.items():
        first_keys[table] = []
        for number, shard in enumerate(_shards(entries)):
            first_keys[table].append(shard[0][0])
            yield f"{folder}/{table}-{number}", shard
    yield f"{folder}/about", {**about, "tables": first_keys}


def _shards(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Yield the entries in lists that are not too long as JSON."""
    shard: list[Entry] = []
    size = 0
    for entry in entries:
        length = len(ENCODER.encode(entry))
        if shard and size + length > SIZE:
            yield shard
            shard, size = [], 0
        shard.append(entry)
        size += length
    if shard:
        yield shard


def differences(numbers: Sequence[int]) -> list[int]:
    """Return sorted numbers as the first one and the differences from each to the next."""
    return [after - before for before, after in pairwise((0, *numbers))]
