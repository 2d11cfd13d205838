"""Small organizations for the tests: written as tables, so that each test reads as one."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd
from hypothesis import strategies as st

from components.importing.import_tables import import_tables
from components.importing.report import Imported
from components.model.organization import Organization
from components.problems import Problem
from components.reading.tables import Tables

Pairs = Sequence[tuple[str, str]]
"""Each unit's id and its parent's, or "" for a unit at the top."""

ABOUT_HARBOUR = {
    "title": "Harbour",
    "description": "Who does what in the harbour.",
    "created": "2026-05-04T00:00:00Z",
    "sources": [{"title": "Harbour handbook", "path": "https://harbour.example/handbook"}],
    "licenses": [{"name": "CC0-1.0", "title": "Public domain"}],
}
# A table is read best as a table, however wide.
# ruff: noqa: E501
HARBOUR = {
    "units": """
    id,      name,                 short_name, acronym, aliases,             type,       parent_id, head,      location, summary,               source,    notes
    harbour, Harbour Office,       Harbour,    ,        Port Office,         office,     ,          Ada Marsh, Quay 1,   Runs the harbour.,     Handbook 1, Was the Port.
    traffic, Traffic Department,   Traffic,    VTS,     Ships;Vessel Watch,  department, harbour,   ,          ,         Knows every ship.,     Handbook 2,
    pilots,  Pilotage Unit,        Pilots,     ,        ,                    unit,       traffic,   Bo Lind,   Quay 2,   Guides ships.,         Handbook 3,
    locks,   Locks & Bridges Unit, Locks,      ,        Sluices,             unit,       traffic,   ,          ,         ,                      Handbook 3,
    safety,  Safety Department,    Safety,     ,        ,                    department, harbour,   ,          ,         Keeps people safe.,    Handbook 4,
    fire,    Fire Service,         Fire,       FS,      Brûlé Brigade,       unit,       safety,    ,          ,         Puts out fires.,       Handbook 5,
    goods,   Dangerous Goods Unit, Goods,      DGU,     ,                    unit,       safety,    ,          ,         Knows what is aboard., Handbook 6,
    """,
    "responsibilities": """
    unit_id, position, responsibility,                        themes,              source
    harbour, 1,        Decides on the port regulations,       permits,             Handbook 1
    traffic, 1,        Plans the arrival of ships,            navigation,          Handbook 2
    traffic, 2,        Represents the harbour at conferences, ,                    Handbook 2
    pilots,  2,        Brings a pilot aboard in a storm,      emergencies,         Handbook 3
    pilots,  1,        Guides ships through the fairway,      navigation,          Handbook 3
    safety,  1,        Writes the emergency plan,             emergencies,         Handbook 4
    fire,    1,        Fights fires on ships and quays,       emergencies,         Handbook 5
    fire,    2,        Grants permits for welding,            permits,             Handbook 5
    goods,   1,        Inspects containers,                   permits;environment, Handbook 6
    """,
    "relations": """
    from_id, to_id, kind,             description,                                     source
    pilots,  fire,  coordinates_with, The pilots and the Fire Service drill together., Handbook 3
    goods,   locks, advises,          The unit tells the locks what is aboard.,        Handbook 6
    """,
    "references": """
    id,    name,                 acronym, kind,        description
    state, Port State Agreement, PSA,     framework,   Who may inspect a ship.
    tides, Tide Tables,          ,        publication, When there is water.
    """,
    "mentions": """
    unit_id, reference_id, role,                    source
    traffic, state,        Reports ships under it,  Handbook 2
    safety,  state,        Represents the harbour,  Handbook 4
    goods,   state,        Inspects ships under it, Handbook 6
    pilots,  tides,        Sails by them,           Handbook 3
    locks,   tides,        Opens the locks by them, Handbook 3
    """,
    "themes": """
    id,          name,        description
    navigation,  Navigation,  Ships on their way.
    emergencies, Emergencies, When things go wrong.
    permits,     Permits,     What needs permission.
    environment, Environment, Water and air.
    """,
}


def seven_tables() -> Tables:
    """Return the tables of a harbour: 7 units on 3 levels, with all that can be said of them."""
    return tables(**HARBOUR, descriptor=ABOUT_HARBOUR, name="harbour")


def seven_units() -> Organization:
    """Return the harbour as an organization; its units stand in preorder, numbered 0 to 6."""
    return import_tables(seven_tables()).organization


GAPS = """
    id,    name,     parent, type
    board, Board,    ,       office
    pay,   Payroll,  board,  unit
    it,    IT,       agency, unit
    desk,  Helpdesk, agency, unit
    """
"""Two units name a parent that no record describes: the units are gathered, 0 to 5 in preorder."""


def units_with_gaps() -> Organization:
    """Return an organization in which unit 0 gathers two others, and unit 3 is a placeholder."""
    return import_tables(tables(GAPS, name="Staff")).organization


def tables(
    units: str | Pairs,
    *,
    name: str = "inline",
    descriptor: Mapping[str, Any] | None = None,
    **side: str,
) -> Tables:
    """Return tables from CSV text; ``units`` may also be pairs of an id and its parent's."""
    if not isinstance(units, str):
        rows = [["id", "name", "parent_id"], *([unit, unit, above] for unit, above in units)]
        frames = {"units": _frame(rows)}
    else:
        frames = {"units": frame(units)}
    frames |= {table: frame(text) for table, text in side.items()}
    return Tables(name, frames, descriptor or {})


