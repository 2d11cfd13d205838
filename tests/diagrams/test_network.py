from __future__ import annotations

import json
import math
import re
from typing import Any

import pytest
from hypothesis import given

from components.diagrams.connection_path import connection_path, path_elements
from components.diagrams.encoding import encoding_of
from components.diagrams.layout import sector_angles
from components.diagrams.links import kind_class
from components.diagrams.network import (
    CytoscapeElement,
    network_elements,
    network_stylesheet,
)
from components.diagrams.style import (
    BAR_HEIGHT,
    BAR_INSET_BELOW,
    Theme,
    contrast,
    stated_style,
)
from components.diagrams.text import text_width
from components.diagrams.tree import Tree, tree_of
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.view_state import Layout, ViewState
from tests.diagrams.expected import assert_expected
from tests.diagrams.shapes import Rectangle, overlaps, trees
from tests.english import ENGLISH
from tests.organizations import (
    CROWD,
    FEW_ROWS,
    GATHERING,
    crowd,
    organization_of,
    posts,
    scope_of,
    units_with_gaps,
)
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
    """Return units, groups and references, by key."""
    drawn = (each for each in elements if "source" not in each["data"])
    return {each["data"]["id"]: each for each in drawn if "owner" not in each["data"]}


def parts(elements: list[CytoscapeElement], css: str) -> dict[str, CytoscapeElement]:
    """Return the elements of a class that belong to the box of a node, by key."""
    owned = (each for each in elements if "owner" in each["data"])
    return {each["data"]["id"]: each for each in owned if css in each["classes"].split()}


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
    elements = network_elements(tree)

    by_key = [each["data"]["id"] for each in elements]

    assert len(set(by_key)) == len(by_key)


class TestNodes:
    @examples(50)
    @given(trees())
    def test_have_a_placement_in_every_layout(self, tree: Tree) -> None:
        for node in network_elements(tree):
            for layout in Layout if "source" not in node["data"] else ():
                place = node["data"][layout]
                assert set(place) == PLACE
                assert all(math.isfinite(place[name]) for name in PLACE - {"label"})
                assert place["width"] > 0
                assert place["height"] > 0

    def test_are_the_sectors_of_the_sunburst_and_the_references(self, iom: Organization) -> None:
        for focus in range(len(iom)):
            scope = scope_of(iom, focus, rows=12)
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

    def test_say_in_the_tooltip_what_the_colour_shows_and_what_the_unit_does_first(
        self, harbour: Organization
    ) -> None:
        index = OrganizationIndex(harbour)
        encoding = encoding_of(ViewState(colour="below"), index)
        tree = tree_of(scope_of(harbour), ENGLISH, encoding)

        data = {element["data"]["id"]: element["data"] for element in network_elements(tree)}
        assert data["u0"]["more"] == ["Units below: 6", "Decides on the port regulations"]

    def test_have_a_class_for_their_type_and_shape(self) -> None:
        organization = organization_of(
            CROWD, references="id, name\nr, Charter", mentions="unit_id, reference_id\ntraffic, r"
        )

        by_key = nodes(network_elements(tree_of(scope_of(organization, room=GATHERING), ENGLISH)))

        classes = {key: node["classes"].split() for key, node in by_key.items()}
        assert classes["u0"] == classes["u1"] == ["unit"]
        assert classes["u2"] == classes["u13"] == ["unit", "dot"]
        assert classes["g0-3"] == ["group"]
        assert classes["r0"] == ["reference", "dot"]
        by_key = nodes(network_elements(tree_of(scope_of(organization, room=FEW_ROWS), ENGLISH)))
        assert by_key["g0-3"]["classes"].split() == ["group", "dot"]

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
        assert parts(elements, "opener") == {}
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
        assert re.fullmatch(r"(Long\s)+Lo?n?g?…", long)

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
        assert edges(network_elements(tree), "hierarchy") == [
            (node.parent, node.key) for node in tree.nodes[1:]
        ]

    def test_end_at_drawn_nodes(self, iom: Organization) -> None:
        for focus in range(len(iom)):
            elements = network_elements(tree_of(scope_of(iom, focus, rows=25), ENGLISH))
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
            (each["data"]["source"], each["data"]["target"], each["classes"]): each["data"]["notes"]
            for each in elements
            if "link" in each["classes"].split()
        }

        coordination, advice = kind_class("coordinates_with"), kind_class("advises")
        assert notes["u6", "u3", f"link {advice} single outward"] == ["Advises"]
        assert notes["u2", "u5", f"link {coordination} double"] == [
            "Coordinates with",
            "Both work on: Emergencies (inferred)",
        ]
        assert notes["u2", "u3", "link reference single"] == ["Both work with: Tide Tables"]
        assert notes["u5", "u6", "link theme single"] == ["Both work on: Permits (inferred)"]


