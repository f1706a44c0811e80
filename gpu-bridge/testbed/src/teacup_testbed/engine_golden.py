"""`teacup-testbed golden FILE`: what the TypeScript engine has to make as Python makes it.

Numbers of diffusers' samplers, of ConceptDiffusion's algebra and of MoCE's search; ids of both
tokenizers; what an endpoint tells of its methods, and how it refuses. No weights are read. The file
is committed: a test here says that it is what Python makes now, tests there that the engine agrees.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from diffusers.schedulers import DDIMScheduler
from teacup_endpoints.bisection import Search
from teacup_endpoints.conditioning import cut_behind, unknown_words
from teacup_endpoints.config import Config, Defaults
from teacup_endpoints.errors import Refused
from teacup_endpoints.methods import method_named
from teacup_endpoints.methods.moce import first_step
from teacup_endpoints.openapi import describe
from teacup_endpoints.parameters import parse
from teacup_endpoints.schedulers import make_scheduler
from teacup_endpoints.steering import Rule, steer
from teacup_endpoints.tiny import tokenizer as clip_tokenizer
from teacup_endpoints.words import noun_phrases

from .diffusion.schedule import scheduler_config
from .models.tokenizer import make_tokenizer, tokenize
from .world.captions import WORDS

Json = dict[str, Any]
_TOKENS = 24
_TEXTS = (
    "",
    "a tea cup of iced coke",
    "  A  Tea-Cup, of\ticed COKE!\n",
    "an astronaut's samovar \u2603 \U0001f375 in a tea cup",
    "na\u00efve caf\u00e9 \u00c5ngstr\u00f6m \u0130stanbul \u039f\u0394\u039f\u03a3 \u212a",
    "iced\u00a0coke\u2003in\u0085a\u200btea\ufeffcup",
    "<|endoftext|> a cup <|unknown|><|startoftext|>of tea",
    "it's we'll they're 12 cups (3) [4] {5} a_b a+b=c",
    " ".join(["a tea cup of iced coke on a table"] * 5),
    "\u6f22\u5b57 \u0e44\u0e17\u0e22 \u0627\u0644\u0639\u0631\u0628\u064a\u0629 e\u0301",
)
_PROMPTS = (
    "a red dog and a pink cat",
    "tea cup",
    "a tea cup of iced coke",
    "that man, whose dog-house is near the tree's top",
    "Zwei T\u00fcren \u2013 eine Katze",
    "of the and",
    "",
)
_METHODS = ("plain", "moce", "concept_diffusion")
_REFUSED: tuple[tuple[str, Json], ...] = (
    ("plain", {"template": "third"}),
    ("plain", {"refiner_from": 0}),
    ("moce", {"rounds": 0}),
    ("moce", {"rounds": 2.5}),
    ("moce", {"rounds": "3"}),
    ("moce", {"window": True}),
    ("moce", {"windows": 0.5}),
    ("moce", {"scorer": "clip"}),
    ("concept_diffusion", {"subjects": "tea cup"}),
    ("concept_diffusion", {"subjects": ["tea cup", 3]}),
    ("concept_diffusion", {"mask": 1}),
    ("concept_diffusion", {"concept_scale": 100.5}),
)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="teacup-testbed golden", description=__doc__)
    parser.add_argument("file", type=Path, help="the JSON file to write")
    file: Path = parser.parse_args(arguments).file
    file.write_text(json.dumps(golden(), indent=1) + "\n", encoding="utf-8")
    return 0


def golden() -> Json:
    return {
        "samplers": [
            _sampler(name, steps) for name in ("ddim", "euler") for steps in (1, 7, 20, 30)
        ],
        "steps": _uneven_steps(),
        "words": [_words(text) for text in _TEXTS],
        "pieces": [_pieces(text) for text in _TEXTS],
        "noun_phrases": [{"prompt": text, "phrases": noun_phrases(text)} for text in _PROMPTS],
        "searches": [_search(seed) for seed in range(40)],
        "steering": [_steering(seed) for seed in range(12)],
        "descriptions": {name: _description(name) for name in _METHODS},
        "refusals": [_refusal(method, given) for method, given in _REFUSED],
    }


def _scheduler(name: str) -> Any:
    ends: Json = {"clip_sample": False, "set_alpha_to_one": True}
    return make_scheduler(DDIMScheduler(**scheduler_config(), **ends), name)


def _sampler(name: str, steps: int) -> Json:
    """Four numbers' way through the steps, under a v that is a plain formula of step and place."""
    scheduler = _scheduler(name)
    scheduler.set_timesteps(steps)
    x = torch.tensor([0.5, -1.25, 2.0, 0.01]) * scheduler.init_noise_sigma
    states, scaled = [x.tolist()], []
    for i, t in enumerate(scheduler.timesteps):
        scaled.append(scheduler.scale_model_input(x, t).tolist())
        v = torch.tensor([math.sin(1 + 3 * i + 7 * place) for place in range(4)])
        x = scheduler.step(v, t, x, return_dict=False)[0]
        states.append(x.tolist())
    timesteps = [int(t) for t in scheduler.timesteps]
    return {"name": name, "steps": steps, "timesteps": timesteps, "states": states, "seen": scaled}


