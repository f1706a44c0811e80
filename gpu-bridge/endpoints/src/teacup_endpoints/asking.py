"""What a prediction asks for and what a method gives back. No torch network is touched here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    import torch
    from PIL.Image import Image

    from .model import Model


@dataclass(frozen=True)
class Concept:
    text: str
    description: str | None = None


@dataclass(frozen=True)
class Ask:
    """One prompt at several seeds, checked, with the endpoint's defaults filled in."""

    prompt: str
    seeds: tuple[int, ...]
    width: int
    height: int
    steps: int
    guidance_scale: float
    negative_prompt: str | None = None
    scheduler: str | None = None
    concepts: tuple[Concept, ...] = ()  # in drawing order

    @property
    def is_guided(self) -> bool:
        return self.guidance_scale > 1

    @property
    def rows_a_step(self) -> int:
        """Evals that one step of plain guidance costs an image."""
        return 2 if self.is_guided else 1


@dataclass(frozen=True)
class Thresholds:
    """On one scorer's scale: scores count as equal below `delta`, and as good above `tau`."""

    delta: float | None = None
    tau: float | None = None


class Scorer(Protocol):
    """Judges images against texts. Thresholds mean something on its scale alone, so it has them."""

    name: str
    thresholds: Thresholds

    def to_json(self) -> dict[str, Any]:
        """Its name, version, settings and model."""
        ...

    def score(self, images: Sequence[Image], texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """Row i: image i against each text."""
        ...

    def removed(self, texts: Sequence[str]) -> dict[str, str]:
        """The ends of the texts that it does not read, by text."""
        ...


@dataclass(frozen=True)
class Loaded:
    """What an endpoint's process holds. Nothing here changes between predictions."""

    base: Model
    refiner: Model | None = None
    scorers: Mapping[str, Scorer] = field(default_factory=dict)
    cache: dict[Any, Any] = field(default_factory=dict)  # a method's own, e.g. tuned encoders

    @property
    def models(self) -> list[Model]:
        return [self.base] if self.refiner is None else [self.base, self.refiner]


@dataclass(frozen=True)
class Plan:
    """Forward UNet rows an image, and rows whose gradient is taken: exact, or between two ends."""

    least: int
    most: int
    backwards: int = 0
    backwards_most: int | None = None  # where it is not exactly `backwards`


@dataclass(frozen=True)
class Drawn:
    """`latents[i]` belongs to `seeds[i]`. `images` only where the method has decoded them."""

    latents: torch.Tensor
    images: list[Image] | None = None
    mode: str | None = None  # what became of it: "searched", "known", ...
    per_image: list[dict[str, Any]] | None = None  # what is to be shown of each image
    trace: dict[str, Any] = field(default_factory=dict)  # of the whole prediction


P = TypeVar("P")


def _fits(_loaded: Loaded, _ask: Ask, _parameters: Any) -> None:
    """Nothing to check beyond the parameters' own ranges."""


@dataclass(frozen=True)
class Method(Generic[P]):
    """A row of the registry. `check` raises `Refused` before anything is drawn; `plan_evals` takes
    the UNet steps that the scheduler really makes (PNDM: one more than asked)."""

    name: str
    version: str
    title: str
    parameters: type[P]
    plan_evals: Callable[[P, Ask, int], Plan]
    run: Callable[[Loaded, Ask, P], Drawn]
    check: Callable[[Loaded, Ask, P], None] = _fits
    concepts: bool = False  # reads `ask.concepts`: whoever checks an endpoint sends some
    rows: int = 8  # latents in the network at once where the endpoint's file does not say
