"""`teacup-testbed traces --from FOLDER --to DIR`: what torch computes, step by step, for another
program that has to compute the same.

    numbers.bin  noise, embeddings of texts, latents before and after each step, pictures
    index.json   where each array lies, what was asked, token ids, visited steps and scores, and the
                 hashes of the weights that it was computed with
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from teacup_endpoints.asking import Ask, Concept, Loaded
from teacup_endpoints.config import read_config
from teacup_endpoints.loading import load
from teacup_endpoints.noise import noise

from ..hashes import hash_of
from .arrays import write_arrays
from .runs import Run, record

PROMPT = "a tea cup of iced coke"
CONCEPTS = ("tea cup", "iced coke")
SEEDS = (7, 8)
# Never good enough and never equal: every round is gone through, and the best one is kept.
_SEARCHING = {"delta": 0.0, "tau": 1e9}
RUNS = (
    Run("plain-ddim", "plain", "ddim", {}),
    Run("plain-euler", "plain", "euler", {}),
    Run("moce", "moce", "ddim", {}),
    Run("moce-searching", "moce", "ddim", _SEARCHING),
    Run("concept-diffusion", "concept_diffusion", "ddim", {}),
)
_WEIGHTS = (
    "generator/text_encoder/model.safetensors",
    "generator/unet/diffusion_pytorch_model.safetensors",
    "generator/vae/diffusion_pytorch_model.safetensors",
    "dual/model.safetensors",
)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="teacup-testbed traces", description=__doc__)
    parser.add_argument("--from", dest="folder", type=Path, required=True, help="exported before")
    parser.add_argument("--to", type=Path, required=True, help="the folder to write")
    asked = parser.parse_args(arguments)
    try:
        for file in write_traces(asked.folder, asked.to):
            print(f"{file}: {file.stat().st_size / 2**10:.0f} KiB")
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def write_traces(folder: Path, to: Path, runs: Sequence[Run] = RUNS) -> list[Path]:
    """`folder` as `teacup-testbed export` wrote it, with its dual encoder."""
    endpoint = read_config(folder / "moce.toml")
    # One guided step of all images: no batch is filled up in vain.
    rows = 2 * len(SEEDS)
    loaded = load(replace(endpoint.config, device="cpu", rows=rows), endpoint.scorers)
    ask = _ask(loaded, endpoint.config.defaults.steps, endpoint.config.defaults.guidance_scale)
    records = [record(loaded, ask, _with(run, endpoint.method_params)) for run in runs]
    texts = list(dict.fromkeys(["", PROMPT, *CONCEPTS]))
    arrays = {"noise": noise(SEEDS, 0, loaded.base.latent_shape(ask.width, ask.height)).numpy()}
    for text in texts:
        told = loaded.base.prompts.encode(text, ask.width, ask.height)
        arrays[f"text/{text}"] = told.tokens[0].numpy()
    arrays |= {name: array for one in records for name, array in one.arrays.items()}
    about = {
        "prompt": PROMPT,
        "concepts": list(CONCEPTS),
        "seeds": list(SEEDS),
        "steps": ask.steps,
        "guidance_scale": ask.guidance_scale,
        "tokens": {text: _tokens(loaded, text) for text in texts},
        "runs": [one.about for one in records],
        "weights": {name: hash_of(folder / name) for name in _WEIGHTS},
    }
    return write_arrays(to, arrays, about)


def _ask(loaded: Loaded, steps: int, guidance_scale: float) -> Ask:
    side = loaded.base.usual_side
    concepts = tuple(Concept(text) for text in CONCEPTS)
    return Ask(PROMPT, SEEDS, side, side, steps, guidance_scale, concepts=concepts)


def _with(run: Run, params: dict[str, Any]) -> Run:
    """MoCE's as the folder's file has them, beside the run's own."""
    return replace(run, params={**params, **run.params}) if run.method == "moce" else run


def _tokens(loaded: Loaded, text: str) -> list[int]:
    cut = loaded.base.pipe.tokenizer
    made = cut(text, padding="max_length", truncation=True, max_length=cut.model_max_length)
    return list(made.input_ids)
