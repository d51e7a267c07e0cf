"""How probable a count is by chance: negative binomial upper tail, and the correction for many tests at once.

Small on purpose: two formulas, checked in the tests against exact fractions and published values.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import exp, lgamma, log, log1p, sqrt
from statistics import fmean, variance

_NEGLIGIBLE = 1e-17
_UPPER_TENTH = 1.2816
"""The point of the normal distribution above which a tenth of it lies."""


def upper_tail(count: int, mean: float, spread: float) -> float:
    """Probability of ``count`` or more where ``mean`` are expected and the variance is ``spread`` times the mean.

    Negative binomial for ``spread`` above 1 (r = mean/(spread − 1), success probability 1/spread), Poisson for 1.
    """
    if count <= 0:
        return 1.0
    if mean <= 0:
        return 0.0
    if count > mean:
        total, at, term = 0.0, count, _exactly(count, mean, spread)
        while term > _NEGLIGIBLE * total:
            total += term
            term *= _growth(at, mean, spread)
            at += 1
        return min(total, 1.0)
    below, at, term = 0.0, count - 1, _exactly(count - 1, mean, spread)
    while term > _NEGLIGIBLE * below and at >= 0:
        below += term
        at -= 1
        term /= _growth(at, mean, spread) if at >= 0 else 1
    return max(0.0, 1 - below)


def _exactly(count: int, mean: float, spread: float) -> float:
    """Probability of just ``count``."""
    if spread <= 1:
        return exp(count * log(mean) - mean - lgamma(count + 1))
    size = mean / (spread - 1)
    ways = lgamma(count + size) - lgamma(size) - lgamma(count + 1)
    return exp(ways - size * log(spread) + count * log1p(-1 / spread))


def _growth(count: int, mean: float, spread: float) -> float:
    """By what the probability of one more differs from that of ``count``."""
    if spread <= 1:
        return mean / (count + 1)
    return (count + mean / (spread - 1)) / (count + 1) * (1 - 1 / spread)


def chance_of(count: int, before: Sequence[int], exposure: float = 1.0, varies: float = 1.0) -> float:
    """Probability of ``count`` or more in one month (or the part ``exposure`` of one), given the months ``before``.

    The monthly rate is not known but estimated from the months before; its error counts: for plain Poisson counts
    this is the exact test that compares both counts under the condition of their sum (binomial with probability
    exposure/(months + exposure)). ``varies``, an index of dispersion, widens the distribution further.
    """
    months, seen = len(before), sum(before)
    return upper_tail(count, (seen + 1) * exposure / months, varies * (1 + exposure / months))


def common_dispersion(histories: Iterable[Sequence[int]]) -> float:
    """Index of dispersion of many groups together, at least 1: what one short history alone does not tell."""
    found = [variance(one) / fmean(one) for one in histories if len(one) > 1 and any(one)]
    return max(1.0, fmean(found)) if found else 1.0


def dispersion(counts: Sequence[int]) -> float:
    """Index of dispersion, variance over mean, where it is more than chance makes of plain counts; else 1.

    More than chance: (n − 1)·index lies above the upper tenth of chi-square with n − 1 degrees (Fisher's test; the
    point by Wilson and Hilferty's formula). A smaller one says nothing, and would hide rises if it were believed.
    """
    free = len(counts) - 1
    if free < 1 or not any(counts):
        return 1.0
    index = variance(counts) / fmean(counts)
    usual = (1 - 2 / (9 * free) + _UPPER_TENTH * sqrt(2 / (9 * free))) ** 3
    return index if index > max(usual, 1.0) else 1.0


def corrected(chances: Sequence[float], tests: int) -> tuple[float, ...]:
    """The probabilities corrected for ``tests`` made at once (Benjamini and Hochberg 1995), in the same order.

    Tests left out of ``chances`` count as if their probability were 1.
    """
    order = sorted(range(len(chances)), key=chances.__getitem__)
    found = [1.0] * len(chances)
    least = 1.0
    for rank in range(len(order), 0, -1):
        place = order[rank - 1]
        least = min(least, chances[place] * tests / rank)
        found[place] = least
    return tuple(found)
