"""The connections of a frozen page are those of the server."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

import pytest
from hypothesis import given

from components.diagrams.connection_path import step_curves
from components.diagrams.network import network_elements
from components.diagrams.rooms import DEFAULT_ROOM, ROOMS
from components.diagrams.tree import tree_of
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.model.scope import scope_of
from components.search.finder import Finder
from components.search.shards import search_files
from components.view_state import Layout
from components.views.connection import MAX_STEPS
from components.web.frozen.connections import connection_files
from components.web.frozen.nodes import scope_nodes
from components.words import languages, words_in
from tests.model.test_shortest_chains import connected_organizations
from tests.organizations import organization_of, seven_units
from tests.properties import examples
from tests.web.frozen.pages import fragment_key, frozen_answers
from tests.web.servers import serve, version_of

Request = dict[str, str]


def answers(organization: Organization, requests: Sequence[Request]) -> list[tuple[Any, Any]]:
    """Return the answers of a frozen page and of the server."""
    index, client = OrganizationIndex(organization), serve(organization)
    address = f"/fragments/{version_of(client)}/connection.json"
    files = [*search_files(Finder(organization), organization), *connection_files(index)]
    frozen = frozen_answers("connection", files, requests, fragments_for(index, requests))
    served = [client.get(address, query_string=request).json for request in requests]
    return list(zip(frozen, served, strict=True))


def fragments_for(index: OrganizationIndex, requests: Sequence[Request]) -> dict[str, Any]:
    """Return the nodes and the networks of all units that can be in the centre of a connection."""
    organization, fragments = index.organization, dict[str, Any]()
    centres = {
        (unit, request.get("room", ""), request["lang"])
        for request in requests
        for key in ("focus", "unit", "to")
        for named in [organization.find(request[key]) or 0]
        for unit in (named, *organization.ancestors(named))
        if not (organization.is_leaf(unit) and unit)
    }
    for unit, room, language in centres:
        request = {"unit": organization.units["id"][unit], "room": room, "lang": language}
        scope = scope_of(index.siblings, unit, room=ROOMS[room or DEFAULT_ROOM])
        tree = tree_of(scope, words_in(language).about(organization))
        fragments[fragment_key("nodes", request)] = scope_nodes(tree)
        for layout in (Layout.TREE, Layout.RADIAL):
            parameters = request | {"layout": layout}
            elements = network_elements(tree, layout.alternatives)
            fragments[fragment_key("network", parameters)] = elements
            fragments[fragment_key("curves", parameters)] = step_curves(tree, elements)
    return fragments


def random_requests(organization: Organization, count: int, **parameters: str) -> list[Request]:
    """Return requests about random pairs of different units, in any diagram."""
    rng = random.Random(f"{len(organization)} {parameters}")  # noqa: S311
    ids = organization.units["id"]
    foci = [ids[unit] for unit in range(len(ids)) if not organization.is_leaf(unit)]
    pairs = [rng.sample(ids, 2) for _ in range(count)]
    return [
        {
            "unit": unit,
            "to": to,
            "focus": rng.choice(foci),
            "lang": rng.choice(languages()),
            **parameters,
        }
        for unit, to in pairs
    ]


def without_curves(answer: Any) -> Any:
    """Return an answer without the curves of steps in the network, if there are several steps.

    The server gives those between the same columns a lane each.
    """
    if sum(element["classes"] == "step" for element in answer["content"]["elements"]) < 2:
        return answer
    elements = [
        {**element, "data": {key: element["data"][key] for key in ("id", "source", "target")}}
        if element["classes"] == "step"
        else element
        for element in answer["content"]["elements"]
    ]
    return {**answer, "content": {**answer["content"], "elements": elements}}


def assert_same(compared: Sequence[tuple[Any, Any]]) -> None:
    """Assert that all is equal, positions but for a hundredth of a pixel."""
    for frozen, served in compared:
        one, other = ([*parts_of(without_curves(answer))] for answer in (frozen, served))
        assert [path for path, _ in one] == [path for path, _ in other]
        for (path, part), (_, expected) in zip(one, other, strict=True):
            is_number = isinstance(part, float)
            assert part == (pytest.approx(expected, abs=0.011) if is_number else expected), path


def parts_of(content: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield each text and each number in JSON, also those in the lines of a path."""
    if isinstance(content, dict):
        for key in sorted(content):
            yield from parts_of(content[key], f"{path}.{key}")
    elif isinstance(content, list):
        for place, part in enumerate(content):
            yield from parts_of(part, f"{path}[{place}]")
    elif ".lines[" in path:
        yield from parts_of(re.split("[MLQ ]", content), path.replace("lines", "points"))
    elif isinstance(content, int) or (".points[" in path and content):
        yield path, float(content)
    else:
        yield path, content


@pytest.mark.parametrize("room", ["", "100"])
def test_the_shipped_organization_has_the_same_connections(iom: Organization, room: str) -> None:
    compared = answers(iom, random_requests(iom, 15, room=room))

    assert {step["basis"] for _, served in compared for step in served["content"]["steps"]} == {
        *("stated", "reference", "hierarchy")
    }
    assert_same(compared)


def test_all_pairs_of_the_harbour_have_the_same_connections() -> None:
    organization = seven_units()
    ids = organization.units["id"]
    requests = [
        {"unit": unit, "to": to, "focus": focus, "lang": language}
        for unit, to in product(ids, ids)
        if unit != to
        for focus, language in (("harbour", "en"), ("traffic", "fr"), ("safety", "es"))
    ]

    assert_same(answers(organization, requests))


@examples(10)
@given(connected_organizations())
def test_random_organizations_have_the_same_connections(organization: Organization) -> None:
    if len(organization) > 1:
        assert_same(answers(organization, random_requests(organization, 8)))


def test_units_are_found_by_their_other_names(harbour: Organization) -> None:
    requests = [
        {"unit": "traffic", "to": "Brûlé Brigade", "focus": "harbour", "lang": "en"},
        {"unit": "traffic", "to": "no such unit", "focus": "harbour", "lang": "en"},
    ]

    (found, served), (unknown, _) = answers(harbour, requests)
    assert found["content"]["to"] == served["content"]["to"] == "fire"
    assert unknown is None


def test_a_long_chain_is_listed_to_a_limit() -> None:
    count = MAX_STEPS + 20
    rows = "\n".join(f"u{at}, Unit {at}, {f'u{at - 1}' if at else ''}" for at in range(count))
    organization = organization_of(f"id, name, parent\n{rows}")
    requests = [
        {"unit": "u0", "to": f"u{count - 1}", "focus": "u0", "lang": language}
        for language in languages()
    ]

    assert_same(answers(organization, requests))


def test_only_networks_that_are_frozen_have_the_path(harbour: Organization) -> None:
    index = OrganizationIndex(harbour)
    files = [*search_files(Finder(harbour), harbour), *connection_files(index)]
    request = {"unit": "traffic", "to": "fire", "focus": "harbour", "lang": "en"}
    fragments = {
        key: content
        for key, content in fragments_for(index, [request]).items()
        if str(Layout.RADIAL) not in key
    }

    (answer,) = frozen_answers("connection", files, [request], fragments)
    for element in answer["content"]["elements"]:
        assert {"tree", "compact"} <= element["data"].keys()
        assert "radial" not in element["data"]
