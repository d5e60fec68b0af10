"""A base of 0.1 million parameters with a tokenizer of its own, and hand-made examples that it can learn from.

`python -m tests.training.tiny` trains on them as `app.py train` would, so that a test can kill it.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

from model.prompt import render
from model.rubric import Truth
from model.schema import Brief, Evidence, Job, Requirement
from model.verdict import completion_text
from training.dataset import Example
from training.runs import RunFolder

SFT = ["max_steps=16", "checkpoint_every=4", "eval_every=8", "learning_rate=3e-3", "lora_rank=4", "batch=8", "epochs=2",
       "validation_share=0.1", "warmup_steps=10"]
GRPO = ["max_steps=6", "checkpoint_every=2", "batch=16", "guards.probe_every=3", "guards.probe_drop_stop=0",
        "learning_rate=1e-3"]
SKILLS = ("python", "sql", "excel", "welding", "nursing", "triage", "audit", "docker", "sales", "planning")


def example(number: int, rng: random.Random) -> Example:
    """A job of 3 skills and a role; the evidence's strength and years say what is true."""
    names = rng.sample(SKILLS, 3)
    requirements = [Requirement(name, "skill", must=rng.random() < 0.7) for name in names]
    requirements.append(Requirement("work in " + names[0], "experience", years=3.0))
    level = rng.random()
    marks, evidence = [], []
    for requirement in requirements:
        mark = rng.choices((0, 1, 2), ((1 - level) ** 2, 0.3, level ** 2 + 0.05))[0]
        years = (0.5, 2.0, 6.0)[mark] if requirement.kind == "experience" else None
        text = f"used {requirement.text}"
        how = "none" if mark == 0 and requirement.kind == "skill" else "alias"
        evidence.append(Evidence(text, text, 0, len(text), how, (0.0, 0.45, 0.95)[mark], years))
        marks.append(mark)
    job = Job("", "tester", tuple(requirements))
    return Example(f"tiny-{number}", Brief(job, tuple(evidence)), Truth.from_marks(requirements, marks))


def examples(n: int = 60, seed: int = 0) -> list[Example]:
    rng = random.Random(seed)
    return [example(i, rng) for i in range(n)]


def losses(run: RunFolder) -> dict[int, float]:
    """Training loss by step."""
    return {row["step"]: row["loss"] for row in run.read_lines(run.metrics) if "loss" in row}


def make_base(folder: Path) -> Path:
    """Write the tiny base into a folder, as `--set base=FOLDER` takes it: a 2-layer Llama whose digits are single
    tokens.
    """
    import torch  # noqa: PLC0415 - only the slow tier needs it
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers  # noqa: PLC0415 - as above
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast  # noqa: PLC0415 - as above

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=True),
                                                       pre_tokenizers.ByteLevel(add_prefix_space=False)])
    tokenizer.decoder = decoders.ByteLevel()
    specials = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
    trainer = trainers.BpeTrainer(vocab_size=400, special_tokens=specials, show_progress=False,
                                  initial_alphabet=pre_tokenizers.ByteLevel.alphabet())
    some = examples(20, 99)
    texts = [render(e.brief).text for e in some]
    texts += [completion_text(e.truth.requirements, e.truth.marks, e.truth.score, e.truth.status) for e in some]
    tokenizer.train_from_iterator(texts, trainer)
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token="<|im_end|>", bos_token="<|im_start|>",
                                   pad_token="<|endoftext|>", unk_token="<|endoftext|>")
    torch.manual_seed(0)
    config = LlamaConfig(vocab_size=len(fast), hidden_size=64, num_hidden_layers=2, num_attention_heads=4,
                         num_key_value_heads=2, intermediate_size=128, tie_word_embeddings=True,
                         eos_token_id=fast.eos_token_id, bos_token_id=fast.bos_token_id, pad_token_id=fast.pad_token_id)
    LlamaForCausalLM(config).to(torch.bfloat16).save_pretrained(folder)
    fast.save_pretrained(folder)
    return folder


def main() -> int:
    """STAGE RECIPE RUN_DIR KEY=VALUE..."""
    import torch  # noqa: PLC0415 - as above

    from training.train import train  # noqa: PLC0415 - as above

    torch.set_num_threads(1)
    stage, recipe, run_dir, *overrides = sys.argv[1:]
    return train(stage, recipe, Path(run_dir), overrides, examples=examples())


if __name__ == "__main__":
    sys.exit(main())
