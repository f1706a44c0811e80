"""What every scorer shares: weights in transformers' layout, images in batches, texts that fit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import torch
from PIL.Image import Image

from ..asking import Thresholds
from ..errors import Failed, Refused
from ..model import free_memory, not_finite
from ..parameters import parameter
from ..pretrained import Place
from ..sources import Weights


@dataclass(frozen=True)
class Settings(Weights):
    delta: float | None = parameter(None, "Scores count as equal below", minimum=0)
    tau: float | None = parameter(None, "Scores are good enough above")
    rows: int = parameter(8, "Images in the network at once", minimum=1, maximum=1024)


class Pretrained:
    """A scorer of pretrained networks. Its class says which settings it takes."""

    name: str
    version: str = "1"
    title: str
    settings_type: ClassVar[type[Settings]] = Settings

    def __init__(self, settings: Any, place: Place) -> None:
        self.asked, self.identity, self.device = settings, place.identity, place.device
        self.thresholds = Thresholds(settings.delta, settings.tau)
        self.rows: int = settings.rows
        self.tokenizer: Any = None

    def to_json(self) -> dict[str, Any]:
        """What a score was made with."""
        about = {"scorer": self.name, "version": self.version, "settings": self.asked.settings}
        return {**about, "model": self.identity.to_json()}

    @property
    def limit(self) -> int:
        """The tokens of a text that are read, the marks at both ends included."""
        raise NotImplementedError

    def judge(self, images: list[Image], texts: list[str]) -> torch.Tensor:
        """(images, texts)"""
        raise NotImplementedError

    def said(self, text: str) -> str:
        """The text as the network is told it."""
        return text

    def score(self, images: Sequence[Image], texts: Sequence[str]) -> list[list[float]]:
        """Row i: image i against each text."""
        with torch.no_grad():
            made = self._by_batch(list(images), lambda part: self.judge(part, list(texts)))
        if not_finite(made):
            raise Refused(
                f"The scorer {self.name} made numbers that are not finite: "
                "give it a wider type (bfloat16, float32)."
            )
        return made.tolist()

    def removed(self, texts: Sequence[str]) -> dict[str, str]:
        """The ends of the texts that do not fit, by text: nothing is cut in silence."""
        cut: dict[str, str] = {}
        for text in texts:
            ids = self.tokenizer(self.said(text), truncation=False, verbose=False).input_ids
            if lost := ids[self.limit - 1 : -1]:
                cut[text] = self.tokenizer.decode(lost).strip()
        return cut

    def tokens(self, text: str) -> torch.Tensor:
        """(1, tokens). One text at a time, so there is no padding that a network could look at:
        transformers' BLIP does not mask it in cross-attention."""
        made = self.tokenizer(
            self.said(text), truncation=True, max_length=self.limit, return_tensors="pt"
        )
        return made.input_ids.to(self.device)

    def _by_batch(
        self, images: list[Image], judge: Callable[[list[Image]], torch.Tensor]
    ) -> torch.Tensor:
        """A short batch is filled up: a score does not depend on the images beside it."""
        while True:
            size = self.rows
            try:
                parts = [images[at : at + size] for at in range(0, len(images), size)]
                filled = [part + part[-1:] * (size - len(part)) for part in parts]
                made = [judge(full)[: len(part)] for full, part in zip(filled, parts, strict=True)]
                return torch.cat(made).float().cpu()
            except torch.OutOfMemoryError as error:
                if size == 1:
                    raise Failed(
                        f"The GPU's memory does not hold one image in the scorer {self.name}: "
                        "free the memory that other programs hold."
                    ) from error
                self.rows = size // 2
            free_memory()
