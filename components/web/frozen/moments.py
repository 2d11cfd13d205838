"""The moments of a frozen page: two states as one and each of them alone, or dated states."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

from components.model.both_states import earlier_state
from components.model.moment import NOW, Moment, Shown
from components.model.organization import Organization
from components.settings import Settings
from components.view_state import moment_parameters
from components.web.editions import Edition, Editions
from components.web.fragments import to_json
from components.web.frozen.extent import SMALL, FrozenIndex, Most, extent_of

Frozen = Organization | Mapping[date, Organization]
"""What is frozen: an organization, or the dated states of one, the oldest first."""
BEGIN = datetime.fromtimestamp(0, UTC)
"""When the data was first seen, as pages say it. Frozen ones switch to no later edition, and the
same organization has the same files whenever it is frozen."""


def frozen_moments(shown: Frozen, most: Most) -> Mapping[Moment, Organization]:
    """Return what a frozen page shows at each moment, the default first.

    An organization that stands for two states is also each of them; of dated states, the last one
    is the default. If all have too many units together, there is the default only.
    """
    if isinstance(shown, Organization):
        organization, others = shown, dict[Moment, Organization]()
        if history := organization.history:
            others[Moment(shown=Shown.BEFORE)] = earlier_state(organization)
            others[Moment(shown=Shown.AFTER)] = history.comparison.after
    else:
        *earlier, organization = shown.values()
        others = {Moment(at=day): state for day, state in zip(shown, earlier, strict=False)}
    most_units = most.of_small_states if len(organization) <= SMALL else most.of_states
    units = len(organization) + sum(map(len, others.values()))
    return {NOW: organization, **(others if units <= most_units else {})}


class FrozenEditions(Editions):
    """The editions of the moments that are frozen; of all as much as of the default."""

    def __init__(self, shown: Frozen, settings: Settings, most: Most) -> None:
        organizations = frozen_moments(shown, most)
        self.extent = extent_of([*organizations.values()], most)
        self.indexes = [FrozenIndex(each, self.extent) for each in organizations.values()]
        """Of each moment, the default first."""
        self._by_moment = dict[Moment, Edition]()
        for moment, index in zip(organizations, self.indexes, strict=True):
            edition = Edition(index.organization, settings, BEGIN, index=index)
            edition.moment = moment
            if edition.name in self.versions:  # dated states may be the same
                edition.name += f"-{moment.at}"
            self._by_moment[moment] = edition
        super().__init__(self._by_moment[NOW])
        self.is_compared = any(moment.shown for moment in organizations)
        if any(moment.at for moment in organizations) and not isinstance(shown, Organization):
            self.days = [*shown]

    @property
    def moments(self) -> Iterable[Moment]:
        """All moments, the default first."""
        return self._by_moment.keys()

    @property
    def versions(self) -> list[str]:
        """The name of the edition of each moment."""
        return [edition.name for edition in self._by_moment.values()]

    def _of_other_moment(self, moment: Moment) -> Edition:
        return self._by_moment.get(moment, self.current)

    def attribute(self) -> str:
        """Return as JSON the moments, their editions and, of dated states, their days."""
        newest = self.days[-1] if self.days else ""
        return to_json(
            [
                {
                    "moment": moment_parameters(moment),
                    "edition": edition.as_dict(),
                    "day": str(moment.at or newest),
                }
                for moment, edition in self._by_moment.items()
            ]
        )
