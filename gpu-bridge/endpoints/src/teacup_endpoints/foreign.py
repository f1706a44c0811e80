"""Any text-to-image pipeline of diffusers, drawn by its own code: plain only, without hooks.

What comes back is what `pipe(prompt)` gives from the contract's noise, one image at a time, so that
it depends on its own seed alone. Its cost is not known ahead: evals are what was counted.
"""

from __future__ import annotations

import inspect
from collections.abc import Generator, Sequence
from typing import Any

import numpy as np
import torch
from PIL.Image import Image, new

from .asking import Ask
from .conditioning import cut_behind
from .counting import Counter
from .errors import Failed, Refused
from .identity import Identity
from .model import TOO_LARGE, Model
from .noise import NoiseFrom

_CALLED = {
    "steps": "num_inference_steps",
    "guidance_scale": "guidance_scale",
    "negative_prompt": "negative_prompt",
}


class OwnPrompts:
    """This pipeline encodes for itself: of its texts is known where its tokenizers end them."""

    def __init__(self, pipe: Any) -> None:
        names = ("tokenizer", "tokenizer_2", "tokenizer_3")
        parts = {name: getattr(pipe, name, None) for name in names}
        self.tokenizers = {name: part for name, part in parts.items() if part is not None}
        asked = inspect.signature(pipe.__call__).parameters.get("max_sequence_length")
        default = None if asked is None else asked.default
        self.most = default if isinstance(default, int) else None
        self.removed: dict[str, str] = {}  # as `Prompts.removed`
        self.unknown: dict[str, None] = {}  # as `Prompts.unknown`; these cut any text into pieces

    def look_at(self, text: str) -> dict[str, str]:
        """The end that each tokenizer cuts off; `removed` has the longest."""
        cut: dict[str, str] = {}
        for name, tokenizer in self.tokenizers.items():
            limits = [tokenizer.model_max_length, *([] if self.most is None else [self.most])]
            if lost := cut_behind(tokenizer, text, min(limits)):
                cut[name] = lost
        if cut:
            self.removed[text] = max(cut.values(), key=len)
        return cut


def network_of(pipe: Any) -> Any:
    """What makes the steps: a UNet or a transformer."""
    parts = (getattr(pipe, part, None) for part in ("unet", "transformer"))
    network = next((part for part in parts if part is not None), None)
    if network is None:
        raise Refused(
            f"{type(pipe).__name__} has neither a unet nor a transformer: "
            "its evals cannot be counted."
        )
    return network


class Foreign(Model):
    """A `Model` as far as plain drawing needs one. Its steps are not ours to take."""

    def __init__(self, pipe: Any, identity: Identity, fast: dict[str, Any] | None = None) -> None:
        self.pipe, self.identity, self.fast = pipe, identity, fast or {}
        self.unet = network_of(pipe)
        self.rows, self.exact, self.gradient_rows = 1, True, 1
        self.fillers = self.backward_fillers = 0
        self.counter = Counter(self.unet)
        own: Any = OwnPrompts(pipe)
        self.prompts = own
        self.takes = set(inspect.signature(pipe.__call__).parameters)

    @property
    def usual_side(self) -> int:
        latents = getattr(self.unet.config, "sample_size", None)
        return getattr(self.pipe, "vae_scale_factor", 8) * latents if latents else 1024

    def check(self, ask: Ask) -> None:
        name = type(self.pipe).__name__
        if ask.scheduler is not None:
            raise Refused(f"{name} is drawn by its own code: leave the scheduler out.")
        # A guidance scale is always there, from the endpoint's defaults: it is not asked for.
        if ask.negative_prompt and "negative_prompt" not in self.takes:
            raise Refused(f"{name} takes no negative_prompt: leave it out.")

    def draw(self, ask: Ask, prompt: str) -> list[Image]:
        return [self._one(ask, prompt, seed) for seed in ask.seeds]

    def cut(self, *texts: str | None) -> dict[str, Any]:
        """For the trace, by text and tokenizer: another encoder may read what one does not."""
        own: Any = self.prompts
        cut = {text: lost for text in texts if text and (lost := own.look_at(text))}
        return {"truncated_by": cut} if cut else {}

    @torch.no_grad()
    def _one(self, ask: Ask, prompt: str, seed: int) -> Image:
        name = type(self.pipe).__name__
        asked = {
            called: getattr(ask, field)
            for field, called in _CALLED.items()
            if called in self.takes and getattr(ask, field) is not None
        }
        if "output_type" in self.takes:
            asked["output_type"] = "np"
        try:
            # Numbers that do not come from `torch.randn` are the seed's as well.
            with torch.random.fork_rng(), NoiseFrom((seed,), 0):
                torch.manual_seed(seed)
                made = self.pipe(prompt=prompt, width=ask.width, height=ask.height, **asked)
        except torch.OutOfMemoryError as error:
            raise Failed(TOO_LARGE) from error
        except (TypeError, ValueError) as error:
            raise Refused(f"{name} does not draw this: {error}") from error
        if any(getattr(made, "nsfw_content_detected", None) or ()):
            # Its checker has blackened it, or merely reports: what is black is not kept.
            return new("RGB", (ask.width, ask.height))
        image = self._picture(made.images, seed)
        if image.size != (ask.width, ask.height):
            raise Refused(f"{name} drew {image.width} x {image.height}: ask for another size.")
        return image

    def _picture(self, made: Any, seed: int) -> Image:
        """From numbers where the pipeline gives any: a picture has lost what was not finite."""
        (drawn,) = made
        if isinstance(drawn, Image):
            return drawn
        if not np.isfinite(drawn).all():
            raise Refused(
                f"The VAE of {type(self.pipe).__name__} made numbers that are not finite at the "
                f"seed {seed}: give it a wider type."
            )
        return self.pipe.numpy_to_pil(np.asarray(drawn))[0]

    def pictures(self, latents: torch.Tensor, seeds: Sequence[int]) -> Generator[Image, None, None]:
        raise Refused("This pipeline is drawn by its own code: it has pictures only.")
