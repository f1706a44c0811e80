"""Best of k: the control that any method which redraws has to beat at equal cost.

Each seed draws k images with plain guidance, from its own noise and from that of k - 1 seeds made
out of it, and keeps the one that scores highest:

    by concepts:  min(S_first, S_second), S_j as MoCE has it (methods.md 2.6)
    by prompt:    score(M, prompt)

`budget` says it in evals: k is what fits into as many as another method took (at least one image).
The other seeds are Philox4x32-10 of (seed, j), so they depend on no neighbour: key (seed, 0),
counter (j, 1, 0, 0), the first word without its last bit. The noise of images never has a 1 there.

Cost: k times plain's. k = 1 is plain.
"""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import torch

from ..asking import Ask, Drawn, Loaded, Method, Plan
from ..errors import Refused
from ..judging import Judge, check_apart, pick_scorer, told_of
from ..noise import philox4x32
from ..parameters import parameter
from ..sampling import Hooks, guide_to, sample, start


@dataclass(frozen=True)
class Parameters:
    k: int = parameter(3, "Images a seed", unit="images", minimum=1, maximum=64)
    budget: int | None = parameter(
        None,
        "Evals a seed, at most",
        unit="evals",
        minimum=1,
        description="Instead of k: what the compared method took",
    )
    judge_by: Literal["concepts", "prompt"] = parameter("concepts", "What is scored")
    scorer: Literal["clipscore", "imagereward", "blip-itm"] | None = parameter(
        None, "Scorer", description="Empty: the first in the endpoint's file"
    )

    def images(self, ask: Ask, steps: int) -> int:
        if self.budget is None:
            return self.k
        return min(max(self.budget // (ask.rows_a_step * steps), 1), 64)


def check(loaded: Loaded, ask: Ask, parameters: Parameters) -> None:
    if parameters.k == 1 and parameters.budget is None:
        return
    pick_scorer(loaded, parameters.scorer)
    if parameters.judge_by == "prompt":
        return
    if len(ask.concepts) != 2:
        raise Refused(f"Best of k scores 2 concepts: {len(ask.concepts)} came.")
    check_apart(ask)


def plan_evals(parameters: Parameters, ask: Ask, steps: int) -> Plan:
    evals = ask.rows_a_step * steps * parameters.images(ask, steps)
    return Plan(least=evals, most=evals)


def candidates(seed: int, k: int) -> tuple[int, ...]:
    """The seed itself first."""
    counters = np.arange(1, k, dtype=np.uint64)
    nothing = np.zeros_like(counters)
    words = philox4x32([counters, nothing + np.uint64(1), nothing, nothing], (seed, 0))[0]
    return (seed, *(int(word) >> 1 for word in words))


def run(loaded: Loaded, ask: Ask, parameters: Parameters) -> Drawn:
    steps = start(loaded.base, ask).steps
    k = parameters.images(ask, steps)
    each = [candidates(seed, k) for seed in ask.seeds]
    every = replace(ask, seeds=tuple(seed for seeds in each for seed in seeds))
    predict = guide_to(loaded.base, ask, ask.prompt)
    latents = sample(start(loaded.base, every), Hooks(predict)).latents
    if k == 1:
        return Drawn(latents, mode="plain")
    images = loaded.base.decode(latents, every.seeds)
    scorer = pick_scorer(loaded, parameters.scorer)
    if parameters.judge_by == "concepts":
        judge = Judge(scorer, ask)
        scores, cut = [min(pair) for pair in judge.scores(images)], judge.cut
    else:
        cut = told_of(scorer, [ask.prompt])
        scores = [row[0] for row in scorer.score(images, [ask.prompt])]
    kept: list[int] = []
    told: list[dict[str, object]] = []
    for at in range(0, len(images), k):
        # The first of equals: the seed's own image, if it is one of them.
        best = max(range(at, at + k), key=lambda place: (scores[place], -place))
        kept.append(best)
        told.append(
            {
                "candidates": [
                    {
                        "seed": every.seeds[i],
                        "score": scores[i],
                        **({"kept": True} if i == best else {}),
                    }
                    for i in range(at, at + k)
                ]
            }
        )
    return Drawn(
        latents[torch.tensor(kept, device=latents.device)],
        [images[place] for place in kept],
        mode=f"best of {k}",
        per_image=told,
        trace={"scorer": scorer.name, "k": k, **cut},
    )


METHOD = Method(
    name="best_of",
    version="1",
    title="Best of k",
    parameters=Parameters,
    plan_evals=plan_evals,
    run=run,
    check=check,
    concepts=True,
)
