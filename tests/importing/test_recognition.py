"""The recognition of tables and columns by their names and their cells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from components.importing.column_settings import Choices
from components.importing.import_tables import import_tables
from components.importing.report import Imported
from components.model.organization import Organization
from components.problems import DataError, ProblemKind
from components.reading.tables import Tables
from components.settings import column_map
from tests.organizations import frame, import_of, organization_of, outline, tables

HEADERS = {
    "English, of posts": "post unique reference, post, reports to",
    "English, in one word": "nodeId, name, parentNodeId",
    "English, of staff": "record_id, Name, Manager ID",
    "English, in capitals": "ORG-UNIT-ID, ORG-UNIT-NAME, PARENT-ORG-UNIT-ID",
    "Spanish": "unidad_organica_id, nombre, unidad_organica_superior_id",
    "Spanish, of the state": "C_ID_UD_ORGANICA, C_DNM_UD_ORGANICA, C_ID_DEP_UD_SUPERIOR",
    "French": "Identifiant, Libellé, Service parent",
    "Italian": "codiceUniUo, descrizioneUo, codiceUniUoPadre",
    "Portuguese": "Código da unidade, Nome, Unidade pai",
    "German": "Schlüssel, Bezeichnung, Übergeordnete Einheit",
    "Dutch": "Code, Naam, Bovenliggende eenheid",
    "Norwegian": "Organisasjonsnummer, Navn, Overordnet enhet",
    "Swedish": "Organisationsnummer, Namn, Överordnad",
    "Finnish": "Tunnus, Nimi, Ylempi",
    "Polish": "Kod jednostki, Nazwa, Jednostka nadrzędna",
    "Czech": "Kód, Název, Nadřízený útvar",
    "Turkish": "Kod, Birim adı, Üst birim",
    "Greek": "Κωδικός, Ονομασία, Υπάγεται",
    "Russian": "Код, Наименование, Вышестоящий орган",
    "Ukrainian": "Ідентифікатор, Назва, Вищестоящий орган",
    "Arabic": "رمز, الاسم, الجهة الأم",
    "Korean": "기관코드, 전체기관명, 차상위기관코드",
    "Japanese": "組織コード, 組織名, 上位組織コード",
    "Chinese": "机构代码, 机构名称, 上级机构代码",
    "Chinese, of Taiwan": "機關代碼, 機關名稱, 主管機關代碼",
}


def columns(imported: Imported, table: str = "units") -> Mapping[str, str]:
    """Return the column names of a table by the standard column that they were roles as."""
    return next(report.columns for report in imported.tables if report.table == table)


def role_of(imported: Imported, table: str) -> str:
    return next(report.role for report in imported.tables if report.table == table)


def import_with_columns(
    text: str, *, descriptor: Mapping[str, Any] | None = None, **mapping: str
) -> Imported:
    """Import a table whose columns are set explicitly, as by ``--map``."""
    return import_tables(tables(text, descriptor=descriptor), Choices(column_map_of(mapping)))


def organization_with_columns(
    text: str, *, descriptor: Mapping[str, Any] | None = None, **mapping: str
) -> Organization:
    """Return the organization in a table whose columns are set explicitly, as by ``--map``."""
    return import_with_columns(text, descriptor=descriptor, **mapping).organization


def column_map_of(mapping: Mapping[str, str]) -> Mapping[str, str]:
    return column_map([f"{role}={column}" for role, column in mapping.items()], "--map")


class TestRecognitionByNames:
    @pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS)
    def test_ids_names_and_parents_are_recognised_in_many_languages(self, header: str) -> None:
        unit, name, parent = (column.strip() for column in header.split(","))

        imported = import_of(f"""
            {header}
            x1, Board,
            x2, Staff, x1
            x3, Audit, x1
            x4, Pay,   x2
        """)

        roles = columns(imported)
        assert roles["id"] == unit
        assert roles["name"] == name
        assert roles["parent_id"] == parent
        assert outline(imported.organization) == ["x1", ". x2", ". . x4", ". x3"]
        assert list(imported.organization.units["name"]) == ["Board", "Staff", "Pay", "Audit"]
        assert imported.organization.problems == ()

    @pytest.mark.parametrize(
        "header",
        [
            "acronym, type, responsibilities, status, head, location, summary, aliases",
            "Abbreviation, Category, Duties, State, Leader, City, Mission, Also known as",
            "Siglas, Tipo, Funciones, Estado, Titular, Municipio, Descripción, Otros nombres",
            "Sigle, Type de structure, Attributions, Statut, Dirigeant, Ville, Résumé, Autres noms",
            "Kürzel, Typ, Aufgaben, Zustand, Leitung, Standort, Zweck, Andere Namen",
            "약칭, 기관유형, 담당업무, 폐지여부, 기관장, 소재지, 설명, aliases",
            "略語, 種別, 分掌事務, 状態, 責任者, 所在地, 概要, 別名",
        ],
    )
    def test_further_columns_of_units_are_recognised_in_many_languages(self, header: str) -> None:
        organization = organization_of(f"""
            id, name, parent, {header}
            1, Board, ,       B, office, Rules,  active, Ada, Quay, Is above., Top
            2, Staff, 1,      S, unit,   Counts, closed, Bo,  Dock, Is below., Low
            3, Audit, 1,      A, unit,   Checks, active, Cy,  Dock, Is below., Law
        """)

        unit = organization.unit(1)
        assert (unit.acronym, unit.type, unit.status, unit.head) == ("S", "unit", "closed", "Bo")
        assert (unit.location, unit.summary, unit.aliases) == ("Dock", "Is below.", ("Low",))
        assert [row.text for row in organization.responsibilities.of(1)] == ["Counts"]

    def test_a_column_of_ids_may_have_empty_and_repeated_cells(self) -> None:
        organization = organization_of("""
            id, name,  parent
            7,  Board,
            ,   Staff, Board
            ,   Pay,   Staff
            7,  Audit, Board
        """)

        assert outline(organization) == ["7", ". staff", ". . pay", ". 7-2"]
        assert [problem.kind for problem in organization.problems] == [ProblemKind.DUPLICATE_ID]

    def test_columns_of_duties_and_remarks_are_not_used_as_names(self) -> None:
        organization = organization_of("""
            id, parent, duties,         remarks
            a,  ,       Rules the port, A long remark
            b,  a,      Counts ships,   Another remark
        """)

        assert list(organization.units["name"]) == ["a", "b"]


class TestRecognitionByValues:
    def test_a_parent_column_that_matches_no_unit_loses_to_one_that_does(self) -> None:
        imported = import_of("""
            id, name,  parent,  reports_to
            1,  Board, Group A,
            2,  Staff, Group B, 1
            3,  Pay,   Group B, 2
            4,  Audit, Group C, 1
        """)

        assert columns(imported)["parent_id"] == "reports_to"
        assert outline(imported.organization) == ["1", ". 2", ". . 3", ". 4"]

    def test_a_parent_column_may_contain_names_in_a_table_with_ids(self) -> None:
        organization = organization_of("""
            code, department, supervisor
            17,   Board,
            23,   Staff,      Board
            31,   Pay,        Staff
        """)

        assert outline(organization) == ["17", ". 23", ". . 31"]

    @pytest.mark.parametrize("ranks", ["rank", "floor", "headcount"])
    def test_small_numbers_that_match_ids_by_chance_are_not_parents(self, ranks: str) -> None:
        imported = import_of(f"""
            id, name,  {ranks}
            1,  Board, 1
            2,  Staff, 2
            3,  Pay,   3
            4,  Audit, 2
            5,  Law,   3
            6,  Desk,  3
        """)

        assert "parent_id" not in columns(imported)
        assert len(list(imported.organization.children(0))) == 6

    @pytest.mark.parametrize("top", ["parent_root", "top_parent_id", "ultimate parent"])
    @pytest.mark.parametrize("order", ["top first", "parent first"])
    def test_a_column_of_topmost_units_loses_to_the_column_of_parents(
        self, top: str, order: str
    ) -> None:
        header = f"{top}, parent_id" if order == "top first" else f"parent_id, {top}"
        pairs = [("", ""), ("1", "1"), ("1", "2"), ("1", "3"), ("1", "3")]
        if order == "parent first":
            pairs = [(above, highest) for highest, above in pairs]
        rows = [f"{n}, Unit {n}, {one}, {two}" for n, (one, two) in enumerate(pairs, start=1)]

        organization = organization_of("\n".join([f"id, name, {header}", *rows]))

        assert outline(organization) == ["1", ". 2", ". . 3", ". . . 4", ". . . 5"]

    def test_a_column_of_any_name_has_the_parents_if_all_its_cells_are_ids(self) -> None:
        imported = import_of("""
            id, name,  zz
            u1, Board,
            u2, Staff, u1
            u3, Audit, u1
            u4, Pay,   u2
        """)

        assert columns(imported)["parent_id"] == "zz"
        assert outline(imported.organization) == ["u1", ". u2", ". . u4", ". u3"]

    def test_ids_and_names_are_distinguished_whatever_the_columns_are_called(self) -> None:
        organization = organization_of("""
            key, what,             parent
            k1,  The whole board,
            k2,  All of the staff, k1
            k3,  The pay desk,     k2
        """)

        assert outline(organization) == ["k1", ". k2", ". . k3"]
        assert organization.unit(2).name == "The pay desk"


class TestCompositeKeys:
    def test_are_used_if_a_code_is_unique_only_within_another_column(self) -> None:
        imported = import_of("""
            ministry, code, name,   parent_code
            M1,       1,    Health,
            M1,       2,    Care,   1
            M1,       3,    Nurses, 2
            M2,       1,    Tax,
            M2,       2,    Income, 1
            M2,       3,    Forms,  2
        """)

        assert columns(imported)["id"] == "ministry+code"
        assert columns(imported)["parent_id"] == "ministry+parent_code"
        assert outline(imported.organization)[1:] == [
            ". M1/1",
            ". . M1/2",
            ". . . M1/3",
            ". M2/1",
            ". . M2/2",
            ". . . M2/3",
        ]

    def test_can_be_set_explicitly(self) -> None:
        organization = organization_with_columns(
            """
            a, b, what,  up_a, up_b
            x, 1, Board, ,
            y, 1, Staff, x,    1
            """,
            id="a+b",
            parent="up_a+up_b",
        )

        assert outline(organization) == ["x/1", ". y/1"]


class TestADataPackage:
    SCHEMA: Mapping[str, Any] = {
        "primaryKey": "k",
        "foreignKeys": [{"fields": ["up"], "reference": {"resource": "", "fields": ["k"]}}],
    }

    def test_declares_the_columns_of_ids_and_parents_by_its_keys(self) -> None:
        organization = organization_with_columns(
            """
            id, k, label, parent, up
            9,  a, Board, ,
            8,  b, Staff, 9,      a
            7,  c, Pay,   9,      b
            """,
            descriptor={"resources": [{"name": "units", "schema": self.SCHEMA}]},
        )

        assert outline(organization) == ["a", ". b", ". . c"]

    def test_may_declare_a_second_column_of_parents(self) -> None:
        keys = [
            {"fields": column, "reference": {"resource": "", "fields": "k"}}
            for column in ("Reports to", "Dotted line to")
        ]
        organization = organization_with_columns(
            """
            k, label, Dotted line to, Reports to
            a, Board, ,
            b, Staff, ,               a
            c, Pay,   a,              b
            """,
            descriptor={"resources": [{"name": "units", "schema": {"foreignKeys": keys}}]},
        )

        assert outline(organization) == ["a", ". b", ". . c"]
        assert {(each.origin, each.target) for each in organization.relations.rows} == {(2, 0)}

    @pytest.mark.parametrize(
        "schema",
        [
            None,
            [],
            {"primaryKey": 7},
            {"primaryKey": "gone"},
            {"primaryKey": ["id", "gone"]},
            {"foreignKeys": 7},
            {"foreignKeys": {"fields": "parent"}},
            {"foreignKeys": ["parent"]},
            {"foreignKeys": [{"fields": "gone", "reference": {"resource": ""}}]},
            {"foreignKeys": [{"fields": "parent", "reference": "units"}]},
        ],
        ids=repr,
    )
    def test_with_invalid_keys_or_unknown_columns_is_ignored(self, schema: object) -> None:
        organization = organization_with_columns(
            "id, name, parent\na, A,\nb, B, a",
            descriptor={"resources": [{"name": "units", "schema": schema}]},
        )

        assert outline(organization) == ["a", ". b"]


class TestColumnsThatAreSet:
    TABLE = """
        c1, c2,    c3, c4,    c5, c6,   c7, c8,    c9
        1,  Board, ,   Rules, B,  body, Ad, here,  active
        2,  Staff, 1,  Pays,  S,  desk, Bo, there, closed
        3,  Audit, 1,  Looks, A,  desk, Cy, there, active
    """

    @pytest.mark.parametrize(
        ("role", "column", "value"),
        [
            ("id", "c5", "S"),
            ("name", "c4", "Pays"),
            ("short_name", "c5", "S"),
            ("acronym", "c5", "S"),
            ("type", "c6", "desk"),
            ("head", "c7", "Bo"),
            ("location", "c8", "there"),
            ("summary", "c4", "Pays"),
            ("status", "c9", "closed"),
            ("source", "c8", "there"),
            ("notes", "c4", "Pays"),
        ],
    )
    def test_are_used_for_the_role_they_are_set_for(
        self, role: str, column: str, value: str
    ) -> None:
        mapping = {"id": "c1", "name": "c2", "parent": "c3", role: column}
        if role == "id":
            mapping["parent"] = "c1"

        imported = import_with_columns(self.TABLE, **mapping)

        assert value in imported.organization.units[role]
        assert columns(imported)[role] == column

    def test_may_have_the_parents(self) -> None:
        organization = organization_with_columns(self.TABLE, id="c1", parent="c3")

        assert outline(organization) == ["1", ". 2", ". 3"]

    def test_may_have_responsibilities_and_aliases(self) -> None:
        organization = organization_with_columns(
            self.TABLE, id="c1", responsibilities="c4", aliases="c5"
        )

        assert [row.text for row in organization.responsibilities.rows] == [
            "Rules",
            "Pays",
            "Looks",
        ]
        assert [organization.unit(unit).aliases for unit in (1, 2, 3)] == [("B",), ("S",), ("A",)]

    def test_may_be_the_levels_of_a_hierarchy(self) -> None:
        organization = organization_with_columns(
            """
            x,   y,      z
            Gov, Health, Clinics
            Gov, Health, Wards
            Gov, Tax,    Forms
            """,
            levels="x+y+z",
        )

        assert outline(organization) == [
            "gov",
            ". health",
            ". . clinics",
            ". . wards",
            ". tax",
            ". . forms",
        ]

    def test_may_have_paths(self) -> None:
        organization = organization_with_columns("where\nGov\nGov/Tax\nGov/Tax/Forms", path="where")

        assert outline(organization) == ["gov", ". tax", ". . forms"]

    def test_may_have_lists_of_children(self) -> None:
        organization = organization_with_columns(
            "k, n, below\n1, Gov, 2;3\n2, Tax,\n3, Health,", id="k", children="below"
        )

        assert outline(organization) == ["1", ". 2", ". 3"]

    def test_may_have_the_names_of_parents(self) -> None:
        organization = organization_with_columns(
            "id, name, up, called\na, A, q, Cabinet\nb, B, a, A", parent="up", parent_name="called"
        )

        assert (organization.unit(0).id, organization.unit(0).name) == ("q", "Cabinet")

    def test_may_be_written_in_another_case_and_with_other_separators(self) -> None:
        organization = organization_with_columns(
            "Id, Full Name, Over\na, A,\nb, B, a", parent="OVER", name="full_name"
        )

        assert outline(organization) == ["a", ". b"]
        assert list(organization.units["name"]) == ["A", "B"]

    @pytest.mark.parametrize("column", ["boss", "id+boss", "+"])
    def test_that_do_not_exist_are_an_error_that_lists_the_columns(self, column: str) -> None:
        with pytest.raises(DataError) as raised:
            organization_with_columns("id, name, parent\na, A,\nb, B, a", parent=column)

        (problem,) = raised.value.problems
        assert problem.kind is ProblemKind.NO_SUCH_CHOICE
        assert problem.reason == (
            f"There is no column called “{column}”; the columns are “id”, “name”, “parent”."
        )


class TestRolesOfTables:
    def test_the_table_that_others_refer_to_has_the_units(self) -> None:
        frames = {
            "a": frame("unit code, duty\n10, Rules\n20, Pays\n20, Collects"),
            "b": frame("code, title, parent\n10, Gov,\n20, Tax, 10"),
        }

        imported = import_tables(Tables("two", frames))

        assert (role_of(imported, "a"), role_of(imported, "b")) == ("responsibilities", "units")

    def test_a_table_with_source_and_target_has_relations(self) -> None:
        imported = import_of(
            "id, name, parent\na, A,\nb, B, a\nc, C, a",
            cooperation="source, target, type\nb, c, advises",
        )

        (relation, _) = imported.organization.relations.rows
        assert (relation.origin, relation.target, relation.kind) == (1, 2, "advises")
        assert role_of(imported, "cooperation") == "relations"

    def test_a_table_with_duties_of_units_has_responsibilities(self) -> None:
        imported = import_of(
            "code, title, parent\n10, Gov,\n20, Tax, 10",
            what="unit code, duty\n20, Collects\n20, Pays back\n10, Rules",
        )

        assert [row.text for row in imported.organization.responsibilities.of(1)] == [
            "Collects",
            "Pays back",
        ]
        assert role_of(imported, "what") == "responsibilities"

    def test_a_side_table_may_refer_to_units_by_name(self) -> None:
        organization = organization_of(
            "code, title, parent\n10, Gov,\n20, Tax Office, 10",
            duties="department, duty\nTax office, Collects\nGov, Rules",
        )

        assert organization.problems == ()
        assert [row.text for row in organization.responsibilities.of(1)] == ["Collects"]


def test_of_a_chosen_state_the_other_days_say_nothing() -> None:
    states = {
        f"posts-{year}": frame(f"""
            id, name,    parent, duties
            a,  Board,   ,       Decides
            b,  Payroll, a,      {duties}
            """)
        for year, duties in (("2025", "Pays wages"), ("2026", "Pays pensions"))
    }

    organization = import_tables(
        Tables("states", states, {}), Choices(table="posts-2025")
    ).organization

    assert [row.text for row in organization.responsibilities.rows] == ["Decides", "Pays wages"]
