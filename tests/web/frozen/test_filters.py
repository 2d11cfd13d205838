"""The filters of a frozen page match as those of the server."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from components.diagrams.rooms import DEFAULT_ROOM, ROOMS
from components.diagrams.tree import tree_of
from components.model.groups import Focus, focus_text
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.model.scope import scope_of
from components.view_state import ViewState, scope_of_lists, weights_of
from components.web.frozen.filters import filter_files
from components.web.frozen.nodes import scope_nodes
from components.words import languages, words_in
from tests.organizations import crowd, organization_of, posts, seven_units, two_states
from tests.web.frozen.pages import fragment_key, frozen_answers
from tests.web.servers import serve, version_of

Request = dict[str, str]


def answers(organization: Organization, requests: Sequence[Request]) -> list[tuple[Any, Any]]:
    """Return the answers of a frozen page and of the server."""
    index, client = OrganizationIndex(organization), serve(organization)
    focuses = focuses_of(index)
    address = f"/fragments/{version_of(client)}/matches.json"
    fragments = {
        fragment_key("nodes", request): nodes_of(index, focuses[request["unit"]], request)
        for request in requests
    }
    frozen = frozen_answers("matches", filter_files(index), requests, fragments)
    served = [client.get(address, query_string=request).json for request in requests]
    return list(zip(frozen, served, strict=True))


def nodes_of(index: OrganizationIndex, focus: Focus, request: Mapping[str, str]) -> Any:
    """Return the nodes of the diagram or the list that a request is about."""
    state = ViewState(size=request.get("size", ""), sort=request.get("sort", "table"))
    room = ROOMS[request.get("room", DEFAULT_ROOM)]
    scope = scope_of(index.siblings, focus, room=room, weights=weights_of(index, state))
    return scope_nodes(tree_of(scope_of_lists(index, state, scope), words_in("en")))


def focuses_of(index: OrganizationIndex) -> dict[str, Focus]:
    """Return the units of an organization, and the groups of children in the default room."""
    organization, focuses = index.organization, dict[str, Focus]()
    for unit in range(len(organization)):
        scope = scope_of(index.siblings, unit, room=ROOMS[DEFAULT_ROOM])
        groups = [entry for entry in scope.entries if not isinstance(entry, int)]
        for focus in (unit, *groups):
            focuses[focus_text(organization, focus)] = focus
    return focuses


def random_requests(
    organization: Organization, count: int, *, seed: str, **parameters: str
) -> list[Request]:
    """Return requests about any focus with some values of each filter, unknown ones included."""
    index, rng = OrganizationIndex(organization), random.Random(seed)  # noqa: S311
    focuses = [*focuses_of(index)]
    requests = []
    for _ in range(count):
        request = {"unit": rng.choice(focuses), "lang": rng.choice(languages()), **parameters}
        for key in ViewState().filters:
            values = [*getattr(index.filters, key), "unknown"]
            chosen = rng.choices(values, k=rng.choice((0, 0, 1, 2, 3)))
            if chosen:
                request[key] = "; ".join(chosen)
        requests.append(request)
    return requests


WITH_FACTS = """
    id, name,    parent, type,       location, grade, languages, founded
    a,  Top,     ,       office,     Oslo,     P1,    en;fr,     2001
    b,  First,   a,      department, Oslo,     P2,    fr,        2002
    c,  Second,  a,      department, Bergen,   P1,    en,        2001
    d,  Third,   b,      unit,       Bergen,   P2,    en;fr,     2003
    e,  Fourth,  b,      unit,       ,         P1,    no;fr,     2001
    f,  Fifth,   c,      unit,       Oslo,     P2,    en,        2002
    g,  Sixth,   c,      ,           Oslo,     P1,    fr,        2001
    """


@pytest.mark.parametrize(
    "organization",
    [seven_units(), crowd(), posts(), organization_of(WITH_FACTS), two_states()],
    ids=["harbour", "crowd", "posts", "facts", "two states"],
)
def test_random_filters_have_the_same_matches(organization: Organization) -> None:
    requests = random_requests(organization, 60, seed="filters")

    for request, (frozen, served) in zip(requests, answers(organization, requests), strict=True):
        assert frozen == served, request


@pytest.mark.parametrize(
    "parameters", [{}, {"room": "100"}, {"sort": "size"}], ids=["default", "room", "sorted"]
)
def test_the_shipped_organization_has_the_same_matches(
    iom: Organization, parameters: dict[str, str]
) -> None:
    requests = random_requests(iom, 40, seed=str(parameters), **parameters)

    compared = answers(iom, requests)
    assert any(served["content"]["lit"] for _, served in compared)
    for request, (frozen, served) in zip(requests, compared, strict=True):
        assert frozen == served, request


def random_organization() -> Organization:
    """Return an organization of some hundred units with several categories, in random order."""
    rng = random.Random("organization")  # noqa: S311
    rows = ["n0, Top, , office, Oslo, A;B"]
    for at in range(1, 400):
        kind, place = rng.choice(("office", "desk", "bureau", "")), rng.choice(("Oslo", "Rome", ""))
        skills = ";".join(rng.sample("ABCDEF", rng.randint(0, 3)))
        rows.append(
            f"n{at}, Unit {at}, n{rng.randrange(max(1, at // 3))}, {kind}, {place}, {skills}"
        )
    rng.shuffle(rows)
    return organization_of("\n".join(["id, name, parent, type, location, skills", *rows]))


def test_a_random_organization_has_the_same_matches() -> None:
    organization = random_organization()
    requests = random_requests(organization, 60, seed="random organization")

    compared = answers(organization, requests)
    assert any(served["content"]["below"] > 1 for _, served in compared)
    for request, (frozen, served) in zip(requests, compared, strict=True):
        assert frozen == served, request


KINDS = ("bureau", "desk", "bureau")


def test_a_group_in_the_centre_has_the_same_matches() -> None:
    children = "\n".join(
        f"u{at}, Unit {at}, top, {'bureau' if at % 3 else 'desk'}" for at in range(300)
    )
    organization = organization_of(f"id, name, parent, type\ntop, Top, , office\n{children}")
    index = OrganizationIndex(organization)
    groups = [text for text, focus in focuses_of(index).items() if not isinstance(focus, int)]
    requests = [{"unit": group, "types": types} for group in groups for types in ("desk", "bureau")]

    assert groups
    for frozen, served in answers(organization, requests):
        assert frozen == served


def test_a_focus_that_is_not_frozen_has_no_answer(harbour: Organization) -> None:
    files = filter_files(OrganizationIndex(harbour))

    assert frozen_answers("matches", files, [{"unit": "x", "types": "unit"}]) == [None]
