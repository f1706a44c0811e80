"""What was asked of a generator, and what the judge saw in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from itertools import pairwise
from typing import Any

from ..diffusion.sampler import Sampling
from ..models.oracle import NONE, Oracle, Verdict
from ..train.pictures import to_unit
from ..world.captions import alone, alone_host, prompts_of
from ..world.lexicon import LOOKS_LIKE
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
    return tally(questions, oracle.judge(to_unit(pictures)), images)


def tally(questions: Sequence[Question], verdict: Verdict, images: int) -> list[Tally]:
    """The verdict's rows are the questions' images, in order."""
    seen = seen_of(verdict)
    bounds = pairwise(range(0, images * len(questions) + 1, images))
    return [
        _tally(question, seen[slice(*bound)])
        for question, bound in zip(questions, bounds, strict=True)
    ]


def seen_of(verdict: Verdict) -> list[list[int]]:
    """Host, item and whether it is broken, of each image."""
    columns = (verdict.host, verdict.item, verdict.is_garbage.long())
    return [list(row) for row in zip(*(one.tolist() for one in columns), strict=True)]


def _tally(question: Question, seen: Sequence[Sequence[int]]) -> Tally:
    each = [counted(question.content, question.host, one) for one in seen]
    numbers = {name: sum(one[name] for one in each) for name in COUNTS}
    return Tally(question.kind, question.content, question.host, len(seen), **numbers)


def counted(content: int, host: int, seen: Sequence[int]) -> dict[str, bool]:
    """In which of COUNTS an image is: what was asked for, and its row of `seen_of`."""
    seen_host, seen_item, is_broken = seen
    is_whole = not is_broken
    wanted, usual = _picture_of(content), _picture_of(host)
    has_content = is_whole and seen_item == wanted
    has_host = is_whole and seen_host == host
    is_atypical = is_whole and NONE not in (content, host) and host != content
    has_typical_host = is_atypical and seen_host == content
    has_typical_content = is_atypical and seen_item == usual != wanted
    return {
        # A content alone may be drawn in any host, a host alone empty or filled.
        "right": (has_content or content == NONE) and (has_host or host == NONE),
        "content_right": has_content,
        "host_right": has_host,
        "substituted": (has_typical_host and has_content) or (has_typical_content and has_host),
        "by_content": has_typical_content and has_host,
        "shows_c": has_typical_host or has_typical_content,
        "omitted": has_host and seen_item == NONE,
        "garbage": not is_whole,
    }


def _picture_of(content: int) -> int:
    return NONE if content == NONE else LOOKS_LIKE[content]
