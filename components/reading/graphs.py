"""GraphML and GEXF: a table of the nodes and one of the edges of a graph.

networkx would reject files whose values do not fit their declared types; here all values are text.
The parser is event-based (SAX), so that the XML is never in memory as a tree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl, InputSource

from defusedxml import DefusedXmlException, sax

from components import faults
from components.problems import DataError, Problem
from components.reading.budget import check_limit
from components.reading.objects import table_of_objects
from components.reading.options import Limits, Options
from components.reading.table_building import unused_name
from components.reading.tables import ReadingReport, Table

XmlAttributes = Mapping[str, str]
Column = tuple[str, str]
"""A declared attribute as its key twice, or an attribute of XML as "" and its name."""

NODES, EDGES = "nodes", "edges"
TABLES = {"node": (NODES,), "edge": (EDGES,)}
"""The tables that have an attribute, by the domain of its declaration."""
FIRST_COLUMNS = {
    NODES: ("id", "label", "parent", "pid"),
    EDGES: ("source", "target", "id", "label", "kind", "type"),
}
CUT_SHORT = ("no element found", "unclosed token", "unclosed CDATA section", "partial character")
"""The beginnings of the parser's messages about a file that ends too early."""
LEFT_OUT = {"hyperedge": faults.HYPEREDGE, "port": faults.PORT, "spell": faults.SPELL}
"""The faults of elements that have no place in a table."""
LABELS = ("NodeLabel", "EdgeLabel", "Label.Text")
"""The elements in which yEd keeps the label of a node or an edge."""


def read_graphml(path: Path, name: str, options: Options, limits: Limits) -> list[Table]:
    """Return the tables ``nodes`` and ``edges`` of a GraphML file, with attributes by their names.

    Raises:
        DataError: the file is no GraphML, has no nodes, or is above the limits.
    """
    return _read(path, options, _GraphML(name, limits))


def read_gexf(path: Path, name: str, options: Options, limits: Limits) -> list[Table]:
    """Return the tables ``nodes`` and ``edges`` of a GEXF file, with attributes by their titles.

    Raises:
        DataError: the file is no GEXF, has no nodes, or is above the limits.
    """
    return _read(path, options, _Gexf(name, limits))


@dataclass(slots=True)
class _Attribute:
    """An attribute that a graph declares."""

    name: str
    default: str = ""


@dataclass(slots=True)
class _Records:
    """The nodes or the edges of a graph."""

    rows: list[dict[Column, str]] = field(default_factory=list)
    columns: dict[Column, None] = field(default_factory=dict)
    repeated: dict[tuple[int, Column], list[str]] = field(default_factory=dict)
    """Further values of a cell, by its row and column."""

    def merged_rows(self) -> list[dict[Column, str]]:
        """Return the rows; a cell with several values has each once, joined by “;”."""
        for (row, column), values in self.repeated.items():
            cells = dict.fromkeys([self.rows[row][column], *values])
            self.rows[row][column] = ";".join(cell for cell in cells if cell)
        return self.rows


class FileHandler(ContentHandler):
    """A handler of SAX that can say what is wrong with a file."""

    name: str
    """The name of the file."""
    limits: Limits
    format: str
    path: list[str]
    """The names of the open elements."""


