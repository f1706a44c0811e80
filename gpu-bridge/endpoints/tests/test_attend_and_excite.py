"""Attend-and-Excite after methods.md 7, and G14 of quality.md."""

from typing import Any

import pytest
import torch
from diffusers.models.attention_processor import AttnProcessor
from diffusers.pipelines import StableDiffusionAttendAndExcitePipeline

from teacup_endpoints.asking import Ask, Drawn, Loaded
from teacup_endpoints.errors import Failed, Refused
from teacup_endpoints.methods.attend_and_excite import METHOD, Parameters
from teacup_endpoints.model import Model
from teacup_endpoints.noise import NoiseFrom
from teacup_endpoints.parameters import parse
from teacup_endpoints.sampling import start
from teacup_endpoints.schedulers import make_scheduler

from .conftest import PAIR, MakeAsk, drawn, load, plain

PLAIN = {"altered_steps": 0, "refine_at": [], "refine_until": []}
NO_REFINEMENT = {"refine_at": [], "refine_until": []}
# Random weights attend to every token alike: no threshold above 0.2 is ever reached.
SIZE = {"width": 128, "height": 128}


def draw(model: Model, ask: Ask, **raw: Any) -> Drawn:
    return drawn(METHOD, Loaded(model), ask, **raw)


@pytest.mark.parametrize("off", [PLAIN, {"step_size": 0}], ids=["no steps", "no step size"])
def test_off_it_is_plain_at_plains_cost(base: Model, ask: MakeAsk, off: dict[str, Any]) -> None:
    asked = ask(concepts=PAIR, **SIZE)
    before = base.counter.forwards, base.counter.backwards
    made = draw(base, asked, **off).latents
    assert base.counter.forwards - before[0] == 3 * 2 * start(base, asked).steps
    assert base.counter.backwards == before[1]
    assert torch.equal(made, plain(base, asked))


