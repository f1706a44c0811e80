"""Attend-and-Excite: no word of the prompt may be without a place in the image.

Before the prediction of a step i < `altered_steps`, the latents move down the gradient of a loss
on the attention to the text (methods.md 7; Chefer et al. 2023, their repository and diffusers'):

    A    = mean over heads and layers of the cross-attention on the chosen grid
    a_k  = max over cells of Gauss3x3( softmax over tokens of 100 A )[., k]
    loss = max over the chosen words of max(0, 1 - a_k)
    x   <- x - step_i * d loss / d x,    step_i = step_size * sqrt(linspace(1, 0.5, N)_i)

At the steps of `refine_at` this is repeated until every a_k reaches its threshold. As published,
the move of the round that finds it reached is still made.

The gradient is taken at the input that the UNet really gets: sqrt(sigma^2 + 1) times smaller
latents under Euler, where diffusers' class hands over unscaled ones. A cell is four latents a
side: 16 x 16 for SD 1.5 at 512 pixels, 32 x 32 for SDXL at 1024. The softmax goes over all tokens
behind the first for SD 1.x, as published, and stops at the end of the text for SDXL.

Cost an image: 2 N + G forward rows and G with a gradient; G = altered steps, plus at most
`refine_rounds` a refined step. Nothing is differentiated behind the last of these steps.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import torch

from ..asking import Ask, Drawn, Loaded, Method, Plan
from ..attention import Layer, text_layers
from ..attention_loss import AttentionLoss, Look
from ..errors import Refused
from ..model import Model
from ..parameters import parameter
from ..sampling import Hooks, State, guide_to, sample, start
from ..words import Word, last_token, locate

_CELLS = {"quarter": 4, "half": 2}


@dataclass(frozen=True)
class Parameters:
    words: tuple[str, ...] = parameter(
        (), "Words", description="Of the prompt; empty: every word of the concepts"
    )
    step_size: float = parameter(
        20.0, "Step size", minimum=0.0, description="0 is plain, at plain's cost"
    )
    altered_steps: int = parameter(25, "Altered steps", unit="steps", minimum=0)
    refine_at: tuple[int, ...] = parameter(
        (0, 10, 20), "Refined steps", unit="steps", description="Empty: none"
    )
    refine_until: tuple[float, ...] = parameter(
        (0.05, 0.5, 0.8), "Attention to reach", description="One for each refined step, 0 to 1"
    )
    refine_rounds: int = parameter(20, "Rounds of a refined step", minimum=1, maximum=100)
    grid: Literal["quarter", "half"] = parameter(
        "quarter", "Attention grid", description="Cells a side, as a share of the latents'"
    )
    softmax_over: Literal["all", "text"] | None = parameter(
        None, "Softmax over", description="Empty: all tokens for SD 1.x, the text's for SDXL"
    )
    pieces: Literal["last", "mean"] = parameter("last", "Of a word that is cut into pieces")
    checkpointing: bool = parameter(
        False, "Compute activations twice", description="Less memory, about a third more time"
    )

    def __post_init__(self) -> None:
        if len(self.refine_at) != len(self.refine_until):
            raise ValueError("refine_at and refine_until need as many entries as one another.")
        if any(step < 0 for step in self.refine_at):
            raise ValueError("refine_at has a negative step: steps count from 0.")
        if any(not 0 <= share <= 1 for share in self.refine_until):
            raise ValueError("refine_until has a threshold that is not between 0 and 1.")

    @property
    def goals(self) -> dict[int, float]:
        return dict(zip(self.refine_at, self.refine_until, strict=True))

    def looks(self, i: int) -> bool:
        """Whether step i takes a gradient."""
        return self.step_size > 0 and (i < self.altered_steps or i in self.refine_at)


def check(loaded: Loaded, ask: Ask, parameters: Parameters) -> None:
    places_of(loaded.base, ask, parameters)
    _layers(loaded.base, ask, parameters)


def places_of(model: Model, ask: Ask, parameters: Parameters) -> list[Word]:
    """Each word that is to be attended to, once, though two phrases may share it; two words of the
    same letters are two."""
    phrases = parameters.words or tuple(concept.text for concept in ask.concepts)
    if not phrases:
        raise Refused("Attend-and-Excite needs words: give method_params.words, or concepts.")
    found: dict[Word, None] = {}
    for phrase in phrases:
        if not phrase.strip():
            raise Refused("method_params.words has an empty word.")
        found |= dict.fromkeys(locate(model.pipe, ask.prompt, phrase, "The word").words)
    return list(found)


def _layers(model: Model, ask: Ask, parameters: Parameters) -> list[Layer]:
    cell = _CELLS[parameters.grid]
    known = text_layers(model.unet)
    layers = [layer for layer in known if layer.cell == cell]
    if not layers:
        raise Refused(f"This model has no attention to the text on the grid '{parameters.grid}'.")
    _channels, height, width = model.latent_shape(ask.width, ask.height)
    if min(layers[0].grid(height, width)) < 2:
        raise Refused("The image is too small for this grid: ask for a larger one.")
    # Summed up as diffusers does, so that the same numbers come out: up, down, middle.
    order = ("up_blocks", "down_blocks", "mid_block")
    return sorted(layers, key=lambda layer: order.index(layer.name.split(".")[0]))


def look_at(model: Model, ask: Ask, parameters: Parameters) -> Look:
    over = parameters.softmax_over or ("text" if model.family == "sdxl" else "all")
    end = last_token(model.pipe, ask.prompt) if over == "text" else -1
    first = 0 if parameters.pieces == "mean" else -1
    words = [word.tokens[first:] for word in places_of(model, ask, parameters)]
    return Look(_layers(model, ask, parameters), words, end, parameters.checkpointing)


def plan_evals(parameters: Parameters, ask: Ask, steps: int) -> Plan:
    looks = sum(parameters.looks(i) for i in range(steps))
    refined = sum(i < steps for i in parameters.goals) if parameters.step_size > 0 else 0
    evals, more = ask.rows_a_step * steps + looks, parameters.refine_rounds * refined
    return Plan(evals, evals + more, backwards=looks, backwards_most=looks + more)


class Exciter:
    """The hook before a step."""

    def __init__(self, model: Model, ask: Ask, parameters: Parameters) -> None:
        self.parameters = parameters
        self.attention = AttentionLoss(model, ask, look_at(model, ask, parameters))
        self.told: list[dict[str, Any]] = [{"losses": [], "rounds": {}} for _ in ask.seeds]

    def before_step(self, state: State) -> None:
        if not self.parameters.looks(state.i):
            return
        loss, gradient = self.attention(state, state.latents)
        if state.i in self.parameters.goals:
            loss, gradient = self._refine(state, loss, gradient)
        if state.i < self.parameters.altered_steps:
            state.latents = self._moved(state, state.latents, loss, gradient)
        for told, value in zip(self.told, loss.tolist(), strict=True):
            told["losses"].append(round(value, 6))

    def _refine(
        self, state: State, loss: torch.Tensor, gradient: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Each image by itself, those that are not there yet in one batch."""
        target = 1 - self.parameters.goals[state.i]
        x = state.latents.clone()
        rows = (loss > target).nonzero().flatten()
        for _ in range(self.parameters.refine_rounds):
            if not len(rows):
                break
            x[rows] = self._moved(state, x[rows], loss[rows], gradient[rows])
            goes_on = loss[rows] > target
            loss[rows], gradient[rows] = self.attention(state, x[rows])
            for row in rows.tolist():
                rounds = self.told[row]["rounds"]
                rounds[str(state.i)] = rounds.get(str(state.i), 0) + 1
            rows = rows[goes_on]
        state.latents = x
        return loss, gradient

    def _moved(
        self, state: State, x: torch.Tensor, loss: torch.Tensor, gradient: torch.Tensor
    ) -> torch.Tensor:
        """In the space that the UNet sees, so that the step size keeps its meaning:
        s x - step * gradient, divided by s = 1 / sqrt(sigma^2 + 1) again."""
        scale = float(state.scaled(torch.ones(1, dtype=torch.float64, device=x.device)))
        share = 1 - 0.5 * state.i / max(state.steps - 1, 1)
        step = self.parameters.step_size * share**0.5 / scale
        moves = (loss != 0).view(-1, 1, 1, 1)
        return torch.where(moves, x - step * gradient, x)


def run(loaded: Loaded, ask: Ask, parameters: Parameters) -> Drawn:
    predict = guide_to(loaded.base, ask, ask.prompt)
    exciter = Exciter(loaded.base, ask, parameters)
    state = sample(start(loaded.base, ask), Hooks(predict, before_step=exciter.before_step))
    words = places_of(loaded.base, ask, parameters)
    told = [{"word": word.text, "tokens": list(word.tokens)} for word in words]
    return Drawn(state.latents, per_image=exciter.told, trace={"tokens": told})


METHOD = Method(
    name="attend_and_excite",
    version="2",  # 1 took two words of the same letters for one
    title="Attend-and-Excite",
    parameters=Parameters,
    plan_evals=plan_evals,
    run=run,
    check=check,
    concepts=True,
    rows=4,
)
