"""One step of training: gradient, clipping, AdamW, moving average."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import nn

Loss = Callable[..., torch.Tensor]
_GRAPH_WARM_UPS = 3


class Stepper:
    """Owns the optimiser's state and the average. With `graph` the forward and the backward pass
    are recorded once and replayed: a small network's step is mostly the launching of kernels."""

    def __init__(
        self,
        parts: nn.Module,
        loss: Loss,
        *,
        decay: float,
        weight_decay: float,
        clip: float = 1.0,
        graph: bool = False,
    ) -> None:
        self.parts, self.loss, self.decay, self.clip = parts, loss, decay, clip
        self.weights: list[Any] = [p for p in parts.parameters() if p.requires_grad]
        self.average = [p.detach().clone() for p in self.weights]
        is_fused = all(p.is_cuda for p in self.weights)
        self.optimiser = torch.optim.AdamW(
            self.weights, lr=0.0, betas=(0.9, 0.99), weight_decay=weight_decay, fused=is_fused
        )
        self.graph = _Recorded(loss) if graph else None

    def step(self, batch: Sequence[torch.Tensor], rate: float, step: int) -> torch.Tensor:
        """The loss before the step, on the device."""
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        if self.graph is None:
            self.optimiser.zero_grad(set_to_none=True)
            loss = self.loss(*batch)
            loss.backward()
        else:
            loss = self.graph.run(batch, self.optimiser)
        nn.utils.clip_grad_norm_(self.weights, self.clip)
        self.optimiser.step()
        # The first steps' average would else hold on to the random start.
        decay = min(self.decay, (1 + step) / (10 + step))
        with torch.no_grad():
            torch._foreach_lerp_(self.average, self.weights, 1 - decay)
        return loss.detach()

    def averaged(self) -> dict[str, torch.Tensor]:
        """The average, by the weights' names."""
        named = [name for name, p in self.parts.named_parameters() if p.requires_grad]
        return dict(zip(named, self.average, strict=True))

    def state(self) -> dict[str, Any]:
        return {
            "weights": self.parts.state_dict(),
            "average": self.average,
            "optimiser": self.optimiser.state_dict(),
        }

    def restore(self, state: dict[str, Any]) -> None:
        self.parts.load_state_dict(state["weights"])
        self.optimiser.load_state_dict(state["optimiser"])
        for mine, kept in zip(self.average, state["average"], strict=True):
            mine.copy_(kept)


class _Recorded:
    """A CUDA graph of loss and gradient over fixed buffers."""

    def __init__(self, loss: Loss) -> None:
        self.loss, self.recording = loss, None
        self.buffers: list[torch.Tensor] = []
        self.result = torch.empty(0)

    def run(self, batch: Sequence[torch.Tensor], optimiser: torch.optim.Optimizer) -> torch.Tensor:
        if self.recording is None:
            self._record(batch, optimiser)
        for buffer, tensor in zip(self.buffers, batch, strict=True):
            buffer.copy_(tensor)
        assert self.recording is not None  # noqa: S101 made above
        self.recording.replay()
        # The next replay writes over it.
        return self.result.clone()

    def _record(self, batch: Sequence[torch.Tensor], optimiser: torch.optim.Optimizer) -> None:
        self.buffers = [tensor.clone() for tensor in batch]
        side = torch.cuda.Stream()
        side.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(side):
            for _ in range(_GRAPH_WARM_UPS):
                optimiser.zero_grad(set_to_none=True)
                self.loss(*self.buffers).backward()
        torch.cuda.current_stream().wait_stream(side)
        # Without gradients at the start, a replay writes them and does not add to them.
        optimiser.zero_grad(set_to_none=True)
        recording = torch.cuda.CUDAGraph()
        with torch.cuda.graph(recording):
            self.result = self.loss(*self.buffers)
            self.result.backward()
        self.recording = recording
