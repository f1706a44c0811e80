"""The gates that a generator has to pass before anything is claimed on it, with exact intervals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from ..world.assignment import Assignment
from ..world.lexicon import CONTENTS, FAMILIES, HOSTS, family_of
from .statistics import clopper_pearson, trend
from .tallies import Tally

ALONE, TYPICAL = 0.80, 0.85
LEVEL_5 = (0.40, 0.60)
TREND_P = 0.01
C_OF_FAILURES = 0.5
HEAD, SPECIFICITY = 0.98, 0.995


@dataclass(frozen=True)
class Gate:
    name: str
    successes: int
    trials: int
    asked: str
    is_passed: bool
    by: dict[str, str] = field(default_factory=dict)  # rung or family: its own share
    note: str = ""

    @property
    def share(self) -> float:
        return self.successes / self.trials if self.trials else 0.0

    def __str__(self) -> str:
        low, high = clopper_pearson(self.successes, self.trials)
        mark = "pass" if self.is_passed else "FAIL"
        parts = ", ".join(f"{name} {value}" for name, value in self.by.items())
        tail = "".join(f"; {text}" for text in (parts, self.note) if text)
        return (
            f"{mark} {self.name}: {self.successes}/{self.trials} = {self.share:.1%} "
            f"[{low:.1%}, {high:.1%}] asked {self.asked}{tail}"
        )

    def to_json(self) -> dict[str, Any]:
        low, high = clopper_pearson(self.successes, self.trials)
        return {**asdict(self), "share": self.share, "low": low, "high": high}


def capability_gates(tallies: Sequence[Tally]) -> list[Gate]:
    """Counted in concepts: how many can be drawn often enough."""
    rows = [
        ("A alone", "content", ALONE),
        ("B alone", "host", ALONE),
        ("typical pairs", "typical", TYPICAL),
    ]
    return [
        _capability(name, [t for t in tallies if t.kind == k], least) for name, k, least in rows
    ]


def _capability(name: str, tallies: Sequence[Tally], least: float) -> Gate:
    weak = [t for t in tallies if t.right < least * t.images]
    names = ", ".join(f"{_name(t)} {t.right}/{t.images}" for t in weak)
    return Gate(
        f"{name}, concepts",
        len(tallies) - len(weak),
        len(tallies),
        f"every one at {least:.0%}; the others' pairs leave the set",
        not weak,
        _by_family(tallies, lambda part: _percent(_sum(part, "right"), _sum(part, "images"))),
        f"weak: {names}" if names else "",
    )


def drawable(tallies: Sequence[Tally]) -> tuple[set[int], set[int]]:
    """Contents and hosts that pass alone; a content's typical pair has to pass too."""
    failed = {
        kind: {t.content if t.content >= 0 else t.host for t in tallies if _is_weak(t, kind, least)}
        for kind, least in (("content", ALONE), ("host", ALONE), ("typical", TYPICAL))
    }
    contents = {t.content for t in tallies if t.kind == "content"}
    hosts = {t.host for t in tallies if t.kind == "host"}
    return contents - failed["content"] - failed["typical"], hosts - failed["host"]


def _is_weak(tally: Tally, kind: str, least: float) -> bool:
    return tally.kind == kind and tally.right < least * tally.images


def pair_gates(tallies: Sequence[Tally], assignment: Assignment) -> list[Gate]:
    """Of held-out pairs whose content and host can be drawn."""
    return [_level_5(tallies), _dose(tallies, assignment), _substitution(tallies)]


def _level_5(tallies: Sequence[Tally]) -> Gate:
    low, high = LEVEL_5
    count = sum(t.is_level_5 for t in tallies)
    share = count / len(tallies) if tallies else 0.0
    return Gate(
        "Level 5, pairs",
        count,
        len(tallies),
        f"{low:.0%} to {high:.0%}",
        low <= share <= high,
        _by_family(tallies, lambda part: _percent(sum(t.is_level_5 for t in part), len(part))),
    )


def _dose(tallies: Sequence[Tally], assignment: Assignment) -> Gate:
    """Level 5 falls with the share of atypical scenes, tested over contents within families."""
    doses: list[list[float]] = []
    shares: list[list[float]] = []
    for family in FAMILIES:
        contents = sorted({t.content for t in tallies if family_of(t.content) is family})
        if len(contents) > 1:
            doses.append([float(assignment.rung[c]) for c in contents])
            shares.append([_level_5_share(tallies, c) for c in contents])
    slope, p = trend(doses, shares)
    by = {}
    for level, eps in enumerate(assignment.mix.rungs):
        part = [t for t in tallies if assignment.rung[t.content] == level]
        by[f"eps {eps:g}"] = _percent(sum(t.is_level_5 for t in part), len(part))
    count = sum(t.is_level_5 for t in tallies)
    note = f"{slope:+.3f} a rung, one-sided p = {p:.4f}"
    passed = p < TREND_P
    return Gate("Level 5 by rung", count, len(tallies), f"p < {TREND_P}", passed, by, note)


def _level_5_share(tallies: Sequence[Tally], content: int) -> float:
    own = [t for t in tallies if t.content == content]
    return sum(t.is_level_5 for t in own) / len(own)


def _substitution(tallies: Sequence[Tally]) -> Gate:
    failures = sum(t.images - t.right - t.garbage for t in tallies)
    shows_c = _sum(tallies, "shows_c")
    images = _sum(tallies, "images")
    told = ("right", "substituted", "by_content", "omitted", "garbage")
    note = ", ".join(f"{name} {_percent(_sum(tallies, name), images)}" for name in told)
    return Gate(
        "C shown, of recognisable failures",
        shows_c,
        failures,
        f"at least {C_OF_FAILURES:.0%}",
        failures > 0 and shows_c >= C_OF_FAILURES * failures,
        _by_family(
            tallies,
            lambda part: _percent(
                _sum(part, "shows_c"), sum(t.images - t.right - t.garbage for t in part)
            ),
        ),
        f"of all images: {note}",
    )


def _by_family(tallies: Sequence[Tally], said: Callable[[list[Tally]], str]) -> dict[str, str]:
    parts: dict[str, list[Tally]] = {}
    for tally in tallies:
        concept = tally.content if tally.content >= 0 else tally.host
        parts.setdefault(family_of(concept).id, []).append(tally)
    return {name: said(part) for name, part in parts.items()}


def _sum(tallies: Sequence[Tally], name: str) -> int:
    return sum(getattr(tally, name) for tally in tallies)


def _percent(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "none"


def _name(tally: Tally) -> str:
    parts = [CONTENTS[tally.content]] if tally.content >= 0 else []
    parts += [HOSTS[tally.host]] if tally.host >= 0 else []
    return " in ".join(parts)
