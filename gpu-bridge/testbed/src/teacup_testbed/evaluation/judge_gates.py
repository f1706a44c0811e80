"""The judge's own gates: on held-out renders after a round trip, and on pairs that are not there;
and how often the second, independent oracle says otherwise."""

from __future__ import annotations

import torch

from ..models.oracle import Oracle
from ..train.latents import load_vae
from ..train.oracle import broken_pictures, round_trip
from ..train.pictures import to_unit
from ..train.pool import draw
from ..train.setup import Setup
from ..world.sampling import uniform
from ..world.scenes import looks_like
from .gates import HEAD, SPECIFICITY, Gate


def judge_gates(setup: Setup, oracle: Oracle, count: int = 2400) -> list[Gate]:
    """On `count` fresh renders: each head, garbage recalled, and specificity for a wrong pair."""
    scenes = uniform(setup.families, count, setup.generator("judge-check"), across=0.3)
    vae = load_vae(setup)
    rendered = draw(scenes, setup.shape, setup.device)
    pictures = round_trip(vae, rendered)
    verdict = oracle.judge(to_unit(pictures))
    host, item = scenes.host.to(setup.device), looks_like(scenes.content).to(setup.device)
    whole = ~verdict.is_garbage
    generator = torch.Generator(setup.device).manual_seed(setup.seed + 7)
    broken = broken_pictures(vae, rendered, generator, (0.7, 1.6))
    caught = oracle.judge(to_unit(broken)).is_garbage
    filled = torch.nonzero((host >= 0) & (item >= 0)).flatten()
    said_host, said_item = verdict.host[filled], verdict.item[filled]
    host_there, item_there = host[filled], item[filled]
    # Asked for: what is there, but one half of it is another scene's. The hardest wrong claim.
    is_host = torch.arange(len(filled), device=setup.device) % 2 == 0
    host_asked = torch.where(is_host, host_there.roll(1), host_there)
    item_asked = torch.where(is_host, item_there, item_there.roll(1))
    negatives = (host_asked != host_there) | (item_asked != item_there)
    claimed = (said_host == host_asked) & (said_item == item_asked) & whole[filled]
    wrong = claimed & negatives
    return [
        _at_least("judge, host", whole & (verdict.host == host), HEAD),
        _at_least("judge, item", whole & (verdict.item == item), HEAD),
        _at_least("judge, broken pictures found", caught, 0.9),
        Gate(
            "judge, specificity",
            int(negatives.sum() - wrong.sum()),
            int(negatives.sum()),
            f"at least {SPECIFICITY:.1%} on 600 or more",
            bool(wrong.sum() <= (1 - SPECIFICITY) * negatives.sum() and negatives.sum() >= 600),
        ),
    ]


def _at_least(name: str, right: torch.Tensor, least: float) -> Gate:
    count, trials = int(right.sum()), len(right)
    return Gate(name, count, trials, f"at least {least:.0%}", count >= least * trials)
