"""Tables of people beside a table of units: who works in which unit, and who leads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from components.importing.cells import Cells
from components.importing.column_names import fold_name, role_of_table, vocabulary_words
from components.importing.evidence import ALWAYS
from components.importing.naming import NameFinder
from components.importing.profiles import Profile
from components.importing.references import KeySet
from components.importing.table_roles import PEOPLE, TableRole
from components.importing.unit_rows import UnitRows


def people_role(
    table: str, cells: Cells, units: TableRole, referring: Sequence[str]
) -> TableRole | None:
    """Return the role of a table of people who work in units; None if it is another table.

    ``referring`` are its columns that mostly have keys or names of units.
    """
    profile = Profile(cells)
    finder = NameFinder(profile, {})
    own = {*finder.people_names, *profile.whole("id", role=PEOPLE)}
    likely = [name for name in referring if name not in own]
    names = finder.people_names or profile.whole("name", role=PEOPLE)
    are_people = finder.are_people or role_of_table(table) == PEOPLE
    if not are_people or not likely or not names:
        return None
    unit_words = vocabulary_words("unit") | {*fold_name(units.key)}
    likely.sort(key=lambda name: not profile.words(name) & unit_words)
    columns = {"unit_id": likely[0], "name": names[0]}
    for column in ("title", "id"):
        named = profile.whole(column, role=PEOPLE)
        if free := [name for name in named if name not in columns.values()]:
            columns[column] = free[0]
    if addresses := [*profile.whole("email"), *profile.part("email")]:
        columns["email"] = addresses[0]
    return TableRole(table, PEOPLE, cells, columns)


def with_heads(units: TableRole, people: TableRole) -> TableRole:
    """Return a table of units with the column of the ids of those who lead them, if it has one."""
    if "head" in units.columns or "id" not in people.columns:
        return units
    profile = Profile(units.cells)
    words = vocabulary_words("person of parent")
    for name in units.unused_columns():
        sample = profile.sample(name)
        known = KeySet(people.cells.counts(people.columns["id"]), sample)
        share = sum(cell in known for cell in sample) / max(1, len(sample))
        if profile.words(name) & words and share >= ALWAYS:
            return replace(units, columns={**units.columns, "head": name})
    return units


def name_heads(rows: UnitRows, people: TableRole) -> None:
    """Write the names of people instead of their ids into the column of heads."""
    if "id" in people.columns:
        name_of = dict(zip(people.column("id"), people.column("name"), strict=True))
        rows.cells["head"] = [name_of.get(head, head) for head in rows.cells["head"]]
