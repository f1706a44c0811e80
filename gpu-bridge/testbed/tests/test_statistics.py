"""Against published values."""

import pytest

from teacup_testbed.evaluation.statistics import clopper_pearson, mcnemar, trend


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    # R: binom.test(k, n)$conf.int
    [(0, 20, 0.0, 0.16843), (10, 20, 0.27196, 0.72804), (20, 20, 0.83157, 1.0), (0, 0, 0.0, 1.0)],
)
def test_an_exact_interval(successes: int, trials: int, low: float, high: float) -> None:
    assert clopper_pearson(successes, trials) == pytest.approx((low, high), abs=1e-5)


def test_an_impossible_share_is_refused() -> None:
    with pytest.raises(ValueError, match="21 of 20"):
        clopper_pearson(21, 20)


def test_mcnemar_is_the_exact_binomial_of_the_pairs_that_differ() -> None:
    # R: binom.test(1, 10)$p.value
    assert mcnemar(1, 9) == pytest.approx(0.021484375)
    assert mcnemar(0, 0) == 1.0


def test_a_trend_is_found_within_families_and_not_between_them() -> None:
    doses = [[0.0, 1.0, 2.0, 3.0] * 3, [0.0, 1.0, 2.0, 3.0] * 3]
    falls = [[0.9, 0.7, 0.4, 0.2] * 3, [0.5, 0.4, 0.2, 0.1] * 3]
    slope, p = trend(doses, falls)
    assert slope < -0.1
    assert p < 0.001

    flat = [[0.9] * 12, [0.1] * 12]
    assert trend(doses, flat) == (0.0, 1.0)
