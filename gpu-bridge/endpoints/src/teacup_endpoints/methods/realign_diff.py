"""RealignDiff, fine stage: the image again at the same seed, each object's words held to its place.

What is where comes with the prediction (`method_params.objects`), made by the platform from the
first image: detector and segmenter give the masks (`tag`), a language model the phrases and scores.
No model beside the diffusion model is asked here (RealignDiff paper, Eq. 6 to 8; methods.md 5.5):

    R[q, k] = 1 if token k is of o's phrase and pixel q in its mask m_o, else 0
    a[k]    = min(1, s_o * lambda_t * (1 - area(m_o) / area(image))) for k of a phrase, else 0
    G'      = G + R a (rowmax(G) - G) - (1 - R) a (G - rowmin(G)),    G = Q K^T, per head
    A'      = softmax(G' / sqrt(d)),    lambda_t = w * (t / 1000)^5

in every attention to the text, in the first floor(0.3 N) steps, for the prompt's half of the
guidance alone. The clamp is ours: with s = 2 the printed form leaves the row's range.
`own_embeddings` gives a phrase's tokens the embeddings of the phrase alone, as DenseDiffusion does;
`self_strength` modulates the image's attention to itself too, of which the paper says nothing:
R[q, k] = 1 if q and k lie in the same object, a[q] that of q's object, with a w of its own.

Cost: plain's. The first image is a prediction of its own: together 2.00x.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass

import torch

from ..asking import Ask, Drawn, Loaded, Method, Plan
from ..attention import Layer, installed, self_layers, text_layers
from ..conditioning import Conditioning, join
from ..errors import Refused
from ..masks import read_mask
from ..model import Model
from ..modulation import Modulate, ModulateItself, Modulation, Place, step_weight
from ..parameters import parameter
from ..sampling import Hooks, Predict, State, sample, start
from ..words import locate


@dataclass(frozen=True)
class Object:
    phrase: str = parameter("", "Phrase", description="As it stands in the prompt")
    score: float = parameter(
        2.0, "Score", minimum=0, maximum=2, description="2 certain, 0.5 possible, 0 unlikely"
    )
    mask: str = parameter("", "Mask", description="PNG as data URL, white where the object is")
    seed: int | None = parameter(
        None, "Seed", minimum=0, description="The image that the mask is of; empty: all"
    )


@dataclass(frozen=True)
class Parameters:
    objects: tuple[Object, ...] = parameter((), "Objects", description="Empty: plain")
    strength: float = parameter(1.0, "Strength w", minimum=0, maximum=10)
    self_strength: float = parameter(
        0.0,
        "Strength w in self-attention",
        minimum=0,
        maximum=10,
        description="0: left alone. DenseDiffusion has 0.3. Takes memory: every cell by every cell",
    )
    share: float = parameter(
        0.3, "Modulated at first", unit="share of the steps", minimum=0, maximum=1
    )
    own_embeddings: bool = parameter(
        True, "A phrase's own embeddings", description="In place of those it has in the prompt"
    )

    def modulates(self, i: int, steps: int) -> bool:
        # Whole steps of a share are rounded down, as everywhere.
        return i < int(self.share * steps)


def check(loaded: Loaded, ask: Ask, parameters: Parameters) -> None:
    places_of(loaded.base, ask, parameters)


def places_of(model: Model, ask: Ask, parameters: Parameters) -> list[Place]:
    """Objects that do something: a score, a mask and a strength of 0 leave the image as it is."""
    found: list[Place] = []
    for index, item in enumerate(parameters.objects):
        where = f"method_params.objects[{index}]"
        mask = read_mask(item.mask, f"{where}.mask")
        phrase = locate(model.pipe, ask.prompt, item.phrase, f"{where}.phrase")
        if item.seed is not None and item.seed not in ask.seeds:
            raise Refused(f"{where}.seed is {item.seed}: no image of that seed was asked for.")
        strong = parameters.strength > 0 or parameters.self_strength > 0
        if strong and item.score > 0 and bool(mask.any()):
            rows = range(len(ask.seeds))
            meant = [row for row in rows if item.seed in (None, ask.seeds[row])]
            found += [Place(row, phrase.text, phrase.tokens, item.score, mask) for row in meant]
    return found


def plan_evals(_parameters: Parameters, ask: Ask, steps: int) -> Plan:
    evals = ask.rows_a_step * steps
    return Plan(least=evals, most=evals)


class Realigned:
    """Guided noise, modulated at the first steps."""

    def __init__(self, model: Model, ask: Ask, parameters: Parameters) -> None:
        self.model, self.ask, self.parameters = model, ask, parameters
        self.places = places_of(model, ask, parameters)
        self.told = self._told()
        length = self.told.tokens.shape[1]
        self.shared = Modulation(model, self.places, len(ask.seeds), length)
        text: list[Layer] = text_layers(model.unet) if parameters.strength else []
        itself: list[Layer] = self_layers(model.unet) if parameters.self_strength else []
        self.modulated = (
            (text, Modulate, parameters.strength),
            (itself, ModulateItself, parameters.self_strength),
        )
        self.size = model.latent_shape(ask.width, ask.height)[1:]
        self.last = model.pipe.scheduler.config.num_train_timesteps

    def _told(self) -> Conditioning:
        ask, count = self.ask, len(self.ask.seeds)
        encode = self.model.prompts.encode
        prompt = encode(ask.prompt, ask.width, ask.height).repeat(count)
        if self.parameters.own_embeddings:
            tokens = prompt.tokens.clone()
            for place in self.places:
                own = encode(place.phrase, ask.width, ask.height).tokens[0]
                span = slice(place.tokens.start, place.tokens.stop)
                tokens[place.row, span] = own[1 : 1 + len(place.tokens)]
            prompt = Conditioning(tokens, prompt.pooled, prompt.time_ids)
        if not ask.is_guided:
            return prompt
        null = self.model.prompts.null(ask.negative_prompt, ask.width, ask.height)
        return join([null.repeat(count), prompt])

    def __call__(self, x: torch.Tensor, i: int, t: torch.Tensor, state: State) -> torch.Tensor:
        if not self.places or not self.parameters.modulates(i, state.steps):
            return self._guided(x, t, state)
        with ExitStack() as processors:
            for layers, kind, strength in self.modulated:
                weight = step_weight(float(t), self.last, strength)

                def make(
                    layer: Layer, kind: type[Modulate] = kind, weight: float = weight
                ) -> Modulate:
                    return kind(self.shared, layer.grid(*self.size), weight)

                processors.enter_context(installed(layers, make))
            return self._guided(x, t, state)

    def _guided(self, x: torch.Tensor, t: torch.Tensor, state: State) -> torch.Tensor:
        rows = torch.arange(len(x), device=x.device)
        if not self.ask.is_guided:
            marks = self.shared.marks(rows, null=0)
            return self.model.predict_noise(state.scaled(x), t, self.told, marks)
        marks = self.shared.marks(rows, null=len(x))
        both = state.scaled(torch.cat([x, x]))
        u, c = self.model.predict_noise(both, t, self.told, marks).chunk(2)
        return u + self.ask.guidance_scale * (c - u)


def run(loaded: Loaded, ask: Ask, parameters: Parameters) -> Drawn:
    predict: Predict = (realigned := Realigned(loaded.base, ask, parameters))
    state = sample(start(loaded.base, ask), Hooks(predict))
    steps = sum(parameters.modulates(i, state.steps) for i in range(state.steps))
    held = [sum(place.row == row for place in realigned.places) for row in range(len(ask.seeds))]
    about = {"modulated_steps": steps if realigned.places else 0}
    return Drawn(state.latents, per_image=[{"objects": count} for count in held], trace=about)


METHOD = Method(
    name="realign_diff",
    version="1",
    title="RealignDiff, fine stage",
    parameters=Parameters,
    plan_evals=plan_evals,
    run=run,
    check=check,
)
