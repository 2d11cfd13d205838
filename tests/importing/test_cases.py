"""Tables as people have them: the tree, the relations and the problems that each makes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importing.case_files import (
    Case,
    cases,
    facts_of,
    load,
    problems_of,
    relations_of,
    tree_of,
)

CASES = [pytest.param(case, id=case.title) for case in cases()]


@pytest.mark.parametrize("case", CASES)
def test_a_table_makes_the_expected_organization(case: Case, tmp_path: Path) -> None:
    organization = load(case, tmp_path)

    assert tree_of(organization) == case.expected["tree"]
    assert problems_of(organization) == case.expected["problems"]
    if "relations" in case.expected:
        assert relations_of(organization) == case.expected["relations"]
    assert {*case.expected.get("facts", ())} <= facts_of(organization)


def test_no_two_cases_have_one_title() -> None:
    titles = [case.title for case in cases()]

    assert len(titles) == len({*titles})
