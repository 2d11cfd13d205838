"""Boxes of the network that open and close in place, and the motion between two drawings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.explorer import NETWORK, READY, Explorer

SMALL, DESK = (1280, 420), (1440, 900)
OPERATIONS = "Department of Operations and Emergencies"
INSTITUTE, INSTITUTE_ID = "Global Data Institute", "global-data-institute"
ABOVE_IT, BELOW_IT = "department-of-policy-and-research", "cash-based-initiatives-unit"
DTM = "Displacement Tracking Matrix"
PARTS = {DTM, "Global Migration Data Analysis Centre"}
OPENER = f"""
(name) => {{
  const cy = {NETWORK};
  const owner = cy.nodes("[!owner]").filter((node) => node.data("name") === name)[0].id();
  const opener = cy.getElementById(`x${{owner}}`);
  const {{ left, top }} = cy.container().getBoundingClientRect();
  const {{ x, y }} = opener.renderedPosition();
  return {{
    at: [left + x, top + y],
    label: opener.style("label"),
    shown: opener.visible(),
  }};
}}
"""
RECORD = f"""
(name) => {{
  window.frames = [];
  const record = () => {{
    const cy = {NETWORK};
    const [node] = cy.nodes("[!owner]").filter((node) => node.data("name") === name);
    const sector = [...document.querySelectorAll("#sunburst g.slice")].find(
      (slice) => remit.scene.node(slice.__data__.data.data.id)?.name === name);
    window.frames.push({{
      node: node && [node.position("x"), node.position("y"), node.numericStyle("opacity")],
      sector: sector?.querySelector("path.surface").getAttribute("d"),
      moves: Boolean(document.querySelector(".moving")),
    }});
    window.requestAnimationFrame(record);
  }};
  record();
}}
"""
"""Record in each frame where a unit is in both diagrams, and whether anything moves."""
PLACES = f"""
() => ({{
  nodes: Object.fromEntries({NETWORK}.nodes().map((node) =>
    [node.id(), [node.position("x"), node.position("y"), node.numericStyle("opacity")]])),
  wanted: Object.fromEntries({NETWORK}.nodes().map((node) => {{
    const layouts = ["tree", "compact"].map((layout) => node.data(layout));
    return [node.id(), layouts.map(({{ x, y }}) => [x, y, 1])];
  }})),
  sectors: Object.fromEntries([...document.querySelectorAll("#sunburst g.slice")].map((slice) => [
    slice.__data__.data.data.id, [
      slice.querySelector("path.surface").getAttribute("d"), slice.style.opacity],
  ])),
  view: [{NETWORK}.zoom(), {NETWORK}.pan().x, {NETWORK}.pan().y],
}})
"""


@pytest.fixture
def small(explorer: Explorer) -> Explorer:
    """A network with room for the departments only."""
    explorer.page.set_viewport_size({"width": SMALL[0], "height": SMALL[1]})
    explorer.open("?view=network")
    explorer.expect(lambda: len(names(explorer)), 8)
    return explorer


@pytest.fixture
def still(page: Page) -> Iterator[None]:
    """A reader who asks for no motion."""
    page.emulate_media(reduced_motion="reduce")
    yield
    page.emulate_media(reduced_motion="null")


def names(explorer: Explorer) -> set[str]:
    return {node["name"] for node in explorer.nodes(".unit")}


def opener(explorer: Explorer, name: str) -> dict[str, Any]:
    explorer.rest()
    found: dict[str, Any] = explorer.page.evaluate(OPENER, name)
    return found


def click_opener(explorer: Explorer, name: str) -> None:
    explorer.page.mouse.click(*opener(explorer, name)["at"], delay=10)


def expect_open(explorer: Explorer, *, is_open: bool) -> None:
    """Wait until the parts of the institute are drawn, or are not."""
    explorer.expect(lambda: names(explorer) & PARTS, PARTS if is_open else set())
    explorer.rest()


STATIONS = f"""
() => Object.fromEntries({NETWORK}.nodes(".station").map((station) => {{
  const {{ x, y }} = station.position();
  const nearest = {NETWORK}.nodes(".unit, .group").min((node) => {{
    const {{ x1, y1 }} = node.boundingBox({{ includeLabels: false, includeOutlines: false }});
    return Math.hypot(x - x1, y - y1);
  }});
  return [station.data("name"), nearest.ele.data("name")];
}}))
"""
"""By name of a station, the name of the box at whose upper left corner it is."""


class TestConnections:
    def test_stay_at_their_boxes_while_others_open(self, small: Explorer) -> None:
        small.go(f"?view=network&unit={ABOVE_IT}&to={BELOW_IT}")
        expect_stations(small, 3)

        click_opener(small, INSTITUTE)

        expect_open(small, is_open=True)
        expect_stations(small, 3)
        small.go(f"?view=network&unit={ABOVE_IT}&to={BELOW_IT}&layout=radial")
        small.expect(lambda: "radial" in small.nodes(".unit")[0], True)
        small.expect(lambda: ["radial" in node for node in small.nodes(".station")], [True] * 3)


def expect_stations(explorer: Explorer, count: int) -> None:
    """Wait until each station is at the box of its own unit."""

    def are_at_their_boxes() -> bool:
        stations: dict[str, str] = explorer.page.evaluate(STATIONS)
        return len(stations) == count and all(name == box for name, box in stations.items())

    explorer.expect(are_at_their_boxes, True)


class TestOpeners:
    def test_open_a_box_and_close_it_again(self, small: Explorer) -> None:
        page = small.page
        assert opener(small, INSTITUTE)["label"] == "+6"
        click_opener(small, INSTITUTE)

        expect_open(small, is_open=True)
        page.wait_for_url(f"**/?view=network&open={INSTITUTE_ID}")
        assert small.state("unit") == ""
        assert small.state("focus") == "office-of-the-deputy-director-general-for-operations"
        page.mouse.move(0, 0)
        assert not opener(small, INSTITUTE)["shown"]
        small.hover_node(INSTITUTE)
        small.expect(lambda: opener(small, INSTITUTE)["shown"], True)
        assert opener(small, INSTITUTE)["label"] == "−"
        page.mouse.move(*opener(small, INSTITUTE)["at"])
        expect(page.locator("#tooltip")).to_have_text(f"Hide what is below {INSTITUTE}")
        click_opener(small, INSTITUTE)

        expect_open(small, is_open=False)
        page.wait_for_url("**/?view=network")

    def test_close_what_fits(self, explorer: Explorer) -> None:
        explorer.open("?view=network")
        assert len(names(explorer)) == 47
        explorer.hover_node(INSTITUTE)
        click_opener(explorer, INSTITUTE)

        expect_open(explorer, is_open=False)
        assert len(names(explorer)) == 41
        explorer.page.wait_for_url(f"**/?view=network&open=-{INSTITUTE_ID}")
        assert opener(explorer, INSTITUTE)["label"] == "+6"
        entry = explorer.page.locator(f"#outline [data-unit={INSTITUTE_ID}]")
        expect(entry).to_have_attribute("aria-expanded", "false")
        click_opener(explorer, INSTITUTE)
        expect_open(explorer, is_open=True)
        explorer.page.wait_for_url("**/?view=network")

    def test_are_of_the_tree_only(self, small: Explorer) -> None:
        assert all(node["shown"] for node in small.nodes(".opener"))
        small.go("?view=network&layout=radial")
        small.expect(lambda: any(node["shown"] for node in small.nodes(".opener")), False)

    def test_stay_in_view_in_a_network_that_does_not_fit(self, explorer: Explorer) -> None:
        explorer.page.set_viewport_size({"width": 540, "height": 450})
        explorer.open("?view=network")
        for name in (OPERATIONS, INSTITUTE):
            click_opener(explorer, name)
            explorer.expect(lambda name=name: opener(explorer, name)["label"], "−")
            explorer.hover_node(name)
            box = explorer.page.locator("#network").bounding_box()
            x, y = opener(explorer, name)["at"]
            assert box
            assert box["x"] < x < box["x"] + box["width"]
            assert box["y"] < y < box["y"] + box["height"]


class TestTheAddress:
    def test_keeps_what_is_open(self, small: Explorer) -> None:
        click_opener(small, INSTITUTE)
        expect_open(small, is_open=True)
        opened = names(small)

        small.page.reload()
        small.page.wait_for_selector(READY, state="attached")

        expect_open(small, is_open=True)
        assert names(small) == opened
        assert small.page.url.endswith(f"/?view=network&open={INSTITUTE_ID}")

    def test_is_undone_by_back_and_redone_by_forward(self, small: Explorer) -> None:
        click_opener(small, INSTITUTE)
        expect_open(small, is_open=True)
        click_opener(small, OPERATIONS)
        small.expect(lambda: len(names(small)), 8 + 2 + 2)

        small.page.go_back()
        small.expect(lambda: len(names(small)), 8 + 2)
        expect_open(small, is_open=True)
        small.page.go_back()
        expect_open(small, is_open=False)
        assert small.page.url.endswith("/?view=network")
        small.page.go_forward()
        expect_open(small, is_open=True)

    def test_forgets_what_is_open_when_another_unit_is_focused(self, small: Explorer) -> None:
        click_opener(small, INSTITUTE)
        expect_open(small, is_open=True)
        small.rest()  # the boxes have moved
        small.click_node(OPERATIONS, times=2)
        small.page.wait_for_url(lambda address: "focus=department-of-operations" in address)
        assert "open=" not in small.page.url


class TestArrowKeys:
    def test_open_close_and_move_as_in_an_outline(self, small: Explorer) -> None:
        page = small.page
        announcer = page.locator("#announcer")

        def press(key: str, announced: str) -> None:
            page.keyboard.press(key)
            expect(announcer).to_contain_text(announced)
            small.rest()

        def cursor() -> list[str]:
            return [node["name"] for node in small.nodes(".cursor")]

        page.locator("#network").focus()
        press("ArrowDown", f"{OPERATIONS}, Department, 8 units below; 1 of 7")
        press("ArrowRight", f"What is below {OPERATIONS} is shown.")
        small.expect(lambda: len(names(small)), 8 + 2)
        assert cursor() == [OPERATIONS]
        page.wait_for_url("**/?view=network&open=department-of-operations-and-emergencies")
        press("ArrowRight", "Preparedness and Response Division, Division, 6 units below; 1 of 2")
        press("ArrowDown", "Resettlement and Movement Management Division, Division; 2 of 2")
        press("ArrowDown", "Department of Peace and Development Coordination")
        press("ArrowUp", "Resettlement and Movement Management Division")
        press("ArrowLeft", f"{OPERATIONS}, Department")
        press("ArrowLeft", f"What is below {OPERATIONS} is hidden.")
        small.expect(lambda: len(names(small)), 8)
        assert cursor() == [OPERATIONS]
        page.wait_for_url("**/?view=network")
        press("ArrowLeft", "Office of the Deputy Director General for Operations")
        press("ArrowLeft", "No more units on this side.")
        assert len(names(small)) == 8

    def test_move_between_branches_in_the_radial_layout(self, small: Explorer) -> None:
        page = small.page
        small.go("?view=network&layout=radial")
        page.locator("#network").focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowRight")
        expect(page.locator("#announcer")).to_contain_text("Peace and Development Coordination")
        assert len(names(small)) == 8
        assert "open=" not in page.url


class TestTheChainAboveWhatIsSeen:
    def test_stands_in_the_corner_while_its_boxes_are_out_of_sight(self, small: Explorer) -> None:
        page, chain = small.page, small.page.locator("#network-chain")
        click_opener(small, INSTITUTE)
        expect_open(small, is_open=True)
        small.rest()
        expect(chain).to_be_hidden()

        page.evaluate(
            f"(key) => {{ const cy = {NETWORK}; cy.zoom(4); cy.center(cy.getElementById(key)); }}",
            page.evaluate("remit.scene.keyOf('displacement-tracking-matrix')"),
        )

        expect(chain.get_by_role("button")).to_have_text(
            ["Deputy Director General for Operations", "Global Data Institute"]
        )
        chain.get_by_role("button", name="Global Data Institute").click()
        expect(page.locator("html")).to_have_attribute("data-unit", INSTITUTE_ID)
        expect(chain.get_by_role("button")).to_have_text(["Deputy Director General for Operations"])
        page.locator("[data-action=fit]").click()
        expect(chain).to_be_hidden()


class TestMotion:
    def test_what_is_opened_comes_out_of_its_box_and_ends_in_place(self, small: Explorer) -> None:
        (part, *_) = sorted(PARTS)
        box = small.page.evaluate(
            f"() => {NETWORK}.nodes('[!owner]').filter((node) => "
            f"node.data('name') === '{INSTITUTE}')[0].position()"
        )
        small.page.evaluate(RECORD, part)
        click_opener(small, INSTITUTE)
        expect_open(small, is_open=True)

        frames = small.page.evaluate("window.frames")
        seen = [frame["node"] for frame in frames if frame["node"]]
        assert any(frame["moves"] for frame in frames)
        assert seen[0] == [
            pytest.approx(box["x"]),
            pytest.approx(box["y"]),
            pytest.approx(0, abs=0.01),
        ]
        assert len({tuple(place) for place in seen}) > 2
        assert_in_place(small.page.evaluate(PLACES))

    def test_both_diagrams_end_as_they_are_drawn_at_once(self, explorer: Explorer) -> None:
        explorer.open(f"?unit={INSTITUTE_ID}&focus={INSTITUTE_ID}")
        explorer.expect_focus(INSTITUTE_ID)
        explorer.rest()
        wanted = explorer.page.evaluate(PLACES)
        explorer.open()
        explorer.page.evaluate(RECORD, "Surveys")
        explorer.click_sector(INSTITUTE, times=2)

        explorer.expect(lambda: explorer.page.evaluate(PLACES), wanted)
        assert_in_place(wanted)
        frames = explorer.page.evaluate("window.frames")
        for diagram in ("node", "sector"):
            assert len({str(frame[diagram]) for frame in frames if frame[diagram]}) > 2

    @pytest.mark.usefixtures("still")
    def test_there_is_none_for_readers_who_ask_for_none(self, small: Explorer) -> None:
        (part, *_) = sorted(PARTS)
        small.page.evaluate(RECORD, part)
        click_opener(small, INSTITUTE)
        expect_open(small, is_open=True)

        frames = small.page.evaluate("window.frames")
        seen = [frame["node"] for frame in frames if frame["node"]]
        assert not any(frame["moves"] for frame in frames)
        assert len({tuple(place) for place in seen}) == 1
        assert_in_place(small.page.evaluate(PLACES))

    @pytest.mark.usefixtures("still")
    def test_sectors_do_not_move_either(self, explorer: Explorer) -> None:
        explorer.open()
        explorer.page.evaluate(RECORD, "Surveys")
        explorer.click_sector(INSTITUTE, times=2)
        explorer.expect_focus(INSTITUTE_ID)
        explorer.rest()

        frames = explorer.page.evaluate("window.frames")
        assert not any(frame["moves"] for frame in frames)
        for diagram in ("node", "sector"):
            assert len({str(frame[diagram]) for frame in frames if frame[diagram]}) == 2


def assert_in_place(places: dict[str, Any]) -> None:
    """Check that all nodes are where a layout has them, all of the same one, and opaque."""
    for layout in (0, 1):
        wanted = {key: each[layout] for key, each in places["wanted"].items()}
        if places["nodes"] == {key: pytest.approx(place) for key, place in wanted.items()}:
            return
    raise AssertionError(places)
