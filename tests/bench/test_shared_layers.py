"""Two adapters that differ in the last layers only are judged with what lies below read once, and say the same."""
# ruff: noqa: PLC0415 - torch and its friends are loaded by the slow tier alone, not at collection

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest

from tests.model.test_decode import prompts
from tests.model.test_verdict import encode

pytestmark = pytest.mark.slow
torch = pytest.importorskip("torch")
LAYERS, SAME = 4, 2


@pytest.fixture(scope="module")
def plain():
    """A small float32 model whose adapters `a` and `b` are the same in the first layers; `c` differs from the first on.
    """
    from peft import LoraConfig, get_peft_model
    from transformers import LlamaConfig, LlamaForCausalLM

    torch.manual_seed(0)
    config = LlamaConfig(vocab_size=1010, hidden_size=32, intermediate_size=64, num_hidden_layers=LAYERS,
                         num_attention_heads=4, num_key_value_heads=2, initializer_range=0.4)
    lora = LoraConfig(r=4, target_modules="all-linear")
    model = get_peft_model(LlamaForCausalLM(config), lora, "a").eval()
    model.add_adapter("b", lora)
    model.add_adapter("c", lora)
    weights = dict(model.named_parameters())
    for name, weight in weights.items():
        if "lora_" in name:
            torch.nn.init.normal_(weight.data, std=0.3)
    for name, weight in weights.items():
        if ".b." in name and int(name.split(".layers.")[1].split(".")[0]) < SAME:
            weight.data.copy_(weights[name.replace(".b.", ".a.")].data)
    return model.get_base_model()


def decoder_of(plain, name: str, beside=None):
    from model.body import Body
    from model.decode import Decoder
    from model.verdict import Grammar

    body = Body(plain, name, beside=beside and beside.body)
    return Decoder(body, plain.get_output_embeddings().weight, Grammar(encode))


def test_layers_in_which_adapters_are_the_same_are_held_once(plain):
    first = decoder_of(plain, "a")
    for name, same in (("b", SAME), ("a", LAYERS), ("c", 0), (None, 0)):
        assert decoder_of(plain, name, first).body.shared_with(first.body) == same, name
    apart = decoder_of(plain, "b").body
    assert apart.shared_with(first.body) == 0
    beside = decoder_of(plain, "b", first).body
    for one, two in zip(beside.layers, apart.layers, strict=True):
        assert torch.equal(one.qkv, two.qkv) and torch.equal(one.down, two.down)


def test_judged_together_they_say_what_each_says_alone(plain):
    first = decoder_of(plain, "a")
    second = decoder_of(plain, "b", first)
    corrected = 0
    for prompt in prompts(12, same_job=True):
        kept = [d.prefix(prompt.job) for d in (first, second)]
        together = first.decode_each(prompt, kept[0], [(second, kept[1])], SAME)
        alone = [d.decode([prompt], k, len(prompt.job))[0] for d, k in zip((first, second), kept, strict=True)]
        corrected += together[1].choices != together[0].choices and together[1].passes > 1
        for one, other in zip(together, alone, strict=True):
            assert (one.choices, one.ids) == (other.choices, other.ids)
            for p, q in zip(one.probabilities, other.probabilities, strict=True):
                assert p == pytest.approx(q, abs=1e-4)
    assert corrected, "no prompt on which the second adapter had something to correct"


def test_the_second_one_reads_the_prompt_with_its_own_layers_only(plain, monkeypatch):
    from model.body import Body

    first = decoder_of(plain, "a")
    second = decoder_of(plain, "b", first)
    prompt = prompts(1, same_job=True)[0]
    kept = [d.prefix(prompt.job) for d in (first, second)]
    read: list[tuple[int, int]] = []
    attend = Body._attend

    def noting(self, x, layer, index, *more):
        if self is second.body:
            read.append((index, x.shape[1]))
        return attend(self, x, layer, index, *more)

    monkeypatch.setattr(Body, "_attend", noting)
    first.decode_each(prompt, kept[0], [(second, kept[1])], SAME)
    whole = read[0][1]
    assert read[:LAYERS - SAME] == [(index, whole) for index in range(SAME, LAYERS)] and whole > len(prompt.candidate)
    assert all(tokens <= whole - len(prompt.candidate) for _, tokens in read[LAYERS - SAME:]), "then corrections only"


