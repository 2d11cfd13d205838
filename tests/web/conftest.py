from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from components.model.organization import Organization
from tests.web.servers import serve


@pytest.fixture(scope="session")
def client(harbour: Organization) -> FlaskClient:
    """A client of a server for the harbour."""
    return serve(harbour)


@pytest.fixture(scope="session")
def shipped_client(iom: Organization) -> FlaskClient:
    """A client of a server for the organization that ships with Remit."""
    return serve(iom)
