"""RealignDiff's fine stage after methods.md 5.5 and 5.6."""

from typing import Any

import pytest
import torch

from teacup_endpoints.asking import Ask, Drawn, Loaded
from teacup_endpoints.attention import text_layers
from teacup_endpoints.errors import Refused
from teacup_endpoints.masks import write_mask
from teacup_endpoints.methods.realign_diff import METHOD, Parameters, Realigned, places_of
from teacup_endpoints.model import Model
from teacup_endpoints.modulation import Modulate, Modulation
from teacup_endpoints.parameters import parse
from teacup_endpoints.sampling import Hooks, sample, start

from .conftest import MakeAsk, drawn, load, plain
from .test_modulation import box

SIZE = {"width": 128, "height": 128}


LEFT, RIGHT = write_mask(box(0, 0, 128, 64)), write_mask(box(0, 64, 128, 128))
CUP = {"phrase": "tea cup", "score": 2, "mask": LEFT}
COKE = {"phrase": "iced coke", "score": 0.5, "mask": RIGHT}


def draw(model: Model, ask: Ask, **raw: Any) -> Drawn:
    return drawn(METHOD, Loaded(model), ask, **raw)


@pytest.mark.parametrize(
    "off",
    [
        {"objects": []},
        {"objects": [{**CUP, "score": 0}]},
        {"objects": [CUP], "strength": 0},
        {"objects": [{**CUP, "score": 0}], "self_strength": 0.3},
        {"objects": [{**CUP, "mask": write_mask(box(0, 0, 0, 0))}]},
        {"objects": [CUP], "share": 0, "own_embeddings": False},
    ],
    ids=["no object", "unlikely", "no strength", "unlikely to itself", "empty mask", "no step"],
)
@pytest.mark.parametrize("guidance", [5.0, 1.0])
def test_off_it_is_plain(base: Model, ask: MakeAsk, off: dict[str, Any], guidance: float) -> None:
    asked = ask(guidance_scale=guidance, **SIZE)
    assert torch.equal(draw(base, asked, **off).latents, plain(base, asked))


@pytest.mark.parametrize("guidance", [5.0, 1.0])
def test_evals_are_plains(base: Model, ask: MakeAsk, guidance: float) -> None:
    asked = ask(guidance_scale=guidance, **SIZE)
    before = base.counter.forwards, base.counter.backwards
    made = draw(base, asked, objects=[CUP, COKE])
    steps = start(base, asked).steps
    plan = METHOD.plan_evals(Parameters(), asked, steps)
    assert base.counter.forwards - before[0] == 3 * plan.least == 3 * plan.most
    assert base.counter.backwards == before[1]
    assert made.per_image == [{"objects": 2}] * 3
    assert not torch.equal(made.latents, plain(base, asked))


def watched(model: Model, asked: Ask, parameters: Parameters) -> dict[str, list[torch.Tensor]]:
    """The probabilities of each layer in each modulated step, and explicit ones without places."""
    realigned = Realigned(model, asked, parameters)
    untouched = Modulation(model, [], len(asked.seeds), 77)
    seen: dict[str, list[torch.Tensor]] = {"modulated": [], "explicit": []}
    real = Modulate.weigh

    def weigh(self: Modulate, *args: Any) -> torch.Tensor:
        made = real(self, *args)
        seen["modulated"].append(made.unflatten(0, (-1, args[0].heads)))
        self.shared, own = untouched, self.shared
        seen["explicit"].append(real(self, *args).unflatten(0, (-1, args[0].heads)))
        self.shared = own
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Modulate, "weigh", weigh)
        sample(start(model, asked), Hooks(realigned))
    return seen


