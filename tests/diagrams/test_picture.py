from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.diagrams.encoding import encoding_of
from components.diagrams.labels import sector_labels
from components.diagrams.picture import A4, HEIGHT, MIN_ASPECT, WIDTH, Picture
from components.diagrams.style import MIN_LABEL_SIZE, Theme, unit_fill
from components.diagrams.tree import tree_of
from components.importing.import_tables import import_tables
from components.model.groups import Group
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.model.scope import ANY_ROOM, Scope
from components.view_state import Layout, ViewState
from tests.diagrams.drawings import (
    HOSTILE,
    ROUNDING,
    UNDRAWABLE,
    Drawing,
    Path,
    Text,
    extends_beyond,
    network_picture,
    parse_svg,
    pictured_scopes,
    sector_of,
    sunburst_picture,
    views,
    without_rounding,
)
from tests.diagrams.shapes import Disc, Rectangle, Shape, overlaps
from tests.english import ENGLISH
from tests.organizations import (
    FEW_ROWS,
    crowd,
    organization_named,
    organization_of,
    scope_of,
    seven_tables,
    tables,
    units_with_gaps,
)
from tests.properties import examples

ADDRESS = "https://harbour.example/?unit=fire&links=all"
Draw = Callable[..., Picture]
of_both = pytest.mark.parametrize(
    "draw", [sunburst_picture, network_picture], ids=["sunburst", "network"]
)
LAYOUTS = [Layout.TREE, Layout.RADIAL, Layout.COMPACT]
in_every_layout = pytest.mark.parametrize("layout", LAYOUTS)
in_every_diagram = pytest.mark.parametrize(
    ("draw", "layout"),
    [
        pytest.param(sunburst_picture, Layout.TREE, id="sunburst"),
        *(pytest.param(network_picture, layout, id=layout) for layout in LAYOUTS),
    ],
)
"""A sunburst has no layout."""
sizes = st.sampled_from(
    [(None, None), (None, None), (1200, 630), (800, 800), (3000, 1000), (700, None), (None, 700)]
)


def drawn(draw: Draw, scope: Scope, state: ViewState | None = None, **options: object) -> Drawing:
    return parse_svg(
        draw(tree_of(scope, ENGLISH), state or ViewState(), **{"theme": Theme.LIGHT, **options}).svg
    )


def boxes(texts: Iterable[Text]) -> list[Shape]:
    # A reference without a name has a text without letters.
    return [without_rounding(text.box) for text in texts if any(text.lines)]


def centre_of(drawn: Drawing) -> tuple[float, float]:
    """Return the centre of a sunburst."""
    (group,) = (each for each in drawn.root if each.get("data-diagram"))
    x, y = re.findall(r"-?[\d.]+", group.attrib["transform"])
    return float(x), float(y)


def relative_to(text: Text, middle: tuple[float, float]) -> Text:
    box = replace(text.box, x=text.box.x - middle[0], y=text.box.y - middle[1])
    return replace(text, box=box)


def contains(shape: Path, text: Text) -> bool:
    """Return whether a box contains an upright label."""
    left, top, right, bottom = shape.edges
    box = text.box
    return (
        abs(box.rotation) < 1e-6
        and left - ROUNDING <= box.x - box.width / 2
        and box.x + box.width / 2 <= right + ROUNDING
        and top - ROUNDING <= box.y - box.height / 2
        and box.y + box.height / 2 <= bottom + ROUNDING
    )


def network_shapes(drawn: Drawing) -> list[Shape]:
    """Return the boxes, the dots, and the labels beside dots."""
    shapes: list[Shape] = []
    for key, label in drawn.labels.items():
        shape = drawn.shapes[key]
        if contains(shape, label):
            shapes.append(without_rounding(shape.box))
        else:
            disc = Disc(key, shape.box.x, shape.box.y, shape.box.width / 2)
            named = replace(label.box, name=f"label of {key}")
            shapes += [without_rounding(disc), without_rounding(named)]
    return shapes


