"""An endpoint that tags, from its file to a Cog server over HTTP."""

import json
from pathlib import Path

import pytest

from teacup_endpoints.cli import main
from teacup_endpoints.config import read_config
from teacup_endpoints.errors import Refused
from teacup_endpoints.loading import open_tagger
from teacup_endpoints.openapi import TAG_CONTRACT
from teacup_endpoints.tiny_detectors import write_detectors

from .server import ROOT, call, keeps_the_contract, serve_file
from .test_tagging import PHRASES, picture, to_url


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("detectors")
    write_detectors(made)
    return made


def served(folder: Path, tools: Path, more: str = "") -> Path:
    text = f'[detector.grounding-dino]\npath = "{tools}/grounding-dino"\nthreshold = 0.2\n'
    text += f'[segmenter.sam]\npath = "{tools}/sam"\n{more}'
    (folder / "it.toml").write_text(f'name = "it"\nmethod = "tag"\n{text}')
    return folder / "it.toml"


def test_an_endpoints_file_names_what_tags(folder: Path, tmp_path: Path) -> None:
    tagger = open_tagger(read_config(served(tmp_path, folder)))
    told = tagger.tag({"images": [to_url(picture())], "phrases": PHRASES})
    assert told["detector"]["settings"]["threshold"] == 0.2
    assert told["segmenter"]["version"] == "1"
    assert told["timings"]["tag"] > 0


SAM = '[segmenter.sam]\npath = "s"\n'
DINO = '[detector.grounding-dino]\npath = "d"\n'


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('method = "tag"\n' + DINO, "it has 0 segmenters: name exactly one"),
        ('method = "tag"\n' + SAM, "it has 0 detectors: name exactly one"),
        ('method = "tag"\n[detector.x]\npath = "d"\n' + SAM, "'x' is not known: name one of grou"),
        ('method = "tag"\n[base]\npath = "m"\n' + DINO + SAM, "draws nothing"),
        ('method = "tag"\n[scorer.clipscore]\npath = "c"\n' + DINO + SAM, "draws nothing"),
        ('[base]\npath = "m"\n' + DINO, 'are for method = "tag" alone'),
        ('method = "tag"\ndetector = 1\n' + SAM, "a table for each detector"),
    ],
)
def test_a_wrong_file_is_refused_in_a_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    (tmp_path / "it.toml").write_text(f'name = "it"\n{text}')
    with pytest.raises(Refused, match=sentence):
        read_config(tmp_path / "it.toml")


def test_the_schema_is_the_contracts() -> None:
    contract = ROOT / "gpu-bridge/contract/json-schema/tag-input.json"
    assert json.loads(TAG_CONTRACT.read_text()) == json.loads(contract.read_text())


def test_the_doctor_tags_a_test_image(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["doctor", str(served(tmp_path, folder))]) == 0
    assert "a test tag: " in capsys.readouterr().out


def test_it_keeps_the_contract_over_http(folder: Path, tmp_path: Path) -> None:
    with serve_file(served(tmp_path, folder)) as (url, _server):
        keeps_the_contract(url, "--tags")
        described = call(f"{url}/openapi.json")[1]
    assert described["x-teacup"]["detector"]["name"] == "grounding-dino"
    assert (
        "threshold" in described["components"]["schemas"]["Settings grounding-dino"]["properties"]
    )
