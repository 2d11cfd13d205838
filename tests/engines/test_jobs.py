"""The main jobs, in the engines of Firefox and Safari."""

from __future__ import annotations

from selenium.webdriver.common.keys import Keys

from tests.browser.host import HOST_PAGE, serve_pages
from tests.engines.reader import Reader

BORDERS = "Immigration and Border Governance Division"
RESPONSE = "Preparedness and Response Division"
PHONE = (390, 844)
LABELS = """
() => [...document.querySelectorAll("#sunburst text")]
  .filter((text) => text.checkVisibility() && text.textContent.trim()).length
"""
COLOURS = """
() => {
  const colours = new Set();
  for (const canvas of document.querySelectorAll("#network canvas")) {
    const { width, height } = canvas;
    const pixels = canvas.getContext("2d").getImageData(0, 0, width, height).data;
    for (let at = 0; at < pixels.length; at += 4) {
      if (pixels[at + 3] === 255) {
        colours.add((pixels[at] << 16) + (pixels[at + 1] << 8) + pixels[at + 2]);
      }
    }
  }
  return colours.size;
}
"""
PICTURE = """
() => [...document.querySelectorAll("#network canvas")].map((canvas) => canvas.toDataURL()).join()
"""
BOX = """
(selector) => {
  const { left, top, right, bottom } = document.querySelector(selector).getBoundingClientRect();
  return { left, top, right, bottom, width: innerWidth, height: innerHeight };
}
"""
BRIGHTNESS = """
() => {
  const colour = getComputedStyle(document.body).backgroundColor;
  return Math.max(...colour.match(/[\\d.]+/g).slice(0, 3).map(Number));
}
"""
WITHOUT_SCRIPTS = """
() => {
  const frame = document.createElement("iframe");
  frame.id = "without-scripts";
  frame.sandbox = "allow-same-origin";
  frame.width = 1400;
  frame.height = 800;
  frame.src = location.href;
  document.body.append(frame);
}
"""
READABLE = """
() => {
  const page = document.getElementById("without-scripts").contentDocument;
  const seen = (selector) => [...page.querySelectorAll(selector)]
    .filter((element) => element.checkVisibility());
  return page.URL === location.href && page.readyState === "complete" && {
    ready: page.documentElement.dataset.ready || "",
    panel: seen("#panel h2").map((element) => element.textContent).join(),
    outline: seen("#outline a").length,
    pictures: seen("svg").filter((picture) => picture.clientWidth > 300).length,
    offered: seen("button, input").length,
  };
}
"""


def test_both_diagrams_are_drawn(reader: Reader) -> None:
    reader.open()

    assert reader.engine.evaluate(LABELS) > 40
    assert reader.engine.evaluate(COLOURS) > 40
    reader.read("#panel", "International Organization for Migration: Operations")


def test_a_search_finds_who_handles_visas(reader: Reader) -> None:
    reader.open()
    reader.press("/", "visa")
    reader.read("#search-hits", BORDERS)
    reader.press(Keys.ENTER)

    reader.read("#panel", BORDERS, "Manages visa application centres", "Related units")
    reader.see("unit", "immigration-and-border-governance-division")


def test_a_click_on_a_sector_selects_and_the_network_marks_it(reader: Reader) -> None:
    reader.open()
    before = reader.engine.evaluate(PICTURE)
    reader.click("#sunburst text", "Migration Health")

    reader.read("#panel h2", "Migration Health Division")
    reader.look(f"(before) => ({PICTURE})() !== before", before)


def test_a_click_on_a_link_selects(reader: Reader) -> None:
    reader.open("?unit=department-of-operations-and-emergencies")
    reader.click("#panel [data-section='composition'] a[data-unit]", RESPONSE)

    reader.read("#panel h2", RESPONSE)


def test_the_network_is_walked_by_keys(reader: Reader) -> None:
    reader.open()
    reader.engine.evaluate("() => document.getElementById('network').focus()")
    reader.press(Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ENTER)

    reader.read("#panel h2", RESPONSE)


def test_a_unit_is_focused_and_left_by_the_history(reader: Reader) -> None:
    reader.open()
    reader.click("#sunburst text", "Migration Health", times=2)
    reader.see("focus", "migration-health-division")
    reader.read("#breadcrumb", "Migration Health")
    reader.look("() => document.querySelectorAll('#sunburst text').length < 20")
    reader.engine.back()

    reader.look("() => document.querySelectorAll('#sunburst text').length > 40")


def test_a_filter_counts_its_matches(reader: Reader) -> None:
    reader.open()
    reader.click("#filters summary")
    reader.click("#filters label", "division")

    reader.read("#filter-count", "8 of 47 units match")


def test_the_matrix_leads_to_responsibilities(reader: Reader) -> None:
    reader.open()
    reader.click("button", "Matrix")
    reader.read("#matrix [role=grid], table[role=grid]", "Humanitarian response")
    reader.click("#matrix tbody tr[data-unit='migration-health-division'] a")

    reader.read("#panel h2", "Migration Health Division")


def test_the_outline_is_walked_by_keys(reader: Reader) -> None:
    reader.open("?view=outline")
    reader.engine.evaluate("() => document.querySelector('#outline [role=treeitem]').focus()")
    reader.press(Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ENTER)

    reader.read("#panel h2", RESPONSE)


def test_an_address_shows_how_two_units_are_connected(reader: Reader) -> None:
    reader.open("?unit=surveys&to=protection-division")

    reader.read(
        "#panel",
        "How Surveys and Protection Division are connected",
        "4 steps",
        "Displacement Tracking Matrix",
    )


def test_the_page_gets_dark(reader: Reader) -> None:
    reader.open()
    reader.click("button", "Switch between light and dark")
    reader.see("theme", "dark")
    assert reader.engine.evaluate(BRIGHTNESS) < 64

    reader.click("button", "Switch between light and dark")
    reader.see("theme", "light")
    assert reader.engine.evaluate(BRIGHTNESS) > 192


def test_an_embed_posts_its_height(reader: Reader) -> None:
    with serve_pages() as (address, pages):
        pages["/"] = f"{HOST_PAGE}<iframe src='{reader.address}embed' width='600'></iframe>"
        reader.engine.open(f"{address}/")
        height = reader.look(
            "() => messages.find(({ type }) => type === 'ready')"
            " && messages.findLast(({ type }) => type === 'height')?.height"
        )

    assert 400 < height < 3000


def test_a_phone_shows_the_panel_as_a_sheet(reader: Reader) -> None:
    reader.engine.resize(*PHONE)
    reader.open()
    assert reader.engine.evaluate(LABELS) > 5
    peeking = reader.engine.evaluate(BOX, "#panel")
    assert peeking["left"] == 0
    assert peeking["right"] == peeking["width"]
    assert peeking["height"] / 2 < peeking["top"] < peeking["height"]

    reader.click("#sunburst text", "Migration Health")
    reader.read("#panel h2", "Migration Health Division")
    reader.click("#panel h2", "Migration Health Division")
    reader.look(
        "(top) => document.getElementById('panel').getBoundingClientRect().top < top",
        peeking["top"] - 100,
    )


def test_a_page_without_scripts_is_readable(reader: Reader) -> None:
    reader.open("?unit=migration-health-division")
    reader.engine.evaluate(WITHOUT_SCRIPTS)
    page = reader.look(READABLE)

    assert page == {
        "ready": "",
        "panel": "Migration Health Division",
        "outline": 47,
        "pictures": 2,
        "offered": 0,
    }
