"""With every hook off, the loop is diffusers' own pipeline, bit for bit."""

from typing import Any

import pytest
import torch

from teacup_endpoints.asking import Ask
from teacup_endpoints.model import Model
from teacup_endpoints.noise import NoiseFrom
from teacup_endpoints.sampling import Hooks, State, guide_to, merge, sample, start
from teacup_endpoints.schedulers import SCHEDULERS, make_scheduler

from .conftest import MakeAsk, load


def stock(model: Model, ask: Ask, **extra: Any) -> torch.Tensor:
    """The latents of diffusers' pipeline; `torch.randn` inside it gives the seeds' noise."""
    own = model.pipe.scheduler
    model.pipe.scheduler = make_scheduler(own, ask.scheduler)
    try:
        with NoiseFrom(ask.seeds, step=0):
            return model.pipe(
                ask.prompt,
                width=ask.width,
                height=ask.height,
                num_inference_steps=ask.steps,
                guidance_scale=ask.guidance_scale,
                negative_prompt=ask.negative_prompt,
                num_images_per_prompt=len(ask.seeds),
                output_type="latent",
                **extra,
            ).images
    finally:
        model.pipe.scheduler = own


def plain(model: Model, ask: Ask) -> State:
    return sample(start(model, ask), Hooks(guide_to(model, ask, ask.prompt)))


@pytest.mark.parametrize("scheduler", SCHEDULERS)
def test_it_equals_the_pipeline_bit_for_bit(base: Model, ask: MakeAsk, scheduler: str) -> None:
    asked = ask(scheduler=scheduler)
    assert torch.equal(plain(base, asked).latents, stock(base, asked))


@pytest.mark.parametrize(
    "changes",
    [
        {"negative_prompt": "a red dog"},
        {"guidance_scale": 1.0},
        {"width": 128, "height": 64},
        {"seeds": (2**31 - 1,)},
    ],
    ids=["negative prompt", "no guidance", "not square", "one image"],
)
def test_it_equals_the_pipeline_whatever_is_asked(
    base: Model, ask: MakeAsk, changes: dict[str, Any]
) -> None:
    asked = ask(**changes)
    assert torch.equal(plain(base, asked).latents, stock(base, asked))


def test_images_are_the_pipelines_too(base: Model, ask: MakeAsk) -> None:
    asked = ask()
    latents = plain(base, asked).latents
    ours = base.decode(latents, asked.seeds)
    decoded = base.vae.decode(latents / base.vae.config.scaling_factor, return_dict=False)[0]
    theirs = base.pipe.image_processor.postprocess(decoded.detach(), output_type="pil")
    assert [image.tobytes() for image in ours] == [image.tobytes() for image in theirs]


@pytest.mark.parametrize("scheduler", SCHEDULERS)
def test_going_on_from_a_snapshot_equals_never_stopping(
    base: Model, ask: MakeAsk, scheduler: str
) -> None:
    asked = ask(scheduler=scheduler)
    hooks = Hooks(guide_to(base, asked, asked.prompt))
    halfway = sample(start(base, asked), hooks, until=3)
    kept = halfway.copy()
    whole = sample(halfway, hooks)
    assert kept.i == 3
    assert torch.equal(sample(kept.copy(), hooks).latents, whole.latents)
    # And again: what was copied has not been used up.
    assert torch.equal(sample(kept, hooks).latents, whole.latents)


@pytest.mark.parametrize("scheduler", SCHEDULERS)
def test_latents_alone_are_no_snapshot_for_schedulers_that_remember(
    base: Model, ask: MakeAsk, scheduler: str
) -> None:
    """The scheduler's memory is what a snapshot is for; noise needs none, being the step's own."""
    asked = ask(scheduler=scheduler)
    hooks = Hooks(guide_to(base, asked, asked.prompt))
    halfway = sample(start(base, asked), hooks, until=3)
    bare = start(base, asked)
    bare.latents, bare.i = halfway.latents.clone(), 3
    if hasattr(bare.scheduler, "set_begin_index"):
        bare.scheduler.set_begin_index(3)
    whole = sample(halfway, hooks).latents
    forgets = scheduler in ("pndm", "dpm++2m")
    assert torch.equal(sample(bare, hooks).latents, whole) is not forgets


def test_an_ancestral_step_has_the_noise_of_its_own_number(sdxl: Model, ask: MakeAsk) -> None:
    asked = ask(scheduler="euler_a")
    states = [sample(start(sdxl, asked), Hooks(guide_to(sdxl, asked, "a cat")), 2) for _ in "ab"]
    guided = torch.zeros_like(states[0].latents)
    kept, moved = (state.copy() for state in states)
    kept.advance(guided)
    states[0].advance(guided)
    assert torch.equal(kept.latents, states[0].latents)
    moved.seeds = (21, 22, 23)
    moved.advance(guided)
    assert not torch.equal(kept.latents, moved.latents)


