"""Best of k and the probe, with scorers that are told what to say."""

from collections.abc import Sequence
from typing import Any

import pytest
import torch
from PIL.Image import Image

from teacup_endpoints.asking import Ask, Concept, Drawn, Loaded
from teacup_endpoints.errors import Refused
from teacup_endpoints.methods import best_of, probe
from teacup_endpoints.methods.best_of import candidates
from teacup_endpoints.methods.probe import decided, grid
from teacup_endpoints.model import Model
from teacup_endpoints.parameters import parse
from teacup_endpoints.sampling import start

from .conftest import PAIR, MakeAsk, load, plain
from .scorers import StubScorer

TWICE = (PAIR[1], Concept("Tea cup ", "of another description"))


class Brightness(StubScorer):
    """The first text by how bright an image is, any other by how dark."""

    def score(self, images: Sequence[Image], texts: Sequence[str]) -> list[list[float]]:
        means = [sum(image.convert("L").tobytes()) / 64**2 / 255 for image in images]
        return [[mean, *[1 - mean] * (len(texts) - 1)] for mean in means]


def draw(method: Any, model: Model, ask: Ask, **raw: Any) -> Drawn:
    loaded = Loaded(model, scorers={"clipscore": Brightness()})
    parameters = parse(method.parameters, raw)
    method.check(loaded, ask, parameters)
    made = method.run(loaded, ask, parameters)
    plan = method.plan_evals(parameters, ask, start(model, ask).steps)
    evals = model.counter.forwards - model.fillers
    assert evals == plan.least * len(ask.seeds) == plan.most * len(ask.seeds)
    return made


@pytest.fixture(params=["sdxl", "sd1"])
def fresh(request: pytest.FixtureRequest) -> Model:
    return load(request.param, rows=2, exact=True)


def test_one_of_one_is_plain(fresh: Model, ask: MakeAsk) -> None:
    made = draw(best_of.METHOD, fresh, ask(), k=1)
    assert torch.equal(made.latents, plain(fresh, ask()))


def test_the_best_of_each_seeds_own_images_is_kept(ask: MakeAsk) -> None:
    model = load("sdxl", rows=2, exact=True)
    made = draw(best_of.METHOD, model, ask(seeds=(1, 2)), k=3, judge_by="prompt")
    assert made.per_image is not None
    for row, (seed, told) in enumerate(zip((1, 2), made.per_image, strict=True)):
        seeds = [one["seed"] for one in told["candidates"]]
        assert seeds == list(candidates(seed, 3))
        best = max(told["candidates"], key=lambda one: one["score"])
        assert best["kept"]
        alone = plain(model, ask(seeds=(best["seed"],)))
        assert torch.equal(made.latents[row], alone[0])


def test_two_concepts_are_judged_by_the_worse(ask: MakeAsk) -> None:
    model = load("sdxl", rows=2, exact=True)
    made = draw(best_of.METHOD, model, ask(seeds=(1,), concepts=PAIR), k=2)
    assert made.per_image is not None
    assert all(one["score"] <= 0.5 for one in made.per_image[0]["candidates"])


def test_permuting_the_seeds_permutes_the_images(fresh: Model, ask: MakeAsk) -> None:
    there = draw(best_of.METHOD, fresh, ask(seeds=(1, 2, 3)), k=2, judge_by="prompt").latents
    other = load(fresh.family, rows=2, exact=True)
    back = draw(best_of.METHOD, other, ask(seeds=(3, 1, 2)), k=2, judge_by="prompt").latents
    assert torch.equal(there, back[[1, 2, 0]])


def test_a_seeds_candidates_are_its_own_and_more_never_change_the_first() -> None:
    assert candidates(7, 4)[:2] == candidates(7, 2)
    assert candidates(7, 1) == (7,)
    every = [other for seed in range(50) for other in candidates(seed, 20)]
    assert len(set(every)) == len(every)
    assert all(0 <= seed < 2**31 for seed in every)


