"""What the angles and the colours of the diagrams show: a measure, a branch, a category."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from components.diagrams.style import BAR_LENGTH, CLASS_COLOURS, SEQUENTIAL, Theme
from components.model.branches import SMALL
from components.model.classes import Classes
from components.model.index import OrganizationIndex
from components.model.measures import Measure
from components.model.scope import Scope
from components.view_state import ViewState
from components.words import Words
from components.words.measures import class_text, measure_name, numbers_are


@dataclass(frozen=True)
class Encoding:
    """What the angles and the colours of a diagram show."""

    size: Measure | None = None
    """The chosen measure; None for lowest-level units."""
    classes: Classes | None = None
    """The classes that have a colour each; None for branches."""

    def angle(self, scope: Scope) -> Measure | None:
        """Return the measure that the angles of a scope show; None for lowest-level units.

        A measure that does not add up, has negative numbers, or is zero below the focus shows
        nothing as an angle.
        """
        if self.size is None or not self.size.can_be_angle:
            return None
        return self.size if self.size.total[scope.members].sum() > 0 else None

    def fill(self, unit: int, theme: Theme) -> str | None:
        """Return the colour of the class of a unit; None for the colour of its branch."""
        if self.classes is None:
            return None
        name = class_name(self.classes, int(self.classes.number_of[unit]))
        return CLASS_COLOURS[name][theme]


BY_BRANCH = Encoding()


def encoding_of(state: ViewState, index: OrganizationIndex) -> Encoding:
    """Return what the diagrams of a view show."""
    size = index.measures[state.size] if state.size else None
    return Encoding(size, index.classes(state.colour) if state.colour else None)


def class_name(classes: Classes, number: int) -> str:
    """Return the name of the colour of a class in ``CLASS_COLOURS``; -1 is no class."""
    if number < 0:
        return "no-value"
    if not isinstance(classes.by, Measure):
        return f"category-{number if classes.members[number].value else 'other'}"
    if classes.is_diverging:
        return f"diverging-{number}"
    step = (len(SEQUENTIAL) - 1) / max(1, len(classes.members) - 1)
    return f"sequential-{round(number * step)}"


def bar_lengths(units: Sequence[int], measure: Measure | None) -> dict[int, float]:
    """Return the length of the bar of each unit in pixels; units without a number have none.

    The first unit is the focus, which is larger than all others if the measure adds up. So the
    scale is that of the others, and the bar of the focus is cut there.
    """
    if measure is None:
        return {}
    amounts = measure.total if measure.is_additive else measure.amounts
    known = [unit for unit in units if measure.is_additive or measure.known[unit]]
    longest = max((int(amounts[unit]) for unit in known[1:]), default=0)
    if longest <= 0:
        return {}
    return {
        unit: round(BAR_LENGTH * min(1.0, max(0.0, int(amounts[unit]) / longest)), 1)
        for unit in known
    }


def width_text(scope: Scope, encoding: Encoding, words: Words) -> str:
    """Return what the widths of a sunburst show, and its lightness if it shows levels."""
    is_sunburst_of_levels = encoding.classes is None and shows_levels(scope)
    default = words("legend-sunburst" if is_sunburst_of_levels else "legend-angle")
    return angle_text(scope, encoding, words) or default


def shows_levels(scope: Scope) -> bool:
    """Return whether units of several levels of branches are drawn, whose lightness differs."""
    levels = {scope.organization.branch_level(unit) for unit in scope.units}
    return len(levels - {0}) > 1


def shows_small_branches(scope: Scope, encoding: Encoding) -> bool:
    """Return whether units are grey for the size of their branch."""
    branch = scope.organization.branch
    return encoding.classes is None and any(branch[unit] == SMALL for unit in scope.units)


def angle_text(scope: Scope, encoding: Encoding, words: Words) -> str:
    """Return what the angles of a scope show, if a measure was chosen; else empty text."""
    angle, size = encoding.angle(scope), encoding.size
    if size is None:
        return ""
    name = measure_name(size, words)
    if angle is None:
        return words(f"no-angle-{_reason(size)}", name=name)
    sizes = scope.organization.size
    missing = sum(angle.missing_in(root, root + int(sizes[root])) for root in scope.roots.tolist())
    parts = [
        words("legend-size", name=name, how=words(numbers_are(angle))),
        words("legend-own") if angle.fact else "",
        words("without-number", count=missing) if missing else "",
    ]
    return " · ".join(filter(None, parts))


def _reason(measure: Measure) -> str:
    """Return why angles do not show a measure, as the end of the key of a text."""
    if not measure.is_additive:
        return "sum"
    return "negative" if measure.has_negative else "zero"


def class_texts(classes: Classes, words: Words) -> Iterator[tuple[str, str]]:
    """Yield the name of the colour and the text of each class that has units."""
    for number, members in enumerate(classes.members):
        if members.units:
            yield class_name(classes, number), class_text(classes, number, words)
    if classes.without:
        yield class_name(classes, -1), words("legend-no-value")
