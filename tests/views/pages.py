"""The page of an organization as components."""

from __future__ import annotations

from typing import Any

from dash.development.base_component import Component

from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.view_state import ViewState
from components.views.page import PageRequest, page
from components.words import Words
from tests.english import ENGLISH


def page_of(
    organization: Organization,
    words: Words = ENGLISH,
    unknown_unit: str = "",
    current_day: str = "",
    **state: Any,
) -> Component:
    """Return the page of an organization, focused on its top, in a state."""
    request = PageRequest(ViewState(**state), words, unknown_unit, current_day)
    return page(OrganizationIndex(organization), request, organization.units["id"][0])
