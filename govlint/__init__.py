"""Linter for Chinese government disclosure reports."""
