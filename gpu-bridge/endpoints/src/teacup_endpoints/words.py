"""The words of a prompt: its noun phrases, and the positions at which an encoder sees a word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

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


def words_of(tokenizer: Any, prompt: str) -> list[Word]:
    """The words that fit into the encoder's tokens; a word that was cut has fewer tokens, or is
    not there."""
    cut = tokenizer(prompt, truncation=True, return_offsets_mapping=True)
    # The start and the end have no letters.
    spans = [(at, *span) for at, span in enumerate(cut["offset_mapping"]) if span[0] < span[1]]
    found: list[Word] = []
    for match in _WORD.finditer(prompt):
        begin, end = match.span()
        tokens = tuple(at for at, left, right in spans if left < end and right > begin)
        if tokens:
            found.append(Word(match.group(), tokens))
    return found


def find(words: list[Word], phrase: str) -> list[Word] | None:
    """Where the phrase stands in the prompt; the last place, if there are several. "teacup" and
    "tea cups" are found for "tea cup": letters count, spaces and a plural s do not."""
    sought = _letters(phrase)
    if not sought:
        return None
    for begin in range(len(words) - 1, -1, -1):
        for end in range(begin + 1, len(words) + 1):
            if _letters(" ".join(word.text for word in words[begin:end])) == sought:
                return words[begin:end]
    return None


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
