"""`teacup-testbed methods`: the repair methods on pairs that the generator fails, on fresh seeds.

Which pairs is told by a report of `teacup-testbed gates`: those at Level 5 whose content and host
can be drawn. Every arm draws the same pairs from the same seeds. Evals are counted on the network.
Each row is saved as soon as it is there, so a run that was killed goes on with the same command.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import Any

from ..evaluation.gates import drawable
from ..evaluation.report import write_json
from ..evaluation.tallies import Tally
from ..world.assignment import Assignment, Pair
from ..world.lexicon import CONTENTS, HOSTS, family_of
from ..world.trained_on import assignment_of
from .arms import ARMS, Arm, Plan, read_choice
from .measure import measure
from .opened import Opened
from .pool import Work, workers
from .rows import Rows
from .summary import report_of
from .tables import methods_tables

Json = dict[str, Any]


def main(arguments: Sequence[str]) -> int:
    asked = _parser().parse_args(arguments)
    try:
        report = compare(asked, partial(print, flush=True))
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    print("\n\n".join(methods_tables(report).values()))
    return 0


def compare(asked: argparse.Namespace, say: Callable[[str], None]) -> Json:
    """Measures what is not measured yet; the report of all of it, as it is written beside it."""
    which, frozen = frozen_pairs(asked.report, assignment_of(asked.folder))
    pairs = frozen[: asked.pairs] if asked.pairs else frozen
    arms = [_arm(name) for name in asked.methods.split(",")]
    plan = Plan(read_choice(asked.moce), asked.images, _params(asked.params))
    rows = Rows(asked.to / "rows.jsonl")
    say(f"{len(pairs)} of {len(frozen)} pairs at Level 5 ({which}), {asked.images} images each")
    with workers(asked.folder, asked.workers) as work:
        _measure_all(work, arms, plan, which, pairs, rows, say)
    report = report_of(rows, pairs, which, plan)
    write_json(asked.to / "methods.json", report)
    return report


def _measure_all(
    work: Work[Json],
    arms: list[Arm],
    plan: Plan,
    which: str,
    pairs: list[Pair],
    rows: Rows,
    say: Callable[[str], None],
) -> None:
    began, done = time.monotonic(), 0.0
    open_cost = sum(arm.cost * sum(p not in rows.of(arm.name) for p in pairs) for arm in arms)
    for arm in arms:
        parameters = arm.parameters_of(plan, rows)
        rows.check_same(arm.name, {"parameters": parameters, "images": plan.images})
        left = [pair for pair in pairs if pair not in rows.of(arm.name)]
        jobs = [(arm.name, plan, parameters, which, pair) for pair in left]
        for row in work(measure_named, jobs):
            rows.check_same(arm.name, {"weights": row["weights"]})
            rows.add(row)
            done += arm.cost
            minutes = (time.monotonic() - began) / done * (open_cost - done) / 60
            say(f"{_told(row)}; {len(rows.of(arm.name))} of {len(pairs)}, {minutes:.0f} min left")


def measure_named(
    opened: Opened, name: str, plan: Plan, parameters: Json, which: str, pair: Pair
) -> Json:
    """An arm by its name: a process cannot be sent its functions."""
    return measure(opened, ARMS[name], plan, parameters, which, pair)


def frozen_pairs(report: Path, assignment: Assignment) -> tuple[str, list[Pair]]:
    """Pairs at Level 5 whose concepts can be drawn, and the set they are of. Any number of them
    from the start on has of every family and rung what there is."""
    try:
        read: Json = json.loads(report.read_text(encoding="utf-8"))
        which, tallies = read["which"], [Tally(**one) for one in read["tallies"]]
    except (OSError, json.JSONDecodeError, KeyError, TypeError) as error:
        raise ValueError(
            f"{report} is no report of `teacup-testbed gates` ({error!r}): name one, with --report."
        ) from error
    known = assignment.evaluation if which == "evaluation" else assignment.tuning
    contents, hosts = drawable(tallies)
    found = [(t.content, t.host) for t in tallies if t.kind == which and t.is_level_5]
    if strange := [pair for pair in found if pair not in known]:
        raise ValueError(f"{report} is of another world: {strange[0]} is no pair for {which} here.")
    kept = [pair for pair in found if pair[0] in contents and pair[1] in hosts]
    if not kept:
        raise ValueError(f"{report} has no pair at Level 5 whose concepts can be drawn.")
    parts: dict[tuple[int, str], list[Pair]] = {}
    for pair in kept:
        parts.setdefault((assignment.rung[pair[0]], family_of(pair[0]).id), []).append(pair)
    # Families in turn, then rungs.
    ordered = [parts[key] for key in sorted(parts)]
    return which, [pair for row in zip_longest(*ordered) for pair in row if pair]


def _told(row: Json) -> str:
    pair = f"{CONTENTS[row['content']]} / {HOSTS[row['host']]}"
    return f"{row['arm']}: {pair}: {row['right']} right, {row['evals']:.0f} evals"


def _arm(name: str) -> Arm:
    if name not in ARMS:
        raise ValueError(f"--methods: there is no '{name}'; there are {', '.join(ARMS)}.")
    return ARMS[name]


def _params(text: str) -> dict[str, Json]:
    try:
        given = json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"--params is no JSON: {error}.") from error
    if not isinstance(given, dict) or not all(isinstance(one, dict) for one in given.values()):
        raise ValueError('--params must be an object of objects: {"moce": {"rounds": 4}}.')
    for name in given:
        _arm(name)
    return given


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="teacup-testbed methods", description=__doc__)
    parser.add_argument("folder", type=Path, help="as `teacup-testbed export` wrote it")
    parser.add_argument("--report", type=Path, required=True, help="of `gates --which evaluation`")
    parser.add_argument("--to", type=Path, required=True, help="folder of rows and report")
    parser.add_argument("--moce", type=Path, help="the choice that `probe` wrote")
    parser.add_argument("--methods", default=",".join(ARMS), help="in this order")
    parser.add_argument("--pairs", type=int, help="so many pairs; all of them without it")
    parser.add_argument("--images", type=int, default=20, help="of each pair")
    parser.add_argument("--params", default="{}", help="parameters that differ, by method, as JSON")
    parser.add_argument("--workers", type=int, default=1, help="processes, of one thread each")
    return parser
