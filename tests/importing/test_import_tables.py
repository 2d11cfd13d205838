"""Organizations from sound tables, and from tables with one fault each."""

from __future__ import annotations

import pandas as pd
import pytest

from components.importing.import_tables import import_tables
from components.model.organization import Organization, Synonym
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


def warnings(organization: Organization) -> list[tuple[str, int | None, str, str]]:
    """Return the place of each problem that is no note."""
    problems = organization.problems
    return faults(problem for problem in problems if problem.severity is not Severity.NOTE)


class TestUnits:
    def test_name_their_parent_by_its_id(self) -> None:
        organization = organization_of("""
            id,    name,    parent_id
            pay,   Payroll, staff
            board, Board,
            staff, Staff,   board
            audit, Audit,   board
        """)

        assert outline(organization) == ["board", ". staff", ". . pay", ". audit"]
        assert organization.problems == ()

    def test_may_name_their_parent_by_its_name(self) -> None:
        organization = organization_of("""
            id, name,  parent
            1,  Board,
            2,  Staff, Board
            3,  Audit, Board
            4,  Pay,   Staff
        """)

        assert outline(organization) == ["1", ". 2", ". . 4", ". 3"]
        assert organization.problems == ()

    def test_a_parent_is_looked_up_among_the_ids_first(self) -> None:
        organization = organization_of("""
            id,    name,  parent
            board, Board,
            staff, audit, board
            audit, Audit, board
            pay,   Pay,   audit
        """)

        assert outline(organization) == ["board", ". staff", ". audit", ". . pay"]

    def test_stand_in_the_order_of_the_table_under_their_parent(self) -> None:
        organization = organization_of("""
            id, parent
            z,  top
            b,  y
            y,  top
            top,
            a,  y
        """)

        assert outline(organization) == ["top", ". z", ". y", ". . b", ". . a"]

    def test_without_a_column_of_ids_have_ids_made_from_their_names(self) -> None:
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

    def test_without_an_id_of_their_own_are_called_by_their_name(self) -> None:
        organization = organization_of("""
            id,    name,  parent
            board, Board,
            ,      Staff, board
            pay,   Pay,   Staff
        """)

        assert outline(organization) == ["board", ". staff", ". . pay"]

    def test_without_a_name_are_called_by_their_id(self) -> None:
        with_column = organization_of("""
            id,    name,  parent
            board, Board,
            staff, ,      board
        """)
        without = organization_of("""
            id,    parent
            board,
            staff, board
        """)

        assert list(with_column.units["name"]) == ["Board", "staff"]
        assert list(without.units["name"]) == ["board", "staff"]

    def test_keep_ids_that_look_like_numbers_or_nothing(self) -> None:
        organization = organization_of("""
            id,  name, parent
            007, Bond,
            NA,  NaN,  007
            1e5, null, NA
        """)

        assert outline(organization) == ["007", ". NA", ". . 1e5"]
        assert list(organization.units["name"]) == ["Bond", "NaN", "null"]

    def test_are_read_without_the_spaces_around_their_cells(self) -> None:
        frame = pd.DataFrame(
            [[" board ", "Board ", "\t"], ["staff", " Staff", " board"]],
            columns=["id", "name", "parent_id"],
            index=[2, 3],
            dtype="str",
        )

        organization = import_tables(Tables("inline", {"units": frame})).organization

        assert outline(organization) == ["board", ". staff"]
        assert list(organization.units["name"]) == ["Board", "Staff"]

    def test_may_have_columns_of_which_nothing_is_known(self) -> None:
        organization = organization_of("""
            id,    parent, colour
            board, ,       red
            staff, board,  blue
        """)

        assert outline(organization) == ["board", ". staff"]
        assert organization.unit(1).head == ""


class TestSeveralRoots:
    def test_are_gathered_under_one_that_is_called_like_the_data(self) -> None:
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

    def test_are_counted_in_a_note_with_those_that_have_nothing_below(self) -> None:
        organization = organization_of([("north", ""), ("south", ""), ("quay", "south")])

        (note,) = organization.problems
        assert (note.kind, note.severity) == (ProblemKind.MANY_ROOTS, Severity.NOTE)
        assert note.reason == (
            "2 units have no parent, 1 of them without children; "
            "all units at the top are drawn under “inline”."
        )

    def test_are_called_like_the_file_where_the_data_have_no_title(self) -> None:
        organization = import_tables(tables([("a", ""), ("b", "")], name="staff")).organization

        assert organization.unit(0).name == "staff"

    def test_never_take_the_id_of_another_unit(self) -> None:
        organization = organization_of([("organization", ""), ("organization-2", "")])

        assert outline(organization) == [
            "organization-3",
            ". organization",
            ". organization-2",
        ]

    def test_a_single_root_stands_for_itself(self) -> None:
        organization = organization_of([("a", "")])

        assert outline(organization) == ["a"]
        assert organization.synthetic == frozenset()


