"""The first HTML looks like the live page: nothing moves when the scripts replace it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from components.diagrams.labels import sector_labels
from components.diagrams.network import network_elements
from components.diagrams.network_drawing import network_drawing
from components.diagrams.rooms import DEFAULT_ROOM, ROOMS
from components.diagrams.style import Theme
from components.diagrams.sunburst import sunburst_overlay, sunburst_sectors
from components.diagrams.tree import tree_of
from components.importing.import_tables import import_tables
from components.model.both_states import both_states
from components.model.changes import compare
from components.model.groups import focus_text
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.model.scope import Scope, scope_showing
from components.reading.read import read_tables
from components.view_state import Layout, ViewState, read_view_state
from tests.browser.conftest import serve, serve_organization
from tests.browser.explorer import NETWORK, READY, Explorer
from tests.diagrams.drawings import NUMBER, marks_in, points_of
from tests.english import ENGLISH
from tests.organizations import scope_of

OFFICE = Path(__file__).parents[2] / "data" / "harbour-office"
TOP = "office-of-the-deputy-director-general-for-operations"
RESPONSE = "preparedness-and-response-division"
LAPTOP, TABLET, PHONE = (1440, 900), (1024, 768), (390, 844)
DESK = (1440, 1000)
PIXEL = 1.0
PARTS = (
    *(".page-header", ".page-header h1", ".page-header p", "#search", ".theme-switch"),
    *("#toolbar", "#breadcrumb", "#breadcrumb li:last-child", "#toolbar .choice:last-child"),
    *("#toolbar .switches", "main", ".sunburst-view", ".network-view", "#outline"),
    *(
        "#outline li:last-child",
        "#filters summary",
        "#filter-count",
        "#filter-chips",
        "#filter-chips li:last-child",
    ),
    *("#panel", "#panel h2", "#panel section", ".legend", ".legend li:last-child", ".zoom"),
)
"""Selectors of parts whose movement would be visible."""

GEOMETRY = """
(parts) => {
  const isEarly = document.querySelector(".picture") !== null;
  const isSeen = (element) => element && element.getClientRects().length > 0;
  const box = (element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return [left, top, width, height];
  };
  const lines = (text) =>
    [...text.childNodes].map((line) => line.textContent).filter((line) => line);
  const label = (text) => ({ lines: lines(text), box: box(text) });

  /* The centre of the area of a path, on the screen. */
  function middle(path) {
    const matrix = path.getScreenCTM();
    const length = path.getTotalLength();
    const at = [...Array(120).keys()].map((step) =>
      path.getPointAtLength((length * step) / 120).matrixTransform(matrix),
    );
    let [area, x, y] = [0, 0, 0];
    at.forEach((one, place) => {
      const other = at[(place + 1) % at.length];
      const cross = one.x * other.y - other.x * one.y;
      area += cross / 2;
      x += ((one.x + other.x) * cross) / 6;
      y += ((one.y + other.y) * cross) / 6;
    });
    return [x / area, y / area];
  }

  const seen = { sectors: {}, labels: {}, nodes: {}, parts: {}, buttons: {} };
  for (const part of parts) {
    const element = document.querySelector(part);
    seen.parts[part] = isSeen(element) ? box(element) : null;
  }
  for (const button of document.querySelectorAll("button[aria-pressed]")) {
    const { backgroundColor, color } = getComputedStyle(button);
    seen.buttons[button.dataset.value] = [backgroundColor, color];
  }
  if (isEarly) {
    const sunburst = document.querySelector(".sunburst-inset");
    if (isSeen(sunburst)) {
      for (const path of sunburst.querySelectorAll(".node path")) {
        const { key } = path.parentNode.dataset;
        seen.sectors[key] = { box: box(path), middle: middle(path) };
      }
      for (const text of sunburst.querySelectorAll("text[data-key]")) {
        if (isSeen(text)) {
          seen.labels[text.dataset.key] = label(text);
        }
      }
    }
    for (const network of document.querySelectorAll(".network-inset")) {
      for (const node of isSeen(network) ? network.querySelectorAll(".node") : []) {
        const [shape, text] = node.children;
        seen.nodes[node.dataset.key] = { lines: lines(text), box: box(shape) };
        const [circle, initials] = node.querySelector(".mark")?.children || [];
        if (circle) {
          const texts = initials ? lines(initials) : [""];
          seen.nodes[`i${node.dataset.key}`] = { lines: texts, box: box(circle) };
        }
        const [frame, sign] = node.querySelector(".opener")?.children || [];
        if (frame) {
          seen.nodes[`x${node.dataset.key}`] = { lines: lines(sign), box: box(frame) };
        }
      }
      for (const station of isSeen(network) ? network.querySelectorAll(".station") : []) {
        const [shape, text] = station.children;
        seen.nodes[`w${text.textContent}`] = { lines: lines(text), box: box(shape) };
      }
    }
  } else {
    if (isSeen(document.getElementById("sunburst"))) {
      for (const slice of document.querySelectorAll("#sunburst g.slice")) {
        const path = slice.querySelector("path.surface");
        const key = slice.__data__.data.data.id;
        if (key.startsWith("o")) {
          continue;  // what is a unit's own share is not painted
        }
        seen.sectors[key] = { box: box(path), middle: middle(path) };
        if (slice.querySelector("tspan")) {
          seen.labels[key] = label(slice.querySelector("text"));
        }
      }
    }
    const element = document.getElementById("network");
    for (const node of isSeen(element) ? element._cyreg.cy.nodes() : []) {
      if (node.style("display") !== "none") {
        const { left, top } = element.getBoundingClientRect();
        const { x, y } = node.renderedPosition();
        const zoom = node.cy().zoom();
        const [width, height] = [node.width() * zoom, node.height() * zoom];
        seen.nodes[node.id()] = {
          lines: node.style("label").split("\\n"),
          box: [left + x - width / 2, top + y - height / 2, width, height],
        };
      }
    }
  }
  return seen;
}
"""
SETTLED = """
() => {
  const plot = document.querySelector("#sunburst .js-plotly-plot");
  const { width, height } = plot.getBoundingClientRect();
  const { _fullLayout: layout } = plot;
  return !document.querySelector(".picture")
    && (!width || (Math.abs(layout.width - width) < 1 && Math.abs(layout.height - height) < 1));
}
"""
CLASSES = f"""
() => Object.fromEntries({NETWORK}.elements().map((element) => [element.id(), element.classes()]))
"""
STATES = {"dimmed", "lifted", "hit", "selected", "shown"}

STYLES = """
() => {
  const styleOf = (element) => {
    const style = getComputedStyle(element);
    const names = ["fill", "stroke", "stroke-width", "stroke-dasharray", "opacity"];
    names.push("fill-opacity", "stroke-opacity");
    return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(name)]));
  };
  const drawn = [...document.querySelectorAll(".sunburst-inset, .network-inset")].filter(
    (picture) => picture.getClientRects().length,
  );
  return drawn.map((picture) => {
    const styles = { shapes: {}, texts: {} };
    for (const element of picture.querySelectorAll(":scope > [data-key]:not(.arrow)")) {
      const { key } = element.dataset;
      const [shape, text] = element.matches(".node") ? element.children : [element];
      if (element.tagName === "text") {
        styles.texts[key] = styleOf(element);
      } else {
        styles.shapes[key] = styleOf(shape);
      }
      if (text) {
        styles.texts[key] = styleOf(text);
      }
    }
    return styles;
  });
}
"""
LINES = f"""
() => Object.fromEntries(
  {NETWORK}.edges().filter((edge) => edge.style("display") !== "none").map((edge) => [
    edge.id(),
    [
      edge.sourceEndpoint(),
      ...(edge.controlPoints() || edge.segmentPoints() || []),
      edge.targetEndpoint(),
    ].map((point) => [point.x, point.y]),
  ]),
)
"""
LAYOUT = f"""
() => ["tree", "compact", "radial"].find((layout) =>
  {NETWORK}.nodes().every((node) => Math.abs(node.data(layout)?.x - node.position("x")) < 0.001),
)
"""


@pytest.fixture(scope="module")
def early(context: BrowserContext) -> Iterator[Page]:
    """A tab in which the page's script never loads, so that it keeps showing the first HTML."""
    page = context.new_page()
    page.route("**/main.js", lambda route: route.abort())
    yield page
    page.close()


