"""Images a second at equal latency, when they are asked for at random (quality.md, G8).

One-at-a-time, as Cog serves, at 80 % of what it can do: its 95th percentile of waiting and drawing
is the promise. Then as many arrivals as keep that promise when whatever waits, up to the largest
batch, is drawn together, as the seeds of one prediction. The queue is simulated, with the seconds
that a batch of each size was measured to take; the arrivals are the same at every rate.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from itertools import pairwise

_LOAD = 0.8
_HALVINGS = 30


def gaps(count: int, seed: int = 1) -> list[float]:
    """Between the arrivals of a Poisson process of one a second."""
    chance = random.Random(seed)  # noqa: S311 no secret
    return [-math.log(1 - chance.random()) for _ in range(count)]


def latencies(
    between: Sequence[float], rate: float, took: Mapping[int, float], largest: int
) -> list[float]:
    """Seconds from arrival to image, in order of arrival. `took[n]`: seconds of a batch of n."""
    arrivals: list[float] = []
    now = 0.0
    for gap in between:
        now += gap / rate
        arrivals.append(now)
    waited: list[float] = []
    free = 0.0
    while len(waited) < len(arrivals):
        first = len(waited)
        begins = max(free, arrivals[first])
        size = 1
        while size < largest and first + size < len(arrivals) and arrivals[first + size] <= begins:
            size += 1
        free = begins + took[size]
        waited += [free - arrival for arrival in arrivals[first : first + size]]
    return waited


def p95(waited: Sequence[float]) -> float:
    return sorted(waited)[math.ceil(0.95 * len(waited)) - 1]


def seconds_of(measured: Mapping[int, float]) -> dict[int, float]:
    """Batches between two that were measured, on the line between them."""
    sizes = sorted(measured)
    made = {sizes[0]: measured[sizes[0]]}
    for low, high in pairwise(sizes):
        slope = (measured[high] - measured[low]) / (high - low)
        made |= {n: measured[low] + slope * (n - low) for n in range(low + 1, high + 1)}
    return made


def at_equal_latency(measured: Mapping[int, float], count: int) -> dict[str, float]:
    """`measured` has a batch of one."""
    took, between = seconds_of(measured), gaps(count)
    alone = _LOAD / took[1]
    promise = p95(latencies(between, alone, took, 1))
    low, high = 0.0, 1 / min(took[n] / n for n in took)
    for _ in range(_HALVINGS):
        rate = (low + high) / 2
        kept = rate > 0 and p95(latencies(between, rate, took, max(took))) <= promise
        low, high = (rate, high) if kept else (low, rate)
    return {
        "p95_seconds": promise,
        "one_at_a_time_images_per_second": alone,
        "batched_images_per_second": low,
        "times": low / alone,
    }
