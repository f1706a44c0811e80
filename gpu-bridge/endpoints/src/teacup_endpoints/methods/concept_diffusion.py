"""ConceptDiffusion: subjects that the prompt's direction has lost are pulled back in at every step.

arXiv 2312.15964; official code korguy/Concept-Diffusion at 551d840 (methods.md 3). Per step and
image, n + 2 latents in one batch: null, prompt, each of n subjects. In float32, over the whole
latent:

    P   = eps(prompt) - eps(null)                            s_i = eps(subject_i) - eps(null)
    a   = P - <P, S> / ||S||^2 * S                           S = sum of s_i
    d_i = s_i - <s_i, P> / ||P||^2 * P
    c_i = |cos(P, s_i)|                                      c_a = |cos(P, a)|
    g   = sum_i [c_i < eta] d_i - sum_i [c_i > upper] d_i + [c_a < theta] mask(a)
    eps = eps(null) + w_g * P + w_c * g

mask(a) keeps, per channel, the entries with |a| at or above the c_a-quantile of |a|. A direction of
length zero projects nothing and has cosine 0. d_i is perpendicular to P, so the guidance along P
stays exactly w_g. `projection = "span"` takes P off the span of the s_i instead of their sum.

Off is w_c = 0. Cost: n + 2 evals a step at which it acts, 2 at any other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

import torch

from ..asking import Ask, Drawn, Loaded, Method, Plan
from ..conditioning import join
from ..errors import Refused
from ..parameters import parameter
from ..sampling import Hooks, State, sample, start
from ..steering import Rule, steer
from ..words import noun_phrases

_MOST_SUBJECTS = 16


@dataclass(frozen=True)
class Parameters:
    subjects: tuple[str, ...] = parameter(
        (), "Subjects", description="Empty: the concepts; without any, the prompt's noun phrases"
    )
    concept_scale: float = parameter(
        7.5, "Concept guidance, w_c", minimum=0, maximum=100, description="0 is plain guidance"
    )
    eta_subject: float | None = parameter(
        None,
        "A subject is added below",
        unit="cosine",
        minimum=0,
        maximum=1,
        description="Empty: 1 / (subjects + 1)",
    )
    eta_abstract: float | None = parameter(
        0.7,
        "The abstract term is added below",
        unit="cosine",
        minimum=0,
        maximum=1,
        description="Empty: 1 / (subjects + 1)",
    )
    upper_bound: float | None = parameter(
        0.8,
        "A subject is subtracted above",
        unit="cosine",
        minimum=0,
        maximum=1,
        description="Empty: never",
    )
    projection: Literal["sum", "span"] = parameter(
        "sum",
        "What the abstract term leaves out",
        description="The subjects' sum, or all that they span",
    )
    mask: bool = parameter(True, "Only the abstract term's largest entries")
    from_step: int = parameter(0, "First step", unit="steps", minimum=0)
    until_step: int | None = parameter(
        None, "Up to step", unit="steps", minimum=1, description="Empty: the end"
    )
    chunk: int | None = parameter(
        None,
        "Latents in the network at once",
        minimum=1,
        description="Less memory, more time. Empty: what the endpoint's file says",
    )

    def __post_init__(self) -> None:
        if self.until_step is not None and self.until_step <= self.from_step:
            raise ValueError("until_step must be behind from_step.")

    def acts_at(self, i: int) -> bool:
        until = i + 1 if self.until_step is None else self.until_step
        return self.concept_scale > 0 and self.from_step <= i < until


def subjects_of(ask: Ask, parameters: Parameters) -> tuple[list[str], str]:
    """In a fixed order, so that the order in which they were named changes no rounding; and where
    they come from."""
    if parameters.subjects:
        return sorted(parameters.subjects), "named"
    if ask.concepts:
        return sorted(concept.text for concept in ask.concepts), "concepts"
    return sorted(noun_phrases(ask.prompt)), "noun phrases"


def check(_loaded: Loaded, ask: Ask, parameters: Parameters) -> None:
    subjects, _ = subjects_of(ask, parameters)
    if not ask.is_guided:
        raise Refused(
            f"ConceptDiffusion steers against the null prompt, and a guidance_scale of "
            f"{ask.guidance_scale} has none: give more than 1."
        )
    if not 1 <= len(subjects) <= _MOST_SUBJECTS:
        raise Refused(
            f"ConceptDiffusion needs 1 to {_MOST_SUBJECTS} subjects, and there are "
            f"{len(subjects)}: name them in method_params.subjects or as concepts."
        )
    if any(not subject.strip() for subject in subjects):
        raise Refused("method_params.subjects has a subject without a text.")
    names = sorted(subject.strip().casefold() for subject in subjects)
    if twice := [one for one, other in pairwise(names) if one == other]:
        raise Refused(f"The subject '{twice[0]}' is named twice: it would count double.")
    if parameters.from_step >= ask.steps:
        raise Refused(
            f"method_params.from_step is {parameters.from_step}: there are {ask.steps} steps."
        )


def plan_evals(parameters: Parameters, ask: Ask, steps: int) -> Plan:
    subjects, _ = subjects_of(ask, parameters)
    active = sum(parameters.acts_at(i) for i in range(steps))
    evals = 2 * steps + len(subjects) * active
    return Plan(evals, evals)


def rule_of(parameters: Parameters, subjects: int) -> Rule:
    auto = 1 / (subjects + 1)
    return Rule(
        auto if parameters.eta_subject is None else parameters.eta_subject,
        auto if parameters.eta_abstract is None else parameters.eta_abstract,
        parameters.upper_bound,
        parameters.projection,
        parameters.mask,
    )


class Steering:
    """Predicts for the whole batch, and remembers the cosines of every step at which it acted."""

    def __init__(self, loaded: Loaded, ask: Ask, parameters: Parameters) -> None:
        self.subjects, self.source = subjects_of(ask, parameters)
        self.model, self.ask, self.parameters = loaded.base, ask, parameters
        self.rule = rule_of(parameters, len(self.subjects))
        size = ask.width, ask.height
        prompts = self.model.prompts
        null = prompts.null(ask.negative_prompt, *size)
        self.texts = [null, *(prompts.encode(t, *size) for t in (ask.prompt, *self.subjects))]
        self.cosines: list[torch.Tensor] = []  # (images, n + 1), one a step

    def predict(self, x: torch.Tensor, i: int, t: torch.Tensor, state: State) -> torch.Tensor:
        acts = self.parameters.acts_at(i)
        texts = self.texts if acts else self.texts[:2]
        told = join([text.repeat(len(x)) for text in texts])
        rows = state.scaled(torch.cat([x] * len(texts)))
        made = self.model.predict_noise(rows, t, told, most=self.parameters.chunk)
        u, c, *others = made.chunk(len(texts))
        plain = u + self.ask.guidance_scale * (c - u)
        return self._steered(plain, u, c, others) if acts else plain

    def _steered(
        self,
        plain: torch.Tensor,
        u: torch.Tensor,
        c: torch.Tensor,
        others: Sequence[torch.Tensor],
    ) -> torch.Tensor:
        """Image by image: an image's cosines depend on no neighbour."""
        p = c.float() - u.float()
        s = torch.stack([one.float() - u.float() for one in others], dim=1)  # (images, n, c, h, w)
        steered = [steer(p_one, s_one, self.rule) for p_one, s_one in zip(p, s, strict=True)]
        self.cosines.append(torch.stack([cosines for _, cosines in steered]))
        g = torch.stack([g for g, _ in steered])
        return (plain.float() + self.parameters.concept_scale * g).to(plain.dtype)

    def told(self) -> list[dict[str, Any]] | None:
        """Per image, the cosines of each subject and of the abstract term, step by step."""
        if not self.cosines:
            return None
        by_image = torch.stack(self.cosines).permute(1, 2, 0).tolist()  # images, n + 1, steps
        rounded = [[[round(c, 3) for c in steps] for steps in image] for image in by_image]
        return [
            {"cosines": dict(zip(self.subjects, image, strict=False)), "abstract": image[-1]}
            for image in rounded
        ]


def run(loaded: Loaded, ask: Ask, parameters: Parameters) -> Drawn:
    steering = Steering(loaded, ask, parameters)
    state = sample(start(loaded.base, ask), Hooks(steering.predict))
    trace = {
        "subjects": steering.subjects,
        "subjects_from": steering.source,
        "thresholds": {
            "subject": steering.rule.eta_subject,
            "abstract": steering.rule.eta_abstract,
            "upper": steering.rule.upper_bound,
        },
    }
    return Drawn(state.latents, per_image=steering.told(), trace=trace)


METHOD = Method(
    name="concept_diffusion",
    version="1",
    title="ConceptDiffusion",
    parameters=Parameters,
    plan_evals=plan_evals,
    run=run,
    check=check,
    concepts=True,
)
