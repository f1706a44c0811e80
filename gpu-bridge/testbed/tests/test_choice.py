"""MoCE's settings out of the probe's rows."""

from typing import Any

import pytest

from teacup_testbed.models.oracle import NONE
from teacup_testbed.repair.arms import read_choice
from teacup_testbed.repair.choose import choose, play, pooled, window_of

COKE, TEA_CUP, TUMBLER = 0, 1, 0
RIGHT, TYPICAL, EMPTY = (TEA_CUP, COKE, 0), (TUMBLER, COKE, 0), (TEA_CUP, NONE, 0)
BROKEN = (TEA_CUP, COKE, 1)


def row(seen: list[Any], scores: list[Any] | None = None, **given: Any) -> dict[str, Any]:
    """One image; what is seen of it, and how it scores, at k = 0, 1, ..."""
    scores = scores or [(0.5, 0.5)] * len(seen)
    points = [
        {"k": k, "seen": [list(one)], "scores": [list(pair)]}
        for k, (one, pair) in enumerate(zip(seen, scores, strict=True))
    ]
    usual = {"arm": "host", "content": COKE, "host": TEA_CUP, "steps": 8, "naming": "name"}
    return {**usual, "prefix": "", "weights": "w", "points": points, **given}


def test_only_images_without_the_asked_host_can_flip() -> None:
    rows = [row([TYPICAL, RIGHT]), row([TYPICAL, BROKEN]), row([EMPTY, EMPTY])]
    start, after = pooled(rows)
    assert (start["flipped"], after["flipped"]) == (0.0, 0.5)
    assert after["right"] == pytest.approx(1 / 3)
    assert after["omitted"] == pytest.approx(1 / 3)
    assert after["garbage"] == pytest.approx(1 / 3)


def test_the_window_goes_from_ten_to_ninety_per_cent_of_the_flips() -> None:
    flips = [0.0, 0.02, 0.1, 0.3, 0.76, 0.8, 0.7]
    points = [{"k": k, "flipped": share} for k, share in enumerate(flips)]
    assert window_of(points) == (2, 4)


def test_without_a_flip_there_is_nothing_to_choose_from() -> None:
    with pytest.raises(ValueError, match="No host flipped at any step"):
        choose([row([TYPICAL] * 9)])


def test_a_familys_order_is_the_one_that_makes_more_images_right() -> None:
    host_first = row([TYPICAL, TYPICAL, EMPTY, EMPTY])
    content_first = row([TYPICAL, RIGHT, TYPICAL, TYPICAL], arm="content")
    assert choose([host_first, content_first])["order"] == {"F1": "content"}
    assert choose([host_first, {**content_first, "arm": "host"}])["order"] == {"F1": "host"}


def test_a_search_is_played_through_as_moce_makes_it() -> None:
    # Of 8 steps within 4: 2 first. There the host leads, so 1 comes next, which is accepted.
    scores = [(0.1, 0.9), (0.5, 0.52), (0.9, 0.2), (0.9, 0.1), (0.9, 0.1)]
    one = row([TYPICAL, RIGHT, EMPTY, EMPTY, EMPTY], scores)
    assert play(one, 0, 4, delta=0.05, tau=None) == (True, 2 + 6 + 7)
    # Good enough at once: an empty host, at plain's cost.
    assert play(one, 0, 4, delta=0.05, tau=0.15) == (False, 8)


def test_thresholds_are_those_that_make_the_most_images_right() -> None:
    scores = [(0.1, 0.9), (0.5, 0.52), (0.9, 0.2), (0.9, 0.1), (0.9, 0.1)]
    chosen = choose([row([TYPICAL, RIGHT, EMPTY, EMPTY, EMPTY], scores)])
    assert chosen["window"] == 1 / 8
    assert chosen["known_step"] == 1
    assert play(row([TYPICAL, RIGHT], scores[:2]), 0, 1, chosen["delta"], chosen["tau"])[0]


def test_a_choice_is_read_as_it_was_written(tmp_path: Any) -> None:
    import json

    chosen = choose([row([TYPICAL, TYPICAL, RIGHT, EMPTY])])
    (tmp_path / "moce.json").write_text(json.dumps(chosen))
    read = read_choice(tmp_path / "moce.json")
    assert (read.window, read.known_step, read.order) == (2 / 8, 2, {"F1": "host"})


def test_a_file_that_is_no_choice_is_refused(tmp_path: Any) -> None:
    (tmp_path / "moce.json").write_text('{"window": 0.3}')
    with pytest.raises(ValueError, match="write one by `teacup-testbed probe`"):
        read_choice(tmp_path / "moce.json")
