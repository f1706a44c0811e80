"""Where the words of a prompt stand among the text encoder's tokens."""

from __future__ import annotations

from typing import Any

from .errors import Refused


def ids_of(pipe: Any, text: str) -> list[int]:
    """Without start and end. Both of SDXL's tokenizers cut alike, so positions hold for both."""
    return _tokenizer(pipe)(
        text, add_special_tokens=False, truncation=False, verbose=False
    ).input_ids


def find_phrase(pipe: Any, prompt: str, phrase: str) -> range | None:
    """Positions of the phrase's first place in the prompt; the start token is position 0. None if
    it is not there: whole words are looked for, whatever their case."""
    told, wanted = ids_of(pipe, prompt), ids_of(pipe, phrase)
    for start in range(len(told) - len(wanted) + 1) if wanted else ():
        if told[start : start + len(wanted)] == wanted:
            return range(start + 1, start + 1 + len(wanted))
    return None


def find_words(pipe: Any, prompt: str, phrase: str) -> dict[str, list[int]]:
    """The positions of each word of the phrase; a word that is cut into pieces has several."""
    place = find_phrase(pipe, prompt, phrase)
    if place is None:
        raise Refused(f"'{phrase}' does not stand in the prompt \"{prompt}\": take its own words.")
    last = last_token(pipe, prompt)
    if place[-1] >= last:
        raise Refused(f"'{phrase}' stands behind the 75 tokens that the model reads: shorten.")
    found: dict[str, list[int]] = {}
    start = place.start
    for word in phrase.split():
        pieces = len(ids_of(pipe, word))
        found[word] = list(range(start, start + pieces))
        start += pieces
    return found


def last_token(pipe: Any, prompt: str) -> int:
    """The position of the end-of-text token."""
    return min(len(ids_of(pipe, prompt)) + 1, _tokenizer(pipe).model_max_length - 1)


def _tokenizer(pipe: Any) -> Any:
    return getattr(pipe, "tokenizer", None) or pipe.tokenizer_2
