"""The short forms of the names in a picture: what tells its units apart, for any room.

A form leaves out what the siblings of a unit share ("Department for Transport" beside other
departments is "Transport") and what repeats the name above it; then comes the acronym; then words
are shortened. What the table says goes before. No form of one name is a form of another name in the
same picture, so whichever forms are drawn, no two labels are equal.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from components.diagrams.name_words import (
    abbreviated,
    beginnings,
    person_forms,
    without_acronym,
    without_shared_words,
)
from components.diagrams.text import ELLIPSIS, text_width

NARROWER = 0.95
"""A form is of use if it is at most this part of the width of the one before."""
WORD_LENGTHS = (8, 5)
"""Letters that stay of long words: first the one, then, for less room, the other."""
NUMBER = " · "
"""Before the number of a unit among those of the same name."""
CACHE_SIZE = 256
"""Pictures whose names are kept: what can be read in a room is tried before it is drawn."""
MAX_LENGTH = 150
"""Characters; the first of the short forms may be longer, but nothing has room for it."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a picture shows by its name."""

    name: str
    short_name: str = ""
    acronym: str = ""
    kind: str = ""
    """What it is: "Department"."""
    parent: int | None = None
    """Its parent's position among all names of the picture; None if it is not drawn."""
    is_person: bool = False
    is_fixed: bool = False
    """Whether its words are only shortened."""
    shorter: tuple[str, ...] = ()
    """Shorter names that are given, from the widest."""
    count: str = ""
    """The end of these names, which every form keeps: " (48)"."""


@dataclass(frozen=True, slots=True)
class NameForms:
    """The forms of a name. None of them is a form of another name of the same picture."""

    full: str
    """The name; of several equal ones, with what tells it apart."""
    short: tuple[str, ...]
    """From that for a label with enough room to the narrowest; at least one."""


class _Rank(IntEnum):
    """Which of two names a form is left to: that of the lower rank."""

    FOCUS, FULL, GIVEN, ACRONYM, TELLING, SHORTENED, QUALIFIED = range(7)


@dataclass(slots=True)
class _Draft:
    """The forms that a name may have, before they are compared with those of the others."""

    base: str
    """What tells it apart from its siblings."""
    forms: list[tuple[str, _Rank]]
    """The full name, and then those for less and less room."""

    @property
    def narrowest(self) -> str:
        return min((text for text, _ in self.forms), key=text_width)


def name_forms(names: Iterable[Named], language: str = "") -> list[NameForms]:
    """Return the forms of all names of a picture, in their order; parents are before children.

    ``language`` is a BCP 47 tag, empty if unknown.
    """
    return [*_forms_of(tuple(names), language)]


@lru_cache(CACHE_SIZE)
def _forms_of(names: tuple[Named, ...], language: str) -> Sequence[NameForms]:
    drafts = _drafts(names, language)
    claims = _Claims(drafts)
    suffix = _suffixes(names, drafts, claims)
    lost = [at for at, draft in enumerate(drafts) if not claims.is_own(at, draft.base)]
    qualified = _qualified(names, drafts, suffix, claims, lost)
    forms = []
    for at, draft in enumerate(drafts):
        full = names[at].name + suffix.get(at, "")
        own = [text for text, rank in draft.forms[1:] if claims.is_own(at, text)]
        if at in qualified:
            by_width = sorted([*own, *qualified[at]], key=text_width, reverse=True)
            candidates = [*([] if at in suffix else [full]), *by_width] or [full]
        else:
            candidates = [draft.base, *own]
            if names[at].count:
                candidates += claims.beginning(at, draft.base, end=names[at].count)
            elif not (names[at].is_fixed or names[at].is_person):
                candidates += claims.beginning(at, draft.base)
                candidates += claims.beginning(at, draft.narrowest)
        forms.append(NameForms(full, tuple(_narrower_and_narrower(candidates))))
    return tuple(forms)