def import_of(units: str | Pairs, **side: str) -> Imported:
    """Return the organization that these tables describe, and how they were understood."""
    return import_tables(tables(units, **side))


def organization_of(units: str | Pairs, **side: str) -> Organization:
    """Return the organization that these tables describe."""
    return import_of(units, **side).organization


def organization_named(
    pairs: Pairs,
    names: Sequence[str],
    short_names: Sequence[str] = ("",),
    descriptor: Mapping[str, Any] | None = None,
    **side: Sequence[Sequence[str]],
) -> Organization:
    """Return an organization whose units have these names in turn; any text is a name.

    Tables beside that of the units come as rows, with their header.
    """
    rows = [
        [unit, names[at % len(names)], short_names[at % len(short_names)], above]
        for at, (unit, above) in enumerate(pairs)
    ]
    frames = {"units": _frame([["id", "name", "short_name", "parent_id"], *rows])}
    frames |= {table: _frame(rows) for table, rows in side.items()}
    return import_tables(Tables("inline", frames, descriptor or {})).organization


def frame(text: str) -> pd.DataFrame:
    """Return a table from indented CSV text whose columns may be aligned; the header is record 1.

    Cells arrive as text, without the spaces around them.
    """
    lines = (line.strip() for line in text.strip().splitlines())
    return _frame([[cell.strip() for cell in row] for row in csv.reader(lines, **ALIGNED)])


ALIGNED: Any = {"skipinitialspace": True, "strict": True}


def _frame(rows: Sequence[Sequence[str]]) -> pd.DataFrame:
    header, *body = rows
    ragged = [row for row in body if len(row) != len(header)]
    if ragged:
        raise ValueError(f"These rows are not as long as the header: {ragged}")
    numbers = pd.RangeIndex(2, 2 + len(body))
    return pd.DataFrame(body, columns=pd.Index(header), index=numbers, dtype="str")


def outline(organization: Organization) -> list[str]:
    """Return the ids of all units in preorder, a dot and a space for each level."""
    ids = organization.units["id"]
    return [
        ". " * depth + unit for unit, depth in zip(ids, organization.depth.tolist(), strict=True)
    ]


def faults(problems: Iterable[Problem]) -> list[tuple[str, int | None, str, str]]:
    """Return where each problem is: table, record, column, value."""
    return [(each.table, each.record, each.column, each.value) for each in problems]


@st.composite
def forests(draw: st.DrawFn, *, most: int = 40) -> list[tuple[str, str]]:
    """Draw the pairs of a forest in shuffled order: bushes, chains, stars, many roots."""
    count = draw(st.integers(1, most))
    shape = draw(st.sampled_from(["bush", "chain", "star", "roots"]))
    above = [-1]
    for unit in range(1, count):
        if shape == "chain":
            above.append(unit - 1)
        elif shape == "star":
            above.append(0)
        elif shape == "roots":
            above.append(draw(st.integers(-1, min(unit - 1, 2))))
        else:
            above.append(draw(st.integers(0, unit - 1)))
    pairs = [(f"n{unit}", f"n{over}" if over >= 0 else "") for unit, over in enumerate(above)]
    return draw(st.permutations(pairs))
