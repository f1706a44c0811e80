"""An endpoint's file: which model, which method, which defaults. Read strictly, in sentences.

name = "sdxl"
method = "plain"

[base]
id = "stabilityai/stable-diffusion-xl-base-1.0"   # or: path = "weights/sdxl"
revision = "462165984030d82259a11f4367a4eed129e94a7b"
dtype = "bfloat16"

[scorer.clipscore]   # as many as are needed, each with its model and its settings
path = "weights/clip-vit-base-patch32"
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, TypeVar

from .detectors import detector_named
from .errors import Refused
from .fast import Fast
from .methods import method_named
from .parameters import parameter, parse
from .scorers import scorer_named
from .segmenters import segmenter_named
from .sources import Source, Weights
from .tools import Tools

W = TypeVar("W", bound=Weights)


@dataclass(frozen=True)
class Defaults:
    """What a prediction gets that does not say otherwise."""

    steps: int = parameter(30, "Steps", minimum=1, maximum=1000)
    guidance_scale: float = parameter(5.0, "Guidance", minimum=0, maximum=100)
    negative_prompt: str | None = parameter(None, "Negative prompt")
    scheduler: Literal["euler", "ddim", "pndm", "dpm++2m", "euler_a"] | None = parameter(
        None, "Scheduler", description="The model's own if left out"
    )


@dataclass(frozen=True)
class Config:
    """The file, beside `method_params`, which are the method's own."""

    name: str = parameter("", "Name")
    method: str = parameter("plain", "Method")
    pipeline: Literal["ours", "any"] = parameter(
        "ours",
        "Who takes the steps",
        description='"any": diffusers\' own code of whatever pipeline it is, with plain only',
    )
    device: str = parameter("auto", "Device", description='"auto", "cuda", "cuda:1", "cpu"')
    rows: int | None = parameter(
        None, "Most latents in the network at once", minimum=1, maximum=1024
    )
    base: Source | None = parameter(None, "The model")
    refiner: Source | None = parameter(None, "SDXL's refiner")
    defaults: Defaults = parameter(Defaults(), "Defaults")
    fast: Fast = parameter(Fast(), "Faster", description="Moves images by rounding")

    @property
    def model(self) -> Source:
        if self.base is None:
            raise Refused("endpoint.base is missing: name the model there.")
        return self.base


# Endpoints that draw nothing: in their files where others name a method.
SCORE, TAG = "score", "tag"
_EXAMPLES = {
    "scorer": "[scorer.clipscore]",
    "detector": "[detector.grounding-dino]",
    "segmenter": "[segmenter.sam]",
}


@dataclass(frozen=True)
class Endpoint:
    config: Config
    method_params: dict[str, Any] = field(default_factory=dict[str, Any])
    scorers: dict[str, Weights] = field(default_factory=dict[str, Weights])  # settings, by name
    tools: Tools | None = None  # of an endpoint that tags

    @property
    def scores(self) -> bool:
        return self.config.method == SCORE


def read_config(file: Path) -> Endpoint:
    """Paths in the file are relative to it."""
    try:
        raw = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise Refused(f"{file} cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refused(f"{file} is not TOML: {error}.") from error
    try:
        params = raw.pop("method_params", {})
        if not isinstance(params, dict):
            raise Refused("method_params must be a table.")
        folder = file.resolve().parent
        scorers = _tables(raw, "scorer", scorer_named, folder)
        detectors = _tables(raw, "detector", detector_named, folder)
        segmenters = _tables(raw, "segmenter", segmenter_named, folder)
        config = parse(Config, raw, "endpoint")
        if config.method == TAG:
            _check_silent(config, params, scorers, "a detector and a segmenter")
            return Endpoint(config, tools=_tools(detectors, segmenters))
        if detectors or segmenters:
            raise Refused('a detector and a segmenter are for method = "tag" alone.')
        if config.method == SCORE:
            _check_silent(config, params, {}, "scorers")
            if not scorers:
                raise Refused("it has no scorer: name at least one, [scorer.clipscore].")
            return Endpoint(config, {}, scorers)
        parse(method_named(config.method).parameters, params)
        return Endpoint(_absolute(_check(config), folder), params, scorers)
    except Refused as error:
        raise Refused(f"{file}: {error}") from error


def _tables(
    raw: dict[str, Any], kind: str, named: Callable[[str], Any], folder: Path
) -> dict[str, Weights]:
    """`[scorer.clipscore]` and the like: settings by name."""
    tables = raw.pop(kind, {})
    if not isinstance(tables, dict) or not all(isinstance(one, dict) for one in tables.values()):
        raise Refused(f"{kind} must hold a table for each {kind}: {_EXAMPLES[kind]}.")
    read = {
        name: parse(named(name).settings_type, table, f"{kind}.{name}")
        for name, table in tables.items()
    }
    return {name: _located(weights, folder) for name, weights in read.items()}


def _tools(detectors: dict[str, Weights], segmenters: dict[str, Weights]) -> Tools:
    for kind, tables in (("detector", detectors), ("segmenter", segmenters)):
        if len(tables) != 1:
            raise Refused(f"it has {len(tables)} {kind}s: name exactly one, {_EXAMPLES[kind]}.")
    (detector,), (segmenter,) = detectors.items(), segmenters.items()
    return Tools(detector, segmenter)


def _located(weights: W, folder: Path) -> W:
    return weights if weights.path is None else replace(weights, path=str(folder / weights.path))


def _named(config: Config) -> Config:
    if not config.name:
        raise Refused("endpoint.name is missing: the platform shows the endpoint under it.")
    return config


def _check_silent(config: Config, params: Any, others: Any, has: str) -> None:
    """An endpoint that draws nothing."""
    if config.base or config.refiner or params or others:
        raise Refused(
            f'an endpoint with method = "{config.method}" draws nothing: it has {has} only.'
        )
    _named(config)


def _check_any(config: Config) -> None:
    if config.method != "plain" or config.refiner:
        raise Refused(
            'pipeline = "any" leaves the steps to diffusers, where no method can reach them: '
            'it goes with method = "plain" and no refiner.'
        )
    if config.fast.vae is not None:
        raise Refused('pipeline = "any" decodes by diffusers\' own code: leave fast.vae out.')
    if config.defaults.scheduler is not None:
        raise Refused('pipeline = "any" has its own scheduler: leave defaults.scheduler out.')


def _check(config: Config) -> Config:
    _named(config)
    if config.pipeline == "any":
        _check_any(config)
    for source in (config.model, config.refiner):
        if source and any(not lora.path for lora in source.lora):
            raise Refused("a lora has no path: name its .safetensors file.")
    return config


def _absolute(config: Config, folder: Path) -> Config:
    def there(source: Source | None) -> Source | None:
        if source is None:
            return None
        lora = tuple(replace(item, path=str(folder / item.path)) for item in source.lora)
        unet = None if source.unet is None else str(folder / source.unet)
        return replace(_located(source, folder), lora=lora, unet=unet)

    return replace(config, base=there(config.base), refiner=there(config.refiner))
