from __future__ import annotations

import json
import math
import re
from typing import Any

import pytest
from hypothesis import given

from components.diagrams.connection_path import connection_path, path_elements
from components.diagrams.layout import sector_angles
from components.diagrams.network import (
    CytoscapeElement,
    Layout,
    kind_class,
    network_elements,
    network_stylesheet,
)
from components.diagrams.style import Theme, contrast, stated_style
from components.diagrams.tree import Tree, tree_of
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.model.scope import scope_of
from tests.diagrams.expected import assert_expected
from tests.diagrams.shapes import trees
from tests.english import ENGLISH
from tests.organizations import organization_of, units_with_gaps
from tests.properties import examples

HOSTILE = ["a.b,c{}", "__proto__", "", "link", "shown", "a b", "é", 'x"]', "-1", "A.B,C{}", "a-b"]
"""Kinds of relation that would break selectors, or collide with classes, if used unescaped."""
RESERVED_CLASSES = {
    "hierarchy",
    "link",
    "mention",
    "outward",
    "shown",
    "dimmed",
    "lifted",
    "reference",
}
PLACE = {"x", "y", "width", "height", "label", "rotation", "label_x", "label_y"}


def nodes(elements: list[CytoscapeElement]) -> dict[str, CytoscapeElement]:
    return {each["data"]["id"]: each for each in elements if "source" not in each["data"]}


def edges(elements: list[CytoscapeElement], css: str) -> list[tuple[str, str]]:
    """Return source and target of each edge of a class."""
    return [
        (each["data"]["source"], each["data"]["target"])
        for each in elements
        if "source" in each["data"] and css in each["classes"].split()
    ]


def keys_of(tree: Tree) -> set[str]:
    return {node.key for node in tree.nodes}


def test_placeholders_have_a_class() -> None:
    by_key = nodes(network_elements(tree_of(scope_of(units_with_gaps()), ENGLISH)))

    marked = {key for key, each in by_key.items() if "placeholder" in each["classes"].split()}
    assert marked == {"u3"}
    assert by_key["u3"]["data"]["note"] == "Not in the table, 2 units below"


def fan(*kinds: str) -> Organization:
    """Return an organization in which each child of the root is related to it by one kind."""
    quoted = ['"' + kind.replace('"', '""') + '"' for kind in kinds]
    return organization_of(
        [("top", ""), *((f"n{number}", "top") for number, _ in enumerate(kinds))],
        relations="from_id,to_id,kind\n"
        + "\n".join(f"n{number},top,{kind}" for number, kind in enumerate(quoted)),
    )


def test_the_elements_of_the_harbour_are_as_expected(harbour: Organization) -> None:
    assert_expected("network", network_elements(tree_of(scope_of(harbour), ENGLISH)))


def test_elements_are_plain_json(iom: Organization) -> None:
    elements = network_elements(tree_of(scope_of(iom), ENGLISH))

    assert json.loads(json.dumps(elements, allow_nan=False)) == elements


@examples(50)
@given(trees())
def test_every_element_has_a_unique_id(tree: Tree) -> None:
    elements = network_elements(
        tree_of(scope_of(tree.organization, tree.focus.unit, most=12), ENGLISH)
    )

    by_key = [each["data"]["id"] for each in elements]

    assert len(set(by_key)) == len(by_key)


