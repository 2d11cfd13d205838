"""Small organizations for tests, written as tables, and random forests."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd
from hypothesis import strategies as st

from components.importing.import_tables import import_tables
from components.importing.report import Imported
from components.model.both_states import both_states
from components.model.changes import compare
from components.model.groups import Focus, Weights
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.model.scope import ANY_ROOM, Room, Scope
from components.model.scope import scope_of as scope_of_siblings
from components.model.standard_columns import COLUMNS
from components.problems import Problem
from components.reading.tables import Tables

Pairs = Sequence[tuple[str, str]]
"""The id of each unit and of its parent; "" for the parent of a root."""

ABOUT_HARBOUR = {
    "title": "Harbour",
    "description": "Who does what in the harbour.",
    "created": "2026-05-04T00:00:00Z",
    "sources": [{"title": "Harbour handbook", "path": "https://harbour.example/handbook"}],
    "licenses": [{"name": "CC0-1.0", "title": "Public domain"}],
}
# Wide tables are easier to read than wrapped ones.
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
    """Return the tables of a harbour: 7 units on 3 levels, with every kind of table but synonyms."""
    return tables(**HARBOUR, descriptor=ABOUT_HARBOUR, name="harbour")


def seven_units() -> Organization:
    """Return the harbour as an organization; its units are 0 to 6, in preorder."""
    return import_tables(seven_tables()).organization


CROWD = """
    id,      name,               parent, type
    port,    Port,               ,       office
    traffic, Traffic Department, port,   department
    t1,      Pilots,             traffic,
    t2,      Locks,              traffic,
    t3,      Radar,              traffic,
    t4,      Tides,              traffic,
    t5,      Tugs,               traffic,
    safety,  Safety Department,  port,   department
    s1,      Fire,               safety,
    s2,      Goods,              safety,
    s3,      Rescue,             safety,
    s4,      Divers,             safety,
    s5,      Drills,             safety,
    a,       Archive,            port,
    b,       Bridges,            port,
    c,       Cranes,             port,
    d,       Docks,              port,
    e,       Energy,             port,
    f,       Ferries,            port,
    g,       Gates,              port,
    h,       Heritage,           port,
    i,       Islands,            port,
    j,       Jetties,            port,
    k,       Kiosks,             port,
    l,       Lights,             port,
    """
GATHERING = Room(((0.15,), (0.15, 0.04)))
"""A room in which the port is drawn with three groups of its small units, and with all of these."""
FEW_ROWS = Room(((0.0,),), 7)
"""A room in which the port is drawn with the groups, and nothing below them."""


@st.composite
def rooms(draw: st.DrawFn) -> Room:
    """Draw a room of one to three rings; in many of them most units are gathered."""
    shares = st.sampled_from([0.0, 0.02, 0.1, 0.3])
    rings = draw(st.integers(1, 3))
    least = tuple(tuple(draw(shares) for _ in range(ring)) for ring in range(1, rings + 1))
    return Room(least, draw(st.sampled_from([4, 8, 12, 300])))


def crowd() -> Organization:
    """Return a port: departments 1 and 7 with 5 units each, and units 13 to 24, from A to L."""
    return organization_of(CROWD)


GAPS = """
    id,    name,     parent, type
    board, Board,    ,       office
    pay,   Payroll,  board,  unit
    it,    IT,       agency, unit
    desk,  Helpdesk, agency, unit
    """
"""Two units have a parent without a record. The roots get a common parent: 0 to 5 in preorder."""


def units_with_gaps() -> Organization:
    """Return an organization with unit 0 as the parent of two roots, and unit 3 as a placeholder."""
    return import_tables(tables(GAPS, name="Staff")).organization


def posts() -> Organization:
    """Return an organization of four posts, numbered from 0, of which post 2 is vacant."""
    return organization_of("""
        Post ID, Title,           Holder,   Grade, Reports to
        p1,      Harbour Master,  Ada Roe,  G9,
        p2,      Chief Pilot,     Bo Lind,  G7,    p1
        p3,      Pilot,           Vacant,   G7,    p2
        p4,      Clerk,           Moss; Cy, G7,    p1
        """)


def tables(
    units: str | Pairs,
    *,
    name: str = "inline",
    descriptor: Mapping[str, Any] | None = None,
    **side: str,
) -> Tables:
    """Return tables from CSV text; ``units`` may also be pairs of a unit and its parent."""
    if not isinstance(units, str):
        records = ({"id": unit, "name": unit, "parent_id": parent} for unit, parent in units)
        frames = {"units": _units(records)}
    else:
        frames = {"units": frame(units)}
    frames |= {table: frame(text) for table, text in side.items()}
    return Tables(name, frames, descriptor or {})


def import_of(units: str | Pairs, **side: str) -> Imported:
    """Return the import of these tables: the organization and the interpretation."""
    return import_tables(tables(units, **side))


def organization_of(units: str | Pairs, **side: str) -> Organization:
    """Return the organization in these tables."""
    return import_of(units, **side).organization


def organization_named(
    pairs: Pairs,
    names: Sequence[str],
    short_names: Sequence[str] = ("",),
    descriptor: Mapping[str, Any] | None = None,
    **side: Sequence[Sequence[str]],
) -> Organization:
    """Return an organization whose units have these names, repeated if there are more units.

    Unlike in CSV text, names may be any text. Side tables are rows, the first one the header.
    """
    records = (
        {
            "id": unit,
            "name": names[number % len(names)],
            "short_name": short_names[number % len(short_names)],
            "parent_id": parent,
        }
        for number, (unit, parent) in enumerate(pairs)
    )
    frames = {"units": _units(records)}
    frames |= {table: _frame(rows) for table, rows in side.items()}
    return import_tables(Tables("inline", frames, descriptor or {})).organization


def frame(text: str) -> pd.DataFrame:
    """Return a table from indented CSV text, whose columns may be aligned with spaces.

    Cells are text without surrounding spaces; the index is the number of the record, the header's
    being 1.
    """
    lines = (line.strip() for line in text.strip().splitlines())
    rows = csv.reader(lines, skipinitialspace=True, strict=True)
    return _frame([[cell.strip() for cell in row] for row in rows])


def _units(records: Iterable[Mapping[str, str]]) -> pd.DataFrame:
    """Return a table of units with all standard columns, whose roles need not be recognized."""
    header = COLUMNS["units"]
    return _frame([header, *([record.get(column, "") for column in header] for record in records)])


def _frame(rows: Sequence[Sequence[str]]) -> pd.DataFrame:
    header, *body = rows
    ragged = [row for row in body if len(row) != len(header)]
    if ragged:
        raise ValueError(f"These rows are not as long as the header: {ragged}")
    records = pd.RangeIndex(2, 2 + len(body))
    return pd.DataFrame(body, columns=pd.Index(header), index=records, dtype="str")


def outline(organization: Organization) -> list[str]:
    """Return the ids of all units in preorder, each indented by ``. `` for each level."""
    ids = organization.units["id"]
    return [
        ". " * depth + unit for unit, depth in zip(ids, organization.depth.tolist(), strict=True)
    ]


def scope_of(  # noqa: PLR0913  # most of them are options by keyword
    organization: Organization,
    focus: Focus = 0,
    *,
    rings: int = 3,
    rows: int = ANY_ROOM.rows,
    room: Room | None = None,
    weights: Weights | None = None,
) -> Scope:
    """Return the scope of a focus in a room, or in one of some rings and rows for any shares."""
    room = room or Room(tuple((0.0,) * ring for ring in range(1, rings + 1)), rows)
    siblings = OrganizationIndex(organization).siblings
    return scope_of_siblings(siblings, focus, room=room, weights=weights)


def faults(problems: Iterable[Problem]) -> list[tuple[str, int | None, str, str]]:
    """Return the table, record, column and value of each problem."""
    return [(problem.table, problem.record, problem.column, problem.value) for problem in problems]


@st.composite
def forests(draw: st.DrawFn, *, most: int = 40) -> list[tuple[str, str]]:
    """Draw the pairs of a random forest in random order: a bush, a chain, a star, or many roots."""
    count = draw(st.integers(1, most))
    shape = draw(st.sampled_from(["bush", "chain", "star", "roots"]))
    parents = [-1]
    for unit in range(1, count):
        if shape == "chain":
            parents.append(unit - 1)
        elif shape == "star":
            parents.append(0)
        elif shape == "roots":
            parents.append(draw(st.integers(-1, min(unit - 1, 2))))
        else:
            parents.append(draw(st.integers(0, unit - 1)))
    pairs = [
        (f"n{unit}", f"n{parent}" if parent >= 0 else "") for unit, parent in enumerate(parents)
    ]
    # One draw instead of one for each unit; the first seed leaves the order as it is.
    if seed := draw(st.integers(0, 99)):
        random.Random(seed).shuffle(pairs)  # noqa: S311, no secret
    return pairs


BEFORE = """
    id, name,            type,       head,   parent, Budget, Site,   responsibilities
    h,  Harbour Office,  office,     Ada,    ,       10,     Quay 1, Decides on the port rules
    f,  Finance,         department, Bo,     h,      20,     Quay 2, Keeps the books; Sells the tide tables
    p,  Payroll,         unit,       Cy,     f,      5,      Quay 3, Pays the wages
    q,  Pilots,          unit,       Di,     f,      7,      Quay 4, Guides ships through the fairway
    m,  Mail Room,       unit,       Eli,    f,      2,      Quay 2, Carries letters
    s,  Ships,           department, Eva,    h,      30,     Quay 5, Knows every ship
    t,  Quays and Roads, unit,       Flo,    s,      11,     Quay 6, Mends the quays; Mends the roads
    """
AFTER = """
    id, name,            type,       head,   parent, Budget, Site,   responsibilities
    h,  Harbour Office,  office,     Ada,    ,       10,     Quay 1, Decides on the port rules
    f,  Finance,         department, Bo,     h,      20,     Quay 2, Keeps the books
    p,  Payments,        team,       Mo,     f,      6,      Quay 9, Pays the wages every month
    s,  Ships,           department, Eva,    h,      30,     Quay 5, Knows every ship; Sells the tide tables
    q,  Pilots,          unit,       Di,     s,      7,      Quay 4, Guides ships through the fairway
    t1, Quays,           unit,       Flo,    s,      6,      Quay 6, Mends the quays
    t2, Roads,           unit,       Gil,    s,      5,      Quay 6, Mends the roads
    w,  Watch,           unit,       Hal,    s,      4,      Quay 8, Looks out for fires
    """


def two_states(
    before: str | Organization = BEFORE, after: str | Organization = AFTER
) -> Organization:
    """Return two states of an organization as one, by default with changes of nearly every kind."""
    states = (
        organization_of(state) if isinstance(state, str) else state for state in (before, after)
    )
    return both_states(compare(*states))


def many_changes(count: int) -> Organization:
    """Return two states in which the units of two departments have other heads."""
    head = "id, name, parent, head\nt, Top,, Al\na, Alpha, t, Ada\nb, Beta, t, Bo\n"
    rows = [f"u{n:05}, Unit {n}, {'ab'[n % 2]}" for n in range(count)]
    return two_states(
        *(
            head + "\n".join(f"{row}, {name} {at}" for at, row in enumerate(rows))
            for name in ("Old", "New")
        )
    )
