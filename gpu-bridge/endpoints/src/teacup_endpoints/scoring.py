"""One call from images and texts to several scores, in the contract's shape."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PIL import Image

from .errors import Refused
from .model import free_memory
from .parameters import parameter, parse
from .pictures import read_picture
from .scorers.base import Pretrained
from .scorers.caption_likelihood import CaptionLikelihood, sensitivity
from .seconds import Seconds

Json = dict[str, Any]
_MOST_IMAGES = _MOST_TEXTS = 64


@dataclass(frozen=True)
class _Item:
    scorer: str = parameter("", "Scorer")
    texts: tuple[str, ...] = parameter((), "Texts, or questions")
    corrupted: tuple[str, ...] = parameter((), "What each text is compared with (Eq. 7)")


@dataclass(frozen=True)
class _Input:
    images: tuple[str, ...] = parameter((), "Images as data URLs")
    scores: tuple[_Item, ...] = parameter((), "What is asked")


class Scoring:
    """The scorers of an endpoint that draws nothing. One call at a time, as with drawing."""

    def __init__(self, scorers: Mapping[str, Pretrained]) -> None:
        self.scorers = scorers

    def score(self, raw: Mapping[str, Any]) -> Json:
        try:
            return self._score(raw)
        finally:
            free_memory()

    def _score(self, raw: Mapping[str, Any]) -> Json:
        asked = parse(_Input, raw, "input")
        if not 1 <= len(asked.images) <= _MOST_IMAGES:
            raise Refused(f"input.images has {len(asked.images)} images: 1 to 64 are possible.")
        if not asked.scores:
            raise Refused("input.scores is empty: name at least one scorer with its texts.")
        items = [
            (self._scorer(item, f"input.scores[{i}]"), item) for i, item in enumerate(asked.scores)
        ]
        seconds = Seconds()
        with seconds("decode"):
            images = [read_picture(url, f"input.images[{i}]") for i, url in enumerate(asked.images)]
        made: list[Json] = []
        for scorer, item in items:
            with seconds(f"{len(made)} {scorer.name}"):
                made.append(_told(scorer, item, images))
        return {"scores": made, "timings": seconds.by_phase}

    def _scorer(self, item: _Item, where: str) -> Pretrained:
        if item.scorer not in self.scorers:
            has = ", ".join(self.scorers)
            raise Refused(f"{where}.scorer '{item.scorer}' is not here: this endpoint has {has}.")
        if not 1 <= len(item.texts) <= _MOST_TEXTS:
            raise Refused(f"{where}.texts has {len(item.texts)} texts: 1 to 64 are possible.")
        if not all(text.strip() for text in (*item.texts, *item.corrupted)):
            raise Refused(f"{where} has an empty text.")
        scorer = self.scorers[item.scorer]
        if item.corrupted and not isinstance(scorer, CaptionLikelihood):
            raise Refused(f"{where}.corrupted is for caption-likelihood alone: leave it out.")
        if item.corrupted and len(item.corrupted) != len(item.texts):
            raise Refused(f"{where}.corrupted needs one text for each of the {len(item.texts)}.")
        return scorer


def _told(scorer: Pretrained, item: _Item, images: list[Image.Image]) -> Json:
    values = scorer.score(images, item.texts)
    told: Json = {
        **scorer.to_json(),
        "texts": list(item.texts),
        "values": values,
        "truncated": scorer.removed([*item.texts, *item.corrupted]),
    }
    if item.corrupted:
        others = scorer.score(images, item.corrupted)
        rows = zip(values, others, strict=True)
        told |= {
            "corrupted": list(item.corrupted),
            "corrupted_values": others,
            "sensitivity": [sensitivity(row, other) for row, other in rows],
        }
    return told
