"""What was asked of a generator, and what the judge saw in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from itertools import pairwise
from typing import Any

import torch

from ..diffusion.sampler import Sampling
from ..models.oracle import NONE, Oracle, Verdict
from ..train.pictures import to_unit
from ..train.stages import looks_like
from ..world.captions import alone, alone_host, prompts_of
from .generator import Generator


@dataclass(frozen=True)
class Question:
    """A concept or a pair, with its prompts: image k is drawn by prompt k modulo their number."""

    kind: str  # "content", "host", "typical" or a set of pairs
    content: int  # -1: not asked for
    host: int
    prompts: tuple[str, ...]


@dataclass(frozen=True)
class Tally:
    """Counts of one question's images. C is the typical partner of a concept that was asked for,
    in the place of the other one: the content's typical host, or the host's typical content."""

    kind: str
    content: int
    host: int
    images: int
    right: int  # everything that was asked for is there
    content_right: int
    host_right: int
    substituted: int  # one concept right, its typical partner in the place of the other
    by_content: int  # of these, those with the host right and its typical content in it
    shows_c: int  # C, whatever is beside it
    omitted: int  # host right, nothing in it
    garbage: int

    @property
    def is_level_5(self) -> bool:
        """No image is right."""
        return self.right == 0

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


# What is counted of a question's images.
COUNTS = tuple(
    field.name for field in fields(Tally) if field.name not in ("kind", "content", "host", "images")
)


def about_content(content: int) -> Question:
    return Question("content", content, NONE, (alone(content),))


def about_host(host: int) -> Question:
    return Question("host", NONE, host, (alone_host(host),))


def about_pair(kind: str, content: int, host: int) -> Question:
    return Question(kind, content, host, prompts_of(content, host))


def ask(
    generator: Generator,
    oracle: Oracle,
    questions: Sequence[Question],
    images: int,
    seed: int,
    sampling: Sampling = Sampling(),  # noqa: B008 frozen
    firsts: Sequence[str] | None = None,  # a question's first text, before the switch
) -> list[Tally]:
    """Every image has a seed of its own: from `seed` on, in the questions' order."""
    prompts = [q.prompts[k % len(q.prompts)] for q in questions for k in range(images)]
    before = None if firsts is None else [text for text in firsts for _ in range(images)]
    seeds = [seed + k for k in range(len(prompts))]
    pictures = generator.draw(prompts, seeds, sampling, before)
    verdict = oracle.judge(to_unit(pictures))
    there = Verdict(verdict.host.cpu(), verdict.item.cpu(), verdict.is_garbage.cpu())
    return tally(questions, there, images)


def tally(questions: Sequence[Question], verdict: Verdict, images: int) -> list[Tally]:
    """The verdict's rows are the questions' images, in order."""
    bounds = pairwise(range(0, images * len(questions) + 1, images))
    return [
        _tally(question, verdict, slice(*bound))
        for question, bound in zip(questions, bounds, strict=True)
    ]


def _tally(question: Question, verdict: Verdict, rows: slice) -> Tally:
    whole = ~verdict.is_garbage[rows]
    seen_host, seen_item = verdict.host[rows], verdict.item[rows]
    wanted = int(looks_like(torch.tensor(question.content)))
    content = whole & (seen_item == wanted)
    host = whole & (seen_host == question.host)
    # A content alone may be drawn in any host, a host alone empty or filled.
    asked = ([content] if question.content != NONE else []) + (
        [host] if question.host != NONE else []
    )
    right = torch.stack(asked).all(dim=0)
    is_atypical = NONE not in (question.content, question.host) and (
        question.host != question.content
    )
    typical_host = whole & (seen_host == question.content) & is_atypical
    usual = int(looks_like(torch.tensor(question.host)))
    typical_content = whole & (seen_item == usual) & is_atypical & (usual != wanted)
    counts = {
        "right": right,
        "content_right": content,
        "host_right": host,
        "substituted": (typical_host & content) | (typical_content & host),
        "by_content": typical_content & host,
        "shows_c": typical_host | typical_content,
        "omitted": host & (seen_item == NONE),
        "garbage": ~whole,
    }
    numbers = {name: int(those.sum()) for name, those in counts.items()}
    return Tally(question.kind, question.content, question.host, len(whole), **numbers)