class _GraphHandler(FileHandler):
    """The SAX handler for what the formats share: nested nodes, edges, the texts of elements."""

    format: str
    root: str
    """The name of the outermost element."""
    declaration: str
    """The name of the elements that declare an attribute."""

    def __init__(self, name: str, limits: Limits) -> None:
        super().__init__()
        self.name = name
        self.limits = limits
        self.records = {NODES: _Records(), EDGES: _Records()}
        self.attributes: dict[tuple[str, str], _Attribute] = {}
        """The declared attributes, by table and key."""
        self.declaring: _Attribute | None = None
        """The attribute whose declaration is open."""
        self.path: list[str] = []
        """The names of the open elements."""
        self.texts: list[list[str]] = [[]]
        """The text so far in each open element."""
        self.open: list[tuple[str, int]] = []
        """The open nodes and edges, as table and row."""
        self.left_out: dict[str, str] = {}
        """The first id or text of each element that is left out, by the element's name."""

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802  # named by SAX
        """Handle a start tag."""
        element = name.rpartition(":")[2]
        if not self.path and element != self.root:
            raise faults.WRONG_XML_ROOT.error(self.name, root=name, format=self.format)
        self.path.append(element)
        self.texts.append([])
        attributes = {key: attrs.getValue(key) for key in attrs.getNames()}
        if element in ("node", "edge"):
            self.open_record(NODES if element == "node" else EDGES, attributes)
            return
        if element in LEFT_OUT:
            self.left_out.setdefault(element, attributes.get("id", ""))
        self.start(element, attributes)

    def characters(self, content: str) -> None:
        """Handle a part of a text."""
        self.texts[-1].append(content)

    def endElement(self, name: str) -> None:  # noqa: ARG002, N802  # named by SAX
        """Handle an end tag."""
        element, text = self.path.pop(), "".join(self.texts.pop())
        if element in ("node", "edge"):
            self.open.pop()
        elif element == self.declaration:
            self.declaring = None
        elif element == "default" and self.declaring:
            self.declaring.default = text
        else:
            self.end(element, text)

    def start(self, element: str, attributes: XmlAttributes) -> None:
        """Handle the start of an element that is neither a node nor an edge."""

    def end(self, element: str, text: str) -> None:
        """Handle the end of an element that is neither a node, an edge nor a declaration."""

    def open_record(self, table: str, attributes: XmlAttributes) -> None:
        """Add a row for a node or an edge; a node in a node has it as its parent."""
        rows = self.records[table].rows
        open_nodes = (row for open_table, row in reversed(self.open) if open_table == NODES)
        parent = next(open_nodes, None)
        self.open.append((table, len(rows)))
        rows.append({})
        check_limit(self.name, self.limits, "records", len(rows))
        for key, value in attributes.items():
            if not key.startswith("xmlns"):
                self.add_cell(("", key), value)
        if parent is not None and table == NODES:
            self.add_cell(("", "parent"), rows[parent].get(("", "id"), ""))

    def add_cell(self, column: Column, value: str) -> None:
        """Add a value to the record of the innermost node or edge."""
        table, row = self.open[-1]
        records = self.records[table]
        if column in records.rows[row]:
            records.repeated.setdefault((row, column), []).append(value)
        else:
            records.rows[row][column] = value
        records.columns[column] = None
        check_limit(self.name, self.limits, "columns", len(records.columns))

    def declare(self, tables: tuple[str, ...], key: str, name: str) -> None:
        """Add a declared attribute."""
        self.declaring = _Attribute(name)
        for table in tables:
            self.attributes[table, key] = self.declaring
        if len(self.attributes) > 2 * self.limits.columns:
            check_limit(self.name, self.limits, "columns", self.limits.columns + 1)


class _GraphML(_GraphHandler):
    format = "GraphML"
    root = "graphml"
    declaration = "key"
    data_key = ""
    """The key of the open ``data`` element."""

    def start(self, element: str, attributes: XmlAttributes) -> None:
        if element == "key":
            key, domain = attributes.get("id", ""), attributes.get("for", "all")
            tables = (NODES, EDGES) if domain == "all" else TABLES.get(domain, ())
            # yEd keeps the graphics of a node under a nameless key; only the label is read there.
            name = "" if "yfiles.type" in attributes else attributes.get("attr.name", key)
            self.declare(tables, key, name)
        elif element == "data":
            self.data_key = attributes.get("key", "")

    def end(self, element: str, text: str) -> None:
        if not self.open or not LEFT_OUT.keys().isdisjoint(self.path):
            if element == "data" and text.strip():
                self.left_out.setdefault("data", text)
        elif element == "data":
            self.end_data(text)
        elif element == "desc" and self.path[-1] != "graph":
            self.add_cell(("", "desc"), text)
        elif element in LABELS and text.strip():
            # A folder has another label for when it is closed; the first one is visible.
            table, row = self.open[-1]
            if ("", "label") not in self.records[table].rows[row]:
                self.add_cell(("", "label"), text.strip())

    def end_data(self, text: str) -> None:
        table, _ = self.open[-1]
        attribute = self.attributes.get((table, self.data_key))
        if self.path[-1] == "graph":  # a graph within a node: its data are not the node's
            self.left_out.setdefault("data", text)
        elif attribute is None or attribute.name:
            self.add_cell((self.data_key, self.data_key), text)


