"""`teacup-testbed bench --from FOLDER --threads N`: seconds of a grid in onnxruntime and in torch.

A grid is 20 images of one prompt under guidance, 40 rows a step, 20 steps of DDIM, decoded; one
loop for both. Whoever measures something beside them asks for one grid at a time: a line in names
the kind, a line out has its seconds. With `--rounds` both take turns, and one line has all.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import onnxruntime
import torch
from diffusers.models import AutoencoderKL, UNet2DConditionModel
from teacup_endpoints.noise import noise
from transformers import AutoTokenizer, CLIPTextModel

from .diffusion.sampler import Sampling, sample
from .models.tokenizer import tokenize
from .train.pictures import to_bytes

IMAGES = 20
PROMPT = "a tea cup of iced coke"
SAMPLING = Sampling(steps=20, guidance=5.0)

Draw = Callable[[], torch.Tensor]
Network = Callable[..., torch.Tensor]


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="teacup-testbed bench", description=__doc__)
    parser.add_argument("--from", dest="folder", type=Path, required=True, help="exported before")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, help="grids of each kind; else they are asked for")
    asked = parser.parse_args(arguments)
    torch.set_num_threads(asked.threads)
    try:
        grids = open_grids(asked.folder, asked.threads)
    except (OSError, ValueError) as error:
        print(f"{asked.folder} cannot be drawn from: {error}", file=sys.stderr)
        return 1
    for draw in grids.values():
        draw()
    about = {"threads": asked.threads, "images": IMAGES, "steps": SAMPLING.steps}
    if asked.rounds is not None:
        _say({**about, **_in_turn(grids, asked.rounds)})
        return 0
    _say({"ready": list(grids), **about})
    for line in sys.stdin:
        kind = line.strip()
        if kind not in grids:
            print(f"'{kind}' is none of {', '.join(grids)}.", file=sys.stderr)
            return 1
        _say({"kind": kind, "seconds": _seconds(grids[kind])})
    return 0


def open_grids(folder: Path, threads: int) -> dict[str, Draw]:
    """By kind: draws a grid, (images, 3, side, side) uint8, the same pictures in each kind."""
    generator = folder / "generator"
    unet: Any = UNet2DConditionModel.from_pretrained(generator / "unet").float().eval()
    vae: Any = AutoencoderKL.from_pretrained(generator / "vae").float().eval()
    side = unet.config.sample_size
    start = noise(range(IMAGES), 0, (unet.config.in_channels, side, side))
    texts = _texts(generator)
    null, prompt = texts
    told = prompt.expand(IMAGES, -1, -1)
    networks: dict[str, tuple[Network, Network]] = {
        "onnxruntime": (
            _denoiser(_session(generator / "unet" / "model.onnx", threads), texts),
            _session(generator / "vae" / "decoder.onnx", threads),
        ),
        "torch": (
            lambda x, t, told: unet(x, t.expand(len(x)), told, return_dict=False)[0],
            lambda latents: vae.decode(latents, return_dict=False)[0],
        ),
    }
    return {
        kind: _grid(_Unet(denoise), decode, start, null, told)
        for kind, (denoise, decode) in networks.items()
    }


@torch.no_grad()
def _texts(generator: Path) -> torch.Tensor:
    """(2, tokens, width): the empty text and the prompt."""
    encoder: Any = CLIPTextModel.from_pretrained(generator / "text_encoder").float().eval()
    cut = AutoTokenizer.from_pretrained(generator / "tokenizer")
    ids = tokenize(cut, ["", PROMPT], encoder.config.max_position_embeddings)
    return encoder(input_ids=ids).last_hidden_state


def _session(file: Path, threads: int) -> Network:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
    names = [one.name for one in session.get_inputs()]

    def run(*inputs: torch.Tensor) -> torch.Tensor:
        arrays = (one.contiguous().numpy() for one in inputs)
        made: Any = session.run(None, dict(zip(names, arrays, strict=True)))
        return torch.from_numpy(made[0])

    return run


def _denoiser(run: Network, texts: torch.Tensor) -> Network:
    """Of a guided step's rows, the images without a text and the same ones with it: the graph is
    given every image and every text once, as the engine gives them."""

    def denoise(x: torch.Tensor, t: torch.Tensor, _told: torch.Tensor) -> torch.Tensor:
        image, text = torch.arange(IMAGES).repeat(2), torch.arange(2).repeat_interleave(IMAGES)
        return run(x[:IMAGES], t.reshape(1), texts, image, text)

    return denoise


@dataclass(frozen=True)
class _Made:
    sample: torch.Tensor


@dataclass(frozen=True)
class _Unet:
    """Is called and answers as diffusers' network, which the sampler knows."""

    run: Network

    def __call__(
        self, x: torch.Tensor, t: torch.Tensor, encoder_hidden_states: torch.Tensor
    ) -> _Made:
        return _Made(self.run(x, t, encoder_hidden_states))


def _grid(
    unet: _Unet, decode: Network, start: torch.Tensor, null: torch.Tensor, told: torch.Tensor
) -> Draw:
    @torch.no_grad()
    def draw() -> torch.Tensor:
        return to_bytes(decode(sample(unet, start, null, told, SAMPLING)))

    return draw


def _in_turn(grids: dict[str, Draw], rounds: int) -> dict[str, Any]:
    took: dict[str, list[float]] = {kind: [] for kind in grids}
    for _ in range(rounds):
        for kind, draw in grids.items():
            took[kind].append(_seconds(draw))
    return {
        kind: {"images_per_second": IMAGES / median(seconds), "seconds": seconds}
        for kind, seconds in took.items()
    }


def _seconds(draw: Draw) -> float:
    began = time.perf_counter()
    draw()
    return time.perf_counter() - began


def _say(line: dict[str, Any]) -> None:
    print(json.dumps(line), flush=True)
