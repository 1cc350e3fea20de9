"""Reads project lists, a row each, by the column files."""
