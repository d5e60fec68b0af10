"""One list item is one requirement: its core phrase, without praise and without what explains it."""

from __future__ import annotations

import pytest

from model.brief.job import parse_job

# (an item of a list of requirements, the skills that it asks for)
ITEMS = (
    ("Customer care: you greet every guest by name and sort out complaints on the spot", ["Customer care"]),
    ("Cash handling - reconcile the till at the end of each shift", ["Cash handling"]),
    ("Active listening: giving your full attention to what patients say, and not interrupting", ["Active listening"]),
    ("Operation and Control: total control of presses, including programmable ones", ["Operation and Control"]),
    ("Able to explain findings clearly — Communication", ["Communication"]),
    ("Negotiation — closing deals with suppliers and landlords", ["Negotiation"]),
    ("Able to plan, prepare and serve meals for forty residents", ["plan, prepare and serve meals"]),
    ("Capability in supervising, preparing and conducting trials", ["supervising, preparing and conducting trials"]),
    ("Ability to stay calm, reassuring anxious relatives", ["stay calm"]),
    ("Ability to coach junior staff and solve disputes", ["coach junior staff"]),
    ("Ability to work under pressure, addressing gaps and complaints promptly", ["work under pressure"]),
    ("Strong organisational skills to efficiently handle bookings", ["organisational skills"]),
    ("Knowledge of soil mechanics, preparing and conducting tests", ["soil mechanics"]),
    ("Knowledge of HACCP, ensuring food is stored well", ["HACCP"]),
    ("Hands-on with Blender, illustrating strong scene design", ["Blender"]),
    ("Strong knowledge of C++, enhancing runtime behaviour by clean design", ["C++"]),
    ("Sound understanding of crop rotation to strategize planting, boost yields", ["crop rotation"]),
    ("Coordination: the candidate keeps rotas going with a degree of uncertainty", ["Coordination"]),
    ("Proficient in network security, with a focus on data protection and threats", ["network security"]),
    ("Team leadership in order to meet daily targets", ["Team leadership"]),
    ("Strong record-keeping which satisfies auditors", ["record-keeping"]),
    ("Commercial awareness, with an eye on margins", ["Commercial awareness"]),
    ("A flair for merchandising that lifts sales", ["merchandising"]),
    ("Employ critical thinking to assess alternatives", ["critical thinking"]),
    ("Fluent Spanish, spoken and written", ["Spanish"]),
    ("Variance analysis, and the confidence to explain it", ["Variance analysis"]),
    ("Masterly grip of Excel", ["Excel"]),
    ("Brilliant sense of judgement", ["judgement"]),
    ("Adroit understanding of blueprints", ["blueprints"]),
    ("Skilful troubleshooting", ["troubleshooting"]),
    ("Engage in complex problem solving", ["complex problem solving"]),
    ("Possesses sound numeracy", ["numeracy"]),
    ("Exhibits impeccable bedside manner", ["bedside manner"]),
    ("Utilise spreadsheets to track stock levels", ["spreadsheets"]),
    ("Comprehension of building regulations", ["building regulations"]),
    ("SQL Server development", ["SQL Server development"]),
    ("Natural language processing", ["Natural language processing"]),
    ("Sense of humour", ["Sense of humour"]),
    ("Cost reduction and avoidance", ["Cost reduction and avoidance"]),
    ("Operation and control", ["Operation and control"]),
    ("Python, SQL and Tableau", ["Python", "SQL", "Tableau"]),
    ("Teamwork and collaboration", ["Teamwork", "collaboration"]),
    ("Strong skills in writing, editing and proofreading", ["writing", "editing", "proofreading"]),
    ("Crop rotation, irrigation and soil testing", ["Crop rotation", "irrigation", "soil testing"]),
    ("Able to use Excel, Word and Outlook", ["use Excel", "Word", "Outlook"]),
    ("Machines: lathes, mills and grinders", ["lathes", "mills", "grinders"]),
    ("Tools: Jira, Confluence, Slack", ["Jira", "Confluence", "Slack"]),
)
# (an item, the role or field and the years that it asks for)
YEARS = (
    ("Two years as a childcare worker shows your deep familiarity with children", "childcare worker", 2),
    ("5 years as a Highway Maintenance Worker demonstrating adaptability", "Highway Maintenance Worker", 5),
    ("3 years as a surveyor adventurous", "surveyor", 3),
    ("4 years performing the duties of a customs broker", "customs broker", 4),
    ("Minimum 4 years fulfilling the responsibilities of a software engineer", "software engineer", 4),
    ("Having worked as a cook for 3 years proves stamina", "cook", 3),
    ("A two-year stint as a stage manager", "stage manager", 2),
    ("5 years of existing experience back in the front", "total experience", 5),
    ("3 years of proven dedication", "total experience", 3),
    ("3 years of experience in audit, tax or a comparable field", "audit or tax", 3),
)
NOTHING = ("Ease", "interactive", "Existing", "documentable", "understand", "explain it", "present these findings")


