"""The keys of a view: their defaults, parsing, addresses, and schema for scripts."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import date
from typing import Any
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.model.groups import Group
from components.model.index import OrganizationIndex
from components.model.moment import NOW, Moment, Shown
from components.model.organization import Organization
from components.model.scope import Room
from components.view_state import (
    FINDERS,
    KEY_BY_NAME,
    KEYS,
    Diagram,
    InvalidValueError,
    Layout,
    UnknownUnitError,
    ValueType,
    ViewState,
    available_views,
    moment_parameters,
    parameters_of,
    parse_view_state,
    query_of,
    read_moment,
    read_view_state,
    schema_for_scripts,
    scope_of_view,
)
from tests.organizations import FEW_ROWS, crowd, organization_of, seven_units, two_states

DEFAULT = ViewState()
HARBOUR = OrganizationIndex(seven_units())
BOTH_STATES = OrganizationIndex(two_states())
TRAFFIC, PILOTS, LOCKS, SAFETY, FIRE = 1, 2, 3, 4, 5

EXAMPLES: dict[str, tuple[ViewState, str]] = {
    "unit": (ViewState(unit=PILOTS), "unit=pilots"),
    "focus": (ViewState(focus=TRAFFIC), "focus=traffic"),
    "view": (ViewState(view="matrix"), "view=matrix"),
    "links": (ViewState(links="all"), "links=all"),
    "layout": (ViewState(layout=Layout.RADIAL), "layout=radial"),
    "references": (ViewState(references="shown"), "references=shown"),
    "open": (
        ViewState(open=((TRAFFIC, False), (SAFETY, True), (Group(0, 5, run=(1, 3)), True))),
        "open=-traffic%3Bsafety%3Bharbour%7E%3C5%7E1-3",
    ),
    "to": (ViewState(unit=PILOTS, to=FIRE), "unit=pilots&to=fire"),
    "types": (ViewState(types=("office", "unit")), "types=office%3Bunit"),
    "themes": (ViewState(themes=("permits",)), "themes=permits"),
    "size": (ViewState(size="reports"), "size=reports"),
    "colour": (ViewState(colour="type"), "colour=type"),
    "by": (ViewState(by="references"), "by=references"),
    "sort": (ViewState(sort="size"), "sort=size"),
    "q": (ViewState(q="Who permits & welds?"), "q=Who+permits+%26+welds%3F"),
}
"""For each key, a state in which it is not the default, and the query of its address."""
INVALID = {
    "unit": "nobody",
    "focus": "nobody",
    "view": "cube",
    "links": "none",
    "layout": "compact",
    "references": "all",
    "open": "-nobody",
    "to": "nobody",
    "types": "squad",
    "themes": "cooking",
    "where": "colour:red",
    "changes": "moved",
    "size": "weight",
    "colour": "taste",
    "by": "grade",
    "sort": "name",
}
"""For each key that has any, a value that is not allowed."""


def test_every_key_has_a_field_and_every_field_a_key() -> None:
    assert [field.name for field in fields(ViewState)] == [key.name for key in KEYS]


def test_the_default_of_a_choice_is_its_first_value() -> None:
    choices = {key.name: key.values[0] for key in KEYS if key.type is ValueType.CHOICE}

    assert choices == DEFAULT.choices


def test_a_list_has_its_values_in_the_filters() -> None:
    for key in KEYS:
        assert (key.type is ValueType.LIST) == hasattr(HARBOUR.filters, key.name)


def test_every_key_has_an_example() -> None:
    assert list(EXAMPLES) == [key.name for key in KEYS if key.name not in {"where", "changes"}]
    assert [*INVALID] == [key.name for key in KEYS if key.type is not ValueType.TEXT]
    for name, (state, _) in EXAMPLES.items():
        assert getattr(state, name) != getattr(DEFAULT, name)


class TestAddress:
    @pytest.mark.parametrize("name", EXAMPLES)
    def test_has_the_keys_that_are_not_default(self, name: str) -> None:
        state, query = EXAMPLES[name]

        assert query_of(parameters_of(state, HARBOUR.organization)) == query
        assert read_view_state(dict(parse_qsl(query)), HARBOUR) == state

    def test_has_filters_by_facts(self) -> None:
        staff = OrganizationIndex(
            organization_of(
                """
            id, name, parent, type, Grade
            1,  A,    ,       post, G1
            2,  B,    1,      post, G1
            3,  C,    1,      post, G2
            4,  D,    1,      post, G2
            """
            )
        )
        state = ViewState(where=("grade:G1", "grade:G2"))
        query = query_of(parameters_of(state, staff.organization))

        assert query == "where=grade%3AG1%3Bgrade%3AG2"
        assert read_view_state(dict(parse_qsl(query)), staff) == state
        assert read_view_state({"where": "grade:G1;grade:G9"}, staff).where == ("grade:G1",)

    def test_has_kinds_of_changes_between_two_states(self) -> None:
        state = ViewState(changes=("new", "moved"))

        query = query_of(parameters_of(state, BOTH_STATES.organization))

        assert query == "changes=new%3Bmoved"
        assert read_view_state(dict(parse_qsl(query)), BOTH_STATES) == state
        assert read_view_state({"changes": "all"}, BOTH_STATES).changes == ("all",)
        assert read_view_state(dict(parse_qsl(query)), HARBOUR) == DEFAULT

    def test_of_the_default_has_no_parameters(self) -> None:
        assert parameters_of(DEFAULT, HARBOUR.organization) == {}
        assert read_view_state({}, HARBOUR) == DEFAULT

    @given(st.data())
    def test_round_trip_of_any_state(self, data: st.DataObject) -> None:
        values: dict[str, Any] = {}
        for key in KEYS:
            match key.type:
                case ValueType.UNIT | ValueType.FOCUS:
                    some = st.integers(0, 6)
                    values[key.name] = data.draw(some if key.name == "focus" else st.none() | some)
                case ValueType.CHOICE:
                    values_here = [value for value in key.values if value != "changes"]
                    choice = data.draw(st.sampled_from(values_here))
                    values[key.name] = type(getattr(DEFAULT, key.name))(choice)
                case ValueType.LIST:
                    known = list(getattr(HARBOUR.filters, key.name))
                    chosen = data.draw(st.sets(st.sampled_from(known))) if known else set()
                    values[key.name] = tuple(filter(chosen.__contains__, known))
                case ValueType.COLUMN:
                    known = list(getattr(HARBOUR, key.among))
                    values[key.name] = data.draw(st.sampled_from(["", *known]))
                case ValueType.TEXT:
                    values[key.name] = data.draw(st.text(max_size=20))
        if values["unit"] is None or values["to"] == values["unit"]:
            values["to"] = None
        state = ViewState(**values)

        query = query_of(parameters_of(state, HARBOUR.organization))

        assert query.isascii()
        assert read_view_state(dict(parse_qsl(query)), HARBOUR) == state
        assert parse_view_state(dict(parse_qsl(query)), HARBOUR) == state


class TestLenientParsing:
    @pytest.mark.parametrize("name", INVALID)
    def test_treats_an_invalid_value_as_absent(self, name: str) -> None:
        parameters = {"unit": "pilots", "links": "all"} | {name: INVALID[name]}
        expected = ViewState(unit=PILOTS, links="all")
        if name in {"unit", "links"}:
            expected = replace(expected, **{name: getattr(DEFAULT, name)})

        assert read_view_state(parameters, HARBOUR) == expected

    def test_keeps_the_valid_values_of_a_list(self) -> None:
        assert read_view_state({"types": "unit;squad;office"}, HARBOUR).types == ("office", "unit")

    def test_of_an_unknown_unit_compares_no_names(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("components.view_state.nearest_units", None)

        assert read_view_state({"unit": "nobody", "to": "none"}, HARBOUR) == DEFAULT

    def test_ignores_unknown_parameters(self) -> None:
        assert read_view_state({"panel": "0"}, HARBOUR) == DEFAULT

    def test_treats_a_matrix_without_topics_as_absent(self) -> None:
        index = OrganizationIndex(organization_of([("a", "")]))

        assert "matrix" in available_views(HARBOUR)
        assert "matrix" not in available_views(index)
        assert read_view_state({"view": "matrix"}, index) == DEFAULT

    def test_treats_the_list_of_changes_of_one_state_as_absent(self) -> None:
        assert "changes" in available_views(BOTH_STATES)
        assert "changes" not in available_views(HARBOUR)
        assert read_view_state({"view": "changes"}, HARBOUR) == DEFAULT
        assert "changes" not in schema_for_scripts(HARBOUR)["view"]["values"]
        assert "changes" in schema_for_scripts(BOTH_STATES)["view"]["values"]


class TestStrictParsing:
    @pytest.mark.parametrize("name", INVALID)
    def test_raises_an_error_for_an_invalid_value(self, name: str) -> None:
        is_unit = KEY_BY_NAME[name].type in FINDERS
        error = UnknownUnitError if is_unit else InvalidValueError
        sentence = "There is no such unit" if is_unit else f"{name.capitalize()} must be "

        with pytest.raises(error, match=f"^{sentence}"):
            parse_view_state({"unit": "pilots"} | {name: INVALID[name]}, HARBOUR)

    def test_names_the_allowed_values(self) -> None:
        with pytest.raises(InvalidValueError, match=r"^Layout must be one of tree, radial\.$"):
            parse_view_state({"layout": "round"}, HARBOUR)


@pytest.mark.parametrize("parameters", [{"to": "fire"}, {"unit": "fire", "to": "fire"}])
def test_a_chain_needs_two_different_units(parameters: dict[str, str]) -> None:
    assert read_view_state(parameters, HARBOUR).to is None
    assert parse_view_state(parameters, HARBOUR).to is None


def test_the_schema_for_scripts_has_every_key() -> None:
    schema = json.loads(json.dumps(schema_for_scripts(HARBOUR)))

    assert list(schema) == [key.name for key in KEYS if key.name != "changes"]
    assert list(schema_for_scripts(BOTH_STATES)) == [key.name for key in KEYS]
    assert schema["unit"] == {"type": "unit", "diagrams": ["sunburst", "network"]}
    assert schema["by"] == {"type": "column", "values": ["", "themes", "references", "type"]}
    assert schema["layout"] == {
        "type": "choice",
        "values": ["tree", "radial"],
        "diagrams": ["network"],
    }


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_picture_has_only_the_keys_of_its_diagram(name: str) -> None:
    state, _ = EXAMPLES[name]

    for diagram in Diagram:
        is_kept = getattr(state.for_diagrams(diagram), name) == getattr(state, name)
        assert is_kept == (diagram in KEY_BY_NAME[name].diagrams)


class TestScope:
    def focus_of(self, state: ViewState, harbour: Organization) -> int:
        return scope_of_view(OrganizationIndex(harbour), state, Room(((0.0,),))).focus

    def test_is_that_of_the_focus_if_it_shows_the_unit(self, harbour: Organization) -> None:
        assert self.focus_of(ViewState(unit=PILOTS, focus=TRAFFIC), harbour) == TRAFFIC

    def test_is_that_of_the_parent_of_a_unit_elsewhere(self, harbour: Organization) -> None:
        assert self.focus_of(ViewState(unit=FIRE, focus=TRAFFIC), harbour) == SAFETY

    def test_is_that_of_a_group_if_it_holds_the_unit(self) -> None:
        index = OrganizationIndex(crowd())
        ferries = index.organization.number["f"]

        scope = scope_of_view(index, ViewState(unit=ferries, focus=TRAFFIC), FEW_ROWS)

        assert scope.group == Group(0, 5, run=(5, 8))
        assert scope == scope_of_view(index, ViewState(focus=scope.group), FEW_ROWS)

    def test_shows_the_whole_chain_between_two_units(self, harbour: Organization) -> None:
        assert self.focus_of(ViewState(unit=PILOTS, to=LOCKS, focus=SAFETY), harbour) == TRAFFIC


class TestTheMoment:
    def test_has_days_in_iso_8601_and_what_is_shown_of_two_states(self) -> None:
        moment = Moment(date(2023, 1, 31), date(2022, 1, 31), Shown.AFTER)

        parameters = moment_parameters(moment)
        assert parameters == {"at": "2023-01-31", "before": "2022-01-31", "state": "after"}
        assert read_moment(parameters) == moment
        assert moment_parameters(NOW) == {}
        assert read_moment({}) == read_moment({"at": "", "before": "", "state": ""}) == NOW

    @pytest.mark.parametrize("text", ["soon", "2023", "2023-02-29", "31.01.2023", "2023-01-31T1"])
    def test_that_is_none_is_an_error_with_an_example(self, text: str) -> None:
        with pytest.raises(InvalidValueError, match="At must be a day such as 2026-01-31"):
            read_moment({"at": text})

    def test_of_an_unknown_state_is_an_error_with_those_that_there_are(self) -> None:
        with pytest.raises(InvalidValueError, match=r"^State must be before or after\.$"):
            read_moment({"state": "both"})
