"""The server of ``python app.py``, with connections of its own."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from http.client import HTTPConnection

import pytest
from flask import Flask, Response
from waitress.channel import HTTPChannel

from components.settings import Settings
from components.web import serving
from components.web.serving import Server

LARGE = 20_000_000
"""Bytes; more than systems take from a server before the reader has read."""


PARTS: list[int] = []
"""The bytes of each part of an answer that has been made."""


def made_in_parts() -> Iterator[bytes]:
    PARTS.clear()
    for _ in range(LARGE // 50_000):
        PARTS.append(50_000)
        yield b"x" * 50_000


@contextmanager
def served(threads: int = 2) -> Iterator[int]:
    """Serve some answers on a free port, and yield it."""
    site = Flask("site")
    site.add_url_rule("/", "small", lambda: "Small")
    site.add_url_rule("/large", "large", lambda: Response(b"x" * LARGE))
    site.add_url_rule("/made", "made", lambda: Response(made_in_parts()))
    site.add_url_rule("/slow", "slow", lambda: [time.sleep(0.2), "Slow"][1])
    server = Server(site, Settings(port=0, threads=threads))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield server.port
    server._server.task_dispatcher.shutdown()
    server._server.trigger.pull_trigger(lambda: close_all(server))  # in the thread of the loop
    thread.join(10)
    assert not thread.is_alive()
    server.close()


def close_all(server: Server) -> None:
    """Close all connections, without what has not been sent yet."""
    for dispatcher in [*server._loop.dispatchers.values()]:
        if isinstance(dispatcher, HTTPChannel):
            dispatcher.handle_close()
        else:
            dispatcher.close()


def get(port: int) -> bytes:
    with closing(HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        return answer(connection)


@pytest.fixture
def port() -> Iterator[int]:
    with served() as port:
        yield port


def answer(connection: HTTPConnection, path: str = "/") -> bytes:
    connection.request("GET", path)
    return connection.getresponse().read()


def test_connections_are_kept_and_answer_again(port: int) -> None:
    connections = [HTTPConnection("127.0.0.1", port, timeout=10) for _ in range(300)]
    for _ in range(3):
        assert {answer(connection) for connection in connections} == {b"Small"}
    sockets = {connection.sock for connection in connections}
    assert {answer(connection) for connection in connections} == {b"Small"}

    assert sockets == {connection.sock for connection in connections}
    for connection in connections:
        connection.close()


def test_requests_that_follow_at_once_are_answered_in_order(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        for path in ("/slow", "/", "/slow"):
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        received = b""
        while received.count(b"Slow") + received.count(b"Small") < 3:
            received += connection.recv(65_536)

    assert received.rindex(b"Slow") > received.index(b"Small") > received.index(b"Slow")


def test_an_answer_that_is_made_in_parts_waits_for_its_reader(port: int) -> None:
    with closing(HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request("GET", "/made")
        response = connection.getresponse()
        made = -1
        while made < (made := sum(PARTS)):
            time.sleep(0.5)

        # The system takes some megabytes besides.
        assert made < LARGE / 2
        assert len(response.read()) == LARGE


def test_slow_readers_hold_up_nobody_and_get_all(port: int) -> None:
    with ExitStack() as stack:
        slow = []
        for _ in range(8):  # there are two threads
            connection = socket.socket()
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
            connection.connect(("127.0.0.1", port))
            connection.sendall(b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
            slow.append(stack.enter_context(connection))
        for connection in slow:
            assert connection.recv(1) == b"H"

        assert get(port) == b"Small"

        received = 0
        while received < LARGE:
            received += len(slow[0].recv(1_000_000))


def test_a_connection_that_a_reader_closes_is_forgotten(port: int) -> None:
    for path in ("/", "/slow", "/large"):
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())

    assert get(port) == b"Small"


def test_a_connection_that_is_idle_for_long_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "SWEEP_SECONDS", 0.05)
    monkeypatch.setattr("waitress.adjustments.Adjustments.channel_timeout", 1)
    monkeypatch.setattr("waitress.adjustments.Adjustments.cleanup_interval", 0)
    with served() as port, socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        while received := connection.recv(65_536):
            assert b"Small" in received or b"HTTP" in received


def test_readers_beyond_the_limit_wait_for_others_to_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "MAX_CONNECTIONS", 5)
    with served() as port:
        first = [HTTPConnection("127.0.0.1", port, timeout=10) for _ in range(3)]
        assert {answer(connection) for connection in first} == {b"Small"}
        waiting = HTTPConnection("127.0.0.1", port, timeout=10)
        waiting.request("GET", "/")
        for connection in first:
            connection.close()

        with closing(waiting):
            assert waiting.getresponse().read() == b"Small"
