"""The page on a phone: touch, and the panel as a sheet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import record_and_expose, without_living_diagrams
from tests.browser.explorer import POINT_IN_SECTOR, POINT_OF_NODE, Explorer

RESPONSE = "preparedness-and-response-division"
NAME = "Department of Policy and Research"
PHONE, SMALL, LOW = (390, 844), (320, 568), (844, 390)
TARGETS = """
() => {
  const targets = [...document.querySelectorAll("a, button, summary, input, select")]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }))
    .filter((element) => !element.closest("svg, .skip")) // only keys reach skip links
    .map((element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      const middle = [left + width / 2, top + height / 2];
      return { text: element.textContent || element.className, left, top, width, height, middle };
    })
    .filter(({ width, height }) => width && height);
  const isSmall = ({ width, height }) => width < 23.5 || height < 23.5;
  const away = ([x, y], { left, top, width, height }) =>
    Math.hypot(
      Math.max(left - x, 0, x - left - width), Math.max(top - y, 0, y - top - height),
    );
  // A circle of 24 pixels around a small one meets no other target, nor the circle of a small one.
  return targets.filter(
    (one) => isSmall(one) && targets.some(
      (other) => other !== one && (away(one.middle, other) < 12 || (isSmall(other)
        && Math.hypot(one.middle[0] - other.middle[0], one.middle[1] - other.middle[1]) < 24)),
    ),
  );
}
"""


@pytest.fixture(scope="module")
def phone_context(browser: Browser) -> Iterator[BrowserContext]:
    """The profile of a phone, with touch and without a pointer that hovers."""
    context = browser.new_context(has_touch=True, is_mobile=True, color_scheme="light")
    record_and_expose(context)
    yield context
    context.close()


@pytest.fixture(scope="module")
def tab(phone_context: BrowserContext) -> Page:
    return phone_context.new_page()


@pytest.fixture(scope="module")
def still_tab(phone_context: BrowserContext) -> Page:
    return without_living_diagrams(phone_context.new_page())


@pytest.fixture
def phone(page: Page, served: str) -> Explorer:
    resize(page, PHONE)
    return Explorer(page, served)


def resize(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})


def expect_sheet(page: Page, stop: str) -> None:
    """Wait until the sheet has reached a stop and the diagrams no longer move."""
    expect(page.locator("html")).to_have_attribute("data-sheet", stop)
    expect(page.locator("html")).not_to_have_attribute("data-rising", "true")
    page.wait_for_function(
        "() => document.querySelector('.sheet').getAnimations().length === 0"
        " && !document.querySelector('.sheet').style.height"
    )
    expect(page.locator(".sheet-handle")).to_have_attribute(
        "aria-expanded", str(stop != "peek").lower()
    )


def finger(page: Page, selector: str, by: float, *, steps: int = 12, pause: int = 20) -> None:
    """Drag a finger from the top of an element, downwards if ``by`` is positive."""
    box = page.locator(selector).bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + min(12, box["height"] / 2)
    touch = page.context.new_cdp_session(page)

    def send(kind: str, points: list[dict[str, Any]]) -> None:
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    send("touchStart", [{"x": x, "y": y}])
    for step in range(1, steps + 1):
        page.wait_for_timeout(pause)
        send("touchMove", [{"x": x, "y": y + by * step / steps}])
    page.wait_for_timeout(200)
    send("touchEnd", [])
    touch.detach()


def tap_sector(explorer: Explorer, name: str) -> None:
    explorer.page.touchscreen.tap(*explorer.page.evaluate(POINT_IN_SECTOR, name))


@pytest.mark.diagrams("still")
class TestTheSheet:
    @pytest.mark.diagrams("living")
    def test_says_tap_and_has_no_tooltip(self, phone: Explorer) -> None:
        phone.open()
        expect(phone.page.locator("#panel .how-to")).to_contain_text("Tap a unit")
        expect(phone.page.locator("#panel .how-to .mouse").first).to_be_hidden()
        tap_sector(phone, NAME)
        phone.expect_panel(NAME)
        expect(phone.page.locator("#tooltip")).not_to_have_class("shown")

    @pytest.mark.diagrams("living")
    def test_leaves_room_for_the_names_of_sectors(self, phone: Explorer) -> None:
        phone.open("?unit=protection-division")
        phone.expect_panel("Protection Division")
        expect(phone.page.locator("#sunburst .slice text").first).not_to_be_empty()

    @pytest.mark.diagrams("living")
    def test_peeks_until_a_tap_selects_a_unit_and_closes_again(self, phone: Explorer) -> None:
        phone.open()
        expect_sheet(phone.page, "peek")
        tap_sector(phone, NAME)
        phone.expect_panel(NAME)
        expect_sheet(phone.page, "half")
        for part in ("h2", ".type", ".summary"):
            expect(phone.page.locator(f"#panel {part}")).to_be_in_viewport(ratio=1)

        phone.page.locator("#panel .close").tap()

        expect_sheet(phone.page, "peek")
        assert phone.state("unit") == ""

    def test_follows_a_finger_to_its_stops(self, phone: Explorer) -> None:
        phone.open(f"?unit={RESPONSE}")
        expect_sheet(phone.page, "half")
        finger(phone.page, ".sheet-handle", -300)
        expect_sheet(phone.page, "full")
        finger(phone.page, ".sheet-handle", 330)
        expect_sheet(phone.page, "half")
        finger(phone.page, ".sheet-handle", 40)
        expect_sheet(phone.page, "half")
        finger(phone.page, ".sheet-handle", 270)
        expect_sheet(phone.page, "peek")
        assert phone.state("unit") == RESPONSE

    def test_rises_at_a_drag_or_a_tap_on_its_peeking_part(self, phone: Explorer) -> None:
        phone.open()
        finger(phone.page, "#panel", -290)
        expect_sheet(phone.page, "half")
        finger(phone.page, ".sheet-handle", 270)
        expect_sheet(phone.page, "peek")
        phone.page.locator("#panel h2").tap()
        expect_sheet(phone.page, "half")

    def test_scrolls_inside_and_is_pulled_down_at_its_top(self, phone: Explorer) -> None:
        phone.open(f"?unit={RESPONSE}")
        scrolled = "() => [document.getElementById('panel').scrollTop, window.scrollY]"
        finger(phone.page, "#panel [data-section=responsibilities]", -150)
        panel, page = phone.page.evaluate(scrolled)
        assert panel > 100
        assert page == 0
        expect_sheet(phone.page, "half")

        phone.page.evaluate("() => { document.getElementById('panel').scrollTop = 0; }")
        finger(phone.page, "#panel", 290)

        expect_sheet(phone.page, "peek")

    def test_obeys_the_keyboard(self, phone: Explorer) -> None:
        phone.open()
        handle = phone.page.get_by_role("button", name="Panel", exact=True)
        handle.focus()
        for key, stop in (
            *(("Enter", "half"), ("Space", "full"), ("Enter", "peek")),
            *(("ArrowUp", "half"), ("ArrowUp", "full"), ("ArrowUp", "full")),
            *(("ArrowDown", "half"), ("ArrowDown", "peek"), ("ArrowDown", "peek")),
        ):
            phone.page.keyboard.press(key)
            expect_sheet(phone.page, stop)
        assert phone.state("unit") == ""

    def test_rises_when_it_gets_the_focus(self, phone: Explorer) -> None:
        phone.open()
        phone.page.locator(".sheet-handle").focus()
        phone.page.keyboard.press("Tab")
        expect_sheet(phone.page, "half")


def test_a_double_tap_reaches_the_sector_of_its_first_tap(phone: Explorer) -> None:
    """Even if the sheet rises over it between the taps."""
    phone.open()
    x, y = phone.page.evaluate(POINT_IN_SECTOR, "Global Data Institute")
    for _ in range(2):
        phone.page.touchscreen.tap(x, y)
    phone.expect_focus("global-data-institute")
    expect_sheet(phone.page, "half")


@pytest.mark.parametrize(
    ("size", "views"),
    [
        (PHONE, ("sunburst", "network")),
        ((390, 664), ("network", "sunburst")),
        (SMALL, ("network", "sunburst")),
    ],
)
def test_the_selected_unit_is_not_behind_the_sheet(
    phone: Explorer, size: tuple[int, int], views: tuple[str, str]
) -> None:
    """Neither in the view of the address nor in the one that the reader turns to."""
    resize(phone.page, size)
    phone.open(f"?view={views[0]}&unit=surveys")
    for view in views:
        phone.page.get_by_role("button", name=view.capitalize(), exact=True).click()
        where = {"sunburst": POINT_IN_SECTOR, "network": POINT_OF_NODE}[view]
        for unit, name in (
            ("surveys", "Surveys"),
            ("migration-health-division", "Migration Health Division"),
        ):
            phone.page.evaluate("(unit) => remit.store.dispatch({ type: 'select', unit })", unit)
            phone.expect_marked(name)
            phone.rest()
            expect_sheet(phone.page, "half")
            box = phone.page.locator(".sheet").bounding_box()
            assert box
            assert box["height"] == pytest.approx(0.42 * size[1], abs=2)
            x, y = phone.page.evaluate(where, name)
            assert 0 < x < size[0]
            assert 0 < y < box["y"]


def test_the_page_fills_the_window_and_does_not_scroll_in_any_view(phone: Explorer) -> None:
    phone.open(f"?unit={RESPONSE}")
    scroll = "() => { const { scrollWidth, scrollHeight } = document.documentElement;"
    for view in ("sunburst", "network", "outline"):
        phone.go(f"?view={view}&unit={RESPONSE}")
        expect(phone.page.locator("html")).to_have_attribute("data-view", view)
        for size in (PHONE, SMALL, LOW, (720, 450)):
            phone.resize(*size)
            extent = phone.page.evaluate(f"{scroll} return [scrollWidth, scrollHeight]; }}")
            assert extent == list(size), view
            main = phone.page.locator("main").bounding_box()
            assert main
            assert main["height"] > 100
            expect(phone.page.locator("#panel h2")).to_be_in_viewport()
            expect(phone.page.locator("#search")).to_be_in_viewport(ratio=1)


@pytest.mark.diagrams("still")
def test_without_space_for_a_sheet_the_page_scrolls(phone: Explorer) -> None:
    """The same as a window of 1,280 by 1,024 pixels at a zoom of 400%."""
    resize(phone.page, (320, 256))
    phone.open(f"?unit={RESPONSE}")
    assert phone.page.evaluate("document.documentElement.scrollWidth") == 320
    expect(phone.page.locator(".sheet-handle")).to_be_hidden()
    phone.page.locator("#panel h2").scroll_into_view_if_needed()
    expect(phone.page.locator("#panel h2")).to_be_in_viewport()


def test_both_diagrams_give_way_to_one(phone: Explorer) -> None:
    phone.open("?view=both")
    expect(phone.page.locator("#sunburst")).to_be_visible()
    expect(phone.page.locator("#network")).to_be_hidden()
    expect(phone.page.get_by_role("button", name="Both")).to_be_hidden()


@pytest.mark.parametrize("query", ["", f"?unit={RESPONSE}&view=network", "?view=outline"])
@pytest.mark.diagrams("still")
def test_every_target_is_large_enough_for_a_finger(phone: Explorer, query: str) -> None:
    """WCAG 2.2, success criterion 2.5.8: 24 pixels, or that distance from other targets."""
    phone.open(query)
    phone.page.evaluate(
        "() => document.querySelectorAll('#panel details').forEach((part) => { part.open = true; })"
    )

    for size in (PHONE, SMALL, LOW, (1440, 900)):
        phone.resize(*size)
        assert phone.page.evaluate(TARGETS) == [], size
