"""The ways in which tables describe a hierarchy: levels, paths, ids, children, links."""

from __future__ import annotations

import pytest

from components.model.organization import Organization
from tests.organizations import organization_of, outline

GOVERNMENT = ["gov", ". health", ". . clinics", ". . wards", ". tax", ". . forms"]


def outline_without_problems(organization: Organization) -> list[str]:
    """Return the outline of an organization without problems."""
    assert organization.problems == ()
    return outline(organization)


class TestLevels:
    @pytest.mark.parametrize(
        "header",
        [
            "level1, level2, level3",
            "Level 1, Level 2, Level 3",
            "L1, L2, L3",
            "unit_0, unit_1, unit_2",
            "Ebene 1, Ebene 2, Ebene 3",
            "nivel 1, nivel 2, nivel 3",
            "第1階層, 第2階層, 第3階層",
            "Ministry, Department, Section",
            "Ministry name, Department name, Section name",
            "Secretaría, Dirección, Departamento",
        ],
    )
    def test_are_columns_of_names_from_the_top_down(self, header: str) -> None:
        organization = organization_of(f"""
            {header}
            Gov, Health, Clinics
            Gov, Health, Wards
            Gov, Tax,    Forms
        """)

        assert outline_without_problems(organization) == GOVERNMENT

    def test_may_have_a_record_for_every_unit(self) -> None:
        organization = organization_of("""
            level1, level2, level3,  head
            Gov,    ,       ,        Ada
            Gov,    Health, ,        Bo
            Gov,    Health, Clinics, Cy
            Gov,    Health, Wards,   Di
            Gov,    Tax,    ,        Ed
            Gov,    Tax,    Forms,   Fi
        """)

        assert outline_without_problems(organization) == GOVERNMENT
        assert list(organization.units["head"]) == ["Ada", "Bo", "Cy", "Di", "Ed", "Fi"]

    def test_are_filled_down_if_a_name_is_written_only_in_its_first_record(self) -> None:
        organization = organization_of("""
            level1, level2, level3
            Gov,    Health, Clinics
            ,       ,       Wards
            ,       Tax,    Forms
        """)

        assert outline_without_problems(organization) == GOVERNMENT

    def test_may_repeat_the_name_of_a_shallow_unit_to_the_last_column(self) -> None:
        organization = organization_of("""
            level1, level2, level3
            Gov,    Gov,    Gov
            Gov,    Health, Health
            Gov,    Health, Clinics
            Gov,    Health, Wards
            Gov,    Tax,    Tax
            Gov,    Tax,    Forms
        """)

        assert outline_without_problems(organization) == GOVERNMENT

    def test_may_be_combined_with_columns_of_names_and_ids(self) -> None:
        organization = organization_of("""
            id, level 1, level 2, level 3, name
            1,  Gov,     ,        ,        Gov
            2,  Gov,     Health,  ,        Health
            3,  Gov,     Health,  Clinics, Clinics
        """)

        assert outline_without_problems(organization) == ["1", ". 2", ". . 3"]

    def test_give_units_their_types_by_the_names_of_the_columns(self) -> None:
        organization = organization_of("""
            Ministry, Department, Section
            Gov,      Health,     Clinics
            Gov,      Health,     Wards
            Gov,      Tax,        Forms
        """)

        assert list(organization.units["type"])[:3] == ["ministry", "department", "section"]

    def test_do_not_absorb_a_column_of_duties(self) -> None:
        organization = organization_of("""
            Ministry, Department, Section, Duties
            Gov,      Health,     Clinics, Cares
            Gov,      Health,     Wards,   Heals
            Gov,      Tax,        Forms,   Prints
        """)

        assert outline_without_problems(organization) == GOVERNMENT
        texts = [row.text for row in organization.responsibilities.rows]
        assert texts == ["Cares", "Heals", "Prints"]

    def test_with_one_name_under_two_parents_give_two_units(self) -> None:
        organization = organization_of("""
            level1, level2, level3
            Gov,    Health, Office
            Gov,    Tax,    Office
        """)

        assert outline_without_problems(organization) == [
            "gov",
            ". health",
            ". . office",
            ". tax",
            ". . office-2",
        ]


class TestPaths:
    @pytest.mark.parametrize("separator", ["/", " / ", " > ", ">", "\\", "|", " » ", "::", "."])
    def test_may_have_any_of_the_usual_separators(self, separator: str) -> None:
        steps = ["Gov", "Gov Health", "Gov Health Clinics", "Gov Health Wards", "Gov Tax"]
        steps.append("Gov Tax Forms")
        paths = [path.replace(" ", separator) for path in steps]

        organization = organization_of("\n".join(["path", *paths]))

        assert outline_without_problems(organization) == GOVERNMENT

    def test_may_end_with_the_unit_itself(self) -> None:
        organization = organization_of("""
            name,    path
            Gov,     Gov
            Health,  Gov > Health
            Clinics, Gov > Health > Clinics
            Wards,   Gov > Health > Wards
            Tax,     Gov > Tax
            Forms,   Gov > Tax > Forms
        """)

        assert outline_without_problems(organization) == GOVERNMENT

    def test_may_end_with_the_parent_of_the_unit(self) -> None:
        organization = organization_of("""
            name,    path
            Gov,
            Health,  Gov
            Clinics, Gov > Health
            Wards,   Gov > Health
            Tax,     Gov
            Forms,   Gov > Tax
            Print,   Gov > Tax > Forms
        """)

        assert outline_without_problems(organization) == [*GOVERNMENT, ". . . print"]

    def test_may_consist_of_codes_while_names_are_in_another_column(self) -> None:
        organization = organization_of("""
            path,  name
            a,     Gov
            a.b,   Health
            a.b.c, Clinics
            a.b.d, Wards
            a.e,   Tax
            a.e.f, Forms
        """)

        assert outline_without_problems(organization) == GOVERNMENT

    def test_create_the_intermediate_units_that_have_no_record(self) -> None:
        organization = organization_of("""
            path
            Gov/Health/Clinics
            Gov/Health/Wards
            Gov/Tax/Forms
        """)

        assert outline_without_problems(organization) == GOVERNMENT


