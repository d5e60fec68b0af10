"""Shortlist's judge: documents -> brief -> prompt -> engine -> verdict -> rubric -> decision.

Importing this package is cheap; only `model.engine` and `model.base` load torch, and only when they are imported.
"""
