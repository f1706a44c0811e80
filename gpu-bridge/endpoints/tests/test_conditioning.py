"""Each text is encoded once by each set of weights, whoever asks for it (quality.md, G16)."""

from typing import Any

import pytest

from teacup_endpoints import conditioning
from teacup_endpoints.asking import Loaded
from teacup_endpoints.methods import METHODS
from teacup_endpoints.model import Model
from teacup_endpoints.rehearsal import ACTING

from .conftest import PAIR, MakeAsk, drawn, load
from .every_method import Undecided
from .test_lasting import PROMPTS, UNTUNED


def counted(model: Model) -> dict[str, int]:
    """How often each of its encoders was asked, from now on."""
    calls = {
        name: 0 for name in ("text_encoder", "text_encoder_2") if getattr(model.pipe, name, None)
    }

    def count(name: str) -> Any:
        def hook(*_: Any) -> None:
            calls[name] += 1

        return hook

    for name in calls:
        getattr(model.pipe, name).register_forward_pre_hook(count(name))
    return calls


# Texts beside the prompts and the empty one: concepts, phrases; each prompt by its tuned weights.
MORE = {"moce": 1, "probe": 2, "concept_diffusion": 2, "realign_diff": 1, "decorrelation": 3}


@pytest.mark.parametrize("method", METHODS)
def test_an_endpoint_encodes_each_text_once(ask: MakeAsk, method: str) -> None:
    model = load("sdxl", rows=8)
    calls, loaded = counted(model), Loaded(model, scorers={"clipscore": Undecided()})
    raw = UNTUNED if method == "decorrelation" else ACTING[method]
    for prompt in PROMPTS:
        for seeds in ((1,), (2, 3)):
            asked = ask(prompt=prompt, concepts=PAIR, seeds=seeds, steps=3)
            drawn(METHODS[method], loaded, asked, **raw)
    assert set(calls.values()) == {len(PROMPTS) + 1 + MORE.get(method, 0)}


@pytest.mark.parametrize("name", ["sdxl", "sd1"])
def test_a_prompt_of_an_endpoint_that_tunes_is_encoded_untouched_and_tuned(
    ask: MakeAsk, name: str
) -> None:
    model = load(name, rows=8)
    calls, loaded = counted(model), Loaded(model)
    for seeds in ((1,), (2,)):
        asked = ask(prompt=PROMPTS[0], seeds=seeds, steps=1)
        drawn(METHODS["decorrelation"], loaded, asked, **UNTUNED)
    # The empty text is the third.
    assert set(calls.values()) == {3}


def test_no_more_prompts_are_kept_than_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    """The one that was not asked for longest goes."""
    monkeypatch.setattr(conditioning, "_KEPT_PROMPTS", 2)
    prompts = load("sdxl").prompts
    for text, calls in [("a", 1), ("b", 2), ("a", 2), ("c", 3), ("a", 3), ("b", 4)]:
        prompts.encode(text, 64, 64)
        assert prompts.calls == calls
