"""A staff list is understood however its people and managers are named, in any order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import product
from random import Random
from typing import NamedTuple

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from components.importing.import_tables import import_tables
from components.reading.tables import Tables
from tests.properties import examples

FIRST_NAMES = [
    "Nora",
    "Paul",
    "Rita",
    "Omar",
    "Vera",
    "Luca",
    "Ines",
    "Tom",
    "Asha",
    "Ben",
    "Cleo",
    "Dan",
]
LAST_NAMES = ["Quist", "Ives", "Sund", "Lunt", "Holt", "Voss", "Rand", "Lark", "Frost", "Odell"]


class Person(NamedTuple):
    """Somebody in a staff list."""

    number: str
    first: str
    last: str

    @property
    def address(self) -> str:
        """The e-mail address."""
        return f"{self.first}.{self.last}@dock.example".lower()


MANAGERS: Mapping[str, Callable[[Person], str]] = {
    "a number": lambda manager: manager.number,
    "a name": lambda manager: f"{manager.first} {manager.last}",
    "a name in the other order": lambda manager: f"{manager.last}, {manager.first}",
    "an address": lambda manager: manager.address,
    "an address in capitals": lambda manager: manager.address.upper(),
    "an account": lambda manager: "DOCK\\" + manager.address.partition("@")[0],
    "an LDAP name": lambda manager: f"CN={manager.first} {manager.last},OU=Staff,DC=dock",
    "a name and a number": lambda manager: f"{manager.last}, {manager.first} ({manager.number})",
    "a number and a name": lambda manager: f"{manager.number} - {manager.first} {manager.last}",
    "a name and an address": lambda who: f"{who.first} {who.last} <{who.address}>",
}
PEOPLE: Mapping[str, Callable[[Sequence[Person]], Mapping[str, list[str]]]] = {
    "two columns": lambda people: {
        "First Name": [person.first for person in people],
        "Last Name": [person.last for person in people],
    },
    "one column": lambda people: {"Name": [f"{who.first} {who.last}" for who in people]},
    "the family name first": lambda people: {
        "Employee": [f"{who.last}, {who.first}" for who in people]
    },
}
HEADINGS = ("Manager", "Reports To", "Supervisor", "Line Manager")


@given(
    count=st.integers(4, 40),
    named=st.sampled_from([*PEOPLE]),
    managed=st.sampled_from([*MANAGERS]),
    heading=st.sampled_from(HEADINGS),
    random=st.randoms(use_true_random=False),
)
@examples(80)
def test_everybody_is_below_their_manager(
    *, count: int, named: str, managed: str, heading: str, random: Random
) -> None:
    first_number = random.choice([1, 1001, 700_100])
    names = random.sample([*product(FIRST_NAMES, LAST_NAMES)], count)
    people = [Person(str(first_number + 3 * at), *name) for at, name in enumerate(names)]
    managers = [None, *(people[random.randrange(at)] for at in range(1, count))]
    columns = {
        "Employee ID": [person.number for person in people],
        **PEOPLE[named](people),
        "Email": [person.address for person in people],
        "Job Title": random.choices(["Clerk", "Operator", "Head", "Analyst"], k=count),
        "Department": random.choices(["Finance", "Cranes", "Pilots", "Safety"], k=count),
        "Location": random.choices(["Quay", "Pier", "Dam"], k=count),
        "Cost Centre": random.choices(["4711", "4712", "4713"], k=count),
        "Salary": [str(random.randrange(20, 90) * 1_000) for _ in people],
        heading: [MANAGERS[managed](manager) if manager else "" for manager in managers],
    }
    frame = pd.DataFrame(columns, dtype="str")[random.sample([*columns], len(columns))]
    frame = frame.iloc[random.sample(range(count), count)]
    frame.index = pd.RangeIndex(2, count + 2)

    organization = import_tables(Tables("staff", {"staff": frame}, {})).organization

    parts_of_names = zip(*PEOPLE[named](people).values(), strict=True)
    name_of = dict(zip(people, map(" ".join, parts_of_names), strict=True))
    units = organization.units["name"]
    parents = organization.parent.tolist()
    drawn = Counter(
        (name, units[above] if above >= 0 else "")
        for name, above in zip(units, parents, strict=True)
    )
    assert drawn == Counter(
        (name_of[person], name_of[manager] if manager else "")
        for person, manager in zip(people, managers, strict=True)
    )
    assert {problem.kind for problem in organization.problems} <= {"repaired-parent"}
