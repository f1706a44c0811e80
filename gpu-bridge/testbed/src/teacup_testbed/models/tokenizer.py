"""One word, one token, in transformers' layout: the world's captions have some 200 words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import PreTrainedTokenizerFast

BEGIN, END, UNKNOWN = "<|startoftext|>", "<|endoftext|>", "<|unknown|>"
_MARKS = (BEGIN, END, UNKNOWN)


def make_tokenizer(words: Sequence[str], tokens: int) -> PreTrainedTokenizerFast:
    """Case and punctuation are no words. A word that the world lacks is the unknown token."""
    if taken := sorted(set(_MARKS) & set(words)):
        raise ValueError(f"{', '.join(taken)}: the tokenizer's own marks cannot be words")
    numbers = {word: number for number, word in enumerate(dict.fromkeys([*_MARKS, *words]))}
    cut = Tokenizer(models.WordLevel(numbers, unk_token=UNKNOWN))
    cut.normalizer = normalizers.Lowercase()  # pyright: ignore[reportAttributeAccessIssue]
    cut.pre_tokenizer = pre_tokenizers.Sequence(  # pyright: ignore[reportAttributeAccessIssue]
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Punctuation("removed")]
    )
    cut.post_processor = processors.TemplateProcessing(  # pyright: ignore[reportAttributeAccessIssue]
        single=f"{BEGIN} $A {END}",
        special_tokens=[(BEGIN, numbers[BEGIN]), (END, numbers[END])],
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=cut,
        bos_token=BEGIN,
        eos_token=END,
        unk_token=UNKNOWN,
        pad_token=END,
        model_max_length=tokens,
    )


def tokenize(tokenizer: Any, texts: Sequence[str], tokens: int) -> torch.Tensor:
    """(texts, tokens) long, filled up with the end's mark, as diffusers fills up."""
    made = tokenizer(
        list(texts), padding="max_length", truncation=True, max_length=tokens, return_tensors="pt"
    )
    return made.input_ids
