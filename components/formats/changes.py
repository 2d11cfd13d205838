"""What has changed between two states: as text, Markdown, HTML, CSV, XLSX or JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from components.files import write_file
from components.formats.errors import FormatError
from components.formats.package import BYTE_ORDER_MARK
from components.formats.tables import parent_id
from components.formats.workbook import workbook_of
from components.model.changes import Change, ChangeKind, Comparison
from components.model.organization import Organization
from components.reading.formula_escaping import escaped
from components.words import Words
from components.words.changes import (
    ARROW,
    LIST,
    STEP,
    Section,
    column_notes,
    kind_name,
    place_of,
    reason_name,
    sections,
    size_note,
    summary,
    uncertain_notes,
)

COLUMNS = (
    *("kind", "aspect", "unit", "name", "place", "column", "before", "after", "difference"),
    *("units_before", "units_after", "uncertain"),
)
"""The columns of the changes as a table."""
MOST_ENTRIES = 20
"""Entries of a section that the text shows; the files have all."""
STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem;
  color: #1b1b1b; background: #fff }
h1 { font-size: 1.5rem } h2 { font-size: 1.15rem; margin-bottom: 0 }
li { margin: .25rem 0 } .place, .count { color: #555 }
@media (prefers-color-scheme: dark) { body { color: #eee; background: #1b1b1b }
  .place, .count { color: #bbb } }
"""


@dataclass(frozen=True, slots=True)
class Report:
    """A comparison, and what its reader calls the two states."""

    comparison: Comparison
    before: str
    after: str
    words: Words

    @property
    def title(self) -> str:
        """The names of both states: "2025-01.csv → 2026-01.csv"."""
        return f"{self.before}{ARROW}{self.after}"

    @property
    def introduction(self) -> Iterator[str]:
        """The lines before the changes: sizes, counts, columns of one state only."""
        yield f"{size_note(self.comparison, self.words)}."
        yield from summary(self.comparison, self.words)
        yield from column_notes(self.comparison, self.words)

    @property
    def uncertain(self) -> list[str]:
        """A line for each two units that may not be the same."""
        return [*uncertain_notes(self.comparison, self.words)]


def text_report(report: Report) -> str:
    """Return the comparison as text: counts, then each change with its place."""
    lines = [report.title, *report.introduction]
    for section in sections(report.comparison, report.words):
        lines += ["", f"{section.title} ({report.words.number(section.count)})"]
        lines += (f"  {line}" for line in (*section.totals, *_lines(section)))
        if len(section.entries) > MOST_ENTRIES:
            more = len(section.entries) - MOST_ENTRIES
            lines.append(f"  {report.words('folded', count=more)}")
    if report.uncertain:
        lines += ["", report.words("uncertain"), f"  {report.words('uncertain-hint')}"]
        lines += (f"  {note}" for note in report.uncertain[:MOST_ENTRIES])
        if len(report.uncertain) > MOST_ENTRIES:
            more = len(report.uncertain) - MOST_ENTRIES
            lines.append(f"  {report.words('folded', count=more)}")
    return "\n".join(lines)


def _lines(section: Section) -> Iterator[str]:
    for entry in section.entries[:MOST_ENTRIES]:
        yield f"{entry.text}  [{entry.place}]" if entry.place else entry.text


def markdown_report(report: Report) -> str:
    """Return the comparison as Markdown, with every change."""
    lines = [f"# {_markdown(report.title)}", ""]
    for line in report.introduction:
        lines += [_markdown(line), ""]
    for section in sections(report.comparison, report.words, None):
        lines += [f"## {_markdown(section.title)} ({report.words.number(section.count)})", ""]
        lines += (f"- **{_markdown(total)}**" for total in section.totals)
        for entry in section.entries:
            place = f" *{_markdown(entry.place)}*" if entry.place else ""
            lines.append(f"- {_markdown(entry.text)}{place}")
        lines.append("")
    if report.uncertain:
        lines += [f"## {report.words('uncertain')}", "", report.words("uncertain-hint"), ""]
        lines += [*(f"- {_markdown(note)}" for note in report.uncertain), ""]
    return "\n".join(lines)


def _markdown(text: str) -> str:
    """Return text in one line, in which nothing is markup."""
    return "".join(f"\\{each}" if each in MARKUP else each for each in " ".join(text.split()))


MARKUP = frozenset("\\`*_[]<>#|~")


def html_report(report: Report) -> str:
    """Return the comparison as a page of its own, with every change."""
    words = report.words

    def items(lines: Iterable[str]) -> str:
        return "".join(f"<li>{line}</li>" for line in lines)

    parts = [f"<p>{escape(line)}</p>" for line in report.introduction]
    for section in sections(report.comparison, words, None):
        entries = (
            f'{escape(entry.text)} <span class="place">{escape(entry.place)}</span>'
            for entry in section.entries
        )
        parts.append(
            f'<h2>{escape(section.title)} <span class="count">({words.number(section.count)})'
            f"</span></h2><ul>{items(map(escape, section.totals))}{items(entries)}</ul>"
        )
    if report.uncertain:
        parts.append(
            f"<h2>{escape(words('uncertain'))}</h2><p>{escape(words('uncertain-hint'))}</p>"
            f"<ul>{items(map(escape, report.uncertain))}</ul>"
        )
    title, body = escape(report.title), "\n".join(parts)
    return (
        f'<!doctype html>\n<html lang="{words.language}" dir="{words.direction}">\n<head>'
        f'<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{title}</title><style>{STYLE}</style></head>\n"
        f"<body>\n<h1>{title}</h1>\n{body}\n</body>\n</html>\n"
    )


