"""Decorrelation: one layer of each text encoder is tuned to one prompt, so that the object that
goes missing attends less to the word that drowns it. No image and no UNet takes part.

Decorrelation paper (methods.md 4; its code and its learning rate are not public). A is the layer's
self-attention, mean over heads, row = query, column = key, causal; A0 is the untouched one, t the
target's last token, s the correlated word's tokens, summed where they are several:

    s       = argmax over words before the target of A0[t, s]
    L_train = A[t, s] - min over 1 <= j <= t of A[t, j]                                   (Eq. 2)
    L_corr  = log(A[t, s] / A[t, t])                                                      (Eq. 3)
    L_align = max over (i, j) in B of |A[i, j] - A0[i, j]|                                (Eq. 4)
    L_val   = L_corr + tau * L_align                                                      (Eq. 5)
    eps     = eps0(null) + w * (eps~(prompt) - eps0(null))                                (Eq. 6)

B is the lower triangle of the prompt's own tokens without the entries among s and t. ~ is tuned,
0 is not: guidance with mixed embeddings, and no further eval. The layer is the last one whose
output reaches the UNet: SD 1.x reads the last, SDXL the one before it in both of its encoders.
Only its queries and keys have a gradient.

Off is a learning rate of 0. Cost: plain's, and some twenty steps of one layer a prompt, kept.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import torch

from ..asking import Ask, Drawn, Loaded, Method, Plan
from ..conditioning import Conditioning, Encoded
from ..errors import Refused
from ..model import Model
from ..parameters import parameter
from ..sampling import Hooks, guide, sample, start
from ..tuning import (
    Focus,
    Tuning,
    corr_loss,
    encode_tuned,
    encoders_of,
    is_tunable,
    listen,
    tune,
)
from ..words import Word, find, last_token, noun_phrases, words_of

_KEPT_PROMPTS = 64


@dataclass(frozen=True)
class Parameters(Tuning):
    target: str | None = parameter(
        None,
        "Object that goes missing",
        description="Words of the prompt. Empty: the concept that the prompt names last",
    )
    correlated: str | None = parameter(
        None,
        "Word that drowns it",
        description="It stands before the target. Empty: the one that the target attends to most",
    )
    among: Literal["nouns", "all"] = parameter("nouns", "Words to choose the drowning one from")
    null: Literal["encode", "zeros"] | None = parameter(
        None,
        "The guidance's other end",
        description="The encoded empty text, or zeros. Empty: what the model takes by itself",
    )
    pooled: Literal["tuned", "reference"] = parameter(
        "tuned", "SDXL's pooled vector", description="It changes as a by-product of the tuning"
    )


@dataclass(frozen=True)
class Setting:
    """The prompt's words that matter, before any map is looked at."""

    target: str
    t: int
    candidates: tuple[Word, ...]  # one of them is the correlated word
    chosen_from: str
    last: int  # the prompt's last own token


def setting_of(model: Model, ask: Ask, parameters: Parameters) -> Setting:
    words = words_of(model.pipe, ask.prompt)
    target = _target(words, ask, parameters)
    before = [word for word in words if word.tokens[-1] < target[0].tokens[0]]
    name = " ".join(word.text for word in target)
    if not before:
        raise Refused(
            f"Nothing stands before '{name}' in the prompt, and a text encoder's words see only "
            "what stands before them: name another target, or put it behind the other object."
        )
    last = last_token(model.pipe, ask.prompt) - 1
    candidates, chosen_from = _candidates(before, ask, parameters)
    return Setting(name, target[-1].tokens[-1], tuple(candidates), chosen_from, last)


def _target(words: list[Word], ask: Ask, parameters: Parameters) -> Sequence[Word]:
    """Its last place: a causal encoder's words see what stands before them."""
    names = [parameters.target] if parameters.target else [one.text for one in ask.concepts]
    if not names:
        raise Refused(
            "Decorrelation needs the object that goes missing: give method_params.target, "
            "or concepts."
        )
    found = [span for name in names if (span := find(words, name, last=True))]
    if not found:
        sought = " or ".join(f"'{name}'" for name in names)
        raise Refused(
            f"The first 77 tokens of the prompt do not contain {sought}: "
            "name the missing object in method_params.target by the prompt's own words."
        )
    return max(found, key=lambda span: span[-1].tokens[-1])


def _candidates(before: list[Word], ask: Ask, parameters: Parameters) -> tuple[list[Word], str]:
    if parameters.correlated is not None:
        named = find(before, parameters.correlated, last=True)
        if named is None:
            raise Refused(f"'{parameters.correlated}' does not stand before the target.")
        return [named[-1]], "named"
    if parameters.among == "nouns":
        # The last word of a phrase is its noun.
        phrases = [*(concept.text for concept in ask.concepts), *noun_phrases(ask.prompt)]
        nouns = [span[-1] for phrase in phrases if (span := find(before, phrase, last=True))]
        if nouns:
            return list(dict.fromkeys(nouns)), "nouns"
    return before, "all"