@pytest.fixture
def both_tabs(early: Page, page: Page) -> tuple[Page, Page]:
    """The tab without the page's script, and the tab with it."""
    return early, page


def first_and_live(
    early: Page, page: Page, address: str, size: tuple[int, int], scheme: Any = "light"
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the geometry of a page before and after its scripts have run."""
    for tab in (early, page):
        tab.set_viewport_size({"width": size[0], "height": size[1]})
        tab.emulate_media(color_scheme=scheme)
        tab.goto(address)
        if tab is page:
            tab.wait_for_selector(READY, state="attached")
            tab.wait_for_function(SETTLED)
        tab.evaluate("() => document.fonts.ready.then(() => true)")
    assert early.evaluate("window.violations") == []
    assert early.locator(".picture").count() == 2
    assert page.locator(".picture").count() == 0
    return early.evaluate(GEOMETRY, PARTS), page.evaluate(GEOMETRY, PARTS)


def off(first: dict[str, Any], live: dict[str, Any]) -> list[str]:
    """Return the parts whose boxes differ by a pixel or more."""
    return [
        f"{name}: {first[name]} became {live[name]}"
        for name in first
        if not _same(first[name], live[name])
    ]


def _same(one: list[float] | None, other: list[float] | None) -> bool:
    if one is None or other is None:
        return one is other
    return all(abs(a - b) <= PIXEL for a, b in zip(one, other, strict=True))


def boxes(seen: dict[str, Any]) -> dict[str, Any]:
    return {key: part["box"] for key, part in seen.items()}


def lines(seen: dict[str, Any]) -> dict[str, Any]:
    return {key: part["lines"] for key, part in seen.items()}


def assert_nothing_jumps(first: dict[str, Any], live: dict[str, Any]) -> None:
    assert set(first["parts"]) == set(live["parts"])
    assert off(first["parts"], live["parts"]) == []
    assert first["buttons"] == live["buttons"]
    for kind in ("sectors", "labels", "nodes"):
        assert set(first[kind]) == set(live[kind])
        assert off(boxes(first[kind]), boxes(live[kind])) == [], kind
    for kind in ("labels", "nodes"):
        assert lines(first[kind]) == lines(live[kind])
    assert_same_angles(first["sectors"], live["sectors"])


def assert_same_angles(first: dict[str, Any], live: dict[str, Any]) -> None:
    """Compare the directions of sectors from the centre, to a degree."""
    for sectors in (first, live):
        for sector in sectors.values():
            left, top, width, height = sectors[max(sectors, key=lambda k: sectors[k]["box"][2])][
                "box"
            ]
            x = sector["middle"][0] - left - width / 2
            y = sector["middle"][1] - top - height / 2
            sector["away"] = math.hypot(x, y)
            sector["bearing"] = math.degrees(math.atan2(x, -y))
    for key, one in first.items():
        other = live[key]
        if one["away"] > 5 * PIXEL:  # the centre has no direction
            assert abs(math.remainder(one["bearing"] - other["bearing"], 360)) < 1, key


@pytest.mark.parametrize(
    ("query", "size", "scheme"),
    [
        ("", LAPTOP, "light"),
        (f"?unit={RESPONSE}&links=all", LAPTOP, "dark"),
        ("?focus=global-data-institute&unit=displacement-tracking-matrix", LAPTOP, "light"),
        ("?view=network&layout=radial&references=shown", LAPTOP, "light"),
        ("?unit=surveys&layout=radial&view=network", LAPTOP, "light"),
        ("?unit=preparedness&to=surveys", LAPTOP, "light"),
        ("?unit=preparedness&to=surveys&view=network", LAPTOP, "dark"),
        (f"?unit={RESPONSE}", TABLET, "dark"),
        ("?view=outline", TABLET, "light"),
        ("?types=division&themes=migration-health", LAPTOP, "dark"),
        (f"?types=unit;division&unit={RESPONSE}&view=outline", TABLET, "light"),
        ("?themes=funding-and-cash;policy-and-law&types=unit", LAPTOP, "light"),
        ("?view=network", LAPTOP, "dark"),
        ("?view=network", TABLET, "light"),
    ],
)
def test_the_first_html_looks_like_the_live_page(
    both_tabs: tuple[Page, Page], served: str, query: str, size: tuple[int, int], scheme: str
) -> None:
    first, live = first_and_live(*both_tabs, served + query, size, scheme)

    assert first["sectors"] or first["nodes"] or "outline" in query
    assert_nothing_jumps(first, live)


@pytest.mark.parametrize(
    ("query", "size"),
    [
        ("", PHONE),
        ("?view=network", PHONE),
        ("?unit=preparedness&to=surveys", PHONE),
    ],
)
def test_the_first_html_has_more_units_in_a_small_window_but_nothing_else_jumps(
    both_tabs: tuple[Page, Page], served: str, query: str, size: tuple[int, int]
) -> None:
    """Without scripts, nobody knows what can be read."""
    first, live = first_and_live(*both_tabs, served + query, size)

    assert off(first["parts"], live["parts"]) == []
    for kind in ("sectors", "nodes"):
        # Where there is less room, what is closed has an opener, and what is thin is in a group.
        assert {key for key in live[kind] if key[0] not in "xg"} <= set(first[kind])
    shown = "nodes" if "network" in query else "sectors"
    assert 0 < len(live[shown]) < len(first[shown])


@pytest.fixture(scope="module")
def gathering(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An organization that is only partly shown, with links to units outside the picture."""
    folder = tmp_path_factory.mktemp("gathering")
    rows = ["id,name,parent_id,type", "top,Top,,", 'a,"A ""quoted"" & <b>bold</b>",top,']
    rows += ["b,B,top,outside"]
    types = ["rare" if number > 85 else "frequent" for number in range(90)]
    rows += [f"a{number},Abteilung {number:02},a,{type_}" for number, type_ in enumerate(types)]
    (folder / "units.csv").write_text("\n".join(rows), encoding="utf-8")
    return folder / "units.csv"


@pytest.fixture(scope="module")
def gathered(gathering: Path) -> Iterator[str]:
    with serve(gathering) as address:
        yield address


@pytest.mark.parametrize("query", ["?focus=a", "?unit=a3"])
def test_the_first_html_looks_like_the_live_page_with_groups(
    both_tabs: tuple[Page, Page], gathered: str, query: str
) -> None:
    first, live = first_and_live(*both_tabs, f"{gathered}{query}", LAPTOP)

    assert any(key.startswith("g") for key in first["sectors"]) == (query == "?focus=a")
    assert_nothing_jumps(first, live)


@pytest.fixture(scope="module")
def office() -> Iterator[str]:
    with serve(OFFICE) as address:
        yield address


@pytest.mark.parametrize(
    ("query", "scheme"),
    [
        ("?size=fte&colour=department", "light"),
        ("?size=fte&colour=fte&view=network&focus=P1060", "dark"),
        ("?size=reports&colour=location&where=status:vacant&unit=P1060", "light"),
    ],
)
def test_the_first_html_shows_measures_and_categories_as_the_live_page_does(
    both_tabs: tuple[Page, Page], office: str, query: str, scheme: str
) -> None:
    # The legend and the chips of filters take room from the diagrams.
    first, live = first_and_live(*both_tabs, office + query, DESK, scheme)

    assert first["sectors"] or first["nodes"]
    assert_nothing_jumps(first, live)


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize(
    "query",
    [
        "",
        f"unit={RESPONSE}&links=all&references=shown",
        f"unit={RESPONSE}&layout=radial",
        f"unit={RESPONSE}&to=surveys",
        "themes=migration-health&types=division",
    ],
)
def test_the_styles_of_the_first_html_are_those_of_a_picture(
    early: Page, served: str, iom: Organization, query: str, theme: Theme
) -> None:
    """Its classes look as Python draws the same marks."""
    assert_painted_as_drawn(early, served, scope_of(iom), query, theme)


@pytest.fixture(scope="module")
def two_states() -> Organization:
    """The port office before and after its reorganization."""
    before, after = (
        import_tables(read_tables(OFFICE / f"{year}-01-01.csv")).organization
        for year in (2025, 2026)
    )
    return both_states(compare(before, after))


@pytest.fixture(scope="module")
def compared(two_states: Organization) -> Iterator[str]:
    with serve_organization(two_states) as address:
        yield address


@pytest.mark.parametrize(
    ("query", "size", "scheme"),
    [
        ("", LAPTOP, "light"),
        ("?view=network&unit=P1001", LAPTOP, "dark"),
        ("?view=network&layout=radial", LAPTOP, "light"),
        ("?colour=budget-eur-difference&size=units", DESK, "dark"),
    ],
)
def test_the_first_html_shows_changes_as_the_live_page_does(
    both_tabs: tuple[Page, Page], compared: str, query: str, size: tuple[int, int], scheme: str
) -> None:
    first, live = first_and_live(*both_tabs, compared + query, size, scheme)

    signed = [
        line for node in first["nodes"].values() for line in node["lines"] if line[:1] in {*"+→"}
    ]
    assert signed
    assert_nothing_jumps(first, live)


@pytest.mark.parametrize("theme", Theme)
def test_the_styles_of_changes_are_those_of_a_picture(
    early: Page, compared: str, two_states: Organization, theme: Theme
) -> None:
    # As much is drawn without a script, whatever the window.
    scope = scope_of(two_states, room=ROOMS[DEFAULT_ROOM])

    assert_painted_as_drawn(early, compared, scope, "", theme)


def test_arrows_from_where_units_were_are_the_same_in_python(
    page: Page, compared: str, two_states: Organization
) -> None:
    """With a selected unit, and with none."""
    explorer = Explorer(page, compared)
    explorer.open()
    scope = scope_of(two_states, room=ROOMS[DEFAULT_ROOM])
    assert_marked_as_drawn(explorer, two_states, scope, ViewState())
    unit = next(iter(sorted({*two_states.history.moved} & {*scope.units})))
    explorer.go(f"?unit={two_states.units['id'][unit]}")
    assert_marked_as_drawn(explorer, two_states, scope, ViewState(unit))


def assert_painted_as_drawn(
    early: Page, address: str, scope: Scope, query: str, theme: Theme
) -> None:
    """Assert that the first HTML of a view is painted as Python draws its pictures."""
    organization = scope.organization
    tree = tree_of(scope, ENGLISH.about(organization))
    state = read_view_state(dict(parse_qsl(query)), OrganizationIndex(organization))
    marks = marks_in(tree, state)
    drawing = network_drawing(
        network_elements(tree),
        organization.relation_kinds,
        # Beside the sunburst there is no room for full names.
        replace(state, layout=Layout.COMPACT if state.layout is Layout.TREE else state.layout),
        theme=theme,
        marks=marks,
    )
    overlay = sunburst_overlay(tree, sector_labels(tree, 275), 275, theme=theme, marks=marks)
    pictures = [
        [*sunburst_sectors(tree, 275, theme=theme, marks=marks), *overlay],
        drawing.elements(),
    ]

    early.set_viewport_size({"width": LAPTOP[0], "height": LAPTOP[1]})
    early.emulate_media(color_scheme=theme.value)
    early.goto(f"{address}?{query}")
    painted = early.evaluate(STYLES)

    assert len(painted) == len(pictures)
    for styles, elements in zip(painted, pictures, strict=True):
        wanted: dict[str, dict[str, Any]] = {"texts": {}, "shapes": {}}
        for element in elements:
            key = element.get("data-key")
            if key and key[0] not in "wix":  # stations, and what stands inside of boxes
                wanted["texts" if element.tag == "text" else "shapes"][key] = element.attrib
        for kind, by_key in wanted.items():
            assert set(by_key) <= set(styles[kind])
            for key, attributes in by_key.items():
                assert_painted(styles[kind][key], attributes, key)


def assert_painted(style: dict[str, str], attributes: dict[str, str], key: str) -> None:
    """Compare a computed style with the attributes of an element."""
    for name, default in (("fill", "#000000"), ("stroke", "none")):
        one, other = channels(style[name]), channels(attributes.get(name, default))
        assert len(one) == len(other), (key, name)
        assert max((abs(a - b) for a, b in zip(one, other, strict=True)), default=0) <= 1, (
            *(key, name, style[name], attributes.get(name)),
        )
    for name in ("opacity", "fill-opacity"):
        assert float(style[name]) == float(attributes.get(name, 1)), (key, name)
    if style["stroke"] != "none":
        assert float(style["stroke-opacity"]) == float(attributes.get("stroke-opacity", 1)), key
        width = float(style["stroke-width"].removesuffix("px"))
        if attributes.get("paint-order") is None:  # the halo of a label is scaled with it
            assert width == float(attributes.get("stroke-width", 1)), (key, width)
        dashes = re.findall(r"[\d.]+", style["stroke-dasharray"])
        wanted = attributes.get("stroke-dasharray", "").split()
        assert [*map(float, dashes)] == [*map(float, wanted)], key


def channels(colour: str) -> list[float]:
    """Return red, green and blue from 0 to 255; nothing if there is no colour."""
    if colour.startswith("#"):
        return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    scale = 255 if colour.startswith("color(srgb") else 1
    return [float(number) * scale for number in re.findall(r"[\d.]+", colour)]


def test_the_marks_of_a_selected_unit_are_the_same_in_python(
    explorer: Explorer, iom: Organization
) -> None:
    explorer.open()
    scope = scope_of(iom)
    for unit in (RESPONSE, "surveys", TOP, "global-data-institute"):
        explorer.page.evaluate("(unit) => remit.store.dispatch({ type: 'select', unit })", unit)
        explorer.expect_marked(iom.units["name"][iom.number[unit]])
        assert_marked_as_drawn(explorer, iom, scope, ViewState(iom.number[unit]))
    explorer.go(f"?unit={RESPONSE}&links=all&references=shown&view=network")
    explorer.expect_marked(iom.units["name"][iom.number[RESPONSE]])
    assert_marked_as_drawn(
        explorer, iom, scope, ViewState(iom.number[RESPONSE], links="all", references="shown")
    )


def test_the_marks_of_filters_are_the_same_in_python(explorer: Explorer, iom: Organization) -> None:
    """With and without a selected unit, with and without matches."""
    scope, health = scope_of(iom), ("migration-health",)
    explorer.open()
    for query, view_state in (
        ("?types=division", ViewState(types=("division",))),
        ("?themes=migration-health&links=all", ViewState(themes=health, links="all")),
        (
            f"?themes=migration-health&types=unit;division&unit={RESPONSE}&references=shown",
            ViewState(
                iom.number[RESPONSE], types=("division", "unit"), themes=health, references="shown"
            ),
        ),
        ("?types=function&themes=migration-health", ViewState(types=("function",), themes=health)),
    ):
        explorer.go(query)
        assert_marked_as_drawn(explorer, iom, scope, view_state)


def test_the_marks_of_filters_on_groups_are_the_same_in_python(
    page: Page, gathering: Path, gathered: str
) -> None:
    organization = import_tables(read_tables(gathering)).organization
    scope = scope_of(organization, organization.number["a"], room=ROOMS[DEFAULT_ROOM])
    explorer = Explorer(page, gathered)
    explorer.open("?focus=a")
    for kind in ("rare", "frequent", "outside"):
        explorer.go(f"?focus=a&types={kind}")
        assert_marked_as_drawn(explorer, organization, scope, ViewState(types=(kind,)))


def test_the_marks_of_a_unit_in_a_group_are_the_same_in_python(
    page: Page, gathering: Path, gathered: str
) -> None:
    organization = import_tables(read_tables(gathering)).organization
    siblings = OrganizationIndex(organization).siblings
    explorer = Explorer(page, gathered)
    explorer.open()
    for unit in ("a29", "a2"):
        explorer.go(f"?unit={unit}")
        number = organization.number[unit]
        scope = scope_showing(siblings, number, room=ROOMS[DEFAULT_ROOM])
        assert scope.group
        explorer.expect_focus(focus_text(organization, scope.group))
        assert_marked_as_drawn(explorer, organization, scope, ViewState(number))


def assert_marked_as_drawn(
    explorer: Explorer, organization: Organization, scope: Any, view_state: ViewState
) -> None:
    """Compare the classes on the page with those of the server's pictures."""
    marks = marks_in(tree_of(scope, ENGLISH), view_state)
    drawn = network_drawing(
        network_elements(tree_of(scope, ENGLISH)),
        organization.relation_kinds,
        view_state,
        theme=Theme.LIGHT,
        marks=marks,
    )
    wanted = {item.data["id"]: item.classes & STATES for item in drawn.items}

    def in_the_network() -> dict[str, set[str]]:
        classes = explorer.page.evaluate(CLASSES).items()
        return {
            key: STATES & set(names)
            for key, names in classes
            if key in wanted or "shown" in names  # others are drawn by nobody
        }

    explorer.expect(in_the_network, wanted)
    for sector in explorer.sectors():
        key = sector["key"]
        marks_on_page = (sector["dimmed"], sector["lifted"], sector["hit"], sector["selected"])
        assert marks_on_page == (
            marks.is_dimmed(key),
            key in marks.chain,
            key in marks.hits,
            key == marks.selected,
        ), key


@pytest.mark.parametrize("layout", ["tree", "radial"])
def test_lines_of_pictures_run_as_on_the_page(
    explorer: Explorer, iom: Organization, layout: str
) -> None:
    explorer.page.set_viewport_size({"width": 1920, "height": 1300})  # room for all of them
    explorer.open(f"?view=network&unit={RESPONSE}&links=all&references=shown&layout={layout}")
    live = explorer.page.evaluate(LINES)
    scope, unit = scope_of(iom), iom.number[RESPONSE]
    drawn_as = Layout(explorer.page.evaluate(LAYOUT))
    view_state = ViewState(unit, layout=drawn_as, links="all", references="shown")
    marks = marks_in(tree_of(scope, ENGLISH), ViewState(unit))
    drawn = network_drawing(
        network_elements(tree_of(scope, ENGLISH)),
        iom.relation_kinds,
        view_state,
        theme=Theme.LIGHT,
        marks=marks,
    )
    pointed = {item.data["id"] for item in drawn.items if "arrow-scale" in item.style}
    paths = {
        element.attrib["data-key"]: element.attrib["d"]
        for element in drawn.elements()
        if element.get("data-key", "")[:1] in set("hlm")
    }

    assert set(paths) == set(live)
    assert len(paths) > 100
    assert any(path.count("Q") > 2 for path in paths.values())
    for key, path in paths.items():
        points = points_of(path)
        found = [points[0]]
        if "Q" in path:
            controls = re.findall(rf"Q({NUMBER}) ({NUMBER})", path)
            found += [(float(x), float(y)) for x, y in controls]
        elif "H" in path:
            found += points[1:3]
        found += [] if key in pointed else [points[-1]]
        wanted = [tuple(point) for point in live[key]][: len(found)]
        for one, other in zip(found, wanted, strict=True):
            assert math.dist(one, other) < 0.1, (key, path, live[key])


@pytest.mark.parametrize(("chosen", "system"), [("dark", "light"), ("light", "dark")])
def test_a_chosen_theme_applies_from_the_first_paint(
    early: Page, page: Page, served: str, chosen: str, system: Any
) -> None:
    early.goto(f"{served}healthz")
    early.evaluate("(theme) => localStorage.setItem('remit-theme', theme)", chosen)
    try:
        for tab in (early, page):
            tab.emulate_media(color_scheme=system)
            tab.goto(served)
            expect(tab.locator("html")).to_have_attribute("data-theme", chosen)
            scheme = tab.evaluate("() => getComputedStyle(document.documentElement).colorScheme")
            assert scheme == chosen
        page.wait_for_selector(READY, state="attached")
        (line,) = page.evaluate(
            "() => [...new Set("
            "document.querySelector('#sunburst .js-plotly-plot').data[0].marker.line.color)]"
        )
        assert line == {"light": "#ffffff", "dark": "#12171f"}[chosen]
    finally:
        early.evaluate("() => localStorage.removeItem('remit-theme')")
        page.emulate_media(color_scheme="light")


class TestWithoutScripts:
    @pytest.fixture(scope="class")
    @staticmethod
    def bare(browser: Browser) -> Iterator[Page]:
        context = browser.new_context(
            java_script_enabled=False, viewport={"width": 1440, "height": 900}
        )
        yield context.new_page()
        context.close()

    def test_the_pictures_stay_with_the_outline_and_the_panel(
        self, bare: Page, served: str
    ) -> None:
        bare.goto(f"{served}?unit={RESPONSE}")

        expect(bare.locator(".sunburst-inset")).to_be_visible()
        expect(bare.locator(".network-inset:visible")).to_have_count(1)
        expect(bare.locator("#panel h2")).to_have_text("Preparedness and Response Division")
        expect(bare.locator("#outline")).to_be_visible()
        assert bare.locator("#outline a").count() == 47
        expect(bare.locator(".page-header")).to_contain_text("47 units, 4 levels")

    def test_nothing_is_offered_that_needs_scripts(self, bare: Page, served: str) -> None:
        bare.goto(served)

        assert [
            locator for locator in bare.locator("button, input").all() if locator.is_visible()
        ] == []

    def test_links_lead_from_unit_to_unit(self, bare: Page, served: str) -> None:
        bare.goto(served)
        bare.locator("#outline a", has_text="Global Data Institute").click()
        expect(bare.locator("#panel h2")).to_contain_text("Global Data Institute")
        bare.locator("#panel a[data-unit='displacement-tracking-matrix']").first.click()
        expect(bare.locator("#panel h2")).to_contain_text("Displacement Tracking Matrix")
        assert bare.url.endswith("?unit=displacement-tracking-matrix")
        bare.locator(".network-inset:visible a[data-unit='surveys'] rect").click()
        expect(bare.locator("#panel h2")).to_contain_text("Surveys")

    def test_the_whole_page_can_be_read_on_a_phone(self, bare: Page, served: str) -> None:
        bare.set_viewport_size({"width": 390, "height": 844})
        bare.goto(served)

        for part in (".sunburst-inset", "#outline", "#panel"):
            box = bare.locator(part).bounding_box()
            assert box
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 390
        bare.set_viewport_size({"width": 1440, "height": 900})

    def test_dark_follows_the_system(self, bare: Page, served: str) -> None:
        grounds = {}
        for scheme in ("light", "dark"):
            bare.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            bare.goto(served)
            sector = bare.locator(".sunburst-inset path").first
            expect(sector).to_have_css(
                "stroke", {"light": "rgb(255, 255, 255)", "dark": "rgb(18, 23, 31)"}[scheme]
            )
            grounds[scheme] = bare.locator("body").evaluate(
                "(element) => getComputedStyle(element).backgroundColor"
            )
        assert grounds == {"light": "rgb(255, 255, 255)", "dark": "rgb(18, 23, 31)"}
