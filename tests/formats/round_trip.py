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
    frames: dict[str, Any] = {
        "units": [header, *units],
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
    }
