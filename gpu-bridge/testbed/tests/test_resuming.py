"""A stage that is killed anywhere goes on to the result that it would have had."""

import io
import multiprocessing
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from teacup_endpoints.tiny import seeded

from teacup_testbed.models.generator import make_text_encoder
from teacup_testbed.models.tokenizer import make_tokenizer, tokenize
from teacup_testbed.shape import SMOKE
from teacup_testbed.train.budget import Budget
from teacup_testbed.train.checkpoint import FILE, about_of, read_weights
from teacup_testbed.train.denoiser import DenoiserTask
from teacup_testbed.train.loop import Run, train

STEPS = 8
Weights = dict[str, torch.Tensor]


def task() -> DenoiserTask:
    cut = make_tokenizer(["a", "cup", "of", "tea"], SMOKE.tokens)
    with seeded(5):
        latents = torch.randn(16, *SMOKE.latent)
        tokens = torch.randint(3, len(cut), (16, 2, SMOKE.tokens))
        null = tokenize(cut, [""], SMOKE.tokens)[0]
        text = make_text_encoder(SMOKE, cut)
        return DenoiserTask(SMOKE, latents, tokens, null, text, batch=4)


def trained(folder: Path, made: Any = None) -> Weights:
    device = torch.device("cpu")
    kept = (0.2, 0.5, 0.9)
    run = Run(folder, Budget(steps=STEPS), device, seed=3, checkpoint_steps=3, snapshots=kept)
    return train(made or task(), run)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of a training that nobody disturbed."""
    made = tmp_path_factory.mktemp("undisturbed")
    trained(made)
    return made


@pytest.fixture(scope="module")
def undisturbed(folder: Path) -> Weights:
    return trained(folder)


def killed(act: Callable[[], object]) -> int:
    """The signal that ended another process, which did this."""
    other = multiprocessing.get_context("fork").Process(target=act)
    other.start()
    other.join()
    assert other.exitcode is not None
    return -other.exitcode


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("step", [1, 4, 7])
def test_killed_in_a_step_it_ends_with_the_same_bits(
    step: int, tmp_path: Path, folder: Path, undisturbed: Weights
) -> None:
    def until_killed() -> None:
        made = task()
        drawn, seen = made.batch, iter(range(STEPS))

        def batch(generator: torch.Generator) -> list[torch.Tensor]:
            if next(seen) == step:
                die()
            return drawn(generator)

        made.batch = batch
        trained(tmp_path, made)

    assert killed(until_killed) == signal.SIGKILL

    assert_same_bits(trained(tmp_path), undisturbed)
    assert_same_snapshots(tmp_path, folder)


def test_killed_while_it_writes_a_checkpoint_it_keeps_the_one_before(
    tmp_path: Path, undisturbed: Weights, monkeypatch: pytest.MonkeyPatch
) -> None:
    save = torch.save

    def until_killed() -> None:
        count = iter(range(STEPS))

        def half(state: Any, file: Path) -> None:
            whole = io.BytesIO()
            save(state, whole)
            if next(count) == 1:
                file.write_bytes(whole.getvalue()[:1000])
                die()
            file.write_bytes(whole.getvalue())

        monkeypatch.setattr(torch, "save", half)
        trained(tmp_path)

    assert killed(until_killed) == signal.SIGKILL
    assert torch.load(tmp_path / FILE, weights_only=True)["step"] == 3

    assert_same_bits(trained(tmp_path), undisturbed)


def test_a_stage_that_is_over_stays_as_it_is(
    tmp_path: Path, folder: Path, undisturbed: Weights
) -> None:
    trained(tmp_path)
    assert_same_bits(trained(tmp_path), undisturbed)
    assert_same_snapshots(tmp_path, folder)


def test_a_damaged_checkpoint_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no checkpoint")
    with pytest.raises(ValueError, match="is damaged: remove it"):
        trained(tmp_path)


def test_another_seed_is_another_result(tmp_path: Path, undisturbed: Weights) -> None:
    run = Run(tmp_path, Budget(steps=STEPS), torch.device("cpu"), seed=4)
    other = train(task(), run)
    assert any(not torch.equal(other[name], undisturbed[name]) for name in undisturbed)


def assert_same_snapshots(one: Path, other: Path) -> None:
    for name, step in (("0200", "2"), ("0500", "4"), ("0900", "8")):
        files = [folder / "snapshots" / f"{name}.safetensors" for folder in (one, other)]
        assert [about_of(file)["step"] for file in files] == [step, step]
        assert_same_bits(*(read_weights(file, torch.device("cpu")) for file in files))


def assert_same_bits(one: Weights, other: Weights) -> None:
    assert one.keys() == other.keys()
    assert [name for name in one if not torch.equal(one[name], other[name])] == []
