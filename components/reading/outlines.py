"""Outlines: names in an order, each with a depth, as indented text, headings and bullets have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from components import faults
from components.reading.nested_objects import PARENT_RECORD, RECORD
from components.reading.objects import FIRST_RECORD, Units
from components.reading.options import Limits
from components.reading.table_building import table_of
from components.reading.tables import ReadingReport, Table

Item = tuple[int, dict[str, str]]
"""The depth of an item, from any number on, and its cells by column."""
NAME = "name"
MIN_STEP, MAX_STEP = 1, 8
"""The fewest and the most spaces that make one step of depth."""
TREE = re.compile(r"[^\n├└│]*\n(?:[^\n]*\n)?[│ \t\xa0]*[├└]─")
"""The beginning of a text with lines like those that the command ``tree`` draws."""
BRANCH = re.compile(r"([│├└─┬\s]*)(.*)")
NUMBERED = re.compile(r"\s*(\d+(?:\.\d+)*)\.?\s+(\S.*)")
"""A number such as 1.2 and a name."""
PLANTUML_ENDINGS = {".puml", ".plantuml", ".wsd"}
PLANTUML = re.compile(r"\s*@start(\w+)[^\n]*\n", re.IGNORECASE)
PLANTUML_NODE = re.compile(
    r"\s*([*+#-]+)(?:\[#?\w+\])?_?[<>]?[ \t]+(?:<<\w+>>)?(.*?)(?:<<\w+>>)?\s*"
)
PLANTUML_TITLE = re.compile(r"^\s*title[ \t]+(.+?)\s*$", re.MULTILINE)
FRONT_MATTER = re.compile(r"---[ \t]*\n((?:[^\n]*\n)*?)---[ \t]*(?:\n|\Z)")
TITLE = re.compile(r"^title:[ \t]*[\"']?(.*?)[\"']?[ \t]*$", re.MULTILINE)
LINE = re.compile(r"[^\n]+")
"""A line that is not empty. Lines are looked at one by one: a long table fails at its first."""
LEADING_SPACES = re.compile(" *+[^ \t][^\t]*")


def rows_of_items(items: Iterable[Item]) -> Iterator[dict[str, str]]:
    """Yield the cells of items, with the columns ``record`` and ``parent record`` before their own.

    The parent of an item is the nearest one before it that is less deep.
    """
    above: list[tuple[int, str]] = []
    for number, (depth, cells) in enumerate(items, start=FIRST_RECORD):
        while above and above[-1][0] >= depth:
            above.pop()
        parent = above[-1][1] if above else ""
        yield {RECORD: str(number), PARENT_RECORD: parent} | cells
        above.append((depth, str(number)))


def is_indented(text: str) -> bool:
    """Return whether the white space before each line of a text shows how deep its name is.

    No line is more than one step deeper than the line before it, and at least one is deeper. After
    the tabs of its depth each line has the same number of cells; in a table of columns all lines
    are equally wide.
    """
    return is_indented_by_tabs(text) or _has_steps(_space_depths(text))


def is_indented_by_tabs(text: str) -> bool:
    """Return whether the tabs before each line show how deep its name is."""
    # Empty cells at the end of a line count as cells, unless no line has other cells.
    return any(_has_steps(_tab_depths(text, ignored)) for ignored in (None, " "))


def _tab_depths(text: str, ignored: str | None) -> Iterator[int | None]:
    """Yield the number of tabs before each line; None if other cells follow than in the first.

    ``ignored`` has the characters at the end of a line that are ignored; None for white space.
    """
    width = 0
    for match in LINE.finditer(text):
        if match[0].isspace():
            continue
        first, *others = _indented_cells(match[0].rstrip(ignored))
        width = width or 1 + len(others)
        is_named = len(others) + 1 == width and first[-1] not in "\t "
        yield first.count("\t") if is_named and not first.lstrip("\t").startswith(" ") else None


def _space_depths(text: str) -> Iterator[int | None]:
    """Yield how many lines a line is nested in by its spaces; None if they fit no line above."""
    above: list[int] = []
    for line in _lines(text):
        if not LEADING_SPACES.fullmatch(line):
            yield None
            return
        width = len(line) - len(line.lstrip(" "))
        while above and above[-1] > width:
            above.pop()
        step = width - (above[-1] if above else 0)
        if step:
            above.append(width)
        is_step = not step or MIN_STEP <= step <= MAX_STEP
        yield len(above) if is_step else None


def _has_steps(depths: Iterable[int | None]) -> bool:
    """Return whether depths begin at 0, go down one step at a time, and do so at least once."""
    last = -1
    is_nested = False
    for depth in depths:
        if depth is None or depth > last + 1:
            return False
        is_nested |= depth > 0
        last = depth
    return is_nested


def _lines(text: str) -> Iterator[str]:
    return (match[0].rstrip() for match in LINE.finditer(text) if not match[0].isspace())


def read_indented(
    text: str, name: str, reading: ReadingReport, limits: Limits, *, has_header: bool
) -> Table:
    """Return the table of an indented text; its first cells keep the white space before them.

    Without a header the columns are called ``name``, ``column 2``, ...
    """
    records = [_indented_cells(line.rstrip()) for line in text.split("\n")]
    width = max(map(len, records))
    records = [record + [""] * (width - len(record)) for record in records]
    if has_header:
        return table_of(name, records, reading, 1, limits)
    headings = [NAME, *(f"column {number}" for number in range(2, width + 1))]
    table = table_of(name, [headings, *records], reading, 1, limits)
    frame = table.frame.set_axis(table.frame.index - 1)
    return replace(
        table, frame=frame, reading=table.reading and replace(table.reading, header=None)
    )


def _indented_cells(line: str) -> list[str]:
    """Return the cells of a line; the first one has the tabs before it."""
    body = line.lstrip("\t")
    first, *others = body.split("\t")
    return [line[: len(line) - len(body)] + first, *others]


def read_tree(text: str, name: str, limits: Limits) -> list[Table]:
    """Return the table of names with lines drawn before them: ``│   └── Payroll``."""
    matches = (BRANCH.fullmatch(line.rstrip()) for line in text.split("\n"))
    items = ((len(match[1]), {NAME: match[2]}) for match in matches if match and match[2])
    return Units("text", rows_of_items(items)).tables(name, limits)


def is_numbered(text: str) -> bool:
    """Return whether each line of a text has a number below one above it: 1, 1.1, 1.2, 2."""
    numbers: set[str] = set()
    is_nested = False
    for line in _lines(text):
        match = NUMBERED.fullmatch(line)
        above = match[1].rpartition(".")[0] if match else ""
        if not match or match[1] in numbers or (above and above not in numbers):
            return False
        numbers.add(match[1])
        is_nested |= bool(above)
    return is_nested


def read_numbered(text: str, name: str, limits: Limits) -> list[Table]:
    """Return the table of names with numbers before them, which are their ids."""
    rows = (
        {"id": match[1], NAME: match[2], "parent": match[1].rpartition(".")[0]}
        for match in map(NUMBERED.fullmatch, _lines(text))
        if match
    )
    return Units("text", rows).tables(name, limits)


def without_front_matter(text: str) -> tuple[str, str]:
    """Return the title among the settings between dashes above a text, and the text below them."""
    front = FRONT_MATTER.match(text)
    title = TITLE.search(front[1]) if front else None
    return title[1] if title else "", text[front.end() :] if front else text


def read_plantuml(text: str, name: str, limits: Limits) -> list[Table]:
    """Return the nodes of a PlantUML diagram, whose stars show their depth, as a table.

    https://plantuml.com/wbs-diagram

    Raises:
        DataError: it is another kind of diagram, has no nodes, or is above the limits.
    """
    start = PLANTUML.match(text)
    kind = start[1].casefold() if start else "unknown"
    if not start or kind not in {"wbs", "mindmap"}:
        raise faults.OTHER_FORMAT.error(name, format=f"a PlantUML diagram of the kind “{kind}”")
    title = PLANTUML_TITLE.search(text)
    rows = rows_of_items(_plantuml_items(text[start.end() :]))
    return Units("PlantUML", rows, title[1] if title else "").tables(name, limits)


def _plantuml_items(text: str) -> Iterator[Item]:
    for match in map(PLANTUML_NODE.fullmatch, text.split("\n")):
        if match and match[2]:
            yield len(match[1]), {NAME: match[2]}
