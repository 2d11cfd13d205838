from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from flask.testing import FlaskClient

from components.diagrams.rooms import ROOMS
from components.model.groups import Focus, Group, Members, focus_text
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.model.scope import scope_of
from components.settings import Settings
from components.view_state import parse_view_state
from components.views.changes_list import FIRST
from components.web.fragments import (
    FRAGMENT_KINDS,
    SCOPE_FRAGMENTS,
    FragmentParameters,
    ShownScope,
    fragment,
    to_json,
)
from components.web.frozen.answers import (
    COMPUTED,
    FOR_SCRIPTS,
    LAYOUTS,
    ORGANIZATION_KEY,
    PICTURES,
    UNKNOWN,
    VARIANT_KEYS,
    Answers,
    Record,
    openings_in,
    values_of,
)
from components.web.frozen.extent import (
    FEW_ROOMS,
    IN_FILE,
    MANY_ROOMS,
    Extent,
    FrozenIndex,
    extent_of,
)
from components.web.rooms import Rooms
from components.words import Words, languages, words_in
from components.words.multilingual import Multilingual, in_language
from tests.organizations import (
    crowd,
    many_changes,
    organization_of,
    posts,
    two_states,
    units_with_gaps,
)
from tests.web.servers import serve, version_of

THOUSANDS = organization_of(
    "id, name, parent\ntop, Top,\na, A, top\nb, B, top"
    + "".join(f"\nu{unit}, Unit {unit}, {'ab'[unit % 2]}" for unit in range(2_400))
)
"""Its numbers of units are written in another way in each language."""
FEW = Extent(FEW_ROOMS, encodes=True, opens=False, lists=False, pictures=())
OTHER = {*PICTURES, *FOR_SCRIPTS, UNKNOWN}
"""Kinds that are no fragments."""


@pytest.fixture(scope="module")
def records(harbour: Organization) -> list[Record]:
    """All records of seven units."""
    answers = Answers(FrozenIndex(harbour), Settings())
    return [answers.of_organization(), *_records_about(answers, range(len(harbour)))]


def _records_about(answers: Answers, units: Iterable[int]) -> list[Record]:
    """Return the records of some units, and of all groups that are reached from them."""
    records, known, waiting = list[Record](), set[Group](), list[Focus](units)
    while waiting:
        of_focus, reached = answers.about(waiting.pop(0))
        records += of_focus
        waiting += reached - known
        known |= reached
    return records


def _parameters(record: Record, variant: str, language: str) -> dict[str, str]:
    """Return the parameters of the request that an answer is for, in one of its languages."""
    kind, _, *values = variant.split("\n")
    parameters = {"lang": language, **dict(zip(VARIANT_KEYS[kind], values, strict=True))}
    where, _, name = record.key.partition(":")
    unit, *others = name.split("\n")
    if where == "open":
        parameters["open"] = others[0]
    if where == "covering":
        parameters |= {"by": others[0], "column": others[1]}
    return {name: value for name, value in {"unit": unit, **parameters}.items() if value}


def _served(client: FlaskClient, version: str, kind: str, parameters: Mapping[str, str]) -> Any:
    response = client.get(f"/fragments/{version}/{kind}.json", query_string=parameters)
    return response.json


