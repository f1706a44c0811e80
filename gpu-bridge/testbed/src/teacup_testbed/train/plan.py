"""Which stages run side by side, and how the minutes are shared out."""

from __future__ import annotations

import json
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

# Shares of the minutes at which a stage has to end.
VAE, JUDGE, UNET, MEASURED = 0.19, 0.40, 0.70, 0.89


JUDGE_MODULE = "teacup_testbed.evaluation.cli"


@dataclass(frozen=True)
class Variant:
    """One way to train the UNet; `mix` are the fields of Mix that differ."""

    name: str
    families: tuple[str, ...]
    mix: dict[str, Any] = field(default_factory=dict)
    is_text_frozen: bool = False

    @property
    def arguments(self) -> list[str]:
        given = ["--name", self.name, "--families", ",".join(self.families)]
        given += ["--mix", json.dumps(self.mix)]
        return [*given, "--frozen-text"] if self.is_text_frozen else given


_ALL = ("F1", "F2", "F3", "F4")
VARIANTS = (
    Variant("base", _ALL),
    # In case the first composes too well: rarer atypical scenes, the typical host named less.
    Variant("hard", _ALL, {"rungs": [0.0, 0.02, 0.05, 0.15], "omit_typical": 0.8}),
    Variant("frozen", _ALL, is_text_frozen=True),
)


@dataclass(frozen=True)
class Job:
    """A process of the plan. `ends`: the share of the minutes at which it has to be over."""

    name: str
    module: str  # with a `main(arguments)`
    arguments: list[str]
    ends: float
    trains: bool = True


def jobs(variants: tuple[Variant, ...], given: AbstractSet[str] = frozenset()) -> list[Job]:
    """`given`: stages whose weights are there already."""
    train, judge = "teacup_testbed.train.cli", JUDGE_MODULE

    def stage(name: str, ends: float) -> Job:
        return Job(name, train, ["--stage", name], ends)

    made = [stage("vae", VAE), stage("oracle", JUDGE), stage("dual", JUDGE)]
    made += [stage("captioner", JUDGE)]
    if any(variant.is_text_frozen for variant in variants):
        made.append(stage("text", VAE))
    for variant in variants:
        made.append(Job(variant.name, train, ["--stage", "unet", *variant.arguments], UNET))
        name = f"gates-{variant.name}"
        made.append(Job(name, judge, variant.arguments, MEASURED, trains=False))
    made.append(Job("gates-judge", judge, ["--what", "judge"], MEASURED, trains=False))
    return [job for job in made if job.name not in given]
