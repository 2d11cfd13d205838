"""The import of valid tables, and of tables with one problem each."""

from __future__ import annotations

import time

import pandas as pd
import pytest

from components.importing.column_settings import Choices
from components.importing.import_tables import import_tables
from components.model.organization import Organization, Records, Synonym
from components.model.text import short_id
from components.problems import DataError, Problem, ProblemKind, Severity
from components.reading.tables import Tables
from tests.organizations import (
    HARBOUR,
    faults,
    organization_of,
    outline,
    tables,
)


def ids(organization: Organization) -> list[str]:
    return list(organization.units["id"])


def problems_except_notes(organization: Organization) -> list[tuple[str, int | None, str, str]]:
    """Return the table, record, column and value of each problem that is not a note."""
    problems = organization.problems
    return faults(problem for problem in problems if problem.severity is not Severity.NOTE)


class TestUnits:
    def test_may_give_their_parent_by_its_id(self) -> None:
        organization = organization_of("""
            id,    name,    parent_id
            pay,   Payroll, staff
            board, Board,
            staff, Staff,   board
            audit, Audit,   board
        """)

        assert outline(organization) == ["board", ". staff", ". . pay", ". audit"]
        assert organization.problems == ()

    def test_may_give_their_parent_by_its_name(self) -> None:
        organization = organization_of("""
            id, name,  parent
            1,  Board,
            2,  Staff, Board
            3,  Audit, Board
            4,  Pay,   Staff
        """)

        assert outline(organization) == ["1", ". 2", ". . 4", ". 3"]
        assert organization.problems == ()

    def test_have_parents_looked_up_among_ids_before_names(self) -> None:
        organization = organization_of("""
            id,    name,  parent
            board, Board,
            staff, audit, board
            audit, Audit, board
            pay,   Pay,   audit
        """)

        assert outline(organization) == ["board", ". staff", ". audit", ". . pay"]

    def test_are_in_the_order_of_the_table_below_their_parent(self) -> None:
        organization = organization_of("""
            id, parent
            z,  top
            b,  y
            y,  top
            top,
            a,  y
        """)

        assert outline(organization) == ["top", ". z", ". y", ". . b", ". . a"]

    def test_in_a_table_without_ids_get_ids_from_their_names(self) -> None:
        organization = organization_of("""
            name,                    parent
            Zürich & Genève (Staff),
            Payroll,                 Zürich & Genève (Staff)
            payroll,                 Zürich & Genève (Staff)
            !!!,                     Zürich & Genève (Staff)
        """)

        assert outline(organization) == [
            "zurich-geneve-staff",
            ". payroll",
            ". payroll-2",
            ". unit",
        ]
        assert organization.problems == ()

    def test_with_an_empty_id_get_one_from_their_name(self) -> None:
        organization = organization_of("""
            id,    name,  parent
            board, Board,
            ,      Staff, board
            pay,   Pay,   Staff
        """)

        assert outline(organization) == ["board", ". staff", ". . pay"]

    def test_without_a_name_get_their_id_as_name(self) -> None:
        empty_name = organization_of("""
            id,    name,  parent
            board, Board,
            staff, ,      board
        """)
        no_column = organization_of("""
            id,    parent
            board,
            staff, board
        """)

        assert list(empty_name.units["name"]) == ["Board", "staff"]
        assert list(no_column.units["name"]) == ["board", "staff"]

    def test_keep_ids_that_look_like_numbers_or_missing_values(self) -> None:
        organization = organization_of("""
            id,  name, parent
            007, Bond,
            NA,  NaN,  007
            1e5, null, NA
        """)

        assert outline(organization) == ["007", ". NA", ". . 1e5"]
        assert list(organization.units["name"]) == ["Bond", "NaN", "null"]

    def test_have_cells_without_surrounding_white_space(self) -> None:
        frame = pd.DataFrame(
            [[" board ", "Board ", "\t"], ["staff", " Staff", " board"]],
            columns=["id", "name", "parent_id"],
            index=[2, 3],
            dtype="str",
        )

        organization = import_tables(Tables("inline", {"units": frame})).organization

        assert outline(organization) == ["board", ". staff"]
        assert list(organization.units["name"]) == ["Board", "Staff"]

    def test_may_have_unknown_columns(self) -> None:
        organization = organization_of("""
            id,    parent, colour
            board, ,       red
            staff, board,  blue
        """)

        assert outline(organization) == ["board", ". staff"]
        assert organization.unit(1).head == ""


