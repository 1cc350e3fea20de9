"""Joins the spellings of one organisation, by rules one can read and undo."""
