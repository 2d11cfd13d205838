"""The examples of docs/extending.md work as they are written."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.web.servers import Reader, document, version_in

TEXT = (Path(__file__).parent.parent / "docs" / "extending.md").read_text(encoding="utf-8")
SCRIPTS = dict(re.findall(r"^## (.+?)$.*?^```python\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL))
HEALTH = "migration-health-division"


@pytest.fixture
def client(request: pytest.FixtureRequest, tmp_path: Path) -> FlaskClient:
    """A client of the application in the example below a heading."""
    script = tmp_path / "example.py"
    script.write_text(SCRIPTS[request.param], encoding="utf-8")
    server = runpy.run_path(str(script))["app"].server
    server.test_client_class = Reader
    client: FlaskClient = server.test_client()
    return client


def call(client: FlaskClient, output: str, **inputs: Any) -> Any:
    """Return what the callback of an output (``id.property``) answers.

    ``inputs`` are values by id and property, joined by two underscores, of all inputs in order.
    Those that are not None have changed.
    """
    identifier, prop = output.split(".")
    values = [
        dict(zip(("id", "property"), name.split("__"), strict=True), value=value)
        for name, value in inputs.items()
    ]
    response = client.post(
        "/_dash-update-component",
        json={
            "output": output,
            "outputs": {"id": identifier, "property": prop},
            "inputs": values,
            "changedPropIds": [
                f"{each['id']}.{each['property']}" for each in values if each["value"] is not None
            ],
        },
    )
    return response.json["response"][identifier][prop]


def test_are_all_tested() -> None:
    assert len(SCRIPTS) == TEXT.count("```python") == 4


@pytest.mark.parametrize("client", ["A section of your own in the panel"], indirect=True)
def test_a_section_is_in_the_panel(client: FlaskClient) -> None:
    page = client.get(f"/?unit={HEALTH}").text
    fragment = client.get(f"/fragments/{version_in(page)}/panel.json?unit={HEALTH}").text

    assert document(page).find("section", **{"data-section": "budget"})
    assert "12,500,000 a year" in page
    assert "12,500,000 a year" in fragment
    assert "a year" not in client.get("/?unit=DTM").text


@pytest.mark.parametrize(
    "client", ["A server callback that reacts to the selected unit"], indirect=True
)
def test_a_callback_draws_a_chart_of_the_selected_unit(client: FlaskClient) -> None:
    selected = call(client, "staff.figure", state__data={"unit": HEALTH})
    nothing = call(client, "staff.figure", state__data={"unit": None})

    assert selected["data"][0]["y"] == [310, 342, 365]
    assert nothing["data"][0]["y"] == []
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("client", ["Remit beside another application"], indirect=True)
def test_remit_stands_beside_another_application(client: FlaskClient) -> None:
    frame = call(client, "unit.src", focus__value="Protection Division")
    embed = document(client.get(frame).text).find("html")[0].attributes

    assert "Intranet" in client.get("/_dash-layout").text
    assert "data-embedded" in embed
    assert 'content="https://intranet.example/org/"' in client.get("/org/").text
    assert client.post("/org/").status_code == 405


@pytest.mark.parametrize("client", ["The diagrams and the panel in another layout"], indirect=True)
def test_the_panel_follows_the_diagrams_and_its_own_links(client: FlaskClient) -> None:
    layout = client.get("/_dash-layout").json
    graph, network, panel = layout["props"]["children"][1:]
    point = next(
        data for data in graph["props"]["figure"]["data"][0]["customdata"] if data[0] == HEALTH
    )
    node = next(
        element["data"]
        for element in network["props"]["elements"]
        if element["data"].get("unit") == HEALTH
    )
    changes = {
        "sunburst__clickData": {"points": [{"customdata": point}]},
        "network__tapNodeData": node,
        "address__search": f"?unit={HEALTH}",
    }
    unchanged = dict.fromkeys(changes)
    answers = [
        call(client, "panel.children", **(unchanged | {name: value}))
        for name, value in changes.items()
    ]

    assert panel["props"]["id"] == "panel"
    assert [answer[0]["props"]["children"][0] for answer in answers] == [
        "Migration Health Division"
    ] * 3
