"""Labels beside their points without lying on one another."""

from __future__ import annotations

from collections.abc import Sequence


def spread(wanted: Sequence[float], step: float, top: float, bottom: float) -> list[float]:
    """Places as near to ``wanted`` as can be, ``step`` apart, between ``top`` and ``bottom`` where they fit."""
    order = sorted(range(len(wanted)), key=lambda number: (wanted[number], number))
    places = [wanted[number] for number in order]
    for number, place in enumerate(places):
        least = top + number * step
        places[number] = max(place, least if number == 0 else places[number - 1] + step)
    last = len(places) - 1
    for number in range(last, -1, -1):
        most = bottom if number == last else places[number + 1] - step
        places[number] = min(places[number], most)
    if places and places[0] < top:  # more than fits: evenly, rather than outside
        step = (bottom - top) / max(last, 1)
        places = [top + number * step for number in range(len(places))]
    found = [0.0] * len(wanted)
    for number, place in zip(order, places, strict=True):
        found[number] = place
    return found
