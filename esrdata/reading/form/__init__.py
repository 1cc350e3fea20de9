"""Reads descriptions by the form files."""
