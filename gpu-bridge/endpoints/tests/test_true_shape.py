"""SDXL's shape without its weights: what costs and speeds are counted by."""

from collections import Counter

import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

from teacup_endpoints import true_shape
from teacup_endpoints.attention import text_layers


@pytest.fixture(scope="module")
def network() -> torch.nn.Module:
    with torch.device("meta"):
        return true_shape.unet()


def test_it_has_sdxls_parameters(network: torch.nn.Module) -> None:
    assert sum(p.numel() for p in network.parameters()) == true_shape.PARAMETERS == 2_567_463_684


def test_seventy_layers_attend_to_the_text(network: torch.nn.Module) -> None:
    places = Counter((layer.name.split("_")[0], layer.cell) for layer in text_layers(network))
    # 64 x 64 and 32 x 32 cells at 1024 pixels; nothing finer, nothing coarser.
    assert places == {("down", 2): 4, ("up", 2): 6, ("down", 4): 20, ("mid", 4): 10, ("up", 4): 30}
    half, quarter = (
        next(layer for layer in text_layers(network) if layer.cell == cell) for cell in (2, 4)
    )
    assert (half.grid(128, 128), quarter.grid(128, 128)) == ((64, 64), (32, 32))


@pytest.mark.parametrize(("latents", "teraflop"), [(128, 6.761), (64, 1.59)])
def test_one_eval_costs_what_the_bench_divides_by(
    network: torch.nn.Module, latents: int, teraflop: float
) -> None:
    def made(*shape: int) -> torch.Tensor:
        return torch.empty(shape, device="meta")

    added = {"text_embeds": made(1, 1280), "time_ids": made(1, 6)}
    with torch.no_grad(), FlopCounterMode(display=False) as counter:
        network(
            made(1, 4, latents, latents),
            torch.tensor(500),
            encoder_hidden_states=made(1, 77, 2048),
            added_cond_kwargs=added,
        )
    assert counter.get_total_flops() / 1e12 == pytest.approx(teraflop, rel=5e-3)


def test_its_scheduler_can_be_asked_wherever_the_model_lies() -> None:
    """Diffusers reads a scheduler's numbers by numpy, which sees the processor's alone."""
    pipe = true_shape.sdxl("meta", torch.float32)
    assert pipe.unet.device.type == "meta"
    pipe.scheduler.set_timesteps(3, device="cpu")
    assert len(pipe.scheduler.timesteps) == 3
