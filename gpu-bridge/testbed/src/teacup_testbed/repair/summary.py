"""From rows to a report: shares with intervals, paired tests, and what was aimed at.

A pair is still at Level 5 where none of its images is right. Shares of pairs have the exact
interval of Clopper and Pearson. Images of one pair are not independent, so shares of images have
a bootstrap's interval over pairs (10,000 draws, percentiles). McNemar's test is the exact one, on
the pairs that both arms were measured on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from statistics import fmean
from typing import Any

from ..evaluation.statistics import clopper_pearson, cluster_bootstrap, mcnemar
from ..world.assignment import Pair
from ..world.lexicon import family_of
from .arms import ARMS, Plan
from .rows import Rows

Json = dict[str, Any]
SHARES = ("right", "substituted", "omitted", "garbage")
STILL, P = 0.5, 0.01
# What MoCE is held against beside its control: at its cost, by words alone, and in steering.
RIVALS = ("best_of_k", "rewording", "order_swap", "concept_diffusion")


def report_of(rows: Rows, pairs: Sequence[Pair], which: str, plan: Plan) -> Json:
    """Of all arms that have rows of these pairs."""
    by_arm = {
        name: {pair: row for pair, row in rows.of(name).items() if pair in set(pairs)}
        for name in ARMS
    }
    by_arm = {name: own for name, own in by_arm.items() if own}
    measured = list(by_arm.values())
    return {
        "which": which,
        "weights": next(iter(measured[0].values()))["weights"] if measured else None,
        "images": plan.images,
        "pairs": len(pairs),
        "choice": asdict(plan.choice),
        "arms": {name: _arm(name, list(own.values())) for name, own in by_arm.items()},
        "tests": [
            paired(by_arm, first, second)
            for second in ("control", *RIVALS)
            for first in by_arm
            if second in by_arm and first != second and (second == "control" or first == "moce")
        ],
        "targets": targets(by_arm),
        "rows": [
            {name: value for name, value in row.items() if name not in ("seen", "weights")}
            for own in measured
            for row in own.values()
        ],
    }


def _arm(name: str, rows: list[Json]) -> Json:
    return {
        "title": ARMS[name].title,
        "parameters": rows[0]["parameters"],
        **counts(rows),
        "families": _by(rows, lambda row: family_of(row["content"]).id),
        "rungs": _by(rows, lambda row: str(row["rung"])),
    }


def counts(rows: Sequence[Json]) -> Json:
    """Of rows of one arm."""
    still = sum(row["right"] == 0 for row in rows)
    low, high = clopper_pearson(still, len(rows))
    return {
        "pairs": len(rows),
        "level_5": {"count": still, "share": still / len(rows), "low": low, "high": high},
        **{name: _share(rows, name) for name in SHARES},
        **{name: fmean(row[name] for row in rows) for name in ("evals", "backwards", "seconds")},
        "refused": sum(row["refused"] for row in rows),
    }


def _share(rows: Sequence[Json], name: str) -> Json:
    count, images = [row[name] for row in rows], [row["images"] for row in rows]
    low, high = cluster_bootstrap(count, images)
    return {"count": sum(count), "share": sum(count) / sum(images), "low": low, "high": high}


def _by(rows: Sequence[Json], of: Callable[[Json], str]) -> dict[str, Json]:
    names = sorted({of(row) for row in rows})
    return {name: counts([row for row in rows if of(row) == name]) for name in names}


def paired(by_arm: dict[str, dict[Pair, Json]], first: str, second: str) -> Json:
    """Exact McNemar of "no longer at Level 5", on the pairs that both have."""
    one, two = by_arm[first], by_arm[second]
    common = one.keys() & two.keys()
    only_first = sum(one[p]["right"] > 0 and two[p]["right"] == 0 for p in common)
    only_second = sum(one[p]["right"] == 0 and two[p]["right"] > 0 for p in common)
    return {
        "first": first,
        "second": second,
        "pairs": len(common),
        "only_first": only_first,
        "only_second": only_second,
        "p": mcnemar(only_first, only_second),
    }


def targets(by_arm: dict[str, dict[Pair, Json]]) -> list[Json]:
    """What was aimed at before anything was measured, and whether it was reached."""
    if "moce" not in by_arm or "control" not in by_arm:
        return []
    found = counts(list(by_arm["moce"].values()))["level_5"]
    made = [
        {
            "name": f"MoCE: at most {STILL:.0%} still at Level 5",
            "found": f"{found['count']} of {len(by_arm['moce'])}",
            "is_reached": found["share"] <= STILL,
        },
        _better(by_arm, "control", f"MoCE repairs more than fresh seeds do, p < {P}"),
    ]
    if "best_of_k" in by_arm:
        name = f"MoCE repairs more than best of k at its cost, p < {P}"
        made.append(_better(by_arm, "best_of_k", name))
    return made


def _better(by_arm: dict[str, dict[Pair, Json]], than: str, name: str) -> Json:
    test = paired(by_arm, "moce", than)
    return {
        "name": name,
        "found": f"{test['only_first']} pairs to {test['only_second']}, p = {test['p']:.2g}",
        "is_reached": test["only_first"] > test["only_second"] and test["p"] < P,
    }
