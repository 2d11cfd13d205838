"""Which part of an organization a look at it shows."""

from __future__ import annotations

from components.diagrams.network import Look
from components.model.connections import scope_connecting
from components.model.organization import Organization, Scope


def scope_of_a_look(
    organization: Organization, look: Look, focus: int, *, levels: int, most: int
) -> Scope:
    """Return the scope of a focus, or of another one, so that what is selected is in it.

    If the way to another unit is to be seen, all of that is selected.
    """
    if look.unit is not None and look.to is not None:
        ends = (look.unit, look.to)
        return scope_connecting(organization, ends, focus, levels=levels, most=most)
    return organization.scope_showing(look.unit, focus, levels=levels, most=most)
