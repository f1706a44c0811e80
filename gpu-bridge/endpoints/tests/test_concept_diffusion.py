"""ConceptDiffusion after methods.md 3.6: the identities of its equations, and its costs."""

from typing import Any

import pytest
import torch

from teacup_endpoints.asking import Ask, Drawn, Loaded
from teacup_endpoints.errors import Refused
from teacup_endpoints.methods.concept_diffusion import (
    METHOD,
    Parameters,
    plan_evals,
)
from teacup_endpoints.model import Model
from teacup_endpoints.parameters import parse
from teacup_endpoints.sampling import start
from teacup_endpoints.schedulers import SCHEDULERS

from .conftest import PAIR, MakeAsk, drawn, load, plain

# No term of the method acts, and every row of it is made.
SILENT = {"eta_subject": 0, "eta_abstract": 0, "upper_bound": None}


def draw(model: Model, ask: Ask, **raw: Any) -> Drawn:
    return drawn(METHOD, Loaded(model), ask, **raw)


@pytest.fixture(params=["sdxl", "sd1"])
def model(request: pytest.FixtureRequest) -> Model:
    """Batches of a fixed size: an image's numbers are the same in each."""
    return load(request.param, rows=4, exact=True)


@pytest.mark.parametrize("scheduler", SCHEDULERS)
def test_thresholds_that_nothing_passes_are_plain_guidance(
    model: Model, ask: MakeAsk, scheduler: str
) -> None:
    asked = ask(scheduler=scheduler, concepts=PAIR)
    assert torch.equal(draw(model, asked, **SILENT).latents, plain(model, asked))


def test_no_concept_guidance_is_plain_guidance_and_costs_the_same(
    base: Model, ask: MakeAsk
) -> None:
    asked = ask(concepts=PAIR, scheduler="euler")
    before = base.counter.forwards
    made = draw(base, asked, concept_scale=0).latents
    assert base.counter.forwards - before == 2 * 6 * len(asked.seeds)
    assert torch.equal(made, plain(base, asked))


def test_one_subject_that_is_the_prompt_is_plain_guidance(model: Model, ask: MakeAsk) -> None:
    asked = ask(scheduler="euler")
    made = draw(model, asked, subjects=[asked.prompt])
    assert torch.equal(made.latents, plain(model, asked))
    assert made.per_image is not None
    assert made.per_image[0] == {"cosines": {asked.prompt: [1.0] * 6}, "abstract": [0.0] * 6}


def test_by_default_the_terms_act(model: Model, ask: MakeAsk) -> None:
    asked = ask(concepts=PAIR)
    assert not torch.equal(draw(model, asked).latents, plain(model, asked))


@pytest.mark.parametrize("scheduler", SCHEDULERS)
@pytest.mark.parametrize("count", [1, 2, 3])
def test_evals_are_those_of_the_formula(ask: MakeAsk, scheduler: str, count: int) -> None:
    model = load("sdxl", rows=4, exact=True)
    asked = ask(scheduler=scheduler, seeds=(1, 2))
    subjects = ["tea cup", "iced coke", "glass"][:count]
    draw(model, asked, subjects=subjects)
    steps = start(model, asked).steps
    plan = plan_evals(parse(Parameters, {"subjects": subjects}), asked, steps)
    assert model.counter.forwards - model.fillers == plan.least * 2
    assert (plan.least, plan.most, plan.backwards) == ((count + 2) * steps, plan.least, 0)


def test_outside_of_its_steps_it_costs_what_plain_does(model: Model, ask: MakeAsk) -> None:
    window = {"from_step": 2, "until_step": 5}
    asked = ask(concepts=PAIR, scheduler="euler")
    made = draw(model, asked, **window)
    plan = plan_evals(parse(Parameters, window), asked, 6)
    assert plan.least == 2 * 6 + 2 * 3
    assert model.counter.forwards - model.fillers == plan.least * 3
    assert made.per_image is not None
    assert [len(image["abstract"]) for image in made.per_image] == [3, 3, 3]


def test_a_chunk_bounds_the_batch_and_changes_rounding_only(ask: MakeAsk) -> None:
    whole = draw(load("sdxl"), ask(concepts=PAIR)).latents
    for chunk in (1, 3):
        model = load("sdxl", rows=8, exact=True)
        sizes: list[int] = []
        model.unet.register_forward_pre_hook(lambda _, args, seen=sizes: seen.append(len(args[0])))
        parts = draw(model, ask(concepts=PAIR), chunk=chunk).latents
        assert set(sizes) == {chunk}
        assert (whole - parts).norm() <= 1e-4 * whole.norm()


