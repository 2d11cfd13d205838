"""Groups in words: "Executive agency (48)", "A to D (61)"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from components.model.facts import FactKind
from components.model.groups import Focus, Group, Members, Values, Weights
from components.model.siblings import Siblings
from components.model.text import capitalized
from components.words import Words
from components.words.measures import category_name

MAX_LETTERS, MAX_LETTERS_IN_ALL = 12, 30
"""Letters that tell an end of a group from the name beside it, without and with the words that both
begin with; where more are needed, the group is named by the places of its units."""

CUT = 3
"""Letters that stay of a whole word where there is little room; of small words like "of" none."""


@dataclass(frozen=True, slots=True)
class GroupName:
    """What a group is called."""

    forms: tuple[str, ...]
    """The name, and a shorter one if there is one that says nearly the same."""
    count: str = ""
    """The end of both: " (48)", the number of units in the group; empty if the name says it."""

    def __str__(self) -> str:
        """Return the name."""
        return self.forms[0]


def group_name(siblings: Siblings, members: Members, words: Words) -> GroupName:
    """Return the name of a group, with the number of units that it holds."""
    group, size = members.group, len(members.units)
    if not group.run and not group.values:
        return GroupName((words("group-smaller", count=size),))
    if group.run:
        first, last = _ends(siblings, members, words)
        ends = (first, last), (_cut(first), _cut(last))
        names = [words("group-run", first=one, last=other) for one, other in ends]
    else:
        names = [*_value_names(siblings, group.values[-1], words)]
    count = f" {words('group-count', count=size)}"
    return GroupName(tuple(dict.fromkeys(f"{name}{count}" for name in names)), count)


def focus_name(siblings: Siblings, focus: Focus, weights: Weights, words: Words) -> str:
    """Return the short name of a unit, or the name of a group."""
    if not isinstance(focus, Group):
        return siblings.organization.label(focus)
    return str(group_name(siblings, Members(focus, siblings.members(focus, weights)), words))


def group_note(siblings: Siblings, members: Members, words: Words) -> str:
    """Return whose parts a group holds, and how many units there are with all below them."""
    organization = siblings.organization
    note = words("group-below", unit=organization.units["name"][members.group.parent])
    below = int(organization.size[members.units].sum()) - len(members.units)
    return f"{note}, {words('units-below', count=below)}" if below else note


def _value_names(siblings: Siblings, part: Values, words: Words) -> Iterator[str]:
    """Yield the name of the units with a value, and a shorter one if there is one."""
    if part.are_others:
        yield words("group-others")
        return
    column = siblings.categories.get(part.column)
    heading = category_name(column, words) if column else part.column
    value = ", ".join(filter(None, part.values))
    if not value:
        yield words("group-without", heading=heading)
        return
    fact = siblings.organization.facts.get(part.column)
    if (fact and fact.kind is FactKind.YES_NO) or not any(map(str.isalpha, value)):
        # "Yes" or "3" says nothing alone.
        yield words("heading-of", heading=heading, name=value)
    yield value


def _ends(siblings: Siblings, members: Members, words: Words) -> tuple[str, str]:
    """Return how the first and the last name of a part of the alphabet begin.

    There are as many letters as tell them apart, and from the names before and after the group.
    Whole words that both begin with are written once, and those that all names of the parent begin
    with not at all. If that takes too many letters, the places of the units are returned.
    """
    names = siblings.organization.units["name"]
    first, last = (names[int(members.units[place])].strip() for place in (0, -1))
    before, after = (
        "" if unit is None else names[unit].strip() for unit in siblings.beside(members.group)
    )
    begin, end = _beginning(first, before, last), _beginning(last, after, first)
    if begin is None or end is None or begin.casefold() == end.casefold():
        run = members.group.run or (1, 1)
        return words.number(run[0]), words.number(run[1])
    shared = _shared_words(first, last)
    by_all = _shared_words(*(names[unit].strip() for unit in siblings.ends(members.group.parent)))
    is_written_once = " " not in end[shared:]
    return capitalized(begin[by_all:]), end[shared if is_written_once else by_all :]


def _beginning(name: str, *others: str) -> str | None:
    """Return the beginning of a name that no other has; None if that takes too many letters."""
    letters = 1 + max(_shared_letters(name, other) for other in others)
    words = max(_shared_words(name, other) for other in others)
    begin = name[:letters].strip()
    if letters - words > MAX_LETTERS or letters > MAX_LETTERS_IN_ALL:
        return None
    cut = begin.rfind(" ") + 1
    return begin[:cut] + capitalized(begin[cut:])


def _cut(begin: str) -> str:
    """Return the beginning of a name with its whole words cut, without the smallest ones."""
    *whole, last = begin.split(" ")
    kept = [word[:CUT] for word in whole if len(word) > CUT or not word.islower()]
    return " ".join([*kept, last])


def _shared_letters(first: str, last: str) -> int:
    """Return with how many letters two names begin alike."""
    return sum(1 for _ in takewhile(_same, zip(first, last, strict=False)))


def _same(letters: tuple[str, str]) -> bool:
    return letters[0].casefold() == letters[1].casefold()


def _shared_words(first: str, last: str) -> int:
    """Return the length of the whole words with which two names begin."""
    return first.rfind(" ", 0, _shared_letters(first, last)) + 1
