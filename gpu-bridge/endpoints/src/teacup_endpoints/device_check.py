"""Whether a device draws what the processor draws, and what SDXL takes of it: no weights needed.

    python -m teacup_endpoints.device_check                    every method on tiny models, a minute
    python -m teacup_endpoints.device_check --shape            SDXL's true shape, random weights
    python -m teacup_endpoints.device_check --shape --tiny     a rehearsal: its figures mean nothing

One line of JSON a check, as soon as it is done; the exit code is 1 where one was wrong.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterable, Sequence
from typing import Any

import torch
from diffusers.utils import logging as diffusers_logging
from transformers.utils import logging

from .device_shape import shape_checks
from .device_tiny import Check, tiny_checks


def attempt(check: Check) -> dict[str, Any]:
    what, act = check
    begun = time.perf_counter()
    try:
        is_fine, told = act()
    except Exception as error:  # A check that breaks is a finding, and the others are still wanted.
        is_fine, told = False, {"error": f"{type(error).__name__}: {error}"[:500]}
    took = round(time.perf_counter() - begun, 2)
    return {"what": what, "is_fine": is_fine, "took": took, **told}


def report(checks: Iterable[Check], only: Sequence[str] = ("",)) -> bool:
    every: list[bool] = []
    for check in checks:
        if not any(part in check[0] for part in only):
            continue
        made = attempt(check)
        every.append(made["is_fine"])
        print(json.dumps(made), flush=True)
    wrong = every.count(False)
    print(json.dumps({"checks": len(every), "wrong": wrong}), flush=True)
    return wrong == 0


def main(argv: list[str] | None = None) -> int:
    told = _parser().parse_args(argv)
    logging.set_verbosity_error()
    diffusers_logging.set_verbosity_error()
    # Convolutions in tf32 would be 1e-3 off by themselves, and float32 is compared to less.
    torch.backends.cudnn.allow_tf32 = False
    on_gpu = told.device.startswith("cuda")
    gpu = torch.cuda.get_device_name() if on_gpu else None
    print(json.dumps({"device": told.device, "gpu": gpu, "torch": torch.__version__}), flush=True)
    if told.shape:
        dtypes = [getattr(torch, name) for name in told.dtypes]
        checks = shape_checks(told.device, dtypes, told.steps, told.tiny)
    else:
        checks = tiny_checks(told.device)
    return 0 if report(checks, told.only) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="device_check", description=__doc__)
    usual = "cuda" if torch.cuda.is_available() else "cpu"
    parser.add_argument("--device", default=usual)
    parser.add_argument("--shape", action="store_true", help="SDXL's shape, random weights")
    parser.add_argument("--tiny", action="store_true", help="a rehearsal of --shape")
    parser.add_argument("--dtypes", nargs="+", default=["bfloat16", "float16"])
    parser.add_argument(
        "--only", nargs="+", default=[""], help="checks with one of these in their names"
    )
    parser.add_argument("--steps", type=int, default=10, help="of --shape")
    return parser


if __name__ == "__main__":
    sys.exit(main())
