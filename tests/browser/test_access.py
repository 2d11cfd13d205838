"""Accessibility: the keyboard, announcements to screen readers, and the checks of axe."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import findings
from tests.browser.conftest import serve
from tests.browser.explorer import NETWORK, READY, Explorer

TOP = "office-of-the-deputy-director-general-for-operations"
OFFICE = "Office of the Deputy Director General for Operations"
OPERATIONS = "Department of Operations and Emergencies"
PEACE = "Department of Peace and Development Coordination"
RESPONSE = "Preparedness and Response Division"
DESKTOP, PHONE = (1440, 900), (390, 844)


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def focused(page: Page) -> Locator:
    return page.locator(":focus")


def expect_announced(page: Page, *parts: str) -> None:
    """Wait until one announcement contains all parts."""
    for part in parts:
        expect(page.locator("#announcer")).to_contain_text(part)


def expect_entry(page: Page, name: str) -> None:
    """Wait until an entry of the outline has the focus and is the only tab stop."""
    expect(focused(page)).to_have_role("treeitem")
    expect(focused(page).locator(".name")).to_have_text(name)
    stops = page.locator("#outline [tabindex='0']")
    expect(stops).to_have_count(1)
    expect(stops.locator(".name")).to_have_text(name)


@pytest.fixture(scope="module")
def deep(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An organization that is deeper and wider than the picture."""
    rows = ["id,name,parent_id", "top,Top,", "wide,Wide,top", "chain,Chain,top"]
    rows += [f"w{number},Wide {number},wide" for number in range(400)]
    rows += ["c1,Chain 1,chain", *(f"c{place},Chain {place},c{place - 1}" for place in range(2, 8))]
    path: Path = tmp_path_factory.mktemp("deep") / "deep.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    with serve(path) as address:
        yield address


