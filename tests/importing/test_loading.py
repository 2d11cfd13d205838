"""Small datasets with one kind of problem each: the problems, and the organization."""

from __future__ import annotations

import gc
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from components.importing.loading import Dataset, load_organization
from components.model.organization import Organization
from components.model.text import short_id
from components.problems import DataError, Problem, ProblemKind, Severity
from components.reading.options import Limits, Options
from tests.organizations import outline

ERROR, WARNING, NOTE = Severity
LONG_ID = "b" * 900
UNITS = "id,name,parent\na,A,\nb,B,a\n"
Expected = tuple[ProblemKind, Severity, str, int | None, str, str]
"""A problem: kind, severity, table, record, column, value."""


@dataclass(frozen=True)
class Case:
    """A dataset with one kind of problem, the expected problems and the expected outline."""

    files: str | bytes | Mapping[str, str | bytes]
    """The content of ``staff.csv``, or of each file of a folder."""
    problems: Sequence[Expected]
    expected_outline: Sequence[str] = ()
    """Empty if the dataset is refused."""
    options: Options = field(default_factory=Options)
    mapping: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    path: str = ""
    """The path to load; empty for that of the files."""


def many_roots(table: str = "staff", column: str = "parent") -> Expected:
    """Return the note that there are several roots."""
    return (ProblemKind.MANY_ROOTS, NOTE, table, None, column, "")


def refused(kind: ProblemKind, table: str = "staff") -> Sequence[Expected]:
    """Return the only problem of a dataset that is refused as a whole."""
    return [(kind, ERROR, table, None, "", "")]


REFUSED = {
    "an address instead of a file": Case(
        UNITS, refused(ProblemKind.ADDRESS, "https:/units.example/staff.csv"),
        path="https://units.example/staff.csv",
    ),
    "a file that does not exist": Case(
        UNITS, refused(ProblemKind.NO_FILE, "team.csv"), path="team.csv"
    ),
    "a PDF with the name of a table": Case(
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", refused(ProblemKind.UNKNOWN_FORMAT)
    ),
    "an HTML error page saved as a table": Case(
        "<!DOCTYPE html><html><body>Not found</body></html>", refused(ProblemKind.UNKNOWN_FORMAT)
    ),
    "half a workbook": Case(
        {"staff.xlsx": b"PK\x03\x04\x14\0\0\0\x08\0"}, refused(ProblemKind.UNREADABLE, "staff.xlsx")
    ),
    "an empty file": Case("", refused(ProblemKind.EMPTY)),
    "a file of white space": Case(" \n\n\t\n", refused(ProblemKind.EMPTY)),
    "only a header": Case("id,name,parent\n", refused(ProblemKind.NO_UNITS)),
    "a table without a column of names": Case(
        "size,year\n3,2024\n", refused(ProblemKind.NO_UNITS)
    ),
    "a table without a name in any record": Case(
        "id,name,parent\n,,7\n", refused(ProblemKind.NO_UNITS)
    ),
    "more records than the limit": Case(
        UNITS, refused(ProblemKind.TOO_LARGE), limits=Limits(records=1)
    ),
    "more columns than the limit": Case(
        "id,name" + ",more" * 2_000 + "\n1,A\n", refused(ProblemKind.TOO_LARGE)
    ),
    "more characters in a cell than the limit": Case(
        f"id,name\na,A\nb,{'B' * 30_001}\n",
        [(ProblemKind.TOO_LARGE, ERROR, "staff", 3, "name", "")],
        limits=Limits(characters=30_000),
    ),
    "a mapped column that does not exist": Case(
        UNITS, refused(ProblemKind.NO_SUCH_CHOICE), mapping={"parent": "boss"}
    ),
    "an encoding that does not exist": Case(
        UNITS,
        [(ProblemKind.NO_SUCH_CHOICE, ERROR, "staff", None, "", "utf-9")],
        options=Options(encoding="utf-9"),
    ),
    "half of a JSON file": Case(
        {"staff.json": '[{"id": "a", "name": "A"}, {"id": "b", "na'}, refused(ProblemKind.CUT_SHORT)
    ),
}  # fmt: skip

