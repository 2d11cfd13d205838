from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import pytest

from components.importing.import_tables import import_tables
from components.model.organization import Organization, Unit
from components.reading.tables import Tables
from tests.organizations import (
    organization_of,
    outline,
    scope_of,
    seven_tables,
    seven_units,
    tables,
    units_with_gaps,
)

HARBOUR_IDS = ["harbour", "traffic", "pilots", "locks", "safety", "fire", "goods"]


class TestHierarchy:
    def test_units_are_numbered_in_preorder(self, harbour: Organization) -> None:
        assert outline(harbour) == [
            "harbour",
            ". traffic",
            ". . pilots",
            ". . locks",
            ". safety",
            ". . fire",
            ". . goods",
        ]
        assert len(harbour) == 7
        assert harbour.levels == 3
        assert harbour.number == {unit: number for number, unit in enumerate(HARBOUR_IDS)}

    @pytest.mark.parametrize(
        ("unit", "position"),
        [
            ("harbour", {"parent": -1, "depth": 0, "size": 7, "leaves": 4, "branch": -1}),
            ("traffic", {"parent": 0, "depth": 1, "size": 3, "leaves": 2, "branch": 0}),
            ("pilots", {"parent": 1, "depth": 2, "size": 1, "leaves": 1, "branch": 0}),
            ("locks", {"parent": 1, "depth": 2, "size": 1, "leaves": 1, "branch": 0}),
            ("safety", {"parent": 0, "depth": 1, "size": 3, "leaves": 2, "branch": 1}),
            ("fire", {"parent": 4, "depth": 2, "size": 1, "leaves": 1, "branch": 1}),
            ("goods", {"parent": 4, "depth": 2, "size": 1, "leaves": 1, "branch": 1}),
        ],
    )
    def test_each_unit_has_its_position_in_the_hierarchy(
        self, harbour: Organization, unit: str, position: dict[str, int]
    ) -> None:
        number = harbour.number[unit]

        assert {name: int(getattr(harbour, name)[number]) for name in position} == position
        assert harbour.is_leaf(number) == (position["size"] == 1)

    def test_children_are_in_the_order_of_the_table(self, harbour: Organization) -> None:
        assert list(harbour.children(0)) == [1, 4]
        assert list(harbour.children(4)) == [5, 6]
        assert list(harbour.children(6)) == []

    def test_ancestors_are_those_from_the_root_to_the_parent(self, harbour: Organization) -> None:
        assert harbour.ancestors(6) == (0, 4)
        assert harbour.ancestors(1) == (0,)
        assert harbour.ancestors(0) == ()

    def test_a_unit_is_below_itself_and_its_ancestors(self, harbour: Organization) -> None:
        ancestors = [unit for unit in range(7) if harbour.is_below(5, unit)]

        assert ancestors == [0, 4, 5]

    def test_an_organization_may_have_a_single_unit(self) -> None:
        single = organization_of([("a", "")])

        assert (len(single), single.levels, single.leaves.tolist()) == (1, 1, [1])
        assert single.is_leaf(0)
        assert scope_of(single, 0).units == (0,)

    def test_an_organization_may_have_ten_thousand_levels(self) -> None:
        chain = organization_of([("0", ""), *((str(n), str(n - 1)) for n in range(1, 10_000))])

        assert chain.levels == 10_000
        assert len(chain.ancestors(9_999)) == 9_999


class TestUnits:
    def test_are_labelled_by_their_short_name_or_else_their_name(self) -> None:
        organization = organization_of("id, name, short_name, parent\na, Quays, , \nb, Locks, L, a")

        assert [organization.label(unit) for unit in (0, 1)] == ["Quays", "L"]

    def test_have_the_values_of_their_record(self, harbour: Organization) -> None:
        assert harbour.unit(1) == Unit(
            id="traffic",
            name="Traffic Department",
            short_name="Traffic",
            acronym="VTS",
            aliases=("Ships", "Vessel Watch"),
            type="department",
            head="",
            location="",
            summary="Knows every ship.",
            status="",
            source="Handbook 2",
            notes="",
        )

    @pytest.mark.parametrize(
        ("words", "unit"),
        [
            ("fire", "fire"),
            ("Fire Service", "fire"),
            ("FS", "fire"),
            ("Brûlé Brigade", "fire"),
            ("  brule   BRIGADE ", "fire"),
            ("vts", "traffic"),
            ("vessel watch", "traffic"),
            ("Locks & Bridges Unit", "locks"),
            ("locks – bridges, unit", "locks"),
            ("Goods", "goods"),
        ],
    )
    def test_are_found_by_id_name_short_name_acronym_and_alias(
        self, harbour: Organization, words: str, unit: str
    ) -> None:
        assert harbour.find(words) == harbour.number[unit]

    @pytest.mark.parametrize("words", ["", " ", "fir", "Fire Brigade", "…", "__proto__"])
    def test_are_not_found_by_any_other_text(self, harbour: Organization, words: str) -> None:
        assert harbour.find(words) is None

    def test_with_the_same_name_are_found_only_by_their_ids(self) -> None:
        organization = organization_of("""
            id,    name,    acronym, parent
            top,   Top,     ,
            north, Payroll, PR,      top
            south, Payroll, PR,      top
        """)

        assert organization.find("Payroll") is None
        assert organization.find("PR") is None
        assert organization.find("north") == 1
        assert organization.find("south") == 2

    def test_are_found_by_id_before_name(self) -> None:
        organization = organization_of("""
            id,    name,  parent
            top,   Top,
            audit, Pay,   top
            pay,   audit, top
        """)

        assert organization.find("audit") == 1
        assert organization.find("pay") == 2


