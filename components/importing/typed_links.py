"""Links of several kinds in one cell: ``Parent: a; Child: b, c``, or a list of objects in JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import islice

from components.importing.cells import Cells
from components.importing.column_names import fold_name, vocabulary_words
from components.importing.evidence import MOSTLY, SAMPLE_SIZE
from components.model.text import fold_text, split_list

PARENTS_IN, CHILDREN_IN = "parents in ", "children in "
"""What the headings of the columns begin with that are made of a column of links."""
LONGEST_KIND = 40
"""Characters of a kind of link: what is longer is a sentence with a colon."""
SEPARATOR = "; "


def with_typed_links(cells: Cells) -> Cells:
    """Return cells with a column of parents and one of children for each column of links."""
    made = cells
    for name in cells.header:
        counts = cells.counts(name)
        sample = [*islice(counts, SAMPLE_SIZE)]
        if sum(bool(_links(cell)) for cell in sample) < MOSTLY * len(sample):
            continue
        links = {cell: links for cell in counts if (links := _links(cell))}
        if not links:
            continue
        for heading, kinds in ((PARENTS_IN, "upwards"), (CHILDREN_IN, "downwards")):
            words = vocabulary_words(kinds)
            linked = {cell: _of_kinds(links[cell], words) for cell in links}
            if any(linked.values()):
                column = [linked.get(cell, "") for cell in cells.of(name)]
                made = made.with_column(f"{heading}{name}", column)
    return made


def _links(cell: str) -> Mapping[str, Sequence[str]]:
    """Return the linked units of a cell by kind of link; nothing if it has none."""
    links: dict[str, list[str]] = {}
    if cell.startswith("[{"):
        try:
            objects = json.loads(cell)
        except ValueError:
            return {}
        for entry in objects:
            values = [value for value in entry.values() if isinstance(value, str)]
            if len(values) == 2:  # noqa: PLR2004  # The kind of the link, and the unit.
                links.setdefault(_folded(values[0]), []).append(values[1])
    else:
        for part in cell.split(";") if ":" in cell else ():
            kind, colon, units = part.partition(":")
            if colon and units.strip() and len(kind) <= LONGEST_KIND:
                links.setdefault(_folded(kind), []).extend(split_list(units, ","))
    directed = vocabulary_words("upwards") | vocabulary_words("downwards")
    return links if links.keys() & directed else {}


def _of_kinds(links: Mapping[str, Sequence[str]], kinds: frozenset[str]) -> str:
    return SEPARATOR.join(unit for kind in links if kind in kinds for unit in links[kind])


def _folded(kind: str) -> str:
    return fold_text(" ".join(fold_name(kind)))
