"""Exact intervals and tests, and a bootstrap: what reports need, and no more."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence

import numpy as np

_HALVINGS = 60


def clopper_pearson(successes: int, trials: int, level: float = 0.95) -> tuple[float, float]:
    """The exact interval of a share (Clopper and Pearson 1934). (0, 1) without trials."""
    if not 0 <= successes <= trials:
        raise ValueError(f"{successes} of {trials} is no share")
    if trials == 0:
        return 0.0, 1.0
    tail = (1 - level) / 2
    low, high = 0.0, 1.0
    if successes > 0:
        low = _root(lambda p: 1 - binomial_cdf(successes - 1, trials, p) - tail)
    if successes < trials:
        high = _root(lambda p: tail - binomial_cdf(successes, trials, p))
    return low, high


def binomial_cdf(most: int, trials: int, p: float) -> float:
    """P(X <= most)."""
    if p <= 0:
        return 1.0
    if p >= 1:
        return 1.0 if most >= trials else 0.0
    log_p, log_q = math.log(p), math.log1p(-p)
    choose = math.lgamma(trials + 1)
    return math.fsum(
        math.exp(
            choose
            - math.lgamma(k + 1)
            - math.lgamma(trials - k + 1)
            + k * log_p
            + (trials - k) * log_q
        )
        for k in range(most + 1)
    )


def trend(
    doses: Sequence[Sequence[float]],
    shares: Sequence[Sequence[float]],
    draws: int = 20_000,
    seed: int = 0,
) -> tuple[float, float]:
    """Slope of share over dose, and the one-sided p of a slope as far below zero.

    One number a cluster (a content, with the mean of its pairs), clusters grouped in strata (the
    families): doses are permuted over the clusters of each stratum, because that is how they were
    given out. p counts the order that was given out, so it is never 0.
    """
    observed = _slope(doses, shares)
    dice = random.Random(seed)  # noqa: S311 no secret
    as_low = 0
    for _ in range(draws):
        shuffled = [dice.sample(list(stratum), len(stratum)) for stratum in doses]
        as_low += _slope(shuffled, shares) <= observed + 1e-12
    return observed, (as_low + 1) / (draws + 1)


def _slope(doses: Sequence[Sequence[float]], shares: Sequence[Sequence[float]]) -> float:
    """Least squares with a level of its own for each stratum."""
    top = bottom = 0.0
    for stratum, values in zip(doses, shares, strict=True):
        mean_dose = sum(stratum) / len(stratum)
        mean_share = sum(values) / len(values)
        for dose, value in zip(stratum, values, strict=True):
            top += (dose - mean_dose) * (value - mean_share)
            bottom += (dose - mean_dose) ** 2
    return top / bottom if bottom else 0.0


def mcnemar(only_first: int, only_second: int) -> float:
    """Exact two-sided p of paired outcomes, from the pairs in which the two differ."""
    n = only_first + only_second
    if n == 0:
        return 1.0
    return min(1.0, 2 * binomial_cdf(min(only_first, only_second), n, 0.5))


def cluster_bootstrap(
    successes: Sequence[int],
    trials: Sequence[int],
    level: float = 0.95,
    draws: int = 10_000,
    seed: int = 0,
) -> tuple[float, float]:
    """Percentile interval of a share whose trials come in clusters: whole clusters are drawn anew.
    (0, 1) without trials. It is too narrow for few clusters, and nothing wide where all agree."""
    if not sum(trials):
        return 0.0, 1.0
    count = len(trials)
    dice = np.random.default_rng(seed)
    drawn = dice.multinomial(count, [1 / count] * count, size=draws)
    shares = drawn @ np.array(successes) / (drawn @ np.array(trials))
    tail = 50 * (1 - level)
    low, high = np.percentile(shares, [tail, 100 - tail])
    return float(low), float(high)


def _root(rises: Callable[[float], float]) -> float:
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if rises(middle) < 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2
