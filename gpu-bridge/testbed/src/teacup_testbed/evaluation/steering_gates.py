"""What the networks that steer can tell apart, on fresh renders after a round trip: whether the
dual encoder knows a scene's host and content among those of their family, and whether the captioner
finds a caption likelier than one that says what the scene is usually taken for. Reported, no gate:
what steers is no evidence of what an image shows."""

from __future__ import annotations

from typing import Any

import torch
from teacup_endpoints.tiny import tokenizer as clip_tokenizer
from teacup_endpoints.tiny_scorers import bert_tokenizer
from torch.nn import functional

from ..models.captioner import make_captioner
from ..models.dual import directions, make_dual
from ..models.tokenizer import tokenize
from ..train.latents import load_vae
from ..train.oracle import round_trip
from ..train.pictures import load_into, to_unit
from ..train.pool import draw, once_each
from ..train.setup import Setup
from ..world.captions import WORDS, alone, alone_host, prompts_of
from ..world.lexicon import NONE, PER_FAMILY, ids_of
from ..world.sampling import uniform
from ..world.scenes import Scenes
from .gates import Gate

_ASKED = "reported"


def steering_gates(setup: Setup, count: int = 600) -> list[Gate]:
    """On the filled of `count` fresh scenes. ValueError where a stage has not been trained."""
    dual = load_into(make_dual(setup.shape, _words(setup)), setup.weights_of("dual"))
    captioner = load_into(
        make_captioner(setup.shape, bert_tokenizer(WORDS)), setup.weights_of("captioner")
    )
    drawn = uniform(setup.families, count, setup.generator("steering-check"))
    scenes = drawn[(drawn.content != NONE) & (drawn.host != NONE)]
    pictures = to_unit(round_trip(load_vae(setup), draw(scenes, setup.shape, setup.device)))
    return [
        *_dual_gates(setup, dual.to(setup.device), pictures, scenes),
        *_captioner_gates(setup, captioner.to(setup.device), pictures, scenes),
    ]


def _words(setup: Setup) -> Any:
    return clip_tokenizer(words=WORDS, length=setup.shape.tokens)


@torch.no_grad()
def _dual_gates(setup: Setup, dual: Any, pictures: torch.Tensor, scenes: Scenes) -> list[Gate]:
    seen = directions(dual.get_image_features(pixel_values=pictures)).cpu()
    ids = torch.tensor(ids_of(setup.numbers))
    made = []
    for name, truth, say in (("host", scenes.host, alone_host), ("content", scenes.content, alone)):
        tokens = tokenize(_words(setup), [say(one) for one in ids.tolist()], setup.shape.tokens)
        read = directions(dual.get_text_features(input_ids=tokens.to(setup.device))).cpu()
        is_kin = ids[None] // PER_FAMILY == truth[:, None] // PER_FAMILY
        nearest = ids[(seen @ read.T).masked_fill(~is_kin, -1).argmax(dim=1)]
        right = nearest == truth
        title = f"dual encoder, {name} among {PER_FAMILY}"
        made.append(Gate(title, int(right.sum()), len(right), _ASKED, True))
    return made


def _captioner_gates(
    setup: Setup, captioner: Any, pictures: torch.Tensor, scenes: Scenes
) -> list[Gate]:
    pairs = list(zip(scenes.content.tolist(), scenes.host.tolist(), strict=True))
    at = [row for row, (content, host) in enumerate(pairs) if content != host]

    def said(named: list[tuple[int, int]]) -> torch.Tensor:
        texts = [prompts_of(*pair)[0] for pair in named]
        return likelihoods(setup, captioner, pictures[at], texts)

    right = said([pairs[row] for row in at])
    by_host = said([(pairs[row][0], pairs[row][0]) for row in at])
    by_content = said([(pairs[row][1], pairs[row][1]) for row in at])
    return [
        Gate(name, int(wins.sum()), len(at), _ASKED, True)
        for name, wins in (
            ("captioner, likelier than with the typical host", right > by_host),
            ("captioner, likelier than with the typical content", right > by_content),
        )
    ]


@torch.no_grad()
def likelihoods(
    setup: Setup, captioner: Any, pictures: torch.Tensor, texts: list[str]
) -> torch.Tensor:
    """(n,): the mean over a text's tokens, as the scorer `caption-likelihood` has it."""
    tokenizer = bert_tokenizer(WORDS)
    tokens = once_each(texts, lambda own: tokenize(tokenizer, own, setup.shape.tokens))
    tokens = tokens.to(setup.device)
    seen = captioner.vision_model(pixel_values=pictures).last_hidden_state
    logits = captioner.text_decoder(input_ids=tokens, encoder_hidden_states=seen).logits[:, :-1]
    asked = tokens[:, 1:]
    each = functional.cross_entropy(
        logits.float().transpose(1, 2), asked, ignore_index=tokenizer.pad_token_id, reduction="none"
    )
    return -each.sum(dim=1).cpu() / (asked != tokenizer.pad_token_id).sum(dim=1).cpu()
