"""What has become of units, in the diagrams of two states."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.diagrams.links import linked_pairs
from components.diagrams.network import MOST_CHANGES, network_elements
from components.diagrams.signs import COUNTED, Sign, sign_of
from components.diagrams.style import NEW_BORDER_WIDTH, TEXT, Theme, placeholder_fill
from components.diagrams.sunburst import sunburst_figure
from components.diagrams.text import missing_characters
from components.diagrams.tree import Tree, tree_of
from components.importing.import_tables import import_tables
from components.model.both_states import both_states
from components.model.changes import compare
from components.model.organization import Organization
from components.reading.read import read_tables
from components.view_state import Layout, ViewState
from components.words import languages, words_in
from tests.diagrams.drawings import marks_in, network_picture, parse_svg, sunburst_picture
from tests.edits import random_register
from tests.english import ENGLISH
from tests.model.test_changes import port
from tests.organizations import GATHERING, organization_of, scope_of
from tests.properties import examples

OFFICE = Path(__file__).parents[2] / "data" / "harbour-office"


def joined(before: Organization, after: Organization) -> Organization:
    return both_states(compare(before, after))


def tree_with(*edits: tuple[str, str], language: str = "en") -> Tree:
    """Return the port before and after some edits of its table."""
    both = joined(port(), port(*edits))
    return tree_of(scope_of(both), words_in(language))


@pytest.fixture(scope="module")
def office() -> Tree:
    """The port office before and after its reorganization."""
    before, after = (
        import_tables(read_tables(OFFICE / f"{year}-01-01.csv")).organization
        for year in (2025, 2026)
    )
    both = joined(before, after)
    return tree_of(scope_of(both), ENGLISH.about(both))


def notes(tree: Tree) -> dict[str, str]:
    """Return the note of each unit with a sign, by its label."""
    return {node.short_name: node.note for node in tree.nodes if node.sign}


AUDIT = "    a,  Audit,                unit,       Dee,   f,      7,      Quay 4\n"


class TestSigns:
    def test_stand_before_what_has_moved(self) -> None:
        tree = tree_with(("Gus,   s", "Gus,   f"))

        assert notes(tree) == {"→\xa0Locks": "Moved from: Ships Department · Unit"}

    def test_stand_before_what_is_gone_or_new(self) -> None:
        assert list(notes(tree_with((AUDIT, "")))) == ["−\xa0Audit"]
        both = joined(port((AUDIT, "")), port())
        assert list(notes(tree_of(scope_of(both), ENGLISH))) == ["+\xa0Audit"]

    def test_stand_before_what_has_another_name(self) -> None:
        tree = tree_with(("Finance Department,", "Treasury,          "))
        (renamed,) = (node for node in tree.nodes if node.sign)

        assert (renamed.sign, renamed.old_name) == (Sign.RENAMED, "Finance Department")
        assert renamed.note.startswith("Was called: Finance Department")

    def test_stand_before_what_has_changed_otherwise(self) -> None:
        (note,) = notes(tree_with(("Dee", "Ned"))).values()

        assert note == "Changed: Head · Unit"

    def test_begin_all_forms_of_a_name(self, office: Tree) -> None:
        for node in office.nodes:
            forms = (node.forms.full, *node.forms.short)
            assert {node.sign and form[0] for form in forms} == {node.sign}

    def test_are_none_for_one_state(self, harbour: Organization) -> None:
        assert not any(node.sign for node in tree_of(scope_of(harbour), ENGLISH).nodes)
        assert sign_of(None, 0) is None

    def test_tell_what_units_were_split_into_or_merged_from(self, office: Tree) -> None:
        told = notes(office)

        assert (
            "came from: Head of Safety; Head of Environment"
            in told["+\xa0Head of Safety and Environment"]
        )
        assert told["−\xa0Payroll and Pensions"].startswith(
            "Gone, became: Payroll Officer; Pensions Officer"
        )

    def test_are_in_the_font_of_the_diagrams(self) -> None:
        assert missing_characters("".join(Sign)) == ""

    @pytest.mark.parametrize("language", languages())
    def test_have_notes_in_every_language(self, language: str) -> None:
        tree = tree_with(("Gus,   s", "Gus,   f"), (AUDIT, ""), language=language)

        assert all(notes(tree).values())


class TestBorders:
    def test_of_gone_units_are_dashed_and_of_new_ones_wide(self, office: Tree) -> None:
        picture = sunburst_picture(office, ViewState(), theme=Theme.LIGHT)
        paths = {
            element.get("data-key"): element.attrib
            for element in parse_svg(picture.svg).root.iter("path")
            if element.get("data-key")
        }

        for node in office.nodes:
            attributes = paths[node.key]
            if node.sign is Sign.GONE:
                assert attributes["stroke-dasharray"]
            elif node.sign is Sign.NEW and not node.is_vacant:
                assert "stroke-dasharray" not in attributes
                assert attributes["stroke"] == TEXT[Theme.LIGHT]
                assert float(attributes["stroke-width"]) == NEW_BORDER_WIDTH

    def test_are_those_of_the_living_sunburst(self, office: Tree) -> None:
        trace = sunburst_figure(office, theme=Theme.DARK)["data"][0]
        lines = trace["marker"]["line"]
        colours = dict(zip(trace["ids"], lines["color"], strict=True))

        new = [node.key for node in office.nodes if node.sign is Sign.NEW]
        assert {colours[key] for key in new} == {TEXT[Theme.DARK]}

    def test_of_gone_units_are_around_a_pale_fill(self, office: Tree) -> None:
        organization = office.organization
        (node, *_) = (each for each in office.nodes if each.sign is Sign.GONE)
        branch, level = organization.branch[node.unit], organization.branch_level(node.unit)

        fill = office.fill(node, Theme.LIGHT)
        assert fill == placeholder_fill(int(branch), level, Theme.LIGHT)


class TestArrows:
    def test_lead_from_where_a_unit_was(self, office: Tree) -> None:
        names = office.organization.units["name"]
        moves = {
            (names[pair.origin], names[pair.target])
            for pair in linked_pairs(office)
            if pair.is_change and pair.kinds == ["kind-moved"]
        }

        assert moves == {
            ("Harbour Master", "Pilot Boat Superintendent"),
            ("Director of Finance", "Head of Digital Services"),
        }

    def test_are_shown_at_once_and_have_heads(self, office: Tree) -> None:
        classes = [element["classes"].split() for element in network_elements(office)]
        arrows = [each for each in classes if {"kind-moved", "kind-became"} & {*each}]

        assert arrows
        assert all({"outward", "change"} <= {*each} for each in arrows)
        drawn = network_picture(office, ViewState(layout=Layout.COMPACT), theme=Theme.LIGHT)
        assert "Moved elsewhere" in parse_svg(drawn.svg).words

    def test_of_a_unit_are_apart_from_what_else_links_it(self) -> None:
        table = """
            id, name,   parent
            t,  Top,
            a,  Audit,  t
            b,  Bridge, t
            c,  Crane,  {}
            """
        both = joined(organization_of(table.format("a")), organization_of(table.format("b")))
        (pair,) = linked_pairs(tree_of(scope_of(both), ENGLISH))

        assert pair.is_outward
        assert [both.units["name"][unit] for unit in (pair.origin, pair.target)] == [
            *("Audit", "Crane")
        ]

    def test_are_no_relations_that_a_table_calls_alike(self, harbour: Organization) -> None:
        rows = [replace(row, kind="moved") for row in harbour.relations.rows]
        told = replace(harbour, relations=replace(harbour.relations, rows=rows))

        pairs = linked_pairs(tree_of(scope_of(told), ENGLISH))
        assert any("kind-moved" in pair.kinds for pair in pairs)
        assert not any(pair.is_change for pair in pairs)

    def test_wait_for_a_selection_where_they_are_very_many(self) -> None:
        def table(parent: str) -> Organization:
            rows = [f"x{n}, Crew {n:03}, {parent}" for n in range(MOST_CHANGES + 1)]
            return organization_of("\n".join(["id, name, parent", "t, Top,", "a, A, t", *rows]))

        tree = tree_of(scope_of(joined(table("t"), table("a"))), ENGLISH)
        arrows = [each for each in network_elements(tree) if "kind-moved" in each["classes"]]

        assert len(arrows) == MOST_CHANGES + 1
        assert not any("change" in each["classes"].split() for each in arrows)


def regrouped() -> Tree:
    """Return a picture in which twelve units have moved that are not drawn."""

    def table(parent: str, *, has_gone: bool) -> Organization:
        rows = [f"x{n:02}, Crew {n:02}, {parent}" for n in range(12)]
        rows += [f"y{n:02}, Boat {n:02}, b" for n in range(12 + has_gone)]
        return organization_of(
            "\n".join(["id, name, parent", "t, Top,", "a, A, t", "b, B, t", "c, C, a", *rows])
        )

    both = joined(table("c", has_gone=True), table("b", has_gone=False))
    scope = scope_of(both)
    return tree_of(replace(scope, entries={0: scope.entries[0]}), ENGLISH)


class TestWhatIsNotDrawn:
    def test_is_counted_behind_the_name(self) -> None:
        tree = regrouped()
        labels = {node.name: node.short_name for node in tree.nodes}

        assert labels == {"Top": "Top", "A": "A", "B": "B (−1\xa0→12)"}
        note = tree.nodes[-1].note
        assert note.endswith("Not shown: 1 gone, 12 moved")

    def test_has_one_arrow_for_all_that_moved_along(self) -> None:
        tree = regrouped()
        (pair,) = linked_pairs(tree)

        assert [tree.organization.units["name"][unit] for unit in (pair.origin, pair.target)] == [
            *("A", "B")
        ]
        assert (len(pair.moved), pair.strength) == (12, "multiple")
        assert pair.notes(tree) == ["12 moved: Crew 00; Crew 01; Crew 02; Crew 03; + 8 more"]

    @examples(15)
    @given(seed=st.integers(0, 10_000))
    def test_and_what_is_drawn_are_all_changes(self, seed: int) -> None:
        register = random_register(seed, 120)
        before, after = (
            each.organization(has_ids=True)[0] for each in (register, register.edit(0.3))
        )
        both = joined(before, after)
        tree = tree_of(scope_of(both, room=GATHERING), ENGLISH)
        history = both.history
        assert history

        found = Counter(node.sign for node in tree.nodes if node.sign in COUNTED.values())
        for node in tree.nodes:
            for text in node.changes_below.split():
                found[Sign(text[0])] += int(text[1:])
        moved = {*history.moved} - history.new - history.gone
        assert found == Counter(
            {Sign.NEW: len(history.new), Sign.GONE: len(history.gone), Sign.MOVED: len(moved)}
        )

    def test_is_explained_by_the_legend(self) -> None:
        picture = sunburst_picture(regrouped(), ViewState(), theme=Theme.LIGHT)
        words = parse_svg(picture.svg).words
        for text in ("Gone: shown where it was", "Moved here", "In brackets = below, not shown"):
            assert text in words

        everything = sunburst_picture(tree_with((AUDIT, "")), ViewState(), theme=Theme.LIGHT)
        assert "In brackets = below, not shown" not in parse_svg(everything.svg).words

    def test_is_left_out_before_a_name_is_cut(self) -> None:
        forms = regrouped().nodes[-1].forms.short

        assert forms[-1] == "B"

    def test_lights_both_ends_of_an_arrow(self) -> None:
        tree = regrouped()
        a, b = (node.key for node in tree.nodes[1:])

        marks = marks_in(tree, ViewState(tree.by_key[a].unit))
        assert marks.lit
        assert b in marks.lit


class TestPictures:
    def test_say_which_states_they_compare_and_what_signs_mean(self, office: Tree) -> None:
        for picture in (
            sunburst_picture(office, ViewState(), theme=Theme.LIGHT),
            network_picture(office, ViewState(layout=Layout.COMPACT), theme=Theme.LIGHT),
        ):
            words = parse_svg(picture.svg).words
            assert any(text.startswith("Jan 1, 2025 → Jan 1, 2026 · ") for text in words)
            for text in ("Gone: shown where it was", "New", "Moved here"):
                assert text in words

    def test_have_old_names_below_where_names_are_full(self) -> None:
        tree = tree_with(("Finance Department,", "Treasury,          "))
        picture = network_picture(tree, ViewState(layout=Layout.TREE), theme=Theme.LIGHT)
        labels = [" ".join(text.lines) for text in parse_svg(picture.svg).labels.values()]

        assert "~\xa0Treasury was: Finance Department" in labels

    def test_of_one_state_say_nothing_of_changes(self, harbour: Organization) -> None:
        picture = sunburst_picture(
            tree_of(scope_of(harbour), ENGLISH), ViewState(), theme=Theme.DARK
        )

        assert "New" not in parse_svg(picture.svg).words