def stock(model: Model, ask: Ask, tokens: list[int], **options: Any) -> torch.Tensor:
    """diffusers' class, on the same parts and the same noise."""
    parts = {name: part for name, part in model.pipe.components.items() if name != "image_encoder"}
    pipe: Any = StableDiffusionAttendAndExcitePipeline(**parts, requires_safety_checker=False)
    pipe.set_progress_bar_config(disable=True)
    pipe.scheduler = make_scheduler(model.pipe.scheduler, ask.scheduler)
    with NoiseFrom(ask.seeds, step=0):
        told = {"width": ask.width, "height": ask.height, "num_inference_steps": ask.steps}
        images = {"num_images_per_prompt": len(ask.seeds), "output_type": "latent"}
        options["attn_res"] = (ask.width // 32, ask.height // 32)
        return pipe(
            ask.prompt, tokens, **told, **images, guidance_scale=ask.guidance_scale, **options
        ).images


@pytest.fixture
def explicit() -> Model:
    """SD 1.x with diffusers' explicit softmax everywhere, as its Attend-and-Excite has it."""
    model = load("sd1")
    model.unet.set_attn_processor(AttnProcessor())
    return model


@pytest.mark.parametrize("scheduler", ["pndm", "ddim", "dpm++2m"])
@pytest.mark.parametrize("thresholds", [{}, {0: 0.03, 2: 0.9}], ids=["no refinement", "refined"])
def test_it_equals_diffusers_on_sd1_bit_for_bit(
    explicit: Model, ask: MakeAsk, scheduler: str, thresholds: dict[int, float]
) -> None:
    asked = ask(scheduler=scheduler, concepts=PAIR, seeds=(11,), guidance_scale=7.5, **SIZE)
    ours = draw(
        explicit,
        asked,
        altered_steps=4,
        refine_at=list(thresholds),
        refine_until=list(thresholds.values()),
    )
    # "a tea cup of iced coke": the start token is 0.
    theirs = stock(explicit, asked, [5, 6, 2, 3], max_iter_to_alter=4, thresholds=thresholds)
    assert torch.equal(ours.latents, theirs)
    assert not torch.equal(ours.latents, plain(explicit, asked))


def test_several_images_equal_diffusers_one_by_one(ask: MakeAsk) -> None:
    model = load("sd1")
    asked = ask(concepts=PAIR, scheduler="ddim", **SIZE)
    ours = draw(model, asked, altered_steps=4, **NO_REFINEMENT).latents
    theirs = stock(model, asked, [5, 6, 2, 3], max_iter_to_alter=4, thresholds={})
    # Fused attention rounds otherwise, and steps of 20 gradients carry that on.
    assert float((ours - theirs).norm() / theirs.norm()) < 1e-4


def test_fifty_steps_cost_125_rows_and_25_gradients(ask: MakeAsk) -> None:
    model = load("sdxl")
    asked = ask(concepts=PAIR, steps=50, seeds=(1, 2))
    draw(model, asked, **NO_REFINEMENT)
    assert (model.counter.forwards, model.counter.backwards) == (2 * 125, 2 * 25)
    plan = METHOD.plan_evals(parse(Parameters, NO_REFINEMENT), asked, 50)
    assert (plan.least, plan.most, plan.backwards, plan.backwards_most) == (125, 125, 25, 25)


@pytest.mark.parametrize("reachable", [0.0, 1.0], ids=["at once", "never"])
def test_refinement_costs_what_the_plan_says(ask: MakeAsk, reachable: float) -> None:
    model = load("sd1")
    asked = ask(concepts=PAIR, seeds=(1, 2))
    raw = {"altered_steps": 3, "refine_at": [0, 4, 99], "refine_until": [reachable] * 3}
    made = draw(model, asked, refine_rounds=5, **raw)
    plan = METHOD.plan_evals(parse(Parameters, {**raw, "refine_rounds": 5}), asked, 7)
    ends = (plan.least, plan.backwards), (plan.most, plan.backwards_most)
    assert ends == ((2 * 7 + 4, 4), (2 * 7 + 4 + 10, 4 + 10))
    counted = model.counter.forwards / 2, model.counter.backwards / 2
    assert counted == ends[0 if reachable == 0 else 1]
    assert made.per_image is not None
    rounds = {} if reachable == 0 else {"0": 5, "4": 5}
    assert [told["rounds"] for told in made.per_image] == [rounds] * 2


def test_the_rows_that_fill_a_batch_up_are_nobodys_cost_and_change_nothing(ask: MakeAsk) -> None:
    asked = ask(concepts=PAIR, seeds=(1, 2, 3))
    model = load("sdxl", rows=4, exact=True)
    raw = {"altered_steps": 2, "refine_at": [1], "refine_until": [1.0], "refine_rounds": 2}
    together = draw(model, asked, **raw).latents
    forwards = model.counter.forwards - model.fillers
    assert (forwards, model.counter.backwards - model.backward_fillers) == (3 * 16, 3 * 4)
    alone = draw(load("sdxl", rows=4, exact=True), ask(concepts=PAIR, seeds=(3,)), **raw)
    assert torch.equal(together[2:], alone.latents)


def test_permuting_the_seeds_permutes_the_images(ask: MakeAsk) -> None:
    model = load("sdxl", rows=4, exact=True)
    there = draw(model, ask(concepts=PAIR, seeds=(1, 2, 3)), altered_steps=2, refine_rounds=2)
    back = draw(model, ask(concepts=PAIR, seeds=(3, 1, 2)), altered_steps=2, refine_rounds=2)
    assert torch.equal(there.latents, back.latents[[1, 2, 0]])


def test_computing_activations_twice_changes_nothing(base: Model, ask: MakeAsk) -> None:
    asked = ask(concepts=PAIR, seeds=(1,))
    once = draw(base, asked, altered_steps=2, **NO_REFINEMENT).latents
    twice = draw(base, asked, altered_steps=2, checkpointing=True, **NO_REFINEMENT).latents
    assert torch.equal(once, twice)
    assert not base.unet.is_gradient_checkpointing


def test_out_of_memory_takes_fewer_gradients_at_once(ask: MakeAsk) -> None:
    model, asked = load("sdxl", rows=8), ask(concepts=PAIR)
    expected = draw(model, asked, altered_steps=1, **NO_REFINEMENT).latents
    limit = 1

    def limited(_unet: Any, args: Any) -> None:
        if args[0].requires_grad and len(args[0]) > limit:
            raise torch.OutOfMemoryError("simulated")

    model.unet.register_forward_pre_hook(limited)
    made = draw(model, asked, altered_steps=1, **NO_REFINEMENT).latents
    assert (model.gradient_rows, model.rows) == (1, 8)
    assert torch.allclose(made, expected, atol=1e-4)
    limit = 0
    with pytest.raises(Failed, match="does not hold one image"):
        draw(model, asked, altered_steps=1)


LONG = " ".join(["cup"] * 80 + ["coke"])


@pytest.mark.parametrize(
    ("raw", "changes", "sentence"),
    [
        ({}, {}, "needs words: give method_params.words"),
        ({"words": ["frog"]}, {}, "'frog' does not stand in the prompt"),
        ({"words": ["coke tea"]}, {}, "'coke tea' does not stand"),
        ({"words": [" "]}, {}, "an empty word"),
        ({"words": ["coke"]}, {"prompt": LONG}, "stands behind the 75 tokens"),
        ({"refine_at": [0]}, {"concepts": PAIR}, "as many entries as one another"),
        ({"refine_at": [-1], "refine_until": [0.5]}, {"concepts": PAIR}, "a negative step"),
        ({"refine_at": [1], "refine_until": [1.5]}, {"concepts": PAIR}, "not between 0 and 1"),
        ({"step_size": -1}, {"concepts": PAIR}, "step_size is -1"),
        ({"grid": "whole"}, {"concepts": PAIR}, "grid must be one of quarter, half"),
        ({"words": ["cup"]}, {"width": 64, "height": 32}, "too small for this grid"),
    ],
)
def test_what_cannot_be_excited_is_refused(
    base: Model, ask: MakeAsk, raw: dict[str, Any], changes: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        draw(base, ask(**changes), **raw)
