"""From an endpoint's file to models in memory."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from diffusers.models import UNet2DConditionModel
from diffusers.pipelines import AutoPipelineForText2Image, DiffusionPipeline

from .asking import Loaded
from .config import Config, Endpoint
from .detectors import detector_named
from .errors import Refused
from .fast import Fast, make_fast
from .foreign import Foreign
from .identity import Identity
from .methods import method_named
from .model import Model
from .pretrained import Place
from .scorers import scorer_named
from .scorers.base import Pretrained
from .segmenters import segmenter_named
from .sources import Lora, Source, Weights
from .tagging import Tagger
from .training import provenance
from .weights import hash_files, hash_of, part_files, weight_files

# What has to be the same for another UNet to take the place of a model's own.
_SHAPE = ("in_channels", "cross_attention_dim", "block_out_channels", "addition_embed_type")
_HUB_TEXTS = ["*.json", "*.txt", "*.model"]
_VARIANTS = ["*.fp16*", "*.bf16*", "*.non_ema*"]


def load(config: Config, scorers: Mapping[str, Weights] | None = None) -> Loaded:
    device = _device(config.device)
    rows = config.rows or method_named(config.method).rows
    is_foreign = config.pipeline == "any"
    base = _model(config.model, device, rows, fast=config.fast, is_foreign=is_foreign)
    refiner = None
    if config.refiner is not None:
        refiner = _model(config.refiner, device, rows, share=base, fast=config.fast)
    return Loaded(base, refiner, open_scorers(scorers or {}, config.device))


def open_scorers(scorers: Mapping[str, Weights], device: str) -> dict[str, Pretrained]:
    there = _device(device)
    return {
        name: scorer_named(name)(settings, _place(settings, there))
        for name, settings in scorers.items()
    }


def open_tagger(endpoint: Endpoint) -> Tagger:
    if endpoint.tools is None:
        raise Refused(f"{endpoint.config.name} does not tag: it has no detector and no segmenter.")
    device = _device(endpoint.config.device)
    (detector, found), (segmenter, cut) = endpoint.tools.detector, endpoint.tools.segmenter
    # A registry's member is a tool to the types, and what `tagging.py` asks of it by its file.
    finds: Any = detector_named(detector)(found, _place(found, device))
    cuts: Any = segmenter_named(segmenter)(cut, _place(cut, device))
    return Tagger(finds, cuts)


def _place(settings: Weights, device: str) -> Place:
    folder = find_folder(settings)
    files = {str(file.relative_to(folder)): file for file in part_files(folder, settings.variant)}
    hashes = hash_files(files)
    identity = Identity(
        settings.id or folder.name,
        settings.revision or "local",
        hash_of(hashes, settings.dtype),
        hashes,
    )
    return Place(folder, identity, device)


def _device(name: str) -> str:
    if name == "auto":
        return "cuda" if torch.cuda.is_available() else "cpu"
    if name.startswith("cuda") and not torch.cuda.is_available():
        raise Refused(f"The device '{name}' is not there: torch sees no CUDA. See `doctor`.")
    return name


def _model(
    source: Source,
    device: str,
    rows: int,
    share: Model | None = None,
    fast: Fast = Fast(),  # noqa: B008 frozen
    is_foreign: bool = False,
) -> Model:
    folder = find_folder(source)
    identity = identify(source, folder, fast)
    options: dict[str, Any] = {
        "dtype": getattr(torch, source.dtype),
        "variant": source.variant,
        "use_safetensors": True,
        "local_files_only": True,
    }
    if source.unet is not None:
        options["unet"] = _other_unet(Path(source.unet), folder, options["dtype"])
    if share is None:
        parts = json.loads((folder / "model_index.json").read_text(encoding="utf-8"))
        # What was saved without a part is loaded without it: SD3 may have no T5.
        extra = {name: None for name, about in parts.items() if about == [None, None]}
        # A checker would blacken images behind our back; the platform's raters see all of them.
        extra |= {"safety_checker": None} if "safety_checker" in parts else {}
        pipe: Any = _opened(AutoPipelineForText2Image, folder, {**options, **extra})
    else:
        pipe = _opened(DiffusionPipeline, folder, {**options, **_shared(share, identity)})
    for lora in source.lora:
        _fuse(pipe, lora, folder)
    pipe.set_progress_bar_config(disable=True)
    pipe.to(device)
    for part in pipe.components.values():
        if isinstance(part, torch.nn.Module):
            part.eval().requires_grad_(False)
    make_fast(pipe, fast)
    if is_foreign:
        return Foreign(pipe, identity, fast.said)
    return Model(pipe, identity, rows=rows, exact=True, fast=fast.said)


def _other_unet(own: Path, folder: Path, dtype: torch.dtype) -> UNet2DConditionModel:
    """A whole UNet that was trained on (CoMat's full checkpoints), of the model's own shape."""
    network = _opened(UNet2DConditionModel, own, {"torch_dtype": dtype, "use_safetensors": True})
    if not (folder / "unet").is_dir():
        raise Refused(f"{folder} has no UNet that {own} could take the place of.")
    expected: Any = UNet2DConditionModel.load_config(folder / "unet")
    for name in _SHAPE:
        if network.config.get(name) != expected.get(name):
            raise Refused(f"{own} is no UNet for {folder}: its {name} is another.")
    return network


def _fuse(pipe: Any, lora: Lora, folder: Path) -> None:
    try:
        pipe.load_lora_weights(lora.path, local_files_only=True)
        if not pipe.get_active_adapters():
            raise ValueError("no layer of the model has the name of one of its weights")
        pipe.fuse_lora(lora_scale=lora.scale)
    except (ValueError, RuntimeError, LookupError, OSError) as error:
        # The whole of it names every layer.
        why = str(error)[:200] or type(error).__name__
        raise Refused(f"{lora.path} does not fit {folder}: {why}") from error
    pipe.unload_lora_weights()


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


def find_folder(source: Weights) -> Path:
    if source.path is not None:
        return Path(source.path)
    from huggingface_hub import snapshot_download

    allow, ignore = hub_files(source)
    patterns: dict[str, Any] = {"allow_patterns": allow, "ignore_patterns": ignore}
    try:
        return Path(snapshot_download(str(source.id), revision=source.revision, **patterns))
    except Exception as error:
        raise Refused(f"{source.id} at {source.revision} cannot be fetched: {error}") from error


def hub_files(source: Weights) -> tuple[list[str], list[str]]:
    """What of a repository is fetched, and what is not. SDXL's has its parts in folders, beside
    them the whole model in one file, twice, and each part in two types: some 35 GB, of which 7 are
    needed."""
    inside = "*/" if isinstance(source, Source) else ""
    variant = f".{source.variant}*" if source.variant else ""
    return [*_HUB_TEXTS, f"{inside}*{variant}.safetensors"], [] if variant else _VARIANTS


def identify(source: Source, folder: Path, fast: Fast = Fast()) -> Identity:  # noqa: B008 frozen
    """Every byte that is loaded has its hash here, and a damaged file is found before loading."""
    files = {str(file.relative_to(folder)): file for file in weight_files(folder, source.variant)}
    trained = {f"lora/{index}": Path(lora.path) for index, lora in enumerate(source.lora)}
    if source.unet is not None:
        files = {name: file for name, file in files.items() if not name.startswith("unet/")}
        trained |= {f"unet/{file.name}": file for file in part_files(Path(source.unet))}
    hashes = hash_files(files | trained)
    scales = [f"scale {lora.scale}" for lora in source.lora]
    # The type changes the numbers, so another one is another model to the platform.
    types = [source.dtype, *([] if fast.vae is None else [f"vae {fast.vae}"])]
    types += [] if fast.quantise == "none" else [f"products {fast.quantise}"]
    return Identity(
        source.id or folder.name,
        source.revision or "local",
        hash_of(hashes, *types, *scales),
        hashes,
        provenance(source.training, trained),
    )
