"""The shipped adapter on input that nobody generated: bare skill lists, and one career told in other words."""

from __future__ import annotations

from datetime import date

import pytest

from model.pipeline import Screener, judge_texts

pytestmark = pytest.mark.model
AS_OF = date(2026, 6, 30)
LISTS = (
    ("Data analyst", "SQL, Python, Tableau, Statistics, Excel, Power BI, ETL, Git, A/B testing, Data cleaning"),
    ("Pastry chef", "Lamination, Chocolate tempering, Sugar work, Bread baking, Menu planning, Food hygiene, "
                    "Stock control, Cake decoration, Ice cream, Allergen management"),
    ("Network engineer", "Cisco IOS, BGP, OSPF, Firewalls, VPN, Wireshark, VLANs, DNS, Load balancing, Linux"),
    ("Nurse", "Wound care, Medication administration, Triage, Phlebotomy, Patient education, Infection control, "
              "Vital signs, Electronic health records, Discharge planning, Catheter care"),
)
OTHER = "Gardening, Chess, Pottery, Sailing, Choir singing, Bird watching"


def listed(skills: str, have: int) -> str:
    return "Skills: " + ", ".join([*skills.split(", ")[:have], *OTHER.split(", ")]) + "\n"


@pytest.fixture(scope="module")
def judge():
    screener = Screener(device="cpu")
    adapter = screener.adapters[-1]

    def run(pairs):
        results = judge_texts(pairs, screener.engine, [adapter], AS_OF)
        return [(r.verdicts[adapter], r.decisions[adapter]) for r in results]

    return run


def test_bare_skill_lists_follow_their_coverage(judge):
    shares = (10, 8, 5, 2, 0)
    pairs = [(f"{title}\n\nRequired skills: {skills}\n", listed(skills, have))
             for title, skills in LISTS for have in shares]
    judged = dict(zip(((t, h) for t, _ in LISTS for h in shares), judge(pairs), strict=True))
    for (title, have), (verdict, decision) in judged.items():
        print(f"{title}, {have} of 10: {verdict.status} {verdict.score} {verdict.probability:.2f} {decision.decision}")
    for (title, have), (verdict, _) in judged.items():
        if have != 5:
            assert verdict.status == ("SELECTED" if have >= 8 else "REJECTED"), (title, have)
    for title, _ in LISTS:
        chances = [judged[title, have][0].probability for have in shares]
        assert chances == sorted(chances, reverse=True), title


POST = """Office manager

Requirements:
- 3 years as an office manager
- Budgeting
- Scheduling
- Customer service
- Microsoft Excel
- Supervision of staff
"""
SAME_WORDS = """Experience
Office Manager, Hill & Sons (2018 - 2024)
Budgeting for two departments. Scheduling of meetings and shifts. Customer service at the desk.
Supervision of staff.

Skills: Microsoft Excel
"""
OTHER_WORDS = """Experience
Office Administrator, Hill & Sons (2018 - 2024)
Planned and tracked the budgets of two departments. Drew up the schedules for meetings and shifts. Served clients at
the desk. Supervised six employees.

Skills: MS Excel spreadsheets
"""


def test_other_words_for_the_same_career(judge):
    (same, _), (other, _) = judge([(POST, SAME_WORDS), (POST, OTHER_WORDS)])
    print(f"same words {same.score}, other words {other.score}")
    assert same.status == other.status == "SELECTED"
    assert abs(same.score - other.score) <= 10