class TestLongIds:
    ID = "s" * 800

    def test_are_shortened_wherever_they_stand_and_found_as_they_were(self) -> None:
        organization = organization_of(
            f"""
            id,        name,    parent_id
            board,     Board,
            {self.ID}, Staff,   board
            pay,       Payroll, {self.ID}
            """,
            relations=f"""
            from_id, to_id,     kind
            board,   {self.ID}, advises
            """,
        )
        short = short_id(self.ID)

        assert outline(organization) == ["board", f". {short}", ". . pay"]
        assert {relation.target for relation in organization.relations.rows} == {1}
        assert organization.find(self.ID) == organization.find(short) == 1

    def test_that_are_made_from_names_are_shortened_without_a_note(self) -> None:
        organization = organization_of(f"name, parent\nBoard,\n{'unit ' * 200}, Board")

        assert all(len(unit_id) <= 500 for unit_id in ids(organization))
        assert organization.problems == ()


class TestSeveralRoots:
    def test_get_a_common_parent_with_the_title_of_the_data(self) -> None:
        organization = import_tables(
            tables(
                """
                id,    parent
                north,
                south,
                quay,  south
                """,
                descriptor={"title": "Both Harbours"},
            )
        ).organization

        assert outline(organization) == ["organization", ". south", ". . quay", ". north"]
        assert organization.unit(0).name == "Both Harbours"
        assert organization.parent.tolist() == [-1, 0, 1, 0]
        assert organization.synthetic == {0}

    def test_are_counted_in_a_note_with_the_number_of_childless_ones(self) -> None:
        organization = organization_of([("north", ""), ("south", ""), ("quay", "south")])

        (note,) = organization.problems
        assert (note.kind, note.severity) == (ProblemKind.MANY_ROOTS, Severity.NOTE)
        assert note.reason == (
            "2 units have no parent, 1 of them without children; "
            "all units at the top are drawn under “Inline”."
        )

    def test_get_a_parent_with_the_name_of_the_file_if_the_data_have_no_title(self) -> None:
        organization = import_tables(tables([("a", ""), ("b", "")], name="staff")).organization

        assert organization.unit(0).name == "Staff"

    def test_get_a_parent_with_an_id_that_no_unit_has(self) -> None:
        organization = organization_of([("organization", ""), ("organization-2", "")])

        assert outline(organization) == [
            "organization-3",
            ". organization",
            ". organization-2",
        ]

    def test_are_not_assumed_for_a_single_root(self) -> None:
        organization = organization_of([("a", "")])

        assert outline(organization) == ["a"]
        assert organization.synthetic == frozenset()


