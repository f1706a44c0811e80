"""The smoke world: every stage learns, and leaves what the next one needs."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from PIL import Image

from teacup_testbed.models.generator import make_vae
from teacup_testbed.shape import FULL, SMOKE
from teacup_testbed.train.budget import Budget, Rate
from teacup_testbed.train.checkpoint import read_weights
from teacup_testbed.train.cli import main
from teacup_testbed.train.loop import Run, bar, left_of
from teacup_testbed.train.pictures import decode, encode
from teacup_testbed.train.setup import Setup, given_stages
from teacup_testbed.train.stages import STAGES
from teacup_testbed.train.vae import fold_statistics

SAID: list[str] = []
ORDER = {"vae": 40, "oracle": 40, "dual": 21, "captioner": 40, "text": 2, "unet": 40}


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Setup:
    folder = tmp_path_factory.mktemp("smoke")
    setup = Setup(folder, torch.device("cpu"), SMOKE, ("F1",), pool=120, say=SAID.append)
    for stage, steps in ORDER.items():
        run = Run(folder, Budget(steps=steps), setup.device, say=setup.say, say_every=0)
        STAGES[stage](setup, run)
    return setup


@pytest.mark.parametrize("stage", ["vae/raw", "oracle", "dual", "captioner", "unet"])
def test_a_stage_learns(stage: str, trained: Setup) -> None:
    kept = torch.load(trained.root / stage / "checkpoint.pt", weights_only=True)
    losses = [mean for _step, _seconds, mean in kept["history"]]
    assert len(losses) == 2
    assert losses[1] < losses[0]


def test_snapshots_of_the_way_are_kept(trained: Setup) -> None:
    files = sorted((trained.root / "unet" / "snapshots").iterdir())
    assert [file.stem for file in files] == ["0200", "0350", "0500", "0650", "0800"]
    early, late = (read_weights(file, trained.device) for file in (files[0], files[-1]))
    assert any(not torch.equal(early[name], late[name]) for name in early)


@pytest.mark.parametrize(("stage", "rows"), [("vae/raw", 4), ("unet", 3)])
def test_what_a_stage_draws_on_its_way_is_seen_beside_its_snapshots(
    stage: str, rows: int, trained: Setup
) -> None:
    sheets = sorted((trained.root / stage / "sheets").iterdir())
    assert [file.name for file in sheets] == [
        f"{at}.png" for at in ("0200", "0350", "0500", "0650", "0800", "1000")
    ]
    for file in sheets:
        with Image.open(file) as sheet:
            assert sheet.size == (8 * 34, rows * 34)
            assert len(sheet.getcolors(2**24) or []) > 100


def test_how_far_a_stage_is_and_what_is_left_of_it_are_told_in_a_line(trained: Setup) -> None:
    line = r"unet \[#{10}-{10}\] 50%, \d+ s left, step 20, loss \d+\.\d{4}, \d+\.\d steps/s"
    assert any(re.fullmatch(line, said) for said in SAID)
    assert (bar(0.0), bar(1.0)) == (f"[{'-' * 20}] 0%", f"[{'#' * 20}] 100%")
    assert left_of(0.25, 600) == "30 min left"
    assert left_of(0.0, 0.0) == "just begun"


def test_latents_are_brought_to_mean_0_and_deviation_1_and_pictures_stay() -> None:
    torch.manual_seed(0)
    vae = make_vae(SMOKE).eval().requires_grad_(False)
    pictures = torch.randint(0, 256, (64, 3, 32, 32), dtype=torch.uint8)
    before = decode(vae, encode(vae, pictures))

    fold_statistics(vae, pictures)

    latents = encode(vae, pictures)
    assert latents.mean(dim=(0, 2, 3)).abs().max() < 1e-3
    assert (latents.std(dim=(0, 2, 3)) - 1).abs().max() < 1e-3
    apart = (decode(vae, latents).int() - before.int()).abs()
    assert (apart <= 1).float().mean() > 0.999


def test_the_rate_rises_stays_and_falls_to_nothing() -> None:
    rate = Rate(1.0, warm_up=10, falls_from=0.75)
    assert [rate.at(0, 0.0), rate.at(9, 0.1), rate.at(500, 0.5)] == [0.1, 1.0, 1.0]
    assert rate.at(900, 0.875) == pytest.approx(0.5)
    assert rate.at(1000, 1.0) == 0.0


def test_a_budget_without_an_end_is_refused() -> None:
    with pytest.raises(ValueError, match="give --steps or --minutes"):
        Budget()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--families", "F9"], "no family 'F9'"),
        (["--mix", "[1"], "--mix must be a JSON object"),
        (["--mix", '{"omission": 1}'], "--mix must be a JSON object"),
        (["--device", "cuda:7"], "The device 'cuda:7' is not there"),
        ([], "train the stage 'vae' first"),
    ],
)
def test_what_cannot_be_trained_is_told_in_a_sentence(
    given: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["--stage", "unet", "--steps", "1", "--shape", "smoke", "--pool", "20"]
    assert main([*asked, "--out", str(tmp_path), *given]) == 1
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_weights_of_the_package_are_taken_where_a_training_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package, own = tmp_path / "package", tmp_path / "training"
    package.mkdir()
    (package / "vae.safetensors").write_bytes(b"")
    monkeypatch.setattr("teacup_testbed.train.setup.GIVEN", package)
    full = Setup(own, torch.device("cpu"), FULL)
    assert full.file_of("vae") == package / "vae.safetensors"
    assert given_stages(FULL) == {"vae"}

    # Not those of another size, not where all is trained anew, not in the place of its own.
    mine = own / "vae" / "weights.safetensors"
    assert replace(full, shape=SMOKE).file_of("vae") == mine
    assert replace(full, is_anew=True).file_of("vae") == mine
    mine.parent.mkdir(parents=True)
    mine.write_bytes(b"")
    assert full.file_of("vae") == mine
