"""Decorrelation after methods.md 4.6, on tiny CLIP encoders whose layers are the real kind."""

from typing import Any

import pytest
import torch

from teacup_endpoints.asking import Ask, Concept, Drawn, Loaded
from teacup_endpoints.errors import Refused
from teacup_endpoints.methods import decorrelation
from teacup_endpoints.methods.decorrelation import METHOD, Parameters, correlated_word, setting_of
from teacup_endpoints.model import Model
from teacup_endpoints.sampling import Hooks, guide, sample, start
from teacup_endpoints.schedulers import SCHEDULERS
from teacup_endpoints.tuning import (
    encoders_of,
    listen,
)

from .conftest import MakeAsk, drawn, load, plain

# Every word is one token: a tea cup of iced coke = 1 2 3 4 5 6. A random encoder attends to all
# alike, and "cup" happens to be the floor: "of" is what these can be decorrelated from.
PAIR = (Concept("tea cup"), Concept("iced coke"))
FAST = {"learning_rate": 1e-2, "among": "all"}


def draw(model: Model, ask: Ask, cache: dict[Any, Any] | None = None, **raw: Any) -> Drawn:
    return drawn(METHOD, Loaded(model, cache={} if cache is None else cache), ask, **raw)


def told(drawn: Drawn) -> dict[str, Any]:
    return drawn.trace["decorrelation"]


def snapshot(model: Model) -> list[torch.Tensor]:
    tensors = [t for encoder in encoders_of(model) for t in encoder.state_dict().values()]
    return [tensor.clone() for tensor in tensors]


@pytest.mark.parametrize("scheduler", SCHEDULERS)
def test_a_learning_rate_of_zero_is_plain_guidance(
    base: Model, ask: MakeAsk, scheduler: str
) -> None:
    asked = ask(scheduler=scheduler, concepts=PAIR)
    made = draw(base, asked, learning_rate=0)
    assert torch.equal(made.latents, plain(base, asked))
    for encoder in told(made)["encoders"]:
        assert encoder["l_align"] == 0
        assert encoder["l_val"] == encoder["l_corr"] == encoder["l_corr_before"]


def test_the_embeddings_change_and_the_model_does_not(ask: MakeAsk) -> None:
    for name in ("sdxl", "sd1"):
        model = load(name)
        before = snapshot(model)
        made = draw(model, ask(concepts=PAIR), **FAST)
        assert not torch.equal(made.latents, plain(model, ask()))
        after = snapshot(model)
        assert all(torch.equal(one, other) for one, other in zip(before, after, strict=True))
        assert len(told(made)["encoders"]) == len(encoders_of(model))
        for encoder in told(made)["encoders"]:
            assert encoder["l_corr"] < encoder["l_corr_before"]


@pytest.mark.parametrize("scheduler", SCHEDULERS)
def test_evals_are_those_of_plain_guidance(base: Model, ask: MakeAsk, scheduler: str) -> None:
    asked = ask(scheduler=scheduler, concepts=PAIR)
    before = base.counter.forwards, base.counter.backwards
    draw(base, asked, **FAST)
    steps = start(base, asked).steps
    plan = METHOD.plan_evals(Parameters(), asked, steps)
    assert (plan.least, plan.most, plan.backwards) == (2 * steps, 2 * steps, 0)
    assert base.counter.forwards - before[0] == plan.least * 3
    assert base.counter.backwards == before[1]


def test_permuting_the_seeds_permutes_the_images(base: Model, ask: MakeAsk) -> None:
    there = draw(base, ask(concepts=PAIR, seeds=(1, 2, 3)), **FAST).latents
    back = draw(base, ask(concepts=PAIR, seeds=(3, 1, 2)), **FAST).latents
    assert torch.equal(there, back[[1, 2, 0]])


