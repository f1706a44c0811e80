"""How often the second, independent oracle sees in a generated picture what the judge sees."""

from __future__ import annotations

import torch

from ..models.oracle import Oracle, Verdict
from ..train.pictures import to_unit
from ..train.setup import Setup
from ..world.templates import Reading, Templates
from .gates import Gate
from .generator import Generator
from .tallies import Question, about_pair

# Pictures of which it explains less are no pictures of the world to it.
EXPLAINED = 0.5
AGREEMENT = 0.9
SEED = 5_000_000


def cross_gates(
    setup: Setup, generator: Generator, oracle: Oracle, pictures: int = 240
) -> list[Gate]:
    """On pictures of tuning pairs and of the typical pairs of their contents, half each."""
    drawn = generated(setup, generator, pictures)
    verdict = oracle.judge(to_unit(drawn.to(setup.device)))
    return compared(verdict, Templates(setup.device, setup.families).read(drawn))


def generated(setup: Setup, generator: Generator, count: int) -> torch.Tensor:
    """(count, 3, side, side) uint8."""
    pairs = setup.assignment().tuning
    questions: list[Question] = []
    for at in range(count):
        content, host = pairs[at * 7 % len(pairs)]
        kind = "tuning" if at % 2 == 0 else "typical"
        questions.append(about_pair(kind, content, host if at % 2 == 0 else content))
    prompts = [q.prompts[at % len(q.prompts)] for at, q in enumerate(questions)]
    return generator.draw(prompts, [SEED + at for at in range(count)]).cpu()


def compared(verdict: Verdict, reading: Reading) -> list[Gate]:
    """Among pictures that both take for pictures of the world; and how often they do not agree
    on that."""
    whole = ~verdict.is_garbage.cpu()
    clear = reading.explained.cpu() >= EXPLAINED
    both = whole & clear
    same_host = (verdict.host.cpu() == reading.host.cpu()) & both
    same_item = (verdict.item.cpu() == reading.content.cpu()) & both
    return [
        _agreement("both oracles, host", same_host, both),
        _agreement("both oracles, item", same_item, both),
        _agreement("both oracles, whole or broken", whole == clear, torch.ones_like(both)),
    ]


def _agreement(name: str, same: torch.Tensor, among: torch.Tensor) -> Gate:
    count, trials = int(same.sum()), int(among.sum())
    asked = f"reported; below {AGREEMENT:.0%} the judge is looked at again"
    return Gate(name, count, trials, asked, count >= AGREEMENT * trials)
