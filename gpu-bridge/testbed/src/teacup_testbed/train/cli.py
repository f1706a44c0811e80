"""`teacup-testbed train --stage STAGE --minutes N`: one stage, from its last checkpoint on."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import torch

from ..shape import SHAPES
from ..world.assignment import Mix
from ..world.lexicon import FAMILIES
from .budget import Budget
from .loop import Run
from .setup import Setup
from .stages import STAGES


def main(arguments: Sequence[str]) -> int:
    asked = _parser().parse_args(arguments)
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = True
    # A stage's batches are all of one size.
    torch.backends.cudnn.benchmark = True
    say = partial(print, flush=True)
    try:
        device = pick_device(asked.device)
        budget = Budget(asked.steps, asked.minutes, asked.until)
        run = Run(asked.out, budget, device, asked.seed, graph=asked.graph, say=say)
        wait = {} if asked.stage == "vae" else {"wait_seconds": asked.wait}
        STAGES[asked.stage](make_setup(asked, device), run, **wait)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def pick_device(name: str) -> torch.device:
    if name == "auto":
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    if name.startswith("cuda") and not torch.cuda.is_available():
        raise ValueError(f"The device '{name}' is not there: torch sees no CUDA; try cpu.")
    return torch.device(name)


def make_setup(asked: argparse.Namespace, device: torch.device) -> Setup:
    families = tuple(asked.families.split(","))
    setup = Setup(
        asked.out,
        device,
        SHAPES[asked.shape],
        families,
        asked.seed,
        asked.name,
        _mix_of(asked.mix),
        asked.pool,
        asked.frozen_text,
        asked.anew,
        partial(print, flush=True),
    )
    _ = setup.numbers  # a family that is none ends here, before anything is drawn
    return setup


def _mix_of(text: str) -> Mix:
    try:
        return Mix.of_json(json.loads(text))
    except (json.JSONDecodeError, AttributeError, TypeError) as error:
        raise ValueError(f"--mix must be a JSON object of fields of Mix: {error}.") from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="teacup-testbed train", description=__doc__)
    parser.add_argument("--stage", choices=sorted(STAGES), required=True)
    add_common(parser)
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--steps", type=int)
    parser.add_argument("--until", type=float, help="seconds since 1970, for stages side by side")
    parser.add_argument("--graph", action="store_true", help="record CUDA graphs")
    parser.add_argument("--wait", type=float, default=0, help="seconds, for an earlier stage")
    return parser


def add_common(parser: argparse.ArgumentParser) -> None:
    every = ",".join(family.id for family in FAMILIES)
    parser.add_argument("--out", type=Path, required=True, help="folder of the training's files")
    parser.add_argument("--families", default=every)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--device", default="auto")
    parser.add_argument("--shape", choices=sorted(SHAPES), default="full")
    parser.add_argument("--name", default="unet", help="of the UNet's variant")
    parser.add_argument("--mix", default="{}", help="fields of Mix that differ, as JSON")
    parser.add_argument("--pool", type=int, default=48_000, help="scenes to learn from")
    parser.add_argument("--anew", action="store_true", help="without the package's own weights")
    parser.add_argument("--frozen-text", action="store_true", help="the text stage's encoder")