class TestAProblemIsReported:
    def test_if_a_unit_has_neither_name_nor_id(self) -> None:
        organization = organization_of("""
            id,    name,  parent, head
            board, Board, ,
            ,      ,      board,  Ada
            staff, Staff, board,
        """)

        assert faults(organization.problems) == [("units", 3, "name", "")]
        assert outline(organization) == ["board", ". staff"]

    def test_if_a_unit_has_the_id_of_an_earlier_record(self) -> None:
        organization = organization_of("""
            id,    name,  parent
            board, Board,
            staff, Staff, board
            audit, Audit, board
            staff, Other, audit
            pay,   Pay,   staff
        """)

        assert faults(organization.problems) == [
            ("units", 5, "id", "staff"),
            ("units", 6, "parent", "staff"),
        ]
        assert outline(organization) == ["board", ". staff", ". . pay", ". audit", ". . staff-2"]
        assert [organization.unit(unit).name for unit in (1, 4)] == ["Staff", "Other"]

    def test_if_a_parent_is_not_in_the_table(self) -> None:
        organization = organization_of("""
            id,    parent_id
            board,
            staff, bord
            pay,   staff
        """)

        assert problems_except_notes(organization) == [("units", 3, "parent_id", "bord")]
        assert "“bord” is not in the table" in organization.problems[0].reason
        assert "If you mean “board”" in organization.problems[0].remedy
        assert outline(organization) == [
            "organization",
            ". bord",
            ". . staff",
            ". . . pay",
            ". board",
        ]
        assert [organization.units["id"][unit] for unit in sorted(organization.synthetic)] == [
            "organization",
            "bord",
        ]
        assert organization.count() == 3

    def test_if_a_parent_is_a_name_of_two_units(self) -> None:
        organization = organization_of("""
            id,    name,  parent
            board, Board,
            north, Pay,   board
            south, Pay,   board
            clerk, Clerk, Pay
        """)

        assert problems_except_notes(organization) == [("units", 5, "parent", "Pay")]
        assert "the first of them, in record 3" in organization.problems[0].reason
        assert outline(organization) == ["board", ". north", ". . clerk", ". south"]

    def test_if_a_unit_is_its_own_parent(self) -> None:
        organization = organization_of("""
            id,    name,  parent
            board, Board,
            staff, Staff, staff
            audit, Audit, Audit
        """)

        assert problems_except_notes(organization) == [
            ("units", 3, "parent", "staff"),
            ("units", 4, "parent", "Audit"),
        ]
        assert "its own parent" in organization.problems[0].reason
        assert outline(organization) == ["organization", ". board", ". staff", ". audit"]

    def test_if_units_form_a_cycle_with_the_cycle_as_a_path(self) -> None:
        organization = organization_of("""
            id,    parent
            board,
            staff, audit
            pay,   staff
            audit, pay
            desk,  pay
        """)

        assert problems_except_notes(organization) == [("units", 3, "parent", "audit")]
        assert "“staff” → “audit” → “pay” → “staff”" in organization.problems[0].reason
        assert outline(organization) == [
            "organization",
            ". staff",
            ". . pay",
            ". . . audit",
            ". . . desk",
            ". board",
        ]

    def test_for_each_of_several_cycles(self) -> None:
        organization = organization_of([("a", "b"), ("c", "d"), ("b", "a"), ("d", "c")])

        assert problems_except_notes(organization) == [
            ("units", 2, "parent_id", "b"),
            ("units", 3, "parent_id", "d"),
        ]
        assert "“a” → “b” → “a”" in organization.problems[0].reason
        assert "“c” → “d” → “c”" in organization.problems[1].reason
        assert outline(organization) == ["organization", ". a", ". . b", ". c", ". . d"]

    def test_as_a_warning_with_a_remedy(self) -> None:
        organization = organization_of([("a", "a"), ("b", "c"), ("c", "b"), ("a", "b"), ("d", "e")])
        *problems, many_roots = organization.problems
        assert len(problems) == 4
        for problem in problems:
            assert problem.severity is Severity.WARNING
            assert problem.remedy
        assert many_roots.kind is ProblemKind.MANY_ROOTS


