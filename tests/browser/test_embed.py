"""Remit inside a page of another origin, in a real Chromium."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Page, Route, expect

from components.settings import Settings
from tests.browser.conftest import RECORD_VIOLATIONS, error_free, serve
from tests.browser.explorer import NETWORK, POINT_OF_NODE, READY, Explorer
from tests.browser.host import Host, command, serve_pages

TOP = "office-of-the-deputy-director-general-for-operations"
DTM, GDI = "displacement-tracking-matrix", "global-data-institute"
EXAMPLE = Path(__file__).parents[2] / "docs" / "embedding-example.html"
ZOOM_AND_PAN = f"() => JSON.stringify([{NETWORK}.zoom(), {NETWORK}.pan()])"
SETTLED = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 200)))"


@pytest.fixture(scope="session")
def elsewhere() -> Iterator[tuple[str, dict[str, str]]]:
    with serve_pages() as served_pages:
        yield served_pages


@pytest.fixture(scope="module")
def listing(elsewhere: tuple[str, dict[str, str]]) -> Iterator[str]:
    """A server whose list of hosts has the one that is elsewhere."""
    listed = ("https://intranet.example", elsewhere[0])
    with serve(Settings().dataset, framed_by=listed) as address:
        yield address


@pytest.fixture
def host(page: Page, elsewhere: tuple[str, dict[str, str]]) -> Host:
    return Host(page, *elsewhere)


def iframe(address: str, query: str = "", attributes: str = 'width="1000" height="700"') -> str:
    return f'<iframe src="{address}embed{query}" title="Remit" {attributes}></iframe>'


def state(frame: Frame) -> dict[str, Any]:
    """Return everything that a reader could notice in a frame."""
    found: dict[str, Any] = frame.evaluate(
        "({ ...document.documentElement.dataset, address: location.href,"
        " panel: document.getElementById('panel').textContent })"
    )
    return found


def test_it_draws_both_diagrams_without_header_and_search(host: Host, served: str) -> None:
    host.open(iframe(served, attributes='width="1600" height="900"'))
    frame = host.frame()
    for part in ("#sunburst", "#network", "#panel", "#breadcrumb"):
        expect(frame.locator(part)).to_be_visible()
    for part in (".page-header p", "#search", "[data-action='embed']", "[data-action='theme']"):
        expect(frame.locator(part).first).to_be_hidden()
    assert frame.evaluate(f"{NETWORK}.nodes('.unit').length") == 47
    assert frame.evaluate("document.querySelectorAll('#sunburst g.slice').length") == 47
    assert frame.evaluate("violations") == []
    assert [len(host.messages(kind)) for kind in ("ready", "unit")] == [1, 1]


SANDBOX = 'sandbox="allow-scripts allow-same-origin allow-downloads" width="1000" height="700"'


def test_it_follows_a_link_in_its_panel_and_notifies_its_host_even_in_a_sandbox(
    host: Host, served: str
) -> None:
    host.open(iframe(served, f"?unit={DTM}", SANDBOX))
    frame = host.frame()
    host.wait_for(type="unit", unit=DTM, name="Displacement Tracking Matrix", focus=TOP)
    steps = host.page.evaluate("history.length")
    frame.locator("#panel [data-section='composition'] a").first.click()
    expect(frame.locator("#panel h2")).to_contain_text("Mobility tracking")
    host.wait_for(type="unit", unit="mobility-tracking")
    assert "unit=mobility-tracking" in frame.url
    assert host.page.evaluate("history.length") == steps
    assert {message["remit"] for message in host.page.evaluate("messages")} == {1}
    assert frame.evaluate("violations") == []


@pytest.mark.diagrams("still")
def test_its_own_parameters_stay_in_its_address(page: Page, served: str) -> None:
    page.set_viewport_size({"width": 900, "height": 700})
    explorer = Explorer(page, served)
    explorer.open("embed?panel=0&theme=dark&colour=red&unit=surveys")
    expect(page.locator("#panel")).to_be_hidden()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.get_by_role("button", name="Network", exact=True).click()
    page.wait_for_url("**/embed?unit=surveys&view=network&panel=0&theme=dark")
    page.reload()
    page.wait_for_selector(READY, state="attached")
    expect(page.locator("html")).to_have_attribute("data-view", "network")
    expect(page.locator("#panel")).to_be_hidden()


@pytest.mark.diagrams("still")
def test_it_links_to_the_full_page_in_the_same_state(page: Page, served: str) -> None:
    page.set_viewport_size({"width": 900, "height": 700})
    Explorer(page, served).open(f"embed?unit={DTM}&focus={GDI}&panel=0&theme=dark")
    link = page.get_by_role("link", name="Open the full page")
    expect(link).to_have_attribute("href", f"{served}?unit={DTM}&focus={GDI}")
    page.keyboard.press("Escape")
    expect(link).to_have_attribute("href", f"{served}?focus={GDI}")


@pytest.mark.diagrams("still")
def test_the_theme_is_that_of_the_address_or_the_system_and_is_not_stored(
    page: Page, served: str
) -> None:
    explorer = Explorer(page, served)
    page.goto(f"{served}healthz")
    page.evaluate("localStorage.setItem('remit-theme', 'dark')")
    root = page.locator("html")
    for query, theme in {"": "light", "?theme=auto": "light", "?theme=dark": "dark"}.items():
        explorer.open(f"embed{query}")
        expect(root).to_have_attribute("data-theme", theme)
    explorer.open("embed?theme=light")
    page.emulate_media(color_scheme="dark")
    expect(root).to_have_attribute("data-theme", "light")
    explorer.open("embed")
    expect(root).to_have_attribute("data-theme", "dark")
    page.emulate_media(color_scheme="light")
    expect(root).to_have_attribute("data-theme", "light")
    assert page.evaluate("localStorage.getItem('remit-theme')") == "dark"


class TestTheHeight:
    @pytest.mark.diagrams("still")
    def test_is_posted_and_stays_stable_in_a_host_that_applies_it(
        self, host: Host, served: str
    ) -> None:
        follow = "<script>window.follows = true</script>"
        host.open(follow + iframe(served, attributes='width="1000" height="100"'))
        frame = host.frame()
        for width, query in ((1000, ""), (320, ""), (700, "network"), (1400, "both")):
            host.page.locator("iframe").evaluate("(frame, width) => (frame.width = width)", width)
            if query:
                frame.locator(f"button[data-value='{query}']").click()
            self.expect_fit(host, frame)
        assert len(host.messages("height")) < 20

    @staticmethod
    def expect_fit(host: Host, frame: Frame) -> None:
        frame.evaluate(SETTLED)
        height = host.messages("height")[-1]["height"]
        frame.wait_for_function(f"() => innerHeight === {height}")
        frame.evaluate(SETTLED)
        assert host.messages("height")[-1]["height"] == height
        assert frame.evaluate("document.documentElement.scrollHeight") == height

    @pytest.mark.parametrize("width", [400, 1000])
    @pytest.mark.diagrams("still")
    def test_does_not_depend_on_the_height_of_the_frame(
        self, host: Host, served: str, width: int
    ) -> None:
        host.open(iframe(served, attributes=f'width="{width}" height="600"'))
        frame = host.frame()
        frame.evaluate(SETTLED)
        heights = host.messages("height")
        for height in (60, 3000, heights[-1]["height"]):
            host.page.locator("iframe").evaluate(
                "(frame, height) => (frame.height = height)", height
            )
            frame.wait_for_function(f"() => innerHeight === {height}")
            frame.evaluate(SETTLED)
        assert host.messages("height") == heights

    def test_does_not_depend_on_the_selection(self, host: Host, served: str) -> None:
        host.open(iframe(served, attributes='width="360" height="600"'))
        frame = host.frame()
        frame.evaluate(SETTLED)
        heights = host.messages("height")
        for unit in ("department-of-policy-and-research", GDI, "iom-development-fund-unit"):
            host.post(command("select", unit))
            host.wait_for(type="unit", unit=unit)
        frame.evaluate(SETTLED)
        assert host.messages("height") == heights


class TestTheHost:
    def test_selects_by_id_or_acronym_and_focuses(self, host: Host, served: str) -> None:
        host.open(iframe(served))
        frame = host.frame()
        host.post(command("select", "protection-division"))
        host.wait_for(
            type="unit", unit="protection-division", name="Protection Division", focus=TOP
        )
        expect(frame.locator("#panel h2")).to_contain_text("Protection Division")
        host.post(command("focus", GDI))
        host.post(command("select", "DTM"))
        host.wait_for(type="unit", unit=DTM, focus=GDI)
        host.post(command("select", None))
        host.wait_for(type="unit", unit=None, name=None, focus=GDI)
        host.post(command("focus", None))
        host.wait_for(type="unit", unit=None, focus=TOP)

    def test_with_an_unknown_unit_shows_the_message_of_the_panel(
        self, host: Host, served: str
    ) -> None:
        host.open(iframe(served, f"?unit={DTM}"))
        frame = host.frame()
        host.post(command("select", "displacement-traking"))
        expect(frame.locator("#panel h2")).to_have_text("No such unit")
        host.wait_for(type="unit", unit=None, name=None)

    def test_of_a_list_can_send_commands_and_gets_messages(self, host: Host, listing: str) -> None:
        host.open(iframe(listing))
        host.frame()
        host.post(command("select", DTM))
        host.wait_for(type="unit", unit=DTM)
        assert {message["origin"] for message in host.messages("unit")} == {listing.rstrip("/")}

    def test_under_another_name_is_another_host(
        self, context: BrowserContext, elsewhere: tuple[str, dict[str, str]]
    ) -> None:
        origin, pages = elsewhere
        by_name = origin.replace("127.0.0.1", "localhost")
        page = context.new_page()
        refusals: list[str] = []
        page.on("console", lambda message: refusals.append(message.text))
        with serve(Settings().dataset, framed_by=(by_name,)) as address:
            Host(page, origin, pages).open(iframe(address))
            self.expect_refusal(page, refusals)
            host = Host(page, by_name, pages)
            host.open(iframe(address))
            host.frame()
            host.post(command("select", DTM))
            host.wait_for(type="unit", unit=DTM)
        page.close()

    @pytest.mark.parametrize(
        ("framed_by", "path"),
        [
            ((), "embed"),
            (("https://intranet.example",), "embed"),
            (("*",), ""),
            (("*",), "healthz"),
        ],
    )
    def test_is_refused_by_the_setting_and_on_all_pages_but_the_embed(
        self,
        context: BrowserContext,
        elsewhere: tuple[str, dict[str, str]],
        framed_by: tuple[str, ...],
        path: str,
    ) -> None:
        page = context.new_page()
        refusals: list[str] = []
        page.on("console", lambda message: refusals.append(message.text))
        with serve(Settings().dataset, framed_by=framed_by) as address:
            Host(page, *elsewhere).open(f'<iframe src="{address}{path}"></iframe>')
            self.expect_refusal(page, refusals)
        page.close()

    @staticmethod
    def expect_refusal(page: Page, refusals: list[str]) -> None:
        page.wait_for_load_state("networkidle")
        assert any("frame-ancestors" in refusal for refusal in refusals)
        assert page.frames[1].url.startswith("chrome-error:")
        assert page.evaluate("messages") == []


GOOD = command("select", "surveys")
POST_FROM = "<script>parent.frames[0].postMessage({message}, '*')</script>"
MALFORMED = {
    "text": "'select'",
    "a number": "1",
    "nothing": "null",
    "an array": "[1, 'select', 'surveys']",
    "an array with the names": f"Object.assign([], {GOOD})",
    "a map": f"new Map(Object.entries({GOOD}))",
    "a date": f"Object.assign(new Date(), {GOOD})",
    "an error": f"Object.assign(new Error('select'), {GOOD})",
    "no version": "{ type: 'select', unit: 'surveys' }",
    "another version": "{ remit: 2, type: 'select', unit: 'surveys' }",
    "a version as text": "{ remit: '1', type: 'select', unit: 'surveys' }",
    "an unknown type": "{ remit: 1, type: 'clear', unit: 'surveys' }",
    "the name of an event of the state": "{ remit: 1, type: 'restore', unit: 'surveys' }",
    "no type": "{ remit: 1, unit: 'surveys' }",
    "no unit": "{ remit: 1, type: 'select' }",
    "more than is known": f"{{ ...{GOOD}, view: 'network' }}",
    "a number for a unit": "{ remit: 1, type: 'select', unit: 7 }",
    "an object for a unit": "{ remit: 1, type: 'select', unit: { toString: 'surveys' } }",
    "a list for a unit": "{ remit: 1, type: 'select', unit: ['surveys'] }",
    "a String for a unit": "{ remit: 1, type: 'select', unit: new String('surveys') }",
    "an empty unit": "{ remit: 1, type: 'select', unit: '' }",
    "a very long unit": "{ remit: 1, type: 'select', unit: 'surveys'.repeat(100000) }",
    "a prototype": 'JSON.parse(\'{"__proto__": {"type": "select", "unit": "surveys"},'
    ' "remit": 1, "type": "select"}\')',
    "a getter that gives something else": "{ remit: 1, type: 'select', get unit() { return {}; } }",
    "a loop": "(() => { const it = { remit: 1, type: 'select' }; it.unit = it; return it; })()",
}


class TestHostileMessages:
    """Messages other than commands of the host are ignored."""

    @staticmethod
    def expect_only(host: Host, frame: Frame, before: dict[str, Any]) -> None:
        """Assert that nothing has changed, and that a command still works."""
        frame.evaluate(SETTLED)
        assert state(frame) == before
        count = len(host.messages("unit"))
        host.post(command("select", "protection-division"))
        host.wait_for(type="unit", unit="protection-division")
        assert len(host.messages("unit")) == count + 1

    def test_of_the_wrong_shape_also_in_a_flood(self, host: Host, served: str) -> None:
        host.open(iframe(served))
        frame = host.frame()
        host.wait_for(type="unit", unit=None)
        before = state(frame)
        for message in MALFORMED.values():
            host.post(message)
        host.page.evaluate(
            """(messages) => {
                for (let index = 0; index < 1000; index += 1) {
                    frames[0].postMessage(messages[index % messages.length], "*");
                }
            }""",
            [{"remit": 1, "type": "focus"}, "select", 7, {"remit": 1, "type": "x", "unit": "DTM"}],
        )
        self.expect_only(host, frame, before)

    def test_of_another_origin(self, host: Host, listing: str) -> None:
        host.open(iframe(listing))
        frame = host.frame()
        host.wait_for(type="unit", unit=None)
        before = state(frame)
        for origin in ("https://evil.example", "null", "", host.address + ".evil.example"):
            # No other origin can be the parent: whom the policy refuses frames nothing.
            frame.evaluate(
                f"""(origin) => window.dispatchEvent(new MessageEvent("message", {{
                    source: window.parent, origin, data: {GOOD},
                }}))""",
                origin,
            )
        self.expect_only(host, frame, before)

    def test_of_a_sibling_a_popup_and_itself(self, host: Host, listing: str) -> None:
        host.open(iframe(listing))
        frame = host.frame()
        host.wait_for(type="unit", unit=None)
        before = state(frame)
        host.pages["/sibling"] = POST_FROM.replace("{message}", GOOD)
        host.pages["/popup"] = POST_FROM.replace("{message}", GOOD).replace("parent", "opener")
        host.page.evaluate(
            """() => new Promise((done) => {
                const sibling = document.createElement("iframe");
                sibling.src = "/sibling";
                sibling.onload = done;
                document.body.append(sibling);
            })"""
        )
        with host.page.expect_popup() as popup:
            host.page.evaluate("void window.open('/popup')")
        popup.value.wait_for_load_state()
        popup.value.close()
        frame.evaluate(f"window.postMessage({GOOD}, '*')")
        self.expect_only(host, frame, before)

    def test_to_an_embed_without_a_host(self, page: Page, served: str) -> None:
        Explorer(page, served).open("embed")
        page.evaluate(f"window.postMessage({GOOD}, '*')")
        page.evaluate(SETTLED)
        expect(page.locator("html")).to_have_attribute("data-unit", "")

    @pytest.mark.diagrams("still")
    def test_to_the_full_page(self, page: Page, served: str) -> None:
        explorer = Explorer(page, served)
        explorer.open()
        page.evaluate(f"window.postMessage({GOOD}, '*')")
        page.get_by_role("button", name="Embed").first.click()
        page.frame_locator("#embed-dialog iframe").locator(READY).wait_for(state="attached")
        for message in ("null", "'height'", "{ remit: 1, type: 'height' }", GOOD):
            page.frames[1].evaluate(f"window.parent.postMessage({message}, '*')")
        page.evaluate(SETTLED)
        expect(page.locator("#embed-dialog textarea")).to_have_value(re.compile(r'height="\d+"'))
        expect(page.locator("html")).to_have_attribute("data-unit", "")

    def test_before_it_is_ready(self, host: Host, served: str) -> None:
        held: list[Route] = []
        host.page.route("**/fragments/*/network.json*", lambda route: held.append(route))  # noqa: PLW0108  # as above
        host.open(iframe(served))
        frame = host.page.frames[1]
        frame.wait_for_selector("#panel h2")
        host.post(GOOD)
        frame.evaluate(SETTLED)
        for route in held:
            route.continue_()
        host.page.unroute("**/fragments/*/network.json*")
        host.frame()
        host.wait_for(type="unit", unit=None)
        self.expect_only(host, frame, state(frame))

    def test_in_a_flood_of_commands_cause_few_requests(self, host: Host, served: str) -> None:
        host.open(iframe(served))
        host.frame()
        host.wait_for(type="unit", unit=None)
        requested: list[str] = []
        host.page.on("request", lambda request: requested.append(request.url))
        host.page.evaluate(
            """() => {
                for (let index = 1000; index >= 0; index -= 1) {
                    const unit = index ? `unit-${index}` : "surveys";
                    frames[0].postMessage({ remit: 1, type: "select", unit }, "*");
                }
            }"""
        )
        host.wait_for(type="unit", unit="surveys")
        assert len(requested) < 50


class TestTheWheel:
    @pytest.fixture
    def long_page(self, host: Host, served: str) -> tuple[Host, Frame]:
        host.open(
            iframe(served, "?view=network", 'width="1000" height="760"')
            + '<p id="below" style="height: 3000px">Below</p>'
        )
        return host, host.frame()

    @staticmethod
    def scroll(host: Host) -> float:
        scrolled: float = host.page.evaluate("scrollY")
        return scrolled

    def test_zooms_with_ctrl_but_scrolls_the_host_until_the_network_is_clicked(
        self, long_page: tuple[Host, Frame]
    ) -> None:
        host, frame = long_page
        at_first = frame.evaluate(ZOOM_AND_PAN)
        host.page.mouse.move(300, 400)
        host.page.keyboard.down("Control")
        host.page.mouse.wheel(0, 100)
        frame.wait_for_function(f"(before) => ({ZOOM_AND_PAN})() !== before", arg=at_first)
        host.page.keyboard.up("Control")
        assert self.scroll(host) == 0

        before = frame.evaluate(ZOOM_AND_PAN)
        host.page.mouse.wheel(0, 100)
        host.page.wait_for_function("() => scrollY >= 100")
        assert frame.evaluate(ZOOM_AND_PAN) == before
        expect(frame.locator("[data-hint]")).to_have_count(1)

        host.page.mouse.click(300, 250)
        host.page.mouse.wheel(0, 100)
        frame.wait_for_function(f"(before) => ({ZOOM_AND_PAN})() !== before", arg=before)
        assert self.scroll(host) == 100

        host.page.evaluate("scrollTo(0, 300)")
        host.page.mouse.click(500, 700)  # below the frame
        zoomed = frame.evaluate(ZOOM_AND_PAN)
        host.page.mouse.move(300, 200)
        host.page.mouse.wheel(0, 100)
        host.page.wait_for_function("() => scrollY >= 400")
        assert frame.evaluate(ZOOM_AND_PAN) == zoomed

    def test_zooms_once_the_keyboard_is_in_the_network(self, long_page: tuple[Host, Frame]) -> None:
        host, frame = long_page
        before = frame.evaluate(ZOOM_AND_PAN)
        zoom_in = frame.get_by_role("button", name="Zoom in")
        zoom_in.focus()
        host.page.keyboard.press("Enter")
        frame.wait_for_function(f"(before) => ({ZOOM_AND_PAN})() !== before", arg=before)
        zoomed = frame.evaluate(ZOOM_AND_PAN)
        host.page.mouse.move(300, 400)
        host.page.mouse.wheel(0, 100)
        frame.wait_for_function(f"(before) => ({ZOOM_AND_PAN})() !== before", arg=zoomed)
        assert self.scroll(host) == 0

    def test_zooms_the_network_of_the_full_page(self, explorer: Explorer) -> None:
        explorer.open()
        before = explorer.page.evaluate(ZOOM_AND_PAN)
        x, y = explorer.page.evaluate(POINT_OF_NODE, "Protection Division")
        explorer.page.mouse.move(x, y)
        explorer.page.mouse.wheel(0, 100)
        explorer.page.wait_for_function(f"(before) => ({ZOOM_AND_PAN})() !== before", arg=before)


class TestFingers:
    @pytest.fixture
    def touched(
        self, browser: Browser, elsewhere: tuple[str, dict[str, str]], served: str
    ) -> Iterator[tuple[Host, Frame]]:
        context = browser.new_context(
            has_touch=True, is_mobile=True, viewport={"width": 400, "height": 700}
        )
        context.add_init_script(RECORD_VIOLATIONS)
        for page in error_free(context.new_page()):
            page.set_viewport_size({"width": 400, "height": 700})
            host = Host(page, *elsewhere)
            host.open(
                '<meta name="viewport" content="width=device-width">'
                + iframe(served, "?view=network", 'width="400" height="1100" frameborder="0"')
                + '<p style="height: 3000px">Below</p>'
            )
            yield host, host.frame()
        context.close()

    @staticmethod
    def drag(page: Page, starts: list[tuple[int, int]], ends: list[tuple[int, int]]) -> None:
        session = page.context.new_cdp_session(page)

        def send(kind: str, points: list[tuple[float, float]]) -> None:
            touches = [{"x": x, "y": y, "id": at} for at, (x, y) in enumerate(points)]
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

        send("touchStart", [*starts])
        for step in range(1, 9):
            send(
                "touchMove",
                [
                    (a + (c - a) * step / 8, b + (d - b) * step / 8)
                    for (a, b), (c, d) in zip(starts, ends, strict=True)
                ],
            )
        page.evaluate(SETTLED)  # fingers that rest before they leave throw nothing
        send("touchEnd", [])
        session.detach()

    def test_one_scrolls_the_host_and_two_move_the_network(
        self, touched: tuple[Host, Frame]
    ) -> None:
        host, frame = touched
        before = frame.evaluate(ZOOM_AND_PAN)
        self.drag(host.page, [(200, 400)], [(200, 250)])
        host.page.wait_for_function("() => scrollY > 50")
        assert frame.evaluate(ZOOM_AND_PAN) == before
        host.page.evaluate("scrollTo(0, 0)")
        self.drag(host.page, [(80, 250), (320, 250)], [(20, 250), (380, 250)])
        frame.wait_for_function(f"(before) => ({ZOOM_AND_PAN})() !== before", arg=before)
        assert host.page.evaluate("scrollY") == 0

    def test_a_tap_selects_also_after_a_scroll_that_began_on_another_unit(
        self, touched: tuple[Host, Frame]
    ) -> None:
        host, frame = touched
        node = "Global Data Institute"
        self.drag(host.page, [(200, 400)], [(200, 250)])
        host.page.wait_for_function("() => scrollY > 50")
        host.page.evaluate("scrollTo(0, 0)")
        x, y = frame.evaluate(POINT_OF_NODE, node)
        host.page.touchscreen.tap(x, y)
        host.wait_for(type="unit", name=node)
        assert len(host.messages("unit")) == 2


def test_it_works_with_storage_blocked(
    context: BrowserContext, elsewhere: tuple[str, dict[str, str]], served: str
) -> None:
    blocked = context.new_page()
    blocked.add_init_script(
        "for (const name of ['localStorage', 'sessionStorage', 'indexedDB'])"
        " Object.defineProperty(window, name, { get() { throw new Error('blocked'); } })"
    )
    for page in error_free(blocked):
        host = Host(page, *elsewhere)
        host.open(iframe(served, "?theme=dark"))
        host.frame()
        host.post(command("select", DTM))
        host.wait_for(type="unit", unit=DTM)
    blocked.close()


def test_two_on_one_page_are_independent(host: Host, served: str) -> None:
    host.open(
        iframe(served, f"?focus={GDI}&view=network", 'width="700" height="700"')
        + iframe(served, "?panel=0&theme=dark", 'width="700" height="700"')
    )
    one, other = host.frame(0), host.frame(1)
    host.wait_for(0, type="unit", focus=GDI)
    host.wait_for(1, type="unit", focus=TOP)
    before = state(one)
    host.post(command("select", "protection-division"), at=1)
    host.wait_for(1, type="unit", unit="protection-division")
    assert state(one) == before
    assert [one.evaluate("document.documentElement.dataset.theme"), state(other)["theme"]] == [
        "light",
        "dark",
    ]
    host.post(command("select", DTM), at=0)
    host.wait_for(0, type="unit", unit=DTM)
    assert state(other)["unit"] == "protection-division"


@pytest.mark.diagrams("still")
def test_its_selection_does_not_scroll_the_host(host: Host, served: str) -> None:
    host.open('<p style="height: 600px">Above</p>' + iframe(served, "?view=outline&unit=surveys"))
    frame = host.frame()
    marked = frame.locator('#outline [aria-selected="true"]')
    expect(marked).to_contain_text("Surveys")
    frame.evaluate(SETTLED)
    assert host.page.evaluate("scrollY") == 0
    assert frame.evaluate("document.getElementById('outline').scrollTop > 0")


def test_it_handles_keys_only_while_it_has_the_focus(host: Host, served: str) -> None:
    above = '<p style="height: 600px"><button>Above</button></p>'
    host.open(above + iframe(served, "?unit=department-of-policy-and-research&view=network"))
    frame = host.frame()
    host.page.get_by_role("button", name="Above").focus()
    host.page.keyboard.press("ArrowRight")
    host.page.keyboard.press("?")
    expect(frame.locator("#announcer")).to_be_empty()
    expect(frame.locator("#keys-dialog")).to_be_hidden()
    frame.locator("#network").focus()
    scrolled = host.page.evaluate("scrollY")
    for key in ("ArrowDown", "ArrowUp", "ArrowDown", "Enter"):
        host.page.keyboard.press(key)
    host.wait_for(type="unit", unit="policy-coordination-unit")
    host.page.keyboard.press("Enter")
    expect(frame.locator("#panel h2")).to_be_focused()
    assert host.page.evaluate("scrollY") == scrolled


def test_the_example_in_the_docs_works(host: Host, served: str) -> None:
    host.page.set_viewport_size({"width": 1440, "height": 1800})  # all is in sight
    text = EXAMPLE.read_text(encoding="utf-8")
    assert text.count("http://127.0.0.1:8050") == 1
    host.pages["/example"] = text.replace("http://127.0.0.1:8050", served.rstrip("/"))
    host.page.goto(f"{host.address}/example")
    wide, narrow = host.frame(0), host.frame(1)
    host.page.get_by_role("button", name="Select DTM").click()
    selected = host.page.locator("#selected")
    expect(selected).to_have_text("Displacement Tracking Matrix")
    host.page.get_by_role("button", name="Centre: Global Data Institute").click()
    expect(wide.locator("html")).to_have_attribute("data-focus", GDI)
    host.page.get_by_role("button", name="Select nothing").click()
    expect(selected).to_have_text("nothing")
    for frame in (wide, narrow):
        frame.evaluate(SETTLED)
        assert frame.evaluate("document.documentElement.scrollHeight === innerHeight")
    expect(host.page.locator("#log")).to_contain_text('narrow: {"remit":1,"type":"ready"}')


NARROW = {
    "": "sunburst",
    "?view=network": "network",
    "?view=outline": "outline",
    "?view=both": "both",
    f"?unit={DTM}": "sunburst",
}


def test_at_320_pixels_nothing_is_cut_off(page: Page, served: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    explorer = Explorer(page, f"{served}embed")
    explorer.open()
    for query, view in NARROW.items():
        explorer.go(query)
        expect(page.locator("html")).to_have_attribute("data-view", view)
        explorer.resize(320, 640)
        assert_nothing_is_cut_off(page)
    explorer.open("?panel=0")
    assert_nothing_is_cut_off(page)


def assert_nothing_is_cut_off(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    outside = page.evaluate(
        """() => [...document.querySelectorAll("#toolbar button, .full-page, .legend li, #panel *")]
            .filter((element) => element.checkVisibility())
            .filter((element) => element.getBoundingClientRect().right > 320)
            .map((element) => element.outerHTML)"""
    )
    assert outside == []
    for part in ("#sunburst", "#network"):
        if page.locator(part).is_visible():
            box = page.locator(part).bounding_box()
            assert box
            assert box["width"] > 280
            assert box["height"] >= 300


@pytest.mark.parametrize(("width", "height"), [(320, 568), (640, 480), (1000, 600)])
@pytest.mark.diagrams("still")
def test_in_a_frame_of_a_fixed_height_everything_fits_and_the_panel_lies_over_it(
    page: Page, served: str, width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    explorer = Explorer(page, f"{served}embed")
    explorer.open(f"?unit={GDI}")
    expect(page.locator("#panel")).to_be_visible()
    if width < 800:
        page.locator("#panel .close").click()
        expect(page.locator("#panel")).to_be_hidden()
    for view in ("sunburst", "network", "outline", "matrix"):
        page.locator(f"#toolbar [data-value='{view}']").click()
        assert page.evaluate("document.documentElement.scrollHeight") == height
        for part in ("#toolbar", f".{view}-view", ".legend"):
            box = page.locator(part).bounding_box()
            assert box
            assert box["height"] > 0
            assert box["y"] >= 0
            assert box["y"] + box["height"] <= height


@pytest.mark.diagrams("still")
def test_in_a_narrow_frame_the_network_is_below_the_sunburst(page: Page, served: str) -> None:
    page.set_viewport_size({"width": 700, "height": 1200})
    Explorer(page, served).open("embed?view=both")
    above, below = (
        page.locator(part).bounding_box() for part in (".sunburst-view", ".network-view")
    )
    assert above
    assert below
    assert above["y"] + above["height"] <= below["y"]


@pytest.mark.diagrams("still")
class TestTheDialog:
    @pytest.fixture
    def dialog(self, explorer: Explorer) -> Page:
        explorer.open(f"?unit={GDI}&links=all")
        explorer.expect_panel("Global Data Institute")
        explorer.page.locator(".page-header").get_by_role("button", name="Embed").click()
        return explorer.page

    @staticmethod
    def choose(page: Page, label: str, option: str) -> None:
        page.locator("#embed-dialog").get_by_label(label, exact=True).select_option(label=option)

    @staticmethod
    def ready(page: Page) -> Frame:
        handle = page.locator("#embed-dialog iframe").element_handle()
        assert handle
        frame = handle.content_frame()
        assert frame
        frame.wait_for_selector(READY, state="attached")
        return frame

    @pytest.mark.diagrams("living")
    def test_writes_a_line_with_the_options_that_works_in_another_page(
        self, dialog: Page, context: BrowserContext, elsewhere: tuple[str, dict[str, str]]
    ) -> None:
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.choose(dialog, "View", "Network")
        self.choose(dialog, "Focus", "Global Data Institute")
        self.choose(dialog, "Selected unit", "None")
        self.choose(dialog, "Panel", "Diagram only")
        self.choose(dialog, "Colours", "Dark")
        self.choose(dialog, "Width", "640 pixels")
        preview = self.ready(dialog)
        query = f"?focus={GDI}&view=network&links=all&panel=0&theme=dark"
        assert preview.url.endswith(f"/embed{query}")
        assert preview.evaluate("innerWidth") == 640
        dialog.get_by_role("button", name="Copy", exact=True).click()
        expect(dialog.get_by_role("button", name="Copied")).to_be_visible()
        line = dialog.evaluate("navigator.clipboard.readText()")
        assert "\n" not in line
        assert line.startswith('<iframe src="http://127.0.0.1:')
        for text in (
            query.replace("&", "&amp;"),
            'title="Global Data Institute – International Organization for Migration: Operations"',
            'width="640"',
            f'height="{preview.evaluate("document.documentElement.scrollHeight")}"',
        ):
            assert text in line
        host = Host(dialog, *elsewhere)
        host.open(line)
        frame = host.frame()
        host.wait_for(type="unit", unit=None, focus=GDI)
        assert state(frame)["view"] == "network"
        assert frame.evaluate("[innerWidth, innerHeight]") == [
            640,
            frame.evaluate("document.documentElement.scrollHeight"),
        ]

    def test_writes_a_line_that_follows_the_height_of_its_content(
        self, dialog: Page, elsewhere: tuple[str, dict[str, str]]
    ) -> None:
        self.choose(dialog, "Height", "Follows the content (by a script)")
        self.ready(dialog)
        line = dialog.locator("#embed-dialog textarea").input_value()
        assert "\n" not in line
        host = Host(dialog, *elsewhere)
        host.open(line)
        frame = host.frame()
        frame.evaluate(SETTLED)
        height = host.messages("height")[-1]["height"]
        frame.wait_for_function(f"() => innerHeight === {height}")
        dialog.set_viewport_size({"width": 500, "height": 700})
        frame.evaluate(SETTLED)
        lower = host.messages("height")[-1]["height"]
        assert lower != height
        frame.wait_for_function(f"() => innerHeight === {lower}")

    def test_starts_with_the_current_view(self, dialog: Page) -> None:
        assert self.ready(dialog).url.endswith(f"/embed?unit={GDI}&links=all")
        line = dialog.locator("#embed-dialog textarea")
        expect(line).to_have_value(re.compile('title="International .*: Operations" width="100%"'))

    def test_offers_no_leaf_as_focus(self, explorer: Explorer) -> None:
        explorer.open(f"?unit=surveys&focus={GDI}")
        explorer.expect_panel("Surveys")
        explorer.page.locator("#panel").get_by_role("button", name="Embed").click()
        options = explorer.page.get_by_label("Focus").locator("option")
        assert options.all_text_contents() == [
            "The whole organization",
            "Global Data Institute",
            "Displacement Tracking Matrix",
        ]

    def test_offers_every_department_of_the_whole_organization(self, explorer: Explorer) -> None:
        explorer.open()
        explorer.page.locator(".page-header [data-action='embed']").click()
        options = explorer.page.get_by_label("Focus").locator("option")
        offered = options.all_text_contents()
        assert offered[0] == "The whole organization"
        assert {
            "Department of Operations and Emergencies",
            "Department of Peace and Development Coordination",
            "Department of Programme Support and Migration Management",
            "Department of Policy and Research",
            "Global Data Institute",
        } < set(offered)
        assert "Surveys" not in offered

    def test_closes_with_escape_and_gives_the_focus_back(self, dialog: Page) -> None:
        self.ready(dialog)
        steps = dialog.evaluate("history.length")
        dialog.get_by_label("Colours").focus()
        dialog.keyboard.press("Escape")
        expect(dialog.locator("#embed-dialog")).to_be_hidden()
        expect(dialog.locator(".page-header [data-action='embed']")).to_be_focused()
        expect(dialog.locator("html")).to_have_attribute("data-unit", GDI)
        expect(dialog.locator("iframe")).to_have_count(0)
        assert dialog.evaluate("history.length") == steps
        dialog.keyboard.press("Escape")
        expect(dialog.locator("html")).to_have_attribute("data-unit", "")

    @pytest.mark.parametrize(("width", "height"), [(390, 844), (1024, 768), (1440, 900)])
    def test_fits_and_traps_the_focus(self, dialog: Page, width: int, height: int) -> None:
        dialog.set_viewport_size({"width": width, "height": height})
        box = dialog.locator("#embed-dialog").bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= height
        copy = dialog.get_by_role("button", name="Copy", exact=True)
        expect(copy).to_be_in_viewport(ratio=1)
        for _ in range(12):
            dialog.keyboard.press("Tab")
            assert dialog.evaluate(
                "document.activeElement === document.body"
                " || document.activeElement.closest('#embed-dialog') !== null"
            )
        dialog.get_by_role("button", name="Close", exact=True).last.click()
        expect(dialog.locator("#embed-dialog")).to_be_hidden()

    def test_writes_names_as_text(self, page: Page, tmp_path: Path) -> None:
        table = tmp_path / "hostile.csv"
        name = '""><script>alert(1)</script> & <b>'
        table.write_text(f'id,name,parent\ntop,"{name}",\na,A,top\nb,B,a\n', encoding="utf-8")
        with serve(table) as address:
            Explorer(page, address).open("?unit=a")
            page.locator("#panel").get_by_role("button", name="Embed").click()
            self.choose(page, "Focus", "A")
            line = page.locator("#embed-dialog textarea").input_value()
            title = page.evaluate(
                "(line) => { const box = document.createElement('template'); box.innerHTML = line;"
                " return [box.content.childNodes.length, box.content.firstChild.title]; }",
                line,
            )
            assert title == [1, "A – Hostile"]

    def test_is_not_offered_if_framing_is_forbidden(self, page: Page) -> None:
        with serve(Settings().dataset, framed_by=()) as address:
            Explorer(page, address).open(f"?unit={DTM}")
            page.wait_for_selector("#panel [data-section='related']")
            for button in page.locator("[data-action='embed']").all():
                expect(button).to_be_hidden()