def _uneven_steps() -> Json:
    """The step counts, of all that may be asked for, at which diffusers takes another number."""
    scheduler, counts = _scheduler("ddim"), {}
    for steps in range(1, 1001):
        scheduler.set_timesteps(steps)
        if len(scheduler.timesteps) != steps:
            counts[str(steps)] = len(scheduler.timesteps)
    return counts


def _words(text: str) -> Json:
    tokenizer = make_tokenizer(WORDS, _TOKENS)
    ids = tokenize(tokenizer, [text], _TOKENS)[0].tolist()
    return {
        "text": text,
        "ids": ids,
        "removed": cut_behind(tokenizer, text, _TOKENS),
        "unknown": list(unknown_words(tokenizer, text)),
    }


def _pieces(text: str) -> Json:
    """As the scorer `clipscore` cuts texts: neither filled up nor, here, cut."""
    tokenizer = clip_tokenizer(words=WORDS, length=_TOKENS)
    ids = tokenizer(text, truncation=False, verbose=False).input_ids
    return {"text": text, "ids": ids, "told": tokenizer.decode(ids[1:-1]).strip()}


def _search(seed: int) -> Json:
    chance = random.Random(seed)  # noqa: S311 not for secrets
    steps, window = chance.randint(3, 60), chance.choice([0.35, 0.475, 0.9, 1.0])
    delta, tau = chance.choice([0.0, 0.05]), chance.choice([None, 0.8])
    rounds, hi = chance.randint(1, 6), int(window * steps)
    search, told = Search(hi, first_step(steps, hi), rounds, delta, tau), []
    while search.kept is None:
        # Coarse, so that scores tie.
        first, second = chance.randint(0, 9) / 10, chance.randint(0, 9) / 10
        told.append([first, second])
        search.tell(first, second)
    return {
        "steps": steps,
        "window": window,
        "rounds": rounds,
        "delta": delta,
        "tau": tau,
        "told": told,
        "visited": [visit.step for visit in search.visits],
        "kept": search.kept.step,
    }


def _steering(seed: int) -> Json:
    generator = torch.Generator().manual_seed(seed)
    p = torch.randn(2, 3, 4, generator=generator)
    s = 0.6 * p + torch.randn(1 + seed % 3, 2, 3, 4, generator=generator)
    if seed == 11:
        s = torch.stack([s[0], s[0], torch.zeros_like(p)])
    projection: Any = "sum" if seed % 2 else "span"
    rule = Rule(0.9, 1.0, None if seed % 4 else 0.3, projection, mask=seed % 5 != 0)
    g, cosines = steer(p, s, rule)
    return {
        "p": p.flatten().tolist(),
        "s": s.flatten(1).tolist(),
        "projection": projection,
        "upper": rule.upper_bound,
        "mask": rule.mask,
        "g": g.flatten().tolist(),
        "cosines": cosines.tolist(),
    }


def _description(method: str) -> Json:
    """Where a file sets nothing but 20 steps and, for MoCE, its scorer."""
    config = Config(name="golden", method=method, defaults=Defaults(steps=20))
    told = describe(config, {}, ("clipscore",) if method == "moce" else ())
    schemas: Json = told["components"]["schemas"]
    return {
        "method": told["x-teacup"]["method"],
        "MethodParams": schemas["MethodParams"],
        "Settings": schemas["Settings"],
    }


def _refusal(method: str, given: Json) -> Json:
    try:
        parse(method_named(method).parameters, given)
    except Refused as error:
        return {"method": method, "given": given, "error": str(error)}
    raise ValueError(f"{method} takes {given}")
