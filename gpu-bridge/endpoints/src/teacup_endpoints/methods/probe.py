"""When is each concept decided? One concept's text for k steps, the other's from there on.

For k over a grid of 0 .. N, and both ways round, M_k is drawn and both concepts are scored:

    curve(start, other) = [(k, S_start(M_k), S_other(M_k))]
    decided(start)      = the smallest k of the grid from which on S_start >= S_other

At k = 0 the image is the other concept's alone, at k = N the starting one's. A concept that is
decided early outlives a switch of the text at an early step. It is a measurement: the images that
come back are plain's, of the whole prompt.

Cost an image: 2 * N for plain's image, and for each way round 2 * N + sum over k of 2 * (N - k).
"""

from dataclasses import dataclass
from typing import Any, Literal

from ..asking import Ask, Drawn, Loaded, Method, Plan
from ..errors import Refused
from ..judging import Judge, check_apart, pick_scorer
from ..parameters import parameter
from ..sampling import Hooks, guide_to, sample, start
from ..trajectory import Finish, Trajectory


@dataclass(frozen=True)
class Parameters:
    points: int = parameter(8, "Intervals of the curve", unit="intervals", minimum=1, maximum=100)
    ways: Literal["both", "first_to_second", "second_to_first"] = parameter("both", "Ways round")
    scorer: Literal["clipscore", "imagereward", "blip-itm"] | None = parameter(
        None, "Scorer", description="Empty: the first in the endpoint's file"
    )

    @property
    def directions(self) -> list[str]:
        return ["first_to_second", "second_to_first"] if self.ways == "both" else [self.ways]


def check(loaded: Loaded, ask: Ask, parameters: Parameters) -> None:
    pick_scorer(loaded, parameters.scorer)
    if len(ask.concepts) != 2:
        raise Refused(f"The probe needs 2 concepts: {len(ask.concepts)} came.")
    check_apart(ask)


def grid(points: int, steps: int) -> list[int]:
    return sorted({steps * point // points for point in range(points + 1)})


def plan_evals(parameters: Parameters, ask: Ask, steps: int) -> Plan:
    one = steps + sum(steps - k for k in grid(parameters.points, steps))
    evals = ask.rows_a_step * (steps + one * len(parameters.directions))
    return Plan(least=evals, most=evals)


def run(loaded: Loaded, ask: Ask, parameters: Parameters) -> Drawn:
    plain = sample(start(loaded.base, ask), Hooks(guide_to(loaded.base, ask, ask.prompt))).latents
    judge = Judge(pick_scorer(loaded, parameters.scorer), ask)
    told: list[dict[str, Any]] = [{"curves": {}, "decided": {}} for _ in ask.seeds]
    for way in parameters.directions:
        curves = measure(loaded, ask, judge, way, parameters.points)
        for image, curve in zip(told, curves, strict=True):
            begins = way.partition("_")[0]
            image["curves"][way] = curve
            image["decided"][begins] = decided(curve, begins)
    return Drawn(
        plain, mode="probe", per_image=told, trace={"scorer": judge.scorer.name, **judge.cut}
    )


def measure(
    loaded: Loaded, ask: Ask, judge: Judge, way: str, points: int
) -> list[list[dict[str, float]]]:
    """One curve an image."""
    first, second = (concept.text for concept in ask.concepts)
    begins, ends = (first, second) if way == "first_to_second" else (second, first)
    trajectory = Trajectory(loaded.base, ask, begins)
    finish = Finish(loaded.base, ask, ends)
    rows = range(len(ask.seeds))
    curves: list[list[dict[str, float]]] = [[] for _ in rows]
    for k in grid(points, trajectory.steps):
        finish.draw(trajectory, {row: k for row in rows})
        scores = judge.scores([finish.images[row, k] for row in rows])
        for curve, (one, two) in zip(curves, scores, strict=True):
            curve.append({"step": k, "first": one, "second": two})
    return curves


def decided(curve: list[dict[str, float]], begins: str) -> float | None:
    """From which step on the starting concept stays ahead; None where it never does."""
    other = "second" if begins == "first" else "first"
    since: float | None = None
    for point in curve:
        if point[begins] < point[other]:
            since = None
        elif since is None:
            since = point["step"]
    return since


METHOD = Method(
    name="probe",
    version="1",
    title="When each concept is decided",
    parameters=Parameters,
    plan_evals=plan_evals,
    run=run,
    check=check,
    concepts=True,
)
