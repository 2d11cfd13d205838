"""Attributes that are no valid names of arguments in Python."""

from __future__ import annotations

from typing import Any


def data(**values: str) -> dict[str, Any]:
    """Return ``data-`` attributes: ``data(focus_on="x")`` is ``data-focus-on="x"``."""
    return {f"data-{name.replace('_', '-')}": value for name, value in values.items()}


def aria(**values: str) -> dict[str, Any]:
    """Return ``aria-`` attributes: ``aria(label="x")`` is ``aria-label="x"``."""
    return {f"aria-{name}": value for name, value in values.items()}
