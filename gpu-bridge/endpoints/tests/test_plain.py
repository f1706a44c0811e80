from typing import Any

import pytest
import torch

from teacup_endpoints.asking import Ask, Concept, Loaded
from teacup_endpoints.errors import Refused
from teacup_endpoints.methods import METHODS, method_named
from teacup_endpoints.methods.plain import METHOD, Parameters
from teacup_endpoints.model import Model
from teacup_endpoints.parameters import parse
from teacup_endpoints.sampling import Hooks, guide_to, sample, start
from teacup_endpoints.schedulers import SCHEDULERS

from .conftest import MakeAsk


def draw(loaded: Loaded, ask: Ask, **raw: Any) -> torch.Tensor:
    parameters = parse(Parameters, raw)
    METHOD.check(loaded, ask, parameters)
    return METHOD.run(loaded, ask, parameters).latents


@pytest.mark.parametrize("scheduler", SCHEDULERS)
def test_evals_are_those_of_the_plan(loaded: Loaded, ask: MakeAsk, scheduler: str) -> None:
    asked = ask(scheduler=scheduler)
    before = loaded.base.counter.forwards
    draw(loaded, asked)
    steps = start(loaded.base, asked).steps
    plan = METHOD.plan_evals(Parameters(), asked, steps)
    assert loaded.base.counter.forwards - before == plan.least * len(asked.seeds)
    assert (plan.least, plan.backwards) == (2 * steps, 0)
    assert plan.least == plan.most


def test_the_template_names_the_first_concept(loaded: Loaded, ask: MakeAsk) -> None:
    concepts = (Concept("iced coke"), Concept("tea cup"))
    made = draw(loaded, ask(concepts=concepts), template="first_and_second")
    text = "first iced coke, and second a tea cup of iced coke"
    assert torch.equal(made, draw(loaded, ask(prompt=text)))


def test_the_template_without_concepts_is_refused(loaded: Loaded, ask: MakeAsk) -> None:
    with pytest.raises(Refused, match="at least one concept"):
        draw(loaded, ask(), template="first_and_second")


@pytest.mark.parametrize("switch", [8, 16])
def test_base_and_refiner_equal_diffusers_two_pipelines(
    sdxl: Model, refiner: Model, ask: MakeAsk, switch: int
) -> None:
    # Of 20 steps every ratio k/20 gives exactly k steps to diffusers (methods.md 1.2).
    asked = ask(steps=20, seeds=(1, 2))
    ours = draw(Loaded(sdxl, refiner), asked, refiner_from=switch)
    handed = sample(start(sdxl, asked), Hooks(guide_to(sdxl, asked, asked.prompt)), until=switch)
    # Encoded as one text: a batch of two texts rounds differently.
    names = ("prompt_embeds", "negative_prompt_embeds", "pooled_prompt_embeds")
    told = refiner.pipe.encode_prompt(asked.prompt, num_images_per_prompt=2)
    theirs = refiner.pipe(
        **dict(zip((*names, "negative_pooled_prompt_embeds"), told, strict=True)),
        image=handed.latents,
        num_inference_steps=20,
        denoising_start=switch / 20,
        guidance_scale=5.0,
        output_type="latent",
    )
    assert torch.equal(ours, theirs.images)


def test_each_network_makes_its_own_steps(sdxl: Model, refiner: Model, ask: MakeAsk) -> None:
    before = sdxl.counter.forwards, refiner.counter.forwards
    draw(Loaded(sdxl, refiner), ask(steps=6, seeds=(1,)), refiner_from=4)
    assert sdxl.counter.forwards - before[0] == 2 * 4
    assert refiner.counter.forwards - before[1] == 2 * 2


@pytest.mark.parametrize("scheduler", SCHEDULERS)
def test_a_refiner_that_is_the_base_changes_nothing(
    sdxl: Model, ask: MakeAsk, scheduler: str
) -> None:
    asked = ask(scheduler=scheduler)
    assert torch.equal(draw(Loaded(sdxl, sdxl), asked, refiner_from=3), draw(Loaded(sdxl), asked))


def test_a_refiner_that_is_not_there_is_refused(loaded: Loaded, ask: MakeAsk) -> None:
    with pytest.raises(Refused, match="no refiner"):
        draw(loaded, ask(), refiner_from=3)


def test_a_step_behind_the_last_is_refused(sdxl: Model, refiner: Model, ask: MakeAsk) -> None:
    with pytest.raises(Refused, match="there are 6 steps"):
        draw(Loaded(sdxl, refiner), ask(), refiner_from=7)


def test_permuting_the_seeds_permutes_the_images(loaded: Loaded, ask: MakeAsk) -> None:
    there = draw(loaded, ask(seeds=(1, 2, 3)))
    back = draw(loaded, ask(seeds=(3, 1, 2)))
    assert torch.equal(there, back[[1, 2, 0]])


def test_methods_are_found_by_name() -> None:
    assert method_named("plain") is METHODS["plain"]
    with pytest.raises(Refused, match="'made-up' is not known: name one of"):
        method_named("made-up")
