"""The index of an organization."""

from __future__ import annotations

import pytest

from components.model import shortest_chains
from components.model.index import OrganizationIndex
from components.model.organization import Organization


def test_a_chain_is_computed_once(harbour: Organization, monkeypatch: pytest.MonkeyPatch) -> None:
    index, first_ends, second_ends = OrganizationIndex(harbour), (3, 5), (5, 3)
    chains = [index.chain(*ends) for ends in (first_ends, second_ends)]
    monkeypatch.setattr(shortest_chains, "_shortest", None)

    assert [index.chain(*ends) for ends in (first_ends, second_ends)] == chains