class TestNodes:
    @examples(50)
    @given(trees())
    def test_have_a_placement_in_every_layout(self, tree: Tree) -> None:
        for node in nodes(network_elements(tree_of(scope_of(tree.organization), ENGLISH))).values():
            for layout in Layout:
                place = node["data"][layout]
                assert set(place) == PLACE
                assert all(math.isfinite(place[name]) for name in PLACE - {"label"})
                assert place["width"] > 0
                assert place["height"] > 0

    def test_are_the_sectors_of_the_sunburst_and_the_references(self, iom: Organization) -> None:
        for focus in range(len(iom)):
            scope = scope_of(iom, focus, most=20)
            by_key = nodes(network_elements(tree_of(scope, ENGLISH)))
            references = {key for key, node in by_key.items() if "reference" in node["classes"]}
            assert set(by_key) - references == keys_of(tree_of(scope, ENGLISH))
            assert references == {f"r{number}" for number in range(len(references))}

    def test_stand_at_the_angles_of_the_sunburst_in_the_radial_layout(
        self, iom: Organization
    ) -> None:
        scope = scope_of(iom)
        by_key = nodes(network_elements(tree_of(scope, ENGLISH)))

        for key, (start, extent) in sector_angles(tree_of(scope, ENGLISH)).items():
            place = by_key[key]["data"][Layout.RADIAL]
            if key != "u0":
                bearing = math.degrees(math.atan2(place["x"], -place["y"])) % 360
                assert bearing == pytest.approx(start + extent / 2, abs=0.01)

    def test_have_the_data_of_their_unit(self, harbour: Organization) -> None:
        by_key = nodes(network_elements(tree_of(scope_of(harbour), ENGLISH)))

        data = {
            key: [node["data"][name] for name in ("unit", "name", "note", "up", "below")]
            for key, node in by_key.items()
            if key in {"u0", "u4", "u6"}
        }

        assert data == {
            "u0": ["harbour", "Harbour Office", "Office, 6 units below", "", True],
            "u4": ["safety", "Safety Department", "Department, 2 units below", "u0", True],
            "u6": ["goods", "Dangerous Goods Unit", "Unit", "u4", False],
        }

    def test_have_a_class_for_their_type_and_shape(self) -> None:
        organization = organization_of(
            [("top", ""), ("a", "top"), ("b", "a"), ("c", "a"), ("d", "top")],
            references="id, name\nr, Charter",
            mentions="unit_id, reference_id\nb, r",
        )

        by_key = nodes(network_elements(tree_of(scope_of(organization, most=4), ENGLISH)))

        assert {key: node["classes"].split() for key, node in by_key.items()} == {
            "u0": ["unit"],
            "u1": ["unit"],
            "u2": ["unit", "dot"],
            "f1": ["fold", "dot"],
            "u4": ["unit", "dot"],
            "r0": ["reference", "dot"],
        }

    def test_have_full_names_in_the_tree_and_short_ones_elsewhere(
        self, harbour: Organization
    ) -> None:
        data = nodes(network_elements(tree_of(scope_of(harbour), ENGLISH)))["u3"]["data"]

        assert data[Layout.TREE]["label"].split() == ["Locks", "&", "Bridges", "Unit"]
        assert data[Layout.COMPACT]["label"] == "Locks"
        assert data[Layout.RADIAL]["label"] == "Locks"

    def test_never_use_ids_of_a_table_as_keys(self) -> None:
        organization = organization_of(
            [("__proto__", ""), ("constructor", "__proto__"), ("u0", "__proto__")],
            references="id, name\n__proto__, Treaty\nhu1, Charter",
            mentions="unit_id, reference_id\nu0, __proto__\nu0, hu1",
            relations="from_id, to_id, kind\nu0, constructor, supports",
        )

        elements = network_elements(tree_of(scope_of(organization), ENGLISH))

        assert list(nodes(elements)) == ["u0", "u1", "u2", "r0", "r1"]
        assert [each["data"]["id"] for each in elements[5:]] == [
            "hu1",
            "hu2",
            "l0",
            "mr0u2",
            "mr1u2",
        ]

    def test_have_the_same_placement_whatever_the_id_of_a_reference(self) -> None:
        places = {
            name: nodes(
                network_elements(
                    tree_of(
                        scope_of(
                            organization_of(
                                [("top", ""), ("a", "top")],
                                references=f"id, name\n{name}, Treaty",
                                mentions=f"unit_id, reference_id\ntop, {name}",
                            )
                        ),
                        ENGLISH,
                    )
                )
            )["u1"]["data"][Layout.TREE]
            for name in ("treaty", "u1")
        }

        assert places["u1"] == places["treaty"]

    @pytest.mark.parametrize("theme", Theme)
    def test_have_legible_labels(self, harbour: Organization, theme: Theme) -> None:
        for node in nodes(network_elements(tree_of(scope_of(harbour), ENGLISH))).values():
            assert contrast(node["data"]["text"][theme], node["data"]["fill"][theme]) >= 4.5


class TestReferences:
    def test_are_those_that_drawn_units_mention(self, harbour: Organization) -> None:
        whole = nodes(network_elements(tree_of(scope_of(harbour), ENGLISH)))
        part = nodes(
            network_elements(tree_of(scope_of(harbour, harbour.number["safety"]), ENGLISH))
        )

        assert [whole[key]["data"]["name"] for key in ("r0", "r1")] == [
            "Port State Agreement",
            "Tide Tables",
        ]
        assert [node["data"]["name"] for key, node in part.items() if key[0] == "r"] == [
            "Port State Agreement"
        ]

    @pytest.mark.parametrize(
        ("layout", "most"), [(Layout.TREE, 1), (Layout.COMPACT, 1), (Layout.RADIAL, 3)]
    )
    def test_are_labelled_by_acronym_or_shortened_name(self, layout: Layout, most: int) -> None:
        organization = organization_of(
            [("top", "")],
            references=f"id, name, acronym\na, Agreement, AGR\nb, Charter,\nc, {'Long ' * 40},",
            mentions="unit_id, reference_id\ntop, a\ntop, b\ntop, c",
        )

        by_key = nodes(network_elements(tree_of(scope_of(organization), ENGLISH)))

        acronym, name, long = (by_key[key]["data"][layout]["label"] for key in ("r0", "r1", "r2"))
        assert (acronym, name) == ("AGR", "Charter")
        assert len(long.splitlines()) == most
        assert re.fullmatch(r"(Long\s)+Long…", long)

    def test_have_one_edge_to_each_unit_that_mentions_them(self) -> None:
        organization = organization_of(
            [("top", ""), ("a", "top")],
            references="id, name\nr, Charter",
            mentions="unit_id, reference_id, role\na, r, Signed it\na, r, Keeps it\ntop, r, Reads",
        )

        assert edges(network_elements(tree_of(scope_of(organization), ENGLISH)), "mention") == [
            ("u0", "r0"),
            ("u1", "r0"),
        ]


