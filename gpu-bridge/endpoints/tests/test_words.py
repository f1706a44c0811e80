import pytest

from teacup_endpoints import tiny
from teacup_endpoints.words import find, noun_phrases, words_of

TOKENIZER = tiny.tokenizer()


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
    ("prompt", "phrase", "tokens"),
    [
        ("a tea cup of iced coke", "tea cup", [(2,), (3,)]),
        ("a tea cup of iced coke", "Iced Coke", [(5,), (6,)]),
        ("two, red cups", "cup", [(6, 7, 8)]),  # "two" and "cups" fall into pieces
        ("a teacup", "tea cup", [(2, 3, 4)]),
        ("a cup on a cup", "cup", [(5,)]),  # the last one
        ("a cup", "glass", None),
        ("a cup", "...", None),
    ],
)
def test_a_phrase_is_found_by_its_letters(
    prompt: str, phrase: str, tokens: list[tuple[int, ...]] | None
) -> None:
    found = find(words_of(TOKENIZER, prompt), phrase)
    assert (None if found is None else [word.tokens for word in found]) == tokens


def test_positions_are_those_of_the_encoders_tokens() -> None:
    prompt = "a small teacup, full of iced coke"
    ids = TOKENIZER(prompt).input_ids
    for word in words_of(TOKENIZER, prompt):
        assert TOKENIZER.decode([ids[at] for at in word.tokens]).strip() == word.text


def test_words_behind_the_last_token_are_not_there() -> None:
    words = words_of(TOKENIZER, " ".join(["cup"] * 80))
    assert len(words) == 75
    assert words[-1].tokens == (75,)
