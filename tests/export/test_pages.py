"""A PDF with a page for each part whose own parts are not drawn: pages, bookmarks and links."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from pypdf import PdfReader
from pypdf.generic import Destination

from components.export import pages
from components.export.options import PictureOptions, Subject, read_options
from components.export.pages import Page, draw_pages
from components.export.pictures import export
from components.export.workers import render_here
from components.model.index import OrganizationIndex
from components.view_state import Diagram
from tests.diagrams.drawings import parse_svg
from tests.organizations import organization_of

of_both = pytest.mark.parametrize("diagram", Diagram)


@pytest.fixture(scope="module")
def tree() -> Subject:
    """Three levels of five parts each: 156 units."""
    names = [""]
    pairs = [("top", "")]
    for _ in range(3):
        names = [f"{name}{letter}" for name in names for letter in "abcde"]
        pairs += [(name, name[:-1] or "top") for name in names]
    return Subject(OrganizationIndex(organization_of(pairs)), "")


def options(subject: Subject, diagram: str = "network", **texts: str) -> PictureOptions:
    return read_options(subject, diagram, "pdf", {"pages": "all", "levels": "1", **texts})


def names(drawn: list[Page]) -> list[str]:
    return [page.name for page in drawn]


@of_both
def test_there_is_a_page_for_each_closed_part_level_by_level(tree: Subject, diagram: str) -> None:
    drawn = draw_pages(tree, options(tree, diagram))

    parts = [f"{one}{other}" for one in "abcde" for other in "abcde"]
    assert names(drawn) == ["Inline", *"abcde", *parts]
    assert [page.parent for page in drawn] == [
        None,
        *[0] * 5,
        *(number for number in range(1, 6) for _ in "abcde"),
    ]


def test_what_is_opened_has_no_page(tree: Subject) -> None:
    assert len(draw_pages(tree, options(tree, levels="2"))) == 26
    assert names(draw_pages(tree, options(tree, levels="3", open="all"))) == ["Inline"]


def test_the_first_page_is_that_of_the_focus(tree: Subject) -> None:
    drawn = draw_pages(tree, options(tree, focus="b"))

    assert names(drawn) == ["b", "ba", "bb", "bc", "bd", "be"]


def test_only_the_first_page_has_the_selected_unit(tree: Subject) -> None:
    drawn = draw_pages(tree, options(tree, unit="b"))

    selected = ["selected" in page.picture.svg for page in drawn]
    assert selected == [True, *[False] * 30]


def test_every_unit_of_a_large_level_is_on_a_page() -> None:
    subject = Subject(
        OrganizationIndex(
            organization_of([("top", ""), *((f"unit {n}", "top") for n in range(700))])
        ),
        "",
    )
    drawn = draw_pages(subject, options(subject, "sunburst", preset="a4"))

    units = {key for page in drawn for key in page.picture.areas if key[0] == "u" and key != "up"}
    assert len(units) == 701


def test_pages_say_their_number_and_where_they_belong(tree: Subject) -> None:
    first, *_, last = (
        parse_svg(page.picture.svg).words for page in draw_pages(tree, options(tree))
    )

    assert "Page 1" in first
    assert last[0] == "↑ e (page 6)"
    assert "Page 31" in last


@pytest.mark.parametrize(("most", "left"), [(30, 1), (10, 21), (5, 21), (2, 9), (1, 5)])
def test_the_last_page_says_what_is_left(
    tree: Subject, monkeypatch: pytest.MonkeyPatch, most: int, left: int
) -> None:
    monkeypatch.setattr(pages, "MAX_PAGES", most)

    drawn = draw_pages(tree, options(tree))

    said = [
        [words for words in parse_svg(page.picture.svg).words if "no page of" in words]
        for page in drawn
    ]
    assert len(drawn) == most
    assert said[:-1] == [[]] * (most - 1)
    assert said[-1][0].split("further")[0].split()[-1] == str(left)


@of_both
def test_each_part_leads_to_its_page_and_each_page_back(tree: Subject, diagram: str) -> None:
    drawn = draw_pages(tree, options(tree, diagram))

    assert {target for page in drawn for target in page.links.values()} == {*range(31)}
    for page in drawn:
        assert page.links.keys() <= page.picture.areas.keys()
    for number, page in enumerate(drawn[1:], start=1):
        assert page.links["up"] == page.parent
        assert number in drawn[page.parent or 0].links.values()


@pytest.fixture(scope="module")
def reader(tree: Subject) -> PdfReader:
    exported = export(tree, options(tree, "sunburst", preset="a4"), render_here)
    assert exported.pages == 31
    return PdfReader(io.BytesIO(exported.data), strict=True)


class TestTheDocument:
    def test_has_pages_of_the_true_size(self, reader: PdfReader) -> None:
        for page in reader.pages:
            assert tuple(page.mediabox)[2:] == pytest.approx((595.28, 841.89), abs=0.01)

    def test_has_nested_bookmarks(self, reader: PdfReader) -> None:
        top, below = reader.outline

        assert isinstance(top, Destination)
        assert top.title == "Inline"
        assert isinstance(below, list)
        assert [each.title for each in below if isinstance(each, Destination)] == [*"abcde"]
        assert [
            [each.title for each in part if isinstance(each, Destination)]
            for part in below
            if isinstance(part, list)
        ] == [[f"{one}{other}" for other in "abcde"] for one in "abcde"]

    def test_has_links_within_its_pages(self, reader: PdfReader) -> None:
        numbers = {page.indirect_reference: n for n, page in enumerate(reader.pages)}
        targets = [{numbers[target] for target, _ in links(page)} for page in reader.pages]

        assert targets[0] == {1, 2, 3, 4, 5}
        assert targets[1] == {0, 6, 7, 8, 9, 10}
        assert targets[30] == {5}
        for page in reader.pages:
            for _, (left, bottom, right, top) in links(page):
                assert 0 <= left < right <= 595.28
                assert 0 <= bottom < top <= 841.89


def links(page: object) -> Iterator[tuple[object, tuple[float, ...]]]:
    for reference in page["/Annots"]:  # type: ignore[index]  # a dictionary of a PDF
        link = reference.get_object()
        target = link["/Dest"][0] if "/Dest" in link else link["/A"]["/D"][0]
        yield target, tuple(map(float, link["/Rect"]))


def test_a_document_of_one_page_has_neither_bookmarks_nor_links(tree: Subject) -> None:
    plain = read_options(tree, "network", "pdf", {})
    reader = PdfReader(io.BytesIO(export(tree, plain, render_here).data), strict=True)

    assert reader.outline == []
    assert "/Annots" not in reader.pages[0]
