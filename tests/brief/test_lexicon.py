"""Word knowledge: the tables are well formed, names mean the same only where they do, and looking up is fast."""

from __future__ import annotations

import time

import pytest

from model.brief import lexicon
from model.brief.lexicon import (
    aliases,
    equivalent_titles,
    phrase_key,
    prototypes,
    same_title,
    strip_seniority,
    title_key,
)
from model.brief.match import NAME, match
from model.brief.text import AMBIGUOUS, tokens
from tests.timing import quickest

TABLES = ((lexicon.FILE, phrase_key), (lexicon.TITLE_FILE, title_key))
MEANT = 0.9  # strength from which a match by words counts as certain

SAME = (
    ("kubernetes", "k8s"), ("JS", "JavaScript"), ("PostgreSQL", "postgres"),
    ("continuous integration", "CI/CD pipelines"), ("machine learning", "ML"), ("web accessibility", "WCAG"),
    ("GDPR", "general data protection regulation"), ("single sign-on", "SSO"), ("help desk", "desktop support"),
    ("microsoft excel", "Excel"), ("customer relationship management", "CRM"),
    ("diary management", "calendar management"), ("accounts payable", "purchase ledger"),
    ("month end close", "closing the books"), ("IFRS", "ifrs"), ("value added tax", "VAT"),
    ("know your customer", "KYC"), ("recruitment", "talent acquisition"), ("search engine optimisation", "SEO"),
    ("pay per click", "PPC"), ("call centre", "call center"), ("complaints handling", "resolving complaints"),
    ("procurement", "purchasing"), ("order picking", "pick and pack"), ("stocktaking", "cycle counts"),
    ("forklift licence", "fork lift truck"), ("MIG welding", "GMAW"), ("standard operating procedures", "SOPs"),
    ("FMEA", "failure mode and effects analysis"), ("computer aided design", "CAD"),
    ("reading blueprints", "interpreting drawings"), ("carpentry", "joinery"), ("electrical installation", "wiring"),
    ("lockout tagout", "LOTO"), ("mobile elevating work platforms", "MEWP"),
    ("HVAC", "heating ventilation and air conditioning"), ("auto body repair", "panel beating"),
    ("tyre fitting", "tire changing"), ("commercial driver's license", "CDL"), ("dangerous goods", "hazmat"),
    ("air traffic control", "ATC"), ("grounds maintenance", "landscaping"), ("food hygiene", "food safety"),
    ("waiting tables", "table service"), ("cash register", "till operation"), ("hairdressing", "hair cutting"),
    ("basic life support", "CPR"), ("paediatrics", "pediatrics"), ("phlebotomy", "drawing blood"),
    ("patient assessment", "assessing patients"), ("assessment of patients", "patient evaluation"),
    ("electrocardiogram", "EKG"), ("dental nursing", "chairside assistance"), ("physical therapy", "physiotherapy"),
    ("cognitive behavioural therapy", "CBT"), ("safeguarding", "child protection"),
    ("PCR", "polymerase chain reaction"), ("lesson plans", "planning lessons"), ("qualified teacher status", "QTS"),
    ("conveyancing", "property law"), ("trial preparation", "litigation"), ("CCTV monitoring", "video surveillance"),
    ("photoshop", "Adobe Photoshop"), ("town planning", "urban planning"), ("fluent German", "Deutsch"),
    ("teamwork", "team player"), ("good communication skills", "communicating"), ("strong Excel skills", "MS Excel"),
    ("research and development", "R&D"),
)  # fmt: skip

# The second shows the first, but is neither shown by it nor by another instance.
INSTANCES = (
    ("CRM", "Salesforce", "HubSpot"), ("version control", "GitHub", "GitLab"), ("ERP", "NetSuite", "Odoo"),
    ("cloud computing", "AWS", "Microsoft Azure"), ("relational databases", "MySQL", "Oracle Database"),
    ("agile", "Scrum", "Kanban"), ("accounting software", "QuickBooks", "Xero"), ("CAD", "AutoCAD", "SolidWorks"),
    ("welding", "TIG welding", "MIG welding"), ("ticketing systems", "ServiceNow", "Zendesk"),
    ("electronic health records", "Cerner", "Meditech"), ("learning management system", "Moodle", "Google Classroom"),
    ("legal research", "Westlaw", "LexisNexis"), ("statistical software", "SPSS", "Stata"),
    ("data visualisation", "Tableau", "Qlik Sense"), ("Microsoft Office", "PowerPoint", "MS Word"),
    ("hazardous materials", "ADR", "hazmat endorsement"), ("infrastructure as code", "Terraform", "CloudFormation"),
)  # fmt: skip

