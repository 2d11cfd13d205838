from __future__ import annotations

import gzip
import json
from typing import Any

import pytest

from components.web.frozen.answers import Answer, Record
from components.web.frozen.packs import LEAF_KEYS, Pack, PackIndex, packs_of


def _record(key: str, *, part: str = "", **contents: str) -> Record:
    return Record(key, part, {name: Answer(text) for name, text in contents.items()})


def _text(data: bytes) -> str:
    return gzip.decompress(data).decode()


def _lines(pack: Pack) -> tuple[dict[str, Any], list[str]]:
    header, *pieces = _text(pack.data).split("\n")
    return json.loads(header), pieces


def test_a_pack_has_each_text_once() -> None:
    (pack,) = packs_of([_record("unit:a", x="same", y="same"), _record("unit:b", x="same", z="ü𝄞")])

    header, pieces = _lines(pack)
    assert pieces == ["same", "ü𝄞"]
    assert header == {
        "variants": ["x", "y", "z"],
        "records": {"unit:a": [1, 1], "unit:b": [1, 0, 2]},
        "texts": ["0 *", "1 *"],
        "base": 0,
    }


def test_similar_texts_share_their_pieces() -> None:
    first, second = '[{"a":1},{"b":2},{"c":3}]', '[{"a":1},{"new":0},{"b":2},{"c":3}]'
    (pack,) = packs_of([_record("unit:a", x=first, y=second)])

    header, pieces = _lines(pack)
    assert pieces == ['[{"a":1},', '{"b":2},', '{"c":3}]', '{"new":0},']
    assert header["texts"] == ["0 3*", "3 =*2="]


def test_a_focus_of_its_own_is_a_text_too() -> None:
    (pack,) = packs_of([Record("unit:a", "", {"x": Answer("content", "focus")})])

    assert _lines(pack)[0]["records"] == {"unit:a": [[1, 2]]}


def test_parts_are_in_packs_of_their_own_that_build_on_the_first() -> None:
    records = [_record("unit:a", x="1"), _record("unit:a\nmatrix", part="matrix", y='1},{"b":2')]

    packs = [*packs_of(records)]
    assert [pack.keys for pack in packs] == [("unit:a",), ("unit:a\nmatrix",)]
    header, pieces = _lines(packs[1])
    assert (header["base"], pieces) == (1, ["1},", '{"b":2'])
    assert header["texts"] == ["1 2*"]


def test_packs_end_before_a_unit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("components.web.frozen.packs.PACK_CHARACTERS", 1)
    units = ("a", "b")
    records = [
        record
        for unit in units
        for record in (_record(f"unit:{unit}", x=unit * 9), _record(f"open:{unit}", part="open"))
    ]
    assert [pack.keys for pack in packs_of(records)] == [
        (f"{record}:{unit}",) for unit in units for record in ("unit", "open")
    ]


def test_equal_records_make_equal_bytes() -> None:
    first, second = ([*packs_of([_record("unit:a", x="1")])] for _ in range(2))

    assert first == second


class TestIndex:
    def test_leads_from_keys_to_packs_and_from_other_names_to_keys(self) -> None:
        index = PackIndex()
        (pack,) = packs_of([_record("unit:b", x="1"), _record("unit:a", x="1")])
        assert index.add(pack) == "0"
        index.add_alias("name:bee", "unit:b")

        files = {name: json.loads(_text(data)) for name, data in index.files({"keys": {}})}
        assert files["keys-0"] == {"name:bee": "unit:b", "unit:a": 0, "unit:b": 0}
        assert files["index"] == {"keys": {}, "leaves": ["name:bee"]}

    def test_is_divided_into_sorted_leaves(self) -> None:
        index = PackIndex()
        for number in range(LEAF_KEYS + 1):
            index.add_alias(f"name:{number:06}", "unit:a")

        files = {name: json.loads(_text(data)) for name, data in index.files({})}
        assert len(files["keys-0"]) == LEAF_KEYS
        assert files["index"]["leaves"] == ["name:000000", f"name:{LEAF_KEYS:06}"]
