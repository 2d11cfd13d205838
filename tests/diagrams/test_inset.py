from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.diagrams.inset import (
    INSET_RADII,
    NETWORK_PADDING,
    RADIUS,
    ROOM_BESIDE,
    STATES,
)
from components.diagrams.labels import sector_labels
from components.diagrams.layout import sector_angles
from components.diagrams.marks import Marks
from components.diagrams.network import network_elements
from components.diagrams.network_drawing import network_drawing
from components.diagrams.rooms import SUNBURST_RADII
from components.diagrams.style import MARK_SIZE, Theme
from components.diagrams.sunburst import RADII
from components.diagrams.tree import Tree, tree_of
from components.model.organization import Organization
from components.model.scope import Scope
from components.view_state import Layout, ViewState
from tests.diagrams.drawings import HOSTILE, UNDRAWABLE, marks_in, pictured_scopes, sector_of, views
from tests.diagrams.insets import (
    Inset,
    all_of,
    classes_of,
    insets_of,
    key_in,
    lines_of,
    networks_of,
    place_of,
    sizes_at,
    sunburst_of,
)
from tests.english import ENGLISH
from tests.organizations import (
    FEW_ROWS,
    crowd,
    organization_named,
    organization_of,
    posts,
    scope_of,
    units_with_gaps,
)
from tests.properties import examples

LAYOUTS = (Layout.TREE, Layout.RADIAL)
ROUNDING = 0.06
"""Pixels; coordinates in a network have one decimal."""
UNIT = 0.6
"""Coordinates in a sunburst are whole numbers."""
WITHOUT_STYLE = {
    *("class", "data-key", "data-unit", "data-focus-on", "href", "tabindex", "lang"),
    *("viewBox", "role", "aria-label", "d", "x", "y", "width", "height", "rx", "cx", "cy", "dy"),
    "transform",
}
"""Attributes that say nothing about colours, strokes and font sizes."""


def tree_in(scope: Scope) -> Tree:
    return tree_of(scope, ENGLISH)


def numbers(rules: str) -> dict[str, float]:
    image = re.findall(r"--([-a-z]+): (-?[\d.]+)", rules)
    return {name: float(number) for name, number in image}


def marked(marks: Marks, key: str, *, placeholder: bool) -> set[str]:
    """Return the classes of a marked node."""
    states = {
        "placeholder": placeholder,
        "selected": key == marks.selected,
        "lifted": key in marks.chain,
        "hit": key in marks.hits,
        "dimmed": marks.is_dimmed(key),
    }
    return {name for name, is_set in states.items() if is_set}


