"""SQL dumps: the rows of INSERT statements and of PostgreSQL's COPY."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice

from components import faults
from components.reading.multiple_files import read_each
from components.reading.options import Limits
from components.reading.table_building import table_of
from components.reading.tables import ReadingReport, Table

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
STANDARD_TEXT, ESCAPED_TEXT = r"(?:[^']|'')*+", r"(?:[^'\\]|''|\\.)*+"
"""The content of a text in standard SQL, and where a backslash escapes the character behind it."""
LEXEME = (
    r"\s++|--[^\n]*+|/\*.*?\*/"
    r"|(?:\b[ENBXenbx]|\b_utf8(?:mb4)?\s*)?'(?P<text>TEXT)'"
    r"|`(?P<tick>[^`]*)`|\"(?P<quoted>[^\"]*)\"|\[(?P<bracket>[^\]\n]*)\]"
    r"|(?P<mark>[(),;.])|(?P<word>[+-]?[\d.]+(?:[eE][+-]?\d+)?|[^\s(),;.'`\"\[]+)|."
)
USES_ESCAPES = re.compile(r"`|MySQL|MariaDB|(?<!\w)E'", re.IGNORECASE)
"""What only the dumps have whose texts have escapes."""
COPY_END = re.compile(r"^\\\.$", re.MULTILINE)
CONSTRAINTS = frozenset(
    (
        "primary",
        "foreign",
        "unique",
        "key",
        "index",
        "constraint",
        "check",
        "fulltext",
        "spatial",
        "exclude",
        "like",
        "period",
    )
)
"""The words that begin the parts of a table's definition that are no columns."""
ESCAPE = re.compile(r"\\(.)", re.DOTALL)
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "", "b": "", "Z": ""}
OPEN, CLOSE, COMMA = (("mark", mark) for mark in "(),")
QUOTED_NAMES = {"tick", "quoted", "bracket"}
FIRST_WORDS = {"insert", "replace", "create", "copy", "go", "alter", "drop"}
MAX_WORDS = 6
"""The first words of a statement, among which its kind is found."""
Token = tuple[str, str]
"""A kind (``text``, ``name``, ``mark`` or ``word``), and what it says."""


def read_sql(text: str, name: str, limits: Limits) -> list[Table]:
    """Return the tables of a dump whose rows are in INSERT or COPY statements.

    Raises:
        DataError: there are no such rows, or a table is above the limits.
    """
    dump = _Dump(text)
    dump.read()
    if not dump.rows:
        raise faults.NOTATION_WITHOUT_UNITS.error(
            name, format="an SQL script", content="INSERT statement with values"
        )
    parts = (partial(dump.table, table, name, limits) for table in dump.rows)
    return read_each(parts)


