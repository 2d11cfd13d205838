"""The route of the search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.organizations import organization_of, two_states
from tests.web.servers import serve


def search(client: FlaskClient, question: str) -> Mapping[str, Any]:
    """Return the answer to a question."""
    answer = client.get("/search", query_string={"q": question})
    assert answer.status_code == 200
    content: Mapping[str, Any] = answer.json
    return content


def marked(text: str, marks: Sequence[tuple[int, int]]) -> list[str]:
    """Return the marked parts of a text; marks are in UTF-16 code units."""
    units = text.encode("utf-16-le")
    return [units[2 * start : 2 * end].decode("utf-16-le") for start, end in marks]


def test_a_hit_has_its_ancestors_and_the_text_that_matched(client: FlaskClient) -> None:
    hit = search(client, "welding")["hits"][0]

    assert hit == {
        "unit": "fire",
        "name": "Fire Service",
        "acronym": "FS",
        "chain": [{"unit": "harbour", "name": "Harbour"}, {"unit": "safety", "name": "Safety"}],
        "name_marks": [],
        "matched": {
            "kind": "responsibility",
            "heading": "",
            "text": "Grants permits for welding",
            "marks": [[19, 26]],
        },
    }


def test_a_hit_that_matches_by_its_name_has_no_other_text(client: FlaskClient) -> None:
    hit = search(client, "pilotage")["hits"][0]

    assert (hit["unit"], hit["name_marks"], hit["matched"]) == ("pilots", [[0, 8]], None)


def test_marks_are_in_utf_16_code_units() -> None:
    client = serve(
        organization_of(
            "id, name, parent\ntop, Top,\nfire, 🚒🚒 Fire Service, top",
            responsibilities="unit_id, responsibility\nfire, 🔥 Puts out fires 🔥 and blazes",
        )
    )

    name, duty = (search(client, question)["hits"][0] for question in ("fire", "blazes"))
    assert marked(name["name"], name["name_marks"]) == ["Fire"]
    assert marked(duty["matched"]["text"], duty["matched"]["marks"]) == ["blazes"]


def test_similar_hits_are_distinguished_from_matches(client: FlaskClient) -> None:
    assert search(client, "welding")["near"] is False
    assert search(client, "xqwelxdinx")["near"] is True
    assert search(client, "")["hits"] == []
    assert client.get("/search").json == {"hits": [], "near": False}


@pytest.mark.parametrize("question", ["a" * 10_000, '"' * 10_000, "🎉" * 2_500, "OR (" * 2_500])
def test_a_question_of_any_length_is_answered(client: FlaskClient, question: str) -> None:
    assert set(search(client, question)) == {"hits", "near"}


def test_an_invalid_encoding_is_answered(client: FlaskClient) -> None:
    assert client.get("/search?q=%ED%A0%80%00%FF").status_code == 200


def test_hits_say_what_has_become_of_a_unit() -> None:
    client = serve(two_states())
    found = {
        hit["name"]: hit.get("change")
        for question in ("mail room", "watch", "pilots", "finance")
        for hit in search(client, question)["hits"][:1]
    }

    assert found == {"Mail Room": "gone", "Watch": "new", "Pilots": "moved", "Finance": None}
