"""PlantUML: work breakdown structures and mind maps (https://plantuml.com/wbs-diagram)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from components import faults
from components.reading.options import Limits
from components.reading.outlines import NAME, Item, table_of_items
from components.reading.tables import ReadingReport, Table

ENDINGS = {".puml", ".plantuml", ".wsd"}
SIGNATURE = re.compile(r"\s*@start(\w+)[^\n]*\n", re.IGNORECASE)
NODE = re.compile(r"\s*([*+#-]+)(?:\[#?\w+\])?_?[<>]?[ \t]+(?:<<\w+>>)?(.*?)(?:<<\w+>>)?\s*")
TITLE = re.compile(r"^\s*title[ \t]+(.+?)\s*$", re.MULTILINE)


def read_plantuml(text: str, name: str, limits: Limits) -> list[Table]:
    """Return the nodes of a diagram, whose stars show their depth, as a table.

    Raises:
        DataError: it is another kind of diagram, has no nodes, or is above the limits.
    """
    start = SIGNATURE.match(text)
    kind = start[1].casefold() if start else "unknown"
    if not start or kind not in {"wbs", "mindmap"}:
        raise faults.OTHER_FORMAT.error(name, format=f"a PlantUML diagram of the kind “{kind}”")
    items = list(_nodes(text[start.end() :]))
    if not items:
        raise faults.NO_NODES.error(name)
    title = TITLE.search(text)
    table = table_of_items(name, items, ReadingReport("PlantUML"), limits)
    return [replace(table, about={"title": title[1]} if title else {})]


def _nodes(text: str) -> Iterator[Item]:
    for match in map(NODE.fullmatch, text.split("\n")):
        if match and match[2]:
            yield len(match[1]), {NAME: match[2]}
