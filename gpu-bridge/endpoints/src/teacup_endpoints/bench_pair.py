"""The bench's two pipelines, stock and ours, and how long an act of each takes."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

import torch
from PIL import Image

from .asking import Ask, Loaded, Thresholds
from .fast import Fast, make_fast
from .identity import Identity
from .methods import method_named
from .model import Model
from .noise import noise
from .rehearsal import PAIR, PROMPT


@dataclass(frozen=True)
class Asked:
    device: str
    dtype: torch.dtype
    side: int
    steps: list[int]
    batches: list[int]
    warm: int
    runs: int
    matmul: int
    job: int  # images of the job of G7
    arrivals: int  # in the queue of G8
    starts: int  # processes of G9, one after the other
    fast: Fast


def stopwatch(device: str) -> Callable[[Callable[[], object]], float]:
    """Seconds of an act, by CUDA events where there are any."""

    def on_cpu(act: Callable[[], object]) -> float:
        start = time.perf_counter()
        act()
        return time.perf_counter() - start

    def on_gpu(act: Callable[[], object]) -> float:
        start, end = (torch.cuda.Event(enable_timing=True) for _ in range(2))
        start.record()
        act()
        end.record()
        torch.cuda.synchronize()
        return start.elapsed_time(end) / 1000

    return on_gpu if device.startswith("cuda") else on_cpu


def in_turn(acts: dict[str, Callable[[], object]], asked: Asked) -> dict[str, float]:
    """The median of each, drawn in turn so that a warming GPU is unfair to nobody."""
    clock = stopwatch(asked.device)
    took: dict[str, list[float]] = {name: [] for name in acts}
    for _ in range(asked.warm + asked.runs):
        for name, act in acts.items():
            took[name].append(clock(act))
    return {name: median(times[asked.warm :]) for name, times in took.items()}


def matmul_rate(asked: Asked) -> float:
    """TFLOP/s of a square bf16 product: what this GPU really gives, clocks and power included."""
    size = asked.matmul
    a, b = (torch.randn(size, size, device=asked.device, dtype=torch.bfloat16) for _ in range(2))
    took = in_turn({"matmul": lambda: torch.matmul(a, b)}, asked)["matmul"]
    return 2 * size**3 / took / 1e12


def flops_a_row(model: Model, asked: Asked) -> int:
    """One latent through the UNet once."""
    from torch.utils.flop_counter import FlopCounterMode

    told = model.prompts.encode(PROMPT, asked.side, asked.side)
    x = noise((1,), 0, model.latent_shape(asked.side, asked.side), device=model.device)
    with torch.no_grad(), FlopCounterMode(display=False) as counter:
        model.forward(x.to(model.dtype), torch.tensor(500, device=model.device), told)
    return counter.get_total_flops()


class NeverSure:
    """In place of a scorer, in no time: the first concept always wins, which is a search's dearest
    path, and by so much that nothing is accepted."""

    name = "clipscore"
    thresholds = Thresholds(delta=0.0)

    def to_json(self) -> dict[str, Any]:
        return {"scorer": self.name, "model": {"weights_hash": "0" * 64}}

    def score(self, images: Sequence[Image.Image], texts: Sequence[str]) -> list[list[float]]:
        return [[1.0, *[0.0] * (len(texts) - 1)] for _ in images]

    def removed(self, texts: Sequence[str]) -> dict[str, str]:
        return {}


class Pair:
    """Stock diffusers and ours of the same weights, beside one another in memory; or ours alone."""

    def __init__(self, make: Callable[[], Any], asked: Asked, alone: bool = False) -> None:
        self.asked = asked
        self.stock: Any = None if alone else make()
        ours = make_fast(make(), asked.fast)
        for pipe in (self.stock, ours):
            if pipe is not None:
                pipe.set_progress_bar_config(disable=True)
        identity = Identity("bench", "none", "0" * 64)
        model = Model(ours, identity, rows=2 * max(asked.batches))
        self.loaded = Loaded(model, scorers={NeverSure.name: NeverSure()})

    def leave(self) -> None:
        """Out of memory, for what is measured next."""
        del self.stock, self.loaded

    def ask(self, steps: int, batch: int) -> Ask:
        side, seeds = self.asked.side, tuple(range(batch))
        return Ask(PROMPT, seeds, side, side, steps, 5.0, concepts=PAIR)

    def draw_stock(self, steps: int, batch: int) -> list[Image.Image]:
        ask, model = self.ask(steps, batch), self.loaded.base
        shape = model.latent_shape(ask.width, ask.height)
        latents = noise(ask.seeds, 0, shape, device=model.device, dtype=self.stock.unet.dtype)
        size = {"width": ask.width, "height": ask.height, "num_images_per_prompt": batch}
        told = {"num_inference_steps": steps, "guidance_scale": ask.guidance_scale}
        return self.stock(PROMPT, latents=latents, **size, **told).images

    def draw(self, steps: int, batch: int, name: str = "plain", **raw: Any) -> list[Image.Image]:
        method, ask = method_named(name), self.ask(steps, batch)
        drawn = method.run(self.loaded, ask, method.parameters(**raw))
        return drawn.images or self.loaded.base.decode(drawn.latents, ask.seeds)
