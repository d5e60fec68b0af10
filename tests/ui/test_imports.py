"""The page must be up at once: building it loads no torch and opens no connection."""

import subprocess
import sys

import pytest

PROBE = """
import sys
import recruiter_ui.build
from recruiter_ui.service import Service
recruiter_ui.build.build_app(Service())
heavy = {"torch", "transformers", "peft", "bitsandbytes", "trl", "model.pipeline", "model.engine"} & set(sys.modules)
assert not heavy, f"importing the page loaded {sorted(heavy)}"
import os
assert os.environ["GRADIO_ANALYTICS_ENABLED"] == "False"
"""


@pytest.mark.timeout(300)  # seconds where it is quiet; a loaded machine may take long to import
def test_building_the_page_loads_no_model():
    done = subprocess.run([sys.executable, "-c", PROBE], capture_output=True, text=True, timeout=280)
    assert done.returncode == 0, done.stderr
