"""What axe-core finds on a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def findings(page: Page, schemes: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Return scheme, impact, rule and elements of each finding, in each colour scheme."""
    page.emulate_media(reduced_motion="reduce")  # no colour is on its way to another
    found: list[tuple[Any, ...]] = []
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)
        # Otherwise axe spends most of its time on recording the elements that pass.
        options = {"resultTypes": ["violations"]}
        found += (
            (
                scheme,
                violation["impact"],
                violation["id"],
                [node["html"] for node in violation["nodes"]],
            )
            for violation in Axe().run(page, options=options).response["violations"]
        )
    page.emulate_media(color_scheme="light", reduced_motion="null")
    return found
