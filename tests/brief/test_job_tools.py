"""Names of tools in a prose post."""

from __future__ import annotations

from model.brief.job import parse_job

POST = """Harbour Bank is hiring a data engineer

We want somebody who has spent at least four years building pipelines in Python, and who knows Airflow well.
You must be at home in PostgreSQL. Kafka is nice to have. Our canteen has won prizes, and our founder plays Go.
"""


def test_tools_are_found_in_sentences_that_ask():
    found = {r.text: r.must for r in parse_job(POST).requirements}
    assert found["Airflow"] and found["Python"] and found["Kafka"] is False
    assert "Go" not in found and "canteen" not in " ".join(found)


def test_places_are_verbatim():
    for r in parse_job(POST).requirements:
        assert POST[r.start:r.end]
        if r.text in ("Airflow", "Kafka"):
            assert r.text in POST[r.start:r.end]