class TestADatasetIsRefused:
    @pytest.mark.parametrize(
        ("units", "reason", "remedy"),
        [
            (
                "id, name, parent",
                "The table has a header but no records.",
                "Add one record for each unit.",
            ),
            (
                """
                size, year
                3,    2024
                """,
                "No column contains the names of units; the columns are “size”, “year”.",
                "Call one column “name” and one “parent”, or choose them with --map name=COLUMN.",
            ),
            (
                """
                id, name, parent
                ,   ,     7
                """,
                "No record has a name or an id.",
                "Add a column “name”, a column “parent” and one record for each unit.",
            ),
        ],
        ids=["no record", "neither name nor id", "no record with a name or an id"],
    )
    def test_if_the_table_of_units_has_none(self, units: str, reason: str, remedy: str) -> None:
        with pytest.raises(DataError) as raised:
            organization_of(units)

        (problem,) = raised.value.problems
        assert (problem.kind, problem.severity) == (ProblemKind.NO_UNITS, Severity.ERROR)
        assert (problem.table, problem.reason, problem.remedy) == ("units", reason, remedy)

    def test_if_there_is_no_table(self) -> None:
        with pytest.raises(DataError, match="There is no table"):
            import_tables(Tables("inline", {}))

    def test_if_only_side_tables_have_records(self) -> None:
        with pytest.raises(DataError, match="The table has a header but no records") as raised:
            organization_of("id, name, parent", references="id, name\npsa, Port State Agreement")

        assert [problem.table for problem in raised.value.problems] == ["units"]

    def test_if_the_only_column_has_parents(self) -> None:
        with pytest.raises(DataError, match="No column contains the names of units"):
            organization_of("parent\nBoard\nBoard\nStaff")

    def test_if_all_levels_are_words_for_no_value(self) -> None:
        with pytest.raises(DataError, match="No record has a name or an id"):
            organization_of("level 1, level 2\nn/a, n/a\nn/a, none")

    def test_with_a_message_that_omits_the_warnings_of_reading(self) -> None:
        warning = Problem(ProblemKind.UNDECODABLE, "Byte 3 is odd.", "Even it.", table="staff.csv")

        with pytest.raises(DataError) as raised:
            import_tables(Tables("inline", {}, problems=(warning,)))

        assert raised.value.problems[-1] is warning
        assert (
            str(raised.value)
            == "inline: There is no table. Add a table with a header and one record for each unit."
        )


def organization_with(**side: str) -> Organization:
    units = """
        id,  name, parent
        top, Top,
        a,   A,    top
        b,   B,    top
    """
    themes = "id, name\nt, T"
    references = "id, name\nr, R"
    return organization_of(units, **({"themes": themes, "references": references} | side))


SIDE_TABLE_PROBLEMS = {
    "a responsibility of no unit": (
        "responsibilities",
        """
        unit_id, responsibility
        a,       Reads
        x,       Writes
        """,
        [("responsibilities", 3, "unit_id", "x")],
    ),
    "a theme that does not exist": (
        "responsibilities",
        """
        unit_id, responsibility, themes
        a,       Reads,          t
        b,       Writes,         t;u; v
        """,
        [("responsibilities", 3, "themes", "u"), ("responsibilities", 3, "themes", "v")],
    ),
    "a relation from no unit": (
        "relations",
        """
        from_id, to_id, kind
        x,       a,     advises
        """,
        [("relations", 2, "from_id", "x")],
    ),
    "a relation to no unit": (
        "relations",
        """
        from_id, to_id, kind
        a,       b,     advises
        a,       ,      advises
        """,
        [("relations", 3, "to_id", "")],
    ),
    "a relation between no units": (
        "relations",
        """
        from_id, to_id, kind
        x,       y,     advises
        """,
        [("relations", 2, "from_id", "x"), ("relations", 2, "to_id", "y")],
    ),
    "a relation of a unit with itself": (
        "relations",
        """
        from_id, to_id, kind
        a,       a,     advises
        """,
        [("relations", 2, "to_id", "a")],
    ),
    "a mention by no unit": (
        "mentions",
        """
        unit_id, reference_id
        x,       r
        """,
        [("mentions", 2, "unit_id", "x")],
    ),
    "a mention of no reference": (
        "mentions",
        """
        unit_id, reference_id
        a,       r
        a,       q
        """,
        [("mentions", 3, "reference_id", "q")],
    ),
    "a theme with the id of another theme": (
        "themes",
        """
        id, name
        t,  T
        t,  Other
        """,
        [("themes", 3, "id", "t")],
    ),
    "a reference without an id": (
        "references",
        """
        id, name
        ,   R
        """,
        [("references", 2, "id", "")],
    ),
    "responsibilities without a column of texts": (
        "responsibilities",
        """
        unit_id, year
        a,       2024
        """,
        [("responsibilities", None, "", "")],
    ),
    "relations without a column of targets": (
        "relations",
        """
        from_id, kind
        a,       advises
        """,
        [("relations", None, "", "")],
    ),
    "mentions without a column of units": (
        "mentions",
        """
        reference_id
        r
        """,
        [("mentions", None, "", "")],
    ),
    "themes without a column of names": (
        "themes",
        """
        id
        t
        """,
        [("themes", None, "", "")],
    ),
    "a synonym without words": (
        "synonyms",
        """
        words, means
        ;,     reads
        """,
        [("synonyms", 2, "words", ";")],
    ),
    "a synonym without a meaning": (
        "synonyms",
        """
        words, means
        study,
        """,
        [("synonyms", 2, "means", "")],
    ),
    "synonyms without a column of meanings": (
        "synonyms",
        """
        words
        study
        """,
        [("synonyms", None, "", "")],
    ),
    "references without a column of ids": (
        "references",
        """
        name
        R
        """,
        [("references", None, "", "")],
    ),
}


