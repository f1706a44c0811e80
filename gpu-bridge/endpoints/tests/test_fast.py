"""The fast path draws the same pictures, to rounding."""

from types import SimpleNamespace
from typing import Any

import pytest
import torch
from PIL import ImageChops

from teacup_endpoints import tiny
from teacup_endpoints.asking import Ask, Loaded
from teacup_endpoints.attention import self_layers
from teacup_endpoints.config import Config, Source
from teacup_endpoints.errors import Refused
from teacup_endpoints.fast import Fast, make_fast
from teacup_endpoints.identity import Identity
from teacup_endpoints.loading import load
from teacup_endpoints.model import Model
from teacup_endpoints.quantised import Float8Linear

from .conftest import MakeAsk, plain


def fast_model(name: str, fast: Fast, backend: Any = "inductor") -> Model:
    pipe: Any = tiny.PIPELINES[name]()
    return Model(make_fast(pipe, fast, backend), Identity("fast", "none", "0" * 64))


@pytest.mark.parametrize("name", ["sdxl", "sd1"])
@pytest.mark.parametrize(
    "fast",
    [Fast(channels_last=True), Fast(fuse_qkv=True), Fast(compile="blocks")],
    ids=["channels last", "fused", "compiled"],
)
def test_each_switch_draws_the_same_to_rounding(
    request: pytest.FixtureRequest, ask: MakeAsk, name: str, fast: Fast
) -> None:
    # Without inductor: no compiler is needed, and the graph that is captured is the same.
    made = plain(fast_model(name, fast, backend="eager"), ask(steps=3))
    expected = plain(request.getfixturevalue(name), ask(steps=3))
    assert float((made - expected).norm() / expected.norm()) < 1e-5


def test_one_projection_makes_query_key_and_value(ask: MakeAsk) -> None:
    """Equal pictures would be equal without the switch too."""
    fused, usual = fast_model("sdxl", Fast(fuse_qkv=True)), fast_model("sdxl", Fast())
    asked: dict[Model, set[str]] = {fused: set(), usual: set()}
    for model, seen in asked.items():
        for layer in self_layers(model.unet):
            for name in ("to_q", "to_qkv"):
                projection = getattr(layer.attention, name, None)
                if projection is not None:
                    projection.register_forward_hook(
                        lambda *_, name=name, seen=seen: seen.add(name)
                    )
        plain(model, ask(steps=1))
    assert asked == {fused: {"to_qkv"}, usual: {"to_q"}}


def test_the_repeated_blocks_are_compiled(ask: MakeAsk) -> None:
    torch._dynamo.reset()
    graphs: list[Any] = []

    def backend(graph: Any, _inputs: Any) -> Any:
        graphs.append(graph)
        return graph.forward

    model = fast_model("sdxl", Fast(compile="blocks"), backend)
    plain(model, ask(steps=1))
    assert graphs
    kinds = {type(part).__name__ for part in model.unet.modules() if part._compiled_call_impl}
    assert kinds == {"BasicTransformerBlock"}


def test_all_of_it_together_draws_the_same_pictures(ask: MakeAsk, sdxl: Model) -> None:
    """In eight bits a colour: latents that differ by rounding are the same picture."""
    every = Fast(channels_last=True, fuse_qkv=True, compile="blocks")
    model, asked = fast_model("sdxl", every, backend="eager"), ask(steps=3)
    assert furthest(model, sdxl, asked) <= 1


@pytest.mark.parametrize(("dtype", "apart"), [("bfloat16", 8), ("float16", 1)])
def test_a_vae_of_another_type_decodes_to_the_same_picture(
    ask: MakeAsk, sdxl: Model, dtype: Any, apart: int
) -> None:
    """bfloat16 keeps eight bits of a number, float16 eleven."""
    assert furthest(fast_model("sdxl", Fast(vae=dtype)), sdxl, ask(steps=2)) <= apart


def furthest(model: Model, other: Model, ask: Ask) -> int:
    """The largest difference of a colour, of 255."""
    ours, theirs = (one.decode(plain(one, ask), ask.seeds) for one in (model, other))
    apart = [ImageChops.difference(a, b) for a, b in zip(ours, theirs, strict=True)]
    extrema: list[Any] = [image.getextrema() for image in apart]
    return max(high for bands in extrema for _low, high in bands)


def test_the_latents_know_nothing_of_the_vaes_type(ask: MakeAsk) -> None:
    model = fast_model("sdxl", Fast(vae="bfloat16"))
    made = plain(model, ask(steps=2))
    assert (model.vae.dtype, made.dtype) == (torch.bfloat16, torch.float32)
    assert len(model.decode(made, ask().seeds)) == 3


def test_the_endpoints_file_turns_it_on(tmp_path: Any) -> None:
    tiny.sd1().save_pretrained(tmp_path / "sd1")
    fast = Fast(fuse_qkv=True, channels_last=True, vae="bfloat16")
    source = Source(path=str(tmp_path / "sd1"))
    config = Config(name="it", device="cpu", base=source, fast=fast)
    loaded: Loaded = load(config)
    assert loaded.base.vae.dtype == torch.bfloat16
    assert loaded.base.unet.conv_in.weight.is_contiguous(memory_format=torch.channels_last)
    assert loaded.base.fast == {"channels_last": True, "fuse_qkv": True, "vae": "bfloat16"}
    plain = load(Config(name="it", device="cpu", base=source)).base.identity
    assert plain.weights_hash != loaded.base.identity.weights_hash


def test_products_of_eight_bits_draw_nearly_the_same(ask: MakeAsk, base: Model) -> None:
    model = fast_model(base.family, Fast(quantise="float8"))
    assert any(isinstance(part, Float8Linear) for part in model.unet.modules())
    made, expected = plain(model, ask(steps=3)), plain(base, ask(steps=3))
    assert 1e-4 < float((made - expected).norm() / expected.norm()) < 0.1


def test_a_product_of_eight_bits_is_the_product_to_its_precision() -> None:
    torch.manual_seed(0)
    linear = torch.nn.Linear(64, 32)
    # Rows of other sizes: each has its own scale, or the small ones would be lost.
    x = torch.randn(2, 5, 64) * torch.logspace(-3, 3, 5)[:, None]
    with torch.no_grad():
        made, expected = Float8Linear(linear)(x) - linear.bias, linear(x) - linear.bias
    assert bool(((made - expected).norm(dim=-1) < 0.06 * expected.norm(dim=-1)).all())
    assert torch.equal(Float8Linear(linear)(torch.zeros(1, 64))[0], linear.bias.detach())


def test_products_of_eight_bits_are_another_model_and_have_no_gradient(tmp_path: Any) -> None:
    tiny.sd1().save_pretrained(tmp_path / "sd1")
    source = Source(path=str(tmp_path / "sd1"))
    plainly, quantised = (
        load(Config(name="it", device="cpu", base=source, fast=fast)).base
        for fast in (Fast(), Fast(quantise="float8"))
    )
    assert plainly.identity.weights_hash != quantised.identity.weights_hash
    assert quantised.fast == {"quantise": "float8"}
    with pytest.raises(Refused, match="have no gradient: leave fast"):
        Float8Linear(torch.nn.Linear(16, 16))(torch.zeros(1, 16, requires_grad=True))
    bare = SimpleNamespace(unet=torch.nn.Linear(16, 16))
    with pytest.raises(Refused, match="no product to quantise"):
        make_fast(bare, Fast(quantise="float8"))