class TestIds:
    @pytest.mark.parametrize("separator", [".", "-", "/"])
    def test_may_begin_with_the_id_of_their_parent(self, separator: str) -> None:
        ids = ["1", "1.1", "1.1.1", "1.1.2", "1.2", "1.2.1"]
        rows = [f"{unit.replace('.', separator)}, Unit {unit}" for unit in ids]

        organization = organization_of("\n".join(["id, name", *rows]))

        depths = [0, 1, 2, 2, 1, 2]
        assert organization.depth.tolist() == depths
        assert organization.problems == ()

    def test_with_a_point_in_them_do_not_alone_imply_a_hierarchy(self) -> None:
        organization = organization_of("""
            id,  name
            1.5, Board
            2.5, Staff
            3.7, Pay
        """)

        assert organization.levels == 1


class TestChildren:
    @pytest.mark.parametrize(
        ("above", "below"),
        [("2;5", "3;4"), ("2|5", "3 | 4"), ('"2, 5"', '"3,4"'), ("\"['2', '5']\"", '"[3, 4]"')],
    )
    def test_may_be_listed_in_a_cell_with_any_separator(self, above: str, below: str) -> None:
        organization = organization_of(f"""
            id, name,    children
            1,  Gov,     {above}
            2,  Health,  {below}
            3,  Clinics,
            4,  Wards,
            5,  Tax,     6
            6,  Forms,
        """)

        assert outline_without_problems(organization) == [
            "1",
            ". 2",
            ". . 3",
            ". . 4",
            ". 5",
            ". . 6",
        ]

    def test_may_be_listed_by_name_in_a_table_without_ids(self) -> None:
        organization = organization_of("""
            name,    subordinates
            Gov,     Health;Tax
            Health,  Clinics;Wards
            Clinics,
            Wards,
            Tax,     Forms
            Forms,
        """)

        assert outline_without_problems(organization) == GOVERNMENT


class TestLinks:
    def test_form_a_hierarchy_without_a_table_of_units(self) -> None:
        organization = organization_of("""
            parent, child
            Gov,    Health
            Gov,    Tax
            Health, Clinics
            Health, Wards
            Tax,    Forms
        """)

        assert outline_without_problems(organization) == [
            "Gov",
            ". Health",
            ". . Clinics",
            ". . Wards",
            ". Tax",
            ". . Forms",
        ]

    NODE_TABLE = "id, name\n1, Gov\n2, Health\n3, Clinics\n4, Wards\n5, Tax\n6, Forms"
    NODE_OUTLINE = ("1", ". 2", ". . 3", ". . 4", ". 5", ". . 6")

    @pytest.mark.parametrize(
        ("header", "link"),
        [
            ("source, target", "{above}, {below}"),
            ("source, target", "{below}, {above}"),
            ("parent, child", "{above}, {below}"),
            ("source, target, type", "{below}, {above}, reports to"),
            ("from, to, relation", "{above}, {below}, parent of"),
        ],
    )
    def test_between_units_of_another_table_form_a_hierarchy_in_either_direction(
        self, header: str, link: str
    ) -> None:
        pairs = [(1, 2), (1, 5), (2, 3), (2, 4), (5, 6)]
        links = [link.format(above=above, below=below) for above, below in pairs]

        organization = organization_of(self.NODE_TABLE, edges="\n".join([header, *links]))

        assert outline_without_problems(organization) == list(self.NODE_OUTLINE)
        assert organization.relations.rows == ()

    def test_of_another_kind_remain_relations(self) -> None:
        organization = organization_of(
            self.NODE_TABLE,
            edges="""
            source, target, type
            1,      2,      parent of
            1,      5,      parent of
            2,      3,      parent of
            2,      4,      parent of
            5,      6,      parent of
            4,      6,      advises
            """,
        )

        assert outline_without_problems(organization) == list(self.NODE_OUTLINE)
        (relation, _) = organization.relations.rows
        assert (relation.origin, relation.target, relation.kind) == (3, 5, "advises")

    def test_that_form_no_tree_are_only_relations(self) -> None:
        organization = organization_of(
            self.NODE_TABLE, edges="source, target\n1, 2\n1, 3\n2, 3\n3, 1\n4, 1"
        )

        assert organization.levels == 1
        assert len(organization.relations.rows) == 10


class TestAParentColumn:
    def test_takes_precedence_over_a_path(self) -> None:
        organization = organization_of("""
            id, name,  parent, path
            a,  Board, ,       x/y
            b,  Staff, a,      x/z
            c,  Pay,   b,      x/y
        """)

        assert outline_without_problems(organization) == ["a", ". b", ". . c"]


def test_records_that_repeat_the_levels_of_an_earlier_one_are_reported() -> None:
    organization = organization_of(
        """
        Department, Division, Staff
        A,          B,        1
        A,          B,        2
        A,          C,        3
        """
    )

    (problem,) = organization.problems
    assert (problem.kind, problem.record, problem.column) == ("duplicate-record", 3, "Division")
    assert "1 record repeats a unit" in problem.reason
    assert outline(organization) == ["a", ". b", ". c"]


def test_a_single_table_of_sources_and_targets_gives_all_units_it_links() -> None:
    organization = organization_of("source, target\nGov, Health\nHealth, Clinics")

    assert outline(organization) == ["Gov", ". Health", ". . Clinics"]