class TestEdges:
    @examples(50)
    @given(trees())
    def test_of_the_hierarchy_lead_from_parent_to_child(self, tree: Tree) -> None:
        scope = scope_of(tree.organization, tree.focus.unit, most=12)

        assert edges(network_elements(tree_of(scope, ENGLISH)), "hierarchy") == [
            (node.parent, node.key) for node in tree_of(scope, ENGLISH).nodes[1:]
        ]

    def test_end_at_drawn_nodes(self, iom: Organization) -> None:
        for focus in range(len(iom)):
            elements = network_elements(tree_of(scope_of(iom, focus, most=25), ENGLISH))
            ends = {
                end
                for css in ("hierarchy", "link", "mention")
                for edge in edges(elements, css)
                for end in edge
            }
            assert ends <= set(nodes(elements))

    def test_have_one_kind_each(self, iom: Organization) -> None:
        for element in network_elements(tree_of(scope_of(iom), ENGLISH)):
            if "source" in element["data"]:
                kinds = {"hierarchy", "link", "mention"} & set(element["classes"].split())
                assert len(kinds) == 1

    def test_have_an_arrow_if_the_relation_has_a_direction(self, harbour: Organization) -> None:
        elements = network_elements(tree_of(scope_of(harbour), ENGLISH))

        assert edges(elements, kind_class("coordinates_with")) == [("u2", "u5")]
        assert edges(elements, kind_class("advises")) == [("u6", "u3")]
        assert edges(elements, "outward") == [("u6", "u3")]

    def test_join_units_that_mention_the_same_reference_without_an_arrow(
        self, harbour: Organization
    ) -> None:
        elements = network_elements(tree_of(scope_of(harbour), ENGLISH))
        shared = edges(elements, "reference")

        assert sorted(shared) == [("u1", "u4"), ("u1", "u6"), ("u2", "u3"), ("u4", "u6")]
        assert not set(shared) & set(edges(elements, "outward"))

    def test_do_not_lead_out_of_the_scope(self, harbour: Organization) -> None:
        elements = network_elements(tree_of(scope_of(harbour, harbour.number["safety"]), ENGLISH))

        assert edges(elements, "reference") == [("u4", "u6")]
        assert edges(elements, kind_class("coordinates_with")) == []
        assert {end for edge in edges(elements, "link") for end in edge} <= {"u4", "u5", "u6"}

    def test_have_notes_that_explain_them(self, harbour: Organization) -> None:
        elements = network_elements(tree_of(scope_of(harbour), ENGLISH))
        notes = {
            (each["data"]["source"], each["data"]["target"], each["classes"]): each["data"]["note"]
            for each in elements
            if "link" in each["classes"].split()
        }

        coordination, advice = kind_class("coordinates_with"), kind_class("advises")
        assert notes["u6", "u3", f"link {advice} outward"] == "Advises"
        assert notes["u2", "u5", f"link {coordination}"] == "Coordinates with"
        assert notes["u2", "u3", "link reference"] == "Both work with: Tide Tables"
        assert notes["u5", "u6", "link theme"] == "Both work on: Permits (inferred)"

    @pytest.mark.parametrize("layout", Layout)
    def test_between_the_same_two_units_have_different_bends(self, layout: Layout) -> None:
        organization = organization_of(
            [("top", ""), ("a", "top"), ("b", "top")],
            relations="from_id, to_id, kind\na, b, supports\na, b, advises\nb, a, draws_on",
        )

        links = [
            each["data"][layout]["bend"]
            for each in network_elements(tree_of(scope_of(organization), ENGLISH))
            if "link" in each["classes"].split()
        ]

        assert len({abs(bend) for bend in links}) == 3

    @pytest.mark.parametrize("layout", Layout)
    def test_bend_to_the_right_in_a_tree_and_inwards_in_the_radial_layout(
        self, iom: Organization, layout: Layout
    ) -> None:
        elements = network_elements(tree_of(scope_of(iom), ENGLISH))
        places = {key: node["data"][layout] for key, node in nodes(elements).items()}
        links = [each["data"] for each in elements if "link" in each["classes"].split()]

        assert len(links) > 10
        for link in links:
            (ax, ay), (bx, by) = (
                (places[link[end]]["x"], places[link[end]]["y"]) for end in ("source", "target")
            )
            away = link[layout]["bend"] / math.hypot(bx - ax, by - ay)
            # Cytoscape measures along the normal of the line from source to target.
            x, y = (ax + bx) / 2 - (by - ay) * away, (ay + by) / 2 + (bx - ax) * away
            if layout is Layout.RADIAL:
                along = (x - (ax + bx) / 2) * (ax + bx) + (y - (ay + by) / 2) * (ay + by)
                assert along <= 1e-6
            else:
                assert x >= (ax + bx) / 2


