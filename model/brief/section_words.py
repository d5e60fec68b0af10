"""The words that section headings of resumes are made of, and abbreviations that end no sentence."""

from __future__ import annotations

# The words that make a heading, by section; where words of several sections meet, the earlier section wins.
HEADING_WORDS: dict[str, str] = {
    "references": "reference references referees referenzen références referencias testimonials",
    "languages": "language languages sprachen sprachkenntnisse langues idiomas lingue linguistic fremdsprachen",
    "certifications": "certification certifications certificate certificates certified license licenses licence "
    "licences "
    "licensure licensures credentials credential zertifikate zertifizierungen weiterbildung weiterbildungen "
    "fortbildung certificaciones certificados certificats formations trainings courses coursework seminars workshops "
    "cpd cursos",
    "projects": "project projects projekte projets proyectos portfolio",
    "education": "education educational academic academics academia studies qualification schooling ausbildung "
    "bildung bildungsweg "
    "schulbildung studium bildungsgang formation études etudes diplômes diplomes educación educacion formación "
    "formacion "
    "estudios istruzione formazione formação educação degrees degree university college school training",
    "experience": "experience experiences employment work history berufserfahrung berufspraxis werdegang erfahrung "
    "arbeitserfahrung berufstätigkeit tätigkeiten praktika expérience experience expériences parcours emplois "
    "experiencia "
    "laboral esperienza lavorative lavorativa experiência internships internship volunteer volunteering volunteerism "
    "ehrenamt bénévolat voluntariado positions jobs assignments engagements stages appointments roles placements",
    "interests": "interest interests hobbies hobby hobbys interessen intérêts loisirs intereses aficiones "
    "activities leisure",
    "personal": "personal persönliche persönliches personnel personnelles personales angaben daten contact "
    "contacts kontakt "
    "kontaktdaten coordonnées contacto datos dati personali bio-data biodata",
    "skills": "skill skills competency competencies competences competence qualifications expertise strengths "
    "highlights "
    "proficiencies proficiency capabilities capability abilities kenntnisse fähigkeiten kompetenzen edv-kenntnisse "
    "it-kenntnisse compétences competencias habilidades conocimientos competenze capacità competências tools "
    "technologies software stack toolbox knowledge specialties specialities specialization specialisation talents "
    "attributes",
    "summary": "summary profile background objective objectives overview about introduction synopsis "
    "statement focus goal goals "
    "zusammenfassung profil kurzprofil ziel berufsziel résumé sommaire objectif accroche perfil resumen objetivo "
    "extracto "
    "profilo sommario resumo biography bio",
    "other": "accomplishments accomplishment achievements achievement awards award honors honours honor affiliations "
    "affiliation memberships membership publications publication presentations patents information sonstiges "
    "auszeichnungen publikationen mitgliedschaften divers autres otros premios publicaciones research military "
    "service talks papers "
    "community additional miscellaneous recognition organizations associations clearance leadership involvement "
    "availability declaration documents",
}
# Whole headings in the words of people who write none of the usual ones.
PHRASES: dict[str, str] = {
    phrase: section
    for section, phrases in {
        "experience": "where i have worked|where i've worked|where i worked|what i have done so far|my working life"
        "|working life|my career|my career so far|career|career path|career to date|career so far|career history"
        "|career timeline|career record|my jobs|my jobs so far|previous jobs|last jobs|jobs held|posts held|posts"
        "|past posts|past roles|roles|roles held|positions held|track record|on the job|professional journey|journey"
        "|my journey|stations|career stations|timeline|work timeline|places i have worked|employers|previous employers"
        "|professional life|professional career|professional background and experience|in the trade",
        "skills": "what i can do|what i do|what i do well|what i know|what i am good at|what i'm good at|what i bring"
        "|what i offer|i can|can do|i am good at|good at|strong points|know-how|knowhow|my strengths|things i do well"
        "|tools i use|tools i know|at a glance|skill set|skillset|tech stack|technical know-how|particular strengths",
        "education": "where i learned|where i studied|what i studied|what i learned|studies|schools|schools attended"
        "|my schooling|learning|i studied|degree|my studies|what i have learned|study|academic record|learnt",
        "summary": "who i am|in brief|in short|about the candidate|about him|about her|the person|a few words about me"
        "|introduction|short portrait|portrait|personal note|profile in brief|pitch|hello|hi",
        "certifications": "papers|tickets|tickets and licences|tickets and licenses|papers and tickets",
        "interests": "free time|spare time|in my free time|in my spare time|outside work|off duty|when not working",
        "other": "remarks|talks and papers|further details|anything else|other details|notes",
    }.items()
    for phrase in phrases.split("|")
}
MODIFIERS = frozenset(
    "professional work working relevant related key core selected other my the and & of in for a an career technical "
    "technological computer it executive employment job summary skills experience personal additional "
    "highlights general main special specialized areas area hard soft functional transferable industry management "
    "teaching clinical legal sales marketing engineering research practical recent previous past prior current paid "
    "field domain business leadership et und y e de la le du des en los mes meine relevante wichtige berufliche "
    "beruflicher "
    "schulische akademische akademischer schul- it- fachliche weitere besondere professionnelle professionnelles "
    "professionnel profesional laborales académica academica professionale professionali profissional techniques "
    "informatiques "
    "técnicas clés programming digital scientific hands-on summary/objective skills/abilities details data info "
    "record "
    "records profile program programs activities membership honors awards extracurricular extra-curricular volunteer "
    "further continuing development attained obtained completed received formal highest mother tongue tongue(s) "
    "level "
    "foreign spoken qualifications qualification history experience(s) social organisational artistic me us online "
    "systems "
    "knowledge i have training trainings".split()
)
# Single words that are as often an item of a list as a heading: they need a mark of a heading.
WEAK = frozenset(
    "training trainings software tools technologies contact contacts school college university courses workshops "
    "seminars coursework research service community information documents leadership positions jobs stages knowledge "
    "focus goals goal work history expertise project language parcours daten divers stack "
    "presentations presentation military activities personnel certified talents about".split()
)

ABBREVIATIONS = frozenset(
    "e.g i.e eg ie etc. ph.d m.d b.s m.s b.a m.a b.sc m.sc st mr mrs ms dr prof sr jr inc ltd co corp no nos vs "
    "approx dept "
    "dipl ing bzw z.b u.a d.h ca inkl u.s u.k u.n a.m p.m jan feb mar apr jun jul aug sep sept oct nov dec est "
    "fig min pvt pte llc plc gmbh s.a "
    "max mt ft incl ext gov rep gen sgt lt capt".split()
)
LANGUAGES = (
    "English German French Spanish Italian Portuguese Dutch Polish Czech Slovak Hungarian Romanian Bulgarian Greek "
    "Turkish "
    "Arabic Hebrew Persian Farsi Urdu Hindi Punjabi Bengali Gujarati Marathi Tamil Telugu Kannada Malayalam Nepali "
    "Chinese "
    "Mandarin Cantonese Japanese Korean Vietnamese Thai Indonesian Malay Tagalog Filipino Russian Ukrainian Serbian "
    "Croatian "
    "Bosnian Slovenian Albanian Swedish Norwegian Danish Finnish Icelandic Estonian Latvian Lithuanian Swahili "
    "Amharic Somali "
    "Yoruba Igbo Hausa Zulu Afrikaans Catalan Basque Georgian Armenian Kurdish Pashto Mongolian Deutsch Englisch "
    "Französisch "
    "Spanisch Italienisch Anglais Français Allemand Espagnol Inglés Francés Alemán Español"
).split()