class TestSunburst:
    @examples(20)
    @given(st.data())
    def test_has_the_labels_of_each_radius_where_it_fits(self, data: st.DataObject) -> None:
        tree = tree_in(data.draw(pictured_scopes()))
        radius = data.draw(st.sampled_from(INSET_RADII))
        sizes = sizes_at(insets_of(tree).rules, 2 * radius + 8)
        shown = {
            text.attrib["data-key"]: (text, sizes[name])
            for text in sunburst_of(tree).labels
            for name in classes_of(text)
            if name in sizes
        }
        labels = sector_labels(tree, radius)

        assert set(shown) == set(labels)
        for key, (text, size) in shown.items():
            label, (x, y, rotation) = labels[key], place_of(text)
            assert (lines_of(text), size) == (label.lines, label.size)
            assert rotation == pytest.approx(label.rotation, abs=0.06)
            # Labels that are nearly at the same place are drawn once, for several radii.
            assert (x * radius / RADIUS, y * radius / RADIUS) == pytest.approx(
                (label.x, label.y), abs=1.1
            )

    def test_has_each_label_once_for_all_radii_that_agree_on_it(self, iom: Organization) -> None:
        tree = tree_in(scope_of(iom))
        texts = Counter(
            (text.attrib["data-key"], lines_of(text), place_of(text))
            for text in sunburst_of(tree).labels
        )

        assert max(texts.values()) == 1
        assert len(texts) < sum(len(sector_labels(tree, radius)) for radius in INSET_RADII) * 0.7

    def test_has_labels_for_some_radii_of_the_page(self) -> None:
        assert set(INSET_RADII) < set(RADII)
        assert INSET_RADII[0] == RADII[0]
        steps, steps_of_rooms = (
            [b / a for a, b in pairwise(radii)] for radii in (INSET_RADII, SUNBURST_RADII)
        )
        assert max(steps) <= max(steps_of_rooms) < 1.4

    def test_has_no_labels_where_none_would_be_legible(self, iom: Organization) -> None:
        rules = insets_of(tree_in(scope_of(iom))).rules

        assert sizes_at(rules, 2 * RADII[0] + 7) == {}
        assert ":where(.sunburst-inset > text) { display: none }" in rules

    def test_fills_its_view_box_with_the_sectors(self, iom: Organization) -> None:
        tree = tree_in(scope_of(iom))
        image, angles = sunburst_of(tree), sector_angles(tree)

        assert image.view_box == (-RADIUS, -RADIUS, 2 * RADIUS, 2 * RADIUS)
        for node in tree.nodes:
            sector = sector_of(image.nodes[node.key][0].attrib["d"])
            inner, outer = (level * RADIUS / tree.levels for level in (node.level, node.level + 1))
            assert (sector.inner, sector.outer) == pytest.approx((inner, outer), abs=UNIT)
            if node.level:
                assert (sector.start, sector.extent) == pytest.approx(angles[node.key], abs=0.3)

    def test_has_marked_sectors_last(self, harbour: Organization) -> None:
        """Otherwise their neighbours would cover half of their borders."""
        assert list(sunburst_of(tree_in(scope_of(harbour)), ViewState(3)).nodes)[-1] == "u3"

    def test_marks_sectors_that_a_usual_border_would_hide(self, harbour: Organization) -> None:
        star = [("top", ""), *((f"n{each}", "top") for each in range(200))]
        usual, crowded = (
            classes_of(sunburst_of(tree_in(scope_of(organization))).nodes["u1"])
            for organization in (harbour, organization_of(star))
        )

        assert "thin" not in usual
        assert "thin" in crowded

    def test_has_its_labels_above_the_lines_of_a_path_and_below_its_stations(
        self, iom: Organization
    ) -> None:
        unit, to = (iom.number[name] for name in ("preparedness", "surveys"))
        image = sunburst_of(tree_in(scope_of(iom)), ViewState(unit, to=to))
        order = [classes_of(each)[0] if each.tag != "text" else "label" for each in image.root]

        assert list(dict.fromkeys(order)) == ["node", "halo", "line", "label", "station"]
        assert [each[1].text for each in image.root if "station" in classes_of(each)] == list(
            "12345"
        )