READING = {
    "a file that ends within a record": Case(
        "id,name,parent\na,A,\nb,B,a\nc,C",
        [(ProblemKind.CUT_SHORT, WARNING, "staff", 4, "", ""), many_roots()],
        ["organization", ". a", ". . b", ". c"],
    ),
    "a file that ends within quotation marks": Case(
        'id,name,parent\na,A,\nb,B,a\nc,"C,a\nd,D,a\n',
        [(ProblemKind.CUT_SHORT, WARNING, "staff", 4, "", 'c,"C,a\nd,D,a')],
        ["a", ". b"],
    ),
    "a record that is longer than the header": Case(
        "id,name,parent\na,A,\nb,B,a,extra,more\n",
        [(ProblemKind.LONG_RECORD, WARNING, "staff", 3, "", "extra | more")],
        ["a", ". b"],
    ),
    "a record that is shorter than the header": Case(
        "id,name,parent\na,A,\nb,B\nc,C,a\n",
        [(ProblemKind.SHORT_RECORD, WARNING, "staff", 3, "", ""), many_roots()],
        ["organization", ". a", ". . c", ". b"],
    ),
    "a column without a name": Case(
        "id,name,parent,\na,A,,x\nb,B,a,y\n",
        [(ProblemKind.EMPTY_HEADER, NOTE, "staff", 1, "column 4", "")],
        ["a", ". b"],
    ),
    "two columns with one name": Case(
        "id,name,parent,name\na,A,,x\nb,B,a,y\n",
        [(ProblemKind.REPEATED_HEADER, WARNING, "staff", 1, "name (2)", "name")],
        ["a", ". b"],
    ),
    "no header": Case(
        "b10,Board,\ns20,Staff,b10\np30,Pay,s20\na40,Audit,b10\nd50,Desk,b10\n",
        [(ProblemKind.NO_HEADER, WARNING, "staff", None, "", "")],
        ["b10", ". s20", ". . p30", ". a40", ". d50"],
    ),
    "bytes that are invalid in the encoding": Case(
        b"id,name,parent\na,A,\nb,B\xff,a\n",
        [(ProblemKind.UNDECODABLE, WARNING, "staff", 3, "name", "B\ufffd")],
        ["a", ". b"],
        options=Options(encoding="utf-8"),
    ),
    "half of a surrogate pair in JSON": Case(
        {"staff.json": '[{"id": "a", "name": "A\\ud800"}, {"id": "b", "parent": "a"}]'},
        [(ProblemKind.UNDECODABLE, WARNING, "staff", None, "", "")],
        ["a", ". b"],
    ),
    "control characters of terminals and of text direction": Case(
        "id,name,parent\na,A\x1b,\nb,B\u202e,a\n",
        [
            (ProblemKind.CONTROL_CHARACTERS, NOTE, "staff", 2, "name", "A"),
            (ProblemKind.CONTROL_CHARACTERS, NOTE, "staff", 3, "name", "B"),
        ],
        ["a", ". b"],
    ),
    "a text of 80,000 characters in a cell": Case(
        f"id,name,parent,summary\na,A,,{'x' * 80_000}\nb,B,a,\n",
        [(ProblemKind.LONG_TEXT, NOTE, "staff", 2, "summary", f"{'x' * 60}…")],
        ["a", ". b"],
    ),
    "a missing table of a data package": Case(
        {
            "datapackage.json": json.dumps(
                {
                    "resources": [
                        {"name": "units", "path": "units.csv"},
                        {"name": "relations", "path": "gone.csv"},
                    ]
                }
            ),
            "units.csv": UNITS,
        },
        [(ProblemKind.MISSING_TABLE, WARNING, "datapackage.json", None, "", "")],
        ["a", ". b"],
    ),
    "a table that does not refer to units": Case(
        {"units.csv": UNITS, "weather.csv": "day,sky\nMonday,grey\nTuesday,blue\n"},
        [(ProblemKind.UNUSED_TABLE, NOTE, "weather", None, "", "")],
        ["a", ". b"],
    ),
}  # fmt: skip