class TestSideTables:
    @pytest.mark.parametrize(
        ("table", "text", "expected"), SIDE_TABLE_PROBLEMS.values(), ids=SIDE_TABLE_PROBLEMS.keys()
    )
    def test_with_a_problem_are_reported_and_leave_the_units_intact(
        self, table: str, text: str, expected: list[tuple[str, int | None, str, str]]
    ) -> None:
        organization = organization_with(**{table: text})

        assert faults(organization.problems) == expected
        assert all(problem.remedy for problem in organization.problems)
        assert ids(organization) == ["top", "a", "b"]

    def test_without_a_required_column_are_reported_with_its_name(self) -> None:
        (problem,) = organization_with(relations="description\nThey talk").problems

        assert problem.kind is ProblemKind.MISSING_COLUMN
        assert "required columns (“from_id”, “to_id”);" in problem.reason

    def test_of_relations_may_lack_a_kind(self) -> None:
        organization = organization_with(relations="from_id, to_id\na, b")

        assert organization.problems == ()
        assert [(relation.target, relation.kind) for relation in organization.relations.of(1)] == [
            (2, "")
        ]

    def test_do_not_have_their_unit_ids_in_the_column_of_positions(self) -> None:
        organization = organization_of(
            [("1", ""), ("2", "1")],
            responsibilities="unit_id, position, responsibility\nx, 1, Reads\ny, 2, Writes",
        )

        assert faults(organization.problems) == [
            ("responsibilities", 2, "unit_id", "x"),
            ("responsibilities", 3, "unit_id", "y"),
        ]

    def test_lose_only_the_records_or_values_that_have_a_problem(self) -> None:
        organization = organization_with(
            responsibilities="""
            unit_id, responsibility, themes
            x,       Sings,          t
            a,       Reads,          t;u
            b,       Writes,         t
            """,
            relations="""
            from_id, to_id, kind
            a,       x,     advises
            a,       b,     advises
            """,
            mentions="""
            unit_id, reference_id
            a,       q
            b,       r
            """,
        )

        reads, writes = organization.responsibilities.rows
        assert (reads.text, reads.themes) == ("Reads", ("t",))
        assert (writes.text, writes.themes) == ("Writes", ("t",))
        assert [relation.target for relation in organization.relations.of(1)] == [2]
        assert [mention.reference for mention in organization.mentions.of(2)] == ["r"]

    def test_with_a_repeated_relation_have_it_once(self) -> None:
        organization = organization_with(
            relations="""
            from_id, to_id, kind
            a,       b,     advises
            a,       b,     supports
            a,       b,     advises
            """,
        )

        assert [relation.kind for relation in organization.relations.of(1)] == [
            "advises",
            "supports",
        ]

    def test_of_synonyms_map_words_to_their_meanings(self) -> None:
        plain = organization_with()
        organization = organization_with(synonyms="words, means\nstudy; pore over, reads;writes")

        assert plain.synonyms == ()
        assert organization.synonyms == (Synonym(("study", "pore over"), ("reads", "writes")),)
        assert organization.version != plain.version

    def test_with_a_repeated_id_keep_the_first_entry(self) -> None:
        organization = organization_with(
            themes="""
            id, name,  description
            t,  First, It counts.
            t,  Other,
            """
        )

        assert organization.themes["t"].name == "First"
        assert organization.themes["t"].description == "It counts."

    def test_of_responsibilities_are_sorted_by_position(self) -> None:
        organization = organization_with(
            responsibilities="""
            unit_id, position, responsibility
            a,       10,       Comes last
            b,       1,        Is another's
            a,       9,        Comes second
            a,       1,        Comes first
            """
        )

        assert [row.text for row in organization.responsibilities.of(1)] == [
            "Comes first",
            "Comes second",
            "Comes last",
        ]

    def test_of_responsibilities_without_positions_keep_their_order(self) -> None:
        organization = organization_with(
            responsibilities="""
            unit_id, responsibility
            b,       Is another's
            a,       Comes first
            a,       Comes second
            """
        )

        assert [row.text for row in organization.responsibilities.of(1)] == [
            "Comes first",
            "Comes second",
        ]

    def test_are_optional(self) -> None:
        organization = organization_of([("a", ""), ("b", "a")])

        assert organization.problems == ()
        assert organization.themes == {}
        assert organization.references == {}
        for unit in range(len(organization)):
            assert organization.responsibilities.of(unit) == ()
            assert organization.relations.of(unit) == ()
            assert organization.mentions.of(unit) == ()

    def test_with_only_a_header_are_ignored(self) -> None:
        headers = {name: text.strip().splitlines()[0] for name, text in HARBOUR.items()}
        headers.pop("units")

        organization = organization_of([("a", ""), ("b", "a")], **headers)

        assert organization.problems == ()
        assert organization.responsibilities.of(0) == ()

    def test_group_units_in_preorder_by_reference_and_by_theme(self, harbour: Organization) -> None:
        units_by_reference = {
            reference: [harbour.units["id"][mention.unit] for mention in mentions]
            for reference, mentions in harbour.mentions_by_reference.items()
        }
        units_by_theme = {
            theme: [harbour.units["id"][unit] for unit in units]
            for theme, units in harbour.units_by_theme.items()
        }

        assert units_by_reference == {
            "state": ["traffic", "safety", "goods"],
            "tides": ["pilots", "locks"],
        }
        assert units_by_theme == {
            "navigation": ["traffic", "pilots"],
            "emergencies": ["pilots", "safety", "fire"],
            "permits": ["harbour", "fire", "goods"],
            "environment": ["goods"],
        }

    def test_may_have_references_and_themes_without_units(self) -> None:
        organization = organization_with()

        assert organization.mentions_by_reference == {"r": ()}
        assert organization.units_by_theme == {"t": ()}


