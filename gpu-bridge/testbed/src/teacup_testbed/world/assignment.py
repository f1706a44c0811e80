"""Which pairs the biased world shows, and which it holds out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import torch

from teacup_testbed.world.lexicon import (
    CONTENTS,
    FAMILIES,
    LOOKS_LIKE,
    PER_FAMILY,
    family_numbers,
    ids_of,
)

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mix:
    """How the biased world is mixed. Shares are of all scenes unless said otherwise."""

    # How often a content leaves its typical host: one rung of this ladder for every content.
    rungs: tuple[float, ...] = (0.0, 0.03, 0.10, 0.30)
    # Atypical hosts a content is ever seen at; the other ones are held out.
    partners: int = 3
    host_alone: float = 0.23
    item_alone: float = 0.07
    # Of captions of typical scenes that name the content: the host goes unnamed, so it is latent.
    omit_typical: float = 0.6
    # Of the captions of filled scenes: the host alone is named.
    host_only_caption: float = 0.15
    # Of the filled scenes: in the host is a guest, a content of a family that is not learnt. Guests
    # are at every host as often, so a host says less of what is in it than a content of its host.
    guests: float = 0.0
    # Contents, by name, that never leave their typical host: they are on the lowest rung, and the
    # first one there takes theirs. So the pair that the field is known by is sure to be unseen.
    at_home: tuple[str, ...] = ()
    # Held-out pairs of a family to judge by, and to tune by.
    evaluation: int = 40
    tuning: int = 20

    def __post_init__(self) -> None:
        if strangers := set(self.at_home) - set(CONTENTS):
            raise ValueError(f"no content {', '.join(sorted(strangers))} in the lexicon")
        if PER_FAMILY % len(self.rungs) != 0:
            raise ValueError(f"{len(self.rungs)} rungs do not share {PER_FAMILY} contents evenly")
        lowest = PER_FAMILY // len(self.rungs)
        for family, kept in self._at_home_by_family().items():
            if len(kept) > lowest:
                raise ValueError(
                    f"at_home: {FAMILIES[family].id}'s lowest rung holds {lowest} contents, and "
                    f"{len(kept)} are to stay there ({', '.join(kept)}): name fewer, or make fewer "
                    "rungs"
                )
        held_out = PER_FAMILY * (PER_FAMILY - 1 - self.partners)
        if self.evaluation % len(self.rungs) or self.tuning % len(self.rungs):
            raise ValueError(f"evaluation and tuning must be multiples of {len(self.rungs)}")
        if self.evaluation + self.tuning > held_out:
            raise ValueError(f"evaluation and tuning: at most {held_out} pairs are held out")

    def _at_home_by_family(self) -> dict[int, list[str]]:
        kept: dict[int, list[str]] = {}
        for content in sorted({CONTENTS.index(name) for name in self.at_home}):
            kept.setdefault(content // PER_FAMILY, []).append(CONTENTS[content])
        return kept

    @staticmethod
    def of_json(fields: dict[str, Any]) -> Mix:
        """As `json.loads` gives them. TypeError names a field that is none."""
        given: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in fields.items()
        }
        return Mix(**given)


@dataclass(frozen=True, slots=True)
class Assignment:
    """One draw of rungs, partners and held-out pairs; `of` makes it from a seed.

    rung: content -> number of its rung, for the contents of the families. partners: content ->
    its seen atypical hosts, each host in as many contents' lists as any other; never drawn at a
    rung of 0. evaluation, tuning and reserve: held-out pairs (content, host), the first two with as
    many pairs of each rung.
    """

    families: tuple[int, ...]
    mix: Mix
    rung: dict[int, int] = field(default_factory=dict)
    partners: dict[int, tuple[int, ...]] = field(default_factory=dict)
    evaluation: tuple[Pair, ...] = ()
    tuning: tuple[Pair, ...] = ()
    reserve: tuple[Pair, ...] = ()

    @staticmethod
    def of(
        families: tuple[str, ...] = tuple(family.id for family in FAMILIES),
        seed: int = 0,
        mix: Mix | None = None,
    ) -> Assignment:
        """The assignment of a seed. A family's does not depend on which others are asked for.

        ValueError for an unknown family, and for guests where no family is left to come from.
        """
        mix = mix or Mix()
        numbers = family_numbers(families)
        if mix.guests and len(numbers) == len(FAMILIES):
            raise ValueError("guests are of families that are not learnt: here all of them are")
        parts = [_of_family(number, seed, mix) for number in numbers]
        return Assignment(
            families=numbers,
            mix=mix,
            rung={content: rung for part in parts for content, rung in part.rung.items()},
            partners={content: hosts for part in parts for content, hosts in part.partners.items()},
            evaluation=tuple(pair for part in parts for pair in part.evaluation),
            tuning=tuple(pair for part in parts for pair in part.tuning),
            reserve=tuple(pair for part in parts for pair in part.reserve),
        )

    def share(self, content: int) -> float:
        """How often the biased world shows the content away from its typical host."""
        return self.mix.rungs[self.rung[content]]

    @property
    def contents(self) -> list[int]:
        return list(self.rung)

    @property
    def guests(self) -> list[int]:
        """Contents of the other families, but for those that look like one of these."""
        others = set(range(len(CONTENTS))) - set(self.contents)
        return sorted(content for content in others if LOOKS_LIKE[content] in others)

    def is_held_out(self, pair: Pair) -> bool:
        return pair in {*self.evaluation, *self.tuning, *self.reserve}


# Numbers below a count, in random order.
Shuffled = Callable[[int], list[int]]


def _of_family(number: int, seed: int, mix: Mix) -> Assignment:
    generator = torch.Generator().manual_seed(seed * len(FAMILIES) + number)

    def shuffled(count: int) -> list[int]:
        return torch.randperm(count, generator=generator).tolist()

    ids = ids_of([number])
    order = [ids[k] for k in shuffled(PER_FAMILY)]
    rung = {content: k % len(mix.rungs) for k, content in enumerate(order)}
    partners = _partners(ids, mix, shuffled)
    held_out = [
        _held_out([content for content in ids if rung[content] == level], ids, partners, shuffled)
        for level in range(len(mix.rungs))
    ]
    judged = mix.evaluation // len(mix.rungs)
    tuned = judged + mix.tuning // len(mix.rungs)
    return Assignment(
        (number,),
        mix,
        # After the draw, so that what is held out is the same with and without them.
        _with_at_home(rung, mix),
        partners,
        tuple(pair for pairs in held_out for pair in pairs[:judged]),
        tuple(pair for pairs in held_out for pair in pairs[judged:tuned]),
        tuple(pair for pairs in held_out for pair in pairs[tuned:]),
    )


def _partners(ids: list[int], mix: Mix, shuffled: Shuffled) -> dict[int, tuple[int, ...]]:
    """A ring in random order, the partners at the same distances for all: every host is as
    frequent."""
    ring = [ids[k] for k in shuffled(PER_FAMILY)]
    steps = [1 + k for k in shuffled(PER_FAMILY - 1)[: mix.partners]]
    return {
        content: tuple(ring[(at + step) % PER_FAMILY] for step in steps)
        for at, content in enumerate(ring)
    }


def _held_out(
    contents: list[int],
    hosts: list[int],
    partners: dict[int, tuple[int, ...]],
    shuffled: Shuffled,
) -> list[Pair]:
    """Every pair of a rung's contents that is never seen, in random order."""
    pairs = [
        (content, host)
        for content in contents
        for host in hosts
        if host != content and host not in partners[content]
    ]
    return [pairs[k] for k in shuffled(len(pairs))]


def _with_at_home(rung: dict[int, int], mix: Mix) -> dict[int, int]:
    """A content at home takes the lowest rung of the first one there, which takes its own."""
    changed = dict(rung)
    for content in (content for content in rung if CONTENTS[content] in mix.at_home):
        lowest = [other for other in changed if changed[other] == 0]
        if content not in lowest:
            other = next(other for other in lowest if CONTENTS[other] not in mix.at_home)
            changed[content], changed[other] = changed[other], changed[content]
    return changed
