"""Synthetic pairs of job and resume as full documents, with the truth requirement by requirement.

How the truth is decided:

- **Skill**: met where the resume states it in the same words, by another name, or shows it in other words (a bullet
  of a
  job); partly where only a near-miss skill stands there, or it is called basic, familiar, coursework or being
  learnt; not
  where it is absent or named as missing.
- **Experience** in a role with N years: met at N years or more in that role or under an equivalent title (year
  ranges count
  as their difference, overlaps once, "present" is `AS_OF`); partly at 60 % of N, or with enough years in an adjacent
  role.
- **Education**: met at the level or above in a related field; partly one level lower, or at the level in another
  field, or
  with the degree unfinished.

Label and score follow from the marks by `model.rubric.expected`. A sample is grey where no gate fails and the score
lies
within 50-70, or where only the skill gate fails, by little.

"train" and "validation" draw from the same tables. "test" has other professions, layouts, wordings, names and places.
"""

from training.corpus.generate import SPLITS, generate
from training.corpus.sample import AS_OF, Sample, TruthItem

__all__ = ["AS_OF", "SPLITS", "Sample", "TruthItem", "generate"]
