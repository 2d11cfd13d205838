"""The search of a frozen page answers as that of the server."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.model.organization import Organization
from components.search.finder import Finder
from components.search.shards import search_files
from tests.organizations import organization_named, organization_of, posts, seven_units, two_states
from tests.properties import examples, some
from tests.search.test_finder import QUESTIONS
from tests.search.texts import TEXTS
from tests.web.frozen.pages import frozen_answers
from tests.web.servers import serve

SHARE = 0.95
"""Of all questions, the least share that has the same units in the first three places."""


def answers(organization: Organization, questions: Sequence[str]) -> list[tuple[Any, Any]]:
    """Return for each question the answers of a frozen page and of the server."""
    client = serve(organization)
    requests = [{"q": question} for question in questions]
    files = search_files(Finder(organization), organization)
    frozen = frozen_answers("search", files, requests)
    served = [client.get("/search", query_string=request).json for request in requests]
    return list(zip(frozen, served, strict=True))


def first_three(answer: Any) -> list[str]:
    return [hit["unit"] for hit in answer["hits"][:3]]


def share(answers: Sequence[tuple[Any, Any]]) -> float:
    """Return the share of the questions that have the same units in the first three places."""
    return sum(first_three(frozen) == first_three(served) for frozen, served in answers) / len(
        answers
    )


def test_questions_in_everyday_words_have_the_same_answers(iom: Organization) -> None:
    with QUESTIONS.open(encoding="utf-8", newline="") as file:
        questions = [row["question"] for row in csv.DictReader(file)]
    compared = answers(iom, questions)

    assert share(compared) >= SHARE
    for frozen, served in compared:
        if first_three(frozen) == first_three(served):
            assert frozen["near"] == served["near"]


def test_names_have_the_same_answers_in_full_in_part_and_misspelt(iom: Organization) -> None:
    questions = [
        question
        for number, name in enumerate(some(iom.units["name"]))
        for at in (number % len(name),)
        for question in (
            name,
            name.lower(),
            name[: at + 3],
            name[:at] + name[at + 1 :],
            name[: at + 1] + "e" + name[at + 2 :],
            " ".join(reversed(name.split())),
            *iom.units["acronym"][number : number + 1],
            *(duty.text for duty in iom.responsibilities.of(number)[:1]),
        )
    ]

    assert all(frozen == served for frozen, served in answers(iom, questions))


HARBOUR_QUESTIONS = [
    *("fire", "Fire Service", "FS", "vts", "brule brigade", "sluices", "ships", "guides ships"),
    *("Piltage", "Pliotage Unit", "fireservice", "fair way", "weldung", "melding", "ship wacth"),
    *("who knows what is aboard?", "the", "what is", "permits for", "Bo Lind", "Quay 2", "arriv"),
    *("PSA", "tide tables", "department", "dep", "un", "harbor office", "xqwelxdinx", "ships fire"),
    *(
        "",
        "  ",
        "?!",
        "🎉",
        "\0",
        "qqqq kkkk",
        "ship's",
        "FIRE & RESCUE",
        "a" * 10_000,
        "ship " * 99,
    ),
]


def test_the_harbour_has_the_same_answers() -> None:
    for question, (frozen, served) in zip(
        HARBOUR_QUESTIONS, answers(seven_units(), HARBOUR_QUESTIONS), strict=True
    ):
        assert frozen == served, question


def test_facts_people_and_synonyms_have_the_same_answers() -> None:
    organization = organization_of(
        """
        id, name, parent, phone, Start of service, grade
        top, Top, , +41 22 717 91 11, 2020, P5
        fleet, Fleet & Förderung, top, +41 22 717 92 12, 2021, P4
        shop, Workshop, top, , 2021, P4
        """,
        responsibilities=f"unit_id, responsibility\nfleet, Lends {'very ' * 60} old bicycles 🚲\n"
        "shop, Mends chains",
        synonyms="words, means\npush bike;tricycle;vélo, bicycle\ntwo wheels, bicycle;chains",
    )
    questions = [
        *("push bikes", "two wheels", "velo", "who has a vélo?", "tricicle", "tricyc", "tri cycle"),
        *("2021", "0227179111", "717 92", "P4", "grade", "foerderung", "forderung", "very old"),
    ]

    for question, (frozen, served) in zip(questions, answers(organization, questions), strict=True):
        assert frozen == served, question


@pytest.mark.parametrize(
    ("name", "questions"),
    [
        ("住民税務課", ["税務", "税", "税務課", "住民 税務"]),
        ("한국가족지원과", ["가족", "가족지원", "한국"]),
        ("وزارة الصحة", ["الصحة", "وزارة"]),
        ("Straße & ΟΔΟΣ", ["strasse", "STRASSE", "οδος", "Οδός"]),
        ("Служба эксплуатации", ["служба", "эксплуат", "слжуба"]),
    ],
)
def test_names_in_any_script_have_the_same_answers(name: str, questions: list[str]) -> None:
    organization = organization_named([("top", ""), ("unit", "top")], ["町役場", name])

    for frozen, served in answers(organization, questions):
        assert first_three(served) == ["unit"]
        assert frozen == served


def test_posts_have_the_same_answers() -> None:
    questions = ["pilot", "Ada Roe", "vacant", "G7", "clerk moss"]

    assert all(frozen == served for frozen, served in answers(posts(), questions))


@examples(12)
@given(
    st.lists(TEXTS, min_size=1, max_size=4),
    st.lists(TEXTS, min_size=1, max_size=6),
)
def test_random_texts_have_the_same_answers(names: list[str], texts: list[str]) -> None:
    pairs = [(f"u{at}", "u0" if at else "") for at in range(len(names))]
    duties = [[f"u{at % len(names)}", text] for at, text in enumerate(texts)]
    organization = organization_named(
        pairs, names, responsibilities=[["unit_id", "responsibility"], *duties]
    )
    questions = [*names, *texts, *(text[3:9] for text in (*names, *texts))]

    for question, (frozen, served) in zip(questions, answers(organization, questions), strict=True):
        assert frozen == served, question


def test_two_states_have_the_same_answers() -> None:
    questions = ["mail room", "watch", "pilots", "finance", "tide tables", "quays"]
    both = answers(two_states(), questions)

    assert all(frozen == served for frozen, served in both)
    assert [served["hits"][0].get("change") for _, served in both[:4]] == [
        *("gone", "new", "moved", None),
    ]