# What is asked, and a text that does not have it.
OTHER = (
    ("Java", "JavaScript"), ("JavaScript", "Java"), ("Salesforce", "HubSpot"), ("HubSpot", "Salesforce"),
    ("Salesforce", "CRM systems"), ("R", "R&D department"), ("R programming", "research and development"),
    ("excel", "I excel at teamwork"), ("Microsoft Excel", "staff who excel in sales"), ("MS Word", "word of mouth"),
    ("Microsoft Access", "access to premises"), ("Go", "go to market"), ("golang", "go to market"),
    ("C", "C++ and C#"), ("C++", "C"), ("C#", "C++"), ("React", "Angular"), ("AWS", "Microsoft Azure"),
    ("Kubernetes", "Docker"), ("MySQL", "PostgreSQL"), ("Python", "Ruby on Rails"),
    ("machine learning", "e-learning"), ("deep neural networks", "e-learning courses"), ("SAP", "Oracle ERP"),
    ("Xero", "QuickBooks"), ("Photoshop", "Illustrator"), ("AutoCAD", "SolidWorks"), ("TIG welding", "MIG welding"),
    ("CNC", "lathe"), ("accounts payable", "accounts receivable"), ("IFRS", "US GAAP"), ("CPA", "CFA"),
    ("ACCA", "CIMA"), ("internal audit", "external audit"), ("payroll", "pay-per-click"), ("SEO", "Google Ads"),
    ("PMP", "PRINCE2"), ("basic life support", "advanced trauma"), ("registered nurse", "nurse assistant"),
    ("midwifery", "phlebotomy"), ("physiotherapy", "occupational therapy"), ("speech therapy", "music therapy"),
    ("X-ray imaging", "ultrasound"), ("paediatrics", "geriatrics"), ("dental hygiene", "oral surgery"),
    ("forklift", "excavator"), ("HGV licence", "motorcycle licence"), ("plumbing", "wiring"),
    ("bricklaying", "plastering"), ("scaffolding", "roofing"), ("air traffic control", "traffic control on roads"),
    ("tractor driving", "bus driving"), ("working at height", "permit office clerk"), ("teamwork", "the team of 12"),
    ("permit to work permits", "parking"), ("firewalls", "fire doors"), ("French", "Spanish"),
    ("translation", "interpreting"), ("GDPR", "HIPAA"), ("ICU", "ITIL"), ("food safety", "fire safety"),
    ("bartending", "barbering"), ("gardening", "guarding"), ("criminal law", "family law"), ("QTS", "CELTA"),
    ("SIA licence", "driving licence"), ("penetration testing", "unit testing"),
    ("mechanical ventilation", "heating ventilation"), ("data privacy", "data mining"), ("VHDL", "Verilog"),
)  # fmt: skip

SAME_TITLES = (
    ("human resources manager", "Head of People"), ("registered nurse", "Staff Nurse, Ward 7"),
    ("nurse", "RN"), ("dental assistant", "Trainee Dental Nurse"), ("software engineer", "Senior Software Developer"),
    ("Software Engineer", "Java Software Developer at Acme"), ("caregiver", "Home Health Aide"),
    ("Accountant", "Senior Accountant"), ("accounts clerk", "Bookkeeper"), ("lorry driver", "CDL Truck Driver"),
    ("cleaner", "Cleaning Operative"), ("shop assistant", "Retail Sales Associate"), ("waiter", "Server"),
    ("electrician", "Licensed Electrician"), ("high school teacher", "Secondary School Teacher"),
    ("estate agent", "Realtor"), ("solicitor", "Attorney"), ("flight attendant", "Cabin Crew Member"),
    ("physiotherapist", "Physical Therapist"), ("chef", "Sous Chef"),
    ("help desk technician", "IT Support Specialist"), ("security guard", "Security Officer | Mall"),
    ("managing director", "CEO"), ("teaching assistant", "Teacher's Aide"), ("labourer", "General Laborer"),
    ("postman", "Mail Carrier"), ("financial adviser", "Financial Advisor"),
    ("warehouse operative", "Order Picker (nights)"), ("mechanic", "Automotive Technician - Ford"),
    ("Krankenschwester", "Registered Nurse"),
)  # fmt: skip

