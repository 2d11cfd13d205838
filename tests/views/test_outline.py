from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given

from components.diagrams.encoding import encoding_of
from components.diagrams.tree import Node, Tree, tree_of
from components.model.groups import Group, focus_text
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.view_state import ViewState, scope_of_lists
from components.views.outline import breadcrumb, outline
from tests.diagrams.shapes import trees
from tests.english import ENGLISH
from tests.organizations import (
    FEW_ROWS,
    crowd,
    organization_of,
    posts,
    scope_of,
    two_states,
    units_with_gaps,
)
from tests.views.components import (
    Component,
    attribute,
    css,
    find,
    kind,
    linked,
    only,
    text_of,
    walk,
)


def items(lists: Component) -> list[Component]:
    """Return the items of a list, without those of the lists in it."""
    children = lists.children if isinstance(lists.children, list) else [lists.children]
    assert {kind(component) for component in children} == {"Li"}
    return list(children)


def nested(item: Component) -> list[object]:
    """Return a unit's id or a group's text, followed by the same of each nested item."""
    parts = item.children if isinstance(item.children, list) else [item.children]
    sublists = [part for part in parts if kind(part) == "Ul"]
    entry = [part for part in parts if kind(part) != "Ul"]
    return [
        (linked(entry) or [text_of(entry)])[0],
        *(nested(item) for lists in sublists for item in items(lists)),
    ]


def positions_in(lists: Component) -> list[tuple[str, int, str, str]]:
    """Return of each entry its unit or group, its level, place and siblings."""

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
    """Return the entries of units, without those of groups."""
    return [link for link in find(lists, "A") if attribute(link, "data-unit")]


def expected(tree: Tree, node: Node) -> list[object]:
    """Return a unit's id or a group's text, and the same of each node below it."""
    return [
        f"{node.name} {node.note}" if node.group else tree.organization.units["id"][node.unit],
        *(expected(tree, child) for child in tree.children.get(node.key, ())),
    ]


class TestOutline:
    def test_shows_the_organization_as_nested_lists_of_links(self, harbour: Organization) -> None:
        (top,) = items(outline(tree_of(scope_of(harbour), ENGLISH)))

        assert nested(top) == [
            "harbour",
            ["traffic", ["pilots"], ["locks"]],
            ["safety", ["fire"], ["goods"]],
        ]

    @given(trees())
    def test_is_nested_like_the_diagrams(self, tree: Tree) -> None:
        (top,) = items(outline(tree))

        assert nested(top) == expected(tree, tree.focus)

    def test_has_the_type_and_size_of_each_unit(self, harbour: Organization) -> None:
        lists = outline(tree_of(scope_of(harbour, harbour.number["safety"]), ENGLISH))

        assert text_of(lists) == (
            "Safety Department Department, 2 units below "
            "Fire Service Unit Dangerous Goods Unit Unit"
        )

    def test_has_the_level_and_place_of_each_entry(self, harbour: Organization) -> None:
        lists = outline(tree_of(scope_of(harbour, harbour.number["safety"]), ENGLISH))

        assert positions_in(lists) == [
            ("safety", 2, "2", "2"),
            ("fire", 3, "1", "2"),
            ("goods", 3, "2", "2"),
        ]

    def test_counts_groups_as_siblings(self) -> None:
        lists = outline(tree_of(scope_of(crowd(), room=FEW_ROWS), ENGLISH))

        assert positions_in(lists) == [
            ("port", 1, "1", "1"),
            ("traffic", 2, "1", "5"),
            ("safety", 2, "2", "5"),
            ("port~<5~1-4", 2, "3", "5"),
            ("port~<5~5-8", 2, "4", "5"),
            ("port~<5~9-12", 2, "5", "5"),
        ]

    @given(trees())
    def test_has_levels_and_places_that_agree_with_the_diagrams(self, tree: Tree) -> None:
        organization, above = tree.organization, len(tree.scope.ancestors)
        parent = int(organization.parent[tree.scope.focus])
        siblings = list(organization.children(parent)) if parent >= 0 else [0]

        (_, level, place, count), *below = positions_in(outline(tree))

        assert (level, int(place)) == (above + 1, siblings.index(tree.scope.focus) + 1)
        assert int(count) == len(siblings)
        for node, (name, level, place, count) in zip(tree.nodes[1:], below, strict=True):
            beside = tree.children[node.parent]
            assert (name, level) == (focus_text(organization, node.focus), above + node.level + 1)
            assert (int(place), int(count)) == (beside.index(node) + 1, len(beside))

    def test_marks_the_units_whose_children_are_not_shown(self, harbour: Organization) -> None:
        lists = outline(tree_of(scope_of(harbour, rings=1), ENGLISH))

        marked = find(lists, "A", data_beyond="true")
        assert linked(marked) == ["traffic", "safety"]
        assert find(outline(tree_of(scope_of(harbour), ENGLISH)), "A", data_beyond="true") == []

    def test_of_a_group_begins_with_its_name_and_size(self) -> None:
        lists = outline(tree_of(scope_of(crowd(), Group(0, run=(13, 14)), rings=1), ENGLISH))

        assert text_of(find(lists, "A")[0]) == "Port: S to T (2) below Port, 10 units below"

    def test_says_of_a_unit_that_it_has_no_record(self) -> None:
        lists = outline(tree_of(scope_of(units_with_gaps()), ENGLISH))

        (entry,) = find(lists, "A", data_unit="agency")
        assert text_of(entry) == "agency Not in the table, 2 units below"

    def test_has_the_initials_of_holders_as_an_ornament_and_says_what_is_vacant(self) -> None:
        organization = posts()
        words = ENGLISH.about(organization)
        entries = linked_entries(outline(tree_of(scope_of(organization), words)))
        marks = [[each for each in walk(entry) if "initials" in css(each)] for entry in entries]

        assert [attribute(mark, "data-initials") for (mark,) in marks] == ["AR", "BL", "", "M"]
        assert [attribute(mark, "aria-hidden") for (mark,) in marks] == ["true"] * 4
        assert [css(mark) for (mark,) in marks][2] == ["initials", "vacant"]
        assert [text_of(entry) for entry in entries] == [
            "Harbour Master G9, 3 posts below",
            "Chief Pilot G7, 1 post below",
            "Pilot G7, vacant",
            "Clerk G7",
        ]

    def test_has_no_marks_of_units(self, harbour: Organization) -> None:
        lists = outline(tree_of(scope_of(harbour), ENGLISH))

        assert not [each for each in walk(lists) if "initials" in css(each)]

    def test_links_from_a_group_to_its_scope(self) -> None:
        lists = outline(tree_of(scope_of(crowd(), room=FEW_ROWS), ENGLISH))

        (group,) = find(lists, "A", data_focus_on="port~<5~1-4")

        assert attribute(group, "href") == "?focus=port~%3C5~1-4"
        assert text_of(group) == "A to D (4) below Port"

    def test_has_no_roles_that_need_scripts(self, harbour: Organization) -> None:
        lists = outline(tree_of(scope_of(harbour), ENGLISH))

        assert {attribute(component, "role") for component in walk(lists)} == {None}
        assert len(find(lists, "A")) == len(linked(lists)) == 7


