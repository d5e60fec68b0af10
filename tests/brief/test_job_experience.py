"""Demands for experience: the number of years and the clean name of the role or domain."""

from __future__ import annotations

import pytest

from model.brief.job_experience import TOTAL_EXPERIENCE, extract
from model.brief.job_text import Piece

DEMANDS = (
    ("at least 4 years as a Junior Systems Admin", [("Junior Systems Admin", 4)]),
    ("Has previous experience as a Payroll Clerk II - Mills & Co for 5 years.", [("Payroll Clerk II - Mills & Co", 5)]),
    ("five (5)+ years' experience in commercial diving", [("commercial diving", 5)]),
    ("5 years of commercial diving experience in the North Sea", [("commercial diving", 5)]),
    ("2-4 years", [(TOTAL_EXPERIENCE, 2)]),
    ("minimum of one year", [(TOTAL_EXPERIENCE, 1)]),
    ("experience: 3 yrs", [(TOTAL_EXPERIENCE, 3)]),
    ("5 years of experience", [(TOTAL_EXPERIENCE, 5)]),
    ("ten to twelve years of experience as a midwife", [("midwife", 10)]),
    ("18 months' experience in a call centre", [("call centre", 1.5)]),
    ("six months as a barista", [("barista", 0.5)]),
    ("1.5 years as a cook", [("cook", 1.5)]),
    ("over a year's experience as a baker", [("baker", 1)]),
    ("3yrs experience as a cook", [("cook", 3)]),
    ("Welding: 3 years", [("Welding", 3)]),
    ("Worked as a beekeeper for 5 years, excluding winters.", [("beekeeper", 5)]),
    ("worked for 2 years as a porter, bellhop, and concierge manager", [("porter, bellhop, and concierge manager", 2)]),
    ("4 years as a nurse, preferably in a hospital", [("nurse", 4)]),
    ("4 years as a nurse is required", [("nurse", 4)]),
    ("2 years as a Sr. Systems Engineer", [("Sr. Systems Engineer", 2)]),
    ("2 years as a User Experience (UX) Lead", [("User Experience (UX) Lead", 2)]),
    ("3 years as a plasterer or in a similar role", [("plasterer", 3)]),
    ("3 years ICU nursing experience", [("ICU nursing", 3)]),
    ("two years post-qualification experience", [(TOTAL_EXPERIENCE, 2)]),
    ("2 years as a painter and as a roofer", [("painter", 2), ("roofer", 2)]),
    ("4 years in pottery and glass blowing", [("pottery and glass blowing", 4)]),
    ("previous experience as a barista", [("barista", None)]),
    ("Proven track record as a UX Designer", [("UX Designer", None)]),
    ("mindestens 3 Jahre Berufserfahrung als Elektriker", [("Elektriker", 3)]),
    ("3 ans d'expérience en comptabilité", [("comptabilité", 3)]),
    ("2 años de experiencia en quirófano", [("quirófano", 2)]),
    ("zwei Jahre Erfahrung im Einkauf", [("Einkauf", 2)]),
)
NOT_DEMANDS = (
    "a 2 year contract", "must be 18 years old", "18 years of age", "a four-year degree", "12 month probation",
    "we began 20 years ago", "within the last 5 years", "Python and Django",
)  # fmt: skip
PROSE = (
    "2 years as a kitchen lead, earned through 'Kitchen lead with allergen duty'. A grasp of stock control can be "
    "proven by 2 years' experience as a head buyer with a 'Head Buyer - Fresh Food', and around 3 years as a "
    "'pastry cook (nights)'"
)


@pytest.mark.parametrize(("text", "expected"), DEMANDS)
def test_years_and_role(text: str, expected: list):
    found, _, _ = extract(Piece(text, 0))
    assert [(one.text, one.years) for one in found] == expected


@pytest.mark.parametrize("text", NOT_DEMANDS)
def test_other_numbers_of_years(text: str):
    assert extract(Piece(text, 0))[0] == []


def test_several_roles_in_one_sentence():
    found, _, _ = extract(Piece(PROSE, 0))
    assert [(one.text, one.years) for one in found] == [
        ("kitchen lead", 2),
        ("head buyer", 2),
        ("pastry cook", 3),
    ]
    assert [PROSE[one.start : one.end] for one in found][0] == "2 years as a kitchen lead"


def test_years_of_several_tools_count_for_the_first():
    found, skills, _ = extract(Piece("5+ years of experience with Python and Django", 0))
    assert [(one.text, one.years) for one in found] == [("Python", 5)]
    assert [skill.text for skill in skills] == ["Django"]


def test_alternative_roles():
    found, _, _ = extract(Piece("two years of experience as a nurse or paramedic", 0))
    assert [(one.text, one.any_of) for one in found] == [("nurse or paramedic", ("nurse", "paramedic"))]


def test_a_company_in_prose_has_no_demand():
    assert extract(Piece("Our bakery has fed the town for 60 years", 0), prose=True)[0] == []
