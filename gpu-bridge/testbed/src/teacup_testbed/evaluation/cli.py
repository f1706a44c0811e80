"""`teacup-testbed gates --out DIR`: every file of weights of a variant against the world.

`--file` and `--which evaluation` ask one file about the pairs that nothing was chosen on.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import torch

from ..train.cli import add_common, make_setup, pick_device
from .cross import cross_gates
from .evaluate import load_oracle
from .generator import load_generator
from .report import (
    examine,
    examine_judge,
    examine_variant,
    generator_files,
    line_of,
    picture_sheet,
    report_gates,
    write_json,
)
from .steering_gates import steering_gates

_WHAT = ("judge", "variant", "cross", "steering")


def main(arguments: Sequence[str]) -> int:
    asked = _parser().parse_args(arguments)
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = True
    try:
        return _examine(asked)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1


def _examine(asked: argparse.Namespace) -> int:
    setup = make_setup(asked, pick_device(asked.device))
    if asked.what == "steering":
        files = [setup.trained_file(stage) for stage in ("dual", "captioner")]
        report_gates(setup, "steering", steering_gates(setup), *files)
        return 0
    setup.await_weights("oracle", asked.wait)
    if asked.what == "judge":
        return 0 if all(gate.is_passed for gate in examine_judge(setup)) else 2
    setup.await_weights(setup.name, asked.wait)
    if asked.file is None and asked.what == "cross":
        raise ValueError("--what cross looks at one generator: name its weights with --file.")
    if asked.file is None:
        examine_variant(setup, asked.images)
        return 0
    oracle = load_oracle(setup)
    if asked.what == "cross":
        gates = cross_gates(setup, load_generator(setup, asked.file), oracle)
        files = [*generator_files(setup, asked.file), setup.trained_file("oracle")]
        report_gates(setup, "cross", gates, *files)
        return 0
    switches = not asked.without_switches
    report = examine(
        setup,
        asked.file,
        oracle,
        asked.images,
        asked.which,
        asked.guidance,
        switches,
        asked.known,
    )
    for line in (*report["lines"], line_of(report)):
        setup.say(line)
    name = f"{setup.name}-{report['at']}-{asked.which}"
    write_json(setup.root / "reports" / f"{name}.json", report)
    picture_sheet(setup, asked.file, setup.root / "reports" / f"{name}.png")
    return 0 if all(gate["is_passed"] for gate in report["gates"]) else 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="teacup-testbed gates", description=__doc__)
    add_common(parser)
    parser.add_argument("--what", choices=_WHAT, default="variant")
    parser.add_argument("--file", type=Path, help="one file of weights, not all of them")
    parser.add_argument("--which", choices=("tuning", "evaluation"), default="tuning")
    parser.add_argument("--images", type=int, default=20, help="of each pair")
    parser.add_argument("--guidance", type=float, default=5.0)
    parser.add_argument(
        "--without-switches", action="store_true", help="without what `probe` looks at more closely"
    )
    parser.add_argument(
        "--known", type=Path, help="report of the same weights: its concepts are not drawn again"
    )
    parser.add_argument("--wait", type=float, default=0, help="seconds, for an earlier stage")
    return parser