STATES = ("dimmed", "lifted", "hit", "selected", "shown", "cursor", "path")
"""Classes that the page sets on units, groups, references and edges."""
STATES_OF_PARTS = {
    "mark": ("dimmed", "covered"),
    "opener": ("faded", "shown"),
    "station": (),
    "step": (),
}
"""Classes that the page sets on other elements."""


def style_of(
    element: CytoscapeElement, state: str, sheet: list[dict[str, Any]]
) -> dict[str, dict[str, Any]]:
    """Return the style of an element in a state: of two values, the later one counts."""
    tag = "edge" if "source" in element["data"] else "node"
    classes = {*element["classes"].split(), state}
    style: dict[str, Any] = {}
    for rule in sheet:
        for selector in rule["selector"].split(", "):
            name, *needed = selector.split(".")
            if name == tag and set(needed) <= classes:
                style |= rule["style"]
    return style


class TestStylesheet:
    @pytest.mark.parametrize("theme", Theme)
    @pytest.mark.parametrize("layout", Layout)
    def test_looks_up_only_data_that_every_element_has(
        self, harbour: Organization, layout: Layout, theme: Theme
    ) -> None:
        index = OrganizationIndex(harbour)
        tree = tree_of(scope_of(harbour), ENGLISH, encoding_of(ViewState(size="below"), index))
        elements = network_elements(tree)
        elements += path_elements(elements, connection_path(tree, index.chain(3, 6)))
        elements += network_elements(tree_of(scope_of(posts(), rings=1), ENGLISH))
        elements += network_elements(tree_of(scope_of(crowd(), room=FEW_ROWS), ENGLISH))
        sheet = network_stylesheet(layout, theme, ["coordinates_with", "advises"])
        lookups = set()
        for element in elements:
            own = [STATES_OF_PARTS[css] for css in STATES_OF_PARTS if css in element["classes"]]
            for state in ("", *(own[0] if own else STATES)):
                style = json.dumps(style_of(element, state, sheet))
                for path in re.findall(r"data\(([\w.]+)\)", style):
                    value: Any = element["data"]
                    for name in path.split("."):
                        value = value[name]
                    lookups.add(path)
        assert lookups == set(re.findall(r"data\(([\w.]+)\)", json.dumps(sheet)))

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
            parts = (
                [("node.mark", "none"), ("node.opener", "none")]
                if layout is Layout.RADIAL
                else [
                    ("node.closing", "none"),
                    ("node.closing.shown", "element"),
                    ("node.mark.covered", "none"),
                ]
            )
            assert sorted(displayed[:-1]) == sorted(
                [
                    ("edge.link", "none"),
                    ("edge.mention", "none"),
                    ("node.reference", "none"),
                    *parts,
                ]
            )
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


