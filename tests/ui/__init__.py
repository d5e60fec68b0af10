"""Tests of the recruiter's app."""
