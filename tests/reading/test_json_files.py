from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import networkx as nx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from components.problems import DataError, Problem, ProblemKind, Severity
from components.reading.json_files import read_json
from components.reading.options import Limits, Options
from components.reading.tables import Table
from tests.properties import examples

Rows = list[list[str]]
NO_OPTIONS, DEFAULT_LIMITS = Options(), Limits()


def read(
    content: object, options: Options = NO_OPTIONS, limits: Limits = DEFAULT_LIMITS
) -> list[Table]:
    """Return the tables of a file: of bytes, of a text, or of a value as JSON."""
    if not isinstance(content, bytes | str):
        content = json.dumps(content)
    with TemporaryDirectory() as folder:
        path = Path(folder, "staff.json")
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_json(path, "staff", options, limits)


def rows(table: Table) -> Rows:
    return [list(table.frame.columns), *table.frame.to_numpy().tolist()]


def cells(content: object) -> Rows:
    """Return the one table of a file, the header first."""
    (table,) = read(content)
    assert table.name == "staff"
    assert table.problems == ()
    return rows(table)


def tables(content: object) -> dict[str, Rows]:
    return {table.name: rows(table) for table in read(content)}


def problems(content: object) -> list[Problem]:
    return [problem for table in read(content) for problem in table.problems]


def refusal(content: object, **choices: Any) -> Problem:
    with pytest.raises(DataError) as raised:
        read(content, **choices)
    (problem,) = raised.value.problems
    assert problem.severity is Severity.ERROR
    assert problem.table == "staff"
    assert problem.remedy
    return problem


class TestAListOfObjects:
    def test_becomes_a_table_with_a_column_for_each_key_in_order_of_occurrence(self) -> None:
        assert cells([{"id": "a", "name": "A"}, {"parent": "a", "id": "b"}]) == [
            ["id", "name", "parent"],
            ["a", "A", ""],
            ["b", "", "a"],
        ]

    def test_is_reported_as_json_with_its_number_of_records(self) -> None:
        (table,) = read([{"id": "a"}, {"id": "b"}])

        assert str(table.reading) == "JSON, 2 records"

    def test_is_numbered_as_if_a_header_stood_before_it(self) -> None:
        (table,) = read([{"id": "a"}, {"id": ""}, {"id": "c"}])

        assert dict(zip(table.frame.index, table.frame["id"], strict=True)) == {2: "a", 4: "c"}

    @pytest.mark.parametrize(
        "objects",
        [
            {"data": [{"id": "a"}]},
            {"response": {"docs": [{"id": "a"}]}},
            {"a": {"b": {"organisations": [{"id": "a"}]}}},
            {"help": {}, "results": [{"id": "a"}], "errors": []},
        ],
    )
    def test_may_be_inside_other_objects(self, objects: object) -> None:
        assert cells(objects) == [["id"], ["a"]]

    def test_is_named_by_its_key_if_there_are_several_lists(self) -> None:
        found = tables(
            {
                "graph": {},
                "nodes": [{"id": "a", "name": "A"}],
                "links": [{"source": "a", "target": "a"}],
            }
        )

        assert found == {
            "nodes": [["id", "name"], ["a", "A"]],
            "links": [["source", "target"], ["a", "a"]],
        }

    def test_of_nodes_is_no_tree_even_if_the_graph_has_a_name_like_its_nodes(self) -> None:
        found = tables({"name": "G", "nodes": [{"name": "A"}], "edges": [{"from": "A", "to": "A"}]})

        assert list(found) == ["nodes", "edges"]

    def test_causes_a_note_about_other_keys_beside_it(self) -> None:
        content = {"count": 1, "next": None, "about": {"by": "X"}, "results": [{"id": "a"}]}

        (problem,) = problems(content)

        assert problem.severity is Severity.NOTE
        assert "“count”, “about”" in problem.reason
        assert "next" not in problem.reason

    def test_causes_a_warning_about_elements_that_are_no_objects(self) -> None:
        (table,) = read([{"id": "a"}, "odd", {"id": "b"}])

        assert rows(table) == [["id"], ["a"], ["b"]]
        (problem,) = table.problems
        assert (problem.severity, problem.value) == (Severity.WARNING, "odd")

    def test_may_be_one_object_a_line(self) -> None:
        (table,) = read('{"id": "a"}\n\n{"id": "b"}\r\n')

        assert rows(table) == [["id"], ["a"], ["b"]]
        assert str(table.reading) == "JSON Lines, 2 records"

    def test_may_be_a_map_from_ids_to_objects(self) -> None:
        assert cells({"a1": {"name": "A"}, "a2": {"name": "B", "parent": "a1"}}) == [
            ["key", "name", "parent"],
            ["a1", "A", ""],
            ["a2", "B", "a1"],
        ]

    @pytest.mark.parametrize(
        "table",
        [
            [["id", "name"], [1, "A"], [2, "B"]],
            {"id": [1, 2], "name": ["A", "B"]},
            {"id": {"0": 1, "1": 2}, "name": {"0": "A", "1": "B"}},
            {"columns": ["id", "name"], "index": [0, 1], "data": [[1, "A"], [2, "B"]]},
            {
                "meta": {"view": {"columns": [{"name": "id"}, {"name": "name"}]}},
                "data": [[1, "A"], [2, "B"]],
            },
        ],
    )
    def test_may_be_written_as_cells_by_record_or_by_column(self, table: object) -> None:
        assert cells(table) == [["id", "name"], ["1", "A"], ["2", "B"]]


