"""Past decisions: a table and a ZIP become labelled pairs, or a sentence for every row that cannot be used."""

import json
import sys
import zipfile

import pytest

from recruiter_ui import labels, own_labels
from recruiter_ui.own_labels import LabelError, read_labels

RESUME = "Ten years of Python at a railway. " * 8


def written(tmp_path, text, name="labels.csv", encoding="utf-8"):
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def pile(tmp_path, files):
    path = tmp_path / "pile.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_texts_in_the_table_itself(tmp_path, delimiter):
    lines = [("Decision", "Resume", "Note", "Job"), ("hired", RESUME, "x", "Python for 3 years"),
             ("0", "Knits.", "", "Python for 3 years")]
    table = written(tmp_path, "\n".join(delimiter.join(f'"{cell}"' for cell in line) for line in lines))
    pairs = read_labels(table, None, tmp_path / "files")
    assert pairs == [
        {"id": "row2", "job": "Python for 3 years", "resume": RESUME.strip(), "label": 1},
        {"id": "row3", "job": "Python for 3 years", "resume": "Knits.", "label": 0}]


@pytest.mark.parametrize(("word", "label"), [("Selected", 1), ("YES", 1), ("1", 1), ("rejected.", 0), ("Absage", 0),
                                             ("✗ rejected", 0), ("maybe", None), ("", None)])
def test_words_of_decisions(word, label):
    assert own_labels._label(word) == label


def test_files_come_out_of_the_zip_by_their_names(tmp_path):
    zipped = pile(tmp_path, {"inbox/a.txt": RESUME, "jobs/nurse.txt": "Nurse, 3 years. " * 10})
    (tmp_path / "files").mkdir()
    table = written(tmp_path, "job,resume,decision\njobs/nurse.txt,a.txt,yes\nnurse.txt,a.txt,no\n")
    first, second = read_labels(table, zipped, tmp_path / "files")
    assert "Ten years of Python" in first["resume"] and first["job"].startswith("Nurse, 3 years.")
    assert (first["label"], second["label"]) == (1, 0)


def test_every_bad_row_is_named_with_its_reason(tmp_path):
    zipped = pile(tmp_path, {"a/cv.txt": RESUME, "b/cv.txt": RESUME + "more", "photo.png": "\0\0\0", "ok.txt": RESUME})
    (tmp_path / "files").mkdir()
    table = written(tmp_path, "job,resume,decision\nPython,cv.txt,yes\nPython,gone.pdf,yes\nPython,ok.txt,perhaps\n"
                              ",ok.txt,no\nPython,photo.png,no\nPython,ok.txt,yes\n")
    with pytest.raises(LabelError) as caught:
        read_labels(table, zipped, tmp_path / "files")
    lines = str(caught.value).splitlines()
    assert [line.split(",")[0] for line in lines] == ["Row 2", "Row 3", "Row 4", "Row 5", "Row 6"]
    for line, words in zip(lines, ("more than one file", "no file named gone.pdf", "“perhaps”", "job: it is empty",
                                   "photo.png could not be read"), strict=True):
        assert words in line, line


@pytest.mark.parametrize(("text", "words"), [
    ("", "needs a first row"), ("job,resume\na,b\n", "missing: decision"), ("job,resume,decision\n", "no rows"),
    ("job,resume,decision\na.pdf,text of it,1\n", "no ZIP was uploaded"),
    ("job,resume,decision\n" + "a,b,1\n" * 2001, "2001 rows")])
def test_a_table_that_cannot_be_used_is_answered_in_words(tmp_path, text, words):
    with pytest.raises(LabelError, match=words):
        read_labels(written(tmp_path, text), None, tmp_path)


def test_many_problems_are_counted_not_listed(tmp_path):
    with pytest.raises(LabelError, match="and 18 more"):
        read_labels(written(tmp_path, "job,resume,decision\n" + "a,b,?\n" * 30), None, tmp_path)


