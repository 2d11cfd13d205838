"""Errors of the file formats."""

from __future__ import annotations


class FormatError(ValueError):
    """A file cannot be written; the text says why, and what to do instead."""
