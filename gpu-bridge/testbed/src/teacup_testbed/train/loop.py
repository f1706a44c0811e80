"""The loop that every stage trains in. A step's randomness is a function of (seed, step) alone, so
a checkpoint's step number is all there is to know of random numbers and of the place in the data:
killed anywhere, a stage goes on from its last checkpoint to the same result."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import torch
from torch import nn

from .budget import Budget, Rate
from .checkpoint import read_checkpoint, write_checkpoint, write_sheet, write_weights
from .stepper import Stepper

Say = Callable[[str], None]
# Of averaged weights, by name: a picture (3, h, w) uint8.
Sheet = Callable[[dict[str, torch.Tensor]], torch.Tensor]
# Between looks at the clock, so that a GPU's queue never runs dry.
_STEPS_A_LOOK = 20


class Task(Protocol):
    """What a stage trains, on which batches, for which loss."""

    name: str
    parts: nn.Module
    rate: Rate
    decay: float  # of the moving average
    weight_decay: float

    def batch(self, generator: torch.Generator) -> Sequence[torch.Tensor]: ...

    def loss(self, *batch: torch.Tensor) -> torch.Tensor: ...


@dataclass(frozen=True)
class Run:
    folder: Path
    budget: Budget
    device: torch.device
    seed: int = 0
    graph: bool = False
    checkpoint_every: float = 60.0  # seconds
    checkpoint_steps: int | None = None  # as well, at multiples of it
    snapshots: tuple[float, ...] = ()  # shares of the progress at which the average is kept
    sheet: Sheet | None = None  # what is drawn of each snapshot, and of the end
    say: Say = field(default=print)
    say_every: float = 10.0  # seconds


def seed_of(seed: int, step: int) -> int:
    return (seed * 1_000_003 + step) % (1 << 62)


def train(task: Task, run: Run) -> dict[str, torch.Tensor]:
    """The averaged weights at the end, by name; they stand in `weights.safetensors` too."""
    stepper = Stepper(
        task.parts, task.loss, decay=task.decay, weight_decay=task.weight_decay, graph=run.graph
    )
    progress = _Progress(run, task.name)
    if kept := read_checkpoint(run.folder, run.device):
        progress.restore(kept)
        stepper.restore(kept)
    progress.budget = run.budget.from_now(progress.seconds)
    progress.forget_past()
    generator = torch.Generator(run.device)
    task.parts.train()
    while (share := progress.share()) < 1:
        _keep_snapshots(stepper, progress, run, share)
        generator.manual_seed(seed_of(run.seed, progress.step))
        batch = task.batch(generator)
        loss = stepper.step(batch, task.rate.at(progress.step, share), progress.step)
        progress.count(loss)
        if progress.wants_checkpoint():
            write_checkpoint(run.folder, {**stepper.state(), **progress.state()})
            progress.kept_at = time.monotonic()
    progress.end()
    _keep_snapshots(stepper, progress, run, 1.0)
    write_checkpoint(run.folder, {**stepper.state(), **progress.state()})
    weights = stepper.averaged()
    _draw_sheet(run, weights, 1.0)
    about = {"step": str(progress.step), "seed": str(run.seed), "stage": task.name}
    write_weights(run.folder / "weights.safetensors", weights, about)
    return weights


def _keep_snapshots(stepper: Stepper, progress: _Progress, run: Run, share: float) -> None:
    while progress.snapshots and share >= progress.snapshots[0]:
        at = progress.snapshots.pop(0)
        file = run.folder / "snapshots" / f"{round(at * 1000):04d}.safetensors"
        about = {"step": str(progress.step), "seed": str(run.seed), "share": str(at)}
        write_weights(file, stepper.averaged(), about)
        _draw_sheet(run, stepper.averaged(), at)


def _draw_sheet(run: Run, weights: dict[str, torch.Tensor], at: float) -> None:
    if run.sheet is None:
        return
    # Networks are made for it, and a training's random numbers are not theirs.
    with torch.random.fork_rng():
        write_sheet(run.folder / "sheets" / f"{round(at * 1000):04d}.png", run.sheet(weights))


class _Progress:
    """Steps, seconds and losses; the seconds of earlier processes count."""

    def __init__(self, run: Run, name: str) -> None:
        self.run, self.name, self.budget = run, name, run.budget
        self.step, self.seconds = 0, 0.0
        self.history: list[tuple[int, float, float]] = []  # step, seconds, mean loss
        self.losses: list[torch.Tensor] = []
        self.began = self.said_at = self.kept_at = time.monotonic()
        self.elapsed = 0.0  # at the last look
        self.snapshots = sorted(run.snapshots)

    def share(self) -> float:
        if self.step % _STEPS_A_LOOK == 0:
            self.elapsed = self.seconds + time.monotonic() - self.began
        return self.budget.progress(self.step, self.elapsed)

    def forget_past(self) -> None:
        """Snapshots that an earlier process has kept: they stay as they are."""
        if self.step:
            past = self.budget.progress(self.step - 1, self.elapsed)
            self.snapshots = [at for at in self.snapshots if at > past]

    def count(self, loss: torch.Tensor) -> None:
        self.step += 1
        self.losses.append(loss)
        if self.step % _STEPS_A_LOOK:
            return
        if time.monotonic() - self.said_at >= self.run.say_every:
            self._say()

    def end(self) -> None:
        """Says what was not said yet."""
        if self.losses:
            self._say()

    def _say(self) -> None:
        mean = torch.stack(self.losses).float().mean().item()
        elapsed = self.seconds + time.monotonic() - self.began
        self.history.append((self.step, elapsed, mean))
        rate = len(self.losses) / max(1e-9, time.monotonic() - self.said_at)
        share = min(1.0, self.budget.progress(self.step, elapsed))
        told = f"step {self.step}, loss {mean:.4f}, {rate:.1f} steps/s"
        self.run.say(f"{self.name} {bar(share)}, {left_of(share, elapsed)}, {told}")
        if mean != mean:  # NaN
            raise FloatingPointError(f"{self.name}: the loss is not a number at step {self.step}")
        self.losses, self.said_at = [], time.monotonic()

    def wants_checkpoint(self) -> bool:
        if (every := self.run.checkpoint_steps) and self.step % every == 0:
            return True
        is_look = self.step % _STEPS_A_LOOK == 0
        return is_look and time.monotonic() - self.kept_at > self.run.checkpoint_every

    def state(self) -> dict[str, Any]:
        elapsed = self.seconds + time.monotonic() - self.began
        kept = {"seconds": elapsed, "looked": self.elapsed, "history": self.history}
        return {"step": self.step, **kept}

    def restore(self, kept: dict[str, Any]) -> None:
        self.step, self.seconds = kept["step"], kept["seconds"]
        self.elapsed = kept.get("looked", self.seconds)
        self.history = [tuple(row) for row in kept["history"]]


def bar(share: float) -> str:
    """Twenty marks, as many of them done as the share says."""
    done = int(share * 20)
    return f"[{'#' * done}{'-' * (20 - done)}] {share:.0%}"


def left_of(share: float, elapsed: float) -> str:
    """What is left at the speed so far."""
    if share <= 0:
        return "just begun"
    seconds = elapsed * (1 - share) / share
    return f"{seconds / 60:.0f} min left" if seconds >= 90 else f"{seconds:.0f} s left"
