from __future__ import annotations

from collections.abc import Iterator

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
    assert {kind(component) for component in children} == {"Li"}
    return list(children)


def nested(item: Component) -> list[object]:
    """Return a unit's id or a fold's text, followed by the same of each nested item."""
    parts = item.children if isinstance(item.children, list) else [item.children]
    sublists = [part for part in parts if kind(part) == "Ul"]
    entry = [part for part in parts if kind(part) != "Ul"]
    return [
        (linked(entry) or [text_of(entry)])[0],
        *(nested(item) for lists in sublists for item in items(lists)),
    ]


def positions_in(lists: Component) -> list[tuple[str, int, str, str]]:
    """Return of each entry its unit (of a fold: its parent), its level, place and siblings."""

    def positions(listed: Component, level: int) -> Iterator[tuple[str, int, str, str]]:
        for item in items(listed):
            parts = item.children if isinstance(item.children, list) else [item.children]
            entry, *sublists = parts
            unit = attribute(entry, "data-unit") or attribute(entry, "data-focus-on")
            yield unit, level, attribute(entry, "data-place"), attribute(listed, "data-siblings")
            for sublist in sublists:
                yield from positions(sublist, level + 1)

    return list(positions(lists, int(attribute(lists, "data-level"))))


def linked_entries(lists: Component) -> list[Component]:
    """Return the entries of units, without those of folds."""
    return [link for link in find(lists, "A") if attribute(link, "data-unit")]


def expected(scope: Scope, unit: int) -> list[object]:
    """Return a shown unit's id, the same of its shown children, and the text of its fold."""
    ids, names = scope.organization.units["id"], scope.organization.units["name"]
    folds = [scope.fold[unit]] if unit in scope.fold else []
    return [
        ids[unit],
        *(expected(scope, child) for child in scope.children.get(unit, ())),
        *([f"+ {fold.units:,} more below {names[unit]}"] for fold in folds),
    ]


class TestOutline:
    def test_shows_the_organization_as_nested_lists_of_links(self, harbour: Organization) -> None:
        (top,) = items(outline(scope_of(harbour), ENGLISH))

        assert nested(top) == [
            "harbour",
            ["traffic", ["pilots"], ["locks"]],
            ["safety", ["fire"], ["goods"]],
        ]

    @given(forests(), st.integers(1, 4), st.sampled_from([3, 10, 300]), st.data())
    def test_is_nested_like_the_scope_with_folds_counted(
        self, pairs: list[tuple[str, str]], levels: int, most: int, data: st.DataObject
    ) -> None:
        organization = organization_of(pairs)
        focus = data.draw(st.integers(0, len(organization) - 1))
        scope = scope_of(organization, focus, levels=levels, most=most)

        (top,) = items(outline(scope, ENGLISH))

        assert nested(top) == expected(scope, scope.focus)

    def test_has_the_type_and_size_of_each_unit(self, harbour: Organization) -> None:
        lists = outline(scope_of(harbour, harbour.number["safety"]), ENGLISH)

        assert text_of(lists) == (
            "Safety Department Department, 2 units below "
            "Fire Service Unit Dangerous Goods Unit Unit"
        )

    def test_has_the_level_and_place_of_each_entry(self, harbour: Organization) -> None:
        lists = outline(scope_of(harbour, harbour.number["safety"]), ENGLISH)

        assert positions_in(lists) == [
            ("safety", 2, "2", "2"),
            ("fire", 3, "1", "2"),
            ("goods", 3, "2", "2"),
        ]

    def test_counts_folded_siblings(self) -> None:
        pairs = [("top", ""), *((f"n{number}", "top") for number in range(9))]
        lists = outline(scope_of(organization_of(pairs), most=4), ENGLISH)

        assert positions_in(lists) == [
            ("top", 1, "1", "1"),
            ("n0", 2, "1", "9"),
            ("n1", 2, "2", "9"),
            ("n2", 2, "3", "9"),
            ("top", 2, "4", "9"),
        ]

    @given(forests(), st.integers(1, 4), st.sampled_from([3, 10, 300]), st.data())
    def test_has_levels_and_places_that_agree_with_the_hierarchy(
        self, pairs: list[tuple[str, str]], levels: int, most: int, data: st.DataObject
    ) -> None:
        organization = organization_of(pairs)
        focus = data.draw(st.integers(0, len(organization) - 1))

        scope = scope_of(organization, focus, levels=levels, most=most)
        lists = outline(scope, ENGLISH)
        positions = zip(find(lists, "A"), positions_in(lists), strict=True)
        for name, level, place, siblings in (
            position for entry, position in positions if attribute(entry, "data-unit")
        ):
            unit = organization.number[name]
            parent = int(organization.parent[unit])
            expected_siblings = list(organization.children(parent)) if unit else [unit]
            assert level == len(organization.ancestors(unit)) + 1
            assert int(place) == expected_siblings.index(unit) + 1
            assert int(siblings) == len(expected_siblings)

    def test_marks_the_units_whose_children_are_not_shown(self, harbour: Organization) -> None:
        lists = outline(scope_of(harbour, levels=1), ENGLISH)

        marked = find(lists, "A", data_beyond="true")
        assert linked(marked) == ["traffic", "safety"]
        assert find(outline(scope_of(harbour), ENGLISH), "A", data_beyond="true") == []

    def test_marks_a_unit_without_a_record(self) -> None:
        lists = outline(scope_of(units_with_gaps()), ENGLISH)

        (entry,) = find(lists, "A", data_placeholder="true")
        assert text_of(entry) == "agency Not in the table, 2 units below"

    def test_links_from_a_fold_to_the_scope_of_its_parent(self) -> None:
        pairs = [("top", ""), ("a", "top"), *((f"n{number}", "a") for number in range(9))]
        (fold,) = find(
            outline(scope_of(organization_of(pairs), most=4), ENGLISH), "A", data_focus_on="a"
        )

        assert attribute(fold, "href") == "?focus=a"
        assert text_of(fold) == "+ 7 more below a"

    def test_has_no_roles_that_need_scripts(self, harbour: Organization) -> None:
        lists = outline(scope_of(harbour), ENGLISH)

        assert {attribute(component, "role") for component in walk(lists)} == {None}
        assert len(find(lists, "A")) == len(linked(lists)) == 7


class TestBreadcrumb:
    def test_links_to_the_ancestors_and_ends_with_the_focus(self, harbour: Organization) -> None:
        crumbs = breadcrumb(scope_of(harbour, harbour.number["safety"]), ENGLISH)

        assert [attribute(link, "data-focus-on") for link in find(crumbs, "A")] == ["harbour"]
        assert [attribute(link, "href") for link in find(crumbs, "A")] == ["?focus=harbour"]
        assert text_of(crumbs) == "Harbour Safety 3 units"
        assert text_of(only(crumbs, **{"aria-current": "location"})) == "Safety"

    def test_of_the_root_has_only_the_root(self, harbour: Organization) -> None:
        crumbs = breadcrumb(scope_of(harbour), ENGLISH)

        assert find(crumbs, "A") == []
        assert text_of(crumbs) == "Harbour 7 units"

    def test_has_an_entry_for_every_level_of_a_deep_hierarchy(self) -> None:
        chain = [("n0", ""), *((f"n{number + 1}", f"n{number}") for number in range(30))]

        crumbs = breadcrumb(scope_of(organization_of(chain), 29), ENGLISH)

        assert [attribute(link, "data-focus-on") for link in find(crumbs, "A")] == [
            f"n{number}" for number in range(29)
        ]
        assert text_of(find(crumbs, "Li")[-1]) == "n29 2 units"