def _drafts(names: Sequence[Named], language: str) -> list[_Draft]:
    by_parent: dict[int | None, list[int]] = {}
    for at, named in enumerate(names):
        by_parent.setdefault(named.parent, []).append(at)
    drafts = [_Draft(named.name, [_full(named)]) for named in names]
    for parent, children in by_parent.items():
        siblings = [at for at in children if not (names[at].is_fixed or names[at].is_person)]
        above = _names_of(names[parent], drafts[parent]) if parent is not None else ()
        kinds = [names[at].kind for at in siblings]
        bare = [without_acronym(names[at].name) for at in siblings]
        telling = without_shared_words([name for name, _ in bare], kinds, above)
        for at, (_, acronym), (base, shorter) in zip(siblings, bare, telling, strict=True):
            drafts[at] = _unit_draft(names[at], acronym, base, shorter, language)
    for at, named in enumerate(names):
        if named.is_fixed:
            drafts[at].forms += _with_count(named, language)
        elif named.is_person:
            drafts[at] = _person_draft(named)
    return drafts


def _with_count(named: Named, language: str) -> Iterator[tuple[str, _Rank]]:
    for given in (named.name, *named.shorter):
        name = given.removesuffix(named.count)
        for most in (None, *WORD_LENGTHS):
            yield abbreviated(name, language, most) + named.count, _Rank.SHORTENED


def _names_of(named: Named, draft: _Draft) -> Iterator[str]:
    """Yield what a name below may repeat."""
    name, acronym = without_acronym(named.name)
    yield from filter(None, (name, named.short_name, named.acronym, acronym, draft.base))


def _full(named: Named) -> tuple[str, _Rank]:
    return named.name, _Rank.FOCUS if named.parent is None else _Rank.FULL


def _unit_draft(named: Named, acronym: str, base: str, shorter: str, language: str) -> _Draft:
    base = named.short_name or base
    draft = _Draft(base, [_full(named)])
    draft.forms.append((base, _Rank.GIVEN if named.short_name else _Rank.TELLING))
    if named.acronym or acronym:
        draft.forms.append((named.acronym or acronym, _Rank.ACRONYM))
    elif not named.short_name:
        draft.forms.append((shorter, _Rank.TELLING))
    shortest = base if named.short_name else shorter
    # The shortened full name is of use if what tells it apart is that of another name, too.
    for text in dict.fromkeys((shortest, named.name)):
        for most in (None, *WORD_LENGTHS):
            draft.forms.append((abbreviated(text, language, most), _Rank.SHORTENED))
    return draft


def _person_draft(named: Named) -> _Draft:
    draft = _Draft(named.short_name or named.name, [_full(named)])
    draft.forms += [(named.short_name, _Rank.GIVEN)] * bool(named.short_name)
    draft.forms += [(text, _Rank.SHORTENED) for text in person_forms(named.name)]
    return draft


class _Claims:
    """Which name each form is left to: the one of the lowest rank, or none if there are two."""

    def __init__(self, drafts: Sequence[_Draft]) -> None:
        self._holders: dict[str, tuple[_Rank, set[int]]] = {}
        for at, draft in enumerate(drafts):
            for text, rank in draft.forms:
                self._claim(at, text, rank)
        self._sorted = sorted(
            {(_compared(text), at) for at, draft in enumerate(drafts) for text, _ in draft.forms}
        )

    def _claim(self, at: int, text: str, rank: _Rank) -> None:
        key = _compared(text)
        lowest, holders = self._holders.get(key, (rank, set()))
        if rank < lowest:
            self._holders[key] = (rank, {at})
        elif rank == lowest:
            self._holders[key] = (rank, holders | {at})

    def is_own(self, at: int, text: str) -> bool:
        """Return whether a form is left to a name alone."""
        return self._holders.get(_compared(text), (None, ()))[1] == {at}

    def is_single(self, text: str) -> bool:
        """Return whether a form is left to any one name."""
        return len(self._holders.get(_compared(text), (None, ()))[1]) == 1

    def is_free(self, text: str) -> bool:
        """Return whether a form is that of no name."""
        return _compared(text) not in self._holders

    def add(self, at: int, texts: Iterable[str]) -> list[str]:
        """Leave forms to a name, and return those that are free."""
        free = [text for text in texts if self.is_free(text)]
        for text in free:
            self._claim(at, text, _Rank.QUALIFIED)
        return free

    def beginning(self, at: int, text: str, end: str = "") -> list[str]:
        """Return the shortest legible beginning of a form with which no other name begins.

        The end of the form is kept.
        """
        for beginning in beginnings(text.removesuffix(end)):
            letters = beginning.removesuffix(".")
            if self._begins_alone(at, letters):
                return self.add(at, [letters + ELLIPSIS + end])
        return []

    def _begins_alone(self, at: int, beginning: str) -> bool:
        key = _compared(beginning)
        place = bisect_left(self._sorted, (key, -1))
        while place < len(self._sorted) and self._sorted[place][0].startswith(key):
            if self._sorted[place][1] != at:
                return False
            place += 1
        return True


