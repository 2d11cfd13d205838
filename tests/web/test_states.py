"""A server that compares two states, or walks through dated ones."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from components.settings import Settings
from components.web.application import create_app
from components.web.following import DatasetFollower

OLD = "id,name,parent,Budget\na,Board,,5\nb,Audit,a,2\nc,Legal,a,1\n"
NEW = "id,name,parent,Budget\na,Board,,5\nb,Audit,a,3\nd,Ships,a,1\n"
MENU = re.compile(r'<a href="([^"]*)"[^>]*data-moment="([^"]*)"')


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "states").mkdir()
    for name, text in (("2024-01-01", OLD), ("2025-01-01", NEW)):
        (tmp_path / "states" / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path / "states"


def client_of(settings: Settings) -> Iterator[FlaskClient]:
    follower = DatasetFollower(settings)
    server = create_app(follower, settings).server
    yield server.test_client()
    follower.end()
    server.extensions["exports"].close()


@pytest.fixture
def compared(folder: Path) -> Iterator[FlaskClient]:
    path = folder / "2025-01-01.csv"
    yield from client_of(Settings(dataset=path, before=folder / "2024-01-01.csv", cache=None))


@pytest.fixture
def dated(folder: Path) -> Iterator[FlaskClient]:
    yield from client_of(Settings(dataset=folder, cache=None))


def names(client: FlaskClient, query: str) -> set[str]:
    """Return the names of the units at an address."""
    answer = client.get(f"/data/organization.json{query}")
    assert answer.status_code == 200, answer.text
    return {unit["name"] for unit in json.loads(answer.text)["units"]}


def version(client: FlaskClient, query: str) -> dict[str, Any]:
    return dict(client.get(f"/version{query}").json or {})


def links(client: FlaskClient, address: str) -> dict[str, str]:
    """Return the links to other moments by what they lead to."""
    text = client.get(address).text
    menu = text[text.index('id="moments"') :]
    return {moment: href for href, moment in MENU.findall(menu)}


def test_both_states_are_shown_and_each_alone(compared: FlaskClient) -> None:
    assert names(compared, "") == {"Board", "Audit", "Ships", "Legal"}
    assert names(compared, "?state=before") == {"Board", "Audit", "Legal"}
    assert names(compared, "?state=after") == {"Board", "Audit", "Ships"}
    assert compared.get("/data/organization.json?state=none").status_code == 400


def test_links_between_states_keep_the_view(compared: FlaskClient) -> None:
    assert links(compared, "/?unit=b") == {
        "state=before": "?unit=b&amp;state=before",
        "": "?unit=b",
        "state=after": "?unit=b&amp;state=after",
    }
    assert links(compared, "/?unit=b&state=before")[""] == "?unit=b"


def test_pages_wait_for_another_state_before_they_show_it(compared: FlaskClient) -> None:
    assert version(compared, "?state=before") == {}
    waited = version(compared, "?state=before&wait=yes")

    assert waited["version"] not in {"", version(compared, "")["version"]}
    assert version(compared, "?state=before") == waited
    fragment = compared.get(f"/fragments/{waited['version']}/panel.json?unit=c&state=before")
    assert fragment.status_code == 200


def test_pictures_and_pages_name_the_state_that_they_show(compared: FlaskClient) -> None:
    page = compared.get("/?state=before").text

    assert 'data-state="before"' in page
    assert "export/sunburst.svg?state=before" in page.replace("&amp;", "&")
    picture = compared.get("/export/network.svg?state=before").text
    assert "Legal" in picture
    assert "Ships" not in picture


def test_days_of_a_folder_are_shown_and_compared(dated: FlaskClient) -> None:
    assert names(dated, "") == {"Board", "Audit", "Ships"}
    assert names(dated, "?at=2024-03-01") == {"Board", "Audit", "Legal"}
    assert names(dated, "?before=2024-03-01") == {"Board", "Audit", "Ships", "Legal"}
    assert names(dated, "?before=2024-03-01&state=before") == {"Board", "Audit", "Legal"}
    assert dated.get("/data/organization.json?at=2020-01-01").status_code == 400
    assert "before=2024-01-01" in links(dated, "/")


def test_an_organization_with_one_state_has_no_menu(folder: Path) -> None:
    client = next(client_of(Settings(dataset=folder / "2025-01-01.csv", cache=None)))

    assert 'id="moments"></div>' in client.get("/").text
    assert names(client, "?state=before&before=2024-01-01") == {"Board", "Audit", "Ships"}


def test_a_changed_earlier_state_is_compared_anew(folder: Path) -> None:
    old = folder / "2024-01-01.csv"
    settings = Settings(dataset=folder / "2025-01-01.csv", before=old, cache=None)
    follower = DatasetFollower(settings)
    first = follower.current.name
    old.write_text(OLD.replace("Legal", "Pilots"), encoding="utf-8")
    for _ in range(3):
        follower._poll()

    assert follower.current.name != first
    assert "Pilots" in follower.current.organization.units["name"]
    follower.end()