class TestNetwork:
    def test_of_a_tree_has_full_and_short_names(self, harbour: Organization) -> None:
        tree = tree_in(scope_of(harbour))

        assert list(networks_of(tree)) == ["tree", "compact"]
        assert list(networks_of(tree, ViewState(layout=Layout.RADIAL))) == ["radial"]

    def test_has_only_short_names_where_full_ones_never_fit(self, iom: Organization) -> None:
        tree = tree_in(scope_of(iom))

        alone = networks_of(tree, ViewState(view="network"))
        assert list(alone) == ["tree", "compact"]
        assert alone["tree"].view_box[2] * 10 / 11 + 2 * NETWORK_PADDING > ROOM_BESIDE[0]
        for view in ("", "both"):
            assert list(networks_of(tree, ViewState(view=view))) == ["compact"]
        pairs = [("top", ""), *((f"office{number}", "top") for number in range(8))]
        pairs += [(f"n{number}", f"office{number % 8}") for number in range(80)]
        high = tree_in(scope_of(organization_named(pairs, ["Unit"])))
        assert list(networks_of(high, ViewState(view="network"))) == ["compact"]

    def test_has_nodes_at_the_positions_of_the_page(self, iom: Organization) -> None:
        tree = tree_in(scope_of(iom))
        for layout in LAYOUTS:
            for name, image in networks_of(tree, ViewState(layout=layout)).items():
                for each in network_elements(tree):
                    if "unit" in each["data"]:
                        at, box = each["data"][name], image.boxes[each["data"]["id"]]
                        assert (box.x, box.y) == pytest.approx((at["x"], at["y"]), abs=0.11)
                        text = image.nodes[each["data"]["id"]].find("text")
                        assert text is not None
                        assert "\n".join(lines_of(text)) == at["label"]

    @examples(20)
    @given(st.data())
    def test_has_every_shape_in_the_view_box(self, data: st.DataObject) -> None:
        scope = data.draw(pictured_scopes())
        for image in networks_of(tree_in(scope), data.draw(views(scope, LAYOUTS))).values():
            left, top, width, height = image.view_box
            for box in image.boxes.values():
                assert left - ROUNDING <= box.x - box.width / 2 + ROUNDING
                assert box.x + box.width / 2 <= left + width + 2 * ROUNDING
                assert top - ROUNDING <= box.y - box.height / 2 + ROUNDING
                assert box.y + box.height / 2 <= top + height + 2 * ROUNDING

    @examples(20)
    @given(st.data())
    def test_has_rules_with_its_size_and_its_centre(self, data: st.DataObject) -> None:
        scope = data.draw(pictured_scopes())
        tree, state = tree_in(scope), data.draw(views(scope, LAYOUTS))
        rules = insets_of(tree, state).rules.splitlines()

        for name, image in networks_of(tree, state).items():
            (rule,) = (each for each in rules if each.startswith(f".network-inset.{name} {{ --"))
            variables = numbers(rule)
            left, top, width, height = image.view_box
            assert (variables["width"], variables["height"]) == pytest.approx(
                (width, height), abs=0.011
            )
            box = image.boxes[key_in(tree, state)]
            assert left + variables["middle-x"] * width == pytest.approx(
                box.x, abs=0.001 * width + ROUNDING
            )
            assert top + variables["middle-y"] * height == pytest.approx(
                box.y, abs=0.001 * height + ROUNDING
            )

    def test_shows_full_names_where_they_fit(self, iom: Organization) -> None:
        tree, state = tree_in(scope_of(iom)), ViewState(view="network")
        rules = insets_of(tree, state).rules
        (_, _, width, height) = networks_of(tree, state)["tree"].view_box
        (room,) = re.findall(
            r"@container \(min-width: ([\d.]+)px\) and \(min-height: ([\d.]+)px\)", rules
        )

        for needed, side in zip(map(float, room), (width, height), strict=True):
            assert needed == pytest.approx(side * 10 / 11 + 2 * NETWORK_PADDING, abs=0.02)
        assert ".network-inset.tree { display: none }" in rules

    def test_needs_no_size_query_in_the_radial_layout(self, iom: Organization) -> None:
        state = ViewState(view="network", layout=Layout.RADIAL)
        rules = insets_of(tree_in(scope_of(iom)), state).rules

        assert "@container" not in rules
        assert "display" not in rules

    @examples(20)
    @given(st.data())
    def test_has_the_lines_of_the_page_with_the_same_marks(self, data: st.DataObject) -> None:
        scope = data.draw(pictured_scopes())
        tree, state = tree_in(scope), data.draw(views(scope, LAYOUTS))
        for name, image in networks_of(tree, state).items():
            drawing = network_drawing(
                network_elements(tree),
                scope.organization.relation_kinds,
                replace(state, layout=Layout(name)),
                theme=Theme.LIGHT,
                marks=marks_in(tree, state),
            )
            edges = [item for item in drawing.items if not item.is_node]
            lines = {
                each.attrib["data-key"]: set(classes_of(each))
                for each in image.lines
                if "arrow" not in classes_of(each)
            }
            assert set(lines) == {item.data["id"] for item in edges}
            for item in edges:
                names = lines[item.data["id"]]
                assert names & {*STATES} == item.classes & {*STATES}
                assert ("edge" in names) == ("hierarchy" in item.classes)
                assert ("link" in names) == ("link" in item.classes)
            arrows = [each for each in image.lines if "arrow" in classes_of(each)]
            assert len(arrows) == sum("outward" in item.classes for item in edges)


class TestViews:
    @pytest.mark.parametrize(
        ("view", "drawn"),
        [
            *(("", (True, True)), ("both", (True, True)), ("sunburst", (True, False))),
            *(("network", (False, True)), ("outline", (False, False)), ("matrix", (False, False))),
        ],
    )
    def test_have_only_the_pictures_that_they_show(
        self, harbour: Organization, view: str, drawn: tuple[bool, bool]
    ) -> None:
        pictures = insets_of(tree_in(scope_of(harbour)), ViewState(view=view))

        assert (bool(pictures.sunburst), bool(pictures.network)) == drawn


