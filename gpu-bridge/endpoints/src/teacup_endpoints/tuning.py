"""One layer of each text encoder, tuned to one prompt: the maps and losses of Decorrelation.

The equations stand in `methods/decorrelation.py`. Layers before the tuned one are frozen, so what
reaches it is heard once, and an epoch is one small matrix product. Only its queries and keys have
a gradient: the loss reads attention, and values do not enter into it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import torch
from torch.nn import functional

from .conditioning import Encoded
from .errors import Refused
from .model import Model
from .parameters import parameter

# The paper names none: the best of these by L_val (methods.md 4.4).
_RATES = (1e-6, 3e-6, 1e-5, 3e-5, 1e-4)
_TUNED = ("q_proj.weight", "q_proj.bias", "k_proj.weight", "k_proj.bias")

Weights = dict[str, torch.Tensor]  # of `_TUNED`


@dataclass(frozen=True)
class Tuning:
    learning_rate: float | None = parameter(
        None,
        "Learning rate",
        minimum=0,
        maximum=1,
        description="0 is plain guidance. Empty: the best of 1e-6 to 1e-4 by L_val",
    )
    epochs: int = parameter(20, "Epochs", unit="steps of AdamW", minimum=1, maximum=1000)
    epoch: int | None = parameter(
        None, "Epoch kept", minimum=1, description="Empty: the one with the best L_val"
    )
    tau: float = parameter(5.0, "Weight of L_align in L_val, tau", minimum=0, maximum=1000)
    detach_floor: bool = parameter(False, "No gradient through the minimum of L_train")

    def __post_init__(self) -> None:
        if self.epoch is not None and self.epoch > self.epochs:
            raise ValueError(f"epoch is {self.epoch}, and there are {self.epochs} epochs.")


def encoders_of(model: Model) -> list[Any]:
    parts = [getattr(model.pipe, name, None) for name in ("text_encoder", "text_encoder_2")]
    return [part for part in parts if part is not None]


def layers_of(encoder: Any) -> Any:
    """The stack of layers, wherever the version of transformers keeps it."""
    stacks = [part.layers for part in encoder.modules() if hasattr(part, "layers")]
    return stacks[0] if stacks else []


def is_tunable(encoder: Any) -> bool:
    layers = layers_of(encoder)
    names = {name for name, _ in layers[-1].self_attn.named_parameters()} if len(layers) else set()
    return names.issuperset(_TUNED)


def acting_layer(model: Model, encoder: Any) -> int:
    """The last layer whose output reaches the UNet as tokens."""
    return len(layers_of(encoder)) - (2 if model.prompts.has_pooled else 1)


@dataclass(frozen=True)
class Layer:
    """One encoder's acting layer, and what reaches it for this prompt. All before it is frozen, so
    tuning needs nothing else."""

    attention: Any  # transformers' module
    index: int
    hidden: torch.Tensor  # (77, width), float32

    @property
    def weights(self) -> Weights:
        """Copies, float32: narrow types cannot hold the steps of a small learning rate."""
        named = dict(self.attention.named_parameters())
        return {name: named[name].detach().float().clone() for name in _TUNED}

    def rounded(self, weights: Weights) -> Weights:
        """As the encoder will hold them, so that what is validated is what draws."""
        dtype = self.attention.q_proj.weight.dtype
        return {name: tensor.detach().to(dtype) for name, tensor in weights.items()}

    def map(self, weights: Weights) -> torch.Tensor:
        """A (77, 77): rows sum to 1, nothing above the diagonal."""
        heads = self.attention.num_heads

        def project(name: str) -> torch.Tensor:
            weight, bias = (weights[f"{name}.{part}"].float() for part in ("weight", "bias"))
            made = functional.linear(self.hidden, weight, bias)
            return made.unflatten(-1, (heads, -1)).transpose(0, 1)  # (heads, 77, width / heads)

        q, k = project("q_proj"), project("k_proj")
        logits = q @ k.transpose(1, 2) * q.shape[-1] ** -0.5
        ahead = torch.ones_like(logits[0], dtype=torch.bool).triu(1)
        return logits.masked_fill(ahead, -torch.inf).softmax(-1).mean(0)


def listen(model: Model, prompt: str) -> list[Layer]:
    """Encodes the prompt and keeps what reaches each acting layer."""
    heard: list[Layer] = []

    def hook(index: int) -> Any:
        def hear(attention: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
            hidden = kwargs["hidden_states"] if "hidden_states" in kwargs else args[0]
            heard.append(Layer(attention, index, hidden[0].detach().float()))

        return hear

    with ExitStack() as hooks:
        for encoder in encoders_of(model):
            index = acting_layer(model, encoder)
            attention = layers_of(encoder)[index].self_attn
            handle = attention.register_forward_pre_hook(hook(index), with_kwargs=True)
            hooks.callback(handle.remove)
        model.prompts.renew(prompt)
    return heard


@dataclass(frozen=True)
class Focus:
    t: int
    s: tuple[int, ...]
    last: int

    @property
    def aligned(self) -> list[tuple[int, int]]:
        """B: whatever is not among the focused tokens."""
        focused = {self.t, *self.s}
        own = range(1, self.last + 1)
        return [(i, j) for i in own for j in own if j <= i and not {i, j} <= focused]


def train_loss(a: torch.Tensor, focus: Focus, detach_floor: bool = False) -> torch.Tensor:
    floor = a[focus.t, 1 : focus.t + 1].min()
    return a[focus.t, list(focus.s)].sum() - (floor.detach() if detach_floor else floor)


def corr_loss(a: torch.Tensor, focus: Focus) -> float:
    return float((a[focus.t, list(focus.s)].sum() / a[focus.t, focus.t]).log())


def align_loss(a: torch.Tensor, reference: torch.Tensor, focus: Focus) -> float:
    places = focus.aligned
    if not places:
        return 0.0
    i, j = (list(index) for index in zip(*places, strict=True))
    return float((a[i, j] - reference[i, j]).abs().max())


@dataclass(frozen=True)
class Tuned:
    """One encoder's layer after an epoch."""

    weights: Weights
    learning_rate: float
    epoch: int
    l_corr: float
    l_align: float
    l_val: float


