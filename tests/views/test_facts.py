"""Facts as the page writes them: each kind, and cells that try to be more than text."""

from __future__ import annotations

import pytest
from dash.development.base_component import Component
from pandas import DataFrame

from components.importing.import_tables import import_tables
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.reading.tables import Tables
from components.views.html_text import html_text
from components.views.panel import unit_panel
from components.words import words_in
from tests.organizations import organization_of
from tests.views.components import attribute, find, text_of


def panel(organization: Organization, unit: str, language: str = "en") -> list[Component]:
    return unit_panel(
        OrganizationIndex(organization), organization.number[unit], words_in(language)
    )


def terms(content: list[Component]) -> dict[str, str]:
    names, texts = find(content, "Dt"), find(content, "Dd")
    return {text_of(name): text_of(text) for name, text in zip(names, texts, strict=True)}


STAFF = """
    id, name, parent, Budget (EUR), Joined,     Phone,        E-mail,        Photo
    1,  Ada,  ,       1234567.50,   2024-03-01, +49 30 1234,  ada@x.example, https://x.example/a.png
    2,  Ben,  1,      800,          2023-12-24, +49 30 5678,  ben@x.example, https://x.example/b.png
    3,  Cy,   1,      ,             2020-01-31, +49 30 90123, cy@x.example,  https://x.example/c.jpg
"""


def test_stand_under_their_headings_in_the_order_of_the_table() -> None:
    organization = organization_of(STAFF)

    assert terms(panel(organization, "1")) == {
        "Id": "1",
        "Budget (EUR)": "1,234,567.50 1 unit without a number",
        "Joined": "Mar 1, 2024",
        "Phone": "+49 30 1234",
        "E-mail": "ada@x.example",
        "Photo": "https://x.example/a.png",
    }
    assert "Budget (EUR)" not in terms(panel(organization, "3"))


def test_are_written_in_the_language_of_the_page() -> None:
    french = terms(panel(organization_of(STAFF), "1", "fr"))

    assert french["Budget (EUR)"].replace("\u202f", " ").startswith("1 234 567,50")
    assert french["Joined"] == "1 mars 2024"


def test_addresses_can_be_followed() -> None:
    content = panel(organization_of(STAFF), "2")
    (photo,) = (link for link in find(content, "A") if attribute(link, "rel"))
    whole = html_text(content)

    assert attribute(photo, "rel") == "noopener noreferrer nofollow"
    assert attribute(photo, "href") == "https://x.example/b.png"
    assert "<img" not in whole
    assert 'href="mailto:ben@x.example"' in whole
    assert 'href="tel:+49305678"' in whole


def test_dates_whose_order_nothing_tells_stay_as_they_are() -> None:
    table = "id, name, parent, Since\n1, A, , 03/04/2020\n2, B, 1, 05/06/2021"
    american = table + "\n3, C, 1, 12/31/2022"

    assert terms(panel(organization_of(table), "1"))["Since"] == "03/04/2020"
    assert terms(panel(organization_of(american), "1"))["Since"] == "Mar 4, 2020"


HOSTILE = (
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "https://x.example/\"onmouseover='alert(1)'",
    "<img src=x onerror=alert(1)>",
    "mailto:a@b.example?subject=x",
    "vbscript:x",
    "\u202eevil\u202c",
    "x" * 80_000,
)


@pytest.mark.parametrize("cell", HOSTILE)
@pytest.mark.parametrize("heading", ["Web", "E-mail", "Phone", "Photo", "Remarks on it"])
def test_hostile_cells_are_never_more_than_text(heading: str, cell: str) -> None:
    typical = {"E-mail": "a{}@x.example", "Phone": "+49 30 99{}"}.get(
        heading, "https://x{}.example"
    )
    rows = [["1", "Ada", "", ""]]
    rows += ([str(n), f"Ben {n}", "1", typical.format(n)] for n in range(2, 20))
    frame = DataFrame(
        [*rows, ["20", "Cy", "1", cell]], columns=["id", "name", "parent", heading], dtype="str"
    )
    organization = import_tables(Tables("staff", {"units": frame})).organization
    described = find(panel(organization, "20"), "Dd")[1]

    assert find([described], "A") == []
    assert cell in text_of(described)
    assert "<img" not in html_text([described])
    assert "<script" not in html_text([described])


def test_long_texts_are_folded() -> None:
    text = "A long remark. " * 40
    table = f"id, name, parent, Experience\n1, Ada, , \n2, Ben, 1, {text}\n3, Cy, 1, Short"
    (details,) = find(panel(organization_of(table), "2"), "Details")

    assert text_of(find([details], "Summary")).endswith("…")
    assert text.strip() in text_of(details)
