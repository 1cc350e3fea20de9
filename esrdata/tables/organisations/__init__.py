"""Who is who: one organisation behind many spellings, by rules one can read and undo."""
