"""The page inside a page: where it is, whom it tells scripts that it obeys, who may frame it."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

from components.diagrams.style import Theme
from components.settings import ANYONE

EMBED = "/embed"
"""No slash at its end: relative addresses then lead to the same places as those of ``/``."""
SELF = "'self'"
AUTO = "auto"
"""The theme of the reader's system."""


def frame_ancestors(framed_by: Sequence[str]) -> str:
    """Return who may frame the embed, as a content security policy says it.

    Whoever may frame it shares it with this site itself, which shows a preview.
    """
    if ANYONE in framed_by:
        return "* file:"  # a star alone leaves out the page that somebody tries from a disk
    return " ".join([SELF, *framed_by]) if framed_by else "'none'"


def document_attributes(path: str, asked: Mapping[str, str], framed_by: Sequence[str]) -> str:
    """Return what the root element of a document says to styles and scripts, as HTML.

    ``data-framed-by`` has the origins that may frame the embed and steer it, or is empty;
    ``data-embedded`` stands on the embed alone, with ``data-panel="0"`` where it has no panel, and
    with ``data-theme`` where it is asked for in one: it is right before any script has run.
    """
    attributes = {"framed-by": " ".join(framed_by)}
    if path == EMBED:
        attributes |= {"embedded": "", **kept_of_embed(path, asked)}
    if attributes.get("theme") == AUTO:
        del attributes["theme"]
    return "".join(f' data-{name}="{html.escape(text)}"' for name, text in attributes.items())


def kept_of_embed(path: str, asked: Mapping[str, str]) -> dict[str, str]:
    """Return what an embed is asked for beside the state: ``panel`` and ``theme``."""
    allowed = {"panel": ["0"], "theme": [AUTO, *Theme]} if path == EMBED else {}
    return {name: asked[name] for name, texts in allowed.items() if asked.get(name) in texts}
