"""The server of the benchmarks that drive a browser."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from waitress.server import create_server

from components.model.organization import Organization
from components.settings import Settings
from components.web.application import create_app


@contextmanager
def served(organization: Organization) -> Iterator[str]:
    """Serve an organization on a free port of this machine, and yield its address."""
    app = create_app(organization, Settings())
    server = create_server(app.server, host="127.0.0.1", port=0, threads=8)
    threading.Thread(target=server.run, daemon=True).start()
    yield f"http://127.0.0.1:{server.effective_port}/"
    server.close()
    app.server.extensions["exports"].close()
