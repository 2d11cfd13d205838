"""The files of the search's index; ``tests/web/frozen/test_search.py`` asks them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from components.model.organization import Organization
from components.search.finder import Finder
from components.search.full_text import FIELDS, FullText
from components.search.shards import FOLDER, K1, kept_length, search_files
from tests.organizations import organization_named, seven_units


def files_of(organization: Organization) -> dict[str, Any]:
    """Return the files of an organization as they are read."""
    files: dict[str, Any] = json.loads(
        json.dumps(dict(search_files(Finder(organization), organization)))
    )
    return files


@pytest.fixture(scope="module")
def files() -> Mapping[str, Any]:
    return files_of(seven_units())


def table(files: Mapping[str, Any], name: str) -> dict[Any, Any]:
    """Return a table of all its shards."""
    count = len(files[f"{FOLDER}/about"]["tables"][name])
    return dict(pair for number in range(count) for pair in files[f"{FOLDER}/{name}-{number}"])


def test_a_stem_has_its_words_and_the_endings_of_others(files: Mapping[str, Any]) -> None:
    endings = files[f"{FOLDER}/about"]["endings"]
    bits, words = table(files, "stems")["fire"]

    assert set(words) == {"fire", "fires"}
    assert bits >> endings.index(["", "s"]) & 1
    assert not bits >> endings.index(["i", "y"]) & 1


def test_a_unit_has_its_texts_and_its_parent(files: Mapping[str, Any]) -> None:
    unit, acronym, parent, texts = table(files, "units")[5]

    assert (unit, acronym, parent) == ("fire", "FS", 4)
    assert texts[0] == ["name", "Fire Service", ""]
    assert table(files, "parents")[4] == ["safety", "Safety", 0]


def test_names_tell_the_units_that_have_them_from_others(files: Mapping[str, Any]) -> None:
    names = table(files, "names")

    assert names["fire service"] == [[5], []]
    assert names["brule brigade"] == [[], [5]]


@pytest.mark.parametrize(
    ("length", "kept"),
    [(0, 0), (1, 1), (39, 39), (40, 40), (41, 40), (55, 54), (56, 56), (61, 60), (1000, 984)],
)
def test_lengths_are_kept_as_by_tantivy(length: int, kept: int) -> None:
    assert kept_length(length) == kept


def test_postings_have_the_scores_of_tantivy() -> None:
    # Texts of so many lengths that some lengths are kept rounded.
    lengths = [1, 2, 5, 39, 41, 57, 90, 140, 300]
    names = [f"{'ship ' * (1 + at % 3)}{'dock ' * length}" for at, length in enumerate(lengths)]
    pairs = [(f"u{at}", "u0" if at else "") for at in range(len(names))]
    organization = organization_named(pairs, names)
    files = files_of(organization)
    ((field, rarity, units, norms, positions),) = table(files, "postings")["ship"]
    scores = dict.fromkeys(range(len(names)), 0.0)
    unit = 0
    for difference, norm, places in zip(units, norms, positions, strict=True):
        unit += difference
        reduced = files[f"{FOLDER}/about"]["norms"][field][norm]
        scores[unit] = rarity * (1 + K1) * len(places) / (len(places) + reduced)

    texts = ([("name", name.lower().split())] for name in names)
    full_text = FullText.of(enumerate(texts))
    assert field == [*FIELDS].index("name")
    assert full_text.search([{("ship",): 1.0}], 99) == sorted(scores, key=lambda at: -scores[at])
