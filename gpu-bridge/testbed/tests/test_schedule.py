"""The warped schedule, and the sampler on it."""

import math
from typing import Any

import pytest
import torch
from diffusers.schedulers import DDIMScheduler, EulerDiscreteScheduler

from teacup_testbed.diffusion.sampler import Sampling, sample, trailing
from teacup_testbed.diffusion.schedule import (
    STEPS,
    alphas_cumprod,
    index_at,
    min_snr,
    scheduler_config,
)


class Blurred(torch.nn.Module):
    """A network that any sampler can be compared on: its answer depends on x, t and the text."""

    def forward(self, x: torch.Tensor, t: torch.Tensor, encoder_hidden_states: torch.Tensor) -> Any:
        told = encoder_hidden_states.mean(dim=(1, 2))[:, None, None, None]
        made = 0.4 * x.roll(1, dims=-1) + told * (1 + float(t) / STEPS)
        return type("Output", (), {"sample": made})


def run(scheduler: Any, noise: torch.Tensor, null: torch.Tensor, prompt: torch.Tensor) -> Any:
    scheduler.set_timesteps(20)
    x = noise * scheduler.init_noise_sigma
    for t in scheduler.timesteps:
        scaled = scheduler.scale_model_input(x, t)
        u, c = (Blurred()(scaled, t, told).sample for told in (null.expand_as(prompt), prompt))
        x = scheduler.step(u + 5.0 * (c - u), t, x, return_dict=False)[0]
    return x


@pytest.mark.parametrize("kind", [DDIMScheduler, EulerDiscreteScheduler])
def test_diffusers_own_schedulers_draw_what_our_sampler_draws(kind: Any) -> None:
    noise = torch.randn(3, 4, 8, 8, generator=torch.Generator().manual_seed(0))
    null, prompt = torch.zeros(6, 5), torch.linspace(-0.1, 0.1, 90).view(3, 6, 5)
    ends: dict[str, Any] = {"clip_sample": False} if kind is DDIMScheduler else {}
    theirs = run(kind(**scheduler_config(), **ends), noise, null, prompt)

    ours = sample(Blurred(), noise, null, prompt)

    torch.testing.assert_close(ours, theirs, atol=2e-4, rtol=2e-4)


def test_equal_steps_over_the_betas_are_warped_steps_over_the_cosine() -> None:
    abar = alphas_cumprod()
    for place, index in enumerate(trailing(20)):
        time = 1 - (place / 20) ** 1.7
        expected = math.cos(math.pi / 2 * 0.996 * (time + 0.008) / 1.008) ** 2
        assert float(abar[index]) == pytest.approx(expected, rel=1e-9)


def test_a_time_of_the_cosine_finds_the_index_that_lies_there() -> None:
    # The index's own time, a little before and a little after it.
    index = torch.arange(1, STEPS - 1)
    time = 1 - (1 - (index + 0.5) / STEPS) ** 1.7
    assert torch.equal(index_at(time), index)


def test_the_weight_of_a_step_is_its_share_of_signal_until_the_signal_is_strong() -> None:
    abar = torch.tensor([0.01, 0.5, 0.99], dtype=torch.float64)
    expected = [0.01, 0.5, 5 / (99 + 1)]
    assert min_snr(abar).tolist() == pytest.approx(expected)


def test_a_first_text_rules_the_steps_before_the_switch_alone() -> None:
    noise = torch.randn(2, 4, 8, 8, generator=torch.Generator().manual_seed(1))
    null, first = torch.zeros(6, 5), torch.full((2, 6, 5), 0.3)
    second = torch.full((2, 6, 5), -0.2)

    def drawn(switch: int) -> torch.Tensor:
        return sample(Blurred(), noise, null, second, Sampling(switch=switch), first)

    assert torch.equal(drawn(0), sample(Blurred(), noise, null, second))
    assert torch.equal(drawn(20), sample(Blurred(), noise, null, first))
    assert not torch.equal(drawn(4), drawn(0))