OTHER_TITLES = (
    ("accountant", "Accounts Clerk"), ("nurse", "Nursing Assistant"), ("registered nurse", "Nurse Assistant"),
    ("project manager", "Project Coordinator"), ("police officer", "Policy Officer"),
    ("software engineer", "CNC Programmer"), ("account manager", "Accounting Manager"),
    ("training manager", "Train Manager"), ("careers adviser", "Care Adviser"), ("trainer", "Trainee"),
    ("dentist", "Dental Nurse"), ("doctor", "Physician Assistant"), ("chef", "Kitchen Porter"),
    ("teacher", "Teaching Assistant"), ("lawyer", "Legal Secretary"), ("pharmacist", "Pharmacy Technician"),
    ("nurse", "Veterinary Nurse"), ("nurse", "Student Nurse"), ("architect", "Software Architect"),
    ("electrician", "Plumber"), ("marketing manager", "Marketing Assistant"), ("store manager", "Store Assistant"),
    ("pilot", "Flight Attendant"), ("housing officer", "House Officer"), ("counsel", "Counsellor"),
    ("truck driver", "Train Driver"), ("sales development representative", "Lead Abatement Worker"),
    ("scientist", "Data Entry Clerk"), ("chief executive officer", "Executive Assistant"),
    ("bus driver", "Bus Mechanic"), ("data scientist", "Data Entry Clerk"),
)  # fmt: skip


@pytest.mark.parametrize(("file", "key"), TABLES, ids=lambda value: getattr(value, "name", ""))
def test_the_files_are_well_formed(file, key):
    owner: dict[tuple[str, ...], str] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            continue
        assert line == line.lower() == line.strip() and "  " not in line, line
        same, arrow, instances = line.partition(" > ")
        names = same.split(" | ")
        shown = instances.split(" | ") if arrow else []
        assert len(names) + len(shown) > 1, line
        assert all(name and name == name.strip(" |>") and key(name) for name in names + shown), line
        keys = [key(name) for name in names + shown]
        assert len(set(keys)) == len(keys), f"named twice: {line}"
        for name in names:
            assert owner.setdefault(key(name), line) == line, f"{name}: in two groups"


def test_there_are_groups_for_every_profession():
    assert len(lexicon._aliases().groups) >= 1_200
    assert len(lexicon._titles().groups) >= 500
    assert len(set(lexicon._shown().values())) >= 60


def test_the_fast_keys_of_loading_are_the_keys_of_asking():
    for table in (lexicon._aliases(), lexicon._titles()):
        for number, (names, _) in enumerate(table.groups):
            assert all(number in table.named(table.key(name)) for name in names)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_equal_names_stand_for_each_other(one, other):
    for asked, text in ((one, other), (other, one)):
        found = match(asked, tokens(text))
        assert found and found.strength >= MEANT, (asked, text)


@pytest.mark.parametrize(("group", "instance", "sibling"), INSTANCES)
def test_an_instance_shows_its_group_only(group, instance, sibling):
    found = match(group, tokens(instance))
    assert found and found.strength >= MEANT
    for asked, text in ((instance, group), (instance, sibling), (sibling, instance)):
        found = match(asked, tokens(text))
        assert not found or found.strength < MEANT, (asked, text)


@pytest.mark.parametrize(("asked", "text"), OTHER)
def test_different_things_stay_apart(asked, text):
    found = match(asked, tokens(text))
    assert not found or found.strength < MEANT


def test_an_instance_brings_its_own_other_names():
    assert {"aws", "gcp", "google cloud"} <= set(aliases("cloud computing"))


def test_filler_and_order_do_not_hide_a_group():
    assert aliases("assessment of patients")[0] == "patient assessment"
    assert set(aliases("crm")) <= set(aliases("proven CRM experience"))
    assert aliases("IT") == () and aliases("work") == () and aliases("skills") == ()


