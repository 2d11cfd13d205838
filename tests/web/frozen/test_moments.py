"""A frozen page of two states has each of them alone, too; one of dated states has a slider."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from components.importing.progress import unobserved
from components.model.both_states import earlier_state
from components.model.index import OrganizationIndex
from components.model.moment import NOW, Moment, Shown
from components.model.organization import Organization
from components.settings import Settings
from components.views.page import page_parts
from components.web.editions import edition_name
from components.web.fragments import FRAGMENT_KINDS, FURTHER_CHANGES, to_json
from components.web.frozen import folder as folders
from components.web.frozen.answers import COMPUTED, VARIANT_KEYS, values_of
from components.web.frozen.extent import FrozenIndex, Most
from components.web.frozen.freezing import freeze
from components.web.frozen.moments import FrozenEditions, frozen_moments
from components.words import languages, words_in
from tests.organizations import organization_of, two_states
from tests.web.frozen.pages import answers_in_folder
from tests.web.servers import serve

MANY = Most(*[1_000] * 6)
BEFORE, AFTER = Moment(shown=Shown.BEFORE), Moment(shown=Shown.AFTER)
SWITCH = re.compile(r'<div[^>]* class="choice states"')


@pytest.fixture(scope="module")
def both() -> Organization:
    return two_states()


@pytest.fixture(scope="module")
def folder(both: Organization, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("frozen") / "site"
    freeze(both, Settings(), path, unobserved)
    return path


@pytest.fixture(scope="module")
def servers(both: Organization) -> Mapping[str, FlaskClient]:
    """A server of each state, by its name in addresses."""
    moments = frozen_moments(both, MANY)
    return {str(moment.shown): serve(organization) for moment, organization in moments.items()}


def test_two_states_are_frozen_together_and_alone(both: Organization) -> None:
    moments = frozen_moments(both, MANY)
    assert [*moments] == [NOW, BEFORE, AFTER]
    assert moments[NOW] is both
    assert moments[BEFORE].version == earlier_state(both).version
    assert moments[AFTER].history is None
    assert {*moments[BEFORE].units["id"]} | {*moments[AFTER].units["id"]} <= {*both.units["id"]}


def test_one_state_is_frozen_as_it_is(harbour: Organization) -> None:
    assert frozen_moments(harbour, MANY) == {NOW: harbour}


@pytest.mark.parametrize("state", list(Shown))
def test_a_state_answers_as_a_server_of_it(
    folder: Path, both: Organization, servers: Mapping[str, FlaskClient], state: Shown
) -> None:
    client, organization = servers[state], frozen_moments(both, MANY)[Moment(shown=state)]
    version, dice = edition_name(organization, Settings()), random.Random(1)  # noqa: S311
    values, ids = values_of(FrozenIndex(organization)), organization.units["id"]
    inner = [name for unit, name in enumerate(ids) if not organization.is_leaf(unit)]
    shown: dict[str, str] = {"state": state} if state else {}
    searches = ["payroll", "pilot", organization.units["name"][1], "quays"]
    requests = [("search", {"q": query, "version": version, **shown}) for query in searches]
    for kind in (kind for kind in FRAGMENT_KINDS for _ in range(8)):
        if kind in {*COMPUTED, FURTHER_CHANGES, "covering"}:
            continue
        parameters = {key: dice.choice(values[key]) for key in VARIANT_KEYS[kind]}
        if "size" in parameters and "colour" in parameters:
            parameters[dice.choice(("size", "colour"))] = ""  # one of both at a time
        unit = dice.choice(inner)
        parameters |= {"unit": unit, "lang": dice.choice(languages()), **shown}
        requests.append((f"fragments/{version}/{kind}.json", parameters))
    answers = answers_in_folder(folder, requests)
    for (path, parameters), answer in zip(requests, answers, strict=True):
        assert answer == client.get(f"/{path}", query_string=parameters).json, (path, parameters)


def test_the_page_learns_the_edition_of_each_state(
    folder: Path, both: Organization, servers: Mapping[str, FlaskClient]
) -> None:
    requests = [("version", {"state": state, "wait": "yes"}) for state in servers]
    for answer, organization in zip(
        answers_in_folder(folder, requests), frozen_moments(both, MANY).values(), strict=True
    ):
        assert answer["version"] == edition_name(organization, Settings())
        assert answer["top"] == organization.units["id"][0]


def test_a_moment_that_is_not_frozen_is_the_default_one(folder: Path) -> None:
    moments = ({}, {"state": "never"}, {"at": "2020-01-01", "state": "before"})
    answers = answers_in_folder(folder, [("version", each) for each in moments])
    assert answers == [answers[0]] * 3


def test_the_states_offer_as_much_as_the_page(both: Organization) -> None:
    editions = FrozenEditions(both, Settings(), MANY)
    assert {id(index.extent) for index in editions.indexes} == {id(editions.extent)}


def test_each_page_has_the_switch(folder: Path) -> None:
    for page in folder.glob("*.html"):
        assert len(SWITCH.findall(page.read_text(encoding="utf-8"))) == 1


def test_each_state_has_its_data_files(folder: Path, both: Organization) -> None:
    data = folder / "data"
    for state in Shown:
        beginning = f"{state}-" if state else ""
        organization = frozen_moments(both, MANY)[Moment(shown=state)]
        rows = (data / f"{beginning}units.csv").read_text(encoding="utf-8").splitlines()
        ids = [row.split(",")[0] for row in rows[1:]]
        assert ids == organization.units["id"]
        text = (data / f"{beginning}index.fr.html").read_text(encoding="utf-8")
        links = re.findall(r'<li><a href="([^"]+)"', text)
        assert f"{beginning}units.csv" in links
        assert [link for link in links if not (data / link).exists()] == []
        query = f"?state={state}" if state else ""
        assert f'<nav><a href="../index.fr.html{query}">' in text


def test_too_many_units_are_frozen_together_only(
    both: Organization, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "IN_FOLDER", replace(MANY, of_small_states=2 * len(both)))
    freeze(both, Settings(), tmp_path / "site", unobserved)
    assert len([*(tmp_path / "site" / "packs").iterdir()]) == 1
    assert SWITCH.search((tmp_path / "site" / "index.html").read_text(encoding="utf-8")) is None


def test_the_day_of_a_state_cannot_be_chosen(harbour: Organization) -> None:
    dated = replace(harbour, has_periods=True, day=date(2024, 5, 1))
    *_, chosen = page_parts(OrganizationIndex(dated), words_in("en"))["parts"]
    *_, fixed = page_parts(FrozenIndex(dated), words_in("en"))["parts"]
    assert "Form" in to_json(chosen)
    assert fixed.children == ["As of May 1, 2024"]


@pytest.fixture(scope="module")
def dated() -> Mapping[date, Organization]:
    """Three states, of which the first two are the same."""
    old = "id, name, parent\nt, Top,\na, Alpha, t\nb, Beta, t"
    days = [date(2023, 1, 1), date(2024, 1, 1), date(2025, 1, 1)]
    states = [organization_of(table) for table in (old, old, f"{old}\ns, Ships, a")]
    return dict(zip(days, states, strict=True))


@pytest.fixture(scope="module")
def site(dated: Mapping[date, Organization], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("frozen") / "site"
    freeze(dated, Settings(), path, unobserved)
    return path


class TestDatedStates:
    def test_are_frozen_by_their_days_and_the_last_one_as_the_default(
        self, dated: Mapping[date, Organization]
    ) -> None:
        first, second, last = dated
        moments = frozen_moments(dated, MANY)
        assert [*moments] == [NOW, Moment(first), Moment(second)]
        assert moments[NOW] is dated[last]

    def test_answer_with_their_units(self, site: Path) -> None:
        days = ("2023-01-01", "2024-01-01", "2025-01-01")
        requests = [("search", {"q": "ships", "at": day}) for day in days]
        hits = [len(answer["hits"]) for answer in answers_in_folder(site, requests)]
        assert hits == [0, 0, 1]

    def test_have_packs_of_their_own_even_if_they_are_the_same(self, site: Path) -> None:
        assert len([*(site / "packs").iterdir()]) == 3

    def test_have_a_slider_and_nothing_to_compare_with(self, site: Path) -> None:
        page = (site / "index.html").read_text(encoding="utf-8")
        assert 'data-days="2023-01-01 2024-01-01 2025-01-01"' in page
        assert "before=" not in page
        assert SWITCH.search(page) is None

    def test_have_data_files(self, site: Path) -> None:
        for name, units in (("units.csv", 4), ("2023-01-01-units.csv", 3)):
            lines = (site / "data" / name).read_text(encoding="utf-8").splitlines()
            assert len(lines) == 1 + units

    def test_are_the_last_one_only_if_they_have_too_many_units(
        self, dated: Mapping[date, Organization]
    ) -> None:
        editions = FrozenEditions(dated, Settings(), Most(*[9] * 6))
        assert len(editions.indexes) == 1
        assert editions.days == ()