class TestACell:
    @pytest.mark.parametrize(
        ("value", "cell"),
        [
            ('"007"', "007"),
            ('"NA"', "NA"),
            ('"null"', "null"),
            ("1e5", "1e5"),
            ("1.0", "1.0"),
            ("-0", "-0"),
            ("123456789012345678901234567890", "123456789012345678901234567890"),
            ("true", "true"),
            ("null", ""),
            ('" a "', " a "),
            ('"a\nb"', "a\nb"),
            ('"\\ud83d\\ude00"', "😀"),
            ("Infinity", "Infinity"),
            ("NaN", ""),
            ('["a", "b"]', "a;b"),
            ("[1, 2.0]", "1;2.0"),
            ('["a;b", "c"]', '["a;b", "c"]'),
            ('[["a"], []]', '[["a"], []]'),
            ("{}", ""),
        ],
    )
    def test_is_text_as_the_file_writes_it(self, value: str, cell: str) -> None:
        (table,) = read(f'[{{"id": "a", "x": {value}}}]')

        assert rows(table) == [["id", "x"], ["a", cell]]

    def test_of_an_inner_object_has_a_column_with_a_dotted_name(self) -> None:
        assert cells([{"name": {"en": "A", "fr": "B"}, "address": {"city": {"code": 1}}}]) == [
            ["name.en", "name.fr", "address.city.code"],
            ["A", "B", "1"],
        ]

    def test_keeps_its_value_if_another_column_gets_the_same_name(self) -> None:
        assert cells([{"a": {"b": "1"}, "a.b": "2"}]) == [["a.b", "a.b (2)"], ["1", "2"]]

    def test_is_reported_if_the_same_key_replaces_it(self) -> None:
        (table,) = read('[{"id": "a", "name": "A", "id": "b"}]')

        assert rows(table) == [["id", "name"], ["b", "A"]]
        (problem,) = table.problems
        assert (problem.kind, problem.column, problem.value) == (
            ProblemKind.REPEATED_HEADER,
            "id",
            "a",
        )

    def test_with_an_unpaired_surrogate_is_reported_and_can_be_encoded(self) -> None:
        (table,) = read('[{"id": "a\\ud800", "name": "\\\\ud800 \\uDC00\\ud83d\\ude00"}]')

        assert rows(table) == [["id", "name"], ["a\ufffd", "\\ud800 \ufffd😀"]]
        assert [problem.kind for problem in table.problems] == [ProblemKind.UNDECODABLE]

    @pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity"])
    def test_with_a_number_that_json_does_not_have_is_noted(self, constant: str) -> None:
        (problem,) = problems(f'[{{"id": {constant}, "name": "A"}}]')

        assert (problem.severity, problem.value) == (Severity.NOTE, constant)


