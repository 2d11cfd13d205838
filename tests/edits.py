"""Random registers, edited at random as reorganizations do, and what the edits were."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from components.importing.import_tables import import_tables
from components.model.changes import ChangeKind, Comparison, compare
from components.model.organization import Organization
from components.reading.tables import Tables

SUBJECTS = (
    *("Aviation", "Borders", "Bridges", "Budgets", "Canals", "Charities", "Climate", "Coasts"),
    *("Courts", "Culture", "Customs", "Dairies", "Defence", "Dredging", "Elections", "Energy"),
    *("Estates", "Exports", "Ferries", "Fisheries", "Floods", "Forests", "Harbours", "Health"),
    *("Heritage", "Housing", "Insurance", "Labour", "Land", "Libraries", "Lighthouses", "Mapping"),
    *("Mining", "Museums", "Nutrition", "Parks", "Patents", "Pensions", "Planning", "Postage"),
    *("Prisons", "Railways", "Rescue", "Research", "Rivers", "Roads", "Schools", "Shipping"),
    *("Sports", "Statistics", "Tariffs", "Taxes", "Telecoms", "Tourism", "Training", "Transit"),
    *("Universities", "Veterans", "Visas", "Waste", "Water", "Weather", "Wildlife", "Youth"),
)
KINDS = ("Department", "Agency", "Office", "Council", "Service", "Board")
COMMON = ("Finance", "Human Resources", "Legal Affairs", "Communications", "Procurement")
"""Names of units that many departments have."""
SHARE_OF_COMMON = 0.2
SHARE_OF_NEW_NAMES = 0.2
"""Share of the renamed units whose new name has nothing of the old one."""
ATTEMPTS = 20
HEADS = ("Ada", "Bo", "Cy", "Dee", "Eva", "Flo", "Gus", "Hal"), ("Marsh", "Lind", "Roe", "Quist")


@dataclass(frozen=True, slots=True)
class Record:
    """A unit of a register."""

    name: str
    kind: str
    head: str
    parent: str
    """The key of its parent; empty for the top."""


@dataclass
class Register:
    """A register, and what has been done to it; units keep their keys, whatever is edited."""

    records: dict[str, Record]
    dice: random.Random
    edits: dict[ChangeKind, set[str]] = field(default_factory=lambda: defaultdict(set))
    """The keys of the edited units; of splits and mergers, those of the old units."""
    touched: set[str] = field(default_factory=set)
    """Units of which a second edit could hide the first one."""

    def __post_init__(self) -> None:
        self._initial = [*self.records]

    def edit(self, share: float) -> Register:
        """Return a copy in which a share of the units has been edited, in all ways."""
        copy = Register(dict(self.records), self.dice)
        edits: Sequence[Callable[[], None]] = (
            *(copy.rename, copy.rename, copy.move, copy.add, copy.drop),
            *(copy.split, copy.merge, copy.change_kind, copy.change_head),
        )
        for _ in range(max(1, round(share * len(self.records)))):
            self.dice.choice(edits)()
        return copy

    def _pick(self, keys: Sequence[str] | None = None) -> str:
        """Return a unit that has not been edited; empty if there is none, or none is found soon."""
        keys = self._initial if keys is None else keys
        for _ in range(min(len(keys), ATTEMPTS)):
            key = self.dice.choice(keys)
            if key in self.records and self.records[key].parent and key not in self.touched:
                self.touched.add(key)
                return key
        return ""

    def _any(self) -> str:
        """Return any unit that has been there from the beginning."""
        key = self.dice.choice(self._initial)
        return key if key in self.records else self._any()

    def rename(self) -> None:
        """Give a unit another name, mostly a similar one."""
        if key := self._pick():
            name = self.records[key].name
            if self.dice.random() >= SHARE_OF_NEW_NAMES:
                name = f"{name} and {self.dice.choice(SUBJECTS)}"
            else:
                name = random_name(self.dice)
            self._change(key, name=name)
            self.edits[ChangeKind.RENAMED].add(key)

    def move(self) -> None:
        """Put a unit with all below it elsewhere."""
        if key := self._pick():
            target = self._any()
            if target not in self.below(key) and target != self.records[key].parent:
                self._change(key, parent=target)
                self.edits[ChangeKind.MOVED].add(key)

    def add(self) -> None:
        """Add a unit below another one."""
        key = f"a{len(self.records)}-{self.dice.randrange(10**6)}"
        self.records[key] = random_record(self.dice, self._any())
        self.touched.add(key)
        self.edits[ChangeKind.NEW].add(key)

    def drop(self) -> None:
        """Take a unit away that has none below it."""
        if (key := self._pick()) and not self._parts()[key]:
            del self.records[key]
            self.edits[ChangeKind.GONE].add(key)

    def split(self) -> None:
        """Replace a unit by two, which share its parts."""
        parts = self._parts()
        if key := self._pick([key for key, below in parts.items() if len(below) > 3]):
            record = self.records.pop(key)
            for number, share in enumerate((parts[key][::2], parts[key][1::2])):
                heir = f"{key}-{number}"
                self.records[heir] = random_record(self.dice, record.parent)
                self.touched.add(heir)
                for part in share:
                    self._change(part, parent=heir)
            self.edits[ChangeKind.SPLIT].add(key)

    def merge(self) -> None:
        """Replace two units below the same one by a single one, which has their parts."""
        parts = self._parts()
        first = self._pick([key for key, below in parts.items() if len(below) > 1])
        if not first:
            return
        siblings = [key for key in parts[self.records[first].parent] if len(parts[key]) > 1]
        second = self._pick([key for key in siblings if key != first])
        if second:
            heir = f"{first}+{second}"
            self.records[heir] = random_record(self.dice, self.records[first].parent)
            self.touched.add(heir)
            for key in (first, second):
                del self.records[key]
                for part in parts[key]:
                    self._change(part, parent=heir)
                self.edits[ChangeKind.MERGED].add(key)

    def change_kind(self) -> None:
        """Make a unit one of another type."""
        if key := self._pick():
            others = [kind for kind in KINDS if kind != self.records[key].kind]
            self._change(key, kind=self.dice.choice(others))
            self.edits[ChangeKind.TYPE].add(key)

    def change_head(self) -> None:
        """Give a unit another head."""
        if key := self._pick():
            self._change(key, head=f"{self.records[key].head} Jr.")
            self.edits[ChangeKind.HEAD].add(key)

    def _change(self, key: str, **values: str) -> None:
        if key in self.records:
            self.records[key] = replace(self.records[key], **values)

    def below(self, key: str) -> set[str]:
        """Return the keys of a unit and of all below it."""
        parts, found, waiting = self._parts(), {key}, [key]
        while waiting:
            new = parts[waiting.pop()]
            found.update(new)
            waiting += new
        return found

    def _parts(self) -> Mapping[str, list[str]]:
        parts: dict[str, list[str]] = defaultdict(list)
        for key, record in self.records.items():
            parts[record.parent].append(key)
        return parts

    def table(self, *, has_ids: bool) -> pd.DataFrame:
        """Return the register as a table in random order.

        Without ids that stay the same, units are numbered in the order of the records.
        """
        keys = self.dice.sample([*self.records], len(self.records))
        ids = {key: key if has_ids else str(number) for number, key in enumerate(keys, start=1)}
        rows = [
            (ids[key], record.name, record.kind, record.head, ids.get(record.parent, ""))
            for key, record in ((key, self.records[key]) for key in keys)
        ]
        header = pd.Index(["id", "name", "type", "head", "parent_id"])
        self.keys = keys
        return pd.DataFrame(rows, columns=header, index=range(2, len(rows) + 2), dtype="str")

    def organization(self, *, has_ids: bool) -> tuple[Organization, list[str]]:
        """Return the register as an organization, and the key of each of its units."""
        organization = import_tables(
            Tables("register", {"units": self.table(has_ids=has_ids)}, {})
        ).organization
        ids = organization.units["id"]
        keys = [*ids] if has_ids else [self.keys[int(unit_id) - 1] for unit_id in ids]
        return organization, keys


def random_register(seed: int, count: int) -> Register:
    """Return a random tree of units, of which some share the names of others."""
    dice = random.Random(seed)  # noqa: S311  # nothing here is secret
    records: dict[str, Record] = {}
    for number in range(count):
        parent = f"k{int(number * dice.random() ** 1.5)}" if number else ""
        records[f"k{number}"] = random_record(dice, parent)
    return Register(records, dice)


def random_record(dice: random.Random, parent: str) -> Record:
    """Return a unit with a random name, type and head."""
    head = " ".join(map(dice.choice, HEADS))
    return Record(random_name(dice), dice.choice(KINDS), f"{head} {dice.randrange(1000)}", parent)


def random_name(dice: random.Random) -> str:
    """Return a name that mostly no other unit has."""
    if dice.random() < SHARE_OF_COMMON:
        return dice.choice(COMMON)
    subjects = dice.sample(SUBJECTS, 3)
    return f"{dice.choice(KINDS)} for {subjects[0]}, {subjects[1]} and {subjects[2]}"


SAME = "same unit"


@dataclass
class Findings:
    """How many edits of a kind were made, how many were reported, and how many of these rightly."""

    done: int = 0
    reported: int = 0
    right: int = 0

    @property
    def precision(self) -> float:
        """The share of what is reported that was done."""
        return self.right / max(1, self.reported)

    @property
    def recall(self) -> float:
        """The share of what was done that is reported."""
        return self.right / max(1, self.done)


def findings(units: int, runs: int, share: float, *, has_ids: bool) -> dict[str, Findings]:
    """Return what is found of random edits, by kind of change; and of units that are the same."""
    found: dict[str, Findings] = defaultdict(Findings)
    for seed in range(runs):
        register = random_register(seed, units)
        edited = register.edit(share)
        before, old_keys = register.organization(has_ids=has_ids)
        after, new_keys = edited.organization(has_ids=has_ids)
        reported = reported_keys(compare(before, after), old_keys, new_keys)
        for kind, done in {SAME: {*old_keys} & {*new_keys}, **edited.edits}.items():
            found[kind].done += len(done)
            found[kind].reported += len(reported[kind])
            found[kind].right += (Counter(done) & Counter(reported[kind])).total()
    return found


def reported_keys(
    comparison: Comparison, old_keys: Sequence[str], new_keys: Sequence[str]
) -> Mapping[str, list[str]]:
    """Return the keys of the units that are reported as the same, and for each kind of change.

    The key of two units that are not the same is empty.
    """
    keys: dict[str, list[str]] = defaultdict(list)
    for before, after in zip(*comparison.matching.pairs, strict=True):
        is_right = old_keys[before] == new_keys[after]
        keys[SAME].append(old_keys[before] if is_right else "")
    for change in comparison.changes:
        of_units = old_keys if change.before else new_keys
        keys[change.kind] += (of_units[unit] for unit in change.before or change.after)
    return keys
