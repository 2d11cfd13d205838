"""Cells that a spreadsheet program would compute are escaped, and read back unchanged."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from components.reading.formula_escaping import escaped, unescaped, unescaped_table

COMPUTED = ("=", "+", "-", "@", "\t", "\r")


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+41 22 717 91 11", "'+41 22 717 91 11"),
        ("-", "'-"),
        ("-5", "-5"),
        ("-5+1", "'-5+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("'=1+1", "''=1+1"),
        ("''@", "'''@"),
        ("plain", "plain"),
        ("'quoted'", "'quoted'"),
        ("007", "007"),
        ("", ""),
    ],
)
def test_a_cell_is_escaped_only_if_it_would_be_computed(cell: str, written: str) -> None:
    assert escaped(cell) == written


@given(st.text(st.sampled_from("'=+-@\t\ra ")) | st.text())
@example("'" * 3)
def test_any_cell_is_read_back_unchanged_and_none_is_computed(cell: str) -> None:
    assert unescaped(escaped(cell)) == cell
    assert not escaped(cell).startswith(COMPUTED) or cell.removeprefix("-").isdecimal()


def test_all_cells_of_a_table_are_unescaped() -> None:
    cells = {"a": ["'=1", "plain", "''=1"], "b": ["'quoted'", "", "'-"], "c": ["1", "2", "3"]}
    frame = pd.DataFrame(cells, index=[2, 4, 5], dtype="str")
    expected = {"a": ["=1", "plain", "'=1"], "b": ["'quoted'", "", "-"], "c": ["1", "2", "3"]}

    pd.testing.assert_frame_equal(
        unescaped_table(frame), pd.DataFrame(expected, index=[2, 4, 5], dtype="str")
    )


def test_a_column_may_have_any_name() -> None:
    frame = pd.DataFrame({"self": ["'=1", "plain"]})

    assert unescaped_table(frame)["self"].tolist() == ["=1", "plain"]
    assert frame["self"].tolist() == ["'=1", "plain"]
