"""Checkpoints that are whole or not there: written beside the old one, then renamed over it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from pickle import UnpicklingError
from typing import Any

import torch
from PIL import Image
from safetensors import safe_open
from safetensors.torch import load_file, save_file

FILE = "checkpoint.pt"


def write_checkpoint(folder: Path, state: dict[str, Any]) -> Path:
    """A process that is killed while it writes leaves the checkpoint that was there before."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / FILE
    _replace(file, lambda unfinished: torch.save(state, unfinished))
    return file


def read_checkpoint(folder: Path, device: torch.device) -> dict[str, Any] | None:
    file = folder / FILE
    if not file.exists():
        return None
    try:
        return torch.load(file, map_location=device, weights_only=True)
    except (OSError, RuntimeError, ValueError, EOFError, UnpicklingError) as error:
        raise ValueError(
            f"{file} is damaged: remove it, and the stage begins anew ({error})."
        ) from error


def write_weights(file: Path, weights: dict[str, torch.Tensor], about: dict[str, str]) -> Path:
    """Tensors as float16, in one file; `about` stands in its head. Same tensors, same bytes."""
    file.parent.mkdir(parents=True, exist_ok=True)
    halves = {
        name: (tensor.half() if tensor.is_floating_point() else tensor).cpu().contiguous()
        for name, tensor in weights.items()
    }
    _replace(file, lambda unfinished: _save_in_order(halves, unfinished, about))
    return file


def _save_in_order(tensors: dict[str, torch.Tensor], file: Path, about: dict[str, str]) -> None:
    """safetensors writes the words of `about` in another order each time: here they are sorted, in
    the file's own layout (the head's length as 8 bytes, little-endian; the head; the tensors)."""
    save_file(tensors, str(file), about)
    with file.open("r+b") as written:
        length = int.from_bytes(written.read(8), "little")
        head = json.loads(written.read(length))
        head["__metadata__"] = dict(sorted(about.items()))
        text = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
        written.seek(8)
        written.write(text.ljust(length))


def write_sheet(file: Path, picture: torch.Tensor) -> Path:
    """A picture (3, h, w) uint8 as PNG."""
    file.parent.mkdir(parents=True, exist_ok=True)
    made = Image.fromarray(picture.permute(1, 2, 0).contiguous().cpu().numpy())
    _replace(file, lambda unfinished: made.save(unfinished, format="PNG"))
    return file


def read_weights(file: Path, device: torch.device) -> dict[str, torch.Tensor]:
    """Tensors as float32."""
    try:
        read = load_file(str(file), device=str(device))
    except Exception as error:  # safetensors' own error is no OSError
        raise ValueError(f"{file} cannot be read as weights: {error}.") from error
    return {name: t.float() if t.is_floating_point() else t for name, t in read.items()}


def about_of(file: Path) -> dict[str, str]:
    """What stands in the head of a file of weights, in the order of its names."""
    with safe_open(str(file), framework="pt") as opened:
        return dict(sorted((opened.metadata() or {}).items()))


def _replace(file: Path, write: Any) -> None:
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    write(unfinished)
    with unfinished.open("rb") as written:
        os.fsync(written.fileno())
    unfinished.replace(file)
