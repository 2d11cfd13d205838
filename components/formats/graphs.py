"""An organization as a graph: GraphML, GEXF, and the JSON of Cytoscape.

Units are nodes with the ids of the units. An edge of the kind ``contains`` leads from each unit to
each of its children; all other edges are stated relations. Nodes also have a ``parent_id``. Facts
are typed attributes with their headings as names.

networkx is not used, since it writes the current date into GEXF.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from components.formats.tables import parent_id, people_lines, stated_relations
from components.formats.typed_facts import CellType, TypedFact, typed_facts
from components.model.organization import Organization
from components.model.standard_columns import COLUMNS
from components.model.text import INVALID_XML

CONTAINS = "contains"
NODE_COLUMNS = (*COLUMNS["units"][1:], "responsibilities", "people")
EDGE_COLUMNS = ("kind", "description", "stated_in")
"""The source of a statement is ``stated_in``: ``source`` is the start of an edge."""
GRAPHML_TYPES = {
    CellType.INTEGER: "long",
    CellType.DECIMAL: "double",
    CellType.BOOLEAN: "boolean",
}
GEXF_TYPES = GRAPHML_TYPES | {CellType.ADDRESS: "anyURI"}
"""The types of attributes that are no strings; ``integer`` has 32 bits in GEXF."""
CARRIAGE_RETURN = {"\r": "&#13;"}
"""XML parsers turn an unescaped carriage return into a newline."""


@dataclass(frozen=True, slots=True)
class _Attribute:
    id: str
    name: str
    type: CellType = CellType.TEXT


@dataclass(frozen=True, slots=True)
class _Edge:
    source: int
    target: int
    cells: Mapping[str, str]


EDGE_ATTRIBUTES = [_Attribute(column, column) for column in EDGE_COLUMNS]


def cytoscape_json(organization: Organization) -> bytes:
    """Return an object with ``elements``: ``nodes`` and ``edges``, as cytoscape.js reads it."""
    ids, facts = organization.units["id"], typed_facts(organization)
    attributes = {attribute.id: attribute for attribute in _node_attributes(facts)}
    nodes = (
        {
            "data": {
                "id": unit,
                **{
                    attributes[name].name: _json_value(attributes[name].type, cell)
                    for name, cell in cells.items()
                },
            }
        }
        for unit, cells in zip(ids, _nodes(organization, facts), strict=True)
    )
    edges = (
        {"data": {"source": ids[edge.source], "target": ids[edge.target], **edge.cells}}
        for edge in _edges(organization)
    )
    lists = [
        ",\n".join(json.dumps(element, ensure_ascii=False) for element in elements)
        for elements in (nodes, edges)
    ]
    about = json.dumps({"name": organization.about.title}, ensure_ascii=False)
    text = '{{"data": {}, "elements": {{"nodes": [\n{}\n], "edges": [\n{}\n]}}}}\n'
    return text.format(about, *lists).encode()


def graphml(organization: Organization) -> bytes:
    """Return the graph as GraphML."""
    facts = typed_facts(organization)
    names = _xml_names(organization.units["id"])
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ]
    for kind, attributes in (("node", _node_attributes(facts)), ("edge", EDGE_ATTRIBUTES)):
        lines += (
            f'<key id="{kind}-{each.id}" for="{kind}" attr.name={_attribute(each.name)} '
            f'attr.type="{GRAPHML_TYPES.get(each.type, "string")}"/>'
            for each in attributes
        )
    lines.append('<graph edgedefault="directed">')
    for name, cells in zip(names, _nodes(organization, facts), strict=True):
        lines.append(f"<node id={name}>{_graphml_data('node', cells)}</node>")
    for edge in _edges(organization):
        ends = f"source={names[edge.source]} target={names[edge.target]}"
        lines.append(f"<edge {ends}>{_graphml_data('edge', edge.cells)}</edge>")
    lines += ["</graph>", "</graphml>", ""]
    return "\n".join(lines).encode()


def gexf(organization: Organization) -> bytes:
    """Return the graph as GEXF 1.3."""
    names, facts = _xml_names(organization.units["id"]), typed_facts(organization)
    about = organization.about
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<gexf xmlns="http://gexf.net/1.3" version="1.3">',
        f"<meta><description>{_text(about.title)}</description></meta>",
        '<graph defaultedgetype="directed">',
    ]
    for kind, attributes in (("node", _node_attributes(facts)), ("edge", EDGE_ATTRIBUTES)):
        lines.append(f'<attributes class="{kind}">')
        lines += (
            f'<attribute id="{each.id}" title={_attribute(each.name)} '
            f'type="{GEXF_TYPES.get(each.type, "string")}"/>'
            for each in attributes
        )
        lines.append("</attributes>")
    lines.append("<nodes>")
    for name, cells in zip(names, _nodes(organization, facts), strict=True):
        label = _attribute(cells["name"])
        lines.append(f"<node id={name} label={label}>{_gexf_data(cells)}</node>")
    lines += ["</nodes>", "<edges>"]
    for number, edge in enumerate(_edges(organization)):
        ends = f"source={names[edge.source]} target={names[edge.target]}"
        lines.append(f'<edge id="{number}" {ends}>{_gexf_data(edge.cells)}</edge>')
    lines += ["</edges>", "</graph>", "</gexf>", ""]
    return "\n".join(lines).encode()


def _node_attributes(facts: Sequence[TypedFact]) -> list[_Attribute]:
    """Return the attributes of nodes; XML allows fewer characters in ids than headings have."""
    return [
        *(_Attribute(column, column) for column in NODE_COLUMNS),
        *(_Attribute(f"fact-{n}", fact.column, fact.type) for n, fact in enumerate(facts, start=1)),
    ]


def _nodes(organization: Organization, facts: Sequence[TypedFact]) -> Iterator[dict[str, str]]:
    """Yield the cells of each unit that are not empty, by the ids of attributes."""
    columns = [attribute.id for attribute in _node_attributes(facts)]
    for unit in range(len(organization)):
        duties = (" ".join(row.text.split()) for row in organization.responsibilities.of(unit))
        cells = {column: values[unit] for column, values in organization.units.items()}
        cells["parent_id"] = parent_id(organization, unit)
        cells["responsibilities"] = "\n".join(duties)
        cells["people"] = "\n".join(people_lines(organization, unit))
        cells |= {f"fact-{n}": fact.cells[unit] for n, fact in enumerate(facts, start=1)}
        yield {column: cells[column] for column in columns if cells[column]}


def _json_value(type_: CellType, cell: str) -> str | int | float | bool:
    if type_ is CellType.INTEGER:
        return int(cell)
    if type_ is CellType.DECIMAL:
        return float(cell)
    return cell == "true" if type_ is CellType.BOOLEAN else cell


def _edges(organization: Organization) -> Iterator[_Edge]:
    for unit, parent in enumerate(organization.parent.tolist()):
        if parent >= 0:
            yield _Edge(parent, unit, {"kind": CONTAINS})
    for row in stated_relations(organization):
        cells = zip(EDGE_COLUMNS, (row.kind, row.description, row.source), strict=True)
        yield _Edge(row.origin, row.target, {column: cell for column, cell in cells if cell})


def _xml_names(ids: Sequence[str]) -> list[str]:
    """Return the ids as XML attributes, still unique without the characters that XML forbids."""
    names: dict[str, None] = {}
    taken = set(ids)
    for unit in ids:
        name = INVALID_XML.sub("", unit)
        while name in names or (name != unit and name in taken) or not name:
            name += "-"
        names[name] = None
    return [_attribute(name) for name in names]


def _graphml_data(kind: str, cells: Mapping[str, str]) -> str:
    return "".join(
        f'<data key="{kind}-{column}">{_text(cell)}</data>' for column, cell in cells.items()
    )


def _gexf_data(cells: Mapping[str, str]) -> str:
    values = (
        f'<attvalue for="{column}" value={_attribute(cell)}/>' for column, cell in cells.items()
    )
    return f"<attvalues>{''.join(values)}</attvalues>"


def _text(text: str) -> str:
    return escape(INVALID_XML.sub("", text), CARRIAGE_RETURN)


def _attribute(text: str) -> str:
    return quoteattr(INVALID_XML.sub("", text))
