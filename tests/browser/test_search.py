"""The search: the combobox, the hits in the diagrams, and the query in the address."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.browser.conftest import error_free, serve
from tests.browser.explorer import READY, Explorer

pytestmark = pytest.mark.diagrams("still")

TOP = {"unit": "office-of-the-deputy-director-general-for-operations", "name": "Deputy Director"}
INSTITUTE = {"unit": "global-data-institute", "name": "Global Data Institute"}
DTM = "displacement-tracking-matrix"
BORDERS = "immigration-and-border-governance-division"
SURVEYS = "surveys"
HITS = [
    {
        "unit": DTM,
        "name": "Displacement Tracking Matrix",
        "acronym": "DTM",
        "chain": [TOP, INSTITUTE],
        "name_marks": [[0, 12]],
        "matched": {"kind": "acronym", "heading": "", "text": "DTM", "marks": [[0, 3]]},
    },
    {
        "unit": BORDERS,
        "name": "Immigration and Border Governance Division",
        "acronym": "",
        "chain": [TOP],
        "name_marks": [],
        "matched": {
            "kind": "responsibility",
            "heading": "",
            "text": "Manages visa application centres",
            "marks": [[8, 12], [13, 24]],
        },
    },
    {
        "unit": SURVEYS,
        "name": "Surveys",
        "acronym": "",
        "chain": [TOP, INSTITUTE, {"unit": DTM, "name": "Displacement Tracking"}],
        "name_marks": [],
        "matched": None,
    },
]
NAMES = [str(hit["name"]) for hit in HITS]
LIT = {
    *NAMES,
    "Global Data Institute",
    "Department of Programme Support and Migration Management",
    "Office of the Deputy Director General for Operations",
}
"""Names of the hits and their ancestors."""


class Finder:
    """A replacement of the server's search that answers every query with the same three units."""

    def __init__(self, explorer: Explorer) -> None:
        self.explorer = explorer
        self.queries: list[str] = []
        self.hits: list[dict[str, Any]] = HITS
        self.near = False
        self.held: list[Route] | None = None
        """Requests that are held back; None answers every request at once."""

    def handle(self, route: Route) -> None:
        self.queries += parse_qs(urlsplit(route.request.url).query)["q"]
        if self.held is None:
            self.answer(route)
        else:
            self.held.append(route)

    def search(self, words: str = "visa") -> Page:
        """Type words into the field and wait for the list."""
        return searched(self.explorer, words)

    def answer(self, route: Route) -> None:
        route.fulfill(json={"hits": self.hits, "near": self.near})


@pytest.fixture
def unopened(explorer: Explorer) -> Iterator[Finder]:
    """The finder of a page that the test has yet to open."""
    finder = Finder(explorer)
    explorer.page.route("**/search?*", finder.handle)
    yield finder
    explorer.page.unroute("**/search?*")


@pytest.fixture
def finder(explorer: Explorer, unopened: Finder) -> Finder:
    explorer.open()
    return unopened


