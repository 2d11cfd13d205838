"""Which branches of an organization have a hue of their own."""

from __future__ import annotations

from time import perf_counter

import numpy as np
import pytest
from hypothesis import given

from components.model.branches import MAX_HUES, SMALL, TRUNK, branch_numbers
from components.model.organization import Organization
from tests.organizations import forests, organization_of


def hues(organization: Organization) -> dict[str, int]:
    """Return the number of the hue of each unit, by id."""
    return dict(zip(organization.units["id"], organization.branch.tolist(), strict=True))


def tree_with(sizes: list[int]) -> Organization:
    """Return a top with branches of these sizes: ``b0``, ``b1``, ..."""
    pairs = [("top", "")]
    for branch, size in enumerate(sizes):
        pairs.append((f"b{branch}", "top"))
        pairs += ((f"b{branch}.{unit}", f"b{branch}") for unit in range(1, size))
    return organization_of(pairs)


def branches_with_hue(organization: Organization) -> dict[str, int]:
    return {
        unit: hue
        for unit, hue in hues(organization).items()
        if hue >= 0 and organization.depth[organization.number[unit]] == 1
    }


class TestBranches:
    def test_have_hues_in_the_order_of_the_table(self) -> None:
        assert hues(tree_with([2, 3])) == {
            "top": TRUNK,
            "b0": 0,
            "b0.1": 0,
            "b1": 1,
            "b1.1": 1,
            "b1.2": 1,
        }

    def test_of_a_single_unit_have_none(self) -> None:
        assert hues(tree_with([1, 2, 1])) == {
            "top": TRUNK,
            "b0": SMALL,
            "b1": 0,
            "b1.1": 0,
            "b2": SMALL,
        }

    def test_have_none_if_there_are_too_many_larger_ones(self) -> None:
        organization = tree_with([2, 5, 4, 3, 3, 9, 1, 3, 2, 8, 7])

        assert branches_with_hue(organization) == {
            "b1": 0,
            "b2": 1,
            "b3": 2,
            "b4": 3,
            "b5": 4,
            "b7": 5,
            "b9": 6,
            "b10": 7,
        }
        assert hues(organization)["b0.1"] == SMALL

    def test_of_one_size_have_hues_in_the_order_of_the_table(self) -> None:
        assert list(branches_with_hue(tree_with([2] * 20))) == [f"b{at}" for at in range(MAX_HUES)]


class TestTrunk:
    def test_is_the_chain_of_units_above_all_branches(self) -> None:
        organization = organization_of(
            """
            id,      parent
            owner,
            adviser, owner
            chief,   owner
            sales,   chief
            east,    sales
            legal,   chief
            finance, chief
            payroll, finance
            """
        )

        assert hues(organization) == {
            "owner": TRUNK,
            "adviser": SMALL,
            "chief": TRUNK,
            "legal": SMALL,
            "sales": 0,
            "east": 0,
            "finance": 1,
            "payroll": 1,
        }
        level = {
            unit: organization.branch_level(number) for unit, number in organization.number.items()
        }
        assert level == {
            "owner": 0,
            "chief": 0,
            "adviser": 1,
            "legal": 1,
            "sales": 1,
            "finance": 1,
            "east": 2,
            "payroll": 2,
        }

    def test_is_the_top_where_there_are_no_several_branches(self) -> None:
        assert hues(tree_with([1, 3, 1])) == {
            "top": TRUNK,
            "b0": SMALL,
            "b2": SMALL,
            "b1": 0,
            "b1.1": 0,
            "b1.2": 0,
        }

    @pytest.mark.parametrize("count", [1, 2, 3])
    def test_is_the_top_of_a_chain(self, count: int) -> None:
        chain = [("u0", ""), *((f"u{at}", f"u{at - 1}") for at in range(1, count))]

        numbers = list(hues(organization_of(chain)).values())

        assert numbers == [TRUNK, *([SMALL] if count == 2 else [0] * (count - 1))]


@given(forests())
def test_a_hue_stands_for_one_branch(pairs: list[tuple[str, str]]) -> None:
    organization = organization_of(pairs)
    numbers, parent = organization.branch.tolist(), organization.parent.tolist()
    trunk = [unit for unit, number in enumerate(numbers) if number == TRUNK]
    branches = [unit for unit in range(1, len(parent)) if parent[unit] in trunk]
    tops = [unit for unit in branches if numbers[unit] >= 0]

    assert organization.depth[trunk].tolist() == list(range(len(trunk)))
    assert [numbers[unit] for unit in tops] == list(range(len(tops)))
    assert not any(organization.is_leaf(unit) for unit in tops)
    for unit in range(1, len(parent)):
        if parent[unit] not in trunk:
            assert numbers[unit] == numbers[parent[unit]]
    without = [unit for unit in branches if numbers[unit] == SMALL]
    inner = [int(organization.size[unit]) for unit in without if not organization.is_leaf(unit)]
    assert not inner or len(tops) == MAX_HUES
    assert all(size <= organization.size[top] for size in inner for top in tops)


@pytest.mark.parametrize("shape", ["wide", "deep"])
def test_a_million_units_take_a_fraction_of_a_second(shape: str) -> None:
    count = 1_000_000
    if shape == "wide":
        parent = np.repeat(np.arange(0, count, 10), 10) * np.tile([0, *[1] * 9], count // 10)
        size = np.tile([10, *[1] * 9], count // 10)
        size[0], parent[0] = count, -1
    else:
        parent, size = np.arange(-1, count - 1), np.arange(count, 0, -1)
    start = perf_counter()

    branch_numbers(parent, size)

    assert perf_counter() - start < 1
