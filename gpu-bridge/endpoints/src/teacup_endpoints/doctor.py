"""What an owner of a GPU wants to know before a night of drawing."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import torch
from PIL import Image

from .config import Endpoint, read_config
from .drawing import Drawer, to_data_url
from .errors import Failed, Refused
from .loading import load, open_scorers, open_tagger
from .scoring import Scoring
from .tagging import Tagger

T = TypeVar("T")
_TOO_LARGE = (
    "The GPU's memory does not hold the model: free the memory that other programs hold, "
    "or take a smaller type or a larger card."
)


@dataclass(frozen=True)
class Finding:
    is_fine: bool
    what: str
    said: str

    def __str__(self) -> str:
        return f"{'ok    ' if self.is_fine else 'WRONG '} {self.what}: {self.said}"


def examine(file: Path | None) -> list[Finding]:
    """Each finding is needed by the next: it stops at the first that is wrong."""
    findings = [_gpu()]
    if file is None:
        return findings
    read = _try(findings, "the file", lambda: _file(file))
    if read is not None and read.scores:
        scoring = _try(findings, "the weights", lambda: _scorers(read))
        if scoring is not None:
            _try(findings, "a test score", lambda: _numbers(scoring))
    elif read is not None and read.tools is not None:
        tagger = _try(findings, "the weights", lambda: _tools(read))
        if tagger is not None:
            _try(findings, "a test tag", lambda: _tags(tagger))
    elif read is not None:
        drawer = _try(findings, "the weights", lambda: _weights(read))
        if drawer is not None:
            _try(findings, "a test image", lambda: _picture(drawer))
    return findings


def _try(findings: list[Finding], what: str, act: Callable[[], tuple[T, str]]) -> T | None:
    try:
        made, said = act()
    except (Refused, Failed) as error:
        findings.append(Finding(False, what, str(error)))
        return None
    except torch.OutOfMemoryError:
        findings.append(Finding(False, what, _TOO_LARGE))
        return None
    findings.append(Finding(True, what, said))
    return made


def _gpu() -> Finding:
    if not torch.cuda.is_available():
        built = torch.version.cuda
        why = "this torch is built without CUDA" if built is None else "the driver does not answer"
        return Finding(True, "the GPU", f"none ({why}): everything runs on the processor, slowly")
    free, whole = torch.cuda.mem_get_info()
    name = torch.cuda.get_device_name()
    return Finding(True, "the GPU", f"{name}, {free / 2**30:.1f} of {whole / 2**30:.1f} GiB free")


def _file(file: Path) -> tuple[Endpoint, str]:
    endpoint = read_config(file)
    return endpoint, f"{endpoint.config.name}, the method {endpoint.config.method}"


def _weights(endpoint: Endpoint) -> tuple[Drawer, str]:
    loaded = load(endpoint.config, endpoint.scorers)
    told = [
        f"{m.identity.name} {m.identity.weights_hash[:12]} on {m.device}" for m in loaded.models
    ]
    told += [f"the scorer {name}" for name in loaded.scorers]
    return Drawer(endpoint, loaded), ", ".join(told)


def _picture(drawer: Drawer) -> tuple[bool, str]:
    side = drawer.loaded.base.usual_side
    concepts = [{"text": "iced coke"}, {"text": "tea cup"}]
    start = time.monotonic()
    asked = {"prompt": "a tea cup of iced coke", "seeds": [1], "concepts": concepts}
    answer = drawer.draw({**asked, "width": side, "height": side})
    took = time.monotonic() - start
    if "filtered" in answer:
        raise Refused(answer["filtered"])
    return True, f"{side} x {side} in {took:.1f} s, {answer['evals']:.0f} evals"


def _scorers(endpoint: Endpoint) -> tuple[Scoring, str]:
    scorers = open_scorers(endpoint.scorers, endpoint.config.device)
    told = [
        f"{name} {scorer.identity.weights_hash[:12]} on {scorer.device}"
        for name, scorer in scorers.items()
    ]
    return Scoring(scorers), ", ".join(told)


def _tools(endpoint: Endpoint) -> tuple[Tagger, str]:
    tagger = open_tagger(endpoint)
    told = [tool.to_json() for tool in (tagger.detector, tagger.segmenter)]
    return tagger, ", ".join(f"{one['name']} {one['model']['weights_hash'][:12]}" for one in told)


def _tags(tagger: Tagger) -> tuple[bool, str]:
    told = tagger.tag({"images": [_grey()], "phrases": ["a grey wall"]})
    return True, f"{len(told['images'][0]['tags'])} found in {told['timings']['tag']:.1f} s"


def _grey() -> str:
    return to_data_url(Image.new("RGB", (64, 64), (128, 128, 128)))


def _numbers(scoring: Scoring) -> tuple[bool, str]:
    asked = [{"scorer": name, "texts": ["a grey wall"]} for name in scoring.scorers]
    made = scoring.score({"images": [_grey()], "scores": asked})["scores"]
    return True, ", ".join(f"{one['scorer']} {one['values'][0][0]:.3f}" for one in made)
