"""What has become of units, and which states are compared, in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from components.model.both_states import both_states
from components.model.changes import ChangeKind, compare
from components.model.organization import Organization
from components.words import languages, words_in
from components.words.became import became_note, changes_below_note, moved_note, states_note
from tests.english import ENGLISH
from tests.model.test_changes import port
from tests.organizations import organization_of


def named(organization: Organization, name: str, date: str) -> Organization:
    return replace(organization, about=replace(organization.about, name=name, date=date))


def test_states_are_called_by_their_dates_or_names_or_sizes() -> None:
    before, after = port(), port(("Dee", "Ned"))

    def note(one: tuple[str, str], other: tuple[str, str]) -> str:
        both = both_states(compare(named(before, *one), named(after, *other)))
        return states_note(both, ENGLISH)

    assert note(("a", "2025-01-01"), ("b", "2026-01-01")) == "Jan 1, 2025 → Jan 1, 2026"
    assert note(("a", "2026-01-01"), ("b", "2026-01-01")) == "a → b"
    assert note(("a", ""), ("b", "2026-01-01")) == "a → b"
    assert note(("a", ""), ("a", "")) == "7 units before, 7 units now"
    assert states_note(after, ENGLISH) == ""


def test_all_that_has_become_of_a_unit_is_told() -> None:
    after = port(("Locks,                unit,       Gus,   s", "Locks and Bridges, unit, Gil, f"))
    both = both_states(compare(port(), after))

    assert became_note(both, both.number["l"], ENGLISH) == (
        "Moved from: Ships Department, was called: Locks, changed: Head"
    )
    assert became_note(both, both.number["t"], ENGLISH) == ""
    assert became_note(after, after.number["l"], ENGLISH) == ""


def test_what_was_the_top_was_at_the_top() -> None:
    before = organization_of("id, name, parent\na, A,\nb, B, a")
    after = organization_of("id, name, parent\nt, T,\na, A, t\nb, B, a")
    both = both_states(compare(before, after))

    assert became_note(both, both.number["a"], ENGLISH) == "Moved from: at the top"


def test_four_of_many_moved_units_are_named() -> None:
    assert moved_note(port(), [3, 6], ENGLISH) == "2 moved: Audit; Locks"
    assert moved_note(port(), range(1, 7), ENGLISH).endswith("Ships Department; + 2 more")


@pytest.mark.parametrize("language", languages())
def test_every_language_tells_what_is_not_drawn(language: str) -> None:
    words = words_in(language)

    note = changes_below_note({ChangeKind.NEW: 3, ChangeKind.GONE: 1}, words)
    assert "3" in note
    assert "1" in note
    assert changes_below_note({}, words) == ""