class TestSunburst:
    @examples(30)
    @given(st.data())
    def test_has_every_label_inside_its_sector(self, data: st.DataObject) -> None:
        scope = data.draw(pictured_scopes())
        image = drawn(sunburst_picture, scope, data.draw(views(scope)), size=data.draw(sizes))
        middle = centre_of(image)
        sectors = {key: sector_of(path.outline) for key, path in image.shapes.items()}

        assert [
            key
            for key, text in image.labels.items()
            if extends_beyond(relative_to(text, middle), sectors[key])
        ] == []

    @examples(30)
    @given(st.data())
    def test_stays_inside_the_picture_without_overlapping_texts(self, data: st.DataObject) -> None:
        scope = data.draw(pictured_scopes())
        image = drawn(
            sunburst_picture,
            scope,
            data.draw(views(scope)),
            size=data.draw(sizes),
            address=ADDRESS,
        )

        assert image.outside() == []
        assert overlaps(boxes(image.texts)) == []

    @examples(30)
    @given(st.data())
    def test_has_a_sector_for_each_node_and_legible_labels(self, data: st.DataObject) -> None:
        scope = data.draw(pictured_scopes())
        image = drawn(sunburst_picture, scope, size=data.draw(sizes))
        tree = tree_of(scope, ENGLISH)

        assert set(image.shapes) == set(tree.by_key)
        assert set(image.labels) <= set(tree.by_key)
        assert (
            min((text.size for text in image.labels.values()), default=10)
            >= MIN_LABEL_SIZE - ROUNDING
        )

    @examples(30)
    @given(st.data())
    def test_counts_the_sectors_without_label_in_the_legend(self, data: st.DataObject) -> None:
        scope = data.draw(pictured_scopes())
        image = drawn(sunburst_picture, scope, size=data.draw(sizes))
        told = [words for words in image.words if "too narrow" in words]

        missing = len(image.shapes) - len(image.labels)
        plural = "sector" if missing == 1 else "sectors"
        if missing:
            (words,) = told
            assert words.startswith(f"{missing:,} {plural} too narrow")
        else:
            assert told == []

    @pytest.mark.parametrize(("colour", "expected"), [("", True), ("type", False)])
    def test_explains_lightness_only_where_colours_show_branches(
        self, harbour: Organization, colour: str, *, expected: bool
    ) -> None:
        encoding = encoding_of(ViewState(colour=colour), OrganizationIndex(harbour))
        tree = tree_of(scope_of(harbour), ENGLISH, encoding)
        image = parse_svg(sunburst_picture(tree, ViewState(), theme=Theme.LIGHT).svg)

        assert any("lighter = lower level" in words for words in image.words) is expected

    def test_takes_a_larger_sheet_if_that_shows_all_labels(self) -> None:
        crowd = [("top", ""), *((f"n{each}", "top") for each in range(200))]
        organization = organization_named(crowd, ["Pilots", "Locks", "Bridges"])
        picture = sunburst_picture(
            tree_of(scope_of(organization), ENGLISH), ViewState(), theme=Theme.LIGHT
        )

        assert (picture.width, picture.height) in {
            (WIDTH * A4, HEIGHT * A4),
            (WIDTH * 2, HEIGHT * 2),
        }
        assert len(parse_svg(picture.svg).labels) == 201

    def test_runs_clockwise_from_the_top(self, harbour: Organization) -> None:
        image = drawn(sunburst_picture, scope_of(harbour))
        sectors = {key: sector_of(path.outline) for key, path in image.shapes.items()}

        assert {
            key: (round(sector.start, 1) % 360, round(sector.extent, 1) or 360)
            for key, sector in sectors.items()
        } == {
            "u0": (0, 360),
            "u1": (0, 180),
            "u2": (0, 90),
            "u3": (90, 90),
            "u4": (180, 180),
            "u5": (180, 90),
            "u6": (270, 90),
        }


