"""The server of ``python app.py``: waitress, with an event loop for thousands of connections.

Waitress writes answers for slow readers from buffers, or from files, in one thread, so they hold up
nobody. But its own loop looks at each open connection whenever something happens on one of them.
"""

from __future__ import annotations

import logging
import selectors
import sys
import time
from typing import Any, cast

from flask import Flask
from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.server import create_server

from components.settings import Settings

if sys.platform != "win32":
    import resource

MAX_CONNECTIONS = 10_000
"""Open connections; a browser keeps six. Further ones wait until others are closed."""
OTHER_FILES = 200
"""Files and pipes that are open besides connections, at most."""
MAX_SELECTED = 400
"""Open connections on Windows, which can only select among 512."""
MAX_BUFFERED = 2_000_000
"""Bytes by which an answer that is sent while it is made may be ahead of its reader. As many stay
in memory for each such connection, sent or not; by default these would be 16 MB."""
SWEEP_SECONDS = 5.0
"""After so long all connections are looked at: those that were idle for too long are closed."""


class Server:
    """A server that has a port from the beginning, and answers as soon as it runs.

    Raises:
        OSError, ValueError: the host or the port cannot be used.
    """

    def __init__(self, app: Flask, settings: Settings) -> None:
        # It warns of each request that waits for a thread, which slows them down further.
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        self._loop = _Loop()
        self._server = cast(
            "Any",
            create_server(
                app,
                map=self._loop.dispatchers,
                host=settings.host,
                port=settings.port,
                threads=settings.threads,
                connection_limit=_connection_limit(),
                backlog=MAX_CONNECTIONS,
                outbuf_high_watermark=MAX_BUFFERED,
                clear_untrusted_proxy_headers=not settings.proxies,
            ),
        )
        self._server.asyncore = self._loop
        self.port = int(getattr(self._server, "effective_port", settings.port))

    def run(self) -> None:
        """Answer requests until the process is interrupted."""
        self._server.run()

    def close(self) -> None:
        """Stop listening."""
        self._server.close()
        self._loop.dispatchers.selector.close()


def _connection_limit() -> int:
    """Return how many connections the system allows, after asking it for many."""
    if sys.platform == "win32":
        return MAX_SELECTED
    allowed, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MAX_CONNECTIONS + OTHER_FILES
    if resource.RLIM_INFINITY not in {allowed, most}:
        wanted = min(wanted, most)
    if allowed != resource.RLIM_INFINITY and allowed < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
    return max(wanted - OTHER_FILES, 1)


class _Loop:
    """Takes the place of ``wasyncore`` in a server, of which the server uses ``loop``.

    Only connections whose state may have changed are looked at: those on which something happened,
    and those with a request in progress or with data to be sent. All of it happens in one thread,
    apart from the requests in progress, which pull the trigger of the server.
    """

    def __init__(self) -> None:
        self.dispatchers = _Dispatchers()

    def loop(self, timeout: float, map: _Dispatchers, use_poll: bool) -> None:  # noqa: A002, ARG002, FBT001
        """Run until no dispatcher is left; the parameters are those of ``wasyncore.loop``."""
        swept_at = time.monotonic()
        while map:
            now = time.monotonic()
            if now - swept_at > SWEEP_SECONDS:
                swept_at = now
                map.changed.update(map)
            map.watch_changed()
            for key, events in map.selector.select(min(timeout, SWEEP_SECONDS)):
                map.changed.add(key.fd)
                # It may have been closed just now, and its number given to another one.
                if events & selectors.EVENT_READ and map.get(key.fd) == key.data:
                    wasyncore.read(key.data)
                if events & selectors.EVENT_WRITE and map.get(key.fd) == key.data:
                    wasyncore.write(key.data)


class _Dispatchers(dict[int, Any]):
    """The open connections, listening sockets and triggers of a server, by file descriptor."""

    def __init__(self) -> None:
        super().__init__()
        self.selector = selectors.DefaultSelector()
        self.changed = set[int]()
        """Those that are to be looked at before the next wait."""

    def __setitem__(self, number: int, dispatcher: Any) -> None:
        super().__setitem__(number, dispatcher)
        self.changed.add(number)

    def __delitem__(self, number: int) -> None:
        super().__delitem__(number)
        self._watch(number, 0)  # before the socket is closed

    def watch_changed(self) -> None:
        """Watch what has changed for what it waits for now; forget connections that are idle."""
        for number in [*self.changed]:
            dispatcher = self.get(number)
            if dispatcher is None:
                self.changed.discard(number)
                continue
            # Asked first: without a request in progress, no other thread changes the rest.
            is_connection = isinstance(dispatcher, HTTPChannel)
            is_idle = is_connection and not dispatcher.requests
            events = selectors.EVENT_READ if dispatcher.readable() else 0
            if dispatcher.writable() and not dispatcher.accepting:
                events |= selectors.EVENT_WRITE
            self._watch(number, events)
            if is_idle and events == selectors.EVENT_READ:
                self.changed.discard(number)

    def _watch(self, number: int, events: int) -> None:
        key = self.selector.get_map().get(number)
        if key is None:
            if events:
                self.selector.register(number, events, self[number])
        elif not events:
            self.selector.unregister(number)
        elif key.events != events:
            self.selector.modify(number, events, key.data)