@pytest.mark.diagrams("still")
class TestTheOutline:
    """The keys of the Tree View pattern of the ARIA Authoring Practices."""

    @pytest.fixture
    def tree(self, explorer: Explorer) -> Page:
        explorer.open("?view=outline")
        press(explorer.page, "ArrowDown")
        expect_entry(explorer.page, "Office of the Deputy Director General for Operations")
        return explorer.page

    def test_has_levels_states_and_names(self, tree: Page) -> None:
        expect(tree.locator("#outline")).to_match_aria_snapshot(
            """
            - tree "Outline of Office of the Deputy Director General for Operations":
              - treeitem /Office of the Deputy Director General .* 46 units below/ [expanded] [level=1]:
                - group:
                  - treeitem /Operations and Emergencies/ [expanded] [level=2]:
                    - group:
                      - treeitem /Preparedness and Response Division/ [expanded] [level=3]
            """  # noqa: E501  # an entry is one line
        )

    def test_counts_positions_among_all_siblings(self, tree: Page) -> None:
        entry = tree.locator("#outline [data-unit='protection-division']")
        assert [
            entry.get_attribute(f"aria-{name}") for name in ("level", "posinset", "setsize")
        ] == ["3", "5", "5"]

    def test_answers_to_its_keys(self, tree: Page) -> None:
        arrows = {"Down", "Up", "Left", "Right"}
        for keys, name in (
            ("Down", OPERATIONS),
            ("Up", OFFICE),
            ("Down Up", OFFICE),
            ("Down Down", RESPONSE),
            ("End", "Cash-based Initiatives Unit"),
            ("End Down", "Cash-based Initiatives Unit"),
            ("End Home", OFFICE),
            ("Right", OPERATIONS),
            ("Down Down Down Right", "Preparedness"),
            ("Down Down Down Left", RESPONSE),
            ("Down Left", OPERATIONS),
            ("Down Left Left", OFFICE),
            ("Down Left Down", PEACE),
            ("Down Left Right Down", RESPONSE),
            ("g", "Global Migration Health Support Unit"),
            ("g g", "Global Data Institute"),
            ("g l o b a l Space d a t a", "Global Data Institute"),
            ("g l o b a l Space m", "Global Migration Health Support Unit"),
            ("x", OFFICE),
        ):
            press(tree, *(f"Arrow{key}" if key in arrows else key for key in keys.split(" ")))
            expect_entry(tree, name)
            for twisty in tree.locator("#outline [aria-expanded='false'] > .twisty").all():
                twisty.click()
            press(tree, "Home")

    def test_opens_all_siblings_with_an_asterisk(self, tree: Page) -> None:
        entries = tree.locator("#outline [aria-level='2'][aria-expanded='true']")
        assert entries.count() == 5
        press(tree, "ArrowDown", "ArrowLeft", "ArrowDown", "ArrowLeft")
        expect(entries).to_have_count(3)
        press(tree, "*")
        expect(entries).to_have_count(5)
        expect_entry(tree, "Department of Peace and Development Coordination")

    @pytest.mark.parametrize("key", ["Enter", "Space"])
    def test_selects(self, tree: Page, key: str) -> None:
        # An arrow ends the name: a space right after a letter would be one more of it.
        press(tree, *"protection", "ArrowUp", "ArrowDown", key)
        expect(tree.locator("#panel h2")).to_have_text("Protection Division")
        expect(tree.locator("#outline [aria-selected]")).to_have_attribute(
            "data-unit", "protection-division"
        )
        expect_announced(tree, "Selected: Protection Division.")
        expect_entry(tree, "Protection Division")

    def test_leads_to_the_panel_with_enter_once_more(self, tree: Page) -> None:
        press(tree, *"protection", "Enter", "Enter")
        expect(focused(tree)).to_have_text("Protection Division")
        expect(focused(tree)).to_have_role("heading")
        press(tree, "Shift+F6")
        expect_entry(tree, "Protection Division")

    def test_connects_two_units(self, tree: Page) -> None:
        press(tree, *"protection", "Enter", "Home", "ArrowDown", "Shift+Enter")
        expect(tree).to_have_url(re.compile("[?&]unit=protection-division&"))
        expect(tree).to_have_url(re.compile("[?&]to=department-of-operations-and-emergencies$"))

    def test_shows_a_selection_of_another_view_and_expands_its_ancestors(self, tree: Page) -> None:
        press(tree, *"global d", "ArrowLeft")
        surveys = tree.locator("#outline [data-unit='surveys']")
        expect(surveys).to_be_hidden()
        tree.evaluate("remit.store.dispatch({ type: 'select', unit: 'surveys' })")
        expect(surveys).to_be_in_viewport()
        expect(surveys).to_have_attribute("aria-selected", "true")

    def test_keeps_collapsed_entries_when_it_is_drawn_again(self, tree: Page) -> None:
        press(tree, *"department of pr", "ArrowDown", *"migration health d", "ArrowLeft")
        expect_entry(tree, "Migration Health Division")
        press(tree, "ArrowLeft", "+")
        expect_announced(tree, "Focus: Department of Programme Support")
        expect_entry(tree, "Department of Programme Support and Migration Management")
        press(tree, "-")
        expect_announced(tree, "Focus: Office")
        health = tree.locator("#outline [data-unit='migration-health-division']")
        expect(health).to_have_attribute("aria-expanded", "false")
        expect_entry(tree, "Department of Programme Support and Migration Management")

    def test_expands_and_collapses_with_a_click_before_the_name(self, tree: Page) -> None:
        entry = tree.locator("#outline [data-unit='global-data-institute']")
        entry.locator(".twisty").click()
        expect(entry).to_have_attribute("aria-expanded", "false")
        expect(tree.locator("#outline [data-unit='surveys']")).to_be_hidden()
        entry.locator(".twisty").click()
        expect(tree.locator("#outline [data-unit='surveys']")).to_be_visible()
        assert tree.locator("html").get_attribute("data-unit") == ""

    def test_leads_on_where_the_picture_ends(self, page: Page, deep: str) -> None:
        Explorer(page, deep).open("?view=outline&focus=chain")
        press(page, "ArrowDown", *"chain 3")
        expect(focused(page)).to_have_attribute("aria-expanded", "false")
        press(page, "ArrowRight")
        page.wait_for_url("**&open=c3")
        expect_entry(page, "Chain 3")
        expect(focused(page)).to_have_attribute("aria-expanded", "true")
        expect(focused(page)).to_have_attribute("aria-level", "5")
        press(page, "ArrowRight")
        expect_entry(page, "Chain 4")

    def test_leads_on_from_a_group_and_counts_groups(self, page: Page, deep: str) -> None:
        Explorer(page, deep).open("?view=outline&focus=wide")
        groups = page.locator("#outline [data-focus-on^='wide~']")
        count = groups.count()
        assert 3 < count < 60
        assert groups.last.get_attribute("aria-setsize") == str(count)
        assert groups.last.get_attribute("aria-posinset") == str(count)
        name = groups.last.locator(".name").inner_text()
        groups.last.press("Enter")
        expect_announced(page, f"Focus: Wide: {name}")
        expect_entry(page, f"Wide: {name}")


