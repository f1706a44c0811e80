"""What a model is called and which bytes it is made of."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Identity:
    name: str
    revision: str
    weights_hash: str
    files: dict[str, str] = field(default_factory=dict[str, str])  # SHA-256 by path

    training: dict[str, Any] = field(default_factory=dict[str, Any])  # where they come from

    def to_json(self) -> dict[str, Any]:
        training = {"training": self.training} if self.training else {}
        return {
            "name": self.name,
            "revision": self.revision,
            "weights_hash": self.weights_hash,
            "files": self.files,
            **training,
        }
