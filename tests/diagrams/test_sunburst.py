from __future__ import annotations

import json
import re
from typing import Any

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.diagrams.layout import sector_angles
from components.diagrams.style import (
    BACKGROUND,
    BORDER_WIDTH,
    MUTED,
    THIN_BORDER_WIDTH,
    Theme,
    contrast,
)
from components.diagrams.sunburst import RADII, border_widths, sunburst_figure, sunburst_labels
from components.diagrams.tree import tree_of
from components.model.organization import Organization
from components.model.scope import Scope
from tests.diagrams.expected import assert_expected
from tests.english import ENGLISH
from tests.organizations import (
    FEW_ROWS,
    crowd,
    forests,
    organization_of,
    rooms,
    scope_of,
    units_with_gaps,
)
from tests.properties import examples

Trace = dict[str, Any]
in_each_theme = pytest.mark.parametrize("theme", Theme)


def trace_of(scope: Scope, theme: Theme = Theme.LIGHT) -> Trace:
    (trace,) = sunburst_figure(tree_of(scope, ENGLISH), theme=theme)["data"]
    return dict(trace)


def labels(trace: Trace) -> dict[str, str]:
    return dict(zip(trace["ids"], trace["labels"], strict=True))


@st.composite
def scopes(draw: st.DrawFn) -> Scope:
    organization = organization_of(draw(forests()))
    return scope_of(
        organization,
        draw(st.integers(0, len(organization) - 1)),
        room=draw(rooms()),
    )


@in_each_theme
def test_the_figure_of_the_harbour_is_as_expected(harbour: Organization, theme: Theme) -> None:
    assert_expected(
        f"sunburst-{theme}", sunburst_figure(tree_of(scope_of(harbour), ENGLISH), theme=theme)
    )


@in_each_theme
def test_plotly_accepts_the_figure(iom: Organization, theme: Theme) -> None:
    figure = sunburst_figure(tree_of(scope_of(iom), ENGLISH), theme=theme)

    taken = go.Figure(figure).to_plotly_json()

    assert [trace["type"] for trace in taken["data"]] == ["sunburst"]
    assert len(taken["data"][0]["ids"]) == len(iom)


@in_each_theme
def test_a_figure_is_plain_json(iom: Organization, theme: Theme) -> None:
    figure = sunburst_figure(tree_of(scope_of(iom), ENGLISH), theme=theme)

    assert json.loads(json.dumps(figure, allow_nan=False)) == figure


class TestNames:
    def test_are_escaped(self) -> None:
        organization = organization_of("id, name, parent\ntop, Top,\na, <b>Fish &amp; R&D</b>, top")

        assert labels(trace_of(scope_of(organization)))["u1"] == (
            "&lt;b&gt;Fish &amp;amp; R&amp;D&lt;/b&gt;"
        )

    def test_have_no_markup_in_labels_but_line_breaks(self) -> None:
        names = ["<script>alert(1)</script>", "<a href='javascript:0'>x</a>", "a<br>b", "<", "&lt;"]
        organization = organization_of(
            "id, name, parent\ntop, <i>Top</i>,\n"
            + "\n".join(f"n{number}, {name}, top" for number, name in enumerate(names))
        )

        texts = labels(trace_of(scope_of(organization)))

        assert len(texts) == 1 + len(names)
        for label in texts.values():
            assert re.search("[<>]", label.replace("<br>", "")) is None
            assert re.search(r"&(?!(amp|lt|gt);)", label) is None

    @pytest.mark.parametrize("name", ["__proto__", "constructor", "u0", "g0-1", "r0"])
    def test_are_never_keys(self, name: str) -> None:
        organization = organization_of([("top", ""), (name, "top"), ("last", "top")])

        trace = trace_of(scope_of(organization))

        assert [key for key in (*trace["ids"], *trace["parents"]) if key] == [
            *("u2", "u1", "u0"),
            *("u0", "u0"),
        ]

    def test_are_given_in_full_with_the_id_beside_the_label(self, harbour: Organization) -> None:
        trace = trace_of(scope_of(harbour))
        data = dict(zip(trace["ids"], trace["customdata"], strict=True))

        assert data["u3"] == ["locks", "Locks & Bridges Unit", "Unit", False]
        assert data["u4"] == ["safety", "Safety Department", "Department, 2 units below", True]

    def test_in_labels_are_the_short_ones(self, harbour: Organization) -> None:
        assert labels(trace_of(scope_of(harbour))) == {
            "u0": "Harbour",
            "u1": "Traffic",
            "u2": "Pilots",
            "u3": "Locks",
            "u4": "Safety",
            "u5": "Fire",
            "u6": "Goods",
        }


