"""`python -m teacup_testbed.train.all --minutes 8 --out DIR --pack DIR`: everything, side by side.

One process a stage on one GPU (or on the CPU, where it takes hours and not minutes). Each stage
waits for the files of those before it and ends at its own time, so the whole ends at its own time
too. What was chosen on tuning pairs is packed in files below 16 MiB; it is packed a first time
before anything is measured, so that a training that is cut off leaves its last weights.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..shape import SHAPES
from .pack import choose, pack, reports_of, weights_of
from .plan import JUDGE_MODULE, MEASURED, VARIANTS, Job, jobs
from .setup import given_stages

_RUN = "import sys; from {module} import main; sys.exit(main(sys.argv[1:]))"
_TELL_EVERY_SECONDS = 60.0


@dataclass
class Started:
    job: Job
    process: subprocess.Popen[bytes]
    log: Path
    is_recorded: bool  # with CUDA graphs


def main(arguments: Sequence[str] | None = None) -> int:
    asked = _parser().parse_args(arguments)
    began = time.time()
    asked.out.mkdir(parents=True, exist_ok=True)
    names = asked.variants.split(",")
    variants = tuple(variant for variant in VARIANTS if variant.name in names)
    if not variants:
        print(f"--variants: name some of {', '.join(v.name for v in VARIANTS)}", file=sys.stderr)
        return 1
    # Ended from outside, it ends its own processes before it goes.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    given = given_stages(SHAPES[asked.shape], asked.anew)
    plan = jobs(variants, given)
    _run(plan, asked, began)
    for job in plan:
        if not job.trains:
            print(*_lines(asked.out / "logs" / f"{job.name}.log"), sep="\n", flush=True)
    pack(asked.out, asked.pack)
    _measure_chosen(asked, began)
    for line in pack(asked.out, asked.pack):
        print(line, flush=True)
    _say(began, "done")
    return 0


def _run(plan: list[Job], asked: argparse.Namespace, began: float) -> None:
    """Until every job is over; packed as soon as nothing trains any more."""
    running = [_start(job, asked, began, asked.graph) for job in plan]
    is_packed, told_at = False, began
    try:
        while running:
            time.sleep(1)
            if time.time() - told_at > _TELL_EVERY_SECONDS:
                told_at = time.time()
                for one in running:
                    _say(began, f"{one.job.name}: {_last_line(one.log)}")
            running = [kept for one in running if (kept := _look_after(one, asked, began))]
            if not is_packed and not any(one.job.trains for one in running):
                is_packed = True
                pack(asked.out, asked.pack)
                _say(began, "packed a first time")
    finally:
        for one in running:
            one.process.kill()


def _measure_chosen(asked: argparse.Namespace, began: float) -> None:
    """The best by tuning pairs is asked about the evaluation pairs: once, and nothing else is."""
    chosen = choose(reports_of(asked.out))
    left = began + asked.minutes * 60 - time.time()
    if not chosen or left < 1:
        return
    variant = next(v for v in VARIANTS if v.name == chosen[0]["variant"])
    file = weights_of(asked.out, chosen[0])
    given = ["--file", str(file), "--which", "evaluation", *variant.arguments]
    final = Job("evaluation", JUDGE_MODULE, given, 1.0, trains=False)
    one = _start(final, asked, began, graph=False)
    try:
        one.process.wait(left)
        print(*_lines(one.log), sep="\n", flush=True)
    except subprocess.TimeoutExpired:
        one.process.kill()
        _say(began, "the evaluation pairs were not finished: ask for them by `gates`")


def _start(job: Job, asked: argparse.Namespace, began: float, graph: bool) -> Started:
    arguments = [*job.arguments, "--out", str(asked.out), "--device", asked.device]
    arguments += ["--anew"] if asked.anew else []
    arguments += ["--shape", asked.shape, "--pool", str(asked.pool), "--seed", str(asked.seed)]
    wait = asked.minutes * 60
    if job.trains:
        until = began + job.ends * asked.minutes * 60
        arguments += ["--until", str(until), "--wait", str(wait)]
        arguments += ["--graph"] if graph else []
    else:
        arguments += ["--wait", str(wait), "--images", str(asked.images)]
    log = asked.out / "logs" / f"{job.name}.log"
    log.parent.mkdir(exist_ok=True)
    command = [sys.executable, "-c", _RUN.format(module=job.module), *arguments]
    threads = {"OMP_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false"}
    with log.open("ab") as file:
        process = subprocess.Popen(  # noqa: S603 our own program
            command, stdout=file, stderr=subprocess.STDOUT, env={**os.environ, **threads}
        )
    return Started(job, process, log, graph and job.trains)


def _look_after(one: Started, asked: argparse.Namespace, began: float) -> Started | None:
    """None when it is over. What fails while recording CUDA graphs begins anew without them."""
    code = one.process.poll()
    slack = 0.25 if one.job.trains else 0.0
    late = began + min(one.job.ends + slack, MEASURED) * asked.minutes * 60
    if code is None and time.time() > late:
        one.process.kill()
        one.process.wait()
        _say(began, f"{one.job.name}: stopped, its time is over")
        return None
    if code is None:
        return one
    _say(began, f"{one.job.name}: ended with {code}: {_last_line(one.log)}")
    if code not in (0, 2) and one.is_recorded:
        _say(began, f"{one.job.name}: again, without CUDA graphs")
        return _start(one.job, asked, began, graph=False)
    return None


def _last_line(log: Path) -> str:
    return (_lines(log) or ["nothing said"])[-1]


def _lines(log: Path) -> list[str]:
    """Without the libraries' notices, which begin with a bracket."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("[")]


def _say(began: float, text: str) -> None:
    print(f"[{time.time() - began:5.0f} s] {text}", flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="teacup_testbed.train.all", description=__doc__)
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--pack", type=Path, required=True, help="folder of what is worth keeping")
    parser.add_argument("--device", default="auto")
    parser.add_argument("--shape", choices=sorted(SHAPES), default="full")
    parser.add_argument("--anew", action="store_true", help="trains the VAE and the judge too")
    parser.add_argument("--pool", type=int, default=96_000)
    parser.add_argument("--images", type=int, default=20, help="of each pair that is measured")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--variants", default=",".join(variant.name for variant in VARIANTS))
    parser.add_argument("--graph", action="store_true", help="record CUDA graphs")
    return parser


if __name__ == "__main__":
    sys.exit(main())
