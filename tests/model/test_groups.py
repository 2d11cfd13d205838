from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from components.model.groups import Focus, Group, Values, find_focus, focus_text, unit_of
from tests.organizations import crowd, organization_named, organization_of

CELLS = st.text(max_size=9)
VALUES = st.builds(
    Values,
    st.text("abc-1", min_size=1),
    st.lists(CELLS, min_size=1, max_size=3).map(tuple),
    st.booleans(),
)
IDS = st.text("a~|%<1-3:!é ", min_size=1, max_size=8).map(str.strip).filter(bool)


@st.composite
def groups(draw: st.DrawFn) -> Group:
    places = st.tuples(st.integers(1, 99), st.integers(1, 99))
    group = Group(
        draw(st.integers(0, 2)),
        draw(st.none() | st.integers(0, 10**30)),
        tuple(draw(st.lists(VALUES, max_size=3))),
        draw(st.none() | places),
    )
    return group if group.text else Group(0, 5)


@pytest.mark.parametrize(
    ("group", "text"),
    [
        (Group(0, 5), "port~<5"),
        (Group(1, run=(2, 3)), "traffic~2-3"),
        (Group(0, values=(Values("type", ("a|b", "")),)), "port~type:a%7Cb|"),
        (
            Group(0, 7, (Values("type", ("x",), are_others=True), Values("grade", ("~",))), (1, 9)),
            "port~<7~type!x~grade:%7E~1-9",
        ),
    ],
)
def test_a_group_has_an_address(group: Group, text: str) -> None:
    organization = crowd()

    assert focus_text(organization, group) == text
    assert find_focus(organization, text) == group


@given(groups(), st.lists(IDS, min_size=2, max_size=2, unique=True), CELLS)
@example(Group(0, run=(1, 3)), ["a", "a~1-3"], "")
@example(Group(1, 5), ["a", "a~1-3"], "")
@example(Group(0, 5), ["a", "b"], "A 5")
def test_an_address_leads_to_the_same_focus(group: Group, units: list[str], name: str) -> None:
    pairs = [("top", ""), *((unit, "top") for unit in units if unit != "top")]
    organization = organization_named(pairs, ["Top", name or "X"])
    focus = Group(group.parent % len(organization), *_without_parent(group))

    assert find_focus(organization, focus_text(organization, focus)) == focus
    for unit in range(len(organization)):
        assert find_focus(organization, focus_text(organization, unit)) == unit


def _without_parent(
    group: Group,
) -> tuple[int | None, tuple[Values, ...], tuple[int, int] | None]:
    return group.smaller_than, group.values, group.run


@pytest.mark.parametrize(
    ("text", "focus"),
    [
        ("port", 0),
        ("Traffic Department", 1),
        ("nobody", None),
        ("nobody~<5", None),
        ("port~", 0),
        ("port~what", 0),
        ("port~<5~what", 0),
        ("port~<-5", 0),
        (f"port~<{'9' * 5000}", 0),
        ("~<5", None),
        ("", None),
    ],
)
def test_what_cannot_be_read_is_ignored(text: str, focus: int | None) -> None:
    assert find_focus(crowd(), text) == focus


def test_the_name_of_a_unit_may_look_like_a_group() -> None:
    organization = organization_of("id, name, parent\na, A,\nb, Hall~5, a")

    assert find_focus(organization, "Hall~5") == 1


@pytest.mark.parametrize(("focus", "unit"), [(3, 3), (Group(2, 9), 2)])
def test_a_focus_has_a_unit(focus: Focus, unit: int) -> None:
    assert unit_of(focus) == unit
