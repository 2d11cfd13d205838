"""Random organizations of any size, the same ones in each run."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

SUBJECTS = (
    "Harbour",
    "Water",
    "Energy",
    "Transport",
    "Health",
    "Museum",
    "Forest",
    "Tax",
    "Port",
    "Rail",
    "School",
)
KINDS = ("Department", "Agency", "Office", "Council")


@dataclass(frozen=True, slots=True)
class RandomUnit:
    """A unit of a random tree."""

    number: int
    name: str
    kind: str
    parent: int | None
    """The number of its parent; none for the root."""


def random_units(dice: random.Random, count: int, spread: int = 1) -> Iterator[RandomUnit]:
    """Yield the units of a random tree, each one after its parent.

    Args:
        dice: the generator of random numbers.
        count: the number of units.
        spread: the greater, the flatter is the tree and the more children have the first units.
    """
    for number in range(count):
        parent = int(number * dice.random() ** spread) if number else None
        kind = dice.choice(KINDS)
        name = f"{kind} for {dice.choice(SUBJECTS)} and {dice.choice(SUBJECTS)} {number}"
        yield RandomUnit(number, name, kind, parent)