def test_units_with_paths_may_have_relations() -> None:
    organization = organization_of(
        """
        path,            name
        board,           Board
        board/staff,     Staff
        board/staff/pay, Payroll
        board/audit,     Audit
        """,
        relations="""
        from_id, to_id,   kind
        Audit,   Payroll, advises
        """,
    )

    assert outline(organization) == ["board", ". staff", ". . payroll", ". audit"]
    (relation,) = {*organization.relations.rows}
    assert (relation.origin, relation.target) == (3, 2)


class TestMetadata:
    def test_is_that_of_the_data_package(self, harbour: Organization) -> None:
        assert harbour.about.name == "harbour"
        assert harbour.about.title == "Harbour"
        assert harbour.about.description == "Who does what in the harbour."
        assert harbour.about.source_title == "Harbour handbook"
        assert harbour.about.source_url == "https://harbour.example/handbook"
        assert harbour.about.licence == "Public domain"
        assert harbour.about.date == "2026-05-04"

    def test_of_a_single_file_is_only_its_name(self) -> None:
        about = import_tables(tables([("a", "")], name="staff")).organization.about

        assert about.name == "staff"
        assert about.title == "Staff"
        assert {about.description, about.source_url, about.licence, about.date} == {""}

    @pytest.mark.parametrize(
        ("name", "title"),
        [
            ("govuk_organisations", "Govuk organisations"),
            ("HR-Staff_2024", "HR Staff 2024"),
            ("staff_2024-01-31", "Staff 2024-01-31"),
            ("Back-office staff", "Back-office staff"),
            ("部署", "部署"),
            ("_", "_"),
        ],
    )
    def test_of_a_file_have_its_name_written_like_a_title(self, name: str, title: str) -> None:
        about = import_tables(tables([("a", "")], name=name)).organization.about

        assert (about.name, about.title) == (name, title)

    def test_have_the_title_that_is_stated_or_set(self) -> None:
        stated = tables([("a", "")], name="staff", descriptor={"title": "our_staff"})

        assert import_tables(stated).organization.about.title == "our_staff"
        chosen = import_tables(stated, Choices(title="Crew"))
        assert chosen.organization.about.title == "Crew"
        assert chosen.organization.version != import_tables(stated).organization.version

    @pytest.mark.parametrize("records", [*Records])
    def test_call_the_units_what_is_set(self, records: Records) -> None:
        imported = import_tables(tables([("a", ""), ("b", "a")]), Choices(records=records))

        assert imported.organization.records is records

    @pytest.mark.parametrize(
        ("stated", "language"),
        [
            ("en", "en"),
            ("pt-BR", "pt-BR"),
            ("English", ""),
            ("en us", ""),
            ('x"', ""),
            (7, ""),
        ],
    )
    def test_has_a_language_only_if_it_is_a_valid_tag(self, stated: object, language: str) -> None:
        package = {"language": stated}

        about = import_tables(tables([("a", "")], descriptor=package)).organization.about

        assert about.language == language

    @pytest.mark.parametrize(
        ("path", "link"),
        [
            ("https://harbour.example/", "https://harbour.example/"),
            ("http://harbour.example/", "http://harbour.example/"),
            ("javascript:alert(1)", ""),
            ("data:text/html,x", ""),
            ("//harbour.example/", ""),
            ("handbook.pdf", ""),
        ],
    )
    def test_has_a_link_to_the_source_only_if_its_address_is_safe(
        self, path: str, link: str
    ) -> None:
        package = {"sources": [{"title": "Handbook", "path": path}]}

        about = import_tables(tables([("a", "")], descriptor=package)).organization.about

        assert (about.source_title, about.source_url) == ("Handbook", link)


