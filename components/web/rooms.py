"""The rooms that a page can ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from components.diagrams.rooms import (
    DEFAULT_ROOM,
    NETWORK_HEIGHTS,
    NETWORK_WIDTHS,
    RADIAL_SIDES,
    REFERENCES,
    SUNBURST_RADII,
    network_room_name,
    radial_room_name,
    sunburst_room_name,
)


@dataclass(frozen=True, slots=True)
class Rooms:
    """The sizes of rooms, each list ascending; ``assets/js/page/room.js`` chooses among them."""

    radii: Sequence[int]
    """Of the sunburst."""
    widths: Sequence[int]
    """Of a tree alone: each width with each height is a room."""
    heights: Sequence[int]
    sides: Sequence[int]
    """Of a radial network alone."""

    def names(self, *, has_references: bool) -> Iterator[str]:
        """Yield the names of all rooms, the default first; with references or without any."""
        for end in ("", REFERENCES) if has_references else ("",):
            radii = (sunburst_room_name(radius, end) for radius in self.radii)
            yield from sorted(radii, key=lambda name: name != f"{DEFAULT_ROOM}{end}")
            for width, height in product(self.widths, self.heights):
                yield network_room_name(width, height, end)
            yield from (radial_room_name(side, end) for side in self.sides)

    def attributes(self) -> Mapping[str, str]:
        """Return data attributes of the root element."""
        sizes = {
            "sunburst-radii": self.radii,
            "network-widths": self.widths,
            "network-heights": self.heights,
            "radial-sides": self.sides,
        }
        return {name: " ".join(map(str, each)) for name, each in sizes.items()}


ALL_ROOMS = Rooms(SUNBURST_RADII, NETWORK_WIDTHS, NETWORK_HEIGHTS, RADIAL_SIDES)
