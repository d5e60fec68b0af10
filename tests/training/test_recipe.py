"""Recipes: what they hold, what they refuse."""

import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from model.errors import RecipeError
from model.rubric import COMPONENTS, PAPER, RewardSpec
from training import recipe as recipes
from training.recipe import GRPORecipe, GuardSpec, SFTRecipe

ROOT = Path(__file__).resolve().parents[2]


def test_five_recipes_ship_and_each_header_says_how_to_launch_it():
    assert recipes.names() == ("grpo-embedded", "grpo-harsh", "grpo-qwen2-paper", "sft-embedded", "sft-qwen2-paper")
    for name in recipes.names():
        recipe = recipes.load(name)
        head = (recipes.RECIPES / f"{name}.yaml").read_text().split("stage:")[0]
        assert f"python app.py train {recipe.stage} --recipe {name} --run-dir" in head
        assert recipe.name == name


def test_the_paper_recipes_hold_the_papers_values():
    sft, grpo = recipes.load("sft-qwen2-paper"), recipes.load("grpo-qwen2-paper")
    assert (sft.lora_rank, sft.lora_alpha, sft.lora_dropout, len(sft.projections)) == (16, 32, 0.0, 7)
    assert (sft.epochs, sft.learning_rate, sft.schedule, sft.warmup_steps) == (2, 2e-4, "linear", 10)
    assert (sft.batch, sft.gradient_accumulation, sft.weight_decay, sft.optimizer) == (2, 4, 0.01, "adamw_8bit")
    assert (grpo.learning_rate, grpo.beta, grpo.epochs, grpo.max_steps, grpo.generations) == (2e-6, 0.1, 1, 337, 2)
    assert grpo.reward == PAPER
    train = round(grpo.samples * (1 - grpo.validation_share))
    assert train * grpo.generations // (grpo.batch * grpo.gradient_accumulation) == 337


def test_the_harsh_recipe_is_the_papers_failed_attempt():
    reward = recipes.load("grpo-harsh").reward
    assert (reward.false_negative, reward.false_positive) == (-5, -2)


@pytest.mark.parametrize("name", recipes.names())
def test_a_resolved_recipe_reads_back_the_same(name: str, tmp_path: Path):
    recipe = recipes.load(name)
    (tmp_path / "recipe.yaml").write_text(recipes.to_yaml(recipe))
    again = recipes.load(tmp_path / "recipe.yaml")
    assert again == recipe
    assert recipes.recipe_hash(again) == recipes.recipe_hash(recipe)


def test_overrides_reach_nested_keys_and_numbers_that_yaml_reads_as_text():
    recipe = recipes.load("grpo-embedded", ["reward.false_negative=-5", "reward.weights.skills_matching=0.3",
                                            "learning_rate=2e-6", "guards.kl_stop=1", "projections=[q_proj]"])
    assert recipe.reward.false_negative == -5.0
    assert recipe.reward.weights["skills_matching"] == 0.3
    assert recipe.reward.weights["status_correctness"] == 0.4, "what is not named keeps its default"
    assert recipe.learning_rate == 2e-6
    assert recipe.guards.kl_stop == 1.0
    assert recipe.projections == ("q_proj",)


@pytest.mark.parametrize(("override", "words"), [
    ("lerning_rate=1", ("unknown key lerning_rate", "learning_rate", "gradient_accumulation")),
    ("reward.fn=1", ("unknown key reward.fn", "reward.false_negative")),
    ("reward.weights.skill=1", ("unknown key reward.weights.skill", *COMPONENTS)),
    ("guards.kl=1", ("unknown key guards.kl", "guards.kl_stop")),
    ("epochs=many", ("epochs", "'many'", "a number")),
    ("max_steps=2.5", ("max_steps", "a whole number")),
    ("epochs=.nan", ("epochs",)), ("learning_rate=3", ("learning_rate", "outside of")), ("seed", ("no key=value",)),
    ("epochs.x=1", ("epochs holds one value",)), ("reward=3", ("reward", "keys with values")),
    ("loss_type=ppo", ("loss_type", "dr_grpo")), ("batch=7", ("batch", "groups of 8")),
    ("keep_checkpoints=1", ("keep_checkpoints", "outside of")), ("projections=[head]", ("head", "q_proj")),
    ("reward.name=generous", ("reward", "'generous'")), ("seed=true", ("seed",))])
def test_what_is_wrong_is_named_with_what_would_be_right(override: str, words: tuple[str, ...]):
    with pytest.raises(RecipeError) as error:
        recipes.load("grpo-embedded", [override])
    assert all(word in str(error.value) for word in words), str(error.value)


def test_a_recipe_that_is_not_there_or_of_another_stage(tmp_path: Path):
    with pytest.raises(RecipeError, match="sft-embedded"):
        recipes.load("sft-embeded")
    with pytest.raises(RecipeError, match="for sft, not for grpo"):
        recipes.load("sft-embedded", stage="grpo")
    for text in ("", "- a list", "stage: ppo", "stage: sft\n  bad: [", "\x00"):
        (tmp_path / "bad.yaml").write_text(text)
        with pytest.raises(RecipeError, match=r"bad\.yaml"):
            recipes.load(tmp_path / "bad.yaml")


@pytest.mark.parametrize(("stage", "cls"), [("sft", SFTRecipe), ("grpo", GRPORecipe)])
def test_every_key_is_documented_and_has_the_papers_value_beside_it(stage: str, cls: type):
    texts, paper = recipes.documentation(stage), recipes.paper_values(stage)
    for f in fields(cls):
        assert texts.get(f.name), f.name
        assert f.name in paper or any(key.startswith(f.name + ".") for key in paper)
    if stage == "grpo":
        assert all(texts.get(f"guards.{f.name}") for f in fields(GuardSpec))
        assert all(f"reward.{f.name}" in paper for f in fields(RewardSpec) if f.name != "weights")


def test_the_light_half_of_training_loads_no_torch():
    code = ("import sys, training, training.recipe, training.runs, training.rewards, training.guards, training.train\n"
            "from training import recipe\nrecipe.load('grpo-embedded')\n"
            "print(*[m for m in ('torch', 'transformers', 'trl', 'peft', 'datasets') if m in sys.modules])")
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout.split()) == (0, []), done.stderr
