"""MoCE's search for a step, which knows nothing of images (methods.md 2.6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class Visit:
    step: int
    first: float
    second: float

    @property
    def disparity(self) -> float:
        return self.first - self.second

    @property
    def rank(self) -> tuple[float, float, int]:
        """The smallest is kept when nothing was accepted."""
        return (-min(self.first, self.second), abs(self.disparity), self.step)


@dataclass
class Search:
    """A clean bisection over whole steps. Knows nothing of images."""

    hi: int
    k: int
    rounds: int
    delta: float
    tau: float | None
    lo: int = 1
    visits: list[Visit] = field(default_factory=list[Visit])
    kept: Visit | None = None

    def tell(self, first: float, second: float) -> None:
        visit = Visit(self.k, first, second)
        self.visits.append(visit)
        if self._accepts(visit):
            self.kept = visit
            return
        if visit.disparity > 0:
            self.hi = self.k - 1
        else:
            self.lo = self.k + 1
        if self.lo > self.hi or len(self.visits) >= self.rounds:
            self.kept = min(self.visits, key=lambda past: past.rank)
            return
        self.k = (self.lo + self.hi) // 2

    def _accepts(self, visit: Visit) -> bool:
        good = self.tau is not None and min(visit.first, visit.second) > self.tau
        return abs(visit.disparity) < self.delta or good


def cost(visited: Sequence[int], steps: int) -> int:
    """Steps in all: the first phase once, the second from each visited step."""
    return max(visited) + sum(steps - k for k in visited)


def paths(hi: int, k: int, rounds: int) -> list[list[int]]:
    """What can be visited, for every outcome of every round."""
    open_paths: list[tuple[int, int, int, list[int]]] = [(1, hi, k, [])]
    done: list[list[int]] = []
    while open_paths:
        lo, hi, k, past = open_paths.pop()
        path = [*past, k]
        done.append(path)
        if len(path) == rounds:
            continue
        for low, high in ((lo, k - 1), (k + 1, hi)):
            if low <= high:
                open_paths.append((low, high, (low + high) // 2, path))
    return done
