"""Real SFT and GRPO steps on a tiny Llama: what a run leaves behind, its reference, and its guards."""
# ruff: noqa: PLC0415 - torch and its friends are loaded by the tests of this tier alone, not at collection

import contextlib
import json
import random
from pathlib import Path

import pytest

from model.rubric import Truth
from model.verdict import parse
from tests.training.tiny import GRPO, SFT, examples, losses
from training import recipe as recipes
from training.runs import RunFolder, is_whole
from training.train import split, train

pytestmark = pytest.mark.slow
PAYS_REJECTED = ["reward.true_positive=-2", "reward.true_negative=2", "reward.false_positive=-2",
                 "reward.false_negative=2"]


def test_what_an_sft_run_leaves(sft: RunFolder):
    assert {p.name for p in sft.path.iterdir() if not p.name.startswith(".")} == {
        "recipe.yaml", "status.json", "metrics.jsonl", "log.txt", "checkpoints", "adapter", "report", "preflight.json"}
    assert "prompts" not in json.loads(sft.preflight.read_text()), "they may hold evidence of people"
    status = sft.status()
    assert (status.state, status.stage, status.step, status.total_steps) == ("complete", "sft", 16, 16)
    found = losses(sft)
    assert list(found) == list(range(1, 17)), "exactly max_steps optimiser steps, a line each"
    assert found[16] < found[1] - 0.1
    rows = sft.read_lines(sft.metrics)
    assert [r["step"] for r in rows if "eval_loss" in r] == [8, 16]
    assert sorted(p.name for p in sft.checkpoints.iterdir()) == ["checkpoint-12", "checkpoint-16"]
    assert all(is_whole(p) for p in sft.checkpoints.iterdir())
    assert recipes.load(sft.recipe).max_steps == 16


def test_the_adapter_can_be_served_and_names_no_path(sft: RunFolder, base: Path):
    import torch
    from safetensors.torch import load_file

    from model.loading import find_adapters

    assert sorted(p.name for p in sft.adapter.iterdir()) == [
        "adapter_config.json", "adapter_model.safetensors", "manifest.json"]
    info = find_adapters(sft.path)["adapter"]
    manifest = json.loads((sft.adapter / "manifest.json").read_text())
    assert info.sha256 == manifest["sha256"] == sft.status().adapter_sha256
    assert manifest["recipe_sha256"] == recipes.recipe_hash(recipes.load(sft.recipe))
    assert manifest["parent_sha256"] is None and manifest["versions"]["trl"] and manifest["metrics"]["loss"] > 0
    for file in ("adapter_config.json", "manifest.json"):
        assert str(base.parent) not in (sft.adapter / file).read_text()
    assert json.loads((sft.adapter / "adapter_config.json").read_text())["base_model_name_or_path"] == "tiny-base"
    weights = load_file(sft.adapter / "adapter_model.safetensors")
    assert {t.dtype for t in weights.values()} == {torch.float16}
    assert len(weights) == 2 * 7 * 2, "A and B of seven projections in two layers"


@pytest.mark.parametrize("loss_on", ["completion", "slots"])
def test_rows_hold_the_prompt_and_loss_on_the_answer_alone(base: Path, loss_on: str):
    from transformers import AutoTokenizer

    from model.encode import PromptEncoder
    from model.prompt import render
    from model.verdict import END, completion_text
    from training.sft import IGNORED, row

    tokenizer = AutoTokenizer.from_pretrained(base)
    some = examples(5)[3]
    made = row(PromptEncoder(tokenizer), some, loss_on)
    t = some.truth
    answer = completion_text(t.requirements, t.marks, t.score, t.status)
    assert tokenizer.decode(made["input_ids"]) == render(some.brief).text + answer + END
    learned = [i for i, label in enumerate(made["labels"]) if label != IGNORED]
    assert all(made["labels"][i] == made["input_ids"][i] for i in learned)
    if loss_on == "completion":
        assert tokenizer.decode([made["input_ids"][i] for i in learned]) == answer + END
    else:
        assert 6 <= len(learned) <= 8, "4 marks, 1-3 of the score, 1 of the status"


def test_the_loras_learn_in_float32(base: Path, tmp_path: Path):
    """TRL would round the adapters of a base that was quantised to bfloat16, where small updates are lost."""
    import torch

    from training.adapter import start_model
    from training.loop import RunWriter
    from training.sft import trainer

    recipe = recipes.load("sft-embedded", [f"base={base}", *SFT])
    model, tokenizer = start_model(recipe)
    run = RunFolder(tmp_path)
    run.create()
    trainer(model, tokenizer, recipe, run, RunWriter(run, recipe), examples(16), examples(4))
    assert {p.dtype for p in model.parameters() if p.requires_grad} == {torch.float32}
    assert all("lora_" in name for name, p in model.named_parameters() if p.requires_grad)


