"""Degree levels, in the words of several countries, and words that only look like degrees."""

from __future__ import annotations

import pytest

from model.brief.education import LEVELS, degree_level, degree_mentions

DEGREES = (
    ("PhD in plant biology", 6),
    ("Ph.D., Chemistry", 6),
    ("Doctor of Nursing Practice", 6),
    ("Juris Doctor", 6),
    ("MD from a teaching hospital", 6),
    ("Dr. rer. nat.", 6),
    ("Master of Science in Robotics", 5),
    ("M.Sc. Physics", 5),
    ("MS in Statistics", 5),
    ("M.A., History", 5),
    ("MBA", 5),
    ("a Master's", 5),
    ("postgraduate degree", 5),
    ("Maestría en Finanzas", 5),
    ("bachelor's degree or higher", 4),
    ("Bachelor of Arts", 4),
    ("B.Sc. in Biology", 4),
    ("BSc Nursing", 4),
    ("BS in Computer Science", 4),
    ("BS/BA", 4),
    ("BA, Philosophy, 2014", 4),
    ("B.Tech (Civil)", 4),
    ("university degree", 4),
    ("degree in marketing", 4),
    ("Licence en droit", 4),
    ("Diplom-Ingenieur (FH)", 4),
    ("Grado en Enfermería", 4),
    ("abgeschlossenes Studium", 4),
    ("Associate degree in nursing", 3),
    ("associate's degree", 3),
    ("Associate of Applied Science", 3),
    ("HND in engineering", 3),
    ("BTS comptabilité", 3),
    ("foundation degree", 3),
    ("NVQ Level 3 in plumbing", 2),
    ("diploma in childcare", 2),
    ("abgeschlossene Berufsausbildung", 2),
    ("apprenticeship", 2),
    ("high school diploma or GED", 1),
    ("5 GCSEs", 1),
    ("A-levels", 1),
    ("Abitur", 1),
    ("secondary school education", 1),
)
NOT_DEGREES = (
    "", "bachelor pad", "MS Excel and MS Office", "MS Project", "Scrum Master", "master data", "Sales Associate",
    "Associate Attorney", "master plumber", "webmaster", "JD Edwards", "a 360-degree view", "rotate 90 degrees",
    "a high degree of autonomy", "as in the past", "driving licence", "CPA licence", "Baltimore, MD 21201", "be able",
    "MA 02139", "in a business", "food hygiene certificate",
)  # fmt: skip


@pytest.mark.parametrize(("text", "level"), DEGREES)
def test_degree_level(text: str, level: int):
    assert degree_level(text) == level
    assert level in LEVELS


@pytest.mark.parametrize("text", NOT_DEGREES)
def test_what_only_looks_like_a_degree(text: str):
    assert degree_level(text) == 0


def test_the_highest_degree_counts():
    assert degree_level("High school diploma, BSc in Physics, then a PhD") == 6


def test_mentions_have_their_places():
    text = "Bachelor's degree required, Master's preferred"
    assert [(text[one.start : one.end], one.level) for one in degree_mentions(text)] == [
        ("Bachelor's degree", 4),
        ("Master's", 5),
    ]
