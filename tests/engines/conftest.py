"""Each engine with the page of the included organization."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from components.settings import Settings
from tests.browser.conftest import serve
from tests.engines.engine import Engine, Firefox, WebKit
from tests.engines.reader import Reader


@pytest.fixture(scope="session")
def served() -> Iterator[str]:
    with serve(Settings().dataset) as address:
        yield address


@pytest.fixture(scope="session", params=[Firefox, WebKit])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    engine = request.param()
    yield engine
    engine.close()


@pytest.fixture
def reader(engine: Engine, served: str) -> Iterator[Reader]:
    """A reader with a window of 1440 by 900 pixels; afterwards the console has no errors."""
    engine.resize(1440, 900)
    yield Reader(engine, served)
    assert engine.errors() == []
