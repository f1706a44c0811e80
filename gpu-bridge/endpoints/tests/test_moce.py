"""MoCE after methods.md 2.6 and 2.7, with a scorer that is told what to say."""

from collections.abc import Sequence
from itertools import product
from typing import Any

import pytest
import torch
from PIL.Image import Image

from teacup_endpoints.asking import Ask, Concept, Drawn, Loaded
from teacup_endpoints.bisection import cost
from teacup_endpoints.errors import Refused
from teacup_endpoints.methods.moce import METHOD, Parameters
from teacup_endpoints.model import Model
from teacup_endpoints.parameters import parse
from teacup_endpoints.sampling import Hooks, guide_to, sample, start
from teacup_endpoints.schedulers import SCHEDULERS
from teacup_endpoints.trajectory import Trajectory

from .conftest import MakeAsk, drawn, load
from .scorers import StubScorer

PAIR = (Concept("iced coke", "a dark drink"), Concept("tea cup"))


class Stub(StubScorer):
    """Says the next scores of its list for each image: of the first concept and of the second."""

    def __init__(self, *said: tuple[float, float]) -> None:
        self.said, self.asked = list(said), 0
        self.texts: list[str] = []

    def score(self, images: Sequence[Image], texts: Sequence[str]) -> list[list[float]]:
        rows: list[list[float]] = []
        self.texts = list(texts)
        for _ in images:
            first, second = self.said[self.asked % len(self.said)]
            rows.append([first - 0.1, first, second])
            self.asked += 1
        return rows


def draw(model: Model, ask: Ask, stub: Stub | None = None, **raw: Any) -> Drawn:
    loaded = Loaded(model, scorers={} if stub is None else {"clipscore": stub})
    return drawn(METHOD, loaded, ask, **raw)


def switched(model: Model, ask: Ask, k: int) -> torch.Tensor:
    state = start(model, ask)
    sample(state, Hooks(guide_to(model, ask, ask.concepts[0].text)), until=k)
    return sample(state, Hooks(guide_to(model, ask, ask.prompt))).latents


@pytest.fixture(params=["sdxl", "sd1"])
def model(request: pytest.FixtureRequest) -> Model:
    return load(request.param, rows=2, exact=True)


@pytest.mark.parametrize("k", [0, 1, 3, 6])
def test_switching_to_the_same_prompt_is_plain(model: Model, ask: MakeAsk, k: int) -> None:
    asked = ask(concepts=(Concept(ask().prompt),))
    plain = sample(start(model, asked), Hooks(guide_to(model, asked, asked.prompt))).latents
    assert torch.equal(draw(model, asked, known_step=k).latents, plain)


@pytest.mark.parametrize("scheduler", SCHEDULERS)
def test_going_on_from_the_cache_equals_the_uncached_switch(
    model: Model, ask: MakeAsk, scheduler: str
) -> None:
    asked = ask(steps=8, concepts=PAIR, scheduler=scheduler, seeds=(1, 2))
    made = draw(model, asked, Stub((0.1, 0.9)))
    assert made.per_image is not None
    for row, told in enumerate(made.per_image):
        k = next(visit["step"] for visit in told["visited"] if visit.get("kept"))
        assert torch.equal(made.latents[row], switched(model, asked, k)[row])


def silent(model: Model) -> Model:
    """Its UNet is asked and counted, and says nothing."""
    model.unet.forward = lambda x, *_told, **_more: (torch.zeros_like(x),)
    return model


@pytest.mark.parametrize("steps", [28, 30, 35, 40])
@pytest.mark.parametrize("mode", ["per_image", "per_prompt"])
def test_evals_are_those_of_the_formula(ask: MakeAsk, steps: int, mode: str) -> None:
    model = silent(load("sdxl", rows=2, exact=True))
    asked = ask(steps=steps, concepts=PAIR, seeds=(1, 2))
    made = draw(model, asked, Stub((0.5, 0.2), (0.3, 0.3), (0.1, 0.6)), mode=mode)
    told = made.per_image or [made.trace] * 2
    visited = [[visit["step"] for visit in one["visited"]] for one in told]
    evals = model.counter.forwards - model.fillers
    assert evals == sum(2 * cost(path, steps) for path in visited)
    plan = METHOD.plan_evals(parse(Parameters, {}), asked, steps)
    assert all(plan.least <= 2 * cost(path, steps) <= plan.most for path in visited)


def test_every_outcome_of_three_rounds_costs_what_the_formula_says(ask: MakeAsk) -> None:
    """G12 of quality.md: 190 to 226 evals a search image of which nothing is accepted, mean 207."""
    model = silent(load("sdxl", rows=2, exact=True))
    asked = ask(steps=40, concepts=PAIR, seeds=(1,))
    never: list[int] = []
    for outcomes in product(["less", "more", "yes"], repeat=3):
        said = {"less": (0.5, 0.2), "more": (0.2, 0.5), "yes": (0.3, 0.3)}
        before = model.counter.forwards - model.fillers
        made = draw(model, asked, Stub(*(said[outcome] for outcome in outcomes)))
        evals = model.counter.forwards - model.fillers - before
        assert made.per_image is not None
        visited = [visit["step"] for visit in made.per_image[0]["visited"]]
        rounds = outcomes.index("yes") + 1 if "yes" in outcomes else 3
        assert len(visited) == rounds
        assert evals == 2 * max(visited) + sum(2 * (40 - k) for k in visited)
        if rounds == 3 and outcomes[2] == "less":
            never.append(evals)
    assert sorted(never) == [190, 196, 216, 226]
    assert sum(never) / 4 == 207


