"""Levels of privacy: whose names are covered in prose."""

STANDARD, STRICT = "standard", "strict"
#: What `read` may be asked for.
LEVELS = (STANDARD, STRICT)
