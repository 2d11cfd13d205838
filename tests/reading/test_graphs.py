from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.problems import DataError, Problem, ProblemKind, Severity
from components.reading.graphs import Gexf, GraphML
from components.reading.options import Limits, Options
from components.reading.tables import Table

Rows = list[list[str]]
NO_OPTIONS, DEFAULT_LIMITS = Options(), Limits()
READERS = {"graphml": GraphML.read, "gexf": Gexf.read}


def read(
    content: bytes | str, options: Options = NO_OPTIONS, limits: Limits = DEFAULT_LIMITS
) -> list[Table]:
    """Return the tables of a file; it is GEXF if ``<gexf`` is near its beginning."""
    if isinstance(content, str):
        content = content.encode()
    reader = READERS["gexf" if b"<gexf" in content[:200] else "graphml"]
    with TemporaryDirectory() as folder:
        path = Path(folder, "staff.xml")
        path.write_bytes(content)
        return reader(path, "staff", options, limits)


def graphml(graph: str, keys: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/y">'
        f'{keys}<graph id="G" edgedefault="directed">{graph}</graph></graphml>'
    )


def gexf(graph: str, namespace: str = "http://gexf.net/1.3") -> str:
    return f'<gexf xmlns="{namespace}" xmlns:viz="{namespace}/viz"><graph>{graph}</graph></gexf>'


def tables(content: bytes | str) -> dict[str, Rows]:
    return {
        table.name: [list(table.frame.columns), *table.frame.to_numpy().tolist()]
        for table in read(content)
    }


def problems(content: bytes | str) -> list[Problem]:
    return [problem for table in read(content) for problem in table.problems]


def refusal(content: bytes | str, **choices: Any) -> Problem:
    with pytest.raises(DataError) as raised:
        read(content, **choices)
    (problem,) = raised.value.problems
    assert problem.severity is Severity.ERROR
    assert problem.remedy
    return problem