def test_the_correlated_word_is_the_one_most_attended_to(base: Model, ask: MakeAsk) -> None:
    layers = listen(base, ask().prompt)
    references = [layer.map(layer.weights) for layer in layers]
    row = torch.stack(references).mean(0)
    setting = setting_of(base, ask(), Parameters(target="coke", among="all"))
    assert (setting.t, setting.last, setting.chosen_from) == (6, 6, "all")
    assert correlated_word(setting, references).tokens == (1 + int(row[6, 1:6].argmax()),)
    nouns = setting_of(base, ask(), Parameters(target="iced coke"))
    assert ([word.text for word in nouns.candidates], nouns.chosen_from) == (["cup"], "nouns")
    adjective = setting_of(base, ask(prompt="red cup"), Parameters(target="cup"))
    assert ([word.text for word in adjective.candidates], adjective.chosen_from) == (["red"], "all")
    named = setting_of(base, ask(), Parameters(target="coke", correlated="tea"))
    assert ([word.text for word in named.candidates], named.chosen_from) == (["tea"], "named")


def test_swapping_the_objects_swaps_their_parts(base: Model, ask: MakeAsk) -> None:
    there = told(draw(base, ask(concepts=PAIR), learning_rate=0))
    swapped = ask(prompt="iced coke in a tea cup", concepts=PAIR)
    back = told(draw(base, swapped, learning_rate=0))
    assert (there["target"], there["correlated"]) == ("iced coke", "cup")
    assert (back["target"], back["correlated"]) == ("tea cup", "coke")
    assert setting_of(base, ask(concepts=PAIR), Parameters()).t == 6
    assert setting_of(base, swapped, Parameters()).t == 6
    assert setting_of(base, swapped, Parameters()).candidates[0].tokens == (2,)


def test_swapping_the_objects_moves_the_target_and_what_stands_before_it(
    base: Model, ask: MakeAsk
) -> None:
    cup = Parameters(target="cup", among="all")
    for prompt, t, before in [
        ("a red cup and iced coke", 3, ["a", "red"]),
        ("iced coke and a red cup", 6, ["iced", "coke", "and", "a", "red"]),
    ]:
        setting = setting_of(base, ask(prompt=prompt), cup)
        assert (setting.t, [word.text for word in setting.candidates]) == (t, before)


def test_words_in_several_pieces_count_as_one(base: Model, ask: MakeAsk) -> None:
    asked = ask(prompt="a teapot with a mugful")
    setting = setting_of(base, asked, Parameters(target="mugful"))
    assert len(setting.candidates[0].tokens) > 1
    ids = base.pipe.tokenizer(asked.prompt).input_ids
    assert setting.t == setting.last == len(ids) - 2
    made = told(draw(base, asked, target="mugful", **FAST))
    assert made["correlated"] == "teapot"


def test_tuning_that_does_not_help_is_refused(ask: MakeAsk) -> None:
    model = load("sd1")
    model.pipe.to(dtype=torch.bfloat16)
    # Steps that the model's type cannot hold.
    with pytest.raises(Refused, match=r"did not lower .* another method_params.learning_rate"):
        draw(model, ask(concepts=PAIR), learning_rate=1e-9, among="all")


def test_a_word_that_is_the_floor_already_is_left_alone(base: Model, ask: MakeAsk) -> None:
    with pytest.raises(Refused, match="'iced coke' attends to 'cup' less than to anything else"):
        draw(base, ask(concepts=PAIR))


def test_a_prompt_is_tuned_once_for_all_that_it_depends_on(ask: MakeAsk) -> None:
    model = load("sdxl")
    cache: dict[Any, Any] = {}
    asked = ask(concepts=PAIR)
    first = draw(model, asked, cache, **FAST)
    calls = model.prompts.calls
    again = draw(model, asked, cache, **FAST)
    assert model.prompts.calls == calls
    assert torch.equal(first.latents, again.latents)
    # What is only mixed differently is not tuned again.
    other = draw(model, asked, cache, pooled="reference", **FAST)
    assert model.prompts.calls == calls
    assert not torch.equal(other.latents, first.latents)
    for changes, raw in [
        ({"prompt": "a red tea cup of iced coke"}, FAST),
        ({}, {**FAST, "tau": 1.0}),
        ({"concepts": PAIR[:1]}, {**FAST, "target": "coke"}),
    ]:
        draw(model, ask(**{"concepts": PAIR, **changes}), cache, **raw)
        assert model.prompts.calls > calls
        calls = model.prompts.calls


