import shutil

import pytest

from recruiter_ui.records import open_store


@pytest.fixture(scope="session")
def empty(tmp_path_factory):
    """A new database, made once: the migrations take most of a second."""
    made = open_store(tmp_path_factory.mktemp("records"))
    made.checkpoint()
    made.close()
    return made.path


@pytest.fixture
def store(tmp_path, empty):
    """New records in a folder of their own."""
    (tmp_path / "data").mkdir(mode=0o700)
    shutil.copy(empty, tmp_path / "data")
    made = open_store(tmp_path / "data")
    yield made
    made.close()