class TestATree:
    def test_becomes_one_table_in_preorder_with_the_record_of_each_parent(self) -> None:
        tree = {
            "name": "Top",
            "children": [
                {"name": "A", "children": [{"name": "B", "children": []}]},
                {"name": "C"},
            ],
        }

        assert cells(tree) == [
            ["record", "parent record", "name"],
            ["2", "", "Top"],
            ["3", "2", "A"],
            ["4", "3", "B"],
            ["5", "2", "C"],
        ]

    @pytest.mark.parametrize("key", ["children", "units", "filhos", "any key"])
    def test_is_recognized_by_objects_of_one_kind_under_any_key(self, key: str) -> None:
        (table,) = read([{"id": 1, "name": "A", key: [{"id": 2, "name": "B"}]}])

        assert table.frame["parent record"].tolist() == ["", "2"]

    def test_may_be_inside_an_object_with_metadata(self) -> None:
        (table,) = read({"date": "2026", "units": [{"name": "A", "units": [{"name": "B"}]}]})

        assert table.frame["parent record"].tolist() == ["", "2"]
        assert table.frame["name"].tolist() == ["A", "B"]

    def test_may_have_its_root_inside_an_object(self) -> None:
        (table,) = read({"organization": {"name": "Top", "units": [{"name": "A"}]}})

        assert table.frame["parent record"].tolist() == ["", "2"]

    def test_may_have_another_key_on_each_level_which_becomes_the_kind(self) -> None:
        tree = {
            "ministries": [{"name": "M", "departments": [{"name": "D", "desks": [{"name": "K"}]}]}]
        }

        assert cells(tree) == [
            ["record", "parent record", "kind", "name"],
            ["2", "", "", "M"],
            ["3", "2", "departments", "D"],
            ["4", "3", "desks", "K"],
        ]

    def test_may_have_further_objects_between_its_levels(self) -> None:
        inner = {"name": "B", "below": {"edges": []}}
        tree = [{"name": "A", "below": {"edges": [inner]}}]

        assert cells(tree)[1:] == [["2", "", "A"], ["3", "2", "B"]]

    def test_may_be_nested_names(self) -> None:
        assert cells({"Top": {"A": {"B": {}}, "C": None, "D": ["E"]}}) == [
            ["record", "parent record", "name"],
            ["2", "", "Top"],
            ["3", "2", "A"],
            ["4", "3", "B"],
            ["5", "2", "C"],
            ["6", "2", "D"],
            ["7", "6", "E"],
        ]

    def test_may_be_a_list_of_names_for_each_name(self) -> None:
        assert cells({"CEO": ["CFO", "CTO"], "CFO": []}) == [
            ["name", "children"],
            ["CEO", "CFO;CTO"],
            ["CFO", ""],
        ]

    def test_may_have_a_column_with_the_name_of_an_added_one(self) -> None:
        (table,) = read([{"record": "x", "children": [{"record": "y"}]}])

        assert rows(table)[0] == ["record", "parent record", "record (2)"]


