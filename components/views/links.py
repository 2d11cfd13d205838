"""Links to units, files and languages: plain addresses, which scripts follow without a reload."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from components.model.groups import Focus, focus_text
from components.model.organization import Organization
from components.views.attributes import aria, data
from components.views.text import language_attributes
from components.words import LANGUAGE, Words, languages, words_in


def unit_address(organization: Organization, unit: int) -> str:
    """Return the relative address that selects a unit."""
    return f"?{urlencode({'unit': organization.units['id'][unit]})}"


def focus_address(organization: Organization, focus: Focus) -> str:
    """Return the relative address that makes a unit, or a group, the focus."""
    return f"?{urlencode({'focus': focus_text(organization, focus)})}"


def picture_address(diagram: str, form: str, words: Words, **parameters: str) -> str:
    """Return the address of a diagram as a file, in the language of the page."""
    return f"export/{diagram}.{form}{_query(words, **parameters)}"


def data_link(words: Words) -> html.A:
    """Return the link to the page of data files, which opens in a new tab."""
    address = f"data/{_query(words)}"
    return html.A(words("download-data"), href=address, target="_blank", rel="noopener")


def _query(words: Words, **parameters: str) -> str:
    """Return a query with the language of the page, unless that is the default one."""
    return words.query(f"?{urlencode(parameters)}" if parameters else "")


def unit_link(
    organization: Organization, unit: int, words: Words, label: str = "", **attributes: Any
) -> html.A:
    """Return a link that selects a unit; the default label is the unit's name."""
    return html.A(
        label or organization.units["name"][unit],
        href=unit_address(organization, unit),
        **data(unit=organization.units["id"][unit]),
        **language_attributes(organization, words),
        **attributes,
    )


def focus_link(organization: Organization, unit: int, label: str) -> html.A:
    """Return a link that makes a unit the focus."""
    return html.A(
        label,
        href=focus_address(organization, unit),
        **data(focus_on=organization.units["id"][unit]),
    )


def full_page_link(words: Words) -> html.A:
    """Return the link from an embed to the full page; scripts keep it in step with the view."""
    return html.A(
        words("full-page"), href="./", target="_blank", rel="noopener", className="full-page"
    )


def language_links(words: Words) -> Component:
    """Return links to the page in each language, each named in its own language."""
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