class TestNetwork:
    @in_every_layout
    @examples(25)
    @given(data=st.data())
    def test_has_no_overlapping_shapes_or_labels(self, data: st.DataObject, layout: Layout) -> None:
        scope = data.draw(pictured_scopes())
        state = data.draw(views(scope, (layout,)))
        image = drawn(network_picture, scope, state, size=data.draw(sizes))

        shapes = network_shapes(image)
        assert overlaps(shapes) == []
        if layout is not Layout.RADIAL:
            assert [shape for shape in shapes if not isinstance(shape, Rectangle)] == []
            assert len(shapes) == len(image.labels)

    @in_every_layout
    @examples(25)
    @given(data=st.data())
    def test_stays_inside_the_picture_without_overlapping_texts(
        self, data: st.DataObject, layout: Layout
    ) -> None:
        scope = data.draw(pictured_scopes())
        state = data.draw(views(scope, (layout,)))
        image = drawn(network_picture, scope, state, size=data.draw(sizes), address=ADDRESS)

        assert image.outside() == []
        assert overlaps(boxes(image.texts)) == []

    @examples(30)
    @given(st.data())
    def test_shows_every_unit_and_references_on_demand(self, data: st.DataObject) -> None:
        scope = data.draw(pictured_scopes())
        state = data.draw(views(scope))
        image = drawn(network_picture, scope, state)
        tree = tree_of(scope, ENGLISH)
        beside = {key for key in image.labels if key.startswith("r")}
        openers = {key for key in image.labels if key.startswith("x")}

        assert set(image.labels) - beside - openers == set(tree.by_key)
        assert state.shows_references or not beside
        assert openers <= {f"x{node.key}" for node in tree.nodes if node.key not in tree.children}

    def test_has_legible_labels_without_a_given_size(self, iom: Organization) -> None:
        for layout in (Layout.TREE, Layout.RADIAL):
            for state in (
                ViewState(layout=layout),
                ViewState(8, layout=layout, links="all", references="shown"),
            ):
                image = drawn(network_picture, scope_of(iom), state)
                assert min(text.size for text in image.labels.values()) >= MIN_LABEL_SIZE

    def test_has_short_names_if_full_ones_would_be_too_small(self, iom: Organization) -> None:
        full, short = (
            drawn(network_picture, scope_of(iom), size=size) for size in ((None, None), (700, 500))
        )

        unit = iom.number["displacement-tracking-matrix"]
        names = [" ".join(each.labels[f"u{unit}"].lines) for each in (full, short)]
        assert names == [iom.units["name"][unit], iom.units["short_name"][unit]]

    def test_with_a_given_height_is_no_wider_than_needed(self, harbour: Organization) -> None:
        """A small network is enlarged by half at most; a wider picture would have empty space."""
        state = ViewState(3, links="all", references="shown")
        picture = network_picture(
            tree_of(scope_of(harbour), ENGLISH), state, theme=Theme.LIGHT, size=(None, 600)
        )

        assert picture.width == WIDTH


class TestTexts:
    @of_both
    def test_have_title_source_date_and_address(self, draw: Draw, harbour: Organization) -> None:
        words = drawn(draw, scope_of(harbour), address=ADDRESS).words

        assert words[:2] == ["Harbour", "7 units · 3 levels"]
        assert (
            "Source: Harbour handbook – https://harbour.example/handbook As of May 4, 2026 "
            f"Live: {ADDRESS}" in words
        )

    @of_both
    def test_of_a_unit_have_its_name_below_that_of_the_organization(
        self, draw: Draw, harbour: Organization
    ) -> None:
        words = drawn(draw, scope_of(harbour, harbour.number["safety"])).words

        assert words[:3] == ["Harbour", "Safety Department", "3 units of 7"]

    @of_both
    @pytest.mark.parametrize(
        ("parent", "words"),
        [
            (0, ["Port: A to D (4)", "4 units of 25"]),
            (1, ["Inline", "Traffic Department: L to Ti (4)", "4 units of 25"]),
        ],
    )
    def test_of_a_group_have_its_name(self, draw: Draw, parent: int, words: list[str]) -> None:
        image = drawn(draw, scope_of(crowd(), Group(parent, run=(1, 4))))

        assert image.words[: len(words)] == words

    @of_both
    def test_name_the_selected_unit(self, draw: Draw, harbour: Organization) -> None:
        unit = harbour.number["locks"]

        bare, selected = (
            drawn(draw, scope_of(harbour), ViewState(each)).words for each in (None, unit)
        )

        assert "7 units · 3 levels · Selected: Locks & Bridges Unit" in selected
        assert "Selected" in selected
        assert [words for words in bare if "Selected" in words or "Pale" in words] == []

    @of_both
    def test_are_also_the_title_and_the_description_of_the_svg(
        self, draw: Draw, harbour: Organization
    ) -> None:
        root = drawn(draw, scope_of(harbour, harbour.number["safety"]), address=ADDRESS).root

        assert root.get("role") == "img"
        assert [each.tag for each in root][:2] == ["title", "desc"]
        assert root[0].text == "Safety Department"
        for part in ("Harbour", "3 units", "Harbour handbook", "May 4, 2026", ADDRESS):
            assert part in (root[1].text or "")

    @of_both
    @pytest.mark.parametrize(
        ("about", "told"),
        [
            ({}, []),
            ({"created": "2026-05-04"}, ["As of May 4, 2026"]),
            ({"sources": [{"title": "Handbook"}]}, ["Source: Handbook"]),
            ({"sources": [{"path": "https://a.example"}]}, ["Source: https://a.example"]),
        ],
    )
    def test_have_the_source_as_far_as_known(
        self, draw: Draw, about: dict[str, object], told: list[str]
    ) -> None:
        organization = import_tables(tables([("a", "")], descriptor=about)).organization
        words = drawn(draw, scope_of(organization)).words

        assert [each for each in words if "As of" in each or "Source" in each] == told


