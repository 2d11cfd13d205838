"""Measures: exact sums over the hierarchy, own numbers and totals."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.importing.column_settings import Choices, FactSettings
from components.importing.import_tables import import_tables
from components.model.measures import Measures
from components.model.organization import Organization
from tests.organizations import forests, organization_of, tables


def organization_with(numbers: dict[str, str], pairs: list[tuple[str, str]]) -> Organization:
    rows = [f"{unit}, {unit}, {parent}, {numbers.get(unit, '')}" for unit, parent in pairs]
    return organization_of("\n".join(["id, name, parent_id, Amount", *rows]))


TREE = [("top", ""), ("a", "top"), ("b", "top"), ("a1", "a"), ("a2", "a")]


class TestOwnNumbers:
    def test_are_summed_up_exactly(self) -> None:
        numbers = {"top": "0.1", "a": "0.2", "a1": "1000000000000.5", "a2": "2.25"}
        organization = organization_with(numbers, TREE)
        measure = Measures(organization)["amount"]

        assert not measure.is_total
        assert measure.sum(0) == Decimal("1000000000003.05")
        assert measure.value(organization.number["a1"]) == Decimal("1000000000000.5")

    def test_that_are_missing_are_no_zeros(self) -> None:
        organization = organization_with({"top": "1", "a": "0", "a1": "5"}, TREE)
        measure = Measures(organization)["amount"]

        assert measure.value(organization.number["a"]) == 0
        assert measure.value(organization.number["b"]) is None
        assert measure.missing_in(0, len(organization)) == 2

    def test_may_be_larger_than_64_bits(self) -> None:
        organization = organization_with({"top": "9" * 15, "a": "1" + "0" * 30, "b": "1"}, TREE)

        assert Measures(organization)["amount"].sum(0) == 10**30 + int("9" * 15) + 1

    @given(forests(), st.data())
    def test_agree_with_a_naive_sum(
        self, pairs: list[tuple[str, str]], data: st.DataObject
    ) -> None:
        texts = st.sampled_from(["", "1", "2.5", "0", "1,234.75", "17", "n/a", "0.001"])
        numbers = {unit: data.draw(texts) for unit, _ in pairs} | {pairs[0][0]: "3"}
        rows = [[unit, unit, parent, numbers[unit]] for unit, parent in pairs]
        organization = import_tables(
            tables(_csv(rows)), Choices(facts=FactSettings(totals={"Amount": False}))
        ).organization
        measure = Measures(organization)["amount"]

        for unit in range(len(organization)):
            subtree = range(unit, unit + int(organization.size[unit]))
            own = [organization.facts["amount"].quantity(other) for other in subtree]
            assert measure.sum(unit) == sum(filter(None, own), Decimal())


def _csv(rows: list[list[str]]) -> str:
    lines = [", ".join(f'"{cell}"' for cell in row) for row in rows]
    return "\n".join(["id, name, parent_id, Amount", *lines])


class TestTotals:
    NUMBERS: ClassVar = {"top": "100", "a": "60", "b": "30", "a1": "10", "a2": "20"}

    def test_include_the_parts(self) -> None:
        organization = organization_with(self.NUMBERS, TREE)
        measure = Measures(organization)["amount"]

        assert measure.is_total
        assert measure.sum(0) == 100
        assert measure.decimal(measure.own[organization.number["a"]]) == 30
        assert measure.share(organization.number["a"], 0) == 0.6

    def test_are_never_less_than_the_parts(self) -> None:
        numbers = {**self.NUMBERS, "a": "25"}
        facts = FactSettings(totals={"amount": True})
        rows = [[unit, unit, parent, numbers[unit]] for unit, parent in TREE]
        organization = import_tables(tables(_csv(rows)), Choices(facts=facts)).organization
        measure = Measures(organization)["amount"]

        assert measure.sum(organization.number["a"]) == 30
        assert measure.value(organization.number["a"]) == 25

    @pytest.mark.parametrize(("is_total", "total"), [(True, 100), (False, 220)])
    def test_can_be_set(self, *, is_total: bool, total: int) -> None:
        facts = FactSettings(totals={"amount": is_total})
        rows = [[unit, unit, parent, self.NUMBERS[unit]] for unit, parent in TREE]
        organization = import_tables(tables(_csv(rows)), Choices(facts=facts)).organization

        assert Measures(organization)["amount"].sum(0) == total


def test_numbers_can_be_read_otherwise() -> None:
    measures = Measures(organization_with(TestTotals.NUMBERS, TREE))

    assert measures.read_otherwise == ("amount~",)
    assert measures["amount"].sum(0) == 100
    assert measures["amount~"].sum(0) == 220


class TestTheHierarchy:
    @given(forests())
    def test_has_measures_itself(self, pairs: list[tuple[str, str]]) -> None:
        organization = organization_of(pairs)
        measures = Measures(organization)

        for unit in range(len(organization)):
            children = list(organization.children(unit))
            levels = [int(measures["levels"].own[child]) + 1 for child in children]
            assert measures["units"].sum(unit) == organization.count(unit)
            assert measures["reports"].value(unit) == len(children)
            assert measures["levels"].value(unit) == max(levels, default=0)

    def test_counts_people(self) -> None:
        organization = organization_of(
            "id, name, parent_id\ntop, Top, \na, A, top",
            people="unit_id, name\na, Ada Lind\na, Ben Ek\ntop, Cy Moe",
        )

        assert Measures(organization)["people"].sum(0) == 3


@pytest.mark.parametrize(("heading", "adds"), [("Budget", True), ("Share (%)", False)])
def test_shares_and_averages_do_not_add_up(heading: str, *, adds: bool) -> None:
    organization = organization_of(
        f"id, name, parent_id, {heading}\ntop, Top, , 10\na, A, top, 20\nb, B, top, 40"
    )
    (fact,) = organization.facts.values()

    assert Measures(organization)[fact.id].is_additive == adds


def test_negative_numbers_are_no_angles() -> None:
    measure = Measures(organization_with({"top": "1", "a": "-2", "b": "9"}, TREE))["amount"]

    assert measure.has_negative
    assert not measure.can_be_angle
