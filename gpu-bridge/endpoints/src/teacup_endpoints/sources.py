"""Where weights come from: a folder, or a pinned repository."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Any, Literal

from .parameters import parameter
from .training import Training

# What says where weights lie, or how many images are looked at together.
_WHERE = {"id", "path", "revision", "variant", "rows"}
_COMMIT = re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True)
class Weights:
    id: str | None = parameter(None, "Repository on the Hugging Face hub")
    path: str | None = parameter(None, "Folder in diffusers' or transformers' layout")
    revision: str | None = parameter(None, "Commit of the repository")
    variant: str | None = parameter(None, "Variant of the files", description='such as "fp16"')
    dtype: Literal["float32", "float16", "bfloat16"] = parameter("float32", "Type of the numbers")

    @property
    def settings(self) -> dict[str, Any]:
        """Whatever changes the numbers, for the record that they are kept with."""
        return {name: value for name, value in asdict(self).items() if name not in _WHERE}

    def __post_init__(self) -> None:
        if (self.id is None) == (self.path is None):
            raise ValueError("give either an id or a path.")
        if self.id is not None and not _COMMIT.fullmatch(self.revision or ""):
            raise ValueError("an id needs a revision: the 40 digits of a commit, not a branch.")


@dataclass(frozen=True)
class Lora:
    path: str = parameter(
        "", "A .safetensors file", description="beside the TOML file, or absolute"
    )
    scale: float = parameter(1.0, "Weight", minimum=-10, maximum=10)


@dataclass(frozen=True)
class Source(Weights):
    """A text-to-image model."""

    lora: tuple[Lora, ...] = parameter((), "LoRA weights, fused in this order")
    unet: str | None = parameter(
        None, "Another UNet", description="folder in diffusers' layout, in place of the model's own"
    )
    training: Training | None = parameter(None, "What the LoRA or UNet was trained on")
