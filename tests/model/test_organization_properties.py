"""What holds for every organization: random forests against a naive computation."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from components.importing.import_tables import import_tables
from components.model.organization import Organization
from components.model.scope import scope_of
from components.problems import DataError, Problem, ProblemKind, Severity
from components.reading.read import read_tables
from tests.organizations import Pairs, forests, organization_of


class Naive:
    """A tree as anybody would write it down: recursive, slow, and plainly right."""

    def __init__(self, pairs: Pairs) -> None:
        roots = [unit for unit, above in pairs if not above]
        self.children: dict[str, list[str]] = {unit: [] for unit, _ in pairs}
        for unit, above in pairs:
            if above:
                self.children[above].append(unit)
        self.parent: dict[str, str] = dict(pairs)
        self.top = roots[0]
        if len(roots) > 1:
            self.top = "organization"
            # Those with a hierarchy come before the many that may have none.
            self.children[self.top] = sorted(roots, key=lambda root: not self.children[root])
            self.parent |= dict.fromkeys(roots, self.top) | {self.top: ""}

    def chain(self, unit: str) -> list[str]:
        above = self.parent[unit]
        return [*self.chain(above), above] if above else []

    def below(self, unit: str) -> list[str]:
        return [each for child in self.children[unit] for each in (child, *self.below(child))]

    def leaves(self, unit: str) -> list[str]:
        return [each for each in (unit, *self.below(unit)) if not self.children[each]]

    def by_level(self, unit: str, levels: int) -> list[str]:
        level, found = [unit], [unit]
        for _ in range(levels):
            level = [child for each in level for child in self.children[each]]
            found += level
        return found


def ids(organization: Organization, numbers: Sequence[int]) -> list[str]:
    return [organization.units["id"][number] for number in numbers]


@given(forests())
def test_units_stand_in_preorder_with_the_children_in_the_order_of_the_table(pairs: Pairs) -> None:
    naive, organization = Naive(pairs), organization_of(pairs)

    assert organization.units["id"] == [naive.top, *naive.below(naive.top)]
    for number, unit in enumerate(organization.units["id"]):
        assert organization.number[unit] == number
        assert ids(organization, list(organization.children(number))) == naive.children[unit]


@given(forests())
def test_places_in_the_hierarchy_are_what_counting_finds(pairs: Pairs) -> None:
    naive, organization = Naive(pairs), organization_of(pairs)

    for number, unit in enumerate(organization.units["id"]):
        chain = naive.chain(unit)
        assert ids(organization, organization.ancestors(number)) == chain
        assert organization.depth[number] == len(chain)
        assert organization.size[number] == 1 + len(naive.below(unit))
        children = list(organization.children(number))
        assert organization.child_count[number] == len(children)
        assert [organization.position[child] for child in children] == [
            *range(1, len(children) + 1)
        ]
        assert organization.leaves[number] == len(naive.leaves(unit))
        assert organization.is_leaf(number) == (not naive.children[unit])
        branch = [*chain, unit][1:2]
        siblings = naive.children[naive.top]
        assert organization.branch[number] == (siblings.index(branch[0]) if branch else 0)
    gathered = naive.top == "organization"
    levels = 1 + max(len(naive.chain(unit)) for unit in naive.parent) - gathered
    assert organization.levels == levels


@given(forests(most=9))
def test_a_unit_is_below_another_if_that_is_in_its_chain(pairs: Pairs) -> None:
    naive, organization = Naive(pairs), organization_of(pairs)

    for unit in naive.parent:
        for other in naive.parent:
            below = organization.is_below(organization.number[unit], organization.number[other])
            assert below == (other in (*naive.chain(unit), unit))


@given(forests(), st.integers(0, 6), st.integers(0, 45), st.integers(0))
def test_a_scope_shows_the_first_units_level_by_level(
    pairs: Pairs, levels: int, most: int, draw: int
) -> None:
    naive, organization = Naive(pairs), organization_of(pairs)
    asked = draw % len(organization)

    scope = scope_of(organization, asked, levels=levels, most=most)

    focus = organization.units["id"][asked]
    if not naive.children[focus] and focus != naive.top:
        focus = naive.parent[focus]
    roots = naive.children[focus]
    if (
        asked == 0
        and organization.has_synthetic_top
        and len(roots) > most - 1
        and any(naive.children[root] for root in roots)
    ):
        # Half of the room is for what is below the first roots.
        naive.children[focus] = roots[: max(0, most) // 2]
    shown = set(naive.by_level(focus, levels)[: max(1, most)])
    naive.children[focus] = roots
    assert organization.units["id"][scope.focus] == focus
    assert ids(organization, scope.ancestors) == naive.chain(focus)
    assert ids(organization, scope.units) == [
        unit for unit in (focus, *naive.below(focus)) if unit in shown
    ]


@given(forests(), st.integers(0, 6), st.integers(0, 45))
def test_a_fold_counts_the_children_that_are_not_shown_and_all_below_them(
    pairs: Pairs, levels: int, most: int
) -> None:
    naive, organization = Naive(pairs), organization_of(pairs)

    scope = scope_of(organization, 0, levels=levels, most=most)

    shown = set(ids(organization, scope.units))
    expected = {}
    for unit in shown:
        missing = [child for child in naive.children[unit] if child not in shown]
        if missing and len(naive.chain(unit)) < levels:
            folded = [each for child in missing for each in (child, *naive.below(child))]
            leaves = [each for child in missing for each in naive.leaves(child)]
            expected[unit] = (len(folded), len(leaves))
    assert {
        organization.units["id"][fold.parent]: (fold.units, fold.leaves) for fold in scope.folds
    } == expected
    assert [fold.parent for fold in scope.folds] == sorted(fold.parent for fold in scope.folds)


@given(forests(), st.integers(0, 6), st.integers(0, 45))
def test_what_is_shown_what_is_folded_and_what_lies_deeper_are_all_there_is(
    pairs: Pairs, levels: int, most: int
) -> None:
    organization = organization_of(pairs)

    scope = scope_of(organization, 0, levels=levels, most=most)

    folded = sum(fold.units for fold in scope.folds)
    ends = [unit for unit in scope.units if unit not in {**scope.children, **scope.fold}]
    deeper = sum(int(organization.size[unit]) - 1 for unit in ends)
    assert len(scope.units) + folded + deeper == len(organization)
    folded_leaves = sum(fold.leaves for fold in scope.folds)
    assert folded_leaves + organization.leaves[ends].sum() == organization.leaves[0]


@given(forests(), st.integers(0, 6), st.integers(0, 45))
def test_the_children_in_a_scope_are_its_units_each_once(
    pairs: Pairs, levels: int, most: int
) -> None:
    organization = organization_of(pairs)

    scope = scope_of(organization, 0, levels=levels, most=most)

    children = [child for each in scope.children.values() for child in each]
    assert sorted(children) == list(scope.units[1:])
    for parent, each in scope.children.items():
        assert all(organization.parent[child] == parent for child in each)


WORDS = st.sampled_from(["", "", "a", "b", "c", "d", "e", " a", "b ", "A", "007", "é"])
LEAVES_OUT = {
    ProblemKind.NAMELESS,
    ProblemKind.DUPLICATE_RECORD,
    ProblemKind.DUPLICATE_ID,
    ProblemKind.SEVERAL_PARENTS,
}
RECORDS = st.lists(st.tuples(WORDS, WORDS, WORDS), max_size=12)


@given(RECORDS)
def test_every_record_is_drawn_or_named_however_the_table_is_damaged(
    records: list[tuple[str, str, str]],
) -> None:
    filled = {n: cells for n, cells in enumerate(records, start=2) if "".join(cells).strip()}
    drawable = any(unit.strip() or name.strip() for unit, name, _ in records)

    drawn, problems = read(as_csv([("id", "name", "parent_id"), *records]))

    named = {problem.record for problem in problems}
    if not drawable:
        assert drawn == []
        assert [problem.severity for problem in problems] == [Severity.ERROR]
        return
    for number, (unit, name, _) in filled.items():
        own = unit.strip()
        assert number in named or any(
            drawn_name == (name.strip() or own) and drawn_id == (own or drawn_id)
            for drawn_id, drawn_name in drawn
        )
    left_out = {problem.record for problem in problems if problem.kind in LEAVES_OUT}
    assert len(drawn) == len(filled) - len(left_out)


def read(text: str) -> tuple[list[tuple[str, str]], tuple[Problem, ...]]:
    """Return the id and name of each unit that a file has a record of, and what is said of it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "staff.csv"
        path.write_text(text, encoding="utf-8")
        try:
            organization = import_tables(read_tables(path)).organization
        except DataError as error:
            return [], error.problems
    drawn = zip(organization.units["id"], organization.units["name"], strict=True)
    recorded = [each for unit, each in enumerate(drawn) if unit not in organization.synthetic]
    return recorded, organization.problems


@given(RECORDS)
def test_a_damaged_table_still_becomes_one_tree(records: list[tuple[str, str, str]]) -> None:
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
        assert kept[name] + len(left_out) == len(rows)


def as_csv(rows: Sequence[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    return text.getvalue()