class TestAListInAnObject:
    def test_of_another_kind_becomes_a_table_with_the_record_of_its_owner(self) -> None:
        units = [
            {"name": "A", "duties": [{"text": "x"}, {"text": "y"}]},
            {"name": "B"},
            {"name": "C", "duties": [{"text": "z", "laws": [{"law": "1"}]}]},
        ]

        assert tables(units) == {
            "staff": [["record", "name"], ["2", "A"], ["3", "B"], ["4", "C"]],
            "duties": [["record", "text"], ["2", "x"], ["2", "y"], ["4", "z"]],
            "duties.laws": [["record", "law"], ["4", "1"]],
        }

    def test_of_parents_becomes_one_cell(self) -> None:
        units = [{"id": "c", "parents": [{"id": "a", "name": "A"}, {"id": "b"}]}]

        assert cells(units) == [["id", "parents.id", "parents.name"], ["c", "a;b", "A"]]

    def test_of_references_to_units_of_the_file_becomes_one_cell(self) -> None:
        units = [
            {"id": "a", "name": "A", "below": [{"id": "b", "name": "B"}, {"id": "c"}]},
            {"id": "b", "name": "B", "below": []},
            {"id": "c", "name": "C", "below": []},
        ]

        assert cells(units) == [
            ["id", "name", "below.id", "below.name"],
            ["a", "A", "b;c", "B"],
            ["b", "B", "", ""],
            ["c", "C", "", ""],
        ]

    def test_keeps_values_that_are_no_objects(self) -> None:
        units = [{"name": "A", "children": ["x", {"name": "B"}]}]

        assert cells(units) == [
            ["record", "parent record", "name", "children"],
            ["2", "", "A", "x"],
            ["3", "2", "B", ""],
        ]


class TestCytoscape:
    NODES = ({"data": {"id": "a"}}, {"data": {"id": "b", "parent": "a"}, "position": {"x": 1}})
    EDGE = {"data": {"source": "a", "target": "b", "kind": "k"}, "classes": "thick"}  # noqa: RUF012
    TABLES = {  # noqa: RUF012
        "nodes": [["id", "parent"], ["a", ""], ["b", "a"]],
        "edges": [["source", "target", "kind", "classes"], ["a", "b", "k", "thick"]],
    }

    @pytest.mark.parametrize(
        "content",
        [
            {"elements": {"nodes": [*NODES], "edges": [EDGE]}, "style": [{"selector": "node"}]},
            {"elements": [*NODES, EDGE]},
            [*NODES, EDGE],
            [*({**node, "group": "nodes"} for node in NODES), {**EDGE, "group": "edges"}],
        ],
    )
    def test_becomes_nodes_and_edges_with_their_data(self, content: object) -> None:
        assert tables(content) == self.TABLES
        assert str(read(content)[0].reading) == "Cytoscape JSON, 2 records"


