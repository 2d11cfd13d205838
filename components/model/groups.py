"""Groups: some children of one unit, gathered because a picture has no room for each of them.

A group says which children it holds by what they have in common: all that are smaller than some
size, that have a value of a category, or whose names lie in a part of the alphabet. So it has an
address, which leads to the same units in every window.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import numpy.typing as npt

from components.model.organization import Numbers, Organization

Weights = npt.NDArray[Any]
"""By unit, what the room of a unit in a picture is proportional to."""
SEPARATOR = "~"
"""Separates the parts of a group's address from each other, and from the id of its parent."""
BETWEEN, ESCAPES = "|", {"%": "%25", SEPARATOR: "%7E", "|": "%7C", ";": "%3B"}
"""Separates the values of a part; these characters are escaped in ids and values."""
SMALLER = re.compile("<([0-9]{1,40})")
RUN = re.compile("([0-9]{1,12})-([0-9]{1,12})")
VALUES = re.compile("([^:!]+)([:!])(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Values:
    """The units with some values of a category, or those with all other values."""

    column: str
    """Id of the category."""
    values: tuple[str, ...]
    """Cells of its column; empty text stands for units without a value."""
    are_others: bool = False
    """Whether the units are those that have none of these values."""


@dataclass(frozen=True, slots=True)
class Group:
    """Those children of a unit for which all that is given here holds."""

    parent: int
    smaller_than: int | None = None
    """Their weight is less."""
    values: tuple[Values, ...] = ()
    run: tuple[int, int] | None = None
    """The first and the last of their places among all children in the order of their names, from
    1."""

    @property
    def text(self) -> str:
        """Return the group as in an address, without its parent."""
        parts = [] if self.smaller_than is None else [f"<{self.smaller_than}"]
        for part in self.values:
            values = BETWEEN.join(map(_escaped, part.values))
            parts.append(f"{part.column}{'!' if part.are_others else ':'}{values}")
        if self.run:
            parts.append("{}-{}".format(*self.run))
        return SEPARATOR.join(parts)


Focus = int | Group
"""What is at the centre of the diagrams: a unit, or a group of its children."""


def unit_of(focus: Focus) -> int:
    """Return the unit of a focus; that of a group is the parent."""
    return focus.parent if isinstance(focus, Group) else focus


def focus_text(organization: Organization, focus: Focus) -> str:
    """Return a focus as in an address: the id of the unit, followed by the group if it is one."""
    unit: str = organization.units["id"][unit_of(focus)]
    if not isinstance(focus, Group):
        return unit
    text = f"{_escaped(unit)}{SEPARATOR}{focus.text}"
    while text in organization.number:
        text += SEPARATOR
    return text


def find_focus(organization: Organization, text: str) -> Focus | None:
    """Return the focus of an address; None if there is no such unit.

    An id or the address of a group goes before any other name of a unit. What cannot be read after
    the unit of a group is ignored.
    """
    name, _, group = text.partition(SEPARATOR)
    unit = organization.number.get(_unescaped(name))
    focus = None if unit is None or text in organization.number else _parse(unit, group)
    if isinstance(focus, Group):
        return focus
    found = organization.find(text)
    return focus if found is None else found


def _parse(unit: int, text: str) -> Focus:
    """Return a group of children of a unit, or the unit if the text describes none."""
    smaller_than, values, run = None, [], None
    for part in filter(None, text.split(SEPARATOR)):
        if match := SMALLER.fullmatch(part):
            smaller_than = int(match[1])
        elif match := RUN.fullmatch(part):
            run = int(match[1]), int(match[2])
        elif match := VALUES.fullmatch(part):
            cells = tuple(map(_unescaped, match[3].split(BETWEEN)))
            values.append(Values(match[1], cells, match[2] == "!"))
        else:
            return unit
    group = Group(unit, smaller_than, tuple(values), run)
    return group if group != Group(unit) else unit


def _escaped(value: str) -> str:
    for character, escape in ESCAPES.items():
        value = value.replace(character, escape)
    return value


def _unescaped(value: str) -> str:
    for character, escape in reversed(ESCAPES.items()):
        value = value.replace(escape, character)
    return value


@dataclass(frozen=True, slots=True)
class Members:
    """A group, and the children that it holds."""

    group: Group
    units: Numbers = field(compare=False)
    """In the order of the table, or of their names if the group is a part of the alphabet."""