class TestWalking:
    def test_moves_up_down_and_to_siblings_and_announces_where_it_ends(
        self, explorer: Explorer
    ) -> None:
        explorer.open()
        page = explorer.page
        press(page, "ArrowDown")
        expect_announced(
            page,
            "Department of Operations and Emergencies, Department, 8 units below;",
            "1 of 7 below Office of the Deputy Director General for Operations.",
        )
        press(page, "ArrowRight", "ArrowRight")
        expect_announced(page, "Department of Programme Support", "3 of 7 below")
        press(page, "ArrowLeft")
        expect_announced(page, "Department of Peace and Development Coordination", "2 of 7 below")
        press(page, "ArrowUp")
        expect_announced(page, "Office of the Deputy Director General for Operations", "the focus")
        for arrow, sentence in (
            ("ArrowUp", "No unit above."),
            ("ArrowRight", "No more units on this side."),
            ("ArrowDown", "1 of 7"),
            ("ArrowLeft", "No more units on this side."),
        ):
            press(page, arrow)
            expect_announced(page, sentence)
        press(page, "ArrowDown", "ArrowDown", "ArrowDown")
        expect_announced(page, "No units below.")

    def test_has_each_diagram_as_one_tab_stop(self, explorer: Explorer) -> None:
        page = explorer.page
        explorer.open("?unit=protection-division")
        before = {"Sunburst": ".encoding-menu summary", "Network": "#switches > :last-child"}
        for diagram, option in before.items():
            page.get_by_role("button", name=diagram, exact=True).click()
            page.locator(option).focus()
            press(page, "Tab")
            stop = page.get_by_role("application", name=f"{diagram} of Office")
            expect(stop).to_be_focused()
            expect_announced(
                page, "Protection Division, Division, 3 units below; 5 of 5", "Selected."
            )
            assert [node["name"] for node in explorer.nodes(".cursor")] == ["Protection Division"]
            press(page, "Tab")
            expect(stop).not_to_be_focused()
            assert explorer.nodes(".cursor") == []

    def test_marks_the_cursor_in_both_diagrams(self, explorer: Explorer) -> None:
        explorer.open()
        page = explorer.page
        press(page, "ArrowDown", "ArrowRight")
        assert [node["name"] for node in explorer.nodes(".cursor")] == [
            "Department of Peace and Development Coordination"
        ]
        ring = page.locator("#sunburst .cursor.line").get_attribute("d")
        assert ring == page.evaluate(
            """() => [...document.querySelectorAll("#sunburst g.slice")]
                .find(({ __data__ }) => remit.scene.node(__data__.data.data.id).name
                    === "Department of Peace and Development Coordination")
                .querySelector("path.surface").getAttribute("d")"""
        )

    def test_selects_with_enter_and_goes_on_from_there(self, explorer: Explorer) -> None:
        explorer.open()
        page = explorer.page
        press(page, "ArrowDown", "ArrowRight", "Enter")
        explorer.expect_panel("Department of Peace and Development Coordination")
        explorer.expect_marked("Department of Peace and Development Coordination")
        expect_announced(page, "Selected: Department of Peace and Development Coordination.")
        press(page, "ArrowRight")
        expect_announced(page, "3 of 7 below")

    def test_changes_the_focus_and_keeps_the_cursor(self, explorer: Explorer) -> None:
        page = explorer.page
        explorer.open("?unit=surveys")
        press(page, "ArrowUp", "ArrowUp", "+")
        explorer.expect_focus("global-data-institute")
        expect_announced(page, "Focus: Global Data Institute, Institute, 6 units below.")
        press(page, "ArrowUp")
        expect_announced(page, "press minus to go up")
        press(page, "-")
        explorer.expect_focus(TOP)
        press(page, "ArrowLeft")
        expect_announced(page, "Department of Policy and Research")

    def test_focuses_and_selects_a_unit_though_one_outside_was_selected(
        self, explorer: Explorer
    ) -> None:
        page = explorer.page
        explorer.open("?unit=surveys")
        press(page, "ArrowUp", "ArrowUp", "ArrowLeft", "+")
        explorer.expect_focus("department-of-policy-and-research")
        assert explorer.state("unit") == "department-of-policy-and-research"

    def test_leads_on_where_the_picture_ends(self, page: Page, deep: str) -> None:
        Explorer(page, deep).open("?view=network&focus=chain&unit=c5")
        press(page, "ArrowDown")
        expect_announced(page, "The units below are not shown; press plus to focus on this unit.")
        press(page, "+")
        expect_announced(page, "Focus: Chain 5")
        press(page, "ArrowDown")
        expect_announced(page, "Chain 6")

    def test_keeps_the_cursor_in_view(self, explorer: Explorer) -> None:
        page = explorer.page
        page.set_viewport_size({"width": 540, "height": 450})  # too small for the whole network
        explorer.open("?view=network")
        outside = f"""() => {{
            const cy = {NETWORK};
            const {{ x, y }} = cy.nodes(".cursor").renderedPosition();
            return x < 0 || y < 0 || x > cy.width() || y > cy.height();
        }}"""
        page.locator("#network").focus()
        expect(focused(page)).to_have_attribute("id", "network")
        heights = set()
        for key in ["ArrowDown", "ArrowRight"] * 20:  # opens what is below each unit
            press(page, key)
            explorer.rest()
            assert not page.evaluate(outside)
            heights.add(page.evaluate(f"() => {NETWORK}.pan().y"))
        assert len(explorer.nodes(".unit")) > 16
        assert len(heights) > 1

    def test_ignores_arrows_that_scroll(self, explorer: Explorer) -> None:
        page = explorer.page
        explorer.open("?unit=protection-division")
        page.locator("#panel").focus()
        press(page, "ArrowDown")
        page.wait_for_function("() => document.getElementById('panel').scrollTop > 0")
        expect(page.locator("#announcer")).to_be_empty()
        page.set_viewport_size({"width": 540, "height": 450})  # narrow and low: the page scrolls
        page.evaluate("document.activeElement.blur()")
        page.wait_for_timeout(300)  # the sunburst overflows until Plotly has resized it
        page.wait_for_function("() => document.scrollingElement.scrollHeight > innerHeight")
        press(page, "ArrowDown")
        page.wait_for_function("() => scrollY > 0")
        expect(page.locator("#announcer")).to_be_empty()


