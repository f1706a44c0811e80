"""The noise schedule: a cosine (Nichol and Dhariwal 2021) whose steps are dense at high noise.

A small world's large shapes are decided early, so of N equal steps the i-th has to be at the
cosine's time 1 - (i / N)^1.7. The warp is a part of the schedule itself: any sampler of diffusers
that takes equal ("trailing") steps over these betas takes warped ones over the cosine.

    u = 1 - (s + 1) / 1000 is the share of the way that index s has behind it (trailing)
    abar(s) = cos^2(pi / 2 * top * (1 - u^1.7 + offset) / (1 + offset))
"""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import torch

STEPS = 1000
WARP = 1.7
_OFFSET = 0.008
# The last angle stays below pi/2, so that Euler's largest sigma is about 160 and not 10^4.
_TOP = 0.996


@cache
def alphas_cumprod() -> torch.Tensor:
    """(1000,) float64, falling: the share of signal variance at index s."""
    index = torch.arange(STEPS, dtype=torch.float64)
    behind = 1 - (index + 1) / STEPS
    angle = math.pi / 2 * _TOP * (1 - behind**WARP + _OFFSET) / (1 + _OFFSET)
    return angle.cos() ** 2


def betas() -> list[float]:
    """As `trained_betas` of any scheduler of diffusers."""
    abar = alphas_cumprod()
    before = torch.cat([abar.new_ones(1), abar[:-1]])
    return (1 - abar / before).tolist()


def index_at(time: torch.Tensor) -> torch.Tensor:
    """Index (long, 0 to 999) of the cosine's time in [0, 1): the warp's inverse."""
    index = STEPS * (1 - (1 - time.double()) ** (1 / WARP))
    return index.long().clamp(0, STEPS - 1)


def min_snr(abar: torch.Tensor, gamma: float = 5.0) -> torch.Tensor:
    """Min-SNR weight of a v target: min(SNR, gamma) / (SNR + 1) (Hang et al. 2023, eq. 8)."""
    snr = abar / (1 - abar)
    return snr.clamp(max=gamma) / (snr + 1)


def scheduler_config() -> dict[str, Any]:
    """What diffusers' schedulers are made from; Euler and DPM++ take the same words."""
    return {
        "num_train_timesteps": STEPS,
        "trained_betas": betas(),
        "prediction_type": "v_prediction",
        "timestep_spacing": "trailing",
        # Without a meaning for trailing steps, and the only number that Stable Diffusion's pipeline
        # takes without a warning.
        "steps_offset": 1,
    }
