from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import pytest

from components.importing.import_tables import import_tables
from components.model.organization import Organization, Unit
from components.model.scope import Fold, Scope, scope_of
from components.model.text import fold_text, slug, split_list
from components.reading.tables import Tables
from tests.organizations import (
    organization_of,
    outline,
    seven_tables,
    seven_units,
    tables,
    units_with_gaps,
)

HARBOUR_IDS = ["harbour", "traffic", "pilots", "locks", "safety", "fire", "goods"]


def names(scope: Scope) -> list[str]:
    return [scope.organization.units["id"][unit] for unit in scope.units]


def folds(scope: Scope) -> dict[str, tuple[int, int]]:
    return {
        scope.organization.units["id"][fold.parent]: (fold.units, fold.leaves)
        for fold in scope.folds
    }


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
        ("unit", "place"),
        [
            ("harbour", {"parent": -1, "depth": 0, "size": 7, "leaves": 4, "branch": 0}),
            ("traffic", {"parent": 0, "depth": 1, "size": 3, "leaves": 2, "branch": 0}),
            ("pilots", {"parent": 1, "depth": 2, "size": 1, "leaves": 1, "branch": 0}),
            ("locks", {"parent": 1, "depth": 2, "size": 1, "leaves": 1, "branch": 0}),
            ("safety", {"parent": 0, "depth": 1, "size": 3, "leaves": 2, "branch": 1}),
            ("fire", {"parent": 4, "depth": 2, "size": 1, "leaves": 1, "branch": 1}),
            ("goods", {"parent": 4, "depth": 2, "size": 1, "leaves": 1, "branch": 1}),
        ],
    )
    def test_each_unit_knows_its_place(
        self, harbour: Organization, unit: str, place: dict[str, int]
    ) -> None:
        number = harbour.number[unit]

        assert {what: int(getattr(harbour, what)[number]) for what in place} == place
        assert harbour.is_leaf(number) == (place["size"] == 1)

    def test_children_stand_in_the_order_of_the_table(self, harbour: Organization) -> None:
        assert list(harbour.children(0)) == [1, 4]
        assert list(harbour.children(4)) == [5, 6]
        assert list(harbour.children(6)) == []

    def test_ancestors_lead_from_the_top_to_the_parent(self, harbour: Organization) -> None:
        assert harbour.ancestors(6) == (0, 4)
        assert harbour.ancestors(1) == (0,)
        assert harbour.ancestors(0) == ()

    def test_a_unit_is_below_itself_and_all_above_it(self, harbour: Organization) -> None:
        above = [unit for unit in range(7) if harbour.is_below(5, unit)]

        assert above == [0, 4, 5]

    def test_a_single_unit_is_an_organization(self) -> None:
        alone = organization_of([("a", "")])

        assert (len(alone), alone.levels, alone.leaves.tolist()) == (1, 1, [1])
        assert alone.is_leaf(0)
        assert scope_of(alone, 0).units == (0,)

    def test_a_chain_of_ten_thousand_levels_is_an_organization(self) -> None:
        chain = organization_of([("0", ""), *((str(n), str(n - 1)) for n in range(1, 10_000))])

        assert chain.levels == 10_000
        assert len(chain.ancestors(9_999)) == 9_999


class TestUnits:
    def test_are_called_by_their_short_name_or_else_their_name(self) -> None:
        organization = organization_of("id, name, short_name, parent\na, Quays, , \nb, Locks, L, a")

        assert [organization.label(unit) for unit in (0, 1)] == ["Quays", "L"]

    def test_a_unit_is_what_its_table_says(self, harbour: Organization) -> None:
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
    def test_are_not_found_by_what_is_nobodys_name(self, harbour: Organization, words: str) -> None:
        assert harbour.find(words) is None

    def test_a_name_that_two_share_leads_to_none_and_their_ids_to_each(self) -> None:
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

    def test_an_id_goes_before_the_name_of_another(self) -> None:
        organization = organization_of("""
            id,    name,  parent
            top,   Top,
            audit, Pay,   top
            pay,   audit, top
        """)

        assert organization.find("audit") == 1
        assert organization.find("pay") == 2