@pytest.mark.diagrams("still")
class TestTheKeysOfThePage:
    @pytest.mark.diagrams("living")
    def test_are_listed_in_a_dialog_that_gives_the_focus_back(self, explorer: Explorer) -> None:
        explorer.open()
        page = explorer.page
        press(page, "ArrowDown", "?")
        dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
        expect(dialog).to_be_visible()
        expect(dialog.get_by_role("definition").first).to_have_text("Search")
        press(page, "ArrowDown", "Escape")
        expect(dialog).to_be_hidden()
        expect(page.locator("#sunburst")).to_be_focused()
        expect_announced(page, "Department of Operations and Emergencies")

    def test_are_listed_after_a_click_too(self, explorer: Explorer) -> None:
        explorer.open()
        page = explorer.page
        button = page.get_by_role("button", name="Keyboard shortcuts", exact=True)
        button.click()
        page.get_by_role("button", name="Close").click()
        expect(page.locator("#keys-dialog")).to_be_hidden()
        expect(button).to_be_focused()

    def test_of_one_character_can_be_turned_off(self, explorer: Explorer) -> None:
        explorer.open()
        page = explorer.page
        press(page, "?", "Tab", "Enter", "Escape", "?", "/")
        expect(page.locator("#keys-dialog")).to_be_hidden()
        expect(page.locator("#search")).not_to_be_focused()
        page.reload()
        page.wait_for_selector(READY, state="attached")
        press(page, "?")
        expect(page.locator("#keys-dialog")).to_be_hidden()

    def test_do_not_work_in_fields(self, explorer: Explorer) -> None:
        explorer.open()
        page = explorer.page
        page.locator("#search").focus()
        page.keyboard.type("a?+-")
        expect(page.locator("#search")).to_have_value("a?+-")
        expect(page.locator("#keys-dialog")).to_be_hidden()

    @pytest.mark.diagrams("living")
    def test_lead_from_part_to_part(self, explorer: Explorer) -> None:
        page = explorer.page
        explorer.open("?unit=protection-division")
        for key, part in (
            ("F6", "#search"),
            ("F6", "#toolbar :focus"),
            ("F6", "#sunburst"),
            ("F6", "#panel h2"),
            ("F6", "#search"),
            ("Shift+F6", "#panel h2"),
            ("Shift+F6", "#sunburst"),
        ):
            press(page, key)
            expect(page.locator(part)).to_be_focused()


