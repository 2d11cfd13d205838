"""Links that work as plain addresses; those to units the page's scripts follow in place."""

from __future__ import annotations

from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from components.model.organization import Organization
from components.views.attributes import aria, data, of_data
from components.words import DEFAULT, LANGUAGE, Words, languages, words_in


def unit_address(organization: Organization, unit: int) -> str:
    """Return the address, on any page, that selects a unit."""
    return f"?{urlencode({'unit': organization.units['id'][unit]})}"


def focus_address(organization: Organization, unit: int) -> str:
    """Return the address, on any page, that puts a unit in the centre."""
    return f"?{urlencode({'focus': organization.units['id'][unit]})}"


def picture_address(diagram: str, form: str, words: Words, **parameters: str) -> str:
    """Return the address of a diagram as a file, in the language of the page."""
    spoken = {LANGUAGE: words.language} if words.language != DEFAULT else {}
    query = urlencode(parameters | spoken)
    return f"export/{diagram}.{form}" + (f"?{query}" if query else "")


def data_link(words: Words) -> html.A:
    """Return the link to the list of the data files; it opens beside what is seen."""
    query = f"?{urlencode({LANGUAGE: words.language})}" if words.language != DEFAULT else ""
    return html.A(words("download-data"), href=f"data/{query}", target="_blank", rel="noopener")


def unit_link(organization: Organization, unit: int, words: Words, label: str = "") -> html.A:
    """Return a link that selects a unit; its label is the unit's name, or one of its names."""
    return html.A(
        label or organization.units["name"][unit],
        href=unit_address(organization, unit),
        **data(unit=organization.units["id"][unit]),
        **of_data(organization, words),
    )


def focus_link(organization: Organization, unit: int, label: str) -> html.A:
    """Return a link that makes a unit the centre of the diagrams."""
    return html.A(
        label,
        href=focus_address(organization, unit),
        **data(focus_on=organization.units["id"][unit]),
    )


def full_page_link(words: Words) -> html.A:
    """Return the link from an embed to the full page; scripts keep it to what is seen."""
    return html.A(
        words("full-page"), href="./", target="_blank", rel="noopener", className="full-page"
    )


def language_links(words: Words) -> Component:
    """Return links to the same page in each language, each in its own words."""
    return html.Nav(
        [
            html.A(
                words_in(code).name,
                href=f"?{urlencode({LANGUAGE: code})}",
                hrefLang=code,
                lang=code,
                **(aria(current="true") if code == words.language else {}),
            )
            for code in languages()
        ],
        className="languages",
        **aria(label=words("language")),
    )
