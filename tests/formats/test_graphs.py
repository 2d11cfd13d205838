"""Graph files: other programs read all units, the hierarchy and all relations."""

from __future__ import annotations

import io
import json
from html import unescape
from tempfile import TemporaryFile
from typing import Any

import igraph
import networkx as nx
import pytest
from hypothesis import given

from components.formats.graphs import cytoscape_json, gexf, graphml
from components.formats.tables import stated_relations
from components.model.organization import Organization
from tests.formats.round_trip import organizations
from tests.organizations import organization_named, organization_of
from tests.properties import examples


def graph_of_cytoscape(content: dict[str, Any]) -> Any:
    """Return the graph that cytoscape.js would build."""
    graph = nx.MultiDiGraph()
    for node in content["elements"]["nodes"]:
        graph.add_node(node["data"]["id"], **node["data"])
    for edge in content["elements"]["edges"]:
        graph.add_edge(edge["data"].pop("source"), edge["data"].pop("target"), **edge["data"])
    return graph


READERS = {
    "graphml": lambda organization: nx.read_graphml(
        io.BytesIO(graphml(organization)), force_multigraph=True
    ),
    "gexf": lambda organization: nx.read_gexf(io.BytesIO(gexf(organization)), version="1.3"),
    "cyjs": lambda organization: graph_of_cytoscape(json.loads(cytoscape_json(organization))),
}


@pytest.fixture(params=READERS)
def read(request: pytest.FixtureRequest) -> Any:
    return READERS[request.param]


def edges(graph: Any) -> list[tuple[str, str, str]]:
    return sorted((a, b, cells.get("kind", "")) for a, b, cells in graph.edges(data=True))


def expected_edges(organization: Organization) -> list[tuple[str, str, str]]:
    ids, parents = organization.units["id"], organization.parent.tolist()
    pairs = [
        (ids[parent], unit, "contains")
        for unit, parent in zip(ids, parents, strict=True)
        if parent >= 0
    ]
    pairs += [
        (ids[relation.origin], ids[relation.target], relation.kind)
        for relation in stated_relations(organization)
    ]
    return sorted(pairs)


class TestAGraph:
    def test_opens_in_networkx(self, read: Any, harbour: Organization) -> None:
        graph = read(harbour)

        assert list(graph) == harbour.units["id"]
        assert edges(graph) == expected_edges(harbour)
        goods = graph.nodes["goods"]
        assert (goods["name"], goods["type"]) == ("Dangerous Goods Unit", "unit")
        assert goods["parent_id"] == "safety"
        assert goods["responsibilities"] == "Inspects containers"
        assert graph.nodes["traffic"]["responsibilities"] == (
            "Plans the arrival of ships\nRepresents the harbour at conferences"
        )
        assert "parent_id" not in graph.nodes["harbour"]
        advice = [cells for _, _, cells in graph.edges(data=True) if cells["kind"] == "advises"]
        assert advice[0]["description"] == "The unit tells the locks what is aboard."
        assert advice[0]["stated_in"] == "Handbook 6"

    @pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
    @examples(20)
    @given(random_organization=organizations())
    def test_of_any_organization_opens_in_networkx(
        self, reader: Any, random_organization: Organization
    ) -> None:
        graph = reader(random_organization)

        assert list(graph) == random_organization.units["id"]
        assert graph.number_of_edges() == len(expected_edges(random_organization))
        for unit, name in zip(
            random_organization.units["id"], random_organization.units["name"], strict=True
        ):
            assert graph.nodes[unit]["name"].split() == name.split()

    def test_keeps_several_relations_between_the_same_units(self, read: Any) -> None:
        organization = organization_of(
            [("a", ""), ("b", "a")],
            relations="from_id,to_id,kind\na,b,advises\na,b,supports\nb,a,advises",
        )

        assert edges(read(organization)) == [
            ("a", "b", "advises"),
            ("a", "b", "contains"),
            ("a", "b", "supports"),
            ("b", "a", "advises"),
        ]


class TestGraphml:
    def test_opens_in_igraph(self, harbour: Organization) -> None:
        graph = graph_of_igraph(harbour)

        assert graph.is_directed()
        assert graph.vs["id"] == harbour.units["id"]
        assert graph.vs["name"] == harbour.units["name"]
        graph_edges = sorted(
            (graph.vs[e.source]["id"], graph.vs[e.target]["id"], e["kind"]) for e in graph.es
        )
        assert graph_edges == expected_edges(harbour)

    @examples(20)
    @given(organizations())
    def test_of_any_organization_opens_in_igraph(self, random_organization: Organization) -> None:
        graph = graph_of_igraph(random_organization)

        # igraph 1.0 does not unescape "&amp;" in ids, although it does in texts.
        assert [*map(unescape, graph.vs["id"])] == random_organization.units["id"]
        assert [name.split() for name in graph.vs["name"]] == [
            name.split() for name in random_organization.units["name"]
        ]


def graph_of_igraph(organization: Organization) -> Any:
    with TemporaryFile() as file:
        file.write(graphml(organization))
        file.seek(0)
        return igraph.Graph.Read_GraphML(file)


@pytest.mark.parametrize("reader", [READERS["graphml"], READERS["gexf"]])
def test_characters_that_xml_forbids_are_removed_and_ids_stay_unique(reader: Any) -> None:
    organization = organization_named(
        [("a", ""), ("a\x01", "a"), ("\x02", "a")], ["No\x0bis\ufffee", "B", "C"]
    )
    graph = reader(organization)

    assert len(graph) == 3
    assert graph.nodes["a"]["name"] == "Noise"
    assert {cells["name"] for _, cells in graph.nodes(data=True)} == {"Noise", "B", "C"}


def test_no_unit_is_a_compound_node_in_cytoscape(harbour: Organization) -> None:
    elements = json.loads(cytoscape_json(harbour))["elements"]

    assert list(elements) == ["nodes", "edges"]
    assert not any("parent" in node["data"] for node in elements["nodes"])
