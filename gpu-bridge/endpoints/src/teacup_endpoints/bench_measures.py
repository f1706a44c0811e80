"""What the bench measures of a pair of pipelines, row by row of quality.md's table."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import torch
from PIL import Image, ImageChops, ImageStat

from .bench_pair import Asked, Pair, flops_a_row, in_turn
from .config import Config, Defaults, Endpoint
from .drawing import Drawer
from .errors import Refused
from .model import free_memory
from .perceptual import lpips
from .rehearsal import PROMPT


def speeds(pair: Pair, asked: Asked, rate: float) -> Iterator[dict[str, Any]]:
    """G1, G2, G3 and G5: a row for each number of steps and images."""
    flops = flops_a_row(pair.loaded.base, asked)
    # What a kernel takes when it is first loaded belongs to no row.
    for batch in asked.batches:
        pair.draw_stock(2, batch)
        pair.draw(2, batch)
    # The dearest first: what most goals are about is there though the bench is cut short.
    for steps in reversed(asked.steps):
        for batch in reversed(asked.batches):

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
            yield {**about, **each}


def sameness(pair: Pair, asked: Asked) -> dict[str, Any]:
    """G6: ours against stock, and ours against itself."""
    steps, batch = asked.steps[0], asked.batches[-1]
    stock, first, again = (
        pair.draw_stock(steps, batch),
        pair.draw(steps, batch),
        pair.draw(steps, batch),
    )
    apart, by = lpips(first, stock, asked.device)
    twice = all(a.tobytes() == b.tobytes() for a, b in zip(first, again, strict=True))
    return {
        **pixels_apart(first, stock),
        "lpips_median": apart,
        "lpips_by": by,
        "twice_the_same_bytes": twice,
    }


def pixels_apart(ours: list[Image.Image], stock: list[Image.Image]) -> dict[str, float]:
    apart = [ImageChops.difference(a, b) for a, b in zip(stock, ours, strict=True)]
    extrema: list[Any] = [image.getextrema() for image in apart]
    return {
        "largest_of_255": max(high for bands in extrema for _low, high in bands),
        "mean_of_255": max(max(ImageStat.Stat(image).mean) for image in apart),
    }


def moce_factors(pair: Pair, asked: Asked) -> dict[str, Any]:
    """MoCE against plain: at a known step, 1.00 by evals, and in a search of which nothing is ever
    accepted, its dearest. What is above the evals is a second batch, and a picture a round."""
    steps, batch = asked.steps[0], asked.batches[-1]
    every: dict[str, dict[str, Any]] = {"known": {"known_step": steps // 4}, "search": {}}
    evals: dict[str, float] = {}

    def counted(name: str) -> Callable[[], object]:
        def act() -> object:
            before = pair.loaded.base.counter.forwards
            made = pair.draw(steps, batch, "moce", **every[name])
            evals[name] = (pair.loaded.base.counter.forwards - before) / (2 * steps * batch)
            return made

        return act

    acts = {"plain": lambda: pair.draw(steps, batch), **{name: counted(name) for name in every}}
    took = in_turn(acts, asked)
    factors = {
        name: {"seconds": took[name], "factor": took[name] / took["plain"], "by_evals": evals[name]}
        for name in every
    }
    return {"plain": took["plain"], **factors}


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


def quantised(pair: Pair, make: Callable[[], Any], asked: Asked) -> dict[str, Any]:
    """G4. How far its pictures are from ours is told in pixels; FID and CLIP, in whose window the
    class has to stay, need thousands of images of real weights."""
    steps, batch = asked.steps[0], asked.batches[-1]
    ours = pair.draw(steps, batch)
    # Three pipelines are more than a 4090 holds.
    pair.leave()
    free_memory()
    try:
        other = Pair(make, replace(asked, fast=replace(asked.fast, quantise="float8")), alone=True)
    except Refused as error:
        return {"not_measured": str(error)}
    seconds = in_turn({"quantised": lambda: other.draw(steps, batch)}, asked)["quantised"]
    about = {"steps": steps, "batch": batch, "images_per_second": batch / seconds}
    return {**about, **pixels_apart(other.draw(steps, batch), ours)}


def card(asked: Asked) -> dict[str, Any]:
    """What it was measured on."""
    about: dict[str, Any] = {"gpu": None, "device": asked.device, "torch": torch.__version__}
    if not asked.device.startswith("cuda"):
        return about
    told = torch.cuda.get_device_properties(0)
    return {
        **about,
        "gpu": told.name,
        "memory_gib": round(told.total_memory / 2**30, 1),
        "compute_capability": f"{told.major}.{told.minor}",
        "cuda": torch.version.cuda,
    }
