"""`teacup-testbed export`: trained weights as folders that other programs open.

    generator/  diffusers' layout of a StableDiffusionPipeline: the endpoints package draws from it
    dual/       transformers' layout of a CLIPModel: the scorer `clipscore`
    captioner/  transformers' layout of a BLIP captioner: the scorer `caption-likelihood`
    oracle/     the judge's weights and its widths
    */*.onnx    all of these but the captioner, for onnxruntime: graphs without weights, which read
                the safetensors file beside them
    *.toml      endpoints on them: plain, moce, concept-diffusion
    about.json  what they were trained on, and the hash of every file

Numbers are float16 in the files and float32 in use.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from diffusers.pipelines import StableDiffusionPipeline
from diffusers.schedulers import DDIMScheduler
from teacup_endpoints.tiny import tokenizer as clip_tokenizer
from teacup_endpoints.tiny_scorers import bert_tokenizer

from .diffusion.schedule import scheduler_config
from .evaluation.generator import Generator, load_generator
from .hashes import hash_of
from .models import captioner, dual
from .onnx_graphs.folder import write_graphs
from .train.checkpoint import about_of, write_weights
from .train.cli import add_common, make_setup
from .train.pictures import load_into
from .train.setup import Setup
from .world.captions import WORDS

_LARGEST = 16 * 2**20
_NONE: Any = None
_ENDPOINT = """\
# The testbed's generator under the method "{method}". Paths are relative to this file.
name = "tiny-world-{name}"
method = "{method}"

[base]
path = "generator"
dtype = "float32"

[defaults]
steps = 20
guidance_scale = 5.0
"""
# The dual encoder has learnt from texts that begin so.
PREFIX = "a picture of "
_SCORER = f"""
[scorer.clipscore]
path = "dual"
prefix = "{PREFIX}"
dtype = "float32"
"""


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="teacup-testbed export", description=__doc__)
    add_common(parser)
    parser.add_argument("--file", type=Path, required=True, help="the generator's weights")
    parser.add_argument("--to", type=Path, required=True, help="the folder to write")
    parser.add_argument("--moce", type=Path, help="MoCE's settings, as `probe` wrote them")
    asked = parser.parse_args(arguments)
    try:
        setup = make_setup(asked, torch.device("cpu"))
        for file in export(setup, asked.file, asked.to, settings_of(asked.moce)):
            print(f"{file.relative_to(asked.to)}: {file.stat().st_size / 2**20:.2f} MiB")
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def export(
    setup: Setup, weights: Path, folder: Path, settings: dict[str, Any] | None = None
) -> list[Path]:
    """Everything of one training, with one generator, and MoCE's settings where they were chosen.
    Says which files it wrote."""
    pipeline_of(load_generator(setup, weights)).save_pretrained(folder / "generator")
    _export_oracle(setup, folder / "oracle")
    has_dual = _export_dual(setup, folder / "dual")
    _export_captioner(setup, folder / "captioner")
    write_graphs(folder)
    for method in ("plain", "moce", "concept_diffusion"):
        name = method.replace("_", "-")
        text = _ENDPOINT.format(name=name, method=method)
        text += _moce(settings, has_dual) if method == "moce" else ""
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    files = [file for file in files if file.name != "about.json"]
    if large := [file.name for file in files if file.stat().st_size >= _LARGEST]:
        raise ValueError(f"{', '.join(large)}: a file must stay below 16 MiB")
    for file in files:
        file.chmod(0o644)
    about = {
        **_about(setup, weights),
        **({} if settings is None else {"moce": settings}),
        "files": {str(file.relative_to(folder)): hash_of(file) for file in files},
    }
    (folder / "about.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    return [*files, folder / "about.json"]


# Of the choice: what other programs need beside moce.toml, such as which concept comes first.
_SEARCH = ("window", "rounds", "delta", "tau", "known_step")
_CHOSEN = (*_SEARCH, "order", "naming", "prefix", "warp", "pairs")


def settings_of(file: Path | None) -> dict[str, Any] | None:
    if file is None:
        return None
    try:
        chosen = json.loads(file.read_text(encoding="utf-8"))
        return {name: chosen[name] for name in _CHOSEN}
    except (OSError, json.JSONDecodeError, KeyError, TypeError) as error:
        raise ValueError(
            f"{file} is no choice for MoCE: write one by `teacup-testbed probe` ({error!r})."
        ) from error


def _moce(settings: dict[str, Any] | None, has_dual: bool) -> str:
    text = _SCORER if has_dual else ""
    if settings is None:
        return text
    if has_dual:
        text += "".join(f"{name} = {settings[name]}\n" for name in ("delta", "tau"))
    own = "".join(f"{name} = {settings[name]}\n" for name in ("window", "rounds"))
    return f"{text}\n[method_params]\n{own}"


def pipeline_of(generator: Generator) -> Any:
    """In float16. The scheduler is DDIM; Euler and the others read the same words of it."""
    ends: dict[str, Any] = {"clip_sample": False, "set_alpha_to_one": True}
    scheduler: Any = DDIMScheduler(**scheduler_config(), **ends)
    return StableDiffusionPipeline(
        vae=generator.vae.half(),
        text_encoder=generator.text_encoder.half(),
        tokenizer=generator.tokenizer,
        unet=generator.unet.half(),
        scheduler=scheduler,
        safety_checker=_NONE,
        feature_extractor=_NONE,
        requires_safety_checker=False,
    )


def _export_oracle(setup: Setup, folder: Path) -> None:
    if not setup.file_of("oracle").exists():
        return
    weights = setup.weights_of("oracle")
    about = {"widths": json.dumps(setup.shape.oracle), "side": str(setup.shape.pixels)}
    write_weights(folder / "model.safetensors", weights, about)


def _export_dual(setup: Setup, folder: Path) -> bool:
    if not setup.file_of("dual").exists():
        return False
    tokenizer = clip_tokenizer(words=WORDS, length=setup.shape.tokens)
    network: Any = load_into(dual.make_dual(setup.shape, tokenizer), setup.weights_of("dual"))
    network.half().save_pretrained(folder)
    dual.image_processor(setup.shape).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return True


def _export_captioner(setup: Setup, folder: Path) -> None:
    if not setup.file_of("captioner").exists():
        return
    tokenizer = bert_tokenizer(WORDS)
    made = captioner.make_captioner(setup.shape, tokenizer)
    network: Any = load_into(made, setup.weights_of("captioner"))
    network.half().save_pretrained(folder)
    captioner.image_processor(setup.shape).save_pretrained(folder)
    tokenizer.save_pretrained(folder)


def _about(setup: Setup, weights: Path) -> dict[str, Any]:
    return {
        "shape": setup.shape.name,
        "families": setup.families,
        "seed": setup.seed,
        "mix": asdict(setup.mix),
        "text": "frozen" if setup.is_text_frozen else "joint",
        "trained": about_of(weights),
    }
