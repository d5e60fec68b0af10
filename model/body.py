"""A model body without detours: the same arithmetic as transformers' Llama and Qwen2, in fewer and larger products.

On a CPU half of the time of the plain body goes past its matrix products: two small products for each LoRA layer, one
product each for query, key, value, gate and up, an attention kernel made for long texts, and memory asked for anew in
every layer. Here an adapter is added into an unpacked copy of the weights, one an adapter, in the type that the
processor multiplies fastest (`model.precision`); the base itself stays in 4 bits. The products that read the same input
are one, attention is two products and a softmax, and what all layers share is made once a pass. Layers in which two
adapters are the same (stage 2 may train the last ones only) are held once.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace

import torch
from bitsandbytes.functional import dequantize_4bit
from torch.nn.functional import linear, rms_norm, silu
from transformers import DynamicCache

KNOWN = ("llama", "qwen2")


@dataclass(frozen=True)
class Layer:
    """Weights of one layer. `qkv` is [(heads + 2 * kv_heads) * D, C], `gate_up` [2 * F, C]; biases may be None."""

    norm: torch.Tensor
    qkv: torch.Tensor
    qkv_bias: torch.Tensor | None
    out: torch.Tensor
    norm_mlp: torch.Tensor
    gate_up: torch.Tensor
    down: torch.Tensor


@dataclass(frozen=True)
class Room:
    """What the layers of one pass share: the mask as a bias [B, 1, G * L, K], scores and weights [B, H, G * L, K]."""

    bias: torch.Tensor
    scores: torch.Tensor
    weights: torch.Tensor


def fits(model) -> bool:
    """Whether `Body` can stand for a causal LM: its kind, bfloat16 or 4-bit weights, full attention, no odd biases."""
    config = model.config
    if config.model_type not in KNOWN or config.hidden_act != "silu" or getattr(config, "use_sliding_window", False):
        return False
    odd = (getattr(config, "mlp_bias", False), config.model_type == "llama" and config.attention_bias)
    return not any(odd) and all(p.dtype == torch.bfloat16 for p in model.model.embed_tokens.parameters())


class Body:
    """A body with one adapter added in; called as transformers' own bodies are.

    `model` is the plain causal LM, whose linear layers may be PEFT's; `adapter` is PEFT's name, None for the bare base.
    `dtype` is what the copy is held and computed in, by default the type of the model's weights. The leading layers
    that are the same as those of the body `beside` are shared with it.
    """

    def __init__(self, model, adapter: str | None, dtype: torch.dtype | None = None, beside: Body | None = None):
        config, body = model.config, model.model
        self.heads = config.num_attention_heads
        self.kv_heads = config.num_key_value_heads
        self.width = getattr(config, "head_dim", None) or config.hidden_size // self.heads
        self.eps = config.rms_norm_eps
        self.embedding = body.embed_tokens.weight.detach()
        self.dtype = dtype or self.embedding.dtype
        self.rotary = body.rotary_emb
        self.norm = body.norm.weight.detach().to(self.dtype)
        self.adapter = adapter
        same = 0
        if beside is not None and beside.dtype == self.dtype:
            same = next((i for i, layer in enumerate(body.layers) if not _same(layer, adapter, beside.adapter)),
                        len(body.layers))
        self.layers = [*(beside.layers[:same] if same else ()),
                       *(_layer(layer, adapter, self.dtype) for layer in body.layers[same:])]

    def shared_with(self, other: Body) -> int:
        """Number of leading layers that are one with the other body's."""
        return next((i for i, (own, its) in enumerate(zip(self.layers, other.layers, strict=True)) if own is not its),
                    len(self.layers))

    @property
    def bytes(self) -> int:
        """Memory of this adapter's own copy of the weights, in bytes."""
        return sum(w.nbytes for layer in self.layers for w in (layer.qkv, layer.out, layer.gate_up, layer.down))

    @torch.no_grad()
    def __call__(self, input_ids: torch.Tensor, past_key_values: DynamicCache,
                 attention_mask: torch.Tensor | None = None, position_ids: torch.Tensor | None = None,
                 use_cache: bool = True, split: int = 0, below: torch.Tensor | None = None) -> SimpleNamespace:
        """Hidden states [B, L, C] of ids [B, L]; `attention_mask` is boolean [B, 1, L, past + L], causal where None.

        `below` of the answer are the hidden states [B, L, C] that go into layer `split`. Where they are given, the
        layers under it have been computed already and their keys and values are in the cache.
        """
        x = self.embedding[input_ids].to(self.dtype) if below is None else below
        first = 0 if below is None else split
        length, past = x.shape[1], past_key_values.get_seq_length(first)
        if position_ids is None:
            position_ids = torch.arange(past, past + length, device=x.device)[None]
        if attention_mask is None:
            attention_mask = torch.ones(length, past + length, dtype=torch.bool, device=x.device).tril(past)[None, None]
        bias = torch.zeros(attention_mask.shape, dtype=x.dtype, device=x.device)
        bias = bias.masked_fill_(~attention_mask, float("-inf")).repeat(1, 1, self.heads // self.kv_heads, 1)
        room = Room(bias, *(x.new_empty(len(x), self.kv_heads, *bias.shape[2:]) for _ in range(2)))
        cos, sin = (part.unsqueeze(1) for part in self.rotary(x, position_ids))
        for index, layer in enumerate(self.layers[first:], first):
            below = x if index == split else below
            x = self._attend(x, layer, index, past_key_values, room, cos, sin)
            gate, up = linear(rms_norm(x, x.shape[-1:], layer.norm_mlp, self.eps), layer.gate_up).chunk(2, -1)
            x = _add_product(x, silu(gate).mul_(up), layer.down)
        return SimpleNamespace(last_hidden_state=rms_norm(x, x.shape[-1:], self.norm, self.eps), below=below)

    def _attend(self, x, layer: Layer, index: int, cache: DynamicCache, room: Room, cos, sin) -> torch.Tensor:
        """x + attention(norm(x)). Queries that share a key head stand one after the other, so that no key is copied."""
        batch, length, _ = x.shape
        turned = self.heads + self.kv_heads  # queries and keys, which the rotary embedding turns
        qkv = linear(rms_norm(x, x.shape[-1:], layer.norm, self.eps), layer.qkv, layer.qkv_bias)
        qkv = qkv.view(batch, length, turned + self.kv_heads, self.width).transpose(1, 2)
        first, second = qkv[:, :turned].chunk(2, -1)
        both = qkv[:, :turned] * cos + torch.cat((-second, first), -1) * sin
        keys, values = cache.update(both[:, self.heads:], qkv[:, turned:], index)
        query = (both[:, :self.heads] * self.width ** -0.5).reshape(batch * self.kv_heads, -1, self.width)
        torch.bmm(query, keys.flatten(0, 1).transpose(1, 2), out=room.scores.flatten(0, 1))
        torch.softmax(room.scores.add_(room.bias), -1, out=room.weights)
        seen = torch.bmm(room.weights.flatten(0, 1), values.flatten(0, 1))
        seen = seen.view(batch, self.heads, length, self.width).transpose(1, 2).reshape(batch, length, -1)
        return _add_product(x, seen, layer.out)


def _add_product(x: torch.Tensor, y: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    """x + y @ weight.T"""
    return torch.addmm(x.flatten(0, 1), y.flatten(0, 1), weight.t()).view(x.shape)


def _layer(layer, adapter: str | None, dtype: torch.dtype) -> Layer:
    attention, mlp = layer.self_attn, layer.mlp
    parts = (attention.q_proj, attention.k_proj, attention.v_proj)
    biases = [_plain(p).bias for p in parts]
    return Layer(layer.input_layernorm.weight.detach().to(dtype),
                 torch.cat([_weight(p, adapter, dtype) for p in parts]),
                 None if biases[0] is None else torch.cat(biases).detach().to(dtype),
                 _weight(attention.o_proj, adapter, dtype), layer.post_attention_layernorm.weight.detach().to(dtype),
                 torch.cat([_weight(p, adapter, dtype) for p in (mlp.gate_proj, mlp.up_proj)]),
                 _weight(mlp.down_proj, adapter, dtype))


def _same(layer, adapter: str | None, other: str | None) -> bool:
    """Whether two adapters change one layer of the base alike; an adapter that is not there changes nothing."""
    def parts(module, name: str | None):
        there = name is not None and name in getattr(module, "lora_A", {})
        return (module.lora_A[name].weight, module.lora_B[name].weight, module.scaling[name]) if there else None

    for module in layer.modules():
        one, two = parts(module, adapter), parts(module, other)
        if (one is None) != (two is None):
            return False
        if one is not None and (one[2] != two[2] or one[0].shape != two[0].shape or one[1].shape != two[1].shape
                                or not torch.equal(one[0], two[0]) or not torch.equal(one[1], two[1])):
            return False
    return True


def _plain(module):
    return getattr(module, "base_layer", module)


def _weight(module, adapter: str | None, dtype: torch.dtype) -> torch.Tensor:
    """The weight with the adapter's W + B A, added in float32 and rounded once. 4-bit weights are unpacked."""
    weight = _plain(module).weight.detach()
    packed = getattr(_plain(module).weight, "quant_state", None)
    if packed is not None:
        weight = dequantize_4bit(weight, packed)
    if adapter is None or adapter not in getattr(module, "lora_A", {}):
        return weight.to(dtype)
    product = module.lora_B[adapter].weight.detach().float() @ module.lora_A[adapter].weight.detach().float()
    return (weight.float() + module.scaling[adapter] * product).to(dtype)
