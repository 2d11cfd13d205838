"""Remit behind real nginx and Apache: every address that a page names, and ids of any kind."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from werkzeug.serving import make_server

from components.model.organization import Organization
from components.model.text import short_id
from components.settings import Settings
from components.web.application import create_app
from tests.organizations import organization_named
from tests.proxies import apache, documented, nginx
from tests.web.crawl import Answer, crawl
from tests.web.servers import document, version_in

IDS = [
    "a/b",
    "/",
    "//a",
    "a%2Fb",
    "100%",
    "a\\b",
    "..",
    "../../etc",
    ".",
    "a?b",
    "a#b",
    "a;b",
    "a&unit=b",
    "a+b c",
    "وحدة",
    "部🚢",
    "u0.json",
    "<b>",
    "x" * 2_000,
    "/" * 2_000,
    "وحدة" * 500,
    "🚢" * 2_000,
]
FORWARDING = Settings(proxies=1)
BELOW = Settings(prefix="/orgchart/")


@contextmanager
def listening(organization: Organization, settings: Settings) -> Iterator[str]:
    """Serve an organization on a free port; yield host and port."""
    app = create_app(organization, settings)
    server = make_server("127.0.0.1", 0, app.server, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join(timeout=5)
    app.server.extensions["exports"].close()


@pytest.fixture(scope="module")
def below(harbour: Organization) -> Iterator[str]:
    with listening(harbour, BELOW) as upstream:
        yield upstream


@pytest.fixture(scope="module")
def forwarding(harbour: Organization) -> Iterator[str]:
    with listening(harbour, FORWARDING) as upstream:
        yield upstream


def proxied(place: str, below: str, forwarding: str) -> AbstractContextManager[str]:
    """Return the proxy of a place."""
    match place:
        case "nginx":
            return nginx(documented("nginx", below))
        case "nginx that removes the path":
            return nginx(f"location /orgchart/ {{ proxy_pass http://{below}/; }}")
        case "nginx that tells the path":
            return nginx(documented("nginx", forwarding, at=1))
        case "Apache":
            return apache(documented("apache", below))
        case "Apache that removes the path":
            return apache(f"ProxyPass /orgchart/ http://{below}/")
        case _:
            return apache(documented("apache", forwarding, at=1))


@pytest.fixture(
    scope="module",
    params=[
        f"{proxy}{way}"
        for proxy in ("nginx", "Apache")
        for way in ("", " that removes the path", " that tells the path")
    ],
)
def site(request: pytest.FixtureRequest, below: str, forwarding: str) -> Iterator[str]:
    with proxied(request.param, below, forwarding) as address:
        yield address


def get(address: str) -> Answer:
    """Return the answer at an address, after redirects."""
    try:
        opened = urlopen(Request(address), timeout=20)  # noqa: S310  # of this machine
    except HTTPError as error:
        opened = error
    with opened:
        return Answer(
            opened.status,
            opened.headers.get_content_type(),
            opened.read().decode("utf-8", "replace"),
            opened.url,
        )


def test_every_address_that_a_page_names_is_there(site: str) -> None:
    for page in ("", "embed?theme=dark", "?unit=fire&lang=fr", "data/"):
        found = crawl(lambda path: get(f"{site}{path}"), f"/orgchart/{page}")

        assert len(found) > 10
        assert [address for address, status in found.items() if status != 200] == []


def test_nothing_is_named_outside_the_path(site: str) -> None:
    found = crawl(lambda path: get(f"{site}{path}"), "/orgchart/")

    assert [address for address in found if not address.startswith("/orgchart/")] == []


def test_the_list_of_files_is_found_without_its_slash(site: str) -> None:
    answer = get(f"{site}/orgchart/data?lang=es")

    assert (answer.status_code, answer.url) == (200, f"{site}/orgchart/data/?lang=es")


def test_a_proxy_that_tells_the_path_is_named_in_previews(forwarding: str) -> None:
    for proxy, language in ((nginx, "nginx"), (apache, "apache")):
        with proxy(documented(language, forwarding, at=1)) as site:
            page = document(get(f"{site}/orgchart/").text)
            (picture,) = page.find("meta", property="og:image")

            assert picture.attributes["content"].startswith(f"{site}/orgchart/export/")
            assert get(picture.attributes["content"]).mimetype == "image/png"


@pytest.mark.parametrize(
    "proxied_by",
    [
        lambda upstream: nginx(documented("nginx", upstream)),
        lambda upstream: nginx(f"location /orgchart/ {{ proxy_pass http://{upstream}/; }}"),
        lambda upstream: apache(documented("apache", upstream)),
        lambda upstream: apache(f"ProxyPass /orgchart/ http://{upstream}/"),
    ],
    ids=["nginx", "nginx that removes the path", "Apache", "Apache that removes the path"],
)
def test_ids_of_any_kind_pass(proxied_by: Callable[[str], AbstractContextManager[str]]) -> None:
    # Among others: ids that are all odd would be taken for something else.
    all_ids = [*IDS, *(f"u{number}" for number in range(100))]
    names = ["Top", *(f"Unit {number}" for number in range(len(all_ids)))]
    units = organization_named([("top", ""), *((unit, "top") for unit in all_ids)], names)
    with listening(units, BELOW) as upstream, proxied_by(upstream) as site:
        version = version_in(get(f"{site}/orgchart/").text)
        for unit in map(short_id, IDS):
            query = urlencode({"unit": unit, "focus": unit, "to": unit})
            panel = get(f"{site}/orgchart/fragments/{version}/panel.json?{query}")
            page = document(get(f"{site}/orgchart/?{query}").text)

            assert json.loads(panel.text)["unit"] == unit
            assert page.find("aside", id="panel")[0].attributes["data-shows"] == unit