def test_one_decision_for_a_prompt_is_by_the_images_means(ask: MakeAsk) -> None:
    """Of each image the better text, then the mean: no image here would be accepted alone."""
    model = silent(load("sdxl", rows=2, exact=True))
    asked = ask(steps=8, concepts=PAIR, seeds=(1, 2))
    apart = Stub((0.5, 0.3), (0.3, 0.5))
    told = draw(model, asked, apart, mode="per_prompt").trace["visited"]
    assert [(visit["first"], visit["second"]) for visit in told] == [(0.4, 0.4)]
    alone = draw(model, asked, Stub((0.5, 0.3), (0.3, 0.5))).per_image
    assert alone is not None
    assert [len(image["visited"]) > 1 for image in alone] == [True, True]


def test_the_plans_ends_are_one_round_and_the_dearest_three(ask: MakeAsk) -> None:
    plan = METHOD.plan_evals(Parameters(), ask(steps=40), 40)
    assert (plan.least, plan.most) == (80, 226)
    known = METHOD.plan_evals(Parameters(known_step=7), ask(steps=40), 40)
    assert (known.least, known.most) == (80, 80)


def test_the_description_counts_when_it_scores_higher(ask: MakeAsk) -> None:
    stub = Stub((0.4, 0.4))
    made = draw(load("sdxl", rows=2, exact=True), ask(concepts=PAIR, seeds=(1,)), stub)
    assert stub.texts == ["iced coke", "a dark drink", "tea cup"]
    assert made.per_image is not None
    assert made.per_image[0]["visited"] == [{"step": 1, "first": 0.4, "second": 0.4, "kept": True}]
    assert made.per_image[0]["threshold"] == 0.72


def test_permuting_the_seeds_permutes_the_images(model: Model, ask: MakeAsk) -> None:
    there = draw(model, ask(concepts=PAIR, seeds=(1, 2, 3)), Stub((0.1, 0.9))).latents
    back = draw(model, ask(concepts=PAIR, seeds=(3, 1, 2)), Stub((0.1, 0.9))).latents
    assert torch.equal(there, back[[1, 2, 0]])


def test_the_refiner_draws_the_second_phase(ask: MakeAsk) -> None:
    base, refiner = (load(name, rows=2, exact=True) for name in ("sdxl", "refiner"))
    loaded = Loaded(base, refiner)
    METHOD.run(loaded, ask(concepts=PAIR), Parameters(known_step=2, second_stage="refiner"))
    counts = [model.counter.forwards - model.fillers for model in (base, refiner)]
    assert counts == [3 * 2 * 2, 3 * 2 * 4]


@pytest.mark.parametrize("k", [1, 4])
def test_exactly_k_steps_see_the_first_concept(sdxl: Model, ask: MakeAsk, k: int) -> None:
    asked = ask(concepts=PAIR, seeds=(1,))
    trajectory = Trajectory(sdxl, asked, PAIR[0].text)
    trajectory.extend({0: k})
    pure = guide_to(sdxl, asked, PAIR[0].text)
    assert torch.equal(
        trajectory.kept[0][k].latents, sample(start(sdxl, asked), Hooks(pure), k).latents
    )
    # One step further, the whole prompt has another say: its tokens and its pooled vector.
    seen: list[tuple[torch.Tensor, torch.Tensor]] = []
    hook = sdxl.unet.register_forward_pre_hook(
        lambda _net, _args, told: seen.append(
            (told["encoder_hidden_states"][-1], told["added_cond_kwargs"]["text_embeds"][-1])
        ),
        with_kwargs=True,
    )
    try:
        draw(sdxl, asked, known_step=k)
    finally:
        hook.remove()
    first, whole = seen[0], seen[-1]
    for i, told in enumerate(seen):
        for ours, other in zip(told, first if i < k else whole, strict=True):
            assert torch.equal(ours, other)
    assert not any(torch.equal(a, b) for a, b in zip(first, whole, strict=True))


@pytest.mark.parametrize(
    ("raw", "concepts", "sentence"),
    [
        ({}, PAIR[:1], "needs 2 concepts in drawing order: 1 came"),
        ({}, (*PAIR, Concept("glass")), "needs 2 concepts in drawing order: 3 came"),
        ({}, (PAIR[1], PAIR[1]), "'tea cup' is named twice"),
        ({"known_step": 1}, (PAIR[1], Concept("Tea cup")), "'tea cup' is named twice"),
        ({"known_step": 1}, (), "needs the first concept"),
        ({"known_step": 7}, PAIR, "there are 6 steps"),
        ({"second_stage": "refiner"}, PAIR, "has no refiner"),
        ({"scorer": "imagereward"}, PAIR, "has no scorer 'imagereward'"),
        ({"window": 0.1}, PAIR, "widen it"),
        ({"rounds": 0}, PAIR, "rounds is 0"),
    ],
)
def test_what_cannot_be_searched_is_refused(
    sdxl: Model, ask: MakeAsk, raw: dict[str, Any], concepts: tuple[Concept, ...], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        draw(sdxl, ask(concepts=concepts), Stub((0, 0)), **raw)
