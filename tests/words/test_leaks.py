from __future__ import annotations

import ast
import html
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import components
from components.diagrams.network import network_elements
from components.diagrams.picture import Picture
from components.diagrams.style import Theme
from components.diagrams.sunburst import sunburst_figure, sunburst_labels
from components.diagrams.tree import Tree, tree_of
from components.export.options import Diagram
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.model.scope import Scope
from components.problems import Problem, ProblemKind, Severity
from components.reading.read import read_tables
from components.view_state import Layout, ViewState
from components.views import ids
from components.views.changes import all_changes, unit_changes
from components.views.changes_list import changes_list
from components.views.filters import filter_menu
from components.views.html_text import html_text
from components.views.outline import breadcrumb, outline
from components.views.page import PageRequest
from components.views.panel import overview_panel, unit_panel, unknown_unit_panel
from components.views.problems import problems_list
from components.views.static_page import panel_text, static_page, static_parts, view_text
from components.web.previews import preview
from components.words import words_in
from tests.diagrams.drawings import network_picture, sunburst_picture
from tests.organizations import AFTER, BEFORE, scope_of, tables, two_states
from tests.views.pages import page_of
from tests.words.leaks import (
    TO_GREEK,
    in_brackets,
    in_greek,
    leaks,
    leaks_of_html,
    texts_in,
    unmarked,
)

SCRIPTS = sorted((Path(__file__).parents[2] / "assets" / "js").rglob("*.js"))
COMMENTS = re.compile(r"/\*.*?\*/|(?<!:)//[^\n]*", re.DOTALL)
LITERALS = re.compile(r'"([^"\n]*)"|`([^`]*)`')
SENTENCE = re.compile(r"[A-Z][a-z’']*[ ,.]")
"""How whatever is said to a reader begins."""
SAID = re.compile(r'\bmessage\(\s*"([^"]+)"')
"""A message that a script says, by its key."""
OURS = in_brackets()
LOOK = ViewState(3, links="all", references="shown")
FILTERED = ViewState(3, to=20, types=("unit".translate(TO_GREEK),), themes=("policy-and-law",))


PROBLEMS = tuple(
    Problem(kind, "Nobody is so called.", "Mend it.", "πιναξ", 4, "στηλη", "τιμη", severity)
    for severity in (Severity.WARNING, Severity.NOTE)
    for kind in ProblemKind
)


@pytest.fixture(scope="module")
def greek(shipped: Path) -> Organization:
    """The organization that ships with Remit, its words in Greek letters."""
    return in_greek(read_tables(shipped))


@pytest.fixture(scope="module")
def greek_states() -> Organization:
    """Two states with changes of nearly every kind, their words in Greek letters."""
    about = {"created": "2026-05-04", "title": "Harbour", "description": "Who does what."}
    headings = {"Budget": "Βυδγετ", "Site": "Σιτε", "parent": "parent_id"}

    def greek_state(table: str) -> Organization:
        for heading, translated in headings.items():
            table = table.replace(heading, translated)
        return in_greek(tables(table, descriptor=about))

    moved = "m9, Mail Room,       unit,       Eli,    s,      2,      Quay 2, Carries letters"
    return two_states(greek_state(BEFORE), greek_state(f"{AFTER}{moved}"))


@pytest.fixture(scope="module", params=["whole", "grouped", "part"])
def scope(request: pytest.FixtureRequest, greek: Organization) -> Scope:
    return {
        "whole": scope_of(greek),
        "grouped": scope_of(greek, rows=9),
        "part": scope_of(greek, 3, rings=1),
    }[request.param]


@pytest.fixture(scope="module")
def tree(scope: Scope) -> Tree:
    return tree_of(scope, OURS)


def begun(organization: Organization, scope: Scope, view: str, look: ViewState) -> str:
    """Return the first HTML of a page."""
    index, state = OrganizationIndex(organization), replace(look, view=view)
    asked = PageRequest(state, OURS)
    contents = {ids.PANEL: panel_text(index, asked), **view_text(index, scope, state, OURS)}
    parts = static_parts(index, scope, state, OURS)
    return static_page(index, asked, parts, contents, {})