STATES = {"dimmed", "lifted", "selected", "shown"}
"""Classes that the page sets on any element."""


class TestStylesheet:
    @pytest.mark.parametrize("theme", Theme)
    @pytest.mark.parametrize("layout", Layout)
    def test_looks_up_only_data_that_every_matching_element_has(
        self, harbour: Organization, layout: Layout, theme: Theme
    ) -> None:
        tree = tree_of(scope_of(harbour), ENGLISH)
        elements = network_elements(tree)
        added = path_elements(
            elements, connection_path(tree, OrganizationIndex(harbour).chain(3, 6))
        )
        kinds = ["coordinates_with", "advises"]
        lookups = 0
        for rule in network_stylesheet(layout, theme, kinds):
            is_state = set(rule["selector"].split(".")) & STATES
            for path in re.findall(r"data\(([\w.]+)\)", json.dumps(rule["style"])):
                lookups += 1
                matching = [
                    each
                    for each in [*elements, *([] if is_state else added)]
                    if ("source" in each["data"]) == rule["selector"].startswith("edge")
                    and set(rule["selector"].split(".")[1:]) - STATES
                    <= set(each["classes"].split())
                ]
                assert matching
                for each in matching:
                    value: Any = each["data"]
                    for name in path.split("."):
                        value = value[name]
        assert lookups >= 6

    @pytest.mark.parametrize("theme", Theme)
    @pytest.mark.parametrize("layout", Layout)
    def test_has_valid_selectors_for_any_kind(self, layout: Layout, theme: Theme) -> None:
        one = r"(node|edge)(\.[A-Za-z][A-Za-z0-9-]*)*"

        for rule in network_stylesheet(layout, theme, HOSTILE):
            assert re.fullmatch(f"{one}(, {one})*", rule["selector"])

    @pytest.mark.parametrize("theme", Theme)
    def test_draws_each_kind_of_link_as_the_legend_does(self, theme: Theme) -> None:
        kinds = ["coordinates_with", "guards", *HOSTILE]
        sheet = {
            rule["selector"]: rule["style"]
            for rule in network_stylesheet(Layout.TREE, theme, kinds)
        }

        for kind in kinds:
            rule, style = sheet[f"edge.{kind_class(kind)}"], stated_style(kind, kinds)
            assert rule["line-color"] == style.colour(theme)
            assert tuple(rule.get("line-dash-pattern", ())) == style.dashes

    @pytest.mark.parametrize("theme", Theme)
    def test_hides_links_mentions_and_references_by_default(self, theme: Theme) -> None:
        for layout in Layout:
            rules = network_stylesheet(layout, theme, ["supports"])
            displayed = [
                (each["selector"], each["style"]["display"])
                for each in rules
                if "display" in each["style"]
            ]
            assert sorted(displayed[:-1]) == [
                ("edge.link", "none"),
                ("edge.mention", "none"),
                ("node.reference", "none"),
            ]
            assert displayed[-1] == ("node.reference.shown, edge.shown", "element")

    def test_is_plain_json(self) -> None:
        for layout in Layout:
            for theme in Theme:
                sheet = network_stylesheet(layout, theme, HOSTILE)
                assert json.loads(json.dumps(sheet)) == sheet


class TestKindClass:
    def test_is_the_same_on_the_edge_and_in_the_stylesheet(self) -> None:
        elements = network_elements(tree_of(scope_of(fan(*HOSTILE)), ENGLISH))

        for number, kind in enumerate(HOSTILE, start=1):
            assert (f"u{number}", "u0") in edges(elements, kind_class(kind))

    def test_is_one_word_and_not_a_reserved_class(self) -> None:
        for kind in [*HOSTILE, *RESERVED_CLASSES]:
            assert re.fullmatch("kind-[A-Za-z0-9-]*", kind_class(kind))
            assert kind_class(kind) not in RESERVED_CLASSES

    def test_is_unique_for_each_kind(self) -> None:
        kinds = [*HOSTILE, "a-2d-b", "a_b", "a b ", "a--b", "2d", "ab"]

        assert len({kind_class(kind) for kind in kinds}) == len(kinds)