@dataclass
class _Dump:
    """The columns and rows of the tables in a dump."""

    text: str
    columns: dict[str, list[str]] = field(default_factory=dict)
    rows: dict[str, list[list[str]]] = field(default_factory=dict)
    has_escapes: bool = False

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
        self.has_escapes = bool(USES_ESCAPES.search(self.text))
        content = ESCAPED_TEXT if self.has_escapes else STANDARD_TEXT
        token = re.compile(LEXEME.replace("TEXT", content), re.DOTALL)
        position, statement = 0, deque[Token]()
        while match := token.match(self.text, position):
            position = match.end()
            kind = match.lastgroup
            begins = kind == "word" and match[kind].casefold() in FIRST_WORDS
            if begins and self.text[match.start() - 1 : match.start()] in {"", "\n"}:
                # Scripts for SQL Server have lines with GO instead of semicolons.
                self._end_statement(statement, position)
                statement = deque()
            if match["mark"] == ";":
                position = self._end_statement(statement, position)
                statement = deque()
            elif kind == "text":
                statement.append((kind, self._unescaped(match[kind])))
            elif kind:
                statement.append(("name" if kind in QUOTED_NAMES else kind, match[kind]))
        self._end_statement(statement, position)

    def _unescaped(self, text: str) -> str:
        text = text.replace("''", "'")
        if not self.has_escapes or "\\" not in text:
            return text
        return ESCAPE.sub(lambda match: ESCAPES.get(match[1], match[1]), text)

    def _end_statement(self, tokens: deque[Token], position: int) -> int:
        """Add the rows of a statement; return the position behind it and its rows."""
        first = [text.casefold() for kind, text in islice(tokens, MAX_WORDS) if kind == "word"]
        if first[:1] in (["insert"], ["replace"]) and "into" in first:
            _skip(tokens, "into")
            self._insert(tokens)
        elif first[:1] == ["create"] and "table" in first:
            _skip(tokens, "exists" if "exists" in first else "table")
            self._create(tokens)
        elif first[:1] == ["copy"] and ("word", "stdin") in tokens:
            _skip(tokens, "copy")
            return self._copy(tokens, position)
        return position

    def _create(self, tokens: deque[Token]) -> None:
        table = _table_name(tokens)
        self.columns[table] = [
            part[0][1]
            for part in _parts(tokens)
            if part and (part[0][0] == "name" or part[0][1].casefold() not in CONSTRAINTS)
        ]

    def _insert(self, tokens: deque[Token]) -> None:
        table = _table_name(tokens)
        columns = self.columns.setdefault(table, [])
        named = [part[0][1] for part in _parts(tokens) if part] or list(columns)
        columns += [column for column in named if column not in columns]
        places = [columns.index(column) for column in named]
        if not tokens or tokens.popleft()[1].casefold() not in {"values", "value"}:
            return
        while tokens and tokens[0] == OPEN:
            cells = [_cell(part) for part in _parts(tokens)]
            row = [""] * max(len(columns), len(cells))
            for place, cell in zip([*places, *range(len(places), len(cells))], cells, strict=False):
                row[place] = cell
            self.rows.setdefault(table, []).append(row)
            if tokens and tokens[0] == COMMA:
                tokens.popleft()

    def _copy(self, tokens: deque[Token], position: int) -> int:
        """Add the rows that follow COPY up to a line with a backslash and a full stop."""
        table = _table_name(tokens)
        columns = self.columns.setdefault(table, [])
        if named := [part[0][1] for part in _parts(tokens) if part]:
            columns[:] = named
        start = self.text.find("\n", position) + 1 or len(self.text)
        end = COPY_END.search(self.text, start)
        stop = end.start() if end else len(self.text)
        rows = [line.split("\t") for line in self.text[start:stop].split("\n") if line]
        cells = [["" if cell == r"\N" else _copied(cell) for cell in row] for row in rows]
        if cells:
            self.rows.setdefault(table, []).extend(cells)
        return end.end() if end else len(self.text)


def _copied(cell: str) -> str:
    if "\\" not in cell:
        return cell
    return ESCAPE.sub(lambda match: ESCAPES.get(match[1], match[1]), cell)


def _skip(tokens: deque[Token], word: str) -> None:
    """Remove the tokens up to a word, and the word."""
    while tokens.popleft()[1].casefold() != word:
        pass


def _table_name(tokens: deque[Token]) -> str:
    """Remove the name of a table, and return it without its schema."""
    name = tokens.popleft()[1] if tokens else ""
    while tokens and tokens[0] == ("mark", "."):
        tokens.popleft()
        name = tokens.popleft()[1] if tokens else name
    return name


def _parts(tokens: deque[Token]) -> list[list[Token]]:
    """Remove a list in parentheses, and return its parts; empty if there is none."""
    if not tokens or tokens[0] != OPEN:
        return []
    parts: list[list[Token]] = [[]]
    depth = 0
    while tokens:
        token = tokens.popleft()
        depth += (token == OPEN) - (token == CLOSE)
        if not depth:
            break
        if depth == 1 and token == COMMA:
            parts.append([])
        elif depth > 1 or token != OPEN:
            parts[-1].append(token)
    return parts


def _cell(part: Sequence[Token]) -> str:
    """Return a value as the text of a cell; NULL and the words for defaults are empty."""
    if len(part) == 1 and part[0][0] == "word" and part[0][1].casefold() in {"null", "default"}:
        return ""
    texts = [text for kind, text in part if kind == "text"]
    # Of a cast or a function of a text, the text remains.
    return texts[0] if texts else "".join(text for _, text in part)
