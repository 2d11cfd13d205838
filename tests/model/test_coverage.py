from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.model.coverage import REFERENCES, THEMES, Cell, Coverage, Topics, coverage
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from tests.organizations import forests, organization_of, scope_of

TOPICS = ["a", "b", "c", "d", "e"]
SKILLS = "skills"


def topics(organization: Organization, by: str) -> Topics:
    return OrganizationIndex(organization).topics[by]


def cells_by_id(covered: Coverage) -> dict[str, dict[str, Cell]]:
    """Return the cells that are not empty by the ids of units and topics."""
    ids = covered.scope.organization.units["id"]
    rows: dict[str, dict[str, Cell]] = {}
    for (unit, topic), cell in covered.cells.items():
        rows.setdefault(ids[unit], {})[topic] = cell
    return rows


class TestThemes:
    def test_counts_responsibilities_and_the_units_below(self, harbour: Organization) -> None:
        assert cells_by_id(coverage(scope_of(harbour), topics(harbour, THEMES))) == {
            "harbour": {
                "navigation": Cell(0, 2),
                "emergencies": Cell(0, 3),
                "permits": Cell(1, 2),
                "environment": Cell(0, 1),
            },
            "traffic": {"navigation": Cell(1, 1), "emergencies": Cell(0, 1)},
            "pilots": {"navigation": Cell(1, 0), "emergencies": Cell(1, 0)},
            "safety": {
                "emergencies": Cell(1, 1),
                "permits": Cell(0, 2),
                "environment": Cell(0, 1),
            },
            "fire": {"emergencies": Cell(1, 0), "permits": Cell(1, 0)},
            "goods": {"permits": Cell(1, 0), "environment": Cell(1, 0)},
        }

    def test_counts_topics_of_no_unit_and_of_one_unit(self, harbour: Organization) -> None:
        result = coverage(scope_of(harbour, harbour.number["safety"]), topics(harbour, THEMES))

        assert result.units == {"navigation": 0, "emergencies": 2, "permits": 2, "environment": 1}
        assert (result.uncovered, result.covered_once) == (1, 1)
        assert result.most_shared
        assert result.most_shared.id == "emergencies"

    def test_no_topic_is_shared_if_each_has_one_unit(self) -> None:
        organization = organization_of(
            [("a", ""), ("b", "a")],
            themes="id, name\nx, X\ny, Y",
            responsibilities="unit_id, responsibility, themes\na, Sails, x\nb, Rows, y",
        )

        assert coverage(scope_of(organization), topics(organization, THEMES)).most_shared is None

    def test_columns_are_the_most_covered_topics_in_the_order_of_their_table(
        self, harbour: Organization
    ) -> None:
        result = coverage(scope_of(harbour), topics(harbour, THEMES), most=2)

        assert [topic.id for topic in result.columns] == ["emergencies", "permits"]
        assert set(result.units) == {"navigation", "emergencies", "permits", "environment"}
        assert {topic for _, topic in result.cells} == {"emergencies", "permits"}

    def test_counts_units_below_the_scope(self, harbour: Organization) -> None:
        result = coverage(scope_of(harbour, rings=1), topics(harbour, THEMES))

        assert cells_by_id(result)["safety"]["permits"] == Cell(0, 2)
        assert set(cells_by_id(result)) == {"harbour", "traffic", "safety"}


class TestReferences:
    def test_counts_mentions_and_the_units_below(self, harbour: Organization) -> None:
        result = coverage(scope_of(harbour), topics(harbour, REFERENCES))

        assert result.units == {"state": 3, "tides": 2}
        assert cells_by_id(result)["traffic"] == {"state": Cell(1, 0), "tides": Cell(0, 2)}

    def test_counts_a_unit_with_several_mentions_once(self) -> None:
        organization = organization_of(
            [("a", ""), ("b", "a")],
            references="id, name\nr, Charter",
            mentions="unit_id, reference_id, role\nb, r, Reads it\nb, r, Writes it",
        )

        references = topics(organization, REFERENCES)
        result = coverage(scope_of(organization), references)

        assert result.units == {"r": 1}
        assert cells_by_id(result) == {"a": {"r": Cell(0, 1)}, "b": {"r": Cell(2, 0)}}
        assert references.covering(organization, "r", np.array([0]), most=9) == ((1,), 1)
        assert references.own(1) == {"r": 2}


