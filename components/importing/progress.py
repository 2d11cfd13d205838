"""How far the import of a dataset is."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

OnProgress = Callable[[str, float], None]
"""Is told the step that is under way, and the share of all work that is done, from 0 to 1."""


class Step(Enum):
    """The steps of an import: what each does, and the share of the work that is done before it.

    The shares are rounded from those of 100,000 to a million units and members of staff.
    """

    READ = ("reading", 0.0)
    RECOGNIZE = ("recognizing columns", 0.15)
    LIST = ("listing units", 0.5)
    RESOLVE = ("finding parents", 0.55)
    ORDER = ("ordering units", 0.8)
    ADD = ("reading further tables", 0.9)

    def report(self, on_progress: OnProgress, share: float = 0.0) -> None:
        """Report that this step is under way, and which share of it is done."""
        description, begin = self.value
        steps = [*Step]
        later = steps[steps.index(self) + 1 :]
        end = later[0].value[1] if later else 1.0
        on_progress(description, begin + share * (end - begin))


def unobserved(_step: str, _share: float) -> None:
    """Report to nobody."""