def _asked(item: str) -> list:
    """The requirements of an item that stands among two others."""
    found = parse_job(f"Requirements\n- Welding\n- {item}\n- Archery\n").requirements
    return [one for one in found if one.text not in ("Welding", "Archery")]


@pytest.mark.parametrize(("item", "skills"), ITEMS, ids=[row[0] for row in ITEMS])
def test_core_phrase(item: str, skills: list[str]):
    found = _asked(item)
    assert [one.text for one in found] == skills
    assert {one.kind for one in found} == {"skill"}


@pytest.mark.parametrize(("item", "text", "years"), YEARS, ids=[row[0] for row in YEARS])
def test_experience_names_a_role_or_a_field(item: str, text: str, years: float):
    assert [(one.kind, one.text, one.years) for one in _asked(item)] == [("experience", text, years)]


@pytest.mark.parametrize("item", NOTHING)
def test_what_says_nothing_alone_is_not_asked_for(item: str):
    assert _asked(item) == []


SPECIFICATION = """PERSON SPECIFICATION

Lock Keeper, Lower Canal Trust

A. What we cannot do without
(a) Boat handling
(b) First aid certificate
(c) Three years as a lock keeper

B. What would be useful
(a) Angling licences

C. About the trust
Forty locks, one canal, and a cat called Anchor.

D. The work
(a) Open and close gates for boats
"""
FIELDS = """vacancy_title = Piano Tuner
skill_1 = Aural tuning of grand pianos and uprights [mandatory]
skill_2 = Regulation of actions in concert halls [asset]
experience_3 = 4 years as a piano tuner [mandatory]
task = Tune forty instruments a month
"""
CLASSIFIED = (
    "HARBOUR OPTICS, Galway, seeks LENS GRINDER. Proficiency in surfacing. We rely on your polishing. "
    "Two years as a lens grinder. Grade D, point 3 to 8. Hand in your file at the office."
)
SCORECARD = """Hiring scorecard / Beekeeper / Hillside Honey
Knock-out
[ ] Queen rearing
[ ] Hive inspection
[ ] Swarm control
[ ] Three years as a beekeeper
Context: A vacancy has come up at Hillside Honey.
"""


@pytest.mark.parametrize(
    ("post", "musts", "nice"),
    [
        (SPECIFICATION, {"Boat handling", "First aid certificate", "lock keeper"}, {"Angling licences"}),
        (FIELDS, {"Aural tuning of grand pianos and uprights", "piano tuner"}, {"Regulation of actions"}),
        (CLASSIFIED, {"surfacing", "polishing", "lens grinder"}, set()),
        (SCORECARD, {"Queen rearing", "Hive inspection", "Swarm control", "beekeeper"}, set()),
    ],
    ids=["specification", "fields", "classified", "scorecard"],
)
def test_posts_of_other_layouts(post: str, musts: set[str], nice: set[str]):
    found = parse_job(post).requirements
    assert {one.text for one in found if one.must} == musts
    assert {one.text for one in found if not one.must} == nice
