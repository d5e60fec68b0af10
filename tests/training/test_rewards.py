"""The TRL reward functions: names, weights, None, and that nothing is swallowed."""

from types import SimpleNamespace

import pytest

from model.rubric import COMPONENTS, GROUNDED, PAPER, RewardSpec, Truth, reward
from model.schema import Requirement
from model.verdict import completion_text, parse
from training import rewards
from training.rewards import observations, reward_functions, reward_weights

BOTH = (Requirement("python", "skill"), Requirement("sql", "skill", must=False),
        Requirement("analyst", "experience", years=3))
SKILLS = BOTH[:2]
TRUTHS = [Truth.from_marks(BOTH, (2, 1, 2)), Truth.from_marks(BOTH, (2, 2, 0)), Truth.from_marks(SKILLS, (2, 2))]


def gold(truth: Truth) -> str:
    return completion_text(truth.requirements, truth.marks, truth.score, truth.status)


def call(functions, completions, example, **kwargs):
    return {f.__name__: f(prompts=["p"] * len(example), completions=completions, example=example,
                          completion_ids=[[1, 2]] * len(example), **kwargs) for f in functions}


OTHER_WEIGHTS = RewardSpec("grounded", dict(zip(COMPONENTS, (1.0, 0.0, 2.0, 0.5), strict=True)))


@pytest.mark.parametrize("spec", [GROUNDED, PAPER, OTHER_WEIGHTS])
def test_weighted_functions_add_up_to_the_rubric(spec: RewardSpec):
    functions = reward_functions(TRUTHS, spec)
    assert [f.__name__ for f in functions] == list(COMPONENTS)
    texts = [gold(TRUTHS[0]), gold(TRUTHS[0]), "no verdict", gold(TRUTHS[2])]
    example = [0, 1, 1, 2]
    found = call(functions, texts, example)
    for i, (text, e) in enumerate(zip(texts, example, strict=True)):
        total = sum(w * (found[f.__name__][i] or 0.0) for w, f in zip(reward_weights(spec), functions, strict=True))
        assert total == pytest.approx(reward(parse(text, TRUTHS[e].requirements), TRUTHS[e], spec).total)


def test_what_a_job_does_not_ask_for_is_not_applicable():
    found = call(reward_functions(TRUTHS, GROUNDED), [gold(TRUTHS[2])], [2])
    assert found["experience_evaluation"] == [None]


def test_invalid_json_earns_every_minimum():
    found = call(reward_functions(TRUTHS, GROUNDED), ['{"marks":'], [0])
    assert found == {"status_correctness": [-2.0], "score_accuracy": [-1.0], "skills_matching": [-1.0],
                     "experience_evaluation": [-1.0]}


@pytest.mark.parametrize("component", COMPONENTS)
def test_in_each_component_the_gold_beats_its_bad_twin(component: str):
    truth = TRUTHS[0]
    flip = {"status_correctness": ((2, 1, 2), truth.score, "REJECTED"), "score_accuracy": ((2, 1, 2), 20, "SELECTED"),
            "skills_matching": ((0, 1, 2), truth.score, "SELECTED"),
            "experience_evaluation": ((2, 1, 0), truth.score, "SELECTED")}[component]
    texts = [gold(truth), completion_text(BOTH, *flip)]
    found = call(reward_functions(TRUTHS, GROUNDED), texts, [0, 0])[component]
    assert found[0] > found[1]


def test_a_bug_raises(monkeypatch: pytest.MonkeyPatch):
    def broken(*args):
        raise ZeroDivisionError("a bug")
    monkeypatch.setattr(rewards, "reward", broken)
    for function in reward_functions(TRUTHS, GROUNDED):
        with pytest.raises(ZeroDivisionError):
            function(completions=[gold(TRUTHS[0])], example=[0])
    monkeypatch.undo()
    with pytest.raises(IndexError):
        reward_functions(TRUTHS, GROUNDED)[1](completions=["x"], example=[99])
    with pytest.raises(ValueError, match="zip"):
        reward_functions(TRUTHS, GROUNDED)[1](completions=["x"], example=[0, 1])


def test_the_guards_get_their_figures_once_for_each_batch():
    logged = {}
    functions = reward_functions(TRUTHS, GROUNDED)
    texts = [gold(TRUTHS[0]), gold(TRUTHS[1]), "nothing", gold(TRUTHS[1])]
    call(functions, texts, [0, 1, 0, 0], log_metric=lambda key, value: logged.setdefault(key, []).append(value))
    assert logged == {"rejected_share": [pytest.approx(2 / 3)], "labelled_rejected_share": [0.25],
                      "invalid_share": [0.25], "status_accuracy": [0.5], "completion_length": [2.0]}


def test_observations_take_the_end_token_in_their_stride():
    assert observations([gold(TRUTHS[0]) + "<|im_end|>"], TRUTHS[:1])["invalid_share"] == 0.0


def test_whoever_watches_sees_completions_with_their_rewards():
    seen = []
    functions = reward_functions(TRUTHS, GROUNDED, lambda step, rows: seen.append((step, rows)))
    call(functions, [gold(TRUTHS[0])], [0], trainer_state=SimpleNamespace(global_step=4))
    (step, rows), = seen
    assert step == 5
    assert rows[0]["completion"] == gold(TRUTHS[0]) and rows[0]["total"] == pytest.approx(1.4)
