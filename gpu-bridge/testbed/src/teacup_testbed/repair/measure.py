"""One arm on one pair: its images are drawn by the endpoints' method and judged."""

from __future__ import annotations

import time
from functools import partial
from typing import Any

from PIL.Image import Image
from teacup_endpoints.asking import Ask
from teacup_endpoints.drawing import Counts
from teacup_endpoints.errors import Refused
from teacup_endpoints.methods import method_named
from teacup_endpoints.parameters import parse

from ..evaluation.tallies import about_pair, seen_of, tally
from ..world.assignment import Pair
from .arms import Arm, Plan
from .opened import Opened

Json = dict[str, Any]
# Apart from the seeds of every gate and of one another. A pair has a hundred.
SEEDS = {"evaluation": 6_000_000, "tuning": 7_000_000, "probe": 8_000_000}
SEEDS_A_PAIR = 100


def seeds_of(opened: Opened, which: str, pair: Pair, images: int, use: str | None = None) -> int:
    """The first of a pair's seeds: the same for every arm, whichever pairs are measured."""
    if images > SEEDS_A_PAIR:
        raise ValueError(f"{images} images a pair: at most {SEEDS_A_PAIR} have seeds of their own.")
    pairs = opened.assignment.evaluation if which == "evaluation" else opened.assignment.tuning
    return SEEDS[use or which] + SEEDS_A_PAIR * pairs.index(pair)


def asks_of(
    opened: Opened, arm: Arm, plan: Plan, pair: Pair, first_seed: int
) -> list[tuple[Ask, list[int]]]:
    """Image k is drawn by prompt k modulo their number, as the gates do; and which images an ask
    is for."""
    prompts = arm.prompts(*pair)
    places = [list(range(at, plan.images, len(prompts))) for at in range(len(prompts))]
    return [
        (
            Ask(
                prompt,
                tuple(first_seed + place for place in own),
                opened.side,
                opened.side,
                opened.defaults.steps,
                opened.defaults.guidance_scale,
                concepts=arm.concepts(plan, pair),
            ),
            own,
        )
        for prompt, own in zip(prompts, places, strict=True)
        if own
    ]


def measure(opened: Opened, arm: Arm, plan: Plan, parameters: Json, which: str, pair: Pair) -> Json:
    """A row. Evals, backwards and seconds are means over the images; seconds are without the
    judge's. A prompt that the method refuses is drawn plainly, and its images are counted."""
    asks = asks_of(opened, arm, plan, pair, seeds_of(opened, which, pair, plan.images))
    own = parse(method_named(arm.method).parameters, parameters)
    counts, began = Counts(opened.loaded), time.perf_counter()
    tasks = [partial(_images, opened, arm.method, ask, own) for ask, _ in asks]
    drawn = [task() for task in tasks] if arm.changes_network else opened.model.together(tasks)
    seconds = time.perf_counter() - began
    evals, backwards = counts.until_now(opened.loaded)
    refused = [why for made, why in drawn if why is not None for _ in made]
    images = {
        place: image
        for (_, places), (made, _) in zip(asks, drawn, strict=True)
        for place, image in zip(places, made, strict=True)
    }
    verdict = opened.judge([images[place] for place in range(plan.images)])
    return {
        "arm": arm.name,
        **tally([about_pair(which, *pair)], verdict, plan.images)[0].to_json(),
        "rung": opened.assignment.rung[pair[0]],
        "evals": evals / plan.images,
        "backwards": backwards / plan.images,
        "seconds": seconds / plan.images,
        "refused": len(refused),
        **({"why": refused[0]} if refused else {}),
        "parameters": parameters,
        "weights": opened.weights_hash,
        "seen": seen_of(verdict),
    }


def _images(opened: Opened, name: str, ask: Ask, parameters: Any) -> tuple[list[Image], str | None]:
    """And why the method refused, where it did."""
    method, plain, why = method_named(name), method_named("plain"), None
    try:
        method.check(opened.loaded, ask, parameters)
        drawn = method.run(opened.loaded, ask, parameters)
    except Refused as error:
        drawn, why = plain.run(opened.loaded, ask, plain.parameters()), str(error)
    return drawn.images or opened.loaded.base.decode(drawn.latents, ask.seeds), why
