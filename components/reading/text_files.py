"""Text files: a table with delimiters, or another notation of a hierarchy."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from components.reading import (
    directories,
    dot,
    linked_data,
    markdown,
    mermaid,
    outlines,
    sql_dumps,
    yaml_files,
)
from components.reading.delimited import find_delimiter, has_columns, table_of_text
from components.reading.encodings import Decoded, decoded_file
from components.reading.options import Limits, Options
from components.reading.outlines import is_indented, is_indented_by_tabs, read_indented
from components.reading.tables import ReadingReport, Table

Reader = Callable[[str, str, Limits], list[Table]]
"""Returns the tables in a text, whose lines end in ``\\n``, given the name of the file."""

HEAD = 65_536
"""The characters at the start of a text in which its first statement is looked for."""
TABLE_ENDINGS = {".csv", ".tsv", ".tab", ".psv"}
"""The files with these endings are tables unless they are clearly something else."""
LINE_END = re.compile("\r\n?")


@dataclass(frozen=True, slots=True)
class _Notation:
    """A format of text that is no table."""

    reader: Reader
    signature: re.Pattern[str]
    """How a text begins that has the format, whatever the ending of the file."""
    endings: set[str]


NOTATIONS = (
    _Notation(directories.read_vcards, directories.VCARD_SIGNATURE, directories.VCARD_ENDINGS),
    _Notation(directories.read_ldif, directories.LDIF_SIGNATURE, directories.LDIF_ENDINGS),
    _Notation(linked_data.read_linked_text, linked_data.SIGNATURE, linked_data.ENDINGS),
    _Notation(mermaid.read_mermaid, mermaid.SIGNATURE, mermaid.ENDINGS),
    _Notation(outlines.read_plantuml, outlines.PLANTUML, outlines.PLANTUML_ENDINGS),
    _Notation(dot.read_dot, dot.SIGNATURE, dot.ENDINGS),
    _Notation(sql_dumps.read_sql, sql_dumps.SIGNATURE, sql_dumps.ENDINGS),
    _Notation(markdown.read_markdown, markdown.SIGNATURE, markdown.ENDINGS),
    _Notation(outlines.read_tree, outlines.TREE, set()),
    _Notation(yaml_files.read_yaml, yaml_files.SIGNATURE, yaml_files.ENDINGS),
)
ENDINGS = {ending for notation in NOTATIONS for ending in notation.endings}


def read_text_file(path: Path, name: str, options: Options, limits: Limits) -> list[Table]:
    """Return the tables in a text file; a delimiter or a header in the options make it a table.

    Raises:
        DataError: the file is not text, is empty or faulty, or exceeds the limits.
    """
    decoded = decoded_file(path, name, options)
    ending = path.suffix.casefold()
    is_table = options.delimiter or options.header is not None
    if not is_table and _may_be_other(_head(decoded.text), ending):
        text = LINE_END.sub("\n", decoded.text)
        if reader := _reader(text, ending):
            return reader(text, name, limits)
        if is_indented(text):
            return [_indented_table(decoded, ending, name, options, limits)]
    return [table_of_text(decoded, name, options, limits)]


def _head(text: str) -> str:
    """Return the first whole lines of a text, from which most tables can be told already."""
    head = LINE_END.sub("\n", text[:HEAD])
    return head if len(text) <= HEAD else head[: head.rfind("\n") + 1] or head


def _may_be_other(head: str, ending: str) -> bool:
    """Return whether a text may be no table, by its first lines."""
    return _reader(head, ending) is not None or is_indented(head)


def _reader(text: str, ending: str) -> Reader | None:
    """Return the reader of a text that is neither a table nor indented names."""
    head = text[:HEAD]
    by_content = (notation.reader for notation in NOTATIONS if notation.signature.match(head))
    by_ending = (notation.reader for notation in NOTATIONS if ending in notation.endings)
    if reader := next(by_content, None) or next(by_ending, None):
        return reader
    depths = markdown.bullet_depths(text)
    # Records may begin with numbers too: “1. Finance,Adams”.
    is_outline = len(depths) > 1 and ending not in TABLE_ENDINGS
    if is_outline or (depths and not has_columns(text)):
        return markdown.read_markdown
    if outlines.is_numbered(text) and not has_columns(text):
        return outlines.read_numbered
    if ending not in TABLE_ENDINGS and yaml_files.is_nested(text):
        return yaml_files.read_yaml
    return None


def _indented_table(
    decoded: Decoded, ending: str, name: str, options: Options, limits: Limits
) -> Table:
    """Return the table of a text whose lines are indented: of columns, or of names only."""
    text = LINE_END.sub("\n", decoded.text)
    unindented = "\n".join(map(str.lstrip, text.split("\n")))
    delimiter = find_delimiter(unindented) if has_columns(unindented) else "\t"
    if delimiter != "\t":
        return table_of_text(decoded, name, replace(options, delimiter=delimiter), limits)
    lines = [line for line in text.split("\n") if line.strip()]
    is_top = [not line[0].isspace() for line in lines]
    # The first name of an outline has others below it; a header has not.
    is_table = ending in TABLE_ENDINGS
    may_be_header = is_table or "\t" in lines[0] or len(lines[0].split()) == 1
    has_header = all(is_top[:2]) and may_be_header and (is_table or not any(is_top[2:]))
    depths = {len(line) - len(line.lstrip()) for line in lines[1:]}
    is_padded = is_table and not any(is_top[1:]) and len(depths) == 1
    is_column = has_header or is_padded
    if is_column and not is_indented_by_tabs(text):
        return table_of_text(decoded, name, options, limits)
    reading = ReadingReport("text", encoding=decoded.encoding)
    return read_indented(text, name, reading, limits, has_header=has_header)
