from __future__ import annotations

import math
from itertools import product

import pytest

from components.diagrams.arrangement import extent_of
from components.diagrams.labels import sector_labels
from components.diagrams.network import network_elements
from components.diagrams.rooms import (
    DEFAULT_ROOM,
    MAX_RINGS,
    NETWORK_ROOM,
    NETWORK_ROOMS,
    NETWORK_SIDES,
    RADIAL_ROOM,
    RADIAL_ROOMS,
    REFERENCES,
    ROOMS,
    SUNBURST_RADII,
    SUNBURST_ROOM,
    SUNBURST_ROOMS,
    default_room,
    network_room_of,
    room_of,
)
from components.diagrams.style import MIN_ZOOM, NETWORK_PADDING, SUNBURST_MARGIN
from components.diagrams.sunburst import RADII, radii_of
from components.diagrams.tree import tree_of
from components.model.groups import Members
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.model.scope import ENOUGH
from components.model.scope import scope_of as scope_of_siblings
from components.view_state import Layout, ViewState, weights_of
from tests.english import ENGLISH
from tests.organizations import organization_named, organization_of, scope_of


def test_a_larger_room_has_at_least_the_rings_and_rows_of_a_smaller_one() -> None:
    rooms = [room_of(radius) for radius in range(60, 500, 5)]

    assert [len(room.least) for room in rooms] == sorted(len(room.least) for room in rooms)
    assert [room.rows for room in rooms] == sorted(room.rows for room in rooms)
    assert {len(room.least) for room in rooms} == set(range(1, MAX_RINGS + 1))


def test_a_sector_needs_less_of_the_circle_further_out_and_in_a_larger_room() -> None:
    rooms = [SUNBURST_ROOMS[str(radius)] for radius in SUNBURST_RADII]
    for room in rooms:
        for rings, least in enumerate(room.least, start=1):
            assert len(least) == rings
            assert list(least) == sorted(least, reverse=True)
            assert 0 < least[-1] <= least[0] < 0.2
    outer = [room.least[0][0] for room in rooms]
    assert outer == sorted(outer, reverse=True)


@pytest.mark.parametrize("radius", SUNBURST_RADII)
def test_units_with_the_least_share_have_a_label(radius: int) -> None:
    room = SUNBURST_ROOMS[str(radius)]
    for rings, least in enumerate(room.least, start=1):
        count = math.floor(1 / least[-1])
        pairs = [("top", ""), *((f"n0-{each}", "top") for each in range(count))]
        for ring in range(1, rings):
            pairs += [(f"n{ring}-{each}", f"n{ring - 1}-{each}") for each in range(count)]
        names = [f"D{unit:04}" for unit in range(len(pairs))]
        tree = tree_of(scope_of(organization_named(pairs, names), rings=rings), ENGLISH)

        labels = sector_labels(tree, radius)

        outermost = {node.key for node in tree.nodes if node.level == rings}
        assert len(outermost) == count
        assert outermost <= set(labels)


def test_nearly_all_sectors_of_a_measure_have_a_label() -> None:
    rows = ["id, name, parent, FTE", "top, Top, ,"]
    for number in range(8):
        rows.append(f"d{number}, Department {number}, top,")
        rows += [f"d{number}u{n}, Unit {number}{n}, d{number}, {1 + n * n}" for n in range(number)]
    organization = organization_of("\n".join(rows))
    weights = weights_of(OrganizationIndex(organization), ViewState(size="fte"))

    scope = scope_of(organization, room=room_of(235), weights=weights)

    tree = tree_of(scope, ENGLISH)
    assert len(sector_labels(tree, 235)) >= ENOUGH * len(tree.nodes)


def test_a_unit_is_opened_even_if_one_below_it_has_nothing_of_the_measure() -> None:
    rows = ["id, name, parent, FTE", "top, Top, ,", "a, Pilots, top,", "b, Berths, top, 4"]
    rows += ["a1, Day, a, 3", "a2, Night, a, 3", "a3, Reserve, a, 0"]
    organization = organization_of("\n".join(rows))
    weights = weights_of(OrganizationIndex(organization), ViewState(size="fte"))

    scope = scope_of(organization, room=room_of(235), weights=weights)

    assert len(scope.units) == len(organization)


def test_every_radius_of_labels_belongs_to_one_room() -> None:
    for end in ("", REFERENCES):
        rooms = {least: radii_of(f"{least}{end}") for least in SUNBURST_RADII}
        assert [radius for radii in rooms.values() for radius in radii] == list(RADII)
        assert all(radii[0] == least for least, radii in rooms.items())
    assert not any(radii_of(room) for room in NETWORK_ROOMS)


@pytest.mark.parametrize("size", [(900, 680), (640, 420), (360, 500), (280, 340)])
def test_a_tree_alone_is_whole_and_legible(size: tuple[int, int], iom: Organization) -> None:
    scope = scope_of_siblings(OrganizationIndex(iom).siblings, room=network_room_of(*size))
    tree = tree_of(scope, ENGLISH)

    elements = network_elements(tree, [Layout.COMPACT])

    boxes = [element["data"]["compact"] for element in elements if "unit" in element["data"]]
    for side, length in zip(size, ("width", "height"), strict=True):
        axis = "x" if length == "width" else "y"
        low = min(box[axis] - box[length] / 2 for box in boxes)
        high = max(box[axis] + box[length] / 2 for box in boxes)
        assert (high - low) * MIN_ZOOM + 2 * NETWORK_PADDING <= side
    assert set(iom.children(0)) <= set(scope.units)