def test_english_that_leaks_is_found() -> None:
    assert leaks_of_html('<p>⟦Source: <a lang="el">Πηγη</a>⟧ <b title="Close">×</b></p>') == [
        "Close"
    ]
    assert unmarked('<p>⟦Source: <a lang="el">Πηγη</a>⟧ <b>Πηγη</b></p>') == ["Πηγη"]


class TestNothingButTheCatalogueSpeaks:
    def test_on_the_page(self, greek: Organization) -> None:
        assert leaks_of_html(html_text(page_of(greek, OURS))) == []

    def test_in_the_panel_of_any_unit(self, greek: Organization) -> None:
        for unit in range(len(greek)):
            assert leaks_of_html(html_text(unit_panel(OrganizationIndex(greek), unit, OURS))) == []

    @pytest.mark.parametrize("nearest", [[], [2, 3]])
    def test_in_the_panel_without_a_unit(self, greek: Organization, nearest: list[int]) -> None:
        assert leaks_of_html(html_text(overview_panel(OrganizationIndex(greek), OURS))) == []
        assert leaks_of_html(html_text(unknown_unit_panel(greek, nearest, OURS))) == []

    def test_in_what_has_changed(self, greek_states: Organization) -> None:
        index = OrganizationIndex(greek_states)
        contents = [
            *(unit_changes(greek_states, unit, OURS) for unit in range(len(greek_states))),
            all_changes(greek_states, OURS),
            changes_list(greek_states, OURS),
            outline(tree_of(scope_of(greek_states), OURS)),
            filter_menu(index, OURS),
        ]

        for content in contents:
            assert leaks_of_html(html_text(content)) == []
            assert unmarked(html_text(content)) == []

    def test_in_the_outline(self, scope: Scope) -> None:
        assert leaks_of_html(html_text(outline(tree_of(scope, OURS)))) == []
        assert leaks_of_html(html_text(breadcrumb(scope, OURS))) == []

    def test_in_the_list_of_problems(self, greek: Organization) -> None:
        told = html_text(problems_list(replace(greek, problems=PROBLEMS), OURS))
        assert "Nobody is so called." in told
        assert leaks_of_html(told) == unmarked(told) == []

    @pytest.mark.parametrize(
        ("view", "look"), [("", LOOK), ("matrix", FILTERED), ("outline", FILTERED)]
    )
    def test_in_the_first_html(
        self, greek: Organization, scope: Scope, view: str, look: ViewState
    ) -> None:
        assert leaks_of_html(begun(greek, scope, view, look)) == []

    def test_in_previews_of_links(self, scope: Scope) -> None:
        for unit in (None, 3):
            request = PageRequest(ViewState(unit), OURS)
            told = preview(scope, "https://harbour.example/", request, {})
            said = re.findall('(?:title|description|alt)" content="([^"]*)"', told)
            assert len(said) == 4
            assert leaks(" ".join(said)) == []

    def test_in_the_sunburst(self, tree: Tree) -> None:
        (trace,) = sunburst_figure(tree, theme=Theme.LIGHT)["data"]
        for _, name, note, _ in trace["customdata"]:
            assert leaks(f"{name} {note}") == []
        assert leaks(html.unescape(" ".join(trace["labels"]))) == []
        for told in sunburst_labels(tree):
            for *_, lines in told["texts"].values():
                assert leaks("".join(line for line, _ in lines)) == []

    def test_in_the_network(self, tree: Tree) -> None:
        for each in network_elements(tree):
            data = each["data"]
            labels = [data[layout].get("label", "") for layout in Layout if layout in data]
            told = [data.get("name", ""), data.get("note", ""), *labels]
            assert leaks("\n".join(texts_in(told)).replace("\n", "")) == []

    @pytest.mark.parametrize(
        "look", [ViewState(), LOOK, FILTERED, ViewState(3, layout=Layout.RADIAL)]
    )
    @pytest.mark.parametrize("draw", [sunburst_picture, network_picture])
    def test_in_pictures(self, tree: Tree, draw: Callable[..., Picture], look: ViewState) -> None:
        svg = draw(tree, look, theme=Theme.DARK, size=(2400, 2400)).svg
        assert leaks_of_html(svg) == []