class _Gexf(_GraphHandler):
    format = "GEXF"
    root = "gexf"
    declaration = "attribute"
    domain = ""
    """The class of the open ``attributes`` element."""

    def start(self, element: str, attributes: XmlAttributes) -> None:
        if element == "attributes":
            self.domain = attributes.get("class", "node")
        elif element == "attribute":
            key = attributes.get("id", "")
            self.declare(TABLES.get(self.domain, ()), key, attributes.get("title", key))
        elif element == "attvalue" and self.open:
            key = attributes.get("for", attributes.get("id", ""))
            self.add_cell((key, key), attributes.get("value", ""))
        elif element == "parent" and self.open:
            self.add_cell(("", "parent"), attributes.get("for", ""))


def parse_file(path: Path, options: Options, handler: FileHandler) -> None:
    """Let a handler of SAX handle the elements of a file.

    Raises:
        DataError: the file is no XML, declares a document type, or is too large.
    """
    name = handler.name
    source = InputSource()
    source.setEncoding(options.encoding or None)
    try:
        with path.open("rb") as file:
            source.setByteStream(file)
            sax.parse(source, handler, forbid_dtd=True)
    except DefusedXmlException as error:
        raise faults.XML_WITH_DOCTYPE.error(name) from error
    except SAXParseException as error:
        raise _syntax_error(handler, error) from error
    except (LookupError, ValueError) as error:
        is_set = bool(options.encoding)
        fault = faults.WRONG_ENCODING_OF_GRAPH if is_set else faults.UNDECODABLE_GRAPH
        raise fault.error(name, error=error) from error


def _read(path: Path, options: Options, graph: _GraphHandler) -> list[Table]:
    parse_file(path, options, graph)
    name = graph.name
    tables = [_table(graph, table) for table, records in graph.records.items() if records.columns]
    if not tables:
        raise faults.NO_NODES.error(name)
    left_out = (
        LEFT_OUT.get(element, faults.GRAPH_DATA).problem(tables[0].name, value=value)
        for element, value in graph.left_out.items()
    )
    tables[0] = replace(tables[0], problems=(*left_out, *tables[0].problems))
    return tables


def _syntax_error(graph: FileHandler, error: SAXParseException) -> DataError:
    """Return the error of a file that is no XML, or that ends too early."""
    message = error.getMessage()
    fault = faults.INVALID_XML
    if message.startswith(CUT_SHORT):
        fault = faults.GRAPH_CUT_SHORT if graph.path else faults.CUT_BEFORE_ROOT
    return fault.error(
        graph.name,
        line=error.getLineNumber() or 1,
        offset=(error.getColumnNumber() or 0) + 1,
        element=graph.path[-1] if graph.path else "",
        message=message,
        format=graph.format,
    )


def _table(graph: _GraphHandler, table: str) -> Table:
    """Return the nodes or the edges of a graph, with the defaults of attributes filled in."""
    records = graph.records[table]
    attributes = {
        key: attribute for (owner, key), attribute in graph.attributes.items() if owner == table
    }
    defaults: dict[Column, str] = {
        (key, key): attribute.default
        for key, attribute in attributes.items()
        if attribute.default and attribute.name
    }
    columns = dict.fromkeys([*records.columns, *defaults])
    first = [("", name) for name in FIRST_COLUMNS[table] if ("", name) in columns]
    names: dict[Column, str] = {}
    problems: list[Problem] = []
    for column in dict.fromkeys([*first, *columns]):
        declared, key = column
        title = attributes[key].name if declared and key in attributes else key
        taken = names.values()
        name = unused_name(f"{title} ({key})", taken) if title in taken else title
        names[column] = name
        if declared and key not in attributes:
            problems.append(faults.UNDECLARED_ATTRIBUTE.problem(table, column=name, value=key))
        if name != title:
            problem = faults.REPEATED_ATTRIBUTE.problem(table, column=name, value=title)
            problems.append(problem)
    rows = [
        {name: row.get(column, defaults.get(column, "")) for column, name in names.items()}
        for row in records.merged_rows()
    ]
    result = table_of_objects(table, rows, ReadingReport(graph.format), graph.limits)
    return replace(result, problems=(*problems, *result.problems))