class TestLegend:
    @of_both
    def test_does_not_repeat_the_names_of_branches(self, draw: Draw, iom: Organization) -> None:
        words = drawn(draw, scope_of(iom)).words

        assert [each for each in words if each.startswith("Colour")] == []

    def test_of_a_sunburst_names_the_branches_without_label(self) -> None:
        branches = [("top", ""), ("large", "top"), ("narrow", "top")]
        branches += ((f"large{each}", "large") for each in range(300))
        branches += [("narrow0", "narrow"), ("narrow1", "narrow")]
        scope = scope_of(organization_of(branches), rows=500)
        words = drawn(sunburst_picture, scope, size=(800, 600)).words

        assert "Colour = branch (number of units)" in words
        assert "narrow (3)" in words
        assert "large (301)" not in words

    @of_both
    def test_explains_greys_once_if_there_are_some(self, draw: Draw, iom: Organization) -> None:
        whole, part = (
            drawn(draw, scope_of(iom, unit)).words
            for unit in (0, iom.number["displacement-tracking-matrix"])
        )

        assert whole.count("Grey = smaller branches") == 1
        assert "Grey = smaller branches" not in part

    def test_of_a_sunburst_explains_angles_and_levels(self, harbour: Organization) -> None:
        top, level, alone = (
            [
                words
                for words in drawn(sunburst_picture, scope).words
                if words.startswith(("Wider", "Lighter"))
            ]
            for scope in (
                scope_of(harbour),
                scope_of(harbour, rings=1),
                scope_of(organization_of([("alone", "")])),
            )
        )

        assert top == ["Wider = more units, lighter = lower level"]
        assert level == ["Wider = more units (of the lowest level)"]
        assert alone == []

    @pytest.mark.parametrize(
        ("look", "lines"),
        [
            (ViewState(), ["Part of"]),
            (ViewState(2), ["Part of", "Coordinates with", "Share a framework", "Share a theme"]),
            (ViewState(0), ["Part of"]),
            (
                ViewState(links="all"),
                ["Part of", "Coordinates with", "Advises", "Share a framework"],
            ),
            (ViewState(references="shown"), ["Part of", "Works with a framework", "Framework"]),
        ],
        ids=["nothing", "pilots", "harbour", "all links", "references"],
    )
    def test_of_a_network_tells_of_the_lines_that_are_drawn(
        self, harbour: Organization, look: ViewState, lines: list[str]
    ) -> None:
        words = drawn(network_picture, scope_of(harbour), look).words
        about_lines = ("Part of", "Coord", "Advises", "Share", "Works", "Framework")

        told = [each for each in words if each.startswith(about_lines)]
        assert len(told) == len(lines)
        assert all(each.startswith(line) for each, line in zip(told, lines, strict=True))

    def test_of_a_single_unit_explains_no_line(self) -> None:
        words = drawn(network_picture, scope_of(organization_of([("alone", "")]))).words

        assert words == ["Inline", "1 unit · 1 level"]

    @of_both
    def test_explains_groups_if_some_are_drawn(self, draw: Draw) -> None:
        whole, gathered = (
            drawn(draw, scope_of(crowd(), room=room)).words for room in (ANY_ROOM, FEW_ROWS)
        )

        assert [words for words in whole if "Grouped units" in words] == []
        assert [words for words in gathered if "Grouped units" in words] != []

    @of_both
    def test_explains_placeholders_if_one_is_drawn(self, draw: Draw) -> None:
        whole, part = (drawn(draw, scope_of(units_with_gaps(), unit)).words for unit in (0, 1))

        text = "Named as a parent, but not in the table"
        assert " ".join(whole).count(text) == 1
        assert text not in " ".join(part)

    @of_both
    @pytest.mark.parametrize("size", [(None, None), (1200, 630), (800, 420), (320, 320)])
    def test_overlaps_nothing_below_it(
        self, draw: Draw, size: tuple[int | None, int | None]
    ) -> None:
        """If the entries do not fit, some are left out."""
        branches = [("top", ""), *((f"b{each}", "top") for each in range(30))]
        name = "Department for the Coordination of Preparedness, Response and Recovery"
        organization = organization_named(branches, [name])
        image = drawn(draw, scope_of(organization), ViewState(3), size=size)

        assert image.outside() == []
        assert overlaps(boxes(text for text in image.texts if not text.key)) == []


