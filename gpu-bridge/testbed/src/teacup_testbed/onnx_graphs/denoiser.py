"""The UNet's prediction in fewer and cheaper operations than diffusers' own forward pass records.

The same function of the same weights; other last bits. What differs:

- Rows (an image under a text) share what does not depend on the text: everything before the first
  cross-attention is computed once an image, keys and values of a text once a text.
- Scales and shifts that meet a matrix are multiplied into it, which a runtime does when it loads.
- Tokens are rows of one matrix, so that a bias is added as the product is made; the two halves of
  a gated layer are two products, not one that is cut; attention is one operation of ONNX.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import nn
from torch.nn import functional as F

# The first with the operation Attention.
OPSET = 23


@dataclass(frozen=True)
class Told:
    """Texts (texts, tokens, width), and the text of each row (rows,)."""

    texts: torch.Tensor
    text: torch.Tensor


class Rows(nn.Module):
    """A UNet2DConditionModel as a part of a graph."""

    def __init__(self, network: Any) -> None:
        super().__init__()
        self.network = network

    def forward(
        self,
        x: torch.Tensor,
        t: torch.Tensor,
        texts: torch.Tensor,
        image: torch.Tensor,
        text: torch.Tensor,
    ) -> torch.Tensor:
        """(rows, 4, h, w) of images (images, 4, h, w), a step (1,), texts (texts, tokens, width),
        and each row's image and text, (rows,)."""
        unet, told = self.network, Told(texts, text)
        time = F.silu(unet.time_embedding(unet.time_proj(t)))
        h = unet.conv_in(x)
        skips, of_row = [h], image
        for block in unet.down_blocks:
            for at, resnet in enumerate(block.resnets):
                h = _resnet(resnet, h, time)
                if hasattr(block, "attentions"):
                    h = _attended(block.attentions[at], h, told, of_row)
                    skips = [skip if of_row is None else skip[of_row] for skip in skips]
                    of_row = None
                skips.append(h)
            for downsampler in block.downsamplers or ():
                h = downsampler(h)
                skips.append(h)
        h = self._middle(h, time, told)
        for block in unet.up_blocks:
            for at, resnet in enumerate(block.resnets):
                h = _resnet(resnet, torch.cat([h, skips.pop()], 1), time)
                if hasattr(block, "attentions"):
                    h = _attended(block.attentions[at], h, told)
            for upsampler in block.upsamplers or ():
                h = upsampler(h)
        return unet.conv_out(F.silu(_normed(unet.conv_norm_out, h)))

    def _middle(self, h: torch.Tensor, time: torch.Tensor, told: Told) -> torch.Tensor:
        first, *rest = self.network.mid_block.resnets
        h = _resnet(first, h, time)
        for attention, resnet in zip(self.network.mid_block.attentions, rest, strict=True):
            h = _resnet(resnet, _attended(attention, h, told), time)
        return h


def _resnet(block: Any, x: torch.Tensor, time: torch.Tensor) -> torch.Tensor:
    h = block.conv1(F.silu(_normed(block.norm1, x)))
    h = h + block.time_emb_proj(time)[:, :, None, None]
    h = block.conv2(F.silu(_normed(block.norm2, h)))
    return (x if block.conv_shortcut is None else block.conv_shortcut(x)) + h


def _normed(norm: nn.GroupNorm, x: torch.Tensor) -> torch.Tensor:
    """Scaled and shifted in one pass, as a batch's norm whose mean is 0 and variance 1."""
    zero = norm.weight * 0
    return F.batch_norm(_bare(norm, x), zero, zero + 1, norm.weight, norm.bias, False, 0.0, 0.0)


def _bare(norm: nn.GroupNorm, x: torch.Tensor) -> torch.Tensor:
    return F.group_norm(x, norm.num_groups, None, None, norm.eps)


def _attended(
    model: Any, x: torch.Tensor, told: Told, of_row: torch.Tensor | None = None
) -> torch.Tensor:
    """A Transformer2DModel of one block; `of_row`: each row's image where x is by image."""
    _, width, height, across = x.shape
    tokens = height * across
    (block,) = model.transformer_blocks
    into, norm = model.proj_in.weight.reshape(-1, width), model.norm
    flat = _bare(norm, x).permute(0, 2, 3, 1).reshape(-1, width)
    h = F.linear(flat, into * norm.weight, into @ norm.bias + model.proj_in.bias)
    h = h + _self_attended(block.attn1, block.norm1(h), tokens)
    if of_row is not None:
        h = h.reshape(-1, tokens * width)[of_row].reshape(-1, width)
        x = x[of_row]
    h = h + _cross_attended(block.attn2, block.norm2(h), tokens, told)
    h = h + _gated(block.ff.net, block.norm3(h))
    out = model.proj_out.weight.reshape(-1, width)
    h = F.linear(h, out, model.proj_out.bias).reshape(-1, height, across, width)
    return h.permute(0, 3, 1, 2) + x


def _self_attended(attention: Any, h: torch.Tensor, tokens: int) -> torch.Tensor:
    parts = (attention.to_q, attention.to_k, attention.to_v)
    return _mixed(attention, *(part(h).reshape(-1, tokens, h.shape[1]) for part in parts))


def _cross_attended(attention: Any, h: torch.Tensor, tokens: int, told: Told) -> torch.Tensor:
    queries = attention.to_q(h).reshape(-1, tokens, h.shape[1])
    keys, values = (part(told.texts)[told.text] for part in (attention.to_k, attention.to_v))
    return _mixed(attention, queries, keys, values)


def _mixed(
    attention: Any, queries: torch.Tensor, keys: torch.Tensor, values: torch.Tensor
) -> torch.Tensor:
    """Of (rows, tokens, width) each, (rows * tokens, width)."""
    mixed: Any = _Attention.apply(queries, keys, values, attention.heads)
    return attention.to_out[0](mixed.reshape(-1, queries.shape[2]))


class _Attention(torch.autograd.Function):
    @staticmethod
    def forward(
        ctx: Any, queries: torch.Tensor, keys: torch.Tensor, values: torch.Tensor, heads: int
    ) -> torch.Tensor:
        q, k, v = (x.unflatten(2, (heads, -1)).transpose(1, 2) for x in (queries, keys, values))
        return F.scaled_dot_product_attention(q, k, v).transpose(1, 2).flatten(2)

    @staticmethod
    def symbolic(g: Any, queries: Any, keys: Any, values: Any, heads: int) -> Any:
        of_heads = {"q_num_heads_i": heads, "kv_num_heads_i": heads}
        return g.op("Attention", queries, keys, values, **of_heads).setType(queries.type())


def _gated(net: Any, h: torch.Tensor) -> torch.Tensor:
    """GEGLU and the projection behind it."""
    projection = net[0].proj
    (kept, gate), (kept_bias, gate_bias) = projection.weight.chunk(2), projection.bias.chunk(2)
    return net[2](F.linear(h, kept, kept_bias) * F.gelu(F.linear(h, gate, gate_bias)))
