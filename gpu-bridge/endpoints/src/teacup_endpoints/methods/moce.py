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

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any, Literal

import torch
from PIL.Image import Image

from ..asking import Ask, Concept, Drawn, Loaded, Method, Plan, Scorer
from ..bisection import Search, cost
from ..errors import Refused
from ..parameters import parameter
from ..sampling import Hooks, State, guide_to, merge, sample, start

# A threshold means something on its scorer's scale alone (methods.md 2.5): (delta, tau).
THRESHOLDS: dict[str, tuple[float, float | None]] = {
    "clipscore": (0.01, 0.72),
    "imagereward": (0.6, None),
}


@dataclass(frozen=True)
class Parameters:
    mode: Literal["per_image", "per_prompt"] = parameter("per_image", "Unit of decision")
    second_stage: Literal["base", "refiner"] = parameter("base", "Model of the second phase")
    scorer: Literal["clipscore", "imagereward"] = parameter("clipscore", "Scorer")
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

    @property
    def thresholds(self) -> tuple[float, float | None]:
        delta, tau = THRESHOLDS[self.scorer]
        return (
            delta if self.delta is None else self.delta,
            tau if self.tau is None else self.tau,
        )


def check(loaded: Loaded, ask: Ask, parameters: Parameters) -> None:
    needed = 1 if parameters.known_step is not None else 2
    if len(ask.concepts) < needed:
        raise Refused(f"MoCE needs {needed} concepts in drawing order: {len(ask.concepts)} came.")
    if parameters.second_stage == "refiner" and loaded.refiner is None:
        raise Refused("This endpoint has no refiner: set method_params.second_stage to base.")
    if parameters.known_step is not None:
        if parameters.known_step > ask.steps:
            raise Refused(
                f"method_params.known_step is {parameters.known_step}: there are {ask.steps} steps."
            )
        return
    if parameters.scorer not in loaded.scorers:
        raise Refused(
            f"This endpoint has no scorer '{parameters.scorer}': give method_params.known_step."
        )
    if int(parameters.window * ask.steps) < 1:
        raise Refused(
            f"A window of {parameters.window} of {ask.steps} steps has no step: widen it."
        )