class TestValues:
    def test_counts_units_that_have_one_of_several_values(self) -> None:
        organization = organization_of(
            """
            id, name, parent, Skills
            a,  A,    ,       rows; sails
            b,  B,    a,      sails
            c,  C,    a,      sails
            d,  D,    b,      rows; sails
            e,  E,    b,
            """
        )

        result = coverage(scope_of(organization), topics(organization, SKILLS))

        assert [topic.name for topic in result.columns] == ["rows", "sails"]
        assert result.units == {"rows": 2, "sails": 4}
        assert cells_by_id(result) == {
            "a": {"rows": Cell(1, 1), "sails": Cell(1, 3)},
            "b": {"rows": Cell(0, 1), "sails": Cell(1, 1)},
            "c": {"sails": Cell(1, 0)},
            "d": {"rows": Cell(1, 0), "sails": Cell(1, 0)},
        }


@pytest.mark.parametrize(
    ("side", "choices"),
    [
        ({}, []),
        ({"themes": "id, name\nt, T"}, [THEMES]),
        ({"references": "id, name\nr, R"}, [REFERENCES]),
    ],
)
def test_only_topics_that_exist_can_be_columns(side: dict[str, str], choices: list[str]) -> None:
    assert [*OrganizationIndex(organization_of([("a", "")], **side)).topics] == choices


def test_every_category_can_be_columns(harbour: Organization) -> None:
    index = OrganizationIndex(harbour)

    assert [*index.topics] == [THEMES, REFERENCES, *index.categories]


@st.composite
def organizations_with_topics(draw: st.DrawFn) -> tuple[Organization, str]:
    """Draw an organization whose units cover some of five topics, some repeatedly."""
    pairs = draw(forests())
    units = [unit for unit, _ in pairs]
    cover = st.tuples(st.sampled_from(units), st.lists(st.sampled_from(TOPICS), max_size=3))
    rows = draw(st.lists(cover, max_size=60))
    topics = "id, name\n" + "\n".join(f"{topic}, {topic}" for topic in TOPICS)
    if draw(st.booleans()):
        rows_by_theme = [[unit, "Does it", ";".join(topics)] for unit, topics in rows]
        table = as_table(["unit_id", "responsibility", "themes"], rows_by_theme)
        return organization_of(pairs, themes=topics, responsibilities=table), THEMES
    rows_by_reference = [[unit, topic, "Reads it"] for unit, topics in rows for topic in topics]
    table = as_table(["unit_id", "reference_id", "role"], rows_by_reference)
    return organization_of(pairs, references=topics, mentions=table), REFERENCES


def as_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([header, *rows])
    return text.getvalue()


def naive_count(organization: Organization, by: str, topic: str, unit: int) -> int:
    """Return how often a unit covers a topic by counting rows."""
    if by == THEMES:
        return sum(topic in row.themes for row in organization.responsibilities.of(unit))
    return sum(row.reference == topic for row in organization.mentions.of(unit))


@given(organizations_with_topics(), st.integers(1, 3), st.integers(0, 5), st.data())
def test_coverage_equals_a_count_of_all_rows(
    case: tuple[Organization, str], levels: int, most: int, data: st.DataObject
) -> None:
    organization, by = case
    focus = data.draw(st.integers(0, len(organization) - 1))
    scope = scope_of(organization, focus, rings=levels, rows=10)

    choice = topics(organization, by)
    result = coverage(scope, choice, most=most)

    units = range(len(organization))
    own = {
        (unit, topic): naive_count(organization, by, topic, unit)
        for unit in units
        for topic in TOPICS
    }
    in_focus = [unit for unit in units if organization.is_below(unit, scope.focus)]
    counts = {topic: sum(own[unit, topic] > 0 for unit in in_focus) for topic in TOPICS}
    assert result.units == counts
    assert result.uncovered == list(counts.values()).count(0)
    assert result.covered_once == list(counts.values()).count(1)
    shown = [topic.id for topic in result.columns]
    assert shown == sorted(shown)
    assert sorted(counts[topic] for topic in shown) == sorted(counts.values())[len(TOPICS) - most :]
    for unit in scope.units:
        for topic in result.columns:
            below = [
                other
                for other in units
                if other != unit and organization.is_below(other, unit) and own[other, topic.id]
            ]
            assert result.cell(unit, topic) == Cell(own[unit, topic.id], len(below))
            itself = [unit] if own[unit, topic.id] else []
            roots = np.array([unit])
            listed, count = choice.covering(organization, topic.id, roots, most=most)
            assert (list(listed), count) == ([*itself, *below][:most], len(itself + below))
            assert choice.own(unit).get(topic.id, 0) == own[unit, topic.id]
