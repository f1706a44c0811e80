"""Plain text-to-image with classifier-free guidance: every method's baseline.

    eps = eps(null) + w * (eps(prompt) - eps(null)),  w = guidance_scale

`refiner_from` hands the latents of SDXL base over to the refiner at a step (the usual
`denoising_end`, as a whole number). `template` rewrites the prompt as MoCE's authors do for their
SDXL baseline (methods.md 2.1, `--prompt_type first_and_second`).

Cost: 2 evals a step and image, whichever network makes the step. A pipeline that is drawn by its
own code (`pipeline = "any"`, `foreign.py`) may take others: the answer has those that were counted.
"""

from dataclasses import dataclass
from typing import Literal

import torch

from ..asking import Ask, Drawn, Loaded, Method, Plan
from ..errors import Refused
from ..foreign import Foreign
from ..parameters import parameter
from ..sampling import Hooks, guide_to, sample, start


@dataclass(frozen=True)
class Parameters:
    template: Literal["none", "first_and_second"] = parameter(
        "none",
        "Prompt template",
        description='"first_and_second" draws "first A, and second PROMPT", A the first concept',
    )
    refiner_from: int | None = parameter(
        None,
        "Refiner from step",
        unit="steps",
        minimum=1,
        description="The first step that the refiner makes; empty: the base makes all",
    )


def check(loaded: Loaded, ask: Ask, parameters: Parameters) -> None:
    if isinstance(loaded.base, Foreign):
        loaded.base.check(ask)
    if parameters.template == "first_and_second" and not ask.concepts:
        raise Refused("The template names the first concept: give at least one concept.")
    if parameters.refiner_from is None:
        return
    if loaded.refiner is None:
        raise Refused("This endpoint has no refiner: leave method_params.refiner_from empty.")
    if parameters.refiner_from > ask.steps:
        raise Refused(
            f"method_params.refiner_from is {parameters.refiner_from}: there are {ask.steps} steps."
        )


def plan_evals(parameters: Parameters, ask: Ask, steps: int) -> Plan:
    evals = ask.rows_a_step * steps
    return Plan(least=evals, most=evals)


def run(loaded: Loaded, ask: Ask, parameters: Parameters) -> Drawn:
    prompt = text_of(ask, parameters)
    if isinstance(loaded.base, Foreign):
        images = loaded.base.draw(ask, prompt)
        trace = {"prompt": prompt, **loaded.base.cut(prompt, ask.negative_prompt)}
        return Drawn(torch.empty(0), images, mode="diffusers", trace=trace)
    state = start(loaded.base, ask)
    sample(state, Hooks(guide_to(loaded.base, ask, prompt)), until=parameters.refiner_from)
    if parameters.refiner_from is not None and loaded.refiner is not None:
        # The scheduler's memory goes along, so that multistep schedulers survive the change.
        sample(state, Hooks(guide_to(loaded.refiner, ask, prompt)))
    return Drawn(state.latents, trace={"prompt": prompt})


def text_of(ask: Ask, parameters: Parameters) -> str:
    if parameters.template == "none":
        return ask.prompt
    return f"first {ask.concepts[0].text}, and second {ask.prompt}"


METHOD = Method(
    name="plain",
    version="1",
    title="Plain",
    parameters=Parameters,
    plan_evals=plan_evals,
    run=run,
    check=check,
    concepts=True,
)