@pytest.mark.parametrize(("budget", "k"), [(1, 1), (12, 1), (23, 1), (24, 2), (36, 3)])
def test_a_budget_buys_as_many_images_as_fit(ask: MakeAsk, budget: int, k: int) -> None:
    asked = parse(best_of.Parameters, {"budget": budget})
    assert asked.images(ask(), 6) == k


def test_the_probe_draws_plains_images(fresh: Model, ask: MakeAsk) -> None:
    asked = ask(seeds=(1, 2), concepts=PAIR)
    made = draw(probe.METHOD, fresh, asked, points=3)
    assert torch.equal(made.latents, plain(fresh, asked))
    assert made.per_image is not None
    for told in made.per_image:
        steps = {way: [point["step"] for point in curve] for way, curve in told["curves"].items()}
        # PNDM, which SD 1.x has, makes seven steps of six.
        whole = grid(3, start(fresh, asked).steps)
        assert steps == {"first_to_second": whole, "second_to_first": whole}


def test_permuting_the_seeds_permutes_the_curves(fresh: Model, ask: MakeAsk) -> None:
    there = draw(probe.METHOD, fresh, ask(seeds=(1, 2), concepts=PAIR), points=2)
    other = load(fresh.family, rows=2, exact=True)
    back = draw(probe.METHOD, other, ask(seeds=(2, 1), concepts=PAIR), points=2)
    assert torch.equal(there.latents, back.latents[[1, 0]])
    assert there.per_image == (back.per_image or [])[::-1]


def test_a_curves_ends_are_each_concept_alone(ask: MakeAsk) -> None:
    model = load("sdxl", rows=1, exact=True)
    asked = ask(seeds=(1,), concepts=PAIR)
    made = draw(probe.METHOD, model, asked, points=2, ways="first_to_second")
    assert made.per_image is not None
    curve = made.per_image[0]["curves"]["first_to_second"]
    for point, concept in ((curve[0], PAIR[1]), (curve[-1], PAIR[0])):
        latents = plain(model, ask(seeds=(1,), prompt=concept.text))
        score = Brightness().score(model.decode(latents, (1,)), ["a", "b"])[0]
        assert [point["first"], point["second"]] == score


def test_a_concept_is_decided_from_where_it_stays_ahead() -> None:
    def curve(*ahead: int) -> list[dict[str, float]]:
        return [{"step": k, "first": lead, "second": 0} for k, lead in enumerate(ahead)]

    assert decided(curve(-1, -1, 1, 1), "first") == 2
    assert decided(curve(1, -1, 0, 1), "first") == 2
    assert decided(curve(1, 1, -1), "first") is None
    assert decided(curve(1, -1, -1), "second") == 1


@pytest.mark.parametrize(
    ("method", "raw", "concepts", "sentence"),
    [
        (best_of.METHOD, {"k": 0}, PAIR, "k is 0"),
        (best_of.METHOD, {}, PAIR[:1], "scores 2 concepts: 1 came"),
        (best_of.METHOD, {}, (*PAIR, PAIR[0]), "scores 2 concepts: 3 came"),
        (best_of.METHOD, {"scorer": "imagereward"}, PAIR, "no scorer 'imagereward': it has clip"),
        (best_of.METHOD, {}, TWICE, "'tea cup' is named twice"),
        (probe.METHOD, {}, TWICE, "'tea cup' is named twice"),
        (probe.METHOD, {}, (), "needs 2 concepts: 0 came"),
        (probe.METHOD, {"points": 0}, PAIR, "points is 0"),
        (probe.METHOD, {"scorer": "blip-itm"}, PAIR, "no scorer 'blip-itm'"),
    ],
)
def test_what_cannot_be_judged_is_refused(
    sdxl: Model, ask: MakeAsk, method: Any, raw: Any, concepts: Any, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        draw(method, sdxl, ask(concepts=concepts), **raw)


def test_without_a_scorer_it_says_where_to_name_one(sdxl: Model, ask: MakeAsk) -> None:
    with pytest.raises(Refused, match="has no scorer: name one in its file"):
        best_of.METHOD.check(Loaded(sdxl), ask(concepts=PAIR), best_of.Parameters())
