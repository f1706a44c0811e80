"""From an endpoint's file to models in memory."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from diffusers.pipelines import AutoPipelineForText2Image, DiffusionPipeline

from .asking import Loaded
from .config import Config, Source
from .errors import Refused
from .identity import Identity
from .methods import method_named
from .model import Model
from .weights import hash_files, hash_of, weight_files

_HUB_FILES = ["*.json", "*.txt", "*.model", "*.safetensors"]


def load(config: Config) -> Loaded:
    device = _device(config.device)
    rows = config.rows or method_named(config.method).rows
    base = _model(config.model, device, rows)
    refiner = None
    if config.refiner is not None:
        refiner = _model(config.refiner, device, rows, share=base)
    return Loaded(base, refiner)


def _device(name: str) -> str:
    if name == "auto":
        return "cuda" if torch.cuda.is_available() else "cpu"
    if name.startswith("cuda") and not torch.cuda.is_available():
        raise Refused(f"The device '{name}' is not there: torch sees no CUDA. See `doctor`.")
    return name


def _model(source: Source, device: str, rows: int, share: Model | None = None) -> Model:
    folder = find_folder(source)
    identity = identify(source, folder)
    options: dict[str, Any] = {
        "dtype": getattr(torch, source.dtype),
        "variant": source.variant,
        "use_safetensors": True,
        "local_files_only": True,
    }
    if share is None:
        # A checker would blacken images behind our back; the platform's raters see all of them.
        has_checker = "safety_checker" in (folder / "model_index.json").read_text()
        extra = {"safety_checker": None} if has_checker else {}
        pipe: Any = _opened(AutoPipelineForText2Image, folder, {**options, **extra})
    else:
        pipe = _opened(DiffusionPipeline, folder, {**options, **_shared(share, identity)})
    for lora in source.lora:
        pipe.load_lora_weights(lora.path, local_files_only=True)
        pipe.fuse_lora(lora_scale=lora.scale)
        pipe.unload_lora_weights()
    pipe.set_progress_bar_config(disable=True)
    pipe.to(device)
    for part in pipe.components.values():
        if isinstance(part, torch.nn.Module):
            part.eval().requires_grad_(False)
    return Model(pipe, identity, rows=rows, exact=True)


def _opened(kind: Any, folder: Path, options: dict[str, Any]) -> Any:
    try:
        return kind.from_pretrained(folder, **options)
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        raise Refused(f"{folder} cannot be loaded as a text-to-image model: {error}") from error


def _shared(base: Model, identity: Identity) -> dict[str, Any]:
    """SDXL and its refiner have parts of equal bytes: one of them in memory is enough."""
    parts: dict[str, Any] = {}
    for name in ("vae", "text_encoder_2"):
        ours = {k: v for k, v in identity.files.items() if k.startswith(f"{name}/")}
        theirs = {k: v for k, v in base.identity.files.items() if k.startswith(f"{name}/")}
        if ours and ours == theirs:
            parts[name] = getattr(base.pipe, name)
    return parts


def find_folder(source: Source) -> Path:
    if source.path is not None:
        return Path(source.path)
    from huggingface_hub import snapshot_download

    try:
        return Path(
            snapshot_download(str(source.id), revision=source.revision, allow_patterns=_HUB_FILES)
        )
    except Exception as error:
        raise Refused(f"{source.id} at {source.revision} cannot be fetched: {error}") from error


def identify(source: Source, folder: Path) -> Identity:
    """Every byte that is loaded has its hash here, and a damaged file is found before loading."""
    files = {str(file.relative_to(folder)): file for file in weight_files(folder, source.variant)}
    files |= {f"lora/{index}": Path(lora.path) for index, lora in enumerate(source.lora)}
    hashes = hash_files(files)
    scales = [f"scale {lora.scale}" for lora in source.lora]
    name = source.id or folder.name
    # The type changes the numbers, so another one is another model to the platform.
    return Identity(
        name, source.revision or "local", hash_of(hashes, source.dtype, *scales), hashes
    )