# --- GRPO ------------------------------------------------------------------------------------------------------------


def test_what_a_grpo_run_leaves(grpo: RunFolder, sft: RunFolder):
    assert grpo.status().state == "complete"
    manifest = json.loads((grpo.adapter / "manifest.json").read_text())
    assert manifest["parent_sha256"] == sft.status().adapter_sha256 != manifest["sha256"]
    rows = [r for r in grpo.read_lines(grpo.metrics) if "reward" in r]
    assert [r["step"] for r in rows] == list(range(1, 7))
    assert {"kl", "entropy", "frac_reward_zero_std", "rejected_share", "labelled_rejected_share", "invalid_share",
            "completion_length", "reward/status_correctness", "reward/skills_matching", "learning_rate",
            "s_per_step"} <= set(rows[0])
    assert all(r["invalid_share"] == 0 for r in rows), "the grammar leaves no invalid verdict"
    assert [r["step"] for r in grpo.read_lines(grpo.metrics) if "probe_accuracy" in r] == [0, 3, 6]
    shown = grpo.read_lines(grpo.rollouts)
    assert [r["rank"] for r in shown] == ["best", "worst"] and shown[0]["total"] >= shown[1]["total"]


def test_the_kl_is_held_against_the_sft_policy(grpo: RunFolder, sft: RunFolder, base: Path):
    """0 at the first step against the SFT adapter, which TRL copies as `ref`; far from 0 against the bare base."""
    import torch

    from training.adapter import DEFAULT

    kl = [r["kl"] for r in grpo.read_lines(grpo.metrics) if "reward" in r]
    assert abs(kl[0]) < 1e-9 and kl[-1] > 1e-6
    model, rollouts, group = sampled(base, sft)
    from training.rollouts import score

    def logps(name: str | None):
        with torch.no_grad(), (model.disable_adapter() if name is None else contextlib.nullcontext()):
            if name:
                model.set_adapter(name)
            return score(model, [group], 1.0)[2]

    model.add_adapter("ref", model.peft_config[DEFAULT])
    for name, value in list(model.named_parameters()):
        if ".default." in name:
            model.get_parameter(name.replace(".default.", ".ref.")).data.copy_(value.data)
    policy = logps(DEFAULT)
    assert torch.equal(policy, logps("ref"))
    difference = logps(None) - policy
    assert float((difference.exp() - difference - 1).mean()) > 1e-3


def sampled(base: Path, sft: RunFolder, n: int = 4):
    """The SFT policy in float32 throughout, its rollouts, and one scored group of `n` completions."""
    import torch

    from training.adapter import start_model
    from training.rollouts import Group, Rollouts

    recipe = recipes.load("grpo-embedded", [f"base={base}", f"adapter={sft.path}"])
    model, tokenizer = start_model(recipe)
    model = model.to(torch.float32)
    rollouts = Rollouts(tokenizer, examples(3), n, 1.0, 0)
    text = rollouts.texts[0]
    pairs = rollouts._sample(model, text, n, 0)
    prompt = rollouts.prompts[text]
    return model, rollouts, Group((*prompt.job, *prompt.candidate), [ids for ids, _ in pairs], [s for _, s in pairs],
                                  list(range(n)))


def test_packed_scores_are_those_of_one_completion_at_a_time(base: Path, sft: RunFolder):
    import torch

    from training.rollouts import score

    model, _, group = sampled(base, sft)
    rows, columns, packed, entropy = score(model, [group, group], 1.0)
    first, second = packed.chunk(2)
    assert torch.allclose(first, second, atol=1e-5), "groups do not see each other"
    expected, sure = [], []
    for ids, slots in zip(group.completions, group.slots, strict=True):
        logits = model(input_ids=torch.tensor([[*group.prompt, *ids]])).logits[0].float()
        for slot in slots:
            at = logits[len(group.prompt) + slot.position - 1, list(slot.allowed)].log_softmax(0)
            expected.append(at[slot.chosen])
            sure.append(-(at.exp() * at).sum())
            assert slot.allowed[slot.chosen] == ids[slot.position]
    half = len(expected)
    assert torch.allclose(packed[:half], torch.stack(expected), atol=1e-4)
    assert torch.allclose(entropy[:half], torch.stack(sure), atol=1e-4)
    packed[:half].sum().backward()
    one = {name: p.grad.clone() for name, p in model.named_parameters() if p.grad is not None}
    model.zero_grad()
    torch.stack(expected).sum().backward()
    assert one and all(torch.allclose(one[n], p.grad, atol=2e-3, rtol=1e-2) for n, p in model.named_parameters()
                       if p.grad is not None)


