"""SQL dumps: the rows of INSERT statements and of PostgreSQL's COPY."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from components import faults
from components.reading.options import Limits
from components.reading.table_building import table_of
from components.reading.tables import ReadingReport, Table, read_each

ENDINGS = {".sql"}
ROWS = (
    r"(?:CREATE\s+(?:TEMPORARY\s+)?TABLE\s[^;(]*\(|INSERT\s+INTO\s+\S+\s*(?:\([^)]*\)\s*)?VALUES\b"
    r"|COPY\s+\S+[^\n;]*FROM\s+stdin[^\n,;]*;)"
)
SIGNATURE = re.compile(
    rf"(?:\s++|--[^\n]*+|/\*.*?\*/;?)*+(?:{ROWS}|(?:PRAGMA|BEGIN|START|SET|DROP|USE|LOCK)\b[^\n;]*;"
    rf"(?=[^\0]*?{ROWS}))",
    re.IGNORECASE | re.DOTALL,
)
COMMENT = r"--[^\n]*+|/\*.*?(?:\*/|\Z)"
QUOTED = r"`[^`]*`|\"[^\"]*\"|\[[^\]\n]*\]"
NAME = rf"(?:{QUOTED}|[^\s(),;.'`\"\[]+)"
STANDARD_TEXT, ESCAPED_TEXT = r"(?:[^']|'')*+", r"(?:[^'\\]|''|\\.)*+"
"""The content of a text in standard SQL, and where a backslash escapes the character behind it."""
STATEMENT = (
    rf"{COMMENT}|'TEXT'|(?:^|;)[ \t]*+(?:(?P<create>CREATE\s+(?:\w+\s+){{0,3}}?TABLE\s+"
    r"(?:IF\s+NOT\s+EXISTS\s+)?)|(?P<insert>(?:INSERT|REPLACE)\s+(?:\w+\s+){0,3}?INTO\s+)"
    rf"|(?P<copy>COPY\s+))(?:{NAME}\s*\.\s*)*(?P<table>{NAME})\s*"
)
"""The beginning of a statement, up to the name of its table; or what may look like one inside."""
TOKEN = (
    rf"\s++|{COMMENT}|(?:\b(?:[ENBX]|_utf8(?:mb4)?\s*))?'(?P<text>TEXT)'"
    rf"|(?P<name>{QUOTED})|(?P<mark>[(),;])|(?P<word>[^\s(),;'`\"\[]+)|."
)
VALUES = re.compile(r"\s*VALUES?\b\s*", re.IGNORECASE)
SEPARATOR = re.compile(rf"(?:\s++|,|{COMMENT})*+", re.DOTALL)
FROM_HERE = re.compile(r"\s*FROM\s+stdin\b[^\n;]*;?[^\n]*\n?", re.IGNORECASE)
USES_ESCAPES = re.compile(r"`|MySQL|MariaDB|(?<!\w)E'", re.IGNORECASE)
"""What only the dumps have whose texts have escapes."""
COPY_END = re.compile(r"^\\\.$", re.MULTILINE)
CONSTRAINTS = {
    "primary", "foreign", "unique", "key", "index", "constraint", "check", "fulltext", "spatial",
    "exclude", "like", "period",
}  # fmt: skip
"""The words that begin the parts of a table's definition that are no columns."""
ESCAPE = re.compile(r"\\(.)", re.DOTALL)
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "", "b": "", "Z": ""}
Token = tuple[str, str]
"""A kind (``text``, ``name`` or ``word``, or ``mark`` in a part), and what it says."""


def read_sql(text: str, name: str, limits: Limits) -> list[Table]:
    """Return the tables of a dump whose rows are in INSERT or COPY statements.

    Raises:
        DataError: there are no such rows, or a table is above the limits.
    """
    dump = _Dump(text)
    dump.read()
    if not dump.rows:
        raise faults.NOTATION_WITHOUT_UNITS.error(
            name, format="SQL", content="INSERT statement with values"
        )
    parts = (partial(dump.table, table, name, limits) for table in dump.rows)
    return read_each(parts)


