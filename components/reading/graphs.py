"""GraphML and GEXF: a table of the nodes and one of the edges of a graph.

networkx would reject files whose values do not fit their declared types; here all values are text.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from components import faults
from components.problems import Problem
from components.reading.budget import check_limit
from components.reading.objects import table_of_objects
from components.reading.options import Limits
from components.reading.table_building import unused_name
from components.reading.tables import ReadingReport, Table
from components.reading.xml_parsing import XmlReader

Column = tuple[str, str]
"""A declared attribute as its key twice, or an attribute of XML as "" and its name."""

Row = dict[Column, str | list[str]]
"""The cells of a record; those that the file repeats are lists."""

NODES, EDGES = "nodes", "edges"
TABLES = {"node": (NODES,), "edge": (EDGES,)}
"""The tables that have an attribute, by the domain of its declaration."""
FIRST_COLUMNS = {
    NODES: ("id", "label", "parent", "pid"),
    EDGES: ("source", "target", "id", "label", "kind", "type"),
}
RECORDS = {"node": NODES, "edge": EDGES}
"""The tables of the elements that are records."""
LEFT_OUT = {"hyperedge": faults.HYPEREDGE, "port": faults.PORT, "spell": faults.SPELL}
"""The faults of elements that have no place in a table."""
LABELS = ("NodeLabel", "EdgeLabel", "Label.Text")
"""The elements in which yEd keeps the label of a node or an edge."""


@dataclass(slots=True)
class _Attribute:
    """An attribute that a graph declares."""

    name: str
    default: str = ""


class _GraphReader(XmlReader):
    """Reads what the formats share: nested nodes, edges, declared attributes with defaults."""

    declaration: str
    """The name of the elements that declare an attribute."""

    def __init__(self, name: str, limits: Limits) -> None:
        super().__init__(name, limits)
        self.rows: dict[str, list[Row]] = {NODES: [], EDGES: []}
        """The values of the cells of each record, by table."""
        self.columns: dict[str, dict[Column, None]] = {NODES: {}, EDGES: {}}
        self.attributes: dict[tuple[str, str], _Attribute] = {}
        """The declared attributes, by table and key."""
        self.declaring: _Attribute | None = None
        """The attribute whose declaration is open."""
        self.open: list[tuple[str, Row]] = []
        """The open nodes and edges, as table and row."""
        self.left_out: dict[str, str] = {}
        """The first id or text of each element that is left out, by the element's name."""

    def _start(self, element: str, attributes: dict[str, str]) -> None:
        if element in RECORDS:
            self._open_record(RECORDS[element], attributes)
        elif element in LEFT_OUT:
            self.left_out.setdefault(element, attributes.get("id", ""))

    def _end(self, element: str, text: str) -> None:
        if element in RECORDS:
            self.open.pop()
        elif element == self.declaration:
            self.declaring = None
        elif element == "default" and self.declaring:
            self.declaring.default = text

    def _open_record(self, table: str, attributes: dict[str, str]) -> None:
        """Add a row for a node or an edge; a node in a node has it as its parent."""
        open_nodes = (row for open_table, row in reversed(self.open) if open_table == NODES)
        parent = next(open_nodes, None)
        row: Row = {}
        self.open.append((table, row))
        self.rows[table].append(row)
        check_limit(self.name, self.limits, "records", len(self.rows[table]))
        for key, value in attributes.items():
            if not key.startswith("xmlns"):
                self.add_cell(("", key), value)
        if parent is not None and table == NODES:
            self.add_cell(("", "parent"), _joined(parent.get(("", "id"), "")))

    def add_cell(self, column: Column, value: str) -> None:
        """Add a value to the record of the innermost node or edge."""
        table, row = self.open[-1]
        known = row.get(column)
        if known is None:
            row[column] = value
        elif isinstance(known, str):
            row[column] = [known, value]
        else:
            known.append(value)
        self.columns[table][column] = None
        check_limit(self.name, self.limits, "columns", len(self.columns[table]))

    def declare(self, tables: tuple[str, ...], key: str, name: str) -> None:
        """Add a declared attribute."""
        self.declaring = _Attribute(name)
        for table in tables:
            self.attributes[table, key] = self.declaring
        if len(self.attributes) > 2 * self.limits.columns:
            check_limit(self.name, self.limits, "columns", self.limits.columns + 1)

    def tables(self) -> list[Table]:
        tables = [self._table(table) for table, columns in self.columns.items() if columns]
        if not tables:
            raise faults.NOTATION_WITHOUT_UNITS.error(
                self.name, format=self.format, content="nodes"
            )
        left_out = (
            LEFT_OUT.get(element, faults.GRAPH_DATA).problem(tables[0].name, value=value)
            for element, value in self.left_out.items()
        )
        tables[0] = replace(tables[0], problems=(*left_out, *tables[0].problems))
        return tables

    def _table(self, table: str) -> Table:
        """Return the nodes or the edges of a graph, with the defaults of attributes filled in.

        A cell with several values has each once, joined by “;”.
        """
        attributes = {
            key: attribute for (owner, key), attribute in self.attributes.items() if owner == table
        }
        defaults: dict[Column, str] = {
            (key, key): attribute.default
            for key, attribute in attributes.items()
            if attribute.default and attribute.name
        }
        columns = dict.fromkeys([*self.columns[table], *defaults])
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
        unset = {name: defaults.get(column, "") for column, name in names.items()}
        rows = [
            unset | {names[column]: _joined(values) for column, values in row.items()}
            for row in self.rows[table]
        ]
        result = table_of_objects(table, rows, ReadingReport(self.format), self.limits)
        return replace(result, problems=(*problems, *result.problems))


