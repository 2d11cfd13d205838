"""Why a file cannot be written."""

from __future__ import annotations


class FormatError(ValueError):
    """An organization cannot be written so; its text says why, and what to do instead."""
