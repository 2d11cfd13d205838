"""The moment in the address of a request, and the edition that answers it."""

from __future__ import annotations

from flask import request

from components.view_state import InvalidValueError, moment_parameters, read_moment
from components.web.editions import Edition, Editions


def requested_edition(editions: Editions) -> Edition:
    """Return the edition of the moment in the address; without one, the current edition.

    Raises:
        InvalidValueError: it is not a day, or there are no records of that day.
        MomentUnavailableError: the edition cannot be made now.
    """
    return editions.on(read_moment(request.args))


def shown_edition(editions: Editions) -> Edition:
    """Return the edition that a page shows: a moment that is not allowed counts as absent.

    Raises:
        MomentUnavailableError: the edition cannot be made now.
    """
    try:
        return requested_edition(editions)
    except InvalidValueError:
        return editions.current


def asks_for_no_moment(editions: Editions) -> bool:
    """Return whether the address has a moment that is not allowed."""
    try:
        requested_edition(editions)
    except InvalidValueError:
        return True
    return False


def cached_edition(editions: Editions) -> Edition | None:
    """Return the edition that a page shows; None if it is yet to be made."""
    try:
        return editions.cached(read_moment(request.args))
    except InvalidValueError:
        return editions.current


def edition_named(editions: Editions, name: str) -> Edition:
    """Return the edition of a name, or else the one that the page of the request shows now.

    Raises:
        MomentUnavailableError: that one cannot be made now.
    """
    return editions.find(name) or shown_edition(editions)


def moment_of(editions: Editions, edition: Edition) -> dict[str, str]:
    """Return the parameters for addresses of an edition; empty for the current edition."""
    return {} if edition is editions.current else moment_parameters(edition.moment)
