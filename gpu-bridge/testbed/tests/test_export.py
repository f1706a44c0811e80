"""What is exported, the endpoints package opens and draws from."""

import base64
import io
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from teacup_endpoints.config import read_config
from teacup_endpoints.drawing import Drawer
from teacup_endpoints.loading import load, open_scorers
from teacup_endpoints.parameters import parse
from teacup_endpoints.scorers import scorer_named

from teacup_testbed.evaluation.generator import load_generator
from teacup_testbed.export import PREFIX, export, settings_of
from teacup_testbed.hashes import differences, hash_of
from teacup_testbed.train.checkpoint import about_of, read_weights, write_weights
from teacup_testbed.train.setup import Setup

PROMPT = "a tea cup of iced coke"
ASKED: dict[str, Any] = {"prompt": PROMPT, "seeds": [7, 8], "width": 64, "height": 64}
CONCEPTS = [{"text": "tea cup"}, {"text": "iced coke"}]


def drawer(file: Path) -> Drawer:
    endpoint = read_config(file)
    return Drawer(endpoint, load(endpoint.config, endpoint.scorers))


def pictures(answer: dict[str, Any]) -> np.ndarray:
    data = [base64.b64decode(url.split(",", 1)[1]) for url in answer["images"]]
    return np.stack([np.asarray(Image.open(io.BytesIO(one))) for one in data]).astype(int)


@pytest.mark.parametrize("scheduler", [None, "ddim", "euler"])
def test_an_endpoint_draws_what_the_evaluation_draws(
    scheduler: str | None, folder: Path, setup: Setup, generator_file: Path
) -> None:
    chosen = {} if scheduler is None else {"scheduler": scheduler}
    theirs = pictures(drawer(folder / "plain.toml").draw({**ASKED, **chosen}))

    ours = load_generator(setup, generator_file).draw([PROMPT] * 2, [7, 8])

    apart = np.abs(theirs - ours.permute(0, 2, 3, 1).numpy().astype(int))
    assert theirs.std() > 1
    assert (apart <= 1).mean() >= 0.999


def test_settings_that_were_chosen_stand_in_the_endpoints_file(
    setup: Setup, generator_file: Path, tmp_path: Path
) -> None:
    chosen = {"window": 0.35, "rounds": 3, "delta": 0.02, "tau": 1.25, "known_step": 5}
    rest = {"order": {"F1": "host"}, "naming": "name", "prefix": PREFIX, "warp": 1.7, "pairs": 9}
    (tmp_path / "moce.json").write_text(json.dumps({**chosen, **rest, "why": ["not exported"]}))

    export(setup, generator_file, tmp_path / "made", settings_of(tmp_path / "moce.json"))

    endpoint = read_config(tmp_path / "made" / "moce.toml")
    assert endpoint.method_params == {"window": 0.35, "rounds": 3}
    settings: Any = endpoint.scorers["clipscore"]
    assert (settings.delta, settings.tau, settings.prefix) == (0.02, 1.25, PREFIX)
    about = json.loads((tmp_path / "made" / "about.json").read_text())
    assert about["moce"] == {**chosen, **rest}


def test_a_file_that_is_no_choice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "moce.json").write_text("{}")
    with pytest.raises(ValueError, match="write one by `teacup-testbed probe`"):
        settings_of(tmp_path / "moce.json")


def test_moce_searches_with_the_dual_encoder(folder: Path) -> None:
    answer = drawer(folder / "moce.toml").draw({**ASKED, "concepts": CONCEPTS})
    assert pictures(answer).shape == (2, 64, 64, 3)
    assert answer["evals"] > 40


def test_concept_diffusion_draws(folder: Path) -> None:
    answer = drawer(folder / "concept-diffusion.toml").draw({**ASKED, "concepts": CONCEPTS})
    assert pictures(answer).shape == (2, 64, 64, 3)


def test_words_that_the_world_lacks_are_told(folder: Path) -> None:
    answer = drawer(folder / "plain.toml").draw({**ASKED, "prompt": "a Samovar of iced samovar"})
    assert answer["trace"]["unknown_tokens"] == ["samovar"]


def test_the_captioner_opens_as_a_scorer(folder: Path) -> None:
    raw = {"path": str(folder / "captioner"), "dtype": "float32", "prefix": ""}
    settings: Any = parse(scorer_named("caption-likelihood").settings_type, raw, "scorer")
    scorer = open_scorers({"caption-likelihood": settings}, "cpu")["caption-likelihood"]
    scores = scorer.score([Image.new("RGB", (64, 64), "white")], [PROMPT, "a tea cup"])
    assert all(score < 0 for score in scores[0])


def test_every_file_has_its_hash_and_is_small(folder: Path) -> None:
    files = json.loads((folder / "about.json").read_text())["files"]
    found = {str(f.relative_to(folder)): f for f in folder.rglob("*") if f.is_file()}
    assert files == {k: hash_of(f) for k, f in found.items() if k != "about.json"}
    assert all(file.stat().st_size < 16 * 2**20 for file in found.values())


def test_the_same_weights_are_exported_as_the_same_bytes(
    folder: Path, setup: Setup, generator_file: Path, tmp_path: Path
) -> None:
    export(setup, generator_file, tmp_path)
    assert (tmp_path / "about.json").read_bytes() == (folder / "about.json").read_bytes()


def test_a_file_of_weights_has_the_same_bytes_every_time(tmp_path: Path) -> None:
    tensors = {"weight": torch.arange(6.0).reshape(2, 3), "bias": torch.zeros(2)}
    about = {f"word {n}": "«said»" for n in range(12)}
    turned = dict(reversed(about.items()))
    files = [write_weights(tmp_path / f"{n}", tensors, a) for n, a in enumerate((about, turned))]
    assert files[0].read_bytes() == files[1].read_bytes()
    assert about_of(files[0]) == about
    read = read_weights(files[0], torch.device("cpu"))
    assert all(torch.equal(read[name], tensor) for name, tensor in tensors.items())


def test_a_changed_a_missing_and_a_strange_file_are_named(folder: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(folder, tmp_path / "copy"))
    assert differences(copy) == []
    (copy / "plain.toml").write_text("")
    (copy / "oracle" / "model.safetensors").unlink()
    (copy / "strange.txt").write_text("")
    assert differences(copy) == [
        "oracle/model.safetensors is missing.",
        "plain.toml is not the file that was exported: its hash is another.",
        "strange.txt is not told of in about.json.",
    ]


def test_weights_of_another_network_are_refused(setup: Setup, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="these weights are of another network"):
        export(setup, setup.root / "oracle" / "weights.safetensors", tmp_path)


def test_a_word_that_the_world_lacks_is_the_unknown_token(setup: Setup) -> None:
    cut = setup.tokenizer()
    known, unknown = cut("a tea cup").input_ids, cut("A tea, zeppelin!").input_ids
    assert unknown == [*known[:3], cut.unk_token_id, cut.eos_token_id]
    assert torch.tensor(known).max() < len(cut)
