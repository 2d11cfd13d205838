from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from components.importing.import_tables import import_tables
from components.model.organization import Organization
from components.reading.read import read_tables
from tests.organizations import seven_units

# A slow machine is no fault, and an example that failed belongs into the suite, not into a cache.
settings.register_profile("remit", deadline=None, database=None, derandomize=True, max_examples=60)
settings.load_profile("remit")

SHIPPED = Path(__file__).parent.parent / "data" / "iom-operations"


@pytest.fixture(scope="session")
def harbour() -> Organization:
    """Seven units on three levels, with all that can be said of them."""
    return seven_units()


@pytest.fixture(scope="session")
def shipped() -> Path:
    """The folder of the dataset that ships with Remit."""
    return SHIPPED


@pytest.fixture(scope="session")
def iom(shipped: Path) -> Organization:
    """The organization that ships with Remit."""
    return import_tables(read_tables(shipped)).organization
