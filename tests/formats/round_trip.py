"""Random organizations with texts that are hard to escape, and their content for comparison."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from hypothesis import strategies as st

from components.importing.import_tables import import_tables
from components.model.organization import Organization
from components.reading.tables import Tables
from tests.organizations import forests

SPECIAL_TEXTS = (
    "=cmd|' /C calc'!A0",
    "'=1+1",
    "+41 22 717 91 11",
    "-5",
    "@SUM(A1)",
    'He said "no", twice; then left',
    "two\nlines",
    "two\r\nlines",
    "007",
    "1e5",
    "NA",
    "<r>&amp;</r>",
    "]]><!--",
    "_x0041_",
    "https://a.example/?b=c&d",
    "👩‍🚒 Fire",
    "עברית (abc)",
    "back\\slash\\",
    "a\tb|c",
    "\u2028",
)
TEXTS = st.sampled_from(SPECIAL_TEXTS) | st.text(
    st.characters(
        codec="utf-8",
        exclude_categories=("Cc", "Cs", "Cn"),
        exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    ),
    max_size=12,
)
"""Any text without control characters and bidirectional controls, which reading removes."""
HEADINGS = (
    *("Reports to", "Department", "Dotted line", "Manager", "Level 1", "Name", "First name"),
    *("id", "id (2)", "parent", "children", "responsibilities", "type (2)", "label", "people"),
    *("E-mail", "Budget (EUR)", "FTE", "Start date", "valid to", "Active", "Website", "Vorname"),
    *(
        "=cmd",
        "'-a",
        'He said "no"',
        "a;b,c|d",
        "עברית",
        "<b>&amp;</b>",
        "https://a.example/?b=c&d",
    ),
    "x" * 300,
)
CELLS = {
    "number": ("1", "2.5", "-3", "1,200", "007", "€ 7", "1e5", "(5)"),
    "date": ("2024-01-31", "31.12.2023", "2024", "2024-02-30", "2024-01-31T10:00"),
    "answer": ("yes", "no", "x", "Ja"),
    "address": ("https://a.example/x", "javascript:alert(1)", "ann@a.example", "+41 22 717 91 11"),
    "name": ("n0", "007", "é/ü", "Fire", "a > b"),
}
"""What columns of facts are made of: mostly of one kind, with texts between them."""
IDS = (
    "007",
    "=a",
    "'=a",
    "a b",
    "é/ü",
    'q"q',
    "a&b",
    "<i>",
    "ü-b",
    "#",
    "?unit=",
    "%41",
    "x,y",
)


def frame(rows: Sequence[Sequence[str]]) -> pd.DataFrame:
    """Return a table of rows, the first of which is its header."""
    header, *body = rows
    index = pd.RangeIndex(2, 2 + len(body))
    return pd.DataFrame(body, columns=pd.Index(header), index=index, dtype="str")


def fact_columns(count: int) -> st.SearchStrategy[list[list[str]]]:
    """Draw columns of facts with their headings."""
    cells = [st.sampled_from(texts) | st.just("") for texts in CELLS.values()]
    column = st.sampled_from([*cells, TEXTS | st.just("")]).flatmap(
        lambda cell: st.lists(cell | cell | cell | TEXTS, min_size=count, max_size=count)
    )
    table = st.dictionaries(st.sampled_from(HEADINGS), column, max_size=5)
    return table.map(lambda columns: [[heading, *cells] for heading, cells in columns.items()])


def with_columns(rows: list[list[str]], columns: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return the rows of a table, the first its header, with further columns."""
    names = {*rows[0]}
    added = [column for column in columns if column[0] not in names]
    return [[*row, *(column[at] for column in added)] for at, row in enumerate(rows)]


@st.composite
def organizations(draw: st.DrawFn) -> Organization:
    """Draw an organization with arbitrary texts in its cells and special characters in its ids."""
    pairs = draw(forests(most=12))
    ids = dict(zip((unit for unit, _ in pairs), IDS, strict=False)) | {"": ""}
    units = [[ids[unit], ids[parent], *draw(st.tuples(*[TEXTS] * 5))] for unit, parent in pairs]
    unit_ids = st.sampled_from([ids[unit] for unit, _ in pairs])
    themes = st.sampled_from(["", "t1", "t2", "t2;t1"])

    def rows(*cells: st.SearchStrategy[str]) -> list[list[str]]:
        return draw(st.lists(st.tuples(*cells).map(list), max_size=5))

    header = ["id", "parent_id", "name", "acronym", "aliases", "type", "summary"]
    people = [["unit_id", "name", "title", "email"], *rows(unit_ids, TEXTS, TEXTS, TEXTS)]
    frames: dict[str, Any] = {
        "units": with_columns([header, *units], draw(fact_columns(len(units)))),
        "people": with_columns(people, draw(fact_columns(len(people) - 1))),
        "responsibilities": [
            ["unit_id", "responsibility", "themes", "source"],
            *rows(unit_ids, TEXTS, themes, TEXTS),
        ],
        "relations": [
            ["from_id", "to_id", "kind", "description", "source"],
            *rows(unit_ids, unit_ids, TEXTS, TEXTS, TEXTS),
        ],
        "references": [["id", "name"], ["r1", draw(TEXTS)], ["r2", "Second"]],
        "mentions": [
            ["unit_id", "reference_id", "role"],
            *rows(unit_ids, st.sampled_from(["r1", "r2"]), TEXTS),
        ],
        "themes": [["id", "name", "description"], ["t1", "First", draw(TEXTS)], ["t2", "B", ""]],
        "synonyms": [["words", "means"], *rows(TEXTS, TEXTS)],
    }
    about = {"title": draw(TEXTS), "language": draw(st.sampled_from(["", "en", "pt-BR"]))}
    return import_tables(
        Tables("any", {name: frame(rows) for name, rows in frames.items()}, about)
    ).organization


def content(organization: Organization) -> dict[str, Any]:
    """Return the content of all tables of an organization for comparison."""
    return {
        "units": organization.units,
        "parent": organization.parent.tolist(),
        "responsibilities": organization.responsibilities.rows,
        "of units": organization.responsibilities.first.tolist(),
        "relations": organization.relations.rows,
        "mentions": organization.mentions.rows,
        "references": organization.references,
        "themes": organization.themes,
        "synonyms": organization.synonyms,
        "people": organization.people.rows,
        "units of people": organization.people.first.tolist(),
        "facts": organization.facts,
    }
