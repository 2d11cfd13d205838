from __future__ import annotations

from dataclasses import replace

from components.model.organization import Organization
from components.model.relations import cross_links
from components.model.scope import scope_of
from components.words.captions import (
    link_note,
    picture_source,
    picture_subtitle,
    unit_note,
)
from tests.english import ENGLISH
from tests.organizations import units_with_gaps


def test_a_unit_note_has_the_type_and_the_number_of_units_below(harbour: Organization) -> None:
    assert unit_note(harbour, harbour.number["safety"], ENGLISH) == "Department, 2 units below"
    assert unit_note(harbour, harbour.number["fire"], ENGLISH) == "Unit"
    assert unit_note(units_with_gaps(), 3, ENGLISH) == "Not in the table, 2 units below"


def test_a_link_note_names_the_relation_or_what_is_shared(harbour: Organization) -> None:
    links = cross_links(harbour, range(len(harbour)))
    notes = {(link.origin, link.target): link_note(harbour, link, ENGLISH) for link in links}

    assert notes[harbour.number["goods"], harbour.number["locks"]] == "Advises"
    assert "Tide Tables" in notes[harbour.number["pilots"], harbour.number["locks"]]
    assert "Permits" in notes[harbour.number["fire"], harbour.number["goods"]]


def test_a_subtitle_counts_units_and_levels_and_names_the_selected_unit(
    harbour: Organization,
) -> None:
    whole, part = scope_of(harbour), scope_of(harbour, harbour.number["safety"])

    assert picture_subtitle(whole, 3, None, ENGLISH) == "7 units · 3 levels"
    assert picture_subtitle(part, 2, None, ENGLISH) == "3 units of 7"
    assert picture_subtitle(part, 2, harbour.number["fire"], ENGLISH).endswith("Fire Service")


def test_a_subtitle_says_how_much_is_drawn(harbour: Organization) -> None:
    subtitle = picture_subtitle(scope_of(harbour, most=2), 3, None, ENGLISH)

    assert subtitle == "7 units · 3 levels · 2 shown, on 3 levels"


def test_a_source_leaves_out_what_is_unknown(harbour: Organization) -> None:
    about = harbour.about
    unknown = replace(about, source_title="", source_url="", date="")

    assert picture_source(about, "https://a.example", ENGLISH) == [
        "Source: Harbour handbook – https://harbour.example/handbook",
        "As of May 4, 2026",
        "Live: https://a.example",
    ]
    assert picture_source(unknown, "", ENGLISH) == []
