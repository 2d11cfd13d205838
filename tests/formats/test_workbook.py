"""Workbooks: every cell is text, and a round trip loses nothing."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given
from python_calamine import CalamineWorkbook

from components.formats.errors import FormatError
from components.formats.workbook import workbook
from components.importing.column_settings import Choices
from components.importing.import_tables import import_tables
from components.model.organization import Organization
from components.reading.tables import Tables
from tests.formats.round_trip import content, frame, organizations
from tests.organizations import organization_named, tables
from tests.properties import examples


def round_trip(organization: Organization) -> Organization:
    """Return the organization after writing it as a workbook and importing that."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook(organization)))
    frames = {name: frame(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names}
    choices = Choices(title=organization.about.title)
    return import_tables(Tables(organization.about.name, frames), choices).organization


def test_round_trip_of_the_shipped_organization(iom: Organization) -> None:
    assert content(round_trip(iom)) == content(iom)


@examples(20)
@given(organizations())
def test_round_trip_of_any_organization(random_organization: Organization) -> None:
    assert content(round_trip(random_organization)) == content(random_organization)
    assert workbook(random_organization) == workbook(replace(random_organization))


def test_every_cell_is_text() -> None:
    names = ["=1+1", "https://a.example/", "007"]
    organization = organization_named([("a", ""), ("b", "a"), ("c", "a")], names)
    with zipfile.ZipFile(io.BytesIO(workbook(organization))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()

    cells = re.findall("<c [^>]*>", sheet)
    assert len(cells) == 13 + 3 * 2 + 2
    assert all('t="inlineStr"' in cell for cell in cells)
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet


def test_the_header_is_frozen(harbour: Organization) -> None:
    with zipfile.ZipFile(io.BytesIO(workbook(harbour))) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if "worksheets/" in name]

    assert len(sheets) == 6
    assert all(b'ySplit="1"' in sheet and b'state="frozen"' in sheet for sheet in sheets)


def test_a_synthetic_top_is_omitted() -> None:
    organization = import_tables(tables([("a", ""), ("b", "")], name="Staff")).organization
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook(organization)))

    assert [row[0] for row in book.get_sheet_by_name("units").to_python()] == ["id", "a", "b"]


@pytest.mark.parametrize("text", ["x" * 32_768, "😀" * 16_384])
def test_a_text_longer_than_a_cell_is_an_error(text: str) -> None:
    with pytest.raises(FormatError, match="Take the data package instead") as raised:
        workbook(organization_named([("a", "")], [text]))

    assert "column name" in str(raised.value)


@pytest.mark.parametrize("text", ["x" * 32_767, "😀" * 16_383])
def test_the_longest_text_is_complete(text: str) -> None:
    assert round_trip(organization_named([("a", "")], [text])).units["name"] == [text]
