"""What a process that draws all night must not do."""

import gc
import time
from collections.abc import Iterator
from itertools import count
from typing import Any

import psutil
import pytest
import torch

from teacup_endpoints.asking import Loaded
from teacup_endpoints.config import Config, Defaults, Endpoint
from teacup_endpoints.drawing import Drawer
from teacup_endpoints.rehearsal import ACTING

from .conftest import load
from .every_method import Undecided

PROMPTS = ["a tea cup of iced coke", "a red tea cup of iced coke", "iced coke in a tea cup"]
# A rate of 0, because a random encoder may have nothing to be tuned.
UNTUNED = {"target": "tea cup", "correlated": "a", "learning_rate": 0, "epochs": 2}
METHODS = {**ACTING, "decorrelation": UNTUNED, "probe": {"points": 1}}


def drawer(method: str) -> Drawer:
    # A search needs a window with a step in it.
    steps = 3 if method == "moce" else 1
    config = Config(name="tiny", method=method, defaults=Defaults(steps=steps))
    loaded = Loaded(load("sdxl", rows=4, exact=True), scorers={"clipscore": Undecided()})
    return Drawer(Endpoint(config, METHODS[method]), loaded)


def asked(number: int) -> dict[str, Any]:
    size = {"width": 64, "height": 64}
    concepts = [{"text": "iced coke"}, {"text": "tea cup"}]
    return {"prompt": PROMPTS[number % 3], "seeds": [number], "concepts": concepts, **size}


def tensors() -> int:
    gc.collect()
    return sum(isinstance(thing, torch.Tensor) for thing in gc.get_objects())


def test_two_hundred_predictions_leave_nothing_behind() -> None:
    endpoint, process = drawer("plain"), psutil.Process()
    for number in range(9):
        endpoint.draw(asked(number))
    held, resident = tensors(), process.memory_info().rss
    for number in range(200):
        endpoint.draw(asked(number))
    assert tensors() == held
    assert process.memory_info().rss <= 1.05 * resident


# Those of two hundred predictions are counted above. A tensor that stays of one is found at once.
@pytest.mark.parametrize("method", [name for name in METHODS if name != "plain"])
def test_no_method_holds_a_tensor_of_a_prediction_that_is_over(method: str) -> None:
    endpoint = drawer(method)
    for number in range(6):
        endpoint.draw(asked(number))
    held = tensors()
    for number in range(6):
        endpoint.draw(asked(number))
    assert tensors() == held


def test_a_clock_that_jumps_changes_neither_images_nor_timings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    endpoint = drawer("plain")
    expected = endpoint.draw(asked(0))["images"]
    hours: Iterator[int] = count()

    def jumping() -> float:
        return 1e9 - 3600.0 * next(hours)

    monkeypatch.setattr(time, "time", jumping)
    before = time.monotonic()
    made = endpoint.draw(asked(0))
    took = time.monotonic() - before
    assert made["images"] == expected
    assert all(seconds >= 0 for seconds in made["timings"].values())
    assert sum(made["timings"].values()) <= took