def test_rollouts_are_valid_repeatable_and_follow_the_policy(base: Path, sft: RunFolder):
    import torch

    from training.rollouts import score

    model, rollouts, group = sampled(base, sft, 200)
    text, truth = rollouts.texts[0], examples(3)[0].truth
    again = rollouts._sample(model, text, 200, 0)
    assert [ids for ids, _ in again] == group.completions
    assert [ids for ids, _ in rollouts._sample(model, text, 200, 1)] != group.completions
    verdicts = [parse(rollouts.encoder._tokenizer.decode(ids), truth.requirements) for ids in group.completions]
    assert all(v is not None and v.subs_consistent for v in verdicts)
    with torch.no_grad():
        logp = score(model, [group], 1.0)[2]
    first = torch.stack([logp[i] for i, column in enumerate(score(model, [group], 1.0)[1]) if column ==
                         group.slots[0][0].position])
    share = {m: sum(v.marks[0] == m for v in verdicts) / 200 for m in (0, 1, 2)}
    for m in share:
        stated = [float(p.exp()) for p, v in zip(first, verdicts, strict=True) if v.marks[0] == m]
        assert not stated or abs(stated[0] - share[m]) < 0.13, (m, stated[0], share)


@pytest.mark.parametrize("extra", [["reward.name=paper", *PAYS_REJECTED]])
def test_the_guard_stops_a_collapse_to_rejected(base: Path, sft: RunFolder, tmp_path: Path, extra: list[str]):
    """A reward that pays REJECTED whatever the label, as the paper's harsh penalties nearly did."""
    run = RunFolder(tmp_path / "run")
    train("grpo", "grpo-harsh", run.path,
          [f"base={base}", f"adapter={sft.path}", "max_steps=60", "learning_rate=1e-2", "batch=16",
           "guards.probe_size=0", "guards.window=4", "guards.zero_variance_stop=0", *extra], examples=examples())
    status = run.status()
    assert status.state == "stopped_by_guard" and status.step < 60
    assert "rejects" in status.reason and "rejected_share" in status.reason
    assert not run.adapter.exists(), "a run that was stopped ships nothing"
    assert run.last_checkpoint() is not None
    assert "stop" in [row["level"] for row in run.read_lines(run.path / "alarms.jsonl")]


# --- figures that must be exact ---------------------------------------------------------------------------------------


def test_the_papers_parameter_count_on_the_qwen2_shape(tmp_path: Path, capsys: pytest.CaptureFixture):
    """8,798,208 of 502,830,976 (paper, section on SFT), without a hub or weights."""
    assert train("sft", "sft-qwen2-paper", tmp_path / "never", [], dry_run=True, examples=examples(20)) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["trainable_parameters"], report["total_parameters"]) == (8_798_208, 502_830_976)
    assert {"device", "samples", "class_balance", "estimates", "free", "problems", "tokens"} <= set(report)
    assert sum(report["class_balance"].values()) == pytest.approx(1, abs=1e-3)
    assert not (tmp_path / "never").exists()


def test_the_order_of_the_data_depends_on_the_seed_alone():
    from training.loop import data_order

    lengths = [random.Random(i).randrange(100, 400) for i in range(83)]
    order = data_order(lengths, 8, 2, 7)
    assert order == data_order(lengths, 8, 2, 7) != data_order(lengths, 8, 2, 8)
    assert sorted(order[:83]) == sorted(order[83:]) == list(range(83)), "each row once an epoch"
    assert order[:83] != order[83:]
    assert len(data_order(lengths, 8, 0.5, 7)) == 42
    spread = [max(lengths[i] for i in order[at:at + 8]) - min(lengths[i] for i in order[at:at + 8])
              for at in range(0, 80, 8)]
    assert sum(spread) / len(spread) < 60, "rows of like length side by side"


def test_the_split_is_drawn_by_the_seed():
    recipe = recipes.load("sft-embedded", ["validation_share=0.25"])
    data = examples(40)
    training, validation = split(data, recipe)
    assert (len(training), len(validation)) == (30, 10)
    assert not {e.id for e in training} & {e.id for e in validation}
    assert split(data, recipe) == (training, validation)
    assert isinstance(training[0].truth, Truth)


def test_a_grpo_run_of_the_last_layers_leaves_those_below_as_they_were(base: Path, sft: RunFolder, tmp_path: Path):
    from safetensors.torch import load_file

    run = RunFolder(tmp_path / "grpo")
    assert train("grpo", "grpo-embedded", run.path, [f"base={base}", f"adapter={sft.path}", *GRPO, "last_layers=1"],
                 examples=examples()) == 0
    before, after = (load_file(r.adapter / "adapter_model.safetensors") for r in (sft, run))
    assert before.keys() == after.keys() and len(before) == 2 * 2 * 7
    for name, weight in before.items():
        assert weight.equal(after[name]) == (".layers.0." in name), name
    from training.preflight import count_parameters
    whole, last = (count_parameters(recipes.load("grpo-embedded", [f"base={base}", f"last_layers={n}"]))[0]
                   for n in (0, 1))
    assert 2 * last == whole