def changes_as_dict(report: Report) -> dict[str, Any]:
    """Return the comparison as JSON: counts, and each change.

    ``unit`` is the id of the changed unit: afterwards, unless it is gone or was split.
    ``units_before`` and ``units_after`` are the ids in either state, several of a split or merger.
    Of a moved unit, ``parent_before`` and ``parent_after`` are the ids of its parents.
    """
    comparison = report.comparison
    return {
        "before": {"name": report.before, "units": comparison.before.count()},
        "after": {"name": report.after, "units": comparison.after.count()},
        "counts": {str(kind): count for kind, count in comparison.counts.items()},
        "unchanged": comparison.unchanged,
        "columns": {
            "only_before": [*comparison.columns.only_before],
            "only_after": [*comparison.columns.only_after],
            "rewritten": [*comparison.rewritten],
        },
        "changes": [_as_dict(change, comparison) for change in comparison.changes],
        "uncertain": [
            {
                "before": comparison.before.units["id"][before],
                "after": comparison.after.units["id"][after],
                "reason": str(reason),
                "text": reason_name(reason, report.words),
            }
            for before, after, reason in comparison.uncertain
        ],
    }


def _as_dict(change: Change, comparison: Comparison) -> dict[str, Any]:
    before, after = comparison.before, comparison.after
    names = [
        [organization.units["name"][unit] for unit in units]
        for organization, units in ((before, change.before), (after, change.after))
    ]
    ids = [
        [organization.units["id"][unit] for unit in units]
        for organization, units in ((before, change.before), (after, change.after))
    ]
    organization, unit = _shown(change, comparison)
    old: object = change.old or None
    new: object = change.new or None
    if change.kind in {ChangeKind.NEW, ChangeKind.GONE, ChangeKind.SPLIT, ChangeKind.MERGED}:
        old, new = (_one_or_several(each) for each in names)
    parents: dict[str, str] = {}
    if change.kind is ChangeKind.MOVED:
        parents = {
            "parent_before": parent_id(before, change.before[0]),
            "parent_after": parent_id(after, change.after[0]),
        }
    optional = {
        "aspect": change.aspect and str(change.aspect),
        "column": change.column,
        "difference": None if change.difference is None else float(change.difference),
        "uncertain": change.is_uncertain,
    }
    return {
        "kind": str(change.kind),
        "unit": organization.units["id"][unit],
        "name": organization.units["name"][unit],
        "place": [*place_of(organization, unit)],
        "before": old,
        "after": new,
        "units_before": ids[0],
        "units_after": ids[1],
        **parents,
        **{key: value for key, value in optional.items() if value},
    }


def _one_or_several(names: list[str]) -> object:
    """Return a name as text, several as a list, none as null."""
    return names if len(names) > 1 else next(iter(names), None)


def _shown(change: Change, comparison: Comparison) -> tuple[Organization, int]:
    """Return the state in which a change is shown, and its first unit there.

    It is the later one, unless the change is that a unit is gone, or was split.
    """
    if change.after and change.kind is not ChangeKind.SPLIT:
        return comparison.after, change.after[0]
    return comparison.before, change.before[0]


def change_records(report: Report) -> Iterator[tuple[str, ...]]:
    """Yield a record for each change, with a cell for each of ``COLUMNS``."""

    def cell(value: object) -> str:
        if isinstance(value, list):
            return LIST.join(map(str, value))
        return "" if value is None or value is False else str(value)

    for change in report.comparison.changes:
        entries = _as_dict(change, report.comparison)
        entries["place"] = STEP.join(entries["place"])
        entries["kind"] = kind_name(change.kind, report.comparison.after, report.words)
        entries["difference"] = change.difference
        entries["uncertain"] = report.words("uncertain") if change.is_uncertain else ""
        yield tuple(cell(entries.get(column)) for column in COLUMNS)


def _json(report: Report) -> bytes:
    return json.dumps(changes_as_dict(report), ensure_ascii=False, indent=1).encode()


def _csv(report: Report) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([COLUMNS, *([*map(escaped, row)] for row in change_records(report))])
    return f"{BYTE_ORDER_MARK}{text.getvalue()}".encode()


def _xlsx(report: Report) -> bytes:
    tables = {"changes": (COLUMNS, [*change_records(report)])}
    return workbook_of(tables, {"title": report.title}, instead="CSV")


WRITERS: Mapping[str, Callable[[Report], bytes]] = {
    ".xlsx": _xlsx,
    ".csv": _csv,
    ".md": lambda report: markdown_report(report).encode(),
    ".html": lambda report: html_report(report).encode(),
    ".json": _json,
}
"""What writes a file, by its ending."""


def write_report(report: Report, path: str) -> None:
    """Write a comparison to a file, in the format of its ending.

    Raises:
        FormatError: the ending is unknown, the changes do not fit into the format, or the file
            cannot be written.
    """
    target = Path(path)
    writer = WRITERS.get(target.suffix.lower())
    if not writer:
        raise FormatError(
            f"There is no format “{target.suffix}” of changes. "
            f"Give the file one of the endings {', '.join(WRITERS)}."
        )
    try:
        write_file(target, writer(report))
    except OSError as error:
        reason = error.strerror or error
        raise FormatError(f"{path} cannot be written ({reason}). Choose another one.") from error