class TestGraphML:
    def test_becomes_nodes_and_edges_with_the_names_of_their_attributes(self) -> None:
        keys = (
            '<key id="d0" for="node" attr.name="name" attr.type="string"/>'
            '<key id="d1" for="node" attr.name="rank" attr.type="int"/>'
            '<key id="d2" for="edge" attr.name="kind" attr.type="string"/>'
        )
        graph = (
            '<node id="a"><data key="d0">A &amp; B</data><data key="d1">007</data></node>'
            '<node id="b"><data key="d0"> 1e5 </data></node>'
            '<edge id="e" source="a" target="b"><data key="d2">reports</data></edge>'
        )

        assert tables(graphml(graph, keys)) == {
            "nodes": [["id", "name", "rank"], ["a", "A & B", "007"], ["b", " 1e5 ", ""]],
            "edges": [["source", "target", "id", "kind"], ["a", "b", "e", "reports"]],
        }
        assert problems(graphml(graph, keys)) == []

    def test_is_reported_as_graphml_and_numbered_as_if_a_header_stood_before(self) -> None:
        (table,) = read(graphml('<node id="a"/><node id="b"/>'))

        assert str(table.reading) == "GraphML, 2 records"
        assert list(table.frame.index) == [2, 3]

    def test_gives_a_nested_node_its_parent(self) -> None:
        graph = '<node id="a"><graph id="a:"><node id="b"/></graph></node><node id="c"/>'

        assert tables(graphml(graph))["nodes"] == [
            ["id", "parent"],
            ["a", ""],
            ["b", "a"],
            ["c", ""],
        ]

    def test_keeps_two_nodes_with_the_same_id(self) -> None:
        assert tables(graphml('<node id="a"/><node id="a"/>'))["nodes"][1:] == [["a"], ["a"]]

    def test_fills_in_the_default_of_an_attribute(self) -> None:
        keys = '<key id="k" for="all" attr.name="kind"><default>unit</default></key>'
        graph = '<node id="a"/><node id="b"><data key="k">desk</data></node>'

        assert tables(graphml(graph, keys))["nodes"][1:] == [["a", "unit"], ["b", "desk"]]

    def test_renames_an_attribute_with_a_repeated_name_and_reports_it(self) -> None:
        keys = '<key id="x" for="node" attr.name="n"/><key id="y" for="node" attr.name="n"/>'
        graph = '<node id="a"><data key="x">1</data><data key="y">2</data></node>'

        assert tables(graphml(graph, keys))["nodes"] == [["id", "n", "n (y)"], ["a", "1", "2"]]
        (problem,) = problems(graphml(graph, keys))
        assert (problem.kind, problem.column) == (ProblemKind.REPEATED_HEADER, "n (y)")

    def test_keeps_every_value_of_an_attribute(self) -> None:
        keys = '<key id="x" for="node" attr.name="parent"/>'
        graph = '<node id="a"><data key="x">b</data><data key="x">c</data></node>'

        assert tables(graphml(graph, keys))["nodes"] == [["id", "parent"], ["a", "b;c"]]

    def test_names_an_undeclared_attribute_by_its_key_and_reports_it(self) -> None:
        graph = graphml('<node id="a"><data key="d9">x</data></node>')

        assert tables(graph)["nodes"] == [["id", "d9"], ["a", "x"]]
        assert [problem.severity for problem in problems(graph)] == [Severity.NOTE]

    def test_of_yed_has_the_visible_label(self) -> None:
        keys = '<key for="node" id="d6" yfiles.type="nodegraphics"/>'
        graph = (
            '<node id="n0"><data key="d6"><y:ProxyAutoBoundsNode><y:Realizers active="0">'
            "<y:GroupNode><y:NodeLabel>Harbour <y:LabelModel/></y:NodeLabel></y:GroupNode>"
            "<y:GroupNode><y:NodeLabel>Folder 1</y:NodeLabel></y:GroupNode>"
            "</y:Realizers></y:ProxyAutoBoundsNode></data>"
            '<graph id="n0:"><node id="n0::n1"><data key="d6"><y:ShapeNode>'
            '<y:Fill color="#FFF"/><y:NodeLabel>Fire\nService</y:NodeLabel></y:ShapeNode></data>'
            "</node></graph></node>"
            '<edge source="n0" target="n0::n1"><data key="d7"><y:PolyLineEdge>'
            "<y:EdgeLabel>leads</y:EdgeLabel></y:PolyLineEdge></data></edge>"
        )
        keys += '<key for="edge" id="d7" yfiles.type="edgegraphics"/>'

        assert tables(graphml(graph, keys)) == {
            "nodes": [
                ["id", "label", "parent"],
                ["n0", "Harbour", ""],
                ["n0::n1", "Fire\nService", "n0"],
            ],
            "edges": [["source", "target", "label"], ["n0", "n0::n1", "leads"]],
        }

    def test_keeps_descriptions(self) -> None:
        graph = graphml('<desc>of all</desc><node id="a"><desc>Runs it.</desc></node>')

        assert tables(graph)["nodes"] == [["id", "desc"], ["a", "Runs it."]]

    @pytest.mark.parametrize(
        ("part", "severity"),
        [
            ('<hyperedge id="h"><endpoint node="a"/></hyperedge>', Severity.WARNING),
            ('<node id="b"><port name="p"><data key="d">x</data></port></node>', Severity.WARNING),
            ('<data key="d">Title</data>', Severity.NOTE),
        ],
    )
    def test_reports_elements_that_are_left_out(self, part: str, severity: Severity) -> None:
        graph = graphml(f'<node id="a"/>{part}')

        assert tables(graph)["nodes"][0] == ["id"]
        assert problems(graph)[0].severity is severity


