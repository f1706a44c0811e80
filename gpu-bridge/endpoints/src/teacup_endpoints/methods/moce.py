"""MoCE, mixture of concept experts: the first concept alone for k steps, then the whole prompt.

k is searched per image (LC-Mis paper; methods.md 2.6). L_k is the state after k steps with `first`:

    S_j(M)    = max(score(M, concept_j), score(M, description_j)),   j in {first, second}
    D(M)      = S_first(M) - S_second(M)
    accept(M) = |D(M)| < delta   or   (S_first(M) > tau and S_second(M) > tau)

    lo = 1, hi = floor(window * N), k = floor(0.25 N) within them; at most R times: draw M_k from
    L_k, accept it, or go on with hi = k - 1 if D > 0 and lo = k + 1 if not,
    k = floor((lo + hi) / 2).
    Nothing accepted: the M_k with the largest min(S_first, S_second); ties: smaller |D|, smaller k.

`per_prompt` decides once for all seeds, by the means of S_j over the images. `second_stage` refiner
is the official code's; base is ours, because switching to the same prompt is then the identity.

Cost an image: 2 * max(visited k) + sum over visited k of 2 * (N - k); with a known step 2 * N.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import fmean
from typing import Any, Literal

import torch

from ..asking import Ask, Drawn, Loaded, Method, Plan, Scorer
from ..bisection import Search, cost, paths
from ..errors import Refused
from ..judging import Judge, check_apart, pick_scorer
from ..parameters import parameter
from ..trajectory import Finish, Trajectory


@dataclass(frozen=True)
class Parameters:
    mode: Literal["per_image", "per_prompt"] = parameter("per_image", "Unit of decision")
    second_stage: Literal["base", "refiner"] = parameter("base", "Model of the second phase")
    scorer: Literal["clipscore", "imagereward", "blip-itm"] | None = parameter(
        None, "Scorer", description="Empty: the first in the endpoint's file"
    )
    rounds: int = parameter(3, "Rounds at most", unit="rounds", minimum=1, maximum=20)
    window: float = parameter(
        0.475, "Last step searched", unit="share of the steps", minimum=0.0, maximum=1.0
    )
    delta: float | None = parameter(
        None, "Scores count as equal below", minimum=0, description="Empty: the scorer's own"
    )
    tau: float | None = parameter(
        None, "Scores are good enough above", description="Empty: the scorer's own, if it has one"
    )
    known_step: int | None = parameter(
        None,
        "Known step",
        unit="steps",
        minimum=0,
        description="Switches there without a search and without a scorer: plain's cost",
    )

    def thresholds(self, scorer: Scorer) -> tuple[float, float | None]:
        """(delta, tau): they mean something on the scorer's scale alone, so it has its own."""
        own = scorer.thresholds
        delta = own.delta if self.delta is None else self.delta
        if delta is None:
            raise Refused(
                f"The scorer {scorer.name} has no threshold of its own: give method_params.delta."
            )
        return delta, own.tau if self.tau is None else self.tau


def check(loaded: Loaded, ask: Ask, parameters: Parameters) -> None:
    # A third one would be left out without a word.
    if parameters.known_step is None and len(ask.concepts) != 2:
        raise Refused(f"MoCE needs 2 concepts in drawing order: {len(ask.concepts)} came.")
    if not ask.concepts:
        raise Refused("MoCE needs the first concept, which it draws alone: none came.")
    check_apart(ask)
    if parameters.second_stage == "refiner" and loaded.refiner is None:
        raise Refused("This endpoint has no refiner: set method_params.second_stage to base.")
    if parameters.known_step is not None:
        if parameters.known_step > ask.steps:
            raise Refused(
                f"method_params.known_step is {parameters.known_step}: there are {ask.steps} steps."
            )
        return
    parameters.thresholds(pick_scorer(loaded, parameters.scorer))
    if int(parameters.window * ask.steps) < 1:
        raise Refused(
            f"A window of {parameters.window} of {ask.steps} steps has no step: widen it."
        )


def begin(parameters: Parameters, scorer: Scorer, steps: int) -> Search:
    delta, tau = parameters.thresholds(scorer)
    hi = int(parameters.window * steps)
    return Search(hi, first_step(steps, hi), parameters.rounds, delta, tau)


def first_step(steps: int, hi: int) -> int:
    return min(max(steps // 4, 1), hi)


def run(loaded: Loaded, ask: Ask, parameters: Parameters) -> Drawn:
    trajectory = Trajectory(loaded.base, ask, ask.concepts[0].text)
    refiner = loaded.refiner if parameters.second_stage == "refiner" else None
    finish = Finish(refiner or loaded.base, ask, ask.prompt)
    rows = range(len(ask.seeds))
    if parameters.known_step is not None:
        kept = {row: parameters.known_step for row in rows}
        finish.draw(trajectory, kept)
        return _drawn(finish, kept, "known", trace={"step": parameters.known_step})
    scorer = pick_scorer(loaded, parameters.scorer)
    judge, (delta, tau) = Judge(scorer, ask), parameters.thresholds(scorer)
    about = _known({"scorer": scorer.name, "threshold": tau, "delta": delta})
    if parameters.mode == "per_prompt":
        search = begin(parameters, scorer, trajectory.steps)
        while search.kept is None:
            finish.draw(trajectory, {row: search.k for row in rows})
            scores = judge.scores([finish.images[row, search.k] for row in rows])
            search.tell(fmean(s[0] for s in scores), fmean(s[1] for s in scores))
        kept = {row: search.kept.step for row in rows}
        return _drawn(finish, kept, "per_prompt", trace={**_told(search), **about, **judge.cut})
    searches = [begin(parameters, scorer, trajectory.steps) for _ in rows]
    while open_rows := [row for row in rows if searches[row].kept is None]:
        wanted = {row: searches[row].k for row in open_rows}
        finish.draw(trajectory, wanted)
        scores = judge.scores([finish.images[place] for place in wanted.items()])
        for row, (first, second) in zip(open_rows, scores, strict=True):
            searches[row].tell(first, second)
    kept = {row: visit.step for row in rows if (visit := searches[row].kept) is not None}
    per_image = [{**_told(search), **about} for search in searches]
    return _drawn(finish, kept, "per_image", per_image=per_image, trace={**about, **judge.cut})


def _told(search: Search) -> dict[str, Any]:
    visited: list[dict[str, Any]] = []
    for visit in search.visits:
        mark = {"kept": True} if visit is search.kept else {}
        visited.append({**vars(visit), **mark})
    return {"visited": visited}


def _known(about: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in about.items() if value is not None}


def _drawn(finish: Finish, kept: dict[int, int], mode: str, **more: Any) -> Drawn:
    places = sorted(kept.items())
    latents = torch.stack([finish.latents[place] for place in places])
    return Drawn(latents, [finish.images[place] for place in places], mode, **more)


def plan_evals(parameters: Parameters, ask: Ask, steps: int) -> Plan:
    """One accepted round is plain's cost; the dearest outcome is found by going through all."""
    rows = ask.rows_a_step
    if parameters.known_step is not None:
        return Plan(rows * steps, rows * steps)
    hi = int(parameters.window * steps)
    every = paths(hi, first_step(steps, hi), parameters.rounds)
    return Plan(rows * steps, rows * max(cost(path, steps) for path in every))


METHOD = Method(
    name="moce",
    version="1",
    title="MoCE",
    parameters=Parameters,
    plan_evals=plan_evals,
    run=run,
    check=check,
    concepts=True,
)
