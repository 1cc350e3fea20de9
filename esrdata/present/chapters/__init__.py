"""Chapters of the evaluation pack."""
