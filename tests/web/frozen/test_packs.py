from __future__ import annotations

import gzip
import json

from components.web.frozen.answers import Answer, Record
from components.web.frozen.packs import LEAF_KEYS, PackIndex, packs_of


def _record(key: str, *, part: str = "", **contents: str) -> Record:
    return Record(key, part, {name: Answer(text) for name, text in contents.items()})


def _text(data: bytes) -> str:
    return gzip.decompress(data).decode()


def test_a_pack_has_each_text_once() -> None:
    (pack,) = packs_of([_record("unit:a", x="same", y="same"), _record("unit:b", x="same", z="ü𝄞")])

    header, _, texts = _text(pack.data).partition("\n")
    assert texts == "sameü𝄞"
    assert json.loads(header) == {
        "variants": ["x", "y", "z"],
        "records": {"unit:a": [1, 1], "unit:b": [1, 0, 2]},
        "lengths": [4, 3],
    }


def test_a_focus_of_its_own_is_a_text_too() -> None:
    (pack,) = packs_of([Record("unit:a", "", {"x": Answer("content", "focus")})])

    header = json.loads(_text(pack.data).partition("\n")[0])
    assert header["records"] == {"unit:a": [[1, 2]]}


def test_parts_are_in_packs_of_their_own() -> None:
    records = [_record("unit:a", x="1"), _record("unit:a\nmatrix", part="matrix", y="2")]

    assert [pack.keys for pack in packs_of(records)] == [("unit:a",), ("unit:a\nmatrix",)]


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
