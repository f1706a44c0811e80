"""The samplers that a prediction may name."""

from typing import Any

from diffusers.schedulers import (
    DDIMScheduler,
    DPMSolverMultistepScheduler,
    EulerAncestralDiscreteScheduler,
    EulerDiscreteScheduler,
    PNDMScheduler,
)

from .errors import Refused

SCHEDULERS = {
    "euler": EulerDiscreteScheduler,
    "ddim": DDIMScheduler,
    "pndm": PNDMScheduler,
    "dpm++2m": DPMSolverMultistepScheduler,
    "euler_a": EulerAncestralDiscreteScheduler,
}


def scheduler_class(own: Any, name: str | None) -> Any:
    """By name, or the model's own."""
    if name is None:
        return type(own)
    if name not in SCHEDULERS:
        raise Refused(f"The scheduler '{name}' is not known: name one of {', '.join(SCHEDULERS)}.")
    return SCHEDULERS[name]


def make_scheduler(own: Any, name: str | None) -> Any:
    """A fresh one, set up as the model's own."""
    return scheduler_class(own, name).from_config(own.config)
