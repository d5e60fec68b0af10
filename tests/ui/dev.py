"""The page on a fake engine, for work on its looks: `python -m tests.ui.dev`."""

from recruiter_ui.build import launch

from .fake_service import FakeService

if __name__ == "__main__":
    launch(FakeService(load_seconds=4, delay=0.5))
