"""Counts what a network really does: rows that go forward, and rows whose gradient comes back."""

from typing import Any

import torch


class Counter:
    """Hooked to a UNet (or transformer): every claim about cost is read from here."""

    def __init__(self, network: torch.nn.Module) -> None:
        self.forwards = 0
        self.backwards = 0
        self._counts_input = False
        network.register_forward_pre_hook(self._enter, with_kwargs=True)
        network.register_forward_hook(self._leave)

    def _enter(self, _network: torch.nn.Module, args: tuple[Any, ...], kwargs: Any) -> None:
        inputs = [*args, kwargs.get("sample"), kwargs.get("hidden_states")]
        latents = next(item for item in inputs if isinstance(item, torch.Tensor))
        self.forwards += len(latents)
        # A loss on attention maps never touches the output, so it is counted where it arrives.
        self._counts_input = latents.requires_grad
        if self._counts_input:
            self._count_gradient(latents)

    def _leave(self, _network: torch.nn.Module, _args: Any, output: Any) -> None:
        made = output[0] if isinstance(output, tuple) else getattr(output, "sample", output)
        if isinstance(made, torch.Tensor) and made.requires_grad and not self._counts_input:
            self._count_gradient(made)

    def _count_gradient(self, tensor: torch.Tensor) -> None:
        rows = len(tensor)

        def count(_gradient: torch.Tensor) -> None:
            self.backwards += rows

        tensor.register_hook(count)