class TestAUnitIsNamedAsAProblem:
    def test_if_it_has_neither_name_nor_id(self) -> None:
        organization = organization_of("""
            id,    name,  parent, head
            board, Board, ,
            ,      ,      board,  Ada
            staff, Staff, board,
        """)

        assert faults(organization.problems) == [("units", 3, "name", "")]
        assert outline(organization) == ["board", ". staff"]

    def test_if_its_id_stands_in_an_earlier_record(self) -> None:
        organization = organization_of("""
            id,    name,  parent
            board, Board,
            staff, Staff, board
            audit, Audit, board
            staff, Other, audit
            pay,   Pay,   staff
        """)

        assert faults(organization.problems) == [("units", 5, "id", "staff")]
        assert outline(organization) == ["board", ". staff", ". . pay", ". audit"]
        assert organization.unit(1).name == "Staff"

    def test_if_its_parent_is_not_in_the_table(self) -> None:
        organization = organization_of("""
            id,    parent_id
            board,
            staff, bord
            pay,   staff
        """)

        assert warnings(organization) == [("units", 3, "parent_id", "bord")]
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

    def test_if_its_parent_is_a_name_of_two_units(self) -> None:
        organization = organization_of("""
            id,    name,  parent
            board, Board,
            north, Pay,   board
            south, Pay,   board
            clerk, Clerk, Pay
        """)

        assert warnings(organization) == [("units", 5, "parent", "Pay")]
        assert "the first of them, in record 3" in organization.problems[0].reason
        assert outline(organization) == ["board", ". north", ". . clerk", ". south"]

    def test_if_it_is_its_own_parent(self) -> None:
        organization = organization_of("""
            id,    name,  parent
            board, Board,
            staff, Staff, staff
            audit, Audit, Audit
        """)

        assert warnings(organization) == [
            ("units", 3, "parent", "staff"),
            ("units", 4, "parent", "Audit"),
        ]
        assert "its own parent" in organization.problems[0].reason
        assert outline(organization) == ["organization", ". board", ". staff", ". audit"]

    def test_if_it_is_above_itself_and_the_circle_is_shown_as_a_path(self) -> None:
        organization = organization_of("""
            id,    parent
            board,
            staff, audit
            pay,   staff
            audit, pay
            desk,  pay
        """)

        assert warnings(organization) == [("units", 3, "parent", "audit")]
        assert "“staff” → “audit” → “pay” → “staff”" in organization.problems[0].reason
        assert outline(organization) == [
            "organization",
            ". staff",
            ". . pay",
            ". . . audit",
            ". . . desk",
            ". board",
        ]

    def test_in_each_of_several_circles(self) -> None:
        organization = organization_of([("a", "b"), ("c", "d"), ("b", "a"), ("d", "c")])

        assert warnings(organization) == [
            ("units", 2, "parent_id", "b"),
            ("units", 3, "parent_id", "d"),
        ]
        assert "“a” → “b” → “a”" in organization.problems[0].reason
        assert "“c” → “d” → “c”" in organization.problems[1].reason
        assert outline(organization) == ["organization", ". a", ". . b", ". c", ". . d"]

    def test_and_every_problem_is_a_warning_that_says_what_to_do(self) -> None:
        organization = organization_of([("a", "a"), ("b", "c"), ("c", "b"), ("a", ""), ("d", "e")])
        *problems, gathered = organization.problems
        assert len(problems) == 4
        for problem in problems:
            assert problem.severity is Severity.WARNING
            assert problem.remedy
        assert gathered.kind is ProblemKind.MANY_ROOTS


