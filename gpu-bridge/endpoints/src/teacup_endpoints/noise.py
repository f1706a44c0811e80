"""The contract's noise (gpu-bridge/contract/README.md): Philox4x32-10 and Box-Muller over
(seed, step, position). No state, so a seed's numbers depend on no neighbour, batch or device."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch.overrides import TorchFunctionMode

Words = npt.NDArray[np.uint64]

_MULTIPLIERS = (np.uint64(0xD2511F53), np.uint64(0xCD9E8D57))
_WEYL = (0x9E3779B9, 0xBB67AE85)
_ROUNDS = 10
_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)


def philox4x32(counter: Sequence[Words], key: tuple[int, int]) -> list[Words]:
    """Ten rounds over arrays of counters: four arrays in, four out, 32 bits in each element."""
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(_ROUNDS):
        # Below 2^64, so the product of two 32-bit words is exact.
        first, second = c0 * _MULTIPLIERS[0], c2 * _MULTIPLIERS[1]
        c0, c2 = (second >> _HALF) ^ c1 ^ np.uint64(k0), (first >> _HALF) ^ c3 ^ np.uint64(k1)
        c1, c3 = second & _LOW, first & _LOW
        k0, k1 = (k0 + _WEYL[0]) & 0xFFFFFFFF, (k1 + _WEYL[1]) & 0xFFFFFFFF
    return [c0, c1, c2, c3]


def normals(seed: int, step: int, count: int) -> npt.NDArray[np.float64]:
    """The first `count` normal numbers of a step: four of each block, in order."""
    position = np.arange(-(-count // 4), dtype=np.uint64)
    nothing = np.zeros_like(position)
    words = philox4x32([position, nothing, nothing + np.uint64(step), nothing], (seed, 0))
    u0, u1, u2, u3 = ((word.astype(np.float64) + 0.5) / 2.0**32 for word in words)
    block = [*_box_muller(u0, u1), *_box_muller(u2, u3)]
    return np.stack(block, axis=1).reshape(-1)[:count]


def _box_muller(
    first: npt.NDArray[np.float64], second: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    radius, angle = np.sqrt(-2 * np.log(first)), 2 * np.pi * second
    return radius * np.cos(angle), radius * np.sin(angle)


def noise(
    seeds: Sequence[int],
    step: int,
    shape: Sequence[int],
    *,
    device: torch.device | str = "cpu",
    dtype: torch.dtype = torch.float32,
) -> torch.Tensor:
    """(seeds, *shape). Made on the CPU and rounded to float32 before any other type."""
    count = int(np.prod(shape))
    rows = [normals(seed, step, count).astype(np.float32).reshape(shape) for seed in seeds]
    return torch.from_numpy(np.stack(rows)).to(device=device, dtype=dtype)


class NoiseFrom(TorchFunctionMode):
    """Inside it, `torch.randn` gives the seeds' noise: the first call that of `step`, the next
    call that of the step after it. So schedulers and whole pipelines of diffusers draw from it."""

    def __init__(self, seeds: Sequence[int], step: int) -> None:
        super().__init__()
        self.seeds, self.step = tuple(seeds), step

    def __torch_function__(
        self,
        func: Any,
        types: Any,
        args: tuple[Any, ...] = (),
        kwargs: dict[str, Any] | None = None,
    ) -> Any:
        if func is not torch.randn:
            return func(*args, **(kwargs or {}))
        asked = kwargs or {}
        shape = tuple(asked["size"] if "size" in asked else args[0])
        if shape[0] != len(self.seeds):
            raise ValueError(f"noise for {shape[0]} images was asked, there are {len(self.seeds)}")
        made = noise(
            self.seeds,
            self.step,
            shape[1:],
            device=asked.get("device") or "cpu",
            dtype=asked.get("dtype") or torch.get_default_dtype(),
        )
        self.step += 1
        return made
