"""The workbook: every cell is text, and comes back as it was."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given, settings
from python_calamine import CalamineWorkbook

from components.formats.errors import FormatError
from components.formats.workbook import workbook
from components.importing.import_tables import import_tables
from components.model.organization import Organization
from components.reading.tables import Tables
from tests.formats.again import content, frame, organizations
from tests.organizations import organization_named, tables


def again(organization: Organization) -> Organization:
    """Return the organization in the workbook of another one."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook(organization)))
    frames = {name: frame(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names}
    return import_tables(Tables(organization.about.title, frames)).organization


def test_the_shipped_organization_is_read_again_as_it_was(iom: Organization) -> None:
    assert content(again(iom)) == content(iom)


@settings(max_examples=20)
@given(organizations())
def test_any_organization_is_read_again_as_it_was(any_: Organization) -> None:
    assert content(again(any_)) == content(any_)
    assert workbook(any_) == workbook(replace(any_))


def test_there_is_no_formula_no_number_and_no_link() -> None:
    names = ["=1+1", "https://a.example/", "007"]
    nasty = organization_named([("a", ""), ("b", "a"), ("c", "a")], names)
    with zipfile.ZipFile(io.BytesIO(workbook(nasty))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()

    cells = re.findall("<c [^>]*>", sheet)
    assert len(cells) == 13 + 3 * 2 + 2
    assert all('t="inlineStr"' in cell for cell in cells)
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet


def test_the_header_stays_in_sight(harbour: Organization) -> None:
    with zipfile.ZipFile(io.BytesIO(workbook(harbour))) as archive:
        sheets = [archive.read(each) for each in archive.namelist() if "worksheets/" in each]

    assert len(sheets) == 6
    assert all(b'ySplit="1"' in sheet and b'state="frozen"' in sheet for sheet in sheets)


def test_the_top_that_gathers_roots_is_left_out() -> None:
    organization = import_tables(tables([("a", ""), ("b", "")], name="Staff")).organization
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook(organization)))

    assert [row[0] for row in book.get_sheet_by_name("units").to_python()] == ["id", "a", "b"]


@pytest.mark.parametrize("text", ["x" * 32_768, "😀" * 16_384])
def test_a_text_that_no_cell_holds_is_not_cut_but_refused(text: str) -> None:
    with pytest.raises(FormatError, match="Take the data package instead") as raised:
        workbook(organization_named([("a", "")], [text]))

    assert "column name" in str(raised.value)


@pytest.mark.parametrize("text", ["x" * 32_767, "😀" * 16_383])
def test_the_longest_text_is_kept(text: str) -> None:
    assert again(organization_named([("a", "")], [text])).units["name"] == [text]
