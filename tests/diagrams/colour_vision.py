"""Simulates colour vision deficiency, and measures the difference of two colours."""

from __future__ import annotations

import math

from components.diagrams.style import SRGB_LINEAR_LIMIT

Colour = tuple[float, float, float]
"""Red, green and blue in linear light, 0 to 1."""
Matrix = tuple[Colour, Colour, Colour]

SIGHTS: dict[str, Matrix] = {
    "all colours": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""G. M. Machado, M. M. Oliveira, L. A. F. Fernandes: A Physiologically-based Model for Simulation
of Color Vision Deficiency, IEEE TVCG 15 (6), 2009; severity 1.0, on linear light."""

JUST_NOTICEABLE = 0.02
"""In units of ``distance`` (CSS Color Module Level 4, section 12)."""

TO_CONES: Matrix = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
TO_OKLAB: Matrix = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)
"""B. Ottosson: A perceptual color space for image processing, 2020."""


def seen(colour: str, sight: str) -> Colour:
    """Return a colour (``#rrggbb``) as seen with a kind of colour vision."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        channel / 12.92 if channel <= SRGB_LINEAR_LIMIT else ((channel + 0.055) / 1.055) ** 2.4
        for channel in channels
    )
    red, green, blue = _times(SIGHTS[sight], (red, green, blue))
    return min(1.0, max(0.0, red)), min(1.0, max(0.0, green)), min(1.0, max(0.0, blue))


def distance(one: Colour, other: Colour) -> float:
    """Return the difference of two colours (ΔEOK: the Euclidean distance in Oklab)."""
    return math.dist(_oklab(one), _oklab(other))


def _oklab(colour: Colour) -> Colour:
    long, medium, short = (math.cbrt(cone) for cone in _times(TO_CONES, colour))
    return _times(TO_OKLAB, (long, medium, short))


def _times(matrix: Matrix, vector: Colour) -> Colour:
    x, y, z = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return x, y, z