class TestGexf:
    @pytest.mark.parametrize(
        "namespace",
        ["http://www.gexf.net/1.1draft", "http://www.gexf.net/1.2draft", "http://gexf.net/1.3"],
    )
    def test_becomes_nodes_and_edges_with_the_titles_of_their_attributes(
        self, namespace: str
    ) -> None:
        graph = (
            '<attributes class="node"><attribute id="0" title="rank" type="integer"/>'
            '<attribute id="1" title="type"><default>unit</default></attribute></attributes>'
            '<attributes class="edge"><attribute id="0" title="since"/></attributes>'
            '<nodes><node id="a" label="A"><attvalues><attvalue for="0" value="007"/></attvalues>'
            '<viz:color r="1"/></node><node id="b" label="B" pid="a"/></nodes>'
            '<edges><edge id="0" source="a" target="b" kind="leads" label="L"><attvalues>'
            '<attvalue for="0" value="2001"/></attvalues></edge></edges>'
        )

        assert tables(gexf(graph, namespace)) == {
            "nodes": [
                ["id", "label", "pid", "rank", "type"],
                ["a", "A", "", "007", "unit"],
                ["b", "B", "a", "", "unit"],
            ],
            "edges": [
                ["source", "target", "id", "label", "kind", "since"],
                ["a", "b", "0", "L", "leads", "2001"],
            ],
        }
        assert problems(gexf(graph, namespace)) == []
        assert str(read(gexf(graph, namespace))[0].reading) == "GEXF, 2 records"

    def test_has_the_parents_of_nested_nodes_and_of_nodes_that_name_parents(self) -> None:
        graph = (
            '<nodes><node id="a"><nodes><node id="b"/></nodes></node>'
            '<node id="c"><parents><parent for="a"/><parent for="b"/></parents></node></nodes>'
        )

        assert tables(gexf(graph))["nodes"] == [
            ["id", "parent"],
            ["a", ""],
            ["b", "a"],
            ["c", "a;b"],
        ]


class TestAFile:
    @pytest.mark.parametrize(
        ("named", "encoding"),
        [("UTF-8", "utf-8-sig"), ("UTF-16", "utf-16"), ("windows-1252", "cp1252")],
    )
    def test_may_be_in_the_encoding_that_it_names(self, named: str, encoding: str) -> None:
        text = graphml('<node id="Büro"/>').replace("UTF-8", named)

        assert tables(text.encode(encoding))["nodes"][1:] == [["Büro"]]

    def test_may_be_in_an_encoding_that_is_set(self) -> None:
        content = graphml('<node id="Büro"/>').encode("cp1252")

        (table,) = read(content, Options(encoding="cp1252"))

        assert table.frame["id"].tolist() == ["Büro"]
        assert refusal(content).kind is ProblemKind.UNREADABLE
        assert refusal(content, options=Options(encoding="no")).kind is ProblemKind.NO_SUCH_CHOICE

    @pytest.mark.parametrize("content", [graphml(""), gexf("<nodes/>"), "<graphml/>"])
    def test_without_a_node_is_refused_as_empty(self, content: str) -> None:
        assert refusal(content).kind is ProblemKind.UNKNOWN_FORMAT

    @pytest.mark.parametrize(
        ("content", "place"),
        [
            ("<graphml>\n<graph>\n  <node></graph></graphml>", "line 3, column 11"),
            ("id,name\n", "line 1, column 1"),
            ("<graphml>&nbsp;</graphml>", "line 1, column 10"),
            (b"PK\3\4", "line 1, column"),
        ],
    )
    def test_that_is_no_xml_is_refused_with_the_place(
        self, content: bytes | str, place: str
    ) -> None:
        problem = refusal(content)

        assert problem.kind is ProblemKind.UNREADABLE
        assert place in problem.reason

    def test_with_another_root_element_is_refused_with_its_name(self) -> None:
        assert "“html”" in refusal("<html><body/></html>").reason
        assert "GEXF" in refusal("<!-- <gexf --><graphml/>").reason

    @pytest.mark.parametrize(
        "declared",
        [
            '<!DOCTYPE g [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
            '<!DOCTYPE g [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
            '<!DOCTYPE graphml SYSTEM "http://graphml.graphdrawing.org/dtds/graphml.dtd">',
        ],
    )
    def test_with_entities_or_a_document_type_is_refused(self, declared: str) -> None:
        problem = refusal(f'{declared}<graphml><graph><node id="&a;"/></graph></graphml>')

        assert problem.kind is ProblemKind.UNREADABLE
        assert "<!DOCTYPE" in problem.remedy

    def test_with_an_endless_tag_is_refused(self) -> None:
        problem = refusal(f'<graphml><node id="{"a" * 5_000_000}')

        assert problem.kind is ProblemKind.UNREADABLE
        assert "tag" in problem.reason

    @pytest.mark.parametrize(
        ("limits", "setting"),
        [
            (Limits(records=8), "REMIT_MOST_RECORDS"),
            (Limits(columns=8), "REMIT_MOST_COLUMNS"),
        ],
    )
    def test_beyond_a_limit_is_refused_with_the_setting(self, limits: Limits, setting: str) -> None:
        graph = "".join(f'<node id="{n}" a{n}=""/>' for n in range(9)) + " " * 1_000_000

        problem = refusal(graphml(graph), limits=limits)

        assert problem.kind is ProblemKind.TOO_LARGE
        assert setting in problem.remedy

    @pytest.mark.parametrize(
        "graph", ["<a>" * 100_000, '<node id="a">' * 100_000, "<data/>" * 100_000]
    )
    def test_of_odd_elements_is_read_or_refused(self, graph: str) -> None:
        assert refusal(graphml(graph)).kind in (ProblemKind.UNREADABLE, ProblemKind.UNKNOWN_FORMAT)


