"""A table of units with parents is understood in any language and order, whatever else it has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from itertools import product
from random import Random

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from components.importing.import_tables import import_tables
from components.reading.tables import Tables
from tests.properties import examples

TOPICS = ("Tides", "Fields", "Roads", "Ports", "Mines", "Woods", "Lakes", "Seeds", "Dykes", "Locks")
FORMS = ("Service", "Desk", "Unit", "Works", "Bureau")
HEADINGS = (
    ("Code", "Name", "Parent Code"),
    ("Unit ID", "Unit Name", "Parent Unit ID"),
    ("Dept No", "Department", "Parent Dept No"),
    ("id", "title", "parent_id"),
    ("Org Code", "Org Name", "Reports To"),
    ("Entity", "Entity Name", "Parent Entity"),
    ("Cost Center", "Cost Center Name", "Parent Cost Center"),
    ("No", "Committee", "Reports to"),
    ("Ref", "Body", "Parent Body"),
    ("Team ID", "Team", "Belongs to"),
    ("Nummer", "Bezeichnung", "Übergeordnete Einheit"),
    ("Code", "Libellé", "Code parent"),
    ("Código", "Denominación", "Depende de"),
    ("Codice", "Denominazione", "Codice padre"),
    ("kod", "nazwa", "jednostka nadrzędna"),
    ("コード", "部署名", "上位部署コード"),
    ("부서코드", "부서명", "상위부서코드"),
    ("部门编码", "部门名称", "上级部门编码"),
    ("код", "наименование", "вышестоящая организация"),
)
"""The headings of ids, names and parents."""
IDS: Mapping[str, Callable[[int], str]] = {
    "numbers": lambda unit: str(unit + 1),
    "codes": lambda unit: f"{chr(65 + unit % 26)}{unit}",
    "padded": lambda unit: f"{unit + 1:04}",
    "long": lambda unit: str(50_000_000 + 3 * unit),
}
FACTS: Mapping[str, Callable[[Random], str]] = {
    "Head": lambda random: random.choice(["Nora Quist", "Paul Ives", "Rita Sund"]),
    "Type": lambda random: random.choice(["Division", "Section"]),
    "Headcount": lambda random: str(random.randrange(1, 20)),
    "Budget": lambda random: str(random.randrange(100, 999) * 1_000),
    "Website": lambda random: f"https://dock.example/{random.randrange(99)}",
    "Region": lambda random: random.choice(["North", "South"]),
    "Sector": lambda random: random.choice(["A", "B", "C"]),
    "Established": lambda random: str(random.randrange(1900, 2020)),
    "Phone": lambda random: f"55 {random.randrange(1_000, 9_999)}",
    "Status": lambda _: "active",
    "Manager": lambda random: random.choice(["Nora Quist", "Paul Ives", "Rita Sund"]),
}


@given(
    count=st.integers(4, 40),
    headings=st.sampled_from(HEADINGS),
    ids=st.sampled_from([*IDS]),
    by_name=st.booleans(),
    random=st.randoms(use_true_random=False),
)
@examples(80)
def test_every_unit_is_below_its_parent(
    *, count: int, headings: tuple[str, str, str], ids: str, by_name: bool, random: Random
) -> None:
    names = [" ".join(words) for words in random.sample([*product(TOPICS, FORMS)], count)]
    parents = [None, *(random.randrange(unit) for unit in range(1, count))]
    codes = [IDS[ids](unit) for unit in range(count)]
    keys = names if by_name else codes
    own = (codes, names, ["" if above is None else keys[above] for above in parents])
    columns = dict(zip(headings, own, strict=True))
    for fact in random.sample([*FACTS], random.randrange(6)):
        columns[fact] = [FACTS[fact](random) for _ in names]
    frame = pd.DataFrame(columns, dtype="str")[random.sample([*columns], len(columns))]
    frame = frame.iloc[random.sample(range(count), count)]
    frame.index = pd.RangeIndex(2, count + 2)

    organization = import_tables(Tables("units", {"units": frame}, {})).organization

    units = organization.units["name"]
    drawn = zip(units, organization.parent.tolist(), strict=True)
    assert Counter((name, units[above] if above >= 0 else "") for name, above in drawn) == Counter(
        (name, "" if above is None else names[above])
        for name, above in zip(names, parents, strict=True)
    )
    assert organization.problems == ()