RECORDS = {
    "a record without name and id": Case(
        "id,name,parent\na,A,\n,,a\nb,B,a\n",
        [(ProblemKind.NAMELESS, WARNING, "staff", 3, "name", "")],
        ["a", ". b"],
    ),
    "a record that stands twice": Case(
        "id,name,parent\na,A,\nb,B,a\nb,B,a\n",
        [(ProblemKind.DUPLICATE_RECORD, NOTE, "staff", 4, "id", "b")],
        ["a", ". b"],
    ),
    "a repeated record without an id": Case(
        "name,parent\nA,\nB,A\nB,A\n",
        [(ProblemKind.DUPLICATE_RECORD, WARNING, "staff", 4, "name", "B")],
        ["a", ". b", ". b-2"],
    ),
    "an id of two units": Case(
        "id,name,parent\na,A,\nb,B,a\nb,Other,a\n",
        [(ProblemKind.DUPLICATE_ID, WARNING, "staff", 4, "id", "b")],
        ["a", ". b", ". b-2"],
    ),
    "an id that is too long for an address": Case(
        f"id,name,parent\na,A,\n{LONG_ID},B,a\n",
        [(ProblemKind.LONG_ID, NOTE, "staff", 3, "id", LONG_ID)],
        ["a", f". {short_id(LONG_ID)}"],
    ),
    "an id of two units that is a parent": Case(
        "id,name,parent\na,A,\nb,B,a\nb,Other,a\nc,C,b\nd,D,b\n",
        [
            (ProblemKind.DUPLICATE_ID, WARNING, "staff", 4, "id", "b"),
            (ProblemKind.AMBIGUOUS_PARENT, WARNING, "staff", 5, "parent", "b"),
        ],
        ["a", ". b", ". . c", ". . d", ". b-2"],
    ),
    "an id of two units, of which the first would make a circle": Case(
        "id,name,parent\na,Desk,c\nb,B,a\nc,C,b\na,A,\n",
        [
            (ProblemKind.DUPLICATE_ID, WARNING, "staff", 5, "id", "a"),
            (ProblemKind.CYCLE, WARNING, "staff", 3, "parent", "a"),
        ],
        ["a-2", ". b", ". . c", ". . . a"],
    ),
    "records of one id and one name with different cells": Case(
        "id,name,parent,location\na,A,,Quay\nb,B,a,Pier\nb,B,a,Dam\n",
        [(ProblemKind.DUPLICATE_RECORD, NOTE, "staff", 4, "id", "b")],
        ["a", ". b"],
    ),
    "records that differ in a running number only": Case(
        "row,id,name,parent\n1,a,A,\n2,b,B,a\n3,b,B,a\n",
        [(ProblemKind.DUPLICATE_RECORD, NOTE, "staff", 4, "id", "b")],
        ["a", ". b"],
    ),
    "an id with several parents": Case(
        "id,name,parent\na,A,\nb,B,a\nc,C,a\nb,B,c\n",
        [(ProblemKind.SEVERAL_PARENTS, WARNING, "staff", 5, "parent", "c")],
        ["a", ". b", ". c"],
    ),
    "an id with several parents, which form a cycle": Case(
        "id,name,parent\na,A,\nb,B,c\nc,C,b\nb,B,a\n",
        [
            (ProblemKind.SEVERAL_PARENTS, WARNING, "staff", 5, "parent", "a"),
            (ProblemKind.CYCLE, WARNING, "staff", 3, "parent", "c"),
            many_roots(),
        ],
        ["organization", ". b", ". . c", ". a"],
    ),
    "a thousand units of one name": Case(
        "id,name,parent\nu0,Board,\n" + "".join(f"u{n},Director,u0\n" for n in range(1, 1_001)),
        [],
        ["u0", *(f". u{n}" for n in range(1, 1_001))],
    ),
}