# Any content of a file


def harbour() -> nx.DiGraph:
    graph = nx.DiGraph(title="Harbour")
    graph.add_node("a", label="Büro & Quay", rank=7)
    graph.add_node("b", label="Pilots", rank=1.5)
    graph.add_edge("a", "b", kind="leads")
    return graph


def written(graph: nx.DiGraph, form: str) -> bytes:
    content = BytesIO()
    {"graphml": nx.write_graphml_xml, "gexf": nx.write_gexf}[form](graph, content)
    return content.getvalue()


VALID = {form: written(harbour(), form) for form in READERS}
FORMS = st.sampled_from(list(READERS))


@given(FORMS, st.floats(0, 1, exclude_max=True))
def test_half_a_file_is_refused_as_cut_short(form: str, part: float) -> None:
    content = VALID[form].rstrip()

    kind = refusal(content[: int(part * len(content)) or 1]).kind

    assert kind is ProblemKind.CUT_SHORT


@given(FORMS, st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=2))
def test_a_damaged_file_is_read_or_refused(form: str, part: float, damage: bytes) -> None:
    content, place = VALID[form], int(part * len(VALID[form]))
    content = content[:place] + damage + content[place + len(damage) :]
    try:
        found = read(content)
    except DataError as error:
        (problem,) = error.problems
        assert problem.severity is Severity.ERROR
    else:
        assert found[0].name in ("nodes", "edges")


@given(FORMS, st.binary(max_size=40) | st.text("<>/=\"'&;graphmlnodei ", max_size=40))
def test_a_file_of_any_content_is_read_or_refused(form: str, content: bytes | str) -> None:
    begin, end = (graphml("|") if form == "graphml" else gexf("|")).split("|")
    content = content.encode() if isinstance(content, str) else content
    for whole in (content, begin.encode() + content + end.encode()):
        try:
            read(whole)
        except DataError as error:
            (problem,) = error.problems
            assert problem.remedy


# Round trips of forests

FORESTS = st.lists(st.integers(0, 10**6), min_size=1, max_size=20).map(
    lambda numbers: [number % (place + 1) - 1 for place, number in enumerate(numbers)]
)
"""For each unit the number of its parent, an earlier unit, or -1."""
NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1)


@given(FORMS, FORESTS, st.lists(NAMES, min_size=20, max_size=20))
def test_a_forest_that_networkx_writes_comes_back(
    form: str, forest: Sequence[int], names: Sequence[str]
) -> None:
    graph = nx.DiGraph()
    for unit, parent in enumerate(forest):
        graph.add_node(f"u{unit}", name=names[unit], rank=unit)
        if parent >= 0:
            graph.add_edge(f"u{parent}", f"u{unit}", kind="leads")

    found = {table.name: table.frame for table in read(written(graph, form))}

    nodes = found["nodes"][["id", "name", "rank"]].itertuples(index=False, name=None)
    assert list(nodes) == [(f"u{unit}", names[unit], str(unit)) for unit in range(len(forest))]
    edges = {(f"u{parent}", f"u{unit}") for unit, parent in enumerate(forest) if parent >= 0}
    if edges:
        links = found["edges"][["source", "target"]].itertuples(index=False, name=None)
        assert set(links) == edges
        assert set(found["edges"]["kind"]) == {"leads"}
    else:
        assert list(found) == ["nodes"]
