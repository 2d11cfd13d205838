from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from components.model.organization import Organization, Scope
from components.views.outline import breadcrumb, outline
from tests.english import ENGLISH
from tests.organizations import forests, organization_of
from tests.views.components import Component, attribute, find, kind, linked, only, text_of


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
        (top,) = items(outline(harbour.scope(), ENGLISH))

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
        scope = organization.scope(focus, levels=levels, most=most)

        (top,) = items(outline(scope, ENGLISH))

        assert nested(top) == expected(scope, scope.focus)

    def test_says_beside_a_name_what_it_is(self, harbour: Organization) -> None:
        lists = outline(harbour.scope(harbour.number["safety"]), ENGLISH)

        assert text_of(lists) == (
            "Safety Department Department, 2 units below "
            "Fire Service Unit Dangerous Goods Unit Unit"
        )

    def test_leads_on_where_it_ends_before_the_organization_does(
        self, harbour: Organization
    ) -> None:
        lists = outline(harbour.scope(levels=1), ENGLISH)

        assert [attribute(each, "data-focus-on") for each in find(lists, "A")] == [
            None,
            None,
            "traffic",
            None,
            "safety",
        ]
        assert [text_of(each) for each in find(lists, "A")].count("Show them") == 2

    def test_leads_nowhere_on_where_nothing_is_below(self, harbour: Organization) -> None:
        lists = outline(harbour.scope(), ENGLISH)

        assert len(find(lists, "A")) == len(linked(lists)) == 7


class TestBreadcrumb:
    def test_leads_from_the_top_to_the_parent_and_names_the_focus(
        self, harbour: Organization
    ) -> None:
        crumbs = breadcrumb(harbour.scope(harbour.number["safety"]), ENGLISH)

        assert [attribute(each, "data-focus-on") for each in find(crumbs, "A")] == ["harbour"]
        assert [attribute(each, "href") for each in find(crumbs, "A")] == ["?focus=harbour"]
        assert text_of(crumbs) == "Harbour Safety 3 units"
        assert text_of(only(crumbs, **{"aria-current": "location"})) == "Safety"

    def test_of_the_top_is_the_top_alone(self, harbour: Organization) -> None:
        crumbs = breadcrumb(harbour.scope(), ENGLISH)

        assert find(crumbs, "A") == []
        assert text_of(crumbs) == "Harbour 7 units"

    def test_has_a_step_for_each_level_however_deep(self) -> None:
        chain = [("n0", ""), *((f"n{each + 1}", f"n{each}") for each in range(30))]

        crumbs = breadcrumb(organization_of(chain).scope(29), ENGLISH)

        assert [attribute(each, "data-focus-on") for each in find(crumbs, "A")] == [
            f"n{each}" for each in range(29)
        ]
        assert text_of(find(crumbs, "Li")[-1]) == "n29 2 units"