@pytest.mark.parametrize(("side", "count"), [(715, 47), (650, 24), (360, 8)])
def test_a_radial_network_alone_is_whole_and_legible(
    side: int, count: int, iom: Organization
) -> None:
    scope = scope_of_siblings(OrganizationIndex(iom).siblings, room=RADIAL_ROOMS[f"r{side}"])

    drawing = extent_of(tree_of(scope, ENGLISH), Layout.RADIAL, has_references=False)

    assert len(scope.units) == count
    assert max(drawing) * MIN_ZOOM + 2 * NETWORK_PADDING <= side


@pytest.mark.parametrize(
    ("name", "layout", "count"),
    [
        ("900x680", Layout.COMPACT, 47),
        ("640x580", Layout.COMPACT, 47),
        ("360x420", Layout.COMPACT, 8),
        ("r1000", Layout.RADIAL, 47),
        ("r850", Layout.RADIAL, 24),
        ("r550", Layout.RADIAL, 8),
    ],
)
def test_a_network_alone_is_whole_and_legible_with_its_references(
    name: str, layout: Layout, count: int, iom: Organization
) -> None:
    siblings = OrganizationIndex(iom).siblings
    scope = scope_of_siblings(siblings, room=ROOMS[f"{name}{REFERENCES}"])

    drawing = extent_of(tree_of(scope, ENGLISH), layout, has_references=True)

    assert len(scope.units) == count
    room = sides(name) if layout is Layout.COMPACT else (int(name[1:]),) * 2
    for side, length in zip(room, drawing, strict=True):
        assert length * MIN_ZOOM + 2 * NETWORK_PADDING <= side


@pytest.mark.parametrize(("radius", "count"), [(235, 47), (170, 24), (135, 8)])
def test_a_tree_with_references_beside_a_sunburst_is_whole_and_legible(
    radius: int, count: int, iom: Organization
) -> None:
    siblings = OrganizationIndex(iom).siblings
    scope = scope_of_siblings(siblings, room=ROOMS[f"{radius}{REFERENCES}"])
    tree = tree_of(scope, ENGLISH)

    drawing = extent_of(tree, Layout.COMPACT, has_references=True)

    assert len(scope.units) == count
    assert len(sector_labels(tree, radius)) >= ENOUGH * len(tree.nodes)
    for side, length in zip(NETWORK_SIDES[f"tree{REFERENCES}"], drawing, strict=True):
        assert length * MIN_ZOOM + 2 * NETWORK_PADDING <= side * 2 * (radius + SUNBURST_MARGIN)


@pytest.mark.parametrize(("radius", "count"), [(170, 35), (235, 60), (300, 90)])
def test_direct_reports_are_in_columns_beside_a_sunburst_in_which_they_can_be_read(
    radius: int, count: int
) -> None:
    pairs = [("top", ""), *((f"n{number}", "top") for number in range(count))]
    siblings = OrganizationIndex(organization_of(pairs)).siblings

    scope = scope_of_siblings(siblings, room=ROOMS[str(radius)])

    assert scope.entries == {0: list(siblings.organization.children(0))}
    tree = tree_of(scope, ENGLISH)
    assert len(sector_labels(tree, radius)) == len(tree.nodes)
    drawing = extent_of(tree, Layout.COMPACT, has_references=False)
    for side, length in zip(NETWORK_SIDES["tree"], drawing, strict=True):
        assert length * MIN_ZOOM + 2 * NETWORK_PADDING <= side * 2 * (radius + SUNBURST_MARGIN)


def test_a_network_alone_has_all_direct_reports_in_columns_instead_of_groups() -> None:
    pairs = [("top", ""), *((f"n{number}", "top") for number in range(90)), ("below", "n3")]
    siblings = OrganizationIndex(organization_of(pairs)).siblings

    scope = scope_of_siblings(siblings, room=NETWORK_ROOMS[NETWORK_ROOM])

    assert scope.entries == {0: list(siblings.organization.children(0))}
    narrow = scope_of_siblings(siblings, room=NETWORK_ROOMS["280x340"])
    assert any(isinstance(entry, Members) for entry in narrow.entries[0])


def test_a_larger_network_shows_at_least_as_much(iom: Organization) -> None:
    siblings = OrganizationIndex(iom).siblings
    rooms = {name: room for name, room in NETWORK_ROOMS.items() if not name.endswith(REFERENCES)}
    for (name, room), (larger_name, larger) in product(rooms.items(), repeat=2):
        if name.split("x")[1] == larger_name.split("x")[1] and sides(name) <= sides(larger_name):
            units = scope_of_siblings(siblings, room=room).units
            assert set(units) <= set(scope_of_siblings(siblings, room=larger).units)
    assert len(scope_of_siblings(siblings, room=NETWORK_ROOMS[NETWORK_ROOM]).units) == len(iom)


def sides(name: str) -> tuple[int, ...]:
    """Return width and height of the room of a network."""
    return tuple(map(int, name.split("x")))


def test_a_page_is_written_for_a_desk() -> None:
    def room(view: str, references: str = "hidden", layout: Layout = Layout.TREE) -> str:
        return default_room(ViewState(view=view, references=references, layout=layout))

    assert {room(view) for view in ("", "both", "outline")} == {DEFAULT_ROOM}
    assert room("sunburst") == room("sunburst", "shown") == SUNBURST_ROOM
    assert (room("network"), room("network", layout=Layout.RADIAL)) == (NETWORK_ROOM, RADIAL_ROOM)
    for view in ("", "both", "network"):
        assert room(view, "shown") == f"{room(view)}{REFERENCES}"
    assert {room(view, "shown") for view in ("both", "sunburst", "network")} <= set(ROOMS)
