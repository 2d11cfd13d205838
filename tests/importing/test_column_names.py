"""The names of columns and tables, and the comparison of keys."""

from __future__ import annotations

import pytest

from components.importing.cells import is_missing, loose_key, possible_lists
from components.importing.column_names import fold_name, part_named, role_of_table, whole_named


class TestFoldName:
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
    def test_ignores_case_and_separators(self, name: str) -> None:
        assert fold_name(name) == ("parent", "id")

    def test_ignores_accents(self) -> None:
        assert fold_name("Übergeordnete Einheit") == ("ubergeordnete", "einheit")

    def test_works_in_any_script(self) -> None:
        assert fold_name("차상위 기관_코드") == fold_name("차상위-기관 코드")
        assert fold_name("Вышестоящий орган") == ("вышестоящии", "орган")


class TestColumnRecognition:
    def test_by_its_whole_name_with_the_best_name_first(self) -> None:
        header = ["code", "name", "unit id", "id"]

        assert whole_named("units", "id", header) == ["id", "unit id", "code"]

    def test_by_its_name_with_any_separator(self) -> None:
        assert whole_named("units", "parent_id", ["reportsTo", "REPORTS-TO"]) == [
            "reportsTo",
            "REPORTS-TO",
        ]

    def test_by_a_significant_word_in_its_name(self) -> None:
        header = ["our parent's number", "apparent", "übergeordneter Bereich", "其上级单位"]

        assert part_named("units", "parent_id", header) == [
            "our parent's number",
            "übergeordneter Bereich",
            "其上级单位",
        ]

    def test_not_by_a_part_of_a_word(self) -> None:
        assert whole_named("units", "parent_id", ["apparent", "grandparent id"]) == []
        assert part_named("units", "id", ["idea", "covid"]) == []


@pytest.mark.parametrize(
    ("name", "role"),
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
def test_the_name_of_a_table_suggests_its_role(name: str, role: str) -> None:
    assert role_of_table(name) == role


@pytest.mark.parametrize(
    "cell",
    ["", "0", "000", "-", "—", "n/a", "N/A", "XX", "_U", "None", "NULL", "なし", "нет", "(none)"],
)
def test_a_word_for_no_value_is_none(cell: str) -> None:
    assert is_missing(cell)


@pytest.mark.parametrize("cell", ["10", "Nora", "no one", "x1", "0a", "none of the above at all"])
def test_other_cells_are_not_none(cell: str) -> None:
    assert not is_missing(cell)


@pytest.mark.parametrize(
    ("one", "other"),
    [("007", "7"), ("7.0", "7"), ("HQ 1", "hq1"), (" a\u00a0b ", "AB"), ("00a", "a"), ("000", "0")],
)
def test_loose_keys_ignore_leading_zeros_case_and_white_space(one: str, other: str) -> None:
    assert loose_key(one) == loose_key(other)


@pytest.mark.parametrize(("one", "other"), [("70", "7"), ("1.5", "15"), ("a-b", "ab"), ("é", "e")])
def test_loose_keys_keep_all_other_differences(one: str, other: str) -> None:
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
def test_a_cell_with_separators_or_brackets_may_be_a_list(
    cell: str, parts: tuple[str, ...]
) -> None:
    assert possible_lists(cell) == [parts]


@pytest.mark.parametrize(
    "cell", ["a", "[a", "[", "[]", "[a]", "(" * 5000 + ")" * 5000, "[1" * 9 + "]"]
)
def test_a_cell_without_separators_or_valid_brackets_is_not_a_list(cell: str) -> None:
    assert possible_lists(cell) == []


def test_a_cell_with_two_separators_may_be_either_of_two_lists() -> None:
    assert possible_lists("a, b; c, d") == [("a, b", "c, d"), ("a", "b; c", "d")]
