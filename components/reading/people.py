"""People in nested data: their full names, and who of them leads what they are listed in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

GIVEN = ("firstname", "givenname", "forename", "vorname", "prenom", "nombre")
FAMILY = ("lastname", "familyname", "surname", "nachname", "nom", "apellido", "apellidos")
TITLES = ("title", "prefix", "honorificprefix", "titel", "academictitle")
"""The keys for the parts of a name, without case, spaces and marks."""
NOT_LETTERS = re.compile(r"[^a-zà-ÿ]")
ROLE_KEY = re.compile(r"type|title|role|position|function|job|rank|post|funktion|rolle|typ|cargo")
LEADER = re.compile(
    r"head|direct|chief|manager|lead|chair|president|minister|secretary.general|commissioner|chef"
    r"|leit(?:er|ung)|vorst|vorsitz|dezernent|präsident|jef[ea]|responsab|dirigent|kierownik"
)
NOT_LEADER = re.compile(r"deput|vice|assist|adjoint|stellv|referent|sub|secretary to|office of")


def full_name(person: Mapping[str, Any]) -> tuple[str, set[str]]:
    """Return the full name of an object with the parts of one, and the keys of these parts.

    The name is empty if the object has no given or no family name.
    """
    keys = {NOT_LETTERS.sub("", key.casefold()): key for key in person}
    found = [
        next((keys[part] for part in parts if part in keys), "")
        for parts in (TITLES, GIVEN, FAMILY)
    ]
    if not found[1] or not found[2]:
        return "", set()
    values = [person[key] if key else None for key in found]
    texts = [value.strip() for value in values if isinstance(value, str)]
    return " ".join(filter(None, texts)), {key for key in found if key}


def leaders(people: Iterable[Mapping[str, str]]) -> list[str]:
    """Return the names of those people whose role says that they lead."""
    names = []
    for cells in people:
        name = full_name(cells)[0] or next(
            (cells[key] for key in ("name", "person", "holder") if cells.get(key)), ""
        )
        roles = (
            value.casefold()
            for key, value in cells.items()
            if ROLE_KEY.search(key.casefold()) and value != name
        )
        if name and any(LEADER.search(role) and not NOT_LEADER.search(role) for role in roles):
            names.append(name)
    return names
