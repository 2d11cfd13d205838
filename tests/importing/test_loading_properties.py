"""Properties of loading: one forest in every form, random damage, and random bytes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.formats.catalogue import FILES
from components.importing.loading import Dataset, import_dataset
from components.importing.report import Imported
from components.model.organization import Organization
from components.problems import DataError, Severity
from components.reading.options import Limits, Options
from tests.organizations import Pairs, forests, seven_units
from tests.properties import examples
from tests.reading.sheets import ods, ods_sheet

ParentByName = Mapping[str, str]
"""The name of each unit's parent by the name of the unit, or "" for a unit at the top."""
LIMITS = Limits(megabytes=4, unpacked_megabytes=8, records=5_000, columns=200, characters=50_000)
"""Low limits, so that files that expand enormously are refused early."""
DEFAULT_OPTIONS = Options()


def name_of(unit: str) -> str:
    return f"Unit {unit}"


def text_of(rows: Sequence[Sequence[str]], delimiter: str = ",") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return text.getvalue()


def by_id(pairs: Pairs) -> Mapping[str, str]:
    rows = [(unit, name_of(unit), above) for unit, above in pairs]
    return {"staff.csv": text_of([("id", "name", "parent_id"), *rows])}


def by_name(pairs: Pairs) -> Mapping[str, str]:
    rows = [(name_of(unit), above and name_of(above)) for unit, above in pairs]
    return {"staff.tsv": text_of([("Name", "Reports to"), *rows], "\t")}


def by_children(pairs: Pairs) -> Mapping[str, str]:
    below = {unit: [child for child, above in pairs if above == unit] for unit, _ in pairs}
    rows = [(unit, name_of(unit), ";".join(below[unit])) for unit, _ in pairs]
    return {"staff.csv": text_of([("id", "name", "children"), *rows])}


def by_path(pairs: Pairs) -> Mapping[str, str]:
    rows = [(" > ".join(map(name_of, path_from_root(pairs, unit))),) for unit, _ in pairs]
    return {"staff.csv": text_of([("path",), *rows])}


def by_levels(pairs: Pairs) -> Mapping[str, str]:
    chains = [path_from_root(pairs, unit) for unit, _ in pairs]
    width = max(map(len, chains))
    rows = [[*map(name_of, steps), *[""] * (width - len(steps))] for steps in chains]
    header = [f"level {level}" for level in range(1, width + 1)]
    return {"staff.csv": text_of([header, *rows])}


def by_levels_written_out(pairs: Pairs) -> Mapping[str, str]:
    chains = [path_from_root(pairs, unit) for unit, _ in pairs]
    width = max(map(len, chains))
    rows = [
        [name_of(step) for step in steps + steps[-1:] * (width - len(steps))] for steps in chains
    ]
    header = [f"level {level}" for level in range(1, width + 1)]
    return {"staff.csv": text_of([header, *rows])}


def by_links(pairs: Pairs) -> Mapping[str, str]:
    return {
        "nodes.csv": text_of([("id", "name"), *((unit, name_of(unit)) for unit, _ in pairs)]),
        "edges.csv": text_of([("parent", "child"), *((up, unit) for unit, up in pairs if up)]),
    }


def by_nesting(pairs: Pairs) -> Mapping[str, str]:
    def nested(unit: str) -> dict[str, object]:
        below = [nested(child) for child, above in pairs if above == unit]
        return {"id": unit, "name": name_of(unit)} | ({"children": below} if below else {})

    return {"staff.json": json.dumps([nested(unit) for unit, above in pairs if not above])}


def by_json_records(pairs: Pairs) -> Mapping[str, str]:
    rows = [{"id": unit, "name": name_of(unit), "parent": above or None} for unit, above in pairs]
    return {"staff.json": json.dumps(rows)}


def path_from_root(pairs: Pairs, unit: str) -> list[str]:
    """Return the units from the root down to ``unit``."""
    parent = dict(pairs)
    steps = [unit]
    while parent[steps[0]]:
        steps.insert(0, parent[steps[0]])
    return steps


FORMS: Mapping[str, Callable[[Pairs], Mapping[str, str]]] = {
    "a parent's id": by_id,
    "a parent's name": by_name,
    "lists of children": by_children,
    "paths": by_path,
    "levels": by_levels,
    "levels written out": by_levels_written_out,
    "links": by_links,
    "nested JSON": by_nesting,
    "records of JSON": by_json_records,
}
FORMS_THAT_NEED_PARENTS = {"lists of children", "paths", "levels", "levels written out", "links"}
"""Forms in which a forest of mostly roots cannot be recognised."""


def import_files(files: Mapping[str, str | bytes], options: Options = DEFAULT_OPTIONS) -> Imported:
    """Return the import of files: of the folder, or of the file if there is only one.

    Raises:
        DataError: if nothing can be imported.
    """
    with TemporaryDirectory() as folder:
        for name, content in files.items():
            data = content if isinstance(content, bytes) else content.encode()
            (Path(folder) / name).write_bytes(data)
        path = Path(folder) / next(iter(files)) if len(files) == 1 else Path(folder)
        return import_dataset(Dataset(path, options, limits=LIMITS))