@pytest.mark.parametrize("rows", [None, 3, 4])
def test_the_null_half_is_untouched_however_the_batch_is_cut(
    ask: MakeAsk, rows: int | None
) -> None:
    model = load("sdxl", rows=rows, exact=rows is not None)
    seen = watched(model, ask(steps=7, **SIZE), parse(Parameters, {"objects": [CUP]}))
    null = prompt = 0
    per_pass = len(text_layers(model.unet))
    for index, (made, own) in enumerate(zip(seen["modulated"], seen["explicit"], strict=True)):
        # Row r of the six: null for the first three images. Rows of one pass lie in one batch.
        batch = (index // per_pass) % -(-6 // (rows or 6))
        for row in range(len(made)):
            if batch * (rows or 6) + row < 3:
                assert torch.equal(made[row], own[row])
                null += 1
            else:
                assert not torch.equal(made[row], own[row])
                prompt += 1
    assert null == 2 * 3 * per_pass  # 2 of 7 steps, 3 images
    assert prompt >= null


def test_behind_30_percent_of_the_steps_the_layers_are_their_own_again(
    sdxl: Model, ask: MakeAsk
) -> None:
    own = list(sdxl.unet.attn_processors.values())
    steps: list[bool] = []
    hook = sdxl.unet.register_forward_pre_hook(
        lambda unet, _args: steps.append(list(unet.attn_processors.values()) != own)
    )
    made = draw(sdxl, ask(steps=10, seeds=(1,), **SIZE), objects=[CUP])
    hook.remove()
    assert steps == [True] * 3 + [False] * 7
    assert made.trace == {"modulated_steps": 3}
    assert list(sdxl.unet.attn_processors.values()) == own


@pytest.mark.parametrize(
    ("steps", "modulated"), [(3, 0), (4, 1), (28, 8), (30, 9), (40, 12), (50, 15)]
)
def test_a_share_of_the_steps_is_rounded_down(steps: int, modulated: int) -> None:
    assert sum(Parameters().modulates(i, steps) for i in range(steps)) == modulated


@pytest.mark.parametrize("strength", [0.0, 1.0])
def test_attention_of_the_image_to_itself_is_modulated_where_asked(
    base: Model, ask: MakeAsk, strength: float
) -> None:
    asked = ask(seeds=(1, 2), **SIZE)
    without = draw(base, asked, objects=[CUP], strength=strength, share=1).latents
    own = list(base.unet.attn_processors.values())
    seen: dict[str, set[str]] = {}

    def look(unet: Any, _args: Any) -> None:
        for name, processor in unet.attn_processors.items():
            seen.setdefault(name.split(".")[-2], set()).add(type(processor).__name__)

    hook = base.unet.register_forward_pre_hook(look)
    with_it = draw(
        base, asked, objects=[CUP], strength=strength, self_strength=0.3, share=1
    ).latents
    hook.remove()
    assert not torch.equal(with_it, without)
    assert seen["attn1"] == {"ModulateItself"}
    assert ("Modulate" in seen["attn2"]) is (strength > 0)
    assert list(base.unet.attn_processors.values()) == own


def test_processors_are_back_when_a_step_fails(sd1: Model, ask: MakeAsk) -> None:
    own = list(sd1.unet.attn_processors.values())
    failing = sd1.unet.register_forward_hook(lambda *_: (_ for _ in ()).throw(KeyError("broken")))
    with pytest.raises(KeyError):
        draw(sd1, ask(**SIZE), objects=[CUP])
    failing.remove()
    assert list(sd1.unet.attn_processors.values()) == own


def test_a_phrase_has_its_own_embeddings_and_the_rest_of_the_prompts(
    base: Model, ask: MakeAsk
) -> None:
    asked = ask(seeds=(1, 2), **SIZE)
    parameters = parse(Parameters, {"objects": [{**CUP, "seed": 2}]})
    told = Realigned(base, asked, parameters).told.tokens
    prompt = base.prompts.encode(asked.prompt, 128, 128).tokens[0]
    alone = base.prompts.encode("tea cup", 128, 128).tokens[0]
    assert torch.equal(told[2], prompt)
    assert torch.equal(told[3, 2:4], alone[1:3])
    assert torch.equal(told[3, 4:], prompt[4:])
    parameters = parse(Parameters, {"objects": [CUP], "own_embeddings": False})
    assert torch.equal(Realigned(base, asked, parameters).told.tokens[3], prompt)


def test_an_object_of_one_seed_leaves_the_others_alone(ask: MakeAsk) -> None:
    model = load("sdxl", rows=4, exact=True)
    asked = ask(**SIZE)
    own, bare = {**CUP, "seed": 12}, plain(model, asked)
    made = draw(model, asked, objects=[own])
    assert made.per_image == [{"objects": 0}, {"objects": 1}, {"objects": 0}]
    # Explicit attention rounds otherwise than the fused one.
    assert torch.allclose(made.latents[[0, 2]], bare[[0, 2]], atol=1e-3)
    assert float((made.latents[1] - bare[1]).abs().max()) > 0.05


def test_permuting_the_seeds_permutes_the_images(ask: MakeAsk) -> None:
    model = load("sd1", rows=4, exact=True)
    objects = [{**CUP, "seed": 1}, COKE]
    there = draw(model, ask(seeds=(1, 2, 3), **SIZE), objects=objects).latents
    back = draw(model, ask(seeds=(3, 1, 2), **SIZE), objects=objects).latents
    assert torch.equal(there, back[[1, 2, 0]])


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"phrase": "coffee"}, r"objects\[0\].phrase 'coffee' does not stand in the prompt"),
        ({"phrase": ""}, "does not stand in the prompt"),
        ({"mask": ""}, r"objects\[0\].mask must be a PNG as data URL"),
        ({"mask": "data:image/png;base64,AAAA"}, "no PNG that can be read"),
        ({"mask": "data:image/png;base64,?"}, "no PNG that can be read"),
        ({"score": 3}, r"objects\[0\].score is 3"),
        ({"seed": 99}, "seed is 99: no image of that seed"),
        ({"box": 1}, r"objects\[0\].box is not known here"),
    ],
)
def test_what_has_no_place_is_refused(
    sdxl: Model, ask: MakeAsk, changes: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        draw(sdxl, ask(), objects=[{**CUP, **changes}])


def test_a_phrase_behind_the_75th_token_is_refused(sdxl: Model, ask: MakeAsk) -> None:
    asked = ask(prompt=" ".join(["dog"] * 74 + ["tea cup"]))
    with pytest.raises(Refused, match="behind the 75 tokens"):
        places_of(sdxl, asked, parse(Parameters, {"objects": [CUP]}))
