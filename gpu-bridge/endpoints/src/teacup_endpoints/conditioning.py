"""What the UNet is told beside the latents, and how texts become that."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch

_KEPT_PROMPTS = 256


@dataclass(frozen=True)
class Conditioning:
    """Row r of each tensor belongs to row r of the latents. SD 1.x has tokens only."""

    tokens: torch.Tensor  # (n, 77, width)
    pooled: torch.Tensor | None = None  # (n, width of encoder 2's projection)
    time_ids: torch.Tensor | None = None  # (n, 6); the refiner's have 5

    def __len__(self) -> int:
        return len(self.tokens)

    def repeat(self, times: int) -> Conditioning:
        """One row, for every image of a batch."""
        return self._each(lambda part: part.repeat(times, *[1] * (part.ndim - 1)))

    def __getitem__(self, rows: slice | Sequence[int] | torch.Tensor) -> Conditioning:
        return self._each(lambda part: part[rows])

    def _each(self, change: Any) -> Conditioning:
        pooled = None if self.pooled is None else change(self.pooled)
        time_ids = None if self.time_ids is None else change(self.time_ids)
        return Conditioning(change(self.tokens), pooled, time_ids)


def first_weight(network: Any) -> torch.Tensor:
    """Its type and its device are the network's. Asked for these, diffusers walks through all parts
    of the network every time."""
    return next(network.parameters())


def join(parts: Sequence[Conditioning]) -> Conditioning:
    """Below one another, in order."""
    pooled = [part.pooled for part in parts if part.pooled is not None]
    time_ids = [part.time_ids for part in parts if part.time_ids is not None]
    return Conditioning(
        torch.cat([part.tokens for part in parts]),
        torch.cat(pooled) if pooled else None,
        torch.cat(time_ids) if time_ids else None,
    )


@dataclass(frozen=True)
class Encoded:
    tokens: torch.Tensor
    pooled: torch.Tensor | None
    removed: str  # the end of the text that did not fit into the encoder's 77 tokens
    unknown: tuple[str, ...] = ()  # its words that the encoder does not know


def cut_behind(tokenizer: Any, text: str, most: int) -> str:
    """What of a text is behind `most` tokens. The marks that its tokenizer sets are among these:
    CLIP's two, T5's one, none of a language model's."""
    ids = tokenizer(text, add_special_tokens=False, truncation=False, verbose=False).input_ids
    return tokenizer.decode(ids[most - tokenizer.num_special_tokens_to_add() :]).strip()


def unknown_words(tokenizer: Any, text: str) -> tuple[str, ...]:
    """Each once, in lower case. CLIP's own tokenizer knows any text by its letters: it has none."""
    mark = tokenizer.unk_token
    if mark in (None, tokenizer.bos_token, tokenizer.eos_token):
        return ()
    asked = {"truncation": False, "verbose": False, "return_offsets_mapping": True}
    cut = tokenizer(text, add_special_tokens=False, **asked)
    found = [
        "".join(map(str.lower, text[begin:end]))
        for id_, (begin, end) in zip(cut["input_ids"], cut["offset_mapping"], strict=True)
        if id_ == tokenizer.unk_token_id and text[begin:end] != mark
    ]
    return tuple(dict.fromkeys(found))


class Prompts:
    """A pipeline's text encoders. Each text is encoded once and kept (quality.md's G16); weights
    that are tuned to it encode it once more."""

    def __init__(self, pipe: Any) -> None:
        self.pipe = pipe
        self.calls = 0
        self.removed: dict[str, str] = {}  # of the texts used since it was last cleared
        self.unknown: dict[str, None] = {}  # words, likewise; in order
        self._kept: OrderedDict[str, Encoded] = OrderedDict()

    @property
    def has_pooled(self) -> bool:
        return getattr(self.pipe, "text_encoder_2", None) is not None

    def encode(self, text: str, width: int, height: int) -> Conditioning:
        """(1 row.) The text as diffusers' own pipeline would encode it."""
        encoded = self._look_up(text)
        return Conditioning(encoded.tokens, encoded.pooled, self._time_ids(width, height, 6.0))

    def null(self, negative: str | None, width: int, height: int) -> Conditioning:
        """(1 row.) The guidance's other end: SDXL takes zeros where no negative prompt is given
        (`force_zeros_for_empty_prompt`), SD 1.x the encoded empty text."""
        zeros = not negative and self.has_pooled and self.pipe.config.force_zeros_for_empty_prompt
        encoded = self._look_up("" if zeros or negative is None else negative)
        tokens, pooled = encoded.tokens, encoded.pooled
        if zeros:
            tokens = torch.zeros_like(tokens)
            pooled = None if pooled is None else torch.zeros_like(pooled)
        return Conditioning(tokens, pooled, self._time_ids(width, height, 2.5))

    def _look_up(self, text: str) -> Encoded:
        if text not in self._kept:
            self._kept[text] = self.encode_again(text)
        self._kept.move_to_end(text)
        if len(self._kept) > _KEPT_PROMPTS:
            self._kept.popitem(last=False)
        if removed := self._kept[text].removed:
            self.removed[text] = removed
        self.unknown |= dict.fromkeys(self._kept[text].unknown)
        return self._kept[text]

    def renew(self, text: str) -> None:
        """Encodes it, kept or not, for whoever listens at the encoders; then it is kept."""
        self._kept.pop(text, None)
        self._look_up(text)

    @torch.no_grad()
    def encode_again(self, text: str) -> Encoded:
        """As the encoders are now, tuned ones included; nothing is kept."""
        self.calls += 1
        asked = {"prompt": text, "num_images_per_prompt": 1, "do_classifier_free_guidance": False}
        made = self.pipe.encode_prompt(**asked, device=first_weight(self.pipe.unet).device)
        pooled = made[2] if self.has_pooled else None
        return Encoded(made[0], pooled, self.cut_from(text), unknown_words(self.tokenizer, text))

    def cut_from(self, text: str) -> str:
        """The part of the text behind the encoder's last token; empty when all of it fits."""
        return cut_behind(self.tokenizer, text, self.tokenizer.model_max_length)

    @property
    def tokenizer(self) -> Any:
        return getattr(self.pipe, "tokenizer", None) or self.pipe.tokenizer_2

    def _time_ids(self, width: int, height: int, aesthetic: float) -> torch.Tensor | None:
        """SDXL: original size, crop, target size. Its refiner: an aesthetic score instead of the
        target size (6.0 for the prompt, 2.5 for the null side, as diffusers has it)."""
        if not self.has_pooled:
            return None
        by_score = getattr(self.pipe.config, "requires_aesthetics_score", False)
        numbers = [height, width, 0, 0, *([aesthetic] if by_score else [height, width])]
        like = first_weight(self.pipe.unet)
        return torch.tensor([numbers], dtype=like.dtype, device=like.device)