def _compared(text: str) -> str:
    """Return a form as readers compare it with others."""
    return " ".join(text.casefold().split())


def _suffixes(names: Sequence[Named], drafts: Sequence[_Draft], claims: _Claims) -> dict[int, str]:
    """Return what is added to equal names: the nearest name above that differs, or a number."""
    equal = [at for at, named in enumerate(names) if not claims.is_own(at, named.name)]
    suffix: dict[int, str] = {}
    above = {at: names[at].parent for at in equal}
    while left := {at: up for at, up in above.items() if at not in suffix and up is not None}:
        ends = {at: _label_above(names, drafts, at, up) for at, up in left.items()}
        holders = Counter(_compared(names[at].name + end) for at, end in ends.items())
        for at, end in ends.items():
            text = names[at].name + end
            if end and holders[_compared(text)] == 1 and claims.add(at, [text]):
                suffix[at] = end
        above |= {at: names[up].parent for at, up in left.items()}
    number: dict[str, int] = {}
    for at in equal:
        if at in suffix:
            continue
        key = _compared(names[at].name)
        number[key] = number.get(key, 1 if claims.is_single(names[at].name) else 0) + 1
        while not claims.add(at, [f"{names[at].name}{NUMBER}{number[key]}"]):
            number[key] += 1
        suffix[at] = f"{NUMBER}{number[key]}"
    return suffix


def _label_above(names: Sequence[Named], drafts: Sequence[_Draft], at: int, above: int) -> str:
    """Return the label of a unit above in brackets; empty if it would only repeat the name."""
    own = {_compared(names[at].name), _compared(drafts[at].base)}
    labels = (drafts[above].base, names[above].name)
    return next((f" ({label})" for label in labels if _compared(label) not in own), "")


def _qualified(
    names: Sequence[Named],
    drafts: Sequence[_Draft],
    suffix: Mapping[int, str],
    claims: _Claims,
    units: Sequence[int],
) -> dict[int, list[str]]:
    """Return forms of units with what tells them apart added: their suffix, or else the parent."""
    texts: dict[int, list[str]] = {}
    for at in units:
        parent, draft = names[at].parent, drafts[at]
        ends = [suffix[at]] if at in suffix else []
        if parent is not None and not suffix.get(at, "").startswith(NUMBER):
            ends += [f" ({drafts[parent].base})", f" ({drafts[parent].narrowest})"]
        texts[at] = [text + end for end in ends for text in (draft.base, draft.narrowest)]
        if suffix.get(at, "").startswith(NUMBER):
            texts[at] += [
                f"{text}{ELLIPSIS}{suffix[at]}" for text in list(beginnings(draft.base))[:1]
            ]
    holders = Counter(key for each in texts.values() for key in set(map(_compared, each)))
    return {
        at: [names[at].name + suffix.get(at, "")] * (at in suffix)
        + claims.add(at, [text for text in each if holders[_compared(text)] == 1])
        for at, each in texts.items()
    }


def _narrower_and_narrower(texts: Iterable[str]) -> Iterator[str]:
    """Yield the first text, and each further one that is narrower than all before it."""
    first, *others = texts
    yield first
    width = text_width(first)
    for text in others:
        if len(text) <= MAX_LENGTH and text_width(text) <= NARROWER * width:
            yield text
            width = text_width(text)
