"""Notations that are no tables, the tables that they give, and tables that look like them."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.formats.linked import json_ld, turtle
from components.importing.import_tables import import_tables
from components.model.organization import Organization
from components.problems import DataError, Problem, ProblemKind
from components.reading.options import Limits, Options
from components.reading.read import read_tables
from components.reading.tables import Tables
from tests.formats.round_trip import organizations
from tests.properties import examples

HARBOUR = [
    ("Harbour Office", ""),
    ("Finance", "Harbour Office"),
    ("Payroll", "Finance"),
    ("Pilots", "Harbour Office"),
]
"""What most of the files below say: units and their parents."""

WORDS = st.from_regex(r"[A-Za-zé][A-Za-z0-9é]{0,8}( [A-Za-z0-9]{1,8}){0,2}", fullmatch=True)


@st.composite
def outlines(draw: st.DrawFn) -> list[tuple[int, str]]:
    """Draw the depths and names of an outline with at least two levels."""
    items = [(0, draw(WORDS)), (1, draw(WORDS))]
    for name in draw(st.lists(WORDS, max_size=12)):
        items.append((draw(st.integers(0, items[-1][0] + 1)), name))
    return items


def read(
    folder: Path,
    text: str | bytes,
    ending: str = ".txt",
    options: Options | None = None,
    limits: Limits | None = None,
) -> Tables:
    path = folder / f"staff{ending}"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_tables(path, options or Options(), limits or Limits())


def rows(tables: Tables, table: str = "staff") -> list[list[str]]:
    frame = tables.frames[table]
    return [list(frame.columns), *frame.to_numpy().tolist()]


def rejection(folder: Path, text: str, ending: str, limits: Limits | None = None) -> Problem:
    with pytest.raises(DataError) as raised:
        read(folder, text, ending, limits=limits)
    (problem,) = raised.value.problems
    return problem


def parents_by_name(tables: Tables) -> list[tuple[str, str]]:
    """Return the names in a table, each with that of its parent."""
    frame = next(iter(tables.frames.values()))
    key, parent = ("record", "parent record") if "record" in frame.columns else ("id", "parent")
    if "dn" in frame.columns:
        key = "dn"
    names = dict(zip(frame[key], frame["name"], strict=True)) | {"": ""}
    return [(name, names[above]) for name, above in zip(frame["name"], frame[parent], strict=True)]


def imported(tables: Tables) -> list[tuple[str, str]]:
    """Return the names of the units that importing makes of tables, with those of their parents."""
    organization = import_tables(tables).organization
    names = organization.units["name"]
    return [
        (name, names[parent] if parent >= 0 else "")
        for name, parent in zip(names, organization.parent.tolist(), strict=True)
    ]


HIERARCHIES = {
    "bullets.md": "- Harbour Office\n  - Finance\n    - Payroll\n  - Pilots\n",
    "bullets with tabs.md": "* Harbour Office\n\t+ Finance\n\t\t* Payroll\n\t+ Pilots\n",
    "bullets.txt": "• Harbour Office\n   • Finance\n      • Payroll\n   • Pilots\n",
    "bullets below a title.txt": (
        "Who is who:\n\n- Harbour Office\n  - Finance\n    - Payroll\n  - Pilots\n"
    ),
    "dashes.txt": "- Harbour Office\n-- Finance\n--- Payroll\n-- Pilots\n",
    "numbers.txt": "1 Harbour Office\n1.1 Finance\n1.1.1 Payroll\n1.2 Pilots\n",
    "tree.out": "Harbour Office\n├── Finance\n│   └── Payroll\n└── Pilots\n",
    "numbers.md": "1. Harbour Office\n  1. Finance\n     1) Payroll\n  2. Pilots\n",
    "headings.md": "# Harbour Office\n\n## Finance\n### Payroll ###\n## Pilots\n",
    "underlined.md": "Harbour Office\n===\n\nFinance\n---\n- Payroll\n\nPilots\n-----\n",
    "headings and bullets.md": "# Harbour Office\n- Finance\n  - Payroll\n- Pilots\n",
    "title.md": "# Who is who\n\n- Harbour Office\n  - Finance\n    - Payroll\n  - Pilots\n",
    "markup.md": "- **Harbour Office**\n  - [Finance](f.html)\n    - `Payroll`\n  - _Pilots_\n",
    "stars.txt": "* Harbour Office\n** Finance\n*** Payroll\n** Pilots\n",
    "tasks.md": "- [ ] Harbour Office\n  - [x] Finance\n    - [ ] Payroll\n  - [ ] Pilots\n",
    "outline.opml": (
        '<opml version="2.0"><head/><body><outline text="Harbour Office"><outline text="Finance">'
        '<outline text="Payroll"/></outline><outline title="Pilots"/></outline></body></opml>'
    ),
    "map.mm": (
        '<map version="1.0.1"><node TEXT="Harbour Office"><node TEXT="Finance">'
        '<node TEXT="Payroll"/></node><node><richcontent TYPE="NODE"><html><p>Pilots</p></html>'
        "</richcontent></node></node></map>"
    ),
    "mind map.mmd": "mindmap\n  r((Harbour Office))\n    Finance\n      p[Payroll]\n    Pilots\n",
    "chart.mmd": (
        "%% by hand\ngraph TD\n  HO[Harbour Office] --> FIN[Finance]\n  FIN --> PAY(Payroll)\n"
        '  HO -->|leads| PIL{{"Pilots"}}\n  classDef dark fill:#000\n  class PIL dark\n'
    ),
    "chart upwards.txt": (
        "flowchart BT\n HO[Harbour<br/>Office]\n F[Finance] --> HO\n PAY[Payroll] --> F\n"
        " PIL[Pilots]-->HO\n"
    ),
    "chart in a document.md": (
        "# Chart\n```mermaid\ngraph LR\nHO[Harbour Office]==>F[Finance]-->PAY[Payroll]\n"
        "HO---P[Pilots]\n```\n"
    ),
    "graph.dot": (
        '/* x */ digraph org {\n node [shape=box]; ho [label="Harbour\\nOffice"];\n'
        ' fin [label=<<b>Finance</b>>];\n ho -> fin -> pay;\n pay [label="Payroll"]\n'
        ' ho -> pil [color="#ff0000"]; pil [label="Pi" + "lots"] // y\n}\n'
    ),
    "graph upwards.gv": (
        'digraph { rankdir=BT; 1 [label="Harbour Office"]; 2 [label=Finance]; 3 [label=Payroll];'
        "4 [label=Pilots]; {2 4} -> 1; 3 -> 2 }"
    ),
    "graph without arrows.txt": (
        'graph { "Harbour Office" -- Finance -- Payroll; "Harbour Office" -- Pilots }'
    ),
    "fenced.mmd": (
        "```mermaid\ngraph TD\n a[Harbour Office] --> b[Finance] & d[Pilots]\n"
        " b --> c[Payroll]\n```\n"
    ),
    "reports.dot": (
        'digraph { a [label="Harbour Office"]; b [label=Finance]; c [label=Payroll];'
        'd [label=Pilots]; edge [label="x"]; b -> a [label="reports to"];'
        'c -> b [label="reports to"]; d -> a [label="reports to"] }'
    ),
    "units.ttl": """
        @prefix org: <http://www.w3.org/ns/org#> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        <u/1> a org:Organization ; skos:prefLabel "Harbour Office"@en, "Hafenamt"@de .
        <u/2> skos:prefLabel "Finance"@en ; org:subOrganizationOf <u/1> .
        <u/3> skos:prefLabel "Payroll"@en ; org:unitOf <u/2> .
        <u/1> org:hasUnit [ skos:prefLabel "Pilots"@en ] .
    """,
    "units.nt": (
        '<http://h/1> <http://www.w3.org/2000/01/rdf-schema#label> "Harbour Office" .\n'
        '<http://h/2> <http://xmlns.com/foaf/0.1/name> "Finance" .\n'
        "<http://h/2> <http://www.w3.org/ns/org#unitOf> <http://h/1> .\n"
        '<http://h/3> <http://schema.org/name> "Payroll" .\n'
        "<http://h/2> <http://www.w3.org/ns/org#hasUnit> <http://h/3> .\n"
        '<http://h/4> <https://schema.org/name> "Pilots" .\n'
        "<http://h/4> <https://schema.org/parentOrganization> <http://h/1> .\n"
    ),
    "units.rdf": (
        '<?xml version="1.0" encoding="ISO-8859-1"?><rdf:RDF xmlns:o="http://www.w3.org/ns/org#"'
        ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns:n="http://xmlns.com/foaf/0.1/">'
        '<o:Organization rdf:about="http://h/1"><n:name>Harbour Office</n:name></o:Organization>'
        '<o:OrganizationalUnit rdf:about="http://h/2"><n:name>Finance</n:name>'
        '<o:unitOf rdf:resource="http://h/1"/></o:OrganizationalUnit>'
        '<o:OrganizationalUnit rdf:about="http://h/3"><n:name>Payroll</n:name>'
        '<o:unitOf rdf:resource="http://h/2"/></o:OrganizationalUnit>'
        '<o:OrganizationalUnit rdf:about="http://h/4"><n:name>Pilots</n:name>'
        '<o:unitOf rdf:resource="http://h/1"/></o:OrganizationalUnit></rdf:RDF>'
    ),
    "units.jsonld": """{"@context": "https://schema.org", "@type": "Organization",
        "name": "Harbour Office", "subOrganization": [
            {"@type": "Organization", "name": "Finance",
             "department": {"@type": "Organization", "name": "Payroll"}},
            {"@type": "Organization", "name": "Pilots"}]}""",
    "units.json": """{"@context": {"o": "http://www.w3.org/ns/org#",
            "name": "http://www.w3.org/2004/02/skos/core#prefLabel",
            "parent": {"@id": "o:subOrganizationOf", "@type": "@id"}},
        "@graph": [{"@id": "u:1", "name": "Harbour Office"},
            {"@id": "u:2", "name": "Finance", "parent": "u:1"},
            {"@id": "u:3", "name": "Payroll", "parent": "u:2"},
            {"@id": "u:4", "name": "Pilots", "parent": "u:1"}]}""",
    "units.ldif": (
        "version: 1\n# exported\ndn: o=h\nobjectClass: organization\no: Harbour Office\n\n"
        "dn: ou=Finance,o=h\nou: Finance\n\ndn: ou=Payroll,ou=Finance,\n o=h\nou:: UGF5cm9sbA==\n\n"
        "dn: OU=Pilots, O=h\nou: Pilots\n"
    ),
    "tree.yaml": (
        "# units\nname: Harbour Office\nteams:\n  - name: Finance\n    teams:\n"
        "      - {name: Payroll}\n  - name: Pilots\n"
    ),
    "names.yml": "Harbour Office:\n  Finance:\n    - Payroll\n  Pilots:\n",
    "named lists.yml": "- Harbour Office:\n  - Finance:\n    - Payroll\n  - Pilots\n",
    "named maps.yaml": (
        "Harbour Office:\n  head: A\n  teams:\n    Finance:\n      head: B\n      teams:\n"
        "        Payroll:\n    Pilots: {head: C}\n"
    ),
    "wbs.puml": "@startwbs\n* Harbour Office\n** Finance\n***_ Payroll\n**< Pilots\n@endwbs\n",
    "tree.txt": "name: Harbour Office\nteams:\n- name: Finance\n  teams:\n  - name: Payroll\n"
    "- name: Pilots\n",
    "rows.sql": (
        "-- units\nCREATE TABLE unit (id int, name varchar(80), parent int, PRIMARY KEY (id));\n"
        "INSERT INTO unit VALUES (1,'Harbour Office',NULL),(2,'Finance',1);\n"
        "INSERT INTO unit (parent, id, name) VALUES (2, 3, 'Payroll'), (1, 4, N'Pilots');\n"
    ),
    "copy.sql": (
        "SET client_encoding = 'UTF8';\nCOPY public.unit (id, name, parent) FROM stdin;\n"
        "1\tHarbour Office\t\\N\n2\tFinance\t1\n3\tPayroll\t2\n4\tPilots\t1\n\\.\n\nSELECT 1;\n"
    ),
}
"""Files that all say the same."""
KNOWN_BY_ENDING = (
    "named lists.yml",
    "underlined.md",
    "title.md",
    "chart in a document.md",
    "names.yml",
)
"""Those that could be other texts."""


@pytest.mark.parametrize("file", HIERARCHIES)
def test_a_notation_gives_units_and_their_parents(tmp_path: Path, file: str) -> None:
    (tmp_path / file).write_text(HIERARCHIES[file], encoding="utf-8")
    tables = read_tables(tmp_path / file)

    assert sorted(parents_by_name(tables)) == sorted(HARBOUR)
    assert sorted(imported(tables)) == sorted(HARBOUR)


@pytest.mark.parametrize("file", [file for file in HIERARCHIES if file not in KNOWN_BY_ENDING])
def test_a_notation_is_found_by_its_content(tmp_path: Path, file: str) -> None:
    (tmp_path / "staff").write_text(HIERARCHIES[file], encoding="utf-8")

    assert sorted(parents_by_name(read_tables(tmp_path / "staff"))) == sorted(HARBOUR)


class TestAnIndentedText:
    @pytest.mark.parametrize("step", ["\t", "  ", "    ", " "])
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n"])
    def test_keeps_the_white_space_before_its_names(
        self, tmp_path: Path, step: str, end: str
    ) -> None:
        lines = ["Harbour Office", f"{step}Finance", f"{step * 2}Payroll, Wages", f"{step}Pilots"]

        tables = read(tmp_path, end.join(lines))

        assert rows(tables) == [["name"], *([line] for line in lines)]
        assert tables.readings["staff"].header is None

    def test_may_have_further_cells_behind_the_names(self, tmp_path: Path) -> None:
        tables = read(tmp_path, "Office\tAdams\n\tFinance\tBrown\n\t\tPayroll\t\n", ".tsv")

        assert rows(tables) == [
            ["name", "column 2"],
            ["Office", "Adams"],
            ["\tFinance", "Brown"],
            ["\t\tPayroll", ""],
        ]

    def test_may_have_a_header(self, tmp_path: Path) -> None:
        tables = read(tmp_path, "Unit\tHead\nOffice\tAdams\n\tFinance\tBrown\n", ".tsv")

        assert rows(tables) == [["Unit", "Head"], ["Office", "Adams"], ["\tFinance", "Brown"]]

    @pytest.mark.parametrize("indent", ["   ", "\t"])
    def test_may_be_the_first_column_of_a_table(self, tmp_path: Path, indent: str) -> None:
        text = f"Unit,Head\nOffice,Adams\n{indent}Finance,Brown\n{indent * 2}Payroll,Clark\n"

        assert rows(read(tmp_path, text, ".csv")) == [
            ["Unit", "Head"],
            ["Office", "Adams"],
            [f"{indent}Finance", "Brown"],
            [f"{indent * 2}Payroll", "Clark"],
        ]

    def test_may_be_in_quotation_marks(self, tmp_path: Path) -> None:
        text = '"Unit","Head"\n"Office","Adams"\n"   Finance","Brown"\n'

        assert rows(read(tmp_path, text, ".csv"))[2] == ["   Finance", "Brown"]

    @given(outline=outlines(), step=st.sampled_from(["\t", "  ", "    "]))
    @examples()
    def test_is_read_back(
        self, tmp_path_factory: pytest.TempPathFactory, outline: list[tuple[int, str]], step: str
    ) -> None:
        lines = [step * depth + name for depth, name in outline]

        tables = read(tmp_path_factory.mktemp("outline"), "\n".join(lines))

        cells = rows(tables)
        # One word above a single root may be the header of a column.
        if cells[0] == ["name"]:
            assert cells[1:] == [[line] for line in lines]
        else:
            assert cells == [[line] for line in lines]


class TestMarkdown:
    @given(outline=outlines(), bullet=st.sampled_from(["-", "*", "+", "1.", "2)", "•"]))
    @examples()
    def test_is_read_back(
        self, tmp_path_factory: pytest.TempPathFactory, outline: list[tuple[int, str]], bullet: str
    ) -> None:
        lines = [f"{'   ' * depth}{bullet} {name}" for depth, name in outline]
        above: dict[int, str] = {-1: ""}
        expected = []
        for number, (depth, name) in enumerate(outline, start=2):
            above[depth] = str(number)
            expected.append([str(number), above[depth - 1], name])

        tables = read(tmp_path_factory.mktemp("outline"), "\n".join(lines), ".md")

        assert rows(tables)[1:] == expected

    def test_has_the_text_below_a_heading_as_its_description(self, tmp_path: Path) -> None:
        tables = read(tmp_path, "# Office\nRuns the\nharbour.\n\nNow.\n## Pilots\n", ".md")

        assert rows(tables)[1:] == [
            ["2", "", "Office", "Runs the harbour.\nNow."],
            ["3", "2", "Pilots", ""],
        ]

    def test_may_describe_a_name_in_bold(self, tmp_path: Path) -> None:
        tables = read(tmp_path, "- **Office**: runs it\n  - **Pilots** — bring in ships\n", ".md")

        assert rows(tables)[1:] == [
            ["2", "", "Office", "runs it"],
            ["3", "2", "Pilots", "bring in ships"],
        ]

    def test_may_hold_tables(self, tmp_path: Path) -> None:
        text = (
            "# Units\n\n| name | parent |\n|---|:--|\n| Office | |\n| Pilots \\| Ships | Office |\n"
        )

        assert rows(read(tmp_path, text, ".md"), "Units") == [
            ["name", "parent"],
            ["Office", ""],
            ["Pilots | Ships", "Office"],
        ]

    def test_has_a_title(self, tmp_path: Path) -> None:
        front = read(tmp_path, "---\ntitle: Harbour\n---\n- Office\n  - Pilots\n", ".md")
        heading = read(tmp_path, "# Harbour\n- Office\n  - Pilots\n", ".md")

        assert front.descriptor == heading.descriptor == {"title": "Harbour"}


class TestADiagram:
    @pytest.mark.parametrize(
        ("ending", "text"),
        [
            (".mmd", "graph TD\n a --> b\n a --> c\n b -.->|advises| c\n"),
            (".dot", "digraph { a -> {b c}; b -> c [style=dashed, label=advises] }"),
            (".dot", "digraph { a -> {b c}; b -> c [label=advises] }"),
        ],
    )
    def test_has_relations_beside_the_hierarchy(
        self, tmp_path: Path, ending: str, text: str
    ) -> None:
        tables = read(tmp_path, text, ending)

        assert rows(tables) == [
            ["id", "name", "parent"],
            ["a", "a", ""],
            ["b", "b", "a"],
            ["c", "c", "a"],
        ]
        assert rows(tables, "relations") == [["from", "to", "kind"], ["b", "c", "advises"]]

    @pytest.mark.parametrize(
        ("ending", "text"),
        [
            (".mmd", "graph TD\n subgraph s [Ships]\n  b\n end\n a --> b\n"),
            (".dot", "digraph { subgraph cluster_s { label=Ships; b } a -> b }"),
        ],
    )
    def test_has_groups_as_facts(self, tmp_path: Path, ending: str, text: str) -> None:
        frame = read(tmp_path, text, ending).frames["staff"].set_index("id")

        assert frame.loc["b"].to_dict() == {"name": "b", "parent": "a", "group": "Ships"}

    @pytest.mark.parametrize(
        ("ending", "text"),
        [
            (".mmd", "graph TD\n subgraph s [Ships]\n  b\n  c\n end\n"),
            (".mmd", "graph TD\n a --> s\n subgraph s [Ships]\n  b\n  c\n end\n"),
            (".dot", "digraph { subgraph cluster_s { label=Ships; b; c } }"),
        ],
    )
    def test_has_groups_as_units_where_they_make_the_hierarchy(
        self, tmp_path: Path, ending: str, text: str
    ) -> None:
        parents = dict(parents_by_name(read(tmp_path, text, ending)))

        assert parents["b"] == parents["c"] == "Ships"

    def test_has_several_parents_in_a_cell(self, tmp_path: Path) -> None:
        assert rows(read(tmp_path, "graph TD\n a & b --> c\n", ".mmd"))[3] == ["c", "c", "a;b"]

    def test_may_have_a_name_and_a_title_in_each_node(self, tmp_path: Path) -> None:
        text = "graph TD\n a[Vera Novak<br>Director] --> b[Petr Kolar<br/><i>Head of IT</i>]\n"

        assert rows(read(tmp_path, text, ".mmd")) == [
            ["id", "name", "parent", "description"],
            ["a", "Vera Novak", "", "Director"],
            ["b", "Petr Kolar", "a", "Head of IT"],
        ]

    def test_has_the_attributes_of_nodes_as_columns(self, tmp_path: Path) -> None:
        text = 'digraph { a [head="Adams", color=red, URL="https://a.example"]; a -> b }'

        assert rows(read(tmp_path, text, ".dot"))[:2] == [
            ["id", "name", "parent", "head", "URL"],
            ["a", "a", "", "Adams", "https://a.example"],
        ]

    def test_with_a_statement_that_is_not_understood_is_read_without_it(
        self, tmp_path: Path
    ) -> None:
        tables = read(tmp_path, "graph TD\n a --> b\n this is wrong ->\n", ".mmd")

        assert parents_by_name(tables) == [("a", ""), ("b", "a")]
        assert [(problem.record, problem.value) for problem in tables.problems] == [
            (3, "this is wrong ->")
        ]

    @pytest.mark.parametrize("text", ["digraph { a -> b; b -> a }", "digraph { a -> a -> b -> a}"])
    def test_may_have_a_circle(self, tmp_path: Path, text: str) -> None:
        assert parents_by_name(read(tmp_path, text, ".dot")) == [("a", "b"), ("b", "a")]

    def test_without_direction_has_each_edge_once(self, tmp_path: Path) -> None:
        tables = read(tmp_path, "graph { a -- b; b -- a }", ".dot")

        assert parents_by_name(tables) == [("a", ""), ("b", "a")]


class TestLinkedData:
    @given(organization=organizations(), address=st.sampled_from(["", "https://h.example/org/"]))
    @examples(30)
    def test_that_is_written_is_read_back(
        self,
        tmp_path_factory: pytest.TempPathFactory,
        organization: Organization,
        address: str,
    ) -> None:
        folder = tmp_path_factory.mktemp("linked")
        for content, ending in (
            (turtle(organization, address), ".ttl"),
            (json_ld(organization, address), ".jsonld"),
        ):
            back = import_tables(read(folder, content, ending)).organization

            assert statements(back) == statements(organization)

    def test_has_heads_and_other_facts(self, tmp_path: Path) -> None:
        text = """
            @prefix org: <http://www.w3.org/ns/org#> .
            @prefix foaf: <http://xmlns.com/foaf/0.1/> .
            @prefix : <http://h.example/> .
            :1 a org:Organization ; foaf:name "Office" ; foaf:homepage <http://o.example> .
            :2 org:unitOf :1 ; foaf:name "Pilots" .
            :ann a foaf:Person ; foaf:name "Ann Lake" ; org:headOf :1 .
        """

        assert rows(read(tmp_path, text, ".ttl"))[:2] == [
            ["id", "name", "parent", "head", "homepage"],
            ["http://h.example/1", "Office", "", "Ann Lake", "http://o.example"],
        ]

    def test_may_be_of_people_who_report_to_each_other(self, tmp_path: Path) -> None:
        text = """
            @prefix org: <http://www.w3.org/ns/org#> .
            @prefix foaf: <http://xmlns.com/foaf/0.1/> .
            <a> foaf:name "Ann" . <b> foaf:name "Bo" ; org:reportsTo <a> .
        """

        assert parents_by_name(read(tmp_path, text, ".ttl")) == [("Ann", ""), ("Bo", "Ann")]

    def test_may_name_a_parent_in_each_of_its_parts(self, tmp_path: Path) -> None:
        text = """{"@context": "https://schema.org", "@graph": [
            {"@type": "Organization", "name": "A", "parentOrganization": {"name": "Office"}},
            {"@type": "Organization", "name": "B", "parentOrganization": {"name": "Office"}},
            {"@type": "Organization", "name": "Office", "url": "https://o.example"}]}"""

        assert sorted(parents_by_name(read(tmp_path, text, ".jsonld"))) == [
            ("A", "Office"),
            ("B", "Office"),
            ("Office", ""),
        ]

    def test_may_have_parts_of_the_same_name(self, tmp_path: Path) -> None:
        part = '{"@type": "Organization", "name": "Desk"}'
        text = f"""{{"@context": "https://schema.org", "@graph": [
            {{"@type": "Organization", "name": "A", "department": {part}}},
            {{"@type": "Organization", "name": "B", "department": [{part}]}}]}}"""

        assert sorted(parents_by_name(read(tmp_path, text, ".jsonld"))) == [
            ("A", ""),
            ("B", ""),
            ("Desk", "A"),
            ("Desk", "B"),
        ]

    def test_without_a_hierarchy_is_read_as_other_json(self, tmp_path: Path) -> None:
        text = '{"@context": "https://x.example", "units": [{"id": "1"}, {"id": "2"}]}'

        assert rows(read(tmp_path, text, ".json")) == [["id"], ["1"], ["2"]]


def statements(organization: Organization) -> dict[str, object]:
    """Return what linked data state of an organization."""
    ids = organization.units["id"]
    return {
        "units": {
            unit_id: (name, ids[parent] if parent >= 0 else "")
            for unit_id, name, parent in zip(
                ids, organization.units["name"], organization.parent.tolist(), strict=True
            )
        },
        "responsibilities": {
            unit_id: [duty.text for duty in organization.responsibilities.of(unit)]
            for unit, unit_id in enumerate(ids)
        },
        # Each relation is a link; a kind is stated beside it.
        "links": {(ids[row.origin], ids[row.target]) for row in organization.relations.rows},
        "relations": {
            (ids[row.origin], ids[row.target], row.kind)
            for row in organization.relations.rows
            if row.kind
        },
    }


class TestADirectory:
    def test_of_people_has_their_managers(self, tmp_path: Path) -> None:
        text = (
            "dn: ou=people,dc=mill\nobjectClass: organizationalUnit\nou: people\n\n"
            "dn: cn=Vera,ou=people,dc=mill\nobjectClass: inetOrgPerson\ncn: Vera\n\n"
            "dn: cn=Petr,ou=people,dc=mill\nobjectClass: inetOrgPerson\ncn: Petr\n"
            "title: Head of IT\ntelephoneNumber: 1\ntelephoneNumber: 2\n"
            "manager: cn=Vera,ou=people,dc=mill\n"
        )

        tables = read(tmp_path, text, ".ldif")

        assert rows(tables) == [
            ["name", "dn", "title", "telephonenumber", "manager"],
            ["Vera", "cn=Vera,ou=people,dc=mill", "", "", ""],
            ["Petr", "cn=Petr,ou=people,dc=mill", "Head of IT", "1;2", "cn=Vera,ou=people,dc=mill"],
        ]
        assert [problem.value for problem in tables.problems] == ["ou=people,dc=mill"]

    def test_of_cards_has_their_properties(self, tmp_path: Path) -> None:
        text = (
            "BEGIN:VCARD\r\nVERSION:4.0\r\nUID:urn:uuid:1\r\nFN:Vera\r\n  Novak\r\n"
            "TITLE:Director\r\nORG:Mill\\, Ltd.;Board\r\nEMAIL;TYPE=work:vera@h.example\r\n"
            "END:VCARD\r\n"
            "BEGIN:VCARD\r\nVERSION:2.1\r\nN:Kolar;Petr;;Dr.;\r\n"
            "NOTE;ENCODING=QUOTED-PRINTABLE:caf=C3=A9 =\r\n open\r\nX-MANAGER:Vera Novak\r\n"
            "END:VCARD\r\n"
        )

        assert rows(read(tmp_path, text, ".vcf")) == [
            ["name", "id", "title", "organization", "department", "email", "notes", "manager"],
            [
                "Vera Novak",
                "urn:uuid:1",
                "Director",
                "Mill, Ltd.",
                "Board",
                "vera@h.example",
                "",
                "",
            ],
            ["Dr. Petr Kolar", "", "", "", "", "", "café  open", "Vera Novak"],
        ]

    @pytest.mark.parametrize(
        "line",
        [
            "RELATED;TYPE=manager;VALUE=text:Vera",
            "RELATED;TYPE=contact:urn:uuid:1",
            "X-MS-MANAGER:Vera",
            "item1.X-ABRELATEDNAMES:Vera\nitem1.X-ABLabel:_$!<Manager>!$_",
        ],
    )
    def test_of_cards_names_managers_in_several_ways(self, tmp_path: Path, line: str) -> None:
        text = (
            "BEGIN:VCARD\nUID:urn:uuid:1\nFN:Vera\nEND:VCARD\n"
            f"BEGIN:VCARD\nFN:Petr\n{line}\nEND:VCARD\n"
        )

        assert imported(read(tmp_path, text, ".vcf")) == [("Vera", ""), ("Petr", "Vera")]


class TestYaml:
    def test_keeps_texts_as_they_are_written(self, tmp_path: Path) -> None:
        text = "- id: 007\n  since: 2020-01-01\n  open: yes\n  size: 1.50\n  note: ~\n- id: 0x1F\n"

        assert rows(read(tmp_path, text, ".yaml"))[1:] == [
            ["007", "2020-01-01", "yes", "1.50", ""],
            ["0x1F", "", "", "", ""],
        ]

    def test_may_refer_to_what_stands_above(self, tmp_path: Path) -> None:
        text = "base: &b {kind: office}\nunits:\n- <<: *b\n  name: A\n- {<<: [*b], name: B}\n"

        assert rows(read(tmp_path, text, ".yaml"))[1:] == [["office", "A"], ["office", "B"]]

    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            (
                "a: &a [1,1,1,1,1,1,1,1,1,1]\n"
                + "".join(
                    f"{name}: &{name} [{','.join([f'*{before}'] * 10)}]\n"
                    for before, name in zip("abcdefghi", "bcdefghij", strict=True)
                ),
                ProblemKind.TOO_LARGE,
            ),
            ("a: &a\n  b: *a\n", ProblemKind.UNREADABLE),
            ("[" * 100_000, ProblemKind.UNREADABLE),
            ("- a: b\n   c: d\n", ProblemKind.UNREADABLE),
            ("!!python/object/apply:os.getcwd []", ProblemKind.EMPTY),
            ("# nothing\n", ProblemKind.EMPTY),
        ],
        ids=["laughs", "circle", "deep", "indentation", "object", "nothing"],
    )
    def test_that_is_faulty_or_hostile_is_rejected(
        self, tmp_path: Path, text: str, kind: ProblemKind
    ) -> None:
        assert rejection(tmp_path, text, ".yaml", Limits(unpacked_megabytes=64)).kind is kind


class TestSql:
    def test_reads_quoted_texts(self, tmp_path: Path) -> None:
        mysql = "INSERT INTO `unit` (`id`,`name`) VALUES (1,'O\\'Hara; (x), y'),(-2,'it''s');"
        standard = "INSERT INTO \"unit\" (id, name) VALUES (1, 'C:\\');"

        assert rows(read(tmp_path, mysql, ".sql"))[1:] == [["1", "O'Hara; (x), y"], ["-2", "it's"]]
        assert rows(read(tmp_path, standard, ".sql"))[1:] == [["1", "C:\\"]]

    def test_has_a_table_for_each_of_the_dump(self, tmp_path: Path) -> None:
        text = "INSERT INTO a.unit (id) VALUES (1)\nGO\nINSERT INTO a.head (unit) VALUES (1)\nGO\n"

        assert list(read(tmp_path, text, ".sql").frames) == ["unit", "head"]


@pytest.mark.parametrize(
    ("ending", "text", "kind", "words"),
    [
        (".md", "Only text.\n", ProblemKind.UNKNOWN_FORMAT, "in Markdown"),
        (".mmd", "sequenceDiagram\n A->>B: x\n", ProblemKind.UNKNOWN_FORMAT, "“sequenceDiagram”"),
        (".puml", "@startuml\nA -> B\n", ProblemKind.UNKNOWN_FORMAT, "PlantUML"),
        (".sql", "CREATE TABLE x (id int);\n", ProblemKind.UNKNOWN_FORMAT, "in SQL"),
        (".vcf", "x\n", ProblemKind.UNKNOWN_FORMAT, "in vCard"),
        (".ldif", "version: 1\n", ProblemKind.UNKNOWN_FORMAT, "LDIF"),
        (".ttl", "<a> <b> <c> .\n", ProblemKind.UNKNOWN_FORMAT, "in Turtle (linked data)"),
        (".ttl", "<a> <b> .\n", ProblemKind.UNREADABLE, "Turtle at line 1"),
        (".dot", "digraph { a -> }", ProblemKind.UNREADABLE, "DOT at line 1"),
        (".dot", "digraph " + "{" * 10_000, ProblemKind.UNREADABLE, "nested too deeply"),
        (".dot", "digraph { }", ProblemKind.UNKNOWN_FORMAT, "no nodes"),
        (".opml", "<opml><body/></opml>", ProblemKind.UNKNOWN_FORMAT, "no nodes"),
        (".opml", '<!DOCTYPE x [<!ENTITY a "b">]><opml/>', ProblemKind.UNREADABLE, "document type"),
    ],
)
def test_a_file_without_units_is_rejected_in_a_sentence(
    tmp_path: Path, ending: str, text: str, kind: ProblemKind, words: str
) -> None:
    problem = rejection(tmp_path, text, ending)

    assert problem.kind is kind
    assert words in problem.reason
    assert problem.remedy


TABLES = [
    "name\nHealth\nTrade\n",
    "dn\ncn=a\ncn=b\n",
    'dn,cn,manager\n"cn=a,dc=x",a,\n"cn=b,dc=x",b,"cn=a,dc=x"\n',
    'name,duties\nA,"- x\n- y"\nB,"* z"\n',
    "name,parent\n- A,\n- B,- A\n",
    "name;note\n# A;1\n# B;2\n",
    "1. Health,Smith\n2. Trade,Jones\n",
    "graph\nA\nB\n",
    "graph TD\nA\nB\n",
    "mindmap\nA\nB\n",
    "digraph,name\nx,y\n",
    "name: parent\nA: B\nC: A\n",
    "Ann:\nBob:\n",
    "key: value\na: b\n",
    "---\nname,parent\nA,\n",
    "id: 1, name: A\nid: 2, name: B\n",
    "create table,insert into\na,b\n",
    "Begin;\na;b\n",
    "SET x=1;\na;b\n",
    "copy x from stdin,b\n1,2\n",
    "@prefix,uri\na,b\n",
    "PREFIX,NAME\nMr,X\n",
    "BEGIN,END\n1,2\n",
    "id\tname\n1\tA\n\tB\n",
    "level 1\tlevel 2\nHealth\t\n\tHospitals\n\tCare\n",
    "a\tb\tc\nHealth\t\t\n\tHospitals\t\n\t\tSurgery\n",
    "name\tparent\nA\t\nB\tA\n\tA\n",
    "Unit,Head\nHarbour,Adams\n   Finance,Brown\n",
    "Title\n\nname,parent\nA,\nB,A\n",
    "A > B\nA > B > C\n",
    "12:30\n13:40\n",
    "1.1 Finance\n1.2 Trade\n",
    " name,parent\n A,\n B,A\n",
    "| name | parent |\n|---|---|\n| A | |\n",
]


@pytest.mark.parametrize("ending", [".csv", ".tsv", ".txt", ""])
@pytest.mark.parametrize("text", TABLES)
def test_an_ordinary_table_stays_one(tmp_path: Path, text: str, ending: str) -> None:
    (reading,) = read(tmp_path, text, ending).readings.values()

    assert reading.format == "CSV"


@pytest.mark.parametrize("text", ["- A\n  - B\n", "A\n\tB\n", "graph TD\nA --> B\n"])
def test_a_delimiter_or_a_header_in_the_options_makes_any_text_a_table(
    tmp_path: Path, text: str
) -> None:
    for options in (Options(delimiter=";"), Options(header=0)):
        (reading,) = read(tmp_path, text, options=options).readings.values()

        assert reading.format == "CSV"


def test_a_folder_has_other_notations_only_where_it_has_no_tables(tmp_path: Path) -> None:
    (tmp_path / "units.csv").write_text("name,parent\nA,\nB,A\n")
    (tmp_path / "notes.md").write_text("# Notes\n- x\n")
    assert list(read_tables(tmp_path).frames) == ["units"]

    (tmp_path / "units.csv").unlink()
    assert list(read_tables(tmp_path).frames) == ["notes"]


SQL = "INSERT INTO u (id) VALUES "
MANY: dict[str, Callable[[int], str]] = {
    ".md": lambda n: "".join(f"{'  ' * (i % 5)}- **Unit** {i}\n" for i in range(n)),
    ".mmd": lambda n: "graph TD\n" + "".join(f" a{i // 3} --> a{i + 1}[x]\n" for i in range(n)),
    ".dot": lambda n: "digraph {" + "".join(f"a{i // 3} -> a{i + 1};\n" for i in range(n)) + "}",
    ".ldif": lambda n: "".join(f"dn: cn={i}\ncn: {i}\nmanager: cn=1\n\n" for i in range(n)),
    ".vcf": lambda n: "BEGIN:VCARD\nFN:A\nRELATED:1\nUID:1\nEND:VCARD\n" * n,
    ".sql": lambda n: SQL + ",".join(f"({i})" for i in range(n)) + ";",
    ".yaml": lambda n: "name: A\nteams:\n" + "".join(f"- name: B{i}\n" for i in range(n)),
    ".txt": lambda n: "A\n" + "".join(f"\tB {i}\n" for i in range(n)),
    ".ttl": lambda n: "@prefix o: <http://www.w3.org/ns/org#> .\n<r> o:hasUnit "
    + ",".join(f"<{i}>" for i in range(n)) + " .",
}  # fmt: skip
HOSTILE = {
    "comments.sql": "INSERT INTO t VALUES (1);\n" + "/* " * 100_000,
    "brackets.md": "- " + "[" * 200_000,
    "spaces.txt": " \n" * 100_000 + "x",
    "comments.txt": "/* x */\n" * 50_000 + "x",
    "create.txt": "CREATE TABLE " * 50_000,
    "quotes.sql": "INSERT INTO u VALUES ('" + "x''" * 100_000,
    "links.mmd": "graph TD\nA --> B\n" + "A -- " * 50_000,
    "html.dot": "digraph { a [label=" + "<" * 100_000,
    "parameters.vcf": "BEGIN:VCARD\nA;" + 'a="";' * 50_000,
}


@pytest.mark.parametrize("ending", MANY)
def test_time_is_linear(tmp_path: Path, ending: str) -> None:
    def seconds(count: int) -> float:
        text = MANY[ending](count)
        start = time.process_time()
        read(tmp_path, text, ending)
        return time.process_time() - start

    seconds(100)

    assert seconds(8_000) < 12 * seconds(2_000) + 0.2


@pytest.mark.parametrize("file", HOSTILE)
def test_a_hostile_text_takes_no_longer_than_others(tmp_path: Path, file: str) -> None:
    (tmp_path / file).write_text(HOSTILE[file])
    start = time.process_time()
    with suppress(DataError):
        read_tables(tmp_path / file)

    assert time.process_time() - start < 5
