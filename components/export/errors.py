"""Why a picture cannot be made."""

from __future__ import annotations

REFUSED = "The picture could not be drawn."
BUSY = "Many pictures are being drawn; please ask again in some seconds."


class RenderError(RuntimeError):
    """A picture could not be rendered; the text is one sentence."""


class BusyError(RenderError):
    """No process was free to render the picture in time."""