def epochs_of(layer: Layer, focus: Focus, rate: float, tuning: Tuning) -> Iterator[Tuned]:
    """The state after each epoch."""
    reference = layer.map(layer.rounded(layer.weights))
    with torch.enable_grad():
        weights = {name: tensor.requires_grad_(True) for name, tensor in layer.weights.items()}
        optimiser = torch.optim.AdamW(list(weights.values()), lr=rate, weight_decay=0)
        for epoch in range(1, tuning.epochs + 1):
            optimiser.zero_grad()
            train_loss(layer.map(weights), focus, tuning.detach_floor).backward()
            optimiser.step()
            rounded = layer.rounded(weights)
            now = layer.map(rounded)
            l_corr, l_align = corr_loss(now, focus), align_loss(now, reference, focus)
            kept = {name: tensor.clone() for name, tensor in rounded.items()}
            yield Tuned(kept, rate, epoch, l_corr, l_align, l_corr + tuning.tau * l_align)


def tune(layer: Layer, focus: Focus, tuning: Tuning) -> Tuned:
    """The epoch asked for, or the one with the smallest L_val, of those that lowered L_corr. Epoch
    0, untouched, where the correlated word is the floor already and nothing has a gradient."""
    own = layer.rounded(layer.weights)
    reference = layer.map(own)
    before = corr_loss(reference, focus)
    if tuning.learning_rate != 0 and float(train_loss(reference, focus)) == 0:
        return Tuned(own, 0.0, 0, before, 0.0, before)
    rates = _RATES if tuning.learning_rate is None else (tuning.learning_rate,)
    best: Tuned | None = None
    for rate in rates:
        for tuned in epochs_of(layer, focus, rate, tuning):
            wanted = tuning.epoch in (None, tuned.epoch)
            # NaN is not below anything. At a rate of 0 nothing can fall, and nothing has to.
            if wanted and (tuned.l_corr < before or rate == 0):
                best = tuned if best is None or tuned.l_val < best.l_val else best
    if best is None:
        raise Refused(
            f"Tuning did not lower the target's attention to the correlated word (L_corr stayed at "
            f"{before:.3f} in layer {layer.index}): another method_params.learning_rate may."
        )
    return best


@contextmanager
def swapped(attention: Any, weights: Weights) -> Iterator[None]:
    """The layer with other weights; its own tensors come back, whatever happens."""
    named = dict(attention.named_parameters())
    own = {name: named[name].data for name in _TUNED}
    try:
        for name in _TUNED:
            named[name].data = weights[name]
        yield
    finally:
        for name in _TUNED:
            named[name].data = own[name]


def encode_tuned(model: Model, prompt: str, layers: list[Layer], tuned: list[Tuned]) -> Encoded:
    with ExitStack() as swaps:
        for layer, one in zip(layers, tuned, strict=True):
            swaps.enter_context(swapped(layer.attention, one.weights))
        return model.prompts.encode_again(prompt)