class TestNothingCanBeDrawn:
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
    def test_from_a_table_without_units(self, units: str, reason: str, remedy: str) -> None:
        with pytest.raises(DataError) as raised:
            organization_of(units)

        (fault,) = raised.value.problems
        assert (fault.kind, fault.severity) == (ProblemKind.NO_UNITS, Severity.ERROR)
        assert (fault.table, fault.reason, fault.remedy) == ("units", reason, remedy)

    def test_without_a_table_of_units(self) -> None:
        with pytest.raises(DataError, match="There is no table"):
            import_tables(Tables("inline", {}))

    def test_from_a_table_of_units_without_records_beside_others(self) -> None:
        with pytest.raises(DataError, match="The table has a header but no records") as raised:
            organization_of("id, name, parent", references="id, name\npsa, Port State Agreement")

        assert [problem.table for problem in raised.value.problems] == ["units"]

    def test_from_a_column_of_parents_alone(self) -> None:
        with pytest.raises(DataError, match="No column contains the names of units"):
            organization_of("parent\nBoard\nBoard\nStaff")

    def test_from_levels_that_only_have_words_for_nothing(self) -> None:
        with pytest.raises(DataError, match="No record has a name or an id"):
            organization_of("level 1, level 2\nn/a, n/a\nn/a, none")

    def test_and_earlier_problems_are_kept_but_not_given_as_the_reason(self) -> None:
        found = Problem(ProblemKind.UNDECODABLE, "Byte 3 is odd.", "Even it.", table="staff.csv")

        with pytest.raises(DataError) as raised:
            import_tables(Tables("inline", {}, problems=(found,)))

        assert raised.value.problems[-1] is found
        assert (
            str(raised.value)
            == "inline: There is no table. Add a table with a header and one record for each unit."
        )


def with_tables(**side: str) -> Organization:
    units = """
        id,  name, parent
        top, Top,
        a,   A,    top
        b,   B,    top
    """
    themes = "id, name\nt, T"
    references = "id, name\nr, R"
    return organization_of(units, **({"themes": themes, "references": references} | side))