class TestUnitsOfNoRecord:
    def test_are_the_top_that_gathers_roots_and_parents_that_are_only_named(self) -> None:
        organization = units_with_gaps()

        assert organization.units["id"] == ["organization", "board", "pay", "agency", "it", "desk"]
        assert organization.synthetic == {0, 3}
        assert organization.has_synthetic_top
        assert organization.placeholders == {3}

    def test_may_be_a_top_that_is_only_named(self) -> None:
        organization = organization_of([("it", "agency"), ("desk", "agency")])

        assert organization.units["id"][0] == "agency"
        assert not organization.has_synthetic_top
        assert organization.placeholders == {0}

    def test_are_none_where_every_parent_is_told_of(self, harbour: Organization) -> None:
        assert (organization_of([("a", "")]).has_synthetic_top, harbour.has_synthetic_top) == (
            False,
            False,
        )
        assert harbour.placeholders == frozenset()


class TestVersion:
    def test_is_the_same_for_the_same_tables(self, harbour: Organization) -> None:
        assert seven_units().version == harbour.version

    def test_is_the_same_in_whatever_order_the_tables_are_listed(
        self, harbour: Organization
    ) -> None:
        tables = seven_tables()
        turned = replace(tables, frames=dict(reversed(tables.frames.items())))

        assert import_tables(turned).organization.version == harbour.version

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

    def test_changes_when_words_move_from_one_cell_to_the_next(self) -> None:
        one = organization_of("id, name, head\na, Ab, c")
        other = organization_of("id, name, head\na, A, bc")

        assert one.version != other.version

    def test_changes_with_a_heading(self) -> None:
        one = organization_of("id, name, head\na, A, Ada")
        other = organization_of("id, name, location\na, A, Ada")

        assert one.version != other.version

    def test_changes_with_the_order_of_records(self) -> None:
        one = organization_of([("a", ""), ("b", "a"), ("c", "a")])
        other = organization_of([("a", ""), ("c", "a"), ("b", "a")])

        assert one.version != other.version

    @pytest.mark.parametrize("word", ["title", "description", "created", "name"])
    def test_changes_with_what_the_data_say_of_themselves(
        self, harbour: Organization, word: str
    ) -> None:
        tables = seven_tables()
        changed = Tables(tables.name, tables.frames, {**tables.descriptor, word: "Other"})

        assert import_tables(changed).organization.version != harbour.version

    def test_is_short_and_may_stand_in_an_address(self, harbour: Organization) -> None:
        assert len(harbour.version) == 16
        assert set(harbour.version) <= set("0123456789abcdef")


def test_an_organization_cannot_be_given_other_content(harbour: Organization) -> None:
    with pytest.raises(FrozenInstanceError):
        harbour.version = "0"  # type: ignore[misc]


DIVISIONS = """
    id,  parent
    top,
    a,   top
    a1,  a
    a2,  a
    a21, a2
    a22, a2
    b,   top
    b1,  b
    b11, b1
    c,   top
"""


