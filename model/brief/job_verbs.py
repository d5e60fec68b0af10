"""Verbs of job posts: what is done, and the participles that begin an explanation."""

from __future__ import annotations

VERBS = frozenset(
    "accept account achieve act adapt add address adjust administer advise agree allocate alternate analyse analyze "
    "answer apply "
    "appraise approve arrange ask assemble assess assign assist attend audit bake balance book bring build buy "
    "calculate call "
    "care carry catch chair change check choose clean clear close coach collect communicate compare compile complete "
    "conduct "
    "configure connect consult contribute control cook coordinate count cover craft create cut deal debug decide "
    "decorate define "
    "deliver demonstrate deploy design determine develop diagnose direct discuss dispense distribute document draft "
    "draw drive "
    "drop educate enforce engage ensure enter escort establish evaluate examine execute explain feed file fill find "
    "fit fix "
    "follow forecast form foster gather generate give greet grow guard guide handle help hire hold identify "
    "implement improve "
    "increase inform initiate inspect install instruct interpret interview introduce investigate issue join judge "
    "keep key label "
    "launch lay lead lift liaise listen load log look maintain make manage map mark market measure meet mentor "
    "migrate mix "
    "model monitor motivate mount move negotiate observe obtain offer open operate order organise organize oversee "
    "own pack "
    "paint participate perform pick place plan play post prepare present prevent price process produce program "
    "promote propose "
    "protect provide publish pull push put raise reach read receive recommend reconcile record recruit reduce refer "
    "register "
    "remove rent repair replace reply report represent research resolve respond restore review roll run save "
    "schedule screen "
    "seek select sell send serve set settle ship show sign solve sort speak start steer stock stop store study "
    "supervise supply "
    "support switch take talk teach tell test track trace train transfer translate transport treat troubleshoot turn "
    "type "
    "update upsell use validate verify visit walk wash watch wear weigh welcome work wrap write "
    "accelerate accomplish anticipate automate boost cater convert convey cultivate elevate eliminate empower enable "
    "encourage enhance enrich expedite facilitate fulfil fulfill guarantee harness heighten inspire integrate "
    "leverage maximise maximize mitigate minimise minimize navigate nurture optimise optimize orchestrate persuade "
    "preserve rectify refine reinforce reshape safeguard simplify stimulate strategise strategize streamline "
    "strengthen tackle tailor transform understand upgrade uphold utilise utilize visualise visualize".split()
)

# Participles that hardly ever begin the name of a skill.
PARTICIPLE = (
    r"(?:ensuring|addressing|demonstrating|showing|overseeing|reflecting|showcasing|enabling|allowing|guaranteeing|"
    r"providing|delivering|making|keeping|helping|giving|leading\s+to|resulting|achieving|fostering|facilitating|"
    r"contributing|maintaining|meeting|presenting|anticipating|identifying|fulfilling|taking|"
    r"understanding\s+(?:that|how|"
    r"the)|being|having|considering|proving|displaying|exhibiting|earning|bringing|enhancing|illustrating|"
    r"encountering|boosting|empowering|promoting|involving|encompassing|strengthening|elevating|enriching|"
    r"accelerating|maximi[sz]ing|minimi[sz]ing|streamlining|satisfying|assuring|yielding|complementing|reinforcing|"
    r"upholding|stimulating|inspiring|driving\s+(?!licen|test|school|record)\w+|"
    r"solidifying|culminating)(?=\s)"
)


def is_verb(word: str) -> bool:
    """Whether a word, or the stem of its "-ing" form, is a verb of work."""
    word = word.lower()
    word = word[:-3] if word.endswith("ing") and len(word) > 5 else word
    return bool({word, word + "e", word[:-1] if word[-2:-1] == word[-1:] else word} & VERBS)