SIDE_FAULTS = {
    "a responsibility of no unit": (
        "responsibilities",
        """
        unit_id, responsibility
        a,       Reads
        x,       Writes
        """,
        [("responsibilities", 3, "unit_id", "x")],
    ),
    "a theme that is none": (
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
    "a theme with an id that is used": (
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
    "responsibilities without a column for them": (
        "responsibilities",
        """
        unit_id, year
        a,       2024
        """,
        [("responsibilities", None, "", "")],
    ),
    "relations without a column for the target": (
        "relations",
        """
        from_id, kind
        a,       advises
        """,
        [("relations", None, "", "")],
    ),
    "mentions without units": (
        "mentions",
        """
        reference_id
        r
        """,
        [("mentions", None, "", "")],
    ),
    "themes without names": (
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
    "a synonym that means nothing": (
        "synonyms",
        """
        words, means
        study,
        """,
        [("synonyms", 2, "means", "")],
    ),
    "synonyms without a meaning": (
        "synonyms",
        """
        words
        study
        """,
        [("synonyms", None, "", "")],
    ),
    "references without ids": (
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
        ("table", "text", "expected"), SIDE_FAULTS.values(), ids=SIDE_FAULTS.keys()
    )
    def test_a_fault_is_named_and_the_units_are_drawn(
        self, table: str, text: str, expected: list[tuple[str, int | None, str, str]]
    ) -> None:
        organization = with_tables(**{table: text})

        assert faults(organization.problems) == expected
        assert all(problem.remedy for problem in organization.problems)
        assert ids(organization) == ["top", "a", "b"]

    def test_the_columns_that_a_table_lacks_are_named(self) -> None:
        (problem,) = with_tables(relations="description\nThey talk").problems

        assert problem.kind is ProblemKind.MISSING_COLUMN
        assert "required columns (“from_id”, “to_id”);" in problem.reason

    def test_relations_need_no_kind(self) -> None:
        organization = with_tables(relations="from_id, to_id\na, b")

        assert organization.problems == ()
        assert [(each.target, each.kind) for each in organization.relations.of(1)] == [(2, "")]

    def test_ids_of_units_are_not_looked_for_among_positions(self) -> None:
        organization = organization_of(
            [("1", ""), ("2", "1")],
            responsibilities="unit_id, position, responsibility\nx, 1, Reads\ny, 2, Writes",
        )

        assert faults(organization.problems) == [
            ("responsibilities", 2, "unit_id", "x"),
            ("responsibilities", 3, "unit_id", "y"),
        ]

    def test_a_fault_costs_its_record_and_no_other(self) -> None:
        organization = with_tables(
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
        assert [each.target for each in organization.relations.of(1)] == [2]
        assert [each.reference for each in organization.mentions.of(2)] == ["r"]

    def test_a_relation_that_stands_twice_is_one(self) -> None:
        organization = with_tables(
            relations="""
            from_id, to_id, kind
            a,       b,     advises
            a,       b,     supports
            a,       b,     advises
            """,
        )

        assert [each.kind for each in organization.relations.of(1)] == ["advises", "supports"]

    def test_synonyms_lead_from_words_to_what_they_mean(self) -> None:
        plain = with_tables()
        organization = with_tables(synonyms="words, means\nstudy; pore over, reads;writes")

        assert plain.synonyms == ()
        assert organization.synonyms == (Synonym(("study", "pore over"), ("reads", "writes")),)
        assert organization.version != plain.version

    def test_the_first_of_two_entries_with_one_id_counts(self) -> None:
        organization = with_tables(
            themes="""
            id, name,  description
            t,  First, It counts.
            t,  Other,
            """
        )

        assert organization.themes["t"].name == "First"
        assert organization.themes["t"].description == "It counts."

    def test_responsibilities_stand_by_position(self) -> None:
        organization = with_tables(
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

    def test_responsibilities_without_a_position_stand_as_in_the_table(self) -> None:
        organization = with_tables(
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

    def test_none_is_needed(self) -> None:
        organization = organization_of([("a", ""), ("b", "a")])

        assert organization.problems == ()
        assert organization.themes == {}
        assert organization.references == {}
        for unit in range(len(organization)):
            assert organization.responsibilities.of(unit) == ()
            assert organization.relations.of(unit) == ()
            assert organization.mentions.of(unit) == ()

    def test_a_table_with_nothing_but_a_header_is_none(self) -> None:
        headers = {name: text.strip().splitlines()[0] for name, text in HARBOUR.items()}
        headers.pop("units")

        organization = organization_of([("a", ""), ("b", "a")], **headers)

        assert organization.problems == ()
        assert organization.responsibilities.of(0) == ()

    def test_what_units_share_is_grouped_in_preorder(self, harbour: Organization) -> None:
        sharing = {
            reference: [harbour.units["id"][mention.unit] for mention in mentions]
            for reference, mentions in harbour.mentions_by_reference.items()
        }
        working = {
            theme: [harbour.units["id"][unit] for unit in units]
            for theme, units in harbour.units_by_theme.items()
        }

        assert sharing == {"state": ["traffic", "safety", "goods"], "tides": ["pilots", "locks"]}
        assert working == {
            "navigation": ["traffic", "pilots"],
            "emergencies": ["pilots", "safety", "fire"],
            "permits": ["harbour", "fire", "goods"],
            "environment": ["goods"],
        }

    def test_a_reference_that_no_unit_mentions_has_no_mentions(self) -> None:
        organization = with_tables()

        assert organization.mentions_by_reference == {"r": ()}
        assert organization.units_by_theme == {"t": ()}


class TestAboutTheData:
    def test_a_data_package_says_it(self, harbour: Organization) -> None:
        assert harbour.about.name == "harbour"
        assert harbour.about.title == "Harbour"
        assert harbour.about.description == "Who does what in the harbour."
        assert harbour.about.source_title == "Harbour handbook"
        assert harbour.about.source_url == "https://harbour.example/handbook"
        assert harbour.about.licence == "Public domain"
        assert harbour.about.date == "2026-05-04"

    def test_a_file_says_no_more_than_its_name(self) -> None:
        about = import_tables(tables([("a", "")], name="staff")).organization.about

        assert about.name == "staff"
        assert about.title == "staff"
        assert {about.description, about.source_url, about.licence, about.date} == {""}

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
    def test_its_language_is_a_tag_or_unknown(self, stated: object, language: str) -> None:
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
    def test_only_an_address_that_is_safe_becomes_a_link(self, path: str, link: str) -> None:
        package = {"sources": [{"title": "Handbook", "path": path}]}

        about = import_tables(tables([("a", "")], descriptor=package)).organization.about

        assert (about.source_title, about.source_url) == ("Handbook", link)


def test_problems_of_reading_come_first() -> None:
    read = Problem(
        ProblemKind.SHORT_RECORD, "The record is short.", "Fill it.", table="staff.csv", record=2
    )
    broken = tables([("a", ""), ("b", "a"), ("c", "x")])

    organization = import_tables(Tables(broken.name, broken.frames, problems=(read,))).organization

    assert organization.problems[0] is read
    assert faults(organization.problems[1:2]) == [("units", 4, "parent_id", "x")]