def test_no_more_prompts_are_kept_than_memory_is_meant_for(
    ask: MakeAsk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decorrelation, "_KEPT_PROMPTS", 2)
    model = load("sd1")
    cache: dict[Any, Any] = {}
    quick = {"target": "coke", "learning_rate": 0, "epochs": 1}
    for count in range(1, 5):
        prompt = " ".join(["cup"] * count + ["coke"])
        draw(model, ask(prompt=prompt, seeds=(1,), steps=1), cache, **quick)
    assert len(cache["decorrelation"]) == 2


def test_the_null_side_is_the_original_encoders(ask: MakeAsk) -> None:
    model = load("sdxl")
    asked = ask(concepts=PAIR)
    own = draw(model, asked, **FAST).latents
    assert torch.equal(draw(model, asked, null="zeros", **FAST).latents, own)
    encoded = draw(model, asked, null="encode", learning_rate=0).latents
    empty, prompt = (model.prompts.encode(text, 64, 64) for text in ("", asked.prompt))
    hooks = Hooks(guide(model, empty, prompt, asked.guidance_scale))
    assert torch.equal(encoded, sample(start(model, asked), hooks).latents)
    assert not torch.equal(encoded, own)
    sd1 = load("sd1")
    own = draw(sd1, asked, **FAST).latents
    assert torch.equal(draw(sd1, asked, null="encode", **FAST).latents, own)
    assert not torch.equal(draw(sd1, asked, null="zeros", **FAST).latents, own)


def test_the_reference_pooled_vector_can_be_kept(ask: MakeAsk) -> None:
    model = load("sdxl")
    seen: list[torch.Tensor] = []
    model.unet.register_forward_pre_hook(
        lambda _, _args, given: seen.append(given["added_cond_kwargs"]["text_embeds"][-1]),
        with_kwargs=True,
    )
    reference = model.prompts.encode(ask().prompt, 64, 64).pooled
    assert reference is not None
    for pooled, same in (("reference", True), ("tuned", False)):
        draw(model, ask(concepts=PAIR, steps=1), pooled=pooled, **FAST)
        assert torch.equal(seen[-1], reference[0]) is same


@pytest.mark.parametrize(
    ("raw", "changes", "sentence"),
    [
        ({}, {}, "needs the object that goes missing"),
        ({"target": "glass"}, {}, "do not contain 'glass'"),
        ({}, {"concepts": (Concept("glass"), Concept("mug"))}, "'glass' or 'mug'"),
        ({"target": "coke"}, {"prompt": " ".join(["cup"] * 80) + " coke"}, "first 77 tokens"),
        ({"target": "a tea"}, {}, "Nothing stands before 'a tea'"),
        ({"target": "tea cup", "correlated": "coke"}, {}, "'coke' does not stand before"),
        (
            {"target": "coke", "null": "zeros"},
            {"negative_prompt": "red"},
            "no place for a negative",
        ),
        ({"target": "coke", "epoch": 21}, {}, "epoch is 21, and there are 20 epochs"),
        ({"target": "coke", "epochs": 0}, {}, "epochs is 0"),
        ({"target": "coke", "learning_rate": -1}, {}, "learning_rate is -1"),
        ({"target": "coke", "null": "none"}, {}, "one of encode, zeros"),
        ({"target": "coke", "lr": 1}, {}, "lr is not known here"),
    ],
)
def test_what_cannot_be_tuned_is_refused(
    sdxl: Model, ask: MakeAsk, raw: dict[str, Any], changes: dict[str, Any], sentence: str
) -> None:
    before = sdxl.counter.forwards
    with pytest.raises(Refused, match=sentence):
        draw(sdxl, ask(**changes), **raw)
    assert sdxl.counter.forwards == before


def test_an_encoder_of_another_kind_is_refused(ask: MakeAsk) -> None:
    model = load("sd1")
    model.pipe.text_encoder = torch.nn.Linear(2, 2)
    with pytest.raises(Refused, match="this model has another"):
        METHOD.check(Loaded(model), ask(), Parameters(target="coke"))
