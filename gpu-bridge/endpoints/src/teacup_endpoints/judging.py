"""How well two concepts stand in an image, on a scorer's scale (methods.md 2.6)."""

from __future__ import annotations

from collections.abc import Sequence

from PIL.Image import Image

from .asking import Ask, Concept, Loaded, Scorer
from .errors import Refused


def pick_scorer(loaded: Loaded, name: str | None) -> Scorer:
    """The one of that name; without a name the endpoint's first."""
    if not loaded.scorers:
        raise Refused("This endpoint has no scorer: name one in its file, [scorer.clipscore].")
    if name is None:
        return next(iter(loaded.scorers.values()))
    if name not in loaded.scorers:
        has = ", ".join(loaded.scorers)
        raise Refused(f"This endpoint has no scorer '{name}': it has {has}.")
    return loaded.scorers[name]


def check_apart(ask: Ask) -> None:
    """One concept under two names has no disparity, and no worse half."""
    names = [concept.text.strip().casefold() for concept in ask.concepts]
    if len(set(names)) < len(names):
        twice = next(name for at, name in enumerate(names) if name in names[:at])
        raise Refused(f"The concept '{twice}' is named twice: there is nothing to tell apart.")


class Judge:
    """S_first and S_second of images: each concept's better text, its name or its description."""

    def __init__(self, scorer: Scorer, ask: Ask) -> None:
        self.scorer = scorer
        self.texts = [_texts(concept) for concept in ask.concepts[:2]]

    @property
    def cut(self) -> dict[str, dict[str, str]]:
        """For the trace: nothing that the scorer does not read is left out in silence."""
        return told_of(self.scorer, [text for texts in self.texts for text in texts])

    def scores(self, images: Sequence[Image]) -> list[tuple[float, float]]:
        first, second = self.texts
        rows = self.scorer.score(images, [*first, *second])
        return [(max(row[: len(first)]), max(row[len(first) :])) for row in rows]


def told_of(scorer: Scorer, texts: Sequence[str]) -> dict[str, dict[str, str]]:
    removed = scorer.removed(texts)
    return {"scorer_truncated": removed} if removed else {}


def _texts(concept: Concept) -> list[str]:
    return [concept.text, *([concept.description] if concept.description else [])]
