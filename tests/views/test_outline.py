from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from components.model.organization import Organization
from components.model.scope import Scope, scope_of
from components.views.outline import breadcrumb, outline
from tests.english import ENGLISH
from tests.organizations import forests, organization_of, units_with_gaps
from tests.views.components import Component, attribute, find, kind, linked, only, text_of, walk


def items(lists: Component) -> list[Component]:
    """Return the items of a list, without those of the lists in it."""
    children = lists.children if isinstance(lists.children, list) else [lists.children]
    assert {kind(each) for each in children} == {"Li"}
    return list(children)


def nested(item: Component) -> list[object]:
    """Return a unit's id, or what is said of a fold, and the same of what is nested below it."""
    parts = item.children if isinstance(item.children, list) else [item.children]
    below = [each for each in parts if kind(each) == "Ul"]
    said = [each for each in parts if kind(each) != "Ul"]
    return [
        (linked(said) or [text_of(said)])[0],
        *(nested(each) for lists in below for each in items(lists)),
    ]


def stands(entry: Component) -> tuple[str, str, str, str]:
    """Return the unit of an entry (of a fold, the one that it leads to), and where it stands."""
    unit = attribute(entry, "data-unit") or attribute(entry, "data-focus-on")
    return (unit, *(attribute(entry, f"data-{name}") for name in ("level", "place", "siblings")))


def linked_entries(lists: Component) -> list[Component]:
    """Return the entries that are units, and no folds."""
    return [each for each in find(lists, "A") if attribute(each, "data-unit")]


def expected(scope: Scope, unit: int) -> list[object]:
    """Return a shown unit's id, the same of its shown children, and what is said of a fold."""
    ids, names = scope.organization.units["id"], scope.organization.units["name"]
    folds = [scope.fold[unit]] if unit in scope.fold else []
    return [
        ids[unit],
        *(expected(scope, child) for child in scope.children.get(unit, ())),
        *([f"+ {fold.units:,} more below {names[unit]}"] for fold in folds),
    ]


class TestOutline:
    def test_is_the_organization_as_nested_lists_of_links(self, harbour: Organization) -> None:
        (top,) = items(outline(scope_of(harbour), ENGLISH))

        assert nested(top) == [
            "harbour",
            ["traffic", ["pilots"], ["locks"]],
            ["safety", ["fire"], ["goods"]],
        ]

    @given(forests(), st.integers(1, 4), st.sampled_from([3, 10, 300]), st.data())
    def test_is_nested_as_the_scope_with_folds_counted(
        self, pairs: list[tuple[str, str]], levels: int, most: int, data: st.DataObject
    ) -> None:
        organization = organization_of(pairs)
        focus = data.draw(st.integers(0, len(organization) - 1))
        scope = scope_of(organization, focus, levels=levels, most=most)

        (top,) = items(outline(scope, ENGLISH))

        assert nested(top) == expected(scope, scope.focus)

    def test_says_beside_a_name_what_it_is(self, harbour: Organization) -> None:
        lists = outline(scope_of(harbour, harbour.number["safety"]), ENGLISH)

        assert text_of(lists) == (
            "Safety Department Department, 2 units below "
            "Fire Service Unit Dangerous Goods Unit Unit"
        )

    def test_says_where_in_the_organization_each_entry_stands(self, harbour: Organization) -> None:
        lists = outline(scope_of(harbour, harbour.number["safety"]), ENGLISH)

        assert [stands(each) for each in find(lists, "A")] == [
            ("safety", "2", "2", "2"),
            ("fire", "3", "1", "2"),
            ("goods", "3", "2", "2"),
        ]

    def test_counts_siblings_that_are_folded(self) -> None:
        pairs = [("top", ""), *((f"n{each}", "top") for each in range(9))]
        lists = outline(scope_of(organization_of(pairs), most=4), ENGLISH)

        assert [stands(each) for each in find(lists, "A")] == [
            ("top", "1", "1", "1"),
            ("n0", "2", "1", "9"),
            ("n1", "2", "2", "9"),
            ("n2", "2", "3", "9"),
            ("top", "2", "4", "9"),
        ]

    @given(forests(), st.integers(1, 4), st.sampled_from([3, 10, 300]), st.data())
    def test_counts_as_one_would_by_hand(
        self, pairs: list[tuple[str, str]], levels: int, most: int, data: st.DataObject
    ) -> None:
        organization = organization_of(pairs)
        focus = data.draw(st.integers(0, len(organization) - 1))

        for entry in linked_entries(
            outline(scope_of(organization, focus, levels=levels, most=most), ENGLISH)
        ):
            name, level, place, siblings = stands(entry)
            unit = organization.number[name]
            parent = int(organization.parent[unit])
            brothers = list(organization.children(parent)) if unit else [unit]
            assert int(level) == len(organization.ancestors(unit)) + 1
            assert int(place) == brothers.index(unit) + 1
            assert int(siblings) == len(brothers)

    def test_marks_where_it_ends_before_the_organization_does(self, harbour: Organization) -> None:
        lists = outline(scope_of(harbour, levels=1), ENGLISH)

        beyond = find(lists, "A", data_beyond="true")
        assert linked(beyond) == ["traffic", "safety"]
        assert find(outline(scope_of(harbour), ENGLISH), "A", data_beyond="true") == []

    def test_marks_a_unit_that_no_record_describes(self) -> None:
        lists = outline(scope_of(units_with_gaps()), ENGLISH)

        (entry,) = find(lists, "A", data_placeholder="true")
        assert text_of(entry) == "agency Not in the table, 2 units below"

    def test_leads_from_a_fold_to_what_is_folded(self) -> None:
        pairs = [("top", ""), ("a", "top"), *((f"n{each}", "a") for each in range(9))]
        (fold,) = find(
            outline(scope_of(organization_of(pairs), most=4), ENGLISH), "A", data_focus_on="a"
        )

        assert attribute(fold, "href") == "?focus=a"
        assert text_of(fold) == "+ 7 more below a"

    def test_claims_no_role_that_needs_a_script(self, harbour: Organization) -> None:
        lists = outline(scope_of(harbour), ENGLISH)

        assert {attribute(each, "role") for each in walk(lists)} == {None}
        assert len(find(lists, "A")) == len(linked(lists)) == 7


class TestBreadcrumb:
    def test_leads_from_the_top_to_the_parent_and_names_the_focus(
        self, harbour: Organization
    ) -> None:
        crumbs = breadcrumb(scope_of(harbour, harbour.number["safety"]), ENGLISH)

        assert [attribute(each, "data-focus-on") for each in find(crumbs, "A")] == ["harbour"]
        assert [attribute(each, "href") for each in find(crumbs, "A")] == ["?focus=harbour"]
        assert text_of(crumbs) == "Harbour Safety 3 units"
        assert text_of(only(crumbs, **{"aria-current": "location"})) == "Safety"

    def test_of_the_top_is_the_top_alone(self, harbour: Organization) -> None:
        crumbs = breadcrumb(scope_of(harbour), ENGLISH)

        assert find(crumbs, "A") == []
        assert text_of(crumbs) == "Harbour 7 units"

    def test_has_a_step_for_each_level_however_deep(self) -> None:
        chain = [("n0", ""), *((f"n{each + 1}", f"n{each}") for each in range(30))]

        crumbs = breadcrumb(scope_of(organization_of(chain), 29), ENGLISH)

        assert [attribute(each, "data-focus-on") for each in find(crumbs, "A")] == [
            f"n{each}" for each in range(29)
        ]
        assert text_of(find(crumbs, "Li")[-1]) == "n29 2 units"