def test_a_table_of_an_old_spreadsheet_is_read_too(tmp_path):
    table = written(tmp_path, "job;resume;decision\nBüro;Jörg kann Bürokram;nein\n", encoding="cp1252")
    assert read_labels(table, None, tmp_path)[0]["resume"] == "Jörg kann Bürokram"


# --- the run ---------------------------------------------------------------------------------------------------------

FOUND = {"n": 2, "n_failed": 1, "expert_heuristic": {"accuracy": 0.5, "intervals": {"accuracy": None}},
         "baselines": {"tfidf": {"accuracy": 0.5, "auc": None, "review_share": 0.0, "intervals": {}}},
         "adapters": {"sft": {"accuracy": 0.5, "auc": 0.75, "review_share": 0.5,
                              "confusion": {"tp": 1, "tn": 0, "fp": 1, "fn": 0},
                              "intervals": {"accuracy": [0.09, 0.91], "auc": [0.1, 1.0], "review_share": None}}}}
FAKE = """
import json, pathlib, sys
pairs, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
assert [json.loads(line)["label"] for line in pairs.open()] == [1, 0]
for name in ("fig4_confusion.png", "fig5_reliability.png", "fig6_risk_coverage.png"):
    (out / name).write_bytes(bytes.fromhex(PIXEL))
(out / "metrics.json").write_text(METRICS)
"""
PIXEL = ("89504e470d0a1a0a0000000d4948445200000001000000010806000000"
         "1f15c4890000000d49444154789c626001000000ffff03000006000557bfabd40000000049454e44ae426082")


def fake_command(code):
    script = code.replace("PIXEL", repr(PIXEL)).replace("METRICS", repr(json.dumps(FOUND)))
    return lambda base, device, pairs, out: [sys.executable, "-c", script, str(pairs), str(out)]


class Base:
    base, device = "tiny", "cpu"


def table_of_two(tmp_path):
    return written(tmp_path, f"job,resume,decision\nPython,{RESUME},yes\nPython,Knits.,no\n")


def test_measuring_ends_with_figures_and_keeps_no_resume(tmp_path, monkeypatch):
    monkeypatch.setattr(own_labels, "command", fake_command(FAKE))
    held, *_ = labels.begin(Base, None, str(table_of_two(tmp_path)), None)
    assert held.run.process.wait(30) == 0
    view = labels.poll(held)
    words, figures = view[8], view[9]
    assert "SFT agrees with your decision in 1 of 2 rows" in words and "could not be judged: 1" in words
    assert figures["data"][0][:2] == ["SFT", "50 % (9–91)"] and "0.75 (0.10–1.00)" in figures["data"][0]
    assert not list(held.folder.rglob("pairs.jsonl"))
    held.end()
    assert not held.folder.exists()


def test_a_failed_measurement_says_why(tmp_path, monkeypatch):
    monkeypatch.setattr(own_labels, "command", fake_command("raise SystemExit('app.py evaluate: no adapter')"))
    held, *_ = labels.begin(Base, None, str(table_of_two(tmp_path)), None)
    held.run.process.wait(30)
    assert labels.poll(held)[4].value == "The measurement failed: app.py evaluate: no adapter"
    held.end()


def test_progress_is_counted_and_stop_ends_the_process(tmp_path, monkeypatch):
    monkeypatch.setattr(own_labels, "command", fake_command("import time; time.sleep(100)"))
    held, *_ = labels.begin(Base, None, str(table_of_two(tmp_path)), None)
    (held.run.out / own_labels.PARTIAL).write_text('{"key": 1}\n{"id": "row2"}\n{"id"')
    assert held.run.done() == 1 and "1 of 2" in labels.poll(held)[5].value
    assert "running already" in labels.begin(Base, held, "x.csv", None)[4].value
    labels.stop(held)
    assert held.run.process.returncode is not None and not held.folder.exists()


def test_nothing_uploaded_is_answered_in_words():
    assert labels.begin(Base, None, None, None)[4].value == "Upload a table of decisions first."