def lines(scope: Scope, key: str) -> set[tuple[str, ...]]:
    """Return the distinct line breaks of a node's label at all radii."""
    texts = [each["texts"] for each in sunburst_labels(tree_of(scope, ENGLISH))]
    return {tuple(line for line, _ in each[key][4]) for each in texts if key in each}


class TestTheCentre:
    def test_has_the_focus_its_number_of_units_and_the_way_up(self, harbour: Organization) -> None:
        scope = scope_of(harbour, harbour.number["safety"])

        assert lines(scope, "u4") == {("Safety", "3 units", "↑ up")}
        assert trace_of(scope)["parents"][-1] == ""

    def test_has_no_way_up_from_the_top(self, harbour: Organization) -> None:
        assert lines(scope_of(harbour), "u0") == {("Harbour", "7 units")}

    def test_may_be_the_only_sector(self) -> None:
        scope = scope_of(organization_of([("alone", "")]))
        trace = trace_of(scope)

        assert (trace["ids"], trace["parents"], trace["values"]) == (["u0"], [""], [1])
        assert trace["labels"] == ["alone"]
        assert lines(scope, "u0") == {("alone", "1 unit")}


class TestSectors:
    @examples(50)
    @given(scopes())
    def test_have_the_sum_of_their_children(self, scope: Scope) -> None:
        trace = trace_of(scope)
        below: dict[str, int] = {}
        for parent, value in zip(trace["parents"], trace["values"], strict=True):
            below[parent] = below.get(parent, 0) + value

        assert trace["branchvalues"] == "total"
        for key, value in zip(trace["ids"], trace["values"], strict=True):
            assert below.get(key, value) == value

    @examples(50)
    @given(scopes())
    def test_have_the_angles_of_the_network(self, scope: Scope) -> None:
        """Plotly starts at ``rotation``, counted from the right, and runs counterclockwise."""
        trace = trace_of(scope)
        rows = list(zip(trace["ids"], trace["parents"], trace["values"], strict=True))
        drawn, expected = {}, sector_angles(tree_of(scope, ENGLISH))
        waiting = [(trace["ids"][-1], 0.0, 360.0)]
        while waiting:
            key, start, extent = waiting.pop()
            # Clockwise from the top.
            drawn[key] = ((90 - trace["rotation"] - start - extent) % 360, extent)
            whole = sum(value for _, parent, value in rows if parent == key)
            for child, parent, value in rows:
                if parent == key:
                    waiting.append((child, start, extent * value / whole))
                    start += extent * value / whole

        assert trace["sort"] is False
        assert set(drawn) == set(expected)
        for key, (start, extent) in drawn.items():
            assert extent == pytest.approx(expected[key][1])
            off = abs(start - expected[key][0]) % 360
            assert min(off, 360 - off) < 1e-6

    @examples(50)
    @given(scopes())
    def test_have_unique_ids_and_one_root(self, scope: Scope) -> None:
        trace = trace_of(scope)

        assert len(set(trace["ids"])) == len(trace["ids"])
        assert set(trace["parents"]) <= {"", *trace["ids"]}
        assert trace["parents"].count("") == 1
        lengths = {len(trace[name]) for name in ("ids", "parents", "labels", "values")}
        lengths |= {len(trace["customdata"]), len(trace["marker"]["colors"])}
        assert lengths == {len(tree_of(scope, ENGLISH).nodes)}

    def test_of_a_group_count_its_units_and_can_be_entered(self) -> None:
        trace = trace_of(scope_of(crowd(), room=FEW_ROWS))

        assert labels(trace)["g0-3"].replace("<br>", " ") == "A to D (4)"
        place = trace["ids"].index("g0-3")
        assert trace["values"][place] == 4
        assert trace["customdata"][place] == ["port~<5~1-4", "A to D (4)", "below Port", True]

    @in_each_theme
    def test_have_legible_text(self, harbour: Organization, theme: Theme) -> None:
        trace = trace_of(scope_of(harbour), theme)
        colours = zip(trace["insidetextfont"]["color"], trace["marker"]["colors"], strict=True)

        assert min(contrast(text, fill) for text, fill in colours) >= 4.5
        assert trace["insidetextfont"]["size"] >= 10

    @in_each_theme
    def test_have_borders_in_the_colour_of_the_background(
        self, harbour: Organization, theme: Theme
    ) -> None:
        colours = trace_of(scope_of(harbour), theme)["marker"]["line"]["color"]
        assert set(colours) == {BACKGROUND[theme]}

    @in_each_theme
    def test_of_placeholders_have_a_visible_border(self, theme: Theme) -> None:
        trace = trace_of(scope_of(units_with_gaps()), theme)
        rims = dict(zip(trace["ids"], trace["marker"]["line"]["color"], strict=True))
        assert {key for key, rim in rims.items() if rim == MUTED[theme]} == {"u3"}


