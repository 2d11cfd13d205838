from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.diagrams.connection_path import (
    ConnectionPath,
    connection_path,
    hierarchy_edges,
    leg_lines,
    path_elements,
    path_for_page,
    station_points,
    step_curves,
)
from components.diagrams.layout import sector_angles
from components.diagrams.network import network_elements
from components.diagrams.style import Theme
from components.diagrams.tree import Tree, tree_of
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.model.scope import Room
from components.view_state import Layout, ViewState
from tests.diagrams.drawings import NUMBER, marks_in, network_picture, sunburst_picture
from tests.english import ENGLISH
from tests.model.test_shortest_chains import connected_organizations
from tests.organizations import CROWD, FEW_ROWS, GATHERING, crowd, organization_of, rooms, scope_of
from tests.properties import examples


def tree_and_path(
    organization: Organization, start: str, end: str, focus: int = 0
) -> tuple[Tree, ConnectionPath]:
    tree = tree_of(scope_of(organization, focus), ENGLISH)
    number = organization.number
    return tree, connection_path(
        tree, OrganizationIndex(organization).chain(number[start], number[end])
    )


class TestConnectionPath:
    def test_has_a_numbered_station_for_each_unit_of_the_chain(self, harbour: Organization) -> None:
        _, path = tree_and_path(harbour, "traffic", "fire")

        assert [(station.key, station.number) for station in path.stations] == [
            ("u1", 1),
            ("u2", 2),
            ("u5", 3),
        ]
        assert [(leg.origin, leg.target) for leg in path.legs] == [("u1", "u2"), ("u2", "u5")]

    def test_leaves_out_units_outside_the_scope(self, harbour: Organization) -> None:
        _, path = tree_and_path(harbour, "traffic", "fire", focus=harbour.number["traffic"])

        assert [station.key for station in path.stations] == ["u1", "u2"]
        assert [(leg.origin, leg.target) for leg in path.legs] == [("u1", "u2")]

    @pytest.mark.parametrize(
        ("room", "stations", "edges"),
        [
            (FEW_ROWS, [("u1", 1), ("u0", 3), ("g0-3", 4)], {"hu1", "hg0-3"}),
            (GATHERING, [("u2", 1), ("u1", 2), ("u0", 3), ("u13", 4)], {"hg0-3", "hu13"}),
        ],
        ids=["not drawn", "drawn"],
    )
    def test_leads_through_groups(
        self, room: Room, stations: list[tuple[str, int]], edges: set[str]
    ) -> None:
        organization = crowd()
        tree = tree_of(scope_of(organization, room=room), ENGLISH)

        path = connection_path(
            tree, OrganizationIndex(organization).chain(2, organization.number["a"])
        )

        assert [(station.key, station.number) for station in path.stations] == stations
        assert len(path.legs) == len(stations) - 1
        assert hierarchy_edges(tree, path) >= edges

    def test_leads_to_the_smallest_group_that_holds_a_unit(self) -> None:
        units = [("top", ""), *((f"{letter}{n}", "top") for letter in "abcd" for n in range(9))]
        organization = organization_of(units)
        tree = tree_of(scope_of(organization, room=Room(((0.2,), (0.2, 0.1)))), ENGLISH)

        path = connection_path(tree, OrganizationIndex(organization).chain(0, 1))

        assert [station.key for station in path.stations] == ["u0", "g0-1-1"]
        assert hierarchy_edges(tree, path) == {"hg0-1", "hg0-1-1"}

    @examples(30)
    @given(st.data())
    def test_consists_of_drawn_nodes_and_edges(self, data: st.DataObject) -> None:
        organization = data.draw(connected_organizations())
        start, end, focus = (data.draw(st.integers(0, len(organization) - 1)) for _ in "abc")
        tree = tree_of(scope_of(organization, focus, room=data.draw(rooms())), ENGLISH)
        path = connection_path(tree, OrganizationIndex(organization).chain(start, end))

        assert path.keys <= set(tree.by_key)
        assert {end for leg in path.legs for end in (leg.origin, leg.target)} <= path.keys
        elements = network_elements(tree)
        assert hierarchy_edges(tree, path) <= {element["data"]["id"] for element in elements}
        page = path_for_page(
            tree, tree, OrganizationIndex(organization).chain(start, end), elements
        )
        assert page["keys"] == sorted(path.keys)
        assert len(page["lines"]) == len(path.legs)
        assert all(
            math.hypot(station["x"], station["y"]) <= page["radius"] for station in page["stations"]
        )