def begin(parameters: Parameters, steps: int) -> Search:
    delta, tau = parameters.thresholds
    hi = int(parameters.window * steps)
    return Search(hi, min(max(steps // 4, 1), hi), parameters.rounds, delta, tau)


class Trajectory:
    """The first phase, as far as anybody asked for it: L_0, L_1, ... of all seeds."""

    def __init__(self, loaded: Loaded, ask: Ask) -> None:
        self.ask = ask
        self.hooks = Hooks(guide_to(loaded.base, ask, ask.concepts[0].text))
        self.loaded = loaded
        # One state a seed: an image goes no further than its own search asked.
        whole = start(loaded.base, ask)
        self.steps = whole.steps
        self.furthest = [whole.rows([row]) for row in range(len(ask.seeds))]
        self.kept: list[dict[int, State]] = [{0: state.copy()} for state in self.furthest]

    def extend(self, wanted: dict[int, int]) -> None:
        """`wanted[row]` = k: makes L_k of that image. Images at the same step share the batch."""
        while behind := [row for row, k in wanted.items() if self.furthest[row].i < k]:
            at = min(self.furthest[row].i for row in behind)
            rows = [row for row in behind if self.furthest[row].i == at]
            together = sample(merge([self.furthest[row] for row in rows]), self.hooks, at + 1)
            for place, row in enumerate(rows):
                self.furthest[row] = together.rows([place])
                self.kept[row][at + 1] = self.furthest[row].copy()


class Finish:
    """The second phase: from L_k to the image, with the whole prompt. Each (image, k) once."""

    def __init__(self, loaded: Loaded, ask: Ask, parameters: Parameters) -> None:
        refines = parameters.second_stage == "refiner" and loaded.refiner is not None
        model = loaded.refiner if refines and loaded.refiner is not None else loaded.base
        self.model, self.ask = model, ask
        self.hooks = Hooks(guide_to(model, ask, ask.prompt))
        self.latents: dict[tuple[int, int], torch.Tensor] = {}
        self.images: dict[tuple[int, int], Image] = {}

    def draw(self, trajectory: Trajectory, wanted: dict[int, int]) -> None:
        fresh = {row: k for row, k in wanted.items() if (row, k) not in self.latents}
        trajectory.extend(fresh)
        by_step: dict[int, list[int]] = defaultdict(list)
        for row, k in fresh.items():
            by_step[k].append(row)
        waiting: State | None = None
        places: list[tuple[int, int]] = []
        # The earliest start first; later ones join it where they start, and share its batch.
        for k in sorted(by_step):
            joining = merge([trajectory.kept[row][k].copy() for row in by_step[k]])
            if waiting is not None:
                joining = merge([sample(waiting, self.hooks, until=k), joining])
            waiting = joining
            places += [(row, k) for row in by_step[k]]
        if waiting is None:
            return
        made = sample(waiting, self.hooks).latents
        images = self.model.decode(made, waiting.seeds)
        for place, latents, image in zip(places, made, images, strict=True):
            self.latents[place], self.images[place] = latents, image


def run(loaded: Loaded, ask: Ask, parameters: Parameters) -> Drawn:
    trajectory, finish = Trajectory(loaded, ask), Finish(loaded, ask, parameters)
    rows = range(len(ask.seeds))
    if parameters.known_step is not None:
        kept = {row: parameters.known_step for row in rows}
        finish.draw(trajectory, kept)
        return _drawn(finish, kept, "known", trace={"step": parameters.known_step})
    judge = Judge(loaded.scorers[parameters.scorer], ask)
    about = {"scorer": judge.scorer.name, "threshold": parameters.thresholds[1]}
    if parameters.mode == "per_prompt":
        search = begin(parameters, trajectory.steps)
        while search.kept is None:
            finish.draw(trajectory, {row: search.k for row in rows})
            scores = judge.scores([finish.images[row, search.k] for row in rows])
            search.tell(fmean(s[0] for s in scores), fmean(s[1] for s in scores))
        kept = {row: search.kept.step for row in rows}
        return _drawn(finish, kept, "per_prompt", trace={**_told(search), **_known(about)})
    searches = [begin(parameters, trajectory.steps) for _ in rows]
    while open_rows := [row for row in rows if searches[row].kept is None]:
        wanted = {row: searches[row].k for row in open_rows}
        finish.draw(trajectory, wanted)
        scores = judge.scores([finish.images[place] for place in wanted.items()])
        for row, (first, second) in zip(open_rows, scores, strict=True):
            searches[row].tell(first, second)
    kept = {row: visit.step for row in rows if (visit := searches[row].kept) is not None}
    per_image = [{**_told(search), **_known(about)} for search in searches]
    return _drawn(finish, kept, "per_image", per_image=per_image, trace=_known(about))


class Judge:
    """S_first and S_second of images: each concept's better text, its name or its description."""

    def __init__(self, scorer: Scorer, ask: Ask) -> None:
        self.scorer = scorer
        self.texts = [_texts(concept) for concept in ask.concepts[:2]]

    def scores(self, images: Sequence[Image]) -> list[tuple[float, float]]:
        first, second = self.texts
        rows = self.scorer.score(images, [*first, *second])
        return [(max(row[: len(first)]), max(row[len(first) :])) for row in rows]


def _texts(concept: Concept) -> list[str]:
    return [concept.text, *([concept.description] if concept.description else [])]


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
    return Plan(rows * steps, rows * max(cost(path, steps) for path in _paths(parameters, steps)))


def _paths(parameters: Parameters, steps: int) -> list[list[int]]:
    """What can be visited, for every outcome of every round."""
    open_paths, done = (
        [(1, int(parameters.window * steps), begin(parameters, steps).k, [0][:0])],
        [],
    )
    while open_paths:
        lo, hi, k, past = open_paths.pop()
        path = [*past, k]
        done.append(path)
        if len(path) == parameters.rounds:
            continue
        for low, high in ((lo, k - 1), (k + 1, hi)):
            if low <= high:
                open_paths.append((low, high, (low + high) // 2, path))
    return done


METHOD = Method(
    name="moce",
    version="1",
    title="MoCE",
    parameters=Parameters,
    plan_evals=plan_evals,
    run=run,
    check=check,
    # Images part ways in the search: larger batches would be filled up for nothing.
    rows=2,
)