def test_a_name_cut_to_a_common_word_is_no_evidence():
    assert aliases("team working") and "team working" not in aliases("teamwork")
    assert match("fall protection", tokens("adjusted the height of desks")) is None


@pytest.mark.parametrize("name", ["excel", "word", "access", "outlook", "slack", "zoom", "sage", "spring", "flask"])
def test_ordinary_words_need_their_capitals(name):
    assert name in AMBIGUOUS
    assert not match(name, tokens(f"they {name} here"))
    assert match(name, tokens(f"using {name.capitalize()} daily"))


@pytest.mark.parametrize(("asked", "held"), SAME_TITLES)
def test_equivalent_titles_are_the_same_job(asked, held):
    assert same_title(asked, held)


@pytest.mark.parametrize(("asked", "held"), OTHER_TITLES)
def test_neighbouring_jobs_are_not_the_same(asked, held):
    assert not same_title(asked, held)


def test_titles_are_symmetric_but_for_instances():
    assert "rn" in equivalent_titles("Senior Staff Nurse") and "staff nurse" in equivalent_titles("RN")
    assert same_title("driver", "Truck Driver") and not same_title("truck driver", "Driver")
    assert same_title("software engineer", "Backend Developer") and not same_title("backend developer", "Programmer")
    assert equivalent_titles("zzz") == () and not same_title("nurse", "") and not same_title("", "nurse")


@pytest.mark.parametrize(("title", "bare"), [
    ("Senior Accountant", "Accountant"), ("Sr. QA Engineer", "QA Engineer"),
    ("Software Engineer III", "Software Engineer"), ("Entry-level Data Analyst", "Data Analyst"),
    ("Entry Level Welder", "Welder"), ("Part time Cashier", "Cashier"), ("Trainee Dental Nurse", "Dental Nurse"),
    ("Assistant Professor", "Professor"), ("Lead Teacher", "Teacher"), ("Assistant Manager", "Assistant Manager"),
    ("Chief Executive Officer", "Chief Executive Officer"), ("Head Chef", "Head Chef"),
    ("Lead Generation Specialist", "Lead Generation Specialist"), ("Staff Nurse", "Staff Nurse"),
    ("Nursing Assistant", "Nursing Assistant"), ("Senior", "Senior"), ("", ""), ("Team Lead", "Team Lead"),
    ("Principal Investigator", "Principal Investigator"), ("Student Nurse", "Student Nurse"),
])  # fmt: skip
def test_rank_is_stripped_and_nothing_else(title, bare):
    assert strip_seniority(title) == bare


def test_soft_skills_have_three_to_six_sentences():
    for sentences in set(lexicon._shown().values()):
        assert 3 <= len(sentences) <= 6 and len(set(sentences)) == len(sentences), sentences
    assert prototypes("excellent communication skills") == prototypes("communication") != ()
    assert prototypes("deep learning") == () and prototypes("Python") == ()


def test_loading_is_fast():
    def load() -> None:
        for table in (lexicon._aliases, lexicon._titles, lexicon._shown, phrase_key, title_key):
            table.cache_clear()
        lexicon._aliases(), lexicon._titles(), lexicon._shown()

    assert quickest(load, 0.045) < 0.045


def test_looking_up_again_is_cached():
    aliases("patient assessment")
    start = time.process_time()
    for _ in range(1_000):
        aliases("patient assessment")
    assert time.process_time() - start < 0.01


@pytest.mark.parametrize("asked, written", [
    ("Spring Framework", "six years of Spring and Hibernate"), ("CAD software", "drew parts in CAD"),
    ("lean manufacturing principles", "lean manufacturing at two plants"), ("OpenGL framework", "OpenGL"),
    ("JBoss application platform", "JBoss")])
def test_a_name_counts_without_its_kind(asked: str, written: str):
    assert match(asked, tokens(written)).strength >= NAME


@pytest.mark.parametrize("asked, written", [
    ("operating systems", "operating a crane"), ("security systems", "security guard"),
    ("management principles", "management"),
    ("Spring Framework", "every spring and summer"), ("local environments", "a local firm")])
def test_a_common_word_is_no_name(asked: str, written: str):
    found = match(asked, tokens(written))
    assert found is None or found.strength < 0.5
