"""ConceptDiffusion after methods.md 3.6: the identities of its equations, and its costs."""

from collections.abc import Callable
from typing import Any

import pytest
import torch

from teacup_endpoints.asking import Ask, Concept, Drawn, Loaded
from teacup_endpoints.errors import Refused
from teacup_endpoints.methods.concept_diffusion import (
    METHOD,
    Parameters,
    Rule,
    abstract,
    cosine,
    mask,
    onto,
    plan_evals,
    steer,
)
from teacup_endpoints.model import Model
from teacup_endpoints.parameters import parse
from teacup_endpoints.sampling import Hooks, guide_to, sample, start
from teacup_endpoints.schedulers import SCHEDULERS

from .conftest import load

MakeAsk = Callable[..., Ask]
PAIR = (Concept("iced coke"), Concept("tea cup"))
# No term of the method acts, and every row of it is made.
SILENT = {"eta_subject": 0, "eta_abstract": 0, "upper_bound": None}


def draw(model: Model, ask: Ask, **raw: Any) -> Drawn:
    loaded, parameters = Loaded(model), parse(Parameters, raw)
    METHOD.check(loaded, ask, parameters)
    return METHOD.run(loaded, ask, parameters)


def plain(model: Model, ask: Ask) -> torch.Tensor:
    return sample(start(model, ask), Hooks(guide_to(model, ask, ask.prompt))).latents


@pytest.fixture(params=["sdxl", "sd1"])
def model(request: pytest.FixtureRequest) -> Model:
    """Batches of a fixed size: an image's numbers are the same in each."""
    return load(request.param, rows=4, exact=True)


def directions(seed: int, subjects: int = 2) -> tuple[torch.Tensor, torch.Tensor]:
    """P, and subjects that all point a little its way."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        p = torch.randn(4, 8, 8)
        return p, torch.randn(subjects, 4, 8, 8) + 0.3 * p


def rule(**changes: Any) -> Rule:
    usual = {"eta_subject": 1 / 3, "eta_abstract": 0.7, "upper_bound": 0.8}
    return Rule(**{**usual, "projection": "sum", "mask": True, **changes})


def dot(x: torch.Tensor, y: torch.Tensor) -> float:
    return float((x.double() * y.double()).sum())


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


@pytest.mark.parametrize("seed", range(20))
def test_what_is_projected_off_is_gone(seed: int) -> None:
    p, s = directions(seed)
    size = dot(p, p)
    assert abs(dot(abstract(p, s, "sum"), s.sum(0))) < 1e-5 * size
    for one in s:
        assert abs(dot(one - onto(one, p), p)) < 1e-5 * size
        assert abs(dot(abstract(p, s, "span"), one)) < 1e-5 * size


@pytest.mark.parametrize("seed", range(5))
def test_the_abstract_cosine_completes_that_of_the_sum(seed: int) -> None:
    p, s = directions(seed)
    ours, theirs = cosine(p, abstract(p, s, "sum")), cosine(p, s.sum(0))
    assert abs(float(ours**2 + theirs**2) - 1) < 1e-5


def test_the_span_of_subjects_is_taken_off_as_qr_does() -> None:
    p, s = directions(3, subjects=3)
    q = torch.linalg.qr(s.flatten(1).T.double()).Q
    expected = p.flatten().double() - q @ (q.T @ p.flatten().double())
    assert torch.allclose(abstract(p, s, "span").flatten().double(), expected, atol=1e-5)
    # And where two subjects coincide, as if there were one.
    twice = torch.stack([s[0], s[0]])
    assert torch.allclose(abstract(p, twice, "span"), abstract(p, s[:1], "sum"), atol=1e-5)


@pytest.mark.parametrize("seed", range(5))
def test_subject_terms_leave_the_guidance_along_the_prompt_alone(seed: int) -> None:
    p, s = directions(seed)
    # The first is over, the second under-represented: both are perpendicular to P.
    s = torch.stack([s[0] + 3 * p, s[1] - 0.3 * p])
    g, cosines = steer(p, s, rule(eta_abstract=0))
    assert float(cosines[0]) > 0.8
    assert float(cosines[1]) < 1 / 3
    assert float(g.norm()) > 1
    guided = 7.5 * p + 7.5 * g
    assert dot(guided, p) / dot(p, p) == pytest.approx(7.5, abs=1e-5)


def test_terms_act_on_their_side_of_the_threshold_only() -> None:
    p, s = directions(0)
    under, over = s[0] - onto(s[0], p), s[1] + 5 * p
    off = {"eta_subject": 0, "eta_abstract": 0, "upper_bound": None}
    both = torch.stack([under, over])

    def g(**changes: Any) -> torch.Tensor:
        return steer(p, both, rule(**{**off, **changes}))[0]

    def d(one: torch.Tensor) -> torch.Tensor:
        return one - onto(one, p)

    assert torch.equal(g(), torch.zeros_like(p))
    assert torch.equal(g(eta_subject=0.3), d(under))
    assert torch.equal(g(upper_bound=0.8), -d(over))
    a = abstract(p, both, "sum")
    assert torch.equal(g(eta_abstract=1, mask=False), a)
    assert torch.equal(g(eta_abstract=1), mask(a, cosine(p, a)))


@pytest.mark.parametrize("level", [0.0, 0.25, 0.6, 1.0])
def test_the_mask_keeps_its_share_of_each_channel(level: float) -> None:
    a, _ = directions(1)
    kept = mask(a, torch.tensor(level))
    for before, after in zip(a, kept, strict=True):
        share = float((after != 0).float().mean())
        assert share == pytest.approx(1 - level, abs=1 / 32)
        dropped = before[after == 0].abs()
        assert dropped.numel() == 0 or dropped.max() <= after[after != 0].abs().min()


def test_directions_of_length_zero_do_nothing() -> None:
    p, s = directions(2)
    nothing = torch.zeros_like(p)
    g, cosines = steer(nothing, s, rule())
    assert cosines.tolist() == [0, 0, 0]
    assert torch.equal(g, s[0] + s[1])  # nothing of them lies along P
    g, cosines = steer(p, torch.stack([nothing, nothing]), rule())
    assert torch.equal(g, nothing)
    assert cosines.tolist()[:2] == [0, 0]
    assert bool(torch.isfinite(g).all())


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


@pytest.mark.parametrize("name", ["sdxl", "sd1"])
@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16])
def test_narrow_types_make_finite_numbers(name: str, dtype: torch.dtype, ask: MakeAsk) -> None:
    model = load(name, rows=4, exact=True)
    model.pipe.to(dtype=dtype)
    asked = ask(concepts=PAIR, scheduler="euler")
    made = draw(model, asked).latents
    assert made.dtype == dtype
    assert bool(torch.isfinite(made).all())
    assert torch.equal(draw(model, asked, **SILENT).latents, plain(model, asked))


@pytest.mark.parametrize(
    ("raw", "changes", "sentence"),
    [
        ({}, {"guidance_scale": 1.0}, "a guidance_scale of 1.0 has none"),
        ({}, {"prompt": "cat"}, "there are 0: name them"),
        ({"subjects": ["x"] * 17}, {}, "1 to 16 subjects"),
        ({"subjects": ["cat", " "]}, {}, "a subject without a text"),
        ({"subjects": ["cat", "cat"]}, {}, "'cat' is named twice"),
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
