"""The Chromium of the browser tests and of the benchmarks."""

from __future__ import annotations

import os
import shutil

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
CHROMIUM_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium_path() -> str | None:
    """Return the path of an installed Chromium; None lets Playwright use its own."""
    path = os.environ.get("CHROMIUM")
    return path or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
