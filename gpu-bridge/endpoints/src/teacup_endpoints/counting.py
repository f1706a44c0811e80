"""Counts what a network really does: rows that go forward, and rows whose gradient comes back."""

from typing import Any

import torch


class Counter:
    """Hooked to a UNet (or transformer): every claim about cost is read from here."""

    def __init__(self, network: torch.nn.Module) -> None:
        self.forwards = 0
        self.backwards = 0
        network.register_forward_pre_hook(self._enter, with_kwargs=True)
        network.register_forward_hook(self._leave)

    def _enter(self, _network: torch.nn.Module, args: tuple[Any, ...], kwargs: Any) -> None:
        inputs = [*args, kwargs.get("sample"), kwargs.get("hidden_states")]
        self.forwards += next(len(item) for item in inputs if isinstance(item, torch.Tensor))

    def _leave(self, _network: torch.nn.Module, _args: Any, output: Any) -> None:
        made = output[0] if isinstance(output, tuple) else getattr(output, "sample", output)
        if isinstance(made, torch.Tensor) and made.requires_grad:
            rows = len(made)

            def count(_gradient: torch.Tensor) -> None:
                self.backwards += rows

            made.register_hook(count)
