"""Traces are what the endpoints draw, step by step."""

import base64
import io
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from teacup_endpoints.asking import Loaded
from teacup_endpoints.config import read_config
from teacup_endpoints.drawing import Drawer
from teacup_endpoints.loading import load

from teacup_testbed.traces.arrays import read_arrays, write_arrays
from teacup_testbed.traces.cli import CONCEPTS, PROMPT, RUNS, SEEDS, main, write_traces
from teacup_testbed.traces.listening import Step, way_of

PACKAGE = Path(__file__).parents[1]

Traces = tuple[dict[str, np.ndarray], dict[str, Any]]


@pytest.fixture(scope="module")
def traces(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Traces:
    made = tmp_path_factory.mktemp("traces")
    write_traces(folder, made)
    return read_arrays(made)


@pytest.fixture(scope="module")
def loaded(folder: Path) -> Loaded:
    endpoint = read_config(folder / "moce.toml")
    return load(endpoint.config, endpoint.scorers)


def run_named(name: str, traces: Traces) -> dict[str, Any]:
    return next(run for run in traces[1]["runs"] if run["name"] == name)


def served(folder: Path, loaded: Loaded, run: dict[str, Any]) -> dict[str, Any]:
    """The endpoint's own answer to what a run was asked."""
    endpoint = read_config(folder / f"{run['method'].replace('_', '-')}.toml")
    return Drawer(endpoint, loaded).draw(
        {
            "prompt": PROMPT,
            "seeds": list(SEEDS),
            "width": 64,
            "height": 64,
            "scheduler": run["scheduler"],
            "concepts": [{"text": text} for text in CONCEPTS],
            "method_params": {k: v for k, v in run["parameters"].items() if v is not None},
        }
    )


def pictures(answer: dict[str, Any]) -> np.ndarray:
    data = [base64.b64decode(url.split(",", 1)[1]) for url in answer["images"]]
    return np.stack([np.asarray(Image.open(io.BytesIO(one))) for one in data])


@pytest.mark.parametrize("name", ["plain-euler", "concept-diffusion"])
def test_a_way_goes_from_the_noise_to_what_the_endpoint_draws(
    name: str, folder: Path, loaded: Loaded, traces: Traces
) -> None:
    arrays, run = traces[0], run_named(name, traces)
    latents = arrays[f"{name}/latents"]
    assert latents.shape == (21, 2, 4, 16, 16)
    # Euler begins where its first sigma is.
    start = arrays["noise"] * np.float32(run.get("sigmas", [1.0])[0])
    np.testing.assert_array_equal(latents[0], start)
    assert np.abs(np.diff(latents, axis=0)).max(axis=(1, 2, 3, 4)).min() > 0
    with torch.no_grad():
        decoded = loaded.base.decode(torch.tensor(latents[-1]), SEEDS)
    drawn = np.stack([np.asarray(picture) for picture in decoded])
    np.testing.assert_array_equal(drawn, arrays[f"{name}/images"])
    np.testing.assert_array_equal(pictures(served(folder, loaded, run)), drawn)


def test_moces_visits_are_the_endpoints_and_its_pictures_are_among_the_seen(
    folder: Path, loaded: Loaded, traces: Traces
) -> None:
    arrays, run = traces[0], run_named("moce-searching", traces)
    answer = served(folder, loaded, run)
    assert [image["visited"] for image in answer["trace"]["images"]] == [
        image["visited"] for image in run["images"]
    ]
    np.testing.assert_array_equal(pictures(answer), arrays["moce-searching/images"])
    for seed, (image, told) in enumerate(
        zip(arrays["moce-searching/images"], run["images"], strict=True)
    ):
        assert len(told["visited"]) == 3
        kept = next(at for at, visit in enumerate(told["visited"]) if visit.get("kept"))
        seen = arrays["moce-searching/seen"][len(SEEDS) * kept + seed]
        np.testing.assert_array_equal(seen, image)


def test_until_its_step_moce_draws_the_first_concept_alone(traces: Traces) -> None:
    arrays, run = traces[0], run_named("moce", traces)
    for seed, told in enumerate(run["images"]):
        kept = next(visit["step"] for visit in told["visited"] if visit.get("kept"))
        plain, own = (arrays[f"{name}/latents"][:, seed] for name in ("plain-ddim", "moce"))
        np.testing.assert_array_equal(own[0], plain[0])
        assert np.abs(own[1 : kept + 1] - plain[1 : kept + 1]).min(axis=0).max() > 0


def test_texts_are_told_with_their_tokens(loaded: Loaded, traces: Traces) -> None:
    arrays, about = traces
    assert list(about["tokens"]) == ["", PROMPT, *CONCEPTS]
    for text, ids in about["tokens"].items():
        with torch.no_grad():
            told = loaded.base.pipe.text_encoder(torch.tensor([ids])).last_hidden_state
        np.testing.assert_allclose(arrays[f"text/{text}"], told[0].numpy(), atol=1e-6)


def test_the_files_are_small_and_say_which_weights_they_are_of(
    folder: Path, traces: Traces
) -> None:
    told = traces[1]["weights"]
    assert set(told) > {"generator/unet/diffusion_pytorch_model.safetensors"}
    assert sum(array.nbytes for array in traces[0].values()) < 1.4e6


def test_arrays_are_read_as_they_were_written(tmp_path: Path) -> None:
    arrays = {
        "three": np.arange(3, dtype=np.uint8),
        "half": np.full((2, 2), 0.5, np.float32),
    }
    write_arrays(tmp_path, arrays, {"seeds": [1]})
    read, about = read_arrays(tmp_path)
    assert about == {"seeds": [1]}
    assert [read["three"].tolist(), read["half"].tolist()] == [[0, 1, 2], [[0.5, 0.5], [0.5, 0.5]]]


def test_a_step_that_was_not_heard_is_missed() -> None:
    first, second = torch.zeros(1, 2), torch.ones(1, 2)
    steps = [Step(9.0, first, second)]
    assert way_of(second[0], steps, [9.0]).tolist() == [[0, 0], [1, 1]]
    with pytest.raises(ValueError, match="no step at 9 leads to these latents"):
        way_of(first[0], steps, [9.0])


def test_a_folder_without_a_dual_encoder_ends_in_a_sentence(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    (copy / "dual" / "model.safetensors").unlink()
    assert main(["--from", str(copy), "--to", str(tmp_path / "to")]) == 1
    assert "dual" in capsys.readouterr().err
    assert not (tmp_path / "to").exists()


def test_the_committed_traces_are_what_torch_computes_today(tmp_path: Path) -> None:
    committed, about = read_arrays(PACKAGE / "traces")
    runs = [run for run in RUNS if run.name in ("plain-ddim", "moce")]
    write_traces(PACKAGE / "tiny-world", tmp_path, runs)
    made, today = read_arrays(tmp_path)
    assert today["weights"] == about["weights"]
    assert today["tokens"] == about["tokens"]
    for name, array in made.items():
        if array.dtype == np.uint8:
            apart = np.abs(array.astype(int) - committed[name].astype(int))
            assert (apart <= 1).mean() >= 0.999
        else:
            # Another CPU rounds otherwise.
            np.testing.assert_allclose(array, committed[name], rtol=0, atol=1e-4)
    for run in today["runs"]:
        told = run_named(run["name"], (committed, about))
        assert steps_of(run) == steps_of(told)


def steps_of(run: dict[str, Any]) -> list[list[tuple[int, bool]]]:
    return [
        [(visit["step"], visit.get("kept", False)) for visit in image["visited"]]
        for image in run.get("images", [])
    ]
