"""A cell that a spreadsheet would compute is text, and comes back as it was."""

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
        ("@SUM(A1)", "'@SUM(A1)"),
        ("'=1+1", "''=1+1"),
        ("''@", "'''@"),
        ("plain", "plain"),
        ("'quoted'", "'quoted'"),
        ("007", "007"),
        ("", ""),
    ],
)
def test_a_cell_is_guarded_only_where_it_must_be(cell: str, written: str) -> None:
    assert escaped(cell) == written


@given(st.text(st.sampled_from("'=+-@\t\ra ")) | st.text())
@example("'" * 3)
def test_any_cell_comes_back_and_none_that_is_written_is_computed(cell: str) -> None:
    assert unescaped(escaped(cell)) == cell
    assert not escaped(cell).startswith(COMPUTED)


def test_a_table_has_each_of_its_cells_back() -> None:
    cells = {"a": ["'=1", "plain", "''=1"], "b": ["'quoted'", "", "'-"], "c": ["1", "2", "3"]}
    frame = pd.DataFrame(cells, index=[2, 4, 5], dtype="str")
    expected = {"a": ["=1", "plain", "'=1"], "b": ["'quoted'", "", "-"], "c": ["1", "2", "3"]}

    pd.testing.assert_frame_equal(
        unescaped_table(frame), pd.DataFrame(expected, index=[2, 4, 5], dtype="str")
    )
