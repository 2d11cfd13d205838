from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.diagrams.encoding import encoding_of
from components.diagrams.labels import MAX_LINES, Label, sector_labels
from components.diagrams.layout import sector_angles
from components.diagrams.style import MAX_LABEL_SIZE, MIN_LABEL_SIZE
from components.diagrams.sunburst import RADII
from components.diagrams.text import block_height, text_width, unbreakable_parts
from components.diagrams.tree import Tree, tree_of
from components.model.groups import Group
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.model.scope import Scope
from components.view_state import ViewState, weights_of
from tests.diagrams.drawings import Sector, Text, extends_beyond, pictured_scopes
from tests.diagrams.shapes import Rectangle, overlaps
from tests.english import ENGLISH
from tests.organizations import organization_named, organization_of, scope_of
from tests.properties import examples

radii = st.sampled_from([60, *RADII, 900])


def text_of(key: str, label: Label) -> Text:
    """Return a label with its bounding box."""
    width = max(text_width(line, label.size) for line in label.lines)
    height = block_height(len(label.lines), label.size)
    box = Rectangle(key, label.x, label.y, width, height, math.radians(label.rotation))
    return Text(key, label.lines, label.size, box)


def sectors(tree: Tree, radius: float) -> dict[str, Sector]:
    ring = radius / (1 + max(node.level for node in tree.nodes))
    return {
        key: Sector(tree.by_key[key].level * ring, (tree.by_key[key].level + 1) * ring, *angle)
        for key, angle in sector_angles(tree).items()
    }


def words(label: Label) -> str:
    return " ".join(label.lines)


def unspaced(text: str) -> str:
    return "".join("".join(unbreakable_parts(text)).split())


def star(count: int, name: str = "", **focus: int) -> Tree:
    """Return a tree of a root with ``count`` children of the same name."""
    pairs = [("top", ""), *((f"n{each}", "top") for each in range(count))]
    organization = organization_named(pairs, [name or "Unit"])
    return tree_of(scope_of(organization, **focus), ENGLISH)


class TestLabel:
    @examples(40)
    @given(pictured_scopes(), radii)
    def test_lies_inside_its_sector(self, scope: Scope, radius: float) -> None:
        tree = tree_of(scope, ENGLISH)
        sectors_by_key = sectors(tree, radius)

        labels = sector_labels(tree, radius)

        assert [
            key
            for key, label in labels.items()
            if extends_beyond(text_of(key, label), sectors_by_key[key])
        ] == []

    @examples(40)
    @given(pictured_scopes(), radii)
    def test_does_not_overlap_another_one(self, scope: Scope, radius: float) -> None:
        labels = sector_labels(tree_of(scope, ENGLISH), radius)

        assert overlaps([text_of(key, label).box for key, label in labels.items()]) == []

    @examples(25)
    @given(pictured_scopes(), radii)
    def test_is_legible(self, scope: Scope, radius: float) -> None:
        for label in sector_labels(tree_of(scope, ENGLISH), radius).values():
            assert MIN_LABEL_SIZE <= label.size <= MAX_LABEL_SIZE
            assert abs(label.rotation) <= 90 + 1e-9
            assert 1 <= len(label.lines) <= MAX_LINES + 1

    @examples(40)
    @given(pictured_scopes(), radii)
    def test_is_a_short_form_of_the_name(self, scope: Scope, radius: float) -> None:
        tree = tree_of(scope, ENGLISH)

        for key, label in sector_labels(tree, radius).items():
            if key != tree.focus.key:
                forms = tree.by_key[key].forms.short
                assert unspaced(words(label)) in map(unspaced, forms)

    @examples(40)
    @given(pictured_scopes(), radii)
    def test_is_no_other_label(self, scope: Scope, radius: float) -> None:
        tree = tree_of(scope, ENGLISH)
        shown = [
            words(label).casefold()
            for key, label in sector_labels(tree, radius).items()
            if not tree.by_key[key].group
        ]

        assert len(set(shown)) == len(shown)

    @examples(40)
    @given(pictured_scopes())
    def test_is_kept_in_a_larger_sunburst(self, scope: Scope) -> None:
        tree = tree_of(scope, ENGLISH)

        labelled = [set(sector_labels(tree, radius)) for radius in (60, *RADII, 900)]

        for smaller, larger in pairwise(labelled):
            assert smaller <= larger

    @examples(10)
    @given(pictured_scopes(), radii)
    def test_is_the_same_at_every_load(self, scope: Scope, radius: float) -> None:
        assert sector_labels(tree_of(scope, ENGLISH), radius) == sector_labels(
            tree_of(scope, ENGLISH), radius
        )


