"""Uploads: copies, ZIP files within limits, names that cannot leave the folder."""

import zipfile

import pytest

from recruiter_ui import intake


def zipped(path, entries):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return path


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "session"
    place.mkdir()
    return place


def test_a_zip_is_opened_and_what_an_operating_system_adds_is_left_out(tmp_path, folder):
    path = zipped(tmp_path / "pile.zip", {"a.txt": "one", "deep/b.txt": "two", "__MACOSX/a.txt": "x", ".DS_Store": "x"})
    found = intake.take_in([path], folder)
    assert sorted(r.name for r in found.resumes) == ["a.txt", "b.txt"] and not found.problems


def test_an_upload_that_still_holds_what_the_one_before_it_took_adds_the_rest(tmp_path, folder):
    first, second = tmp_path / "a.txt", tmp_path / "b.txt"
    first.write_text("one")
    second.write_text("two")
    assert [r.name for r in intake.take_in([first], folder, move=True).resumes] == ["a.txt"]
    found = intake.take_in([first, second], folder, move=True)
    assert [r.name for r in found.resumes] == ["b.txt"] and not found.problems


def test_names_cannot_leave_the_folder(tmp_path, folder):
    names = ["../../evil.txt",
             "..\\..\\worse.txt", "/etc/passwd", "C:\\x\\y.txt", "..", "a\n\x1b.txt", "ü" * 300 + ".pdf"]
    found = intake.take_in([zipped(tmp_path / "p.zip", {n: f"text {i}" for i, n in enumerate(names)})], folder)
    assert found.resumes
    for resume in found.resumes:
        assert folder in resume.path.resolve().parents and resume.path.is_file()
    assert not (tmp_path / "evil.txt").exists()


def test_a_bomb_stops_at_the_limit(tmp_path, folder, monkeypatch):
    monkeypatch.setattr(intake, "MAX_FILE_BYTES", 1000)
    monkeypatch.setattr(intake, "MAX_ZIP_BYTES", 2500)
    entries = {f"{i}.txt": bytes([65 + i]) * 900 for i in range(6)} | {"big.txt": b"x" * 10**6}
    found = intake.take_in([zipped(tmp_path / "bomb.zip", entries)], folder)
    assert len(found.resumes) == 2 and any("expands to more" in problem for problem in found.problems)


def test_too_many_entries(tmp_path, folder, monkeypatch):
    monkeypatch.setattr(intake, "MAX_ZIP_ENTRIES", 3)
    found = intake.take_in([zipped(tmp_path / "many.zip", {f"{i}.txt": f"t{i}" for i in range(5)})], folder)
    assert len(found.resumes) == 3 and "holds 5 files" in found.problems[0]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not a zip", b"plain text"])
def test_a_broken_zip_is_a_sentence(tmp_path, folder, content):
    path = tmp_path / "broken.zip"
    path.write_bytes(content)
    found = intake.take_in([path], folder)
    assert not found.resumes and "is not a ZIP file" in found.problems[0]


def test_a_zip_in_a_zip_is_left_out(tmp_path, folder):
    inner = zipped(tmp_path / "inner.zip", {"a.txt": "a"})
    found = intake.take_in([zipped(tmp_path / "outer.zip", {"inner.zip": inner.read_bytes(), "b.txt": "b"})], folder)
    assert [r.name for r in found.resumes] == ["b.txt"] and "ZIP inside a ZIP" in found.problems[0]


def test_moving_leaves_nothing_behind_for_others_to_fetch(tmp_path, folder):
    path = tmp_path / "cv.txt"
    path.write_text("text")
    found = intake.take_in([path], folder, move=True)
    assert not path.exists() and found.resumes[0].path.read_text() == "text"


def test_a_file_that_is_too_large_is_named(tmp_path, folder, monkeypatch):
    monkeypatch.setattr(intake, "MAX_FILE_BYTES", 10)
    path = tmp_path / "cv.txt"
    path.write_text("x" * 11)
    found = intake.take_in([path], folder)
    assert not found.resumes and "cv.txt is larger" in found.problems[0]
