"""Tests of access, privacy and files."""
