"""The embed: the page inside another page, its own parameters, and who may frame it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import request

from components.diagrams.style import Theme
from components.settings import ANYONE

EMBED = "embed"
"""Without a slash at its end, so that relative addresses lead to the same places as on the page."""
SELF = "'self'"
AUTO = "auto"
"""The theme of the reader's system."""
EMBED_PARAMETERS: Mapping[str, Sequence[str]] = {"panel": ("0",), "theme": (AUTO, *Theme)}
"""The values of the parameters that only the embed has."""


def is_embed() -> bool:
    """Return whether the request is for the embed."""
    return request.endpoint is not None and request.endpoint.endswith(f".{EMBED}")


def frame_ancestors(framed_by: Sequence[str]) -> str:
    """Return the sources of ``frame-ancestors`` (CSP) for the embed.

    Where any site may frame it, this one may too: it shows a preview.
    """
    if ANYONE in framed_by:
        return "* file:"  # a star alone excludes a page that is opened from a disk
    return " ".join([SELF, *framed_by]) if framed_by else "'none'"


def embed_attributes(framed_by: Sequence[str]) -> Mapping[str, str]:
    """Return data attributes of the root element, which styles and scripts read.

    ``framed-by`` has the origins that may frame the embed and control it. ``embedded`` is there on
    the embed only, with ``panel`` (``0``) and ``theme`` if the address has them; so the first
    rendering is right before any script has run.
    """
    attributes = {"framed-by": " ".join(framed_by)}
    if is_embed():
        attributes |= {"embedded": "", **embed_parameters()}
    if attributes.get("theme") == AUTO:
        del attributes["theme"]
    return attributes


def embed_parameters() -> dict[str, str]:
    """Return the valid parameters that only the embed has: ``panel`` and ``theme``."""
    return {
        name: request.args[name]
        for name, values in EMBED_PARAMETERS.items()
        if is_embed() and request.args.get(name) in values
    }
