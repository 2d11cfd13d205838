"""Common tasks, done with the keyboard and a screen reader alone.

No test clicks or sets the focus by a script. They read what Chromium exposes to screen readers: the
role, name and state of the focused element, and the live regions.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.browser.explorer import READY, Explorer

BORDERS = "Immigration and Border Governance Division"
STATES = ("pressed", "expanded", "checked", "selected", "level")
LIVE_REGIONS = """
() => [...document.querySelectorAll("[role=status], [role=alert], [aria-live], output")]
  .filter((region) => region.checkVisibility())
  .map((region) => region.textContent.trim()).filter(Boolean)
"""
MAX_PRESSES = 80
"""Key presses after which a search for an element has failed."""
TIMEOUT = 5
"""Seconds to wait for an announcement."""


@dataclass
class Listener:
    """A reader who uses a keyboard and a screen reader only."""

    page: Page
    reader: CDPSession

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def focused(self) -> str:
        """Describe the focused element or its active option, as in 'link: Surveys'."""
        found = self.reader.send(
            "Runtime.evaluate",
            {
                "expression": "document.getElementById(document.activeElement"
                ".getAttribute('aria-activedescendant')) || document.activeElement"
            },
        )
        node = self.reader.send(
            "Accessibility.getPartialAXTree",
            {"objectId": found["result"]["objectId"], "fetchRelatives": False},
        )["nodes"][0]
        properties = {
            item["name"]: item["value"].get("value") for item in node.get("properties", ())
        }
        states = [f"{state}={properties[state]}" for state in STATES if state in properties]
        parts = (node.get(name, {}).get("value", "") for name in ("role", "name", "description"))
        role, name, description = parts
        return " ".join(filter(None, (f"{role}:", name, description, *states)))

    def announced(self) -> str:
        """Return the texts of the live regions."""
        return "\n".join(self.page.evaluate(LIVE_REGIONS))

    def expect_heard(self, *words: str) -> str:
        """Wait until live regions and the focused element contain all the words."""
        end = time.monotonic() + TIMEOUT
        while True:
            heard = f"{self.focused()}\n{self.announced()}"
            if all(word in heard for word in words):
                return heard
            assert time.monotonic() < end, f"{words} is not in: {heard}"
            self.page.wait_for_timeout(50)

    def press_until(self, wanted: str, key: str = "Tab") -> str:
        """Press a key until the description of the focused element matches; return it."""
        descriptions = [self.focused()]
        for _ in range(MAX_PRESSES):
            self.press(key)
            descriptions.append(self.focused())
            if re.search(wanted, descriptions[-1]):
                return descriptions[-1]
        raise AssertionError("\n".join((f"{wanted} is not among:", *descriptions)))

    def texts_of(self, landmark: str) -> str:
        """Return the texts of a part of the page, from first to last."""
        return self.page.locator(landmark).aria_snapshot()


@pytest.fixture
def listener(explorer: Explorer) -> Iterator[Listener]:
    explorer.open()
    reader = explorer.page.context.new_cdp_session(explorer.page)
    yield Listener(explorer.page, reader)
    reader.detach()


def select(listener: Listener, name: str) -> None:
    """Select a unit by the search."""
    listener.press("/")
    listener.page.keyboard.type(name)
    listener.press("Enter")
    listener.expect_heard(f"{name} is selected.")


def expect_path_announced(listener: Listener) -> None:
    heading = "How Surveys and Protection Division are connected"
    expect(listener.page.get_by_role("heading", name=heading)).to_be_visible()
    read = listener.texts_of("#panel")
    steps = read[read.index("4 steps") : read.index('heading "Responsibilities"')]
    for text in ("is part of", "Displacement Tracking Matrix", "both work with", "Global Compact"):
        assert text in steps


def test_who_handles_visa_application_centres_and_whom_else_to_talk_to(listener: Listener) -> None:
    page = listener.page
    listener.press("/")
    assert "combobox: Search" in listener.focused()
    page.keyboard.type("visa application centres")
    listener.expect_heard("found. Enter selects", BORDERS)
    listener.press("ArrowDown")
    listener.expect_heard(f"option: {BORDERS}", "Responsibility: Manages visa application centres")
    listener.press("Enter")
    listener.expect_heard(f"{BORDERS} is selected.")

    listener.press_until(f"heading: {BORDERS}", "F6")
    read = listener.texts_of("#panel")
    assert "listitem: Manages visa application centres" in read
    reason = read.index('heading "Shared theme: Migration governance and borders inferred"')
    related = read[read.index('heading "Related units"') : read.index('heading "Works with"')]
    assert 'link "Protection Division"' in read[reason:]
    assert "Contributes to managing migration in line with international practices" in related
    assert "Source: paragraph 1" in related
    listener.press_until("link: Protection Division")
    listener.press("Enter")
    listener.expect_heard("heading: Protection Division", "Selected: Protection Division")


def test_a_newcomer_walks_through_a_diagram(listener: Listener) -> None:
    heard = listener.press_until("application: Sunburst of Office of the Deputy Director General")
    assert "Arrow keys move, Enter selects" in heard
    for key, words in (
        (
            "ArrowDown",
            "Department of Operations and Emergencies, Department, 8 units below; 1 of 7",
        ),
        ("ArrowRight", "Department of Peace and Development Coordination, Department"),
        ("ArrowLeft", "Department of Operations and Emergencies, Department"),
        ("ArrowDown", "Preparedness and Response Division, Division, 6 units below; 1 of 2"),
        ("+", "Focus: Preparedness and Response Division"),
        ("-", "Focus: Department of Operations and Emergencies"),
        ("-", "Focus: Office of the Deputy Director General"),
        ("Enter", "Selected: Preparedness and Response Division"),
        ("Enter", "heading: Preparedness and Response Division"),
    ):
        listener.press(key)
        listener.expect_heard(words)


def test_the_keys_are_listed_on_request(listener: Listener) -> None:
    listener.press_until("application: Network of")
    listener.press("?")
    listener.expect_heard("button: Close")
    read = listener.texts_of("dialog[open]")
    assert "definition: Show how the unit is connected to the selected one" in read
    listener.press("Escape")
    listener.expect_heard("application: Network of")


@pytest.mark.diagrams("still")
def test_a_newcomer_walks_through_the_outline(listener: Listener) -> None:
    listener.press_until("button: Outline")
    listener.press("Enter")
    listener.expect_heard("button: Outline pressed=true")
    assert "46 units below expanded=True" in listener.press_until("treeitem: Office of the Deputy")
    for key, words in (
        ("ArrowDown", "treeitem: Department of Operations and Emergencies Department, 8 units"),
        ("ArrowDown", "treeitem: Preparedness and Response Division Division, 6 units below"),
        ("ArrowRight", "treeitem: Preparedness Function"),
        ("ArrowLeft", "treeitem: Preparedness and Response Division"),
        ("ArrowLeft", "6 units below expanded=False"),
        ("Enter", "Selected: Preparedness and Response Division"),
        ("Enter", "heading: Preparedness and Response Division"),
    ):
        listener.press(key)
        listener.expect_heard(words)


@pytest.mark.diagrams("still")
def test_a_web_editor_copies_the_embed_line(listener: Listener) -> None:
    select(listener, "Surveys")
    listener.press_until("button: Embed")
    listener.press("Enter")
    listener.expect_heard("button: Close")
    listener.press_until("combobox: Width")
    listener.press("ArrowDown")  # 320 pixels
    listener.press_until("textbox: Embed code")
    line = listener.page.evaluate("String(getSelection()) || document.activeElement.value")
    assert re.search(r'<iframe src="[^"]*/embed\?unit=surveys" .*width="320"', line)
    listener.press_until("button: Copy")
    listener.press("Enter")
    listener.expect_heard("Copied")
    listener.press("Escape")
    listener.expect_heard("button: Embed")


@pytest.mark.diagrams("still")
def test_a_writer_downloads_the_picture(listener: Listener) -> None:
    assert "expanded=False" in listener.press_until("Download the sunburst")
    listener.press("Enter")
    listener.expect_heard("Download the sunburst", "expanded=True")
    listener.press_until("link: PNG image")
    with listener.page.expect_download() as download:
        listener.press("Enter")
    assert download.value.suggested_filename == "iom-operations-sunburst.png"
    assert Path(download.value.path()).read_bytes().startswith(b"\x89PNG")
    listener.expect_heard("Image downloaded.", "Download the sunburst", "expanded=False")


def test_two_units_are_connected_from_the_panel(listener: Listener) -> None:
    select(listener, "Surveys")
    listener.press_until("heading: Surveys", "F6")
    listener.press_until("button: How is this connected to")
    listener.press("Enter")
    listener.expect_heard(
        "Choose the other unit in the diagrams, the outline or the search. Esc cancels."
    )
    listener.press("/")
    listener.page.keyboard.type("protection division")
    listener.expect_heard("units found. Enter connects", "Protection Division")
    listener.press("Enter")
    listener.expect_heard("heading: How Surveys and Protection Division are connected")
    expect_path_announced(listener)
    listener.press("Escape")
    listener.expect_heard("heading: Surveys")


@pytest.mark.diagrams("still")
def test_two_units_are_connected_from_the_search(listener: Listener) -> None:
    select(listener, "Surveys")
    listener.press("/")
    listener.page.keyboard.type("protection division")
    listener.expect_heard("units found.", "Protection Division")
    listener.press("Shift+Enter")
    listener.expect_heard("Connected to Protection Division.")
    listener.press_until("heading: Surveys", "F6")
    expect_path_announced(listener)


@pytest.mark.diagrams("still")
def test_filters_announce_the_number_of_matches(listener: Listener) -> None:
    assert "expanded=False" in listener.press_until("DisclosureTriangle: Filter")
    listener.press("Enter")
    listener.press_until("checkbox: division 8 checked=false")
    listener.press("Space")
    listener.expect_heard("checkbox: division 8 checked=true", "8 of 47 units match")
    listener.press_until("checkbox: Migration health")
    listener.press("Space")
    listener.expect_heard("checkbox: Migration health", "checked=true", "2 of 47 units match")
    listener.press("Escape")
    listener.expect_heard("Filter (2) expanded=False")
    listener.press_until("button: Remove the filter: Type: division")
    listener.press("Enter")
    listener.expect_heard("Filter (1)", "4 of 47 units match")


@pytest.mark.diagrams("still")
def test_a_number_in_the_matrix_leads_to_its_responsibilities(listener: Listener) -> None:
    listener.press_until("button: Matrix")
    listener.press("Enter")
    listener.expect_heard("button: Matrix pressed=true")
    listener.press_until("link: Deputy Director General for Operations Office of")
    listener.press("ArrowDown", "ArrowDown", "ArrowRight")
    listener.expect_heard(
        "Preparedness and Response Division, Humanitarian response: 10 responsibilities"
    )
    listener.press("Enter")
    listener.expect_heard("Selected: Preparedness and Response Division", "listitem: ")
    assert "Acts as the institutional focal point" in listener.focused()


@pytest.mark.diagrams("still")
def test_the_language_and_the_colours_are_changed(listener: Listener) -> None:
    page = listener.page
    listener.press_until("button: Switch between light and dark")
    for theme in ("dark", "light"):
        listener.press("Enter")
        expect(page.locator("html")).to_have_attribute("data-theme", theme)
        listener.expect_heard(
            "button: Switch between light and dark", f"{theme.capitalize()} colours."
        )
    listener.press_until("link: Français")
    listener.press("Enter")
    page.wait_for_url("**/?lang=fr")
    page.wait_for_selector(READY, state="attached")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    listener.press_until("button: Intégrer")
    listener.press_until("link: English")
    listener.press("Enter")
    page.wait_for_url("**/?lang=en")
    page.wait_for_selector(READY, state="attached")
    listener.press_until("button: Embed")