def load(files: Mapping[str, str | bytes], options: Options = DEFAULT_OPTIONS) -> Organization:
    """Return the organization in files."""
    return import_files(files, options).organization


def parents(organization: Organization) -> ParentByName:
    """Return the parents as in the records: without synthetic units."""
    names, root_is_synthetic = organization.units["name"], 0 in organization.synthetic
    return {
        name: "" if above < 0 or (above == 0 and root_is_synthetic) else names[above]
        for unit, (name, above) in enumerate(zip(names, organization.parent, strict=True))
        if unit not in organization.synthetic
    }


@pytest.mark.parametrize("form", FORMS)
@examples(30)
@given(pairs=forests(most=25))
def test_a_forest_is_imported_alike_from_every_form(form: str, pairs: Pairs) -> None:
    if (
        form in FORMS_THAT_NEED_PARENTS
        and len([above for _, above in pairs if above]) < len(pairs) // 2 + 2
    ):
        return

    organization = load(FORMS[form](pairs))

    expected = {name_of(unit): above and name_of(above) for unit, above in pairs}
    assert parents(organization) == expected
    assert all(problem.severity is Severity.NOTE for problem in organization.problems)


# Random damage


CELLS = st.sampled_from(
    [
        "",
        " ",
        "n1",
        "n2",
        "N 1",
        "0n1",
        "nobody",
        "n1;n2",
        "n/a",
        "-",
        "Unit n1",
        "x" * 30,
        "é",
        "7",
    ]
)
DAMAGE = st.lists(
    st.tuples(
        st.sampled_from(["change", "repeat", "cut", "swap", "drop", "rename", "break", "blank"]),
        st.integers(0, 10_000),
        st.integers(0, 10_000),
        CELLS,
    ),
    min_size=1,
    max_size=6,
)


def damaged(rows: list[list[str]], damage: Sequence[tuple[str, int, int, str]]) -> list[list[str]]:
    """Return the table with all damage done; its header is never cut and keeps two columns."""
    for kind, row_number, column_number, cell in damage:
        row = 1 + row_number % max(1, len(rows) - 1)
        if row >= len(rows):
            continue
        column = column_number % len(rows[0])
        if kind in {"change", "blank"} and column < len(rows[row]):
            rows[row][column] = cell if kind == "change" else ""
        elif kind == "repeat":
            rows.insert(row, [*rows[row]])
        elif kind == "cut":
            rows[row] = rows[row][:column]
        elif kind == "break":
            rows[row] = [*rows[row][:column], cell, *rows[row][column:]]
        elif kind == "swap":
            rows[row], rows[-1] = rows[-1], rows[row]
        elif kind == "rename":
            rows[0][column] = cell
        elif kind == "drop" and len(rows[0]) > 2:
            rows = [record[:column] + record[column + 1 :] for record in rows]
    return rows


@given(forests(most=15), DAMAGE, st.sampled_from([",", ";", "\t", "|"]))
@examples(150)
def test_every_record_of_a_damaged_table_is_imported_or_reported(
    pairs: Pairs, damage: Sequence[tuple[str, int, int, str]], delimiter: str
) -> None:
    rows = [["id", "name", "parent_id"], *([u, name_of(u), above] for u, above in pairs)]
    rows = damaged(rows, damage)
    text = text_of(rows, delimiter)

    imported = assert_imported_or_refused({"staff.csv": text}, Options(delimiter=delimiter))
    if imported is None:
        return
    organization = imported.organization

    reading = imported.tables[0].reading
    reported = {problem.record for problem in organization.problems}
    # Records above a header further down are a title; the report has the header's position.
    reported |= set(range(1, (reading.header or 0) + 1 if reading else 1))
    imported_texts = {*organization.units["id"], *organization.units["name"]}
    for record, cells in enumerate(rows[1:], start=2):
        filled = {cell.strip() for cell in cells if cell.strip()}
        assert not filled or record in reported or filled & imported_texts, (record, cells)


@given(forests(most=15), st.sampled_from([*FORMS]), st.data())
@examples(150)
def test_a_damaged_file_of_any_form_is_imported_or_refused(
    pairs: Pairs, form: str, data: st.DataObject
) -> None:
    files = dict(FORMS[form](pairs))
    name = data.draw(st.sampled_from([*files]))
    files[name] = mutated(files[name].encode(), data.draw(MUTATIONS)).decode("utf-8", "replace")

    assert_imported_or_refused(files)


def assert_valid_tree(organization: Organization) -> None:
    """Assert that an organization is one tree of units with unique ids."""
    ids = organization.units["id"]
    assert organization.parent[0] == -1
    assert organization.size[0] == len(organization) == len(set(ids))
    assert all(0 <= above < unit for unit, above in enumerate(organization.parent.tolist()) if unit)
    assert all(organization.units["name"])
    for problem in organization.problems:
        assert problem.severity is not Severity.ERROR
        assert problem.reason
        assert problem.remedy