class TestAFile:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
    def test_may_be_in_any_encoding_of_json(self, encoding: str) -> None:
        assert cells('[{"name": "Büro 日本"}]'.encode(encoding)) == [["name"], ["Büro 日本"]]

    def test_may_be_in_another_encoding_which_is_set_or_found(self) -> None:
        content = '[{"name": "Büro"}]'.encode("cp1252")

        assert rows(read(content, Options(encoding="cp1252"))[0]) == [["name"], ["Büro"]]
        assert cells(content) == [["name"], ["Büro"]]
        assert "UTF-8" in refusal(content, options=Options(encoding="utf-8")).reason
        assert refusal(content, options=Options(encoding="no")).kind is ProblemKind.NO_SUCH_CHOICE

    @pytest.mark.parametrize(
        "content",
        [
            *("", " \n", "[]", "{}", "3", '"text"', "null", "[1, 2]", "[{}]", "[[]]"),
            *('[{"a": null}]', '{"count": 0, "results": []}', '{"message": "Not found"}'),
        ],
    )
    def test_without_an_object_is_refused_as_empty(self, content: str) -> None:
        assert refusal(content).kind is ProblemKind.EMPTY

    @pytest.mark.parametrize(
        "content",
        [
            "[",
            '[{"id": 1},',
            '[{"id',
            '[{"id": ',
            '[{"id": tr',
            '[{"id": "x"\n',
            '{"id": 1}\n{"id":',
        ],
    )
    def test_that_ends_too_early_is_refused_as_cut_short(self, content: str) -> None:
        problem = refusal(content)

        assert problem.kind is ProblemKind.CUT_SHORT
        assert "line " in problem.reason

    @pytest.mark.parametrize(
        ("content", "place"),
        [
            ('[{"id": 1},\n {"id" 2}]', "line 2, column 8"),
            ('[{"id": 1,}]', "line 1, column 11"),
            ("id,name\n1,A\n", "line 1, column 1"),
            ('["\\u12"]', "line 1, column 4"),
            ('[{"id": 1}]]', "line 1, column 12"),
        ],
    )
    def test_that_is_no_json_is_refused_with_the_place(self, content: str, place: str) -> None:
        problem = refusal(content)

        assert problem.kind is ProblemKind.UNREADABLE
        assert place in problem.reason

    @pytest.mark.parametrize("content", ["[" * 100_000, '{"a":' * 100_000, '[{"a":' * 5_000])
    def test_that_is_nested_too_deeply_is_refused(self, content: str) -> None:
        assert refusal(content).kind is ProblemKind.UNREADABLE

    @pytest.mark.parametrize(
        ("content", "limits", "setting"),
        [
            ([{"id": n} for n in range(9)], Limits(records=8), "REMIT_MOST_RECORDS"),
            ([{f"c{n}": 1} for n in range(9)], Limits(columns=8), "REMIT_MOST_COLUMNS"),
            ({f"l{n}": [{"a": n}] for n in range(9)}, Limits(columns=8), "REMIT_MOST_COLUMNS"),
            ([{f"l{n}": [{"a": n}] for n in range(9)}], Limits(columns=8), "REMIT_MOST_COLUMNS"),
            (
                "[" + "[]," * 60_000 + "[]]",
                Limits(unpacked_megabytes=2),
                "REMIT_MOST_UNPACKED_MEGABYTES",
            ),
            (
                [{f"c{n % 500}": 1} for n in range(1_000)],
                Limits(unpacked_megabytes=3),
                "REMIT_MOST_UNPACKED_MEGABYTES",
            ),
        ],
    )
    def test_beyond_a_limit_is_refused_with_the_setting(
        self, content: object, limits: Limits, setting: str
    ) -> None:
        problem = refusal(content, limits=limits)

        assert problem.kind is ProblemKind.TOO_LARGE
        assert setting in problem.remedy


# Any content of a file

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["id", "name", "children", "data", "elements", "nodes", "columns", "source", ""]
            )
            | st.text(max_size=3),
            inner,
            max_size=4,
        )
    ),
    max_leaves=25,
)
VALID = (
    json.dumps(
        {
            "units": [{"id": "a", "name": "Bü \ud83d", "children": [{"id": "b", "n": [1, None]}]}],
            "relations": [{"source": "a", "target": "b"}],
        }
    ).encode()
    + ' {"name": "日本 \\\\ \\"é"}'.encode()
)
WHOLE = VALID.index(b"}]}", 90) + len(b"}]}")
"""The position after the first value of the file."""


def is_read_or_refused(content: bytes | str) -> None:
    try:
        found = read(content)
    except DataError as error:
        (problem,) = error.problems
        assert problem.severity is Severity.ERROR
        str(problem).encode()
    else:
        for table in found:
            assert all(isinstance(cell, str) for row in rows(table) for cell in row)
            "".join(cell for row in rows(table) for cell in row).encode()
            "".join(map(str, table.problems)).encode()


@examples(40)
@given(JSON_VALUES)
@example({"meta": {"view": {"columns": 3}}, "data": [[]]})
@example({"columns": [None, {}, []], "data": [[1], [1, 2, 3, 4]]})
@example([{"data": {"id": []}, "group": []}])
@example({"elements": {"nodes": 3, "edges": [{"data": {}}]}})
@example({"elements": {"nodes": True, "edges": [{"data": {"source": "a"}}]}})
def test_json_of_any_shape_is_read_or_refused(value: object) -> None:
    is_read_or_refused(json.dumps(value))


