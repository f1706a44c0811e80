"""From the start of a process to its first image (quality.md, G9), compiled programs kept between
the two: torch keeps them in TORCHINDUCTOR_CACHE_DIR. What a served endpoint does besides, hashing
the weights' files, is not in it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

DRAWN = "the first image"
FLAG = "--first-image"


def first_images(arguments: Sequence[str], times: int) -> list[float]:
    """Seconds of one process after the other; the first of them may have to compile."""
    command = [sys.executable, "-m", "teacup_endpoints.bench_gpu", *arguments, FLAG]
    return [seconds_until_drawn(command) for _ in range(times)]


def seconds_until_drawn(command: Sequence[str]) -> float:
    # It finds what this process has found, installed or not.
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    start = time.perf_counter()
    with subprocess.Popen(  # noqa: S603 our own interpreter
        command, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        lines = process.stdout or ()
        drawn = next((time.perf_counter() for line in lines if line.strip() == DRAWN), None)
    if drawn is None or process.returncode != 0:
        raise RuntimeError(f"the process that draws a first image ended with {process.returncode}")
    return drawn - start


def say_when_drawn(draw: Callable[[], object]) -> None:
    draw()
    print(DRAWN, flush=True)