@pytest.mark.diagrams("still")
class TestTheFocus:
    def test_starts_at_the_skip_links(self, explorer: Explorer) -> None:
        page = explorer.page
        explorer.open("?unit=protection-division")
        press(page, "Tab")
        expect(focused(page)).to_have_text("Skip to the panel")
        expect(focused(page)).to_be_in_viewport()
        press(page, "Enter")
        expect(page.locator("#panel h2")).to_be_focused()
        page.get_by_role("link", name="Skip to the outline").press("Enter")
        expect_entry(page, "Protection Division")
        assert "#" not in page.url

    def test_goes_to_the_heading_when_a_link_of_the_panel_is_followed(
        self, explorer: Explorer
    ) -> None:
        page = explorer.page
        explorer.open("?unit=global-data-institute")
        explorer.section("composition").get_by_role("link").first.press("Enter")
        explorer.expect_panel("Displacement Tracking Matrix")
        expect(page.locator("#panel h2")).to_be_focused()
        press(page, "Escape")
        explorer.expect_panel("International Organization for Migration")
        expect(page.locator("#panel h2")).to_be_focused()

    def test_goes_to_the_last_step_of_the_breadcrumb(self, explorer: Explorer) -> None:
        explorer.open("?focus=global-data-institute")
        explorer.page.locator("#breadcrumb a").press("Enter")
        explorer.expect_focus(TOP)
        expect(explorer.page.locator("#breadcrumb [aria-current]")).to_be_focused()

    @pytest.mark.diagrams("living")
    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("#toolbar [data-value='network']", "#toolbar [data-value='network']"),
            (".sunburst-inset a[data-unit='protection-division']", "#sunburst"),
        ],
    )
    def test_stays_when_the_living_diagrams_replace_the_pictures(
        self, page: Page, served: str, before: str, after: str
    ) -> None:
        page.route("**/fragments/*/network.json*", lambda _: None)
        page.goto(served, wait_until="commit")
        page.locator(before).first.focus()
        page.unroute("**/fragments/*/network.json*")
        page.wait_for_selector(READY, state="attached")
        expect(page.locator(after).first).to_be_focused()

    @pytest.mark.diagrams("living")
    def test_is_visible_everywhere_in_light_and_dark(self, explorer: Explorer) -> None:
        page = explorer.page
        explorer.open("?unit=protection-division")
        unseen = []
        for _ in range(45):
            press(page, "Tab")
            unseen += page.evaluate(
                """() => ["light", "dark"].filter((theme) => {
                    remit.theme.chooseTheme(theme);
                    return !parseFloat(getComputedStyle(document.activeElement).outlineWidth);
                }).map((theme) => [theme, document.activeElement.outerHTML])"""
            )
        assert unseen == []


def test_a_task_is_done_with_keys_and_announcements_alone(explorer: Explorer) -> None:
    """Which units work with the Protection Division, and why?"""
    explorer.open()
    page = explorer.page
    press(page, "ArrowDown")
    for wanted in ("Department of Programme Support", "Protection Division"):
        for _ in range(9):
            if wanted in (page.locator("#announcer").text_content() or ""):
                break
            press(page, "ArrowRight")
        expect_announced(page, wanted)
        press(page, "ArrowDown" if wanted.startswith("Department") else "Enter")
    expect_announced(page, "Selected: Protection Division.")
    press(page, "Enter")
    expect(page.locator("#panel")).to_match_aria_snapshot(
        """
        - complementary "Selected unit":
          - heading "Protection Division" [level=2]
          - heading "Responsibilities" [level=3]
          - heading "Parts" [level=3]
          - heading "Related units" [level=3]
          - heading "Works with" [level=3]
        """
    )
    for _ in range(30):
        press(page, "Tab")
        if page.evaluate("Boolean(document.activeElement.closest('[data-section=related]'))"):
            break
    related = focused(page).text_content() or ""
    press(page, "Enter")
    expect_announced(page, f"Selected: {related}")
    expect(page.locator("#panel h2")).to_be_focused()
    expect(page.locator("#panel h2")).to_contain_text(related)
    press(page, "Shift+F6")
    expect_announced(page, related, "Selected.")