class TestLabels:
    def test_are_the_short_names(self, harbour: Organization) -> None:
        names = {key: lines(scope_of(harbour), key) for key in ("u1", "u2", "u3", "u4", "u5", "u6")}

        assert names == {
            "u1": {("Traffic",)},
            "u2": {("Pilots",)},
            "u3": {("Locks",)},
            "u4": {("Safety",)},
            "u5": {("Fire",)},
            "u6": {("Goods",)},
        }

    def test_are_not_drawn_by_plotly(self, harbour: Organization) -> None:
        assert trace_of(scope_of(harbour))["textinfo"] == "none"

    @examples(20)
    @given(scopes())
    def test_are_legible(self, scope: Scope) -> None:
        sizes = [
            each[0]
            for labels_by_radius in sunburst_labels(tree_of(scope, ENGLISH))
            for each in labels_by_radius["texts"].values()
        ]

        assert min(sizes, default=10) >= 10

    def test_that_would_be_too_small_are_omitted(self) -> None:
        crowd = organization_of([("top", ""), *((f"n{each}", "top") for each in range(290))])

        assert [
            set(each["texts"]) for each in sunburst_labels(tree_of(scope_of(crowd), ENGLISH))
        ] == [{"u0"} for _ in RADII]

    def test_are_sorted_by_radius(self, harbour: Organization) -> None:
        radii = [each["radius"] for each in sunburst_labels(tree_of(scope_of(harbour), ENGLISH))]

        assert radii == list(RADII) == sorted(RADII)

    def test_of_the_harbour_are_as_expected(self, harbour: Organization) -> None:
        assert_expected("sunburst-labels", sunburst_labels(tree_of(scope_of(harbour), ENGLISH)))

    def test_are_plain_json_with_unescaped_names(self) -> None:
        organization = organization_of("id, name, parent\ntop, <b>R&D</b>,\na, A <i> & B, top")
        labels_by_radius = sunburst_labels(tree_of(scope_of(organization), ENGLISH))

        assert json.loads(json.dumps(labels_by_radius, allow_nan=False)) == labels_by_radius
        assert {" ".join(each) for each in lines(scope_of(organization), "u1")} == {"A <i> & B"}
        assert {each[0] for each in lines(scope_of(organization), "u0")} == {"<b>R&D</b>"}


def test_the_themes_differ_in_colours_only(harbour: Organization) -> None:
    light, dark = (
        sunburst_figure(tree_of(scope_of(harbour), ENGLISH), theme=theme) for theme in Theme
    )

    def without_colours(figure: dict[str, Any]) -> str:
        return re.sub(r"#[0-9a-f]{6}", "#", json.dumps(figure))

    assert light != dark
    assert without_colours(light) == without_colours(dark)


class TestBorders:
    def test_of_narrow_sectors_and_their_neighbours_are_thin_or_missing(self) -> None:
        """A border of 1.5 pixels would hide a sector of 1 pixel, and so would its neighbour's."""
        crowd = [("top", ""), ("wide", "top"), ("narrow", "top"), ("next", "top")]
        crowd += ((f"{parent}{each}", parent) for parent in ("wide", "next") for each in range(50))
        organization = organization_of(crowd)
        tree = tree_of(scope_of(organization), ENGLISH)
        keys = [f"u{organization.number[unit]}" for unit in ("top", "wide", "narrow", "next")]

        for radius, width in ((30.0, 0.0), (100.0, THIN_BORDER_WIDTH), (300.0, BORDER_WIDTH)):
            widths = border_widths(tree, radius)
            assert [widths[key] for key in keys] == [BORDER_WIDTH, width, width, width]

    def test_of_placeholders_are_seen_however_narrow(self) -> None:
        crowd = "\n".join(f"c{each}, Unit {each}, p{each}" for each in range(400))
        tree = tree_of(scope_of(organization_of(f"id, name, parent\n{crowd}")), ENGLISH)

        widths = border_widths(tree)

        dashed = [node.key for node in tree.nodes if node.is_placeholder]
        assert dashed
        assert min(widths[key] for key in dashed) == THIN_BORDER_WIDTH

    def test_of_the_shipped_organization_are_the_usual_ones(self, iom: Organization) -> None:
        widths = border_widths(tree_of(scope_of(iom), ENGLISH))

        assert set(widths.values()) == {BORDER_WIDTH}
