"""One prediction from its input to the contract's output. Cog adds the HTTP around it."""

from __future__ import annotations

import base64
import io
from collections.abc import Generator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import torch
from PIL.Image import Image

from .asking import Ask, Drawn, Loaded
from .config import Endpoint
from .errors import Failed, Refused
from .methods import method_named
from .model import TOO_LARGE, free_memory
from .parameters import parse, to_json
from .reading import read_input
from .schedulers import scheduler_class
from .seconds import Seconds

Json = dict[str, Any]


class Drawer:
    """A loaded endpoint. One prediction at a time: Cog answers 409 to a second one."""

    def __init__(self, endpoint: Endpoint, loaded: Loaded) -> None:
        self.endpoint, self.loaded = endpoint, loaded
        self.method = method_named(endpoint.config.method)

    def draw(self, raw: Mapping[str, Any]) -> Json:
        """Whatever ends it, a cancellation in the middle of a step included, leaves nothing."""
        try:
            return self._draw(dict(raw))
        except torch.OutOfMemoryError as error:
            # Batches become smaller where they are made. What has none, a text encoder, ends here.
            raise Failed(TOO_LARGE) from error
        finally:
            free_memory()

    def _draw(self, raw: Json) -> Json:
        ask, parameters = self._read(raw)
        loaded, seconds = self.loaded, Seconds()
        before = Counts(loaded)
        for model in loaded.models:
            model.prompts.removed.clear()
            model.prompts.unknown.clear()
        with seconds("sample"):
            drawn = self.method.run(loaded, ask, parameters)
        urls = self._png(drawn, ask, seconds)
        evals, backwards = before.until_now(loaded)
        about = {"name": self.method.name, "version": self.method.version}
        return {
            "images": urls,
            **why_left_out(urls, ask.seeds),
            "seeds": list(ask.seeds),
            "evals": evals / len(ask.seeds),
            "backwards": backwards / len(ask.seeds),
            "timings": seconds.by_phase,
            "model": self._model(),
            "method": {
                **about,
                **({} if drawn.mode is None else {"mode": drawn.mode}),
                "parameters": to_json(parameters),
            },
            "trace": self._trace(drawn, ask),
        }

    def _png(self, drawn: Drawn, ask: Ask, seconds: Seconds) -> list[str | None]:
        """zlib lets go of the interpreter: as many PNGs at once as there are cores, while the next
        picture is decoded. What is still to be waited for then is the phase `encode`."""
        with ThreadPoolExecutor() as threads:
            with seconds("decode"), closing(self._pictures(drawn, ask)) as pictures:
                made = [threads.submit(url_unless_black, image) for image in pictures]
            with seconds("encode"):
                return [url.result() for url in made]

    def _pictures(self, drawn: Drawn, ask: Ask) -> Generator[Image, None, None]:
        yield from drawn.images or self.loaded.base.pictures(drawn.latents, ask.seeds)

    def _read(self, raw: Json) -> tuple[Ask, Any]:
        given = raw.pop("method_params", None) or {}
        if not isinstance(given, Mapping):
            raise Refused("input.method_params must be an object.")
        factor = getattr(self.loaded.base.pipe, "vae_scale_factor", 8)
        ask = read_input(raw, self.endpoint.config.defaults, factor)
        scheduler_class(self.loaded.base.pipe.scheduler, ask.scheduler)
        parameters = parse(self.method.parameters, {**self.endpoint.method_params, **given})
        self.method.check(self.loaded, ask, parameters)
        return ask, parameters

    def _model(self) -> Json:
        base, refiner = self.loaded.base, self.loaded.refiner
        about: Json = base.identity.to_json()
        if refiner is not None:
            about |= {"refiner": refiner.identity.to_json()}
        scorers = [scorer.to_json() for scorer in self.loaded.scorers.values()]
        if scorers:
            about |= {"scorers": scorers}
        # Whatever decides what is drawn: a search follows its scorer.
        hashes = [model.identity.weights_hash for model in self.loaded.models]
        hashes += [scorer["model"]["weights_hash"] for scorer in scorers]
        return {**about, "weights_hash": "+".join(hashes)}

    def _trace(self, drawn: Drawn, ask: Ask) -> Json:
        """What was drawn, and what of the texts the encoder did not read or know."""
        removed = {k: v for model in self.loaded.models for k, v in model.prompts.removed.items()}
        unknown = dict.fromkeys(
            word for model in self.loaded.models for word in model.prompts.unknown
        )
        base = self.loaded.base
        scheduler = scheduler_class(base.pipe.scheduler, ask.scheduler)
        return {
            **drawn.trace,
            **({} if drawn.per_image is None else {"images": drawn.per_image}),
            **({"truncated": removed} if removed else {}),
            **({"unknown_tokens": list(unknown)} if unknown else {}),
            "asked": {
                "steps": ask.steps,
                "guidance_scale": ask.guidance_scale,
                "scheduler": scheduler.__name__,
                "negative_prompt": ask.negative_prompt,
            },
            "rows": base.rows,
            **({"fast": base.fast} if base.fast else {}),
            "dtype": str(base.dtype).removeprefix("torch."),
        }


class Counts:
    """Forward rows without the fillers of `exact`, and rows with a gradient."""

    def __init__(self, loaded: Loaded) -> None:
        self.forwards, self.backwards = self._now(loaded)

    def until_now(self, loaded: Loaded) -> tuple[int, int]:
        forwards, backwards = self._now(loaded)
        return forwards - self.forwards, backwards - self.backwards

    @staticmethod
    def _now(loaded: Loaded) -> tuple[int, int]:
        models = loaded.models
        forwards = sum(model.counter.forwards - model.fillers for model in models)
        backwards = sum(model.counter.backwards - model.backward_fillers for model in models)
        return forwards, backwards


def why_left_out(urls: Sequence[str | None], seeds: Sequence[int]) -> Json:
    black = [seed for url, seed in zip(urls, seeds, strict=True) if url is None]
    if not black:
        return {}
    reason = (
        f"The image is wholly black at the seeds {black}: numbers too large for the model's type, "
        "or a safety checker. It says nothing about the model, so it is not kept."
    )
    return {"filtered": reason}


def url_unless_black(image: Image) -> str | None:
    """A wholly black picture is a broken one or a censored one, and nothing to be rated."""
    extrema: Any = image.convert("RGB").getextrema()
    return None if all(high == 0 for _low, high in extrema) else to_data_url(image)


def to_data_url(image: Image) -> str:
    stream = io.BytesIO()
    # Level 1: the GPU waits for it.
    image.save(stream, "PNG", compress_level=1)
    return f"data:image/png;base64,{base64.b64encode(stream.getvalue()).decode()}"
