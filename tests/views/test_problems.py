from __future__ import annotations

from dataclasses import replace

import pytest

from components.model.organization import Organization
from components.problems import Problem, ProblemKind, Severity
from components.views import ids
from components.views.problems import problems_link, problems_list
from components.words import words_in
from tests.english import ENGLISH
from tests.views.components import attribute, find, kind, only, text_of
from tests.views.pages import page_of

WARNING = Problem(
    ProblemKind.UNKNOWN_PARENT, "Nobody is “bord”.", "Mend it.", "units", 4, "parent", value="bord"
)
NOTE = Problem(
    ProblemKind.REPAIRED_PARENT, "Read as “7”.", "Write it so.", "units", severity=Severity.NOTE
)
KINDS_WITHOUT_AN_ORGANIZATION = {
    *(
        ProblemKind.NO_FILE,
        ProblemKind.ADDRESS,
        ProblemKind.UNKNOWN_FORMAT,
        ProblemKind.UNREADABLE,
        ProblemKind.EMPTY,
    ),
    *(ProblemKind.TOO_LARGE, ProblemKind.NO_SUCH_CHOICE, ProblemKind.NO_UNITS),
}


def with_problems(harbour: Organization, *problems: Problem) -> Organization:
    return replace(harbour, problems=problems)


class TestTheLink:
    def test_counts_the_problems_and_leads_to_the_list(self, harbour: Organization) -> None:
        organization = with_problems(harbour, WARNING, NOTE, WARNING)

        link = only(problems_link(organization, ENGLISH), "A")

        assert text_of(link) == "2 problems in the data"
        assert attribute(link, "href") == f"#{ids.PROBLEMS_DIALOG}"
        assert only(page_of(organization), id=ids.PROBLEMS_DIALOG)

    @pytest.mark.parametrize("problems", [(), (NOTE,)])
    def test_does_not_exist_without_warnings(
        self, harbour: Organization, problems: tuple[Problem, ...]
    ) -> None:
        organization = with_problems(harbour, *problems)

        assert find(problems_link(organization, ENGLISH), "A") == []
        assert problems_list(organization, ENGLISH) == []


class TestTheList:
    def test_has_problems_grouped_by_kind_with_notes_last(self, harbour: Organization) -> None:
        other = replace(WARNING, kind=ProblemKind.CYCLE, record=None, column="", value="")

        content = problems_list(with_problems(harbour, NOTE, WARNING, other, WARNING), ENGLISH)

        headings = [text_of(component) for component in content if kind(component).startswith("H")]
        assert headings == [
            "Parents that are not in the table 2",
            "Circular hierarchies 1",
            "1 automatic interpretation",
            "Parents that are spelled differently 1",
        ]
        item = find(content, "Li")[0]
        assert text_of(item).replace(" , ", ", ") == (
            "units, record 4, column parent bord Nobody is “bord”. Mend it."
        )

    def test_counts_the_problems_that_it_does_not_list(self, harbour: Organization) -> None:
        content = problems_list(with_problems(harbour, *([WARNING] * 250), NOTE), ENGLISH)

        assert len(find(content, "Li")) == 200
        assert text_of(content[-1]) == (
            "And 51 more problems. The command “check” lists all of them."
        )

    def test_marks_english_text_on_a_page_in_another_language(self, harbour: Organization) -> None:
        content = problems_list(with_problems(harbour, WARNING), words_in("fr"))

        assert text_of(find(content, lang="en")) == "Nobody is “bord”. Mend it."
        assert find(problems_list(with_problems(harbour, WARNING), ENGLISH), lang="en") == []

    def test_shortens_values_and_replaces_invisible_characters(self, harbour: Organization) -> None:
        value = "\u202eab" + "c" * 100

        content = problems_list(with_problems(harbour, replace(WARNING, value=value)), ENGLISH)

        shown = text_of(only(content, "Code"))
        assert shown.startswith("\ufffdabc")
        assert len(shown) == 81

    @pytest.mark.parametrize("problem", sorted(set(ProblemKind) - KINDS_WITHOUT_AN_ORGANIZATION))
    def test_has_a_name_for_every_kind(self, problem: ProblemKind) -> None:
        assert ENGLISH.has(f"fault-{problem}")