PARENTS = {
    "a circle": Case(
        "id,name,parent\na,A,\nb,B,d\nc,C,b\nd,D,c\ne,E,d\n",
        [(ProblemKind.CYCLE, WARNING, "staff", 3, "parent", "d"), many_roots()],
        ["organization", ". b", ". . c", ". . . d", ". . . . e", ". a"],
    ),
    "a cycle that has no root above it": Case(
        "id,name,parent\na,A,b\nb,B,a\n",
        [(ProblemKind.CYCLE, WARNING, "staff", 2, "parent", "b")],
        ["a", ". b"],
    ),
    "a unit that is its own parent": Case(
        "id,name,parent\na,A,\nb,B,b\nc,C,a\n",
        [(ProblemKind.OWN_PARENT, WARNING, "staff", 3, "parent", "b"), many_roots()],
        ["organization", ". a", ". . c", ". b"],
    ),
    "a root that is its own parent, as some exports write it": Case(
        "id,name,parent\na,A,a\nb,B,a\nc,C,b\n",
        [(ProblemKind.OWN_PARENT, WARNING, "staff", 2, "parent", "a")],
        ["a", ". b", ". . c"],
    ),
    "a parent that is not in the table": Case(
        "id,name,parent\na,A,\nb,B,a\nc,C,q\nd,D,q\n",
        [
            (ProblemKind.UNKNOWN_PARENT, WARNING, "staff", 4, "parent", "q"),
            many_roots(),
        ],
        ["organization", ". a", ". . b", ". q", ". . c", ". . d"],
    ),
    "a name of two units as a parent": Case(
        "id,name,parent\na,A,\nb,Pay,A\nc,Pay,A\nd,D,Pay\n",
        [(ProblemKind.AMBIGUOUS_PARENT, WARNING, "staff", 5, "parent", "Pay")],
        ["a", ". b", ". . d", ". c"],
    ),
    "parents that a spreadsheet took for numbers": Case(
        "id,name,parent\n001,A,\n002,B,1\n003,C,1\n004,D,2.0\n",
        [(ProblemKind.REPAIRED_PARENT, NOTE, "staff", 3, "parent", "1")],
        ["001", ". 002", ". . 004", ". 003"],
    ),
    "parents in another case or with other spaces": Case(
        "id,name,parent\nHQ 1,A,\nPA,B,hq 1\nAU,C,HQ1\nDE,D,Pa\n",
        [(ProblemKind.REPAIRED_PARENT, NOTE, "staff", 3, "parent", "hq 1")],
        ["HQ 1", ". PA", ". . DE", ". AU"],
    ),
    "words for no parent": Case(
        "id,name,parent\na,A,XX\nb,B,a\nc,C,_U\nd,D,-\ne,E,n/a\nf,F,XX\n",
        [
            (ProblemKind.NO_PARENT, NOTE, "staff", 2, "parent", "XX"),
            (ProblemKind.NO_PARENT, NOTE, "staff", 4, "parent", "_U"),
            (ProblemKind.NO_PARENT, NOTE, "staff", 5, "parent", "-"),
            (ProblemKind.NO_PARENT, NOTE, "staff", 6, "parent", "n/a"),
            many_roots(),
        ],
        ["organization", ". a", ". . b", ". c", ". d", ". e", ". f"],
    ),
    "a word for no parent that is the id of a unit": Case(
        "id,name,parent\nXX,A,\nb,B,XX\n", [], ["XX", ". b"]
    ),
    "several units at the top": Case(
        "id,name,parent\na,A,\nb,B,\nc,C,a\nd,D,\n",
        [many_roots()],
        ["organization", ". a", ". . c", ". b", ". d"],
    ),
    "several parents in a cell": Case(
        "id,name,parent\nt,T,\na,A,t\nb,B,t\nc,C,a;b\nd,D,b|a\ne,E,\"['a', 'b']\"\n",
        [(ProblemKind.SEVERAL_PARENTS, NOTE, "staff", 5, "parent", "a;b")],
        ["t", ". a", ". . c", ". . e", ". b", ". . d"],
    ),
    "a cell of which only a part is a unit": Case(
        "id,name,parent\na,A,\nb,B,a\nc,C,a;q\n",
        [(ProblemKind.UNKNOWN_PARENT, WARNING, "staff", 4, "parent", "a;q")],
        ["a", ". b", ". c"],
    ),
    "a column called like one of parents of which nothing is found": Case(
        "name,reports to\nA,\nB,X-1\nC,X-2\n",
        [
            (ProblemKind.UNUSED_COLUMN, WARNING, "staff", None, "reports to", ""),
            many_roots(column=""),
        ],
        ["organization", ". a", ". b", ". c"],
    ),
    "periods that have ended or begin later": Case(
        "id,name,parent,valid from,valid to\n"
        "a,A,,1990-01-01,\nb,Old,a,1990-01-01,2015-12-31\nb,B,a,2016-01-01,\n"
        "c,C,a,2999-01-01,\n",
        [(ProblemKind.PERIODS, NOTE, "staff", None, "valid to", "")],
        ["a", ". b"],
    ),
    "a name with a comma in it": Case(
        'name,parent\n"Audit, Tax",\nAudit,"Audit, Tax"\nTax,"Audit, Tax"\n',
        [],
        ["audit-tax", ". audit", ". tax"],
    ),
}

