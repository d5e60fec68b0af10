"""Job posts of our own writing that the rules were never tuned on; written before the tuning began. See
`job_posts`."""

from __future__ import annotations

from tests.brief.job_posts import Post

HELD_OUT = (
    Post(
        "physiotherapist",
        "Physiotherapist",
        """Physiotherapist, musculoskeletal outpatients

Cedar Lane Clinic opened in 1996 and has treated everyone from ballet dancers to bricklayers.

The role
You will assess and treat a mixed caseload, plan exercise programmes and keep clear notes.

About you
HCPC registration is required, along with a BSc in Physiotherapy. You should have at least 18 months of experience in
musculoskeletal physiotherapy. Acupuncture training is desirable, as is experience of Pilates teaching. Good IT
skills.

We provide CPD funding and 25 days of holiday.
""",
        ("HCPC registration", "L4 physiotherapy", "1.5y musculoskeletal physiotherapy", "?acupuncture",
         "?Pilates teaching", "IT skills"),
    ),
    Post(
        "plumber whatsapp",
        "plumber",
        "Need a plumber asap - must have gas safe registration, own tools and van, min 3 yrs domestic experience. "
        "Bathroom fitting a plus. Call Dave.",
        ("gas safe registration", "own tools", "van", "3y domestic", "?bathroom fitting"),
    ),
    Post(
        "ux designer",
        "Product Designer (UI/UX)",
        """Product Designer (UI/UX)

The Company
Northlight makes budgeting apps for students.

Responsibilities:
- Own the design of our onboarding flow
- Run user interviews

Skills & Experience:
- 3-5 years of product design experience
- Expert in Figma; Sketch or Adobe XD nice to have
- User research, wireframing and prototyping
- A portfolio that shows your process
- Understanding of accessibility standards such as WCAG
- Strong storytelling and stakeholder management skills

We offer: 30 days off, a MacBook, and remote work.
""",
        ("3y product design", "Figma", "?Sketch|Adobe XD", "user research", "wireframing", "prototyping", "portfolio",
         "accessibility standards|WCAG", "storytelling", "stakeholder management"),
    ),
    Post(
        "early years",
        "Nursery Practitioner",
        """Job Title
Nursery Practitioner

Job Summary
Little Acorns is a 52-place nursery in a former chapel. We are passionate about outdoor play.

Required Skills
1. Safeguarding: You know how to spot and report a concern.
2. Early years curriculum: Planning activities that follow the framework.
3. Paediatric first aid
4. Patience and kindness
5. Teamwork: We all pull together at pick-up time.

Required Experience
1. At least 2 years as a Nursery Nurse.
2. One year of experience as a Teaching Assistant or in a similar role.

Education
Level 3 diploma in childcare

Responsibilities
- Plan play
- Keep records
""",
        ("safeguarding", "early years curriculum", "paediatric first aid", "patience", "kindness", "teamwork",
         "2y nursery nurse",
         "1y teaching assistant", "L2 childcare"),
    ),
    Post(
        "hotel manager",
        "Duty Manager",
        """The Admiral Hotel is recruiting a Duty Manager.

What will you need to succeed? First, 2+ years of supervisory experience in hospitality. Second, working
knowledge of Opera PMS and revenue management. Third, a calm head when the wedding party and the coach tour
arrive together. A personal licence would be an advantage. Fluency in French or German is desirable.

The Admiral has 88 rooms, 3 bars and 1 ghost. Our benefits include meals on duty, discounted stays and a pension.
""",
        ("2y supervisory|hospitality", "Opera PMS", "revenue management", "calm", "?personal licence",
         "?French|German"),
    ),
    Post(
        "network engineer",
        "Network Engineer",
        """Network Engineer

Must haves:
- 5 years as a Network Engineer
- CCNP
- Routing and switching, BGP, OSPF
- Firewalls (Palo Alto or Fortinet)
- LAN/WAN and TCP/IP
- Bachelor's degree or equivalent work experience

Nice to haves:
- Python scripting
- AWS networking
- ITIL

This is a 12 month contract. On-call 1 week in 6.
""",
        ("5y network engineer", "CCNP", "routing and switching", "BGP", "OSPF", "firewalls|Palo Alto|Fortinet",
         "LAN/WAN", "TCP/IP",
         "?L4", "?Python scripting", "?AWS networking", "?ITIL"),
    ),
    Post(
        "paralegal prose",
        "Litigation Paralegal",
        """Litigation Paralegal - Portland, ME

Barlow Finch LLP has three offices and one rule: return the call the same day.

We seek a litigation paralegal with a minimum of five years of civil litigation experience. Qualified applicants
will have an associate's degree or paralegal certificate, proficiency in e-filing and Relativity, and excellent
proofreading skills. Notary public commission preferred. Must be able to handle confidential information.

Salary range is $61,000 to $74,000 with medical, dental and a 401(k) match. Barlow Finch does not discriminate.
""",
        ("5y civil litigation", "L2 paralegal", "e-filing", "Relativity", "proofreading", "?notary public",
         "handle confidential information"),
    ),
    Post(
        "mechanic numbered",
        "Vehicle Technician",
        """VEHICLE TECHNICIAN

Essential criteria:
1) City & Guilds or NVQ Level 3 in vehicle maintenance
2) Minimum 2 years' workshop experience
3) MOT tester licence
4) Diagnostics and electrical fault finding
5) Own tools

Desirable criteria:
1) Hybrid / EV qualification
2) Air conditioning certificate

Rewards: OTE 42k, no Saturdays
""",
        ("L2 vehicle maintenance", "2y workshop", "MOT tester licence", "diagnostics",
         "electrical fault finding", "own tools",
         "?Hybrid|EV qualification", "?air conditioning certificate"),
    ),
    Post(
        "call centre",
        "Customer Service Advisor",
        """Customer Service Advisor

No experience needed, we will train you! Well, nearly no experience: six months in a call centre or retail role
helps a lot.

Key skills: clear phone manner, typing speed of 40 wpm, empathy, problem solving and time management. Knowledge
of Zendesk is a plus.

Apply now via our website. Start date 4 September.
""",
        ("?0.5y call centre|retail", "phone manner", "typing speed", "empathy", "problem solving",
         "time management", "?Zendesk"),
    ),
    Post(
        "biologist",
        "Research Associate",
        """Research Associate, Plant Pathology

The Brandt Institute studies what makes crops sick. We are 200 scientists from 31 countries.

You hold a PhD in plant biology, microbiology or a related discipline, and have at least one first-author paper.
We expect hands-on experience with PCR, confocal microscopy and RNA-seq analysis in R or Python. Previous
experience of supervising students is an asset. You communicate well in English.

The post is fixed term for 24 months. Salary is from 41k depending on experience.
""",
        ("L6 plant biology", "first-author paper", "PCR", "confocal microscopy", "RNA-seq analysis|R|Python",
         "?y supervising students", "English"),
    ),
    Post(
        "security guard",
        "Security Officer",
        """Position: Security Officer
Shift pattern: 12 hour nights

Skills Required:
SIA licence (Door Supervisor or Security Guarding)
First aid at work
Conflict management
CCTV monitoring
Good spoken English

Experience Required:
1 year in retail security or similar

You will be required to pass a background check covering the last 5 years.
""",
        ("SIA licence|Door Supervisor|Security Guarding", "first aid at work", "conflict management",
         "CCTV monitoring", "English", "1y retail security"),
    ),
    Post(
        "sales rep",
        "Field Sales Representative",
        """Are you hungry for success? Halden Tools needs a Field Sales Representative for the north west.

You've got:
– 3 years' B2B sales experience, preferably in construction supplies
– A proven track record of hitting targets
– Salesforce or another CRM
– Full clean driving licence
– Negotiation and presentation skills

We've got:
– Uncapped commission
– Company car
– Quarterly trips
""",
        ("3y B2B sales", "hitting targets", "Salesforce", "driving licence", "negotiation", "presentation"),
    ),
    Post(
        "spanish post",
        "Enfermero",
        """Enfermero de quirófano

Sobre nosotros
Hospital privado con 200 camas.

Requisitos
- Grado en Enfermería
- 2 años de experiencia en quirófano
- Conocimientos de instrumentación
- Trabajo en equipo
- Inglés deseable

Ofrecemos
- Contrato indefinido
""",
        ("L4 enfermería", "2y quirófano", "instrumentación", "trabajo en equipo", "?inglés"),
    ),
    Post(
        "lab tech html",
        "Laboratory Technician",
        """<h2>Laboratory Technician</h2><p>Quarry Water tests drinking water for four counties.</p>
<h3>Qualifications</h3><ul><li>Associate degree in chemistry or biology</li>
<li>1&nbsp;year of laboratory experience</li>
<li>Knowledge of GLP &amp; ISO 17025</li><li>Titration, pH measurement and ICP-MS</li>
<li>Able to follow written procedures</li></ul>
<h3>Preferred</h3><ul><li>LIMS experience</li></ul><h3>Benefits</h3><ul><li>Medical, dental, vision</li></ul>
""",
        ("L3 chemistry", "1y laboratory", "GLP", "ISO 17025", "titration", "pH measurement", "ICP-MS",
         "follow written procedures", "?LIMS"),
    ),
    Post(
        "project manager construction",
        "Construction Project Manager",
        """Construction Project Manager

Kestrel Build has delivered schools, surgeries and one lighthouse. Last year we turned over 80 million and
planted a wood.

What you will be doing
Taking projects from tender to handover, managing subcontractors, chairing site meetings.

What you will need
Ten years in construction, of which at least 3 years as a project manager on schemes above 5 million. NEC
contracts knowledge. SMSTS and CSCS cards. MS Project or Primavera P6. Degree or HND in construction management.
Excellent commercial awareness and leadership. Experience with BIM is beneficial but not essential.

What we will give you
Car allowance, private healthcare, life cover and a say in how we do things.
""",
        ("10y construction", "3y project manager", "NEC contracts", "SMSTS", "CSCS", "MS Project|Primavera P6",
         "L3 construction management",
         "commercial awareness", "leadership", "?BIM"),
    ),
)
