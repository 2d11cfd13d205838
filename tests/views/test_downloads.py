from __future__ import annotations

import pytest

from components.export.options import Format
from components.view_state import Diagram
from components.views import ids
from components.views.downloads import FORMATS, download_menu
from components.words import words_in
from tests.english import ENGLISH
from tests.views.components import attribute, find, only, text_of


def test_each_format_has_a_link_that_works_without_scripts() -> None:
    *links, _ = find(download_menu("network", ENGLISH), "A")

    assert [attribute(link, "href") for link in links] == [
        "export/network.png",
        "export/network.svg",
        "export/network.pdf",
    ]
    assert {attribute(link, "download") for link in links} == {""}


def test_all_formats_and_diagrams_are_offered() -> None:
    assert list(FORMATS) == list(Format)
    assert {ids.SUNBURST, ids.NETWORK} == set(Diagram)


@pytest.mark.parametrize("diagram", Diagram)
def test_the_menu_names_its_diagram(diagram: str) -> None:
    menu = download_menu(diagram, ENGLISH)

    assert attribute(menu, "data-diagram") == diagram
    assert attribute(only(menu, "Summary"), "aria-label") == f"Download the {diagram}"


def test_the_picture_can_be_copied() -> None:
    assert text_of(only(download_menu("network", ENGLISH), "Button")) == "Copy image"


@pytest.mark.parametrize(("language", "address"), [("en", "data/"), ("fr", "data/?lang=fr")])
def test_the_link_to_the_data_opens_another_tab(language: str, address: str) -> None:
    *_, link = find(download_menu("network", words_in(language)), "A")

    assert attribute(link, "href") == address
    assert attribute(link, "target") == "_blank"