class TestSunburst:
    def test_has_each_station_in_the_middle_of_its_sector(self, iom: Organization) -> None:
        ends = ("peacebuilding-and-transitional-justice-unit", "mobility-tracking")
        tree, path = tree_and_path(iom, *ends)
        angles, ring = sector_angles(tree), 100 / tree.levels

        for key, (x, y) in station_points(tree, path, 100).items():
            start, extent = angles[key]
            node = tree.by_key[key]
            bearing = math.degrees(math.atan2(x, -y)) - start
            assert bearing % 360 == pytest.approx(extent / 2, abs=0.1)
            assert node.level * ring < math.hypot(x, y) < (node.level + 1) * ring

    def test_keeps_the_middle_of_the_centre_free(self, harbour: Organization) -> None:
        for ends in (("harbour", "fire"), ("harbour", "traffic"), ("locks", "harbour")):
            tree, path = tree_and_path(harbour, *ends)
            away = math.hypot(*station_points(tree, path, 100)["u0"])
            assert 50 / tree.levels < away < 100 / tree.levels

    def test_scales_with_the_sunburst(self, harbour: Organization) -> None:
        tree, path = tree_and_path(harbour, "traffic", "fire")
        small, large = (
            leg_lines(path, station_points(tree, path, radius)) for radius in (100, 300)
        )

        for one, other in zip(small, large, strict=True):
            sizes = (
                [float(number) for number in re.findall(NUMBER, line)] for line in (one, other)
            )
            for little, much in zip(*sizes, strict=True):
                assert 3 * little == pytest.approx(much, abs=0.02)


class TestNetwork:
    def test_adds_a_node_for_each_station_and_an_edge_for_each_step_outside_the_hierarchy(
        self, harbour: Organization
    ) -> None:
        tree, path = tree_and_path(harbour, "traffic", "fire")
        added = path_elements(network_elements(tree), path)

        assert [(element["data"]["id"], element["classes"]) for element in added] == [
            ("w1", "station"),
            ("w2", "station"),
            ("w3", "station"),
            ("s2", "step"),
        ]
        assert hierarchy_edges(tree, path) == {"hu2"}

    @pytest.mark.parametrize("layout", Layout)
    def test_has_stations_beside_the_labels_of_their_nodes(
        self, iom: Organization, layout: Layout
    ) -> None:
        ends = ("peacebuilding-and-transitional-justice-unit", "mobility-tracking")
        tree, path = tree_and_path(iom, *ends)
        elements = network_elements(tree)
        nodes = {element["data"]["id"]: element for element in elements}
        added = {
            element["data"]["id"]: element["data"] for element in path_elements(elements, path)
        }

        for station in path.stations:
            mark, node = added[f"w{station.number}"][layout], nodes[station.key]
            at = node["data"][layout]
            assert mark["label"] == str(station.number)
            if layout is Layout.RADIAL and "dot" in node["classes"].split():
                assert (mark["x"], mark["y"]) == (at["x"], at["y"])
                assert mark["width"] / 2 < math.hypot(at["label_x"], at["label_y"])
            else:
                # At the upper left corner; no label begins so close to the edge of a box.
                left, padding = at["x"] - at["width"] / 2, 4
                assert mark["y"] == pytest.approx(at["y"] - at["height"] / 2, abs=0.01)
                assert left - mark["width"] < mark["x"] < left + padding - mark["width"] / 2


class TestPicture:
    @pytest.mark.parametrize("theme", Theme)
    def test_shows_every_station_with_its_number_and_names_it(
        self, harbour: Organization, theme: Theme
    ) -> None:
        tree = tree_of(scope_of(harbour), ENGLISH)
        state = ViewState(harbour.number["traffic"], to=harbour.number["fire"])

        for picture in (sunburst_picture, network_picture):
            svg = picture(tree, state, theme=theme).svg
            assert "Path, from start to end" in svg
            for number in "123":
                assert f">{number}<" in svg

    def test_dims_all_but_the_stations(self, harbour: Organization) -> None:
        tree = tree_of(scope_of(harbour), ENGLISH)
        marks = marks_in(tree, ViewState(harbour.number["traffic"], to=harbour.number["fire"]))

        assert marks.lit == marks.hits == {"u1", "u2", "u5"}
        assert (marks.selected, marks.chain) == ("u1", frozenset())


class TestCurvesOfSteps:
    def test_lead_both_ways_between_nodes_with_a_relation(self, harbour: Organization) -> None:
        tree, _ = tree_and_path(harbour, "traffic", "fire")
        curves = step_curves(tree, network_elements(tree))

        # Stated: pilots and fire, goods and locks. Shared: the agreement and the tide tables.
        stated = {"u2 u5", "u3 u6"}
        shared = {"u1 u4", "u1 u6", "u4 u6", "u2 u3"}
        assert curves.keys() == {
            text for pair in stated | shared for text in (pair, " ".join(reversed(pair.split())))
        }
        assert all(curve.keys() == {*Layout} for curve in curves.values())

    def test_are_those_of_a_path_with_one_of_them(self, harbour: Organization) -> None:
        for ends in (("traffic", "fire"), ("fire", "traffic"), ("goods", "locks")):
            tree, path = tree_and_path(harbour, *ends)
            elements = network_elements(tree)
            (step,) = (
                element["data"]
                for element in path_elements(elements, path)
                if element["classes"] == "step"
            )

            curve = step_curves(tree, elements)[f"{step['source']} {step['target']}"]
            assert curve == {layout: step[layout] for layout in Layout}

    def test_lead_to_groups(self) -> None:
        organization = organization_of(CROWD, relations="from_id, to_id, kind\nt1, k, advises")
        tree = tree_of(scope_of(organization, room=FEW_ROWS), ENGLISH)

        curves = step_curves(tree, network_elements(tree))
        assert len(curves) == 2
        assert all("g" in pair for pair in curves)
