from __future__ import annotations

import math
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.diagrams.connection_path import (
    ConnectionPath,
    connection_path,
    hierarchy_edges,
    leg_lines,
    path_elements,
    path_for_page,
    station_points,
)
from components.diagrams.layout import sector_angles
from components.diagrams.network import network_elements
from components.diagrams.style import Theme
from components.diagrams.tree import Tree, tree_of
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.model.scope import scope_of
from components.view_state import Layout, ViewState
from tests.diagrams.drawings import NUMBER, marks_in, network_picture, sunburst_picture
from tests.english import ENGLISH
from tests.model.test_shortest_chains import connected_organizations
from tests.organizations import organization_of


def drawn(
    organization: Organization, start: str, end: str, focus: int = 0
) -> tuple[Tree, ConnectionPath]:
    tree = tree_of(scope_of(organization, focus), ENGLISH)
    number = organization.number
    return tree, connection_path(
        tree, OrganizationIndex(organization).chain(number[start], number[end])
    )


class TestAWay:
    def test_has_a_station_a_unit_in_the_order_of_the_chain(self, harbour: Organization) -> None:
        _, way = drawn(harbour, "traffic", "fire")

        assert [(each.key, each.number) for each in way.stations] == [
            ("u1", 1),
            ("u2", 2),
            ("u5", 3),
        ]
        assert [(leg.origin, leg.target) for leg in way.legs] == [("u1", "u2"), ("u2", "u5")]

    def test_leaves_out_what_is_beyond_the_picture(self, harbour: Organization) -> None:
        _, way = drawn(harbour, "traffic", "fire", focus=harbour.number["traffic"])

        assert [each.key for each in way.stations] == ["u1", "u2"]
        assert [(leg.origin, leg.target) for leg in way.legs] == [("u1", "u2")]

    def test_marks_a_folded_unit_at_the_nearest_one_above_it(self) -> None:
        units = [("top", ""), ("a", "top"), ("b", "top"), *((f"a{each}", "a") for each in range(9))]
        organization = organization_of(units)
        tree = tree_of(scope_of(organization, most=6), ENGLISH)
        steps = OrganizationIndex(organization).chain(
            organization.number["a8"], organization.number["b"]
        )

        way = connection_path(tree, steps)

        ids = organization.units["id"]
        stations = [(ids[int(each.key[1:])], each.number) for each in way.stations]
        assert stations == [("a", 1), ("top", 3), ("b", 4)]
        assert len(way.legs) == 2

    @settings(max_examples=30)
    @given(st.data())
    def test_runs_through_what_is_drawn_alone(self, data: st.DataObject) -> None:
        organization = data.draw(connected_organizations())
        start, end, focus = (data.draw(st.integers(0, len(organization) - 1)) for _ in "abc")
        tree = tree_of(scope_of(organization, focus, levels=2, most=8), ENGLISH)
        way = connection_path(tree, OrganizationIndex(organization).chain(start, end))

        assert way.keys <= set(tree.by_key)
        assert {end for leg in way.legs for end in (leg.origin, leg.target)} <= way.keys
        elements = network_elements(tree)
        assert hierarchy_edges(tree, way) <= {each["data"]["id"] for each in elements}
        told = path_for_page(tree, OrganizationIndex(organization).chain(start, end))
        assert len(told["lines"]) == len(way.legs)
        assert all(math.hypot(each["x"], each["y"]) <= told["radius"] for each in told["stations"])


class TestItsCourse:
    def test_has_each_station_in_the_middle_of_its_sector(self, iom: Organization) -> None:
        ends = ("peacebuilding-and-transitional-justice-unit", "mobility-tracking")
        tree, way = drawn(iom, *ends)
        angles, ring = sector_angles(tree), 100 / tree.levels

        for key, (x, y) in station_points(tree, way, 100).items():
            start, extent = angles[key]
            node = tree.by_key[key]
            bearing = math.degrees(math.atan2(x, -y)) - start
            assert bearing % 360 == pytest.approx(extent / 2, abs=0.1)
            assert node.level * ring < math.hypot(x, y) < (node.level + 1) * ring

    def test_keeps_off_the_middle_of_the_centre(self, harbour: Organization) -> None:
        for ends in (("harbour", "fire"), ("harbour", "traffic"), ("locks", "harbour")):
            tree, way = drawn(harbour, *ends)
            away = math.hypot(*station_points(tree, way, 100)["u0"])
            assert 50 / tree.levels < away < 100 / tree.levels

    def test_grows_with_the_sunburst(self, harbour: Organization) -> None:
        tree, way = drawn(harbour, "traffic", "fire")
        small, large = (leg_lines(way, station_points(tree, way, radius)) for radius in (100, 300))

        for one, other in zip(small, large, strict=True):
            sizes = ([float(each) for each in re.findall(NUMBER, line)] for line in (one, other))
            for little, much in zip(*sizes, strict=True):
                assert 3 * little == pytest.approx(much, abs=0.02)


class TestInTheNetwork:
    def test_adds_a_dot_a_station_and_an_edge_a_leap(self, harbour: Organization) -> None:
        tree, way = drawn(harbour, "traffic", "fire")
        added = path_elements(network_elements(tree), way)

        assert [(each["data"]["id"], each["classes"]) for each in added] == [
            ("w1", "station"),
            ("w2", "station"),
            ("w3", "station"),
            ("s2", "step"),
        ]
        assert hierarchy_edges(tree, way) == {"hu2"}

    @pytest.mark.parametrize("layout", Layout)
    def test_has_its_numbers_beside_the_labels_of_boxes(
        self, iom: Organization, layout: Layout
    ) -> None:
        ends = ("peacebuilding-and-transitional-justice-unit", "mobility-tracking")
        tree, way = drawn(iom, *ends)
        elements = network_elements(tree)
        nodes = {each["data"]["id"]: each for each in elements}
        added = {each["data"]["id"]: each["data"] for each in path_elements(elements, way)}

        for station in way.stations:
            mark, node = added[f"w{station.number}"][layout], nodes[station.key]
            at = node["data"][layout]
            assert mark["label"] == str(station.number)
            assert abs(mark["y"] - at["y"]) < 0.01
            assert mark["x"] <= at["x"]


class TestThePicture:
    @pytest.mark.parametrize("theme", Theme)
    def test_shows_every_station_with_its_number_and_names_it(
        self, harbour: Organization, theme: Theme
    ) -> None:
        tree = tree_of(scope_of(harbour), ENGLISH)
        look = ViewState(harbour.number["traffic"], to=harbour.number["fire"])

        for picture in (sunburst_picture, network_picture):
            svg = picture(tree, look, theme=theme).svg
            assert "The way from the first to the last" in svg
            for number in "123":
                assert f">{number}<" in svg

    def test_dims_all_but_the_stations(self, harbour: Organization) -> None:
        tree = tree_of(scope_of(harbour), ENGLISH)
        marks = marks_in(tree, ViewState(harbour.number["traffic"], to=harbour.number["fire"]))

        assert marks.lit == marks.hits == {"u1", "u2", "u5"}
        assert (marks.selected, marks.chain) == ("u1", frozenset())
