"""Objects as files, in pickles that contain data only.

A pickle may name any function, which is called when it is read. Here only classes of data, and what
makes arrays and days, may be named.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from dataclasses import is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any

OURS = (
    "components.importing.",
    "components.model.",
    "components.problems",
    "components.reading.tables",
)
"""The modules of the classes of data, or how their names begin."""
OTHERS = {
    ("datetime", "date"),
    ("numpy", "dtype"),
    ("numpy", "ndarray"),
    ("numpy._core.multiarray", "_reconstruct"),
    ("numpy._core.numeric", "_frombuffer"),
}
"""Module and name of what pickles of days and arrays call."""


class _DataUnpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in OTHERS:
            return super().find_class(module, name)
        if module.startswith(OURS):
            found = super().find_class(module, name)
            if isinstance(found, type) and (is_dataclass(found) or issubclass(found, Enum)):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no class of data")


def write_parts(path: Path, parts: Iterable[object]) -> None:
    """Write objects one after the other; what they share is written once.

    No other thread runs while one of them is written or read, so large ones should be divided.
    """
    with path.open("wb") as file:
        pickler = pickle.Pickler(file, protocol=5)
        for part in parts:
            pickler.dump(part)


def read_parts(path: Path) -> Iterator[Any]:
    """Yield the objects in a file.

    Raises:
        pickle.UnpicklingError: it has something else than data, or is damaged; many other errors
            may tell of damage, too.
    """
    with path.open("rb") as file:
        unpickler = _DataUnpickler(file)
        while file.peek(1):
            yield unpickler.load()