class TestOrientation:
    @pytest.mark.parametrize("radius", RADII)
    def test_is_upright_if_that_fits(self, harbour: Organization, radius: int) -> None:
        labels = sector_labels(
            tree_of(scope_of(harbour, harbour.number["safety"]), ENGLISH), radius
        )

        assert {key: label.rotation for key, label in labels.items()} == {"u4": 0, "u5": 0, "u6": 0}

    def test_is_along_the_radius_in_narrow_sectors(self) -> None:
        tree = star(36, "Pilotage")
        angles = sector_angles(tree)

        labels = sector_labels(tree, 370)

        assert len(labels) == 37
        for node in tree.nodes[1:]:
            start, extent = angles[node.key]
            off = math.remainder(labels[node.key].rotation - (start + extent / 2 - 90), 180)
            assert abs(off) < 1e-6

    def test_is_along_the_arc_in_thin_rings(self) -> None:
        """A long word fits along the arc of the innermost ring, but not along its radius."""
        pairs = [("top", "")]
        for each in "stuvwxyz":
            pairs += [(each, "top"), *((each * n, each * (n - 1)) for n in (2, 3, 4))]
        names = [f"Meteorolog{letter}" for letter in "abcdefghijklmnopqrstuvwxyzäöüßéèêàâ"]
        organization = organization_named(pairs, names)
        tree = tree_of(scope_of(organization, rings=4), ENGLISH)
        node = tree.children["u0"][0]
        start, extent = sector_angles(tree)[node.key]

        label = sector_labels(tree, 320)[node.key]

        assert label.rotation == pytest.approx(start + extent / 2)
        assert label.lines == (node.name,)

    def test_is_never_upside_down(self) -> None:
        for count in (2, 3, 5, 12, 24, 60):
            for label in sector_labels(star(count, "Pilotage and More"), 430).values():
                assert -90 - 1e-9 <= label.rotation <= 90 + 1e-9


class TestSizes:
    def test_are_equal_in_a_ring_of_equal_names(self) -> None:
        labels = sector_labels(star(12, "Pilots"), 320)

        assert len({label.size for key, label in labels.items() if key != "u0"}) == 1

    def test_are_not_reduced_by_a_few_long_names(self) -> None:
        pairs = [("top", ""), *((f"n{each}", "top") for each in range(10))]
        long = "Extraordinarily Longwinded Department"
        names = ["Top", *(f"Pay {each}" for each in range(9)), long]
        labels = sector_labels(tree_of(scope_of(organization_named(pairs, names)), ENGLISH), 140)

        assert {labels[f"u{each}"].size for each in range(1, 11)} == {MAX_LABEL_SIZE}
        assert words(labels["u10"]) == "Extr. Longw. Dept."

    @examples(40)
    @given(pictured_scopes(), radii)
    def test_of_a_ring_are_one_and_the_smallest_for_what_is_left(
        self, scope: Scope, radius: float
    ) -> None:
        tree = tree_of(scope, ENGLISH)
        rings: dict[int, set[int]] = {}
        for key, label in sector_labels(tree, radius).items():
            rings.setdefault(tree.by_key[key].level, set()).add(label.size)

        for sizes in rings.values():
            assert len(sizes - {MIN_LABEL_SIZE}) <= 1

    @pytest.mark.parametrize("radius", RADII)
    def test_do_not_get_larger_from_the_inside_out(self, iom: Organization, radius: int) -> None:
        tree = tree_of(scope_of(iom), ENGLISH)
        largest = [0] * tree.levels
        for key, label in sector_labels(tree, radius).items():
            level = tree.by_key[key].level
            largest[level] = max(largest[level], label.size)

        sizes = list(filter(None, largest[1:]))
        assert sizes == sorted(sizes, reverse=True)