@cache
def thousands() -> Organization:
    """Return an organization of 2,001 units with long names on five levels."""
    name = "Unit for the Coordination of Preparedness and Response"
    pairs = [
        ("top", ""),
        *((f"n{n}", f"n{(n - 9) // 9}" if n > 8 else "top") for n in range(2000)),
    ]
    return organization_named(pairs, [name], ["Response", "Preparedness Unit"])


class TestSizes:
    @of_both
    @pytest.mark.parametrize(
        "size",
        [(1200, 630), (320, 320), (3000, 400), (401, 1999), (640, 480), (1920, 1080), (8000, 8000)],
    )
    def test_if_given_are_kept_exactly(
        self, draw: Draw, harbour: Organization, size: tuple[int, int]
    ) -> None:
        picture = draw(
            tree_of(scope_of(harbour), ENGLISH), ViewState(), theme=Theme.LIGHT, size=size
        )
        root = parse_svg(picture.svg).root

        assert (picture.width, picture.height) == size
        assert (root.get("width"), root.get("height")) == tuple(map(str, size))
        assert root.get("viewBox") == f"0 0 {size[0]} {size[1]}"

    @of_both
    @pytest.mark.parametrize("given", [400, 700, 1000, 2400])
    def test_with_one_side_given_keep_it_and_choose_the_other(
        self, draw: Draw, iom: Organization, given: int
    ) -> None:
        by_width = draw(
            tree_of(scope_of(iom), ENGLISH), ViewState(), theme=Theme.LIGHT, size=(given, None)
        )
        by_height = draw(
            tree_of(scope_of(iom), ENGLISH), ViewState(), theme=Theme.LIGHT, size=(None, given)
        )

        assert by_width.width == given
        assert by_height.height == given
        for picture in (by_width, by_height):
            assert parse_svg(picture.svg).outside() == []

    def test_of_a_sunburst_default_to_a_sheet_of_a4(self, harbour: Organization) -> None:
        picture = sunburst_picture(
            tree_of(scope_of(harbour), ENGLISH), ViewState(), theme=Theme.LIGHT
        )

        assert picture.width == WIDTH
        assert picture.width / picture.height == pytest.approx(A4, abs=0.01)

    def test_of_a_network_default_to_what_it_needs(
        self, harbour: Organization, iom: Organization
    ) -> None:
        small, large = (
            network_picture(
                tree_of(scope_of(organization), ENGLISH), ViewState(), theme=Theme.LIGHT
            )
            for organization in (harbour, iom)
        )

        assert small.width == large.width == WIDTH
        assert MIN_ASPECT * WIDTH <= small.height < large.height

    @in_every_diagram
    @pytest.mark.parametrize("size", [(1, 1), (2, 5000), (5000, 2), (320, 320), (50, None)])
    def test_at_the_extremes_yield_valid_numbers(
        self, draw: Draw, iom: Organization, layout: Layout, size: tuple[int, int | None]
    ) -> None:
        state = ViewState(8, layout=layout, links="all", references="shown")

        drawn(draw, scope_of(iom), state, size=size, address=ADDRESS)

    @in_every_diagram
    def test_of_a_thumbnail_hold_the_whole_diagram(
        self, draw: Draw, iom: Organization, layout: Layout
    ) -> None:
        state = ViewState(8, layout=layout, links="all", references="shown")

        assert drawn(draw, scope_of(iom), state, size=(320, 320), address=ADDRESS).outside() == []

    @in_every_diagram
    @pytest.mark.parametrize("rows", [47, 300, 1000])
    def test_of_the_svg_text_are_bounded(self, draw: Draw, layout: Layout, rows: int) -> None:
        tree = tree_of(scope_of(thousands(), rows=rows), ENGLISH)
        picture = draw(tree, ViewState(5, layout=layout, links="all"), theme=Theme.LIGHT)
        image = parse_svg(picture.svg)

        assert len(tree.nodes) - len(tree.children) <= rows
        # A shape with its title, a text of some lines, a line to its parent.
        openers = [key for key in image.shapes if key.startswith("x")]
        assert len(list(image.root.iter())) < 150 + 11 * len(tree.nodes) + 4 * len(openers)
        assert len(picture.svg) < 20_000 + 1_000 * len(tree.nodes) + 600 * len(openers)
        assert image.outside() == []


