"""Connections of two units, requested with the pointer, with the keyboard, or in the address."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from components.diagrams.network import network_elements
from components.diagrams.network_drawing import network_drawing
from components.diagrams.style import Theme
from components.diagrams.tree import tree_of
from components.model.organization import Organization
from components.view_state import ViewState
from tests.browser.explorer import NETWORK, POINT_IN_SECTOR, POINT_OF_NODE, READY, Explorer
from tests.diagrams.drawings import marks_in
from tests.english import ENGLISH
from tests.organizations import scope_of

JUSTICE, TRACKING = "peacebuilding-and-transitional-justice-unit", "mobility-tracking"
ENDS = f"?unit={JUSTICE}&to={TRACKING}"
NAMES = ("Peacebuilding and Transitional Justice Unit", "Mobility tracking")
ASK = "How is this connected to …?"
ON_THE_SUNBURST = """
() => {
  const { cx, cy } = document.querySelector("#sunburst .js-plotly-plot").calcdata[0][0];
  const slices = [...document.querySelectorAll("#sunburst g.slice")].map((slice) => slice.__data__);
  const radius = Math.max(...slices.map(({ rpx1 }) => rpx1));
  return [...document.querySelectorAll("g.connection-path .station")].map((element) => {
    const { e, f } = element.transform.baseVal[0].matrix;
    return {
      key: element.dataset.station,
      number: Number(element.textContent),
      at: [(100 * e) / radius, (100 * f) / radius],
    };
  });
}
"""
IN_THE_NETWORK = f"""
() => Object.fromEntries({NETWORK}.elements(".station, .step, .path").map((element) => [
  element.id(),
  element.classes().filter((name) => ["station", "step", "path"].includes(name)).join(" "),
]))
"""
STATES = {"dimmed", "lifted", "selected", "shown", "hit", "path"}


def connection_section(explorer: Explorer) -> Locator:
    return explorer.section("connection")


def expect_connected(explorer: Explorer, names: tuple[str, str] = NAMES) -> None:
    """Wait until the panel, and both diagrams if they live, show how two units are connected."""
    explorer.page.wait_for_selector(READY, state="attached")
    for name in names:
        expect(connection_section(explorer).locator("h3")).to_contain_text(name)
    if explorer.state("ready"):
        explorer.page.wait_for_function(
            "() => document.querySelector('g.connection-path')"
            f" && {NETWORK}.nodes('.station').length"
        )


def expect_unconnected(explorer: Explorer) -> None:
    expect(connection_section(explorer)).to_have_count(0)
    if explorer.state("ready"):
        explorer.page.wait_for_function(
            "() => !document.querySelector('g.connection-path')"
            f" && {NETWORK}.nodes('.station').empty()"
        )


def click_with_shift(page: Page, point: str, name: str) -> None:
    page.keyboard.down("Shift")
    page.mouse.click(*page.evaluate(point, name), delay=10)
    page.keyboard.up("Shift")


@pytest.mark.parametrize("point", [POINT_IN_SECTOR, POINT_OF_NODE], ids=["sector", "node"])
def test_a_click_with_shift_in_a_diagram_connects(explorer: Explorer, point: str) -> None:
    page = explorer.page
    explorer.open(f"?unit={JUSTICE}")

    click_with_shift(page, point, NAMES[1])

    expect_connected(explorer)
    assert page.url.endswith(ENDS)
    expect(connection_section(explorer).locator("li")).to_have_count(5)
    assert page.evaluate("String(getSelection())") == ""


@pytest.mark.diagrams("still")
def test_a_click_with_shift_on_a_link_connects_and_opens_no_window(explorer: Explorer) -> None:
    page = explorer.page
    explorer.open(f"?unit={JUSTICE}&view=outline")
    windows = len(page.context.pages)

    page.locator(f"#outline [data-unit='{TRACKING}']").click(modifiers=["Shift"])

    expect(connection_section(explorer).locator("h3")).to_contain_text(NAMES[1])
    page.locator(f"#outline [data-unit='{JUSTICE}']").focus()
    page.keyboard.press("Escape")
    page.locator("#outline [data-unit='surveys']").focus()
    page.keyboard.press("Shift+Enter")
    expect(connection_section(explorer).locator("h3")).to_contain_text("Surveys")
    assert len(page.context.pages) == windows


@pytest.mark.diagrams("still")
def test_the_keyboard_connects_and_ends_the_connection(explorer: Explorer) -> None:
    page = explorer.page
    explorer.open(f"?unit={JUSTICE}")

    page.get_by_role("button", name=ASK).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#choosing")).to_contain_text("Choose the other unit")
    page.keyboard.press("/")
    page.keyboard.type("mobility tracking")
    expect(page.locator("#search-hits [role=option]").first).to_be_visible()
    page.keyboard.press("Enter")

    expect_connected(explorer)
    expect(page.locator("#choosing")).to_be_empty()
    expect(connection_section(explorer).locator("h3")).to_be_focused()
    page.keyboard.press("Escape")
    expect_unconnected(explorer)
    explorer.expect_panel(NAMES[0])
    page.keyboard.press("Escape")
    assert explorer.state("unit") == ""


@pytest.mark.diagrams("still")
def test_escape_and_the_button_cancel_choosing(explorer: Explorer) -> None:
    page = explorer.page
    explorer.open(f"?unit={JUSTICE}")
    ask = page.get_by_role("button", name=ASK)

    ask.click()
    page.keyboard.press("Escape")
    expect(page.locator("#choosing")).to_be_empty()
    assert explorer.state("unit") == JUSTICE
    ask.click()
    page.locator("#choosing button").click()
    expect(ask).to_be_focused()

    page.locator(".sunburst-inset a[data-unit='surveys'] path").click()
    explorer.expect_panel("Surveys")
    expect_unconnected(explorer)


@pytest.mark.diagrams("still")
def test_a_link_of_the_panel_can_be_chosen(explorer: Explorer) -> None:
    explorer.open(f"?unit={JUSTICE}")
    explorer.page.get_by_role("button", name=ASK).click()

    explorer.section("related").locator("a[data-unit]").first.click()

    expect(connection_section(explorer).locator("h3")).to_contain_text(NAMES[0])


def test_a_failed_connection_takes_no_focus_later(explorer: Explorer) -> None:
    page = explorer.page
    explorer.open(f"?unit={JUSTICE}")
    page.get_by_role("button", name=ASK).click()
    page.evaluate('remit.store.dispatch({ type: "select", unit: "nobody" })')
    expect(page.locator("#notice")).to_contain_text("is not in this organization")
    page.locator("#network").focus()

    page.evaluate(f'remit.store.dispatch({{ type: "connect", unit: "{TRACKING}" }})')

    expect_connected(explorer)
    expect(page.locator("#network")).to_be_focused()


@pytest.mark.diagrams("still")
def test_the_address_restores_it_after_reload_back_and_forward(explorer: Explorer) -> None:
    page = explorer.page
    explorer.open(ENDS)
    expect_connected(explorer)

    page.reload()
    expect_connected(explorer)
    connection_section(explorer).get_by_role("button").click()
    expect_unconnected(explorer)
    assert page.url.endswith(f"?unit={JUSTICE}")
    page.go_back()
    expect_connected(explorer)
    page.go_forward()
    expect_unconnected(explorer)


@pytest.mark.diagrams("still")
def test_an_alias_is_replaced_and_an_unknown_unit_is_reported(explorer: Explorer) -> None:
    page = explorer.page
    explorer.open(f"?unit={JUSTICE}&to=DTM")
    expect_connected(explorer, (NAMES[0], "Displacement Tracking Matrix"))
    page.wait_for_url("**&to=displacement-tracking-matrix")

    explorer.open(f"?unit={JUSTICE}&to=nobody")
    expect(page.locator("#notice")).to_contain_text("is not in this organization")
    expect_unconnected(explorer)
    page.wait_for_url(f"**?unit={JUSTICE}")


@pytest.mark.diagrams("still")
def test_the_focus_moves_up_until_all_stations_are_visible(explorer: Explorer) -> None:
    explorer.open(f"{ENDS}&focus=displacement-tracking-matrix")

    expect_connected(explorer)
    explorer.page.wait_for_url(f"**/{ENDS}")
    explorer.open("?unit=surveys&to=registration&focus=global-data-institute")
    expect_connected(explorer, ("Surveys", "Registration"))
    explorer.expect_focus("global-data-institute")


@pytest.mark.diagrams("still")
def test_exported_pictures_show_it_too(explorer: Explorer) -> None:
    explorer.open(ENDS)
    for link in explorer.page.locator("[data-form='svg']").all():
        assert f"to={TRACKING}" in str(link.get_attribute("href"))


def test_it_is_drawn_as_the_server_draws_it(explorer: Explorer, iom: Organization) -> None:
    explorer.open(ENDS)
    for query in (ENDS, "?unit=preparedness&to=surveys", "?unit=DTM&to=surveys"):
        explorer.go(query)
        assert_drawn_as_by_the_server(explorer, iom, query)


def assert_drawn_as_by_the_server(explorer: Explorer, iom: Organization, query: str) -> None:
    unit, to = (iom.find(part.split("=")[1]) for part in query[1:].split("&"))
    assert unit is not None
    assert to is not None
    expect_connected(explorer, (iom.units["name"][unit], iom.units["name"][to]))
    scope = scope_of(iom)
    tree, view_state = tree_of(scope, ENGLISH), ViewState(unit, to=to)
    marks = marks_in(tree, view_state)
    drawn = network_drawing(
        network_elements(tree), iom.relation_kinds, view_state, theme=Theme.LIGHT, marks=marks
    )

    explorer.expect(
        lambda: explorer.page.evaluate(IN_THE_NETWORK),
        {
            item.data["id"]: name
            for item in drawn.items
            for name in ("station", "step", "path")
            if name in item.classes
        },
    )
    classes: dict[str, Any] = explorer.page.evaluate(
        f"() => Object.fromEntries({NETWORK}.elements().map((e) => [e.id(), e.classes()]))"
    )
    for item in drawn.items:
        assert set(classes[item.data["id"]]) & STATES == item.classes & STATES, item.data
    for sector in explorer.sectors():
        assert sector["dimmed"] == marks.is_dimmed(sector["key"])
        assert not sector["lifted"]
    stations = explorer.page.evaluate(ON_THE_SUNBURST)
    assert [(station["key"], station["number"]) for station in stations] == [
        (station.key, station.number) for station in marks.path.stations
    ]
