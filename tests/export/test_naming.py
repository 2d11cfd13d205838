"""File names and addresses of pictures."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.export.naming import address_of, code_points, file_name
from components.export.options import Subject, read_options
from components.importing.import_tables import import_tables
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.view_state import ViewState
from tests.export.conftest import HOME
from tests.organizations import crowd, organization_of, tables


def name_of(subject: Subject, diagram: str = "network", form: str = "png", **texts: str) -> str:
    return file_name(subject, read_options(subject, diagram, form, texts))


def address(subject: Subject, diagram: str = "network", **texts: str) -> str:
    return address_of(subject, read_options(subject, diagram, "png", texts))


def on_a_day(subject: Subject) -> Subject:
    organization = replace(subject.organization, has_periods=True, day=date(2023, 1, 1))
    return replace(subject, index=OrganizationIndex(organization))


class TestFileName:
    def test_has_the_dataset_and_the_diagram(self, subject: Subject) -> None:
        assert name_of(subject) == "harbour-network.png"
        assert name_of(subject, "sunburst", "pdf") == "harbour-sunburst.pdf"

    def test_has_the_selected_unit_or_the_focus(self, subject: Subject) -> None:
        assert name_of(subject, focus="traffic") == "harbour-network-traffic.png"
        assert name_of(subject, focus="traffic", unit="pilots") == "harbour-network-pilots.png"

    def test_has_the_dark_theme(self, subject: Subject) -> None:
        assert name_of(subject, unit="fire", theme="dark") == "harbour-network-fire-dark.png"

    def test_has_what_the_picture_is_for(self, subject: Subject) -> None:
        assert name_of(subject, preset="a4-landscape") == "harbour-network-a4-landscape.png"

    def test_has_the_language_unless_it_is_english(self, subject: Subject) -> None:
        assert name_of(subject, lang="fr") == "harbour-network-fr.png"
        assert name_of(subject, lang="en") == "harbour-network.png"

    def test_has_the_day_if_records_have_periods(self, subject: Subject) -> None:
        assert name_of(on_a_day(subject), unit="fire") == "harbour-2023-01-01-network-fire.png"

    def test_of_a_unit_of_the_shipped_organization(self, iom: Organization) -> None:
        subject = Subject(OrganizationIndex(iom), HOME)

        assert name_of(subject, unit="DTM") == (
            "iom-operations-network-displacement-tracking-matrix.png"
        )

    @pytest.mark.parametrize(
        ("unit", "part"),
        [
            ("../../etc/passwd", "etc-passwd"),
            ('a"b\r\nSet-Cookie: x', "a-b-set-cookie-x"),
            ("Łódź & Ærø", "odz-r"),
            ("部门", "unit-1"),
            ("…", "unit-1"),
            ("x" * 300, "x" * 60),
            ("y" * 59 + " z", "y" * 59),
        ],
    )
    def test_is_plain_ascii_for_any_id(self, unit: str, part: str) -> None:
        subject = Subject(
            OrganizationIndex(organization_of([("top", ""), (unit, "top"), ("z", unit)])),
            "",
        )
        options = read_options(subject, "network", "png", {})

        assert (
            file_name(subject, replace(options, state=ViewState(unit=1)))
            == f"inline-network-{part}.png"
        )

    def test_has_the_group_in_the_centre(self) -> None:
        subject = Subject(OrganizationIndex(crowd()), "")

        names = {name_of(subject, focus=focus) for focus in ("port~<5~1-4", "port~type:department")}

        assert names == {"inline-network-port-5-1-4.png", "inline-network-port-type-department.png"}

    @given(st.text(), st.text(min_size=1).filter(str.strip))
    def test_is_safe_and_short_for_any_dataset_and_id(self, dataset: str, unit: str) -> None:
        pairs = [("top", ""), (unit, "top")]
        organization = import_tables(tables(pairs, name=dataset)).organization
        subject = Subject(OrganizationIndex(organization), "")
        options = read_options(subject, "sunburst", "svg", {"theme": "dark"})

        name = file_name(subject, replace(options, state=ViewState(unit=len(organization) - 1)))

        assert re.fullmatch(r"[a-z0-9][a-z0-9-]*\.svg", name)
        assert len(name) < 160


class TestAddress:
    def test_has_the_diagram_and_no_defaults(self, subject: Subject) -> None:
        assert address(subject) == f"{HOME}?view=network"
        assert address(subject, "sunburst", theme="dark") == f"{HOME}?view=sunburst"

    def test_has_the_language(self, subject: Subject) -> None:
        assert address(subject, lang="fr") == f"{HOME}?view=network&lang=fr"

    def test_has_all_values_that_are_not_defaults_in_the_order_of_the_page(
        self, subject: Subject
    ) -> None:
        texts = {"references": "shown", "layout": "radial", "links": "all"}

        assert address(subject, unit="pilots", focus="VTS", **texts) == (
            f"{HOME}?unit=pilots&focus=traffic&view=network&links=all&layout=radial"
            "&references=shown"
        )

    @pytest.mark.parametrize("unit", ["a&b=c", "a b+c", "部门", "a/b?c#d", "~*'()!", "%2F"])
    def test_encodes_any_id(self, unit: str) -> None:
        subject = Subject(OrganizationIndex(organization_of([("top", ""), (unit, "top")])), HOME)

        parts = urlsplit(address(subject, unit=unit))

        assert parts.query.isascii()
        assert dict(parse_qsl(parts.query)) == {"unit": unit, "view": "network"}


def test_only_the_first_fifty_characters_are_named() -> None:
    assert code_points("部\U0001f600") == "U+90E8 U+1F600"
    assert len(code_points("部" * 1_000).split()) == 50