@given(st.binary(max_size=60) | st.text('[]{}",:\\u0dne1 \n', max_size=40).map(str.encode))
def test_a_file_of_any_bytes_is_read_or_refused(content: bytes) -> None:
    is_read_or_refused(content)


@given(st.integers(0, WHOLE - 1) | st.integers(WHOLE + 2, len(VALID) - 1))
def test_half_a_file_is_refused_as_cut_short(length: int) -> None:
    kind = refusal(VALID[:length]).kind

    assert kind is (ProblemKind.CUT_SHORT if length else ProblemKind.EMPTY)


@given(st.integers(0, len(VALID) - 1), st.integers(0, 255))
def test_a_damaged_file_is_read_or_refused(place: int, byte: int) -> None:
    is_read_or_refused(VALID[:place] + bytes([byte]) + VALID[place + 1 :])


# Round trips of forests

FORESTS = st.lists(st.integers(0, 10**6), min_size=1, max_size=20).map(
    lambda numbers: [number % (place + 1) - 1 for place, number in enumerate(numbers)]
)
"""For each unit the number of its parent, an earlier unit, or -1."""


def names(forest: Sequence[int]) -> set[tuple[str, str]]:
    return {(f"u{unit}", f"u{parent}" if parent >= 0 else "") for unit, parent in enumerate(forest)}


def graph(forest: Sequence[int]) -> nx.DiGraph:
    digraph = nx.DiGraph()
    for unit, parent in enumerate(forest):
        digraph.add_node(f"u{unit}", name=f"Unit {unit}")
        if parent >= 0:
            digraph.add_edge(f"u{parent}", f"u{unit}")
    return digraph


def edges(found: Mapping[str, Table], key: str) -> set[tuple[str, str]]:
    if key not in found:
        return set()
    return set(found[key].frame[["source", "target"]].itertuples(index=False, name=None))


def expected_edges(forest: Sequence[int]) -> set[tuple[str, str]]:
    return {(parent, unit) for unit, parent in names(forest) if parent}


@given(FORESTS)
def test_a_forest_of_nested_objects_comes_back(forest: list[int]) -> None:
    objects = [{"id": f"u{unit}", "name": f"Unit {unit}"} for unit in range(len(forest))]
    for unit, parent in enumerate(forest):
        if parent >= 0:
            objects[parent].setdefault("units", []).append(objects[unit])  # type: ignore[attr-defined, arg-type]

    (table,) = read([unit for unit, parent in zip(objects, forest, strict=True) if parent < 0])

    frame = table.frame
    ids = {str(record): unit for record, unit in frame["id"].items()}
    records = frame["parent record"] if "parent record" in frame else [""] * len(frame)
    parents = [ids.get(record, "") for record in records]
    assert set(zip(frame["id"], parents, strict=True)) == names(forest)


@given(FORESTS)
def test_a_forest_of_records_comes_back(forest: list[int]) -> None:
    objects = [{"id": unit, "parent": parent or None} for unit, parent in sorted(names(forest))]

    for content in (json.dumps(objects), "\n".join(map(json.dumps, objects))):
        (table,) = read(content)
        assert set(table.frame.itertuples(index=False, name=None)) == names(forest)


@given(FORESTS)
def test_a_forest_of_nodes_and_links_comes_back(forest: list[int]) -> None:
    for content in (
        nx.node_link_data(graph(forest), edges="links"),
        nx.node_link_data(graph(forest), edges="edges"),
        nx.cytoscape_data(graph(forest)),
    ):
        found = {table.name: table for table in read(content)}

        nodes = found.get("nodes") or found["staff"]
        assert set(nodes.frame["id"]) == {unit for unit, _ in names(forest)}
        assert edges(found, "links") | edges(found, "edges") == expected_edges(forest)


