"""The bench runs from end to end where there is no GPU, and its arithmetic is right."""

import json
import sys
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from PIL import Image

from teacup_endpoints import perceptual, tiny
from teacup_endpoints.bench_gpu import GOALS, goals, main
from teacup_endpoints.bench_measures import moce_factors
from teacup_endpoints.bench_pair import Pair
from teacup_endpoints.bench_queue import at_equal_latency, gaps, latencies, p95, seconds_of
from teacup_endpoints.bench_start import seconds_until_drawn
from teacup_endpoints.fast import Fast
from teacup_endpoints.methods import method_named
from teacup_endpoints.methods.moce import Parameters as MoceParameters


@pytest.fixture
def no_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)


@pytest.mark.usefixtures("no_gpu")
def test_it_runs_and_says_what_it_measured(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--tiny", "--dtype", "float32"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["gpu"], told["device"], told["dtype"], told["side"]) == (
        None,
        "cpu",
        "float32",
        64,
    )
    assert [(row["steps"], row["batch"]) for row in told["speeds"]] == [(4, 2), (4, 1)]
    assert all(row["ours"]["images_per_second"] > 0 for row in told["speeds"])
    # Of the same noise and the same weights: pictures of eight bits hardly differ.
    assert told["sameness"]["largest_of_255"] <= 2
    assert told["sameness"]["twice_the_same_bytes"] is True
    # One round of four steps is all there is: the step itself, and its picture.
    assert [told["moce"][name]["by_evals"] for name in ("known", "search")] == [1, 1]
    assert all(told["moce"][name]["factor"] > 0 for name in ("known", "search"))
    assert told["job"]["images"] == 4
    assert told["job"]["ratio"] >= 1
    assert told["first_image_seconds"][0] > 0
    # Another picture, though not quite another.
    assert 0 < told["quantised"]["mean_of_255"] < 30
    assert list(told["goals"]) == [f"G{number}" for number in range(1, 10)]
    missing = [name for name, row in told["goals"].items() if row["measured"] is None]
    assert missing == ([] if "torchmetrics" in sys.modules else ["G6"])


