"""What makes a pipeline faster without another picture. Batched guidance and prompts that are
encoded once need no switch (`sampling.py`, `conditioning.py`); PNGs are made in threads.

Each changes the order of sums, so images move by rounding; none changes what is computed. The one
exception is `quantise`, which is therefore a part of the model's identity.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

import torch

from .errors import Refused
from .parameters import parameter
from .quantised import quantise

# What diffusers makes one projection of.
_FUSED = {
    "to_qkv": ("to_q", "to_k", "to_v"),
    "to_kv": ("to_k", "to_v"),
    "to_added_qkv": ("add_q_proj", "add_k_proj", "add_v_proj"),
}


@dataclass(frozen=True)
class Fast:
    channels_last: bool = parameter(False, "Channels last in memory")
    fuse_qkv: bool = parameter(False, "One projection for query, key and value")
    compile: Literal["none", "blocks"] = parameter(
        "none",
        "torch.compile",
        description='"blocks" compiles the repeated transformer block alone: seconds, not minutes',
    )
    vae: Literal["float16", "bfloat16"] | None = parameter(
        None, "Type of the VAE's numbers", description="Empty: the model's own"
    )
    quantise: Literal["none", "float8"] = parameter(
        "none",
        "Products of eight bits",
        description="Another picture, and another model to the platform: never a silent speed-up",
    )

    @property
    def said(self) -> dict[str, Any]:
        """What is on, for the trace."""
        off = (False, None, "none")
        return {name: value for name, value in asdict(self).items() if value not in off}


def make_fast(pipe: Any, fast: Fast, backend: Any = "inductor") -> Any:
    """In place, once the pipeline lies on its device."""
    network: Any = getattr(pipe, "unet", None) or getattr(pipe, "transformer", None)
    if fast.fuse_qkv:
        if not hasattr(pipe, "fuse_qkv_projections"):
            raise Refused(f"{type(pipe).__name__} cannot fuse its projections: leave fuse_qkv out.")
        pipe.fuse_qkv_projections()
        for part in [*network.modules(), *pipe.vae.modules()]:
            _make_views(part)
    if fast.channels_last:
        network.to(memory_format=torch.channels_last)
        pipe.vae.to(memory_format=torch.channels_last)
    if fast.vae is not None:
        pipe.vae.to(getattr(torch, fast.vae))
    if fast.quantise == "float8" and not quantise(network):
        raise Refused(f"{type(pipe).__name__} has no product to quantise: leave quantise out.")
    if fast.compile == "blocks":
        try:
            network.compile_repeated_blocks(backend=backend)
        except ValueError as error:
            raise Refused(f"{type(pipe).__name__} has no repeated block to compile.") from error
    return pipe


def _make_views(attention: Any) -> None:
    """Of the projections that were fused: the fused one is a copy, and each weight is to lie in
    memory once. Other processors (`attention.py`) still read them."""
    for whole, names in _FUSED.items():
        fused = getattr(attention, whole, None)
        if fused is None:
            continue
        fused.requires_grad_(False)
        parts = [getattr(attention, name) for name in names]
        for kind, numbers in fused.named_parameters():
            views = numbers.split([part.out_features for part in parts])
            for part, view in zip(parts, views, strict=True):
                getattr(part, kind).data = view