class TestAnOrganigram:
    def test_has_the_parts_of_units_under_several_keys(self) -> None:
        (units,) = read(
            {
                "document": {"title": "Harbour"},
                "organisations": [
                    {
                        "id": "a",
                        "name": "Office",
                        "purpose": "Runs it",
                        "size": 3,
                        "organisations": [{"id": "b", "name": "Pilots", "departments": []}],
                        "departments": [{"name": "Desk"}, {"name": "Boats"}],
                    }
                ],
            }
        )

        assert units.about == {"title": "Harbour"}
        assert rows(units) == [
            ["record", "parent record", "kind", "id", "name", "purpose", "size"],
            ["2", "", "", "a", "Office", "Runs it", "3"],
            ["3", "2", "organisations", "b", "Pilots", "", ""],
            ["4", "2", "departments", "", "Desk", "", ""],
            ["5", "2", "departments", "", "Boats", "", ""],
        ]

    def test_has_heads_among_the_people_in_its_units(self) -> None:
        person = {"title": "Dr.", "firstName": "Ann", "lastName": "Lake", "phone": "1"}
        found = tables(
            {
                "name": "Office",
                "departments": [
                    {
                        "name": "Pilots",
                        "positions": [
                            {"positionType": "Deputy head", "person": {"name": "Bo Reed"}},
                            {"positionType": "Head of department", "person": person},
                        ],
                    }
                ],
            }
        )

        assert found["staff"] == [
            ["record", "parent record", "name", "head"],
            ["2", "", "Office", ""],
            ["3", "2", "Pilots", "Dr. Ann Lake"],
        ]
        assert found["positions"] == [
            ["record", "positionType", "person.name", "person", "person.phone"],
            ["3", "Deputy head", "Bo Reed", "", ""],
            ["3", "Head of department", "", "Dr. Ann Lake", "1"],
        ]

    def test_may_have_names_under_the_words_for_its_levels(self) -> None:
        assert tables(
            {
                "ministry": "Health",
                "departments": [{"department": "Care", "sections": [{"section": "A"}]}],
            }
        )["staff"] == [
            ["record", "parent record", "kind", "name"],
            ["2", "", "", "Health"],
            ["3", "2", "departments", "Care"],
            ["4", "3", "sections", "A"],
        ]

    def test_has_no_people_as_units(self) -> None:
        staff = [{"name": "Bo", "role": "Clerk"}, {"name": "Cy", "role": ""}]

        found = tables({"name": "Office", "departments": [{"name": "Pilots", "staff": staff}]})

        assert [row[2] for row in found["staff"]] == ["name", "Office", "Pilots"]
        assert found["staff (2)"] == [
            ["record", "name", "role"],
            ["3", "Bo", "Clerk"],
            ["3", "Cy", ""],
        ]


def test_results_of_sparql_have_plain_columns() -> None:
    content = {
        "head": {"vars": ["item", "itemLabel", "parent"]},
        "results": {
            "bindings": [
                {"item": {"type": "uri", "value": "u:1"}, "itemLabel": {"value": "A"}},
                {"item": {"type": "uri", "value": "u:2"}, "parent": {"value": "u:1"}},
            ]
        },
    }

    assert cells(content) == [["item", "itemLabel", "parent"], ["u:1", "A", ""], ["u:2", "", "u:1"]]


def test_nested_objects_with_too_many_keys_become_cells() -> None:
    units = [{"id": str(n), "facts": {f"key {n} {m}": m for m in range(3)}} for n in range(1_000)]

    (table,) = read(units)

    assert rows(table)[:2] == [
        ["id", "facts"],
        ["0", '{"key 0 0": "0", "key 0 1": "1", "key 0 2": "2"}'],
    ]
