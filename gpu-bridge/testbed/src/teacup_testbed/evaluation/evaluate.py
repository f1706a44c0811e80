"""One set of weights against the world: concepts alone, typical pairs, held-out pairs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..diffusion.sampler import Sampling
from ..models.oracle import Oracle
from ..train.pictures import load_into
from ..train.setup import Setup
from ..world.assignment import Assignment
from ..world.captions import alone_host
from ..world.lexicon import CONTENTS
from .generator import Generator
from .tallies import COUNTS, Question, Tally, about_content, about_host, about_pair, ask

# Seeds of the two sets of pairs are apart from one another and from those of the concepts.
SEEDS = {"concepts": 1_000_000, "tuning": 2_000_000, "evaluation": 3_000_000, "switch": 4_000_000}


def load_oracle(setup: Setup) -> Oracle:
    oracle = Oracle(setup.shape.oracle, len(CONTENTS), len(CONTENTS)).to(setup.device)
    load_into(oracle, setup.weights_of("oracle"))
    return oracle


def capability(
    generator: Generator, oracle: Oracle, assignment: Assignment, images: int, sampling: Sampling
) -> list[Tally]:
    """A alone, B alone, and typical pairs."""
    concepts = assignment.contents
    questions = [about_content(c) for c in concepts]
    questions += [about_host(h) for h in concepts]
    questions += [about_pair("typical", c, c) for c in concepts]
    return ask(generator, oracle, questions, images, SEEDS["concepts"], sampling)


def held_out(
    generator: Generator,
    oracle: Oracle,
    assignment: Assignment,
    which: str,  # "tuning" or "evaluation"
    images: int,
    sampling: Sampling,
) -> list[Tally]:
    pairs = assignment.tuning if which == "tuning" else assignment.evaluation
    questions = [about_pair(which, c, h) for c, h in pairs]
    return ask(generator, oracle, questions, images, SEEDS[which], sampling)


def switches(
    generator: Generator,
    oracle: Oracle,
    level_5: Sequence[Tally],
    images: int,
    guidance: float,
    steps: Sequence[int] = (0, 1, 2, 3, 4, 5, 6, 8),
) -> dict[int, list[Tally]]:
    """The host alone for k steps, then the whole prompt: which k would repair these pairs? Fresh
    seeds; k = 0 is the control."""
    questions = [Question(t.kind, t.content, t.host, _prompts(t)) for t in level_5]
    firsts = [alone_host(t.host) for t in level_5]
    if not questions:
        return {}
    return {
        k: ask(
            generator,
            oracle,
            questions,
            images,
            SEEDS["switch"],
            Sampling(guidance=guidance, switch=k),
            firsts,
        )
        for k in steps
    }


def _prompts(tally: Tally) -> tuple[str, ...]:
    return about_pair(tally.kind, tally.content, tally.host).prompts


def summary(tallies: Sequence[Tally]) -> dict[str, Any]:
    """Shares over all images, and the share of questions at Level 5."""
    images = sum(t.images for t in tallies)
    if not images:
        return {"questions": 0}
    shares = {name: sum(getattr(t, name) for t in tallies) / images for name in COUNTS}
    failed = images - sum(t.right + t.garbage for t in tallies)
    return {
        "questions": len(tallies),
        "level_5": sum(t.is_level_5 for t in tallies) / len(tallies),
        **shares,
        # Of what is a picture of the world and not the one that was asked for.
        "c_of_failures": sum(t.shows_c for t in tallies) / failed if failed else 0.0,
    }