def assert_imported_or_refused(
    files: Mapping[str, str | bytes], options: Options = DEFAULT_OPTIONS
) -> Imported | None:
    """Assert that files become one tree or are refused; return the import, or None if refused."""
    try:
        imported = import_files(files, options)
    except DataError as error:
        problems, message = error.problems, str(error)
    else:
        assert_valid_tree(imported.organization)
        return imported
    assert problems[0].severity is Severity.ERROR
    assert message
    return None


# Damaged files and random bytes


MUTATIONS = st.lists(
    st.tuples(
        st.sampled_from(["cut", "end", "put", "turn", "twice"]),
        st.floats(0, 1),
        st.integers(1, 40),
        st.binary(min_size=1, max_size=6)
        | st.sampled_from(
            [b'"', b"\n", b"\0", b"\xff", b"<", b"}", b",", b"\xe2\x80\xae", b"9" * 30]
        ),
    ),
    min_size=1,
    max_size=5,
)


Mutations = Sequence[tuple[str, float, int, bytes]]
ARCHIVES = (".xlsx", ".ods", ".zip")


def mutated(data: bytes, mutations: Mutations) -> bytes:
    for kind, position, length, inserted in mutations:
        start = int(position * len(data))
        if kind == "cut":
            data = data[:start] + data[start + length :]
        elif kind == "end":
            data = data[:start]
        elif kind == "put":
            data = data[:start] + inserted + data[start:]
        elif kind == "turn":
            inverted = bytes(255 - byte for byte in data[start : start + length])
            data = data[:start] + inverted + data[start + length :]
        else:
            data = data[: start + length] + data[start:]
    return data


ENCODINGS = {"utf-16": "utf-16", "shift": "shift_jis", "windows": "cp1252"}


@cache
def valid_files() -> Mapping[str, bytes]:
    """Return a file of each readable format: the downloads of the harbour, and encodings of CSV."""
    organization = seven_units()
    written = {
        f"staff{Path(name).suffix}": file.write(organization, "")
        for name, file in FILES.items()
        if name.startswith(("organization", "units", "datapackage.zip"))
        and not name.endswith((".ttl", ".jsonld"))
    }
    text = by_id([("a", ""), ("b", "a"), ("c", "b"), ("d", "a")])["staff.csv"]
    written |= {f"{name}.csv": text.encode(code) for name, code in ENCODINGS.items()}
    with TemporaryDirectory() as folder:
        rows = [("id", "name", "parent"), ("a", "A", ""), ("b", "B", "a"), ("c", "C", "a")]
        written["staff.ods"] = ods(
            Path(folder) / "staff.ods", ods_sheet("Units", rows)
        ).read_bytes()
    return written


def repacked(data: bytes, mutations: Mutations, member: int) -> bytes:
    """Return an archive with one member mutated before compression."""
    packed = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as old, ZipFile(packed, "w", ZIP_DEFLATED) as new:
        names = old.namelist()
        for name in names:
            content = old.read(name)
            is_mutated = name == names[member % len(names)]
            new.writestr(name, mutated(content, mutations) if is_mutated else content)
    return packed.getvalue()


BEGINNINGS = (
    b"",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"id,name,parent\n",
    b"[{",
    b'{"id": "a", "children": [',
    b"<graphml><graph>",
    b"<gexf>",
)
"""The first bytes by which formats are recognised."""


@given(
    st.sampled_from(
        ["csv", "tsv", "txt", "xlsx", "xls", "ods", "json", "cyjs", "graphml", "gexf", "zip", "xml"]
    ),
    st.sampled_from(BEGINNINGS),
    st.binary(max_size=300)
    | st.text(max_size=100).map(lambda text: text.encode("utf-8", "replace")),
)
@examples(200)
def test_random_bytes_are_imported_or_refused(ending: str, begin: bytes, rest: bytes) -> None:
    assert_imported_or_refused({f"staff.{ending}": begin + rest})


@pytest.mark.parametrize("name", valid_files())
def test_a_file_of_each_format_is_imported(name: str) -> None:
    organization = load({name: valid_files()[name]})

    assert organization.levels > 1
    assert organization.count() in {3, 4, 7}


@pytest.mark.parametrize("name", valid_files())
@given(mutations=MUTATIONS)
@examples(40)
def test_a_damaged_file_of_each_format_is_imported_or_refused(
    name: str, mutations: Mutations
) -> None:
    assert_imported_or_refused({name: mutated(valid_files()[name], mutations)})


@pytest.mark.parametrize("name", [name for name in valid_files() if name.endswith(ARCHIVES)])
@given(mutations=MUTATIONS, member=st.integers(0, 30))
@examples(40)
def test_an_archive_with_a_damaged_member_is_imported_or_refused(
    name: str, mutations: Mutations, member: int
) -> None:
    assert_imported_or_refused({name: repacked(valid_files()[name], mutations, member)})
