from __future__ import annotations

from dataclasses import replace
from datetime import date

from components.model.groups import Group
from components.model.organization import Organization
from components.model.relations import cross_links
from components.words.captions import (
    link_note,
    picture_source,
    picture_subtitle,
    unit_note,
    view_title,
)
from tests.english import ENGLISH
from tests.organizations import FEW_ROWS, crowd, organization_of, scope_of, units_with_gaps


def test_a_unit_note_has_the_type_and_the_number_of_units_below(harbour: Organization) -> None:
    assert unit_note(harbour, harbour.number["safety"], ENGLISH) == "Department, 2 units below"
    assert unit_note(harbour, harbour.number["fire"], ENGLISH) == "Unit"
    assert unit_note(units_with_gaps(), 3, ENGLISH) == "Not in the table, 2 units below"


def test_the_note_of_a_vacant_post_says_so_once() -> None:
    posts = organization_of("""
        Post ID, Title, Name, Grade, Reports to
        1, Director, Ada Roe, G9,
        2, Pilot, vacant, G8, 1
        3, Coxswain, TBD, , 1
        4, Vacant, , G7, 1
        """)
    units = organization_of("id, name, parent_id, status\na, Board,, open\nb, Pilots, a, open")

    assert [unit_note(posts, unit, ENGLISH) for unit in (1, 2, 3)] == ["G8, vacant", "Vacant", "G7"]
    assert unit_note(units, 1, ENGLISH) == ""


def test_a_link_note_names_the_relation_or_what_is_shared(harbour: Organization) -> None:
    links = cross_links(harbour, range(len(harbour)))
    notes = {
        (link.origin, link.target): link_note(harbour, link, link.origin, ENGLISH) for link in links
    }

    assert notes[harbour.number["goods"], harbour.number["locks"]] == "Advises"
    assert "Tide Tables" in notes[harbour.number["pilots"], harbour.number["locks"]]
    assert "Permits" in notes[harbour.number["fire"], harbour.number["goods"]]


def test_a_link_note_names_the_relation_as_the_given_unit_sees_it(harbour: Organization) -> None:
    goods, locks = harbour.number["goods"], harbour.number["locks"]
    (link,) = (link for link in cross_links(harbour, (goods, locks)) if link.origin == goods)

    assert link_note(harbour, link, locks, ENGLISH) == "Advised by"


def test_a_subtitle_counts_units_and_levels_and_names_the_selected_unit(
    harbour: Organization,
) -> None:
    whole, part = scope_of(harbour), scope_of(harbour, harbour.number["safety"])

    assert picture_subtitle(whole, 3, None, ENGLISH) == "7 units · 3 levels"
    assert picture_subtitle(part, 2, None, ENGLISH) == "3 units of 7"
    assert picture_subtitle(part, 2, harbour.number["fire"], ENGLISH).endswith("Fire Service")


def test_a_subtitle_says_how_much_is_drawn() -> None:
    subtitle = picture_subtitle(scope_of(crowd(), room=FEW_ROWS), 2, None, ENGLISH)

    assert subtitle == "25 units · 3 levels · 3 shown, on 2 levels"


def test_a_subtitle_of_a_group_counts_its_units() -> None:
    subtitle = picture_subtitle(scope_of(crowd(), Group(0, run=(1, 4))), 2, None, ENGLISH)

    assert subtitle == "4 units of 25"


def test_a_title_begins_with_the_selected_unit_or_else_the_centre(harbour: Organization) -> None:
    part, group = scope_of(harbour, 1), scope_of(crowd(), Group(0, run=(1, 4)))

    assert view_title(scope_of(harbour), None, ENGLISH) == "Harbour"
    assert view_title(part, None, ENGLISH) == "Traffic Department – Harbour"
    assert view_title(part, 2, ENGLISH) == "Pilotage Unit – Harbour"
    assert view_title(group, None, ENGLISH) == "A to D (4) – Inline"
    assert view_title(group, 14, ENGLISH) == "Bridges – Inline"
    assert view_title(scope_of(crowd(), Group(1, run=(1, 3))), None, ENGLISH) == (
        "Traffic Department: L to R (3) – Inline"
    )


def test_a_source_leaves_out_what_is_unknown(harbour: Organization) -> None:
    about = replace(harbour.about, source_title="", source_url="", date="")

    assert picture_source(harbour, "https://a.example", ENGLISH) == [
        "Source: Harbour handbook – https://harbour.example/handbook",
        "As of May 4, 2026",
        "Live: https://a.example",
    ]
    assert picture_source(replace(harbour, about=about), "", ENGLISH) == []


def test_a_source_has_the_day_that_is_shown_instead_of_the_date_of_the_data(
    harbour: Organization,
) -> None:
    on_a_day = replace(harbour, has_periods=True, day=date(2023, 1, 1))

    assert picture_source(on_a_day, "", ENGLISH)[1] == "As of Jan 1, 2023"
