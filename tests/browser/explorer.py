"""Helpers that use the page as a reader does: units are found by name, not by position."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect

LIVING = "html[data-ready='true']"
STILL = "html[data-answers='true']:has(script[data-exposed]):has(#dash-scripts[data-still])"
READY = f"{LIVING}, {STILL}"
"""Matches once the page answers and its diagrams are alive, unless the test keeps them still."""
NETWORK = "document.getElementById('network')._cyreg.cy"
FOLLOWED = """
() => new Promise((done) => {
  requestAnimationFrame(() => setTimeout(() => requestIdleCallback(done, { timeout: 200 })));
})
"""
"""Resolves once all of the page follows a selection, most of it after the next frame."""
PATIENCE = 250
"""How often, each 20 milliseconds, the page is asked for what it is about to show."""
SECTORS = """
() => [...document.querySelectorAll("#sunburst g.slice")].map((slice) => {
  const { data } = slice.__data__;
  const box = slice.querySelector("path.surface").getBoundingClientRect();
  const text = slice.querySelector("text");
  return {
    key: data.data.id,
    name: data.data.customdata ? data.data.customdata[1] : remit.scene.node(data.data.id).name,
    selected: slice.classList.contains("selected"),
    dimmed: slice.classList.contains("dimmed"),
    lifted: slice.classList.contains("lifted"),
    hit: slice.classList.contains("hit"),
    label: text ? text.textContent : "",
  };
})
"""
POINT_IN_SECTOR = """
(name) => {
  for (const slice of document.querySelectorAll("#sunburst g.slice")) {
    if (remit.scene.node(slice.__data__.data.data.id).name !== name) {
      continue;
    }
    const path = slice.querySelector("path.surface");
    const box = path.getBBox();
    const matrix = path.getScreenCTM();
    for (let x = 1; x < 20; x += 1) {
      for (let y = 1; y < 20; y += 1) {
        const at = new DOMPoint(box.x + (box.width * x) / 20, box.y + (box.height * y) / 20);
        const [right, left] = [new DOMPoint(at.x + 4, at.y + 4), new DOMPoint(at.x - 4, at.y - 4)];
        if ([at, left, right].every((point) => path.isPointInFill(point))) {
          const onScreen = at.matrixTransform(matrix);
          return [onScreen.x, onScreen.y];
        }
      }
    }
  }
  throw new Error(`no sector is called ${name}`);
}
"""
AT_REST = """
() => {
  return !document.querySelector(".moving");
}
"""
POINT_OF_NODE = """
(name) => {
  const cy = document.getElementById("network")._cyreg.cy;
  const node = cy.nodes("[!owner]").filter((candidate) => candidate.data("name") === name)[0];
  const box = cy.container().getBoundingClientRect();
  const { x, y } = node.renderedPosition();
  return [box.left + x, box.top + y];
}
"""


@dataclass
class Explorer:
    """A page that shows an organization."""

    page: Page
    address: str

    def open(self, query: str = "") -> None:
        self.page.goto(self.address + query)
        self.page.wait_for_selector(READY, state="attached")

    def go(self, query: str) -> None:
        """Show another state in the same document, as back and forward do."""
        self.page.evaluate(
            """(address) => {
              history.pushState(null, "", address);
              dispatchEvent(new PopStateEvent("popstate"));
            }""",
            self.address + query,
        )

    def resize(self, width: int, height: int) -> None:
        """Resize the window, and wait until the page is laid out anew."""
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.evaluate(
            "() => new Promise((done) => {"
            " requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 100))) })"
        )

    def rest(self) -> None:
        """Wait until nothing moves in the diagrams."""
        self.page.wait_for_timeout(100)  # a motion begins a few frames after its drawing
        self.page.wait_for_function(AT_REST)

    def state(self, key: str) -> str | None:
        """Return what the root element says, once it says what the reader has done."""
        self.page.evaluate(FOLLOWED)
        return self.page.locator("html").get_attribute(f"data-{key}")

    def click_sector(self, name: str, *, times: int = 1) -> None:
        self.rest()
        x, y = self.page.evaluate(POINT_IN_SECTOR, name)
        self.page.mouse.click(x, y, click_count=times, delay=10)

    def hover_sector(self, name: str) -> None:
        self.rest()
        self.page.mouse.move(*self.page.evaluate(POINT_IN_SECTOR, name))

    def click_node(self, name: str, *, times: int = 1) -> None:
        self.rest()
        x, y = self.page.evaluate(POINT_OF_NODE, name)
        self.page.mouse.click(x, y, click_count=times, delay=10)

    def hover_node(self, name: str) -> None:
        self.rest()
        self.page.mouse.move(*self.page.evaluate(POINT_OF_NODE, name))

    def expect_panel(self, name: str) -> None:
        """Expect the panel of a unit, and wait until the rest of the page shows it, too."""
        expect(self.page.locator("#panel h2")).to_contain_text(name)
        self.page.evaluate(FOLLOWED)

    def expect_focus(self, unit: str) -> None:
        expect(self.page.locator("html")).to_have_attribute("data-focus", unit)
        self.page.wait_for_function(
            "(unit) => remit.scene.keyOf(unit) && remit.scene.chain(remit.scene.keyOf(unit)).length"
            " === 1",
            arg=unit,
        )
        if self.state("ready"):
            # Dash updates the sunburst a little later than the network.
            self.page.wait_for_function(
                "(key) => [...document.querySelectorAll('#sunburst g.slice')]"
                ".some((slice) => slice.__data__.data.data.id === key && !slice.__data__.depth)",
                arg=self.page.evaluate("(unit) => remit.scene.keyOf(unit)", unit),
            )

    def expect_marked(self, name: str) -> None:
        """Wait until a unit is marked as selected in both diagrams."""
        self.page.wait_for_function(
            f"(name) => {NETWORK}.nodes('.selected').map((node) => node.data('name'))[0] === name",
            arg=name,
        )
        # Where the selected unit was not drawn, Plotly draws another focus a little later.
        self.page.wait_for_function(
            "(name) => [...document.querySelectorAll('#sunburst g.slice.selected')].some("
            "(slice) => remit.scene.node(slice.__data__.data.data.id)?.name === name)",
            arg=name,
        )
        assert [sector["name"] for sector in self.sectors() if sector["selected"]] == [name]

    def sectors(self) -> list[dict[str, Any]]:
        sectors: list[dict[str, Any]] = self.page.evaluate(SECTORS)
        return sectors

    def nodes(self, selector: str = "node") -> list[dict[str, Any]]:
        nodes: list[dict[str, Any]] = self.page.evaluate(
            f"""(selector) => {NETWORK}.nodes(selector).map((node) => ({{
                ...node.data(), classes: node.classes(), shown: node.style("display") !== "none",
            }}))""",
            selector,
        )
        return nodes

    def links_shown(self) -> list[dict[str, Any]]:
        """Return the visible links: the names of both ends, and the reasons."""
        links: list[dict[str, Any]] = self.page.evaluate(
            f"""() => {NETWORK}.edges(".link.shown").map((edge) => ({{
                ends: [edge.source().data("name"), edge.target().data("name")],
                notes: edge.data("notes"),
            }}))"""
        )
        return links

    def expect(self, read: Callable[[], Any], wanted: Any) -> None:
        """Wait until what is read from the page is what is wanted."""
        for _ in range(PATIENCE):
            if read() == wanted:
                return
            self.page.wait_for_timeout(20)
        assert read() == wanted

    def section(self, name: str) -> Locator:
        return self.page.locator(f"#panel [data-section='{name}']")
