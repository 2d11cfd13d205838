"""A reader of the page: finds things by what they say, and looks until something is so."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from tests.engines.engine import PATIENCE, Engine

PAUSE = 0.05
"""Seconds between two looks."""
POINT_OF = """
(selector, text) => {
  const plain = (words) => words.replace(/\\s+/g, "");
  for (const element of document.querySelectorAll(selector)) {
    if (element.checkVisibility() && plain(element.textContent).includes(plain(text))) {
      element.scrollIntoView({ block: "center", inline: "nearest" });
      const [box] = element.getClientRects();
      if (box && box.width && box.height) {
        return [box.left + box.width / 2, box.top + box.height / 2];
      }
    }
  }
  return null;
}
"""
TEXT_OF = """
(selector) => [...document.querySelectorAll(selector)]
  .filter((element) => element.checkVisibility())
  .map((element) => element.innerText).join("\\n")
"""


@dataclass
class Reader:
    """A reader with a browser, who knows the address of the page."""

    engine: Engine
    address: str

    def open(self, query: str = "") -> None:
        """Open the page and wait until both diagrams are drawn."""
        self.engine.open(self.address + query)
        self.see("ready", "true")

    def look(self, function: str, *arguments: object) -> Any:
        """Look until a function of the page returns something; return it."""
        end = time.monotonic() + PATIENCE
        while True:
            seen = self.engine.evaluate(function, *arguments)
            if seen:
                return seen
            assert time.monotonic() < end, f"not seen: {function} {arguments}"
            time.sleep(PAUSE)

    def see(self, key: str, value: str) -> None:
        """Look until the root element says that a key of the state has this value."""
        self.look("(key, value) => document.documentElement.dataset[key] === value", key, value)

    def read(self, selector: str, *texts: str) -> str:
        """Look until the visible elements contain all the texts; return what they say."""
        end = time.monotonic() + PATIENCE
        while True:
            found: str = self.engine.evaluate(TEXT_OF, selector)
            if found and all(text in found for text in texts):
                return found
            assert time.monotonic() < end, f"{texts} is not in {selector}: {found}"
            time.sleep(PAUSE)

    def click(self, selector: str, text: str = "", times: int = 1) -> None:
        """Click the first visible element that contains a text; spaces do not count."""
        x, y = self.look(POINT_OF, selector, text)
        self.engine.click(x, y, times)

    def press(self, *keys: str) -> None:
        """Press keys, or type texts."""
        for key in keys:
            self.engine.press(key)
