"""How much of an organization is frozen: which rooms, sizes, colours and openings.

A page can ask for more answers than can be written beforehand: each unit, in each room, with each
size and each colour, with anything opened. The larger the organization, the fewer of these are
frozen; the page offers only what is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from components.diagrams.style import Theme
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.web.rooms import Rooms

SMALL = 300
"""Units of a small organization, at most."""
MOST_REMEMBERED = 4_000
"""Scopes that are kept: the units in all groups of a large unit ask for those of these groups."""


@dataclass(frozen=True, slots=True)
class Most:
    """How much is frozen at most. Larger files would be slow to mail, larger folders to write."""

    opened: int
    """Units of organizations that are not small, at all moments, whose boxes are opened in
    place."""
    pictured: int
    """The same of which pictures can be downloaded."""
    listed: int
    """The same that are sorted by size, and that are listed for the cells of the matrix."""
    encoded: int
    """The same, counted once, and again for each size and colour: with more, none can be chosen."""
    of_small_states: int
    """Units of all states together; with more, only what is shown by default is frozen."""
    of_states: int
    """The same of organizations that are not small."""


IN_FILE = Most(
    opened=500,
    pictured=1_000,
    listed=2_000,
    encoded=4_000,
    of_small_states=400,
    of_states=1_800,
)
IN_FOLDER = Most(
    opened=2_000,
    pictured=5_000,
    listed=5_000,
    encoded=20_000,
    of_small_states=600,
    of_states=15_000,
)


@dataclass(frozen=True, slots=True)
class Extent:
    """What is frozen of all that a page can ask for."""

    rooms: Rooms
    encodes: bool
    """Whether a size or a colour can be chosen; choosing one resets the other."""
    opens: bool
    """Whether boxes are opened and closed in place, one chain at a time, unless a size or a colour
    is chosen; otherwise a box that is opened becomes the focus."""
    lists: bool
    """Whether siblings are sorted by size, and the matrix lists the units of a cell."""
    pictures: Sequence[Theme]
    """The themes of the pictures that can be downloaded."""

    @property
    def sorts(self) -> Sequence[str]:
        """Return the orders of siblings."""
        return ("table", "size") if self.lists else ("table",)

    def attributes(self) -> Mapping[str, str]:
        """Return data attributes of the root element, which styles and scripts read."""
        frozen = {
            "encodes": self.encodes,
            "opens": self.opens,
            "lists": self.lists,
            "pictures": bool(self.pictures),
        }
        return {
            **self.rooms.attributes(),
            "frozen": " ".join(name for name, is_frozen in frozen.items() if is_frozen),
        }


MANY_ROOMS = Rooms((100, 235), (280, 640), (470,), (450,))
FEW_ROOMS = Rooms((100, 235), (), (), ())
"""A network alone draws then what it draws beside a sunburst."""


def extent_of(organizations: Sequence[Organization], most: Most = IN_FOLDER) -> Extent:
    """Return what is frozen of an organization at each moment, of which the default is the first.

    That depends on the number of its units, and on how many sizes and colours it has.
    """
    if len(organizations[0]) <= SMALL:
        return Extent(MANY_ROOMS, encodes=True, opens=True, lists=True, pictures=tuple(Theme))
    units, index = sum(map(len, organizations)), OrganizationIndex(organizations[0])
    encodings = 1 + len(index.sizes) + len(index.colours)
    return Extent(
        FEW_ROOMS,
        encodes=units * encodings <= most.encoded,
        opens=units <= most.opened,
        lists=units <= most.listed,
        pictures=tuple(Theme) if units <= most.pictured else (),
    )


class FrozenIndex(OrganizationIndex):
    """The index of an organization that offers only the sizes and colours that are frozen."""

    has_other_days = False

    def __init__(self, organization: Organization, extent: Extent | None = None) -> None:
        """``extent`` is by default that of the organization in a folder."""
        super().__init__(organization, MOST_REMEMBERED)
        self.extent = extent = extent_of([organization]) if extent is None else extent
        self.rooms = tuple(extent.rooms.names(has_references=bool(organization.references)))
        """The names of the rooms that are frozen, the default first."""

    @property
    def sizes(self) -> Sequence[str]:
        """What sectors and bars can show."""
        return super().sizes if self.extent.encodes else ()

    @property
    def colours(self) -> Sequence[str]:
        """What colours can show."""
        return super().colours if self.extent.encodes else ()
