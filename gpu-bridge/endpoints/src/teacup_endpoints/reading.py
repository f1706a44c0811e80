"""A prediction's input, as the contract has it, with the endpoint's defaults filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .asking import Ask, Concept
from .config import Defaults
from .errors import Refused
from .parameters import parameter, parse

_LARGEST_SEED = 2**31 - 1


@dataclass(frozen=True)
class _Concept:
    text: str = parameter("", "Text")
    description: str | None = parameter(None, "Description")


@dataclass(frozen=True)
class _Input:
    prompt: str = parameter("", "Prompt")
    seeds: tuple[int, ...] = parameter((), "Seeds")
    width: int = parameter(0, "Width", unit="pixels", minimum=64, maximum=2048)
    height: int = parameter(0, "Height", unit="pixels", minimum=64, maximum=2048)
    negative_prompt: str | None = parameter(None, "Negative prompt")
    steps: int | None = parameter(None, "Steps", minimum=1, maximum=1000)
    guidance_scale: float | None = parameter(None, "Guidance", minimum=0, maximum=100)
    scheduler: str | None = parameter(None, "Scheduler")
    concepts: tuple[_Concept, ...] = parameter((), "Concepts, in drawing order")


def read_input(raw: Mapping[str, Any], defaults: Defaults, factor: int = 8) -> Ask:
    """`factor`: pixels a latent. The contract's schema is checked at the door already; this is
    what it cannot say, and what calls that come another way have to pass."""
    given = {name: value for name, value in raw.items() if value is not None}
    asked = parse(_Input, given, "input")
    if not asked.prompt.strip():
        raise Refused("input.prompt is empty: say what is to be drawn.")
    if not 1 <= len(asked.seeds) <= 64:
        raise Refused(f"input.seeds has {len(asked.seeds)} seeds: 1 to 64 are possible.")
    if bad := [seed for seed in asked.seeds if not 0 <= seed <= _LARGEST_SEED]:
        raise Refused(f"input.seeds has {bad[0]}: a seed is a whole number from 0 to 2147483647.")
    for name, pixels in (("width", asked.width), ("height", asked.height)):
        if pixels < 64:
            raise Refused(f"input.{name} is missing: 64 to 2048 pixels are possible.")
        if pixels % factor:
            raise Refused(f"input.{name} is {pixels}: this model needs a multiple of {factor}.")
    if any(not concept.text.strip() for concept in asked.concepts):
        raise Refused("input.concepts has a concept without a text.")
    return Ask(
        prompt=asked.prompt,
        seeds=asked.seeds,
        width=asked.width,
        height=asked.height,
        steps=defaults.steps if asked.steps is None else asked.steps,
        guidance_scale=(
            defaults.guidance_scale if asked.guidance_scale is None else asked.guidance_scale
        ),
        negative_prompt=asked.negative_prompt or defaults.negative_prompt,
        scheduler=asked.scheduler or defaults.scheduler,
        concepts=tuple(Concept(item.text, item.description) for item in asked.concepts),
    )
