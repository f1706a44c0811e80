"""The check of a device says what is wrong with it; here the device is the processor itself."""

import json
from typing import Any

import pytest
import torch

from teacup_endpoints import device_tiny
from teacup_endpoints.device_check import attempt, main
from teacup_endpoints.device_drawing import apart
from teacup_endpoints.device_tiny import REPEATED, model_of
from teacup_endpoints.model import Model
from teacup_endpoints.rehearsal import ACTING, OFF


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_processor_draws_what_the_processor_draws(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--device", "cpu", "--only", "sd1, float32"]) == 0
    first, *checks, last = lines(capsys)
    assert first["device"] == "cpu"
    assert last == {"checks": 3 + len(ACTING) + len(REPEATED) + len(OFF), "wrong": 0}
    assert all(check["error"] == 0 for check in checks if "error" in check)
    assert all(any(f": {method}" in check["what"] for check in checks) for method in ACTING)


def test_the_true_shapes_check_can_be_rehearsed(capsys: pytest.CaptureFixture[str]) -> None:
    rehearsal = ["--device", "cpu", "--shape", "--tiny", "--dtypes", "float32", "--steps", "5"]
    assert main(rehearsal) == 0
    told = {check["what"]: check for check in lines(capsys) if "what" in check}
    plain = told["float32: plain, images at once: 4"]
    assert (plain["evals_an_image"], plain["planned"], plain["peak_gib"]) == (10, [10, 10], None)
    # Of 5 steps the 1st and the 2nd are in the window: 1 + 4 steps, and one round.
    search = told["float32: moce (a search that accepts nothing), images at once: 2"]
    assert search["evals_an_image"] == 10


def test_a_device_that_draws_something_else_is_found(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(name: str, device: str, dtype: torch.dtype) -> Model:
        model = model_of(name, "cpu", dtype)
        if device == "broken":
            with torch.no_grad():
                model.unet.conv_out.weight.mul_(1.01)
        return model

    monkeypatch.setattr(device_tiny, "model_of", broken)
    checks = dict(device_tiny.tiny_checks("broken"))
    assert not attempt(("", checks["sdxl, float32: plain"]))["is_fine"]
    assert attempt(("", checks["sdxl, float32: plain is diffusers' own pipeline"]))["is_fine"]


def test_checks_are_chosen_by_their_names(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["sd1, float32: noise", "sd1, float16: noise"]
    assert main(["--device", "cpu", "--only", *asked]) == 0
    assert lines(capsys)[-1] == {"checks": 2, "wrong": 0}


def test_a_check_that_breaks_is_wrong_and_says_why() -> None:
    def broken() -> Any:
        raise torch.OutOfMemoryError("no room")

    told = attempt(("it", broken))
    assert (told["is_fine"], told["error"]) == (False, "OutOfMemoryError: no room")


def test_numbers_that_are_not_finite_are_as_far_apart_as_can_be() -> None:
    one = torch.ones(2)
    assert apart(torch.tensor([1.0, float("nan")]), one) == float("inf")
    assert apart(one * 1.5, one) == 0.5