def field(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Search")


def options(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Search results").get_by_role("option")


def active(page: Page) -> str | None:
    """Return the name in the active option, which must be the only selected one."""
    named = field(page).get_attribute("aria-activedescendant")
    selected = page.locator("#search-hits [aria-selected='true']")
    if named is None:
        expect(selected).to_have_count(0)
        return None
    assert selected.get_attribute("id") == named
    return NAMES[int(named.rsplit("-", 1)[1])]


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def searched(explorer: Explorer, words: str) -> Page:
    """Type words into the field and wait for the list."""
    press(explorer.page, "/")
    explorer.page.keyboard.insert_text(words)
    expect(options(explorer.page).first).to_be_visible()
    return explorer.page


def expect_closed(page: Page) -> None:
    expect(field(page)).to_have_attribute("aria-expanded", "false")
    expect(page.locator("#search-hits")).to_be_hidden()
    assert "q=" not in page.url


def marked(explorer: Explorer) -> tuple[set[str], set[str]]:
    """Return the names of the hits in both diagrams."""
    sectors = explorer.page.evaluate(
        "[...document.querySelectorAll('#sunburst g.slice.hit')]"
        ".map((slice) => remit.scene.node(slice.__data__.data.data.id).name)"
    )
    return set(sectors), {node["name"] for node in explorer.nodes(".hit")}


def expect_marked(explorer: Explorer, names: tuple[set[str], set[str]]) -> None:
    """Wait until these are the hits in both diagrams, which are updated after the list."""
    explorer.expect(lambda: marked(explorer), names)


def dimmed(explorer: Explorer) -> tuple[set[str], set[str]]:
    sectors = {sector["name"] for sector in explorer.sectors() if sector["dimmed"]}
    return sectors, {node["name"] for node in explorer.nodes(".unit.dimmed")}


class TestTheList:
    def test_shows_the_hits_and_why_they_match(self, finder: Finder) -> None:
        page = finder.search()

        expect(page.get_by_role("search")).to_match_aria_snapshot("""
            - combobox "Search" [expanded]: visa
            - listbox "Search results":
              - option /Displacement Tracking Matrix DTM .* Deputy Director , Global Data Institute/
              - option /Border Governance.* Responsibility. Manages visa application centres/
              - option /Surveys .* Deputy Director , Global Data Institute , Displacement Tracking/
        """)
        expect(page.get_by_role("status").filter(has_text="3 units found")).to_be_attached()
        expect(options(page).nth(0).locator("mark")).to_have_text(["Displacement", "DTM"])
        expect(options(page).nth(1).locator("mark")).to_have_text(["visa", "application"])
        assert finder.queries[-1] == "visa"

    def test_arrow_keys_move_the_active_option_while_the_field_keeps_the_focus(
        self, explorer: Explorer, finder: Finder
    ) -> None:
        page = finder.search()
        for keys, expected in (
            ([], None),
            (["ArrowDown"], NAMES[0]),
            (["ArrowDown", "ArrowDown"], NAMES[1]),
            (["ArrowUp"], NAMES[2]),
            (["ArrowUp", "ArrowDown"], NAMES[0]),
            (["ArrowDown", "ArrowUp"], NAMES[2]),
            (["ArrowDown", "Home"], None),
            (["ArrowDown", "End"], None),
            (["ArrowDown", "ArrowLeft"], None),
            (["ArrowDown", "ArrowRight"], None),
        ):
            press(page, "End", *keys)  # at first none is active
            assert active(page) == expected, keys
            expect(field(page)).to_be_focused()
        assert explorer.state("unit") == ""

    def test_leaves_home_and_end_to_the_field(self, finder: Finder) -> None:
        page = finder.search()
        press(page, "Home", "x", "End", "y")

        expect(field(page)).to_have_value("xvisay")

    def test_opens_again_with_the_arrow_keys(self, finder: Finder) -> None:
        page = finder.search()
        for keys, expected in (
            (["Alt+ArrowDown"], None),
            (["ArrowDown"], NAMES[0]),
            (["ArrowUp"], NAMES[2]),
        ):
            press(page, "Escape")
            expect_closed(page)
            press(page, *keys)
            expect(options(page)).to_have_count(3)
            assert active(page) == expected
        press(page, "Alt+ArrowUp")
        expect_closed(page)

    def test_closes_when_the_focus_leaves(self, finder: Finder) -> None:
        page = finder.search()
        press(page, "Tab")
        expect_closed(page)
        expect(field(page)).not_to_be_focused()

        finder.search()
        page.locator(".legend").click()
        expect_closed(page)

    def test_shows_close_matches(self, finder: Finder) -> None:
        finder.near = True
        page = finder.search("zzz")

        expect(page.locator(".search")).to_contain_text("No exact match. Closest:")
        expect(options(page)).to_have_count(3)
        expect(
            page.get_by_role("status").filter(has_text="No exact match; 3 similar units")
        ).to_be_attached()

    def test_says_that_nothing_matches(self, explorer: Explorer) -> None:
        explorer.open()
        page = explorer.page
        press(page, "/")
        page.keyboard.type("xyzzy")

        expect(page.locator(".search .none")).to_have_text("No match")
        expect(page.locator(".search .none")).to_be_visible()
        expect(options(page)).to_have_count(0)
        press(page, "Enter")
        assert page.locator("html").get_attribute("data-unit") == ""

    def test_answers_the_last_query(self, explorer: Explorer, finder: Finder) -> None:
        page = explorer.page
        finder.held = []
        press(page, "/", "v", "i")
        page.wait_for_function("() => new URLSearchParams(location.search).get('q') === 'vi'")
        expect(field(page)).to_have_value("vi")
        page.wait_for_timeout(100)
        first, second = finder.held
        finder.answer(second)
        expect(options(page)).to_have_count(3)
        finder.hits = HITS[:1]
        finder.answer(first)
        page.wait_for_timeout(100)

        expect(options(page)).to_have_count(3)

    def test_reports_that_the_server_does_not_answer(self, explorer: Explorer) -> None:
        page = explorer.page
        page.route("**/search?*", lambda route: route.fulfill(body="no JSON"))
        explorer.open()
        press(page, "/", "v")
        expect(page.locator("#notice")).to_contain_text("The server is not responding")
        expect_closed(page)
        expect(field(page)).to_have_value("v")
        page.unroute("**/search?*")


class TestASearchThatIsBeingPrepared:
    def test_says_so_and_answers_when_it_is_ready(self, explorer: Explorer) -> None:
        page = explorer.page
        waiting = {"hits": [], "near": False, "preparing": True}
        answers = iter([waiting, waiting, {"hits": HITS, "near": False}])
        page.route("**/search?*", lambda route: route.fulfill(json=next(answers)))
        explorer.open()
        press(page, "/", "v", "Enter")

        expect(page.locator(".search .popup")).to_have_text(
            "The search is being prepared; the full answer appears when it is ready.",
            use_inner_text=True,
        )
        expect(page.locator("#search-status")).to_contain_text("being prepared")
        explorer.expect_panel(NAMES[0])
        page.unroute("**/search?*")

    def test_shows_what_it_finds_near_the_top_and_selects_the_best_of_all(
        self, explorer: Explorer
    ) -> None:
        page = explorer.page
        answer = {"hits": HITS[1:], "near": False, "preparing": True}
        page.route("**/search?*", lambda route: route.fulfill(json=answer))
        explorer.open()
        press(page, "/", "v", "Enter")

        expect(options(page)).to_have_count(2)
        expect(page.locator(".search .preparing")).to_be_visible()
        assert explorer.state("unit") == ""
        answer |= {"hits": HITS, "preparing": False}
        explorer.expect_panel(NAMES[0])
        expect_closed(page)
        page.unroute("**/search?*")


class TestChoosing:
    def test_enter_selects_the_first(self, explorer: Explorer, finder: Finder) -> None:
        page = finder.search()
        press(page, "Enter")

        explorer.expect_panel(NAMES[0])
        expect_closed(page)
        expect(field(page)).to_be_focused()
        expect(field(page)).to_have_value("visa")
        expect(page.get_by_role("status").filter(has_text=f"{NAMES[0]} is sel")).to_be_attached()
        page.keyboard.type("camp")
        expect(field(page)).to_have_value("camp")

    def test_enter_selects_the_active_option(self, explorer: Explorer, finder: Finder) -> None:
        page = finder.search()
        press(page, "ArrowDown", "ArrowDown", "Enter")

        explorer.expect_panel(NAMES[1])

    def test_enter_may_be_pressed_before_the_answer(
        self, explorer: Explorer, finder: Finder
    ) -> None:
        page = finder.search()
        finder.held = []
        press(page, "s", "ArrowDown", "ArrowDown", "Enter")
        page.wait_for_timeout(100)
        assert explorer.state("unit") == ""
        finder.hits = HITS[1:]
        finder.answer(finder.held[-1])

        explorer.expect_panel(NAMES[2])

    def test_a_click_selects_an_option(self, explorer: Explorer, finder: Finder) -> None:
        page = finder.search()
        options(page).nth(2).click()

        explorer.expect_panel(NAMES[2])
        expect_closed(page)
        expect(field(page)).to_be_focused()

    @pytest.mark.parametrize("way", ["key", "click"])
    def test_shift_connects(self, explorer: Explorer, unopened: Finder, way: str) -> None:
        explorer.open(f"?unit={SURVEYS}")
        page = unopened.search()
        if way == "key":
            press(page, "ArrowDown", "ArrowDown", "Shift+Enter")
        else:
            options(page).nth(1).click(modifiers=["Shift"])

        page.wait_for_url(f"**/?unit={SURVEYS}&to={BORDERS}")
        expect_closed(page)

    def test_escape_goes_back_step_by_step(self, explorer: Explorer, unopened: Finder) -> None:
        explorer.open(f"?unit={DTM}")
        page = unopened.search()

        press(page, "Escape")
        expect_closed(page)
        expect(field(page)).to_have_value("visa")
        press(page, "Escape")
        expect(field(page)).to_have_value("")
        assert explorer.state("unit") == DTM
        press(page, "Escape")
        assert explorer.state("unit") == ""

    def test_the_button_clears_the_field(self, finder: Finder) -> None:
        page = finder.search()
        page.get_by_role("button", name="Clear").click()

        expect_closed(page)
        expect(field(page)).to_have_value("")
        expect(field(page)).to_be_focused()
        expect(page.get_by_role("button", name="Clear")).to_be_hidden()


class TestTheHits:
    @pytest.mark.diagrams("living")
    def test_are_marked_in_both_diagrams_while_the_list_is_open(
        self, explorer: Explorer, finder: Finder
    ) -> None:
        page = finder.search()
        expect_marked(explorer, (set(NAMES), set(NAMES)))
        for names in dimmed(explorer):
            assert len(names) == 47 - len(LIT)
            assert not names & LIT

        press(page, "Escape")
        expect_marked(explorer, (set(), set()))
        assert dimmed(explorer) == (set(), set())

    @pytest.mark.diagrams("living")
    def test_mark_the_fold_that_contains_them(self, explorer: Explorer, finder: Finder) -> None:
        finder.hits = [{**HITS[2], "unit": "not-in-the-picture"}]
        finder.search()

        expect_marked(explorer, ({NAMES[0]}, {NAMES[0]}))

    def test_are_marked_in_the_outline(self, explorer: Explorer, unopened: Finder) -> None:
        explorer.open("?view=outline")
        page = unopened.search()
        found = page.locator("#outline .found .name")
        expect(found).to_have_text(NAMES[1:2] + NAMES[:1] + NAMES[2:])

        press(page, "Escape")
        expect(page.locator("#outline .found")).to_have_count(0)

    @pytest.mark.diagrams("living")
    def test_the_active_option_is_highlighted(self, explorer: Explorer, finder: Finder) -> None:
        page = finder.search()
        press(page, "ArrowDown", "ArrowDown")
        assert NAMES[1] in {sector["name"] for sector in explorer.sectors() if sector["lifted"]}

        press(page, "Escape")
        assert not any(sector["lifted"] for sector in explorer.sectors())


class TestTheAddress:
    def test_has_the_query_while_the_list_is_open(self, explorer: Explorer, finder: Finder) -> None:
        page = explorer.page
        steps = page.evaluate("history.length")
        finder.search("50% “æ” 🙂 &")

        page.wait_for_url(lambda url: parse_qs(urlsplit(url).query).get("q") == ["50% “æ” 🙂 &"])
        assert page.evaluate("history.length") == steps

    @pytest.mark.diagrams("living")
    @pytest.mark.usefixtures("unopened")
    def test_opens_the_list_at_load(self, explorer: Explorer) -> None:
        explorer.open("?q=visa+centre")
        page = explorer.page

        expect(options(page)).to_have_count(3)
        expect(field(page)).to_have_value("visa centre")
        expect(field(page)).to_be_focused()
        expect_marked(explorer, (set(NAMES), set(NAMES)))
        page.reload()
        page.wait_for_selector(READY, state="attached")
        expect(options(page)).to_have_count(3)

    def test_restores_the_list_after_back_and_forward(
        self, explorer: Explorer, finder: Finder
    ) -> None:
        page = finder.search()
        press(page, "Enter")
        explorer.expect_panel(NAMES[0])

        page.go_back()
        expect(options(page)).to_have_count(3)
        assert explorer.state("unit") == ""
        page.go_forward()
        expect_closed(page)
        explorer.expect_panel(NAMES[0])

    def test_of_an_embed_has_no_query(self, explorer: Explorer, unopened: Finder) -> None:
        page = explorer.page
        explorer.open("embed?q=visa")
        page.keyboard.press("/")

        expect(page.locator(".picture .hit")).to_have_count(0)
        assert unopened.queries == []
        expect(page.get_by_role("link", name="Open the full page")).to_have_attribute(
            "href", explorer.address
        )


class TestAnyText:
    def test_of_ten_thousand_letters_is_cut(self, explorer: Explorer, finder: Finder) -> None:
        page = explorer.page
        field(page).fill("word " * 2000)

        expect(options(page)).to_have_count(3)
        assert finder.queries == [("word " * 40).strip()]
        press(page, "Enter")
        explorer.expect_panel(NAMES[0])


def test_names_are_text(page: Page, tmp_path: Path) -> None:
    table = tmp_path / "hostile.csv"
    names = ["<img src=x onerror=alert(1)>", "__proto__ <b>bold</b>", "{name} constructor"]
    rows = ["id,name,parent_id", f"top,{names[0]},", f"__proto__,{names[1]},top"]
    table.write_text("\n".join([*rows, f"constructor,{names[2]},top"]), encoding="utf-8")
    with serve(table) as address:
        explorer = Explorer(page, address)
        explorer.open()
        for name in names:
            field(page).fill(name)
            expect(options(page).first).to_contain_text(name)
            expect(page.get_by_role("status").filter(has_text=name)).to_be_attached()
            press(page, "ArrowDown", "Enter")
            explorer.expect_panel(name)
        expect(page.locator("#search-hits :is(img, b)")).to_have_count(0)


def test_finds_the_unit(explorer: Explorer) -> None:
    explorer.open()
    page = searched(explorer, "visa application")
    expect(options(page).first).to_contain_text(NAMES[1])
    press(page, "Enter")
    explorer.expect_panel(NAMES[1])


def test_a_query_without_hits_opens_nothing(explorer: Explorer, finder: Finder) -> None:
    finder.hits = []
    field(explorer.page).fill("???")
    explorer.page.wait_for_function("() => !new URLSearchParams(location.search).has('q')")

    expect_closed(explorer.page)
    expect(field(explorer.page)).to_have_value("???")


def test_slash_can_be_typed_in_fields(finder: Finder) -> None:
    page = finder.search("a/b")
    expect(field(page)).to_have_value("a/b")

    page.get_by_role("button", name="Embed").click()
    press(page, "/")
    expect(field(page)).not_to_be_focused()


def test_on_a_phone_the_list_has_the_width_of_the_window(browser: Browser, served: str) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, locale="en"
    )
    context.add_init_script("window.violations = [];")
    for page in error_free_phone(context.new_page()):
        explorer = Explorer(page, served)
        page.route("**/search?*", (finder := Finder(explorer)).handle)
        explorer.open()
        expect(field(page)).to_have_attribute("enterkeyhint", "search")
        field(page).fill("visa")
        expect(options(page)).to_have_count(3)
        assert finder.queries == ["visa"]
        for option in options(page).all():
            box = option.bounding_box()
            assert box
            assert box["height"] >= 44
            assert box["width"] >= 350
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        options(page).nth(1).tap()
        explorer.expect_panel(NAMES[1])
        expect(field(page)).not_to_be_focused()
    context.close()


def error_free_phone(page: Page) -> Iterator[Page]:
    """Yield a page of the size of a phone that is checked for errors at the end."""
    for checked in error_free(page):
        checked.set_viewport_size({"width": 390, "height": 844})
        yield checked


class TestTheAddressWhileTyping:
    @pytest.mark.usefixtures("unopened")
    def test_is_written_once_typing_ends(self, explorer: Explorer) -> None:
        explorer.open()
        page = explorer.page
        page.evaluate(
            "() => { const write = history.replaceState; window.written = 0;"
            " history.replaceState = (...arguments_) => {"
            " window.written += 1; return write.apply(history, arguments_); } }"
        )
        press(page, "/")
        page.keyboard.type("visa")
        page.wait_for_url("**/?q=visa")
        assert page.evaluate("window.written") == 1

        press(page, "Enter")
        page.wait_for_url(f"**/?unit={DTM}")
        page.go_back()
        page.wait_for_url("**/?q=visa")

    def test_that_the_browser_refuses_to_write_does_no_harm(
        self, explorer: Explorer, finder: Finder
    ) -> None:
        page = explorer.page
        page.evaluate(
            "() => { for (const kind of ['pushState', 'replaceState']) history[kind] = () => {"
            " throw new DOMException('too often', 'SecurityError'); } }"
        )
        finder.search()
        press(page, "Enter")
        explorer.expect_panel(NAMES[0])
        expect(field(page)).to_have_attribute("aria-expanded", "false")
