"""MoCE's settings out of the probe's rows, by a rule that was fixed before the rows were drawn:

1. order    per family: the one whose best step makes more images right; the host at a tie.
2. window   flips at k: of the images without the asked host at k = 0, those that have it at k, over
            all families in their order. The window ends at the first k that reaches 90 % of the
            largest flip.
3. delta,   the search is played through on the probe's images for every pair of the grids below,
   tau      within that window, three rounds; the pair with the most right images, then the fewest
            evals, then the smallest delta, then the largest tau.
4. known    for a switch without a search: the k with the most right images, the earliest of equals.
   step
5. warp     stays as trained (the schedule has it). The steps between 10 % and 90 % of the largest
            flip are told: fewer than two mean that a stronger warp is to be trained.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import product
from typing import Any

from teacup_endpoints.bisection import Search, cost
from teacup_endpoints.methods.moce import first_step

from ..diffusion.schedule import WARP
from ..evaluation.tallies import counted
from ..world.lexicon import family_of

Json = dict[str, Any]
ROUNDS = 3
DELTAS = (0.0, 0.01, 0.02, 0.05, 0.1, 0.2)
# Of the smaller of both scores, over the probe's images. 1: no image is good enough.
QUANTILES = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


def choose(rows: Sequence[Json]) -> Json:
    """The choice, as `Choice` reads it, with the curves and the reasons."""
    families = sorted({_family(row) for row in rows})
    order = {family: _order([r for r in rows if _family(r) == family]) for family in families}
    kept = [row for row in rows if row["arm"] == order[_family(row)]]
    steps = kept[0]["steps"]
    points = pooled(kept)
    low, high = window_of(points)
    # Only what was drawn at every step can be played through.
    whole = [row for row in kept if {p["k"] for p in row["points"]} >= set(range(high + 1))]
    delta, tau, right, evals, images = _thresholds(whole, high)
    known = max((p for p in points if p["k"] > 0), key=lambda p: (p["right"], -p["k"]))
    return {
        "window": high / steps,
        "rounds": ROUNDS,
        "delta": delta,
        "tau": tau,
        "known_step": known["k"],
        "order": order,
        "naming": kept[0]["naming"],
        "prefix": kept[0]["prefix"],
        "warp": WARP,
        "weights": kept[0]["weights"],
        "pairs": len({(row["content"], row["host"]) for row in rows}),
        "curves": [
            {"family": family, "order": name, "points": pooled(own)}
            for family, name in product(families, ("host", "content"))
            if (own := [r for r in rows if _family(r) == family and r["arm"] == name])
        ],
        "why": [
            "order: " + ", ".join(f"{family} {first} first" for family, first in order.items()),
            f"flips pass 10 % and 90 % of their largest at steps {low} and {high} of {steps}",
            f"the search, played through: {right} of {images} images right at {evals:.0f} evals",
            f"one known step, {known['k']}: {known['right']:.0%} right",
            f"warp {WARP}: {'kept' if high - low >= 2 else 'too weak, train a stronger one'}",
        ],
    }


def pooled(rows: Sequence[Json]) -> list[Json]:
    """Shares at every k that all of the rows have. `flipped` is None where every image had the
    asked host from the start on."""
    common = set.intersection(*({p["k"] for p in row["points"]} for row in rows))
    return [_point(rows, k) for k in sorted(common)]


def _point(rows: Sequence[Json], k: int) -> Json:
    flips = [0, 0]
    counts: dict[str, int] = defaultdict(int)
    images = 0
    for row in rows:
        before, after = _at(row, 0)["seen"], _at(row, k)["seen"]
        for then, now in zip(before, after, strict=True):
            images += 1
            for name, is_so in told(row, now).items():
                counts[name] += is_so
            if not _has_host(row, then):
                flips[0] += _has_host(row, now)
                flips[1] += 1
    shares = {name: count / images for name, count in counts.items()}
    return {"k": k, "images": images, "flipped": flips[0] / max(flips[1], 1), **shares}


def told(row: Json, seen: Sequence[int]) -> dict[str, bool]:
    each = counted(row["content"], row["host"], seen)
    return {
        "right": each["right"],
        # A switch moves the host: its typical content in the other's place is not counted here.
        "substituted": each["substituted"] and not each["by_content"],
        "omitted": each["omitted"],
        "garbage": each["garbage"],
    }


def window_of(points: Sequence[Json]) -> tuple[int, int]:
    """The first steps at which the flips reach 10 % and 90 % of their largest."""
    largest = max(point["flipped"] for point in points)
    if largest == 0:
        raise ValueError(
            "No host flipped at any step: the probe has nothing to choose from. "
            "Give it later steps, or look at the generator's gates."
        )

    def reaches(share: float) -> int:
        return next(p["k"] for p in points if p["k"] > 0 and p["flipped"] >= share * largest)

    return reaches(0.1), reaches(0.9)


def play(row: Json, image: int, hi: int, delta: float, tau: float | None) -> tuple[bool, int]:
    """MoCE's search on what was drawn: is what it keeps right, and its steps."""
    search = Search(hi, first_step(row["steps"], hi), ROUNDS, delta, tau)
    while search.kept is None:
        host, content = _at(row, search.k)["scores"][image]
        search.tell(*((host, content) if row["arm"] == "host" else (content, host)))
    seen = _at(row, search.kept.step)["seen"][image]
    steps = cost([visit.step for visit in search.visits], row["steps"])
    return told(row, seen)["right"], steps


def _thresholds(rows: Sequence[Json], hi: int) -> tuple[float, float, int, float, int]:
    if not rows:
        raise ValueError(
            f"No curve was drawn at every step from 0 to {hi}: draw them all in the order that "
            "was chosen (--host-steps, --content-steps), in another folder."
        )
    smaller = sorted(min(s) for row in rows for p in row["points"] for s in p["scores"])
    taus = [smaller[min(int(q * len(smaller)), len(smaller) - 1)] for q in QUANTILES]
    images = [(row, image) for row in rows for image in range(len(row["points"][0]["seen"]))]

    def played(pair: tuple[float, float]) -> tuple[int, float, float, float]:
        made = [play(row, image, hi, *pair) for row, image in images]
        evals = 2 * sum(steps for _, steps in made) / len(made)
        return sum(right for right, _ in made), -evals, -pair[0], pair[1]

    best = max(product(DELTAS, taus), key=played)
    right, minus_evals, *_ = played(best)
    return best[0], round(best[1], 4), right, -minus_evals, len(images)


def _order(rows: Sequence[Json]) -> str:
    best = {}
    for name in ("host", "content"):
        own = [row for row in rows if row["arm"] == name]
        best[name] = (
            max((p["right"] for p in pooled(own) if p["k"] > 0), default=-1.0) if own else -1.0
        )
    return "content" if best["content"] > best["host"] else "host"


def _at(row: Json, k: int) -> Json:
    return next(point for point in row["points"] if point["k"] == k)


def _has_host(row: Json, seen: Sequence[int]) -> bool:
    return not seen[2] and seen[0] == row["host"]


def _family(row: Json) -> str:
    return family_of(row["content"]).id
