"""Parse XML by events, so that it is never in memory as a tree."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from xml.parsers import expat

from components import faults
from components.reading.options import Limits, Options
from components.reading.tables import Table

CHUNK_SIZE = 1 << 16
"""Bytes that are parsed at a time."""
LONGEST_TOKEN = 4_000_000
"""A tag or comment of more bytes is rejected: the parser starts over with each chunk of it."""
CUT_SHORT = ("no element found", "unclosed token", "unclosed CDATA section", "partial character")
"""The beginnings of the parser's messages about a file that ends too early."""


def parse_xml(content: Iterable[bytes], table: str, parser: expat.XMLParserType) -> None:
    """Parse XML with the handlers of a parser.

    Raises:
        ExpatError: it is not well-formed.
        DataError: it declares a document type, whose entities could expand without bounds, or a tag
            is too long.
    """

    def reject_doctype(*_: object) -> None:
        raise faults.DOCUMENT_TYPE_DECLARED.error(table)

    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = reject_doctype
    fed = 0
    for chunk in content:
        parser.Parse(chunk, False)
        fed += len(chunk)
        if fed - parser.CurrentByteIndex > LONGEST_TOKEN:
            raise faults.TAG_TOO_LONG.error(table)
    parser.Parse(b"", True)


class XmlReader:
    """Reads a file element by element; each format handles the elements in its own way.

    Elements are known by their names without a prefix, attributes by their full names.
    """

    format: str
    root: str
    """The name of the outermost element, in lower case."""

    def __init__(self, name: str, limits: Limits) -> None:
        self.name = name
        self.limits = limits
        self.path: list[str] = []
        """The names of the open elements."""
        self._texts: list[list[str]] = [[]]
        """The text so far in each open element."""

    def _start(self, element: str, attributes: dict[str, str]) -> None:
        """Handle the start of an element."""
        raise NotImplementedError

    def _end(self, element: str, text: str) -> None:
        """Handle the end of an element, given the text that it holds itself."""
        raise NotImplementedError

    def _characters(self, text: str) -> None:
        """Handle a part of the text of an element."""
        self._texts[-1].append(text)

    def tables(self) -> list[Table]:
        """Return the tables of what was read; raise a DataError if there are none."""
        raise NotImplementedError

    @classmethod
    def read(cls, path: Path, name: str, options: Options, limits: Limits) -> list[Table]:
        """Return the tables of a file.

        Raises:
            DataError: the file is no XML, has another root, declares a document type, has no units,
                or is above the limits.
        """
        reader = cls(name, limits)
        reader._parse(path, options)
        return reader.tables()

    def _parse(self, path: Path, options: Options) -> None:
        try:
            with path.open("rb") as file:
                parser = expat.ParserCreate(options.encoding or None)
                parser.StartElementHandler = self._handle_start
                parser.EndElementHandler = self._handle_end
                parser.CharacterDataHandler = self._characters
                parse_xml(iter(partial(file.read, CHUNK_SIZE), b""), self.name, parser)
        except expat.ExpatError as error:
            fault = faults.INVALID_XML
            if str(error).startswith(CUT_SHORT):
                fault = faults.GRAPH_CUT_SHORT if self.path else faults.CUT_BEFORE_ROOT
            raise fault.error(
                self.name,
                line=error.lineno,
                offset=error.offset + 1,
                element=self.path[-1] if self.path else "",
                message=expat.ErrorString(error.code),
                format=self.format,
            ) from error
        except (LookupError, ValueError) as error:
            is_set = bool(options.encoding)
            fault = faults.WRONG_ENCODING_OF_GRAPH if is_set else faults.UNDECODABLE_GRAPH
            raise fault.error(self.name, error=error) from error

    def _handle_start(self, tag: str, attributes: dict[str, str]) -> None:
        element = tag.rpartition(":")[2]
        if not self.path and element.casefold() != self.root:
            raise faults.WRONG_XML_ROOT.error(self.name, root=tag, format=self.format)
        self.path.append(element)
        self._texts.append([])
        self._start(element, attributes)

    def _handle_end(self, _: str) -> None:
        self._end(self.path.pop(), "".join(self._texts.pop()))
