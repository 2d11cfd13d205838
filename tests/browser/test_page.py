"""The page used with the mouse, in a real Chromium."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from components.diagrams.layout import sector_angles
from components.diagrams.tree import tree_of
from components.importing.import_tables import import_tables
from components.reading.read import read_tables
from components.settings import Settings
from tests.browser.conftest import error_free, serve
from tests.browser.explorer import NETWORK, POINT_IN_SECTOR, READY, Explorer
from tests.english import ENGLISH
from tests.organizations import scope_of

TOP = "office-of-the-deputy-director-general-for-operations"
DTM = "displacement-tracking-matrix"


@pytest.mark.diagrams("still")
def test_the_header_says_what_is_shown(explorer: Explorer) -> None:
    explorer.open()
    header = explorer.page.locator(".page-header")
    expect(header).to_contain_text("International Organization for Migration")
    expect(header).to_contain_text("47 units, 4 levels")
    expect(header.get_by_role("link")).to_have_attribute("href", re.compile("^https://www.iom.int"))


def test_a_click_on_a_sector_opens_its_panel_and_marks_it_in_both(explorer: Explorer) -> None:
    explorer.open()
    explorer.click_sector("Displacement Tracking Matrix")
    explorer.expect_panel("Displacement Tracking Matrix")
    explorer.expect_marked("Displacement Tracking Matrix")
    assert explorer.state("unit") == DTM
    assert explorer.state("focus") == TOP
    expect(explorer.section("responsibilities")).to_contain_text("displacement")


def test_a_click_on_a_node_opens_its_panel_marks_it_in_both_and_moves_nothing(
    explorer: Explorer,
) -> None:
    explorer.open()
    places = (
        f"() => [{NETWORK}.zoom(), {NETWORK}.pan(), {NETWORK}.nodes().map((node) => ({{"
        "...node.position() }))]"
    )
    before = explorer.page.evaluate(places)
    explorer.click_node("Protection Division")
    explorer.expect_panel("Protection Division")
    explorer.expect_marked("Protection Division")
    assert explorer.page.evaluate(places) == before


def test_a_link_in_the_panel_selects_the_unit_it_names(explorer: Explorer) -> None:
    explorer.open()
    explorer.click_sector("Department of Operations and Emergencies")
    explorer.section("composition").get_by_text("Preparedness and Response Division").click()
    explorer.expect_panel("Preparedness and Response Division")
    explorer.expect_marked("Preparedness and Response Division")


@pytest.mark.diagrams("still")
def test_two_clicks_show_which_units_share_the_grand_bargain(explorer: Explorer) -> None:
    explorer.open()
    explorer.page.locator("#panel summary", has_text="Grand Bargain").click()
    named = explorer.page.locator("#panel details[open] a[data-unit]").all_text_contents()
    assert sorted(named) == [
        "Department of Operations and Emergencies",
        "Global Data Institute",
        "Preparedness and Response Division",
    ]


@pytest.mark.diagrams("still")
def test_the_panel_says_why_units_are_related(explorer: Explorer) -> None:
    explorer.open("?unit=preparedness-and-response-division")
    related = explorer.section("related")
    expect(related).to_contain_text("Coordinates with")
    expect(related).to_contain_text("Shared framework: Grand Bargain")
    expect(related.locator(".inferred").first).to_be_visible()
    for item in related.locator("li").all():
        assert item.locator("a[data-unit]").count() == 1
        assert item.locator(".why").count() == 1
        assert item.locator(".source").count() == 1


@pytest.mark.diagrams("still")
def test_empty_sections_of_the_panel_say_so(explorer: Explorer) -> None:
    explorer.open("?unit=surveys")
    expect(explorer.section("responsibilities")).to_contain_text("lists no responsibilities")
    expect(explorer.section("composition")).to_contain_text("lists no parts")
    expect(explorer.section("references")).to_contain_text("names no framework")


@pytest.mark.diagrams("still")
def test_the_sections_of_the_panel_are_in_order(explorer: Explorer) -> None:
    explorer.open(f"?unit={DTM}")
    sections = explorer.page.locator("#panel [data-section]")
    assert [section.get_attribute("data-section") for section in sections.all()] == [
        "responsibilities",
        "composition",
        "related",
        "references",
    ]


def test_a_double_click_puts_a_unit_in_the_centre_and_the_centre_leads_back(
    explorer: Explorer,
) -> None:
    explorer.open()
    explorer.click_sector("Migration Health Division", times=2)
    explorer.expect_focus("migration-health-division")
    assert len(explorer.sectors()) == 9
    assert len(explorer.nodes(".unit")) == 9
    explorer.click_sector("Migration Health Division")
    explorer.expect_focus("department-of-programme-support-and-migration-management")
    explorer.page.locator("#breadcrumb").get_by_role("link").first.click()
    explorer.expect_focus(TOP)


def test_a_double_click_on_a_node_focuses_it_too_but_on_a_leaf_only_selects(
    explorer: Explorer,
) -> None:
    explorer.open()
    explorer.click_node("Global Data Institute", times=2)
    explorer.expect_focus("global-data-institute")
    explorer.click_sector("Surveys", times=2)
    explorer.expect_marked("Surveys")
    assert explorer.state("focus") == "global-data-institute"


def test_back_and_forward_restore_the_view(explorer: Explorer) -> None:
    explorer.open()
    explorer.click_sector("Global Data Institute", times=2)
    explorer.expect_focus("global-data-institute")
    explorer.click_sector("Displacement Tracking Matrix")
    explorer.expect_marked("Displacement Tracking Matrix")
    explorer.page.go_back()
    explorer.expect_panel("Global Data Institute")
    explorer.page.go_back()
    explorer.expect_focus(TOP)
    explorer.page.go_back()
    explorer.expect_panel("International Organization for Migration")
    for _ in range(3):
        explorer.page.go_forward()
    explorer.expect_focus("global-data-institute")
    explorer.expect_marked("Displacement Tracking Matrix")


def test_a_shared_link_and_a_reload_show_the_same(explorer: Explorer) -> None:
    query = (
        "?unit=surveys&focus=global-data-institute&view=network&links=all&layout=radial"
        "&references=shown"
    )
    explorer.open(query)
    for is_reloaded in (False, True):
        if is_reloaded:
            explorer.page.reload()
            explorer.page.wait_for_selector(READY, state="attached")
        explorer.expect_focus("global-data-institute")
        explorer.expect_panel("Surveys")
        assert explorer.state("view") == "network"
        assert explorer.state("layout") == "radial"
        assert explorer.page.url.endswith(query)


@pytest.mark.diagrams("still")
def test_an_unknown_unit_in_the_address_shows_the_closest_names(explorer: Explorer) -> None:
    explorer.open("?unit=displacement-traking-matrx")
    explorer.expect_panel("No such unit")
    nearest = explorer.page.locator("#panel a[data-unit]").first
    expect(nearest).to_have_text("Displacement Tracking Matrix")
    nearest.click()
    explorer.expect_panel("Displacement Tracking Matrix")


@pytest.mark.diagrams("still")
def test_an_unknown_focus_in_the_address_is_replaced_by_the_top(explorer: Explorer) -> None:
    explorer.open("?focus=nowhere")
    explorer.expect_focus(TOP)
    expect(explorer.page.locator("#notice")).to_contain_text("not a unit of this organization")


@pytest.mark.diagrams("still")
def test_an_alias_in_the_address_leads_to_the_unit(explorer: Explorer) -> None:
    explorer.open("?unit=DTM&focus=GDI")
    explorer.expect_panel("Displacement Tracking Matrix")
    explorer.expect_focus("global-data-institute")
    explorer.page.wait_for_url(f"**/?unit={DTM}&focus=global-data-institute")


def test_a_unit_outside_the_picture_sets_the_focus(explorer: Explorer) -> None:
    explorer.open(f"?unit={DTM}&focus=migration-health-division")
    explorer.expect_focus("global-data-institute")
    explorer.expect_marked("Displacement Tracking Matrix")


def test_hovering_marks_the_ancestors_in_both_diagrams_and_dims_the_rest(
    explorer: Explorer,
) -> None:
    explorer.open()
    explorer.hover_sector("Surveys")
    chain = {
        "Surveys",
        "Displacement Tracking Matrix",
        "Global Data Institute",
        "Office of the Deputy Director General for Operations",
    }
    explorer.page.wait_for_function(f"() => {NETWORK}.nodes('.lifted').length === 4")
    assert {sector["name"] for sector in explorer.sectors() if sector["lifted"]} == chain
    assert {node["name"] for node in explorer.nodes(".lifted")} == chain
    assert "Protection Division" in {node["name"] for node in explorer.nodes(".dimmed")}
    expect(explorer.page.locator("#tooltip")).to_contain_text("Surveys")
    explorer.hover_node("Protection Division")
    explorer.page.wait_for_function(f"() => {NETWORK}.nodes('.lifted').length === 3")
    assert "Protection Division" in {s["name"] for s in explorer.sectors() if s["lifted"]}


def test_the_tooltip_is_gone_once_the_pointer_has_left_a_sector_that_was_drawn_anew(
    explorer: Explorer,
) -> None:
    explorer.page.set_viewport_size({"width": 390, "height": 844})
    explorer.open()
    explorer.click_sector("Department of Policy and Research", times=2)
    explorer.expect_focus("department-of-policy-and-research")
    explorer.page.wait_for_timeout(900)  # the sector under the pointer is drawn, and has a tooltip
    explorer.page.mouse.move(2, 2)
    expect(explorer.page.locator("#tooltip")).not_to_have_class("shown")


def test_the_tooltip_says_what_the_unit_does_first_and_goes_with_the_pointer(
    explorer: Explorer,
) -> None:
    explorer.open()
    explorer.hover_sector("Migration Health Division")
    tooltip = explorer.page.locator("#tooltip")
    expect(tooltip.locator("p")).to_have_count(3)
    before = tooltip.bounding_box()
    x, y = explorer.page.evaluate(POINT_IN_SECTOR, "Migration Health Division")
    explorer.page.mouse.move(x + 9, y + 4)
    after = tooltip.bounding_box()
    assert before
    assert after
    assert (after["x"] - before["x"], after["y"] - before["y"]) == (9, 4)


def test_a_focus_shows_the_panel_of_its_unit(explorer: Explorer) -> None:
    explorer.open("?unit=surveys")
    explorer.page.locator("#panel [data-unit='global-data-institute']").first.click()
    explorer.page.get_by_role("link", name="Focus", exact=True).click()
    explorer.expect_focus("global-data-institute")
    explorer.expect_panel("Global Data Institute")
    explorer.page.locator("#breadcrumb a").click()
    explorer.expect_panel("International Organization for Migration: Operations")


def test_only_links_of_the_selected_unit_are_drawn_until_all_are_turned_on(
    explorer: Explorer,
) -> None:
    explorer.open()
    assert explorer.links_shown() == []
    explorer.click_sector("Department of Peace and Development Coordination")
    explorer.expect_marked("Department of Peace and Development Coordination")
    own = explorer.links_shown()
    name = "Department of Peace and Development Coordination"
    assert own
    assert all(name in link["ends"] for link in own)
    explorer.page.get_by_role("button", name="All links").click()
    explorer.page.wait_for_function(f"() => {NETWORK}.edges('.link.shown').length > {len(own)}")
    assert any(name not in link["ends"] for link in explorer.links_shown())


def test_references_are_nodes_of_another_shape_on_demand(explorer: Explorer) -> None:
    explorer.open()
    assert not any(node["shown"] for node in explorer.nodes(".reference"))
    explorer.page.get_by_role("button", name="Frameworks").click()
    explorer.page.wait_for_function(f"() => {NETWORK}.nodes('.reference.shown').length > 20")
    shapes = explorer.page.evaluate(
        f"['.unit', '.reference'].map((element) => {NETWORK}.nodes(element)[0].style('shape'))"
    )
    assert shapes[0] != shapes[1]


def test_escape_and_a_click_on_the_background_clear_the_selection(explorer: Explorer) -> None:
    explorer.open()
    explorer.click_sector("Protection Division")
    explorer.expect_marked("Protection Division")
    explorer.page.keyboard.press("Escape")
    expect(explorer.page.locator("html")).to_have_attribute("data-unit", "")
    explorer.expect_panel("International Organization for Migration")


def test_each_view_shows_what_it_names(explorer: Explorer) -> None:
    explorer.open()
    for view in ("sunburst", "network", "outline", "both"):
        explorer.page.get_by_role("button", name=view.capitalize(), exact=True).click()
        seen = {"both": ["sunburst", "network"]}.get(view, [view])
        for name in ("sunburst", "network", "outline"):
            expect(explorer.page.locator(f"#{name}")).to_be_visible(visible=name in seen)


@pytest.mark.diagrams("still")
def test_the_outline_lists_every_unit_and_selects(explorer: Explorer) -> None:
    explorer.open("?view=outline")
    links = explorer.page.locator("#outline a[data-unit]")
    assert links.count() == 47
    links.get_by_text("Migration and Vaccination Unit").click()
    explorer.expect_panel("Migration and Vaccination Unit")


def test_the_theme_switch_changes_page_and_diagrams_and_is_remembered(explorer: Explorer) -> None:
    explorer.open()
    fill = f"() => {NETWORK}.nodes()[0].style('background-color')"
    light = explorer.page.evaluate(fill)
    explorer.page.get_by_role("button", name="Switch between light and dark").click()
    expect(explorer.page.locator("html")).to_have_attribute("data-theme", "dark")
    explorer.page.wait_for_function(f"(light) => ({fill})() !== light", arg=light)
    explorer.page.reload()
    expect(explorer.page.locator("html")).to_have_attribute("data-theme", "dark")


BOXES = f"""() => {NETWORK}.nodes(".unit, .opener").filter(":visible").map((node) => {{
    const {{ x, y }} = node.position();
    const [width, height] = [node.width(), node.height()];
    return {{
        name: node.data("name"),
        size: {NETWORK}.zoom() * parseFloat(node.style("font-size")),
        label: node.boundingBox({{ includeNodes: false, includeOverlays: false }}),
        shape: {{
            x1: x - width / 2, x2: x + width / 2, y1: y - height / 2, y2: y + height / 2,
        }},
    }};
}})"""


def test_the_other_layout_arrives_with_its_places_and_keeps_the_path(explorer: Explorer) -> None:
    placed_in = f"""
    () => ["tree", "radial"].filter((layout) =>
      {NETWORK}.nodes(".unit, .station").every((node) =>
        Math.abs(node.data(layout)?.x - node.position("x")) < 0.001))
    """
    explorer.open("?unit=preparedness&to=surveys&links=all&view=network")
    for name, layout in (("Radial", "radial"), ("Tree", "tree"), ("Radial", "radial")):
        explorer.page.get_by_role("button", name=name, exact=True).click()
        explorer.expect(lambda: explorer.page.evaluate(placed_in), [layout])
        assert len(explorer.nodes(".station")) > 1
        assert len(explorer.links_shown()) > 20


@pytest.mark.parametrize("layout", ["tree", "radial"])
def test_no_label_of_the_network_overlaps_leaves_its_shape_or_is_tiny(
    explorer: Explorer, layout: str
) -> None:
    explorer.open(f"?view=network&layout={layout}")
    for size in ((1440, 900), (1280, 720), (1024, 768), (1920, 1080)):
        explorer.resize(*size)
        in_tree = layout == "tree"
        boxes = 47 if in_tree or size in ((1440, 900), (1920, 1080)) else 24
        explorer.expect(lambda: len(explorer.page.evaluate(BOXES)), boxes)
        explorer.rest()
        found = explorer.page.evaluate(BOXES)
        assert all(node["size"] >= 9.99 for node in found)
        assert [
            (one["name"], other["name"])
            for place, one in enumerate(found)
            for other in found[:place]
            if _intersect(one["shape"], other["shape"])
        ] == []
        if in_tree:
            # Cytoscape pads a label's box by two pixels on each side.
            outside = [node for node in found if not _inside(node["label"], node["shape"])]
            assert [node["name"] for node in outside] == []


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1280, 720), (1920, 1080)])
def test_at_common_sizes_the_whole_network_is_visible_beside_the_sunburst(
    explorer: Explorer, width: int, height: int
) -> None:
    explorer.page.set_viewport_size({"width": width, "height": height})
    explorer.open()
    seen = explorer.page.evaluate(f"() => {NETWORK}.extent()")
    found = explorer.page.evaluate(BOXES)
    assert [node["name"] for node in found if not _inside(node["shape"], seen, slack=0)] == []


def _intersect(one: dict[str, float], other: dict[str, float]) -> bool:
    return (
        min(one["x2"], other["x2"]) - max(one["x1"], other["x1"]) > 0.5
        and min(one["y2"], other["y2"]) - max(one["y1"], other["y1"]) > 0.5
    )


def _inside(label: dict[str, float], shape: dict[str, float], slack: float = 2.5) -> bool:
    return (
        label["x1"] >= shape["x1"] - slack
        and label["x2"] <= shape["x2"] + slack
        and label["y1"] >= shape["y1"] - slack
        and label["y2"] <= shape["y2"] + slack
    )


def test_all_47_units_are_in_both_diagrams_with_the_angles_of_the_layout(
    explorer: Explorer,
) -> None:
    explorer.open()
    sectors = {sector["name"] for sector in explorer.sectors()}
    nodes = {node["name"] for node in explorer.nodes(".unit")}
    assert len(sectors) == 47
    assert sectors == nodes

    organization = import_tables(read_tables(Settings().dataset)).organization
    expected = sector_angles(tree_of(scope_of(organization), ENGLISH))
    drawn = explorer.page.evaluate(
        """() => [...document.querySelectorAll("#sunburst g.slice")].map((slice) => {
            const box = slice.ownerSVGElement.getBoundingClientRect();
            const { data, depth, pxmid } = slice.__data__;
            return [data.data.id, depth, pxmid[0], pxmid[1]];
        })"""
    )
    for key, depth, x, y in drawn:
        start, extent = expected[key]
        if depth:
            seen = math.degrees(math.atan2(x, -y)) % 360
            assert seen == pytest.approx((start + extent / 2) % 360, abs=1)


def test_without_scripts_the_page_describes_itself(browser: Browser, served: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served)
    expect(page.locator("header p")).to_contain_text("47 units, 4 levels")
    expect(page.locator("#panel")).to_contain_text("This is the part of the International")
    context.close()


def test_the_page_works_with_blocked_storage(context: BrowserContext, served: str) -> None:
    blocked = context.new_page()
    blocked.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('blocked'); } })"
    )
    for page in error_free(blocked):
        explorer = Explorer(page, served)
        explorer.open(f"?unit={DTM}")
        explorer.expect_panel("Displacement Tracking Matrix")
        page.get_by_role("button", name="Switch between light and dark").click()
        expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    blocked.close()


@pytest.mark.diagrams("still")
def test_without_a_clipboard_the_page_says_where_to_copy_the_link(
    explorer: Explorer,
) -> None:
    page = explorer.page
    explorer.open(f"?unit={DTM}")
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.locator("[data-action='copy-link']").first.click()
    expect(page.locator("#notice")).to_contain_text("address bar")


HOSTILE = '''id,name,parent_id
__proto__,"<img src=x onerror=alert(1)> & <b>bold</b>",
constructor,"{{7*7}} ""quoted""",__proto__
a/b?c#d,קבוצת הגירה,__proto__
toString,部门 🌍,constructor
'''


def test_names_and_ids_are_never_markup(page: Page, tmp_path: Path) -> None:
    table = tmp_path / "hostile.csv"
    table.write_text(HOSTILE, encoding="utf-8")
    with serve(table) as address:
        explorer = Explorer(page, address)
        explorer.open()
        assert len(explorer.sectors()) == 4
        assert page.locator("img").count() == 0
        explorer.click_node("קבוצת הגירה")
        explorer.expect_panel("קבוצת הגירה")
        explorer.click_sector("部门 🌍")
        explorer.expect_panel("部门 🌍")
        explorer.open("?unit=__proto__")
        explorer.expect_panel("<img src=x onerror=alert(1)> & <b>bold</b>")


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a unit with 200 others below it."""
    table = tmp_path_factory.mktemp("wide") / "wide.csv"
    rows = ["id,name,parent_id", "top,Top,"]
    rows += [f"n{number},{number:03} Team,top" for number in range(200)]
    table.write_text("\n".join(rows), encoding="utf-8")
    with serve(table) as address:
        yield address


def test_units_that_do_not_fit_are_gathered_and_a_click_enters_their_group(
    page: Page, wide: str
) -> None:
    explorer = Explorer(page, wide)
    explorer.open()
    names = sorted(each["name"] for each in explorer.sectors() if each["name"] != "Top")
    assert len(names) < 60
    assert {node["name"] for node in explorer.nodes(".group")} == set(names)
    explorer.click_sector(names[0])
    expect(page.locator("html")).to_have_attribute("data-focus", re.compile("^top~"))
    expect(page.locator("#breadcrumb [aria-current]")).to_have_text(names[0])
    expect(page.locator("#breadcrumb")).to_contain_text("Top")
    group = explorer.state("focus") or ""
    explorer.expect_focus(group)
    assert "000 Team" in {sector["name"] for sector in explorer.sectors()}
    page.reload()
    explorer.expect_focus(group)
    page.keyboard.press("-")
    explorer.expect_focus("top")


def test_a_unit_in_a_group_that_the_search_finds_is_shown_in_it(page: Page, wide: str) -> None:
    explorer = Explorer(page, wide)
    explorer.open("?unit=n150")
    expect(page.locator("html")).to_have_attribute("data-focus", re.compile("^top~"))
    page.wait_for_function("() => remit.scene.keyOf('n150')")


def test_more_is_drawn_in_a_larger_window(page: Page, wide: str) -> None:
    explorer = Explorer(page, wide)
    explorer.resize(390, 844)
    explorer.open()
    page.wait_for_function("() => remit.scene.nodes.size > 2")
    few = len(explorer.nodes(".group"))
    explorer.resize(1440, 900)
    page.wait_for_function("(few) => remit.scene.nodes.size > few + 1", arg=few)


GAPS = """id,name,parent
board,Board,
pay,Payroll,board
it,IT,agency
desk,Helpdesk,agency
"""
DASHED = """
() => [...document.querySelectorAll("#sunburst g.slice")]
  .map((slice) => [slice, getComputedStyle(slice.querySelector("path.surface"))])
  .filter(([, { strokeDasharray }]) => strokeDasharray !== "none")
  .map(([slice]) => remit.scene.node(slice.__data__.data.data.id).name)
"""


def test_a_parent_without_a_record_is_marked_in_every_view(page: Page, tmp_path: Path) -> None:
    table = tmp_path / "gaps.csv"
    table.write_text(GAPS, encoding="utf-8")
    with serve(table) as address:
        explorer = Explorer(page, address)
        explorer.open()
        legend = page.locator(".legend .placeholders")
        expect(legend).to_be_visible()
        assert page.evaluate(DASHED) == ["agency"]
        assert [node["name"] for node in explorer.nodes(".placeholder")] == ["agency"]
        explorer.hover_sector("agency")
        expect(page.locator("#tooltip")).to_have_text("agencyNot in the table, 2 units below")
        explorer.click_sector("agency")
        expect(page.locator("#panel .summary")).to_have_text(
            "This unit has no record in the table; 2 units name it as their parent."
        )
        explorer.expect_marked("agency")
        assert page.evaluate(DASHED) == ["agency"]
        explorer.open("?focus=board")
        expect(legend).to_be_hidden()


@pytest.mark.diagrams("still")
@pytest.mark.parametrize("focus", ["organization", "long"])
def test_a_long_name_in_the_breadcrumb_is_cut_and_overlaps_nothing(
    page: Page, tmp_path: Path, focus: str
) -> None:
    name = "The directory of all that has to be named in full wherever it is named " * 3
    table = tmp_path / f"{name.strip()}.csv"
    table.write_text(f"id,name,parent\nlong,{name},\nbelow,Below,long\nother,Other,\n")
    with serve(table) as address:
        explorer = Explorer(page, address)
        explorer.open(f"?focus={focus}")
        explorer.expect_focus(focus)
        box = page.locator("main").bounding_box()
        assert box
        for step in page.locator("#breadcrumb li > *:visible").all():
            cut = step.bounding_box()
            assert cut
            assert cut["x"] + cut["width"] <= box["x"] + box["width"]
            assert cut["y"] + cut["height"] <= box["y"]
        assert page.locator("#breadcrumb [aria-current]").evaluate(
            "(element) => element.scrollWidth > element.clientWidth"
            " && getComputedStyle(element).textOverflow === 'ellipsis'"
        )


def test_lines_of_the_legend_hide_and_show_kinds_of_links(explorer: Explorer) -> None:
    explorer.open("?view=network&links=all")
    page = explorer.page
    kinds = f"() => {NETWORK}.edges('.link.shown').map((edge) => edge.classes()).flat()"
    advises = page.get_by_role("button", name="Advises")
    expect(advises).to_have_attribute("aria-pressed", "true")
    assert "kind-advises" in page.evaluate(kinds)
    count = len(explorer.links_shown())

    advises.click()

    expect(advises).to_have_attribute("aria-pressed", "false")
    explorer.expect(lambda: "kind-advises" in page.evaluate(kinds), wanted=False)
    # Links that have other reasons, too, are drawn for these.
    assert count > len(explorer.links_shown()) > 0
    advises.click()
    explorer.expect(lambda: len(explorer.links_shown()), count)


def test_a_line_under_the_pointer_names_its_reasons_and_stands_out(explorer: Explorer) -> None:
    explorer.open("?view=network&links=all")
    page = explorer.page
    x, y, left, top, notes = page.evaluate(
        f"""() => {{
            const [edge] = {NETWORK}.edges(".link.shown")
                .filter((edge) => edge.data("notes").length > 2);
            const {{ left, top }} = {NETWORK}.container().getBoundingClientRect();
            const {{ x, y }} = edge.renderedMidpoint();
            return [left + x, top + y, left, top, edge.data("notes")];
        }}"""
    )
    page.mouse.move(x - 40, y)
    page.mouse.move(x, y)

    expect(page.locator("#tooltip .note")).to_have_text(notes)
    lifted = f"() => {NETWORK}.edges('.link.lifted').length"
    explorer.expect(lambda: page.evaluate(lifted), 1)
    page.mouse.move(left + 5, top + 5)
    explorer.expect(lambda: page.evaluate(lifted), 0)