class TestWithoutRoom:
    @pytest.mark.parametrize("radius", [1, 5, 12])
    def test_there_are_no_labels(self, radius: float) -> None:
        assert sector_labels(star(8), radius) == {}

    @pytest.mark.parametrize("radius", [0.5, 1, 3, 7.5, 20, 33])
    def test_all_numbers_are_finite(self, iom: Organization, radius: float) -> None:
        for unit in range(len(iom)):
            for label in sector_labels(tree_of(scope_of(iom, unit), ENGLISH), radius).values():
                assert math.isfinite(label.x + label.y + label.rotation)

    def test_a_long_name_is_shortened_to_what_tells_it_apart(self) -> None:
        pairs = [("top", ""), *((f"n{each}", "top") for each in range(40))]
        regions = [f"Department for {chr(65 + each)}{'abcde'[each % 5] * 4}" for each in range(20)]
        names = ["Top", *(f"{region} Superintendents {n}" for region in regions for n in (1, 2))]

        labels = sector_labels(tree_of(scope_of(organization_named(pairs, names)), ENGLISH), 180)

        shown = [words(label) for key, label in labels.items() if key != "u0"]
        assert len(shown) == len(set(shown)) == 40
        assert shown[:2] == ["Aaaaa Superint. 1", "Aaaaa Superint. 2"]


class TestCentre:
    def test_has_name_number_of_units_and_the_way_up(self, iom: Organization) -> None:
        for unit in range(1, len(iom)):
            if iom.is_leaf(unit):
                continue
            for radius in RADII[2:]:
                lines = sector_labels(tree_of(scope_of(iom, unit), ENGLISH), radius)[
                    f"u{unit}"
                ].lines
                assert lines[-2].endswith(" units")
                assert lines[-1] == "↑ up"
                assert " ".join(lines[:-2])

    def test_has_no_way_up_from_the_top(self, iom: Organization) -> None:
        for radius in RADII:
            assert (
                sector_labels(tree_of(scope_of(iom), ENGLISH), radius)["u0"].lines[-1] == "47 units"
            )

    def test_breaks_a_long_word_rather_than_omit_it(self) -> None:
        organization = organization_named([("top", ""), ("a", "top")], ["W" * 20])

        for radius in RADII:
            lines = sector_labels(tree_of(scope_of(organization), ENGLISH), radius)["u0"].lines
            assert lines[0].startswith("WWW")
            assert lines[-1] == "2 units"

    @examples(25)
    @given(pictured_scopes(), radii)
    def test_lies_in_the_middle(self, scope: Scope, radius: float) -> None:
        tree = tree_of(scope, ENGLISH)
        label = sector_labels(tree, radius).get(tree.focus.key)

        if label is not None:
            assert (label.x, label.y, label.rotation) == (0, 0, 0)
            assert text_of("", label).box.width <= 2 * radius


def test_the_shipped_organization_has_a_label_in_every_sector(iom: Organization) -> None:
    assert len(sector_labels(tree_of(scope_of(iom), ENGLISH), RADII[-1])) == len(iom)


def test_names_that_are_ids_have_labels() -> None:
    tree = tree_of(scope_of(organization_of([("a", ""), ("b", "a")])), ENGLISH)

    assert set(sector_labels(tree, 320)) == {"u0", "u1"}


def test_the_centre_of_a_group_has_the_sum_of_its_members() -> None:
    organization = organization_of(
        "id, name, parent, FTE\na, A, , 5\nb, B, a, 2\nc, C, a, 1\nd, D, a, 4"
    )
    state, index = ViewState(size="fte"), OrganizationIndex(organization)
    scope = scope_of(organization, Group(0, run=(1, 2)), weights=weights_of(index, state))
    tree = tree_of(scope, ENGLISH, encoding_of(state, index))

    assert sector_labels(tree, 235)["u0"].lines == ("B to C (2)", "2 units", "FTE: 3", "↑ up")
