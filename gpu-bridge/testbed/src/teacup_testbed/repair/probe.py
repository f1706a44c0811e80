"""`teacup-testbed probe`: at which step are host and content decided? On tuning pairs, always.

One concept alone for k steps, then the whole prompt, for k over a grid, host first and content
first; the same seeds at every k. Each image is judged, and scored by the dual encoder as MoCE would
score it: so MoCE's search under any settings can be played through on what was drawn (choose.py).
The choice is written as the JSON that `teacup-testbed export --moce` takes.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from teacup_endpoints.asking import Ask, Scorer
from teacup_endpoints.judging import Judge, pick_scorer
from teacup_endpoints.trajectory import Finish, Trajectory

from ..evaluation.report import write_json
from ..evaluation.tallies import seen_of
from ..world.assignment import Pair
from ..world.trained_on import assignment_of
from .arms import ARMS, Choice, Plan, concept_texts
from .choose import choose
from .compare import frozen_pairs
from .measure import asks_of, seeds_of
from .opened import Opened
from .pool import workers
from .rows import Rows
from .tables import probe_table

Json = dict[str, Any]
ORDERS = ("host", "content")
_PARTS = ("seen", "scores")


def main(arguments: Sequence[str]) -> int:
    asked = _parser().parse_args(arguments)
    try:
        choice = probe(asked, partial(print, flush=True))
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    print(probe_table(choice))
    for line in choice["why"]:
        print(line)
    return 0


def probe(asked: argparse.Namespace, say: Callable[[str], None]) -> Json:
    if asked.which != "tuning":
        raise ValueError(
            "The probe chooses MoCE's settings, and nothing is chosen on evaluation pairs: "
            "leave --which out, or say tuning."
        )
    which, frozen = frozen_pairs(asked.report, assignment_of(asked.folder))
    if which != "tuning":
        raise ValueError(
            f"{asked.report} is of the {which} pairs, and nothing is chosen on them: "
            "give the report of `gates --which tuning`."
        )
    pairs = frozen[: asked.pairs] if asked.pairs else frozen
    rows = Rows(asked.to / "probe.jsonl")
    grids = {"host": asked.host_steps, "content": asked.content_steps}
    jobs = [
        (pair, order, tuple(grids[order]), asked.images, asked.naming)
        for order in ORDERS
        for pair in pairs
        if grids[order] and pair not in rows.of(order)
    ]
    say(f"{len(pairs)} of {len(frozen)} tuning pairs at Level 5, {len(jobs)} curves to draw")
    began = time.monotonic()
    with workers(asked.folder, asked.workers) as work:
        for done, row in enumerate(work(curve, jobs), 1):
            rows.check_same(row["arm"], {name: row[name] for name in ("weights", "naming")})
            rows.add(row)
            left = (time.monotonic() - began) / done * (len(jobs) - done) / 60
            say(f"{row['arm']} first, {done} of {len(jobs)}, {left:.0f} min left")
    choice = choose([row for row in rows.all if (row["content"], row["host"]) in set(pairs)])
    write_json(asked.to / "moce.json", choice)
    return choice


def curve(
    opened: Opened, pair: Pair, order: str, steps: tuple[int, ...], images: int, naming: str
) -> Json:
    """A row: what is seen at each k, and how both concepts score, host first in both orders."""
    began = time.perf_counter()
    content, host = concept_texts(pair, naming)
    first = host if order == "host" else content
    plan = Plan(Choice(naming=naming), images)
    asks = asks_of(
        opened, ARMS["moce"], plan, pair, seeds_of(opened, "tuning", pair, images, "probe")
    )
    scorer = pick_scorer(opened.loaded, None)
    tasks = [partial(_points, opened, ask, scorer, first, steps) for ask, _ in asks]
    drawn = opened.model.together(tasks)
    points = [
        {"k": k, **{name: [one for ask in drawn for one in ask[k][name]] for name in _PARTS}}
        for k in steps
    ]
    return {
        "arm": order,
        "content": pair[0],
        "host": pair[1],
        "steps": opened.defaults.steps,
        "naming": naming,
        "prefix": scorer.to_json()["settings"]["prefix"],
        "weights": opened.weights_hash,
        "seconds": time.perf_counter() - began,
        "points": points,
    }


def _points(
    opened: Opened, ask: Ask, scorer: Scorer, first: str, steps: Sequence[int]
) -> dict[int, Json]:
    """Of one prompt, at every k."""
    judge = Judge(scorer, ask)
    trajectory = Trajectory(opened.loaded.base, ask, first)
    finish = Finish(opened.loaded.base, ask, ask.prompt)
    rows = range(len(ask.seeds))
    points: dict[int, Json] = {}
    for k in steps:
        finish.draw(trajectory, dict.fromkeys(rows, k))
        made = [finish.images[row, k] for row in rows]
        scores = [list(pair) for pair in judge.scores(made)]
        points[k] = {"seen": seen_of(opened.judge(made)), "scores": scores}
    return points


def _steps(text: str) -> list[int]:
    """ "0-10" or "0,2,4"; k = 0 is always among them, because flips are counted from there."""
    if not text:
        return []
    first, _, last = text.partition("-")
    every = range(int(first), int(last) + 1) if last else [int(part) for part in text.split(",")]
    return sorted({0, *every})


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="teacup-testbed probe", description=__doc__)
    parser.add_argument("folder", type=Path, help="as `teacup-testbed export` wrote it")
    parser.add_argument("--report", type=Path, required=True, help="of `gates --which tuning`")
    parser.add_argument("--to", type=Path, required=True, help="folder of rows and choice")
    parser.add_argument("--which", default="tuning", help="tuning, and nothing else")
    parser.add_argument("--pairs", type=int, help="so many pairs; all of them without it")
    parser.add_argument("--images", type=int, default=10, help="of each pair, step and order")
    parser.add_argument("--host-steps", type=_steps, default=_steps("0-10"))
    parser.add_argument("--content-steps", type=_steps, default=_steps("0,2,4,6,8"))
    parser.add_argument("--naming", choices=("name", "phrase"), default="name")
    parser.add_argument("--workers", type=int, default=1, help="processes, of one thread each")
    return parser
