"""The steps by which the units of two states of an organization are matched."""

from __future__ import annotations

from components.model.likeness import match_alike
from components.model.matching import (
    NOTHING_SETTLED,
    Matcher,
    Matching,
    Settled,
    states_of,
)
from components.model.organization import Organization
from components.model.succession import Succession, find_successions

MAX_ROUNDS = 12
"""How often what has been matched last is used to match more."""


def same_units(
    before: Organization, after: Organization, settled: Settled = NOTHING_SETTLED
) -> tuple[Matching, tuple[Succession, ...]]:
    """Return which units of two states are the same one, and which were split or merged.

    ``settled`` goes before everything that is found.
    """
    matcher = Matcher(*states_of(before, after), settled)
    matcher.match_by_ids()
    matcher.match_by_codes()
    matcher.match_by_names()
    successions: list[Succession] = []
    for _ in range(MAX_ROUNDS):
        matcher.match_by_place()
        matcher.match_by_order()
        found = [] if matcher.are_people else find_successions(matcher)
        successions += found
        if not match_alike(matcher) and not found:
            break
    return matcher.matching(), tuple(successions)
