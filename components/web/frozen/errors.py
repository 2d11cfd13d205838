"""The error of freezing."""

from __future__ import annotations


class FreezeError(Exception):
    """An organization that cannot be frozen so; the text is one sentence with the remedy."""
