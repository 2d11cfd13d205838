"""What columns and tables are called."""

from __future__ import annotations

import pytest

from components.importing.cells import is_none, loose_key, parts_of
from components.importing.column_names import fold_name, part_named, use_of_table, whole_named


class TestANameIsFolded:
    @pytest.mark.parametrize(
        "name",
        [
            "parent id",
            "parent_id",
            "parent-id",
            "parentId",
            "ParentID",
            " PARENT  ID ",
            "Pàrent.Id",
        ],
    )
    def test_from_however_it_is_written(self, name: str) -> None:
        assert fold_name(name) == ("parent", "id")

    def test_with_its_accents_off(self) -> None:
        assert fold_name("Übergeordnete Einheit") == ("ubergeordnete", "einheit")

    def test_in_any_script(self) -> None:
        assert fold_name("차상위 기관_코드") == fold_name("차상위-기관 코드")
        assert fold_name("Вышестоящий орган") == ("вышестоящии", "орган")


class TestAColumnIsFound:
    def test_by_its_whole_name_the_best_called_first(self) -> None:
        header = ["code", "name", "unit id", "id"]

        assert whole_named("units", "id", header) == ["id", "unit id", "code"]

    def test_whatever_stands_between_its_words(self) -> None:
        assert whole_named("units", "parent_id", ["reportsTo", "REPORTS-TO"]) == [
            "reportsTo",
            "REPORTS-TO",
        ]

    def test_by_a_part_of_its_name_that_is_typical(self) -> None:
        header = ["our parent's number", "apparent", "übergeordneter Bereich", "其上级单位"]

        assert part_named("units", "parent_id", header) == [
            "our parent's number",
            "übergeordneter Bereich",
            "其上级单位",
        ]

    def test_and_no_other_is(self) -> None:
        assert whole_named("units", "parent_id", ["apparent", "grandparent id"]) == []
        assert part_named("units", "id", ["idea", "covid"]) == []


@pytest.mark.parametrize(
    ("name", "use"),
    [
        ("units", "units"),
        ("Departments", "units"),
        ("unidades", "units"),
        ("duties", "responsibilities"),
        ("職務", "responsibilities"),
        ("edges", "relations"),
        ("weather", ""),
    ],
)
def test_a_table_is_used_as_its_name_says(name: str, use: str) -> None:
    assert use_of_table(name) == use


@pytest.mark.parametrize(
    "cell",
    ["", "0", "000", "-", "—", "n/a", "N/A", "XX", "_U", "None", "NULL", "なし", "нет", "(none)"],
)
def test_a_cell_may_say_that_there_is_nothing_to_say(cell: str) -> None:
    assert is_none(cell)


@pytest.mark.parametrize("cell", ["10", "Nora", "no one", "x1", "0a", "none of the above at all"])
def test_most_cells_say_something(cell: str) -> None:
    assert not is_none(cell)


@pytest.mark.parametrize(
    ("one", "other"),
    [("007", "7"), ("7.0", "7"), ("HQ 1", "hq1"), (" a\u00a0b ", "AB"), ("00a", "a"), ("000", "0")],
)
def test_keys_are_compared_at_last_without_zeros_case_and_space(one: str, other: str) -> None:
    assert loose_key(one) == loose_key(other)


@pytest.mark.parametrize(("one", "other"), [("70", "7"), ("1.5", "15"), ("a-b", "ab"), ("é", "e")])
def test_keys_that_differ_otherwise_stay_apart(one: str, other: str) -> None:
    assert loose_key(one) != loose_key(other)


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("a;b", ("a", "b")),
        ("a | b", ("a", "b")),
        ("a\nb", ("a", "b")),
        ("a, b,", ("a", "b")),
        ("['a', 'b']", ("a", "b")),
        ('["a", 2]', ("a", "2")),
        ("('a', 'b')", ("a", "b")),
    ],
)
def test_a_cell_may_be_read_as_several(cell: str, parts: tuple[str, ...]) -> None:
    assert parts_of(cell) == [parts]


@pytest.mark.parametrize(
    "cell", ["a", "[a", "[", "[]", "[a]", "(" * 5000 + ")" * 5000, "[1" * 9 + "]"]
)
def test_what_is_no_list_is_none(cell: str) -> None:
    assert parts_of(cell) == []


def test_a_cell_with_two_separators_may_be_read_in_two_ways() -> None:
    assert parts_of("a, b; c, d") == [("a, b", "c, d"), ("a", "b; c", "d")]
