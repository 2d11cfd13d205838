"""The optional bundle of plotly.js is of the version that Plotly's Python package stands for."""

import json
from pathlib import Path

from plotly.offline import get_plotlyjs_version

PACKAGE = Path(__file__).parents[1] / "bundle" / "package.json"


def test_the_bundle_has_the_version_of_the_stock_file() -> None:
    pinned = json.loads(PACKAGE.read_text(encoding="utf-8"))["dependencies"]["plotly.js"]
    assert pinned == get_plotlyjs_version()