STAFF = """
    id, name, parent, type, FTE
    1,  Ada,  ,       post, 1
    2,  Ben,  1,      post, 0.5
    3,  Cy,   1,      post, 1
    4,  Dora, 3,      post, 0.4
    5,  Emil, 3,      post, 0.6
    """


class TestWithAMeasure:
    def sorted_outline(self, focus: int = 0) -> Component:
        index = OrganizationIndex(organization_of(STAFF))
        state = ViewState(size="fte", sort="size")
        scope = scope_of_lists(index, state, scope_of(index.organization, focus))
        return outline(tree_of(scope, ENGLISH, encoding_of(state, index)))

    def test_has_the_numbers_and_shares_of_units(self) -> None:
        assert [text_of(entry) for entry in find(self.sorted_outline(), "A")] == [
            "Ada Post, 4 units below · FTE: 3.5",
            "Cy Post, 2 units below · FTE: 2 · 57% of the whole",
            "Emil Post · FTE: 0.6 · 30% of Cy · 17% of the whole",
            "Dora Post · FTE: 0.4 · 20% of Cy · 11% of the whole",
            "Ben Post · FTE: 0.5 · 14% of the whole",
        ]

    def test_has_places_in_the_order_that_it_shows(self) -> None:
        assert positions_in(self.sorted_outline(focus=2)) == [
            ("3", 2, "2", "2"),
            ("5", 3, "1", "2"),
            ("4", 3, "2", "2"),
        ]


class TestBreadcrumb:
    def test_links_to_the_ancestors_and_ends_with_the_focus(self, harbour: Organization) -> None:
        crumbs = breadcrumb(scope_of(harbour, harbour.number["safety"]), ENGLISH)

        assert [attribute(link, "data-focus-on") for link in find(crumbs, "A")] == ["harbour"]
        assert [attribute(link, "href") for link in find(crumbs, "A")] == ["?focus=harbour"]
        assert text_of(crumbs) == "Harbour Safety 3 units"
        assert text_of(only(crumbs, **{"aria-current": "location"})) == "Safety"

    def test_of_a_group_links_to_its_parent(self) -> None:
        crumbs = breadcrumb(scope_of(crowd(), Group(1, run=(1, 3))), ENGLISH)

        links = [attribute(link, "data-focus-on") for link in find(crumbs, "A")]
        assert links == ["port", "traffic"]
        assert text_of(crumbs) == "Port Traffic Department L to R (3) 3 units"

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

    def test_keeps_what_is_between_the_top_and_the_parent_in_a_menu(self) -> None:
        chain = [(f"n{number}", f"n{number - 1}" if number else "") for number in range(7)]
        short, long = (
            breadcrumb(scope_of(organization_of(chain), unit), ENGLISH) for unit in (3, 5)
        )

        assert find(short, "Details") == []
        menu = only(long, "Details")
        assert attribute(only(menu, "Summary"), "aria-label") == "3 levels"
        assert text_of(menu) == "… n1 n2 n3"
        assert text_of(long).startswith("n0 … n1 n2 n3 n4 n5")


def test_units_that_are_gone_new_or_have_moved_are_marked_with_a_sign_and_a_word() -> None:
    entries = find(outline(tree_of(scope_of(two_states()), ENGLISH)), "A")
    marked = {
        text_of(only(entry, css="name")): text_of(only(entry, css="change"))
        for entry in entries
        if find(entry, css="change")
    }

    assert marked == {
        "Mail Room": "− Gone",  # a minus sign
        "Pilots": "→ Moved",
        "Quays and Roads": "− Gone",
        "Quays": "+ New",
        "Roads": "+ New",
        "Watch": "+ New",
    }
    assert len(entries) == 10
