"""Several scores in one call, from the request to the answer, and over HTTP."""

import base64
import io
import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from teacup_endpoints.cli import main
from teacup_endpoints.config import read_config
from teacup_endpoints.drawing import to_data_url
from teacup_endpoints.errors import Refused
from teacup_endpoints.loading import open_scorers
from teacup_endpoints.openapi import SCORE_CONTRACT
from teacup_endpoints.scoring import Scoring

from .scorers import opened, picture
from .server import ROOT, call, keeps_the_contract, serve_file

NAMES = ["clipscore", "blip-vqa", "caption-likelihood"]
IMAGES = [to_data_url(picture(seed)) for seed in range(2)]
CLIP = {"scorer": "clipscore", "texts": ["a cup", "coke"]}
LIKELIHOOD = {"scorer": "caption-likelihood", "texts": ["a red cup"]}


def written(folder: Path, scorers: Path, names: list[str] = NAMES) -> Path:
    tables = "".join(f'[scorer.{name}]\npath = "{scorers / name}"\n' for name in names)
    (folder / "it.toml").write_text(f'name = "scores"\nmethod = "score"\n{tables}')
    return folder / "it.toml"


@pytest.fixture(scope="module")
def scoring(scorers: Path, tmp_path_factory: pytest.TempPathFactory) -> Scoring:
    endpoint = read_config(written(tmp_path_factory.mktemp("scoring"), scorers))
    return Scoring(open_scorers(endpoint.scorers, "cpu"))


def test_each_scorer_answers_for_itself_in_the_order_asked(scoring: Scoring, scorers: Path) -> None:
    asked = [CLIP, {"scorer": "blip-vqa", "texts": ["is there a cup?"]}, CLIP]
    made = scoring.score({"images": IMAGES, "scores": asked})["scores"]
    assert [one["scorer"] for one in made] == ["clipscore", "blip-vqa", "clipscore"]
    images = [picture(seed) for seed in range(2)]
    assert made[0]["values"] == opened(scorers, "clipscore").score(images, CLIP["texts"])
    assert made[1]["values"] == opened(scorers, "blip-vqa").score(images, ["is there a cup?"])
    assert made[2]["values"] == made[0]["values"]
    assert made[0]["settings"]["prefix"] == "A photo depicts "
    assert len(made[0]["model"]["weights_hash"]) == 64
    assert made[0]["texts"] == CLIP["texts"]


def test_a_corrupted_text_is_answered_with_the_sensitivity(scoring: Scoring) -> None:
    asked = {**LIKELIHOOD, "corrupted": ["a red dog"]}
    told = scoring.score({"images": IMAGES, "scores": [asked]})["scores"][0]
    for image in range(2):
        p, other = told["values"][image][0], told["corrupted_values"][image][0]
        assert p != other
        assert told["sensitivity"][image][0] == pytest.approx((p - other) / abs(p))


def test_what_was_cut_is_told(scoring: Scoring) -> None:
    text = " ".join(["cup"] * 90)
    asked = {"images": IMAGES[:1], "scores": [{"scorer": "clipscore", "texts": [text, "a cup"]}]}
    assert list(scoring.score(asked)["scores"][0]["truncated"]) == [text]


def jpeg() -> str:
    stream = io.BytesIO()
    picture(0).save(stream, "JPEG")
    return f"data:image/jpeg;base64,{base64.b64encode(stream.getvalue()).decode()}"


def test_a_jpeg_and_a_picture_with_transparency_are_read(scoring: Scoring) -> None:
    clear = to_data_url(Image.new("RGBA", (20, 30), (1, 2, 3, 4)))
    made = scoring.score({"images": [jpeg(), clear], "scores": [CLIP]})
    assert len(made["scores"][0]["values"]) == 2


BROKEN = "data:image/png;base64," + IMAGES[0].partition(",")[2][:200]
HUGE = to_data_url(Image.new("1", (5000, 5000)))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"images": []}, "input.images has 0 images"),
        ({"images": ["https://example.org/a.png"]}, r"input.images\[0\] is no data URL"),
        ({"images": ["data:image/png;base64,AAAA"]}, r"input.images\[0\] cannot be read"),
        ({"images": ["data:image/png;base64,%%%"]}, r"input.images\[0\] cannot be read"),
        ({"images": [IMAGES[0], BROKEN]}, r"input.images\[1\] cannot be read"),
        ({"images": [HUGE]}, "5000 x 5000: too large"),
        ({"scores": []}, "input.scores is empty"),
        ({"scores": [{**CLIP, "scorer": "x"}]}, "'x' is not here: this endpoint has clipscore"),
        ({"scores": [{**CLIP, "texts": []}]}, r"input.scores\[0\].texts has 0 texts"),
        ({"scores": [{**CLIP, "texts": [" "]}]}, "has an empty text"),
        ({"scores": [{**CLIP, "text": "a"}]}, r"input.scores\[0\].text is not known here"),
        ({"scores": [{**CLIP, "corrupted": ["a", "b"]}]}, "is for caption-likelihood alone"),
        ({"scores": [{**LIKELIHOOD, "corrupted": ["a", "b"]}]}, "one text for each of the 1"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_bad_input_is_refused_in_a_sentence(
    scoring: Scoring, changes: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        scoring.score({"images": IMAGES, "scores": [CLIP], **changes})


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('method = "score"\n[scorer.clipscore]\npath = "c"', "endpoint.name is missing"),
        ('name = "a"\nmethod = "score"', "it has no scorer"),
        ('name = "a"\nmethod = "score"\n[base]\npath = "m"\n', "draws nothing"),
    ],
)
def test_a_wrong_file_is_refused_in_a_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    (tmp_path / "it.toml").write_text(text)
    with pytest.raises(Refused, match=sentence):
        read_config(tmp_path / "it.toml")


def test_the_schema_is_the_contracts() -> None:
    contract = ROOT / "gpu-bridge/contract/json-schema/score-input.json"
    assert json.loads(SCORE_CONTRACT.read_text()) == json.loads(contract.read_text())


def test_the_doctor_scores_a_test_image(
    scorers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["doctor", str(written(tmp_path, scorers))]) == 0
    assert "a test score: clipscore" in capsys.readouterr().out
    (tmp_path / "it.toml").write_text('name = "a"\nmethod = "score"\n[scorer.blip-itm]\npath = "x"')
    assert main(["doctor", str(tmp_path / "it.toml")]) == 1
    assert "WRONG  the weights" in capsys.readouterr().out


def test_it_keeps_the_contract_over_http(scorers: Path, tmp_path: Path) -> None:
    with serve_file(written(tmp_path, scorers)) as (url, _server):
        keeps_the_contract(url, "--scores", ",".join(NAMES))
        described = call(f"{url}/openapi.json")[1]
    assert [one["name"] for one in described["x-teacup"]["scorers"]] == NAMES