def check(loaded: Loaded, ask: Ask, parameters: Parameters) -> None:
    for encoder in encoders_of(loaded.base):
        if not is_tunable(encoder):
            raise Refused(
                "Decorrelation tunes CLIP's text encoders, and this model has another: "
                "serve SD 1.x or SDXL."
            )
    if parameters.null == "zeros" and ask.negative_prompt:
        raise Refused(
            "method_params.null is zeros, which leaves no place for a negative prompt: "
            "leave one of them out."
        )
    setting_of(loaded.base, ask, parameters)


def plan_evals(_parameters: Parameters, ask: Ask, steps: int) -> Plan:
    evals = ask.rows_a_step * steps
    return Plan(evals, evals)


@dataclass(frozen=True)
class Decorrelated:
    """What is kept of a tuned prompt. Its embeddings are smaller than its weights would be."""

    encoded: Encoded
    told: dict[str, Any]


def correlated_word(setting: Setting, references: list[torch.Tensor]) -> Word:
    """One word for all encoders: their mean attention decides."""
    row = torch.stack(references).mean(0)[setting.t]
    return max(setting.candidates, key=lambda word: float(row[list(word.tokens)].sum()))


def decorrelate(model: Model, ask: Ask, parameters: Parameters) -> Decorrelated:
    setting = setting_of(model, ask, parameters)
    layers = listen(model, ask.prompt)
    references = [layer.map(layer.rounded(layer.weights)) for layer in layers]
    word = correlated_word(setting, references)
    focus = Focus(setting.t, word.tokens, setting.last)
    tuned = [tune(layer, focus, parameters) for layer in layers]
    if all(one.epoch == 0 for one in tuned):
        raise Refused(
            f"'{setting.target}' attends to '{word.text}' less than to anything else already, so "
            "there is nothing to tune: name another word in method_params.correlated."
        )
    encoded = encode_tuned(model, ask.prompt, layers, tuned)
    told: dict[str, Any] = {
        "target": setting.target,
        "correlated": word.text,
        "chosen_from": setting.chosen_from,
        "encoders": [
            {
                "layer": layer.index,
                "learning_rate": one.learning_rate,
                "epoch": one.epoch,
                "l_corr_before": corr_loss(reference, focus),
                "l_corr": one.l_corr,
                "l_align": one.l_align,
                "l_val": one.l_val,
            }
            for layer, reference, one in zip(layers, references, tuned, strict=True)
        ],
    }
    return Decorrelated(encoded, told)


def look_up(loaded: Loaded, ask: Ask, parameters: Parameters) -> Decorrelated:
    """Tuned once for everything that it depends on."""
    kept: OrderedDict[Any, Decorrelated] = loaded.cache.setdefault("decorrelation", OrderedDict())
    tuning = replace(parameters, null=None, pooled="tuned")  # these two do not enter into it
    concepts = tuple(concept.text for concept in ask.concepts)
    key = (loaded.base.identity.weights_hash, ask.prompt, concepts, tuning)
    if key not in kept:
        kept[key] = decorrelate(loaded.base, ask, parameters)
    kept.move_to_end(key)
    if len(kept) > _KEPT_PROMPTS:
        kept.popitem(last=False)
    return kept[key]


def null_of(model: Model, ask: Ask, null: str | None) -> Conditioning:
    """Always of the original encoders."""
    if null == "encode":
        return model.prompts.encode(ask.negative_prompt or "", ask.width, ask.height)
    own = model.prompts.null(ask.negative_prompt, ask.width, ask.height)
    if null is None:
        return own
    pooled = None if own.pooled is None else torch.zeros_like(own.pooled)
    return replace(own, tokens=torch.zeros_like(own.tokens), pooled=pooled)


def run(loaded: Loaded, ask: Ask, parameters: Parameters) -> Drawn:
    model = loaded.base
    made = look_up(loaded, ask, parameters)
    # Behind the tuning, which has encoded it untouched and kept that.
    reference = model.prompts.encode(ask.prompt, ask.width, ask.height)
    pooled = made.encoded.pooled if parameters.pooled == "tuned" else reference.pooled
    prompt = replace(reference, tokens=made.encoded.tokens, pooled=pooled)
    null = null_of(model, ask, parameters.null)
    predict = guide(model, null, prompt, ask.guidance_scale)
    state = sample(start(model, ask), Hooks(predict))
    return Drawn(state.latents, trace={"decorrelation": made.told})


METHOD = Method(
    name="decorrelation",
    version="1",
    title="Decorrelation",
    parameters=Parameters,
    plan_evals=plan_evals,
    run=run,
    check=check,
    concepts=True,
)