def engine_of(plain):
    """An engine whose adapters are `a`, `b` and `c`, and its decoders."""
    from model.engine import Engine

    engine = Engine.__new__(Engine)
    engine.added_in, engine._prefixes, engine._prefix_lock, engine._pool = True, {}, threading.Lock(), None
    engine.device, engine.batch_size = "cpu", 1
    first = decoder_of(plain, "a")
    decoders = {"a": first, "b": decoder_of(plain, "b", first), "c": decoder_of(plain, "c", first)}
    engine._decoder = decoders.get
    engine.adapters = {name: SimpleNamespace() for name in decoders}
    return engine, decoders


def test_an_engine_shares_where_it_can(plain):
    engine, decoders = engine_of(plain)
    first = decoders["a"]
    shared: list[int] = []
    whole = first.decode_each
    first.decode_each = lambda *args: shared.append(args[3]) or whole(*args)
    for prompt in prompts(4, same_job=True):
        for names in (("a", "b"), ("a", "c"), ("c", "a"), ("a",), ("a", "b", "c")):
            found = engine._decode_each([prompt], names, None)
            assert [one.choices for (one,) in found] == [decoders[n].decode([prompt])[0].choices for n in names], names
    assert set(shared) == {SAME} and len(shared) == 4, "only a and b have layers in common"


@pytest.fixture
def three_threads():
    before = torch.get_num_threads()
    torch.set_num_threads(3)
    yield 3
    torch.set_num_threads(before)


def test_a_thread_a_core_judges_and_gives_the_same_bits(plain, three_threads, monkeypatch):
    engine, decoders = engine_of(plain)
    some, seen = prompts(9, same_job=True), set()
    alone = [engine._decode_each([prompt], ("a", "b"), None) for prompt in some]
    whole = engine._decode_each

    def noting(*args):
        seen.add((threading.current_thread().name, torch.get_num_threads()))
        return whole(*args)

    monkeypatch.setattr(engine, "_decode_each", noting)
    found = list(engine._decode_batches([[i] for i in range(9)], some, ("a", "b"), None))
    assert found == alone
    assert {threads for _, threads in seen} == {1} and all(name.startswith("judging") for name, _ in seen)
    assert torch.get_num_threads() == in_a_new_thread(torch.get_num_threads) == three_threads
    seen.clear()
    assert list(engine._decode_batches([[0]], some, ("a", "b"), None)) == alone[:1]
    assert seen == {("MainThread", three_threads)}, "one prompt gets all cores"


def test_judging_in_threads_stops_at_once(plain, three_threads):
    from model.decode import Stopped

    engine, _ = engine_of(plain)
    asked = []
    with pytest.raises(Stopped):
        list(engine._decode_batches([[i] for i in range(9)], prompts(9, same_job=True), ("a",),
                                    lambda: asked.append(1) or len(asked) > 4))
    assert len(asked) <= 4 + three_threads, "prompts that were not begun are left"
    assert torch.get_num_threads() == three_threads


def test_the_first_failure_in_a_thread_is_the_one_that_is_told(plain, three_threads, monkeypatch):
    engine, _ = engine_of(plain)
    some, begun = prompts(9, same_job=True), []

    def failing(group, *_):
        begun.append(group)
        raise ValueError(f"prompt {len(begun)}")

    monkeypatch.setattr(engine, "_decode_each", failing)
    with pytest.raises(ValueError, match="prompt [123]"):
        list(engine._decode_batches([[i] for i in range(9)], some, ("a",), None))
    assert len(begun) <= three_threads, "prompts that were not begun are left"


def in_a_new_thread(work):
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()