@pytest.mark.usefixtures("no_gpu")
def test_it_measures_the_parts_that_are_named_and_says_each_at_once(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--tiny", "--dtype", "float32", "--parts", "speeds"]) == 0
    said = capsys.readouterr()
    told = json.loads(said.out)
    rows = [{"row": row} for row in told["speeds"]]
    lines = [json.loads(line) for line in said.err.splitlines()]
    assert lines == [*rows, {"speeds": told["speeds"]}]
    measured = {name for name, row in told["goals"].items() if row["measured"] is not None}
    assert measured == {"G1", "G2", "G3", "G5"}
    assert "moce" not in told


@pytest.mark.usefixtures("no_gpu")
def test_a_queue_without_its_speeds_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--tiny", "--parts", "queue"]) == 1
    assert "name both" in capsys.readouterr().err


def test_a_search_that_accepts_nothing_is_timed_on_its_dearest_path() -> None:
    """Of 20 steps 5, 2 and 1 are visited: 5 + 15 + 18 + 19 steps."""
    asked: Any = SimpleNamespace(
        device="cpu", side=64, steps=[20], batches=[2], warm=0, runs=1, fast=Fast()
    )
    pair = Pair(tiny.sdxl, asked, alone=True)
    made = moce_factors(pair, asked)
    assert made["known"]["by_evals"] == 1
    assert made["search"]["by_evals"] == pytest.approx(57 / 20)
    plan = method_named("moce").plan_evals(MoceParameters(), pair.ask(20, 2), 20)
    assert made["search"]["by_evals"] * 40 == plan.most


@pytest.mark.usefixtures("no_gpu")
def test_without_a_gpu_it_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--random"]) == 1
    assert "No GPU is there" in capsys.readouterr().err


def test_each_goal_is_held_against_the_row_that_it_is_about() -> None:
    rows = [
        {
            "steps": steps,
            "batch": batch,
            "times_stock": steps + batch,
            "ours": {"seconds": steps / batch, "images_per_second": steps * batch},
        }
        for steps in (20, 30)
        for batch in (1, 4)
    ]
    told = {
        "speeds": rows,
        "quantised": {"not_measured": "too old"},
        "sameness": {"lpips_median": 0.02},
        "job": {"ratio": 1.01},
        "queue": {"times": 1.3},
        "first_image_seconds": [50.0, 20.0],
    }
    asked: Any = SimpleNamespace(steps=[20, 30], batches=[1, 4])
    made = {name: row["measured"] for name, row in goals(told, asked).items()}
    assert made == dict(zip(GOALS, (30, 120, 80, None, 34, 0.02, 1.01, 1.3, 20.0), strict=True))


def test_a_queue_waits_as_long_as_theory_says() -> None:
    # Of a fixed service of 1 at a load of 0.8: 0.8 / (2 (1 - 0.8)) in the line, and 1 of its own.
    waited = latencies(gaps(100_000), 0.8, {1: 1.0}, 1)
    assert sum(waited) / len(waited) == pytest.approx(3, rel=0.05)
    assert min(waited) == pytest.approx(1)


def test_whoever_waits_is_drawn_together_and_nobody_overtakes() -> None:
    # The first draws at once and alone; those that come meanwhile go two by two.
    took = {1: 10.0, 2: 12.0}
    assert latencies([1, 1, 1, 1], 1.0, took, 2) == [10, 21, 20, 29]
    assert latencies([1, 1, 1, 1], 1.0, took, 1) == [10, 19, 28, 37]


def test_a_batch_helps_as_far_as_it_costs_less_than_its_images() -> None:
    assert seconds_of({1: 1.0, 4: 2.5}) == {1: 1.0, 2: 1.5, 3: 2.0, 4: 2.5}
    nothing, some, all_of_it = (
        at_equal_latency({1: 1.0, 4: four}, 5_000)["times"] for four in (4.0, 3.2, 1.0)
    )
    assert 0.8 < nothing <= 1.01
    assert nothing < some < all_of_it
    assert all_of_it > 2.5


def test_the_95th_percentile_is_a_value_that_19_of_20_do_not_pass() -> None:
    assert p95(list(range(1, 101))) == 95


def test_a_first_image_is_timed_and_a_process_that_draws_none_is_told() -> None:
    drawn = [sys.executable, "-S", "-c", "print('loading'); print('the first image')"]
    assert 0 < seconds_until_drawn(drawn) < 60
    for program in ("print('loading')", "print('the first image'); raise SystemExit(3)"):
        with pytest.raises(RuntimeError, match="draws a first image ended with"):
            seconds_until_drawn([sys.executable, "-S", "-c", program])


def test_lpips_is_the_median_of_pairs_of_pixels_from_0_to_1(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Network(torch.nn.Module):
        def __init__(self, net_type: str, normalize: bool) -> None:
            super().__init__()
            assert (net_type, normalize) == ("alex", True)

        def forward(self, a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
            assert a.shape == b.shape == (1, 3, 4, 6)
            return (a - b).abs().mean()

    found = SimpleNamespace(LearnedPerceptualImagePatchSimilarity=Network)
    monkeypatch.setattr(perceptual, "import_module", lambda _name: found)
    black = [Image.new("RGB", (6, 4), "black")] * 3
    others = [Image.new("RGB", (6, 4), color) for color in ("black", "white", (51, 51, 51))]
    assert perceptual.lpips(others, black, "cpu") == (pytest.approx(0.2), "AlexNet, torchmetrics")


def test_without_its_packages_lpips_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_name: str) -> None:
        raise ImportError("No module named 'torchmetrics'")

    monkeypatch.setattr(perceptual, "import_module", missing)
    assert perceptual.lpips([], [], "cpu") == (
        None,
        "not measured: No module named 'torchmetrics'",
    )
