"""MoCE's search for a step, which knows nothing of images, after methods.md 2.6 and 2.7."""

import pytest

from teacup_endpoints.bisection import Search
from teacup_endpoints.methods.moce import Parameters, begin

from .test_moce import Stub


def searched(crossing: float, steps: int = 40, rounds: int = 3) -> Search:
    search = begin(Parameters(rounds=rounds, tau=99.0), Stub(), steps)
    while search.kept is None:
        search.tell(search.k / steps, crossing / steps)
    return search


@pytest.mark.parametrize(
    ("crossing", "visited"),
    [(10, [10]), (19, [10, 15, 17]), (11, [10, 15, 12]), (8, [10, 5, 7]), (1, [10, 5, 2])],
)
def test_the_bisection_visits_what_it_should(crossing: float, visited: list[int]) -> None:
    assert [visit.step for visit in searched(crossing).visits] == visited


def test_no_search_visits_a_step_twice_or_leaves_the_window() -> None:
    for steps in (4, 20, 28, 30, 35, 40, 50):
        for crossing in range(steps + 1):
            path = [visit.step for visit in searched(crossing + 0.49, steps, rounds=20).visits]
            assert len(set(path)) == len(path)
            assert all(1 <= k <= int(0.475 * steps) for k in path)


def test_equal_scores_and_two_good_scores_end_the_search() -> None:
    for first, second, accepted in [(0.3, 0.305, True), (0.9, 0.73, True), (0.9, 0.7, False)]:
        search = begin(Parameters(), Stub(), 40)
        search.tell(first, second)
        assert (search.kept is not None) is accepted


def test_nothing_accepted_keeps_the_better_minimum_then_the_smaller_disparity() -> None:
    search = begin(Parameters(), Stub(), 40)
    for scores in [(0.2, 0.6), (0.6, 0.3), (0.5, 0.3)]:
        search.tell(*scores)
    assert search.kept is search.visits[2]


def test_of_equals_the_smaller_step_is_kept_though_it_was_visited_later() -> None:
    search = begin(Parameters(), Stub(), 40)
    for scores in [(0.6, 0.3), (0.3, 0.6), (0.1, 0.9)]:
        search.tell(*scores)
    assert [visit.step for visit in search.visits] == [10, 5, 7]
    assert search.kept is search.visits[1]


def test_a_direction_follows_the_dominant_concept() -> None:
    for scores, expected in [((0.9, 0.1), 5), ((0.1, 0.9), 15)]:
        search = begin(Parameters(), Stub(), 40)
        search.tell(*scores)
        assert search.k == expected
