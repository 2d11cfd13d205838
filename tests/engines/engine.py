"""The two engines, behind the few things that a reader does with a browser."""

from __future__ import annotations

import json
import os
import re
import shutil
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from subprocess import PIPE, Popen
from tempfile import TemporaryDirectory
from typing import Any

from selenium.webdriver import WebKitGTK
from selenium.webdriver.common.actions.action_builder import ActionBuilder
from selenium.webdriver.webkitgtk.service import Service
from websocket import create_connection

PATIENCE = 60
"""Seconds within which a browser has to answer, also on a busy machine."""
SCREEN = "3200x2400x24"
"""Larger than the window, so that the pointer, in the middle of the screen, hovers over nothing."""
RECORD_ERRORS = """
() => {
  window.errors = [];
  const { error } = console;
  console.error = (...values) => {
    window.errors.push(values.join(" "));
    error.apply(console, values);
  };
  window.addEventListener("error", (event) => window.errors.push(event.message));
  window.addEventListener("unhandledrejection", (event) => window.errors.push(`${event.reason}`));
}
"""


class Engine(ABC):
    """A browser with one page."""

    close: Callable[[], None]
    """Ends the browser."""

    @abstractmethod
    def open(self, address: str) -> None:
        """Open an address and wait until the document is there."""

    @abstractmethod
    def back(self) -> None:
        """Go back in the history."""

    @abstractmethod
    def resize(self, width: int, height: int) -> None:
        """Give the page a size, or the smallest that the browser has."""

    @abstractmethod
    def evaluate(self, function: str, *arguments: object) -> Any:
        """Call a JavaScript function in the page with JSON values and return its JSON value."""

    @abstractmethod
    def click(self, x: float, y: float, times: int = 1) -> None:
        """Click at a point of the page."""

    @abstractmethod
    def press(self, keys: str) -> None:
        """Press keys one after the other; special keys are those of Selenium's `Keys`."""

    @abstractmethod
    def errors(self) -> list[str]:
        """Return the errors on the console since the page was opened."""


def _address(log: Path) -> str:
    """Wait until Firefox has written the address that it listens on to its log; return it."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = re.search(r"WebDriver BiDi listening on (\S+)", log.read_text(encoding="utf-8"))
        if found:
            return found[1]
        time.sleep(0.1)
    raise TimeoutError(log.read_text(encoding="utf-8"))


class Firefox(Engine):
    """Firefox, driven by WebDriver BiDi: https://w3c.github.io/webdriver-bidi/."""

    def __init__(self) -> None:
        self.messages: list[str] = []
        self.last_id = 0
        with ExitStack() as stack:
            profile = stack.enter_context(TemporaryDirectory(ignore_cleanup_errors=True))
            log = stack.enter_context(Path(profile, "log").open("w+"))
            command = ["firefox-esr", "--headless", "--profile", profile]
            process = stack.enter_context(
                Popen([*command, "--remote-debugging-port", "0"], stderr=log)  # noqa: S603
            )
            stack.callback(process.terminate)
            # Firefox refuses connections of web pages, which have an origin.
            self.socket = create_connection(
                f"{_address(Path(log.name))}/session", suppress_origin=True, timeout=PATIENCE
            )
            stack.callback(self.socket.close)
            self._send("session.new", capabilities={})
            (tab,) = self._send("browsingContext.getTree")["contexts"]
            self.tab = tab["context"]
            self._send("session.subscribe", events=["log.entryAdded"])
            self.close = stack.pop_all().close

    def _send(self, method: str, **parameters: object) -> Any:
        """Send a command and return its result; events that arrive before it are recorded."""
        self.last_id += 1
        command = {"id": self.last_id, "method": method, "params": parameters}
        self.socket.send(json.dumps(command))
        while True:
            message = json.loads(self.socket.recv())
            if message["type"] == "event":
                entry = message["params"]
                if entry["level"] == "error":
                    self.messages.append(entry["text"])
            elif message["id"] == self.last_id:
                if message["type"] == "error":
                    raise RuntimeError(f"{method}: {message['message']}")
                return message["result"]

    def _act(self, **source: object) -> None:
        self._send("input.performActions", context=self.tab, actions=[source])

    def open(self, address: str) -> None:
        self.messages.clear()
        self._send("browsingContext.navigate", context=self.tab, url=address, wait="interactive")

    def back(self) -> None:
        self._send("browsingContext.traverseHistory", context=self.tab, delta=-1)

    def resize(self, width: int, height: int) -> None:
        viewport = {"width": width, "height": height}
        self._send("browsingContext.setViewport", context=self.tab, viewport=viewport)

    def evaluate(self, function: str, *arguments: object) -> Any:
        result = self._send(
            "script.evaluate",
            expression=f"JSON.stringify(({function})(...{json.dumps(arguments)}) ?? null)",
            target={"context": self.tab},
            awaitPromise=False,
        )
        if result["type"] == "exception":
            raise RuntimeError(result["exceptionDetails"]["text"])
        return json.loads(result["result"]["value"])

    def click(self, x: float, y: float, times: int = 1) -> None:
        button = [{"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        move = {"type": "pointerMove", "x": round(x), "y": round(y)}
        self._act(type="pointer", id="mouse", actions=[move, *button * times])

    def press(self, keys: str) -> None:
        kinds = ("keyDown", "keyUp")
        actions = [{"type": kind, "value": key} for key in keys for kind in kinds]
        self._act(type="key", id="keyboard", actions=actions)

    def errors(self) -> list[str]:
        self._send("session.status")  # its answer comes after the events so far
        return list(self.messages)


class WebKit(Engine):
    """WebKitGTK, driven by Selenium; its window needs an X display and is 447 pixels or wider."""

    def __init__(self) -> None:
        with ExitStack() as stack:
            command = ["Xvfb", "-displayfd", "1", "-screen", "0", SCREEN]
            display = stack.enter_context(Popen(command, stdout=PIPE, text=True))  # noqa: S603
            stack.callback(display.terminate)
            assert display.stdout
            environment = {**os.environ, "DISPLAY": f":{display.stdout.readline().strip()}"}
            service = Service(shutil.which("WebKitWebDriver"), env=environment)
            self.driver = WebKitGTK(service=service)
            stack.callback(self.driver.quit)
            self.close = stack.pop_all().close

    def open(self, address: str) -> None:
        self.driver.get(address)
        # The driver tells nothing of the console. What fails earlier leaves the page unready.
        self.evaluate(RECORD_ERRORS)

    def back(self) -> None:
        self.driver.back()

    def resize(self, width: int, height: int) -> None:
        self.driver.set_window_size(width, height)
        inner = self.evaluate("() => outerHeight - innerHeight")
        self.driver.set_window_size(width, height + inner)

    def evaluate(self, function: str, *arguments: object) -> Any:
        return self.driver.execute_script(f"return ({function})(...arguments)", *arguments)

    def click(self, x: float, y: float, times: int = 1) -> None:
        actions = ActionBuilder(self.driver, duration=0)
        actions.pointer_action.move_to_location(round(x), round(y))
        for _ in range(times):
            actions.pointer_action.click()
        actions.perform()

    def press(self, keys: str) -> None:
        actions = ActionBuilder(self.driver)
        actions.key_action.send_keys(keys)
        actions.perform()

    def errors(self) -> list[str]:
        errors: list[str] = self.evaluate("() => window.errors")
        return errors
