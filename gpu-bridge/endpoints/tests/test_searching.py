"""MoCE as an endpoint serves it: a file that names a scorer, and a search from end to end."""

from pathlib import Path
from typing import Any

import pytest

from teacup_endpoints import tiny
from teacup_endpoints.cli import main
from teacup_endpoints.config import Endpoint, read_config
from teacup_endpoints.drawing import Drawer
from teacup_endpoints.errors import Refused
from teacup_endpoints.loading import load

CONCEPTS = [{"text": "iced coke", "description": "a dark drink"}, {"text": "tea cup"}]
INPUT = {"prompt": "a tea cup of iced coke", "seeds": [5, 6], "width": 64, "height": 64}


def written(folder: Path, text: str) -> Endpoint:
    (folder / "it.toml").write_text(f'name = "it"\n{text}')
    return read_config(folder / "it.toml")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model")
    tiny.sdxl().save_pretrained(folder / "sdxl")
    return folder / "sdxl"


def drawer(folder: Path, model: Path, scorers: str, method: str = "moce") -> Drawer:
    head = f'method = "{method}"\n[base]\npath = "{model}"\n[defaults]\nsteps = 12\n{scorers}'
    endpoint = written(folder, head)
    return Drawer(endpoint, load(endpoint.config, endpoint.scorers))


def test_a_served_search_visits_scores_and_keeps(
    scorers: Path, tmp_path: Path, model: Path
) -> None:
    table = f'[scorer.clipscore]\npath = "{scorers / "clipscore"}"\ntau = 99.0\n'
    made = drawer(tmp_path, model, table)
    answer = made.draw({**INPUT, "concepts": CONCEPTS})
    assert answer["method"]["mode"] == "per_image"
    trace: dict[str, Any] = answer["trace"]
    assert (trace["scorer"], trace["threshold"], trace["delta"]) == ("clipscore", 99.0, 0.01)
    for image in trace["images"]:
        kept = [visit for visit in image["visited"] if visit.get("kept")]
        assert len(kept) == 1
        assert all(visit["first"] >= 0 for visit in image["visited"])
    # A search follows its scorer, so the scorer's bytes are a part of what draws.
    own, scored = answer["model"]["weights_hash"].split("+")
    told = answer["model"]["scorers"][0]
    assert (told["scorer"], told["model"]["weights_hash"]) == ("clipscore", scored)
    assert own == made.loaded.base.identity.weights_hash
    again = drawer(tmp_path, model, table).draw({**INPUT, "concepts": CONCEPTS})
    assert again["images"] == answer["images"]


def test_what_a_scorer_does_not_read_is_told(scorers: Path, tmp_path: Path, model: Path) -> None:
    table = f'[scorer.clipscore]\npath = "{scorers / "clipscore"}"\ntau = 99.0\n'
    long = " ".join(["cup"] * 80 + ["lost"])
    asked = {
        **INPUT,
        "seeds": [5],
        "concepts": [{"text": "coke", "description": long}, CONCEPTS[1]],
    }
    for method, params in (
        ("moce", {"rounds": 1}),
        ("best_of", {"k": 2}),
        ("probe", {"points": 1}),
    ):
        made = drawer(tmp_path, model, table, method)
        trace = made.draw({**asked, "method_params": params})["trace"]
        assert list(trace["scorer_truncated"]) == [long]
        assert trace["scorer_truncated"][long].endswith("lost")
        short = made.draw({**asked, "concepts": CONCEPTS, "method_params": params})["trace"]
        assert "scorer_truncated" not in short


def test_a_scorer_without_thresholds_needs_one(scorers: Path, tmp_path: Path, model: Path) -> None:
    made = drawer(tmp_path, model, f'[scorer.blip-itm]\npath = "{scorers / "blip-itm"}"\n')
    asked = {**INPUT, "concepts": CONCEPTS}
    with pytest.raises(Refused, match="blip-itm has no threshold of its own"):
        made.draw(asked)
    answer = made.draw({**asked, "method_params": {"delta": 0.0, "rounds": 2}})
    assert len(answer["trace"]["images"][0]["visited"]) == 2


def test_paths_of_scorers_are_relative_to_the_file(tmp_path: Path) -> None:
    text = '[base]\npath = "m"\n[scorer.clipscore]\npath = "c"\nweight = 100.0\n'
    settings: Any = written(tmp_path, text).scorers["clipscore"]
    assert (settings.path, settings.weight) == (str(tmp_path / "c"), 100.0)


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ('[scorer.made-up]\npath = "c"', "'made-up' is not known: name one of blip-itm"),
        ('[scorer.clipscore]\npath = "c"\nx = 1', "scorer.clipscore.x is not known here"),
        ("[scorer.clipscore]", "give either an id or a path"),
        ('[scorer.clipscore]\nid = "a/b"\nrevision = "main"', "a commit, not a branch"),
        ('[scorer.caption-likelihood]\npath = "c"\nprefix = "x"', "must end with a space"),
        ('[scorer]\nclipscore = "c"', "a table for each scorer"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_wrong_scorer_is_refused_in_a_sentence(tmp_path: Path, table: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        written(tmp_path, f'[base]\npath = "m"\n{table}\n')


def test_the_doctor_opens_the_scorer(
    scorers: Path, tmp_path: Path, model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = scorers / "clipscore"
    drawer(tmp_path, model, f'[scorer.clipscore]\npath = "{path}"\n')
    assert main(["doctor", str(tmp_path / "it.toml")]) == 0
    assert "the scorer clipscore" in capsys.readouterr().out