@dataclass(frozen=True)
class State:
    """A state in which axe checks the page, in light or in both schemes of colours."""

    query: str = ""
    act: Callable[[Page], object] = lambda _: None
    size: tuple[int, int] = DESKTOP
    schemes: tuple[Literal["light", "dark"], ...] = ("light",)
    diagrams: str = "still"


BOTH: tuple[Literal["light", "dark"], ...] = ("light", "dark")
FILTERED = "?types=division&themes=migration-health"
CONNECTED = "?unit=protection-division&to=surveys"


def choose_another(page: Page) -> None:
    page.get_by_role("button", name="How is this connected to …?").click()
    expect(page.locator("#choosing")).to_be_visible()


def enter_matrix(page: Page) -> None:
    page.locator("[role=grid] [tabindex='0']").first.focus()
    press(page, "ArrowDown", "ArrowRight")


def open_covering(page: Page) -> None:
    enter_matrix(page)
    press(page, "Control+Home", "ArrowRight", "Enter")
    expect(page.locator("#covering")).to_be_visible()


def lower_sheet(page: Page) -> None:
    handle = page.locator(".sheet-handle")
    handle.press("ArrowDown")
    handle.press("ArrowDown")
    expect(page.locator("html")).to_have_attribute("data-sheet", "peek")


def raise_sheet(page: Page) -> None:
    lower_sheet(page)
    page.locator(".sheet-handle").press("ArrowUp")
    expect(page.locator("html")).to_have_attribute("data-sheet", "half")


def raise_sheet_fully(page: Page) -> None:
    raise_sheet(page)
    page.locator(".sheet-handle").press("ArrowUp")
    expect(page.locator("html")).to_have_attribute("data-sheet", "full")


STATES = {
    "bare": State(),
    "selected": State("?unit=protection-division", schemes=BOTH, diagrams="living"),
    "unknown unit": State("?unit=nowhere"),
    "walking": State("", lambda page: press(page, "ArrowDown"), diagrams="living"),
    "keys": State("", lambda page: press(page, "?")),
    "embed dialog": State("", lambda page: page.locator("[data-action='embed']").first.click()),
    "download menu": State("", lambda page: page.locator("summary").first.click()),
    "outline": State("?view=outline&unit=surveys"),
    "outline of all relations": State("?view=outline&links=all&unit=surveys", schemes=BOTH),
    "embedded": State("embed?unit=surveys", diagrams="living"),
    "searched": State("?q=health"),
    "near": State("?q=xylophone"),
    "a hit is active": State("?q=health", lambda page: press(page, "ArrowDown")),
    "filtered": State(FILTERED),
    "nothing matches": State("?types=workstream&themes=migration-health"),
    "filter menu": State(FILTERED, lambda page: page.locator(".filter-menu summary").first.click()),
    "connected": State(CONNECTED, schemes=BOTH, diagrams="living"),
    "choosing": State("?unit=surveys", choose_another),
    "matrix": State("?view=matrix&unit=protection-division", schemes=BOTH),
    "matrix of references": State("?view=matrix&by=references&unit=surveys"),
    "a cell of the matrix": State("?view=matrix", enter_matrix),
    "who covers a theme": State("?view=matrix", open_covering),
    "embedded matrix": State("embed?view=matrix"),
    "embedded connection": State(f"embed{CONNECTED}"),
    "French": State("?lang=fr&unit=protection-division"),
    "phone": State("?unit=protection-division", size=PHONE, diagrams="living"),
    "phone, sheet down": State("?unit=protection-division", lower_sheet, PHONE),
    "phone, sheet up": State("?unit=protection-division", raise_sheet, PHONE, BOTH),
    "phone, sheet at the top": State("?unit=protection-division", raise_sheet_fully, PHONE),
    "phone outline": State("?view=outline", size=PHONE),
    "phone matrix": State("?view=matrix", size=PHONE),
    "phone, searched": State("?q=health", size=PHONE),
}


@pytest.mark.parametrize(
    "state",
    [
        pytest.param(state, id=name, marks=pytest.mark.diagrams(state.diagrams))
        for name, state in STATES.items()
    ],
)
def test_axe_finds_nothing(page: Page, served: str, state: State) -> None:
    page.set_viewport_size(dict(zip(("width", "height"), state.size, strict=True)))
    page.emulate_media(reduced_motion="reduce")
    Explorer(page, served).open(state.query)
    state.act(page)

    assert findings(page, state.schemes) == []
