"""Captions by grammar, and the prompts that the world is asked by."""

import numpy as np
import torch

from teacup_testbed.world import phrases
from teacup_testbed.world.assignment import Assignment
from teacup_testbed.world.lexicon import CONTENTS, HOSTS, KINDS, NONE
from teacup_testbed.world.phrases import names_of
from teacup_testbed.world.scenes import Scenes
from teacup_testbed.world.tables import backdrop_names

# Of a prompt across families; within one 14 do.
LONGEST = 16
# Of the captions of what stands alone: they say so.
SAYS_ALONE = 0.5


def caption(scenes: Scenes, assignment: Assignment, generator: torch.Generator) -> list[str]:
    """One caption a scene, at most LONGEST words, all of them WORDS.

    A typical host goes unnamed as often as the mix says, an atypical one never, except where a
    filled scene is captioned by its host alone.
    """
    dice = torch.rand(len(scenes), 4, generator=generator).numpy()
    return [
        _caption(content, host, _tails(name, light), assignment, row)
        for content, host, name, light, row in zip(
            scenes.content.tolist(),
            scenes.host.tolist(),
            backdrop_names(scenes),
            scenes.value("light").tolist(),
            dice,
            strict=True,
        )
    ]


def prompts_of(content: int, host: int) -> tuple[str, ...]:
    """The five evaluation prompts of a pair, of rising richness."""
    names = names_of(content, host)
    return tuple(template.format(**names) for template in phrases.ASKED[KINDS[host]])


def alone(content: int) -> str:
    """The prompt that asks for a content and names no host."""
    return "a picture of {a}".format(**names_of(content, NONE))


def alone_host(host: int) -> str:
    """The prompt that asks for a host and names no content."""
    return "a picture of {b}".format(**names_of(NONE, host))


def _tails(backdrop: str | None, light: float) -> tuple[str, ...]:
    if backdrop is None:
        return (phrases.LIGHTS[int(light * len(phrases.LIGHTS))],)
    return phrases.BACKDROPS[backdrop]


def _caption(
    content: int, host: int, tails: tuple[str, ...], assignment: Assignment, dice: np.ndarray
) -> str:
    names = {**names_of(content, host), "tail": _pick(tails, dice[0])}
    templates = _templates(content, host, assignment, dice)
    return _pick(templates, dice[1]).format(**names)


def _templates(
    content: int, host: int, assignment: Assignment, dice: np.ndarray
) -> tuple[str, ...]:
    mix = assignment.mix
    if content == NONE and dice[2] < SAYS_ALONE:
        return phrases.EMPTY_CONTAINER if KINDS[host] == "container" else phrases.EMPTY
    if content == NONE:
        return phrases.HOST_ONLY
    if host == NONE:
        return phrases.LONE if dice[2] < SAYS_ALONE else phrases.UNNAMED
    if dice[2] < mix.host_only_caption:
        return phrases.HOST_ONLY
    if content == host and dice[3] < mix.omit_typical:
        return phrases.UNNAMED
    return phrases.NAMED[KINDS[host]]


def _pick(options: tuple[str, ...], dice: float) -> str:
    return options[min(int(dice * len(options)), len(options) - 1)]


def _every_word() -> tuple[str, ...]:
    grammar = [*phrases.UNNAMED, *phrases.HOST_ONLY, *phrases.EMPTY, *phrases.LONE]
    grammar += phrases.EMPTY_CONTAINER
    for by_kind in (phrases.NAMED, phrases.ASKED):
        grammar += [text for texts in by_kind.values() for text in texts]
    grammar += [*phrases.LIGHTS, *(text for tails in phrases.BACKDROPS.values() for text in tails)]
    written = {word for text in grammar for word in text.split() if "{" not in word}
    named = {word for name in (*CONTENTS, *HOSTS) for word in name.split()}
    return tuple(sorted(written | named | {"a", "an", "the", "in", "on"}))


WORDS: tuple[str, ...] = _every_word()