class TestNames:
    @in_every_diagram
    def test_are_never_markup(self, draw: Draw, layout: Layout) -> None:
        pairs = [("top", ""), *((f"n{each}", "top") for each in range(len(HOSTILE)))]
        about = {"title": HOSTILE[0], "sources": [{"title": HOSTILE[1]}], "created": "<b>"}
        state = ViewState(1, layout=layout, references="shown")

        def of(names: Iterable[str], descriptor: dict[str, object]) -> Drawing:
            organization = organization_named(pairs, list(names), descriptor=descriptor)
            return drawn(draw, scope_of(organization), state, address=ADDRESS, size=(2400, 2400))

        hostile = of(HOSTILE, about)
        harmless = of(["Harmless"], {"title": "A", "sources": [{"title": "B"}], "created": "C"})

        tags = {tag for tag, _ in hostile.structure()}
        assert tags <= {tag for tag, _ in harmless.structure()} | {"tspan"}
        attributes = {each for _, names in hostile.structure() for each in names}
        assert attributes <= {each for _, names in harmless.structure() for each in names}
        titles = ["".join((each.text or "").split()) for each in hostile.root.iter("title")]
        for name in HOSTILE:
            assert [each for each in titles if each.startswith("".join(name.split()))], name

    @in_every_diagram
    @pytest.mark.parametrize("name", [*HOSTILE, *UNDRAWABLE, "", " "])
    def test_may_have_any_characters(self, draw: Draw, layout: Layout, name: str) -> None:
        organization = organization_named([("top", ""), (f"a{name}", "top"), ("b", "top")], [name])
        state = ViewState(1, layout=layout)

        image = drawn(draw, scope_of(organization), state, address=f"https://a.example/?{name}")

        assert set(image.shapes) >= {"u0", "u1", "u2"}
        assert image.outside() == []

    def test_are_unchanged_in_a_label(self) -> None:
        name = "R&D <i> \"x\" 'y' 部門"
        image = drawn(
            sunburst_picture, scope_of(organization_named([("a", ""), ("b", "a")], ["Top", name]))
        )

        assert " ".join(image.labels["u1"].lines) == name

    @of_both
    def test_are_cut_in_the_title_only_if_very_long(self, draw: Draw) -> None:
        for count, ending in ((60, "Wide"), (160, "…")):
            name = "Wide " * count
            organization = organization_named([("top", ""), ("a", "top"), ("b", "a")], [name])
            title = drawn(draw, scope_of(organization, 1)).words[1]

            assert title.startswith("Wide Wide")
            assert title.endswith(ending)
            assert title.count("Wide") <= count