class GraphML(_GraphReader):
    """Reads GraphML into the tables ``nodes`` and ``edges``, with attributes by their names."""

    format = "GraphML"
    root = "graphml"
    declaration = "key"
    data_key = ""
    """The key of the open ``data`` element."""

    def _start(self, element: str, attributes: dict[str, str]) -> None:
        super()._start(element, attributes)
        if element == "key":
            key, domain = attributes.get("id", ""), attributes.get("for", "all")
            tables = (NODES, EDGES) if domain == "all" else TABLES.get(domain, ())
            # yEd keeps the graphics of a node under a nameless key; only the label is read there.
            name = "" if "yfiles.type" in attributes else attributes.get("attr.name", key)
            self.declare(tables, key, name)
        elif element == "data":
            self.data_key = attributes.get("key", "")

    def _end(self, element: str, text: str) -> None:
        super()._end(element, text)
        # The data of a graph within a node are not the node's.
        is_of_record = self.path[-1:] != ["graph"] and LEFT_OUT.keys().isdisjoint(self.path)
        if not self.open or not is_of_record:
            if element == "data" and text.strip():
                self.left_out.setdefault("data", text)
        elif element == "data":
            attribute = self.attributes.get((self.open[-1][0], self.data_key))
            if attribute is None or attribute.name:
                self.add_cell((self.data_key, self.data_key), text)
        elif element == "desc":
            self.add_cell(("", "desc"), text)
        elif element in LABELS and text.strip() and ("", "label") not in self.open[-1][1]:
            # A folder has another label for when it is closed; the first one is visible.
            self.add_cell(("", "label"), text.strip())


class Gexf(_GraphReader):
    """Reads GEXF into the tables ``nodes`` and ``edges``, with attributes by their titles."""

    format = "GEXF"
    root = "gexf"
    declaration = "attribute"
    domain = ""
    """The class of the open ``attributes`` element."""

    def _start(self, element: str, attributes: dict[str, str]) -> None:
        super()._start(element, attributes)
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


def _joined(cell: str | list[str]) -> str:
    return cell if isinstance(cell, str) else ";".join(filter(None, dict.fromkeys(cell)))