@pytest.fixture
def marks_data(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a server mark data also where the page has its language, as texts in all languages do."""
    monkeypatch.setattr(Words, "foreign", Multilingual.foreign)


def test_all_kinds_of_fragments_are_frozen_or_computed() -> None:
    assert {*VARIANT_KEYS} - OTHER == {*FRAGMENT_KINDS} - {*COMPUTED}


@pytest.mark.usefixtures("marks_data")
def test_frozen_answers_are_those_of_a_server(
    records: list[Record], harbour: Organization, client: FlaskClient
) -> None:
    version = client.get("/healthz").json["version"]  # type: ignore[index]
    top = harbour.units["id"][0]
    compared = 0
    for record in records:
        for number, (variant, answer) in enumerate(record.answers.items()):
            kind = variant.partition("\n")[0]
            if kind in OTHER or number % 13:
                continue
            for place, language in enumerate(variant.split("\n")[1].split(" ")):
                parameters = _parameters(record, variant, language)
                served = _served(client, version, kind, parameters)
                unit = top if record.key == ORGANIZATION_KEY else parameters["unit"]
                frozen = {
                    "unit": unit,
                    "focus": answer.focus or unit,
                    "content": json.loads(in_language(answer.content, place)),
                }
                assert frozen == served, (record.key, variant)
                compared += 1
    assert compared > 200


def test_the_list_of_changes_is_frozen_with_its_further_parts() -> None:
    both = many_changes(FIRST + 3)
    answers, client = Answers(FrozenIndex(both), Settings()), serve(both)
    version = version_of(client)
    (record,) = answers.of_changes()

    assert record.key == "changes:head\n0"
    for variant, answer in record.answers.items():
        kind, language = variant.split("\n")
        parameters = {"changes": "head", "part": "0", "lang": language}
        served = _served(client, version, kind, parameters)
        assert json.loads(answer.content) == served["content"] != []
    assert "changes\nen" in answers.of_organization().answers


def test_the_list_of_changes_of_one_state_is_empty(records: list[Record]) -> None:
    assert records[0].answers["changes\nen"].content == "[]"


@pytest.mark.parametrize(
    "organization",
    [crowd(), posts(), units_with_gaps(), THOUSANDS, many_changes(20), two_states()],
)
def test_a_scope_in_another_language_is_the_one_that_a_server_makes(
    organization: Organization,
) -> None:
    index = OrganizationIndex(organization)
    first, *others = (words_in(language).about(organization) for language in languages())
    for room, words in product(("100", "235"), others):
        scope = scope_of(index.siblings, room=ROOMS[room])
        shown = ShownScope(index, scope, FragmentParameters(first, room=room))
        served = ShownScope(index, scope, FragmentParameters(words, room=room))
        shown.network, shown.labels  # noqa: B018  # so that what does not differ is shared
        for layout, kind in product(LAYOUTS, ("sunburst", "network", "outline")):
            translated, expected = (
                to_json(SCOPE_FRAGMENTS[kind](each.in_layout(layout)))
                for each in (shown.in_language(words), served)
            )
            assert translated == expected, (room, words.language, layout, kind)


@pytest.mark.parametrize(
    "organization",
    [crowd(), posts(), units_with_gaps(), THOUSANDS, many_changes(20), two_states()],
)
def test_an_answer_in_several_languages_is_the_one_that_a_server_makes_in_each(
    organization: Organization,
) -> None:
    index, settings = FrozenIndex(organization, FEW), Settings()
    answers, found = Answers(index, settings), set[tuple[str, str]]()
    made = (
        (focus, *each)
        for focus in range(min(6, len(organization)))
        for record in answers.about(focus)[0]
        for each in record.answers.items()
    )
    for number, (focus, variant, answer) in enumerate(made):
        kind, codes, *values = variant.split("\n")
        found.add((kind, codes))
        if kind in OTHER or number % 7:
            continue
        parameters = dict(zip(VARIANT_KEYS[kind], values, strict=True))
        if kind == "matrix":
            parameters["by"] = parameters["by"] or next(iter(index.topics), "")
        state, room = parse_view_state(parameters, index), parameters.get("room") or index.rooms[0]
        for place, language in enumerate(codes.split(" ")):
            asked = FragmentParameters(words_in(language).about(organization), state, room=room)
            served = fragment(index, kind, focus, settings, asked)["content"]
            frozen = json.loads(in_language(answer.content, place))
            assert frozen == json.loads(to_json(served)), variant
    assert {(kind, " ".join(languages())) for kind in ("panel", "outline", "matrix")} <= found


def test_diagrams_with_other_names_in_each_language_are_frozen_in_each() -> None:
    (record, *_), _ = Answers(FrozenIndex(THOUSANDS, FEW), Settings()).about(0)
    networks = {key.split("\n")[1] for key in record.answers if key.startswith("network\n")}
    assert networks == {*languages()}


def test_each_unit_has_a_panel_and_each_inner_one_its_diagrams(
    records: list[Record], harbour: Organization
) -> None:
    kinds: dict[str, set[str]] = {}
    for record in records:
        name = record.key.split("\n")[0]
        kinds.setdefault(name, set()).update(each.split("\n")[0] for each in record.answers)
    for unit, name in enumerate(harbour.units["id"]):
        assert "panel" in kinds[f"unit:{name}"]
        has_diagrams = {"sunburst", "network", "outline", "matrix"} <= kinds[f"unit:{name}"]
        assert has_diagrams is not harbour.is_leaf(unit)


def test_groups_are_reached_from_the_scopes_that_show_them(monkeypatch: pytest.MonkeyPatch) -> None:
    units = "".join(f"\nu{unit}, Unit {unit}, top" for unit in range(150))
    organization = organization_of(f"id, name, parent\ntop, Top,{units}")
    monkeypatch.setattr("components.web.frozen.extent.SMALL", 3)
    records = _records_about(Answers(FrozenIndex(organization), Settings()), [0])
    networks = (
        answer.content
        for name, answer in records[0].answers.items()
        if name.startswith("network\nen")
    )
    drawn = {
        f"unit:{each['data']['unit']}"
        for network in networks
        for each in json.loads(network)
        if "group" in each["classes"].split()
    }
    assert drawn
    assert drawn <= {record.key for record in records}


def test_a_group_of_small_units_is_frozen_with_the_sizes_by_which_they_are_small(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    units = "".join(
        f"\nu{unit}, Unit {unit}, top, {unit * unit % 97}, {unit * unit + 100}"
        for unit in range(60)
    )
    organization = organization_of(f"id, name, parent, staff, pay\ntop, Top,,,{units}")
    one_room = Rooms((235,), (), (), ())
    monkeypatch.setattr("components.web.frozen.extent.MANY_ROOMS", one_room)
    sizes_of, drawn = dict[str, set[str]](), set[tuple[str, str]]()
    for record in _records_about(Answers(FrozenIndex(organization), Settings()), [0]):
        for variant, answer in record.answers.items():
            parameters = _parameters(record, variant, "en")
            if not variant.startswith("network\nen") or "open" in parameters:
                continue
            size = parameters.get("size", "")
            sizes_of.setdefault(parameters["unit"], set()).add(size)
            for each in json.loads(answer.content):
                if "group" in each["classes"].split():
                    drawn.add((each["data"]["unit"], size))

    assert {"staff", "pay"} <= {size for _, size in drawn}
    assert [group for group, size in drawn if size not in sizes_of[group]] == []
    small = [sizes for unit, sizes in sizes_of.items() if "~<" in unit]
    # Nobody's pay is as little as the largest staff.
    assert small
    assert not any({"staff", "pay"} <= sizes for sizes in small)


def test_groups_of_opened_boxes_are_frozen(monkeypatch: pytest.MonkeyPatch) -> None:
    units = "".join(f"\nu{unit}, Unit {unit}, hall" for unit in range(40))
    text = f"id, name, parent\ntop, Top,\noffice, Office, top\nhall, Hall, top{units}"
    index = FrozenIndex(organization_of(text))
    monkeypatch.setattr(index, "rooms", ("100",))
    records = {record.key for record in _records_about(Answers(index, Settings()), [0])}
    scope = scope_of(index.siblings, room=ROOMS["100"])
    groups = {
        focus_text(scope.organization, entry.group)
        for _, _, opened in openings_in(scope)
        for entries in opened.entries.values()
        for entry in entries
        if isinstance(entry, Members)
    }
    assert groups
    assert {f"unit:{group}" for group in groups} <= records


def test_a_reader_opens_one_box_in_another() -> None:
    organization = organization_of("id, name, parent\na, A,\nb, B, a\nc, C, b\nd, D, c\ne, E, d")
    index = OrganizationIndex(organization)
    closed = scope_of(index.siblings).opened({1: False})
    texts = [text for _, text, _ in openings_in(closed)]
    assert texts
    for text in texts:
        parse_view_state({"open": text}, index)


class TestExtent:
    @pytest.mark.parametrize("rooms", [MANY_ROOMS, FEW_ROOMS])
    def test_has_rooms_of_the_server(self, rooms: Rooms) -> None:
        assert {*rooms.names(has_references=True)} <= ROOMS.keys()

    def test_is_less_for_larger_organizations(
        self, harbour: Organization, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        small = extent_of([harbour])
        monkeypatch.setattr("components.web.frozen.extent.SMALL", 3)
        large = extent_of([harbour], replace(IN_FILE, opened=3, listed=3))
        assert {*_names(large)} < {*_names(small)}
        assert (small.opens, small.lists) == (True, True)
        assert (large.opens, large.lists) == (False, False)

    def test_opens_and_lists_some_more_units_than_a_small_organization_has(
        self, harbour: Organization, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("components.web.frozen.extent.SMALL", 3)
        most = replace(IN_FILE, opened=len(harbour), listed=len(harbour) * 2)
        extents = [extent_of([harbour] * moments, most) for moments in (1, 2, 3)]
        assert [(extent.opens, extent.lists) for extent in extents] == [
            (True, True),
            (False, True),
            (False, False),
        ]

    def test_has_sizes_and_colours_unless_these_are_too_many_for_all_units(
        self, harbour: Organization, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        index = OrganizationIndex(harbour)
        answers = len(harbour) * (1 + len(index.sizes) + len(index.colours))
        most = replace(IN_FILE, encoded=answers)
        fewer = replace(most, encoded=answers - 1)
        assert extent_of([harbour], fewer).encodes  # as a small organization has all
        monkeypatch.setattr("components.web.frozen.extent.SMALL", 3)
        assert extent_of([harbour], most).encodes
        assert not extent_of([harbour], fewer).encodes
        assert not extent_of([harbour, harbour], most).encodes

    def test_has_pictures_unless_there_are_too_many_units(
        self, harbour: Organization, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        most = replace(IN_FILE, pictured=len(harbour))
        assert extent_of([harbour] * 2, most).pictures  # as a small organization has all
        monkeypatch.setattr("components.web.frozen.extent.SMALL", 3)
        assert extent_of([harbour], most).pictures
        assert not extent_of([harbour] * 2, most).pictures

    def test_offers_no_size_and_no_colour_that_is_not_frozen(self, harbour: Organization) -> None:
        values = values_of(FrozenIndex(harbour, replace(FEW, encodes=False)))
        assert values["size"] == values["colour"] == ("",)


def _names(extent: Extent) -> Iterable[str]:
    return extent.rooms.names(has_references=True)