class TestPlaceholders:
    @of_both
    @pytest.mark.parametrize("unit", [None, 3, 4], ids=["unmarked", "selected", "in the chain"])
    def test_have_a_dashed_border_and_a_paler_fill(self, draw: Draw, unit: int | None) -> None:
        tree = tree_of(scope_of(units_with_gaps()), ENGLISH)
        image = drawn(draw, tree.scope, ViewState(unit))
        shapes = {
            each.attrib["data-key"]: each.attrib
            for each in image.root.iter()
            if each.tag.endswith("path") and each.attrib.get("data-key", "").startswith("u")
        }

        assert {key for key, each in shapes.items() if "stroke-dasharray" in each} == {"u3"}
        if unit is None:
            fill = tree.fill(tree.by_key["u3"], Theme.LIGHT)
            assert shapes["u3"]["fill"] == fill != unit_fill(1, 1, Theme.LIGHT)

    def test_are_drawn_above_their_siblings_which_would_hide_the_border(self) -> None:
        image = drawn(sunburst_picture, scope_of(units_with_gaps()))
        keys = [
            each.attrib["data-key"]
            for each in image.root.iter()
            if each.tag.endswith("path") and "data-key" in each.attrib
        ]

        assert keys[-1] == "u3"


class TestThemes:
    @of_both
    def test_differ_in_colours_only(self, draw: Draw, harbour: Organization) -> None:
        light, dark = (
            draw(
                tree_of(scope_of(harbour), ENGLISH), ViewState(3, references="shown"), theme=theme
            ).svg
            for theme in Theme
        )

        assert light != dark
        assert re.sub("#[0-9a-f]{6}", "#", light) == re.sub("#[0-9a-f]{6}", "#", dark)

    @of_both
    def test_are_resolved_in_a_picture(self, draw: Draw, harbour: Organization) -> None:
        """Rasterizers and slides do not support ``light-dark()``."""
        for theme in Theme:
            svg = draw(
                tree_of(scope_of(harbour), ENGLISH), ViewState(3, links="all"), theme=theme
            ).svg
            assert "light-dark" not in svg
            assert "var(" not in svg


@of_both
def test_a_picture_is_the_same_at_every_call(draw: Draw) -> None:
    one, other = (
        draw(
            tree_of(scope_of(import_tables(seven_tables()).organization), ENGLISH),
            ViewState(2),
            theme=Theme.DARK,
        )
        for _ in range(2)
    )

    assert one == other


@of_both
def test_a_picture_is_self_contained(draw: Draw, harbour: Organization) -> None:
    image = drawn(
        draw, scope_of(harbour), ViewState(2, links="all", references="shown"), address=ADDRESS
    )

    assert {each.tag for each in image.root.iter()} <= {
        *("svg", "title", "desc", "rect", "g", "path", "text", "tspan")
    }
    names = {name for _, names in image.structure() for name in names}
    assert not names & {"href", "style", "class", "src", "{http://www.w3.org/1999/xlink}href"}


@of_both
def test_a_selected_unit_that_is_not_drawn_marks_nothing(draw: Draw, harbour: Organization) -> None:
    elsewhere = ViewState(harbour.number["fire"])
    image = drawn(draw, scope_of(harbour, harbour.number["traffic"]), elsewhere)

    assert [each for each in image.root.iter() if each.get("opacity")] == []
    assert [words for words in image.words if words == "Selected"] == []


def test_the_labels_of_a_sunburst_are_those_of_its_radius(iom: Organization) -> None:
    image = drawn(sunburst_picture, scope_of(iom))
    radius = max(sector_of(path.outline).outer for path in image.shapes.values())

    labels = sector_labels(tree_of(scope_of(iom), ENGLISH), radius)
    assert {key: text.lines for key, text in image.labels.items()} == {
        key: label.lines for key, label in labels.items()
    }
