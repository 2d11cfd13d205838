from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from components.model.organization import Organization
from tests.web.servers import serve


@pytest.fixture(scope="session")
def client(harbour: Organization) -> FlaskClient:
    """A client of a server for the harbour."""
    return serve(harbour)