class TestScope:
    def test_shows_the_focus_and_so_many_levels_below(self) -> None:
        organization = organization_of(DIVISIONS)

        assert names(scope_of(organization, 0, levels=0)) == ["top"]
        assert names(scope_of(organization, 0, levels=1)) == ["top", "a", "b", "c"]
        assert names(scope_of(organization, 0, levels=2)) == [
            "top",
            "a",
            "a1",
            "a2",
            "b",
            "b1",
            "c",
        ]
        assert names(scope_of(organization, 0, levels=9)) == list(organization.units["id"])

    def test_what_lies_deeper_is_not_folded(self) -> None:
        assert scope_of(organization_of(DIVISIONS), 0, levels=1).folds == ()

    def test_knows_the_chain_above_its_focus(self) -> None:
        organization = organization_of(DIVISIONS)

        scope = scope_of(organization, organization.number["a2"])

        assert [organization.units["id"][unit] for unit in scope.ancestors] == ["top", "a"]
        assert names(scope) == ["a2", "a21", "a22"]

    def test_of_a_unit_with_nothing_below_is_its_parents(self) -> None:
        organization = organization_of(DIVISIONS)

        scope = scope_of(organization, organization.number["a21"])

        assert scope.focus == organization.number["a2"]
        assert scope == scope_of(organization, organization.number["a2"])

    def test_folds_the_children_that_do_not_fit_and_counts_all_below_them(self) -> None:
        organization = organization_of(DIVISIONS)

        scope = scope_of(organization, 0, most=2)

        assert names(scope) == ["top", "a"]
        assert folds(scope) == {"top": (4, 2), "a": (4, 3)}

    def test_fills_level_by_level_and_in_the_order_of_the_table(self) -> None:
        organization = organization_of(DIVISIONS)

        assert names(scope_of(organization, 0, most=5)) == ["top", "a", "a1", "b", "c"]
        assert folds(scope_of(organization, 0, most=5)) == {"a": (3, 2), "b": (2, 1)}
        assert names(scope_of(organization, 0, most=6)) == ["top", "a", "a1", "a2", "b", "c"]
        assert folds(scope_of(organization, 0, most=6)) == {"b": (2, 1), "a2": (2, 2)}
        assert folds(scope_of(organization, 0, most=8)) == {"a2": (1, 1), "b1": (1, 1)}

    def test_shows_at_least_its_focus(self) -> None:
        assert names(scope_of(organization_of(DIVISIONS), 0, most=0)) == ["top"]

    def test_folds_a_thousand_children_into_one_number(self) -> None:
        star = organization_of([("top", ""), *((str(child), "top") for child in range(1_000))])

        scope = scope_of(star, 0, most=300)

        assert len(scope.units) == 300
        assert scope.folds == (Fold(parent=0, units=701, leaves=701),)

    def test_groups_what_it_shows_by_parent(self) -> None:
        organization = organization_of(DIVISIONS)

        scope = scope_of(organization, 0, levels=2, most=6)

        assert scope.children == {0: (1, 6, 9), 1: (2, 3)}
        assert scope_of(organization, 0, most=5).fold == {1: Fold(1, 3, 2), 6: Fold(6, 2, 1)}


class TestTexts:
    @pytest.mark.parametrize(
        ("cell", "parts"),
        [("", ()), (" ; ;", ()), ("a", ("a",)), (" a b ;c; ", ("a b", "c")), ("a,b", ("a,b",))],
    )
    def test_a_list_is_separated_by_semicolons(self, cell: str, parts: tuple[str, ...]) -> None:
        assert split_list(cell) == parts

    @pytest.mark.parametrize(
        ("text", "folded"),
        [
            ("Fire Service", "fire service"),
            ("  FIRE–service! ", "fire service"),
            ("Brûlé", "brule"),
            ("Straße", "strasse"),
            ("ﬁre ①", "fire 1"),
            ("Пожарная Служба", "пожарная служба"),
            ("消防", "消防"),
            ("&", ""),
        ],
    )
    def test_texts_are_compared_without_case_accents_and_marks(
        self, text: str, folded: str
    ) -> None:
        assert fold_text(text) == folded

    def test_a_slug_may_stand_in_an_address(self) -> None:
        assert slug("Préparation & Response_Division (2)") == "preparation-response-division-2"


def test_an_organization_is_called_like_its_data_where_it_has_several_tops() -> None:
    organization = import_tables(tables([("a", ""), ("b", "")], name="staff")).organization

    assert organization.find("staff") == 0
