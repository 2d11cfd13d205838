from __future__ import annotations

import math

import pytest

from tests.diagrams.shapes import Disc, Rectangle, Shape, overlap, overlaps

WIDE = Rectangle("wide", 0, 0, 10, 2)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (Rectangle("inside", 1, 0, 2, 1), True),
        (Rectangle("across", 0, 0, 10, 2, math.pi / 2), True),
        (Rectangle("a corner in it", 6, 2, 4, 4), True),
        (Rectangle("a corner in it, unless turned", 7, 3, 4, 4, math.pi / 4), False),
        (Rectangle("side by side", 10, 0, 10, 2), False),
        (Rectangle("side by side, a little nearer", 9.99, 0, 10, 2), True),
        (Rectangle("above", 0, -2.5, 10, 2), False),
        (Rectangle("turned, between its bounding boxes", 5, 3.5, 6, 1, math.pi / 4), False),
        (Rectangle("turned into it", 5, 2.2, 6, 1, math.pi / 4), True),
        (Disc("a disc in it", 4, 0, 0.5), True),
        (Disc("a disc above", 0, 4, 2.9), False),
        (Disc("a disc that dips in", 0, 4, 3.1), True),
        (Disc("a disc that comes round the corner", 6, 2, 1.5), True),
        (Disc("a disc off the corner", 6, 2, 1.4), False),
    ],
    ids=lambda value: "" if isinstance(value, bool) else value.name,
)
def test_shapes_overlap_unless_something_separates_them(
    other: Shape,
    expected: bool,  # noqa: FBT001
) -> None:
    assert overlap(WIDE, other) is expected
    assert overlap(other, WIDE) is expected
    assert overlaps([WIDE, other]) == [("wide", other.name)] * expected


@pytest.mark.parametrize(("distance", "expected"), [(2.9, True), (3.0, False), (3.1, False)])
def test_discs_overlap_when_they_are_nearer_than_their_radii(
    distance: float,
    expected: bool,  # noqa: FBT001
) -> None:
    assert overlap(Disc("one", 0, 0, 1), Disc("other", 0, -distance, 2)) is expected
