"""Office files to lines."""
