"""How fast the endpoints draw, against stock diffusers in the same session (quality.md, G1 to G9).

    python -m teacup_endpoints.bench_gpu --model weights/sdxl > bench.json
    python -m teacup_endpoints.bench_gpu --random            SDXL's true shape, no weights needed
    python -m teacup_endpoints.bench_gpu --tiny              a rehearsal: its figures mean nothing

Stock and ours draw in turn from the same noise, in the same type; medians after warm-ups, by CUDA
events. The share is of the bf16 matmul rate measured first. G8 is a queue, simulated with the times
measured; G6's LPIPS needs two more packages (`perceptual.py`) and is null without them; upload and
webhook of G7 are the bridge's, and the quality window of G4 is not measured here.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from typing import Any

import torch
from diffusers.pipelines import AutoPipelineForText2Image

from . import tiny, true_shape
from .bench_measures import card, job, moce_factors, quantised, sameness, speeds
from .bench_pair import Asked, Pair, matmul_rate
from .bench_queue import at_equal_latency
from .bench_start import FLAG, first_images, say_when_drawn
from .fast import Fast

# What, floor, goal: quality.md, A7.
GOALS: dict[str, tuple[str, float, float]] = {
    "G1": ("seconds of one image, 30 steps, at most", 1.47, 1.20),
    "G2": ("images a second, four of a prompt, 30 steps", 0.85, 1.04),
    "G3": ("the same, 20 steps", 1.26, 1.55),
    "G4": ("the same, quantised", 1.6, 2.0),
    "G5": ("times stock diffusers", 1.3, 1.7),
    "G6": ("median LPIPS to stock, at most", 0.03, 0.01),
    "G7": ("a job's time over the GPU's, at most", 1.10, 1.03),
    "G8": ("images a second at equal latency, over one at a time", 1.1, 1.25),
    "G9": ("seconds to the first image, compiled before, at most", 120, 60),
}


# In this order: the first before anything is in memory, the last leaves nothing there.
PARTS = ("first_image", "speeds", "sameness", "moce", "job", "queue", "quantised")


def measure(
    make: Callable[[], Any], asked: Asked, arguments: list[str], parts: Sequence[str] = PARTS
) -> dict[str, Any]:
    """Each part, and each row of the speeds, is told on stderr too as soon as it is measured."""
    told: dict[str, Any] = {
        **card(asked),
        "dtype": str(asked.dtype).removeprefix("torch."),
        "side": asked.side,
        "fast": asked.fast.said,
    }

    def tell(name: str, act: Callable[[], Any]) -> None:
        if name in parts:
            told[_KEYS.get(name, name)] = _said(name, act())

    tell("first_image", lambda: first_images(arguments, asked.starts))
    told["matmul_tflops"] = rate = matmul_rate(asked)
    pair = Pair(make, asked)
    tell("speeds", lambda: [_said("row", row) for row in speeds(pair, asked, rate)])
    tell("sameness", lambda: sameness(pair, asked))
    tell("moce", lambda: moce_factors(pair, asked))
    tell("job", lambda: job(pair, asked))
    tell("queue", lambda: at_equal_latency(_usual(told, asked), asked.arrivals))
    tell("quantised", lambda: quantised(pair, make, asked))
    return {**told, "goals": goals(told, asked)}


def _said(name: str, made: Any) -> Any:
    print(json.dumps({name: made}), file=sys.stderr, flush=True)
    return made


_KEYS = {"first_image": "first_image_seconds"}


def _usual(told: dict[str, Any], asked: Asked) -> dict[int, float]:
    """Seconds of a batch, by its size."""
    short = [row for row in told["speeds"] if row["steps"] == asked.steps[0]]
    return {row["batch"]: row["ours"]["seconds"] for row in short}


def goals(told: dict[str, Any], asked: Asked) -> dict[str, dict[str, Any]]:
    """Each row of quality.md's table, null where it was not measured, beside its floor and its
    goal. They are meant for one H200 and 1024 pixels."""
    short, long = asked.steps[0], asked.steps[-1]
    one, many = asked.batches[0], asked.batches[-1]
    by = {(row["steps"], row["batch"]): row for row in told.get("speeds", [])}

    def ours(steps: int, batch: int) -> dict[str, Any]:
        return by.get((steps, batch), {}).get("ours", {})

    measured = {
        "G1": ours(long, one).get("seconds"),
        "G2": ours(long, many).get("images_per_second"),
        "G3": ours(short, many).get("images_per_second"),
        "G4": told.get("quantised", {}).get("images_per_second"),
        "G5": by.get((long, many), {}).get("times_stock"),
        "G6": told.get("sameness", {}).get("lpips_median"),
        "G7": told.get("job", {}).get("ratio"),
        "G8": told.get("queue", {}).get("times"),
        "G9": told.get("first_image_seconds", [None])[-1],
    }
    return {
        name: {"what": what, "measured": measured[name], "floor": floor, "goal": goal}
        for name, (what, floor, goal) in GOALS.items()
    }


def main(argv: list[str] | None = None) -> int:
    arguments = sys.argv[1:] if argv is None else argv
    told = _parser().parse_args(arguments)
    if "queue" in told.parts and "speeds" not in told.parts:
        print("The queue is simulated with the speeds: name both of these parts.", file=sys.stderr)
        return 1
    device = "cuda" if torch.cuda.is_available() else "cpu"
    if device == "cpu" and not told.tiny:
        print("No GPU is there: --tiny rehearses the bench on the processor.", file=sys.stderr)
        return 1
    dtype = getattr(torch, told.dtype)
    small = told.tiny
    asked = Asked(
        device=device,
        dtype=dtype,
        side=64 if small else told.side,
        # A search needs a step in its window.
        steps=[4] if small else told.steps,
        batches=[1, 2] if small else told.batches,
        warm=1 if small else told.warm,
        runs=2 if small else told.runs,
        matmul=64 if small else 8192,
        job=4 if small else told.job,
        arrivals=500 if small else 20_000,
        starts=1 if small else 2,
        fast=Fast(not told.no_channels_last, not told.no_fuse, "none" if small else told.compile),
    )
    make = _maker(told, device, dtype)
    if told.first_image:
        pair = Pair(make, asked, alone=True)
        say_when_drawn(lambda: pair.draw(asked.steps[-1], 1))
        return 0
    print(json.dumps(measure(make, asked, arguments, told.parts), indent=2))
    return 0


def _maker(told: argparse.Namespace, device: str, dtype: torch.dtype) -> Callable[[], Any]:
    if told.tiny:
        return lambda: tiny.sdxl().to(device, dtype)
    if told.random:
        return lambda: true_shape.sdxl(device, dtype)
    options: dict[str, Any] = {"dtype": dtype, "use_safetensors": True, "variant": told.variant}
    return lambda: AutoPipelineForText2Image.from_pretrained(told.model, **options).to(device)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench_gpu", description=__doc__)
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--model", help="folder of a model in diffusers' layout")
    which.add_argument("--random", action="store_true", help="SDXL's shape, random weights")
    which.add_argument("--tiny", action="store_true", help="a rehearsal in seconds")
    parser.add_argument("--variant")
    parser.add_argument("--dtype", default="bfloat16", choices=["bfloat16", "float16", "float32"])
    parser.add_argument("--side", type=int, default=1024)
    parser.add_argument("--steps", type=int, nargs="+", default=[20, 30])
    parser.add_argument("--batches", type=int, nargs="+", default=[1, 4])
    parser.add_argument("--warm", type=int, default=3)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--job", type=int, default=200, help="images of the long job")
    parser.add_argument(
        "--parts", nargs="+", default=PARTS, choices=PARTS, help="all, if not named"
    )
    parser.add_argument("--compile", default="blocks", choices=["none", "blocks"])
    parser.add_argument("--no-channels-last", action="store_true")
    parser.add_argument("--no-fuse", action="store_true")
    parser.add_argument(FLAG, action="store_true", help="draw one image and say so, nothing else")
    return parser


if __name__ == "__main__":
    sys.exit(main())