def test_permuting_the_subjects_changes_nothing(model: Model, ask: MakeAsk) -> None:
    for projection in ("sum", "span"):
        there = draw(model, ask(concepts=PAIR), projection=projection)
        back = draw(model, ask(concepts=PAIR[::-1]), projection=projection)
        assert torch.equal(there.latents, back.latents)
        assert there.per_image == back.per_image


def test_permuting_the_seeds_permutes_the_images(model: Model, ask: MakeAsk) -> None:
    there = draw(model, ask(concepts=PAIR, seeds=(1, 2, 3))).latents
    back = draw(model, ask(concepts=PAIR, seeds=(3, 1, 2))).latents
    assert torch.equal(there, back[[1, 2, 0]])
    assert torch.equal(there[1:2], draw(model, ask(concepts=PAIR, seeds=(2,))).latents)


def test_each_subject_has_its_own_pooled_vector(ask: MakeAsk) -> None:
    model = load("sdxl")
    seen: list[torch.Tensor] = []
    model.unet.register_forward_pre_hook(
        lambda _, _args, told: seen.append(told["added_cond_kwargs"]["text_embeds"]),
        with_kwargs=True,
    )
    draw(model, ask(concepts=PAIR, seeds=(1,), steps=1))
    texts = [ask().prompt, "iced coke", "tea cup"]
    pooled = [model.prompts.encode(text, 64, 64).pooled for text in texts]
    zeros = torch.zeros_like(seen[0][:1])  # SDXL's null
    assert torch.equal(seen[0], torch.cat([zeros, *(one for one in pooled if one is not None)]))


def test_subjects_are_those_named_then_the_concepts_then_noun_phrases(ask: MakeAsk) -> None:
    model = load("sd1")
    few = {"steps": 1, "seeds": (1,)}
    named = draw(model, ask(concepts=PAIR, **few), subjects=["glass"]).trace
    assert (named["subjects"], named["subjects_from"]) == (["glass"], "named")
    concepts = draw(model, ask(concepts=PAIR, **few)).trace
    assert (concepts["subjects"], concepts["subjects_from"]) == (
        ["iced coke", "tea cup"],
        "concepts",
    )
    found = draw(model, ask(**few)).trace
    assert (found["subjects"], found["subjects_from"]) == (
        ["a tea cup", "iced coke"],
        "noun phrases",
    )
    assert concepts["thresholds"] == {"subject": 1 / 3, "abstract": 0.7, "upper": 0.8}
    auto = draw(model, ask(**few), eta_abstract=None, upper_bound=None).trace
    assert auto["thresholds"] == {"subject": 1 / 3, "abstract": 1 / 3, "upper": None}


@pytest.mark.parametrize(
    ("raw", "changes", "sentence"),
    [
        ({}, {"guidance_scale": 1.0}, "a guidance_scale of 1.0 has none"),
        ({}, {"prompt": "cat"}, "there are 0: name them"),
        ({"subjects": ["x"] * 17}, {}, "1 to 16 subjects"),
        ({"subjects": ["cat", " "]}, {}, "a subject without a text"),
        ({"subjects": ["cat", "cat"]}, {}, "'cat' is named twice"),
        ({"subjects": ["dog", "Cat ", "cat"]}, {}, "'cat' is named twice"),
        ({"subjects": "cat"}, {}, "subjects must be a list"),
        ({"from_step": 6}, {}, "there are 6 steps"),
        ({"from_step": 3, "until_step": 3}, {}, "until_step must be behind from_step"),
        ({"eta_subject": 1.5}, {}, "eta_subject is 1.5: at most 1"),
        ({"upper_bound": "high"}, {}, "upper_bound must be a number"),
        ({"projection": "qr"}, {}, "one of sum, span"),
        ({"chunk": 0}, {}, "chunk is 0"),
        ({"eta": 0.1}, {}, "eta is not known here"),
    ],
)
def test_what_cannot_be_steered_is_refused(
    sdxl: Model, ask: MakeAsk, raw: dict[str, Any], changes: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        draw(sdxl, ask(**changes), **raw)
