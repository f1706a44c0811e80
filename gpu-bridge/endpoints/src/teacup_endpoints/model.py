"""One loaded diffusion model: noise predictions and pictures out of it, everything counted."""

from collections.abc import Generator, Iterator, Mapping, Sequence
from typing import Any

import torch
from PIL.Image import Image

from .conditioning import Conditioning, Prompts, first_weight
from .counting import Counter
from .errors import Failed, Refused
from .identity import Identity

TOO_LARGE = (
    "The GPU's memory does not hold one image of this size: ask for a smaller one, "
    "or free the memory that other programs hold."
)

_PIXELS_AT_ONCE = 2**20


class Model:
    """Wraps a diffusers pipeline of SDXL, its refiner or SD 1.x. Nothing here knows a method."""

    def __init__(
        self,
        pipe: Any,
        identity: Identity,
        *,
        rows: int | None = None,
        exact: bool = False,
        fast: Mapping[str, Any] | None = None,
    ) -> None:
        """`rows`: the most latents that go through the UNet at once, None for all. `exact`: short
        batches are filled up to `rows`, so that an image's bytes do not depend on its batch.
        `fast`: what was made faster, for the trace."""
        self.pipe, self.identity = pipe, identity
        self.unet, self.vae = pipe.unet, pipe.vae
        self.rows, self.exact = rows, exact
        # A guided step has two rows an image, a gradient one that needs more memory.
        self.gradient_rows = None if rows is None else max(1, rows // 2)
        self.fast = dict(fast or {})
        self.prompts = Prompts(pipe)
        self.counter = Counter(self.unet)
        # Rows that only filled a batch up: no image's cost.
        self.fillers = self.backward_fillers = 0
        self.marks: torch.Tensor | None = None

    @property
    def device(self) -> torch.device:
        return first_weight(self.unet).device

    @property
    def dtype(self) -> torch.dtype:
        return first_weight(self.unet).dtype

    @property
    def usual_side(self) -> int:
        """Pixels a side of what it was trained on."""
        return self.pipe.vae_scale_factor * self.unet.config.sample_size

    @property
    def family(self) -> str:
        return "sdxl" if self.prompts.has_pooled else "sd1"

    def latent_shape(self, width: int, height: int) -> tuple[int, int, int]:
        factor = self.pipe.vae_scale_factor
        return (self.unet.config.in_channels, height // factor, width // factor)

    def predict_noise(
        self,
        x: torch.Tensor,  # (rows, channels, h, w), already scaled for the scheduler's step
        t: torch.Tensor,
        conditioning: Conditioning,  # as many rows as x
        marks: torch.Tensor | None = None,  # (rows,) readable as `model.marks` by processors
        most: int | None = None,  # rows at once, where `self.rows` would be more
    ) -> torch.Tensor:
        """(rows, channels, h, w). Out of memory halves the batch for good, down to one row."""
        while True:
            limits = [limit for limit in (self.rows, most) if limit]
            rows = min(limits, default=len(x))
            full = rows if self.exact and limits else 1
            try:
                parts = [
                    self._part(x[start : start + rows], t, conditioning, marks, start, full)
                    for start in range(0, len(x), rows)
                ]
                return parts[0] if len(parts) == 1 else torch.cat(parts)
            except torch.OutOfMemoryError as error:
                if rows == 1:
                    raise Failed(TOO_LARGE) from error
                self.rows = rows // 2
            # Outside of `except`: the error held the failed attempt's tensors until here.
            free_memory()

    def _part(
        self,
        x: torch.Tensor,
        t: torch.Tensor,
        conditioning: Conditioning,
        marks: torch.Tensor | None,
        start: int,
        full: int,  # rows that a shorter batch is filled up to
    ) -> torch.Tensor:
        count = len(x)
        index = torch.arange(start, start + count)
        if missing := max(full - count, 0):
            self.fillers += missing
            index = torch.cat([index, index[-1:].repeat(missing)])
            x = torch.cat([x, x[-1:].repeat(missing, 1, 1, 1)])
        whole = len(index) == len(conditioning)
        told = conditioning if whole else conditioning[index.to(self.device)]
        marked = None if marks is None else marks[index.to(marks.device)]
        return self.forward(x, t, told, marked)[:count]

    def forward(
        self,
        x: torch.Tensor,
        t: torch.Tensor,
        told: Conditioning,
        marks: torch.Tensor | None = None,
    ) -> torch.Tensor:
        """One batch as it is: nothing is cut, filled up or tried again."""
        added = (
            None if told.pooled is None else {"text_embeds": told.pooled, "time_ids": told.time_ids}
        )
        self.marks = marks
        try:
            return self.unet(
                x, t, encoder_hidden_states=told.tokens, added_cond_kwargs=added, return_dict=False
            )[0]
        finally:
            self.marks = None

    def decode(self, latents: torch.Tensor, seeds: Sequence[int]) -> list[Image]:
        return list(self.pictures(latents, seeds))

    @torch.no_grad()
    def pictures(self, latents: torch.Tensor, seeds: Sequence[int]) -> Generator[Image, None, None]:
        """As diffusers decodes: a float16 VAE that overflows is run in float32. Each picture comes
        as soon as it is made, so whoever has work with it does that beside the next one."""
        if broken := [seed for seed, row in zip(seeds, latents, strict=True) if not_finite(row)]:
            raise Refused(
                f"The model made numbers that are not finite at the seeds {broken}: "
                "a wider type (bfloat16, float32) or less guidance may help."
            )
        upcast = first_weight(self.vae).dtype == torch.float16 and self.vae.config.force_upcast
        try:
            if upcast:
                self.vae.to(torch.float32)
            for pixels in self._decode(latents):
                if not_finite(pixels):
                    raise Refused("The VAE made numbers that are not finite: give it a wider type.")
                yield from self.pipe.image_processor.postprocess(pixels, output_type="pil")
        finally:
            if upcast:
                self.vae.to(torch.float16)

    def _decode(self, latents: torch.Tensor) -> Iterator[torch.Tensor]:
        # One at a time where bytes must not depend on the batch, and no more than a megapixel at
        # once: SDXL's VAE holds 5.3 GiB a picture in float32, which four on a 4090 are not.
        pixels_each = latents.shape[-2] * latents.shape[-1] * self.pipe.vae_scale_factor**2
        fits = min(len(latents), max(1, _PIXELS_AT_ONCE // pixels_each))
        size = 1 if self.exact or self.rows == 1 else fits
        while len(latents):
            part, pixels = latents[:size], None
            try:
                unscaled = self._unscaled(part).to(first_weight(self.vae).dtype)
                pixels = self.vae.decode(unscaled, return_dict=False)[0]
            except torch.OutOfMemoryError as error:
                if size == 1:
                    raise Failed(TOO_LARGE) from error
                size //= 2
            # Outside of `except`: the error held the failed attempt's tensors until here.
            if pixels is None:
                free_memory()
            else:
                yield pixels
                latents = latents[len(part) :]

    def _unscaled(self, latents: torch.Tensor) -> torch.Tensor:
        config = self.vae.config
        mean, std = (getattr(config, name, None) for name in ("latents_mean", "latents_std"))
        if mean is None or std is None:
            return latents / config.scaling_factor
        mean, std = (latents.new_tensor(values).view(1, -1, 1, 1) for values in (mean, std))
        return latents * std / config.scaling_factor + mean


def not_finite(numbers: torch.Tensor) -> bool:
    return not bool(torch.isfinite(numbers).all())


def free_memory() -> None:
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
