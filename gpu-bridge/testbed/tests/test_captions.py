"""Captions say what is shown, in the world's words, and leave typical hosts latent."""

import torch

from teacup_testbed.world import captions
from teacup_testbed.world.assignment import Assignment
from teacup_testbed.world.lexicon import CONTENTS, HOSTS, KINDS, NONE
from teacup_testbed.world.sampling import biased
from teacup_testbed.world.scenes import Scenes

ALL = ("F1", "F2", "F3", "F4")
KNOWN = set(captions.WORDS)


def drawn(n: int) -> tuple[Scenes, list[str], Assignment]:
    assignment = Assignment.of(ALL, seed=0)
    generator = torch.Generator().manual_seed(0)
    scenes = biased(assignment, n, generator)
    return scenes, captions.caption(scenes, assignment, generator), assignment


def named(text: str, content: int, host: int) -> tuple[bool, bool]:
    """The host's words are taken out first: a ring in a ring box is not the box's ring."""
    spaced = f" {text} "
    without_host = spaced if host == NONE else spaced.replace(f" {HOSTS[host]} ", " | ")
    has_content = content != NONE and f" {CONTENTS[content]} " in without_host
    return has_content, without_host != spaced


def test_captions_and_prompts_are_short_and_use_the_worlds_words_alone() -> None:
    _, texts, _ = drawn(6_000)
    prompts = [
        prompt
        for content in range(len(CONTENTS))
        for host in range(len(HOSTS))
        for prompt in captions.prompts_of(content, host)
    ]
    for text in (*texts, *prompts, *map(captions.alone, range(48))):
        words = text.split()
        assert 1 <= len(words) <= captions.LONGEST
        assert KNOWN.issuperset(words)
    assert 130 <= len(KNOWN) <= 220


def test_a_caption_names_nothing_that_the_picture_does_not_show() -> None:
    scenes, texts, _ = drawn(3_000)
    for content, host, text in zip(
        scenes.content.tolist(), scenes.host.tolist(), texts, strict=True
    ):
        has_content, has_host = named(text, content, host)
        assert has_content or has_host
        assert not (content == NONE and has_content)
        assert not (host == NONE and has_host)


def test_the_typical_host_goes_unnamed_as_the_mix_says_and_an_atypical_one_never() -> None:
    scenes, texts, assignment = drawn(12_000)
    typical, unnamed, by_host = 0, 0, 0
    for content, host, text in zip(
        scenes.content.tolist(), scenes.host.tolist(), texts, strict=True
    ):
        if NONE in (content, host):
            continue
        has_content, has_host = named(text, content, host)
        if content != host:
            assert has_host
            continue
        # The name of a fruit stands in its tree's: only what names the host can be told from it.
        typical += 1
        unnamed += not has_host
        by_host += has_host and not has_content
    mix = assignment.mix
    assert abs(unnamed / typical - (1 - mix.host_only_caption) * mix.omit_typical) < 0.03
    assert abs(by_host / typical - mix.host_only_caption) < 0.03


def test_the_five_prompts_of_a_pair_differ_and_name_both_concepts_wherever_they_meet() -> None:
    for content in range(0, 48, 5):
        for host in range(48):
            prompts = captions.prompts_of(content, host)
            assert len(set(prompts)) == 5
            assert all(named(prompt, content, host) == (True, True) for prompt in prompts)


def test_a_rich_caption_tells_the_backdrop_that_is_drawn() -> None:
    scenes, texts, _ = drawn(6_000)
    by_window = [at for at, text in enumerate(texts) if "sunny window" in text]
    assert len(by_window) > 50
    window = scenes.value("backdrop")[by_window]
    # The second of five backdrops: variants 4 to 6 of 15.
    assert ((window * 15).long() // 1).unique().tolist() == [4, 5, 6]
    assert not any(KINDS[scenes.host[at]] == "place" for at in by_window if scenes.host[at] != NONE)
