"""The bench draws the same pictures in both kinds, and says how long each took."""

import io
import json
from pathlib import Path

import pytest

from teacup_testbed import bench
from teacup_testbed.diffusion.sampler import Sampling


@pytest.fixture(autouse=True)
def _small_grid(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "IMAGES", 2)
    monkeypatch.setattr(bench, "SAMPLING", Sampling(steps=3))


def test_both_kinds_draw_the_same_grid(folder: Path) -> None:
    ours, theirs = (draw().int() for draw in bench.open_grids(folder, 1).values())
    assert ours.shape == (2, 3, 64, 64)
    assert (ours - theirs).abs().max() <= 1
    assert ours.float().std() > 1


def test_a_grid_is_drawn_for_each_line_that_names_its_kind(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("torch\nonnxruntime\n"))
    assert bench.main(["--from", str(folder)]) == 0
    ready, *drawn = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert ready["ready"] == ["onnxruntime", "torch"]
    assert [line["kind"] for line in drawn] == ["torch", "onnxruntime"]
    assert all(line["seconds"] > 0 for line in drawn)
