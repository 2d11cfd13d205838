"""Host pages on another origin that embed Remit."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from playwright.sync_api import Frame, Page

from tests.browser.explorer import READY

HOST_PAGE = """
<!DOCTYPE html><html lang="en"><title>Host</title><link rel="icon" href="data:,">
<script>
  window.messages = [];
  window.addEventListener("message", ({ source, data, origin }) => {
    const frames = [...document.querySelectorAll("iframe")];
    const at = frames.findIndex((frame) => frame.contentWindow === source);
    window.messages.push({ at, origin, ...data });
    if (window.follows && data.type === "height") {
      frames[at].height = data.height;
    }
  });
</script>
<body style="margin: 0">
"""


@dataclass
class Host:
    """A page of another server, at ``address``."""

    page: Page
    address: str
    pages: dict[str, str]

    def open(self, body: str, path: str = "/") -> None:
        """Open a page with a body; its script records all messages in ``window.messages``."""
        self.pages[path] = HOST_PAGE + body
        self.page.goto(self.address + path)

    def frame(self, at: int = 0) -> Frame:
        """Return the document in a frame, once it is ready."""
        handle = self.page.locator("iframe").nth(at).element_handle()
        assert handle
        frame = handle.content_frame()
        assert frame
        frame.wait_for_selector(READY, state="attached")
        return frame

    def messages(self, kind: str, at: int = 0) -> list[dict[str, Any]]:
        """Return the messages of one type that a frame has posted so far."""
        messages: list[dict[str, Any]] = self.page.evaluate("messages")
        return [message for message in messages if message["type"] == kind and message["at"] == at]

    def wait_for(self, at: int = 0, **facts: Any) -> None:
        """Wait until the last message of ``facts["type"]`` from a frame has all these facts."""
        self.page.wait_for_function(
            """([at, facts]) => {
                const { type } = facts;
                const last = messages.findLast((data) => data.at === at && data.type === type);
                return last && Object.keys(facts).every((key) => last[key] === facts[key]);
            }""",
            arg=[at, facts],
        )

    def post(self, message: str, at: int = 0) -> None:
        """Post a message, given as a JavaScript expression, to a frame."""
        self.page.evaluate(f"frames[{at}].postMessage({message}, '*')")


def command(kind: str, unit: str | None) -> str:
    """Return a command to the frame, as a JavaScript expression."""
    value = "null" if unit is None else f"'{unit}'"
    return f"{{ remit: 1, type: '{kind}', unit: {value} }}"


@contextmanager
def serve_pages() -> Iterator[tuple[str, dict[str, str]]]:
    """Serve pages from another origin; yield the origin and the dictionary of pages by path."""
    pages: dict[str, str] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = pages.get(self.path, "").encode()
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Keep the output of the tests clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", pages
    server.shutdown()
    server.server_close()
    thread.join(timeout=5)