SIDE = {
    "responsibilities of unknown units and themes, without text, without a position": Case(
        {
            "units.csv": UNITS,
            "responsibilities.csv": (
                "unit_id,position,responsibility,themes\n"
                "a,1,Reads,t;q\nx,1,Writes,\nb,2,,\nb,second,Sings,\n"
            ),
            "themes.csv": "id,name\nt,T\n",
        },
        [
            (ProblemKind.UNKNOWN_ENTRY, WARNING, "responsibilities", 2, "themes", "q"),
            (ProblemKind.UNKNOWN_UNIT, WARNING, "responsibilities", 3, "unit_id", "x"),
            (ProblemKind.EMPTY_CELL, WARNING, "responsibilities", 4, "responsibility", ""),
            (ProblemKind.NOT_A_NUMBER, WARNING, "responsibilities", 5, "position", "second"),
        ],
        ["a", ". b"],
    ),
    "relations to unknown units and of a unit with itself": Case(
        {"units.csv": UNITS, "relations.csv": "from_id,to_id\na,b\nb,x\na,a\n"},
        [
            (ProblemKind.UNKNOWN_UNIT, WARNING, "relations", 3, "to_id", "x"),
            (ProblemKind.OWN_RELATION, WARNING, "relations", 4, "to_id", "a"),
        ],
        ["a", ". b"],
    ),
    "relations without a column of targets": Case(
        {"units.csv": UNITS, "relations.csv": "from_id,kind\na,advises\n"},
        [(ProblemKind.MISSING_COLUMN, WARNING, "relations", None, "", "")],
        ["a", ". b"],
    ),
    "two themes with one id": Case(
        {"units.csv": UNITS, "themes.csv": "id,name\nt,T\nt,Other\n"},
        [(ProblemKind.DUPLICATE_ID, WARNING, "themes", 3, "id", "t")],
        ["a", ". b"],
    ),
}
CASES = REFUSED | READING | RECORDS | PARENTS | SIDE


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_each_problem_is_reported_and_the_rest_is_imported(case: Case, tmp_path: Path) -> None:
    loaded_outline, problems = load(case, tmp_path)

    assert [as_expected(problem) for problem in problems] == list(case.problems)
    assert loaded_outline == list(case.expected_outline)
    for problem in problems:
        assert problem.reason.endswith(".")
        assert problem.remedy.endswith(".")


def test_every_kind_of_problem_has_a_case() -> None:
    kinds = {kind for case in CASES.values() for kind, *_ in case.problems}

    # That of two states is none of a single dataset.
    assert kinds == set(ProblemKind) - {ProblemKind.EARLIER_STATE}


def test_a_refused_dataset_has_one_error() -> None:
    for case in REFUSED.values():
        assert [severity for _, severity, *_ in case.problems] == [ERROR]


