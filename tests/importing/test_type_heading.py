"""What the page calls the types of units: as the table does, or by its own word."""

from __future__ import annotations

from typing import Any

import pytest

from components.importing.import_tables import import_tables
from components.model.categories import TYPE, categories_of
from components.model.organization import Organization
from tests.organizations import organization_of, tables


def headed(heading: str) -> Organization:
    return organization_of(f"""
        id, name, parent, {heading}
        a, Board, , G9
        b, Pilots, a, G7
        c, Staff, a, G7
        """)


@pytest.mark.parametrize("heading", ["Grade", "Job title", "Category", "Cargo", "Contract type"])
def test_a_heading_that_says_more_is_kept(heading: str) -> None:
    organization = headed(heading)

    assert organization.units["type"][0] == "G9"
    assert organization.type_heading == heading
    assert categories_of(organization)[TYPE].heading == heading


@pytest.mark.parametrize(
    "heading",
    [
        *("type", "Type", "Kind", "Unit type", "unit_type", "Type of body", "Art", "Typ", "Tipo"),
        *("Tipo de unidad", "Type de structure", "기관유형", "種別", "тип"),
    ],
)
def test_a_heading_that_only_says_type_is_the_word_of_the_page(heading: str) -> None:
    organization = headed(heading)

    assert organization.units["type"][0] == "G9"
    assert organization.type_heading == ""
    assert categories_of(organization)[TYPE].heading == ""


@pytest.mark.parametrize(
    ("field", "heading"),
    [
        ({"title": "Grade"}, "Grade"),
        ({"title": "Type"}, ""),
        ({"title": 7}, ""),
        ({}, ""),
    ],
)
def test_a_data_package_may_call_the_standard_column_otherwise(
    field: dict[str, Any], heading: str
) -> None:
    schema = {"fields": [{"name": "name"}, {"name": "type", **field}]}
    described = tables(
        "id, name, parent_id, type\na, Board, , G9\nb, Pilots, a, G7",
        descriptor={"resources": [{"name": "units", "schema": schema}]},
    )

    assert import_tables(described).organization.type_heading == heading