class TestBothDiagrams:
    def test_have_an_accessible_name(self, harbour: Organization) -> None:
        for each in all_of(tree_in(scope_of(harbour, 4))):
            assert each.root.get("role") == "group"
            assert (each.root.get("aria-label") or "").endswith("of Safety Department")

    def test_have_a_link_for_each_unit_and_group(self) -> None:
        tree = tree_in(scope_of(crowd(), room=FEW_ROWS))
        groups = {"g0-3": "port~<5~1-4", "g0-4": "port~<5~5-8", "g0-5": "port~<5~9-12"}
        for image in all_of(tree):
            assert set(image.nodes) == set(tree.by_key)
            for key, link in image.nodes.items():
                target = (
                    {"data-focus-on": groups[key]}
                    if key in groups
                    else {"data-unit": tree.organization.units["id"][tree.by_key[key].unit]}
                )
                assert link.tag == "a"
                assert link.attrib == {
                    "class": link.attrib["class"],
                    "data-key": key,
                    **target,
                    "href": f"?node={key}",
                    "tabindex": "-1",
                }

    def test_have_titled_shapes_in_their_links(self, harbour: Organization) -> None:
        tree = tree_in(scope_of(harbour))
        for image in all_of(tree):
            for key, link in image.nodes.items():
                shape = link[0]
                assert shape.tag in {"path", "rect"}
                assert [each.text for each in shape] == [tree.by_key[key].title]

    def test_have_openers_in_the_links_of_closed_boxes(self) -> None:
        tree = tree_in(scope_of(crowd(), room=FEW_ROWS))
        labels = {"u1": ["+5"], "u7": ["+5"], "g0-3": ["+"], "g0-4": ["+"], "g0-5": ["+"]}

        for name, image in networks_of(tree).items():
            openers = {
                key: [part[1].text for part in link if "opener" in classes_of(part)]
                for key, link in image.nodes.items()
            }
            assert openers == {"u0": [], **labels}, name
        radial = networks_of(tree, ViewState(layout=Layout.RADIAL))["radial"]
        assert not [each for each in radial.root.iter() if "opener" in classes_of(each)]

    def test_lead_up_from_the_centre_of_the_sunburst(self, harbour: Organization) -> None:
        tree = tree_in(scope_of(harbour, harbour.number["safety"]))
        sunburst, *networks = all_of(tree)

        centre = sunburst.nodes[tree.focus.key].attrib
        assert (centre["data-focus-on"], centre["href"]) == ("harbour", "?up")
        for network in networks:
            assert network.nodes[tree.focus.key].attrib["data-unit"] == "safety"

    @examples(20)
    @given(st.data())
    def test_have_marks_as_classes(self, data: st.DataObject) -> None:
        scope = data.draw(pictured_scopes())
        tree, state = tree_in(scope), data.draw(views(scope, LAYOUTS))
        marks = marks_in(tree, state)

        for image in all_of(tree, state):
            for element in (*image.nodes.values(), *image.labels):
                key = element.attrib["data-key"]
                is_placeholder = key in tree.by_key and tree.by_key[key].is_placeholder
                wanted = marked(marks, key, placeholder=is_placeholder)
                assert set(classes_of(element)) & {*STATES} == wanted

    def test_mark_placeholders(self) -> None:
        for image in all_of(tree_in(scope_of(units_with_gaps()))):
            names = {key for key, each in image.nodes.items() if "placeholder" in classes_of(each)}
            assert names == {"u3"}

    @pytest.mark.parametrize("layout", LAYOUTS)
    def test_differ_by_marks_in_classes_and_order_only(
        self, iom: Organization, layout: Layout
    ) -> None:
        """So scripts mark other nodes as the server would."""
        tree, selected = tree_in(scope_of(iom)), iom.number["preparedness"]
        plain, marked_ = (
            [_without_states(image) for image in all_of(tree, ViewState(unit, layout=layout))]
            for unit in (None, selected)
        )

        assert plain == marked_

    @examples(15)
    @given(st.data())
    def test_have_no_styles_in_attributes(self, data: st.DataObject) -> None:
        """Colours, strokes and sizes are those of classes; the policy blocks style attributes."""
        scope = data.draw(pictured_scopes())
        for image in all_of(tree_in(scope), data.draw(views(scope, LAYOUTS))):
            for element in image.root.iter():
                assert set(element.attrib) <= WITHOUT_STYLE

    @examples(15)
    @given(st.data())
    def test_have_rules_for_the_classes_of_colours_and_sizes(self, data: st.DataObject) -> None:
        scope = data.draw(pictured_scopes())
        tree, state = tree_in(scope), data.draw(views(scope, LAYOUTS))
        rules = insets_of(tree, state).rules
        names = {
            name
            for image in all_of(tree, state)
            for element in image.root.iter()
            for name in classes_of(element)
            if re.fullmatch(r"[fz]\d+|kind-.*", name)
        }

        assert [name for name in names if f".{name}" not in rules] == []

    def test_have_the_colours_of_both_themes(self, harbour: Organization) -> None:
        rules = insets_of(tree_in(scope_of(harbour))).rules

        assert ".f0 { --fill: light-dark(#e3e7ed, #c3ccd8); " in rules

    @pytest.mark.parametrize("layout", LAYOUTS)
    def test_escape_names(self, layout: Layout) -> None:
        pairs = [("top", ""), *((f"n{each}", "top") for each in range(len(HOSTILE)))]
        hostile, harmless = (
            all_of(tree_in(scope_of(organization_named(pairs, names))), ViewState(1, layout=layout))
            for names in (HOSTILE, ["Harmless"])
        )

        for one, other in zip(hostile, harmless, strict=True):
            tags = [{each.tag for each in image.root.iter()} for image in (one, other)]
            assert tags[0] - {"tspan"} == tags[1] - {"tspan"}

    @pytest.mark.parametrize("name", [*HOSTILE, *UNDRAWABLE, ""])
    def test_are_drawn_with_any_name(self, name: str) -> None:
        organization = organization_named([("top", ""), ("a", "top"), ("b", "top")], [name])

        for layout in LAYOUTS:
            for each in all_of(tree_in(scope_of(organization)), ViewState(1, layout=layout)):
                assert {"u0", "u1", "u2"} <= set(each.nodes)

    def test_draw_a_single_unit(self) -> None:
        for each in all_of(tree_in(scope_of(organization_of([("alone", "")])))):
            assert set(each.nodes) == {"u0"}
            assert each.view_box[2] > 0

    def test_are_small(self, iom: Organization) -> None:
        pictures = insets_of(tree_in(scope_of(iom)))

        assert len(pictures.sunburst + pictures.network + pictures.rules) < 55_000

    def test_have_a_bounded_length_for_the_number_of_nodes(self) -> None:
        pairs = [
            ("top", ""),
            *((f"n{n}", f"n{(n - 9) // 9}" if n > 8 else "top") for n in range(900)),
        ]
        scope = scope_of(organization_named(pairs, ["Preparedness and Response"]), rows=300)
        tree = tree_in(scope)
        pictures = insets_of(tree, ViewState(3, links="all"))

        assert len(tree.nodes) > 90
        assert len(pictures.sunburst) < len(tree.nodes) * 1_000
        assert len(pictures.network) < len(tree.nodes) * 1_200