@dataclass
class _Dump:
    """The columns and rows of the tables in a dump."""

    text: str
    columns: dict[str, list[str]] = field(default_factory=dict)
    rows: dict[str, list[list[str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.has_escapes = bool(USES_ESCAPES.search(self.text))
        content = ESCAPED_TEXT if self.has_escapes else STANDARD_TEXT
        flags = re.IGNORECASE | re.DOTALL | re.MULTILINE
        self._statement, self._token = (
            re.compile(pattern.replace("TEXT", content), flags) for pattern in (STATEMENT, TOKEN)
        )

    def table(self, table: str, name: str, limits: Limits) -> list[Table]:
        """Return one table; the only one has the name of the file."""
        rows = self.rows[table]
        columns = self.columns.get(table, [])
        width = max(map(len, rows))
        columns = [*columns, *(f"column {n}" for n in range(len(columns) + 1, width + 1))]
        title = table if len(self.rows) > 1 else name
        return [table_of(title, [columns, *rows], ReadingReport("SQL"), 1, limits)]

    def read(self) -> None:
        """Add the rows of all statements; statements of other kinds are skipped."""
        position = 0
        while match := self._statement.search(self.text, position):
            position = match.end()
            if not match["table"]:
                continue
            table = _unquoted(match["table"])
            parts, position = self._list(position)
            if match["create"]:
                self.columns[table] = [
                    text
                    for (kind, text), *_ in filter(None, parts)
                    if kind == "name" or text.casefold() not in CONSTRAINTS
                ]
                continue
            columns = self.columns.setdefault(table, [])
            named = [part[0][1] for part in parts if part] or list(columns)
            columns += [column for column in named if column not in columns]
            places = [columns.index(column) for column in named]
            if match["insert"] and (values := VALUES.match(self.text, position)):
                position = self._insert(table, places, values.end())
            elif match["copy"] and (source := FROM_HERE.match(self.text, position)):
                position = self._copy(table, places, source.end())

    def _insert(self, table: str, places: Sequence[int], position: int) -> int:
        """Add the rows in parentheses from a position on; return the position behind them."""
        parts, position = self._list(position)
        while parts:
            self._add_row(table, places, [_cell(part) for part in parts])
            if separator := SEPARATOR.match(self.text, position):
                parts, position = self._list(separator.end())
        return position

    def _copy(self, table: str, places: Sequence[int], start: int) -> int:
        """Add the lines up to one with a backslash and a full stop; return the position behind."""
        end = COPY_END.search(self.text, start)
        stop = end.start() if end else len(self.text)
        for line in filter(None, self.text[start:stop].split("\n")):
            cells = line.split("\t")
            self._add_row(table, places, ["" if c == r"\N" else _unescaped(c) for c in cells])
        return end.end() if end else stop

    def _add_row(self, table: str, places: Sequence[int], cells: Sequence[str]) -> None:
        """Add a row, whose first cells have these places among the columns."""
        row = [""] * max(len(self.columns[table]), len(cells))
        for place, cell in zip([*places, *range(len(places), len(cells))], cells, strict=False):
            row[place] = cell
        self.rows.setdefault(table, []).append(row)

    def _list(self, position: int) -> tuple[list[list[Token]], int]:
        """Return the parts of a list in parentheses, and the position behind it.

        There are no parts if no list begins at the position.
        """
        if self.text[position : position + 1] != "(":
            return [], position
        parts: list[list[Token]] = [[]]
        depth = 0
        while match := self._token.match(self.text, position):
            kind, text = match.lastgroup or "", match[match.lastgroup or 0]
            mark = text if kind == "mark" else ""
            depth += (mark == "(") - (mark == ")")
            if mark == ";":
                break
            position = match.end()
            if not depth:
                break
            if mark == "," and depth == 1:
                parts.append([])
            elif kind == "text":
                text = text.replace("''", "'")
                parts[-1].append((kind, _unescaped(text) if self.has_escapes else text))
            elif kind and (depth > 1 or mark != "("):
                parts[-1].append((kind, _unquoted(text) if kind == "name" else text))
        return parts, position


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    return ESCAPE.sub(lambda match: ESCAPES.get(match[1], match[1]), text)


def _unquoted(name: str) -> str:
    return name[1:-1] if name[0] in '`"[' else name


def _cell(part: Sequence[Token]) -> str:
    """Return a value as the text of a cell; NULL and the words for defaults are empty."""
    if len(part) == 1 and part[0][0] == "word" and part[0][1].casefold() in {"null", "default"}:
        return ""
    texts = [text for kind, text in part if kind == "text"]
    # Of a cast or a function of a text, the text remains.
    return texts[0] if texts else "".join(text for _, text in part)