class TestSyntheticUnits:
    def test_are_the_common_parent_of_roots_and_the_parents_without_a_record(self) -> None:
        organization = units_with_gaps()

        assert organization.units["id"] == ["organization", "board", "pay", "agency", "it", "desk"]
        assert organization.synthetic == {0, 3}
        assert organization.has_synthetic_top
        assert organization.placeholders == {3}

    def test_may_be_a_root_without_a_record(self) -> None:
        organization = organization_of([("it", "agency"), ("desk", "agency")])

        assert organization.units["id"][0] == "agency"
        assert not organization.has_synthetic_top
        assert organization.placeholders == {0}

    def test_do_not_exist_if_every_parent_has_a_record(self, harbour: Organization) -> None:
        assert (organization_of([("a", "")]).has_synthetic_top, harbour.has_synthetic_top) == (
            False,
            False,
        )
        assert harbour.placeholders == frozenset()


class TestVersion:
    def test_is_the_same_for_the_same_tables(self, harbour: Organization) -> None:
        assert seven_units().version == harbour.version

    def test_does_not_depend_on_the_order_of_the_tables(self, harbour: Organization) -> None:
        tables = seven_tables()
        reordered = replace(tables, frames=dict(reversed(tables.frames.items())))

        assert import_tables(reordered).organization.version == harbour.version

    def test_changes_with_any_cell(self, harbour: Organization) -> None:
        tables = seven_tables()
        versions = [harbour.version]
        for name, frame in tables.frames.items():
            for row in (0, len(frame) - 1):
                for column in range(len(frame.columns)):
                    changed = frame.copy()
                    changed.iloc[row, column] = f"{frame.iloc[row, column]}!"
                    frames = {**tables.frames, name: changed}
                    versions.append(
                        import_tables(replace(tables, frames=frames)).organization.version
                    )

        assert len(versions) > 50
        assert len(set(versions)) == len(versions)

    def test_changes_if_text_moves_from_one_cell_to_the_next(self) -> None:
        one = organization_of("id, name, head\na, Ab, c")
        other = organization_of("id, name, head\na, A, bc")

        assert one.version != other.version

    def test_changes_with_the_name_of_a_column(self) -> None:
        one = organization_of("id, name, head\na, A, Ada")
        other = organization_of("id, name, location\na, A, Ada")

        assert one.version != other.version

    def test_changes_with_the_order_of_records(self) -> None:
        one = organization_of([("a", ""), ("b", "a"), ("c", "a")])
        other = organization_of([("a", ""), ("c", "a"), ("b", "a")])

        assert one.version != other.version

    @pytest.mark.parametrize("key", ["title", "description", "created", "name"])
    def test_changes_with_the_metadata(self, harbour: Organization, key: str) -> None:
        tables = seven_tables()
        changed = Tables(tables.name, tables.frames, {**tables.descriptor, key: "Other"})

        assert import_tables(changed).organization.version != harbour.version

    def test_has_sixteen_hexadecimal_digits(self, harbour: Organization) -> None:
        assert len(harbour.version) == 16
        assert set(harbour.version) <= set("0123456789abcdef")


def test_an_organization_is_immutable(harbour: Organization) -> None:
    with pytest.raises(FrozenInstanceError):
        harbour.version = "0"  # type: ignore[misc]


def test_an_organization_of_several_roots_is_found_by_the_name_of_its_data() -> None:
    organization = import_tables(tables([("a", ""), ("b", "")], name="staff")).organization

    assert organization.find("staff") == 0
