"""Two states as one organization."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.model.both_states import both_states, earlier_state
from components.model.changes import ChangeKind, compare
from components.model.classes import classes_by_measure
from components.model.facts import Compared
from components.model.history import BECAME, MOVED, History
from components.model.matching import NOTHING_SETTLED, Settled
from components.model.measures import REPORTS, Measures, measure_of
from components.model.organization import Organization
from tests.edits import random_register
from tests.model.test_changes import port
from tests.organizations import organization_of
from tests.properties import examples

AUDIT = "    a,  Audit,                unit,       Dee,   f,      7,      Quay 4\n"
RISE, FALL = (("Bo,    h,      20,", f"Bo,    h,      {number},") for number in (26, 12))


def joined(before: Organization, after: Organization) -> tuple[Organization, History]:
    both = both_states(compare(before, after))
    assert both.history
    return both, both.history


def outline(organization: Organization) -> list[str]:
    """Return the names in preorder, indented by level."""
    names = organization.units["name"]
    return [f"{'  ' * depth}{names[unit]}" for unit, depth in enumerate(organization.depth)]


def test_units_that_are_gone_stand_where_they_were() -> None:
    both, history = joined(
        port(),
        port(("    a,  Audit,                unit,       Dee,   f,      7,      Quay 4\n", "")),
    )

    assert outline(both) == outline(port())
    assert [both.units["name"][unit] for unit in history.gone] == ["Audit"]
    assert both.units["head"][both.number["a"]] == "Dee"
    assert both.count() == len(both) - 1
    assert both.count(both.number["f"]) == 2


def test_a_unit_that_was_below_one_without_a_record_has_moved_from_nowhere() -> None:
    before = organization_of("id, name, parent\na, Top,\nb, Pilots, a\nc, Locks, unknown")
    after = organization_of("id, name, parent\na, Top,\nb, Pilots, a\nc, Locks, b")

    both, history = joined(before, after)

    assert [change.kind for change in history.changes[both.number["c"]]] == [ChangeKind.MOVED]
    assert history.moved == {}
    assert both.relations.rows == ()


def test_a_gone_branch_is_below_what_is_left_of_its_parent() -> None:
    before = organization_of(
        """
        id, name, parent
        a,  A,
        b,  B,    a
        c,  C,    a
        d,  D,    c
        e,  E,    d
        f,  F,    c
        g,  G,    a
        """
    )
    after = organization_of(
        """
        id, name, parent
        a,  A,
        b,  B,    a
        f,  F,    b
        g,  G,    a
        """
    )
    both, history = joined(before, after)

    assert outline(both) == ["A", "  B", "    F", "  C", "    D", "      E", "  G"]
    names = both.units["name"]
    assert {names[unit] for unit in history.gone} == {"C", "D", "E"}
    assert {names[unit]: names[old] for unit, old in history.moved.items()} == {"F": "C"}


def test_moved_units_have_a_relation_from_where_they_were() -> None:
    both, history = joined(
        port(),
        port(
            (
                "t,  Traffic Control,      unit,       Flo,   s,",
                "t,  Traffic Control,      unit,       Flo,   f,",
            )
        ),
    )
    traffic, finance, ships = (both.number[unit_id] for unit_id in "tfs")

    assert int(both.parent[traffic]) == finance
    assert history.moved == {traffic: ships}
    (relation,) = both.relations.of(traffic)
    assert (relation.origin, relation.target, relation.kind) == (ships, traffic, MOVED)


def test_split_units_have_relations_to_their_successors() -> None:
    before = organization_of(
        """
        id, name,    parent
        h,  Head,
        p,  Payroll and Pensions, h
        x,  Exports, h
        """
    )
    after = organization_of(
        """
        id, name,     parent
        h,  Head,
        p1, Payroll,  h
        p2, Pensions, h
        x,  Exports,  h
        """
    )
    both, history = joined(before, after)
    names = both.units["name"]

    assert history.units_by_kind[ChangeKind.SPLIT]
    assert {names[unit] for unit in history.new} == {"Payroll", "Pensions"}
    became = {
        (names[row.origin], names[row.target]) for row in both.relations.rows if row.kind == BECAME
    }
    assert became == {("Payroll and Pensions", "Payroll"), ("Payroll and Pensions", "Pensions")}


def test_numbers_before_and_differences_are_columns() -> None:
    both, _ = joined(
        port(),
        port(
            ("Bo,    h,      20,", "Bo,    h,      26,"),
            ("    a,  Audit,                unit,       Dee,   f,      7,      Quay 4\n", ""),
        ),
    )
    columns = {fact.compared: fact for fact in both.facts.values() if fact.heading == "Budget"}
    cells = {
        compared: [fact.cells[both.number[unit_id]] for unit_id in "hfa"]
        for compared, fact in columns.items()
    }

    assert cells == {
        None: ["10", "26", ""],
        Compared.BEFORE: ["10", "20", "7"],
        Compared.DIFFERENCE: ["0", "6", "-7"],
    }
    assert [fact.id for fact in columns.values()] == [
        "budget",
        "budget-before",
        "budget-difference",
    ]
    now, before, difference = (
        measure_of(both, columns[compared]).sum(0) for compared in (None, *Compared)
    )
    assert before + difference == now


def compared_port(*edits: tuple[str, str]) -> Measures:
    """Return the measures of the port before and after some edits of its table."""
    return Measures(joined(port(), port(*edits))[0])


def test_a_difference_is_no_size() -> None:
    measures = compared_port(RISE)

    assert "budget-before" in measures.sizes
    assert "budget-difference" not in measures.sizes
    assert "budget-difference" in measures.ids
    assert measures.read_otherwise == ("budget~",)


def test_new_units_lack_no_number_in_the_state_before() -> None:
    measures = Measures(joined(port((AUDIT, "")), port())[0])
    end = len(measures["budget-before"].missing)

    for name in ("budget", "budget-before", "budget-difference"):
        assert measures[name].missing_in(0, end) == measures["budget"].missing_in(0, end)


def test_differences_of_totals_are_as_stated_also_where_they_fall() -> None:
    before = organization_of("id, name, parent, staff\nt, T, , 30\na, A, t, 20\nb, B, t, 10")
    after = organization_of("id, name, parent, staff\nt, T, , 25\na, A, t, 14\nb, B, t, 11")
    difference = Measures(joined(before, after)[0])["staff-difference"]

    assert difference.is_total
    assert [difference.sum(unit) for unit in range(3)] == [-5, -6, 1]


@pytest.mark.parametrize("change", [RISE, FALL])
def test_differences_diverge_from_zero_also_if_all_have_one_sign(change: tuple[str, str]) -> None:
    classes = classes_by_measure(compared_port(change)["budget-difference"])

    assert classes.is_diverging
    (middle,) = (each for each in classes.members if each.units and each.lowest == 0)
    assert classes.members.index(middle) == len(classes.members) // 2
    assert sum(each.units for each in classes.members if each is not middle) > 0


def test_a_gone_unit_whose_id_another_one_has_gets_another_id() -> None:
    before, after = port(), port(("Audit,    ", "Divers,   "))
    settled = Settled(gone=(before.number["a"],), new=(after.number["a"],))
    both = both_states(compare(before, after, settled))

    assert both.units["name"][both.number["a"]] == "Divers"
    assert both.units["name"][both.number["a-2"]] == "Audit"


@pytest.mark.parametrize("has_ids", [True, False])
@examples(30)
@given(seed=st.integers(0, 10_000))
def test_every_unit_of_both_states_is_in_it_once(has_ids: bool, seed: int) -> None:  # noqa: FBT001
    register = random_register(seed, 60)
    before, after = (
        each.organization(has_ids=has_ids)[0] for each in (register, register.edit(0.3))
    )
    both, history = joined(before, after)
    names = both.units["name"]

    assert {*history.from_after.tolist()} | history.gone == {*range(len(both))}
    assert {*history.from_before.tolist()} >= history.gone
    assert len({*both.units["id"]}) == len(both)
    for state, numbers in ((after, history.from_after), (before, history.from_before)):
        kept = np.flatnonzero(numbers >= 0)
        assert len({*numbers[kept].tolist()}) == len(kept)
        if state is after:
            assert [names[unit] for unit in numbers.tolist()] == [*state.units["name"]]
            assert outline_of(both, history) == outline(after)
    for unit in history.gone:
        above = int(before.parent[history.number_before[unit]])
        assert int(both.parent[unit]) == (history.from_before[above] if above >= 0 else 0)
    parents = both.parent.tolist()
    assert both.size.tolist() == [
        sum(both.is_below(other, unit) for other in range(len(both))) for unit in range(len(both))
    ]
    assert all(parent < unit for unit, parent in enumerate(parents))
    assert both.count() == after.count()


def outline_of(both: Organization, history: History) -> list[str]:
    """Return the outline of what is not gone."""
    return [line for unit, line in enumerate(outline(both)) if unit not in history.gone]


def test_the_earlier_state_has_the_ids_of_both() -> None:
    before = port(("p,  Payroll", "p9, Payroll"), ("a,  Audit", "a9, Audit"))
    both, _ = joined(
        before,
        port(("    a,  Audit,                unit,       Dee,   f,      7,      Quay 4\n", "")),
    )
    earlier = earlier_state(both)

    assert earlier.units["id"][earlier.number["p"]] == "p"
    assert {earlier.units["name"][unit]: unit_id for unit_id, unit in earlier.number.items()} == {
        both.units["name"][both.number[unit_id]]: unit_id for unit_id in earlier.number
    }
    assert earlier.version not in {before.version, both.version}


def test_a_state_beside_itself_is_itself() -> None:
    both, history = joined(port(), port())

    assert outline(both) == outline(port())
    assert (history.gone, history.new, history.moved, history.changes) == (set(), set(), {}, {})


def test_what_is_settled_changes_the_version_however_many_units_there_are() -> None:
    rows = "".join(f"\nu{number}, Unit {number}, t" for number in range(2_000))
    state = organization_of(f"id, name, parent\nt, Top,{rows}")
    settled = Settled(gone=(1_000,), new=(1_000,))

    versions = {
        both_states(compare(state, state, each)).version for each in (NOTHING_SETTLED, settled)
    }
    assert len(versions) == 2


def test_what_is_gone_adds_no_level_and_reports_to_nobody() -> None:
    before = organization_of("id, name, parent\na, A,\nb, B, a\nc, C, b\nd, D, a")
    after = organization_of("id, name, parent\na, A,\nb, B, a")
    both, _ = joined(before, after)
    reports = Measures(both)[REPORTS]

    assert (both.levels, both.count()) == (after.levels, after.count()) == (2, 2)
    assert [reports.value(both.number[unit]) for unit in "ab"] == [1, 0]
