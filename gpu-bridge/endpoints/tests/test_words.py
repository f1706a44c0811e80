"""One rule for where a phrase stands among an encoder's tokens; noun phrases without a parser."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from teacup_endpoints import tiny
from teacup_endpoints.errors import Refused
from teacup_endpoints.words import find, last_token, locate, noun_phrases, words_of

PIPE = SimpleNamespace(tokenizer=tiny.tokenizer())
GOLDEN = json.loads(
    (Path(__file__).parents[2] / "contract" / "golden" / "phrases.json").read_text()
)


@pytest.mark.parametrize(
    ("prompt", "phrases"),
    [
        ("a tea cup of iced coke", ["a tea cup", "iced coke"]),
        ("A red dog, a pink cat and that bird", ["A red dog", "a pink cat", "that bird"]),
        ("rusty tracks with an old train", ["rusty tracks", "an old train"]),
        ("the mouse in front of the keyboard", ["the mouse", "the keyboard"]),
        ("tea cup", []),  # the whole prompt is no part of it
        ("a cup and a cup", ["a cup"]),
        (" , ", []),
    ],
)
def test_noun_phrases_are_what_stands_between_small_words(prompt: str, phrases: list[str]) -> None:
    assert noun_phrases(prompt) == phrases


@pytest.mark.parametrize(
    ("prompt", "phrase", "first", "last"),
    [
        ("a tea cup of iced coke", "tea cup", [(2,), (3,)], None),
        ("a tea cup of iced coke", "Iced Coke", [(5,), (6,)], None),
        ("two, red cups", "cup", [(6, 7, 8)], None),  # "two" and "cups" fall into pieces
        ("a teacup", "tea cup", [(2, 3, 4)], None),
        ("a cup on a cup", "cup", [(2,)], [(5,)]),
        # As it is written before what is only like it, wherever that stands.
        ("red teacup on a tea cup", "tea cup", [(7,), (8,)], None),
        ("tea cup on a red teacup", "tea cup", [(1,), (2,)], None),
        ("a cup", "glass", None, None),
        ("a cup", "...", None, None),
        ("a cup", "up", None, None),
    ],
)
def test_a_phrase_is_found_as_written_or_by_its_letters(
    prompt: str, phrase: str, first: list[tuple[int, ...]], last: list[tuple[int, ...]] | None
) -> None:
    words = words_of(PIPE, prompt)
    for expected, is_last in ((first, False), (last or first, True)):
        found = find(words, phrase, last=is_last)
        assert (None if found is None else [word.tokens for word in found]) == expected


@pytest.mark.parametrize("one", GOLDEN, ids=lambda one: f"{one['phrase']} in {one['prompt']}")
def test_a_phrase_stands_where_the_platform_finds_it(one: dict[str, Any]) -> None:
    """Both keep the contract's cases: what the platform sends is never refused for its place."""
    assert (find(words_of(PIPE, one["prompt"]), one["phrase"]) is not None) == one["stands"]


def test_positions_are_those_of_the_encoders_tokens() -> None:
    prompt = "a small teacup, full of iced coke"
    ids = PIPE.tokenizer(prompt).input_ids
    for word in words_of(PIPE, prompt):
        assert PIPE.tokenizer.decode([ids[at] for at in word.tokens]).strip() == word.text
        assert prompt[word.begin : word.end] == word.text
    assert ids[last_token(PIPE, prompt)] == PIPE.tokenizer.eos_token_id


def test_words_behind_the_last_token_are_not_there() -> None:
    words = words_of(PIPE, " ".join(["cup"] * 80))
    assert len(words) == 75
    assert words[-1].tokens == (75,)
    # Nor is one that the end cuts in the middle.
    assert len(words_of(PIPE, " ".join(["cup"] * 73 + ["teapot"]))) == 73


def test_a_phrase_is_located_with_what_stands_between_its_words() -> None:
    prompt = "a tea, cup of coke"
    found = locate(PIPE, prompt, "TEA CUP", "The word")
    assert (found.text, list(found.tokens)) == ("tea, cup", [2, 3, 4])
    # Encoded alone it has as many tokens: its own embeddings fit into its place.
    assert len(PIPE.tokenizer(found.text).input_ids) - 2 == len(found.tokens)


@pytest.mark.parametrize(
    ("prompt", "sentence"),
    [
        ("a glass", "The word 'tea cup' does not stand in the prompt \"a glass\": take its own"),
        (" ".join(["cup"] * 74) + " tea cup", "'tea cup' stands behind the 75 tokens"),
    ],
)
def test_a_phrase_that_is_not_read_is_refused(prompt: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        locate(PIPE, prompt, "tea cup", "The word")
