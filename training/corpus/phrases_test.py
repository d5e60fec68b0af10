"""The wordings of the held-out test split: none of them stands in the training table."""

from __future__ import annotations

from training.corpus.phrases import Phrases

TEST = Phrases(
    skill_ask=(
        "{x} ", "Someone who has mastered {x}", "Track record of {x}", "You bring a sure hand in {x}",
        "We rely on your {x}",
        "Able to carry out {x} unaided", "Real-world exposure to {x}", "Applicants need {x}",
        "{x}, acquired on the job",
        "An established record in {x}", "Well versed in {x}",
    ),
    tool_ask=(
        "{x} ", "Fluent in {x}", "Able to operate {x}", "Seasoned user of {x}", "You are at home in {x}",
        "Applicants need {x}",
        "Solid {x} practice", "{x} is part of your everyday toolkit",
    ),
    soft_ask=(
        "{x} ", "Genuine {x}", "A healthy dose of {x}", "Natural {x}", "We look for {x}", "Evidence of {x}",
        "Plenty of {x}",
        "{x} (we will ask about it at interview)",
    ),
    nice_ask=("{x} counts in your favour", "Extra credit for {x}", "{x} helpful", "{x}, if you have it",
    "Optional: {x}"),
    years_ask=(
        "{N} full years as {a}, or longer", "No fewer than {n} years' service as {a}",
        "Applicants must show {n} years as {a}",
        "Time served as {a}: {n} years", "You look back on {n} years or more as {a}",
        "{n} years plus in the capacity of {x}",
    ),
    plain_ask=("You have held a post as {a}", "Background as {a} expected", "Some time spent as {a}"),
    field_ask=("{n} years plus in {x}", "A career of {n} years or longer in {x}", "{N} years active in {x}"),
    school_ask=("Qualification: {d}", "{d} as a minimum", "Holder of a {d}", "{d} needed", "Formal training: {d}"),
    ask_tail=(" under real conditions", " with little guidance", "", "", "", ""),
    mention=(
        "Made {x} my field within the unit", "Looked after {x} with a crew of {k}", "Was chiefly occupied with {x}",
        "Turned {x} into a strength of the branch", "Built up {x} from nothing", "Oversaw {x} and reported monthly",
        "Brought {x} in-house and saved {p} %",
    ),
    tool_mention=(
        "Put {x} to work in all assignments", "Had {x} open from morning to night", "Set up {x} for {k} users",
        "Was the local contact for {x}", "Completed {h} jobs with {x}",
    ),
    soft_mention=("Colleagues valued my {x}", "References confirm my {x}", "My {x} made the difference in peak season"),
    soft_neutral=("Colleagues valued this in me: {x}", "What I do well: {x}", "Rated highly for {x}"),
    listed=("{x}", "{x}", "{x}", "Well practised in {x}", "{x} | very good", "Command of {x}", "Certified in {x}"),
    weak=(
        "Have read up on {x} but used it little", "First steps in {x}", "One module on {x} at school", "Novice in {x}",
        "Now and again assisted with {x}", "Presently enrolled in a beginners' class on {x}",
    ),
    weak_listed=("{x} (first steps)", "{x} | novice", "Rudimentary {x}"),
    negated=(
        "Have had no contact with {x} to date", "{x} would be new to me", "Lacking practice in {x}",
        "Yet to gain any experience of {x}",
    ),
    sibling=("{x}", "Years of {x}", "Accustomed to {x}", "Background in {x}"),
    summary=(
        "A {title} with both feet on the ground.", "Seasoned {title} open to relocation.",
        "{Title} by trade and by conviction.",
        "People who worked with me call me a {title} one can count on.",
        "Looking to bring my years as {atitle} to a larger house.",
    ),
    worded=("{N} years of service as {a}", "{a1} for {n} years", "A total of {n} years as {a}"),
    tail=(" in {k} branches", ", mostly on my own", " for a clientele of {h}", "", "", "", "", ""),
)  # fmt: skip