def _without_states(image: Inset) -> set[str]:
    """Return the nodes, labels and edges of a picture, without their marks."""
    return {
        " ".join(
            [
                element.tag,
                *(name for name in classes_of(element) if name not in STATES),
                *(
                    f"{name}={text}"
                    for each in element.iter()
                    for name, text in each.attrib.items()
                    if not (name == "class" or (name == "d" and element.tag == "path"))
                ),
            ]
        )
        for element in image.root
        if "link" not in classes_of(element)
    }


def test_marks_of_people_are_in_their_boxes() -> None:
    tree = tree_in(scope_of(posts()))

    for layout, network in networks_of(tree).items():
        marks = {
            key: [each for each in node if "mark" in classes_of(each)]
            for key, node in network.nodes.items()
        }
        assert all(len(each) == 1 for each in marks.values()), layout
        letters = ["".join(mark.itertext()) for (mark,) in marks.values()]
        assert letters == ["AR", "BL", "", "M"]
        for key, (mark,) in marks.items():
            circle, box = mark[0], network.boxes[key]
            x, y = float(circle.attrib["cx"]), float(circle.attrib["cy"])
            assert y == pytest.approx(box.y, abs=0.1)
            assert box.x - box.width / 2 < x - MARK_SIZE / 2
    radial = networks_of(tree, ViewState(layout=Layout.RADIAL))["radial"]
    assert not [each for each in radial.root.iter() if "mark" in classes_of(each)]
