"""A job post as a whole: sections, necessity, order, cap, places, warnings, errors, speed."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.brief.job import MAX_REQUIREMENTS, TOTAL_EXPERIENCE, parse_job
from model.errors import JobError
from model.schema import Job


def texts(job: Job, kind: str = "") -> list[str]:
    return [one.text for one in job.requirements if not kind or one.kind == kind]


def nice(job: Job) -> list[str]:
    return [one.text for one in job.requirements if not one.must]


@pytest.mark.parametrize("text", ["", "   \n\t", "\x00", "---", "…"])
def test_empty_text(text: str):
    with pytest.raises(JobError, match="empty"):
        parse_job(text)


def test_no_requirement():
    with pytest.raises(JobError, match="names no requirement.*Add a line"):
        parse_job("We are a lovely company. Our office has a garden.")


def test_only_requirements_are_read():
    job = parse_job(
        "Bookkeeper\n\nAbout us\nWe have sold tiles for 40 years and value teamwork.\n\n"
        "Requirements\n- Sage 50\n- VAT returns\n- Payroll\n\nBenefits\n- Pension\n- Free parking\n\n"
        "How to apply\nSend your CV. Applicants must quote a reference.\n"
    )
    assert job.title == "Bookkeeper"
    assert texts(job) == ["Sage 50", "VAT returns", "Payroll"]


@pytest.mark.parametrize("heading", ["Nice to have", "## Preferred", "Bonus points:", "DESIRABLE", "**A plus**"])
def test_nice_to_have_by_heading(heading: str):
    job = parse_job(f"## Requirements\n- Python\n- SQL\n- Docker\n\n{heading}\n- Spark\n- Airflow\n")
    assert texts(job) == ["Python", "SQL", "Docker", "Spark", "Airflow"]
    assert nice(job) == ["Spark", "Airflow"]


@pytest.mark.parametrize(
    "line",
    ["Spark is a plus", "Spark preferred", "Ideally Spark", "Spark (desirable)",
     "Experience with Spark is an advantage", "Spark would be nice to have", "Bonus points for Spark",
     "Spark experience is helpful but not required"],
)  # fmt: skip
def test_nice_to_have_by_inline_cue(line: str):
    job = parse_job(f"Requirements\n- Python\n- SQL\n- Docker\n- {line}\n")
    assert nice(job) == ["Spark"]


def test_a_cue_speaks_for_its_clause_only():
    job = parse_job("Requirements: Python required, Docker a plus. SQL.")
    assert [(one.text, one.must) for one in job.requirements] == [("Python", True), ("SQL", True), ("Docker", False)]


def test_education_and_experience_instead_of_it():
    job = parse_job("Requirements\n- Bachelor's degree in computer science or equivalent experience\n- SQL\n- Excel\n")
    degree = next(one for one in job.requirements if one.kind == "education")
    assert (degree.text, degree.level, degree.must) == ("Bachelor's degree in computer science", 4, False)


def test_the_least_degree_counts():
    job = parse_job(
        "Requirements\n- Bachelor's or Master's degree in biology, chemistry or a related field\n- PCR\n- R\n"
    )
    degree = next(one for one in job.requirements if one.kind == "education")
    assert (degree.level, degree.must) == (4, True)
    assert "biology" in degree.text and "related" not in degree.text
    assert texts(job, "skill") == ["PCR", "R"]


def test_a_preferred_degree_beside_a_required_one():
    job = parse_job("Requirements\n- Bachelor's degree in nursing (Master's preferred)\n- BLS\n- ICU\n")
    assert [(one.level, one.must) for one in job.requirements if one.kind == "education"] == [(4, True), (5, False)]


def test_certificates_and_licences_are_skills():
    job = parse_job("Requirements\n- CPA\n- RN licence\n- Driver's license\n- PMP\n- AWS certified\n")
    assert {one.kind for one in job.requirements} == {"skill"}
    assert len(job.requirements) == 5


def test_one_line_posts():
    job = parse_job("Looking for a nurse with ICU experience, BLS and 3+ years")
    assert job.title == "nurse"
    assert [(one.kind, one.text, one.years) for one in job.requirements] == [
        ("skill", "ICU", None),
        ("skill", "BLS", None),
        ("experience", TOTAL_EXPERIENCE, 3),
    ]


@pytest.mark.parametrize("text", ["Required skills: Python, SQL, Docker", "Python, SQL, Docker", "Python\nSQL\nDocker",
                                  "- Python\n- SQL\n- Docker", "Python; SQL; Docker"])  # fmt: skip
def test_lists_of_skills(text: str):
    assert set(texts(parse_job(text))) >= {"SQL", "Docker"}


def test_duties_count_only_where_little_is_asked():
    duties = "\n\nDuties\n- Mow lawns\n- Prune roses\n- Plant bulbs\n"
    asked = "\n\nRequirements\n- Chainsaw ticket\n- First aid\n- Driving licence\n"
    assert texts(parse_job("Gardener" + duties)) == ["Mow lawns", "Prune roses", "Plant bulbs"]
    assert texts(parse_job("Gardener" + duties + asked)) == ["Chainsaw ticket", "First aid", "Driving licence"]


def test_markup_is_not_read():
    job = parse_job("<h3>Requirements</h3><ul><li>Python &amp; SQL</li><li><b>Docker</b></li></ul>")
    assert texts(job) == ["Python", "SQL", "Docker"]


def test_wrapped_lines_are_one_sentence():
    job = parse_job(
        "Requirements\n- Experience with enterprise resource planning systems\n  from Oracle\n- SQL\n- Excel\n"
    )
    assert len(job.requirements) == 3


def test_repetitions_are_dropped():
    job = parse_job("Requirements\n- Python\n- python\n- SQL\n\nNice to have\n- SQL\n- Spark\n")
    assert texts(job) == ["Python", "SQL", "Spark"]
    assert nice(job) == ["Spark"]


def test_musts_come_first_and_the_list_is_capped():
    wanted = "\n".join(f"- tool{number}x" for number in range(20))
    extra = "\n".join(f"- extra{number}y" for number in range(20))
    job = parse_job(f"Nice to have\n{extra}\n\nRequirements\n{wanted}\n- 3 years as a fitter\n")
    assert len(job.requirements) == MAX_REQUIREMENTS
    assert sum(one.must for one in job.requirements) == 21
    assert [one.must for one in job.requirements] == sorted((one.must for one in job.requirements), reverse=True)
    assert "fitter" in texts(job, "experience")


def test_places_are_verbatim():
    text = "Fitter\n\nRequirements:\n• “Strong” grasp of PLCs, hydraulics and robots\r\n• 4 years’ work as a fitter\n"
    job = parse_job(text)
    for one in job.requirements:
        assert one.text.split()[-1] in text[one.start : one.end]
    assert len({(one.start, one.end) for one in job.requirements}) == len(job.requirements) == 4


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("## Job title\nOrthodontist\n\n## Required Skills\n- Research", "Orthodontist"),
        ("Job title: Night Porter\nRequirements: Fidelio, English", "Night Porter"),
        ("# Senior Buyer\n\nRequirements\n- SAP", "Senior Buyer"),
        ("We are looking for an experienced pastry chef to join us. You must have HACCP.", "pastry chef"),
        ("Our agency is seeking a highly motivated Account Manager who has B2B experience.", "Account Manager"),
        ("Electrician (m/w/d)\n\nRequirements\n- PLC", "Electrician"),
        ("Must have SQL and Excel.", "this position"),
    ],
)
def test_title(text: str, title: str):
    assert parse_job(text).title == title


@pytest.mark.parametrize(
    ("line", "quoted"),
    [
        ("Young and dynamic", "Young and dynamic"),
        ("Female candidates only", "Female candidates"),
        ("Native English speaker", "Native English speaker"),
        ("Attach a recent photo", "photo"),
        ("Photo", "Photo"),
        ("Young", "Young"),
        ("Unmarried candidates", "Unmarried candidates"),
        ("Must be a Swiss citizen", "Must be a Swiss citizen"),
        ("Recent graduate", "Recent graduate"),
        ("Digital native", "Digital native"),
        ("Practising Christian", "Practising Christian"),
        ("Able-bodied", "Able-bodied"),
        ("Aged 25-35", "Aged 25-35"),
    ],
)
def test_what_can_discriminate_is_warned_of_and_not_scored(line: str, quoted: str):
    job = parse_job(f"Requirements\n- {line}\n- Excel\n- Word\n- Outlook\n")
    assert any(f'"{quoted}' in warning or quoted in warning for warning in job.warnings)
    assert texts(job) == ["Excel", "Word", "Outlook"]


@pytest.mark.parametrize(
    "line",
    ["We consider all applicants without regard to age, gender, religion or disability.",
     "Photo editing in Lightroom", "Experience with native mobile apps", "Married couples' tax returns",
     "Church Slavonic", "Male and female connectors"],
)  # fmt: skip
def test_no_warning_without_cause(line: str):
    assert parse_job(f"Requirements\n- Excel\n- Word\n- {line}\n").warnings == ()


GERMAN = (
    "Stelle: Koch\n\nAnforderungen\n- 2 Jahre Berufserfahrung als Koch\n- Kenntnisse in HACCP\n- Englisch von Vorteil\n"
)
FRENCH = "Cuisinier\n\nProfil recherché\n- 2 ans d'expérience en cuisine\n- Maîtrise de l'HACCP\n- Anglais souhaité\n"
SPANISH = "Cocinero\n\nRequisitos\n- 2 años de experiencia como cocinero\n- Conocimientos de HACCP\n- Inglés deseable\n"


@pytest.mark.parametrize("text", [GERMAN, FRENCH, SPANISH])
def test_other_languages(text: str):
    job = parse_job(text)
    assert [one.years for one in job.requirements if one.kind == "experience"] == [2]
    assert "HACCP" in texts(job, "skill")
    assert len(nice(job)) == 1


PIECES = st.sampled_from(
    ["Requirements:", "must have", "5 years", "as a nurse", "bachelor's degree", "in", "and", "or", ",", ";",
     "\n- ", "\n", "(", ")", "such as", "Python", "preferred", "a plus", "one of", "/", ":", "**", "##", "’", "İ", "ß",
     "é", "–", "1.", "ideally"]
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(st.one_of(st.text(max_size=400), st.lists(PIECES, max_size=80).map(" ".join)))
def test_any_text_gives_a_job_or_a_job_error(text: str):
    try:
        job = parse_job(text)
    except JobError:
        return
    assert job.text == text and job.title
    for one in job.requirements:
        assert 0 <= one.start < one.end <= len(text)
        assert one.text.strip() == one.text != ""
        assert len(one.any_of) != 1
    assert parse_job(text) == job


@pytest.mark.parametrize(
    "text",
    ["- x\n" * 2500, "a, " * 3300, "such as A, " * 900, "5 years as a " * 750, "looking for " + "," * 9988,
     "(" * 10_000, "Requirements:\n" + "Python, SQL and " * 600, "bachelor's degree or " * 450,
     "you must have " * 700, "a" * 10_000],
)  # fmt: skip
def test_ten_kilobytes_take_a_moment(text: str):
    seconds = []
    for _ in range(3):
        before = time.process_time()
        try:
            parse_job(text)
        except JobError:
            pass
        seconds.append(time.process_time() - before)
    assert min(seconds) < 0.15  # 0.05 on an idle machine


LISTED = "Summary\nYou must have rich gifts of persuasion and Kubernetes.\n\nRequired skills\n"


def test_prose_beside_a_list_asks_for_sure_skills_alone():
    job = parse_job(LISTED + "- welding\n- teamwork\n- blueprint reading\n")
    assert texts(job) == ["Kubernetes", "welding", "teamwork", "blueprint reading"]
    assert any("persuasion" in text for text in texts(parse_job(LISTED + "- welding\n")))


def test_certainty_of_a_requirement():
    job = parse_job("Requirements\n- welding\n- glint polishing\n- Python, SQL, Docker and Ansible\n"
                    "- 3 years as a welder\n- vocational training\n")
    certainty = {one.text: one.certainty for one in job.requirements}
    assert certainty == {"welding": 1.0, "glint polishing": 0.5, "Python": 0.5, "SQL": 0.5, "Docker": 0.5,
                         "Ansible": 0.5, "welder": 1.0, "vocational training": 1.0}
