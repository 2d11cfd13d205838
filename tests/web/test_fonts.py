from __future__ import annotations

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize("weight", ["regular", "bold"])
def test_a_font_is_cached_for_a_year(client: FlaskClient, weight: str) -> None:
    response = client.get(f"/fonts/{weight}.woff2")

    assert (response.status_code, response.mimetype) == (200, "font/woff2")
    assert response.data[:4] == b"wOF2"
    assert "max-age=31536000" in response.headers["Cache-Control"]
    assert len(response.data) < 50_000
