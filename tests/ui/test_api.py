"""The page's calls: named, described, and two of them for other programs."""

from __future__ import annotations

import sys

import gradio
import pytest

from model.errors import UsageError
from recruiter_ui import api
from recruiter_ui.build import build_app

from .fake_service import FakeService

JOB = "Analyst\n- Python programming\n- nursing"
ONE_AT_A_TIME = {"open_job"}  # a job's file takes the place of the one before it
RESUME = "Python programming since 2015 at a railway.\n" * 3


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    service = FakeService(delay=0.0, folder=tmp_path_factory.mktemp("data"))
    service.load()
    return service


@pytest.fixture(scope="module")
def app(service):
    return build_app(service)


def test_every_call_is_named_and_described(app):
    public = [fn for fn in app.fns.values() if fn.fn and fn.api_visibility == "public"]
    assert len(public) > 40
    assert not [fn.api_name for fn in public if "lambda" in str(fn.api_name) or str(fn.api_name).endswith("_1")]
    info = app.get_api_info()["named_endpoints"]
    assert not [name for name, call in info.items() if len(call.get("description") or "") < 12]


def test_what_comes_while_the_page_still_draws_is_not_dropped(app):
    """Gradio drops an event of a kind that is still at work; rows and keys must all count, choices the last of them."""
    ways = {"select": "multiple", "input": "always_last", "then": "always_last", "upload": "multiple"}
    tabs = {block._id for block in app.blocks.values() if isinstance(block, gradio.Tab)}
    seen, wrong = set(), []
    for fn in filter(lambda fn: fn.fn, app.fns.values()):
        for block, event in fn.targets:
            way = "always_last" if block in tabs else ways.get(event)
            seen.add(event)
            if way and fn.trigger_mode != way and fn.api_name not in ONE_AT_A_TIME:
                wrong.append((fn.api_name or fn.name, event, fn.trigger_mode))
    assert not wrong and {*ways, "click", "tick"} <= seen


def call(app, name):
    return next(fn.fn for fn in app.fns.values() if fn.api_name == name)


def test_requirements_and_a_verdict_without_the_page(app, service):
    assert call(app, "read_requirements")(JOB)[1] == {"text": "nursing", "kind": "skill", "must": True, "years": None}
    verdict = call(app, "judge_resume")(JOB, RESUME)
    assert verdict["outcome"] == "scored" and verdict["requirements"][0]["evidence"].startswith("Python")
    assert set(verdict) == set(api.KEPT) and "file" not in verdict


@pytest.mark.parametrize(("job", "resume", "words"), [("", RESUME, "job text is empty"),
                                                      (JOB, "  ", "resume is empty")])
def test_what_a_caller_does_wrong_is_answered_in_words(app, job, resume, words):
    with pytest.raises(gradio.Error, match=words):
        call(app, "judge_resume")(job, resume)


def test_mcp_is_off_unless_asked_for_and_says_what_it_lacks(monkeypatch):
    monkeypatch.setitem(sys.modules, "mcp", None)
    monkeypatch.setattr(api.importlib.util, "find_spec", lambda name: None)
    assert api.mcp_wanted(False) is False
    with pytest.raises(UsageError, match="pip install 'mcp<2'"):
        api.mcp_wanted(True)
    monkeypatch.setenv("SHORTLIST_MCP", "1")
    with pytest.raises(UsageError):
        api.mcp_wanted(False)
