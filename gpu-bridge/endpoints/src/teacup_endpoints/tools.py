"""What detectors and segmenters share: a network, its settings, and what is told of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from .pretrained import Place
from .sources import Weights


class Tool:
    """Its class says which settings it takes."""

    name: str
    version: str = "1"
    title: str
    settings_type: ClassVar[type[Weights]] = Weights

    def __init__(self, settings: Any, place: Place) -> None:
        self.asked, self.place = settings, place

    def to_json(self) -> dict[str, Any]:
        """What a tag was made with."""
        about = {"name": self.name, "version": self.version, "settings": self.asked.settings}
        return {**about, "model": self.place.identity.to_json()}


@dataclass(frozen=True)
class Tools:
    """What an endpoint that tags has, by name."""

    detector: tuple[str, Weights]
    segmenter: tuple[str, Weights]
