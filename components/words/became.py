"""What has become of a unit between two states, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from components.model.changes import SUCCESSIONS, Change, ChangeKind
from components.model.history import History
from components.model.organization import Organization
from components.words import Words
from components.words.changes import LIST, NAMED, kind_name, size_note

TOLD_BY_PLACE = {ChangeKind.NEW, ChangeKind.GONE, ChangeKind.MOVED}


def became_note(organization: Organization, unit: int, words: Words) -> str:
    """Return what has become of a unit: "Moved from Ships Department, was called Quay Office".

    It is empty for a unit that is as before, and for one of an organization of one state.
    """
    history = organization.history
    if history is None:
        return ""
    return words.capitalized(", ".join(_parts(organization, history, unit, words)))


def changes_below_note(changes: Mapping[ChangeKind, int], words: Words) -> str:
    """Return what has become of units that are not drawn: "Below: 3 new, 1 gone"; or nothing."""
    counts = ", ".join(words(f"changed-{kind}", count=count) for kind, count in changes.items())
    return words("changes-below", changes=counts) if counts else ""


def moved_note(organization: Organization, units: Sequence[int], words: Words) -> str:
    """Return which units have moved: "12 moved: Audit; Legal Affairs; + 10 more"."""
    names = [organization.units["name"][unit] for unit in units[:NAMED]]
    if len(units) > NAMED:
        names.append(words("folded", count=len(units) - NAMED))
    count = words("changed-moved", count=len(units))
    return words("heading-of", heading=count, name=LIST.join(names))


def states_note(organization: Organization, words: Words) -> str:
    """Return which two states are compared: "Jan 1, 2025 → Jan 1, 2026"; empty for one state.

    They are called by their dates, or else by the names of their datasets. If these are the same,
    the text says how large they are.
    """
    if organization.history is None:
        return ""
    comparison = organization.history.comparison
    states = comparison.before, comparison.after
    names = [state.as_of for state in states]
    if not all(names) or names[0] == names[1]:
        names = [state.about.name for state in states]
    if names[0] == names[1]:
        return size_note(comparison, words)
    before, after = map(words.date, names)
    return words("compared-states", before=before, after=after)


def _parts(organization: Organization, history: History, unit: int, words: Words) -> Iterator[str]:
    names, changes = organization.units["name"], history.changes.get(unit, ())
    if unit in history.gone:
        yield words("is-gone")
    elif unit in history.new:
        yield words("is-new")
    elif unit in history.moved:
        yield words("moved-from", unit=names[history.moved[unit]])
    elif any(change.kind is ChangeKind.MOVED for change in changes):
        yield words("moved-from", unit=words("at-the-top"))
    if unit in history.renamed:
        yield words("was-called", name=history.renamed[unit])
    for change in changes:
        if change.kind in SUCCESSIONS:
            yield from _successions(organization, history, change, unit, words)
    kinds = dict.fromkeys(
        change.kind
        for change in changes
        if change.kind not in TOLD_BY_PLACE | SUCCESSIONS
        and not (change.kind is ChangeKind.RENAMED and unit in history.renamed)
    )
    if kinds:
        yield words(
            "has-changed", kinds=", ".join(kind_name(kind, organization, words) for kind in kinds)
        )


def _successions(
    organization: Organization, history: History, change: Change, unit: int, words: Words
) -> Iterator[str]:
    """Yield what a unit was split into or merged from, or what it was before."""
    names = organization.units["name"]
    before, after = history.ends_of(change)
    for key, own, others in (("became", before, after), ("came-from", after, before)):
        if unit in own and {*others} != {unit}:
            yield words(key, units=LIST.join(names[other] for other in others))
