"""The counts that describe an organization."""

from __future__ import annotations

from components.model.counts import counts_of
from components.model.organization import Organization
from tests.organizations import Pairs, organization_of

GATHERED: Pairs = [("a", ""), ("b", "a"), ("c", ""), ("d", "q"), ("e", "d"), ("f", "g"), ("g", "f")]
"""Two roots of which one has no children, a parent without a record, and a cycle."""


def test_the_counts_of_a_tree_are_those_of_its_table(harbour: Organization) -> None:
    assert counts_of(harbour) == {
        "units": 7,
        "roots": 1,
        "isolated": 0,
        "depth": 3,
        "relations": 2,
        "responsibilities": 9,
        "placeholders": 0,
        "unknown_parents": 0,
        "cycles": 0,
    }


def test_synthetic_units_are_counted_as_placeholders_only() -> None:
    counts = counts_of(organization_of(GATHERED))

    assert (counts["units"], counts["depth"]) == (7, 2)
    assert (counts["roots"], counts["isolated"]) == (2, 1)
    assert (counts["placeholders"], counts["unknown_parents"], counts["cycles"]) == (1, 1, 1)


def test_a_cycle_has_no_root() -> None:
    counts = counts_of(organization_of([("a", "b"), ("b", "a")]))

    assert (counts["units"], counts["roots"], counts["cycles"]) == (2, 0, 1)


def test_unknown_parents_are_counted_once_however_many_records_name_them() -> None:
    counts = counts_of(organization_of([("a", ""), ("b", "q"), ("c", "q"), ("d", "p")]))

    assert (counts["unknown_parents"], counts["placeholders"]) == (2, 2)
