"""The quick body gives the plain one's numbers; a batch that does not fit into memory is halved."""

from __future__ import annotations

import threading
from types import SimpleNamespace

import pytest

from model.schema import Requirement
from model.verdict import Choices

pytestmark = pytest.mark.slow
torch = pytest.importorskip("torch")


@pytest.fixture(scope="module", params=["llama", "qwen2"])
def tuned(request):
    """A small float32 model with grouped heads and a LoRA adapter that changes what it says; (PEFT model, plain)."""
    from peft import LoraConfig, get_peft_model  # noqa: PLC0415 - heavy
    from transformers import AutoConfig, AutoModelForCausalLM  # noqa: PLC0415 - heavy

    torch.manual_seed(0)
    config = AutoConfig.for_model(request.param, vocab_size=100, hidden_size=48, intermediate_size=80,
                                  num_hidden_layers=3, num_attention_heads=6, num_key_value_heads=2,
                                  initializer_range=0.3)
    model = AutoModelForCausalLM.from_config(config, dtype=torch.float32)
    wrapped = get_peft_model(model, LoraConfig(r=4, target_modules="all-linear"), "sft").eval()
    for name, parameter in wrapped.named_parameters():
        if "lora_B" in name or name.endswith("bias"):
            torch.nn.init.normal_(parameter, std=0.2)
    return wrapped, wrapped.get_base_model()


def hidden(body, ids, prefix, **more):
    from transformers import DynamicCache  # noqa: PLC0415 - heavy

    with torch.no_grad():
        cache = DynamicCache()
        body(input_ids=prefix, past_key_values=cache, use_cache=True)
        return body(input_ids=ids, past_key_values=cache, use_cache=True, **more).last_hidden_state


def test_it_says_what_the_plain_body_with_the_adapter_says(tuned):
    from model.body import Body  # noqa: PLC0415 - heavy

    wrapped, plain = tuned
    ids, prefix = torch.randint(0, 100, (3, 17)), torch.randint(0, 100, (3, 9))
    wanted = hidden(plain.model, ids, prefix)
    assert torch.allclose(hidden(Body(plain, "sft"), ids, prefix), wanted, atol=2e-4)
    bare = hidden(Body(plain, None), ids, prefix)
    assert not torch.allclose(bare, wanted, atol=0.05)  # the adapter counts
    with wrapped.disable_adapter():
        assert torch.allclose(bare, hidden(plain.model, ids, prefix), atol=2e-4)


def test_masks_and_positions_are_heeded(tuned):
    from model.body import Body  # noqa: PLC0415 - heavy

    _, plain = tuned
    ids, prefix = torch.randint(0, 100, (2, 5)), torch.randint(0, 100, (2, 9))
    mask = torch.ones(2, 1, 5, 14, dtype=torch.bool).tril(9)
    mask[0, :, :, 6:9] = False  # a row whose last three tokens were read in vain
    more = {"attention_mask": mask, "position_ids": torch.tensor([[6], [9]]) + torch.arange(5)}
    wanted = hidden(plain.model, ids, prefix, **more)
    assert torch.allclose(hidden(Body(plain, "sft"), ids, prefix, **more), wanted, atol=2e-4)
    assert torch.allclose(wanted[:1], hidden(plain.model, ids[:1], prefix[:1, :6]), atol=2e-4)


def test_only_models_it_knows_fit(tuned):
    from model.body import fits  # noqa: PLC0415 - heavy

    _, plain = tuned
    assert not fits(plain)  # float32: no copy in bfloat16 has the same numbers
    assert fits(plain.to(torch.bfloat16)) and plain.to(torch.float32) is plain
    other = SimpleNamespace(config=SimpleNamespace(model_type="gemma3", hidden_act="gelu"))
    assert not fits(other)


class Cramped:
    """A decoder with memory for two prompts at a time."""

    def __init__(self, error: Exception):
        self.error, self.done = error, []

    def prefix(self, ids):
        return []

    def decode(self, prompts, prefix=None, prefix_length=None, stop=None):
        if len(prompts) > 2:
            raise self.error
        self.done.append(len(prompts))
        return [p.candidate for p in prompts]


def engine(batch: int):
    from model.engine import Engine  # noqa: PLC0415 - heavy

    made = Engine.__new__(Engine)
    made.device, made.batch_size, made._prefixes, made._prefix_lock = "cpu", batch, {}, threading.Lock()
    return made


@pytest.mark.parametrize("error", [torch.OutOfMemoryError("CUDA out of memory"),
                                   RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried ...")])
def test_out_of_memory_halves_the_batch_and_goes_on(error):
    from model.decode import PromptIds  # noqa: PLC0415 - heavy

    made, decoder = engine(8), Cramped(error)
    group = [PromptIds((1, 2), (i,), (Requirement("x", "skill"),), Choices((0,), 0, "REJECTED")) for i in range(7)]
    assert made._decode(decoder, group, "sft") == [(i,) for i in range(7)]
    assert max(decoder.done) <= 2 and made.batch_size <= 2  # and the next batches are small from the start


def test_other_errors_are_not_swallowed():
    from model.decode import PromptIds  # noqa: PLC0415 - heavy

    group = [PromptIds((1,), (i,), (Requirement("x", "skill"),), Choices((0,), 0, "REJECTED")) for i in range(3)]
    with pytest.raises(RuntimeError, match="shape"):
        engine(8)._decode(Cramped(RuntimeError("shape mismatch")), group, "sft")


def test_a_copy_can_be_held_in_another_type(tuned):
    from model.body import Body  # noqa: PLC0415 - heavy

    _, plain = tuned
    ids, prefix = torch.randint(0, 100, (1, 7)), torch.randint(0, 100, (1, 9))
    body = Body(plain, "sft", torch.bfloat16)
    assert body.layers[0].qkv.dtype == torch.bfloat16 and body.bytes * 2 == Body(plain, "sft").bytes
    close = hidden(body, ids, prefix)
    assert close.dtype == torch.bfloat16
    wanted = hidden(Body(plain, "sft"), ids, prefix)
    assert torch.nn.functional.cosine_similarity(close.float(), wanted, -1).min() > 0.99
