from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

from components.importing.import_tables import import_tables
from components.model.organization import Organization
from components.reading.read import read_tables
from tests.organizations import seven_units
from tests.properties import examples

# Hypothesis has one profile for the whole process. An example that fails becomes a test of its own.
settings.register_profile("remit", examples())
settings.load_profile("remit")

# No test reads or writes the cache of whoever runs it.
os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp(prefix="remit-tests-")
atexit.register(shutil.rmtree, os.environ["XDG_CACHE_HOME"], ignore_errors=True)

SHIPPED = Path(__file__).parent.parent / "data" / "iom-operations"


@pytest.fixture(scope="session")
def harbour() -> Organization:
    """Seven units on three levels; see ``tests/organizations.py``."""
    return seven_units()


@pytest.fixture(scope="session")
def shipped() -> Path:
    """The folder of the dataset that ships with Remit."""
    return SHIPPED


@pytest.fixture(scope="session")
def iom(shipped: Path) -> Organization:
    """The organization that ships with Remit."""
    return import_tables(read_tables(shipped)).organization
