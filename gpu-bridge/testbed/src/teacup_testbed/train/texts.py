"""What is said of pictures to the networks that read both."""

from __future__ import annotations

from functools import cache
from typing import Any

import torch

from ..models.tokenizer import tokenize
from ..world.captions import alone, alone_host, prompts_of
from ..world.lexicon import NONE
from ..world.scenes import Scenes
from .dual import ANY, Texts
from .pool import once_each


def spoken_texts(scenes: Scenes, tokenizer: Any, tokens: int, device: torch.device) -> Texts:
    """Four texts a scene: two that name all of it, one of its content, one of its host. A scene
    without one of them has the other's text there."""
    rows = [_spoken(c, h, at) for at, (c, h) in enumerate(_pairs(scenes))]
    kinds = len(rows[0])
    flat = [text for row in rows for text, _, _ in row]
    content = torch.tensor([[c for _, c, _ in row] for row in rows])
    host = torch.tensor([[h for _, _, h in row] for row in rows])
    ids = once_each(flat, lambda texts: tokenize(tokenizer, texts, tokens))
    return Texts(ids.view(len(rows), kinds, tokens).to(device), content.to(device), host.to(device))


def biased_texts(scenes: Scenes, tokens: torch.Tensor) -> Texts:
    """The captions as they are: each fits the scenes of its own content and host."""
    kinds = tokens.shape[1]
    content = scenes.content.to(tokens.device)[:, None].repeat(1, kinds)
    host = scenes.host.to(tokens.device)[:, None].repeat(1, kinds)
    return Texts(tokens, content, host)


def _spoken(content: int, host: int, at: int) -> list[tuple[str, int, int]]:
    if host == NONE:
        return [(_alone(content), content, ANY)] * 4
    if content == NONE:
        return [(_alone_host(host), ANY, host)] * 4
    prompts = _prompts(content, host)
    whole = [(prompts[(at + k) % len(prompts)], content, host) for k in (0, 2)]
    return [*whole, (_alone(content), content, ANY), (_alone_host(host), ANY, host)]


_alone, _alone_host, _prompts = cache(alone), cache(alone_host), cache(prompts_of)


def _pairs(scenes: Scenes) -> list[tuple[int, int]]:
    return list(zip(scenes.content.tolist(), scenes.host.tolist(), strict=True))