class TestMarks:
    def test_are_circles_with_the_initials_of_the_holders(self) -> None:
        marks = parts(network_elements(tree_of(scope_of(posts()), ENGLISH)), "mark")

        assert {key: each["data"]["owner"] for key, each in marks.items()} == {
            "iu0": "u0",
            "iu1": "u1",
            "iu2": "u2",
            "iu3": "u3",
        }
        labels = {key: each["data"]["tree"]["label"] for key, each in marks.items()}
        assert labels == {"iu0": "AR", "iu1": "BL", "iu2": "", "iu3": "M"}
        assert [key for key, each in marks.items() if "vacant" in each["classes"]] == ["iu2"]

    @pytest.mark.parametrize("layout", [Layout.TREE, Layout.COMPACT])
    @pytest.mark.parametrize("size", [None, "below"])
    def test_stand_in_their_boxes_before_the_labels(self, layout: Layout, size: str | None) -> None:
        organization = posts()
        state = ViewState(size=size or "")
        encoding = encoding_of(state, OrganizationIndex(organization))
        elements = network_elements(tree_of(scope_of(organization), ENGLISH, encoding))
        marks = parts(elements, "mark")

        for key, node in nodes(elements).items():
            box, mark = node["data"][layout], marks[f"i{key}"]["data"][layout]
            label = max(map(text_width, box["label"].split("\n")))
            left, middle = box["x"] - box["width"] / 2, box["x"] + box["label_x"]
            assert mark["y"] == box["y"]
            assert mark["height"] < box["height"]
            assert left < mark["x"] - mark["width"] / 2
            assert mark["x"] + mark["width"] / 2 < middle - label / 2
            assert middle + label / 2 < left + box["width"]
            if size:
                bar = box["y"] + box["height"] / 2 - BAR_INSET_BELOW - BAR_HEIGHT
                assert mark["y"] + mark["height"] / 2 <= bar + 0.01

    def test_have_a_legible_contrast(self) -> None:
        marks = parts(network_elements(tree_of(scope_of(posts()), ENGLISH)), "mark")

        assert len(marks) == 4
        for mark in marks.values():
            for theme in Theme:
                assert contrast(mark["data"]["fill"][theme], mark["data"]["text"][theme]) >= 4.5

    def test_of_two_wide_characters_have_the_first(self) -> None:
        organization = organization_of("""
            Post ID, Title, Holder, Reports to
            p1, 港長, 山田 太郎,
            p2, 水先人, 김 철수, p1
            p3, Clerk, محمد علي, p1
            """)
        drawn = parts(network_elements(tree_of(scope_of(organization), ENGLISH)), "mark")

        labels = [drawn[f"iu{unit}"]["data"]["tree"]["label"] for unit in range(3)]
        assert labels == ["山", "김", "م\u200cع"]

    def test_are_only_before_people_and_posts(self, harbour: Organization) -> None:
        elements = network_elements(tree_of(scope_of(harbour), ENGLISH))

        assert not [each for each in elements if "mark" in each["classes"]]


class TestOpeners:
    def test_stand_beside_what_has_something_below_it_but_the_focus(self) -> None:
        tree = tree_of(scope_of(crowd(), room=GATHERING), ENGLISH)

        openers = parts(network_elements(tree), "opener")

        owners = ["u1", "u7", "g0-3", "g0-4", "g0-5"]
        assert {key: each["data"]["owner"] for key, each in openers.items()} == {
            f"x{owner}": owner for owner in owners
        }
        assert all("closing" in each["classes"] for each in openers.values())
        assert openers["xu1"]["data"]["name"] == "Hide what is below Traffic Department"
        assert openers["xu1"]["data"]["tree"]["label"] == "−"

    def test_of_closed_units_say_how_many_are_below(self) -> None:
        tree = tree_of(scope_of(crowd(), room=FEW_ROWS), ENGLISH)

        openers = parts(network_elements(tree), "opener")

        assert {each["classes"] for each in openers.values()} == {"opener"}
        assert openers["xu1"]["data"]["name"] == "Show what is below Traffic Department"
        labels = {key: each["data"]["tree"]["label"] for key, each in openers.items()}
        assert labels == {"xu1": "+5", "xu7": "+5", "xg0-3": "+", "xg0-4": "+", "xg0-5": "+"}

    @examples(50)
    @given(trees())
    @pytest.mark.parametrize("layout", [Layout.TREE, Layout.COMPACT])
    def test_that_are_visible_by_default_are_clear_of_all_boxes(
        self, layout: Layout, tree: Tree
    ) -> None:
        elements = network_elements(tree, [layout])
        closed = [each for each in elements if each["classes"] == "opener"]

        rectangles = [
            Rectangle(key, *(each["data"][layout][name] for name in ("x", "y", "width", "height")))
            for key, each in [
                *nodes(elements).items(),
                *((each["data"]["id"], each) for each in closed),
            ]
        ]
        assert overlaps(rectangles) == []
