from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping

import pytest

from components.model.organization import Records
from components.words import FOLDER, INSTEAD, Message, language_for, languages, words_in
from tests.organizations import organization_of


def forms(message: Message) -> Mapping[str, str]:
    return {"": message} if isinstance(message, str) else message


def test_english_is_the_first_language() -> None:
    assert languages() == ("en", "es", "fr")


@pytest.mark.parametrize("records", Records)
@pytest.mark.parametrize("language", languages())
def test_every_language_says_the_same_things_with_the_same_values(
    language: str, records: Records
) -> None:
    english, words = words_in("en", records), words_in(language, records)
    assert list(words.messages) == list(english.messages)
    assert list(words.script) == list(english.script)
    for key, message in words.messages.items():
        values = {
            value
            for text in forms(english.messages[key]).values()
            for value in re.findall("{(.*?)}", text)
        }
        for form, text in forms(message).items():
            assert text.strip() == text != "", key
            missing = values - set(re.findall("{(.*?)}", text))
            assert missing <= ({"count"} if form == "one" else set()), key


@pytest.mark.parametrize("language", languages())
def test_messages_of_people_and_of_posts_stand_instead_of_those_of_units(language: str) -> None:
    def instead(of: str) -> Mapping[str, Mapping[str, Message]]:
        catalogue = tomllib.loads((FOLDER / f"{of}.toml").read_text(encoding="utf-8"))
        return catalogue[INSTEAD]  # type: ignore[no-any-return]

    assert {*instead(language)} == {Records.PEOPLE, Records.POSTS}
    for kind, messages in instead(language).items():
        assert list(messages) == list(instead("en")[kind])
        assert {*messages} <= {*words_in(language).messages}


UNIT = {"en": r"\bunits?\b", "fr": r"\bunités?\b", "es": r"\bunidad(es)?\b"}


@pytest.mark.parametrize("records", [Records.PEOPLE, Records.POSTS])
@pytest.mark.parametrize("language", languages())
def test_no_message_of_people_or_posts_speaks_of_units(language: str, records: Records) -> None:
    words = words_in(language, records)

    for key, message in {**words.messages, **words.script}.items():
        for text in forms(message).values():
            own = re.sub("{.*?}", "", text)
            assert not re.search(UNIT[language], own, re.IGNORECASE), key


def test_words_are_those_for_what_the_records_are() -> None:
    english = words_in("en")
    posts = organization_of("""
        Post ID, Title, Name, Reports to
        1, Director, Ada Roe,
        2, Pilot, vacant, 1
        """)
    units = organization_of("id, name, parent_id\na, Board,\nb, Pilots, a")

    assert english.about(posts)("units", count=121) == "121 posts"
    assert english.about(posts)("parts") == "Direct reports"
    assert english.about(posts)("units-below", count=2) == "2 posts below"
    assert english.about(posts)("part-of") == "Reports to"
    assert english.about(posts).script["walk-ends-at-leaf"] == "No posts below."
    assert english.about(units)("units", count=121) == "121 units"


@pytest.mark.parametrize("language", languages())
def test_every_plural_has_the_form_for_the_rest(language: str) -> None:
    plurals = [each for each in words_in(language).messages.values() if not isinstance(each, str)]
    assert plurals
    assert all("other" in message for message in plurals)


def test_numbers_and_plurals_are_those_of_the_language() -> None:
    assert words_in("en")("units", count=0) == "0 units"
    assert words_in("fr")("units", count=0) == "0 unité"
    assert words_in("en")("units", count=1_214) == "1,214 units"
    assert words_in("fr")("units", count=1_214) == "1\u202f214 unités"


@pytest.mark.parametrize(
    ("asked", "preferred", "language"),
    [
        ("fr", ["es"], "fr"),
        ("xx", ["es-MX", "en"], "es"),
        ("", ["de-AT", "fr-CA"], "fr"),
        ("", ["tlh"], "en"),
        ("../en", [], "en"),
        ("fr-CA", ["es"], "fr"),
        ("FR", ["es"], "fr"),
        ("Es-mx", [], "es"),
        ("", ["FR"], "fr"),
    ],
)
def test_what_is_asked_for_comes_before_what_the_reader_prefers(
    asked: str, preferred: list[str], language: str
) -> None:
    assert language_for(asked, preferred) == language


def test_languages_are_written_from_where_they_begin() -> None:
    assert words_in("en").direction == "ltr"


def test_french_has_narrow_no_break_spaces_before_its_punctuation() -> None:
    for key, message in words_in("fr").messages.items():
        for text in forms(message).values():
            assert not re.search("[ \u00a0][;:?!»]|«[ \u00a0]", text), key
