"""Properties of organizations: random forests compared with a naive tree, and random tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from components.importing.import_tables import import_tables
from components.problems import DataError, Problem, ProblemKind, Severity
from components.reading.read import read_tables
from tests.model.naive_tree import NaiveTree, ids
from tests.organizations import Pairs, forests, organization_of


@given(forests())
def test_units_are_in_preorder_with_children_in_the_order_of_the_table(pairs: Pairs) -> None:
    naive, organization = NaiveTree(pairs), organization_of(pairs)

    assert organization.units["id"] == [naive.root, *naive.descendants(naive.root)]
    for number, unit in enumerate(organization.units["id"]):
        assert organization.number[unit] == number
        assert ids(organization, list(organization.children(number))) == naive.children[unit]


@given(forests())
def test_positions_in_the_hierarchy_agree_with_the_naive_tree(pairs: Pairs) -> None:
    naive, organization = NaiveTree(pairs), organization_of(pairs)

    for number, unit in enumerate(organization.units["id"]):
        ancestors = naive.ancestors(unit)
        assert ids(organization, organization.ancestors(number)) == ancestors
        assert organization.depth[number] == len(ancestors)
        assert organization.size[number] == 1 + len(naive.descendants(unit))
        children = list(organization.children(number))
        assert organization.child_count[number] == len(children)
        assert [organization.position[child] for child in children] == [
            *range(1, len(children) + 1)
        ]
        assert organization.leaves[number] == len(naive.leaves(unit))
        assert organization.is_leaf(number) == (not naive.children[unit])
    has_synthetic_root = naive.root == "organization"
    levels = 1 + max(len(naive.ancestors(unit)) for unit in naive.parent) - has_synthetic_root
    assert organization.levels == levels


@given(forests(most=9))
def test_a_unit_is_below_itself_and_its_ancestors_only(pairs: Pairs) -> None:
    naive, organization = NaiveTree(pairs), organization_of(pairs)

    for unit in naive.parent:
        for other in naive.parent:
            below = organization.is_below(organization.number[unit], organization.number[other])
            assert below == (other in (*naive.ancestors(unit), unit))


WORDS = st.sampled_from(["", "", "a", "b", "c", "d", "e", " a", "b ", "A", "007", "é"])
KINDS_THAT_OMIT_A_RECORD = {
    ProblemKind.NAMELESS,
    ProblemKind.DUPLICATE_RECORD,
    ProblemKind.SEVERAL_PARENTS,
}
RECORDS = st.lists(st.tuples(WORDS, WORDS, WORDS), max_size=12)


@given(RECORDS)
def test_every_record_of_a_random_table_is_imported_or_reported(
    records: list[tuple[str, str, str]],
) -> None:
    filled = {n: cells for n, cells in enumerate(records, start=2) if "".join(cells).strip()}
    has_units = any(unit.strip() or name.strip() for unit, name, _ in records)

    imported, problems = import_csv(as_csv([("id", "name", "parent_id"), *records]))

    reported = {problem.record for problem in problems}
    if not has_units:
        assert imported == []
        assert [problem.severity for problem in problems] == [Severity.ERROR]
        return
    for number, (unit, name, _) in filled.items():
        own = unit.strip()
        assert number in reported or any(
            imported_name == (name.strip() or own) and imported_id == (own or imported_id)
            for imported_id, imported_name in imported
        )
    left_out = {
        problem.record
        for problem in problems
        if problem.kind in KINDS_THAT_OMIT_A_RECORD
        and "all of them are drawn" not in problem.reason
    }
    assert len(imported) == len(filled) - len(left_out)


def import_csv(text: str) -> tuple[list[tuple[str, str]], tuple[Problem, ...]]:
    """Return the id and name of each unit with a record in a CSV file, and the problems."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "staff.csv"
        path.write_text(text, encoding="utf-8")
        try:
            organization = import_tables(read_tables(path)).organization
        except DataError as error:
            return [], error.problems
    units = zip(organization.units["id"], organization.units["name"], strict=True)
    recorded = [unit for number, unit in enumerate(units) if number not in organization.synthetic]
    return recorded, organization.problems


@given(RECORDS)
def test_a_random_table_becomes_one_tree(records: list[tuple[str, str, str]]) -> None:
    text = as_csv([("id", "name", "parent_id"), *records, ("z", "Z", "z")])

    organization = organization_of(text)

    assert organization.parent[0] == -1
    assert organization.size[0] == len(organization) == len(set(organization.units["id"]))
    for unit in range(1, len(organization)):
        assert 0 <= organization.parent[unit] < unit
        assert organization.ancestors(unit)[0] == 0
    assert dict(organization.number) == {
        unit: number for number, unit in enumerate(organization.units["id"])
    }


@given(
    st.fixed_dictionaries(
        {
            "responsibilities": st.lists(st.tuples(WORDS, WORDS, st.sampled_from("12xé²"), WORDS)),
            "relations": st.lists(st.tuples(WORDS, WORDS, WORDS)),
            "references": st.lists(st.tuples(WORDS, WORDS)),
            "mentions": st.lists(st.tuples(WORDS, WORDS)),
            "themes": st.lists(st.tuples(WORDS, WORDS)),
            "synonyms": st.lists(st.tuples(WORDS, WORDS)),
        }
    )
)
def test_every_record_of_a_side_table_is_kept_or_named(
    side: Mapping[str, list[tuple[str, ...]]],
) -> None:
    headers: dict[str, tuple[str, ...]] = {
        "responsibilities": ("unit_id", "responsibility", "position", "themes"),
        "relations": ("from_id", "to_id", "kind"),
        "references": ("id", "name"),
        "mentions": ("unit_id", "reference_id"),
        "themes": ("id", "name"),
        "synonyms": ("words", "means"),
    }
    texts = {name: as_csv([headers[name], *rows]) for name, rows in side.items()}

    organization = organization_of([("a", ""), ("b", "a"), ("007", "a")], **texts)

    kept = {
        "responsibilities": len(organization.responsibilities.rows),
        "relations": len(organization.relations.rows) // 2,
        "references": len(organization.references),
        "mentions": len(organization.mentions.rows),
        "themes": len(organization.themes),
        "synonyms": len(organization.synonyms),
    }
    for name, rows in side.items():
        left_out = {
            problem.record
            for problem in organization.problems
            if problem.table == name and problem.column not in {"themes", "position"}
        }
        others = [row for record, row in enumerate(rows, start=2) if record not in left_out]
        if name == "relations":  # a repeated relation is kept once
            others = list(dict.fromkeys(map(relation_key, others)))
        assert kept[name] == len(others)


def relation_key(row: tuple[str, ...]) -> tuple[str, ...]:
    """Return the key of a relation; ends that differ in case, spaces or zeros are the same unit."""
    origin, target, kind = (cell.strip().casefold() for cell in row)
    return origin.lstrip("0"), target.lstrip("0"), kind


def as_csv(rows: Sequence[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    return text.getvalue()
