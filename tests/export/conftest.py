from __future__ import annotations

import pytest

from components.export.options import Subject
from components.model.index import OrganizationIndex
from components.model.organization import Organization

HOME = "https://harbour.example/chart/"


@pytest.fixture(scope="session")
def subject(harbour: Organization) -> Subject:
    """The harbour, with a page of its own."""
    return Subject(OrganizationIndex(harbour), address=HOME)
