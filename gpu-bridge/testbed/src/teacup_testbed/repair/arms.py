"""What is compared: each arm is a method of the endpoints package with its texts and parameters."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import fmean
from typing import Any

from teacup_endpoints.asking import Concept

from ..world.assignment import Pair
from ..world.captions import prompts_of
from ..world.lexicon import CONTENTS, HOSTS, family_of
from ..world.phrases import names_of
from .prompts import reworded, swapped
from .rows import Rows

Json = dict[str, Any]


@dataclass(frozen=True)
class Choice:
    """MoCE's settings; `teacup-testbed probe` chooses them on tuning pairs. Without a choice they
    are the method's own, the host first."""

    window: float = 0.475  # last step searched, as a share of the steps
    rounds: int = 3
    delta: float | None = None  # None: the scorer's own
    tau: float | None = None
    known_step: int = 4
    order: dict[str, str] = field(default_factory=dict)  # family: "host" or "content" first
    naming: str = "name"  # "name": "tea cup"; "phrase": "a tea cup"

    def concepts(self, pair: Pair) -> tuple[Concept, Concept]:
        """In drawing order."""
        content, host = (Concept(text) for text in concept_texts(pair, self.naming))
        is_content_first = self.order.get(family_of(pair[0]).id, "host") == "content"
        return (content, host) if is_content_first else (host, content)

    @property
    def search(self) -> Json:
        """As the method's parameters."""
        thresholds = {"delta": self.delta, "tau": self.tau}
        given = {name: value for name, value in thresholds.items() if value is not None}
        return {"window": self.window, "rounds": self.rounds, **given}


def read_choice(file: Path | None) -> Choice:
    """A choice that `teacup-testbed probe` wrote."""
    if file is None:
        return Choice()
    try:
        raw = json.loads(file.read_text(encoding="utf-8"))
        return Choice(**{name: raw[name] for name in asdict(Choice())})
    except (OSError, json.JSONDecodeError, KeyError, TypeError) as error:
        raise ValueError(
            f"{file} is no choice for MoCE: write one by `teacup-testbed probe` ({error!r})."
        ) from error


def concept_texts(pair: Pair, naming: str = "name") -> tuple[str, str]:
    """Content and host: their names, or the names as captions have them."""
    if naming == "name":
        return CONTENTS[pair[0]], HOSTS[pair[1]]
    names = names_of(*pair)
    return names["a"], names["b"]


@dataclass(frozen=True)
class Plan:
    """What all arms of a run have in common."""

    choice: Choice = field(default_factory=Choice)
    images: int = 20  # of a pair
    given: Mapping[str, Json] = field(default_factory=dict)  # parameters that differ, by arm


@dataclass(frozen=True)
class Arm:
    name: str
    title: str
    method: str  # of the endpoints
    cost: float  # roughly, in plain images: for the time that is left, and nothing else
    prompts: Callable[[int, int], tuple[str, ...]] = prompts_of
    parameters: Callable[[Plan, Rows], Json] = lambda _plan, _rows: {}
    is_ordered: bool = False  # draws one concept before the other
    changes_network: bool = False  # its prompts are drawn one at a time

    def parameters_of(self, plan: Plan, rows: Rows) -> Json:
        return {**self.parameters(plan, rows), **plan.given.get(self.name, {})}

    def concepts(self, plan: Plan, pair: Pair) -> tuple[Concept, ...]:
        """Attention is looked up at the prompt's own words: the name, without an article."""
        return (plan.choice if self.is_ordered else Choice()).concepts(pair)


def equal_cost(_plan: Plan, rows: Rows) -> Json:
    """k: so many images that best-of-k costs at least what MoCE costs."""
    searched, plain = rows.of("moce"), rows.of("control")
    common = searched.keys() & plain.keys()
    if not common:
        raise ValueError(
            "best_of_k draws as many images as MoCE costs evals: measure control and moce first."
        )
    ratio = fmean(searched[pair]["evals"] for pair in common) / fmean(
        plain[pair]["evals"] for pair in common
    )
    # Sums of floats: a ratio of exactly 2 is not to become 3.
    return {"k": max(1, math.ceil(round(ratio, 6)))}


def _known(plan: Plan, _rows: Rows) -> Json:
    return {"known_step": plan.choice.known_step}


# The important ones first.
ARMS = {
    arm.name: arm
    for arm in (
        Arm("control", "Nothing but fresh seeds", "plain", 1),
        Arm(
            "moce",
            "MoCE",
            "moce",
            2.4,
            parameters=lambda plan, _rows: plan.choice.search,
            is_ordered=True,
        ),
        Arm("best_of_k", "Best of k at MoCE's cost", "best_of", 3, parameters=equal_cost),
        Arm("moce_known", "MoCE at one known step", "moce", 1, parameters=_known, is_ordered=True),
        Arm("concept_diffusion", "ConceptDiffusion", "concept_diffusion", 2),
        Arm("rewording", "The prompts reworded", "plain", 1, reworded),
        Arm("order_swap", "The prompts in the other order", "plain", 1, swapped),
        Arm("attend_and_excite", "Attend-and-Excite", "attend_and_excite", 6, changes_network=True),
        Arm("decorrelation", "Decorrelation", "decorrelation", 1.3, changes_network=True),
    )
}
