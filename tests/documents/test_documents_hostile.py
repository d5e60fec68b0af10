"""Hostile files end in typed results in time, the parent stays small, and the batch goes on."""

import os
import time

import pytest
from documents_hostile import all_hostile, mutated
from documents_tricks import page
from documents_word import word

from model.documents import Limits, read, read_many

pytestmark = pytest.mark.slow
SECONDS = 15
GROWTH = 100_000_000  # bytes
EXPECTED = {
    "encrypted.pdf": "encrypted", "encrypted.docx": "encrypted", "old.doc": "old_word", "bomb.docx": "bomb",
    "zip-slip.docx": "suspicious", "xxe.docx": "suspicious", "billion-laughs.docx": "suspicious", "empty.pdf": "empty",
    "picture-named.pdf": "unsupported", "too-large.txt": "too_large", "bomb-stream.pdf": "bomb",
    "program.docx": "unsupported", "xxe-utf16.docx": "suspicious", "slides.docx": "unsupported",
}  # fmt: skip


def resident() -> int:
    """Bytes of memory that this process holds, on Linux; 0 elsewhere."""
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("hostile")
    for name, data in all_hostile():
        (place / name).write_bytes(data)
    return place


def test_hostile_files_one_by_one(folder, capsys):
    files = sorted(folder.iterdir())
    read(files[0])
    before, slowest, outcomes = resident(), ("", 0.0), {}
    for file in files:
        start = time.monotonic()
        result = read(file)
        took = time.monotonic() - start
        slowest = max(slowest, (file.name, took), key=lambda pair: pair[1])
        outcomes[file.name] = result
        assert result.outcome in ("ok", "unreadable", "failed")
        assert (result.outcome == "ok") == (result.document is not None) == (result.reason == "")
        assert took < SECONDS, file.name
    grown = resident() - before
    failed = {name: r.reason for name, r in outcomes.items() if r.outcome == "failed"}
    with capsys.disabled():
        print(
            f"\n{len(files)} hostile files: all typed, slowest {slowest[1]:.1f} s ({slowest[0]}), parent grew "
            f"{grown / 1e6:.1f} MB; {sum(r.outcome == 'ok' for r in outcomes.values())} read, failed: {failed}"
        )
    assert len(files) >= 40
    assert grown < GROWTH
    for name, code in EXPECTED.items():
        assert outcomes[name].code == code, (name, outcomes[name].code)
    assert not failed


def test_the_rest_of_a_hostile_batch_completes(folder, tmp_path):
    good = tmp_path / "good.pdf"
    good.write_bytes(page())
    bad = [folder / n for n in ("bomb-predictor.pdf", "deep-arrays.pdf", "random.pdf", "loop-form.pdf", "bomb.docx")]
    batch = [path for one in bad for path in (good, one, good)]
    results = list(read_many(batch))
    assert [r.path for r in results] == batch
    assert all(r.outcome == "ok" for r in results if r.path == good)


def test_a_file_that_eats_time_or_memory_is_stopped(folder):
    tight = Limits(cpu_seconds=1, wall_seconds=3)
    start = time.monotonic()
    result = read(folder / "bomb-forms.pdf", tight)
    assert time.monotonic() - start < 12  # of which a process may take its time to start on a busy machine
    assert result.outcome in ("ok", "unreadable")
    again = read(folder / "encrypted.pdf", tight)
    assert again.code == "encrypted"


def test_short_fuzz_of_real_files(tmp_path, capsys):
    """Two hundred changed files; `python tests/documents/fuzz_documents.py 300` is the run of five minutes."""
    for seed in range(200):
        (tmp_path / f"f{seed}{('.pdf', '.docx')[seed % 2]}").write_bytes(mutated((page, word)[seed % 2](), seed))
    results = list(read_many(sorted(tmp_path.iterdir())))
    failed = [(r.name, r.reason) for r in results if r.outcome == "failed"]
    with capsys.disabled():
        print(f"\n{len(results)} fuzzed files: {sum(r.outcome == 'ok' for r in results)} read, {len(failed)} failed")
    assert len(results) == 200
    assert not failed, failed[:5]
