"""The ONNX graphs of an exported folder, each beside the weights that it computes with."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from diffusers.models import AutoencoderKL, UNet2DConditionModel
from safetensors import safe_open
from transformers import CLIPModel, CLIPTextModel

from ..models.oracle import Oracle
from ..train.checkpoint import read_weights
from ..train.pictures import load_into
from .denoiser import OPSET, Rows
from .record import Part, Recording, write_graph

_BATCH = {0: "batch"}
_TEXT = {0: "batch", 1: "tokens"}
# Of the denoiser: a row is one of the images under one of the texts.
_FREE = {
    "sample": "images",
    "texts": "texts",
    "image": "rows",
    "text": "rows",
    "out_sample": "rows",
}
# Not 1, which a recording could take for a constant.
_ROWS = 2


class Text(Part):
    def forward(self, input_ids: torch.Tensor) -> torch.Tensor:
        return self.network(input_ids=input_ids).last_hidden_state


class Decoder(Part):
    def forward(self, latents: torch.Tensor) -> torch.Tensor:
        factor = self.network.config.scaling_factor
        unscaled = latents if factor == 1 else latents / factor
        return self.network.decode(unscaled, return_dict=False)[0]


class Seen(Part):
    def forward(self, pixel_values: torch.Tensor) -> torch.Tensor:
        return self.network.get_image_features(pixel_values=pixel_values).pooler_output


class Read(Part):
    def forward(self, input_ids: torch.Tensor) -> torch.Tensor:
        return self.network.get_text_features(input_ids=input_ids).pooler_output


class Judged(Part):
    def forward(self, pixel_values: torch.Tensor) -> tuple[torch.Tensor, ...]:
        return self.network(pixel_values)


def write_graphs(folder: Path) -> list[Path]:
    """The graphs of what the folder has: its generator, and its dual encoder and judge if it has
    them. Each lies beside its safetensors file."""
    makers: dict[str, Callable[[Path], list[Path]]] = {
        "generator/text_encoder": _text_encoder,
        "generator/unet": _unet,
        "generator/vae": _decoder,
        "dual": _dual,
        "oracle": _oracle,
    }
    return [
        file
        for name, make in makers.items()
        if (folder / name).is_dir()
        for file in make(folder / name)
    ]


def _text_encoder(folder: Path) -> list[Path]:
    network = _opened(CLIPTextModel, folder)
    ids = _ids(network.config)
    free = {"input_ids": _BATCH, "last_hidden_state": _BATCH}
    recording = Recording(Text(network), {"input_ids": ids}, ("last_hidden_state",), free)
    return [_written(recording, folder / "model.safetensors", "model.onnx")]


def _unet(folder: Path) -> list[Path]:
    network = _opened(UNet2DConditionModel, folder)
    side, width = network.config.sample_size, network.config.cross_attention_dim
    rows = torch.arange(_ROWS)
    inputs = {
        "sample": torch.zeros(_ROWS, network.config.in_channels, side, side),
        "timestep": torch.zeros(1, dtype=torch.long),
        "texts": torch.zeros(_ROWS, _tokens(folder), width),
        "image": rows,
        "text": rows,
    }
    free = {name: {0: axis} for name, axis in _FREE.items()}
    recording = Recording(Rows(network), inputs, ("out_sample",), free, opset=OPSET)
    return [_written(recording, folder / "diffusion_pytorch_model.safetensors", "model.onnx")]


def _decoder(folder: Path) -> list[Path]:
    network = _opened(AutoencoderKL, folder)
    side = network.config.sample_size // 2 ** (len(network.config.block_out_channels) - 1)
    latents = torch.zeros(_ROWS, network.config.latent_channels, side, side)
    free = {"latents": _BATCH, "image": _BATCH}
    recording = Recording(Decoder(network), {"latents": latents}, ("image",), free)
    return [_written(recording, folder / "diffusion_pytorch_model.safetensors", "decoder.onnx")]


def _dual(folder: Path) -> list[Path]:
    network = _opened(CLIPModel, folder)
    side = network.config.vision_config.image_size
    seen = Recording(
        Seen(network),
        {"pixel_values": torch.zeros(_ROWS, 3, side, side)},
        ("image_embeds",),
        {"pixel_values": _BATCH, "image_embeds": _BATCH},
    )
    read = Recording(
        Read(network),
        {"input_ids": _ids(network.config.text_config)},
        ("text_embeds",),
        {"input_ids": _TEXT, "text_embeds": _BATCH},
    )
    weights = folder / "model.safetensors"
    return [_written(seen, weights, "vision.onnx"), _written(read, weights, "text.onnx")]


def _oracle(folder: Path) -> list[Path]:
    weights = folder / "model.safetensors"
    network, side = open_oracle(weights)
    heads = ("host", "item", "garbage")
    free = {name: _BATCH for name in ("pixel_values", *heads)}
    inputs = {"pixel_values": torch.zeros(_ROWS, 3, side, side)}
    return [_written(Recording(Judged(network), inputs, heads, free), weights, "model.onnx")]


def open_oracle(file: Path) -> tuple[Oracle, int]:
    """An exported judge, and the pixels of a side of what it looks at."""
    with safe_open(str(file), framework="pt") as opened:
        about = dict(opened.metadata() or {})
    weights = read_weights(file, torch.device("cpu"))
    counts = (len(weights[f"{head}.bias"]) - 1 for head in ("host", "item"))
    network = Oracle(tuple(json.loads(about["widths"])), *counts)
    load_into(network, weights)
    return network, int(about["side"])


def _written(recording: Recording, weights: Path, name: str) -> Path:
    file = weights.with_name(name)
    write_graph(recording, weights, file)
    return file


def _opened(kind: Any, folder: Path) -> Any:
    network = kind.from_pretrained(folder, local_files_only=True, use_safetensors=True)
    return network.float().eval().requires_grad_(False)


def _ids(config: Any) -> torch.Tensor:
    """A text of nothing but its two marks."""
    ids = torch.full((_ROWS, config.max_position_embeddings), config.eos_token_id)
    ids[:, 0] = config.bos_token_id
    return ids


def _tokens(unet: Path) -> int:
    config = (unet.parent / "text_encoder" / "config.json").read_text(encoding="utf-8")
    return json.loads(config)["max_position_embeddings"]
