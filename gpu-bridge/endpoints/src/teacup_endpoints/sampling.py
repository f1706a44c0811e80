"""The one sampling loop. A method is a `Hooks`; with plain guidance it is diffusers' own pipeline,
bit for bit. Steps are addressed by whole numbers, never by ratios (methods.md 1.2)."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import torch

from .asking import Ask
from .conditioning import Conditioning, join
from .model import Model
from .noise import NoiseFrom, noise
from .schedulers import make_scheduler


@dataclass
class State:
    """Everything that the next step depends on. The noise of a step is a function of (seed, step),
    so `i` is all the random state there is."""

    seeds: tuple[int, ...]
    latents: torch.Tensor  # (seeds, channels, h, w)
    scheduler: Any  # diffusers' object, with what multistep schedulers remember
    i: int = 0  # steps done; the next one is step i

    @property
    def steps(self) -> int:
        """UNet steps in all. PNDM takes one more than it was asked for."""
        return len(self.scheduler.timesteps)

    @property
    def t(self) -> torch.Tensor:
        return self.scheduler.timesteps[self.i]

    def scaled(self, x: torch.Tensor) -> torch.Tensor:
        """x as the UNet has to see it at this step (Euler divides by sqrt(sigma^2 + 1))."""
        return self.scheduler.scale_model_input(x, self.t)

    def advance(self, guided: torch.Tensor) -> None:
        # Noise of step 0 is the start; what an ancestral scheduler adds after step i is i + 1's.
        with NoiseFrom(self.seeds, self.i + 1):
            dtype = self.latents.dtype
            stepped = self.scheduler.step(guided, self.t, self.latents, return_dict=False)[0]
        self.latents = stepped.to(dtype)
        self.i += 1

    def copy(self) -> State:
        """A snapshot: going on from it equals never having stopped, for every scheduler."""
        return self.rows(range(len(self.seeds)))

    def rows(self, rows: Sequence[int]) -> State:
        """A snapshot of some of the images."""
        rows = list(rows)
        index = torch.tensor(rows, device=self.latents.device)
        scheduler = _each_latent([self], lambda tensors: tensors[0][index])
        return State(tuple(self.seeds[row] for row in rows), self.latents[index], scheduler, self.i)


def merge(states: Sequence[State]) -> State:
    """Images at the same step share a batch again."""
    if len({state.i for state in states}) != 1:
        raise ValueError("only images at the same step can share a batch")
    seeds = tuple(seed for state in states for seed in state.seeds)
    latents = torch.cat([state.latents for state in states])
    return State(seeds, latents, _each_latent(states, torch.cat), states[0].i)


def _each_latent(states: Sequence[State], change: Callable[[list[torch.Tensor]], Any]) -> Any:
    """A copy of the first state's scheduler, whose remembered latents are changed."""

    def walk(values: list[Any], shapes: list[torch.Size]) -> Any:
        first = values[0]
        if isinstance(first, torch.Tensor):
            kept = all(v.shape == shape for v, shape in zip(values, shapes, strict=True))
            return change(values) if kept else first
        if isinstance(first, list):
            return [walk(list(items), shapes) for items in zip(*values, strict=True)]
        return first

    shapes = [state.latents.shape for state in states]
    scheduler = copy.copy(states[0].scheduler)
    for name in vars(scheduler):
        values = [vars(state.scheduler)[name] for state in states]
        setattr(scheduler, name, walk(values, shapes))
    return scheduler


class Predict(Protocol):
    def __call__(self, x: torch.Tensor, i: int, t: torch.Tensor, state: State) -> torch.Tensor: ...


def _nothing(_state: State) -> None:
    """A hook that is off."""


@dataclass(frozen=True)
class Hooks:
    """`predict` gives the guided noise. `before_step` may change `state.latents` (an update of
    Attend-and-Excite) or install attention processors; `after_step` sees the new latents, with
    `state.i` moved on."""

    predict: Predict
    before_step: Callable[[State], None] = _nothing
    after_step: Callable[[State], None] = _nothing


def start(model: Model, ask: Ask) -> State:
    """Before step 0: the seeds' initial noise, scaled for the scheduler."""
    scheduler = make_scheduler(model.pipe.scheduler, ask.scheduler)
    scheduler.set_timesteps(ask.steps, device=model.device)
    if hasattr(scheduler, "set_begin_index"):
        scheduler.set_begin_index(0)
    shape = model.latent_shape(ask.width, ask.height)
    latents = noise(ask.seeds, 0, shape, device=model.device, dtype=model.dtype)
    return State(ask.seeds, latents * scheduler.init_noise_sigma, scheduler)


def sample(state: State, hooks: Hooks, until: int | None = None) -> State:
    """Steps `state.i` to `until` - 1, in place; all that are left without `until`."""
    end = state.steps if until is None else until
    with torch.no_grad():
        while state.i < end:
            hooks.before_step(state)
            guided = hooks.predict(state.latents, state.i, state.t, state)
            state.advance(guided)
            hooks.after_step(state)
    return state


def guide(model: Model, null: Conditioning, prompt: Conditioning, scale: float) -> Predict:
    """Classifier-free guidance, eps(null) + scale * (eps(prompt) - eps(null)): 2 evals an image.
    At a scale of 1 or below it is eps(prompt) alone, as in diffusers: 1 eval."""

    def predict(x: torch.Tensor, i: int, t: torch.Tensor, state: State) -> torch.Tensor:
        count = len(x)
        if scale <= 1:
            return model.predict_noise(state.scaled(x), t, prompt.repeat(count))
        told = join([null.repeat(count), prompt.repeat(count)])
        u, c = model.predict_noise(state.scaled(torch.cat([x, x])), t, told).chunk(2)
        return u + scale * (c - u)

    return predict


def guide_to(model: Model, ask: Ask, text: str) -> Predict:
    """Plain guidance towards `text`, under everything else that was asked."""
    null = model.prompts.null(ask.negative_prompt, ask.width, ask.height)
    prompt = model.prompts.encode(text, ask.width, ask.height)
    return guide(model, null, prompt, ask.guidance_scale)