def test_problems_of_reading_precede_those_of_importing() -> None:
    short_record = Problem(
        ProblemKind.SHORT_RECORD, "The record is short.", "Fill it.", table="staff.csv", record=2
    )
    unknown_parent = tables([("a", ""), ("b", "a"), ("c", "x")])

    organization = import_tables(
        Tables(unknown_parent.name, unknown_parent.frames, problems=(short_record,))
    ).organization

    assert organization.problems[0] is short_record
    assert faults(organization.problems[1:2]) == [("units", 4, "parent_id", "x")]


LARGE, SECONDS = 40_000, 20
"""Units, and the time in which they must be read. In time of their square it takes minutes."""


@pytest.mark.parametrize(
    "columns",
    [
        {"name": ["Board", *["Clerk"] * LARGE], "parent": ["", *["Board"] * LARGE]},
        {"name": ["Clerk"] * LARGE},
        {"name": ["Clerk"] * LARGE, "parent": ["Clerk"] * LARGE},
        {"id": ["7"] * LARGE, "name": [f"Clerk {n}" for n in range(LARGE)]},
        {"name": [f"Clerk {n}" for n in range(LARGE)], "parent": ["Nobody"] * LARGE},
        {"name": ["Clerk"] * LARGE, "Department": ["Desk"] * LARGE},
    ],
    ids=["one name", "only names", "own parents", "one id", "one unknown parent", "one group"],
)
def test_the_time_grows_with_the_number_of_equal_cells_only(columns: dict[str, list[str]]) -> None:
    frame = pd.DataFrame(columns, dtype="str")
    frame.index = pd.RangeIndex(2, len(frame) + 2)
    start = time.perf_counter()

    organization = import_tables(Tables("staff", {"staff": frame}, {})).organization

    assert organization.count() >= 1
    assert time.perf_counter() - start < SECONDS
