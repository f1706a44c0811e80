"""The equations of ConceptDiffusion, after methods.md 3.6."""

from typing import Any

import pytest
import torch

from teacup_endpoints.steering import Rule, abstract, cosine, mask, onto, steer


def directions(seed: int, subjects: int = 2) -> tuple[torch.Tensor, torch.Tensor]:
    """P, and subjects that all point a little its way."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        p = torch.randn(4, 8, 8)
        return p, torch.randn(subjects, 4, 8, 8) + 0.3 * p


def rule(**changes: Any) -> Rule:
    usual = {"eta_subject": 1 / 3, "eta_abstract": 0.7, "upper_bound": 0.8}
    return Rule(**{**usual, "projection": "sum", "mask": True, **changes})


def dot(x: torch.Tensor, y: torch.Tensor) -> float:
    return float((x.double() * y.double()).sum())


@pytest.mark.parametrize("seed", range(20))
def test_what_is_projected_off_is_gone(seed: int) -> None:
    p, s = directions(seed)
    size = dot(p, p)
    assert abs(dot(abstract(p, s, "sum"), s.sum(0))) < 1e-5 * size
    for one in s:
        assert abs(dot(one - onto(one, p), p)) < 1e-5 * size
        assert abs(dot(abstract(p, s, "span"), one)) < 1e-5 * size


@pytest.mark.parametrize("seed", range(5))
def test_the_abstract_cosine_completes_that_of_the_sum(seed: int) -> None:
    p, s = directions(seed)
    ours, theirs = cosine(p, abstract(p, s, "sum")), cosine(p, s.sum(0))
    assert abs(float(ours**2 + theirs**2) - 1) < 1e-5


def test_the_span_of_subjects_is_taken_off_as_qr_does() -> None:
    p, s = directions(3, subjects=3)
    q = torch.linalg.qr(s.flatten(1).T.double()).Q
    expected = p.flatten().double() - q @ (q.T @ p.flatten().double())
    assert torch.allclose(abstract(p, s, "span").flatten().double(), expected, atol=1e-5)
    # And where two subjects coincide, as if there were one.
    twice = torch.stack([s[0], s[0]])
    assert torch.allclose(abstract(p, twice, "span"), abstract(p, s[:1], "sum"), atol=1e-5)


@pytest.mark.parametrize("seed", range(5))
def test_subject_terms_leave_the_guidance_along_the_prompt_alone(seed: int) -> None:
    p, s = directions(seed)
    # The first is over, the second under-represented: both are perpendicular to P.
    s = torch.stack([s[0] + 3 * p, s[1] - 0.3 * p])
    g, cosines = steer(p, s, rule(eta_abstract=0))
    assert float(cosines[0]) > 0.8
    assert float(cosines[1]) < 1 / 3
    assert float(g.norm()) > 1
    guided = 7.5 * p + 7.5 * g
    assert dot(guided, p) / dot(p, p) == pytest.approx(7.5, abs=1e-5)


def test_terms_act_on_their_side_of_the_threshold_only() -> None:
    p, s = directions(0)
    under, over = s[0] - onto(s[0], p), s[1] + 5 * p
    off = {"eta_subject": 0, "eta_abstract": 0, "upper_bound": None}
    both = torch.stack([under, over])

    def g(**changes: Any) -> torch.Tensor:
        return steer(p, both, rule(**{**off, **changes}))[0]

    def d(one: torch.Tensor) -> torch.Tensor:
        return one - onto(one, p)

    assert torch.equal(g(), torch.zeros_like(p))
    assert torch.equal(g(eta_subject=0.3), d(under))
    assert torch.equal(g(upper_bound=0.8), -d(over))
    a = abstract(p, both, "sum")
    assert torch.equal(g(eta_abstract=1, mask=False), a)
    assert torch.equal(g(eta_abstract=1), mask(a, cosine(p, a)))


@pytest.mark.parametrize("level", [0.0, 0.25, 0.6, 1.0])
def test_the_mask_keeps_its_share_of_each_channel(level: float) -> None:
    a, _ = directions(1)
    kept = mask(a, torch.tensor(level))
    for before, after in zip(a, kept, strict=True):
        share = float((after != 0).float().mean())
        assert share == pytest.approx(1 - level, abs=1 / 32)
        dropped = before[after == 0].abs()
        assert dropped.numel() == 0 or dropped.max() <= after[after != 0].abs().min()


def test_directions_of_length_zero_do_nothing() -> None:
    p, s = directions(2)
    nothing = torch.zeros_like(p)
    g, cosines = steer(nothing, s, rule())
    assert cosines.tolist() == [0, 0, 0]
    assert torch.equal(g, s[0] + s[1])  # nothing of them lies along P
    g, cosines = steer(p, torch.stack([nothing, nothing]), rule())
    assert torch.equal(g, nothing)
    assert cosines.tolist()[:2] == [0, 0]
    assert bool(torch.isfinite(g).all())
