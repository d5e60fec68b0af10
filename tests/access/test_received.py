"""Files that the running server takes in: their names, whose they are, how many and how large."""

from __future__ import annotations

import pytest

from recruiter_ui import uploads

pytestmark = pytest.mark.timeout(300)  # a server is started, and the machine may be busy


@pytest.mark.parametrize("name", ["../../../etc/cron.d/x.txt", "/etc/passwd", "..\\..\\x.txt", "a\x00b.txt",
                                  "....//x.txt", "con\u202etxt.exe", ".", "..", "x" * 400 + ".pdf",
                                  "%2e%2e%2fx.txt", "a/b\n.txt"])
def test_path_tricks_in_names_lead_nowhere(house, name):
    rex = house.client("rex")
    temp = house.store.folder / "temp"
    before = {path for path in house.store.folder.parent.rglob("*") if temp not in path.parents}
    path = temp / rex.upload(name)
    assert temp in path.parents and path.is_file() and path.stat().st_mode & 0o777 == 0o600
    assert {path for path in house.store.folder.parent.rglob("*") if temp not in path.parents} == before


def test_the_same_file_of_two_people_is_two_files(house):
    paths = {house.client(name).upload() for name in ("rex", "rita")}
    assert len(paths) == 2


def test_size_count_and_quota_are_limited(house, monkeypatch):
    rex = house.client("rex")
    many = [("files", (f"{i}.txt", b"x")) for i in range(uploads.MAX_FILES + 1)]
    assert rex.post("/gradio_api/upload", files=many).status_code == 400
    assert rex.post("/gradio_api/upload", files=[("other", ("a.txt", b"x"))]).json() == []
    assert rex.post("/gradio_api/upload", data={"files": "text"}).status_code == 400
    monkeypatch.setattr(uploads, "MAX_ZIP_BYTES", 1000)
    monkeypatch.setattr(uploads, "MAX_FILE_BYTES", 1000)
    assert rex.post("/gradio_api/upload", files=[("files", ("a.txt", b"x" * 2000))]).status_code == 413
    monkeypatch.setenv("SHORTLIST_QUOTA_BYTES", "5000")

    def endless():
        yield b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
        for _ in range(100):
            yield b"x" * 900

    kind = {"Content-Type": "multipart/form-data; boundary=b"}
    answer = rex.post("/gradio_api/upload", content=endless(), headers=kind)
    assert answer.status_code == 413
    monkeypatch.setenv("SHORTLIST_QUOTA_BYTES", "10")
    answer = rex.post("/gradio_api/upload", files=[("files", ("a.txt", b"x" * 500))])
    assert answer.status_code == 413 and "room for 0 MB" in answer.json()["detail"]
