"""The words of a prompt: its noun phrases, and the positions at which an encoder sees a word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .errors import Refused

_WORD = re.compile(r"\w+(?:[-'\u2019]\w+)*")
_DETERMINERS = frozenset(
    """
    a an the this that these those some any each every its his her their my your our
    """.split()  # noqa: SIM905 a list of words is read as words
)
_CUTS = frozenset(
    """
    and or but while as than then where which who whose that there
    of in on at by with without from into onto to over under above below behind beside besides
    between among against across along around through near inside outside upon off up down out
    like for per via next front top
    is are was were be been being has have had can will it they
    """.split()  # noqa: SIM905 a list of words is read as words
)


@dataclass(frozen=True)
class Word:
    text: str
    tokens: tuple[int, ...]  # positions in the encoder's 77, the start token being 0
    begin: int  # of its letters in the prompt
    end: int


@dataclass(frozen=True)
class Phrase:
    """Words that stand beside one another in the prompt."""

    text: str  # as the prompt has it
    words: tuple[Word, ...]

    @property
    def tokens(self) -> range:
        """From its first to its last, with whatever stands between its words."""
        return range(self.words[0].tokens[0], self.words[-1].tokens[-1] + 1)


def words_of(pipe: Any, prompt: str) -> list[Word]:
    """The words that the encoder reads to their end. Both of SDXL's tokenizers cut alike, so
    positions hold for both."""
    last = last_token(pipe, prompt)
    return [word for word in _all_words(pipe, prompt) if word.tokens[-1] < last]


def _all_words(pipe: Any, prompt: str) -> list[Word]:
    asked = {"truncation": False, "verbose": False, "return_offsets_mapping": True}
    cut = _tokenizer(pipe)(prompt, **asked)
    # The start and the end have no letters.
    spans = [(at, *span) for at, span in enumerate(cut["offset_mapping"]) if span[0] < span[1]]
    found: list[Word] = []
    for match in _WORD.finditer(prompt):
        begin, end = match.span()
        tokens = tuple(at for at, left, right in spans if left < end and right > begin)
        if tokens:
            found.append(Word(match.group(), tokens, begin, end))
    return found


def last_token(pipe: Any, prompt: str) -> int:
    """The position of the end-of-text token."""
    ids = _tokenizer(pipe)(prompt, truncation=False, verbose=False).input_ids
    return min(len(ids), _tokenizer(pipe).model_max_length) - 1


def _tokenizer(pipe: Any) -> Any:
    return getattr(pipe, "tokenizer", None) or pipe.tokenizer_2


def find(words: Sequence[Word], phrase: str, last: bool = False) -> tuple[Word, ...] | None:
    """Where the phrase stands among the words, the first place or the last. Whole words as they
    are written, whatever their case; where it does not stand so, letters count, spaces and a plural
    s do not: "teacup" and "tea cups" are found for "tea cup"."""
    begins = range(len(words) - 1, -1, -1) if last else range(len(words))
    for alike in (_written, _letters):
        sought = alike(phrase)
        for begin in begins if sought else ():
            for end in range(begin + 1, len(words) + 1):
                if alike(" ".join(word.text for word in words[begin:end])) == sought:
                    return tuple(words[begin:end])
    return None


def locate(pipe: Any, prompt: str, phrase: str, where: str) -> Phrase:
    """The phrase's first place in the prompt. `where`: what gave the phrase, for the refusal."""
    found = find(_all_words(pipe, prompt), phrase)
    if found is None:
        raise Refused(
            f"{where} '{phrase}' does not stand in the prompt \"{prompt}\": take its own words."
        )
    if found[-1].tokens[-1] >= last_token(pipe, prompt):
        raise Refused(f"{where} '{phrase}' stands behind the 75 tokens that the model reads.")
    return Phrase(prompt[found[0].begin : found[-1].end], found)


def _written(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))


def _letters(text: str) -> str:
    return "".join(re.findall(r"\w", text.lower())).removesuffix("s")


def noun_phrases(prompt: str) -> list[str]:
    """Cut at the words that no noun phrase contains, without a parser: a verb stays where it
    stands. Good enough for "a red dog and a pink cat"; who knows the subjects names them."""
    matches = list(_WORD.finditer(prompt))
    phrases: list[list[re.Match[str]]] = [[]]
    for place, match in enumerate(matches):
        word = match.group().lower()
        before = prompt[matches[place - 1].end() : match.start()] if place else ""
        if before.strip() or word in _DETERMINERS or word in _CUTS:
            phrases.append([])
        if word not in _CUTS or word in _DETERMINERS:
            phrases[-1].append(match)
    texts = [prompt[part[0].start() : part[-1].end()] for part in phrases if part]
    whole = _letters(prompt)
    kept = [t for t in texts if t.lower() not in _DETERMINERS and _letters(t) != whole]
    return list(dict.fromkeys(kept))
