"""Lists and phrases: filler stripped, lists cut, alternatives kept together, one thing left whole."""

from __future__ import annotations

import pytest

from model.brief.job_lists import items
from model.brief.job_text import Piece
from model.brief.phrases import clean, colon_head

CLEANED = (
    ("strong knowledge of SQL", "SQL"),
    ("Proven ability to lead teams", "lead teams"),
    ("excellent communication skills", "communication"),
    ("Hands-on experience with Kubernetes", "Kubernetes"),
    ("a solid understanding of wound care", "wound care"),
    ("Proficient in AutoCAD", "AutoCAD"),
    ("Must have a valid driving licence", "driving licence"),
    ("basic life support", "basic life support"),
    ("deep learning", "deep learning"),
    ("active listening", "active listening"),
    ("analytical skills", "analytical skills"),
    ("Python programming", "Python"),
    ("user experience", "user experience"),
    ("fine dining experience", "fine dining"),
)
LISTS = (
    ("Proficiency in Python, SQL and Tableau", ["Python", "SQL", "Tableau"]),
    (
        "C++ and C#, .NET, Node.js, CI/CD, TCP/IP and PL/SQL",
        ["C++", "C#", ".NET", "Node.js", "CI/CD", "TCP/IP", "PL/SQL"],
    ),
    ("A/B testing and UI/UX", ["A/B testing", "UI/UX"]),
    ("research and development", ["research and development"]),
    ("accounts payable and receivable", ["accounts payable and receivable"]),
    ("health and safety, diagnosis and treatment", ["health and safety", "diagnosis and treatment"]),
    ("excellent written and verbal communication skills", ["written and verbal communication"]),
    ("teamwork and collaboration", ["teamwork", "collaboration"]),
    ("menu planning and costing", ["menu planning and costing"]),
    ("read and interpret blueprints to install valves", ["read and interpret blueprints"]),
    ("create, design and implement training programmes", ["create, design and implement training programmes"]),
    ("attention to detail, particularly when handling files and cash", ["attention to detail"]),
    ("Fidelio, the system for bookings, invoices and rooms", ["Fidelio"]),
    (
        "knowledge of tax law, strong drafting skills and the ability to manage a caseload",
        ["tax law", "drafting", "manage a caseload"],
    ),
    ("work well in a team", ["teamwork"]),
    ("Security Incident and Event Management (SIEM)", ["Security Incident and Event Management"]),
    ("understanding and practical application of statistics", ["statistics"]),
    ("Excel | Word | Outlook", ["Excel", "Word", "Outlook"]),
    ("etc., and more", []),
)
CHOICES = (
    ("Python or R", "Python or R", ("Python", "R")),
    ("experience with AWS/Azure/GCP", "AWS, Azure or GCP", ("AWS", "Azure", "GCP")),
    ("one of Java, Kotlin and Scala", "Java, Kotlin or Scala", ("Java", "Kotlin", "Scala")),
    ("Java, Kotlin or Scala", "Java, Kotlin or Scala", ("Java", "Kotlin", "Scala")),
    ("either Revit or ArchiCAD", "Revit or ArchiCAD", ("Revit", "ArchiCAD")),
    ("CRM tools such as Salesforce or HubSpot", "CRM tools", ("CRM tools", "Salesforce", "HubSpot")),
    ("cloud platforms (AWS, Azure)", "cloud platforms", ("cloud platforms", "AWS", "Azure")),
    ("Supply Chain Management (SCM)", "Supply Chain Management", ("Supply Chain Management", "SCM")),
    ("Photoshop or similar", "Photoshop", ()),
    ("PE licence or ability to obtain one", "PE licence", ()),
)


@pytest.mark.parametrize(("text", "phrase"), CLEANED)
def test_filler_is_stripped(text: str, phrase: str):
    found = clean(Piece(text, 7))
    assert found.text == phrase
    assert text[found.start - 7 : found.end - 7] == phrase


@pytest.mark.parametrize(("text", "phrases"), LISTS)
def test_lists_are_cut(text: str, phrases: list[str]):
    assert [item.text for item in items(Piece(text, 0))] == phrases


@pytest.mark.parametrize(("text", "phrase", "any_of"), CHOICES)
def test_alternatives_stay_together(text: str, phrase: str, any_of: tuple[str, ...]):
    found = items(Piece(text, 0))
    assert [(item.text, item.any_of) for item in found] == [(phrase, any_of)]


def test_alternatives_within_a_longer_list():
    found = items(Piece("SQL and either Python or R", 0))
    assert [(item.text, item.any_of) for item in found] == [("SQL", ()), ("Python or R", ("Python", "R"))]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Scheduling: You plan rotas for three wards", "Scheduling"),
        ("Languages: Python, Go", "Python, Go"),
        ("Technical skills: Excel, Word", "Excel, Word"),
        ("Communication - able to explain hard things simply", "Communication"),
        ("no colon at all", "no colon at all"),
    ],
)
def test_head_or_tail_of_a_colon(text: str, counts: str):
    assert colon_head(Piece(text, 0)).text == counts


def test_items_of_a_list_have_their_own_places():
    text = "Proficiency in Python, SQL and Tableau"
    assert [text[item.start : item.end] for item in items(Piece(text, 0))] == ["Python", "SQL", "Tableau"]