@pytest.mark.parametrize("scheduler", SCHEDULERS)
def test_images_leave_a_batch_and_come_together_again(
    base: Model, ask: MakeAsk, scheduler: str
) -> None:
    asked = ask(scheduler=scheduler)
    hooks = Hooks(guide_to(base, asked, asked.prompt))
    halfway = sample(start(base, asked), hooks, until=3)
    split = merge([halfway.rows([2]), halfway.rows([0, 1])])
    assert split.seeds == (13, 11, 12)
    assert torch.equal(sample(split, hooks).latents[[1, 2, 0]], sample(halfway, hooks).latents)


def test_images_at_different_steps_cannot_share_a_batch(sdxl: Model, ask: MakeAsk) -> None:
    hooks = Hooks(guide_to(sdxl, ask(), "a cat"))
    states = [sample(start(sdxl, ask()), hooks, until=until) for until in (1, 2)]
    with pytest.raises(ValueError, match="same step"):
        merge(states)


def test_hooks_see_every_step_in_order(sdxl: Model, ask: MakeAsk) -> None:
    seen: list[tuple[str, int]] = []
    hooks = Hooks(
        guide_to(sdxl, ask(), "a cat"),
        before_step=lambda state: seen.append(("before", state.i)),
        after_step=lambda state: seen.append(("after", state.i)),
    )
    sample(start(sdxl, ask(steps=2)), hooks)
    assert seen == [("before", 0), ("after", 1), ("before", 1), ("after", 2)]


def test_a_hook_may_change_the_latents_with_a_gradient(sdxl: Model, ask: MakeAsk) -> None:
    asked = ask(steps=2, seeds=(1, 2))
    predict = guide_to(sdxl, asked, asked.prompt)
    prompt = sdxl.prompts.encode(asked.prompt, 64, 64)
    forwards, backwards = sdxl.counter.forwards, sdxl.counter.backwards

    def nudge(state: State) -> None:
        with torch.enable_grad():
            x = state.latents.detach().requires_grad_(True)
            eps = sdxl.predict_noise(state.scaled(x), state.t, prompt.repeat(2))
            (gradient,) = torch.autograd.grad(eps.square().sum(), x)
        state.latents = state.latents - 0.1 * gradient

    changed = sample(start(sdxl, asked), Hooks(predict, before_step=nudge)).latents
    assert sdxl.counter.forwards - forwards == 2 * (2 + 4)
    assert sdxl.counter.backwards - backwards == 2 * 2
    assert not torch.equal(changed, plain(sdxl, asked).latents)


@pytest.mark.parametrize("guidance", [5.0, 1.0])
def test_a_step_costs_two_rows_an_image_with_guidance_and_one_without(
    base: Model, ask: MakeAsk, guidance: float
) -> None:
    asked = ask(guidance_scale=guidance)
    forwards, backwards = base.counter.forwards, base.counter.backwards
    state = plain(base, asked)
    assert base.counter.forwards - forwards == asked.rows_a_step * state.steps * len(asked.seeds)
    assert base.counter.backwards == backwards


def test_both_sides_of_the_guidance_share_a_batch(base: Model, ask: MakeAsk) -> None:
    sizes: list[int] = []
    hook = base.unet.register_forward_pre_hook(lambda _unet, args: sizes.append(len(args[0])))
    state = plain(base, ask())
    hook.remove()
    assert sizes == [2 * 3] * state.steps


def test_texts_are_encoded_once(ask: MakeAsk) -> None:
    model = load("sd1")
    for seeds in ((1,), (2, 3)):
        plain(model, ask(seeds=seeds))
    assert model.prompts.calls == 2  # the prompt and the empty text


@pytest.mark.parametrize("rows", [1, 2, 3, 5])
def test_smaller_batches_give_the_same_images_up_to_rounding(ask: MakeAsk, rows: int) -> None:
    whole = plain(load("sdxl"), ask()).latents
    parts = plain(load("sdxl", rows=rows), ask()).latents
    assert (whole - parts).norm() <= 1e-5 * whole.norm()


@pytest.mark.parametrize("rows", [1, 2, 4])
def test_exact_batches_make_an_image_independent_of_its_neighbours(ask: MakeAsk, rows: int) -> None:
    model = load("sdxl", rows=rows, exact=True)
    many = plain(model, ask(seeds=(31, 32, 33))).latents
    few = plain(model, ask(seeds=(31, 32))).latents
    swapped = plain(model, ask(seeds=(33, 31))).latents
    assert torch.equal(many[:2], few)
    assert torch.equal(many[[2, 0]], swapped)