class TestDataIsMarkedWithItsLanguage:
    def test_on_the_page(self, greek: Organization) -> None:
        assert unmarked(html_text(page_of(greek, OURS))) == []

    def test_in_the_panel(self, greek: Organization) -> None:
        for unit in range(len(greek)):
            assert unmarked(html_text(unit_panel(OrganizationIndex(greek), unit, OURS))) == []
        assert unmarked(html_text(overview_panel(OrganizationIndex(greek), OURS))) == []
        assert unmarked(html_text(unknown_unit_panel(greek, [2, 3], OURS))) == []

    def test_in_the_outline(self, scope: Scope) -> None:
        assert unmarked(html_text(outline(tree_of(scope, OURS)))) == []
        assert unmarked(html_text(breadcrumb(scope, OURS))) == []

    @pytest.mark.parametrize(
        ("view", "look"), [("", LOOK), ("matrix", FILTERED), ("outline", FILTERED)]
    )
    def test_in_the_first_html(
        self, greek: Organization, scope: Scope, view: str, look: ViewState
    ) -> None:
        assert unmarked(begun(greek, scope, view, look)) == []

    def test_unless_the_page_has_the_same(self, iom: Organization) -> None:
        text = html_text(unit_panel(OrganizationIndex(iom), 3, words_in("en")))
        assert "lang=" not in text
        assert 'dir="auto" lang="en"' in html_text(
            unit_panel(OrganizationIndex(iom), 3, words_in("fr"))
        )


class TestScripts:
    @pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
    def test_say_no_sentence_of_their_own(self, path: Path) -> None:
        text = COMMENTS.sub("", path.read_text(encoding="utf-8"))
        # An error in the program is told to whoever mends it.
        text = re.sub(r"new Error\([\"`][^\"`]*[\"`]\)", "", text)
        said = [one or other for one, other in LITERALS.findall(text)]
        assert [each for each in said if SENTENCE.match(each)] == []

    def test_say_what_the_catalogue_has_and_all_of_it(self) -> None:
        text = "\n".join(
            path.read_text(encoding="utf-8") for path in SCRIPTS if path.parent.name != "frozen"
        )
        keys = set(words_in("en").script)
        assert set(SAID.findall(text)) <= keys
        families = tuple(re.findall(r"\bmessage\(\s*`([a-z-]+)\$", text))
        assert [
            key for key in keys if f'"{key}"' not in text and not key.startswith(families)
        ] == []

    def test_say_in_frozen_pages_what_is_stored_for_them(self) -> None:
        frozen = [path for path in SCRIPTS if path.parent.name == "frozen"]
        said = {key for path in frozen for key in SAID.findall(path.read_text(encoding="utf-8"))}
        assert said
        assert said <= {*words_in("en").messages}


def said_in_python() -> Iterator[str]:
    """Yield all that Python says, as patterns: what is filled in may be anything."""
    for path in sorted(Path(components.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield re.escape(node.value)
            elif isinstance(node, ast.JoinedStr):
                said = "".join(
                    re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z_-]+"
                    for part in node.values
                )
                # A family of keys begins with its name; whatever else is put together is no key.
                if re.match(r"[a-z]+\\-", said):
                    yield said


def test_python_says_all_that_is_in_the_catalogue_for_it() -> None:
    words = words_in("en")
    said = re.compile("|".join(f"(?:{each})" for each in sorted(set(said_in_python()))))
    keys = set(words.messages) - set(words.script)

    assert [key for key in keys if not said.fullmatch(key)] == []


def test_the_catalogue_has_what_can_be_downloaded() -> None:
    assert all(words_in("en").has(f"download-{each}") for each in Diagram)