@pytest.mark.parametrize(
    ("case", "sentence"),
    [
        (PARENTS["a circle"], "form a circle: “b” → “d” → “c” → “b”; “b” is drawn at the top."),
        (
            PARENTS["several units at the top"],
            "3 units have no parent, 2 of them without children; ",
        ),
        (PARENTS["several units at the top"], "all units at the top are drawn under “Staff”."),
        (
            PARENTS["a parent that is not in the table"],
            "The parent “q” is not in the table; a placeholder is drawn for it.",
        ),
        (
            PARENTS["parents that a spreadsheet took for numbers"],
            "2 parents are written in another way than their units, such as “1” for “001”; ",
        ),
        (
            PARENTS["a cell of which only a part is a unit"],
            "The further parent “q” is not in the table; it is left out.",
        ),
        (
            PARENTS["a column called like one of parents of which nothing is found"],
            "such as “X-1”, “X-2”, are not in “name”; it is not used.",
        ),
        (PARENTS["periods that have ended or begin later"], "1 has ended and 1 begins later."),
        (PARENTS["words for no parent"], "“XX” is read as “no parent” in 2 records."),
        (
            PARENTS["several parents in a cell"],
            "3 records name several parents in one cell; each unit is drawn under the first of ",
        ),
        (
            RECORDS["an id of two units"],
            "is already used in record 3 for “B”; this unit is drawn as well, with the id “b-2”.",
        ),
        (
            RECORDS["an id of two units, of which the first would make a circle"],
            "because “a” stands for several units; this unit is drawn under “A”, record 5.",
        ),
        (RECORDS["an id with several parents"], "“b” has another parent in record 3; it is drawn"),
        (RECORDS["a record that stands twice"], "The record is identical to record 3; it is left"),
    ],
)
def test_a_reason_names_the_units_and_the_numbers(
    case: Case, sentence: str, tmp_path: Path
) -> None:
    _, problems = load(case, tmp_path)

    assert any(sentence in problem.reason for problem in problems)


@pytest.mark.parametrize(
    ("case", "related"),
    [
        (PARENTS["several parents in a cell"], {("c", "b"), ("d", "a"), ("e", "b")}),
        (RECORDS["an id with several parents"], {("b", "c")}),
        (PARENTS["a cell of which only a part is a unit"], set()),
    ],
)
def test_a_unit_is_related_to_its_further_parents(
    case: Case, related: set[tuple[str, str]], tmp_path: Path
) -> None:
    organization = load_organization(write_dataset(case, tmp_path))

    ids = organization.units["id"]
    rows = organization.relations.rows
    assert {(ids[row.origin], ids[row.target]) for row in rows} == related
    assert {row.kind for row in rows} <= {"also_part_of"}


def test_a_parent_without_a_record_is_named_by_the_column_of_parent_names(
    tmp_path: Path,
) -> None:
    case = Case("id,name,parent_id,parent_name\na,A,9,Cabinet\nb,B,a,A\nc,C,a,A\n", [])

    organization = load_organization(write_dataset(case, tmp_path))

    assert outline(organization) == ["9", ". a", ". . b", ". . c"]
    assert (organization.unit(0).name, organization.synthetic) == ("Cabinet", {0})


@pytest.mark.parametrize("threshold", [0, 700, 1_000_000])
def test_the_threshold_of_garbage_collection_is_restored(threshold: int, tmp_path: Path) -> None:
    before = gc.get_threshold()
    gc.set_threshold(threshold, *before[1:])
    try:
        load(next(iter(REFUSED.values())), tmp_path)

        assert gc.get_threshold()[0] == threshold
    finally:
        gc.set_threshold(*before)


def write_dataset(case: Case, folder: Path) -> Dataset:
    """Write the files of a case, and return their dataset."""
    files = case.files if isinstance(case.files, Mapping) else {"staff.csv": case.files}
    for name, content in files.items():
        data = content if isinstance(content, bytes) else content.encode()
        (folder / name).write_bytes(data)
    path = folder / next(iter(files)) if len(files) == 1 else folder
    if case.path:
        path = Path(case.path) if "://" in case.path else folder / case.path
    return Dataset(path, case.options, case.mapping, case.limits)


def load(case: Case, folder: Path) -> tuple[list[str], Sequence[Problem]]:
    """Return the outline (empty if the dataset is refused) and the problems."""
    try:
        organization: Organization = load_organization(write_dataset(case, folder))
    except DataError as error:
        return [], error.problems
    return outline(organization), organization.problems


def as_expected(problem: Problem) -> Expected:
    return (
        problem.kind,
        problem.severity,
        problem.table,
        problem.record,
        problem.column,
        problem.value,
    )
