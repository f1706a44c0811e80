"""The platform's step `tag`: which of some words are in an image, where, and on which pixels.

A detector finds boxes for phrases, a segmenter the pixels in boxes; a tag's mask is the union of
its boxes' (RealignDiff, methods.md 5.5, step 4). Whatever has their methods can be plugged in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import torch
from PIL import Image

from .errors import Failed, Refused
from .masks import write_mask
from .model import free_memory
from .parameters import parameter, parse
from .pictures import read_picture
from .seconds import Seconds

TOO_NARROW = "{} made numbers that are not finite: give it a wider type (bfloat16, float32)."
Box = tuple[float, float, float, float]  # left, top, right, bottom, in pixels
_MOST_IMAGES, _MOST_PHRASES = 64, 32


@dataclass(frozen=True)
class Found:
    phrase: str
    score: float  # 0 to 1
    box: Box


class Detector(Protocol):
    def detect(self, image: Image.Image, phrases: Sequence[str]) -> list[Found]: ...

    def to_json(self) -> dict[str, Any]:
        """Its name, version, settings and model."""
        ...


class Segmenter(Protocol):
    def segment(self, image: Image.Image, boxes: Sequence[Box]) -> torch.Tensor:
        """(boxes, height, width), bool."""
        ...

    def to_json(self) -> dict[str, Any]: ...


@dataclass(frozen=True)
class _Input:
    images: tuple[str, ...] = parameter((), "Images as data URLs")
    phrases: tuple[str, ...] = parameter((), "Phrases that are looked for")


class Tagger:
    def __init__(self, detector: Detector, segmenter: Segmenter) -> None:
        self.detector, self.segmenter = detector, segmenter

    def tag(self, raw: Mapping[str, Any]) -> dict[str, Any]:
        """`images[i].tags`: phrase, score of its best box, boxes, mask. A phrase that is not found
        or has no pixel is no tag."""
        asked = parse(_Input, raw, "input")
        _check(asked)
        seconds = Seconds()
        with seconds("decode"):
            images = [read_picture(url, f"input.images[{i}]") for i, url in enumerate(asked.images)]
        with seconds("tag"):
            tagged = [{"tags": self._tags(image, asked.phrases)} for image in images]
        return {
            "images": tagged,
            "detector": self.detector.to_json(),
            "segmenter": self.segmenter.to_json(),
            "timings": seconds.by_phase,
        }

    def _tags(self, image: Image.Image, phrases: Sequence[str]) -> list[dict[str, Any]]:
        """One image at a time: its tags do not depend on the others."""
        try:
            return self.tags(image, phrases)
        except torch.OutOfMemoryError as error:
            raise Failed(
                "The GPU's memory does not hold one image in the detector or segmenter: "
                "free the memory that other programs hold."
            ) from error
        finally:
            free_memory()

    def tags(self, image: Image.Image, phrases: Sequence[str]) -> list[dict[str, Any]]:
        found = self.detector.detect(image, phrases)
        tags: list[dict[str, Any]] = []
        for phrase in phrases:
            mine = [one for one in found if one.phrase == phrase]
            if not mine:
                continue
            boxes = [one.box for one in mine]
            mask = self.segmenter.segment(image, boxes).any(dim=0)
            if bool(mask.any()):
                score = max(one.score for one in mine)
                tags.append(
                    {"phrase": phrase, "score": score, "boxes": boxes, "mask": write_mask(mask)}
                )
        return tags


def _check(asked: _Input) -> None:
    if not 1 <= len(asked.images) <= _MOST_IMAGES:
        raise Refused(f"input.images has {len(asked.images)}: 1 to {_MOST_IMAGES} are possible.")
    if not 1 <= len(asked.phrases) <= _MOST_PHRASES:
        raise Refused(f"input.phrases has {len(asked.phrases)}: 1 to {_MOST_PHRASES} are possible.")
    if any(not phrase.strip() or "." in phrase for phrase in asked.phrases):
        raise Refused("input.phrases has one that is empty or has a full stop in it.")
    if len({phrase.lower() for phrase in asked.phrases}) < len(asked.phrases):
        raise Refused("input.phrases has the same phrase twice.")
