"""Units by their names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.model import sorted_texts
from components.model import unit_names as module
from components.model.text import fold_text, split_list
from components.model.unit_names import unit_names

CELLS = st.sampled_from(["", "a", "A", "Á b", "b", "fire", "fire; a", "fire service", "!"])
ROWS = st.lists(st.tuples(*[CELLS] * 5), max_size=12)
COLUMNS = ("id", "name", "short_name", "acronym", "aliases")


def columns_of(rows: Sequence[Sequence[str]]) -> Mapping[str, Sequence[str]]:
    return {name: [row[at] for row in rows] for at, name in enumerate(COLUMNS)}


def expected_of(rows: Sequence[Sequence[str]], units: Sequence[int]) -> dict[str, tuple[int, ...]]:
    expected: dict[str, list[int]] = {}
    for unit in units:
        *names, aliases = rows[unit]
        for name in dict.fromkeys(map(fold_text, (*names, *split_list(aliases)))):
            if name:
                expected.setdefault(name, []).append(unit)
    return {name: tuple(found) for name, found in expected.items()}


@given(ROWS)
def test_are_found_by_each_of_their_folded_names(rows: list[tuple[str, ...]]) -> None:
    names = unit_names(columns_of(rows), range(len(rows)))

    expected = expected_of(rows, range(len(rows)))
    assert dict(names.items()) == {name: names[name] for name in names} == expected
    assert [*names] == sorted(expected)
    assert names == expected
    assert "unknown" not in names
    assert [*names.beginning_with("f")] == sorted(
        (name for name in sorted(expected) if name.startswith("f")),
        key=lambda name: expected[name][0],
    )


@given(ROWS)
def test_of_some_units_are_theirs_only(rows: list[tuple[str, ...]]) -> None:
    some = range(0, len(rows), 2)

    assert dict(unit_names(columns_of(rows), some).items()) == expected_of(rows, some)


def test_may_be_more_than_are_compared_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(f"u{at}", f"Team {at % 3}", "", "", "") for at in range(20)]
    expected = expected_of(rows, range(20))
    monkeypatch.setattr(module, "UNITS_AT_ONCE", 3)
    monkeypatch.setattr(sorted_texts, "AT_ONCE", 2)

    assert dict(unit_names(columns_of(rows), range(20)).items()) == expected
