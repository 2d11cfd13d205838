"""The moments of a frozen page: both states of an organization as one, and each of them alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from components.model.both_states import earlier_state
from components.model.moment import NOW, Moment, Shown
from components.model.organization import Organization
from components.settings import Settings
from components.view_state import moment_parameters
from components.web.editions import Edition, Editions
from components.web.fragments import to_json
from components.web.frozen.extent import FrozenIndex, extent_of


def frozen_moments(organization: Organization, most_units: int) -> Mapping[Moment, Organization]:
    """Return what a frozen page shows at each moment, the default first.

    If the organization stands for two states, it is also each of them, unless it has more than
    ``most_units``.
    """
    history = organization.history
    if history is None or len(organization) > most_units:
        return {NOW: organization}
    return {
        NOW: organization,
        Moment(shown=Shown.BEFORE): earlier_state(organization),
        Moment(shown=Shown.AFTER): history.comparison.after,
    }


class FrozenEditions(Editions):
    """The editions of the moments that are frozen; of all as much as of the first."""

    def __init__(self, organizations: Mapping[Moment, Organization], settings: Settings) -> None:
        first, *_ = organizations.values()
        self.extent = extent_of(first)
        self.indexes = [FrozenIndex(each, self.extent) for each in organizations.values()]
        """Of each moment, the default first."""
        self._by_moment = dict[Moment, Edition]()
        for moment, index in zip(organizations, self.indexes, strict=True):
            edition = Edition(index.organization, settings, index=index)
            edition.moment = moment
            self._by_moment[moment] = edition
        super().__init__(self._by_moment[NOW])
        self.is_compared = any(moment.shown for moment in organizations)

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
        """Return as JSON the moments and their editions, for the page's scripts."""
        return to_json(
            [
                {"moment": moment_parameters(moment), "edition": edition.as_dict()}
                for moment, edition in self._by_moment.items()
            ]
        )
