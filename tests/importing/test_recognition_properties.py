"""Properties of recognition: what must not change how a table is understood, and what is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pandas as pd
from hypothesis import assume, given
from hypothesis import strategies as st

from components.importing.column_names import _columns
from components.importing.import_tables import import_tables
from components.importing.report import Imported
from components.importing.table_roles import Shape
from components.model.organization import Organization
from components.reading.read import read_tables
from components.reading.tables import Tables
from tests.importing.case_files import cases
from tests.organizations import Pairs, forests
from tests.properties import examples

BY_ORDER = {Shape.ORDER, Shape.LEVELS}
"""Shapes in which the place of a record or of a column may say something."""
OF_ORDER = ("duplicate", "cycle", "nameless", "several-parents", "ambiguous")
"""Problems in which the first of several records counts, or the last record."""
FACTS: Mapping[str, st.SearchStrategy[str]] = {
    "Salary": st.integers(20_000, 90_000).map(str),
    "FTE": st.sampled_from(["1", "0.5", "0.8", ""]),
    "Phone": st.integers(100, 999).map(lambda number: f"+44 1 55 {number}"),
    "Start Date": st.dates().map(str),
    "Date of Birth": st.dates().map(lambda day: f"{day:%d/%m/%Y}"),
    "Grade": st.sampled_from(["G5", "G6", "G7", "SCS1"]),
    "Pay Band": st.integers(1, 9).map(str),
    "Cost Centre": st.sampled_from(["4711", "4712", "4720", "5000"]),
    "Contract": st.sampled_from(["Permanent", "Fixed term", "Temporary"]),
    "Notes": st.sampled_from(["", "", "Part time", "On leave until May", "Moved in 2019."]),
    "Website": st.integers(1, 99).map(lambda number: f"https://dock.example/{number}"),
    "Postcode": st.integers(1000, 9999).map(str),
    "Last Modified": st.datetimes().map(lambda time: f"{time:%Y-%m-%dT%H:%M:%SZ}"),
}


@cache
def tables_of_cases() -> Mapping[str, tuple[Tables, Imported]]:
    """Return each case of one table that needs no settings, and what is made of it, by title."""
    found = {}
    for case in cases():
        if len(case.files) == 1 and not case.settings:
            with TemporaryDirectory() as folder:
                tables = read_tables(case.dataset(Path(folder)).path)
            if len(tables.frames) == 1:
                found[case.title] = (tables, import_tables(tables))
    return found


def links(organization: Organization) -> Counter[tuple[str, str]]:
    """Return how often a unit of a name is below one of another name."""
    names = organization.units["name"]
    parents = organization.parent.tolist()
    return Counter(
        (name, names[above] if above >= 0 else "")
        for name, above in zip(names, parents, strict=True)
    )


def imported_again(tables: Tables, frame: pd.DataFrame) -> Organization:
    """Return the organization in the only table, after a change."""
    (name,) = tables.frames
    return import_tables(Tables(tables.name, {name: frame}, tables.descriptor)).organization


@given(st.data())
@examples(40)
def test_the_order_of_the_records_does_not_matter(data: st.DataObject) -> None:
    tables, imported = tables_of_cases()[data.draw(st.sampled_from([*tables_of_cases()]))]
    organization = imported.organization
    assume(imported.tables[0].candidates[0].shape not in BY_ORDER)
    assume(not any(problem.kind.startswith(OF_ORDER) for problem in organization.problems))
    (frame,) = tables.frames.values()

    shuffled = frame.loc[data.draw(st.permutations(frame.index.tolist()))]

    assert links(imported_again(tables, shuffled)) == links(organization)


@given(st.data())
@examples(40)
def test_the_order_of_the_columns_does_not_matter(data: st.DataObject) -> None:
    tables, imported = tables_of_cases()[data.draw(st.sampled_from([*tables_of_cases()]))]
    assume(imported.tables[0].candidates[0].shape not in BY_ORDER)
    (frame,) = tables.frames.values()
    # The ends of a link may be known by their order only.
    assume({*imported.tables[0].columns.values()} & {*frame.columns})

    shuffled = frame[data.draw(st.permutations(frame.columns.tolist()))]

    assert links(imported_again(tables, shuffled)) == links(imported.organization)


@given(st.data())
@examples(60)
def test_a_column_of_facts_does_not_change_the_tree(data: st.DataObject) -> None:
    tables, imported = tables_of_cases()[data.draw(st.sampled_from([*tables_of_cases()]))]
    (frame,) = tables.frames.values()
    fact = data.draw(st.sampled_from([name for name in FACTS if name not in frame]))
    cells = data.draw(st.lists(FACTS[fact], min_size=len(frame), max_size=len(frame)))
    # Nobody writes a salary between two columns of levels.
    has_levels = imported.tables[0].candidates[0].shape is Shape.LEVELS
    last = frame.shape[1]
    place = data.draw(st.sampled_from([0, last]) if has_levels else st.integers(0, last))
    wider = frame.copy()

    wider.insert(place, fact, cells)

    assert links(imported_again(tables, wider)) == links(imported.organization)


def names_of(column: str) -> list[str]:
    """Return the names in the vocabulary that mean a standard column of units, and nothing else."""
    of_others = Counter(name for names in _columns().values() for name in names.whole)
    return [name for name in _columns()["units", column].whole if of_others[name] == 1]


@given(
    forests(),
    st.sampled_from(names_of("id")),
    st.sampled_from(names_of("name")),
    st.sampled_from(names_of("parent_id")),
    st.permutations([0, 1, 2]),
)
@examples()
def test_headings_may_be_any_names_of_the_vocabulary(
    pairs: Pairs, unit: str, name: str, parent: str, order: Sequence[int]
) -> None:
    rows = [(code, f"Unit of {code}", above) for code, above in pairs]
    frame = pd.DataFrame(rows, columns=[unit, name, parent], dtype="str").iloc[:, list(order)]

    organization = import_tables(Tables("staff", {"staff": frame}, {})).organization

    assert not {*frame.columns} - {unit, name, parent}
    expected = Counter((f"Unit of {code}", f"Unit of {above}") for code, above in pairs if above)
    assert links(organization) & expected == expected


GROUPS = ("Department", "Division", "Sector", "Category", "Team", "Ministry", "level 1", "level 2")


@given(
    pairs=forests(),
    groups=st.lists(st.sampled_from(GROUPS), unique=True, max_size=3),
    has_parents=st.booleans(),
    random=st.randoms(use_true_random=False),
)
@examples()
def test_no_record_with_an_id_of_its_own_is_lost(
    *, pairs: Pairs, groups: Sequence[str], has_parents: bool, random: Random
) -> None:
    frame = pd.DataFrame(
        {
            "id": [code for code, _ in pairs],
            "name": [random.choice(["Registry", "Archive", f"Unit {code}"]) for code, _ in pairs],
            **({"parent": [above for _, above in pairs]} if has_parents else {}),
            **{group: [random.choice(["North", "South", ""]) for _ in pairs] for group in groups},
        },
        dtype="str",
    )

    organization = import_tables(Tables("staff", {"staff": frame}, {})).organization

    kept = Counter(organization.units["name"])
    assert {code for code, _ in pairs} <= {*organization.units["id"]}
    assert Counter(frame["name"]) <= kept
