"""The evaluation prompts of a pair in other words: the controls that only speak differently."""

from __future__ import annotations

from ..world.lexicon import KINDS
from ..world.phrases import ASKED, NAMED, names_of

# The same five, with the other of the two named first; surroundings as they were.
SWAPPED = {
    "container": (
        "{b} with {a}",
        "{a} in {b}",
        "a picture of {b} with {a}",
        "{a} in {b} on a wooden table",
        "a photo of {b} with {a} by a sunny window",
    ),
    "place": (
        "{b} with {a}",
        "{a} {in} {b}",
        "a picture of {b} with {a}",
        "{a} {in} {b} in bright light",
        "a photo of {b} with {a} in soft light",
    ),
    "tree": (
        "{b} with {a}",
        "{a} on {b}",
        "a picture of {b} with {a}",
        "{a} on {b} in a green meadow",
        "a photo of {b} with {a} in an orchard",
    ),
    "tool": (
        "{b} with {a}",
        "{a} and {b}",
        "a picture of {b} with {a}",
        "{a} with {b} on a wooden table",
        "a photo of {b} with {a} by a sunny window",
    ),
}


def reworded(content: int, host: int) -> tuple[str, ...]:
    """Five captions of the grammar that are no evaluation prompts and tell no surroundings."""
    kind = KINDS[host]
    others = [text for text in NAMED[kind] if text not in ASKED[kind] and "{tail}" not in text]
    return _filled(others[: len(ASKED[kind])], content, host)


def swapped(content: int, host: int) -> tuple[str, ...]:
    return _filled(SWAPPED[KINDS[host]], content, host)


def _filled(templates: tuple[str, ...] | list[str], content: int, host: int) -> tuple[str, ...]:
    names = names_of(content, host)
    return tuple(text.format(**names) for text in templates)
