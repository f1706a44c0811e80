"""How fast the endpoints draw, against stock diffusers in the same session (quality.md, G1 to G9).

    python -m teacup_endpoints.bench_gpu --model weights/sdxl > bench.json
    python -m teacup_endpoints.bench_gpu --random            SDXL's true shape, no weights needed
    python -m teacup_endpoints.bench_gpu --tiny              a rehearsal: its figures mean nothing

Stock and ours draw in turn from the same noise, in the same type; medians after warm-ups, by CUDA
events. The share is of the bf16 matmul rate measured first. What is not measured here: LPIPS (G6)
needs a network with weights, so the largest and the mean difference of pixels stand for it; upload
and webhook of G7, which are the bridge's; G4 and G8.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from typing import Any

import torch
from diffusers.pipelines import AutoPipelineForText2Image
from PIL import ImageChops, ImageStat

from . import tiny, true_shape
from .bench_pair import PROMPT, Asked, Pair, flops_a_row, in_turn, matmul_rate
from .config import Config, Defaults, Endpoint
from .drawing import Drawer
from .fast import Fast


def speeds(pair: Pair, asked: Asked, rate: float) -> list[dict[str, Any]]:
    """G1, G2, G3 and G5."""
    flops = flops_a_row(pair.loaded.base, asked)
    rows: list[dict[str, Any]] = []
    for steps in asked.steps:
        for batch in asked.batches:

            def stock(steps: int = steps, batch: int = batch) -> object:
                return pair.draw_stock(steps, batch)

            def ours(steps: int = steps, batch: int = batch) -> object:
                return pair.draw(steps, batch)

            took = in_turn({"stock": stock, "ours": ours}, asked)
            unet = 2 * steps * batch * flops / 1e12
            about = {"steps": steps, "batch": batch, "times_stock": took["stock"] / took["ours"]}
            each = {
                name: {
                    "seconds": seconds,
                    "images_per_second": batch / seconds,
                    "share_of_matmul_rate": unet / seconds / rate,
                }
                for name, seconds in took.items()
            }
            rows.append({**about, **each})
    return rows


def sameness(pair: Pair, asked: Asked) -> dict[str, Any]:
    """G6, by pixels: ours against stock, and ours against itself."""
    steps, batch = asked.steps[0], asked.batches[0]
    stock, first, again = (
        pair.draw_stock(steps, batch),
        pair.draw(steps, batch),
        pair.draw(steps, batch),
    )
    apart = [ImageChops.difference(a, b) for a, b in zip(stock, first, strict=True)]
    extrema: list[Any] = [image.getextrema() for image in apart]
    largest = max(high for bands in extrema for _low, high in bands)
    mean = max(max(ImageStat.Stat(image).mean) for image in apart)
    twice = all(a.tobytes() == b.tobytes() for a, b in zip(first, again, strict=True))
    return {"largest_of_255": largest, "mean_of_255": mean, "twice_the_same_bytes": twice}


def moce_factor(pair: Pair, asked: Asked) -> dict[str, float]:
    """MoCE at a known step against plain: 1.00 by evals; what remains is its second batch."""
    steps, batch = asked.steps[0], asked.batches[-1]
    took = in_turn(
        {
            "plain": lambda: pair.draw(steps, batch),
            "moce": lambda: pair.draw(steps, batch, "moce", known_step=steps // 4),
        },
        asked,
    )
    return {**took, "factor": took["moce"] / took["plain"]}


def job(pair: Pair, asked: Asked) -> dict[str, float]:
    """G7 up to the answer: predictions one after another, PNGs included, by the clock on the wall
    and by what sampling and decoding took of it."""
    batch, steps = asked.batches[-1], asked.steps[0]
    config = Config(name="bench", defaults=Defaults(steps=steps))
    drawer = Drawer(Endpoint(config), pair.loaded)
    busy, drawn = 0.0, 0
    start = time.perf_counter()
    while drawn < asked.job:
        seeds = list(range(drawn, drawn + batch))
        size = {"width": asked.side, "height": asked.side}
        told = drawer.draw({"prompt": PROMPT, "seeds": seeds, **size})["timings"]
        busy += told["sample"] + told["decode"]
        drawn += batch
    wall = time.perf_counter() - start
    return {"images": drawn, "wall_seconds": wall, "busy_seconds": busy, "ratio": wall / busy}


def measure(make: Callable[[], Any], asked: Asked, started: float) -> dict[str, Any]:
    rate = matmul_rate(asked)
    pair = Pair(make, asked)
    pair.draw(asked.steps[0], 1)
    first = time.time() - started
    gpu = torch.cuda.get_device_name() if asked.device.startswith("cuda") else None
    return {
        "gpu": gpu,
        "device": asked.device,
        "torch": torch.__version__,
        "dtype": str(asked.dtype).removeprefix("torch."),
        "side": asked.side,
        "fast": asked.fast.said,
        "matmul_tflops": rate,
        # G9, the second pipeline that only the bench needs and the matmul included.
        "first_image_seconds": first,
        "speeds": speeds(pair, asked, rate),
        "sameness": sameness(pair, asked),
        "moce_known_step": moce_factor(pair, asked),
        "job": job(pair, asked),
    }


def main(argv: list[str] | None = None) -> int:
    started = time.time()
    told = _parser().parse_args(argv)
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
        steps=[2] if small else told.steps,
        batches=[1, 2] if small else told.batches,
        warm=1 if small else told.warm,
        runs=2 if small else told.runs,
        matmul=64 if small else 8192,
        job=4 if small else told.job,
        fast=Fast(not told.no_channels_last, not told.no_fuse, "none" if small else told.compile),
    )
    print(json.dumps(measure(_maker(told, device, dtype), asked, started), indent=2))
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
    parser.add_argument("--compile", default="blocks", choices=["none", "blocks"])
    parser.add_argument("--no-channels-last", action="store_true")
    parser.add_argument("--no-fuse", action="store_true")
    return parser


if __name__ == "__main__":
    sys.exit(main())
