"""Sorted tables as files."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from components.shards import SIZE, differences, table_files

ENTRIES = [(f"key {number:05}", [number] * 20) for number in range(3_000)]


def test_a_table_is_cut_into_shards_of_limited_length() -> None:
    *shards, (name, about) = table_files("folder", {"numbers": ENTRIES}, {"more": 1})

    assert len(shards) > 3
    assert [name for name, _ in shards] == [f"folder/numbers-{at}" for at in range(len(shards))]
    contents = [json.loads(json.dumps(content)) for _, content in shards]
    assert [tuple(entry) for content in contents for entry in content] == ENTRIES
    assert all(len(json.dumps(content)) < 2 * SIZE for content in contents)
    first_keys = [content[0][0] for content in contents]
    assert (name, about) == ("folder/about", {"more": 1, "tables": {"numbers": first_keys}})


def test_a_long_entry_has_a_shard_of_its_own() -> None:
    entries = [("a", "short"), ("b", "long" * SIZE), ("c", "short")]

    shards = [content for name, content in table_files("f", {"t": entries}, {}) if "-" in name]
    assert shards == [[entry] for entry in entries]


def test_an_empty_table_has_no_shards() -> None:
    assert list(table_files("f", {"t": []}, {})) == [("f/about", {"tables": {"t": []}})]


@given(st.lists(st.integers(0, 99), unique=True))
def test_differences_add_up_to_the_numbers(numbers: list[int]) -> None:
    steps = differences(sorted(numbers))

    assert [sum(steps[: at + 1]) for at in range(len(steps))] == sorted(numbers)
